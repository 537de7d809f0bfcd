"""How much work an answer may cost. Counted in part moves and never in seconds, so that every machine, however fast and
however many workers it has, makes the same runs and gives the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from plantwright.errors import Finding, RunError, nearest

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Effort:
    """The budgets of one level of effort.

    Attributes
    ----------
    pilot_moves, year_moves : int
        Part moves of the pilot that finds the warm-up, and at most of one replication of the year.
    capacity_moves, service_moves, inputs_moves : int
        Part moves of the replications of each part of ``capacity``.
    screen_moves, confirm_moves : int
        Part moves of ``bottleneck``: all candidates once, then the best on fresh seeds.
    least, most : int
        Replications of the year: at least and at most. [-]
    relative_half_width : float
        Replications stop when the interval is this narrow. [-]
    draws : int
        Plants drawn from the ranges of the inputs, at most. [-]
    candidates, confirmed, steps : int
        Changes screened, changes estimated again on fresh seeds, and steps of the staircase, at most. [-]
    """

    name: str
    pilot_moves: int
    year_moves: int
    capacity_moves: int
    service_moves: int
    inputs_moves: int
    screen_moves: int
    confirm_moves: int
    least: int
    most: int
    relative_half_width: float
    draws: int
    candidates: int
    confirmed: int
    steps: int


EFFORTS = {
    "quick": Effort(
        "quick", 10 * MILLION, 30 * MILLION, 75 * MILLION, 32 * MILLION, 70 * MILLION, 125 * MILLION, 140 * MILLION,
        4, 30, 0.004, 12, 12, 3, 2,
    ),
    "normal": Effort(
        "normal", 12 * MILLION, 60 * MILLION, 200 * MILLION, 64 * MILLION, 180 * MILLION, 350 * MILLION, 380 * MILLION,
        8, 60, 0.002, 30, 24, 6, 3,
    ),
    "full": Effort(
        "full", 12 * MILLION, 100 * MILLION, 400 * MILLION, 100 * MILLION, 300 * MILLION, 500 * MILLION, 1600 * MILLION,
        20, 100, 0.001, 48, 30, 8, 4,
    ),
}  # fmt: skip
"""The levels. The reference plant moves some 16 million parts a year."""


def effort_of(name: str | Effort) -> Effort:
    """The level of a name; budgets of one's own stay as they are.

    Raises
    ------
    RunError
        There is no such level.
    """
    if isinstance(name, Effort):
        return name
    if name not in EFFORTS:
        remedy = f"Choose one of {', '.join(EFFORTS)}."
        raise RunError(Finding("E410", f'there is no effort "{name}"', remedy, nearest=nearest(name, EFFORTS)))
    return EFFORTS[name]
