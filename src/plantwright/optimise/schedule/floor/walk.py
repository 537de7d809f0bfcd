"""Simulated annealing over plans: only what comes after the first change is placed anew.

S. Kirkpatrick, C. D. Gelatt and M. P. Vecchi (1983), "Optimization by simulated annealing", Science 220(4598), doi
10.1126/science.220.4598.671. How much worse a trial may be is measured in small rises seen, goal by goal, so that no
temperature needs to be told; trials end as soon as they are too bad (the threshold is drawn before).
"""

from __future__ import annotations

from math import log

from plantwright.jit import kernel
from plantwright.optimise.schedule.floor.moves import change, draw
from plantwright.optimise.schedule.floor.records import BROKEN, EARLINESS, MOVED, SETUPS
from plantwright.optimise.schedule.floor.units import decode, place_from, settle, take_back_to, worth

SMALL = 0.2
"""Share of rises that are called small. [-]"""

STEP = 0.1
"""How fast the size of small rises is learnt. [-]"""

WHOLE = 8
"""Every so many trials one is placed to its end, to see how much worse trials are. [-]"""


@kernel
def stand(f, b, k, p, q, best, c):
    """Begin the walk where plan ``p`` leads."""
    for at in range(len(p.order)):
        c.given[at] = p.order[at]
    settle(f, p, c.given, 0, c.state, c.stack)
    decode(f, b, p)
    copy(b.whole, k.whole)
    copy(p.whole, q.whole)
    for at in range(len(p.order)):
        c.position[p.order[at]] = at
    _read(f, b, c.now)
    if c.tried[0] == 0 or _compare(c.now, c.best) < 0:
        copy(c.now, c.best)
        copy(p.whole, best.whole)
        c.tried[0] = 1


@kernel
def copy(source, target):
    """Copy an array."""
    for at in range(len(source)):
        target[at] = source[at]


@kernel
def _read(f, b, values):
    values[0] = b.total[BROKEN]
    for level in range(len(values) - 1):
        values[level + 1] = worth(f, b, level)


@kernel
def _compare(one, other):
    """-1, 0 or 1: the first is better, equal, worse."""
    for level in range(len(one)):
        if one[level] != other[level]:
            return -1 if one[level] < other[level] else 1
    return 0


@kernel
def only_rises(f):
    """Whether the first goal can only rise while work is placed."""
    return f.goal[SETUPS] == 0 and f.goal[EARLINESS] == 0 and f.goal[MOVED] == 0


@kernel
def walk_on(f, b, k, p, q, best, c, trials):
    """Try so many changes.

    ``b``: board under trial, between trials equal to ``k``, the board of the plan ``q``. ``p``: plan under trial.
    ``best``: the best plan seen.
    """
    stops = only_rises(f)
    for _ in range(trials):
        c.tried[0] += 1
        copy(q.whole, p.whole)
        changed = change(f, k, q, p, c)
        position = 0
        while position < changed and c.given[position] == q.order[position]:
            position += 1
        if position == len(p.order):
            continue
        settle(f, p, c.given, position, c.state, c.stack)
        while position < changed and p.order[position] == q.order[position]:
            position += 1
        if position == len(p.order):
            continue
        luck = -log((1 + draw(c, 1 << 40)) / (1 << 40))
        whole = not stops or c.tried[0] % WHOLE == 0
        enough = c.now[1] + int(c.heat[0] * c.heat[2] * luck)
        broken = c.now[0] + int(c.heat[0] * c.heat[1] * luck) if c.now[0] > 0 else 0
        take_back_to(f, b, position)
        ended = place_from(f, b, p, position, not whole, broken, enough)
        taken = False
        if ended:
            _read(f, b, c.new)
            taken = _takes(c, luck, whole)
        if not taken:
            copy(k.whole, b.whole)
            continue
        copy(b.whole, k.whole)
        copy(p.whole, q.whole)
        copy(c.new, c.now)
        for at in range(position, len(p.order)):
            c.position[p.order[at]] = at
        if _compare(c.now, c.best) < 0:
            copy(c.now, c.best)
            copy(p.whole, best.whole)


@kernel
def _learn(c, at, rise):
    """Follow the size below which a small share of the rises is: a few are so large that a mean says nothing."""
    size = c.heat[at]
    if size == 0.0:
        c.heat[at] = rise
    elif rise < size:
        c.heat[at] = size * (1.0 - STEP * (1.0 - SMALL))
    else:
        c.heat[at] = size * (1.0 + STEP * SMALL)


@kernel
def _takes(c, luck, whole):
    """Whether the trial is the next to stand on: better, equal, or not too much worse in the first that differs."""
    for level in range(len(c.now)):
        rise = c.new[level] - c.now[level]
        if rise < 0:
            return True
        if rise > 0:
            if whole:
                _learn(c, 1 + level, float(rise))
            return rise <= c.heat[0] * c.heat[1 + level] * luck and (level > 0 or c.now[0] > 0)
    return True
