"""A piece on its route, followed in expectation and checked by hand."""

import pytest

from plantwright.model.journey import journey, mending, next_of
from plantwright.model.route import Operation


def route(*operations: dict) -> tuple[Operation, ...]:
    return tuple(Operation.model_validate({"station": "s", "time": "1 s"} | operation) for operation in operations)


def test_a_straight_route_sees_each_piece_once():
    trip = journey(route({"op": "a"}, {"op": "b"}))
    assert trip.visits == (1.0, 1.0)
    assert (trip.good, trip.scrapped, trip.endless) == (1.0, 0.0, 0.0)


def test_scrap_thins_the_flow():
    trip = journey(route({"op": "a", "good": "90 %"}, {"op": "b", "good": "50 %"}))
    assert trip.visits == pytest.approx((1.0, 0.9))
    assert trip.good == pytest.approx(0.45)
    assert trip.scrapped == pytest.approx(0.55)


def test_a_repair_returns_to_the_test_that_sent_it_until_its_tries_are_used_up():
    # Half fail each time, two repairs at most: 1 + 1/2 + 1/4 tests, 1/2 + 1/4 repairs, 1/8 scrapped.
    trip = journey(
        route(
            {"op": "test", "good": "50 %", "else": {"to": "repair", "tries": 2}},
            {"op": "pack"},
            {"op": "repair", "side": True},
        )
    )
    assert trip.visits == pytest.approx((1.75, 0.875, 0.75))
    assert trip.scrapped == pytest.approx(0.125)


def test_past_its_tries_a_piece_may_be_taken_apart():
    trip = journey(
        route(
            {"op": "test", "good": "50 %", "else": {"to": "repair", "tries": 1, "then": "teardown"}},
            {"op": "repair", "side": True},
            {"op": "teardown", "side": True, "then": "scrap"},
        )
    )
    assert trip.visits == pytest.approx((1.5, 0.5, 0.25))
    assert trip.scrapped == pytest.approx(0.25)


def test_a_second_try_has_its_own_yield():
    trip = journey(
        route(
            {"op": "fly", "good": ["95 %", "80 %"], "else": {"to": "rework", "tries": 2}},
            {"op": "rework", "side": True},
        )
    )
    # 5 % fail the first flight, 20 % of them the second, 20 % of those the third.
    assert trip.visits == pytest.approx((1 + 0.05 + 0.05 * 0.2, 0.05 + 0.01))
    assert trip.scrapped == pytest.approx(0.05 * 0.2 * 0.2)


def test_a_good_piece_may_be_rejected_and_passes_again():
    trip = journey(route({"op": "test", "false-reject": "20 %", "else": {"to": "test"}}))
    assert trip.visits == pytest.approx((1.25,))
    assert trip.good == pytest.approx(1.0)


def test_hidden_defects_travel_to_the_inspection_and_some_slip_through():
    trip = journey(
        route(
            {"op": "weld", "good": "90 %", "defects": "hidden"},
            {"op": "paint"},
            {"op": "inspect", "inspects": True, "miss": "20 %"},
        )
    )
    assert trip.visits == pytest.approx((1, 1, 1))
    assert trip.scrapped == pytest.approx(0.1 * 0.8)
    assert trip.defective == pytest.approx(0.1 * 0.2)
    assert trip.good == pytest.approx(0.92)


def test_a_retest_depends_on_the_true_state():
    # Nothing is repaired: the retest rejects every defective piece again, and no good one.
    rows = (
        {"op": "weld", "good": "90 %", "defects": "hidden"},
        {"op": "inspect", "inspects": True, "else": {"to": "inspect", "tries": 3}},
    )
    trip = journey(route(rows[0], rows[1] | {"repairs": 0}))
    assert trip.visits[1] == pytest.approx(1 + 0.1 * 3)
    assert trip.good == pytest.approx(0.9)


def test_a_repair_mends_as_often_as_it_says():
    rows = route(
        {"op": "weld", "good": "90 %", "defects": "hidden"},
        {"op": "inspect", "inspects": True, "else": {"to": "repair"}},
        {"op": "repair", "side": True, "repairs": "50 %"},
    )
    # Each defective piece is repaired twice in the mean.
    assert journey(rows).visits[2] == pytest.approx(0.2)
    assert journey(rows).good == pytest.approx(1.0)
    assert [mending(rows, index) for index in range(3)] == [0.0, 0.0, 0.5]


def test_the_sample_visits_the_laboratory_and_its_lot_shares_its_fate():
    trip = journey(
        route(
            {"op": "make", "sample": {"every": 20, "operations": ["lab"], "good": "90 %"}},
            {"op": "pack"},
            {"op": "lab", "side": True},
        )
    )
    assert trip.visits == pytest.approx((1.0, 0.9, 0.05))
    assert trip.scrapped == pytest.approx(0.1)


def test_a_rejected_lot_may_be_inspected_again():
    lot = {"every": 10, "operations": ["lab"], "good": "80 %", "else": {"to": "sort", "tries": 1}}
    trip = journey(route({"op": "make", "sample": lot}, {"op": "lab", "side": True}, {"op": "sort", "side": True}))
    # A fifth of the lots is sorted and judged again; a fifth of those is scrapped.
    assert trip.visits == pytest.approx((1.2, 0.12, 0.2))
    assert trip.scrapped == pytest.approx(0.04)


def test_a_loop_without_an_exit_never_ends():
    trip = journey(route({"op": "test", "good": 0, "else": {"to": "test"}}))
    assert trip.endless == pytest.approx(1.0)
    assert trip.good == 0.0


def test_next_skips_side_operations_and_follows_then():
    rows = route({"op": "a"}, {"op": "x", "side": True, "then": "done"}, {"op": "b", "then": "a"}, {"op": "c"})
    assert [next_of(rows, index) for index in range(4)] == [2, "done", 0, "done"]


def test_a_repair_returns_and_a_teardown_ends():
    rows = route(
        {"op": "test", "good": "90 %", "else": {"to": "repair", "tries": 2, "then": "teardown"}},
        {"op": "repair", "side": True},
        {"op": "teardown", "side": True, "gives": {"frame": 1}},
    )
    assert [next_of(rows, index) for index in range(3)] == ["done", 0, "scrap"]
