"""Parts in process: each is something that the plant makes, at a place where it can be."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from plantwright.errors import Finding, nearest
from plantwright.model.checks.fault import fault, listed
from plantwright.model.fits.absent import absent
from plantwright.model.fits.known import Known
from plantwright.model.state import DONE, Part


def names(known: Known) -> Iterator[Finding]:
    """Names in parts that nothing in the plant bears."""
    plant = known.plant
    for here, part in known.parts():
        if part.item not in known.things:
            yield absent(f"{here}.item", "item or product", part.item, known.things)
        for field, name, what, valid in (
            ("station", part.station, "station", plant.stations),
            ("from", part.from_, "station", plant.stations),
            ("machine", part.machine, "machine", known.machines),
            ("vehicle", part.vehicle, "vehicle", known.vehicles),
            ("carrier", part.carrier, "carrier", plant.carriers),
            ("conveyor", part.conveyor, "conveyor", plant.conveyors),
        ):
            if name is not None and name not in valid:
                yield absent(f"{here}.{field}", what, name, valid)
        yield from _options(known, here, part)


def _options(known: Known, here: str, part: Part) -> Iterator[Finding]:
    mixes = getattr(known.things.get(part.item), "options", {})
    for option, value in part.options.items():
        if option not in mixes:
            yield absent(f"{here}.options.{option}", f"option of {part.item}", option, mixes)
        elif value not in mixes[option]:
            yield absent(f"{here}.options.{option}", f"value of {option}", value, mixes[option])


def operations(known: Known) -> Iterator[Finding]:
    """Parts whose operation is gone, or which nothing makes any more: they are told, never dropped."""
    for here, part in known.parts():
        if part.item not in known.things:
            continue
        route = known.route(part.item)
        if not route:
            yield fault(
                "E281",
                f"{here}.item",
                f'{_so_many(part)} of "{part.item}" are in process, but no route makes it',
                "Give it a made-by, or take them out of the state.",
            )
            continue
        ops = [operation.op for operation in route]
        for field, op in (("op", part.op), ("tried", part.tried), ("sample-of", part.sample_of)):
            if op is not None and op not in ops and not (field == "op" and op == DONE):
                yield fault(
                    "E282",
                    f"{here}.{field}",
                    f'{_so_many(part)} of "{part.item}" are at "{op}", which its route does not have',
                    f"Send them to one of {listed(ops)}, or take them out of the state.",
                    near=nearest(op, ops),
                )


def _so_many(part: Part) -> str:
    return f"{part.count} part{'' if part.count == 1 else 's'}"


def places(known: Known) -> Iterator[Finding]:
    """Parts at a station or machine that does not do their operation."""
    for here, part in known.parts():
        operation = known.operation(part.item, part.op)
        if operation is None or part.status == "held":
            continue
        able = operation.stations
        station = part.station
        if part.status == "in-work" and part.machine in known.machines:
            station = known.machines[part.machine].station
            only = known.machines[part.machine].machine.only
            thing = known.things[part.item]
            if only and part.item not in only and thing.made_by not in only:
                yield fault(
                    "E284",
                    f"{here}.machine",
                    f'"{part.machine}" works on {listed(only)} only, not on "{part.item}"',
                    f"Put the part on another machine of {station}.",
                )
        if station is None and len(able) > 1:
            yield fault(
                "E283",
                here,
                f'"{part.op}" of "{part.item}" can be done at {listed(able)}; it is not said where this part is',
                "Add station.",
            )
        elif station is not None and station not in able and station in known.plant.stations:
            yield fault(
                "E283",
                f"{here}.{'machine' if part.status == 'in-work' else 'station'}",
                f'"{station}" does not do "{part.op}" of "{part.item}"',
                f"Put the part at {listed(able)}.",
                near=nearest(station, able),
            )


def machines(known: Known) -> Iterator[Finding]:
    """Machines with more on them than they can hold, or in work and finished at once."""
    on: defaultdict[str, list[tuple[str, Part]]] = defaultdict(list)
    for here, part in known.parts():
        if part.machine in known.machines:
            on[part.machine or ""].append((here, part))
    for machine, found in on.items():
        in_work = [(here, part) for here, part in found if part.status == "in-work"]
        here = found[-1][0]
        if in_work and len(in_work) < len(found):
            yield fault(
                "E285",
                here,
                f'"{machine}" has a part in work and a finished one, which cannot be',
                "Take one of them off, or put both in the same status.",
            )
        batch = known.plant.stations[known.machines[machine].station].batch
        most = 1 if batch is None else batch.max
        pieces = sum(part.count * (known.pieces(part) if batch else 1) for _, part in in_work)
        if pieces > most:
            yield fault(
                "E285",
                here,
                f'"{machine}" has {pieces} {"pieces" if batch else "parts"} in work; it holds {most}',
                "Put the others into the queue, or on other machines.",
            )
        elif len({part.op for _, part in in_work}) > 1 and batch is None:
            yield fault("E285", here, f'"{machine}" is at two operations at once', "Keep one of the parts on it.")


def times(known: Known) -> Iterator[Finding]:
    """Moments that lie on the wrong side of the state's own."""
    at = known.state.at
    for here, part in known.parts():
        for field, moment in (("since", part.since), ("entered", part.entered)):
            if moment is not None and moment > at:
                yield fault(
                    "E286",
                    f"{here}.{field}",
                    f"it lies after the moment of the state, {at:%Y-%m-%d %H:%M}",
                    "Give an earlier one.",
                )
        if part.arrives is not None and part.arrives < at:
            yield fault(
                "E286",
                f"{here}.arrives",
                f"it lies before the moment of the state, {at:%Y-%m-%d %H:%M}",
                "Give a later one, or let the part wait where it has arrived.",
            )
        if part.defects is not None and part.defects > known.pieces(part):
            yield fault(
                "E287",
                f"{here}.defects",
                f"{part.defects} pieces are defective in a part of {known.pieces(part)}",
                "Lower it, or leave it out: it is drawn then.",
            )


