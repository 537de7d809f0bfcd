"""The trace: what happened, line by line, flushed to whoever asked for it before the log is full.

A line names what happened by a code (``arrays``), parts by ``part.number`` and everything else by its index; NONE where
a column says nothing. What ``who``, ``what`` and ``value`` are for each code is declared in ``results.trace``, where
names and documentation come from; a new code needs its line there. A ``target`` is a station, behind these a shelf,
behind these a conveyor.
"""

from __future__ import annotations

from plantwright.jit import kernel


@kernel
def note(w, code, number, who, what, value):
    """Write a line of the trace, if anybody wants it."""
    if w.clock[0].tracing != 0:
        write(w, code, number, who, what, value)


@kernel
def write(w, code, number, who, what, value):
    """Write a line of the trace; the kernel has made sure that there is room (``clock.reserve_log``)."""
    clock = w.clock[0]
    line = w.log[clock.logged]
    clock.logged += 1
    line.time = clock.now
    line.code = code
    line.part = number
    line.who = who
    line.what = what
    line.value = value


@kernel
def is_log_full(w):
    """Whether the log has no room for what one more step may write."""
    clock = w.clock[0]
    return clock.logged > clock.most_lines
