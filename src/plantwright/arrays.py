"""The contract between ``compile`` and the engines: record types, integer codes, tolerances.

State is one record array per kind of thing, each record holding what is fixed for a run and what changes during it.
Indices are positions in those arrays; ``NONE`` (-1) stands for nobody. Lists that do not change are ``first, count``
into a row array; lists that do are linked through the records. Times are ticks of one microsecond since the plant's
first day. Numbers of people are thousandths. A column named ``x_area`` is an integral of x over time, kept by adding
``-change x now`` at each change (see ``engine.account``), so that closing it costs one multiplication.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from plantwright.codes import AHEAD, FEW_EVENTS

LAYOUT = 5
"""Version of these records; a checkpoint of another layout is refused."""


def record(**columns: str) -> np.dtype[Any]:
    """A record type; columns are written ``name="i8"``. (``item_``, since records have a method ``item``.)"""
    return np.dtype((np.record, list(columns.items())))


CLOCK_RECORD = record(
    now="i8", sequence="i8", events="i8", free_part="i8", free_parts="i8", moves="i8", parts_wanted="i8",
    seed="u8", replication="u8", dirty="i8", opened="i8", to_release="i8", people_freed="i8",
    first_ask="i8", last_ask="i8", first_repair_ask="i8", last_repair_ask="i8", reserve_parts="i8", reserve_events="i8",
    active="i8", last_progress="i8", next_coming="i8", drivers_wanted="i8", parts_made="i8", tracing="i8", logged="i8",
    reserve_log="i8", most_events="i8", most_lines="i8", by_the_book="i8", first_short="i8", gave_way="i8",
    timed_out="i8", suspect="i8", vacant="i8", heaped="i8", order="i8", express="i8", taken="i8",
    urgency=f"{FEW_EVENTS + 1}u8",
)  # fmt: skip
"""One record: the clock, the agenda's counters and the heads of global lists. by_the_book: 1 where no short cut is
taken, 2 where none but those of ``engine.onward`` are; express: 1 where ``engine.express`` may run, which so far took
``taken`` events. gave_way: whether somebody was not let into a station because others wait for its people; timed_out:
instant of the last time-out; vacant: whether the first event of the list has happened already; heaped, order, urgency:
see ``engine.heap``."""

EVENT_RECORD = record(time="i8", key="i8", who="i8", epoch="i8")
"""A pending event. key = kind << 56 | sequence. An event whose epoch differs from its owner's is void."""

STATION_RECORD = record(
    # fixed
    first_machine="i8", machines="i8", first_lane="i8", lanes="i8", rule="i8", room="i8", calendar="i8",
    end_of_shift="i8", first_setup="i8", families="i8", first_setup_need="i8", setup_needs="i8", batch_min="i8",
    batch_max="i8", batch_wait="i8", accepts_down="i8", locked="i8", first_source="i8", sources="i8",
    restricted="i8", shop="i8", wait_histogram="i8", before_service="i8", first_feeder="i8", feeders="i8",
    first_sibling="i8", siblings="i8", plain="i8", alone="i8", ring="i8", first_lack="i8", lacks="i8",
    # changing
    on="i8", waiting="i8", waiting_pieces="i8", inbound="i8", first_blocked="i8", last_blocked="i8",
    first_idle="i8", last_idle="i8", idle="i8", idle_state="i8", is_dirty="i8", is_open="i8", short_of="i8",
    next_short="i8", inactive="i8", active_since="i8", wip="i8", timeout_at="i8", here="i8", free="i8",
    unsettled="i8", stuck="i8", look="i8", lacking="i8",
    # counted
    queue_area="i8", wip_area="i8", wait_sum="i8", waits="i8", completions="i8", pieces="i8", setups="i8",
    failures="i8", stops="i8", scheduled_area="i8", rejected="i8",
)  # fmt: skip
"""batch_max 0: no batches. first_setup NONE: no setups; else the (families + 1) x families block of ``setup_law`` rows
begins there, row 0 being "no family yet". sources: releases whose first operation is here. siblings: stations that
share an operation with this one, so that parts blocked there may come here. short_of: skills that were missing when it
was tried last, a bit each; idle_state: why its idle machines have nothing to do. lacks: rows of ``lack``; lacking: how
many of those its idle machines wait for; look: how often it was tried. plain, alone: see ``engine.plain``."""

