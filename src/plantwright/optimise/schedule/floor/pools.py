"""People, tools and places in numbers: what is left of each pool from when on, as steps in rising order of time."""

from __future__ import annotations

from plantwright.jit import kernel
from plantwright.optimise.schedule.floor.records import FAR


@kernel
def step_at(f, b, pool, t):
    """Row of the step that holds at ``t``."""
    low = f.pool_first[pool]
    high = low + b.pool_count[pool]
    while high - low > 1:
        middle = (low + high) >> 1
        if b.pool_time[middle] <= t:
            low = middle
        else:
            high = middle
    return low


@kernel
def wait_for_needs(f, b, first, needs, t, end):
    """``t`` when all that is needed is there until ``end``, else a later time to try, ``FAR`` if it never is."""
    for need in range(first, first + needs):
        later = _wait(f, b, f.need_pool[need], f.need_amount[need], t, end)
        if later > t:
            return later
    return t


@kernel
def _wait(f, b, pool, amount, t, end):
    last = f.pool_first[pool] + b.pool_count[pool]
    row = step_at(f, b, pool, t)
    while row < last and (b.pool_time[row] < end):
        if b.pool_free[row] < amount and end > t:
            while row < last and b.pool_free[row] < amount:
                row += 1
            return b.pool_time[row] if row < last else FAR
        row += 1
    return t


@kernel
def hold_needs(f, b, first, needs, t, end, sign):
    """Take what is needed from ``t`` to ``end`` (sign 1), or give it back (sign -1)."""
    if end <= t:
        return
    for need in range(first, first + needs):
        _hold(f, b, f.need_pool[need], sign * f.need_amount[need], t, end)


@kernel
def _hold(f, b, pool, amount, t, end):
    begin = _split(f, b, pool, t)
    last = _split(f, b, pool, end)
    for row in range(begin, last):
        b.pool_free[row] -= amount
    if amount < 0:
        _merge(f, b, pool, last)
        _merge(f, b, pool, begin)


@kernel
def _split(f, b, pool, t):
    """Row of the step that begins at ``t``; it is made where there is none."""
    row = step_at(f, b, pool, t)
    if b.pool_time[row] == t:
        return row
    last = f.pool_first[pool] + b.pool_count[pool]
    for each in range(last, row + 1, -1):
        b.pool_time[each] = b.pool_time[each - 1]
        b.pool_free[each] = b.pool_free[each - 1]
    b.pool_time[row + 1] = t
    b.pool_free[row + 1] = b.pool_free[row]
    b.pool_count[pool] += 1
    return row + 1


@kernel
def _merge(f, b, pool, row):
    """Drop a step that is as high as the one before it."""
    if row == f.pool_first[pool] or b.pool_free[row] != b.pool_free[row - 1]:
        return
    last = f.pool_first[pool] + b.pool_count[pool]
    for each in range(row, last - 1):
        b.pool_time[each] = b.pool_time[each + 1]
        b.pool_free[each] = b.pool_free[each + 1]
    b.pool_count[pool] -= 1
