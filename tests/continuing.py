"""A run that goes on, beside one that begins from the state that the first one was in."""

import numpy as np

from plantwright import arrays, codes
from plantwright.compile import lift_state, lower
from plantwright.engine.replication import Deadlock, begun
from plantwright.model.state import State
from plantwright.units import TICKS_PER_SECOND
from tests.audit import in_process, parts_are_where_machines_think, people_and_tools_add_up
from tests.trial import plant_of


class Trace:
    """Keeps every line that it is handed."""

    def __init__(self):
        self.chunks = [np.zeros(0, arrays.LOG_RECORD)]

    def __call__(self, chunk):
        self.chunks.append(chunk.copy())

    @classmethod
    def of(cls, lines):
        """One whose lines are told already."""
        trace = cls()
        trace.chunks.append(np.array([tuple(line) for line in lines], arrays.LOG_RECORD))
        return trace

    def after(self, tick):
        """What happened later, by whatever number parts go, and without the reasons of idleness: of several that hold
        at once, the one that came first stands, and a state does not know which that was.
        """
        lines = np.concatenate(self.chunks)
        lines = lines[(lines["time"] > tick) & (lines["code"] != codes.IDLE_BECAUSE)]
        lines["part"] = 0
        lines["who"][lines["code"] == codes.SPLIT] = 0
        return [tuple(line.tolist()) for line in lines]

    def starts(self, machines, *, after):
        """The starts of work on machines."""
        lines = np.concatenate(self.chunks)
        lines = lines[(lines["time"] > after) & (lines["code"] == codes.STARTED)]
        return lines[np.isin(lines["who"], machines)].tolist()


def ticks(seconds):
    return round(seconds * TICKS_PER_SECOND)


def snapshot(plant, problem, at_s, *, seed=1, hidden=False):
    """The state in which a run is at a time, written down and read again."""
    run = begun(problem.world, seed=seed, replication=0, until=problem.until)
    run.advance(to=ticks(at_s))
    return written_and_read(lift_state(plant, problem, run.world, hidden=hidden))


def written_and_read(state):
    return State.model_validate(state.model_dump(mode="json", by_alias=True, exclude_defaults=True))


def traced(problem, *, seed=1):
    """A run to its end, and its trace."""
    trace = Trace()
    start = int(problem.world.clock.now[0])
    run = begun(problem.world, seed=seed, replication=0, until=problem.until, warmup=start, log=trace)
    run.advance()
    return run.outcome(), trace


def check_world(outcome):
    """Everything is somewhere, once."""
    world = outcome.world
    parts_are_where_machines_think(world, in_process(world))
    people_and_tools_add_up(world)


def goes_on_alike(document, at_s, until_s, *, mode="as-written", conwip=None):
    """How many lines of trace come after a time: asserted to be the same whether the run goes on or begins there.

    0 where the plant locks.
    """
    plant = plant_of(document)
    problem = lower(plant, mode=mode, until_s=until_s, conwip=conwip)
    try:
        _, whole = traced(problem)
    except Deadlock:
        return 0
    state = snapshot(plant, problem, at_s)
    later = lower(plant, mode=mode, until_s=until_s, conwip=conwip, state=state)
    try:
        outcome, rest = traced(later)
    except Deadlock as deadlock:
        return _locks_alike(problem, whole, deadlock)
    check_world(outcome)
    assert rest.after(ticks(at_s)) == whole.after(ticks(at_s))
    return len(rest.after(ticks(at_s)))


def _locks_alike(problem, whole, deadlock):
    """The run that begins is told that some stations are locked; in the one that goes on nothing starts there again."""
    locked = np.flatnonzero(np.isin(problem.world.machine.station, deadlock.stations))
    assert whole.starts(locked, after=deadlock.time) == []
    return 0