LANE_RECORD = record(station="i8", family="i8", rank="i8", first="i8", last="i8", count="i8", pieces="i8", planned="i8")
"""A part of a station's queue: first in, first out (by due date under DUE and CRITICAL). The rule chooses among lanes'
first parts. rank: mean time [ticks] under SHORTEST, priority under PRIORITY, remaining mean work under CRITICAL.
planned: operations that a plan lets begin together from this lane, and that may still come."""

MACHINE_RECORD = record(
    # fixed
    station="i8", ordinal="i8", speed="f8", first_mode="i8", modes="i8", from_time="i8", until_time="i8",
    # changing
    state="i8", phase="i8", running="i8", asking="i8", part="i8", load="i8", operation="i8", remaining="i8",
    ends="i8", epoch="i8", family="i8", next_family="i8", down="i8", planned="i8", due_stops="i8", busy_clock="i8",
    busy_from="i8", busy_due="i8", busy_mode="i8", cycles="i8", count_due="i8", count_mode="i8", next_idle="i8",
    previous_idle="i8", next_ask="i8", is_idle="i8", holds="i8", absent="i8", number="i8", duration="i8",
    reserved="i8", overtime="i8", mounting="i8", mountings="i8", first_unit="i8", pace="f8",
    lacks="i8", turn="i8",
)  # fmt: skip
"""down: stops under way, ``planned`` of them maintenance; due_stops: maintenance that waits until the machine may stop.
absent: 1 before its first day and once it is gone. first_unit: tools it holds; mounting: ticks it takes to mount
them, NONE where they are mounted; mountings: operations with tools so far. lacks: skills that it waits for in the
middle of its work, bits of its station's rows of ``lack``. turn: the lane whose turn it is under a plan."""

POST_RECORD = record(
    # fixed
    room="i8", source="i8", histogram="i8", ring="i8", speed="f8",
    # changing
    waiting="i8", first="i8", last="i8", first_blocked="i8", last_blocked="i8", part="i8", operation="i8", state="i8",
    since="i8", due="i8", key="i8", began="i8", duration="i8",
)  # fmt: skip
"""A station with its one machine, or behind those a source of arrivals, while ``engine.express`` runs. source: the
release that never runs dry, or the one whose parts arrive. since: from when on the machine has been busy; due, key: its
event, due FOREVER without one; began, duration: what the machine began last, NONE until it begins something."""

LACK_RECORD = record(station="i8", kind="i8", who="i8", look="i8", missing="i8", machines="i8", area="i8")
"""A skill, item or tool that work at a station needs. look: the try of its station at which it was missing last;
missing: whether its idle machines wait for it; machines: how many wait for it now, in the middle of their work too;
area: that over time."""

