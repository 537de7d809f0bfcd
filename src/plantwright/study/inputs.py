"""The second interval: plants drawn from the ranges of their inputs, one run each, and which input moved the answer.

All draws share the random numbers of replication 0, so that what differs is the plant. The draws may measure less than
a year; each counts by its ratio to the plant as written on the same span.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plantwright.analytic.sampling import latin_hypercube, rank_correlations, triangular_quantile
from plantwright.errors import PlantwrightError
from plantwright.model.plant import Plant
from plantwright.model.source import Source
from plantwright.results import Driver, InputRange, Run
from plantwright.study.change import Keys, changed, keys_of, value_at
from plantwright.study.effort import Effort
from plantwright.study.number import number_of, with_number
from plantwright.study.replicate import Crowd, Job, Lowered, Span
from plantwright.study.year import Year
from plantwright.units import Quantity, UnitError

LEAST_DRAWS = 5
"""With fewer plants there is no interval worth the name. [-]"""
CONFIDENCE = 0.95


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
    """The inputs that can be varied, and a sentence for each row with a range that cannot."""
    found, skipped = [], []
    for source in plant.sources:
        if source.low is None or source.high is None:
            continue
        places = tuple(keys_of(plant, source.path))
        ends = [_end(end, [value_at(plant, keys) for keys in places]) for end in (source.low, source.high)]
        if not places or ends[0] is None or ends[1] is None or ends[0] > ends[1]:
            skipped.append(f"{source.path}: its range {source.low} to {source.high} is not one of a single number")
        elif ends[0] < ends[1]:
            found.append(Range(source, places, ends[0], ends[1]))
    return found, skipped


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


def input_range(year: Year, effort: Effort, base: Mapping[str, float], *, seed: int, crowd: Crowd) -> Drawn:
    """Run plants drawn from the ranges and tell how far the output moves.

    Parameters
    ----------
    year
        The plant and its year.
    effort
        The budgets.
    base
        Good units a year of each product, as the replications of the plant as written show. [units]
    seed
        Of the draws; the runs use the same random numbers as replication 0.
    crowd
        Who runs them.
    """
    inputs, skipped = ranges(year.plant)
    notes = [f"Not varied: {each}." for each in skipped]
    draws = min(effort.draws, max(LEAST_DRAWS, int(effort.inputs_moves / (3.0 * year.moves_per_year * 0.1 + 1)) + 1))
    if not inputs:
        return Drawn(None, {}, tuple(notes))
    span = year.span(effort.inputs_moves / (draws + 1))
    cube = latin_hypercube(draws, len(inputs), seed=seed)
    plants = [_plant_or_none(year.plant, inputs, list(row)) for row in cube]
    kept = [index for index, plant in enumerate(plants) if plant is not None]
    makers = [_lowering(year, span, plants[index]) for index in kept]
    jobs = [Job(make, span, seed, 0) for make in (_lowering(year, span, year.plant), *makers)]
    reference, *runs = crowd.run(jobs, "plants drawn from the ranges of the inputs")
    seen = [(index, run) for index, run in zip(kept, runs, strict=True) if run is not None]
    if len(kept) < draws:
        notes.append(f"{draws - len(kept)} of {draws} draws from the ranges were no plant and were left out.")
    if reference is None or len(seen) < LEAST_DRAWS:
        return Drawn(None, {}, tuple(notes))
    points = cube[[index for index, _ in seen]]
    return _summary(year, inputs, points, [run for _, run in seen], (reference, base, notes))


def _summary(
    year: Year,
    inputs: Sequence[Range],
    points: NDArray[np.float64],
    runs: Sequence[Run],
    known: tuple[Run, Mapping[str, float], list[str]],
) -> Drawn:
    reference, base, notes = known

    def scaled(names: Sequence[str]) -> list[float]:
        of_base = math.fsum(reference.items[name].finished for name in names)
        written = math.fsum(base[name] for name in names)
        return [
            math.fsum(run.items[name].finished for name in names) / of_base * written if of_base else math.nan
            for run in runs
        ]

    totals = scaled(year.wanted.sold)
    drivers = tuple(
        Driver(each.source.path, each.source.mark, round(float(rank), 3), each.source.low or "", each.source.high or "",
               each.source.source)
        for each, rank in zip(inputs, rank_correlations(points, totals), strict=True)
    )  # fmt: skip
    strongest = tuple(sorted(drivers, key=lambda driver: -abs(driver.correlation)))
    return Drawn(
        total=_range(totals, strongest),
        by_product={name: _range(scaled([name]), ()) for name in year.wanted.sold},
        notes=tuple(notes),
    )


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


def _lowering(year: Year, span: Span, plant: Plant | None) -> Callable[[], Lowered]:
    return lambda: year.lowered(span, plant)


def significant(drivers: Sequence[Driver], draws: int) -> tuple[Driver, ...]:
    """Drivers whose correlation is more than chance at about 95 %: beyond 2 / sqrt(n). [-]

    References
    ----------
    Spearman, C. (1904), doi:10.2307/1412159; the normal approximation of the rank correlation's law.
    """
    return tuple(driver for driver in drivers if abs(driver.correlation) > 2 / math.sqrt(max(1, draws)))
