"""Parties against entries: who is alike whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from plantwright.errors import Finding, RunError
from plantwright.problems.screening import Entry, Likeness, Sought


def likenesses(
    parties: Sequence[Sought],
    entries: Sequence[Entry],
    level: float,
    *,
    advance: Callable[[float], None] | None = None,
) -> list[Likeness]:
    """Every party and entry whose names are alike, by party, the most alike first.

    Parameters
    ----------
    parties
        Whom to look for.
    entries
        Who is listed, of any number of lists.
    level
        Least score that is told. [-], 0 < level <= 1
    advance
        Told after each party that one more is done.

    Raises
    ------
    RunError
        nomenklatura is not installed.
    """
    try:
        import nomenklatura.matching  # noqa: F401
    except ImportError:
        remedy = "Install it: pip install 'plantwright[screening]'."
        raise RunError(Finding("E440", "names are compared by nomenklatura, which is not here", remedy)) from None
    search = _Search(entries, level)
    found: list[Likeness] = []
    for number, party in enumerate(parties):
        alike = search.alike(number, party)
        found += sorted(alike, key=lambda one: (-one.score, one.entry))
        if advance is not None:
            advance(1.0)
    return found


class _Search:
    """Entries made ready to be searched."""

    def __init__(self, entries: Sequence[Entry], level: float) -> None:
        from plantwright.matching import scoring
        from plantwright.matching.blocks import Blocks
        from plantwright.matching.forms import forms

        self._entries = entries
        self._level = level
        self._scoring = scoring
        self._blocks = Blocks([() if each.kind == "craft" else forms(each.names, each.kind) for each in entries])

    def alike(self, number: int, party: Sought) -> Iterator[Likeness]:
        """Entries that are alike a party under any of its names."""
        from plantwright.matching.forms import forms

        worth = {name: self._blocks.worth_a_look(name, self._level) for name in forms(party.names, "unknown")}
        for entry in sorted({entry for found in worth.values() for entry in found}):
            told = self._entries[entry]
            for_kind = forms(party.names, told.kind)
            yield from self._compared(number, party, entry, [name for name in for_kind if entry in worth[name]])

    def _compared(self, number: int, party: Sought, entry: int, names: Sequence[str]) -> Iterator[Likeness]:
        told = self._entries[entry]
        target = self._scoring.listed(told.names, told.kind)
        scores = {name: self._scoring.score(self._scoring.sought(name), target) for name in names}
        if not scores:
            return
        best = max(scores, key=lambda name: scores[name].value)
        value, listed, why = scores[best]
        if value >= self._level:
            elsewhere = self._scoring.in_common(party.countries, told.countries) is False
            yield Likeness(number, entry, value, elsewhere, best, self._as_written(told, listed), why)

    def _as_written(self, told: Entry, listed: str) -> str:
        """A name of an entry as the list writes it, found by the form of it that was compared."""
        from plantwright.matching.forms import forms

        return next((name for name in told.names if listed in forms([name], told.kind)), listed)
