"""Ownership adds up, also through chains."""

import pytest

from plantwright.analytic.shareholding import Held, held


def test_two_listed_owners_with_a_quarter_each_hold_half_together():
    assert held({"works": {"a": 0.25, "b": 0.25, "c": 0.5}}, {"a", "b"}, 0.5)["works"] == Held(0.5, 0.5)


def test_an_owner_that_is_held_by_half_counts_in_full():
    owners = {"works": {"middle": 0.5}, "middle": {"top": 0.5}, "top": {"a": 0.5}}
    found = held(owners, {"a"}, 0.5)
    assert found["works"].together == 0.5
    assert found["works"].through == pytest.approx(0.125)


def test_an_owner_that_is_held_by_less_than_half_does_not_count_together_but_comes_through():
    owners = {"works": {"middle": 0.9, "a": 0.1}, "middle": {"a": 0.49}}
    found = held(owners, {"a"}, 0.5)["works"]
    assert found.together == pytest.approx(0.1)
    assert found.through == pytest.approx(0.1 + 0.9 * 0.49)
    assert found.most == pytest.approx(0.541)


def test_parties_that_own_each_other_settle():
    owners = {"x": {"y": 0.5, "a": 0.2}, "y": {"x": 0.4}}
    found = held(owners, {"a"}, 0.5)
    assert found["x"].through == pytest.approx(0.2 / (1 - 0.5 * 0.4))  # x = 0.2 + 0.5 y, y = 0.4 x
    assert found["y"].through == pytest.approx(0.4 * found["x"].through)


def test_a_ring_without_listed_owners_is_held_by_none():
    assert held({"x": {"y": 1.0}, "y": {"x": 1.0}}, set(), 0.5) == {"x": Held(0, 0), "y": Held(0, 0)}
