"""Quantile tables of gamma laws: linear cells, finer and finer towards both tails, exact in mean and variance."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from plantwright.codes import TABLE_CELLS, TABLE_OCTAVES

Floats = NDArray[np.float64]


@lru_cache(maxsize=256)
def gamma_table(shape: float) -> tuple[float, ...]:
    """Quantiles of the gamma law of mean 1, laid out as the kernel reads them.

    Parameters
    ----------
    shape
        Shape parameter, 1 / (squared coefficient of variation). [-], shape > 0

    Returns
    -------
    tuple of float
        Lower half, then upper half (quantiles at 1 - u); each ``TABLE_OCTAVES`` x (``TABLE_CELLS`` + 1) knots, the
        j-th of octave k at u = 2**-(k+1) (1 - j / (2 TABLE_CELLS)).

    Notes
    -----
    Straight lines between true quantiles are a little off: the knots are raised to a power near 1 and scaled, so that
    the table as drawn has mean 1 and variance 1 / shape. Beyond the last octave (2**-41) the last knot stands.
    """
    from scipy import special  # slow to load, and only these laws need it

    u = knots()
    lower = special.gammaincinv(shape, u) / shape
    upper = special.gammainccinv(shape, u) / shape
    table = _with_moments(np.maximum(np.concatenate([lower, upper]), 1e-300), 1.0 / shape)
    return tuple(table.tolist())


def knots() -> Floats:
    """Values of u of the knots of the lower half, (TABLE_OCTAVES * (TABLE_CELLS + 1),) float64."""
    octaves = 0.5 ** (np.arange(TABLE_OCTAVES) + 1.0)
    cells = 1.0 - np.arange(TABLE_CELLS + 1) / (2.0 * TABLE_CELLS)
    return np.outer(octaves, cells).ravel()


def table_moments(table: Floats) -> tuple[float, float]:
    """Mean and variance of what is drawn from a table, exactly: it is linear between the knots."""
    width = -np.diff(knots().reshape(TABLE_OCTAVES, -1), axis=1).ravel()
    mean = second = 0.0
    for half in table.reshape(2, TABLE_OCTAVES, TABLE_CELLS + 1):
        a, b = half[:, :-1].ravel(), half[:, 1:].ravel()
        tail = 0.5 ** (TABLE_OCTAVES + 1)
        mean += float(np.sum(width * (a + b)) / 2.0) + tail * float(half[-1, -1])
        second += float(np.sum(width * (a * a + a * b + b * b)) / 3.0) + tail * float(half[-1, -1]) ** 2
    return mean, second - mean * mean


def _with_moments(table: Floats, variance: float) -> Floats:
    """The table with mean 1 and this variance: raised to the power that sets the ratio of the two, then scaled."""
    low, high = 0.99, 1.01
    for _ in range(60):
        power = (low + high) / 2.0
        mean, spread = table_moments(table**power)
        low, high = (power, high) if spread / mean**2 < variance else (low, power)
    raised: Floats = table ** ((low + high) / 2.0)
    return raised / table_moments(raised)[0]
