"""Accumulating conveyors (mechanism 12): parts get on at their begin, run to their end, and queue up there."""

from __future__ import annotations

from plantwright.codes import CONVEYED, PLACE_FREE, SET_OUT
from tests.oracle import move


def between(run, start, goal):
    """The conveyor from a station to another; None without."""
    way = run.plant.ways.get((start, goal))
    return way.conveyor if way else None


def has_place(belt):
    """Whether there is a place that no part has and no machine keeps."""
    return len(belt.parts) + belt.kept < belt.room


def can_get_on(run, belt):
    """Whether a part can get on now: there is a place, and the part before it has moved on by one gap."""
    return has_place(belt) and run.now >= belt.begin_free


def get_on(run, part, way):
    belt = way.conveyor
    move.come_off(run, part)
    run.note(SET_OUT, part=part, who=part.place[0].number, what=way.number, value=part.pieces)
    way.trips += 1
    part.conveyor = belt
    part.at_end = run.now + belt.transit
    belt.parts.append(part)
    belt.begin_free = run.now + belt.gap
    run.schedule(belt.begin_free, PLACE_FREE, begin_is_free)
    if belt.parts[0] is part:
        plan_end(run, belt)


def begin_is_free(run):
    """Whoever waits for that sees it when the plant settles."""


def plan_end(run, belt):
    """The first part is at the end when it has run there, and touches nobody who has just got off."""
    run.schedule(max(belt.parts[0].at_end, belt.end_free), CONVEYED, reach_end, belt)


def get_off(run, part):
    """The first part leaves the end; those behind it run on."""
    belt = part.conveyor
    belt.parts.remove(part)
    part.conveyor = None
    belt.end_free = run.now + belt.gap
    if belt.parts:
        plan_end(run, belt)


def reach_end(run, belt):
    """The first part is at the end: it passes as from a machine, or waits there."""
    move.pass_or_wait(run, belt.parts[0], belt.parts[0].place[0])
