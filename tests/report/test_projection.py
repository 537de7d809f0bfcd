"""The map's projection keeps areas, its circles keep their distance, and its degrees are round."""

import math

import pytest
from hypothesis import given, strategies as st

from plantwright.report.projection import EARTH_KM, Projection, meridians, middle, ring

places = st.tuples(st.floats(-80, 80), st.floats(-170, 170))
near = st.tuples(st.floats(30, 60), st.floats(0, 60))


def flat_area(corners):
    """Area of a polygon. [as corners squared]"""
    pairs = zip(corners, [*corners[1:], corners[0]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


@given(near, near, st.floats(0.1, 3))
def test_a_cell_of_the_graticule_has_the_area_it_has_on_the_sphere(centre, corner, size):
    """Between two parallels and two meridians the sphere has R² dλ (sin φ2 - sin φ1)."""
    south, west = corner
    edge = [(south + size * k / 60, west) for k in range(60)]
    edge += [(south + size, west + size * k / 60) for k in range(60)]
    edge += [(south + size - size * k / 60, west + size) for k in range(60)]
    edge += [(south, west + size - size * k / 60) for k in range(60)]
    step = math.sin(math.radians(south + size)) - math.sin(math.radians(south))
    true = EARTH_KM**2 * math.radians(size) * step
    assert flat_area([Projection(centre)(place) for place in edge]) == pytest.approx(true, rel=1e-3)


@given(places)
def test_the_centre_is_in_the_middle_and_north_of_it_is_up(centre):
    project = Projection(centre)
    assert project(centre) == pytest.approx((0, 0), abs=1e-3)
    x, y = project((centre[0] + 1, centre[1]))
    assert x == pytest.approx(0, abs=1e-6)
    assert y == pytest.approx(EARTH_KM * 2 * math.sin(math.radians(0.5)))


@given(places, st.floats(1, 2000))
def test_a_ring_is_as_far_from_its_centre_all_around(centre, radius):
    """By the cosine rule, which the rings do not use."""
    north = math.radians(centre[0])
    for latitude, longitude in ring(centre, radius, 12):
        other, east = math.radians(latitude), math.radians(longitude - centre[1])
        cosine = math.sin(north) * math.sin(other) + math.cos(north) * math.cos(other) * math.cos(east)
        assert cosine == pytest.approx(math.cos(radius / EARTH_KM), abs=1e-12)


def test_the_middle_does_not_mind_the_date_line():
    assert abs(middle([(10.0, 179.0), (10.0, -179.0)])[1]) == pytest.approx(180)


@given(st.floats(-100, 100), st.floats(0.2, 120))
def test_round_degrees_lie_within_and_are_a_handful(low, width):
    found = meridians(low, low + width, 5)
    assert all(low - 1e-5 <= degree <= low + width + 1e-5 for degree in found)
    assert 2 <= len(found) <= 7
