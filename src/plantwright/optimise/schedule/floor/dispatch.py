"""Dispatching: whenever a machine is free and work waits for it, a rule says which goes first, as on a shop floor.

Parallel schedule generation: decisions are made in the order of time, and each machine does its work in the order of
the decisions. References for the rules: R. Haupt (1989), "A survey of priority rule-based scheduling", OR Spektrum 11,
doi 10.1007/BF01721162; Y. H. Lee, K. Bhaskaran and M. Pinedo (1997), "A heuristic to minimize the total weighted
tardiness with sequence-dependent setups", IIE Transactions 29(1), doi 10.1080/07408179708966311.
"""

from __future__ import annotations

from math import exp

from plantwright.jit import kernel
from plantwright.optimise.schedule.floor.lines import free_before, setup_between, state_before
from plantwright.optimise.schedule.floor.places import work_of
from plantwright.optimise.schedule.floor.records import FAR
from plantwright.optimise.schedule.floor.units import clear, place_fixed, place_unit

FIFO, SPT, LPT, EDD, SLACK, RATIO, ATC, ATCS, SAME_FAMILY, MOST_WORK, LEAST_WORK, WEIGHTED_SPT = range(12)

LOOK_AHEAD, SETUP_LOOK_AHEAD = 2.0, 0.5
"""How many mean times ATC looks ahead, and how many mean setups ATCS does. [-]"""


@kernel
def run_by_rule(f, b, p, rule, tail, means, ready, waits, line):
    """Fill the board by a rule; ``p.order`` is overwritten with the order of the decisions.

    Parameters
    ----------
    tail
        Working time from each operation to the end of its job, itself included. (N,) int64 [tick]
    means
        Mean working time and mean setup. (2,) float64 [tick]
    ready, waits, line
        Overwritten. (U,) int64 each
    """
    clear(f, b)
    place_fixed(f, b, p)
    p.append[0] = 1
    length = 0
    for unit in range(len(p.order)):
        waits[unit] = f.before_first[unit + 1] - f.before_first[unit]
        if waits[unit] == 0:
            ready[unit] = _ready(f, b, p, unit)
            line[length] = unit
            length += 1
    for step in range(len(p.order)):
        at = _choose(f, b, rule, tail, means, ready, line, length)
        unit = line[at]
        length -= 1
        line[at] = line[length]
        place_unit(f, b, p, unit)
        p.order[step] = unit
        for row in range(f.after_first[unit], f.after_first[unit + 1]):
            after = f.after_unit[row]
            waits[after] -= 1
            if waits[after] == 0:
                ready[after] = _ready(f, b, p, after)
                line[length] = after
                length += 1


@kernel
def _ready(f, b, p, unit):
    op = f.unit_op[f.unit_first[unit]]
    return max(p.hold[op], work_of(f, b, op))


@kernel
def _choose(f, b, rule, tail, means, ready, line, length):
    """Of the work that can begin first, what the rule prefers; of equals the unit with the smallest number."""
    best, soonest, first = -1, FAR, 0.0
    for at in range(length):
        op = f.unit_op[f.unit_first[line[at]]]
        t = max(ready[line[at]], _free(f, b, op))
        if t > soonest:
            continue
        value = _value(f, b, rule, tail, means, op, t, ready[line[at]])
        if t < soonest or value < first or (value == first and line[at] < line[best]):
            best, soonest, first = at, t, value
    return best


@kernel
def _free(f, b, op):
    """When the first of an operation's machines is free."""
    free = FAR
    for mode in range(f.first_mode[op], f.first_mode[op] + f.modes[op]):
        machine = f.machine[mode]
        if machine < 0:
            return 0
        free = min(free, free_before(f, b, machine, b.line_count[machine]))
    return free


@kernel
def _setup_of(f, b, op):
    """The shortest setup that would be needed now."""
    time = FAR
    for mode in range(f.first_mode[op], f.first_mode[op] + f.modes[op]):
        machine = f.machine[mode]
        if machine < 0:
            return 0
        state = state_before(f, b, machine, b.line_count[machine])
        time = min(time, setup_between(f, machine, state, f.family[mode]))
    return time


@kernel
def _time(f, op):
    """The shortest working time."""
    time = f.time[f.first_mode[op]]
    for mode in range(f.first_mode[op] + 1, f.first_mode[op] + f.modes[op]):
        time = min(time, f.time[mode])
    return time


@kernel
def _value(f, b, rule, tail, means, op, t, ready):
    """What the rule makes of an operation; the smallest goes first."""
    job = f.job[op]
    due = min(f.due[job], f.deadline[job])
    if rule == FIFO:
        return float(ready)
    if rule == SPT:
        return float(_time(f, op))
    if rule == LPT:
        return -float(_time(f, op))
    if rule == EDD:
        return float(due)
    if rule == SLACK:
        return float(due - t - tail[op])
    if rule == RATIO:
        return float(due - t) / max(1.0, float(tail[op]))
    if rule == SAME_FAMILY:
        return float(_setup_of(f, b, op))
    if rule == MOST_WORK:
        return -float(tail[op])
    if rule == LEAST_WORK:
        return float(tail[op])
    value = float(f.weight[job]) / max(1.0, float(_time(f, op)))
    if rule != WEIGHTED_SPT:
        value *= exp(-max(0.0, float(due - t - tail[op])) / (LOOK_AHEAD * means[0]))
    if rule == ATCS:
        value *= exp(-float(_setup_of(f, b, op)) / (SETUP_LOOK_AHEAD * means[1]))
    return -value
