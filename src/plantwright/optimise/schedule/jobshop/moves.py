"""What could be moved: along critical blocks, and to other machines; the best by estimate. All kernels.

References
----------
Blocks: Zhang, C. Y. et al. (2007), "A tabu search algorithm with a new neighborhood structure for the job shop
scheduling problem", doi:10.1016/j.cor.2005.12.002 (N7). Estimates: Balas, E., Vazacopoulos, A. (1998), "Guided local
search with shifting bottleneck for job shop scheduling", doi:10.1287/mnsc.44.2.262. Other machines: Mastrolilli, M.,
Gambardella, L. M. (2000), "Effective neighbourhood functions for the flexible job shop problem",
doi:10.1002/(SICI)1099-1425(200001/02)3:1<3::AID-JOS32>3.0.CO;2-Y.
"""

from __future__ import annotations

from plantwright.jit import inlined, kernel
from plantwright.optimise.schedule.jobshop.shop import JobShop
from plantwright.optimise.schedule.jobshop.state import (
    BEST,
    LEFT,
    MAKESPAN,
    MODE,
    OPERATION,
    SLOTS,
    TIES,
    TURN,
    VALUE,
    State,
)

NEVER = 2**60
TABU = 2**59
"""Added to the value of a move that is tabu: the first of them is taken where all are. [tick]"""


@inlined
def below(state: State, most: int) -> int:
    """A random whole number from 0 on, below ``most`` (xorshift of Marsaglia, doi:10.18637/jss.v008.i14)."""
    word = state.random[0]
    word ^= word << 13
    word ^= word >> 7
    word ^= word << 17
    state.random[0] = word
    return int((word >> 33) % most)


