"""Is variant B better than A, and by how much?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from plantwright.errors import Finding, RunError
from plantwright.io.document import tree_of
from plantwright.io.patch import Patch, apply
from plantwright.model.plant import Plant
from plantwright.results import CompareAnswer, Difference, Run
from plantwright.study import words
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
    name = _name(b, other)
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
    sold = [name for name in pair.a.year.wanted.sold if name in pair.b.year.wanted.sold]
    rows = [_row(pair, "good units", "per year", (pair.a.year.total, pair.b.year.total))]
    if len(sold) > 1:
        rows += [_same(pair, f"{name}: good units", "per year", partial(_made, pair.a.year, name)) for name in sold]
    rows += [_same(pair, f"{name}: flow time", "s", partial(_flow_time_s, name)) for name in sold]
    rows += [_same(pair, f"{name}: in process", "units", partial(_in_process, name)) for name in sold]
    rows += [_same(pair, f"{name}: utilisation", "share", partial(_used, name)) for name in _busiest(pair)]
    return rows


def _made(year: Year, name: str, run: Run) -> float:
    return year.made(run)[name]


def _flow_time_s(name: str, run: Run) -> float:
    return run.items[name].flow_time_mean_s


def _in_process(name: str, run: Run) -> float:
    return run.items[name].wip_mean


def _used(name: str, run: Run) -> float:
    return utilisation(run.stations[name])


def _same(pair: _Pair, name: str, unit: str, figure: Figure) -> Difference:
    return _row(pair, name, unit, (figure, figure))


def _row(pair: _Pair, name: str, unit: str, figures: tuple[Figure, Figure]) -> Difference:
    a = [figures[0](run) for run in pair.runs_a]
    b = [figures[1](run) for run in pair.runs_b]
    gap = estimate([second - first for first, second in zip(a, b, strict=True)], CONFIDENCE)
    return Difference(name, unit, estimate(a, CONFIDENCE), estimate(b, CONFIDENCE), gap, distinguishable(gap))


def _busiest(pair: _Pair) -> list[str]:
    """Stations of both plants, the most used first."""
    both = [name for name in pair.a.plant.stations if name in pair.b.plant.stations]

    def used(name: str) -> float:
        return over([*pair.runs_a, *pair.runs_b], partial(_used, name)).mean or 0.0

    return sorted(both, key=used, reverse=True)[:BUSIEST]


def _name(b: object, plant: Plant) -> str:
    """What the second plant is called: by its patch where it has one."""
    if isinstance(b, Patch) and b.name:
        return f"{plant.name}, {b.name}"
    return plant.name if isinstance(b, Plant) else f"{plant.name}, changed"


def _verdict(a: str, b: str, row: Difference) -> str:
    gap = row.difference
    if gap.mean is None:
        return "Nothing could be compared."
    if not row.distinguishable:
        return f"{b} and {a} cannot be told apart in good units a year with {gap.n} pairs of runs."
    more = "more" if gap.mean > 0 else "fewer"
    width = f" ± {words.rounded(gap.half_width)}" if gap.half_width else ""
    return f"{b} makes {words.rounded(abs(gap.mean))}{width} good units a year {more} than {a}."


def changes(a: Plant, b: Plant) -> list[str]:
    """Where two plants differ: path, value in the first, value in the second."""
    return list(_differences(tree_of(a), tree_of(b), ""))


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
    text = "-" if value is None else str(value)
    return text if len(text) <= 60 else text[:57] + "..."
