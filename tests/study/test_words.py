from plantwright.results import Estimate, InputRange
from plantwright.study.words import verdict

MADE = Estimate(104_000.0, 600.0, 4)


def test_the_wider_interval_is_told_and_where_it_comes_from():
    told = verdict(MADE, None, "oven", InputRange(100_000.0, 94_000.0, 105_000.0, 12))
    assert "94,000 to 105,000 over the ranges of its inputs" in told
    assert "103,000 to 105,000 from run to run" in verdict(MADE, None, "oven", None)


def test_a_target_that_the_ranges_may_miss_is_not_told_as_met():
    wide = InputRange(100_000.0, 94_000.0, 105_000.0, 12)
    assert "put out of reach" in verdict(MADE, 100_000, "oven", wide)
    assert "put out of reach" not in verdict(MADE, 90_000, "oven", wide)


def test_a_missed_target_says_by_how_much():
    assert "6,000 short of its target of 110,000" in verdict(MADE, 110_000, "oven", None)


def test_what_holds_it_back_is_told():
    assert verdict(MADE, None, "oven", None).endswith("; oven holds it back.")


def test_nothing_seen_is_nothing_told():
    assert "nothing" in verdict(Estimate(None), 100, "oven", None)
