"""The second interval: plants drawn from the ranges of their inputs, one run each, and which input moved the answer.

All draws share the random numbers of replication 0, so that what differs is the plant. The draws may measure less than
a year; each counts by its ratio to the plant as written on the same span.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from plantwright.analytic.sampling import latin_hypercube, rank_correlations, triangular_quantile
from plantwright.errors import PlantwrightError
from plantwright.model.path import EVERY
from plantwright.model.plant import Plant
from plantwright.model.source import Source
from plantwright.model.unused import not_used
from plantwright.results import Driver, InputRange, Run
from plantwright.study.change import Keys, changed, keys_of, path_of, value_at
from plantwright.study.effort import Effort
from plantwright.study.influence import influence
from plantwright.study.number import number_of, with_number
from plantwright.study.ranking import weights
from plantwright.study.replicate import Crowd, Job
from plantwright.study.year import Year
from plantwright.units import Quantity, UnitError

LEAST_DRAWS = 5
"""With fewer plants there is no interval worth the name. [-]"""
CONFIDENCE = 0.95
ELSEWHERE = ("balancing", "siting")
"""Sections that only answers about supply read: what they say moves no run."""
ASKED = 12
"""Inputs whose correlation with the output is told: those with the most hold on it. [-]"""
ASIDE = frozenset(
    "balancing families finance lanes making planning programme risk screening siting sourcing staff suppliers".split()
)
"""Sections that no run reads: answers that do without one do."""
ASIDE_FIELDS = {
    "items": {"carbon", "mass"},
    "offers": {"carbon", "content", "qualification", "qualification_cost", "ramp", "recovery"},
    "products": {"margin", "material_cost", "price"},
    "stations": {"price"},
    "tools": {"price"},
}
"""The same for single fields of a section."""


@dataclass(frozen=True, slots=True)
class Range:
    """An input that may lie elsewhere.

    Attributes
    ----------
    source : Source
        Its row in the document.
    places : tuple of Keys
        Where it stands in the plant; a path with ``*`` has several.
    low, high : float
        Its range. [canonical unit]
    """

    source: Source
    places: tuple[Keys, ...]
    low: float
    high: float

    @property
    def is_read_by_runs(self) -> bool:
        """Whether a run could come out otherwise within it."""
        return not any(
            keys[0] in ASIDE or (len(keys) > 2 and keys[2] in ASIDE_FIELDS.get(str(keys[0]), ()))
            for keys in self.places
        )


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the draws showed.

    Attributes
    ----------
    total : InputRange or None
        Range of the plant's output; None where no input has a range or too few draws were finished.
    by_product : mapping of str to InputRange
        The same for each product.
    notes : tuple of str
        Rows that could not be varied, and draws that were no plant.
    """

    total: InputRange | None
    by_product: Mapping[str, InputRange]
    notes: tuple[str, ...]


def ranges(plant: Plant) -> tuple[list[Range], list[str]]:
    """The inputs that can be varied, wide rows before narrow ones, and the paths of rows with a range that cannot.

    Values that nothing uses yet are left out: they move nothing.
    """
    unused = (*not_used(plant, ""), *ELSEWHERE)
    found, skipped = [], []
    for source in sorted(plant.sources, key=lambda source: -source.path.count(EVERY)):
        if source.low is None or source.high is None:
            continue
        places = tuple(keys for keys in keys_of(plant, source.path) if not _is_in(path_of(plant, keys), unused))
        if not places:
            continue
        ends = [_end(end, [value_at(plant, keys) for keys in places]) for end in (source.low, source.high)]
        if ends[0] is None or ends[1] is None or ends[0] > ends[1]:
            skipped.append(source.path)
        elif ends[0] < ends[1]:
            found.append(Range(source, places, ends[0], ends[1]))
    return found, skipped


def _is_in(path: str, groups: Sequence[str]) -> bool:
    return any(path == group or path.startswith(group + ".") for group in groups)


def _end(text: str, values: Sequence[object]) -> float | None:
    """An end of a range in canonical units; None where the values are not numbers of its dimension."""
    try:
        end = Quantity.parse(text)
    except UnitError:
        return None
    return end.base if values and all(number_of(value, text) is not None for value in values) else None


def drawn_plant(plant: Plant, inputs: Sequence[Range], shares: Sequence[float]) -> Plant:
    """The plant with every ranged input at a share of its triangular law, its own value the mode.

    Raises
    ------
    ValueError
        The values do not make a plant.
    """
    values = {}
    for each, share in zip(inputs, shares, strict=True):
        for keys in each.places:
            value = value_at(plant, keys)
            mode = min(max(number_of(value, each.source.low) or 0.0, each.low), each.high)
            number = float(triangular_quantile(share, each.low, mode, high=each.high))
            values[keys] = with_number(value, number, each.source.low)
    return changed(plant, values)


