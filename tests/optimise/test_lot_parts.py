"""Parts of a plan that are planned anew: how large, and where."""

import numpy as np
import pytest

from plantwright.optimise.lots.parts import FREE, LEAST, MOST, Parts, undecided


@pytest.mark.parametrize("shape", [(1, 3), (10, 20), (40, 12), (200, 5)])
def test_blocks_have_about_as_many_setups_as_are_free(shape):
    parts = Parts(shape)
    cells = shape[0] * shape[1]
    for _ in range(12):
        free = parts.block().sum()
        assert min(FREE, cells) * 0.5 <= free <= max(FREE, *shape)


def test_the_farthest_setups_from_a_mixture_are_freed():
    """Five setups are the other way round, which noise cannot hide; the rest are as the mixture says."""
    mixture = np.zeros((10, 20))
    setups = mixture > 0.5
    setups[3, 4:9] = True
    part = Parts((10, 20)).farthest(setups, mixture)
    assert part.sum() == FREE
    assert part[3, 4:9].all()


def test_the_least_decided_setups_are_those_nearest_a_half():
    mixture = np.array([[0.0, 0.4, 1.0], [0.9, 0.55, 0.2]])
    assert undecided(mixture, 2).tolist() == [[False, True, False], [False, True, False]]
    assert undecided(mixture, 50).all()


def test_parts_shrink_where_they_take_too_long_and_grow_where_they_bring_nothing():
    parts = Parts((10, 20))
    parts.learn(is_solved=True, is_better=True)
    assert parts.free == FREE
    parts.learn(is_solved=True, is_better=False)
    assert parts.free > FREE
    for is_solved, limit in ((True, MOST), (False, LEAST)):
        for _ in range(60):
            parts.learn(is_solved=is_solved, is_better=False)
        assert parts.free == limit
