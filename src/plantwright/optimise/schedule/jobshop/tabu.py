"""The kernels that Python calls: a first schedule by dispatching, and tabu search from a schedule on.

References
----------
Giffler, B., Thompson, G. L. (1960), "Algorithms for solving production-scheduling problems", doi:10.1287/opre.8.4.487.
Tabu: Zhang, C. Y., Li, P., Rao, Y., Guan, Z. (2008), "A very fast TS/SA algorithm for the job shop scheduling problem",
doi:10.1016/j.cor.2006.02.024.
"""

from __future__ import annotations

from plantwright.jit import entry, inlined, kernel
from plantwright.optimise.schedule.jobshop.moves import NEVER, below, choose, slot_of
from plantwright.optimise.schedule.jobshop.place import keep_best, lay_out, put, renew
from plantwright.optimise.schedule.jobshop.shop import JobShop
from plantwright.optimise.schedule.jobshop.state import (
    BEST,
    CHANGED_TO,
    IDLE,
    LEFT,
    MAKESPAN,
    MODE,
    OPERATION,
    TURN,
    State,
)

LEAST_TENURE = 10
"""What is undone is tabu for so many turns at least, more where machines have many jobs. [-]"""


@entry
def begin(shop: JobShop, state: State) -> None:
    """Start a search from ``mode`` and ``order``: it is the best, nothing is tabu."""
    lay_out(shop, state)
    keep_best(state)
    state.number[TURN] = 0
    state.tabu_until[:] = 0
    state.mode_until[:] = 0


@entry
def search(shop: JobShop, state: State, turns: int, patience: int, bound: int) -> bool:
    """So many turns of tabu search; whether it is over: at the bound, or after so many turns without a better one."""
    spread = LEAST_TENURE + len(shop.first) // len(shop.room)
    for _ in range(turns):
        if state.number[BEST] <= bound or state.number[IDLE] >= patience:
            return True
        if not choose(shop, state):
            return True
        state.number[TURN] += 1
        state.number[IDLE] += 1
        until = state.number[TURN] + spread + below(state, 1 + spread // 2)
        _take(shop, state, until)
        if state.number[MAKESPAN] < state.number[BEST]:
            keep_best(state)
    return bool(state.number[BEST] <= bound)


@kernel
def _take(shop: JobShop, state: State, until: int) -> None:
    """Make the move that was picked; what it undoes is tabu, or the move itself where it would close a circle."""
    none = len(state.order)
    each, mode, left = state.pick[OPERATION], state.pick[MODE], state.pick[LEFT]
    old_mode, old = state.mode[each], state.place[each]
    if put(shop, state, each, mode, left):
        renew(shop, state)
        if mode == old_mode:
            _forbid_passed(state, each, old, until)
        else:
            state.mode_until[old_mode] = until
    elif mode != old_mode:
        state.mode_until[mode] = until
    elif left != none and state.place[left] > old:
        _forbid(state, left, each, until)
    else:
        _forbid(state, each, state.line[state.on[each], 0 if left == none else state.place[left] + 1], until)


@kernel
def _forbid_passed(state: State, each: int, old: int, until: int) -> None:
    """What an operation has passed on its machine must not come to the other side of it again."""
    machine, new = state.on[each], state.place[each]
    for place in range(old, new):
        _forbid(state, each, state.line[machine, place], until)
    for place in range(new + 1, old + 1):
        _forbid(state, state.line[machine, place], each, until)


@inlined
def _forbid(state: State, left: int, right: int, until: int) -> None:
    slot = slot_of(state, left, right)
    state.tabu_key[slot] = left * len(state.mode) + right
    state.tabu_until[slot] = until


@entry
def dispatch(shop: JobShop, state: State, noise: int) -> None:
    """A schedule without a pause that other work could use: of what is in conflict, that with most work to come.

    ``noise`` per cent of the work to come is drawn. ``mode`` and ``order`` are overwritten.
    """
    none = len(state.order)
    jobs = len(shop.first)
    free, ready, turn = state.done, state.head, state.path  # room that is not in use yet
    free[:] = 0
    for job in range(jobs):
        turn[job] = shop.first[job]
        ready[job] = shop.lag[shop.first[job]]
    for rank in range(none):
        machine = _first_done(shop, state, jobs)
        done = state.number[CHANGED_TO]
        chosen, chosen_mode, best = 0, 0, -1
        for job in range(jobs):
            each = turn[job]
            for mode in range(shop.first_mode[each], shop.first_mode[min(each + 1, none)]):
                start = max(ready[job], free[machine])
                if shop.machine[mode] != machine or (start >= done and start + shop.time[mode] > done):
                    continue
                worth = shop.rest[each] * (100 - noise) + shop.rest[each] * below(state, 2 * noise + 1)
                if worth > best:
                    chosen, chosen_mode, best = job, mode, worth
        each = turn[chosen]
        mode = _soonest(shop, state, each, ready[chosen], chosen_mode)
        state.order[rank] = each
        state.mode[each] = mode
        machine = shop.machine[mode]
        free[machine] = ready[chosen] = max(ready[chosen], free[machine]) + shop.time[mode]
        turn[chosen] = shop.after[each]
        ready[chosen] += shop.lag[turn[chosen]]


@kernel
def _first_done(shop: JobShop, state: State, jobs: int) -> int:
    """The machine that could be done with something first; when, stands in ``number[CHANGED_TO]``."""
    none = len(state.order)
    machine, first = 0, NEVER
    for job in range(jobs):
        each = state.path[job]
        for mode in range(shop.first_mode[each], shop.first_mode[min(each + 1, none)]):
            other = shop.machine[mode]
            done = max(state.head[job], state.done[other]) + shop.time[mode]
            if done < first:
                machine, first = other, done
    state.number[CHANGED_TO] = first
    return machine


@kernel
def _soonest(shop: JobShop, state: State, each: int, ready: int, mode: int) -> int:
    """The mode in which an operation that is ready would end first, the one given where none is better."""
    soonest = max(ready, state.done[shop.machine[mode]]) + shop.time[mode]
    for other in range(shop.first_mode[each], shop.first_mode[each + 1]):
        end = max(ready, state.done[shop.machine[other]]) + shop.time[other]
        if end < soonest:
            mode, soonest = other, end
    return mode
