"""A state in names, lowered: what is where is written into the records, and in which order it is taken up.

The state is known to fit the plant (``model.fit``): every name it uses is there.
"""

from __future__ import annotations

from plantwright.codes import (
    DELIVERY,
    FALLEN_DUE,
    NONE,
    TAKE_ARRIVAL,
    TAKE_CALENDAR,
    TAKE_COMING,
    TAKE_CREW,
    TAKE_CUSTOMER,
    TAKE_EVENT,
    TAKE_IDLE,
    TAKE_MODE,
    TAKE_UNIT,
    TOOL_AWAY,
    TOOL_HELD,
    TOOL_READY,
    UP,
    WAITING_REPAIR,
)
from plantwright.compile.draft import Draft
from plantwright.compile.ownership import owner_of
from plantwright.compile.placing import Placing
from plantwright.compile.planned import purchases
from plantwright.compile.riding import Riding
from plantwright.compile.tools import tool_row
from plantwright.model.state import Ageing, Delivery, State, Tooling
from plantwright.units import Quantity, ticks

NOT_DRAWN = -1
"""What the engine has to draw."""


def enter(draft: Draft) -> None:
    """Write a draft's state into its rows; nothing where a run begins empty."""
    state = draft.state
    if state is None:
        return
    _calendars(draft)
    placing = Placing(draft, state)
    placing.parts()
    rides = Riding(draft, state, placing.aboard)
    failures = _failures(draft, state)
    placing.families()
    placing.crews()
    rides.crews()
    for row, ageing in failures:
        if ageing.repair is not None:
            draft.hold(len(draft.machines) + row, draft.rows["mode"][row]["needs"], ageing.crews)
    for row in draft.held:
        draft.rows["start"].add(what=TAKE_CREW, who=row)
    _tools(draft, state, placing)
    rides.take_place()
    for row, ageing in failures:
        _mode(draft, row, ageing)
    placing.machines()
    rides.go_on()
    _idle(draft, state, placing.taken)
    _deliveries(draft, state)
    _recurring(draft, state)
    for name, count in state.practice.items():
        if name in draft.curves:
            row = draft.curves.index(name)
            draft.rows["learning"].set(row, count=count - draft.rows["learning"][row]["start"])
    for product, owed in state.mix.items():
        draft.rows["release"].set(draft.releases.index(product), credit=owed)


def _calendars(draft: Draft) -> None:
    """Calendars, and what comes or leaves at dates, by their last change: it settles who is first at a common one."""
    turned: dict[int, list[int]] = {}
    for row in range(len(draft.rows["calendar"])):
        calendar = draft.rows["calendar"][row]
        first = calendar["first_change"]
        turned[row] = draft.links[first : first + calendar["next_change"]][::-1]
    dates = len(turned)
    turned[dates] = draft.came[::-1]
    for row in sorted(turned, key=lambda row: turned[row]):
        if row == dates:
            draft.rows["start"].add(what=TAKE_COMING)
        else:
            draft.rows["start"].add(what=TAKE_CALENDAR, who=row)


def _idle(draft: Draft, state: State, taken: set[int]) -> None:
    """Idle machines in the order of the state, those that it does not name last."""
    machines = {name: index for index, name in enumerate(draft.machines)}
    named = [machines[name] for name in state.machines]
    stations = {draft.rows["machine"][machine]["station"] for machine in named}
    others = [machine for machine in range(len(machines)) if machine not in set(named)]
    for machine in [*named, *others]:
        if machine not in taken and draft.rows["machine"][machine]["station"] in stations:
            draft.rows["start"].add(what=TAKE_IDLE, who=machine)


def _failures(draft: Draft, state: State) -> list[tuple[int, Ageing]]:
    """Rows of the ways to fail that the state names: those that have struck, then those that age."""
    modes = {_owner(draft, row): row for row in range(len(draft.modes))}
    ordered = sorted(state.failures, key=lambda ageing: ageing.down is None)
    return [(modes[ageing.owner, ageing.failure], ageing) for ageing in ordered]


def _owner(draft: Draft, row: int) -> tuple[str, str]:
    """Whose a way to stop is, and its name."""
    mode = draft.rows["mode"][row]
    member = draft.links[mode["first_member"]]
    if mode["carrier"] == NONE:
        name = draft.machines[member]
    else:
        vehicle = draft.rows["vehicle"][member]
        name = f"{list(draft.carriers)[vehicle['carrier']]}/{vehicle['ordinal'] + 1}"
    owner = owner_of(draft.plant, draft.modes[row], mode, name)
    return next(iter(owner.values()), ""), draft.modes[row][1]


