"""Integer codes, sentinels and tolerances that ``compile`` and the engines share.

Names for small numbers: kernels compare them, records hold them (``arrays``).
"""

from __future__ import annotations

import numpy as np

NONE = -1
TICK_S = 1e-6
FOREVER = np.int64(2**62)
"""Later than any event: 146,000 years in ticks."""
UNLIMITED = np.int64(2**40)
"""Room of a queue or stock without a limit."""
PERSON = 1000
"""One person in the unit in which people are counted."""
NEEDS = 4
"""Kinds of people one operation may hold at once."""

# Where a part goes after an operation, besides to another operation
DONE, SCRAP, SAMPLE_END = -1, -2, -3

# Events in the order of one instant (docs/mechanisms.md): a smaller code goes first
(
    PLACE_FREE, COMPLETE, REPAIRED, FAIL, ARRIVE, CARRIED, CONVEYED, CARRIER_FREE, TOOL_FREE, CALENDAR, DELIVERY,
    OUTAGE, ARRIVAL, OPENING, ORDER, TIMEOUT,
) = range(16)  # fmt: skip

# States of a machine in order of precedence (``results.STATES``), then sub-counters of some of them
OFF, MAINTENANCE, DOWN, BLOCKED, SETUP, BUSY, PEOPLE, KIT, IDLE = range(9)
STATES = 9
WAIT_REPAIRER, WAIT_CARRIER, WAIT_BATCH = 9, 10, 11
COUNTERS = 12

# States of a carrier's vehicle are those of machines: BUSY is out with its load, and one more
EMPTY_RETURN = SETUP
# Phases of a vehicle
PARKED, ON_WAY_OUT, ON_WAY_BACK = range(3)

# Where a tool is
TOOL_READY, TOOL_HELD, TOOL_AWAY, TOOL_GONE = range(4)

# Phases of the work on a machine
EMPTY, IN_SETUP, IN_LOAD, IN_WORK, IN_UNLOAD, FINISHED = range(6)

# Dispatching rules
FIFO, SHORTEST, DUE, CRITICAL, PRIORITY, FAMILY_FIRST = range(6)

# End of a shift
INTERRUPT, FINISH_PART, NO_START = range(3)

# What comes or leaves at a date
MACHINE_DATE, CREW_DATE, TOOL_DATE, CARRIER_DATE = range(4)

# Failures: by which clock, and what becomes of the work
BY_CLOCK, BY_BUSY, BY_COUNT, BY_CALENDAR = range(4)
RESUME, REPEAT, SCRAP_WORK = range(3)
UP, WAITING_REPAIR, IN_REPAIR, FALLEN_DUE = range(4)
# Planned maintenance that falls due during a repair
WAITS, TOGETHER, LEFT_OUT = range(3)

# What machines wait for
LACK_SKILL, LACK_ITEM, LACK_TOOL = range(3)

# Releases
SATURATED, ARRIVALS, CONWIP, PULLED, LAUNCHED, PLANNED = range(6)
# Launchers: products enter in the mix's sequence, or by the dates of their orders
BY_MIX, BY_DATE = range(2)

# Stock policies
NO_POLICY, ON_WITHDRAWAL, ON_DEMAND, REORDER, NEVER_SHORT = range(5)

# Laws; parameters a, b, c in ticks (times) or pieces (counts)
CONSTANT, EXPONENTIAL, UNIFORM, TRIANGULAR, NORMAL, LOGNORMAL, WEIBULL, GEOMETRIC, TABLE = range(9)

# Purposes of random numbers: with owner and ordinal they name a source of their own
(
    DRAW_WORK, DRAW_SETUP, DRAW_LOAD, DRAW_UNLOAD, DRAW_GOOD, DRAW_FOUND, DRAW_FALSE, DRAW_MEND, DRAW_SAMPLE,
    DRAW_UPTIME, DRAW_REPAIR, DRAW_ARRIVAL, DRAW_GROUP, DRAW_OPTION, DRAW_ORDER, DRAW_PIECES, DRAW_LEAD,
    DRAW_ABSENCE, DRAW_TRAVEL, DRAW_RETURN, DRAW_TOOL_REPAIR, DRAW_TOOL_RETURN, DRAW_TOOL_SETUP, DRAW_REST,
) = range(1, 25)  # fmt: skip

# Statuses that ``kernel.advance`` returns between events
RUNNING, REACHED, BUDGET, PARTS_FULL, EVENTS_FULL, EXHAUSTED, LOG_FULL, DEADLOCK = range(8)

# What the trace tells (``LOG_RECORD``)
(
    ENTERED, JOINED, STARTED, ENDED, REJECTED, SPLIT, BLOCKED_BY, SET_OUT, SHELVED, SCRAPPED, BUILT_IN, STATE,
    IDLE_BECAUSE, STRUCK, MENDED, STOCK, ORDERED, RECEIVED, PRESENT, HELD, TOOL, SHIFT,
) = range(22)  # fmt: skip

# How a run begins that begins from a state (``START_RECORD``): what a line is about
(
    TAKE_CALENDAR, TAKE_PART, TAKE_CREW, TAKE_MODE, TAKE_MACHINE, TAKE_IDLE, TAKE_VEHICLE, TAKE_WAY, TAKE_PARKED,
    TAKE_UNIT, TAKE_EVENT, TAKE_ARRIVAL, TAKE_CUSTOMER, TAKE_COMING,
) = range(14)  # fmt: skip
# and where a part is
(
    IN_QUEUE, ON_MACHINE, BEFORE_STATION, BEFORE_SHELF, BEFORE_CONVEYOR, BEFORE_CARRIER, ABOARD, ON_WAY, ON_CONVEYOR,
    AT_CONVEYOR_END, HELD_BACK, IN_LOT,
) = range(12)  # fmt: skip

# Histograms of times: 128 bins to the octave, so a quantile is off by at most 0.4 %
BINS_PER_OCTAVE = 128
BINS = 45 * BINS_PER_OCTAVE
"""Up to 2**51 ticks, 71 years."""

AHEAD = 16
"""How many numbers of a source are drawn at once; a power of two."""

# Quantile tables: cells to the octave of u (and of 1 - u), and octaves
TABLE_CELLS = 32
TABLE_OCTAVES = 40

KIND_SHIFT = 56
"""Bits of an event's key below its kind."""
FEW_EVENTS = 15
"""Up to so many events are kept in order; more are a heap, until no more than half as many are left."""
EARLIEST = 15
"""The bits of ``clock.order`` that say where the earliest event is."""
