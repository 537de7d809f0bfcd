"""Parts in process: each is something that the plant makes, at a place where it can be."""

from __future__ import annotations

from collections import defaultdict
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
