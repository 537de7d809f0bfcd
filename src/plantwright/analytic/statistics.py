"""Intervals and bounds: what a handful of runs shows, and what it does not."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv, ndtr, stdtrit


@dataclass(frozen=True)
class Difference:
    """A difference of two means with its interval.

    Attributes
    ----------
    mean : float
        First minus second.
    half_width : float
        Half the width of the confidence interval.
    freedom : float
        Degrees of freedom of the Student quantile. [-]
    """

    mean: float
    half_width: float
    freedom: float

    @property
    def distinguishable(self) -> bool:
        """Whether the interval leaves out 0."""
        return abs(self.mean) > self.half_width


@dataclass(frozen=True)
class Chance:
    """A probability seen in n runs.

    Attributes
    ----------
    estimate : float
        Share of the runs. [-]
    at_least : float
        One-sided lower confidence bound: what the runs can show. [-]
    n : int
        Runs. [-]
    """

    estimate: float
    at_least: float
    n: int


def student_half_width(values: ArrayLike, confidence: float = 0.95) -> float:
    """Half the width of the confidence interval of a mean of independent runs; nan for fewer than two.

    Parameters
    ----------
    values : (R,) floats
        One result per run. [any unit]
    confidence : float
        Two-sided. [-], 0 < confidence < 1

    References
    ----------
    Student (1908), The probable error of a mean, Biometrika 6(1), doi:10.1093/biomet/6.1.1.

    Examples
    --------
    Standard deviation 1 of three runs, quantile 4.3027 at two degrees of freedom: 4.3027 / sqrt(3).

    >>> round(student_half_width([1.0, 2.0, 3.0]), 4)
    2.4841
    """
    sample = np.asarray(values, dtype=np.float64)
    if sample.size < 2:
        return math.nan
    return student_quantile(sample.size - 1, confidence) * float(sample.std(ddof=1)) / math.sqrt(sample.size)


def student_quantile(freedom: float, confidence: float) -> float:
    """The two-sided Student quantile: that share of the law lies within it. [-]

    Parameters
    ----------
    freedom : float
        Degrees of freedom. [-], > 0
    confidence : float
        [-], 0 < confidence < 1

    References
    ----------
    Student (1908), doi:10.1093/biomet/6.1.1.

    Examples
    --------
    One degree of freedom is the Cauchy law: tan(45 deg) at a half.

    >>> round(student_quantile(1, 0.5), 9)
    1.0
    """
    return float(stdtrit(freedom, 0.5 + confidence / 2.0))


def bonferroni_confidence(confidence: float, comparisons: int) -> float:
    """Confidence of each interval so that all of them hold together with the one asked for. [-]

    References
    ----------
    Dunn, O. J. (1961), Multiple comparisons among means, Journal of the American Statistical Association 56(293),
    doi:10.1080/01621459.1961.10482090.

    Examples
    --------
    >>> round(bonferroni_confidence(0.95, 10), 9)
    0.995
    """
    return 1.0 - (1.0 - confidence) / max(1, comparisons)


def simultaneous_half_widths(samples: ArrayLike, confidence: float = 0.95) -> NDArray[np.float64]:
    """Half-widths of K means that hold all together, whatever the dependence between them. (K,) float64

    Parameters
    ----------
    samples : (R, K) floats
        One row per run (under common random numbers: paired differences to the base). [any unit]
    confidence : float
        Of all K intervals together. [-]

    References
    ----------
    Student (1908), doi:10.1093/biomet/6.1.1, at the level of Dunn (1961), doi:10.1080/01621459.1961.10482090.

    Examples
    --------
    One mean alone has the ordinary half-width:

    >>> bool(simultaneous_half_widths([[1.0], [2.0], [3.0]])[0] == student_half_width([1.0, 2.0, 3.0]))
    True
    """
    table = np.asarray(samples, dtype=np.float64)
    each = bonferroni_confidence(confidence, table.shape[1])
    return np.array([student_half_width(column, each) for column in table.T])


def paired_difference(first: ArrayLike, second: ArrayLike, confidence: float = 0.95) -> Difference:
    """Mean difference of runs made in pairs on the same random numbers.

    Parameters
    ----------
    first, second : (R,) floats
        Results of the two plants, run by run. [any unit]
    confidence : float
        Two-sided. [-]

    References
    ----------
    Student (1908), doi:10.1093/biomet/6.1.1, on the differences.

    Examples
    --------
    A constant difference is certain, however much the runs vary:

    >>> paired_difference([11.0, 21.0, 31.0], [10.0, 20.0, 30.0])
    Difference(mean=1.0, half_width=0.0, freedom=2)
    """
    gaps = np.asarray(first, dtype=np.float64) - np.asarray(second, dtype=np.float64)
    return Difference(float(gaps.mean()), student_half_width(gaps, confidence), gaps.size - 1)


def welch_difference(first: ArrayLike, second: ArrayLike, confidence: float = 0.95) -> Difference:
    """Difference of the means of two independent sets of runs of unequal variance.

    Parameters
    ----------
    first, second : (R,) and (Q,) floats
        At least two each. [any unit]
    confidence : float
        Two-sided. [-]

    References
    ----------
    Welch, B. L. (1947), The generalization of 'Student's' problem when several different population variances are
    involved, Biometrika 34(1-2), doi:10.1093/biomet/34.1-2.28.

    Examples
    --------
    Two sets of three with equal variance have 2 + 2 degrees of freedom:

    >>> round(welch_difference([1.0, 2.0, 3.0], [2.0, 3.0, 4.0]).freedom, 9)
    4.0
    """
    one, two = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    errors = one.var(ddof=1) / one.size, two.var(ddof=1) / two.size
    both = float(errors[0] + errors[1])
    mean = float(one.mean() - two.mean())
    if both == 0.0:
        return Difference(mean, 0.0, one.size + two.size - 2)
    freedom = float(both**2 / (errors[0] ** 2 / (one.size - 1) + errors[1] ** 2 / (two.size - 1)))
    return Difference(mean, student_quantile(freedom, confidence) * math.sqrt(both), freedom)


def clopper_pearson(successes: int, trials: int, confidence: float = 0.95) -> tuple[float, float]:
    """Two-sided exact interval of a probability from k successes in n trials. [-]

    Parameters
    ----------
    successes, trials : int
        [-], 0 <= successes <= trials, trials >= 1
    confidence : float
        At least this. [-]

    References
    ----------
    Clopper, C. J., Pearson, E. S. (1934), The use of confidence or fiducial limits illustrated in the case of the
    binomial, Biometrika 26(4), doi:10.1093/biomet/26.4.404.

    Examples
    --------
    None in one trial: the upper bound p solves 1 - p = 0.025.

    >>> [round(bound, 9) for bound in clopper_pearson(0, 1)]
    [0.0, 0.975]
    """
    tail = (1.0 - confidence) / 2.0
    return _lower_bound(successes, trials, tail), 1.0 - _lower_bound(trials - successes, trials, tail)


def at_least(successes: int, trials: int, confidence: float = 0.95) -> float:
    """The probability that k successes in n trials show, one-sided: true p is at least this. [-]

    Parameters and source as in `clopper_pearson`.

    Examples
    --------
    20 of 20 show 0.05^(1/20), not certainty:

    >>> round(at_least(20, 20), 4)
    0.8609
    """
    return _lower_bound(successes, trials, 1.0 - confidence)


def _lower_bound(successes: int, trials: int, tail: float) -> float:
    if not 0 <= successes <= trials or trials < 1:
        raise ValueError(f"{successes} successes in {trials} trials")
    return 0.0 if successes == 0 else float(betaincinv(successes, trials - successes + 1, tail))


def chance_of_reaching(values: ArrayLike, target: float, confidence: float = 0.95) -> Chance:
    """Probability that one year reaches a target: the share of the runs, and what that share can show.

    Parameters
    ----------
    values : (R,) floats
        One year per run, R >= 1. [any unit]
    target : float
        Reached when the value is at least this. [same unit]
    confidence : float
        Of the one-sided bound. [-]

    References
    ----------
    Clopper, C. J., Pearson, E. S. (1934), doi:10.1093/biomet/26.4.404.

    Examples
    --------
    >>> chance_of_reaching([99.0, 100.0], 100.0).estimate
    0.5
    """
    sample = np.asarray(values, dtype=np.float64)
    reached = int(np.count_nonzero(sample >= target))
    return Chance(reached / sample.size, at_least(reached, sample.size, confidence), sample.size)


def normal_chance_of_reaching(mean: float, deviation: float, *, target: float) -> float:
    """Probability that a normal year reaches a target; an orientation beside the count, never instead of it. [-]

    Parameters
    ----------
    mean, deviation : float
        Of one year. [any unit], deviation > 0
    target : float
        [same unit]

    References
    ----------
    Abramowitz, M., Stegun, I. A. (1964), Handbook of Mathematical Functions, NBS, section 26.2.

    Examples
    --------
    >>> normal_chance_of_reaching(100.0, 5.0, target=100.0)
    0.5
    """
    return float(ndtr((mean - target) / deviation))
