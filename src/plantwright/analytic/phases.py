"""Times as passages through exponential phases, so that a queue of them is a small Markov chain."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Phases(NamedTuple):
    """A phase-type law.

    Attributes
    ----------
    start : (F,) float64
        Chance to begin in each phase; they add up to 1. [-]
    moves : (F, F) float64
        Rates between phases, less the rate out of each on the diagonal: what is missing in a row ends the time. [1/s]
    """

    start: Floats
    moves: Floats

    @property
    def ending(self) -> Floats:
        """Rate at which the time ends from each phase. (F,) [1/s]"""
        return np.asarray(-self.moves.sum(axis=1))

    def moments(self) -> tuple[float, float]:
        """Mean and mean square. [s], [s2]

        References
        ----------
        Neuts, M. F. (1981), Matrix-Geometric Solutions in Stochastic Models, ISBN 0-8018-2560-1, section 2.2.
        """
        stay = np.linalg.inv(-self.moves)
        first = self.start @ stay
        return float(first.sum()), float(2.0 * (first @ stay).sum())


class Wait(NamedTuple):
    """A delay that happens now and then.

    Attributes
    ----------
    chance : float
        How often. [-]
    law : Phases
        How long it then takes.
    """

    chance: float
    law: Phases


def exponential(mean: float) -> Phases:
    """An exponential time. ``mean`` [s], > 0

    Examples
    --------
    >>> exponential(2.0).moments()
    (2.0, 8.0)
    """
    return Phases(np.ones(1), np.array([[-1.0 / mean]]))


def unreliable(mean: float, *, uptime: float, repair: float) -> Phases:
    """An exponential time on a machine that fails while it works and takes the work up again when it is repaired.

    Parameters
    ----------
    mean, uptime, repair : float
        Mean exponential times of the work, to the next failure, and of the repair. [s], > 0

    References
    ----------
    Gaver, D. P. (1962), A waiting line with interrupted service, including priorities, Journal of the Royal Statistical
    Society B 24(1), doi:10.1111/j.2517-6161.1962.tb00438.x: the completion time.

    Examples
    --------
    A second of work, a tenth of a failure in it, ten seconds a repair: two seconds.

    >>> round(unreliable(1.0, uptime=10.0, repair=10.0).moments()[0], 9)
    2.0
    """
    return Phases(
        np.array([1.0, 0.0]),
        np.array([[-1.0 / mean - 1.0 / uptime, 1.0 / uptime], [1.0 / repair, -1.0 / repair]]),
    )


def of_moments(mean: float, scv: float, *, most: int = 2) -> Phases:
    """A law with this mean and squared coefficient of variation; of those more regular than 1 / most, the next.

    Parameters
    ----------
    mean : float
        [s], > 0
    scv : float
        Squared coefficient of variation. [-], >= 0
    most : int
        Phases at most. [-], >= 2

    References
    ----------
    From 0.5: Marie, R. (1980), Calculating equilibrium probabilities for lambda(n)/C_k/1/N queues, ACM SIGMETRICS
    Performance Evaluation Review 9(2), doi:10.1145/1009375.806155: phases of rates 2 / m and 1 / (m scv), the second
    with chance 1 / (2 scv). Below: Tijms, H. C. (1994), Stochastic Models: An Algorithmic Approach, Wiley,
    ISBN 0-471-95123-4, appendix B: k - 1 or k equal phases.

    Examples
    --------
    >>> [round(moment, 9) for moment in of_moments(2.0, 3.0).moments()]  # 4 (1 + 3)
    [2.0, 16.0]
    >>> [round(moment, 9) for moment in of_moments(2.0, 0.3, most=4).moments()]  # 4 (1 + 0.3)
    [2.0, 5.2]
    """
    spread = max(scv, 1.0 / most)
    if abs(spread - 1.0) < 1e-9:
        return exponential(mean)
    if spread >= 0.5:
        first, second, chance = 2.0 / mean, 1.0 / (mean * spread), 0.5 / spread
        return Phases(np.array([1.0, 0.0]), np.array([[-first, chance * first], [0.0, -second]]))
    count = math.ceil(1.0 / spread - 1e-9)
    root = max(0.0, count * (1.0 + spread) - count**2 * spread)
    skips = max(0.0, (count * spread - math.sqrt(root)) / (1.0 + spread))
    rate = (count - skips) / mean
    return Phases(np.array([1.0 - skips, skips, *np.zeros(count - 2)]), rate * (np.eye(count, k=1) - np.eye(count)))


def after_wait(wait: Wait, work: Phases) -> Phases:
    """Work that now and then has to wait before it begins."""
    return _joined(wait.law, work, straight=1.0, enters=wait.chance)


def before_wait(work: Phases, wait: Wait) -> Phases:
    """Work that is now and then held up when it is done."""
    return _joined(work, wait.law, straight=wait.chance, enters=1.0)


def _joined(first: Phases, second: Phases, *, straight: float, enters: float) -> Phases:
    """``first`` with chance ``enters``, after it ``second`` with chance ``straight``; without the first, the second."""
    here, there = len(first.start), len(second.start)
    moves = np.zeros((here + there, here + there))
    moves[:here, :here] = first.moves
    moves[here:, here:] = second.moves
    moves[:here, here:] = straight * np.outer(first.ending, second.start)
    return Phases(np.concatenate([enters * first.start, (1.0 - enters) * second.start]), moves)


def longest_of(waits: list[Wait]) -> Wait:
    """The longest of several independent delays, each exponential with its mean; how often any, and two moments of it.

    Notes
    -----
    P(longest > t) = 1 - product of (1 - chance exp(-t / mean)), multiplied out and integrated term by term.

    Examples
    --------
    Two sure delays of a second each: 1 + 1/2.

    >>> longest = longest_of([Wait(1.0, exponential(1.0)), Wait(1.0, exponential(1.0))])
    >>> longest.chance, round(longest.law.moments()[0], 9)
    (1.0, 1.5)
    """
    if len(waits) == 1:
        return waits[0]
    terms = [(-1.0, 0.0)]  # of minus the product: factor and rate
    nothing = 1.0
    for wait in waits:
        rate = 1.0 / wait.law.moments()[0]
        terms += [(-factor * wait.chance, power + rate) for factor, power in terms]
        nothing *= 1.0 - wait.chance
    chance = 1.0 - nothing
    if chance <= 1e-12:
        return Wait(0.0, exponential(1.0))
    mean = sum(factor / rate for factor, rate in terms[1:]) / chance
    square = sum(2.0 * factor / rate**2 for factor, rate in terms[1:]) / chance
    return Wait(chance, of_moments(mean, square / mean**2 - 1.0))
