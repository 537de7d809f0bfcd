"""Changes of a plan that are worth trying: mostly where the goal is decided, along the chain that makes work late."""

from __future__ import annotations

import numpy as np

from plantwright.jit import kernel
from plantwright.optimise.schedule.floor.chains import (
    CHANGE_MODE,
    CHANGE_ROUTE,
    HOLD,
    INSERT,
    JOIN_FAMILY,
    KINDS,
    SHIFT_JOB,
    SWAP_BOUND,
)
from plantwright.optimise.schedule.floor.places import position_on_line
from plantwright.optimise.schedule.floor.records import EARLINESS, MAKESPAN, MEASURES
from plantwright.problems.schedule import NEVER

LINKS = 300
"""How far a chain is followed. [operations]"""


@kernel
def draw(c, n):
    """A random number below ``n``: xorshift (G. Marsaglia (2003), doi 10.18637/jss.v008.i14)."""
    x = c.random[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    c.random[0] = x
    return np.int64(x >> np.uint64(11)) % n


@kernel
def change(f, k, q, p, c):
    """Change the plan ``p``, a copy of ``q`` whose board is ``k``; ``c.given`` becomes the order wanted.

    Returns the first position of the order at which something else than the order may be different.
    """
    for at in range(len(q.order)):
        c.given[at] = q.order[at]
    last = len(q.order)
    dice = draw(c, c.chance[KINDS - 1])
    if dice < c.chance[SWAP_BOUND]:
        _swap_bound(f, k, q, c)
    elif dice < c.chance[INSERT]:
        _insert(q, c, draw(c, last), _near(c, last))
    elif dice < c.chance[SHIFT_JOB]:
        _shift_job(f, k, q, c)
    elif dice < c.chance[CHANGE_MODE]:
        return _change_mode(f, k, p, c)
    elif dice < c.chance[CHANGE_ROUTE]:
        return _change_route(f, p, c)
    elif dice < c.chance[JOIN_FAMILY]:
        _join_family(f, k, q, c)
    elif dice < c.chance[HOLD - 1]:
        _swap_near(f, k, q, c)
    else:
        return _hold(f, k, p, c)
    return last


@kernel
def _near(c, last):
    """A step along the order, mostly a short one, to either side."""
    share = draw(c, 1 << 20) / (1 << 20)
    step = 1 + np.int64(share * share * share * last)
    return step if draw(c, 2) else -step


@kernel
def _insert(q, c, at, step):
    """Move the unit at a position by a step."""
    to = min(max(at + step, 0), len(q.order) - 1)
    moved = c.given[at]
    for each in range(at, to):
        c.given[each] = c.given[each + 1]
    for each in range(at, to, -1):
        c.given[each] = c.given[each - 1]
    c.given[to] = moved


@kernel
def _move_to(f, q, c, op, to):
    """Move the unit of an operation to where the unit of another stands."""
    at = c.position[f.unit_of[op]]
    _insert(q, c, at, c.position[f.unit_of[to]] - at)


@kernel
def _job_that_counts(f, k, c):
    """A job that makes the first goal what it is: the last one, one that is late, or any."""
    J = len(f.release)
    if f.goal[MAKESPAN] > 0 and draw(c, 4):
        for job in range(J):
            if k.done[job] == k.total[MAKESPAN]:
                return job
    best = draw(c, J)
    for _ in range(min(J, 8)):
        if k.done[best] > min(f.due[best], f.deadline[best]):
            return best
        best = draw(c, J)
    return best


@kernel
def _some_operation(f, k, c):
    """Any operation that runs; -1 where none was found."""
    for _ in range(8):
        op = draw(c, len(f.job))
        if k.mode[op] >= 0:
            return op
    return -1


@kernel
def _last_of(f, k, c, job):
    """The operation that ends a job; -1 without one. Operations of a job stand together."""
    low, high = 0, len(f.job)
    while low < high:
        middle = (low + high) >> 1
        if f.job[middle] < job:
            low = middle + 1
        else:
            high = middle
    while low < len(f.job) and f.job[low] == job:
        if k.mode[low] >= 0 and k.end[low] == k.done[job]:
            return low
        low += 1
    return -1


@kernel
def before_on_machine(f, k, op, steps):
    """What stands so many entries before an operation on its machine, or the first; -1 where nothing does."""
    machine = f.machine[k.mode[op]]
    if machine < 0:
        return -1
    at = position_on_line(f, k, k.leader[op], machine)
    return k.line[f.line_first[machine] + max(0, at - steps)] if at > 0 else -1


@kernel
def _bound_on_chain(f, k, c, op):
    """An operation that waited for its machine, on the chain that makes ``op`` end when it does; -1 without one."""
    found, seen = -1, 0
    for _ in range(LINKS):
        if op < 0:
            break
        following = -1
        if k.ready[op] < k.start[op]:
            following = before_on_machine(f, k, op, 1)
        if k.ready[op] < k.start[op] and (following >= 0 or f.mode_needs[k.mode[op]] > 0):
            seen += 1
            if draw(c, seen) == 0:
                found = op
        if following < 0:
            following = _decides(f, k, op)
        op = following
    return found


@kernel
def _decides(f, k, op):
    """What made the work of an operation come when it did; -1 where that was its release."""
    found, latest = -1, f.release[f.job[op]]
    for row in range(f.in_first[op], f.in_first[op + 1]):
        arc = f.in_arc[row]
        before = f.arc_before[arc]
        if k.mode[before] >= 0:
            origin = k.start[before] if f.arc_from_start[arc] else k.end[before]
            if origin + f.arc_least[arc] > latest:
                latest = origin + f.arc_least[arc]
                found = before
    return found


@kernel
def _swap_bound(f, k, q, c):
    """What waited for its machine goes before what it waited for, or that goes behind it."""
    op = _last_of(f, k, c, _job_that_counts(f, k, c))
    if op >= 0:
        op = _bound_on_chain(f, k, c, op)
    if op < 0:
        _insert(q, c, draw(c, len(q.order)), _near(c, len(q.order)))
        return
    other = _rival_for_pool(f, k, c, op)
    if other < 0:
        other = before_on_machine(f, k, op, 1 + (draw(c, 4) if draw(c, 3) == 0 else 0))
    if other < 0:
        return
    if draw(c, 3):
        _move_to(f, q, c, op, other)
    else:
        _move_to(f, q, c, other, op)


@kernel
def _rival_for_pool(f, k, c, op):
    """Work that held a pool while an operation waited and needs it too; -1 where there is none, or by chance.

    From a random operation on, the first that is found.
    """
    mode = k.mode[op]
    if f.mode_needs[mode] == 0 or (f.machine[mode] >= 0 and draw(c, 2)):
        return -1
    pool = f.need_pool[f.mode_need[mode] + draw(c, f.mode_needs[mode])]
    N = len(f.job)
    first = draw(c, N)
    for step in range(N):
        other = first + step if first + step < N else first + step - N
        if k.mode[other] < 0 or k.start[other] >= k.start[op] or k.end[other] <= k.ready[op]:
            continue
        its = k.mode[other]
        for row in range(f.mode_need[its], f.mode_need[its] + f.mode_needs[its]):
            if f.need_pool[row] == pool:
                return other
    return -1


@kernel
def _swap_near(f, k, q, c):
    """Two operations that stand close together on a machine."""
    op = _some_operation(f, k, c)
    other = before_on_machine(f, k, op, 1 + draw(c, 6)) if op >= 0 else -1
    if other >= 0:
        at, to = c.position[f.unit_of[op]], c.position[f.unit_of[other]]
        c.given[at], c.given[to] = c.given[to], c.given[at]


@kernel
def _join_family(f, k, q, c):
    """Put an operation with a setup beside another of its family on its machine."""
    for _ in range(8):
        op = _some_operation(f, k, c)
        if op < 0 or k.setup_time[op] == 0:
            continue
        mode = k.mode[op]
        machine = f.machine[mode]
        count = k.line_count[machine]
        for _ in range(8):
            other = k.line[f.line_first[machine] + draw(c, count)]
            if other != op and f.family[k.mode[other]] == f.family[mode]:
                _move_to(f, q, c, op, other)
                return


@kernel
def _shift_job(f, k, q, c):
    """All of a job earlier or later by as many positions."""
    job = _job_that_counts(f, k, c) if draw(c, 2) else draw(c, len(f.release))
    step = _near(c, len(q.order))
    at, mine, other = 0, 0, 0
    last = len(q.order)
    while at < last:
        while mine < last and not _is_of(f, q.order[mine], job):
            mine += 1
        while other < last and _is_of(f, q.order[other], job):
            other += 1
        if other >= last or (mine < last and mine + step < other):
            c.given[at] = q.order[mine]
            mine += 1
        else:
            c.given[at] = q.order[other]
            other += 1
        at += 1


@kernel
def _is_of(f, unit, job):
    return f.job[f.unit_op[f.unit_first[unit]]] == job


@kernel
def _change_mode(f, k, p, c):
    """Another mode, or none in particular; mostly for what waited for its machine."""
    op = -1
    if draw(c, 2):
        op = _last_of(f, k, c, _job_that_counts(f, k, c))
        if op >= 0:
            op = _bound_on_chain(f, k, c, op)
    if op < 0 or f.modes[op] == 1:
        for _ in range(8):
            op = draw(c, len(f.job))
            if f.modes[op] > 1:
                break
    p.mode[op] = -1 if draw(c, 4) == 0 else f.first_mode[op] + draw(c, f.modes[op])
    return c.position[f.unit_of[op]]


@kernel
def _change_route(f, p, c):
    """Another route for a job that has several."""
    for _ in range(16):
        op = draw(c, len(f.job))
        if f.route[op] >= 0 and f.route[op] != p.route[f.job[op]]:
            p.route[f.job[op]] = f.route[op]
            return 0
    return len(p.order)


@kernel
def _hold(f, k, p, c):
    """Let an operation wait: for where it stood before, or so that its job is not done too early; or no longer."""
    op = draw(c, len(f.job))
    if f.reference_start[op] >= 0 and draw(c, 2):
        p.hold[op] = f.reference_start[op]
        return c.position[f.unit_of[op]]
    early = 0
    for level in range(len(f.goal) // MEASURES):
        early += f.goal[level * MEASURES + EARLINESS]
    if early > 0:
        op = _last_of(f, k, c, f.job[op])
        if op >= 0 and f.due[f.job[op]] < NEVER and k.done[f.job[op]] < f.due[f.job[op]] and draw(c, 4):
            p.hold[op] = k.start[op] + f.due[f.job[op]] - k.done[f.job[op]]
            return c.position[f.unit_of[op]]
    if op >= 0:
        p.hold[op] = 0
        return c.position[f.unit_of[op]]
    return len(p.order)
