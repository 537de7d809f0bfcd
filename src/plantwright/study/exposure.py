"""Every loss that the document shows, one by one and two by two: under the planner's rule, and as well as can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from plantwright.analytic.rationing import ration
from plantwright.compile.causes import Cause
from plantwright.compile.exposure import Exposed, Phases, phases, steady
from plantwright.compile.lasting import quantile
from plantwright.model.naming import thing_called
from plantwright.optimise.exposure import exposure
from plantwright.optimise.phases import BestCase
from plantwright.problems.exposure import Cut, Exposure
from plantwright.problems.phases import Course, PhasedProblem
from plantwright.results.risk import ExposureRow, PairRow
from plantwright.study.progress import Progress, Silent

CHANCES = (0.1, 0.5, 0.9)
"""Quantiles of the recovery. [-]"""
DAY_S = 86_400.0
TIES = 1e-6
"""Survival this close to the recovery counts as equal to it. [-]"""
WORSE = 1.01
"""Two losses are told where they cost more than so many times the two alone. [-]"""
SINGLE = ("supplier", "site", "lane")


@dataclass(frozen=True)
class Followed:
    """What follows from a loss of a length: the course under the rule, and when it first hurts. [d]"""

    course: Course
    stops: float | None
    short: float | None
    product: int
    short_of: int


@dataclass
class Exposures:
    """The losses of a plant, each computed when it is first asked for.

    Attributes
    ----------
    exposed : Exposed
        The plant's supply.
    progress : Progress
        Told how far it is.
    """

    exposed: Exposed
    progress: Progress | None = None

    @cached_property
    def phases(self) -> Phases:
        """The network step by step."""
        return phases(self.exposed)

    @cached_property
    def usual(self) -> Course:
        """The course under the rule when nothing is lost."""
        return self._ration(self.phases.problem)

    @cached_property
    def alone(self) -> Exposure:
        """All single losses at steady rates, with a middling recovery."""
        return exposure(steady(self.exposed), self._cuts())

    @property
    def is_consistent(self) -> bool:
        """Whether the loss is none exactly where the survival is as long as the recovery."""
        recovery = np.array([cut.recovery for cut in self._cuts()])
        return bool(((self.alone.loss == 0) == (self.alone.survival >= recovery * (1 - TIES))).all())

    def recovery(self, cause: Cause, chance: float) -> float:
        """How long a loss lasts; as long as the horizon where nobody knows. [s]"""
        return self.exposed.risk.horizon.base if cause.recovery is None else quantile(cause.recovery, chance)

    def _cuts(self) -> list[Cut]:
        return [Cut((place,), self.recovery(cause, 0.5) / DAY_S) for place, cause in enumerate(self.exposed.causes)]

    # ------------------------------------------------------------------------------------------------- one by one

    @cached_property
    def rows(self) -> tuple[ExposureRow, ...]:
        """All losses, the dearest first."""
        told = self.progress or Silent()
        told.begin("losses one by one", len(self.exposed.causes))
        best = BestCase(self.phases.problem)
        found = []
        for place, cause in enumerate(self.exposed.causes):
            found.append(self._row(place, cause, best))
            told.advance(1)
        told.end()
        never = self.exposed.risk.horizon.base
        return tuple(sorted(found, key=lambda row: (-row.loss_p50, -row.loss_p90, -row.steady_loss, _or(row, never))))

    def _row(self, place: int, cause: Cause, best: BestCase) -> ExposureRow:
        followed = [self.followed([(cause, self.recovery(cause, chance))]) for chance in CHANCES]
        least = best.course(self.phases.under([(cause, self.recovery(cause, 0.5))]).capacity)
        worst = next((each for each in reversed(followed) if each.stops is not None), followed[-1])
        known = cause.recovery is not None
        recovery = [self.recovery(cause, chance) / DAY_S if known else None for chance in CHANCES]
        survival = float(self.alone.survival[place])
        return ExposureRow(
            kind=cause.kind,
            id=cause.id,
            name=cause.name,
            recovery_p10_d=recovery[0],
            recovery_p50_d=recovery[1],
            recovery_p90_d=recovery[2],
            survival_d=survival if np.isfinite(survival) else None,
            steady_loss=float(self.alone.loss[place]),
            index=float(self.alone.index[place]),
            stops_day_p10=followed[0].stops,
            stops_day_p50=followed[1].stops,
            stops_day_p90=followed[2].stops,
            short_day_p10=followed[0].short,
            short_day_p50=followed[1].short,
            short_day_p90=followed[2].short,
            loss_p10=followed[0].course.loss,
            loss_p50=followed[1].course.loss,
            loss_p90=followed[2].course.loss,
            best_loss_p50=min(least.loss, followed[1].course.loss),
            best_short_day_p50=self._first_short(least)[0],
            first_product=self._called(worst.product),
            short_of=self._called(worst.short_of),
            items=tuple(dict.fromkeys(self.exposed.ways[way].item for way in cause.ways)),
        )

    def followed(self, lost: Sequence[tuple[Cause, float]]) -> Followed:
        """What follows where causes last so long [s], under the planner's rule."""
        course = self._ration(self.phases.under(lost))
        stops, product = self._first_stop(course)
        short, missing = self._first_short(course)
        step = int(np.argmax(course.short_of >= 0)) if (course.short_of >= 0).any() else -1
        return Followed(course, stops, short, product if product >= 0 else missing, int(course.short_of[step]))

    def _ration(self, problem: PhasedProblem) -> Course:
        return ration(problem, problem.capacity, self.exposed.order)

    def _first_short(self, course: Course) -> tuple[float | None, int]:
        """Day on which customers first go without, and of what."""
        return self._first(course.unmet, self.phases.problem.demand)

    def _first_stop(self, course: Course) -> tuple[float | None, int]:
        """Day on which production first falls behind what it makes when nothing is lost, and of what."""
        made = np.zeros_like(self.phases.problem.plan)
        usual = np.zeros_like(made)
        sold = [place for group in self.exposed.order for place in group]
        for way, item in enumerate(self.exposed.gives):
            if item in sold and not self.exposed.ways[way].is_bought:
                made[:, item] += course.made[:, way]
                usual[:, item] += self.usual.made[:, way]
        return self._first(np.maximum(0.0, usual - made), usual)

    def _first(self, missing: np.ndarray, of: np.ndarray) -> tuple[float | None, int]:
        """First day on which a share is missing, the step's share that is there counted, and what is missing most."""
        share = np.divide(missing, of, out=np.zeros_like(missing), where=of > 0)
        steps = np.flatnonzero(share.max(axis=1) > TIES)
        if not len(steps):
            return None, -1
        item = int(share[steps[0]].argmax())
        there = max(0.0, 1.0 - float(share[steps[0], item]))
        return float((steps[0] + there) * self.phases.length / DAY_S), item

    def _called(self, item: int) -> str:
        return "" if item < 0 else thing_called(self.exposed.plant, self.exposed.items[item])

    # ------------------------------------------------------------------------------------------------- two by two

    @cached_property
    def pairs(self) -> tuple[tuple[PairRow, ...], int]:
        """Pairs of single losses that cost more than the two alone, the dearest first, and how many were looked at."""
        singles = [place for place, cause in enumerate(self.exposed.causes) if cause.kind in SINGLE]
        alike = [(one, two) for one, two in combinations(singles, 2) if self._meet(one, two)]
        told = self.progress or Silent()
        told.begin("losses two by two", len(alike))
        cuts = [self._pair(one, two) for one, two in alike]
        both = exposure(steady(self.exposed), cuts)
        found = []
        for place, (one, two) in enumerate(alike):
            row = self._pair_row(one, two, cuts[place].recovery, float(both.survival[place]))
            if row.loss > WORSE * row.loss_one_by_one and row.loss > 0:
                found.append(row)
            told.advance(1)
        told.end()
        return tuple(sorted(found, key=lambda row: -row.loss)), len(singles) * (len(singles) - 1) // 2

    def _pair(self, one: int, two: int) -> Cut:
        first, second = (self.recovery(self.exposed.causes[place], 0.5) / DAY_S for place in (one, two))
        return Cut((one, two) if first >= second else (two, one), max(first, second))

    def _pair_row(self, one: int, two: int, recovery: float, survival: float) -> PairRow:
        first, second = self.exposed.causes[one], self.exposed.causes[two]
        followed = self.followed([(cause, self.recovery(cause, 0.5)) for cause in (first, second)])
        alone = [self._loss_alone[place] for place in (one, two)]
        return PairRow(
            first=first.key,
            second=second.key,
            first_name=first.name,
            second_name=second.name,
            recovery_d=recovery,
            survival_d=survival if np.isfinite(survival) else None,
            short_day=followed.short,
            loss=followed.course.loss,
            loss_one_by_one=sum(alone),
            is_safe_alone=not any(alone),
        )

    @cached_property
    def _loss_alone(self) -> dict[int, float]:
        """Margin lost under the rule by place of the cause, with a middling recovery."""
        of = {(row.kind, row.id): row.loss_p50 for row in self.rows}
        return {place: of[cause.kind, cause.id] for place, cause in enumerate(self.exposed.causes)}

    def _meet(self, one: int, two: int) -> bool:
        """Whether two losses take the same deliveries, or touch a common item that can be had in more than one way.

        Two losses that do not meet like this are both borne alone or not: each item is as short as under one of them.
        """
        first, second = self.exposed.causes[one], self.exposed.causes[two]
        return bool(self._touched[one] & self._touched[two] or set(first.ways) & set(second.ways))

    @cached_property
    def _touched(self) -> list[set[int]]:
        parents: dict[int, set[int]] = {}
        for way, part in self.exposed.bill[0]:
            parents.setdefault(int(part), set()).add(int(self.exposed.gives[way]))
        several = set(np.flatnonzero(np.bincount(self.exposed.gives, minlength=len(self.exposed.items)) > 1))
        return [
            _above({int(self.exposed.gives[way]) for way in cause.ways}, parents) & several
            for cause in self.exposed.causes
        ]

    def worst(self) -> Iterator[Cause]:
        """Single losses, the dearest first, without the plant's own first site: with it everything is lost anyway."""
        home = next(iter(self.exposed.plant.sites), None)
        of = {(cause.kind, cause.id): cause for cause in self.exposed.causes}
        yield from (
            of[row.kind, row.id]
            for row in self.rows
            if row.kind in SINGLE and row.stops_day_p90 is not None and (row.kind, row.id) != ("site", home)
        )


def _above(items: set[int], parents: dict[int, set[int]]) -> set[int]:
    """Items and everything that they go into."""
    found, waiting = set(items), list(items)
    while waiting:
        for parent in parents.get(waiting.pop(), ()):
            if parent not in found:
                found.add(parent)
                waiting.append(parent)
    return found


def _or(row: ExposureRow, never: float) -> float:
    return never if row.survival_d is None else row.survival_d
