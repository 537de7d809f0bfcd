"""Plants drawn from the ranges of their inputs: Latin hypercube, low-mode-high laws, and which input mattered."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv


def latin_hypercube(samples: int, inputs: int, *, seed: int) -> NDArray[np.float64]:
    """Points in the unit cube, each input covered evenly: one point in each of its ``samples`` slices. (R, K) float64

    Parameters
    ----------
    samples : int
        Points R. [-], >= 1
    inputs : int
        Dimensions K. [-], >= 0
    seed : int
        The same seed gives the same points.

    References
    ----------
    McKay, M. D., Beckman, R. J., Conover, W. J. (1979), A comparison of three methods for selecting values of input
    variables in the analysis of output from a computer code, Technometrics 21(2), doi:10.1080/00401706.1979.10489755.

    Examples
    --------
    Four points in four slices of each input:

    >>> sorted((latin_hypercube(4, 1, seed=1)[:, 0] * 4).astype(int).tolist())
    [0, 1, 2, 3]
    """
    generator = np.random.default_rng(seed)
    slices = np.tile(np.arange(samples, dtype=np.float64)[:, None], (1, inputs))
    return np.asarray((generator.permuted(slices, axis=0) + generator.random((samples, inputs))) / samples)


def triangular_quantile(share: ArrayLike, low: float, mode: float, *, high: float) -> NDArray[np.float64]:
    """Value below which a share of a triangular law lies. float64 [unit of low]

    Parameters
    ----------
    share : floats
        [-], 0 <= share <= 1
    low, mode, high : float
        Ends and peak of the law; all equal is a constant. low <= mode <= high

    References
    ----------
    Johnson, D. (1997), The triangular distribution as a proxy for the beta distribution in risk analysis, The
    Statistician 46(3), doi:10.1111/1467-9884.00091.

    Examples
    --------
    Symmetric, so half lies below the peak; an eighth below a half of the way to it:

    >>> triangular_quantile([0.5, 0.125], 0.0, 1.0, high=2.0).tolist()
    [1.0, 0.5]
    """
    u = np.asarray(share, dtype=np.float64)
    _check_range(low, mode, high)
    if low == high:
        return np.full_like(u, low)
    width = high - low
    rising = low + np.sqrt(u * width * (mode - low))
    falling = high - np.sqrt((1.0 - u) * width * (high - mode))
    return np.asarray(np.where(u * width < mode - low, rising, falling))


def pert_quantile(share: ArrayLike, low: float, mode: float, *, high: float) -> NDArray[np.float64]:
    """Value below which a share of a PERT (beta) law lies; thinner tails than the triangular. float64 [unit of low]

    Parameters as in `triangular_quantile`.

    Notes
    -----
    Mean (low + 4 mode + high) / 6.

    References
    ----------
    Malcolm, D. G., Roseboom, J. H., Clark, C. E., Fazar, W. (1959), Application of a technique for research and
    development program evaluation, Operations Research 7(5), doi:10.1287/opre.7.5.646.

    Examples
    --------
    >>> round(float(pert_quantile(0.5, 0.0, 1.0, high=2.0)), 9)
    1.0
    """
    u = np.asarray(share, dtype=np.float64)
    _check_range(low, mode, high)
    if low == high:
        return np.full_like(u, low)
    width = high - low
    return np.asarray(low + width * betaincinv(1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width, u))


def rank_correlations(inputs: ArrayLike, outputs: ArrayLike) -> NDArray[np.float64]:
    """How strongly the output rises (1) or falls (-1) with each input; 0 where an input did not vary. (K,) float64 [-]

    Parameters
    ----------
    inputs : (R, K) floats
        One row per drawn plant.
    outputs : (R,) floats
        The answer for each.

    Notes
    -----
    With R plants a correlation below about 2 / sqrt(R) may be chance.

    References
    ----------
    Spearman, C. (1904), The proof and measurement of association between two things, American Journal of Psychology
    15(1), doi:10.2307/1412159.

    Examples
    --------
    Any rising curve is 1, whatever its shape:

    >>> rank_correlations([[1.0, 5.0], [2.0, 5.0], [3.0, 5.0]], [1.0, 10.0, 1000.0]).round(9).tolist()
    [1.0, 0.0]
    """
    causes = np.apply_along_axis(_mean_ranks, 0, np.asarray(inputs, dtype=np.float64))
    effects = _mean_ranks(np.asarray(outputs, dtype=np.float64))
    causes = causes - causes.mean(axis=0)
    effects = effects - effects.mean()
    scale = np.sqrt((causes**2).sum(axis=0) * (effects**2).sum())
    return np.asarray(np.divide(causes.T @ effects, scale, out=np.zeros(causes.shape[1]), where=scale > 0.0))


def _mean_ranks(column: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ranks from 1, equal values sharing the mean of theirs. (R,)"""
    _, place, count = np.unique(column, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(count) - (count - 1) / 2.0)[place], dtype=np.float64)


def _check_range(low: float, mode: float, high: float) -> None:
    if not low <= mode <= high:
        raise ValueError(f"the range has to be low <= mode <= high, not {low:g}, {mode:g}, {high:g}")
