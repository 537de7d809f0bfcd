"""The state of one run that belongs to no single thing: the clock, what is due, who waits, and the trace."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import Any

from plantwright.codes import NONE
from tests.oracle.draw import Draws
from tests.oracle.plant import Plant


@dataclass(eq=False)
class Event:
    """Something that is due; ``happen`` is called with the run and the arguments."""

    time: int
    kind: int
    happen: Any
    arguments: tuple
    is_void: bool = False


class Run:
    """One run of a plant."""

    def __init__(self, plant: Plant, seed: int, replication: int):
        self.plant = plant
        self.draws = Draws(seed, replication)
        self.now = 0
        self.timed_out = NONE
        """Instant of the last time-out."""
        self.trace = []
        self.due = []
        self.counted = 0
        self.parts_made = 0
        self.came = 0
        """How much of what comes or leaves at dates has done so."""
        self.blocked = []
        """Parts that cannot pass, first blocked first."""
        self.asking = []
        """Machines that wait for people in the middle of their work, first asked first."""
        self.repairs_wanted = []
        """Failures whose repair waits for people, first asked first."""

    def count(self):
        """One more each time: what came first has the smaller number."""
        self.counted += 1
        return self.counted

    def schedule(self, time, kind, happen, *arguments):
        """Let something happen at a time: of one instant by kind, of one kind what was scheduled first."""
        event = Event(time, kind, happen, arguments)
        heapq.heappush(self.due, (time, kind, self.count(), event))
        return event

    def next_event(self, until):
        """The earliest thing due up to a time, taken off the list; None without."""
        if not self.due or self.due[0][0] > until:
            return None
        return heapq.heappop(self.due)[-1]

    def note(self, code, *, part=None, who=NONE, what=NONE, value=NONE):
        """Write a line of the trace."""
        self.trace.append((self.now, code, NONE if part is None else part.number, who, what, value))
