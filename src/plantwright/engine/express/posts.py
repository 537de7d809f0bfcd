"""Posts: a station, its queue and its machine side by side, filled when the loop begins and read back when it ends."""

from __future__ import annotations

from plantwright.codes import ARRIVALS, BUSY, EMPTY, FINISHED, IDLE, IN_WORK, NONE, SATURATED
from plantwright.jit import kernel


@kernel
def occupy(w):
    """Fill all posts: the stations, then those who arrive."""
    for s in range(len(w.station)):
        fill(w, s)
    place = len(w.station)
    for r in range(len(w.release)):
        release = w.release[r]
        if release.kind == SATURATED:
            w.post[w.operation[release.operation].only].source = r
        elif release.kind == ARRIVALS:
            w.post[place].source = r
            place += 1


@kernel
def fill(w, s):
    """The post of a station."""
    x, st = w.post[s], w.station[s]
    la, ma = w.lane[st.first_lane], w.machine[st.first_machine]
    x.room = st.room
    x.source = NONE
    x.histogram = st.wait_histogram
    x.ring = st.ring
    x.speed = ma.speed
    x.waiting = st.waiting
    x.first = la.first
    x.last = la.last
    x.first_blocked = st.first_blocked
    x.last_blocked = st.last_blocked
    x.part = ma.part
    if x.part != NONE:  # which machine it is on follows from whose part it is
        w.part[x.part].machine = NONE
    x.operation = ma.operation
    x.state = ma.state
    x.since = st.active_since
    x.began = NONE
    x.duration = NONE


@kernel
def read(w, s):
    """A station, its queue and its machine as their post says."""
    x, st = w.post[s], w.station[s]
    la, m = w.lane[st.first_lane], st.first_machine
    la.first = x.first
    la.last = x.last if x.waiting != 0 else NONE
    la.count = x.waiting
    la.pieces = x.waiting
    st.waiting = x.waiting
    st.waiting_pieces = x.waiting
    st.wip = x.waiting + int(x.part != NONE)
    st.first_blocked = x.first_blocked
    st.last_blocked = x.last_blocked
    st.inactive = int(x.state != BUSY)
    st.active_since = x.since if x.state == BUSY else NONE
    st.idle = int(x.state == IDLE)
    st.free = st.idle
    st.first_idle = m if x.state == IDLE else NONE
    st.last_idle = st.first_idle
    if x.part != NONE:
        w.part[x.part].machine = m
    read_machine(w, x, w.machine[m])


@kernel
def read_machine(w, x, ma):
    """A machine as its post says."""
    ma.state = x.state
    ma.part = x.part
    ma.load = int(x.part != NONE)
    ma.phase = EMPTY if x.part == NONE else (IN_WORK if x.state == BUSY else FINISHED)
    ma.running = int(x.state == BUSY)
    ma.is_idle = int(x.state == IDLE)
    ma.next_idle = NONE
    ma.previous_idle = NONE
    if x.duration != NONE:
        op = w.operation[x.operation]
        ma.operation = x.operation
        ma.number = op.starts
        ma.family = op.family
        ma.duration = x.duration
        ma.remaining = x.duration
        ma.overtime = 0
        ma.holds = 0
        ma.ends = x.began + x.duration
        ma.busy_from = x.began
