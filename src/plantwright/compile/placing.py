"""Parts and machines of a state, lowered."""

from __future__ import annotations

from collections import defaultdict

from plantwright.codes import (
    ABOARD,
    AT_CONVEYOR_END,
    BEFORE_CARRIER,
    BEFORE_CONVEYOR,
    BEFORE_SHELF,
    BEFORE_STATION,
    FINISHED,
    HELD_BACK,
    IN_LOAD,
    IN_LOT,
    IN_QUEUE,
    IN_SETUP,
    IN_UNLOAD,
    IN_WORK,
    NONE,
    ON_CONVEYOR,
    ON_MACHINE,
    ON_WAY,
    TAKE_MACHINE,
    TAKE_PART,
)
from plantwright.compile.draft import Draft
from plantwright.compile.options import combinations
from plantwright.compile.transport import vehicle_row, ways
from plantwright.model.journey import journey
from plantwright.model.state import DONE, Condition, Part, State
from plantwright.units import ticks

PHASES = {"setup": IN_SETUP, "load": IN_LOAD, "work": IN_WORK, "unload": IN_UNLOAD}
NOT_DRAWN = -1


class Placing:
    """Part records and lines of ``start``, in the order of the state."""

    def __init__(self, draft: Draft, state: State) -> None:
        self.draft, self.state = draft, state
        self.routes = ways(draft)
        self.machine = {name: index for index, name in enumerate(draft.machines)}
        self.in_work: defaultdict[int, list[int]] = defaultdict(list)
        self.finished: defaultdict[int, list[int]] = defaultdict(list)
        self.aboard: dict[int, int] = {}
        """The ``travel`` row of each vehicle with parts aboard."""
        self._defective: dict[str, tuple[float, ...]] = {}

    @property
    def taken(self) -> set[int]:
        """Machines with parts on them."""
        return {*self.in_work, *self.finished}

    def parts(self) -> None:
        """All parts, where they are."""
        for part in self.state.parts:
            for _ in range(part.count):
                self._place(part, HELD_BACK if part.status == "held" else None)

    def _place(self, part: Part, how: int | None) -> int:
        """One part: its record, its line, and the lot that waits for it."""
        draft = self.draft
        operation = self._operation(part)
        machine = NONE if part.machine is None else self.machine[part.machine]
        station = draft.rows["machine"][machine]["station"] if machine != NONE else NONE
        origin = draft.stations[part.from_] if part.from_ is not None else station
        choice = self._choice(part, operation)
        since = draft.start if part.since is None else draft.since_first_day(part.since)
        born = since if part.entered is None else draft.since_first_day(part.entered)
        row = draft.rows["part"].add(
            item_=draft.items[part.item],
            operation=operation,
            choice=choice,
            machine=machine,
            origin=origin,
            conveyor=NONE if part.conveyor is None else draft.conveyors[part.conveyor],
            pieces=draft.thing(part.item).moves_as if part.pieces is None else part.pieces,
            option=self._option(part),
            defects=NONE if part.defects is None else part.defects,
            next=NONE,
            held=NONE,
            tries=part.tries,
            tried=NONE if part.tried is None else self._row(part.item, part.tried, None),
            entered=since,
            born=born,
            due=born if part.due is None else draft.since_first_day(part.due),
        )
        self._line(part, row, how)
        self._lot(part, row)
        return row

    def _lot(self, part: Part, sample: int) -> None:
        """The parts that wait for a sample, one behind the other."""
        before, link = sample, "held"
        for held in part.lot:
            for _ in range(held.count):
                row = self._place(held, IN_LOT)
                self.draft.rows["part"].set(before, **{link: row})
                before, link = row, "next"

    def _line(self, part: Part, row: int, how: int | None) -> None:
        """Where the part is, and when it arrives if it is under way."""
        draft = self.draft
        record = draft.rows["part"][row]
        travel = self._way(record["origin"], record["choice"])
        conveyor = NONE if travel == NONE else draft.rows["travel"][travel]["conveyor"]
        place = self._how(part, conveyor) if how is None else how
        line = {"what": TAKE_PART, "who": row, "how": place, "time": NONE, "chance": self._chance(part)}
        if place == ON_WAY and part.arrives is None and travel != NONE:
            line |= {"law": draft.rows["travel"][travel]["law"], "spent": draft.start - record["entered"]}
        elif place == ABOARD and part.vehicle is not None:
            vehicle = vehicle_row(draft, part.vehicle)
            line["value"] = vehicle
            self.aboard.setdefault(vehicle, travel)
        elif place == ON_WAY:
            line["time"] = draft.start if part.arrives is None else draft.since_first_day(part.arrives)
        elif place == ON_CONVEYOR:
            transit = draft.rows["conveyor"][record["conveyor"]]["transit"]
            arrives = record["entered"] + transit if part.arrives is None else draft.since_first_day(part.arrives)
            draft.rows["part"].set(row, entered=max(arrives, draft.start))
        if record["machine"] != NONE:
            (self.in_work if place == ON_MACHINE else self.finished)[record["machine"]].append(row)
            phase = self._phase(part) if place == ON_MACHINE else FINISHED
            draft.rows["machine"].set(record["machine"], phase=phase)
        draft.rows["start"].add(**line)

    def _how(self, part: Part, conveyor: int) -> int:
        if part.status == "waiting":
            return IN_QUEUE
        if part.status == "in-work":
            return ON_MACHINE
        if part.status == "under-way":
            return ABOARD if part.vehicle is not None else ON_WAY if part.conveyor is None else ON_CONVEYOR
        if part.op == DONE:
            return BEFORE_SHELF
        if part.carrier is not None:
            return BEFORE_CARRIER
        if part.conveyor is not None:
            return AT_CONVEYOR_END
        return BEFORE_STATION if conveyor == NONE else BEFORE_CONVEYOR

    def _phase(self, part: Part) -> int:
        return PHASES[self.state.machines.get(part.machine or "", Condition()).phase]

    def _operation(self, part: Part) -> int:
        if part.op == DONE:
            return self.draft.first_operation[part.item]
        return self._row(part.item, part.op, part.sample_of)

    def _row(self, item: str, op: str, sample_of: str | None) -> int:
        """The row of an operation; of a laboratory's, that of the sampled operation named."""
        rows = [row for row, name in enumerate(self.draft.operations) if name == (item, op)]
        if sample_of is not None:
            owners = {row: self.draft.rows["operation"][row]["owner"] for row in rows}
            rows = [row for row in rows if owners[row] != NONE and self.draft.operations[owners[row]][1] == sample_of]
        return rows[0]

    def _choice(self, part: Part, operation: int) -> int:
        """The choice of the station where a part waits or goes; of its operation's first one, where none is named."""
        row = self.draft.rows["operation"][operation]
        if part.op == DONE or part.status == "held":
            return NONE
        if part.status == "in-work" and part.machine is not None:
            station = self.draft.rows["machine"][self.machine[part.machine]]["station"]
        elif part.station is not None:
            station = self.draft.stations[part.station]
        else:
            return int(row["first_choice"])
        choices = range(row["first_choice"], row["first_choice"] + row["choices"])
        return next(c for c in choices if self.draft.rows["choice"][c]["station"] == station)

    def _way(self, origin: int, choice: int) -> int:
        """The ``travel`` row from a station to that of a choice."""
        if origin == NONE or choice == NONE or not self.draft.plant.travel:
            return NONE
        return int(self.routes[origin, self.draft.rows["choice"][choice]["station"]])

    def _option(self, part: Part) -> int:
        """The combination of options, NONE where the state does not say all of them."""
        thing = self.draft.thing(part.item)
        names = list(getattr(thing, "options", {}))
        if not names:
            return 0
        chosen = tuple(part.options.get(name, "") for name in names)
        known = combinations(thing)
        return known.index(chosen) if chosen in known else NONE

    def _chance(self, part: Part) -> float:
        """Chance that a piece of the part has a defect that nobody has found. [-]"""
        route = self.draft.plant.routes[self.draft.thing(part.item).made_by or ""]
        if part.item not in self._defective:
            self._defective[part.item] = journey(route).defective_at
        at = next((index for index, operation in enumerate(route) if operation.op == part.op), None)
        return self._defective[part.item][at] if at is not None else 0.0

    def machines(self) -> None:
        """Machines with parts on them, in the order of the state."""
        order = [self.machine[name] for name in self.state.machines]
        order += [machine for machine in sorted(self.taken) if machine not in set(order)]
        for machine in order:
            if machine in self.taken:
                self._machine(machine)

    def _machine(self, machine: int) -> None:
        draft = self.draft
        condition = self.state.machines.get(draft.machines[machine], Condition())
        columns: dict[str, float] = {"overtime": int(condition.overtime)}
        asks = condition.asks and machine in self.in_work
        if machine in self.in_work:
            part = draft.rows["part"][self.in_work[machine][0]]
            columns |= {"operation": part["operation"], **_times(condition)}
            if condition.pace is not None:
                columns["pace"] = condition.pace
            if condition.mounting is not None:
                columns["mounting"] = ticks(condition.mounting)
            if condition.phase != "setup":
                columns["family"] = draft.rows["operation"][part["operation"]]["family"]
            if condition.keeps is not None:
                columns["reserved"] = self._kept(part["operation"], condition.keeps)
        elif condition.keeps is not None:
            columns["reserved"] = self._still_kept(draft.rows["part"][self.finished[machine][0]], condition.keeps)
        draft.rows["machine"].set(machine, **columns)
        draft.rows["start"].add(what=TAKE_MACHINE, who=machine, how=int(asks))

    def families(self) -> None:
        """What machines are set up for."""
        for name, condition in self.state.machines.items():
            if condition.family is not None and condition.family in self.draft.families:
                self.draft.rows["machine"].set(self.machine[name], family=self.draft.families[condition.family])

    def _kept(self, operation: int, station: str) -> int:
        """The choice by which a machine keeps a place for its part."""
        following = self.draft.rows["operation"][self.draft.rows["operation"][operation]["next"]]
        choices = range(following["first_choice"], following["first_choice"] + following["choices"])
        at = self.draft.stations[station]
        return next((c for c in choices if self.draft.rows["choice"][c]["station"] == at), NONE)

    def _still_kept(self, part: dict[str, int], station: str) -> int:
        """The choice by which a machine keeps a place that its finished part goes by: it has to go elsewhere first."""
        at, choices = self.draft.stations[station], self.draft.rows["choice"]
        own = self.draft.rows["operation"][part["operation"]] if part["operation"] != NONE else None
        taken = range(0) if own is None else range(own["first_choice"], own["first_choice"] + own["choices"])
        return next((c for c in range(len(choices)) if choices[c]["station"] == at and c not in taken), NONE)

    def needs_tool(self, machine: int, tool: int) -> bool:
        """Whether a machine is at work with an operation that needs a tool."""
        if machine not in self.in_work:
            return False
        operation = self.draft.rows["operation"][self.draft.rows["part"][self.in_work[machine][0]]["operation"]]
        needs = range(operation["first_tool"], operation["first_tool"] + operation["tools"])
        return any(self.draft.rows["tool_need"][need]["tool"] == tool for need in needs)

    def crews(self) -> None:
        """The crews that machines hold, where as many are named as their phase needs."""
        draft = self.draft
        for machine, parts in self.in_work.items():
            condition = self.state.machines.get(draft.machines[machine], Condition())
            operation = draft.rows["operation"][draft.rows["part"][parts[0]]["operation"]]
            if condition.phase == "setup":
                needs = draft.rows["station"][draft.rows["machine"][machine]["station"]]["setup_needs"]
            else:
                needs = operation["needs"] + (operation["attends"] if condition.phase != "work" else 0)
            draft.hold(machine, needs, condition.crews)
            draft.rows["machine"].set(machine, operation=draft.rows["part"][parts[0]]["operation"])


def _times(condition: Condition) -> dict[str, int]:
    """Columns of how long a phase has taken and will still take; NOT_DRAWN where nobody knows."""
    over = NOT_DRAWN if condition.elapsed is None else ticks(condition.elapsed)
    if condition.remaining is None:
        return {"duration": over, "remaining": NOT_DRAWN}
    over, left = max(over, 0), ticks(condition.remaining)
    return {"duration": over + left, "remaining": left}
