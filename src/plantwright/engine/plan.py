"""The planned sequence: which operation may begin on which machine, and when its turn is.

Under a plan each job has operations of its own (``arrays.VISIT_RECORD``). The operations of a machine wait in lanes of
their own, those of one batch together, in the order of the plan; the machine takes from the lane whose turn it is, and
waits for it. Without a plan all of this is one question for the length of an array that is empty.
"""

from __future__ import annotations

from plantwright.codes import NONE, TIMEOUT
from plantwright.engine.heap import push
from plantwright.engine.marks import mark_station
from plantwright.jit import inlined, kernel


@inlined
def has_plan(w):
    """Whether the run follows a plan."""
    return len(w.visit) > 0


@kernel
def is_planned(w, o):
    """Whether the plan names a machine for an operation."""
    return has_plan(w) and w.visit[o].machine != NONE


@kernel
def is_turn(w, m, o):
    """Whether the plan lets machine ``m`` begin an operation now. What comes back, rejected, has had its turn.

    A time has come when its time-out has happened: what else happens at that instant comes first.
    """
    visit = w.visit[o]
    if visit.lane == NONE or (visit.machine == NONE and w.operation[o].starts > 0):
        return True
    ma = w.machine[m]
    if visit.machine != NONE:
        if visit.machine != m or visit.lane > ma.turn:
            return False
        if visit.lane < ma.turn:
            return True
    la = w.lane[visit.lane]
    time = visit.not_before
    if visit.rest > 0 and la.count > 0:
        time = max(time, w.part[la.first].entered + visit.rest)
    clock = w.clock[0]
    if clock.now < time or (clock.now == time and time > 0 and clock.timed_out != time):
        wake(w, ma.station, time)
        return False
    return w.station[ma.station].batch_max == 0 or la.count >= la.planned


@kernel
def wake(w, s, time):
    """Try a station again at a time."""
    st = w.station[s]
    if st.timeout_at == NONE or time < st.timeout_at:
        st.timeout_at = time
        push(w, time, TIMEOUT, s, 0)


@kernel
def plan_times(w):
    """Stations are tried when the times come before which nothing begins."""
    for o in range(len(w.visit)):
        if w.visit[o].not_before > w.clock[0].now:
            push(w, w.visit[o].not_before, TIMEOUT, w.choice[w.operation[o].first_choice].station, 0)


@kernel
def take_turn(w, m, o):
    """A machine begins an operation: then it is the turn of the next one that may still come."""
    if w.visit[o].machine == m and w.visit[o].lane == w.machine[m].turn:
        w.machine[m].turn += 1
        pass_over(w, m)


@kernel
def pass_over(w, m):
    """Nobody waits for what never comes."""
    ma = w.machine[m]
    while ma.turn < len(w.lane) and w.lane[ma.turn].planned == 0 and w.lane[ma.turn].station == ma.station:
        ma.turn += 1


@kernel
def holds_up(w, p):
    """Whether a blocked part wants on a machine, where nothing can wait, whose turn it is not: then others go first."""
    visit = w.visit[w.part[p].operation]
    if visit.machine == NONE:
        return False
    ma = w.machine[visit.machine]
    return w.station[ma.station].room == 0 and visit.lane > ma.turn


@kernel
def count_parts(w, o, more):
    """The job of an operation has so many parts more; one that has none left leaves the plan."""
    job = w.visit[o].job
    if job == NONE:
        return
    w.visit[job].parts += more
    if w.visit[job].parts > 0:
        return
    for other in range(job, len(w.visit)):
        visit = w.visit[other]
        if visit.job != job:
            return
        if visit.machine != NONE and w.operation[other].starts == 0:
            w.lane[visit.lane].planned -= 1
            if visit.lane == w.machine[visit.machine].turn:
                pass_over(w, visit.machine)
            mark_station(w, w.machine[visit.machine].station)
