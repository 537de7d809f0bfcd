"""The plan followed by the engine, order by order: the service level that it really reaches."""

from __future__ import annotations

import datetime as dt
from itertools import islice

from plantwright.compile import lower
from plantwright.compile.coverage import on_hand
from plantwright.compile.planned import Planned
from plantwright.model.plant import Plant
from plantwright.model.state import Delivery, State
from plantwright.results import Replay, Run
from plantwright.study.effort import Effort
from plantwright.study.estimate import estimate, ratio
from plantwright.study.materials.planned import Made, planned_orders
from plantwright.study.present import FUTURES
from plantwright.study.replicate import DAY, Crowd, Lowered, Span, complete, replications
from plantwright.study.rough import part_moves
from plantwright.units import TICKS_PER_SECOND

LEAST, MOST = 2, 8
"""Replications. [-]"""
DAY_S = 86_400.0


def replay(made: Made, state: State | None, *, effort: Effort, crowd: Crowd, seed: int) -> Replay | None:
    """Replications of the periods told, everything made and bought as planned; None where it does not fit the effort.

    Notes
    -----
    Nobody replans: what comes late stays late. Orders are released on the first day of their period, purchases take
    lead times of their own, pieces that are scrapped are made again. Work in process and stocks are those of the state.
    """
    plant = _without_supply(made)
    wanted = {
        name: float(made.problem.demand[item, : made.shown].sum()) for item, name in enumerate(made.materials.names)
    }
    sold = [name for name, pieces in wanted.items() if pieces]
    moves = part_moves(plant, wanted)
    if not sold or crowd.interrupted or moves * LEAST > effort.service_moves:
        return None
    begin = made.horizon.first
    now = state or _at_begin(made)
    passed_s = (begin - plant.from_).days * DAY_S
    until_s = passed_s + made.shown * made.horizon.days * DAY_S
    problem = lower(plant, mode="as-written", until_s=until_s, state=now, plan=_plan(made))
    start = now.ticks_after(plant.from_)
    span = Span(round(until_s * TICKS_PER_SECOND), start, DAY)
    count = min(max(LEAST, int(effort.service_moves / max(moves, 1.0))), MOST)
    jobs = replications(Lowered(plant, problem), span, seed=seed, first=FUTURES, history=True)
    runs = complete(crowd.run(list(islice(jobs, count)), "the plan, followed order by order"))
    return _figures(runs, sold) if runs else None


def _without_supply(made: Made) -> Plant:
    """The plant in which what nobody may supply is used up and never comes."""
    bare = {
        name: item.model_copy(update={"buy": None, "start": max(0, on_hand(made.plant, None)[name])})
        for name, item in made.plant.items.items()
        if name in made.unsupplied
    }
    return made.plant.model_copy(update={"items": {**made.plant.items, **bare}}) if bare else made.plant


def _plan(made: Made) -> dict[str, list[Planned]]:
    """The orders of everything that a plan, and not a kanban, calls for."""
    found: dict[str, list[Planned]] = {name: [] for name in made.materials.names if name not in made.loops}
    for order in planned_orders(made):
        if order.kind != "pull":
            begin_s, due_s = _since(made, order.release), _since(made, order.due)
            found[order.item].append(Planned(order.pieces, begin_s, due_s, order.offer))
    return found


def _at_begin(made: Made) -> State:
    """The state in which a plan begins where none is given: start stocks, and open orders that come when they say."""
    moment = dt.datetime.combine(made.horizon.first, dt.time(), tzinfo=dt.UTC)
    soon = moment + dt.timedelta(seconds=1)
    deliveries = [
        Delivery(
            item=each.item, pieces=each.pieces, due=max(soon, dt.datetime.combine(each.due, dt.time(), tzinfo=dt.UTC))
        )
        for each in made.materials.coming
    ]
    return State(at=moment, deliveries=tuple(deliveries))


def _since(made: Made, day: str) -> float:
    """Time from the plant's first day to a day. [s]"""
    return (dt.date.fromisoformat(day) - made.plant.from_).days * DAY_S


def _figures(runs: list[Run], sold: list[str]) -> Replay:
    waited: dict[str, list[float]] = {}
    for place, run in enumerate(runs):
        for station in run.stations.values():
            for missing, seconds in station.short_of.items():
                if missing.kind == "item":
                    waited.setdefault(missing.key, [0.0] * len(runs))[place] += seconds / 3600.0
    longest = sorted(waited, key=lambda name: -sum(waited[name]))
    return Replay(
        service_level=estimate(_on_its_day(run, sold) for run in runs),
        by_product={name: estimate(_on_its_day(run, [name]) for run in runs) for name in sold},
        backlog_end={name: estimate(float(run.series.backlog[name][-1]) for run in runs) for name in sold},
        short_of={name: estimate(waited[name]) for name in longest},
    )


def _on_its_day(run: Run, names: list[str]) -> float:
    """Share of what customers wanted that was delivered on its day; unknown where nothing was. [-]"""
    return ratio(sum(run.items[name].met_at_once for name in names), sum(run.items[name].ordered for name in names))
