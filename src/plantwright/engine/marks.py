"""The agenda's notes: which stations to try, which queues and stocks have room again, which releases may go.

Events only leave notes here; the agenda (``engine.kernel``) works them off in the written order, so no function of the
engine ever calls back into another that is under way.
"""

from __future__ import annotations

from plantwright.codes import NO_START, NONE
from plantwright.jit import kernel


@kernel
def mark_station(w, s):
    """A station may be able to start something: enter it in the heap of stations to try, smallest index first.

    Where nobody can wait but on the machines themselves, those who want to enter are looked at first.
    """
    st = w.station[s]
    if st.waiting == 0 and st.inbound >= st.room:
        mark_entry(w, s)
    if st.is_dirty != 0:
        return
    st.is_dirty = 1
    clock = w.clock[0]
    heap = w.agenda[0]
    hole = clock.dirty
    clock.dirty += 1
    while hole > 0:
        parent = (hole - 1) >> 1
        if heap[parent] < s:
            break
        heap[hole] = heap[parent]
        hole = parent
    heap[hole] = s


@kernel
def take_station(w):
    """The first station in document order that is to be tried."""
    clock = w.clock[0]
    heap = w.agenda[0]
    first = heap[0]
    clock.dirty -= 1
    count = clock.dirty
    last = heap[count]
    hole = 0
    child = 1
    while child < count:
        if child + 1 < count and heap[child + 1] < heap[child]:
            child += 1
        if last < heap[child]:
            break
        heap[hole] = heap[child]
        hole = child
        child = 2 * hole + 1
    heap[hole] = last
    w.station[first].is_dirty = 0
    return first


@kernel
def mark_room(w, s):
    """Station ``s`` may take another part: whoever waits for that is looked at, stations that look ahead as well."""
    mark_entry(w, s)
    st = w.station[s]
    for row in range(st.first_feeder, st.first_feeder + st.feeders):
        mark_station(w, w.link[row])


@kernel
def mark_entry(w, s):
    """Parts that want into station ``s`` are looked at, and releases that begin there."""
    st = w.station[s]
    if st.is_open != 0 or (st.first_blocked == NONE and st.sources + st.siblings == 0):
        return
    st.is_open = 1
    open_target(w, s)


@kernel
def open_target(w, target):
    """Enter a station, or an item behind the last station, in the list of opened targets."""
    clock = w.clock[0]
    w.agenda[1][clock.opened] = target
    clock.opened += 1


@kernel
def mark_shelf(w, i):
    """The stock of item ``i`` may take more pieces."""
    item = w.item[i]
    if item.is_open != 0 or item.first_blocked == NONE:
        return
    item.is_open = 1
    open_target(w, len(w.station) + i)


@kernel
def mark_release(w, r):
    """Release ``r`` (or the launcher it belongs to) may let a part in."""
    release = w.release[r]
    number = r
    if release.launcher != NONE:
        launcher = w.launcher[release.launcher]
        if launcher.is_marked != 0:
            return
        launcher.is_marked = 1
        number = len(w.release) + release.launcher
    else:
        if release.is_marked != 0:
            return
        release.is_marked = 1
    clock = w.clock[0]
    w.agenda[2][clock.to_release] = number
    clock.to_release += 1


@kernel
def mark_starved(w, first, count):
    """Stations of these links that wait for something may miss one thing more; others may now fit into their shift."""
    for row in range(first, first + count):
        st = w.station[w.link[row]]
        if st.lacking != 0 or st.end_of_shift == NO_START:
            mark_station(w, w.link[row])


@kernel
def suspect_station(w, s):
    """A circle of those who wait may have closed at a station; of several at one instant all stations are looked at."""
    clock = w.clock[0]
    clock.suspect = s if clock.suspect == NONE or clock.suspect == s else len(w.station)
