"""From the arrays that ``compile.lower`` writes to the oracle's objects: once, at the beginning of a run."""

from __future__ import annotations

from plantwright.codes import CARRIER_DATE, CREW_DATE, MACHINE_DATE, NONE, TABLE_CELLS, TABLE_OCTAVES, TOOL_DATE
from tests.oracle.plant import (
    Calendar,
    Carrier,
    Coming,
    Conveyor,
    Crew,
    Curve,
    Demand,
    Failure,
    Item,
    Job,
    Lane,
    Launcher,
    Law,
    Machine,
    Offer,
    Operation,
    Overtime,
    Plant,
    Release,
    Skill,
    Station,
    Tool,
    Unit,
    Vehicle,
    Way,
)


class Reader:
    """Reads the arrays of a world; ``links`` and ``shares`` are the lists that its records point into."""

    def __init__(self, world):
        self.world = world
        self.links = [int(value) for value in world.link]
        self.shares = [float(value) for value in world.share]
        self.laws = [self.law(record) for record in world.law]

    def linked(self, things, first, count):
        """The things that a list of links names."""
        return [things[number] for number in self.links[first : first + count]]

    def law(self, record):
        table = 2 * TABLE_OCTAVES * (TABLE_CELLS + 1)
        cells = self.shares[record.first : record.first + table] if record.first != NONE else []
        return Law(int(record.kind), float(record.a), float(record.b), float(record.c), cells)

    def law_at(self, number):
        return None if number == NONE else self.laws[number]

    def plant(self):
        items = [self.item(number, record) for number, record in enumerate(self.world.item)]
        calendars = [self.calendar(number, record) for number, record in enumerate(self.world.calendar)]
        crews = [self.crew(number, record, calendars) for number, record in enumerate(self.world.crew)]
        skills = [
            Skill(number, self.linked(crews, record.first_crew, record.crews))
            for number, record in enumerate(self.world.skill)
        ]
        tools = [self.tool(number, record) for number, record in enumerate(self.world.tool)]
        lanes = [Lane(int(record.family), int(record.rank)) for record in self.world.lane]
        stations = [
            self.station(number, record, calendars, skills, lanes) for number, record in enumerate(self.world.station)
        ]
        machines = [self.machine(number, record, stations, items) for number, record in enumerate(self.world.machine)]
        carriers = [self.carrier(number, record, calendars, skills) for number, record in enumerate(self.world.carrier)]
        vehicles = [self.vehicle(record, carriers) for record in self.world.vehicle]
        failures = self.failures(stations, machines, carriers, vehicles, skills)
        for thing, record in [*zip(machines, self.world.machine), *zip(vehicles, self.world.vehicle)]:
            thing.failures = self.linked(failures, record.first_mode, record.modes)
        curves = [self.curve(record) for record in self.world.learning]
        operations = self.operations(items, skills, tools, stations, lanes, curves)
        self.plan(machines, operations)
        releases = [self.release(number, record, items, operations) for number, record in enumerate(self.world.release)]
        launchers = [self.launcher(record, releases) for record in self.world.launcher]
        conveyors = [self.conveyor(number, record) for number, record in enumerate(self.world.conveyor)]
        for calendar, record in zip(calendars, self.world.calendar):
            calendar.stations = self.linked(stations, record.first_station, record.stations)
            calendar.crews = self.linked(crews, record.first_crew, record.crews)
            calendar.overtime = self.overtime(record, stations, items)
            calendar.carriers = self.linked(carriers, record.first_carrier, record.carriers)
        return Plant(
            items=items,
            skills=skills,
            crews=crews,
            tools=tools,
            stations=stations,
            machines=machines,
            failures=failures,
            operations=operations,
            releases=releases,
            launchers=launchers,
            calendars=calendars,
            comings=self.comings({MACHINE_DATE: machines, CREW_DATE: crews, TOOL_DATE: tools, CARRIER_DATE: carriers}),
            carriers=carriers,
            conveyors=conveyors,
            ways=self.ways(stations, carriers, conveyors),
            demands=[self.demand(number, record, items) for number, record in enumerate(self.world.demand)],
        )

    def item(self, number, record):
        offers = range(record.first_offer, record.first_offer + record.offers)
        return Item(
            number=number,
            room=int(record.room),
            policy=int(record.policy),
            reorder_point=int(record.reorder),
            lot=int(record.lot),
            serial=bool(record.serial),
            offers=[self.offer(row, self.world.offer[row]) for row in offers],
            stock=int(record.stock),
        )

    def offer(self, number, record):
        rows = self.world.outage[record.first_outage : record.first_outage + record.outages]
        outages = [(int(row.start), int(row.end), float(row.left)) for row in rows]
        return Offer(number, self.law_at(record.law), int(record.gap), int(record.quantity), outages)

    def calendar(self, number, record):
        changes = self.links[record.first_change : record.first_change + record.changes]
        ends = self.links[record.first_end : record.first_end + record.changes] if record.rules > 0 else []
        return Calendar(number, changes, bool(record.on), [bool(end) for end in ends])

    def overtime(self, record, stations, items):
        return [
            Overtime(
                queue=at(stations, row.queue),
                backlog=at(items, row.backlog),
                above=int(row.above),
                extra=int(row.extra),
                begin=int(row.from_time),
                end=int(row.until_time),
            )
            for row in self.world.overtime[record.first_rule : record.first_rule + record.rules]
        ]

    def crew(self, number, record, calendars):
        crew = Crew(number, int(record.people), float(record.absence), at(calendars, record.calendar))
        crew.away = bool(record.away)
        return crew

    def curve(self, record):
        count = int(record.start) + int(record.count)
        return Curve(float(record.exponent), float(record.fixed), float(record.scale), int(record.plateau), count)

    def tool(self, number, record):
        laws = [self.law_at(law) for law in (record.setup_law, record.repair_law, record.return_law)]
        tool = Tool(number, int(record.life), *laws)
        tool.units = [Unit(tool) for _ in range(record.units)]
        tool.is_there = bool(record.number)
        return tool

    def needs(self, skills, first, count):
        return [(skills[row.skill], int(row.amount)) for row in self.world.need[first : first + count]]

    def station(self, number, record, calendars, skills, lanes):
        return Station(
            number=number,
            rule=int(record.rule),
            room=int(record.room),
            end_of_shift=int(record.end_of_shift),
            calendar=at(calendars, record.calendar),
            setups=self.setups(record),
            setup_people=self.needs(skills, record.first_setup_need, record.setup_needs),
            most_in_batch=int(record.batch_max),
            fewest_in_batch=int(record.batch_min),
            longest_wait=int(record.batch_wait),
            accepts_while_down=bool(record.accepts_down),
            locked=bool(record.locked),
            looks_ahead=bool(record.before_service),
            differs_by_item=bool(record.restricted),
            lanes=lanes[record.first_lane : record.first_lane + record.lanes],
        )

    def setups(self, record):
        """Law of the change from each family (and from none, NONE) to each family, where one is needed."""
        if record.first_setup == NONE:
            return {}
        families = range(record.families)
        found = {}
        for row, before in enumerate([NONE, *families]):
            for to in families:
                law = self.law_at(self.links[record.first_setup + row * record.families + to])
                if law is not None and before != to:
                    found[before, to] = law
        return found

    def machine(self, number, record, stations, items):
        station = stations[record.station]
        may = None
        if station.differs_by_item:
            may = {item for item in items if self.world.qualified[number, item.number]}
        days = (int(record.from_time), int(record.until_time))
        machine = Machine(number, int(record.ordinal), station, float(record.speed), may, *days)
        station.machines.append(machine)
        return machine

    def failures(self, stations, machines, carriers, vehicles, skills):
        found = [
            self.failure(number, record, stations, machines, carriers, vehicles, skills)
            for number, record in enumerate(self.world.mode)
        ]
        for failure, record in zip(found, self.world.mode):
            failure.renews = self.linked(found, record.first_renewed, record.renewed)
        return found

    def failure(self, number, record, stations, machines, carriers, vehicles, skills):
        carrier = at(carriers, record.carrier)
        is_of_station = carrier is None and record.station < len(stations)
        return Failure(
            number=number,
            place=int(record.station) if carrier is None else len(stations) + carrier.number,
            ordinal=int(record.ordinal),
            station=stations[record.station] if is_of_station else None,
            carrier=carrier,
            members=self.linked(machines if carrier is None else vehicles, record.first_member, record.members),
            uptime=self.law_at(record.law),
            repair=self.law_at(record.repair_law),
            by=int(record.by),
            then=int(record.then),
            from_start=bool(record.from_start),
            runs_off_shift=bool(record.runs_off_shift),
            people=self.needs(skills, record.first_need, record.needs),
            planned=bool(record.planned),
            interrupts=bool(record.interrupts),
            skips_off_shift=bool(record.skips_off_shift),
            during_repair=int(record.during_repair),
            dates=self.links[record.first_date : record.first_date + record.dates],
        )

    def operations(self, items, skills, tools, stations, lanes, curves):
        found = [
            self.operation(number, record, items, skills, tools, stations, lanes, curves)
            for number, record in enumerate(self.world.operation)
        ]
        for operation, record in zip(found, self.world.operation):
            operation.next = goal(found, record.next)
            operation.otherwise = goal(found, record.otherwise)
            operation.past_tries = goal(found, record.past_tries)
            operation.sample_otherwise = goal(found, record.sample_otherwise)
            operation.sample_past = goal(found, record.sample_past)
            operation.laboratory = at(found, record.sample_operation)
            operation.sampled = at(found, record.owner)
        return found

    def operation(self, number, record, items, skills, tools, stations, lanes, curves):
        choices = self.world.choice[record.first_choice : record.first_choice + record.choices]
        kit = self.world.kit[record.first_kit : record.first_kit + record.kits]
        gives = self.world.give[record.first_give : record.first_give + record.gives]
        held = self.world.tool_need[record.first_tool : record.first_tool + record.tools]
        return Operation(
            number=number,
            item=items[record.item_],
            places=[(stations[row.station], lanes[row.lane]) for row in choices],
            work=self.law_at(record.law),
            per_piece=bool(record.per_piece),
            family=int(record.family),
            kit=[(items[row.item_], int(row.pieces), int(row.options)) for row in kit],
            gives=[(items[row.item_], int(row.pieces)) for row in gives],
            people=self.needs(skills, record.first_need, record.needs),
            attendants=self.needs(skills, record.first_attend, record.attends),
            loading=self.law_at(record.load_law),
            unloading=self.law_at(record.unload_law),
            tools=[(tools[row.tool], int(row.number)) for row in held],
            good=self.shares[record.first_good : record.first_good + record.goods],
            hides_defects=bool(record.hidden),
            inspects=bool(record.inspects),
            miss=float(record.miss),
            false_reject=float(record.false_reject),
            mends=float(record.mends),
            tries=int(record.tries),
            sample_every=int(record.sample_every),
            sample_good=float(record.sample_good),
            sample_tries=int(record.sample_tries),
            transfer=int(record.transfer),
            curves=self.linked(curves, record.first_curve, record.curves),
            hand_curves=self.linked(curves, record.first_curve + record.curves, record.hand_curves),
        )

    def plan(self, machines, operations):
        """Who goes where in which order, if a plan says so."""
        jobs = {}
        for operation, record in zip(operations, self.world.visit):
            if record.job != NONE:
                operation.job = jobs.setdefault(int(record.job), Job([]))
                operation.job.operations.append(operation)
            if record.lane != NONE:
                operation.is_planned = True
                operation.planned_on = at(machines, record.machine)
                operation.not_before, operation.rest = int(record.not_before), int(record.rest)
                operation.places[0][1].planned.append(operation)
        for machine in machines:
            mine = [operation for operation in operations if operation.planned_on is machine]
            machine.plan = [lane for lane in machine.station.lanes if any(lane is each.places[0][1] for each in mine)]

    def release(self, number, record, items, operations):
        rows = self.world.opening[record.first_opening : record.first_opening + record.openings]
        item = items[record.item_]
        item.release = Release(
            number=number,
            item=item,
            operation=operations[record.operation],
            kind=int(record.kind),
            between=self.law_at(record.law),
            group=self.law_at(record.group_law),
            loses=bool(record.loses),
            blocks=bool(record.blocks),
            cap=int(record.cap),
            pieces=int(record.pieces),
            weight=float(record.weight),
            options=self.shares[record.first_option : record.first_option + record.options],
            openings=[(int(row.time), int(row.due), int(row.pieces), at(operations, row.operation)) for row in rows],
            pending=int(record.pending),
        )
        return item.release

    def launcher(self, record, releases):
        launcher = Launcher(int(record.kind), self.linked(releases, record.first, record.count))
        for release in launcher.releases:
            release.launcher = launcher
        return launcher

    def carrier(self, number, record, calendars, skills):
        return Carrier(
            number=number,
            load=int(record.load),
            way_back=self.law_at(record.return_law),
            calendar=at(calendars, record.calendar),
            people=self.needs(skills, record.first_need, record.needs),
            away=bool(record.away),
        )

    def vehicle(self, record, carriers):
        vehicle = Vehicle(int(record.ordinal), carriers[record.carrier])
        vehicle.carrier.vehicles.append(vehicle)
        return vehicle

    def comings(self, things):
        """What comes or leaves at dates, in order of time."""
        found = []
        for row in self.world.coming:
            by = int(row.on) if row.kind == TOOL_DATE or row.on else -1
            found.append(Coming(int(row.time), things[int(row.kind)][row.who], by))
        return found

    def conveyor(self, number, record):
        return Conveyor(number, int(record.room), int(record.transit), int(record.gap))

    def ways(self, stations, carriers, conveyors):
        """The way between each two stations between which things travel."""
        ways = [
            Way(number, self.law_at(record.law), at(carriers, record.carrier), at(conveyors, record.conveyor))
            for number, record in enumerate(self.world.travel)
        ]
        if not ways:
            return {}
        return {
            (start, end): ways[self.world.route[start.number, end.number]]
            for start in stations
            for end in stations
            if self.world.route[start.number, end.number] != NONE
        }

    def demand(self, number, record, items):
        rows = self.world.order[record.first_order : record.first_order + record.orders]
        return Demand(
            number=number,
            item=items[record.item_],
            between=self.law_at(record.law),
            pieces=self.law_at(record.pieces_law),
            loses=bool(record.loses),
            orders=[(int(row.time), int(row.pieces)) for row in rows],
        )


def at(things, number):
    """The thing of that number; None where the arrays say NONE."""
    return None if number == NONE else things[number]


def goal(operations, code):
    """Where parts go: an operation, or one of the codes DONE, SCRAP and SAMPLE_END."""
    return operations[code] if code >= 0 else int(code)
