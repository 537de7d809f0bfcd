"""A loss in the simulation of the plant, day by day, beside the same days without it on the same random numbers."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Container, Sequence
from itertools import accumulate

from plantwright.compile import lower
from plantwright.compile.causes import Cause
from plantwright.compile.exposure import Exposed
from plantwright.compile.reach import Way
from plantwright.model.plant import Plant
from plantwright.model.state import Delivery, State
from plantwright.model.supply import Offer, Outage
from plantwright.results import Run
from plantwright.results.risk import LossReplay
from plantwright.study.exposure import DAY_S, Exposures
from plantwright.study.release import work_in_process
from plantwright.study.replicate import DAY, Crowd, Job, Lowered, Span
from plantwright.study.rough import rough_cut
from plantwright.study.wanted import wanted
from plantwright.units import TICKS_PER_SECOND, Share

RUNS = 2
"""Replications of each of the two. [-]"""
AFTER_D = 56
"""Days shown after the recovery. [d]"""
SHOWN = 6
"""Items shown of what is lost, the first to run out first. [-]"""
LONGEST_D = 365


def replays(
    exposures: Exposures, cause: Cause, crowd: Crowd, *, seed: int, guarded: Exposures | None = None
) -> tuple[LossReplay, ...]:
    """Simulate a loss with a middling recovery: of the plant as it is and, where there is one, with a protection.

    Parameters
    ----------
    exposures
        The losses of the plant.
    cause
        The loss.
    crowd
        Who runs.
    seed
        Of all runs.
    guarded
        The losses of the plant with the protection.

    Notes
    -----
    All begin on the same day with the same shelves (and what the protection adds) and the same orders under way.
    Deliveries of a lost offer stop when what was under way has come; what else was ordered is ordered anew from the
    next offer that may be used and, where there is none, comes when the loss has recovered. Offers that are not
    qualified deliver nothing until they are, and nobody begins to qualify them before the loss.
    """
    exposed = exposures.exposed
    recovery = exposures.recovery(cause, 0.5)
    days = min(LONGEST_D, math.ceil(recovery / DAY_S) + AFTER_D)
    usual = _runs(exposed, None, 0.0, days, crowd=crowd, seed=seed)
    found = []
    for each in (exposures, guarded):
        if each is not None and usual:
            lost = _runs(each.exposed, cause, recovery, days, crowd=crowd, seed=seed)
            if lost:
                found.append(_told(exposed, cause, recovery, usual, lost=lost, is_protected=each is guarded))
    return tuple(found)


def _told(
    exposed: Exposed, cause: Cause, recovery: float, usual: Sequence[Run], *, lost: Sequence[Run], is_protected: bool
) -> LossReplay:
    items = _items(exposed, cause, lost)
    products = tuple(name for name in exposed.plant.products if name in exposed.network.wanted)
    daily = {item: exposed.network.needed[item] / 365 for item in items}
    owed = {
        name: [
            before - now
            for before, now in zip(
                accumulate(_mean(usual, name, "delivered")), accumulate(_mean(lost, name, "delivered")), strict=True
            )
        ]
        for name in products
    }
    together = [math.fsum(day) for day in zip(*owed.values(), strict=True)]
    return LossReplay(
        cause=cause.key,
        name=cause.name,
        begins=exposed.first_day.isoformat(),
        ends=(exposed.first_day + dt.timedelta(seconds=recovery)).isoformat(),
        products=products,
        items=items,
        runs_out_day={item: _empty(lost, item, daily[item]) for item in items},
        made_usual={name: _mean(usual, name, "finished") for name in products},
        made_lost={name: _mean(lost, name, "finished") for name in products},
        stock_usual={name: _mean(usual, name, "stock") for name in (*products, *items)},
        stock_lost={name: _mean(lost, name, "stock") for name in (*products, *items)},
        owed_most={name: max(0.0, *behind) for name, behind in owed.items()},
        owed_most_day=1 + max(range(len(together)), key=together.__getitem__),
        runs=len(lost),
        is_protected=is_protected,
    )


def replayable(exposed: Exposed, cause: Cause) -> bool:
    """Whether a loss can be simulated: it takes offers only."""
    return all(exposed.ways[way].is_bought for way in cause.ways)


def _runs(exposed: Exposed, cause: Cause | None, recovery: float, days: int, *, crowd: Crowd, seed: int) -> list[Run]:
    plant, state = _cut(exposed, cause, recovery, days), beginning(exposed)
    state = state if cause is None else _delayed(exposed, state, cause, recovery)
    asked = wanted(plant)
    rate = max(asked.target or 0.0, rough_cut(plant, asked).units_per_year)
    conwip = work_in_process(plant, asked, units_per_year=rate)
    start = state.ticks_after(plant.from_)
    span = Span(start + days * DAY, start, DAY)
    problem = lower(plant, mode="service", until_s=span.until / TICKS_PER_SECOND, conwip=conwip, state=state)
    jobs = [Job(lambda: Lowered(plant, problem), span, seed, number, history=True) for number in range(RUNS)]
    name = "the plant as usual" if cause is None else f"the loss of {cause.name}"
    return [run for run in crowd.run(jobs, name) if run is not None]


def _cut(exposed: Exposed, cause: Cause | None, recovery: float, days: int) -> Plant:
    """The plant whose offers deliver as they do under the loss."""
    first, plant = exposed.first_day, exposed.plant
    end = first + dt.timedelta(days=days + 365)
    offers: dict[str, Offer] = dict(plant.offers)
    for place, way in enumerate(exposed.ways):
        if not way.is_bought:
            continue
        outages: list[Outage] = []
        if not way.is_qualified:
            wait = way.wait if cause is not None and math.isfinite(way.wait) else math.inf
            ready = min(end, first + dt.timedelta(seconds=wait)) if math.isfinite(wait) else end
            outages.append(Outage(from_=first, until=ready))
        elif cause is not None and place in cause.ways:
            through = 0.0 if cause.stops_transit else way.transit
            begin = first + dt.timedelta(seconds=through)
            left = Share.parse(cause.left) if cause.left else None
            outages.append(Outage(from_=begin, until=begin + dt.timedelta(seconds=recovery), left=left))
        if outages:
            written = offers[way.name]
            offers[way.name] = written.model_copy(update={"outages": (*written.outages, *outages)})
    return plant.model_copy(update={"offers": offers})


def beginning(exposed: Exposed) -> State:
    """The state from which both begin: the one that was given, or usual shelves with usual orders under way."""
    if exposed.state is not None:
        return exposed.state
    at = dt.datetime.combine(exposed.first_day, dt.time(), tzinfo=dt.UTC)
    stocks = {item: int(pieces) for item, pieces in exposed.opening.stock.items() if _is_kept(exposed, item)}
    return State(at=at, stocks=stocks, deliveries=tuple(_under_way(exposed, at)))


def _delayed(exposed: Exposed, state: State, cause: Cause, recovery: float) -> State:
    """The state on the day after the loss: what a lost offer owes is ordered anew from the next one that may be used.

    Where there is none, it comes when the loss has recovered. What is under way comes in any case.
    """
    lost = {exposed.ways[way].name: exposed.ways[way] for way in cause.ways}
    first = {way.item: way.name for way in reversed(exposed.ways) if way.is_bought}
    ordered: dict[str, int] = {}
    deliveries = []
    for each in state.deliveries:
        way = lost.get(each.offer or first.get(each.item, ""))
        due = each.due or (each.ordered or state.at) + dt.timedelta(seconds=way.lead if way is not None else 0.0)
        safe = 0.0 if way is None or cause.stops_transit else way.transit
        if way is not None and due > state.at + dt.timedelta(seconds=safe):
            other = _next(exposed, way.item, lost)
            ordered[way.item] = ordered.get(way.item, 0) + each.pieces
            each = each.model_copy(update={"due": due + dt.timedelta(seconds=recovery)})
            if other is not None:
                takes = other.lead + ordered[way.item] / other.capacity
                due = state.at + dt.timedelta(seconds=round(takes))
                each = each.model_copy(update={"offer": other.name, "due": due})
        deliveries.append(each)
    return state.model_copy(update={"deliveries": tuple(deliveries)})


def _next(exposed: Exposed, item: str, lost: Container[str]) -> Way | None:
    """The preferred offer for an item that is not lost and may be used."""
    return next(
        (
            way
            for way in exposed.ways
            if way.item == item and way.is_bought and way.is_qualified and way.name not in lost
        ),
        None,
    )


def _is_kept(exposed: Exposed, item: str) -> bool:
    thing = exposed.plant.items.get(item) or exposed.plant.products[item]
    policy = getattr(thing, "policy", None) or getattr(getattr(thing, "buy", None), "policy", None)
    return policy is not None or bool(thing.start)


def _under_way(exposed: Exposed, at: dt.datetime) -> list[Delivery]:
    """Orders as the policies have placed them: from preferred offers, in whole lots, evenly over the lead time."""
    found = []
    for item, offers in exposed.network.bought.items():
        thing = exposed.plant.items[item]
        policy = (thing.buy.policy if thing.buy is not None else None) or thing.policy
        way = next((way for way in exposed.ways if way.item == item and way.is_bought and way.is_qualified), None)
        if policy is None or way is None or way.name not in {offer.offer for offer in offers}:
            continue
        lot = max(policy.Q or policy.lot, exposed.plant.offers[way.name].minimum or 0)
        gap = lot / (exposed.network.needed[item] / (365 * DAY_S))
        due = gap / 2.0  # the shelf is as full as on average: midway between two deliveries
        while due < way.lead:
            found.append(Delivery(item=item, pieces=lot, offer=way.name, due=at + dt.timedelta(seconds=round(due))))
            due += gap
    return found


# ------------------------------------------------------------------------------------------------------- what is told


def _mean(runs: Sequence[Run], name: str, column: str) -> tuple[float, ...]:
    """Mean over the runs, day by day."""
    series = [getattr(run.series, column).get(name, ()) for run in runs]
    return tuple(math.fsum(each) / len(each) for each in zip(*series, strict=True))


def _empty(runs: Sequence[Run], item: str, daily: float) -> float | None:
    """First day at whose end less lies on the shelf than is used on a day, in every run."""
    stock = [run.series.stock[item] for run in runs]
    days = (day for day, each in enumerate(zip(*stock, strict=True)) if max(each) < daily)
    return next((day + 1.0 for day in days), None)


def _items(exposed: Exposed, cause: Cause, runs: Sequence[Run]) -> tuple[str, ...]:
    """What the lost supply, the first to run out first."""
    lost = dict.fromkeys(exposed.ways[way].item for way in cause.ways)
    kept = [item for item in lost if runs and item in runs[0].series.stock]
    daily = exposed.network.needed
    return tuple(sorted(kept, key=lambda item: _empty(runs, item, daily[item] / 365) or math.inf)[:SHOWN])
