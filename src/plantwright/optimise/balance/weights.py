"""Weights that bound: what no station can hold more of than its room, so that their sum says how many are needed.

Each is a dual feasible function of the times; the classical bounds LM1 (time), LM2 (halves) and LM3 (thirds) are among
them.

References
----------
S. P. Fekete, J. Schepers (2001), "New classes of fast lower bounds for bin packing problems", Mathematical Programming
91, doi 10.1007/s101070100243; S. Martello, P. Toth (1990), "Lower bounds and reduction procedures for the bin packing
problem", Discrete Applied Mathematics 28, doi 10.1016/0166-218X(90)90094-S; F. Clautiaux, C. Alves, J. Valerio de
Carvalho (2010), "A survey of dual-feasible and superadditive functions", Annals of Operations Research 179,
doi 10.1007/s10479-008-0453-8
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from plantwright.problems.balance import Ints

MOST_THRESHOLDS = 120
"""Thresholds that are tried for each family. [-]"""
MOST_STEPS = 20
"""Steps of the step functions: up to so many parts of a station. [-]"""


def strongest(time: Ints, takt: int, count: int) -> tuple[Ints, Ints]:
    """The time itself, then the weights that ask for the most stations: their values and rooms. (K, N), (K,) int64"""
    found: dict[bytes, tuple[float, Ints, int]] = {}
    for weight, room in _family(time, takt):
        bound = float(weight.sum() / room)
        found.setdefault((weight / room).tobytes(), (bound, weight, room))
    ranked = sorted(found.values(), key=lambda each: -each[0])[: max(0, count - 1)]
    rows = [(np.asarray(time, dtype=np.int64), int(takt)), *((weight, room) for _, weight, room in ranked)]
    return np.array([row for row, _ in rows], dtype=np.int64), np.array([room for _, room in rows], dtype=np.int64)


def stations_for(weight: Ints, room: Ints) -> int:
    """Stations that these weights ask for. [-]"""
    return int(max(-(-int(total) // int(each)) for total, each in zip(weight.sum(axis=1), room, strict=True)))


def _family(time: Ints, takt: int) -> Iterator[tuple[Ints, int]]:
    small = np.unique(time[(time > 0) & (2 * time <= takt)])
    if len(small) > MOST_THRESHOLDS:
        small = small[np.linspace(0, len(small) - 1, MOST_THRESHOLDS).astype(np.int64)]
    yield from _steps(time, takt)
    for threshold in small:
        raised = _raised(time, takt, int(threshold))
        yield raised, takt
        yield _halved(time, takt, int(threshold))
        yield from _steps(raised, takt)


def _steps(time: Ints, takt: int) -> Iterator[tuple[Ints, int]]:
    """Parts of a station that a task fills more than: (k + 1) t / c rounded down, whole multiples one less."""
    for steps in range(1, MOST_STEPS + 1):
        scaled = time * (steps + 1)
        is_whole = scaled % takt == 0
        yield np.where(is_whole, time * steps, (scaled // takt) * takt), steps * takt


def _raised(time: Ints, takt: int, threshold: int) -> Ints:
    """Tasks that leave less than the threshold fill the station; those below it count for nothing."""
    return np.where(time > takt - threshold, takt, np.where(time < threshold, 0, time))


def _halved(time: Ints, takt: int, threshold: int) -> tuple[Ints, int]:
    """Small tasks rounded down to multiples of the threshold, large ones by what they leave for such."""
    whole = takt // threshold
    large = 2 * (whole - (takt - time) // threshold)
    small = 2 * (time // threshold)
    return np.where(2 * time > takt, large, np.where(2 * time == takt, whole, small)), 2 * whole
