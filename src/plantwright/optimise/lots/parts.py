"""Parts of a plan: which of its setups are freed and planned anew while all others stay."""

from __future__ import annotations

import math

import numpy as np

from plantwright.problems.lots import Flags, Floats

FREE = 35
"""Setups that are free at a time, at first. [-]"""
LEAST, MOST = 20, 120
"""So many at least and at most: fewer where a part takes too long, more where it is soon done. [-]"""
NOISE = 0.3
"""A setup this much nearer a mixture than another may still be freed before it. [-]"""


class Parts:
    """Choices of parts, which grow while they are soon solved and bring nothing."""

    def __init__(self, shape: tuple[int, int]) -> None:
        self.shape = shape
        self.free = float(FREE)
        self.random = np.random.default_rng(0)
        self.chosen = 0

    def block(self) -> Flags:
        """Setups of neighbouring periods, of some items, and of some items for a while, in turn. (I, T) bool"""
        items, periods = self.shape
        free, random = round(self.free), self.random
        part = np.zeros(self.shape, bool)
        shape, self.chosen = self.chosen % 3, self.chosen + 1
        if shape == 0:
            width = min(periods, max(1, free // items))
            begin = int(random.integers(periods - width + 1))
            part[:, begin : begin + width] = True
        elif shape == 1:
            part[random.choice(items, min(items, max(1, free // periods)), replace=False)] = True
        else:
            number = min(items, max(1, math.isqrt(free * items // periods)))
            width = min(periods, max(1, free // number))
            begin = int(random.integers(periods - width + 1))
            part[random.choice(items, number, replace=False)[:, None], begin + np.arange(width)] = True
        return part

    def farthest(self, setups: Flags, mixture: Floats) -> Flags:
        """About the setups in which a plan is farthest from a mixture. (I, T) bool

        References
        ----------
        Danna, E., Rothberg, E., Le Pape, C. (2005), Exploring relaxation induced neighborhoods to improve MIP
        solutions, doi:10.1007/s10107-004-0518-7.
        """
        return highest(np.abs(setups - mixture) + NOISE * self.random.random(self.shape), round(self.free))

    def one_of(self, mixtures: list[Floats]) -> Floats:
        """One of them at random."""
        return mixtures[int(self.random.integers(len(mixtures)))]

    def learn(self, *, is_solved: bool, is_better: bool) -> None:
        """Fewer setups are freed next where it took too long, more where nothing better was there."""
        if not is_solved:
            self.free = max(LEAST, 0.85 * self.free)
        elif not is_better:
            self.free = min(MOST, 1.1 * self.free)


def undecided(mixture: Floats, number: int) -> Flags:
    """The setups whose shares are farthest from none and all. (I, T) bool"""
    return highest(-np.abs(mixture - 0.5), number)


def highest(score: Floats, number: int) -> Flags:
    """Where the score is highest, so many times. (I, T) bool"""
    part = np.zeros(score.size, bool)
    part[np.argsort(-score.ravel(), kind="stable")[:number]] = True
    return part.reshape(score.shape)
