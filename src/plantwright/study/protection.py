"""The cheapest protection for a survival that is asked for, and whether the planner's rule really reaches it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from plantwright.compile.causes import Cause
from plantwright.compile.exposure import Exposed, phases
from plantwright.compile.protecting import Option, kept, options, planned, protected, protecting, values
from plantwright.model.naming import called, thing_called
from plantwright.optimise.protection import protection
from plantwright.problems.exposure import Floats
from plantwright.problems.protection import ProtectionPlan
from plantwright.results.risk import Checked, Measure, Protection
from plantwright.study.exposure import DAY_S, SINGLE, Exposures

HALVED = 10
"""How often the stock that the planner's rule needs beyond that of the best allocation is halved. [-]"""


def protect(exposures: Exposures, survive: float) -> tuple[Protection, Exposures]:
    """The cheapest protection, and the losses of the plant that has it.

    Parameters
    ----------
    exposures
        The losses of the plant.
    survive
        How long no customer may go without after any single supplier or lane, any site but the first, or any event that
        the document names is lost for good. [s]

    Notes
    -----
    The mixed-integer programme allocates what is short as well as can be. What it buys is then given to the planner's
    rule, which is another programme with no code in common; where the rule still falls short, what it lacks is added to
    stock.
    """
    exposed = exposures.exposed
    steps = min(len(exposures.phases.problem.demand), math.ceil(survive / exposures.phases.length - 1e-9))
    causes = tuple(_feared(exposed))
    before = {cause.key: _short(exposures, cause, steps) for cause in causes}
    failing = [cause for cause in causes if before[cause.key] is not None]
    choices = options(exposed)
    beyond = [cause for cause in failing if _plan(exposures, [cause], steps, choices) is None]
    failing = [cause for cause in failing if cause not in beyond]
    plan = _plan(exposures, failing, steps, choices) if failing else None
    stock = np.zeros(len(exposed.items)) if plan is None else np.ceil(plan.stock - 1e-6)
    chosen = [] if plan is None else [choices[place] for place in plan.options]
    stock, after = _raised(exposures, failing, steps, stock, chosen)
    measures = tuple(_measures(exposed, stock, chosen))
    cost = math.fsum(measure.cost_per_year for measure in measures)
    found = Protection(
        survive_d=steps * exposures.phases.length / DAY_S,
        cost_per_year=cost,
        least_per_year=0.0 if plan is None else plan.cost,
        measures=measures,
        checked=tuple(
            Checked(cause.key, cause.name, before[cause.key], day, is_reached=day is None)
            for cause in causes
            for day in [before[cause.key] if cause in beyond else after.get(cause.key)]
        ),
        gap=0.0 if plan is None or plan.cost <= 0 else max(0.0, 1.0 - plan.bound / plan.cost),
        out_of_reach=tuple(cause.name for cause in beyond),
    )
    return found, _guarded(exposures, stock, chosen)


def _plan(
    exposures: Exposures, causes: Sequence[Cause], steps: int, choices: Sequence[Option]
) -> ProtectionPlan | None:
    return protection(protecting(exposures.exposed, causes, steps, choices, usual=exposures.phases))


def _feared(exposed: Exposed) -> list[Cause]:
    home = next(iter(exposed.plant.sites), None)
    return [
        cause
        for cause in exposed.causes
        if cause.kind in (*SINGLE, "event") and (cause.kind, cause.id) != ("site", home)
    ]


def _lasting(exposures: Exposures, cause: Cause, steps: int) -> list[tuple[Cause, float]]:
    return [(cause, 2.0 * steps * exposures.phases.length)]


def _short(exposures: Exposures, cause: Cause, steps: int) -> float | None:
    """Day within the survival that is asked for on which customers first go without."""
    day = exposures.followed(_lasting(exposures, cause, steps)).short
    end = steps * exposures.phases.length / DAY_S
    return day if day is not None and day < end * (1 - 1e-9) else None


