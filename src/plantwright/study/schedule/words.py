"""Schedules in sentences."""

from __future__ import annotations

from plantwright.compile.schedule.names import Gate
from plantwright.model.naming import called, thing_called, without_details
from plantwright.problems.schedule import NONE
from plantwright.study.schedule.made import Made
from plantwright.units import show_duration

WEEKDAY = "%a %H:%M"


def moment(made: Made, tick: int) -> str:
    """A moment as a planner says it: ``Mon 06:00``, with its date from the second week on."""
    told = made.lowered.clock.wall(tick)
    return f"{told:%a %H:%M}" if tick < 7 * 86_400 else f"{told:%a %d %b %H:%M}"


def bar_called(made: Made, index: int) -> str:
    """An operation of a lot: ``trim of A-17/2``."""
    step = made.lowered.steps[index]
    if isinstance(step, Gate):
        return f"{thing_called(made.lowered.plant, step.item)}"
    return f"{step.operation.name or step.operation.op} of {made.lot(index).name}"


def machine_called(made: Made, index: int) -> str:
    """The machine of a bar as people call it: ``Outdoor flight test bay/2``; its station where that has no other."""
    mode = int(made.schedule.mode[index])
    plant, machine = made.lowered.plant, int(made.lowered.problem.modes.machine[mode])
    station = called(plant.stations, made.lowered.stations[mode])
    if machine == NONE or plant.stations[made.lowered.stations[mode]].machine_count == 1:
        return station
    each = made.lowered.equipment[machine]
    return f"{station}/{each.machine.name or each.number}"


def why(made: Made, index: int) -> str:
    """What a bar waited for, in a sentence."""
    reason = made.reason[index]
    other, since = reason.other, moment(made, reason.since)
    begins = moment(made, int(made.schedule.start[index]))
    match reason.kind:
        case "start":
            return "nothing: it begins with the schedule"
        case "release":
            return f"its order, which is released {since}"
        case "missing":
            return f"{bar_called(made, other)}, which comes {since}" if other != NONE else "what is missing"
        case "predecessor" | "part":
            return _before(made, index, other)
        case "machine":
            until = moment(made, int(made.schedule.end[other]))
            return f"{machine_called(made, index)}, which does {bar_called(made, other)} until {until}"
        case "setup":
            took = show_duration(made.reasons.setup_time(index))
            return f"its setup of {took} on {machine_called(made, index)}{_and_before(made, other)}"
        case "calendar":
            return f"working time: ready {since}, open {begins}{_and_before(made, other)}"
        case "batch":
            return f"{bar_called(made, other)}, with which it shares its batch"
        case "crew" | "tool" | "places":
            return _pool(made, reason.kind, reason.what, other)
        case "within":
            begun = moment(made, int(made.schedule.start[other]))
            return f"{bar_called(made, other)}, which has to begin soon after it and cannot before {begun}"
        case "fixed":
            return "nothing: it stays where it was"
        case _:
            return f"nothing that was taken: it could begin {since} and was put later for the sake of the goals"


def _before(made: Made, index: int, other: int) -> str:
    """What came before it, and what lies between."""
    until = moment(made, int(made.schedule.end[other]))
    lag = int(made.schedule.start[index]) - int(made.schedule.end[other])
    between = f" and {show_duration(lag)} on the way or at rest" if lag > 0 else ""
    begun = ", of which the first pieces are there" if lag < 0 else ""
    return f"{bar_called(made, other)} until {until}{between}{begun}"


def _and_before(made: Made, other: int) -> str:
    return f"; before that, {bar_called(made, other)}" if other != NONE else ""


def _pool(made: Made, kind: str, what: str, other: int) -> str:
    """Who or what was all taken, and who let it go."""
    plant = made.lowered.plant
    named = {
        "crew": " or ".join(called(plant.skills, name) for name in what.split(" or ")),
        "tool": called(plant.tools, what),
        "places": f"places of {without_details(called(plant.stations, what))}",
    }[kind]
    if other == NONE:
        return f"{named}: all taken"
    return f"{named}: all taken until {bar_called(made, other)} let go {moment(made, int(made.schedule.end[other]))}"
