"""The trace: what happened, line by line, flushed to whoever asked for it before the log is full.

Columns of a line by its code (NONE where a column says nothing; parts go by ``part.number``):

============  ===========  =============  ==========  ==================================================
code          who          what           value       it happened that
============  ===========  =============  ==========  ==================================================
ENTERED       release      item           pieces      a part enters the plant
JOINED        station      operation      pieces      a part enters a queue
STARTED       machine      operation      pieces      a part is put on a machine
ENDED         machine      operation      pieces      its operation is over, before it is judged
REJECTED      operation    defective      sound       pieces are rejected
SPLIT         whole part   item           pieces      pieces of a part go their own way
BLOCKED_BY    target       operation      pieces      a part waits for a station (stations + item: a shelf)
SET_OUT       station      travel         pieces      a part begins its way
SHELVED       item         NONE           pieces      a part reaches its shelf
SCRAPPED      item         NONE           pieces      a part is scrapped
BUILT_IN      item         NONE           pieces      components are taken into a part
STATE         machine      old            new         a machine changes its state
IDLE_BECAUSE  station      old            new         why idle machines have nothing to do changes
STRUCK        mode         NONE           NONE        a failure strikes
MENDED        mode         NONE           NONE        its repair ends
STOCK         item         change         level       a stock changes
ORDERED       item         met            pieces      a customer orders, so many are met at once
RECEIVED      item         NONE           pieces      a delivery arrives
PRESENT       crew         NONE           present     people come or leave [thousandths]
HELD          crew         change         held        people are held or let go [thousandths]
TOOL          tool         change         free        tools are taken or come back
SHIFT         calendar     NONE           on          a calendar turns on or off
============  ===========  =============  ==========  ==================================================
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
    return clock.tracing != 0 and clock.logged + clock.reserve_log > len(w.log)