@kernel
def critical_path(shop: JobShop, state: State) -> int:
    """A critical path, drawn, into ``path`` from its end to its start; its length."""
    none = len(state.order)
    each, ties = none, 0
    for machine in range(len(state.done)):
        if state.done[machine] > 0:
            last = state.line[machine, state.done[machine] - 1]
            if state.end[last] == state.number[MAKESPAN]:
                ties += 1
                if ties == 1 or below(state, ties) == 0:
                    each = last
    length = 0
    while each != none:
        state.path[length] = each
        length += 1
        before, left, head = shop.before[each], state.left[each], state.head[each]
        is_by_job = before != none and state.end[before] + shop.lag[each] == head
        is_by_machine = left != none and state.end[left] == head
        if is_by_job and is_by_machine:
            each = left if below(state, 2) == 0 else before
        elif is_by_machine:
            each = left
        else:
            each = before if is_by_job else none
    for index in range(length // 2):
        other = length - 1 - index
        state.path[index], state.path[other] = state.path[other], state.path[index]
    return length


@kernel
def choose(shop: JobShop, state: State) -> bool:
    """The best move by estimate into ``pick``; False where there is none, so that the schedule is the best there is."""
    length = critical_path(shop, state)
    state.pick[VALUE], state.pick[TIES] = NEVER, 0
    first = 0
    while first < length:
        last = first
        while last + 1 < length and state.right[state.path[last]] == state.path[last + 1]:
            last += 1
        begins = first > 0 or shop.lag[state.path[0]] > 0
        ends = last + 1 < length
        if first < last and (begins or ends):
            for index in range(first, last):
                _later(shop, state, index, last, begins and index == first, ends)
            for index in range(first + 2, last + 1):
                _earlier(shop, state, index, first, begins, ends and index == last)
        first = last + 1
    for index in range(length):
        each = state.path[index]
        if shop.first_mode[each + 1] - shop.first_mode[each] > 1:
            _elsewhere(shop, state, each)
    return bool(state.pick[TIES] > 0)


@inlined
def _offer(state: State, value: int, each: int, mode: int, left: int) -> None:
    """A move; among those that are as good as the best one is drawn."""
    pick = state.pick
    if value > pick[VALUE]:
        return
    if value < pick[VALUE]:
        pick[VALUE], pick[TIES] = value, 0
    pick[TIES] += 1
    if pick[TIES] == 1 or below(state, pick[TIES]) == 0:
        pick[OPERATION], pick[MODE], pick[LEFT] = each, mode, left


@inlined
def slot_of(state: State, left: int, right: int) -> int:
    """Where it stands whether one operation may come before another on their machine."""
    return int((3 * state.word[left] + state.word[right]) & (SLOTS - 1))


@inlined
def _is_tabu(state: State, left: int, right: int) -> bool:
    slot = slot_of(state, left, right)
    return bool(state.tabu_until[slot] > state.number[TURN] and state.tabu_key[slot] == left * len(state.mode) + right)


@kernel
def _later(shop: JobShop, state: State, index: int, last: int, is_first: bool, ends: bool) -> None:
    """An operation of a block right after others that follow: any where it is the first, else the last of the block."""
    if not is_first and not ends:
        return
    each, path = state.path[index], state.path
    after = shop.after[each]
    ready, tabu = state.end[state.left[each]], False
    for stop in range(index + 1, last + 1):
        other = path[stop]
        if other == after:
            return
        start = max(state.end[shop.before[other]] + shop.lag[other], ready)
        state.ahead[stop] = start
        ready = start + state.time[other]
        tabu = tabu or _is_tabu(state, other, each)
        if not (is_first or stop == last) or state.tail[other] < state.tail[after]:
            continue
        most = min(state.pick[VALUE], state.number[BEST] - 1) if tabu else state.pick[VALUE]
        value = _value_later(shop, state, index, stop, ready, most)
        if tabu and value > most:
            value = TABU
        _offer(state, value, each, state.mode[each], other)


@kernel
def _value_later(shop: JobShop, state: State, index: int, stop: int, ready: int, most: int) -> int:
    """The longest way through what moves, at least; something above ``most`` where it is above."""
    each, tail = state.path[index], state.tail
    after = shop.after[each]
    follow = state.time[each] + max(tail[after] + shop.lag[after], tail[state.right[state.path[stop]]])
    value = max(state.end[shop.before[each]] + shop.lag[each], ready) + follow
    for place in range(stop, index, -1):
        if value > most:
            return int(value)
        other = state.path[place]
        next_ = shop.after[other]
        follow = state.time[other] + max(tail[next_] + shop.lag[next_], follow)
        value = max(value, state.ahead[place] + follow)
    return int(value)


@kernel
def _earlier(shop: JobShop, state: State, index: int, first: int, begins: bool, is_last: bool) -> None:
    """An operation of a block right before others that precede: any where it is the last, else the first."""
    if not is_last and not begins:
        return
    each, path = state.path[index], state.path
    before = shop.before[each]
    follow, tabu = state.tail[state.right[each]], False
    for stop in range(index - 1, first - 1, -1):
        other = path[stop]
        if other == before:
            return
        next_ = shop.after[other]
        follow = state.time[other] + max(state.tail[next_] + shop.lag[next_], follow)
        state.ahead[stop] = follow
        tabu = tabu or _is_tabu(state, each, other)
        if stop == index - 1 or not (is_last or stop == first) or state.end[other] < state.end[before]:
            continue  # to change places with a neighbour is known already
        most = min(state.pick[VALUE], state.number[BEST] - 1) if tabu else state.pick[VALUE]
        value = _value_earlier(shop, state, index, stop, follow, most)
        if tabu and value > most:
            value = TABU
        _offer(state, value, each, state.mode[each], state.left[other])


@kernel
def _value_earlier(shop: JobShop, state: State, index: int, stop: int, follow: int, most: int) -> int:
    """The longest way through what moves, at least; something above ``most`` where it is above."""
    each, end = state.path[index], state.end
    after = shop.after[each]
    start = max(end[shop.before[each]] + shop.lag[each], end[state.left[state.path[stop]]])
    ready = start + state.time[each]
    value = ready + max(state.tail[after] + shop.lag[after], follow)
    for place in range(stop, index):
        if value > most:
            return int(value)
        other = state.path[place]
        start = max(end[shop.before[other]] + shop.lag[other], ready)
        value = max(value, start + state.ahead[place])
        ready = start + state.time[other]
    return int(value)


@kernel
def _elsewhere(shop: JobShop, state: State, each: int) -> None:
    """A critical operation on other machines, at every place that surely makes no circle."""
    none = len(state.order)
    before, after = shop.before[each], shop.after[each]
    ready, follow = state.end[before] + shop.lag[each], state.tail[after] + shop.lag[after]
    opens, closes = (state.head[before] if before != none else -1), (state.end[after] if after != none else NEVER)
    for mode in range(shop.first_mode[each], shop.first_mode[each + 1]):
        machine, time = shop.machine[mode], shop.time[mode]
        if machine == state.on[each] or ready + time + follow > state.pick[VALUE]:
            continue
        tabu = state.mode_until[mode] > state.number[TURN]
        place = _first_after(state, machine, opens)
        while True:
            left = state.line[machine, place - 1] if place > 0 else none
            if left != none and state.head[left] >= closes:
                break
            right = state.line[machine, place] if place < state.done[machine] else none
            start = max(ready, state.end[left])
            if start + time + follow > state.pick[VALUE]:
                break
            value = start + time + max(follow, state.tail[right])
            if tabu and value >= state.number[BEST]:
                value = TABU
            _offer(state, value, each, mode, left)
            if right == none:
                break
            place += 1


@kernel
def _first_after(state: State, machine: int, opens: int) -> int:
    """The first place on a machine whose operation ends after a time."""
    low, high = 0, state.done[machine]
    while low < high:
        middle = (low + high) // 2
        if state.end[state.line[machine, middle]] > opens:
            high = middle
        else:
            low = middle + 1
    return low
