"""The search station by station: from all states after a station the states after the next.

A state is the set of tasks that are done. Of its loads for the next station only full ones matter, and of those only
such as no other is known to be as good as: the rules are in ``_is_needed``. States that are reached twice are kept
once; where there are more than may be kept, those with the largest score go on.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from plantwright.jit import by_pointer, entry, kernel
from plantwright.problems.balance import Floats, Ints, Words

NOTHING, ONE = np.uint64(0), np.uint64(1)
COMPLETE, IS_CUT, LOADS, CHILDREN = range(4)
"""Places of what a layer tells: a child with all tasks or -1, whether states were left out, loads, children."""


@by_pointer
class Rules(NamedTuple):
    """What stays the same while a line is searched: see ``Line``; N tasks, W words, K weights, M stations."""

    time: Ints  # (N,) int64 [ticks]
    ahead: Words  # (N, W) uint64
    first: Ints  # (N + 1,) int64
    after: Ints  # (A,) int64
    weight: Ints  # (K, N) int64
    room: Ints  # (K,) int64
    better: Words  # (N, W) uint64
    leading: Words  # tasks that others follow (W,) uint64
    every: Words  # all tasks (W,) uint64
    due: Words  # tasks that are done after each station, where there is a balance at all (M, W) uint64
    order: Ints  # tasks in the order in which they are tried (N,) int64
    value: Floats  # of a task in the score of a state (N,) float64
    key: Ints  # of a task in the hash of a state, which is their exclusive or (N,) int64, >= 0
    bit: Words  # each of a word (64,) uint64


@by_pointer
class Memory(NamedTuple):
    """States and the scratch of a search: P states, Q children, H places of the table, N tasks, W words, K weights."""

    sets: Words  # of tasks that are done (P, W) uint64
    parent: Ints  # (P,) int64
    child: Words  # (Q, W) uint64
    child_of: Ints  # (Q,) int64
    score: Floats  # (Q,) float64
    hashed: Ints  # (Q,) int64
    ranked: Floats  # (Q,) float64
    table: Ints  # children by hash, -1 where there is none (H,) int64
    pending: Ints  # tasks directly before that are not done (N,) int64
    ready: Ints  # tasks that may start (N,) int64
    place: Ints  # of each task of the load in ready (N + 1,) int64
    size: Ints  # of ready before it (N + 1,) int64
    grown: Ints  # whether the load was extended (N + 1,) int64
    done: Words  # state and load (W,) uint64
    spare: Words  # tasks that could start but do not (W,) uint64
    rest: Ints  # weights of what is left (K,) int64
    told: Ints  # (4,) int64


@entry
def expand(rules: Any, memory: Any, begin: int, count: int, station: int, stations: int, keep: int, loads: int) -> int:
    """States after a station, written behind those before it; returns how many.

    Parameters
    ----------
    begin, count
        Where the states before the station are, and how many.
    station, stations
        The station that is loaded, from 0, and how many there may be. [-]
    keep
        States that are kept at most. [-]
    loads
        Loads of a state that are looked at at most. [-]
    """
    told = memory.told
    told[COMPLETE] = -1
    told[IS_CUT] = 0
    told[CHILDREN] = 0
    told[LOADS] = 0
    for slot in range(len(memory.table)):
        memory.table[slot] = -1
    for row in range(begin, begin + count):
        _load_all(rules, memory, row, station, stations, keep, loads)
        if told[COMPLETE] >= 0:
            break
    if told[CHILDREN] > keep and told[COMPLETE] < 0:
        _select(memory, keep, False)
    target = begin + count
    if told[COMPLETE] >= 0:
        _copy(memory, told[COMPLETE], target)
        return 1
    for child in range(told[CHILDREN]):
        _copy(memory, child, target + child)
    return int(told[CHILDREN])


@kernel
def _copy(memory: Any, child: int, row: int) -> None:
    for word in range(memory.sets.shape[1]):
        memory.sets[row, word] = memory.child[child, word]
    memory.parent[row] = memory.child_of[child]


@kernel
def _has(rules: Any, words: Words, task: int) -> bool:
    return bool((words[task >> 6] & rules.bit[task & 63]) != NOTHING)


@kernel
def _open(rules: Any, memory: Any, row: int) -> int:
    """Prepare a state: what may start, what is left; returns how many may start."""
    done, pending, rest = memory.done, memory.pending, memory.rest
    for word in range(len(done)):
        done[word] = memory.sets[row, word]
    for weight in range(len(rest)):
        rest[weight] = 0
    size = 0
    for index in range(len(rules.order)):
        task = rules.order[index]
        if _has(rules, done, task):
            continue
        for weight in range(len(rest)):
            rest[weight] += rules.weight[weight, task]
        missing = 0
        for word in range(len(done)):
            left = rules.ahead[task, word] & ~done[word]
            while left != NOTHING:
                left &= left - ONE  # without its lowest bit
                missing += 1
        pending[task] = missing
        if missing == 0:
            memory.ready[size] = task
            size += 1
    return size


@kernel
def _load_all(rules: Any, memory: Any, row: int, station: int, stations: int, keep: int, loads: int) -> None:
    """All loads of a state, each once: tasks are taken in the order in which they became ready, depth first."""
    ready, time, told = memory.ready, rules.time, memory.told
    size = _open(rules, memory, row)
    base, key = _sums(rules, memory)
    room = rules.room[0]
    slack = (stations - station) * room - memory.rest[0]
    depth = 0
    cursor = 0
    looked = 0
    memory.grown[0] = 0
    while True:
        while cursor < size and time[ready[cursor]] > room:
            cursor += 1
        if cursor < size:
            memory.grown[depth] = 1
            memory.place[depth] = cursor
            memory.size[depth] = size
            size = _take(rules, memory, ready[cursor], size)
            room -= time[ready[cursor]]
            depth += 1
            cursor += 1
            memory.grown[depth] = 0
            continue
        if memory.grown[depth] == 0:
            looked += 1
            if room <= slack and _is_needed(rules, memory, size, depth, room, station, stations):
                _keep(rules, memory, row, depth, base, key, keep)
                if told[COMPLETE] >= 0:
                    break
            if looked >= loads:
                told[IS_CUT] = 1
                break
        if depth == 0:
            break
        depth -= 1
        cursor = memory.place[depth]
        size = memory.size[depth]
        _untake(rules, memory, ready[cursor])
        room += time[ready[cursor]]
        cursor += 1
    told[LOADS] += looked


@kernel
def _take(rules: Any, memory: Any, task: int, size: int) -> int:
    memory.done[task >> 6] |= rules.bit[task & 63]
    for index in range(rules.first[task], rules.first[task + 1]):
        follower = rules.after[index]
        memory.pending[follower] -= 1
        if memory.pending[follower] == 0:
            memory.ready[size] = follower
            size += 1
    return size


@kernel
def _untake(rules: Any, memory: Any, task: int) -> None:
    memory.done[task >> 6] &= ~rules.bit[task & 63]
    for index in range(rules.first[task], rules.first[task + 1]):
        memory.pending[rules.after[index]] += 1


@kernel
def _is_needed(rules: Any, memory: Any, size: int, depth: int, room: int, station: int, stations: int) -> bool:
    """Whether a load has to be followed: whether it is full, no other is as good, and what is left may still fit."""
    return (
        _is_full(rules, memory, size, room)
        and _is_due_done(rules, memory, station)
        and _may_fit(rules, memory, depth, stations - station - 1)
        and not _is_late(rules, memory, depth)
        and not _is_dominated(rules, memory, size, depth, room)
    )


@kernel
def _is_full(rules: Any, memory: Any, size: int, room: int) -> bool:
    """Whether nothing that may start fits too; what may start and does not is noted."""
    for word in range(len(memory.spare)):
        memory.spare[word] = 0
    for index in range(size):
        task = memory.ready[index]
        if not _has(rules, memory.done, task):
            if rules.time[task] <= room:
                return False
            memory.spare[task >> 6] |= rules.bit[task & 63]
    return True


@kernel
def _is_due_done(rules: Any, memory: Any, station: int) -> bool:
    """Whether all is done whose followers would otherwise not find stations enough."""
    for word in range(len(memory.done)):  # noqa: SIM110 (a kernel has no generators)
        if (rules.due[station, word] & ~memory.done[word]) != NOTHING:
            return False
    return True


@kernel
def _may_fit(rules: Any, memory: Any, depth: int, stations: int) -> bool:
    """Whether the weights of what is left are no more than the stations that are left have room for."""
    for weight in range(len(memory.rest)):
        left = memory.rest[weight]
        for index in range(depth):
            left -= rules.weight[weight, memory.ready[memory.place[index]]]
        if left > stations * rules.room[weight]:
            return False
    return True


@kernel
def _is_late(rules: Any, memory: Any, depth: int) -> bool:
    """Whether nothing of the load is followed by anything while such tasks are left: it could as well come later."""
    for index in range(depth):
        if _has(rules, rules.leading, memory.ready[memory.place[index]]):
            return False
    for word in range(len(memory.done)):  # noqa: SIM110 (a kernel has no generators)
        if (rules.leading[word] & ~memory.done[word]) != NOTHING:
            return True
    return False


@kernel
def _is_dominated(rules: Any, memory: Any, size: int, depth: int, room: int) -> bool:
    """Whether a task of the load can give its place to one that is never worse there."""
    for index in range(depth):
        task = memory.ready[memory.place[index]]
        for word in range(len(memory.spare)):
            if (rules.better[task, word] & memory.spare[word]) != NOTHING and _gives_way(
                rules, memory, size, task, room
            ):
                return True
    return False


@kernel
def _gives_way(rules: Any, memory: Any, size: int, task: int, room: int) -> bool:
    """Whether one of those that could start but do not is never worse in the place of the task, and fits."""
    for index in range(size):
        other = memory.ready[index]
        if (
            _has(rules, memory.spare, other)
            and (rules.better[task, other >> 6] & rules.bit[other & 63]) != NOTHING
            and rules.time[other] - rules.time[task] <= room
        ):
            return True
    return False


@kernel
def _sums(rules: Any, memory: Any) -> tuple[float, int]:
    """Score and hash of the state that is open."""
    score = 0.0
    key = 0
    for task in range(len(rules.time)):
        if _has(rules, memory.done, task):
            score += rules.value[task]
            key ^= rules.key[task]
    return score, key


@kernel
def _keep(rules: Any, memory: Any, row: int, depth: int, score: float, key: int, keep: int) -> None:
    """Note the state that a load leads to, unless it is there already; with no room left the worst make room."""
    told = memory.told
    is_complete = True
    for word in range(len(memory.done)):
        if memory.done[word] != rules.every[word]:
            is_complete = False
    for index in range(depth):
        task = memory.ready[memory.place[index]]
        score += rules.value[task]
        key ^= rules.key[task]
    slot = _slot(memory, memory.done, key)
    if memory.table[slot] >= 0:
        return
    if told[CHILDREN] == len(memory.score):
        _select(memory, keep, True)
        slot = _slot(memory, memory.done, key)
    child = told[CHILDREN]
    memory.table[slot] = child
    for word in range(len(memory.done)):
        memory.child[child, word] = memory.done[word]
    memory.child_of[child] = row
    memory.score[child] = score
    memory.hashed[child] = key
    told[CHILDREN] = child + 1
    if is_complete:
        told[COMPLETE] = child


@kernel
def _slot(memory: Any, words: Words, key: int) -> int:
    """Where a set is in the table, or the free place where it belongs."""
    mask = len(memory.table) - 1
    slot = key & mask
    while memory.table[slot] >= 0:
        same = True
        for word in range(len(words)):
            if memory.child[memory.table[slot], word] != words[word]:
                same = False
        if same:
            return slot
        slot = (slot + 1) & mask
    return slot


@kernel
def _select(memory: Any, keep: int, again: bool) -> None:
    """Keep the states with the largest score, in the order in which they were found; build the table anew."""
    told = memory.told
    count = told[CHILDREN]
    told[IS_CUT] = 1
    for child in range(count):
        memory.ranked[child] = memory.score[child]
    limit = _largest(memory.ranked, count, keep)
    above = 0
    for child in range(count):
        if memory.score[child] > limit:
            above += 1
    ties = keep - above
    kept = 0
    for child in range(count):
        if memory.score[child] < limit or (memory.score[child] == limit and ties == 0):
            continue
        if memory.score[child] == limit:
            ties -= 1
        for word in range(memory.child.shape[1]):
            memory.child[kept, word] = memory.child[child, word]
        memory.child_of[kept] = memory.child_of[child]
        memory.score[kept] = memory.score[child]
        memory.hashed[kept] = memory.hashed[child]
        kept += 1
    told[CHILDREN] = kept
    if again:
        for slot in range(len(memory.table)):
            memory.table[slot] = -1
        for child in range(kept):
            memory.table[_slot(memory, memory.child[child], memory.hashed[child])] = child


@kernel
def _largest(values: Floats, count: int, rank: int) -> float:
    """The value of this rank from the top (Hoare's selection); the values are reordered."""
    low, high, target = 0, count - 1, rank - 1
    while low < high:
        pivot = values[(low + high) >> 1]
        i, j = low, high
        while i <= j:
            while values[i] > pivot:
                i += 1
            while values[j] < pivot:
                j -= 1
            if i <= j:
                values[i], values[j] = values[j], values[i]
                i += 1
                j -= 1
        if target <= j:
            high = j
        elif target >= i:
            low = i
        else:
            break
    return float(values[target])
