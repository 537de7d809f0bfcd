"""Parts between their operations: under way, on what goes there, before what is full, in lots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from plantwright.errors import Finding
from plantwright.model.checks.fault import fault
from plantwright.model.fits.known import Known
from plantwright.model.state import Part


def ways(known: Known) -> Iterator[Finding]:
    """Parts under way where nothing leads, or on what does not lead there."""
    for here, part in known.parts():
        start, goal = _start(known, part), known.station_of(part)
        named = part.conveyor or part.carrier or (known.vehicles.get(part.vehicle) if part.vehicle else None)
        if part.status == "under-way" or named is not None:
            if start not in known.plant.stations or goal not in known.plant.stations:
                continue
            means = _means(known, start or "", goal or "")
            if named is not None and named not in means:
                yield fault(
                    "E288",
                    here,
                    f'from "{start}" to "{goal}" parts do not go by "{named}"',
                    "Correct the stations or what it goes by.",
                )
            elif not means and part.arrives is None:
                yield fault(
                    "E288",
                    here,
                    f'nothing leads from "{start}" to "{goal}"',
                    "Add a travel to the plant, say when it arrives, or let the part wait there.",
                )


def _start(known: Known, part: Part) -> str | None:
    """The station that a part comes from."""
    return known.machines[part.machine].station if part.machine in known.machines else part.from_


def origins(known: Known) -> Iterator[Finding]:
    """Parts that stand nowhere: blocked, held or on a vehicle, but neither on a machine nor come from a station."""
    for here, part in known.parts():
        stands = part.status in ("blocked", "held") or part.vehicle is not None or part.conveyor is not None
        if stands and part.machine is None and part.from_ is None and ".lot." not in here:
            operation = known.operation(part.item, part.op)
            able = operation.stations if operation is not None and part.status == "held" else known.plant.stations
            yield fault(
                "E278",
                here,
                f"it is not said where this part is {part.status.replace('-', ' ')}",
                f'Add "from: {next(iter(able), "station")}" (the station it comes from), or the machine it is on.',
            )


def _means(known: Known, start: str, end: str) -> set[str | None]:
    """By what one gets from a station to another: carriers and conveyors, None on foot; empty without a way."""
    plant = known.plant
    names = [_names_of(known, station) for station in (start, end)]
    return {way.carrier or way.conveyor for way in plant.travel if way.from_ in names[0] and way.to in names[1]}


def _names_of(known: Known, station: str) -> set[str]:
    """Under which names a way may mean a station: its own, its shop's, its site's."""
    shop = known.plant.stations[station].shop
    site = known.plant.shops[shop].site if shop in known.plant.shops else None
    return {name for name in (station, shop, site) if name is not None}


def crowds(known: Known) -> Iterator[Finding]:
    """More parts than fit on vehicles and conveyors, and queues longer than their room."""
    aboard: Counter[str] = Counter()
    queued: Counter[str] = Counter()
    for _, part in known.parts():
        for place in (part.vehicle, part.conveyor):
            if place is not None:
                aboard[place] += part.count
        if part.status == "waiting":
            queued[known.station_of(part) or ""] += part.count
    loads = {name: known.plant.carriers[carrier].load for name, carrier in known.vehicles.items()}
    rooms = {name: int(belt.length.base / belt.spacing.base + 1e-9) for name, belt in known.plant.conveyors.items()}
    for place, most in {**loads, **rooms}.items():
        if aboard[place] > most:
            yield fault(
                "E289", "parts", f'{aboard[place]} parts are on "{place}", which holds {most}', "Take some of them off."
            )
    for name, station in known.plant.stations.items():
        if station.room is not None and queued[name] > station.room:
            yield fault(
                "W520",
                "parts",
                f'{queued[name]} parts wait before "{name}", which has room for {station.room}',
                "Nothing enters until there is room again.",
            )


def belts(known: Known) -> Iterator[Finding]:
    """Parts that stand at the end of a conveyor behind others."""
    on: set[str] = set()
    for here, part in known.parts():
        if part.conveyor is None:
            continue
        if part.status == "blocked" and (part.conveyor in on or part.count > 1):
            yield fault(
                "E289",
                here,
                f'only the foremost part on "{part.conveyor}" can stand at its end; others are before this one',
                "Name it first, or let it be under way.",
            )
        on.add(part.conveyor)


def lots(known: Known) -> Iterator[Finding]:
    """Parts held after an operation that holds none, or as many as go on at once."""
    held: Counter[tuple[str, str, str | None]] = Counter()
    for here, part in known.parts():
        operation = known.operation(part.item, part.op)
        if operation is None or part.status != "held" or ".lot." in here:
            continue
        size = operation.sample.every if operation.sample else operation.transfer or 1
        held[part.item, part.op, part.sample_of] += part.count
        count = held[part.item, part.op, part.sample_of]
        if size <= 1:
            yield fault(
                "E290",
                f"{here}.op",
                f'no part is held after "{part.op}" of "{part.item}"',
                "Let it wait for its next operation.",
            )
        elif count >= size:
            yield fault(
                "E290",
                here,
                f'{count} parts are held after "{part.op}", where a lot of {size} goes on at once',
                "Let them wait for their next operation.",
            )


def samples(known: Known) -> Iterator[Finding]:
    """Samples of operations that take none, or take them elsewhere."""
    for here, part in known.parts():
        if part.sample_of is not None:
            sampled = known.operation(part.item, part.sample_of)
            if sampled is not None and (sampled.sample is None or part.op not in sampled.sample.operations):
                yield fault(
                    "E290",
                    f"{here}.sample-of",
                    f'"{part.op}" is no laboratory of "{part.sample_of}"',
                    "Name the operation whose sample it is.",
                )
