"""What the loop does not count because it follows from other counts.

Whatever is a sum of other accounts is diminished by them when the loop is entered and increased by them when it is
left: what they gained in between is what it gains. While the loop runs, only those others are kept.
"""

from __future__ import annotations

from plantwright.codes import BLOCKED, BUSY, IDLE, KIT, NONE, SATURATED
from plantwright.jit import kernel

ENTERING, LEAVING = -1, 1


@kernel
def reckon(w, sign):
    """Take off, or add, what follows from what the loop counts."""
    for o in range(len(w.operation)):
        reckon_operation(w, o, sign)
    for r in range(len(w.release)):
        reckon_release(w, w.release[r], sign)
    for s in range(len(w.station)):
        reckon_station(w, s, sign)


@kernel
def reckon_operation(w, o, sign):
    """What has begun at the only machine and is not under way has ended; what did not wait has entered there."""
    op = w.operation[o]
    st = w.station[op.only]
    ma = w.machine[st.first_machine]
    begun = sign * op.starts
    ended = begun - sign * int(ma.running != 0 and ma.operation == o)
    ma.cycles += begun
    op.waits += begun
    st.waits += begun
    op.ends += ended
    op.completions += ended
    st.completions += ended
    st.pieces += ended
    w.clock[0].moves += ended
    waited = sign * op.wait_sum
    st.wait_sum += waited
    st.queue_area += waited
    st.wip_area += waited


@kernel
def reckon_release(w, release, sign):
    """What comes from a saturated release goes on a machine without waiting."""
    if release.kind == SATURATED:
        op = w.operation[release.operation]
        op.waits -= sign * release.created
        w.station[op.only].waits -= sign * release.created


@kernel
def reckon_station(w, s, sign):
    """A machine is busy when it is neither idle nor blocked, and occupied when it is not idle.

    Parts still in the queue have waited since they came: their times of coming are in the account of the queue.
    """
    st = w.station[s]
    ma = w.machine[st.first_machine]
    account = w.state_time[s]
    idle = sign * (account[IDLE] + account[KIT])
    still = sign * account[BLOCKED] + idle
    account[BUSY] -= still
    ma.busy_clock -= still
    if ma.running != 0:
        ma.busy_clock += sign * ma.busy_from
    st.wip_area -= idle
    p = w.lane[st.first_lane].first
    while p != NONE:
        came = sign * w.part[p].entered
        st.queue_area -= came
        st.wip_area -= came
        p = w.part[p].next