OPERATION_RECORD = record(
    # fixed
    item_="i8", ordinal="i8", first_choice="i8", choices="i8", law="i8", per_piece="i8", family="i8", first_kit="i8",
    kits="i8", first_give="i8", gives="i8", first_need="i8", needs="i8", first_attend="i8", attends="i8", load_law="i8",
    unload_law="i8", first_tool="i8", tools="i8", first_good="i8", goods="i8", hidden="i8", inspects="i8", miss="f8",
    false_reject="f8", mends="f8", next="i8", otherwise="i8", tries="i8", past_tries="i8", sample_every="i8",
    sample_operation="i8", sample_good="f8", sample_otherwise="i8", sample_tries="i8", sample_past="i8",
    owner="i8", transfer="i8", first_curve="i8", curves="i8", hand_curves="i8", bare="i8", plain="i8", sure="i8",
    onward="i8", only="i8",
    # changing
    starts="i8", ends="i8", setups="i8", held_first="i8", held_last="i8", held="i8", samples="i8",
    ahead_from="i8", ahead=f"{AHEAD}f8",
    # counted
    completions="i8", inspected="i8", rejected="i8", scrapped="i8", wait_sum="i8", waits="i8", first_inspected="i8",
    first_rejected="i8",
)  # fmt: skip
"""bare, plain, sure, onward: see ``engine.plain``; only: the one station that does it, or NONE. ahead: see
``engine.draw``. curves: rows of ``learning``, then ``hand_curves`` of handling only. goods 0: always good. tries 0: no
cap. next, otherwise, past_tries, sample_otherwise, sample_past: an operation, DONE, SCRAP or SAMPLE_END (the sampled
operation is ``owner``). mends: chance that a defective piece leaves good."""

CHOICE_RECORD = record(station="i8", lane="i8")
"""A station that can do an operation, and the lane in which its parts wait there."""

KIT_RECORD = record(item_="i8", pieces="i8", options="u8")
"""A row of a kit: pieces per piece, for units whose option bit is set in ``options`` (all bits: always)."""

GIVE_RECORD = record(item_="i8", pieces="i8")

NEED_RECORD = record(skill="i8", amount="i8")

TOOL_NEED_RECORD = record(tool="i8", number="i8")

LEARNING_RECORD = record(exponent="f8", fixed="f8", scale="f8", plateau="i8", start="i8", count="i8")
"""How times fall with the number n of executions, ``start + count``: (fixed + (1 - fixed) n^-exponent) x scale, where n
is at most ``plateau``."""

PART_RECORD = record(
    item_="i8", operation="i8", choice="i8", machine="i8", next="i8", mate="i8", order="i8", entered="i8", born="i8",
    due="i8", pieces="i8", tries="i8", tried="i8", defects="i8", option="i8", held="i8", child="i8", sibling="i8",
    blocked="i8", origin="i8", number="i8", conveyor="i8", waited="i8", contents="i8", waits_for="i8",
)  # fmt: skip
"""A part in process. next: link of the one list it is in; mate: its neighbour on a machine, carrier or
conveyor; conveyor: the one it is on; held: the first part of the lot that waits for it in the laboratory; origin:
station it comes from; number: its name in the trace, counted from 0; waited: ticks in queues; contents: pieces that
kits put into it."""

ITEM_RECORD = record(
    # fixed
    room="i8", policy="i8", reorder="i8", quantity="i8", lot="i8", release="i8", first_user="i8", users="i8",
    first_offer="i8", offers="i8", serial="i8", flow_histogram="i8", wait_histogram="i8", start="i8", most="i8",
    # changing
    stock="i8", on_order="i8", backlog="i8", first_blocked="i8", last_blocked="i8", is_open="i8", first_serial="i8",
    last_serial="i8", wip="i8", last_finish="i8", short="i8", contents="i8",
    # counted (pieces)
    released="i8", finished="i8", scrapped="i8", consumed="i8", received="i8", stock_area="i8", wip_area="i8",
    backlog_area="i8", flow_sum="f8", flows="i8", wait_sum="f8", gap_sum="f8", gap_squares="f8", gaps="i8",
    inspected="i8", rejected="i8", first_passed="i8", ordered="i8", met="i8", orders="i8", orders_met="i8",
    delivered="i8", lost="i8", turned_away="i8", taken="i8", built_in="i8", lost_in="i8",
)  # fmt: skip
"""users: stations whose kits take from this stock (``user`` rows). most: pieces that one part takes at most. contents:
pieces of other items in what is in process; taken, built_in, lost_in: those that kits put in, that finished with it,
that were scrapped with it."""

