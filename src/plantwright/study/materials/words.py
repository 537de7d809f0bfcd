"""A plan in words: the verdict, key numbers, what the reader should know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from plantwright.model.buying import offers_for
from plantwright.model.naming import without_details
from plantwright.results import MaterialsAnswer, Replay
from plantwright.results.screening import Screened
from plantwright.results.wording import about, share
from plantwright.study.materials.planned import Made
from plantwright.study.materials.rules import asked_rule

FEW = 3
"""Names that are told of many. [-]"""


def verdict(answer: MaterialsAnswer) -> str:
    """The plan in a sentence or two."""
    kinds = Counter(message.kind for message in answer.messages)
    to_make = sum(order.kind == "make" for order in answer.orders)
    to_buy = sum(order.kind == "buy" for order in answer.orders)
    text = f"{to_make:,} orders to make and {to_buy:,} to buy in {_length(answer)}, {kinds['release']} of them now"
    short = list(dict.fromkeys(message.name for message in answer.messages if message.kind in ("short", "frozen")))
    if short:
        text += f"; {_few(short)} cannot be there in time"
    else:
        text += "; everything can be there in time"
    if kinds["overload"]:
        names = [without_details(message.name) for message in answer.messages if message.kind == "overload"]
        text += f"; overloaded in some periods: {_few(names)}"
    if answer.replay is not None:
        text += (
            f". Followed by the simulator, {share(answer.replay.service_level)} of the demand is delivered on its day"
        )
    return f"{text}."


def _few(names: list[str]) -> str:
    """Names in a sentence, not too many of them."""
    return ", ".join(names[:FEW]) + (f" and {len(names) - FEW} more" if len(names) > FEW else "")


def facts(answer: MaterialsAnswer) -> Iterator[tuple[str, str, str]]:
    """Key numbers: what, how much, remark."""
    kinds = Counter(message.kind for message in answer.messages)
    yield "Planned", _length(answer), f"from {answer.first}"
    given = sum(order.kind != "pull" for order in answer.orders)
    yield "Orders", f"{given:,}", f"{kinds['release']} to release now"
    missing = {message.item for message in answer.messages if message.kind in ("short", "frozen")}
    yield "Missing in time", str(len(missing)), "items or products"
    if any(answer.bought_cost):
        yield "To be bought", about(sum(answer.bought_cost)), f"{answer.currency} ordered within the horizon"
    if any(answer.stock_value):
        mean = sum(answer.stock_value) / len(answer.stock_value)
        yield "Stock", about(mean), f"{answer.currency} in the mean, by what was bought for it"
    if answer.replay is not None:
        yield (
            "Delivered on its day",
            share(answer.replay.service_level),
            f"of the demand, {answer.replay.service_level.n} runs",
        )


def notes(made: Made, screened: Screened, followed: Replay | None, asked: bool) -> Iterator[str]:
    """What the reader should know."""
    if screened.offers:
        yield f"Left out, since their parties may not be dealt with: {', '.join(screened.offers)}. {screened.note}"
    if made.plant.planning is None:
        yield "The document says nothing of planning: weeks, lot for lot, no safety stocks."
    unknown = [
        made.name(item)
        for item, thing in enumerate(made.materials.names)
        if made.plan.gross[item].any()
        and not made.is_made(item)
        and not offers_for(made.plant, thing)
        and thing not in made.unsupplied
    ]
    if unknown:
        yield f"Bought without an offer, so that nobody knows how long it takes: {', '.join(unknown)}; taken as there."
    without = np.flatnonzero(np.isnan(made.values) & made.plan.gross.any(axis=1))
    priceless = [made.name(item) for item in without.tolist()]
    if priceless:
        yield f"No price is known of {_few(priceless)}: values and costs leave them out."
    uneconomic = [
        made.name(item)
        for item, (name, lot) in enumerate(zip(made.materials.names, made.lots, strict=True))
        if lot.rule != asked_rule(made.planning, name) and name not in made.loops and made.plan.gross[item].any()
    ]
    if uneconomic:
        yield (
            f"Of {_few(uneconomic)} nobody has written what an order costs, or what a piece is worth: "
            f"each period is ordered for on its own."
        )
    yield from made.notes
    if made.together is not None:
        lots = made.together.plan
        gap = (
            f"{100 * lots.gap:.1f} % from the best at most" if lots.is_within_capacity else "beyond the hours there are"
        )
        yield f"Lots were sized together: orders and holding cost {about(lots.cost)} {made.plant.money.base}, {gap}."
    if followed is None and asked:
        yield "The simulator did not follow the plan: it would not fit the effort."
    elif followed is not None:
        yield "Where the simulator follows the plan nobody replans: what comes late stays late."


def _length(answer: MaterialsAnswer) -> str:
    weeks = len(answer.periods) * answer.bucket_d / 7
    return f"{weeks:g} weeks" if weeks.is_integer() else f"{len(answer.periods) * answer.bucket_d} days"
