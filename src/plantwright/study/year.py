"""One year of capacity: the plant made ready for it, how long it warms up, and how long one replication measures.

The plant is started so much earlier that the measured year is its first year, to the day, with that year's holidays.
A plant without calendars has no weeks; its periods are as long as the pilot can afford.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from plantwright.analytic.warmup import Settling, settling
from plantwright.compile import lower
from plantwright.model.demand import Demand
from plantwright.model.plant import Plant
from plantwright.model.worktime import first_year, hours, intervals
from plantwright.results import Run
from plantwright.study.effort import Effort
from plantwright.study.release import work_in_process
from plantwright.study.replicate import DAY, Crowd, Job, Lowered, Span, complete
from plantwright.study.rough import SCALE, Rough, part_moves, rough_cut
from plantwright.study.wanted import Wanted, wanted
from plantwright.units import TICKS_PER_SECOND

WEEK = 7 * DAY
BIN = DAY // 4
"""Length of an entry of the history: short enough to see who is active on which shift. [ticks]"""
LEAST_WARMUP = 6
"""Periods that are left out at the start at least. [-]"""
CERTAIN = 0.99
"""Confidence with which two pilots have to differ. [-]"""
PILOT_PERIODS = 40
"""Periods of the pilot at most: MSER-5 may leave out half of them. [-]"""
PILOT = 1_000_000
"""Replication number of the pilot, far from all that count. [-]"""


@dataclass(frozen=True, slots=True)
class Year:
    """A plant ready for its capacity runs.

    Attributes
    ----------
    plant : Plant
        As asked.
    wanted, rough : Wanted, Rough
        What counts as output, and the rough cut.
    conwip : dict of str to int
        Units of each product that may be in process. [units]
    period : int
        A week, or less where there are no calendars. [ticks]
    warmup : int
        Periods left out. [-]
    whole : int
        Length of the plant's first year. [ticks]
    moves_per_year : float
        Part moves of a year, as the pilot shows. [-]
    notes : tuple of str
        What the reader should know.
    """

    plant: Plant
    wanted: Wanted
    rough: Rough
    conwip: dict[str, int]
    period: int
    warmup: int
    whole: int
    moves_per_year: float
    notes: tuple[str, ...] = ()

    def span(self, moves: float, *, fine: bool = False) -> Span:
        """A run that measures a year, or as many whole periods of it as so many part moves allow.

        Its history has an entry for each period, or, ``fine``, several a day, to see who is active on which shift.
        """
        before = self.warmup * self.period
        bin_ = min(BIN, self.period) if fine else self.period
        if self.moves_per_year * (1 + before / self.whole) <= moves:
            return Span(before + self.whole, before, bin_)
        periods = int(moves / self.moves_per_year * self.whole / self.period) - self.warmup
        periods = max(periods, 2 * self.warmup)
        measured = min(periods * self.period, self.whole)
        return Span(before + measured, before, bin_)

    def moves(self, span: Span) -> float:
        """Part moves that a run of this span takes. [-]"""
        return self.moves_per_year * span.until / self.whole

    def lowered(self, span: Span, plant: Plant | None = None, conwip: Mapping[str, int] | None = None) -> Lowered:
        """The plant, or one that differs from it, in arrays: warmed up so that its first year is measured.

        Units in process as the plant itself says, else ``conwip``, else as sized for the year.
        """
        plant = plant or self.plant
        given = {name: product.conwip for name, product in plant.products.items() if product.conwip is not None}
        sizes = {**(conwip or self.conwip), **given}
        first = plant.from_ - dt.timedelta(days=math.ceil(span.warmup / DAY))
        shifted = plant.model_copy(update={"from_": first, "demand": self._asked_of(plant)})
        until_s = span.until / TICKS_PER_SECOND
        return Lowered(shifted, lower(shifted, mode="capacity", until_s=until_s, conwip=sizes))

    def _asked_of(self, plant: Plant) -> dict[str, Demand]:
        """The demand, and one for each product of a plant that only has a target."""
        silent = [name for name in self.wanted.sold if name in self.conwip and name not in plant.demand]
        return {**plant.demand, **{name: Demand(year=round(SCALE * self.wanted.mix[name]) or 1) for name in silent}}

    def scale(self, run: Run) -> float:
        """From what a run measured to a year. [-]"""
        return self.whole / TICKS_PER_SECOND / run.elapsed_s

    def made(self, run: Run) -> dict[str, float]:
        """Good units of each product that a run makes in a year. [units]"""
        return {name: run.items[name].finished * self.scale(run) for name in self.wanted.sold}

    def total(self, run: Run) -> float:
        """Good units that a run makes in a year. [units]"""
        return math.fsum(self.made(run).values())


def prepare(plant: Plant, effort: Effort, *, seed: int, crowd: Crowd) -> Year:
    """Size the work in process, find the warm-up in a pilot, and count the part moves of a year.

    Parameters
    ----------
    plant
        A sound plant.
    effort
        The budgets.
    seed
        Of the pilot.
    crowd
        Who runs it.
    """
    asked = wanted(plant)
    rough = rough_cut(plant, asked)
    rate = max(asked.target or 0.0, rough.units_per_year)
    conwip = work_in_process(plant, asked, units_per_year=rate)
    start, end = first_year(plant)
    whole = round((end - start).total_seconds()) * TICKS_PER_SECOND
    guess = max(1.0, part_moves(plant, asked.units(rough.units_per_year) | asked.spares))
    period = period_of(plant, effort, guess / whole)
    year = Year(plant, asked, rough, conwip, period, LEAST_WARMUP, whole, guess)
    run = _pilot(year, _pilot_span(year, effort), PILOT, seed=seed, crowd=crowd)
    if run is None:
        return year
    totals = _totals(year, run)
    found = settling(totals, least=LEAST_WARMUP)
    if found.after > LEAST_WARMUP:
        found = _apart_from_seasons(year, totals, found, seed=seed, crowd=crowd)
    unsettled = f"The pilot of {len(totals)} periods has not settled: what is left out at the start may be too short."
    notes = () if found.is_certain else (unsettled,)
    moves = run.part_moves * whole / TICKS_PER_SECOND / (run.elapsed_s + run.warmup_s)
    return replace(year, warmup=found.after, moves_per_year=max(1.0, moves), notes=notes)


def _apart_from_seasons(
    year: Year, totals: Sequence[float], suspected: Settling, *, seed: int, crowd: Crowd
) -> Settling:
    """Where the start ends, of a pilot whose beginning differs from what follows.

    A second pilot begins as many periods earlier as are suspected and lives through the same calendar. What both have
    in common is a season (holidays of a crew, a machine that comes in May); only what they do not share is the start.
    """
    before = suspected.after * year.period
    aged = _pilot(
        year, Span(before + len(totals) * year.period, before, year.period), PILOT + 1, seed=seed, crowd=crowd
    )
    if aged is None:
        return suspected
    differences = [young - old for young, old in zip(totals, _totals(year, aged), strict=True)]
    return settling(differences, least=LEAST_WARMUP, confidence=CERTAIN)


def _totals(year: Year, run: Run) -> list[float]:
    """Output of each period of a pilot, by working time."""
    made = per_period(run, year.wanted.sold, year.period)
    return per_working_time(year.plant, made, year.rough.binding, period=year.period)


def _pilot_span(year: Year, effort: Effort) -> Span:
    """As many periods as the effort affords, from empty."""
    periods = int(effort.pilot_moves / year.moves_per_year * year.whole / year.period)
    periods = min(max(periods, 2 * LEAST_WARMUP), PILOT_PERIODS)
    return Span(periods * year.period, 0, year.period)


def _pilot(year: Year, span: Span, number: int, *, seed: int, crowd: Crowd) -> Run | None:
    lowered = year.lowered(span)
    found = complete(crowd.run([Job(lambda: lowered, span, seed, number)], "how long it takes to settle"))
    return found[0] if found else None


def period_of(plant: Plant, effort: Effort, moves_per_tick: float) -> int:
    """A week where there are calendars; else whole seconds of which the pilot can afford enough. [ticks]"""
    if plant.calendars:
        return WEEK
    affordable = int(effort.pilot_moves / PILOT_PERIODS / moves_per_tick)
    return min(WEEK, max(1, affordable // TICKS_PER_SECOND) * TICKS_PER_SECOND)


def per_period(run: Run, names: Sequence[str], period: int) -> list[float]:
    """Good pieces of the named items in each whole period. [pieces]"""
    bins = max(1, round(period / TICKS_PER_SECOND / run.series.bin_s))
    total = [math.fsum(each) for each in zip(*(run.series.finished[name] for name in names), strict=True)]
    return [math.fsum(total[at : at + bins]) for at in range(0, len(total) - bins + 1, bins)]


def per_working_time(plant: Plant, totals: Sequence[float], station: str, *, period: int) -> list[float]:
    """Output of each period by the working time that a station had in it: a week with a holiday is no odd week."""
    start = dt.datetime.combine(plant.from_, dt.time(), tzinfo=dt.UTC)
    step = dt.timedelta(microseconds=period * 1_000_000 / TICKS_PER_SECOND)
    calendar = plant.stations[station].calendar
    worked = [
        hours(intervals(plant, calendar, start + index * step, start + (index + 1) * step))
        for index in range(len(totals))
    ]
    return [total / each for total, each in zip(totals, worked, strict=True) if each > 0]
