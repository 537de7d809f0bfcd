"""What Python calls of the kernels: every entry is compiled once, with all it calls."""

from __future__ import annotations

from plantwright.jit import entry
from plantwright.optimise.schedule.floor.dispatch import run_by_rule
from plantwright.optimise.schedule.floor.units import decode, settle
from plantwright.optimise.schedule.floor.walk import stand, walk_on


@entry
def draw_up(f, b, p, given, state, stack):
    """The board of a plan, in the order given as far as the arcs allow."""
    settle(f, p, given, 0, state, stack)
    decode(f, b, p)


@entry
def dispatch(f, b, p, rule, tail, means, ready, waits, line):
    """The board and the order that a dispatching rule makes."""
    run_by_rule(f, b, p, rule, tail, means, ready, waits, line)


@entry
def begin(f, b, k, p, q, best, c):
    """Begin a walk where plan ``p`` leads."""
    stand(f, b, k, p, q, best, c)


@entry
def walk(f, b, k, p, q, best, c, trials):
    """So many trials of a walk."""
    walk_on(f, b, k, p, q, best, c, trials)
