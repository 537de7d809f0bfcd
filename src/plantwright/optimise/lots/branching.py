"""Where a part of the search tree is split, and what is known of how much that raises the bound."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plantwright.optimise.lots.periods import Limits
from plantwright.problems.lots import Floats

WHOLE = 1e-4
"""So near a whole number is one. [-]"""
SINGLES = 20
"""So many single setups, the least decided, are looked at."""
DOUBT = 0.35
"""What to decide a single setup is taken to raise the bound before any was decided, as a share of a number's. [-]"""
LITTLE = 1e-6
"""A gain counts as so much at least, so that what the other side gains still tells. [money]"""


class Question(NamedTuple):
    """Where a node is split: at most so many, or one more, of the items of a period; or an item set up there or not."""

    period: int
    item: int
    """-1: all items together."""
    value: float

    @property
    def part(self) -> float:
        """What the value lies above the whole number below it. [-]"""
        return float(self.value - np.floor(self.value))


def questions(setups: Floats) -> list[Question]:
    """What a mixture leaves open, from its setups, (T, I) float64 [-]: numbers of items, then single setups."""
    numbers = setups.sum(axis=1)
    open_numbers = np.flatnonzero(numbers - np.floor(numbers + WHOLE) > WHOLE)
    found = [Question(period, -1, float(numbers[period])) for period in open_numbers.tolist()]
    distance = np.abs(setups - np.round(setups)).ravel()
    for place in np.argsort(-distance, kind="stable")[:SINGLES].tolist():
        if distance[place] > WHOLE:
            period, item = divmod(place, setups.shape[1])
            found.append(Question(period, item, float(setups[period, item])))
    return found


def split(limits: Limits, question: Question, *, is_up: bool) -> Limits:
    """One side of a question."""
    least, most, must, may = (each.copy() for each in limits)
    period = question.period
    if question.item < 0:
        if is_up:
            least[period] = np.ceil(question.value)
        else:
            most[period] = np.floor(question.value)
    elif is_up:
        must[period] |= 1 << question.item
    else:
        may[period] &= ~(1 << question.item)
    return Limits(least, most, must, may)


class Gains:
    """How much splits raised the bound, for each setup more or less that they asked for.

    References
    ----------
    Gains of the past for each unit: Bénichou, M. and others (1971), Experiments in mixed-integer linear programming,
    doi:10.1007/BF01584074. Both sides multiplied: Achterberg, T., Koch, T., Martin, A. (2005), Branching rules
    revisited, doi:10.1016/j.orl.2004.04.002.
    """

    def __init__(self, periods: int, items: int) -> None:
        self.total = np.zeros((2, periods, items + 1))
        """Below and above: of each period's items, and last of their number. [money]"""
        self.count = np.zeros((2, periods, items + 1))

    def learn(self, question: Question, gains: tuple[float | None, float | None]) -> None:
        """What the two sides gained; None where one is not possible at all."""
        for side, gain in enumerate(gains):
            if gain is not None:
                part = 1.0 - question.part if side else question.part
                self.total[side, question.period, question.item] += gain / part
                self.count[side, question.period, question.item] += 1

    def promise(self, question: Question) -> float:
        """What splitting there promises on both sides, multiplied. [money²]"""
        down, up = (self._rate(question, side) for side in (0, 1))
        return max(LITTLE, down * question.part) * max(LITTLE, up * (1.0 - question.part))

    def _rate(self, question: Question, side: int) -> float:
        """From what was seen there; of a single setup, which is seldom asked for, and as if once from what is usual."""
        total, count = self.total[side], self.count[side]
        numbers = float(count[:, -1].sum())
        usual = float(total[:, -1].sum()) / numbers if numbers else 1.0
        seen, gained = float(count[question.period, question.item]), float(total[question.period, question.item])
        if question.item < 0:
            return gained / seen if seen else usual
        usual = (float(total[:, :-1].sum()) + DOUBT * usual) / (float(count[:, :-1].sum()) + 1.0)
        return (gained + usual) / (seen + 1.0)