RELEASE_RECORD = record(
    # fixed
    item_="i8", operation="i8", kind="i8", law="i8", group_law="i8", loses="i8", blocks="i8", cap="i8", pieces="i8",
    launcher="i8", weight="f8", first_option="i8", options="i8", first_opening="i8", openings="i8",
    # changing
    pending="i8", standing="i8", wip="i8", credit="f8", next_opening="i8", opened="i8", taken="i8", again="i8",
    again_due="i8", arrivals="i8", created="i8", due="i8", whole="i8", is_marked="i8", ahead_from="i8",
    ahead=f"{AHEAD}f8",
)  # fmt: skip
"""How parts of an item enter. pending: pieces called for; standing: 1 while the source of arrivals is blocked; again:
pieces that may enter at once (a full lot, a replacement). openings: rows of ``opening`` sorted by time; the first
``opened`` are used up, ``taken`` pieces of the next. due, whole: when parts arrive next, and how long after the last
arrival that is."""

LAUNCHER_RECORD = record(kind="i8", first="i8", count="i8", is_marked="i8")
"""Products that compete to enter: rows ``first .. first + count`` of ``member`` name their releases."""

OPENING_RECORD = record(time="i8", due="i8", pieces="i8", operation="i8")
"""Orders to make, dated: from ``time`` on they may be started, they are due at ``due``. operation: the first of its
own, under a plan."""

VISIT_RECORD = record(machine="i8", lane="i8", not_before="i8", rest="i8", job="i8", parts="i8")
"""What a plan says of an operation: on which machine, in which of its lanes (they have their turns in their order),
from when on, and how long a part rests before it. Without a machine it has a lane of its own, and any machine takes it.
job: the first operation of the same job; that one counts in ``parts`` how many were made of it and not scrapped."""

MODE_RECORD = record(
    # fixed
    first_member="i8", members="i8", station="i8", carrier="i8", ordinal="i8", law="i8", repair_law="i8", by="i8",
    then="i8", from_start="i8", runs_off_shift="i8", first_need="i8", needs="i8", planned="i8", interrupts="i8",
    skips_off_shift="i8", during_repair="i8", first_date="i8", dates="i8", first_renewed="i8", renewed="i8",
    # changing
    next_date="i8", state="i8", due="i8", left="i8", frozen="i8", epoch="i8", struck="i8", draws="i8", repairs="i8",
    next_ask="i8", holds="i8", ends="i8", whole="i8",
)  # fmt: skip
"""One way to fail, or a planned maintenance, of one machine (of a carrier: vehicle) or of a group. members: those in
``link``; dates: ticks in ``link`` at which maintenance by the calendar is due; renewed: modes that count anew after it;
whole: the present uptime, or the repair, as it was drawn."""

CALENDAR_RECORD = record(
    first_change="i8", changes="i8", first_station="i8", stations="i8", first_crew="i8", crews="i8",
    first_carrier="i8", carriers="i8", first_end="i8", first_rule="i8", rules="i8",
    # changing
    next_change="i8", on="i8", turns="i8", extended="i8",
    # counted
    overtime="i8",
)  # fmt: skip
"""changes: times at which it turns on and off in turn; ``on`` is its state at tick 0. rules: rows of ``overtime`` by
which a shift may be made longer; then ``link[first_end:]`` says of each change whether a shift ends there. turns: when
it turns next; extended: 1 while a shift lasts longer; overtime: by how much shifts were longer [ticks]."""

OVERTIME_RECORD = record(queue="i8", backlog="i8", above="i8", extra="i8", from_time="i8", until_time="i8")
"""A shift lasts ``extra`` ticks longer if, at its end, more than ``above`` parts wait at station ``queue`` or pieces of
item ``backlog`` are backordered."""

CREW_RECORD = record(
    people="i8", calendar="i8", absence="f8", first_skill="i8", skills="i8", on="i8", present="i8", held="i8",
    shifts="i8", away="i8", over="i8", present_area="i8", held_area="i8", over_area="i8",
)  # fmt: skip
"""over: those held beyond those present, who stay on to finish what they do."""

