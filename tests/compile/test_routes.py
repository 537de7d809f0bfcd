from plantwright.codes import DONE, NONE, SAMPLE_END, SCRAP


def test_operations_follow_one_another_past_side_operations(routed):
    operation = routed({"op": "a"}, {"op": "x", "side": True, "then": "c"}, {"op": "b"}, {"op": "c"}).world.operation
    assert list(operation.next) == [2, 3, 3, DONE]
    assert list(operation.ordinal) == [0, 1, 2, 3]


def test_rejected_pieces_are_repaired_tested_again_and_taken_apart_past_the_cap(routed):
    operation = routed(
        {"op": "make"},
        {"op": "test", "good": ["95 %", "80 %"], "else": {"to": "repair", "tries": 2, "then": "teardown"}},
        {"op": "repair", "side": True, "repairs": "90 %"},
        {"op": "teardown", "side": True, "gives": {"screw": 4}},
        items={"part": {"made-by": "part", "release": {"saturated": True}}, "screw": {"buy": {}}},
    ).world.operation
    test = operation[1]
    assert (test.next, test.otherwise, test.tries, test.past_tries) == (DONE, 2, 2, 3)
    assert operation.next[2] == 1, "a repair returns to the test"
    assert operation.next[3] == SCRAP, "what is taken apart is gone"
    assert operation.mends[2] == 0.9


def test_what_fails_without_a_way_out_is_scrapped(routed):
    row = routed({"op": "test", "good": "90 %"}).world.operation[0]
    assert (row.otherwise, row.past_tries, row.tries, row.goods) == (SCRAP, SCRAP, 0, 1)


def test_a_rejected_piece_may_go_to_the_teardown_at_once(routed):
    rows = routed(
        {"op": "test", "good": "90 %", "else": {"then": "teardown"}}, {"op": "teardown", "side": True}
    ).world.operation
    assert (rows.otherwise[0], rows.tries[0], rows.next[1]) == (1, 0, SCRAP)


def test_an_operation_to_which_pieces_are_sent_back_mends_them_unless_it_says_otherwise(routed):
    rows = routed({"op": "make"}, {"op": "test", "good": "90 %", "else": {"to": "make"}}).world.operation
    assert list(rows.mends) == [1.0, 0.0]


def test_inspection_figures_are_carried_over(routed):
    world = routed(
        {"op": "make", "good": "97 %", "defects": "hidden"},
        {"op": "look", "inspects": True, "miss": "2 %", "false-reject": "1 %"},
    ).world
    make, look = world.operation[0], world.operation[1]
    assert (make.hidden, make.inspects, world.share[make.first_good]) == (1, 0, 0.97)
    assert (look.goods, look.inspects, look.miss, look.false_reject) == (0, 1, 0.02, 0.01)


def test_every_sampled_operation_has_a_laboratory_of_its_own(routed):
    sample = {"every": 200, "operations": ["drop", "soak"], "good": "98 %", "else": {"to": "sort"}}
    problem = routed(
        {"op": "a", "sample": sample},
        {"op": "b", "sample": {**sample, "every": 50, "else": None}},
        {"op": "drop", "side": True},
        {"op": "soak", "side": True},
        {"op": "sort", "side": True},
    )
    rows = problem.world.operation
    assert [op for _, op in problem.names.operations] == ["a", "b", "drop", "soak", "sort", "drop", "soak"]
    assert (rows.sample_every[0], rows.sample_operation[0], rows.sample_good[0], rows.sample_otherwise[0]) == (
        (200, 2, 0.98, 4)
    )
    assert (rows.sample_every[1], rows.sample_operation[1], rows.sample_otherwise[1]) == (50, 5, SCRAP)
    assert [rows.next[row] for row in (2, 3, 5, 6)] == [3, SAMPLE_END, 6, SAMPLE_END]
    assert [rows.owner[row] for row in (2, 3, 5, 6)] == [0, 0, 1, 1]
    assert rows.next[4] == 0, "a lot that was sorted is judged again"
    assert problem.world.clock.reserve_parts[0] >= 200


def test_two_items_that_share_a_route_have_rows_of_their_own(routed):
    item = {"made-by": "part", "release": {"saturated": True}}
    problem = routed({"op": "a"}, {"op": "b"}, items={"one": item, "two": item})
    rows = problem.world.operation
    assert problem.names.operations == (("one", "a"), ("one", "b"), ("two", "a"), ("two", "b"))
    assert list(rows["item_"]) == [0, 0, 1, 1]
    assert list(rows.next) == [1, DONE, 3, DONE]
    assert list(problem.world.release.operation) == [0, 2]


def test_times_are_for_a_piece_for_a_part_or_for_whatever_is_in_the_oven(routed):
    rows = routed(
        {"op": "a"},
        {"op": "b", "per": "part"},
        {"op": "cure", "station": "oven"},
        stations={"m": {}, "oven": {"batch": {"max": 24}}},
    ).world.operation
    assert list(rows.per_piece) == [1, 0, 0]


def test_people_are_held_throughout_or_to_load_and_unload(routed):
    world = routed(
        {"op": "a", "people": {"fitter": 0.5, "setter": 2}},
        {"op": "b", "attended": {"people": {"fitter": 1}, "load": "20 s", "unload": "10 s"}},
        crews={"all": {"skills": ["fitter", "setter"], "people": 3}},
    ).world
    a, b = world.operation[0], world.operation[1]
    assert [(row.skill, row.amount) for row in world.need[a.first_need : a.first_need + a.needs]] == [
        (0, 500),
        (1, 2000),
    ]
    assert (a.load_law, a.attends, b.needs, b.attends) == (NONE, 0, 0, 1)
    assert [world.law.a[law] for law in (b.load_law, b.law, b.unload_law)] == [20e6, 0.0, 10e6]
