"""Where the start of a run ends, and one long run cut into batches."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plantwright.analytic.statistics import student_quantile

BATCH = 5
"""Observations averaged before the test of MSER-5. [-]"""


def mser_warmup(series: ArrayLike, *, batch: int = BATCH) -> int:
    """Observations at the start of a series that are better left out. [-]

    Parameters
    ----------
    series : (T,) floats
        One long run in equal periods (weekly totals of a cyclic plant). [any unit]
    batch : int
        Observations averaged before the test: 5 is MSER-5, 1 is MSER. [-], >= 1

    Returns
    -------
    int
        A multiple of ``batch``, at most half of the series; 0 where the series is too short to say.

    Notes
    -----
    Chooses the cut whose remainder has the smallest standard error of the mean. A cut at the limit of half the series
    means that the run is too short, not that the start has ended there.

    References
    ----------
    White, K. P. (1997), An effective truncation heuristic for bias reduction in simulation output, Simulation 69(6),
    doi:10.1177/003754979706900601.

    Examples
    --------
    Two weeks of filling up, then level:

    >>> mser_warmup([0.0, 5.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0], batch=1)
    2
    """
    values = np.asarray(series, dtype=np.float64)
    batches = values.size // batch
    if batches < 2:
        return 0
    means = values[: batches * batch].reshape(batches, batch).mean(axis=1)
    errors = [float(np.var(means[cut:])) / (batches - cut) for cut in range(batches // 2 + 1)]
    return int(np.argmin(errors)) * batch


class Settling(NamedTuple):
    """Where a start ends.

    Attributes
    ----------
    after : int
        Observations to leave out. [-]
    is_certain : bool
        Whether the series was long enough to say: the end of the start is not as far as could be looked.
    """

    after: int
    is_certain: bool


def settling(series: ArrayLike, *, least: int, confidence: float = 0.95) -> Settling:
    """Observations to leave out at the start of a run from empty: as few as differ from what follows.

    Parameters
    ----------
    series : (T,) floats
        One long run in equal periods (weekly totals of a cyclic plant). [any unit]
    least : int
        Left out in any case. [-], >= 0
    confidence : float
        With which something has to differ to be left out. [-], 0 < confidence < 1

    Notes
    -----
    MSER-5 proposes a cut. It likes quiet ends, so that less is left out where all from there to its cut, and the next
    five by themselves, could come from the same law as what follows the cut: their mean lies within the Student
    interval that follows from the variance after the cut alone. (The variance of a start says nothing: two empty weeks
    among two full ones vary so much that a test which uses it sees no difference.) Since MSER looks for the worst
    place, about one level series in eight is cut at 95 %, one in thirty at 99 %.

    References
    ----------
    White, K. P. (1997), doi:10.1177/003754979706900601; Student (1908), doi:10.1093/biomet/6.1.1.

    Examples
    --------
    Three empty weeks:

    >>> full = [10.0, 11.0] * 20
    >>> settling([0.0, 0.0, 0.0, *full], least=1)
    Settling(after=5, is_certain=True)
    >>> settling(full, least=1)
    Settling(after=1, is_certain=True)
    """
    values = np.asarray(series, dtype=np.float64)
    cut = mser_warmup(values)
    following = values[cut:]
    for start in (least, *range(least - least % BATCH + BATCH, cut, BATCH)):
        stretches = values[start:cut], values[start : min(start + BATCH, cut)]
        if not any(_differs(stretch, following, confidence) for stretch in stretches):
            return Settling(start, is_certain=True)
    return Settling(cut, is_certain=cut < values.size // 2 - BATCH + 1)


def _differs(some: NDArray[np.float64], others: NDArray[np.float64], confidence: float) -> bool:
    """Whether the mean of a stretch is none that the law of the others gives."""
    if some.size == 0 or others.size < 2:
        return False
    error = float(others.std(ddof=1)) * np.sqrt(1.0 / some.size + 1.0 / others.size)
    return bool(abs(some.mean() - others.mean()) > student_quantile(others.size - 1, confidence) * error)


def batch_means(series: ArrayLike, batches: int = 20) -> NDArray[np.float64]:
    """One long run cut into batches whose means stand for independent runs. (batches,) float64

    Parameters
    ----------
    series : (T,) floats
        Observations in order, the warm-up already removed; what does not fill a batch is left out at the start.
    batches : int
        [-], 2 <= batches <= T

    References
    ----------
    Schmeiser, B. (1982), Batch size effects in the analysis of simulation output, Operations Research 30(3),
    doi:10.1287/opre.30.3.556: 10 to 30 batches serve.

    Examples
    --------
    >>> batch_means([9.0, 1.0, 3.0, 5.0, 7.0], batches=2).tolist()
    [2.0, 6.0]
    """
    values = np.asarray(series, dtype=np.float64)
    size = values.size // batches
    if size < 1:
        raise ValueError(f"{values.size} observations do not fill {batches} batches")
    return np.asarray(values[values.size - size * batches :].reshape(batches, size).mean(axis=1), dtype=np.float64)
