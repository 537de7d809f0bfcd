"""The plant, lowered to the arrays that the engine reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plantwright.compile.calendars import add_calendars, link_followers
from plantwright.compile.coming import add_comings
from plantwright.compile.crews import add_crews
from plantwright.compile.draft import Closed, Draft
from plantwright.compile.entering import enter
from plantwright.compile.failures import add_failures
from plantwright.compile.lacks import add_lacks
from plantwright.compile.lanes import add_lanes
from plantwright.compile.learning import add_learning
from plantwright.compile.orders import add_demand
from plantwright.compile.planned import Planned, by_date
from plantwright.compile.prices import prices_of
from plantwright.compile.problem import Mode, Names, Problem
from plantwright.compile.releases import add_releases
from plantwright.compile.rings import number_rings
from plantwright.compile.routes import add_routes
from plantwright.compile.stations import add_setups, add_stations
from plantwright.compile.stocks import add_items
from plantwright.compile.tools import add_tools
from plantwright.compile.transport import add_transport
from plantwright.compile.upstream import link_upstream
from plantwright.compile.world import build_world
from plantwright.model.plant import Plant
from plantwright.model.state import State
from plantwright.units import TICKS_PER_SECOND


def lower(
    plant: Plant,
    *,
    mode: Mode,
    until_s: float,
    conwip: Mapping[str, int] | None = None,
    state: State | None = None,
    plan: Mapping[str, Sequence[Planned]] | None = None,
    closed: Closed | None = None,
) -> Problem:
    """Turn a plant into the arrays that the engine simulates.

    Parameters
    ----------
    plant
        A plant without errors of names and structure.
    mode
        ``as-written``: releases as written; what has a yearly or dated demand and no release is started by its orders.
        ``capacity``: unlimited orders of the products in the demand's mix, units in process capped.
        ``service``: the dated demand; units are started up to ``ahead`` before their date.
    until_s
        End of the run, from midnight (UTC) of the plant's first day. Calendars and orders are lowered for eight days
        more. [s]
    conwip
        Cap on the units in process by product, before the product's own. ``capacity`` needs one or the other. [units]
    state
        What the run begins from, at its moment; it fits the plant (``model.fit``). Empty at tick 0 when left out.
    plan
        Orders by which things are made and bought, in place of their policies, releases and what demand calls for. They
        need a ``state``, which may be empty. What is bought without an offer is never short all the same.
    closed
        When single machines cannot work for once, whatever else is declared of them: what is under way stands still.

    Returns
    -------
    Problem
        The world at its first instant, and the names of its indices.

    Raises
    ------
    RunError
        The plant asks for more than the records can hold (skills of one operation, combinations of options).
    """
    draft = Draft(plant, mode, round(until_s * TICKS_PER_SECOND), conwip or {}, state)
    draft.plan = by_date(plan or {})
    draft.closed = closed or {}
    add_calendars(draft)
    add_crews(draft)
    add_tools(draft)
    add_transport(draft)
    add_stations(draft)
    add_failures(draft)
    add_comings(draft)
    add_routes(draft)
    add_learning(draft)
    add_lanes(draft)
    add_setups(draft)
    add_items(draft)
    add_lacks(draft)
    add_releases(draft)
    add_demand(draft)
    link_upstream(draft)
    number_rings(draft)
    link_followers(draft)
    enter(draft)
    world = build_world(draft)
    return Problem(world, _names(draft), draft.until, mode, tuple(draft.caps), tuple(draft.notes), prices_of(plant))


def _names(draft: Draft) -> Names:
    return Names(
        stations=tuple(draft.stations),
        machines=tuple(draft.machines),
        items=tuple(draft.items),
        operations=tuple(draft.operations),
        releases=tuple(draft.releases),
        demands=tuple(draft.demands),
        modes=tuple(draft.modes),
        shops=tuple(draft.shops),
        calendars=tuple(draft.calendars),
        crews=tuple(draft.crews),
        skills=tuple(draft.skills),
        tools=tuple(draft.tools),
        carriers=tuple(draft.carriers),
        curves=tuple(draft.curves),
        conveyors=tuple(draft.conveyors),
        families=tuple(draft.families),
        offers=tuple(draft.offers),
    )
