"""What machines, vehicles and tools are at, and how far their ways to fail are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from plantwright.errors import Finding
from plantwright.model.checks.fault import fault, listed
from plantwright.model.failure import Failure, Maintenance
from plantwright.model.fits.absent import absent
from plantwright.model.fits.known import Known
from plantwright.model.route import Operation
from plantwright.model.state import Ageing, Condition


def names(known: Known) -> Iterator[Finding]:
    """Names of machines, vehicles, tools and crews that nothing in the plant bears."""
    state, plant = known.state, known.plant
    for field, written, what, valid in (
        ("machines", state.machines, "machine", known.machines),
        ("vehicles", state.vehicles, "vehicle", known.vehicles),
        ("tools", state.tools, "tool", known.tools),
    ):
        for name in written:
            if name not in valid:
                yield absent(f"{field}.{name}", what, name, valid)
    for name, tooling in state.tools.items():
        if tooling.machine is not None and tooling.machine not in known.machines:
            here = f"tools.{name}.machine"
            yield absent(here, "machine", tooling.machine, known.machines)
    crews = [(f"machines.{name}", each.crews) for name, each in state.machines.items()]
    crews += [(f"vehicles.{name}", ride.crews) for name, ride in state.vehicles.items()]
    crews += [(f"failures.{index}", ageing.crews) for index, ageing in enumerate(state.failures)]
    for here, named in crews:
        for crew in named:
            if crew not in plant.crews:
                yield absent(f"{here}.crews", "crew", crew, plant.crews)


def machines(known: Known) -> Iterator[Finding]:
    """Machines in a phase that they cannot be in, set up for what they never do, or that keep a place elsewhere."""
    at_work = {part.machine: part for _, part in known.parts() if part.status == "in-work"}
    for name, condition in known.state.machines.items():
        if name not in known.machines:
            continue
        here = f"machines.{name}"
        station = known.machines[name].station
        families = known.families(station)
        if condition.family is not None and condition.family not in families:
            yield absent(f"{here}.family", f"family at {station}", condition.family, families)
        part = at_work.get(name)
        operation = known.operation(part.item, part.op) if part else None
        if part is None and (condition.elapsed or condition.remaining or condition.overtime or condition.asks):
            yield fault(
                "E291",
                here,
                f'"{name}" has nothing in work, but is said to be at something',
                f'Add the part, with "machine: {name}", or leave these fields out.',
            )
        elif operation is not None:
            yield from _phase(known, here, condition, station, operation)
        if condition.keeps is not None and condition.keeps not in known.plant.stations:
            yield absent(f"{here}.keeps", "station", condition.keeps, known.plant.stations)


def _phase(known: Known, here: str, condition: Condition, station: str, operation: Operation) -> Iterator[Finding]:
    """A phase that the operation does not have, and people who are not as many as it asks for."""
    attended, setup = operation.attended, known.plant.stations[station].setup
    mounts = any(known.plant.tools[tool].setup for tool in operation.tools if tool in known.plant.tools)
    phases = {
        "setup": setup is not None or mounts,
        "load": attended is not None and attended.load is not None,
        "unload": attended is not None and attended.unload is not None,
        "work": True,
    }
    if not phases[condition.phase]:
        able = listed(phase for phase, there in phases.items() if there)
        yield fault("E292", f"{here}.phase", f'"{operation.op}" has no {condition.phase}', f"Its phases are {able}.")
    if condition.phase == "setup":
        needs = len(setup.people) if setup else 0
    else:
        needs = len(operation.people) + (len(attended.people) if attended and condition.phase != "work" else 0)
    if condition.crews and len(condition.crews) != needs:
        yield _other_people(f"{here}.crews", len(condition.crews), needs)


def _other_people(path: str, named: int, needs: int) -> Finding:
    return fault(
        "W521",
        path,
        f"{named} crews are named, but people of {needs} skills are needed",
        "They are chosen anew.",
    )


def lasting(known: Known) -> Iterator[Finding]:
    """Work that has lasted longer than it can take."""
    for _, part in known.parts():
        condition = known.state.machines.get(part.machine or "")
        operation = known.operation(part.item, part.op)
        if part.status != "in-work" or condition is None or operation is None or part.machine not in known.machines:
            continue
        law = operation.law
        is_fixed = law is not None and law.kind == "constant" and condition.phase == "work"
        if not is_fixed or law is None or condition.elapsed is None or condition.remaining is not None:
            continue
        pieces = known.pieces(part) if operation.per == "piece" else 1
        most = law.mean * pieces / known.machines[part.machine or ""].machine.speed
        if condition.elapsed.base > most * (1 + 1e-9):
            yield fault(
                "W522",
                f"machines.{part.machine}.elapsed",
                f'"{operation.op}" has lasted {condition.elapsed}, but takes {law}',
                "It ends at once.",
            )


def failures(known: Known) -> Iterator[Finding]:
    """Ways to fail that the plant does not have, or that count otherwise."""
    seen: Counter[tuple[str, str]] = Counter()
    owners = {**dict.fromkeys(known.stops), **dict.fromkeys(known.plant.shared_failures)}
    for index, ageing in enumerate(known.state.failures):
        here = f"failures.{index}"
        if not ageing.owner:
            several = known.plant.shared_failures
            if ageing.failure not in several:
                yield absent(f"{here}.failure", "shared failure", ageing.failure, several)
            continue
        if ageing.owner not in known.stops:
            yield absent(here, "machine, vehicle, station or carrier", ageing.owner, owners)
            continue
        ways = known.stops[ageing.owner]
        if ageing.failure not in ways:
            yield absent(f"{here}.failure", f"failure of {ageing.owner}", ageing.failure, ways)
            continue
        yield from _counting(here, ageing, ways[ageing.failure])
        seen[ageing.owner, ageing.failure] += 1
        if seen[ageing.owner, ageing.failure] == 2:
            yield fault("E293", here, f'"{ageing.failure}" of "{ageing.owner}" is there twice', "Keep one of the two.")


def _counting(here: str, ageing: Ageing, way: Failure | Maintenance) -> Iterator[Finding]:
    """How far a way to fail is, by the clock that it counts."""
    by_count = way.uptime.by == "operations" if isinstance(way, Failure) else way.every_operations is not None
    said = "age" if ageing.age is not None else "operations" if ageing.operations is not None else None
    if said == ("age" if by_count else "operations"):
        wanted = "operations" if by_count else "time"
        field = "operations" if by_count else "age"
        yield fault(
            "E294",
            f"{here}.{said}",
            f'"{ageing.failure}" counts {wanted}',
            f"Give {field} instead.",
        )
    if ageing.is_due and isinstance(way, Failure):
        yield fault(
            "E294",
            f"{here}.is-due",
            f'"{ageing.failure}" is a failure: it strikes, and is never due',
            "Say for how long it has been down, or leave it out.",
        )
    if ageing.crews and len(ageing.crews) != len(way.people):
        yield _other_people(f"{here}.crews", len(ageing.crews), len(way.people))


def tools(known: Known) -> Iterator[Finding]:
    """More tools in use than there are."""
    used: Counter[str] = Counter()
    seen = set()
    for _, part in known.parts():
        operation = known.operation(part.item, part.op)
        if part.status == "in-work" and operation is not None and part.machine not in seen:
            seen.add(part.machine)
            used.update(operation.tools)
    away = Counter(known.tools[name] for name, each in known.state.tools.items() if each.away and name in known.tools)
    for name, tool in known.plant.tools.items():
        if used[name] + away[name] > tool.number:
            yield fault(
                "E295",
                "tools",
                f'{used[name]} of "{name}" are in use and {away[name]} away; there are {tool.number}',
                "Take parts off machines that need it, or say that fewer are away.",
            )
