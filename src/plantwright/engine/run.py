"""One replication from its first instant to its end, in one call."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress

from plantwright.arrays import Outcome, World
from plantwright.engine.begin import begin, reset_statistics
from plantwright.engine.express import loop as express
from plantwright.engine.kernel import advance
from plantwright.engine.replication import begun
from plantwright.engine.worlds import Log, empty
from plantwright.jit import is_kept


class Stopped(Exception):
    """Somebody asked the run to stop."""


def run(
    world: World,
    *,
    seed: int,
    replication: int,
    until: int,
    warmup: int = 0,
    bin: int = 0,
    stop: Callable[[], bool] | None = None,
    tick: Callable[[float], None] | None = None,
    log: Log | None = None,
) -> Outcome:
    """Run one replication of a world to ``until`` [ticks], with statistics from ``warmup`` on.

    Parameters
    ----------
    world
        The lowered plant; it is copied, never changed.
    seed, replication
        Key of all random numbers.
    until, warmup, bin
        End, begin of statistics and width of the history's bins [ticks]; bin 0 keeps no history.
    stop
        Asked every few hundredths of a second; True raises ``Stopped``.
    tick
        Told the fraction done, 0 to 1.
    log
        Handed the trace from the first instant on, chunk by chunk (``LOG_RECORD``); a chunk is only valid during the
        call.
    """
    run = begun(world, seed=seed, replication=replication, until=until, warmup=warmup, bin=bin, log=log)

    def look() -> None:
        if tick is not None:
            tick(run.now / until)
        if stop is not None and not run.is_over and stop():
            raise Stopped

    run.advance(on_step=look)
    return run.outcome()


def warm() -> float:
    """Compile the kernel, or load it from the cache; seconds it took.

    It is compiled in a process of its own: the compiler leaves a gigabyte of scattered memory behind, in which the
    same machine code runs a third slower. Where no process can be started, it is compiled here.
    """
    started = time.perf_counter()
    if not is_kept():
        with suppress(OSError):
            command = [sys.executable, "-c", f"from {__name__} import touch; touch()"]
            subprocess.run(command, check=False, stderr=subprocess.DEVNULL)
    touch()
    return time.perf_counter() - started


def touch() -> None:
    """Call every entry of the kernel once, on a world in which there is nothing."""
    world = empty()
    begin(world)
    reset_statistics(world)
    advance(world, 0, 1)
    express.run(world, 0, 1)