def _raised(
    exposures: Exposures, failing: Sequence[Cause], steps: int, stock: Floats, chosen: Sequence[Option]
) -> tuple[Floats, dict[str, float | None]]:
    """The stock, raised where the rule needs more, and the day on which each cause first hurts then.

    Between the stock that the best allocation needs and the one with which production never falls behind its plan lies
    the least that is enough for the rule; it is found by halving. All items are raised alike; then those whose raise is
    not needed are put back.
    """
    after = _after(exposures, failing, steps, stock, chosen)
    if not any(day is not None for day in after.values()):
        return stock, after
    most = np.maximum(stock, _cover(exposures, failing, steps, chosen))
    low, high = 0.0, 1.0
    for _ in range(HALVED):
        middle = (low + high) / 2.0
        tried = np.ceil(stock + middle * (most - stock))
        if any(day is not None for day in _after(exposures, failing, steps, tried, chosen).values()):
            low = middle
        else:
            high = middle
    raised = _trimmed(exposures, failing, steps, stock, np.ceil(stock + high * (most - stock)), chosen)
    return raised, _after(exposures, failing, steps, raised, chosen)


def _trimmed(
    exposures: Exposures,
    failing: Sequence[Cause],
    steps: int,
    stock: Floats,
    raised: Floats,
    chosen: Sequence[Option],
) -> Floats:
    """The raised stock without what single items were raised for nothing, the dearest first. (I,) [pieces]"""
    worth = (raised - stock) * values(exposures.exposed)
    for item in sorted(np.flatnonzero(raised > stock), key=lambda each: -worth[each]):
        tried = raised.copy()
        tried[item] = stock[item]
        if not any(day is not None for day in _after(exposures, failing, steps, tried, chosen).values()):
            raised = tried
    return raised


def _after(
    exposures: Exposures, causes: Sequence[Cause], steps: int, stock: Floats, chosen: Sequence[Option]
) -> dict[str, float | None]:
    """Day on which each cause first hurts with this stock and these options."""
    guarded = _guarded(exposures, stock, chosen)
    return {cause.key: _short(guarded, cause, steps) for cause in causes}


def _guarded(exposures: Exposures, stock: Floats, chosen: Sequence[Option]) -> Exposures:
    """The same plant with the protection; its plans stay as they were."""
    guarded = Exposures(protected(exposures.exposed, stock, chosen))
    guarded.phases = phases(guarded.exposed, exposures.phases.length, exposures.exposed)
    return guarded


def _cover(exposures: Exposures, causes: Sequence[Cause], steps: int, chosen: Sequence[Option]) -> Floats:
    """Stock of each lost item with which nothing that is made of it ever falls behind. (I,) [pieces]"""
    exposed = exposures.exposed
    guarded = _guarded(exposures, np.zeros(len(exposed.items)), chosen)
    need, may = planned(exposures.phases), kept(exposed)
    cover = np.zeros(len(exposed.items))
    for cause in causes:
        lost = guarded.phases.under(_lasting(exposures, cause, steps))
        for item in sorted({int(exposed.gives[way]) for way in cause.ways}):
            capacity = lost.capacity[:, exposed.gives == item].sum(axis=1)
            shelf = start = float(lost.stock[item])
            for step in range(steps if may[item] else 0):
                wanted = need[step, item] + max(0.0, start - shelf)
                shelf += lost.arriving[step, item] + min(wanted, capacity[step]) - need[step, item]
                cover[item] = max(cover[item], math.ceil(-shelf))
    return cover


def _measures(exposed: Exposed, stock: Floats, chosen: Sequence[Option]) -> list[Measure]:
    worth, risk = values(exposed), exposed.risk
    found = [
        Measure("stock", item, thing_called(exposed.plant, item), float(stock[place]),
                float(stock[place] * worth[place] * risk.holding.base), float(stock[place] * worth[place]))
        for place, item in enumerate(exposed.items)
        if stock[place] > 0
    ]  # fmt: skip
    for option in chosen:
        way = exposed.ways[option.way]
        offer = exposed.plant.offers.get(option.name)
        who = called(exposed.plant.suppliers, offer.supplier or "") if offer is not None else option.name
        name = f"{thing_called(exposed.plant, way.item)}, {who}" if offer is not None else option.name
        found.append(Measure(option.kind, option.name, name, 0.0, option.once / risk.years, option.once))
    return sorted(found, key=lambda measure: -measure.cost_per_year)
