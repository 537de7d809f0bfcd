"""What changes give: the same random numbers with and without them, run by run.

Two plants that share their random numbers differ only where the change reaches. The difference of a whole run is one
observation. Stretches of a run would be no more of them: lots that wait for a laboratory and stocks that fill and empty
shift output from one week to the next, which cancels in the whole.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from plantwright.analytic.statistics import bonferroni_confidence, student_quantile
from plantwright.results import Estimate, Run
from plantwright.study.year import Year

Key = TypeVar("Key", bound=Hashable)


def gains(year: Year, before: Sequence[Run], after: Sequence[Run], *, base: float) -> list[float]:
    """More good units a year in each pair of runs.

    Parameters
    ----------
    year
        What counts as output.
    before, after
        Replications without and with the change, run by run on the same random numbers.
    base
        Good units a year of the plant that is changed: what the runs show is scaled to it. [units]

    References
    ----------
    Paired differences under common random numbers: Law, A. M. (2015), Simulation Modeling and Analysis, 5th ed.,
    McGraw-Hill, ISBN 978-0-07-340132-4, sections 10.2.1 and 11.2.
    """
    without = [_pieces(year, run) for run in before]
    total = math.fsum(without)
    scale = base * len(without) / total if total else math.nan
    return [(_pieces(year, run) - made) * scale for run, made in zip(after, without, strict=True)]


def _pieces(year: Year, run: Run) -> int:
    return sum(run.items[name].finished for name in year.wanted.sold)


@dataclass(frozen=True, slots=True)
class Spread:
    """How much the gain of a change differs from run to run, pooled over all changes.

    Attributes
    ----------
    deviation : float
        Standard deviation of the gain of one run. [units/year]
    freedom : int
        Degrees of freedom. [-]
    """

    deviation: float
    freedom: int

    def estimate(self, values: Sequence[float], confidence: float) -> Estimate:
        """Mean gain with its interval; without one where nothing is known of the spread."""
        mean = math.fsum(values) / len(values)
        if not self.freedom:
            return Estimate(mean, None, len(values))
        width = student_quantile(self.freedom, confidence) * self.deviation / math.sqrt(len(values))
        return Estimate(mean, width, len(values))


def spread(found: Mapping[Key, Sequence[float]]) -> Spread:
    """The spread within each change, pooled: one deviation for all.

    Notes
    -----
    That several changes are compared with the same runs of the plant as it is makes the pooled deviation a little less
    certain than its degrees of freedom say.

    References
    ----------
    Dunnett, C. W. (1955), A multiple comparison procedure for comparing several treatments with a control, Journal of
    the American Statistical Association 50(272), doi:10.1080/01621459.1955.10501294.

    Examples
    --------
    Squares of 2 and 8 on one degree of freedom each:

    >>> spread({"a": [1.0, 3.0], "b": [0.0, 4.0]})
    Spread(deviation=2.23606797749979, freedom=2)
    """
    freedom = sum(len(values) - 1 for values in found.values())
    squares = math.fsum(_squares(values) for values in found.values())
    return Spread(math.sqrt(squares / freedom) if freedom else math.nan, freedom)


def _squares(values: Sequence[float]) -> float:
    """Sum of squared deviations from the mean."""
    mean = math.fsum(values) / len(values)
    return math.fsum((value - mean) ** 2 for value in values)


def simultaneous(confidence: float, tested: int) -> float:
    """Confidence of each of several intervals that shall hold together."""
    return bonferroni_confidence(confidence, tested)


def distinguishable(found: Estimate) -> bool:
    """Whether the interval leaves out 0."""
    return found.mean is not None and found.half_width is not None and abs(found.mean) > found.half_width


def worth(found: Estimate) -> bool:
    """Whether a change gives more than nothing."""
    return distinguishable(found) and (found.mean or 0.0) > 0


def added(*parts: Estimate) -> Estimate:
    """The sum of independent estimates."""
    means = [part.mean or 0.0 for part in parts]
    widths = [part.half_width or 0.0 for part in parts]
    return Estimate(math.fsum(means), math.sqrt(math.fsum(width**2 for width in widths)), parts[0].n)
