"""What Python calls of the kernels: one entry, so that what they share is compiled once."""

from __future__ import annotations

import numpy as np

from plantwright.jit import entry
from plantwright.optimise.schedule.floor.chains import Chain, empty_chain
from plantwright.optimise.schedule.floor.dispatch import run_by_rule
from plantwright.optimise.schedule.floor.records import Board, Floor, Plan
from plantwright.optimise.schedule.floor.units import decode, settle
from plantwright.optimise.schedule.floor.walk import copy, stand, walk_on
from plantwright.problems.schedule import Ints

DRAW_UP, DISPATCH, BEGIN, WALK = range(4)

NO_TIMES = np.zeros(0, dtype=np.int64)
NO_MEANS = np.ones(2)


@entry
def run(f, b, k, p, q, best, c, tail, means, what, number):
    """Do one of the four: see the functions below."""
    if what == DRAW_UP:
        copy(p.order, c.given)
        settle(f, p, c.given, 0, c.state, c.stack)
        decode(f, b, p)
    elif what == DISPATCH:
        run_by_rule(f, b, p, number, tail, means, c.given, c.state, c.stack)
    elif what == BEGIN:
        stand(f, b, k, p, q, best, c)
    else:
        walk_on(f, b, k, p, q, best, c, number)


def draw_up(floor: Floor, board: Board, plan: Plan) -> None:
    """The board of a plan; its order is brought into one that the arcs allow."""
    chain = empty_chain(floor, 0)
    run(floor, board, board, plan, plan, plan, chain, NO_TIMES, NO_MEANS, DRAW_UP, 0)


def dispatch(floor: Floor, board: Board, plan: Plan, rule: int, tail: Ints, means: np.ndarray) -> None:
    """The board and the order that a dispatching rule makes."""
    chain = empty_chain(floor, 0)
    run(floor, board, board, plan, plan, plan, chain, tail, means, DISPATCH, rule)


def begin(boards: tuple[Floor, Board, Board], plans: tuple[Plan, Plan, Plan], chain: Chain) -> None:
    """Begin a walk where the first plan leads."""
    run(*boards, *plans, chain, NO_TIMES, NO_MEANS, BEGIN, 0)


def walk(boards: tuple[Floor, Board, Board], plans: tuple[Plan, Plan, Plan], chain: Chain, trials: int) -> None:
    """So many trials of a walk."""
    run(*boards, *plans, chain, NO_TIMES, NO_MEANS, WALK, trials)
