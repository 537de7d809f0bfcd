"""The state of a machine (mechanism 15), and the reason for which machines have nothing to do."""

from __future__ import annotations

from plantwright.codes import (
    BLOCKED,
    BUSY,
    DOWN,
    EMPTY,
    FINISHED,
    IDLE,
    IDLE_BECAUSE,
    IN_SETUP,
    MAINTENANCE,
    OFF,
    PEOPLE,
    SETUP,
    STATE,
)


def present_state(machine):
    """The first that fits, in the order of precedence; with nothing to do a machine is IDLE, its station knows why."""
    if machine.absent or (not machine.station.on and not machine.running):
        return OFF
    if machine.stops_now > 0:
        return MAINTENANCE if machine.maintenance_now > 0 else DOWN
    if machine.phase == FINISHED:
        return BLOCKED
    if machine.asking:
        return PEOPLE
    if machine.phase == EMPTY:
        return IDLE
    return SETUP if machine.phase == IN_SETUP else BUSY


def settle_left(run, station):
    """The machine of a station that was left last has taken another part in the meantime, or is idle."""
    if station.left is not None:
        settle(run, station.left)
        station.left = None


def settle(run, machine):
    """Look at a machine after something happened to it."""
    state = present_state(machine)
    if state != machine.state:
        run.note(STATE, who=machine.number, what=machine.state, value=state)
        machine.state = state


def explain(run, station, reason):
    """Say why the idle machines of a station have nothing to do."""
    if reason != station.reason:
        run.note(IDLE_BECAUSE, who=station.number, what=station.reason, value=reason)
        station.reason = reason
