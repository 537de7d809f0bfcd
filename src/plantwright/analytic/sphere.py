"""Distances on the Earth taken as a sphere, and lines on it cut into segments."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

RADIUS = 6_371_008.8
"""Mean radius of the Earth. [m]

References
----------
H. Moritz (2000), "Geodetic Reference System 1980", Journal of Geodesy 74(1), doi 10.1007/s001900050278: R1.
"""

Places = NDArray[np.float64]
"""Latitude and longitude of places. (N, 2) float64 [degrees]"""


def distances(here: ArrayLike, there: ArrayLike) -> NDArray[np.float64]:
    """Great-circle distance of every place from every other. (F, C) float64 [m]

    Parameters
    ----------
    here : (F, 2) floats
        Latitude and longitude. [degrees]
    there : (C, 2) floats
        Likewise.

    Notes
    -----
    The haversine form, which is exact for small distances too. The Earth is not a sphere: true distances differ by up
    to 0.5 %.

    References
    ----------
    R. W. Sinnott (1984), "Virtues of the haversine", Sky and Telescope 68(2), p. 159.

    Examples
    --------
    A quarter of the equator is a quarter of the circumference:

    >>> float((distances([[0.0, 0.0]], [[0.0, 90.0]]) / (np.pi * RADIUS / 2)).round(12)[0, 0])
    1.0
    """
    first, second = (np.radians(np.asarray(places, dtype=np.float64).reshape(-1, 2)) for places in (here, there))
    north = first[:, None, 0] - second[None, :, 0]
    east = first[:, None, 1] - second[None, :, 1]
    shrink = np.cos(first[:, None, 0]) * np.cos(second[None, :, 0])
    half = np.sin(north / 2) ** 2 + shrink * np.sin(east / 2) ** 2
    return np.asarray(2.0 * RADIUS * np.arcsin(np.sqrt(np.minimum(half, 1.0))))


def cut(path: ArrayLike, step: float) -> Places:
    """Places along a line, its corners among them, so that no two that follow are farther apart than a step. (N, 2)

    Parameters
    ----------
    path : (K, 2) floats
        Corners of the line; between them it runs along great circles. [degrees], K >= 2
    step : float
        Greatest length of a segment. [m], > 0

    References
    ----------
    K. Shoemake (1985), "Animating rotation with quaternion curves", SIGGRAPH Computer Graphics 19(3),
    doi 10.1145/325165.325242, eq. for Slerp.

    Examples
    --------
    Two degrees of the equator, 222.4 km, in steps of at most 100 km:

    >>> cut([[0.0, 0.0], [0.0, 1.5]], 100_000.0).round(9).tolist()
    [[0.0, 0.0], [0.0, 0.75], [0.0, 1.5]]
    """
    corners = np.asarray(path, dtype=np.float64).reshape(-1, 2)
    found = [corners[:1]]
    for start, end in zip(corners[:-1], corners[1:], strict=True):
        length = float(distances(start, end)[0, 0])
        count = max(1, int(np.ceil(length / step - 1e-9)))
        found.append(_between(start, end, np.arange(1, count) / count, length / RADIUS))
        found.append(end[None, :])
    return np.concatenate(found)


def seen(posts: ArrayLike, points: ArrayLike, radius: ArrayLike) -> NDArray[np.bool_]:
    """Whether a post sees the segment from each point of a line to the next. (F, N - 1) bool

    Parameters
    ----------
    posts : (F, 2) floats
        Latitude and longitude. [degrees]
    points : (N, 2) floats
        Places along the line. [degrees]
    radius : (F,) floats
        How far each post sees. [m]

    Notes
    -----
    A post sees a segment when it sees both its ends: what lies within a radius (of less than a quarter of the Earth) is
    convex, so it sees all between them. A segment whose ends only two posts see counts as unseen: the length told is
    never too long, and too short by at most one step at each end of what a post sees.
    """
    ends = distances(posts, points) <= np.asarray(radius, dtype=np.float64)[:, None] + 1e-6
    return np.asarray(ends[:, :-1] & ends[:, 1:])


def _between(start: Places, end: Places, shares: NDArray[np.float64], angle: float) -> Places:
    """Places at shares of the way along the great circle, which spans an angle [rad]. (N, 2) [degrees]"""
    if not shares.size or angle == 0.0:
        return np.empty((0, 2))
    first, last = _vector(start), _vector(end)
    ways = (np.sin((1.0 - shares) * angle)[:, None] * first + np.sin(shares * angle)[:, None] * last) / np.sin(angle)
    latitude = np.arctan2(ways[:, 2], np.hypot(ways[:, 0], ways[:, 1]))
    return np.asarray(np.degrees(np.column_stack([latitude, np.arctan2(ways[:, 1], ways[:, 0])])))


def _vector(place: Places) -> NDArray[np.float64]:
    latitude, longitude = np.radians(place)
    flat = np.cos(latitude)
    return np.array([flat * np.cos(longitude), flat * np.sin(longitude), np.sin(latitude)])
