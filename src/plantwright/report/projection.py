"""Places on the globe to places on paper: Lambert's azimuthal equal-area projection, centred on what is shown."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

EARTH_KM = 6371.0088
"""Mean radius. [km]"""

Place = tuple[float, float]
"""Latitude and longitude [degrees], or x to the east and y to the north [km]."""


def middle(places: Iterable[Place]) -> Place:
    """The centre of places: of their mean direction from the middle of the Earth. [degrees]

    >>> middle([(0.0, 10.0), (0.0, 30.0)])
    (0.0, 20.0)
    """
    sums = [0.0, 0.0, 0.0]
    for latitude, longitude in places:
        north, east = math.radians(latitude), math.radians(longitude)
        for axis, part in enumerate(
            (math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north))
        ):
            sums[axis] += part
    latitude = math.degrees(math.atan2(sums[2], math.hypot(sums[0], sums[1])))
    return round(latitude, 9), round(math.degrees(math.atan2(sums[1], sums[0])), 9)


@dataclass(frozen=True, slots=True)
class Projection:
    """From latitude and longitude to kilometres east and north of a centre; areas are true, angles nearly so.

    References
    ----------
    J. P. Snyder (1987), Map Projections: A Working Manual, USGS Professional Paper 1395, doi 10.3133/pp1395, eqs. 24-2
    and 22-4.
    """

    centre: Place

    def __call__(self, place: Place) -> Place:
        """Kilometres east and north of the centre."""
        north, east = math.radians(place[0]), math.radians(place[1] - self.centre[1])
        middle = math.radians(self.centre[0])
        cosine = math.sin(middle) * math.sin(north) + math.cos(middle) * math.cos(north) * math.cos(east)
        scale = EARTH_KM * math.sqrt(2.0 / max(1.0 + cosine, 1e-9))
        up = math.cos(middle) * math.sin(north) - math.sin(middle) * math.cos(north) * math.cos(east)
        return scale * math.cos(north) * math.sin(east), scale * up


def ring(centre: Place, radius_km: float, corners: int = 72) -> list[Place]:
    """Places at a distance from another one, all around. [degrees]

    References
    ----------
    Snyder (1987), eqs. 5-5 and 5-6.
    """
    north, angle = math.radians(centre[0]), radius_km / EARTH_KM
    found = []
    for corner in range(corners):
        bearing = 2 * math.pi * corner / corners
        sine = math.sin(north) * math.cos(angle) + math.cos(north) * math.sin(angle) * math.cos(bearing)
        east = math.atan2(
            math.sin(bearing) * math.sin(angle) * math.cos(north), math.cos(angle) - math.sin(north) * sine
        )
        found.append((math.degrees(math.asin(max(-1.0, min(1.0, sine)))), centre[1] + math.degrees(east)))
    return found


def meridians(low: float, high: float, about: int = 5) -> list[float]:
    """Round degrees between two, in about so many steps.

    >>> meridians(20.0, 77.0)
    [20.0, 30.0, 40.0, 50.0, 60.0, 70.0]
    """
    width = max(high - low, 1e-6)
    steps = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0)
    step = next((step for step in steps if width / step <= about + 1), 30.0)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(step * count, 6) for count in range(first, last + 1)]


def between(places: Sequence[Place]) -> tuple[float, float, float, float]:
    """South, north, west and east end of places. [degrees]"""
    north, east = [place[0] for place in places], [place[1] for place in places]
    return min(north), max(north), min(east), max(east)
