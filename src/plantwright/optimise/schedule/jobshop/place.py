"""A schedule from modes and an order, its heads and tails, and an operation put elsewhere: all kernels."""

from __future__ import annotations

from plantwright.jit import inlined, kernel
from plantwright.optimise.schedule.jobshop.shop import JobShop
from plantwright.optimise.schedule.jobshop.state import BEST, CHANGED_FROM, CHANGED_TO, IDLE, MAKESPAN, State


@kernel
def lay_out(shop: JobShop, state: State) -> None:
    """Lines of the machines, heads and tails from ``mode`` and ``order``."""
    none = len(state.order)
    state.done[:] = 0
    for rank in range(none):
        each = state.order[rank]
        mode = state.mode[each]
        machine = shop.machine[mode]
        place = state.done[machine]
        state.rank[each] = rank
        state.on[each] = machine
        state.time[each] = shop.time[mode]
        state.place[each] = place
        state.line[machine, place] = each
        state.left[each] = state.line[machine, place - 1] if place > 0 else none
        state.right[each] = none
        if place > 0:
            state.right[state.left[each]] = each
        state.done[machine] = place + 1
    state.number[CHANGED_FROM] = 0
    state.number[CHANGED_TO] = none - 1
    renew(shop, state)


@kernel
def renew(shop: JobShop, state: State) -> None:
    """Heads from the first change of the order on, tails from the last one back, and the makespan."""
    before, after, lag, order = shop.before, shop.after, shop.lag, state.order
    left, right, head, end, tail, time = state.left, state.right, state.head, state.end, state.tail, state.time
    for rank in range(state.number[CHANGED_FROM], len(order)):
        each = order[rank]
        ready = max(end[before[each]] + lag[each], end[left[each]])
        head[each] = ready
        end[each] = ready + time[each]
    for rank in range(state.number[CHANGED_TO], -1, -1):
        each = order[rank]
        tail[each] = time[each] + max(tail[after[each]] + lag[after[each]], tail[right[each]])
    longest = 0
    for machine in range(len(state.done)):
        if state.done[machine] > 0:
            longest = max(longest, end[state.line[machine, state.done[machine] - 1]])
    state.number[MAKESPAN] = longest


@kernel
def keep_best(state: State) -> None:
    """The present schedule is the best one."""
    state.number[BEST] = state.number[MAKESPAN]
    state.number[IDLE] = 0
    for rank in range(len(state.order)):
        state.best_order[rank] = state.order[rank]
        state.best_mode[rank] = state.mode[rank]


@kernel
def put(shop: JobShop, state: State, each: int, mode: int, left: int) -> bool:
    """Put an operation into a mode and right of another (N: first on its machine); False, and nothing, in a circle."""
    old_mode, old_left = state.mode[each], state.left[each]
    _relink(shop, state, each, mode, left)
    if _reorder(shop, state, each):
        return True
    _relink(shop, state, each, old_mode, old_left)
    return False


@kernel
def _relink(shop: JobShop, state: State, each: int, mode: int, left: int) -> None:
    none = len(state.order)
    machine = state.on[each]
    old = state.place[each]
    _join(state, state.left[each], state.right[each])
    state.done[machine] -= 1
    last = state.done[machine]
    target = shop.machine[mode]
    if target == machine:  # only what is passed moves on
        last = 0 if left == none else state.place[left] + (1 if state.place[left] < old else 0)
    for place in range(old, last):
        moved = state.line[machine, place + 1]
        state.line[machine, place] = moved
        state.place[moved] = place
    new = 0 if left == none else state.place[left] + 1
    for place in range(old if target == machine else state.done[target], new, -1):
        moved = state.line[target, place - 1]
        state.line[target, place] = moved
        state.place[moved] = place
    state.line[target, new] = each
    state.done[target] += 1
    state.place[each] = new
    state.mode[each] = mode
    state.on[each] = target
    state.time[each] = shop.time[mode]
    right = state.line[target, new + 1] if new + 1 < state.done[target] else none
    _join(state, left, each)
    _join(state, each, right)


@inlined
def _join(state: State, left: int, right: int) -> None:
    state.right[left] = right
    state.left[right] = left


@kernel
def _reorder(shop: JobShop, state: State, each: int) -> bool:
    """Let the order follow the new place of an operation; False where it cannot.

    What must come after it and stands before what must come before it moves behind, with all that depends on it.
    """
    none = len(state.order)
    left, right, before, after = state.left[each], state.right[each], shop.before[each], shop.after[each]
    low = max(state.rank[left] if left != none else -1, state.rank[before] if before != none else -1)
    high = min(state.rank[right] if right != none else none, state.rank[after] if after != none else none)
    old = state.rank[each]
    if low < high:
        if old < low:
            _shift_down(state, old, low)
            _stand(state, each, low)
        elif old > high:
            _shift_up(state, high, old)
            _stand(state, each, high)
        state.number[CHANGED_FROM] = min(old, high)
        state.number[CHANGED_TO] = max(old, low)
        return True
    if _depends(shop, state, each, low, high):
        return False
    state.number[CHANGED_FROM] = min(old, high)
    state.number[CHANGED_TO] = max(old, low)
    begin = high
    if old > low:
        _shift_up(state, low + 1, old)
    elif old < high:
        _shift_down(state, old, high - 1)
        begin = high - 1
    _part(state, each, low, high, begin)
    return True


@inlined
def _stand(state: State, each: int, rank: int) -> None:
    state.order[rank] = each
    state.rank[each] = rank


@inlined
def _shift_down(state: State, first: int, last: int) -> None:
    """What stands after ``first``, up to ``last``, comes one earlier."""
    for rank in range(first, last):
        _stand(state, state.order[rank + 1], rank)


@inlined
def _shift_up(state: State, first: int, last: int) -> None:
    """What stands from ``first`` on, before ``last``, comes one later."""
    for rank in range(last, first, -1):
        _stand(state, state.order[rank - 1], rank)


@kernel
def _depends(shop: JobShop, state: State, each: int, low: int, high: int) -> bool:
    """Mark what depends on the operation between two ranks; whether what it waits for is among it."""
    right, after, mark = state.right[each], shop.after[each], state.mark
    circle = False
    for rank in range(high, low + 1):
        other = state.order[rank]
        if other == each:
            continue
        is_next = other in (right, after)
        if is_next or mark[shop.before[other]] or mark[state.left[other]]:
            mark[other] = 1
            circle = circle or other == state.left[each] or other == shop.before[each]
    if circle:
        for rank in range(high, low + 1):
            mark[state.order[rank]] = 0
    return circle


@kernel
def _part(state: State, each: int, low: int, high: int, begin: int) -> None:
    """From ``begin`` on: what is not marked between two ranks, the operation, what is marked; marks are removed."""
    behind, rank = 0, begin
    for old in range(high, low + 1):
        other = state.order[old]
        if other == each:
            continue
        if state.mark[other]:
            state.mark[other] = 0
            state.ahead[behind] = other
            behind += 1
        else:
            _stand(state, other, rank)
            rank += 1
    _stand(state, each, rank)
    for index in range(behind):
        _stand(state, state.ahead[index], rank + 1 + index)
