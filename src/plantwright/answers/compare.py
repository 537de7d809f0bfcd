"""Is variant B better than A, and by how much?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from plantwright.errors import Finding, RunError
from plantwright.io.document import tree_of
from plantwright.io.patch import Patch, apply
from plantwright.model.naming import called, thing_called
from plantwright.model.plant import Plant
from plantwright.results import CompareAnswer, Difference, Run
from plantwright.results.wording import estimate as shown
from plantwright.study.asked import AskedOfAYear, question
from plantwright.study.estimate import estimate, over
from plantwright.study.figures import utilisation
from plantwright.study.gains import distinguishable
from plantwright.study.replicate import Crowd, Job, Lowered, Span
from plantwright.study.session import Session, accept
from plantwright.study.year import WEEK, Year

CONFIDENCE = 0.95
BUSIEST = 10
"""Stations whose utilisation is compared: those that are used the most in either plant. [-]"""

Figure = Callable[[Run], float]


class _Pair(NamedTuple):
    """Replications of both plants on the same random numbers."""

    a: Session
    b: Session
    span: Span
    runs_a: list[Run]
    runs_b: list[Run]

    def notes(self) -> tuple[str, ...]:
        """How the two were run."""
        weeks = self.span.warmup / WEEK
        return (f"Cyclic steady state: the first {weeks:.3g} weeks of each run are left out.",)


@question(AskedOfAYear)
def compare(a: Plant, b: Plant | Patch | Mapping[str, Any], asked: AskedOfAYear) -> CompareAnswer:
    """Run two plants on the same random numbers and tell their differences with paired intervals.

    Parameters
    ----------
    a
        A sound plant.
    b
        Another one, or a patch of the first: what ``load_patch`` gives, or new values by path.

    Raises
    ------
    DocumentError
        The patch does not fit the plant.
    RunError
        It cannot be computed.
    """
    other = b if isinstance(b, Plant) else apply(a, b)
    unused = tuple(dict.fromkeys([*accept(a, strict=asked.strict), *accept(other, strict=asked.strict)]))
    budget = asked.budget
    with Crowd(asked.workers, asked.progress) as crowd:
        pair = _run(Session(a, budget, asked.seed, crowd), Session(other, budget, asked.seed, crowd))
        execution = crowd.execution(asked.timing)
    rows = tuple(_rows(pair))
    name = other.name if other.name != a.name else f"{a.name}, changed"
    return CompareAnswer(
        a=a.name,
        b=name,
        verdict=_verdict(a.name, name, rows[0]),
        rows=rows,
        changes=tuple(changes(a, other)),
        not_used=unused,
        provenance=pair.a.provenance,
        execution=execution,
        notes=pair.notes(),
    )


def _run(a: Session, b: Session) -> _Pair:
    """As many replications of both as the effort allows, on one span; units in process that we size are the same."""
    sizes = {name: max(size, b.year.conwip.get(name, 0)) for name, size in a.year.conwip.items()}
    warmup = max(a.year, b.year, key=lambda year: year.warmup * year.period)
    before = warmup.warmup * warmup.period
    measured = min(a.span.measured, b.span.measured)
    span = Span(before + measured, before, a.year.period)
    count = int(a.effort.capacity_moves / max(a.year.moves(span), b.year.moves(span)))
    count = min(max(a.effort.least, count), a.effort.most)
    lowered = (a.year.lowered(span, conwip=sizes), b.year.lowered(span, conwip={**b.year.conwip, **sizes}))
    jobs = [Job(partial(_as_it_is, one), span, a.seed, number) for number in range(count) for one in lowered]
    runs = a.crowd.run(jobs, "both plants on the same random numbers")
    pairs = [(first, second) for first, second in zip(runs[::2], runs[1::2], strict=True) if first and second]
    if not pairs:
        raise RunError(Finding("E412", "stopped before the first run was complete", "Let it run longer."))
    return _Pair(a, b, span, [first for first, _ in pairs], [second for _, second in pairs])


def _as_it_is(lowered: Lowered) -> Lowered:
    return lowered


def _rows(pair: _Pair) -> list[Difference]:
    """Output in total and by product, flow time and work in process, and the busiest stations."""
    a, b = pair.a, pair.b
    sold = {name: thing_called(a.plant, name) for name in a.year.wanted.sold if name in b.year.wanted.sold}
    stations = {name: called(a.plant.stations, name) for name in _busiest(pair)}
    rows = [_row(pair, "good units", "per year", (a.year.total, b.year.total))]
    if len(sold) > 1:
        rows += _each(pair, sold, "good units", "per year", partial(_made, a.year))
    rows += _each(pair, sold, "flow time", "s", _flow_time_s)
    rows += _each(pair, sold, "in process", "units", _in_process)
    rows += _each(pair, stations, "utilisation", "share", _used)
    return rows


def _made(year: Year, name: str, run: Run) -> float:
    return year.made(run)[name]


def _flow_time_s(name: str, run: Run) -> float:
    return run.items[name].flow_time_mean_s


def _in_process(name: str, run: Run) -> float:
    return run.items[name].wip_mean


def _used(name: str, run: Run) -> float:
    return utilisation(run.stations[name])


def _each(
    pair: _Pair, names: Mapping[str, str], what: str, unit: str, figure: Callable[[str, Run], float]
) -> list[Difference]:
    """The same figure of several things."""
    found = []
    for key, name in names.items():
        of_one = partial(figure, key)
        found.append(replace(_row(pair, f"{key}: {what}", unit, (of_one, of_one)), title=f"{name}: {what}"))
    return found


def _row(pair: _Pair, name: str, unit: str, figures: tuple[Figure, Figure]) -> Difference:
    a = [figures[0](run) for run in pair.runs_a]
    b = [figures[1](run) for run in pair.runs_b]
    gap = estimate([second - first for first, second in zip(a, b, strict=True)], CONFIDENCE)
    return Difference(name, unit, estimate(a, CONFIDENCE), estimate(b, CONFIDENCE), gap, distinguishable(gap), name)


def _busiest(pair: _Pair) -> list[str]:
    """Stations of both plants, the most used first."""
    both = [name for name in pair.a.plant.stations if name in pair.b.plant.stations]

    def used(name: str) -> float:
        return over([*pair.runs_a, *pair.runs_b], partial(_used, name)).mean or 0.0

    return sorted(both, key=used, reverse=True)[:BUSIEST]


def _verdict(a: str, b: str, row: Difference) -> str:
    gap = row.difference
    if gap.mean is None:
        return "Nothing could be compared."
    if not row.distinguishable:
        return f"{b} and {a} cannot be told apart in good units a year with {gap.n} pairs of runs."
    more = "more" if gap.mean > 0 else "fewer"
    return f"{b} makes {shown(replace(gap, mean=abs(gap.mean)))} good units a year {more} than {a}."


def changes(a: Plant, b: Plant) -> list[str]:
    """Where two plants differ: path, value in the first, value in the second."""
    before, after = ({key: part for key, part in tree_of(plant).items() if key != "name"} for plant in (a, b))
    return _differences(before, after, "")


def _differences(a: Any, b: Any, path: str) -> list[str]:
    if a == b:
        return []
    if isinstance(a, dict) and isinstance(b, dict):
        return [
            line for key in dict.fromkeys([*a, *b]) for line in _differences(a.get(key), b.get(key), _at(path, key))
        ]
    if isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        pairs = enumerate(zip(a, b, strict=True))
        return [line for index, (one, two) in pairs for line in _differences(one, two, _at(path, _title(one, index)))]
    return [f"{path}: {_short(a)} -> {_short(b)}"]


def _at(path: str, key: object) -> str:
    return f"{path}.{key}" if path else str(key)


def _title(entry: Any, index: int) -> object:
    return (entry.get("op") or entry.get("name") or index) if isinstance(entry, dict) else index


def _short(value: Any) -> str:
    """A value in a few words; of a section or list what is in it, by name."""
    if isinstance(value, dict):
        value = ", ".join(map(str, value)) or "nothing"
    elif isinstance(value, list):
        value = ", ".join(
            str(_title(one, index + 1)) if isinstance(one, dict) else str(one) for index, one in enumerate(value)
        )
    text = "not written" if value is None else str(value) or "nothing"
    return text if len(text) <= 60 else text[:57] + "..."
