"""The same plant, simulated by the engine and by the oracle, line by line."""

from __future__ import annotations

from contextlib import suppress

import numpy as np

from plantwright import codes
from plantwright.compile import lower
from plantwright.engine.conserve import lack_totals
from plantwright.engine.replication import Deadlock
from plantwright.engine.run import run
from plantwright.units import TICKS_PER_SECOND
from tests.oracle.simulate import simulate

CONTEXT = 5
"""Lines shown before and after the first difference."""
CODES = (
    "ENTERED JOINED STARTED ENDED REJECTED SPLIT BLOCKED_BY SET_OUT SHELVED SCRAPPED BUILT_IN STATE IDLE_BECAUSE "
    "STRUCK MENDED STOCK ORDERED RECEIVED PRESENT HELD TOOL SHIFT"
).split()


def trace_of_engine(world, *, seed, replication, until):
    """The engine's trace as a list of lines, and the world that it leaves behind; None after a deadlock."""
    chunks = [np.zeros((0, 6), np.int64)]

    def keep(chunk):
        chunks.append(np.stack([chunk[name] for name in ("time", "code", "part", "who", "what", "value")], axis=1))

    left = None
    with suppress(Deadlock):
        left = run(world, seed=seed, replication=replication, until=until, log=keep).world
    return [tuple(line) for line in np.concatenate(chunks).tolist()], left


def compare(world, *, until, seed=1, replication=0, most_lines=None, lacks=True):
    """Simulate a lowered plant both ways to a time [ticks], or to the instant after ``most_lines``; how many lines.

    Raises
    ------
    AssertionError
        The traces differ; the lines around the first difference are shown.
    """
    oracle, reached, waits = simulate(world, seed=seed, replication=replication, until=until, most_lines=most_lines)
    until = max(reached, 1)  # a run to the first instant does nothing
    engine, left = trace_of_engine(world, seed=seed, replication=replication, until=until)
    if engine != oracle:
        raise AssertionError(first_difference(engine, oracle))
    if left is not None and lacks:
        compare_lacks(left, waits)
    return len(oracle)


def compare_lacks(world, waits):
    """Machines wait for items and tools as long as these are missing, and for people no longer.

    (The engine looks for people whenever a station or a machine is tried, the oracle at every instant.)
    """
    seen = lack_totals(world).tolist()
    for lack, ticks in zip(world.lack.tolist(), seen, strict=True):
        station, kind, who = lack[:3]
        longest = waits[station, kind, who]
        assert ticks == longest or (kind == codes.LACK_SKILL and ticks < longest), (station, kind, who, ticks, longest)
    rows = {tuple(lack[:3]) for lack in world.lack.tolist()}
    assert {thing for thing, ticks in waits.items() if ticks} <= rows


def compare_plant(plant, until_s, *, mode="as-written", conwip=None, **how):
    """The same for a plant, to a time [s]."""
    problem = lower(plant, mode=mode, until_s=until_s, conwip=conwip)
    return compare(problem.world, until=round(until_s * TICKS_PER_SECOND), **how)


def first_difference(engine, oracle):
    """The lines around the first difference between two traces, in words."""
    pairs = zip([*engine, None], [*oracle, None])
    at = next(position for position, (left, right) in enumerate(pairs) if left != right)
    shown = [f"Traces differ from line {at} on:"]
    shown += [f"         {in_words(line)}" for line in oracle[max(at - CONTEXT, 0) : at]]
    shown += [f"engine   {in_words(line)}" for line in engine[at : at + CONTEXT]]
    shown += [f"oracle   {in_words(line)}" for line in oracle[at : at + CONTEXT]]
    return "\n".join(shown)


def in_words(line):
    time, code, part, who, what, value = line
    names = {getattr(codes, name): name for name in CODES}
    return f"{time / TICKS_PER_SECOND:14.6f} s {names[code]:12} part {part}, who {who}, what {what}, value {value}"
