"""Where the start of a run ends, and one long run cut into batches."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def mser_warmup(series: ArrayLike, *, batch: int = 5) -> int:
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