def input_range(year: Year, effort: Effort, runs: Sequence[Run], *, seed: int, crowd: Crowd) -> Drawn:
    """Run plants drawn from the ranges and tell how far the output moves.

    Parameters
    ----------
    year
        The plant and its year.
    effort
        The budgets.
    runs
        Replications of the plant as written.
    seed
        Of the draws; the runs use the same random numbers as replication 0.
    crowd
        Who runs them.
    """
    written, skipped = ranges(year.plant)
    inputs = [each for each in written if each.is_read_by_runs]
    notes = [f"Ranges that are not of a single number were not varied: {', '.join(skipped)}."] if skipped else []
    if not inputs:
        return Drawn(None, {}, tuple(notes))
    span = year.span(effort.inputs_moves / (effort.draws + 1))
    draws = min(effort.draws, max(LEAST_DRAWS, int(effort.inputs_moves / year.moves(span)) - 1))
    cube = latin_hypercube(draws, len(inputs), seed=seed)
    plants = [_plant_or_none(year.plant, inputs, list(row)) for row in cube]
    kept = [index for index, plant in enumerate(plants) if plant is not None]
    makers = [partial(year.lowered, span, plant) for plant in (year.plant, *(plants[index] for index in kept))]
    jobs = [Job(make, span, seed, 0) for make in makers]
    reference, *drawn = crowd.run(jobs, "plants drawn from the ranges of the inputs")
    seen = [(index, run) for index, run in zip(kept, drawn, strict=True) if run is not None]
    if len(kept) < draws:
        notes.append(f"{draws - len(kept)} of {draws} draws from the ranges were no plant and were left out.")
    if reference is None or len(seen) < LEAST_DRAWS:
        return Drawn(None, {}, tuple(notes))
    scaled = _Scaled(year, runs, reference, [run for _, run in seen])
    totals = scaled.to_years(year.wanted.sold)
    return Drawn(
        total=_range(totals, _drivers(year, runs, inputs, cube[[index for index, _ in seen]], totals)),
        by_product={name: _range(scaled.to_years([name]), ()) for name in year.wanted.sold},
        notes=tuple(notes),
    )


@dataclass(frozen=True, slots=True)
class _Scaled:
    """Output of drawn plants by their ratio to the plant as written on the same span."""

    year: Year
    runs: Sequence[Run]
    reference: Run
    drawn: Sequence[Run]

    def to_years(self, names: Sequence[str]) -> list[float]:
        """Good units a year of the named products, one per drawn plant."""
        written = math.fsum(math.fsum(self.year.made(run)[name] for name in names) for run in self.runs)
        of_base = math.fsum(self.reference.items[name].finished for name in names)
        scale = written / len(self.runs) / of_base if of_base else math.nan
        return [scale * math.fsum(run.items[name].finished for name in names) for run in self.drawn]


def _drivers(
    year: Year, runs: Sequence[Run], inputs: Sequence[Range], points: NDArray[np.float64], totals: Sequence[float]
) -> tuple[Driver, ...]:
    """Rank correlations of the inputs that can move the output, the strongest first."""
    weight = weights(year.plant, runs, year.rough, sold=year.wanted.sold)
    ranks = rank_correlations(points, totals)
    order = sorted(range(len(inputs)), key=lambda index: -_influence(year.plant, inputs[index], weight))
    found = [
        Driver(
            source.path, source.mark, round(float(ranks[index]), 3), source.low or "", source.high or "", source.source
        )
        for index in order[:ASKED]
        for source in [inputs[index].source]
    ]
    return tuple(sorted(found, key=lambda driver: -abs(driver.correlation)))


def _influence(plant: Plant, each: Range, weight: Mapping[str, float]) -> float:
    total = 0.0
    for keys in each.places:
        mode = number_of(value_at(plant, keys), each.source.low) or 0.0
        width = (each.high - each.low) / max(abs(mode), each.high, 1e-12)
        total += influence(plant, keys, width, weights=weight)
    return total


def _range(values: Sequence[float], drivers: tuple[Driver, ...]) -> InputRange:
    """Mean and the middle 95 % of what was drawn."""
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(values, [tail, 1 - tail])
    return InputRange(math.fsum(values) / len(values), float(low), float(high), len(values), CONFIDENCE, drivers)


def _plant_or_none(plant: Plant, inputs: Sequence[Range], shares: Sequence[float]) -> Plant | None:
    try:
        return drawn_plant(plant, inputs, shares)
    except (ValueError, PlantwrightError):
        return None


def significant(drivers: Sequence[Driver], draws: int) -> tuple[Driver, ...]:
    """Drivers whose correlation is more than chance at about 95 %: beyond 2 / sqrt(n). [-]

    References
    ----------
    Spearman, C. (1904), doi:10.2307/1412159; the normal approximation of the rank correlation's law.
    """
    return tuple(driver for driver in drivers if abs(driver.correlation) > 2 / math.sqrt(max(1, draws)))
