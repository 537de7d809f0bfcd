"""What idle machines wait for (mechanism 15), looked up anew whenever the plant has settled."""

from __future__ import annotations

from collections import Counter

from plantwright.codes import IDLE, KIT, LACK_ITEM, LACK_SKILL, LACK_TOOL, NEVER_SHORT, PEOPLE, SATURATED
from tests.oracle import people, queues, release, start, stocks, work


class Waits:
    """Machine time without each thing, by (station, kind, number of the thing). [ticks]"""

    def __init__(self):
        self.ticks = Counter()
        self._now = Counter()
        self._since = 0

    def look(self, run):
        """The plant has settled: from now on machines wait for what is missing now."""
        self.pass_on(run.now)
        self._now = Counter()
        for station in run.plant.stations:
            idle = sum(machine.state == IDLE for machine in station.machines)
            if idle and station.reason in (KIT, PEOPLE):
                self._now.update({(station.number, *thing): idle for thing in missing_at(run, station)})
        for machine in run.plant.machines:
            if machine.state == PEOPLE:
                self._now.update((machine.station.number, *thing) for thing in needed_by(machine))

    def pass_on(self, time):
        """Time passes up to an instant."""
        for thing, machines in self._now.items():
            self.ticks[thing] += machines * (time - self._since)
        self._since = time


def missing_at(run, station):
    """What is missing for anything that a station could begin."""
    found = set()
    for machine in start.in_turn(station):
        for operation, option, pieces in candidates(run, machine):
            found |= missing_for(run, machine, operation, option, pieces)
    return found


def candidates(run, machine):
    """What a machine could begin if nothing were missing: operation, option, pieces."""
    for lane in machine.station.lanes:
        if lane.parts and queues.is_qualified(machine, lane.parts[0].item):
            part = lane.parts[0]
            if queues.batch_is_ready(run, machine.station, lane):
                yield part.operation, part.option, part.pieces
    for source in run.plant.releases:
        here = any(station is machine.station for station, _ in source.operation.places)
        may_enter = source.kind == SATURATED and source.in_process < source.cap
        if here and may_enter and queues.is_qualified(machine, source.item):
            yield source.operation, release.option_of_next(run, source), source.pieces


def missing_for(run, machine, operation, option, pieces):
    found = set()
    for item, number in stocks.kit_rows(operation, option, pieces):
        if item.policy != NEVER_SHORT and item.stock < number:
            found.add((LACK_ITEM, item.number))
    for tool, number in operation.tools:
        if len(tool.free) < number:
            found.add((LACK_TOOL, tool.number))
    for needs in queues.needs_at_once(run, machine, operation):
        for skill, amount in needs:
            if people.crew_for(skill, amount) is None:
                found.add((LACK_SKILL, skill.number))
    return found


def needed_by(machine):
    """Skills that a machine needs which waits in the middle of its work."""
    needs = work.crew_needed(machine) + work.helpers_needed(machine)
    return {(LACK_SKILL, skill.number) for skill, _ in needs}
