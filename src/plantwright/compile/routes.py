"""Routes: the operations of every made item. A row belongs to one item, so a shared route is written twice."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from plantwright.codes import DONE, SAMPLE_END, SCRAP
from plantwright.compile.draft import Draft
from plantwright.compile.families import family_of
from plantwright.compile.kits import add_gives, add_kit, add_tools_of, people_columns
from plantwright.model.journey import Next, Route, mending, next_of, position, target
from plantwright.model.route import Else, Operation, Sampling


@dataclass(slots=True)
class Visit:
    """A row to be written: which operation of the route, and, in the laboratory, where the sample goes on."""

    index: int
    owner: int | None = None
    then: int | None = None


def add_routes(draft: Draft) -> None:
    """Operation rows of every item and product that a route makes."""
    for name in draft.items:
        made_by = draft.thing(name).made_by
        if made_by in draft.plant.routes:
            _add_route(draft, name, draft.plant.routes[made_by])


def _add_route(draft: Draft, item: str, route: Route) -> None:
    base = len(draft.rows["operation"])
    draft.first_operation[item] = base
    visits, laboratories = _visits(route)
    for ordinal, visit in enumerate(visits):
        operation = route[visit.index]
        columns = {**_work(draft, item, route, operation), **_yield(draft, operation)}
        mends = mending(route, visit.index)
        row = draft.rows["operation"].add(item_=draft.items[item], ordinal=ordinal, mends=mends, **columns)
        draft.rows["operation"].set(row, **_ways(route, visit, base))
        if operation.sample is not None and ordinal in laboratories:
            sampling = _sampling(route, operation.sample, base, laboratories[ordinal])
            draft.rows["operation"].set(row, **sampling)
        draft.operations.append((item, operation.op))
        draft.written.append(operation)


def _visits(route: Route) -> tuple[list[Visit], dict[int, int]]:
    """The rows to write, and for each sampled operation the row with which its laboratory begins.

    Every sampled operation has a laboratory chain of its own: the side operations named are used once and copied for
    the next.
    """
    visits = [Visit(index) for index in range(len(route))]
    laboratories: dict[int, int] = {}
    for owner, operation in enumerate(route):
        if operation.sample is None:
            continue
        chain = []
        for name in operation.sample.operations:
            index = position(route, name)
            if index is None:
                continue
            if visits[index].owner is None:
                chain.append(index)
            else:
                chain.append(len(visits))
                visits.append(Visit(index))
            visits[chain[-1]].owner = owner
        for here, there in pairwise(chain):
            visits[here].then = there
        if chain:
            laboratories[owner] = chain[0]
    return visits, laboratories


def _ways(route: Route, visit: Visit, base: int) -> dict[str, int]:
    """Where a part goes when it passes, when it fails, and past the cap on tries."""
    if visit.owner is not None:
        after = SAMPLE_END if visit.then is None else base + visit.then
        return {"next": after, "otherwise": SCRAP, "past_tries": SCRAP, "owner": base + visit.owner}
    operation = route[visit.index]
    ways = {"next": _row(next_of(route, visit.index), base), "otherwise": SCRAP, "past_tries": SCRAP}
    if operation.else_ is not None:
        past = _row(target(route, operation.else_.then), base)
        to = operation.else_.to
        ways["otherwise"] = past if to is None else _row(target(route, to), base)
        ways["past_tries"] = past
        ways["tries"] = operation.else_.tries or 0
    return ways


def _row(to: Next, base: int) -> int:
    """The operation row, DONE or SCRAP for a destination within a route."""
    return base + to if isinstance(to, int) else {"done": DONE, "scrap": SCRAP}[to]


def _work(draft: Draft, item: str, route: Route, operation: Operation) -> dict[str, int]:
    """What an operation takes: time, kit, people, tools."""
    thing = draft.thing(item)
    first_kit, kits = add_kit(draft, thing, operation)
    first_give, gives = add_gives(draft, operation)
    first_tool, tools = add_tools_of(draft, operation)
    in_batches = any(draft.plant.stations[name].batch for name in operation.stations)
    return {
        "law": draft.law(operation.law) if operation.law is not None else draft.constant(0),
        "per_piece": int(operation.per == "piece" and not in_batches),  # a batch takes its time whatever is in it
        "family": family_of(draft, item, route, operation),
        "first_kit": first_kit,
        "kits": kits,
        "first_give": first_give,
        "gives": gives,
        "first_tool": first_tool,
        "tools": tools,
        "transfer": operation.transfer or 0,
        **people_columns(draft, item, operation),
    }


def _yield(draft: Draft, operation: Operation) -> dict[str, float]:
    """How well an operation goes, and what it finds."""
    good = operation.good if isinstance(operation.good, tuple) else (operation.good,) if operation.good else ()
    first_good, goods = draft.share(share.base for share in good)
    return {
        "first_good": first_good,
        "goods": goods,
        "hidden": int(operation.defects == "hidden"),
        "inspects": int(operation.inspects),
        "miss": operation.miss.base if operation.miss else 0.0,
        "false_reject": operation.false_reject.base if operation.false_reject else 0.0,
    }


def _sampling(route: Route, sample: Sampling, base: int, laboratory: int) -> dict[str, float]:
    """Which part of a lot goes to the laboratory, and what becomes of a lot that fails there."""
    way = sample.else_ or Else()
    past = _row(target(route, way.then), base)
    return {
        "sample_every": sample.every,
        "sample_operation": base + laboratory,
        "sample_good": 1.0 if sample.good is None else sample.good.base,
        "sample_otherwise": past if way.to is None else _row(target(route, way.to), base),
        "sample_tries": way.tries or 0,
        "sample_past": past,
    }
