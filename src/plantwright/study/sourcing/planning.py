"""A plant's sourcing, lowered and solved; what the rest of the study reads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from plantwright.compile.sourcing import Lowered, lowered
from plantwright.compile.sourcing.names import Names
from plantwright.errors import Finding, RunError
from plantwright.model.plant import Plant
from plantwright.optimise.sourcing import check
from plantwright.optimise.sourcing.model import Model
from plantwright.optimise.sourcing.plan import plan_of
from plantwright.optimise.sourcing.solve import Question, Solution, solve
from plantwright.problems.sourcing import SourcingPlan, SourcingProblem

ALIKE = 0.005
"""Share of an item by which a source has to change to be told. [-]"""


@dataclass(frozen=True)
class Sourced:
    """A plant and its model.

    Attributes
    ----------
    plant
        Without refused offers.
    low
        Problem and names.
    """

    plant: Plant
    low: Lowered

    @cached_property
    def model(self) -> Model:
        """The programme."""
        return Model(self.low.problem)

    @property
    def problem(self) -> SourcingProblem:
        """The numbers."""
        return self.low.problem

    @property
    def names(self) -> Names:
        """Their names."""
        return self.low.names

    @cached_property
    def best(self) -> Solution | None:
        """The cheapest plan, verified; None where there is none."""
        found = solve(self.model)
        if found is not None:
            verified(self.problem, plan_of(self.model, found.x))
        return found

    def plan(self, solution: Solution) -> SourcingPlan:
        """A solution in pieces and money."""
        return plan_of(self.model, solution.x)

    def solved(self, question: Question) -> Solution | None:
        """The best plan of another question, verified against its own limits."""
        found = solve(self.model, question)
        if found is not None:
            limits = replace(
                self.problem.limits,
                budget=np.full_like(self.problem.limits.budget, np.inf),
                investment=np.inf,
                country=np.full_like(self.problem.limits.country, np.inf),
                carbon=np.full_like(self.problem.limits.carbon, np.inf),
            )
            floor = replace(self.problem.content, floor=np.full_like(self.problem.content.floor, np.nan))
            verified(self.problem.replace(limits=limits, content=floor), self.plan(found))
        return found


def sourced(plant: Plant) -> Sourced:
    """A plant ready to be asked about its sourcing."""
    return Sourced(plant, lowered(plant))


def verified(problem: SourcingProblem, plan: SourcingPlan) -> None:
    """Nothing, where a plan keeps to everything.

    Raises
    ------
    RunError
        It does not: a fault of the program, not of the plant.
    """
    faults = check.faults(problem, plan)
    if faults:
        what = f"the plan that was found does not keep to what binds it: {faults[0]}"
        raise RunError(Finding("E472", what, "This is a fault of plantwright: please report it with the document."))


def shares(names: Names, plan: SourcingPlan, *, modes: bool = False) -> dict[str, dict[str, float]]:
    """Share of each source of each item in all pieces of it that are bought and made, over all years.

    With ``modes`` an offer that comes in several ways is several sources.
    """
    pieces: dict[str, dict[str, float]] = {}
    for purchase, amount in zip(names.purchases, plan.bought.sum(axis=(0, 2)), strict=True):
        label = f"{purchase.offer} by {purchase.mode}" if modes and purchase.mode is not None else purchase.offer
        at = pieces.setdefault(purchase.item, {})
        at[label] = at.get(label, 0.0) + float(amount)
    for place, amount in zip(names.workplaces, plan.made.sum(axis=(0, 2)), strict=True):
        at = pieces.setdefault(place.item, {})
        label = f"made at {place.site}" if place.site else "made"
        at[label] = at.get(label, 0.0) + float(amount)
    return {
        item: {label: amount / (sum(sources.values()) or 1.0) for label, amount in sources.items()}
        for item, sources in pieces.items()
    }


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def flips(names: Names, before: SourcingPlan, after: SourcingPlan) -> tuple[str, ...]:
    """What differs between two plans, in words: sources whose share changes, and what is paid once."""
    found = []
    told: set[str] = set()
    for modes in (False, True):
        old, new = shares(names, before, modes=modes), shares(names, after, modes=modes)
        for item, sources in new.items():
            changed = [label for label, share in sources.items() if abs(share - old[item][label]) > ALIKE]
            if item not in told:
                found += [
                    f"{item}: {label} {_percent(old[item][label])} to {_percent(sources[label])}" for label in changed
                ]
            told |= {item} if changed else set()
    for what, labels, one, two in (
        ("qualified", names.offers, before.qualified, after.qualified),
        ("opened", tuple(f"{p.item} at {p.site}" for p in names.workplaces), before.opened, after.opened),
        ("built", tuple(f"{s.step} for {s.workplace.item}" for s in names.stages), before.built, after.built),
    ):
        for row, label in enumerate(labels):
            if one[row].any() != two[row].any():
                found.append(f"{label}: {'' if two[row].any() else 'not '}{what}")
    return tuple(found)