def _mode(draft: Draft, row: int, ageing: Ageing) -> None:
    mode = draft.rows["mode"][row]
    if ageing.is_due:
        machine = draft.links[mode["first_member"]]
        due_stops = draft.rows["machine"][machine]["due_stops"] + 1
        draft.rows["machine"].set(machine, due_stops=due_stops)
        draft.rows["mode"].set(row, state=FALLEN_DUE, draws=1)
        return
    if ageing.down is None:
        over = _ticks(ageing.age) if ageing.operations is None else _counted(ageing.operations, mode)
        left = _left(ageing.remaining) if ageing.remaining_operations is None else ageing.remaining_operations
        draft.rows["mode"].set(row, state=UP, whole=over, left=left, draws=1)
    else:
        left = 0 if ageing.repair is None and ageing.remaining is None else _left(ageing.remaining)
        off = _is_off(draft, mode)
        struck = (0 if off else draft.start) - ticks(ageing.down)
        draft.rows["mode"].set(
            row, state=WAITING_REPAIR, whole=_ticks(ageing.repair), left=left, struck=struck, draws=1
        )
    draft.rows["start"].add(what=TAKE_MODE, who=row)


def _counted(operations: int, mode: dict[str, int]) -> int:
    """Operations that are over since it was mended: a machine fails at the start of one, is maintained at its end."""
    return operations if mode["carrier"] != NONE or mode["planned"] else operations - 1


def _is_off(draft: Draft, mode: dict[str, int]) -> bool:
    """Whether the station or carrier of a way to fail is off shift, and it pauses then."""
    if mode["runs_off_shift"]:
        return False
    kind = "station" if mode["carrier"] == NONE else "carrier"
    calendar = draft.rows[kind][mode[kind]]["calendar"]
    return calendar != NONE and not draft.rows["calendar"][calendar]["on"]


def _tools(draft: Draft, state: State, placing: Placing) -> None:
    """Tools, those on machines, those away, and free ones in the order of the state."""
    named = {tool_row(draft, name): tooling for name, tooling in state.tools.items()}
    kinds = {draft.rows["unit"][row]["tool"] for row in named}
    for row in range(len(draft.rows["unit"])):
        if row not in named and draft.rows["unit"][row]["tool"] in kinds:
            named[row] = Tooling()
    for row, tooling in named.items():
        tool = draft.rows["unit"][row]["tool"]
        draft.rows["tool"].set(tool, uses=draft.rows["tool"][tool]["uses"] + tooling.uses)
        line = {"what": TAKE_UNIT, "who": row, "how": TOOL_READY}
        if tooling.away is not None:
            line |= {"how": TOOL_AWAY, "time": draft.start + ticks(tooling.away)}
        elif tooling.machine is not None:
            machine = placing.machine[tooling.machine]
            draft.rows["machine"].set(machine, mountings=1)
            draft.rows["unit"].set(row, machine=machine, mounting=1)
            if placing.needs_tool(machine, tool):
                line |= {"how": TOOL_HELD, "value": machine}
        draft.rows["unit"].set(row, uses=tooling.uses)
        draft.rows["start"].add(**line)


def _deliveries(draft: Draft, state: State) -> None:
    for name, last in state.offers.items():
        if name in draft.offers:
            draft.rows["offer"].set(draft.offers.index(name), last_delivery=draft.since_first_day(last))
    for delivery in state.deliveries:
        item = draft.items[delivery.item]
        row = draft.rows["item"][item]
        draft.rows["item"].set(item, on_order=row["on_order"] + delivery.pieces)
        _coming(draft, item, delivery)
    purchases(draft)


def _coming(draft: Draft, item: int, delivery: Delivery) -> None:
    """One delivery, at its date or under what is left of its lead time."""
    if delivery.due is not None:
        _event(draft, DELIVERY, item, time=draft.since_first_day(delivery.due), value=delivery.pieces)
        return
    row = draft.rows["item"][item]
    offer = row["first_offer"] if delivery.offer is None else draft.offers.index(delivery.offer)
    spent = 0 if delivery.ordered is None else draft.start - draft.since_first_day(delivery.ordered)
    law = draft.rows["offer"][offer]["law"]
    _event(draft, DELIVERY, item, time=NONE, law=law, spent=spent, value=delivery.pieces)


def _event(draft: Draft, kind: int, who: int, **columns: int) -> None:
    draft.rows["start"].add(what=TAKE_EVENT, how=kind, who=who, **columns)


def _recurring(draft: Draft, state: State) -> None:
    """Arrivals and customers that come at intervals."""
    for kind, what, names, written in (
        ("release", TAKE_ARRIVAL, draft.releases, state.arrivals),
        ("demand", TAKE_CUSTOMER, draft.demands, state.customers),
    ):
        for name, since in written.items():
            if name in names:
                row = names.index(name)
                due = NONE if since.remaining is None else draft.start + ticks(since.remaining)
                draft.rows[kind].set(row, whole=_ticks(since.elapsed), due=due)
                draft.rows["start"].add(what=what, who=row)


def _ticks(time: Quantity | None) -> int:
    return 0 if time is None else ticks(time)


def _left(time: Quantity | None) -> int:
    """What is left of something, at least a tick; NOT_DRAWN where nobody knows."""
    return NOT_DRAWN if time is None else max(1, ticks(time))
