"""Times back from the histograms that the kernel keeps: 128 bins to the octave."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plantwright.codes import BINS_PER_OCTAVE, NONE, TICK_S

QUANTILES = {"P50": 0.50, "P90": 0.90, "P95": 0.95, "P99": 0.99}


def bin_middles(count: int) -> NDArray[np.float64]:
    """Middle of each bin, (count,) float64 [ticks]: exact below 128 ticks, within 0.4 % above."""
    bins = np.arange(count)
    octave = np.maximum(bins // BINS_PER_OCTAVE - 1, 0)
    width = 2.0**octave
    lowest = np.where(bins < BINS_PER_OCTAVE, bins, (BINS_PER_OCTAVE + bins % BINS_PER_OCTAVE) * width)
    return lowest + (width - 1.0) / 2.0


def quantiles_s(histogram: Any, row: int) -> Mapping[str, float]:
    """P50, P90, P95 and P99 of a row of the histograms [s]; NaN where nothing was counted."""
    counts = histogram[row] if row != NONE else np.zeros(1, dtype=np.int64)
    below = np.cumsum(counts)
    total = int(below[-1])
    if total == 0:
        return dict.fromkeys(QUANTILES, math.nan)
    middles = bin_middles(len(counts))
    ranks = [math.ceil(share * total) for share in QUANTILES.values()]
    found = np.searchsorted(below, ranks)
    return {name: float(middles[place]) * TICK_S for name, place in zip(QUANTILES, found)}


def histogram_s(histogram: Any, row: int, *, per_octave: int = 8) -> tuple[tuple[float, int], ...]:
    """A row of the histograms with fewer bins, for a picture.

    Parameters
    ----------
    histogram
        Counts, (H, BINS) int64.
    row
        Which one; NONE has no entries.
    per_octave
        Bins to the octave; a divisor of 128. [-]

    Returns
    -------
    tuple of (float, int)
        Upper end of each bin [s] and how many times fell into it, from the first bin with any to the last.
    """
    if row == NONE or not histogram[row].any():
        return ()
    step = BINS_PER_OCTAVE // per_octave
    counts = histogram[row].reshape(-1, step).sum(axis=1)
    starts = np.arange(len(counts) + 1) * step
    octave = np.maximum(starts // BINS_PER_OCTAVE - 1, 0)
    ends = np.where(starts < BINS_PER_OCTAVE, starts, (BINS_PER_OCTAVE + starts % BINS_PER_OCTAVE) * 2.0**octave)
    seen = np.flatnonzero(counts)
    return tuple((float(ends[at + 1]) * TICK_S, int(counts[at])) for at in range(seen[0], seen[-1] + 1))