SKILL_RECORD = record(first_crew="i8", crews="i8")

COMING_RECORD = record(time="i8", kind="i8", who="i8", on="i8")
"""What comes or leaves at a date, in order of time. on: 1 or 0; of tools how many come, or leave (below 0)."""

TOOL_RECORD = record(
    # fixed
    life="i8", setup_law="i8", repair_law="i8", return_law="i8", first_user="i8", users="i8", first_unit="i8",
    units="i8",
    # changing
    number="i8", free="i8", first_free="i8", last_free="i8", held="i8", away="i8", uses="i8", setups="i8",
    # counted
    held_area="i8", away_area="i8", used="i8", mounted="i8", repairs="i8",
)  # fmt: skip
"""number: 0 while it is not there, else ``units``. used, mounted: what to add to uses and setups."""

UNIT_RECORD = record(tool="i8", state="i8", machine="i8", mounting="i8", uses="i8", next="i8")
"""One of a tool. machine: on which it was last, in the machine's ``mounting``-th operation with tools."""

CARRIER_RECORD = record(
    # fixed
    number="i8", load="i8", return_law="i8", calendar="i8", first_vehicle="i8", first_need="i8", needs="i8",
    # changing
    on="i8", away="i8", free="i8", first_free="i8", last_free="i8", first="i8", last="i8", trips="i8",
    # counted
    carried="i8", tours="i8", failures="i8",
)  # fmt: skip
"""first, last: parts that wait for it, linked through ``next``. needs: who drives, held on each trip and back."""

VEHICLE_RECORD = record(
    # fixed
    carrier="i8", ordinal="i8", first_mode="i8", modes="i8",
    # changing
    phase="i8", state="i8", down="i8", asking="i8", aboard="i8", ends="i8", left="i8", back="i8", whole="i8",
    epoch="i8", trips="i8", next="i8",
)  # fmt: skip
"""One of a carrier's ``number``. aboard: its first part, the others linked through ``mate``. left: ticks that are left
of its way while it stands; back: what the way back will take."""

TRAVEL_RECORD = record(law="i8", carrier="i8", conveyor="i8", trips="i8")

CONVEYOR_RECORD = record(
    # fixed
    room="i8", transit="i8", gap="i8", first_feeder="i8", feeders="i8",
    # changing
    first="i8", last="i8", count="i8", kept="i8", begin_free="i8", end_free="i8", wake_at="i8", stands="i8",
    first_blocked="i8", last_blocked="i8", queued="i8", is_open="i8",
    # counted
    carried="i8", count_area="i8", queued_area="i8", stands_area="i8",
)  # fmt: skip
"""An accumulating conveyor with ``room`` places. Parts on it run from ``first`` to ``last`` through ``mate``;
``entered`` of each is when it is at the end if nothing stops it. transit, gap: ticks from end to end, and from one part
to the next. begin_free, end_free: from when its begin and its end are free of the part before. kept: places kept for
stations with blocking before service (``feeders``). queued: parts that wait to get on. stands: whether the first part
waits at the end."""

OFFER_RECORD = record(
    law="i8", gap="i8", quantity="i8", first_outage="i8", outages="i8", last_delivery="i8", orders="i8"
)
"""quantity: pieces of an order to it; gap: ticks between two of them that its capacity allows."""

OUTAGE_RECORD = record(start="i8", end="i8", left="f8")

DEMAND_RECORD = record(
    item_="i8", law="i8", pieces_law="i8", loses="i8", first_order="i8", orders="i8", next_order="i8", draws="i8",
    due="i8", whole="i8",
)  # fmt: skip
"""due, whole: when a customer comes next, and how long after the last one that is."""

ORDER_RECORD = record(time="i8", pieces="i8")

