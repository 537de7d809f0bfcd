"""Why each offer is chosen or not, and what it would take to change that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np

from plantwright.optimise.sourcing.charges import charges, landed
from plantwright.optimise.sourcing.solve import Question, Solution
from plantwright.optimise.sourcing.switching import cheaper, dearer
from plantwright.results import SourcingChoice
from plantwright.results.wording import number
from plantwright.study.sourcing.planning import ALIKE, Sourced, flips, shares

SAME = 1e-6
"""Share of a price below which two count as equal. [-]"""


NEAR = 0.02
"""Share of a limit within which a plan comes close to it. [-]"""
LIMITS = {
    "floor": "floor of local content",
    "country": "limit on countries",
    "budget": "budget",
    "investment": "limit on investment",
    "carbon": "limit on CO2",
}
"""Kinds of limits, and what they are called."""

Without = Mapping[str, Mapping[str, float]]
"""Shares of offers in the plan without a limit, by its name."""


class _Weighed(NamedTuple):
    """An offer as the plan sees it."""

    offer: int
    share: float
    is_full: bool
    price: float
    landed: float
    added: Mapping[str, float]

    @property
    def effective(self) -> float:
        return self.landed + sum(self.added.values())


def choices(asked: Sourced, best: Solution, *, alone: bool) -> Iterator[SourcingChoice]:
    """Every offer, by item in the order of the document; ``alone``: at other prices other items keep decisions."""
    weighed, without = _weighed(asked, best), _without(asked, best)
    plan, names, offers = asked.plan(best), asked.names, asked.problem.offers
    for mine in weighed:
        rivals = [each for each in weighed if offers.item[each.offer] == offers.item[mine.offer] and each is not mine]
        is_chosen = mine.share > 0
        switch = (dearer if is_chosen else cheaper)(asked.model, best, mine.offer, alone=alone)
        sign = 1.0 if is_chosen else -1.0
        if switch is not None and mine.price + sign * switch.price < 0:
            switch = None  # no price does it: one would have to be paid for taking it
        way = next(each for each in names.purchases if each.offer == names.offers[mine.offer])
        yield SourcingChoice(
            item=names.items[offers.item[mine.offer]],
            offer=names.offers[mine.offer],
            supplier=way.supplier or "",
            origin=names.countries[int(offers.content[mine.offer].argmax())],
            is_chosen=is_chosen,
            share=mine.share,
            price=mine.price,
            landed_cost=mine.landed,
            limits_cost=mine.added,
            price_change_to_switch=None if switch is None else sign * switch.price,
            price_to_switch=None if switch is None else mine.price + sign * switch.price,
            then=() if switch is None else flips(names, plan, asked.plan(switch.solution)),
            why=_why(asked, mine, rivals, without),
        )


def _weighed(asked: Sourced, best: Solution) -> list[_Weighed]:
    """Each offer by its cheapest lot: of those that are bought, or of those at its best price."""
    at, offers, plan = asked.model.columns, asked.problem.offers, asked.plan(best)
    spot, added = landed(asked.model), charges(asked.model, best)
    x = best.x * at.unit
    by_item = {item: _pieces(asked, plan, item) for item in set(offers.item.tolist())}
    found = []
    for offer in range(len(offers.item)):
        lots = np.flatnonzero(at.lot_offer == offer)
        bought = x[at.bought[:, lots, :]].sum(axis=(0, 2))
        used = [lot for lot, pieces in zip(lots, bought, strict=True) if pieces > SAME]
        lot = min(used or lots, key=lambda each: spot[each])
        pieces = float(plan.bought[:, asked.problem.purchases.offer == offer].sum())
        full = float(offers.capacity[offer].sum())
        discount = asked.problem.discount[:-1]
        per_piece = {
            name: float((values[:, lot, :] / discount).mean()) for name, values in added.items() if values[:, lot].any()
        }
        total = by_item[int(offers.item[offer])]
        share = pieces / total if total else 0.0
        is_full = bool(np.isfinite(full) and pieces >= full * (1 - SAME))
        price = float(offers.price[at.lot_tier[lot]])
        found.append(_Weighed(offer, share, is_full, price, float(spot[lot]), per_piece))
    return found


def _pieces(asked: Sourced, plan: object, item: int) -> float:
    """All pieces of an item that are bought and made."""
    problem = asked.problem
    bought = problem.offers.item[problem.purchases.offer] == item
    made = problem.node_item[problem.makings.node] == item
    return float(getattr(plan, "bought")[:, bought].sum() + getattr(plan, "made")[:, made].sum())  # noqa: B009


def _why(asked: Sourced, mine: _Weighed, rivals: list[_Weighed], without: Without) -> str:
    name = asked.names.offers
    own = _own_making(asked, mine.offer)
    if mine.share > 0:
        idle = [each for each in rivals if not each.is_full]
        below = [each for each in idle if each.landed < mine.landed * (1 - SAME)]
        if not rivals and not own:
            return "the only one on offer"
        if mine.is_full and mine.share < 1:
            return "all that it can deliver is bought"
        if not below:
            return "lowest cost delivered"
        cheapest = min(below, key=lambda each: each.landed)
        return _beaten(name[cheapest.offer], cheapest, mine, without)
    chosen = [each for each in rivals if each.share > 0]
    if not chosen:
        return "making it costs less" if own else "not needed"
    least = min(chosen, key=lambda each: each.effective)
    if mine.landed >= least.landed * (1 - SAME):
        more = mine.landed - least.landed
        return f"costs {number(more)} more a piece delivered than {name[least.offer]}"
    return _beaten(name[mine.offer], mine, least, without)


def _beaten(cheap_name: str, cheap: _Weighed, taken: _Weighed, without: Without) -> str:
    """Why something cheaper on the spot is not taken."""
    less = taken.landed - cheap.landed
    worse = {key: cheap.added.get(key, 0.0) - taken.added.get(key, 0.0) for key in {**cheap.added, **taken.added}}
    against = [key for key in sorted(worse) if worse[key] > SAME * max(taken.landed, 1e-9)]
    if against:
        said = ", ".join(f"{key} is worth {number(worse[key])} a piece" for key in against)
        return f"{cheap_name} costs {number(less)} less a piece, but {said}"
    limits = [name for name, by_offer in without.items() if by_offer.get(cheap_name, 0.0) > cheap.share + ALIKE]
    if limits:
        bars = " or the ".join(limits)
        return f"{cheap_name} costs {number(less)} less a piece, and would be taken without the {bars}"
    return f"{cheap_name} costs {number(less)} less a piece, but not with its minimum, quantities or qualification"


def _without(asked: Sourced, best: Solution) -> Without:
    """Shares of offers in the best plans without one kind of limit each, of those that the plan comes close to."""
    found: dict[str, dict[str, float]] = {}
    for kind, said in LIMITS.items():
        limits = {name: limit for name, limit in asked.model.limits.items() if name.split()[0] == kind}
        rooms = [(limit.bound - limit.reached(best.x), np.abs(limit.bound)) for limit in limits.values()]
        steps = kind == "floor" and bool(limits)  # points come in steps: a floor may bind with room to spare
        if not steps and not any((room < NEAR * bound).any() for room, bound in rooms):
            continue
        bounds = {name: np.full(len(limit.bound), np.inf) for name, limit in limits.items()}
        solution = asked.solved(Question(bounds))
        if solution is not None:
            by_item = shares(asked.names, asked.plan(solution))
            found[said] = {label: share for sources in by_item.values() for label, share in sources.items()}
    return found


def _own_making(asked: Sourced, offer: int) -> bool:
    """Whether the plant could make the item itself."""
    problem = asked.problem
    return bool((problem.node_item[problem.makings.node] == problem.offers.item[offer]).any())
