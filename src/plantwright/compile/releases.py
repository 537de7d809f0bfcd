"""How parts enter: as written, called for by a policy, or let in by a launcher."""

from __future__ import annotations

from collections.abc import Sequence

from plantwright.codes import ARRIVALS, BY_DATE, BY_MIX, CONWIP, LAUNCHED, PULLED, SATURATED, UNLIMITED
from plantwright.compile.demand import daily_demand
from plantwright.compile.draft import DAY, Draft
from plantwright.compile.options import cumulative_shares
from plantwright.compile.owing import called, in_process, to_make, waiting_outside
from plantwright.compile.planned import releases
from plantwright.compile.stocks import is_launched, is_made, is_made_to_order, level
from plantwright.model.flows import yearly_demand
from plantwright.model.product import Item, Product, Release
from plantwright.units import ticks

AHEAD_DAYS = 8 * 7
"""How long before its date a unit may be started when the product does not say. [d]"""
NOON = DAY // 2
"""Orders of a day are due at its noon (UTC), so that no order stands on the border between two days. [ticks]"""


def add_releases(draft: Draft) -> None:
    """Rows of releases and launchers. Something made that nothing calls for gets none: it is never started."""
    by_mix: list[int] = []
    by_date: list[int] = []
    wanted = yearly_demand(draft.plant)
    for name in draft.items:
        thing = draft.thing(name)
        if not is_made(draft, thing):
            continue
        if name in draft.plan:
            by_date.append(_add(draft, name, thing, **releases(draft, name)))
        elif is_launched(draft, name):
            in_mix = draft.mode == "capacity" and isinstance(thing, Product)
            columns = _launched(draft, name, thing, wanted[name] if in_mix else None)
            (by_mix if in_mix else by_date).append(_add(draft, name, thing, **columns))
        elif (columns_of := _called_for(draft, name, thing)) is not None:
            _add(draft, name, thing, **columns_of)
        elif in_process(draft, name):
            _add(draft, name, thing, kind=CONWIP, cap=0)  # what is there is finished, nothing new is begun
    for kind, members in ((BY_MIX, by_mix), (BY_DATE, by_date)):
        if members:
            _add_launcher(draft, kind, members)


def _add(draft: Draft, name: str, thing: Item | Product, **columns: float) -> int:
    first_option, options = draft.share(cumulative_shares(name, thing))
    row = draft.rows["release"].add(
        item_=draft.items[name],
        operation=draft.first_operation[name],
        cap=UNLIMITED,
        pieces=thing.moves_as,
        first_option=first_option,
        options=options,
    )
    draft.rows["release"].set(row, **columns)
    draft.rows["item"].set(draft.items[name], release=row)
    draft.releases.append(name)
    return row


def _called_for(draft: Draft, name: str, thing: Item | Product) -> dict[str, float] | None:
    """Columns of a release by policy, by each order, or as written; None where nothing is."""
    if isinstance(thing, Item) and thing.policy is not None:
        return {"kind": PULLED, **called(draft, name, level(thing.policy))}
    if is_made_to_order(draft, name, thing):
        return {"kind": PULLED, **called(draft, name, 0)}
    if thing.release is not None:
        return _written(draft, name, thing.release)
    return None


def _written(draft: Draft, name: str, release: Release) -> dict[str, float]:
    if release.saturated:
        return {"kind": SATURATED}
    if release.conwip is not None:
        return {"kind": CONWIP, "cap": release.conwip}
    outside = waiting_outside(draft, name)
    return {
        "kind": ARRIVALS,
        "law": draft.law(release.every),
        "group_law": draft.law(release.group),
        "loses": int(release.full == "lost"),
        "pending": outside,
        "blocks": int(release.full == "block"),
        "standing": int(release.full == "block" and outside > 0),
    }


def _launched(draft: Draft, name: str, thing: Item | Product, yearly: float | None) -> dict[str, float]:
    """Columns of a release that a launcher lets in: by its share of the mix, or by the dates of its orders.

    Limits are in units, the engine counts parts.
    """
    cap = draft.conwip.get(name) or (thing.conwip if isinstance(thing, Product) else None)
    if cap is not None:
        draft.caps.append((name, cap))
        cap = -(-cap // thing.moves_as)
    if yearly is None:
        cap = int(UNLIMITED) if cap is None else cap
        return {"kind": LAUNCHED, "cap": cap, **_add_openings(draft, name, thing)}
    if cap is None:
        raise ValueError(f"capacity needs a cap on the units in process of {name}: give conwip")
    return {"kind": LAUNCHED, "cap": cap, "weight": yearly}


def _add_openings(draft: Draft, name: str, thing: Item | Product) -> dict[str, float]:
    """Daily orders to make, which may be started ahead of their date; those whose time has come are open."""
    ahead = AHEAD_DAYS * DAY
    if isinstance(thing, Product) and thing.ahead is not None:
        ahead = ticks(thing.ahead)
    first = len(draft.rows["opening"])
    wanted = to_make(draft, name, daily_orders(draft, name, draft.horizon + ahead), ahead)
    for time, due, pieces in wanted:
        draft.rows["opening"].add(time=time, due=due, pieces=pieces)
    columns: dict[str, float] = {"first_opening": first, "openings": len(wanted)}
    if draft.state is not None:
        is_open = [pieces for time, _, pieces in wanted if time <= draft.start]
        columns |= {"next_opening": len(is_open), "pending": sum(is_open)}
    return columns


def daily_orders(draft: Draft, name: str, until: int) -> Sequence[tuple[int, int]]:
    """When pieces are wanted, and how many, one row per day that has any. [ticks, pieces]"""
    days = -(-until // DAY)
    wanted = daily_demand(draft.plant, name, days)
    return [(day * DAY + NOON, pieces) for day, pieces in enumerate(wanted) if pieces]


def _add_launcher(draft: Draft, kind: int, members: list[int]) -> None:
    """A launcher and its releases. Each launch gives every release its weight as credit and takes the part's pieces
    from one, so the weights add up to the mean pieces of a launched part.
    """
    first, count = draft.link(members)
    launcher = draft.rows["launcher"].add(kind=kind, first=first, count=count)
    releases = [draft.rows["release"][row] for row in members]
    parts = sum(release["weight"] / release["pieces"] for release in releases)
    for row, release in zip(members, releases):
        draft.rows["release"].set(row, launcher=launcher, weight=release["weight"] / parts if parts else 0.0)
