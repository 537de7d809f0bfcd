"""Accounts: machine states, integrals over time, histograms.

An integral of a count over time is kept without "time of last change": every change d of the count at time t adds
-d t to the account, and closing it at T adds count x T. So a change costs one multiplication, and state times sum to
the elapsed time exactly.
"""

from __future__ import annotations

import numpy as np

from plantwright.codes import (
    BINS,
    BINS_PER_OCTAVE,
    BLOCKED,
    BUSY,
    DOWN,
    EMPTY,
    FINISHED,
    IDLE,
    IDLE_BECAUSE,
    IN_SETUP,
    MAINTENANCE,
    NONE,
    OFF,
    PEOPLE,
    SETUP,
    STATE,
    STOCK,
)
from plantwright.engine.lacks import change_of_state, settle_lacks
from plantwright.engine.trace import note
from plantwright.jit import kernel

MANTISSA_REST = 45
"""Bits of a float64's mantissa below the seven that tell 128 bins apart."""
FIRST_OCTAVE = (1023 + 7 - 1) * BINS_PER_OCTAVE
"""Of 128 ticks the bits so shifted are 1030 x 128, and their bin is the 128th."""


@kernel
def present_state(w, m):
    """The state of a machine by precedence; a machine with nothing to do is IDLE (its station knows why)."""
    ma = w.machine[m]
    if ma.absent != 0 or (w.station[ma.station].on == 0 and ma.running == 0):
        return OFF
    if ma.down > 0:
        return MAINTENANCE if ma.planned > 0 else DOWN
    if ma.phase == FINISHED:
        return BLOCKED
    if ma.asking != 0:
        return PEOPLE
    if ma.phase == EMPTY:
        return IDLE
    return SETUP if ma.phase == IN_SETUP else BUSY


@kernel
def is_active(state):
    """Whether a state counts as active for the active-period method (Roser, Nakano, Tanaka, WSC 2001)."""
    return state == BUSY or state == SETUP or state == DOWN or state == MAINTENANCE or state == OFF


@kernel
def settle(w, m):
    """Bring a machine's account in line with what it is now."""
    ma = w.machine[m]
    old = ma.state
    new = present_state(w, m)
    if new == old:
        return
    now = w.clock[0].now
    s = ma.station
    st = w.station[s]
    account = w.state_time[s]
    account[st.idle_state if old == IDLE else old] += now
    account[st.idle_state if new == IDLE else new] -= now
    if old == IDLE:
        st.idle -= 1
    elif new == IDLE:
        st.idle += 1
    ma.state = new
    if st.lacks > 0:
        change_of_state(w, m, old, new)
    note(w, STATE, NONE, m, old, new)
    if is_active(new):
        if not is_active(old):
            st.inactive -= 1
            if st.inactive == 0:
                st.active_since = now
    elif is_active(old):
        if st.inactive == 0:
            st.active_since = NONE
        st.inactive += 1


@kernel
def explain_idleness(w, s, state):
    """Why the idle machines of a station have nothing to do: PEOPLE, KIT or IDLE."""
    st = w.station[s]
    if st.idle_state == state:
        return
    if st.idle > 0:
        moved = st.idle * w.clock[0].now
        w.state_time[s][st.idle_state] += moved
        w.state_time[s][state] -= moved
    note(w, IDLE_BECAUSE, NONE, s, st.idle_state, state)
    st.idle_state = state
    if st.lacking != 0:
        settle_lacks(w, s)


@kernel
def record_time(w, row, ticks):
    """Count a time in a histogram with 128 bins to the octave (exact below 128 ticks)."""
    if row == NONE:
        return
    if ticks < BINS_PER_OCTAVE:
        position = max(ticks, 0)
    else:  # exponent and first bits of the mantissa, side by side in the bits of a float64
        bits = np.float64(ticks).view(np.int64)
        position = min((bits >> MANTISSA_REST) - FIRST_OCTAVE, BINS - 1)
    w.histogram[row][position] += 1


@kernel
def change_stock(w, i, pieces):
    """Put pieces on a shelf (or take them off), with the shelf's account."""
    item = w.item[i]
    item.stock += pieces
    note(w, STOCK, NONE, i, pieces, item.stock)
    item.stock_area -= pieces * w.clock[0].now


@kernel
def change_process(w, i, pieces):
    """Pieces of an item enter (or leave) process, with the account."""
    item = w.item[i]
    item.wip += pieces
    item.wip_area -= pieces * w.clock[0].now


@kernel
def change_presence(w, s, parts):
    """Parts come to (or leave) a station, queue and machines together."""
    st = w.station[s]
    st.wip += parts
    st.wip_area -= parts * w.clock[0].now
