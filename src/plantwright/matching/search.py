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
        from plantwright.matching.forms import spellings

        self._entries = entries
        self._level = level
        self._scoring = scoring
        compared = [() if entry.kind == "craft" else spellings(entry.names) for entry in entries]
        self._blocks = Blocks(compared)

    def alike(self, number: int, party: Sought) -> Iterator[Likeness]:
        """Entries that are alike a party under any of its names."""
        from plantwright.matching.forms import variants

        names = variants(party.names)
        candidates: dict[int, list[str]] = {}
        for name in names:
            for entry in self._blocks.worth_a_look(name, self._level):
                candidates.setdefault(entry, []).append(name)
        for entry, worth in sorted(candidates.items()):
            yield from self._compared(number, party, entry, worth)

    def _compared(self, number: int, party: Sought, entry: int, names: Sequence[str]) -> Iterator[Likeness]:
        told = self._entries[entry]
        target = self._scoring.listed(told.names, told.kind)
        scores = [self._scoring.score(self._scoring.sought(name), target) for name in names]
        best = max(range(len(names)), key=lambda place: scores[place].value)
        value, listed, why = scores[best]
        if value >= self._level:
            elsewhere = self._scoring.in_common(party.countries, told.countries) is False
            yield Likeness(number, entry, value, elsewhere, names[best], listed, why)