def ways(known: Known) -> Iterator[Finding]:
    """Parts under way where nothing leads, or on what does not lead there."""
    for here, part in known.parts():
        goal = known.station_of(part)
        moving = part.status == "under-way" or part.carrier is not None
        if not moving or part.from_ not in known.plant.stations or goal not in known.plant.stations:
            continue
        means = _means(known, part.from_ or "", goal or "")
        named = part.conveyor or part.carrier or (known.vehicles.get(part.vehicle) if part.vehicle else None)
        if not means and part.arrives is None:
            yield fault(
                "E288",
                here,
                f'nothing leads from "{part.from_}" to "{goal}"',
                "Add a travel to the plant, say when it arrives, or let the part wait there.",
            )
        elif means and named is not None and named not in means:
            yield fault(
                "E288",
                here,
                f'from "{part.from_}" to "{goal}" parts do not go by "{named}"',
                "Correct the stations or what it goes by.",
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


def lots(known: Known) -> Iterator[Finding]:
    """Parts held after an operation that holds none, and samples of operations that take none."""
    for here, part in known.parts():
        operation = known.operation(part.item, part.op)
        in_lot = ".lot." in here
        if operation is None:
            continue
        if part.status == "held" and not in_lot:
            size = operation.sample.every if operation.sample else operation.transfer or 1
            if size <= 1:
                yield fault(
                    "E290",
                    f"{here}.op",
                    f'no part is held after "{part.op}" of "{part.item}"',
                    "Let it wait for its next operation.",
                )
            elif part.count >= size:
                yield fault(
                    "E290",
                    here,
                    f'{part.count} parts are held after "{part.op}", where a lot of {size} goes on at once',
                    "Let them wait for their next operation.",
                )
        if part.sample_of is not None:
            sampled = known.operation(part.item, part.sample_of)
            if sampled is not None and (sampled.sample is None or part.op not in sampled.sample.operations):
                yield fault(
                    "E290",
                    f"{here}.sample-of",
                    f'"{part.op}" is no laboratory of "{part.sample_of}"',
                    "Name the operation whose sample it is.",
                )
