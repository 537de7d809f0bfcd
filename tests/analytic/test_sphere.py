"""Distances and lines on the sphere, against the cosine rule, against known distances and against each other."""

import math

import numpy as np
import pytest
from hypothesis import given, strategies as st

from plantwright.analytic.sphere import RADIUS, cut, distances, seen

places = st.tuples(st.floats(-85, 85), st.floats(-179, 179))
near = st.tuples(st.floats(40, 60), st.floats(10, 40))


@given(places, places)
def test_a_distance_is_that_of_the_cosine_rule(here, there):
    (north, east), (other_north, other_east) = (tuple(map(math.radians, place)) for place in (here, there))
    flat = math.cos(north) * math.cos(other_north) * math.cos(east - other_east)
    angle = math.acos(max(-1.0, min(1.0, math.sin(north) * math.sin(other_north) + flat)))
    assert distances([here], [there])[0, 0] == pytest.approx(RADIUS * angle, abs=1.0)


@given(places, places, places)
def test_no_way_round_is_shorter(one, two, three):
    far = distances([one, two, three], [one, two, three])
    assert far[0, 2] <= far[0, 1] + far[1, 2] + 1e-3
    assert np.allclose(far, far.T)


def test_minsk_to_warsaw_is_as_far_as_the_map_says():
    """475 km on the ellipsoid (Vincenty); the sphere is off by less than 0.5 %."""
    assert distances([[53.9, 27.5667]], [[52.2297, 21.0122]])[0, 0] == pytest.approx(475_000, rel=0.005)


@given(near, near, st.floats(1_000, 50_000))
def test_a_line_that_is_cut_is_as_long_as_before_and_its_segments_as_long_as_each_other(here, there, step):
    whole = distances([here], [there])[0, 0]
    points = cut([here, there], step)
    each = np.array([distances([a], [b])[0, 0] for a, b in zip(points[:-1], points[1:], strict=True)])
    assert each.sum() == pytest.approx(whole, abs=1e-3)
    assert (each <= step + 1e-3).all()
    assert np.ptp(each) < 1e-3
    assert points[[0, -1]] == pytest.approx(np.array([here, there]))


@given(near, near, st.floats(0, 1), st.floats(50_000, 900_000), near)
def test_who_sees_both_ends_sees_what_lies_between(here, there, share, radius, post):
    whole = distances([here], [there])[0, 0]
    between = cut([here, there], max(whole / 40, 1.0))
    if seen([post], [here, there], [radius])[0, 0]:
        assert distances([post], between).max() <= radius + 1e-3


def test_a_segment_that_only_two_posts_see_together_is_unseen():
    """Posts 2 degrees apart that see 1.1 degrees each: both see an end of the segment, none the whole."""
    posts, points = [[0.0, 0.0], [0.0, 2.0]], [[0.0, 0.5], [0.0, 1.5]]
    assert not seen(posts, points, [1.1 * RADIUS * math.pi / 180] * 2).any()
