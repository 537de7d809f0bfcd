"""A plant, planned: demand, lead times, lots and safety stocks put together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from plantwright.analytic.mrp import plan
from plantwright.compile.materials import Horizon, Materials, lower_materials
from plantwright.errors import Finding, Place, RunError
from plantwright.model.planning import Planning
from plantwright.model.plant import Plant
from plantwright.model.pulling import pulled
from plantwright.model.state import State
from plantwright.problems.materials import Lots
from plantwright.study.materials.demanded import Demanded
from plantwright.study.materials.leads import fences, lead_periods, longest_path
from plantwright.study.materials.master import master_schedule
from plantwright.study.materials.planned import Made
from plantwright.study.materials.rules import lot_rules
from plantwright.study.materials.safety import safety_stocks
from plantwright.study.materials.together import sized_together
from plantwright.study.materials.values import holding_costs, unit_values
from plantwright.study.materials.work import work_of


def make(plant: Plant, state: State | None = None, *, unsupplied: Collection[str] = ()) -> Made:
    """Plan a plant from today on.

    Parameters
    ----------
    plant
        A sound plant; planned by the defaults where it says nothing of planning.
    state
        What is where; as at the beginning of a run when left out.
    unsupplied
        Bought items that nobody may supply.

    Notes
    -----
    So that all orders of the horizon are known, the plan looks further ahead by the longest chain of lead times.

    Raises
    ------
    RunError
        Nobody wants anything within the horizon.
    """
    planning = plant.planning or Planning()
    leads = lead_periods(plant, planning)
    first = plant.from_ if state is None else state.at.date()
    horizon = Horizon(first, planning.bucket_days, planning.length + longest_path(plant, leads))
    first_new = fences(plant, planning) | dict.fromkeys(unsupplied, horizon.length)
    materials = lower_materials(plant, horizon, leads=leads, earliest=first_new, state=state)
    _refuse_nothing(materials, planning)
    values = unit_values(plant, materials)
    loops = pulled(plant, planning)
    kept = safety_stocks(Demanded(plant, planning, materials, holding_costs(planning, values), loops))
    rules = lot_rules(plant, planning, materials, values)
    lots = [rule.of_at_least(kept.least.get(item, 1)) for item, rule in enumerate(rules)]
    problem = replace(materials.problem, safety=kept.stock.astype(np.int64))
    work = work_of(plant, horizon, materials)
    master = master_schedule(plant, planning, materials, problem, work, lots=lots, values=values)
    sized: list[Lots] = [*lots]
    together = None
    if planning.levelled == "lots":
        together = sized_together(plant, planning, materials, problem, work, rules=lots, values=values, loops=loops)
        sized = [together.rules.get(item, rule) for item, rule in enumerate(lots)]
    found = plan(problem, sized, master=master)
    return Made(
        plant=plant,
        planning=planning,
        horizon=horizon,
        materials=materials,
        problem=problem,
        plan=found,
        lots=lots,
        values=values,
        loops=loops,
        unsupplied=frozenset(unsupplied),
        together=together,
        notes=kept.notes,
        work=work,
        shown=planning.length,
    )


def _refuse_nothing(materials: Materials, planning: Planning) -> None:
    if not materials.problem.demand[:, : planning.length].any():
        message = f"nobody wants anything within the horizon of {planning.horizon}"
        remedy = "Write demand: {product: {year: pieces}}, or let the horizon reach further."
        raise RunError(Finding("E461", message, remedy, Place("demand")))