LAW_RECORD = record(kind="i8", a="f8", b="f8", c="f8", first="i8")
"""CONSTANT a · EXPONENTIAL mean a · UNIFORM a..b · TRIANGULAR low a, mode b, high c · NORMAL mu a, sigma b, truncated
below u = c · LOGNORMAL mu a, sigma b of the logarithm · WEIBULL scale a, 1/shape b · GEOMETRIC log(1 - p) a, step b ·
TABLE ``table[first:]``."""

START_RECORD = record(what="i8", who="i8", how="i8", time="i8", law="i8", spent="i8", value="i8", chance="f8")
"""A line of how a run from a state begins. time: when an event comes, or NONE: under ``law``, ``spent`` ticks of which
are over. chance: that a piece of a part has a defect that nobody has found."""

LOG_RECORD = record(time="i8", code="i8", part="i8", who="i8", what="i8", value="i8")
"""One line of the trace; what the columns mean for each code is declared in ``results.trace``."""


class World(NamedTuple):
    """Everything the simulator reads and writes. Record arrays, each ``(N,)`` of the type above; see there."""

    clock: Any
    event: Any
    station: Any
    lane: Any
    machine: Any
    post: Any
    lack: Any
    operation: Any
    choice: Any
    kit: Any
    give: Any
    need: Any
    tool_need: Any
    learning: Any
    part: Any
    item: Any
    release: Any
    launcher: Any
    opening: Any
    mode: Any
    calendar: Any
    overtime: Any
    coming: Any
    crew: Any
    skill: Any
    tool: Any
    unit: Any
    carrier: Any
    vehicle: Any
    travel: Any
    conveyor: Any
    offer: Any
    outage: Any
    demand: Any
    order: Any
    visit: Any
    """(O,) what a plan says of each operation; of length 0 where there is none."""
    law: Any
    link: Any
    """int64 rows of all fixed lists: users, sources, members, crews of a skill, skills of a crew, times, setup laws."""
    share: Any
    """float64 rows: good fractions, cumulative option shares, quantile tables."""
    route: Any
    """(S, S) int32: the ``travel`` row from station to station, NONE without; (1, 1) where nothing travels."""
    qualified: Any
    """(M, I) uint8: whether a machine may work on an item; (1, 1) where all may."""
    held: Any
    """(M + modes + V, NEEDS) int32: the crew that each need of a machine (then: mode, vehicle) holds, or NONE."""
    state_time: Any
    """(S + C, COUNTERS) int64: machine time by state; then vehicle time by state of each carrier."""
    histogram: Any
    """(H, BINS) int64."""
    start: Any
    """What stands where at the first instant of a run that begins from a state; of length 0 where one begins empty."""
    log: Any
    """The trace since it was last flushed; of length 0 where nobody wants it."""
    heat: Any
    """(2 n,) int64: the knock-out of n posts, see ``engine.express.timetable``."""
    agenda: Any
    """(3, max(S + I + conveyors, R + 1)) int64: stations to try (a heap), targets that opened, releases to try."""


RECORDS: dict[str, np.dtype[Any]] = {
    name.removesuffix("_RECORD").lower(): kind for name, kind in list(globals().items()) if name.endswith("_RECORD")
}
"""The record type of each record array of the world, by its name there."""


class Outcome(NamedTuple):
    """What a replication leaves behind: the world at its end (statistics since the warm-up) and its history by bins.

    History columns are (T, I) or (T, S) int64: cumulative ``finished``, ``delivered``, ``ordered`` since the warm-up
    and ``stock``, ``backlog``, ``wip``, ``queue`` at the end of each bin; ``active`` is for how many ticks all machines
    of a station have been active then without a break (NONE where some machine waits).
    """

    world: World
    seed: int
    replication: int
    warmup: int
    end: int
    bin: int
    status: int
    finished: Any
    delivered: Any
    ordered: Any
    stock: Any
    backlog: Any
    wip: Any
    queue: Any
    active: Any
