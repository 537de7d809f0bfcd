import doctest
from dataclasses import replace

import pytest

from plantwright.model import naming
from plantwright.results import STATES, Estimate, InputRange, Shortage, StationStatistics
from plantwright.study.words import holding_back, starved, verdict

MADE = Estimate(104_000.0, 600.0, 4)
WIDE = InputRange(100_000.0, 94_000.0, 105_000.0, 12)


def test_the_wider_interval_is_told_and_where_it_comes_from():
    told = verdict(MADE, None, "oven", WIDE)
    assert "as written; within the ranges of its figures it makes 94,000 to 105,000" in told
    assert "(± 600 from run to run)" in verdict(MADE, None, "oven", None)


def test_a_target_that_the_ranges_may_miss_or_reach_is_not_told_as_settled():
    assert "105,000 and may miss the target" in verdict(MADE, 100_000, "oven", WIDE)
    assert "105,000 and may reach the target" in verdict(MADE, 104_900, "oven", WIDE)
    for settled in (90_000, 110_000):
        assert "may" not in verdict(MADE, settled, "oven", WIDE)


def test_a_missed_target_says_by_how_much():
    assert ", 6,000 short of its target of 110,000;" in verdict(MADE, 110_000, "oven", None)
    assert ", 14,000 more than its target of 90,000;" in verdict(MADE, 90_000, "oven", None)


def test_a_target_within_what_chance_moves_is_neither_missed_nor_met():
    for target in (103_500, 104_500):
        assert f", about its target of {target:,};" in verdict(MADE, target, "oven", None)


def test_what_holds_it_back_is_told():
    assert verdict(MADE, None, "oven", None).endswith("; oven holds it back.")


def test_nothing_seen_is_nothing_told():
    assert "nothing" in verdict(Estimate(None), 100, "oven", None)


def station(name="", **states):
    """A station that spends these shares of its time in these states."""
    shares = {state: Estimate(states.get(state.replace(" ", "_"), 0.0)) for state in STATES}
    nothing = Estimate(None)
    return StationStatistics(1, None, nothing, nothing, {}, nothing, nothing, nothing, nothing, shares, name=name)


def short(figures, machines=1):
    """The same, short of dough, of bakers and, by a hair, of a peel."""
    waits = (
        Shortage("item", "dough", Estimate(0.047, 0.003, 4), Estimate(412.0, 30.0, 4), "Dough"),
        Shortage("skill", "bake", Estimate(0.0103, 0.001, 4), Estimate(90.0, 10.0, 4)),
        Shortage("tool", "peel", Estimate(0.009, 0.001, 4), Estimate(79.0, 8.0, 4)),
    )
    return replace(figures, short_of=waits, machines=machines)


def test_what_stations_wait_for_longest_is_told():
    stations = {"mixer": station("Mixer"), "oven": short(station("Oven: three decks"), machines=3), "saw": station()}
    assert starved(stations) == (
        "The 3 machines of Oven waited 412 ± 30 h a year for Dough.",
        "The 3 machines of Oven waited 90 ± 10 h a year for people (bake).",
    )
    assert starved({"oven": short(station())})[0] == "oven waited 412 ± 30 h a year for Dough."
    assert starved({"mixer": station("Mixer")}) == ()


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (station(), "oven"),
        (station("Bread oven: three decks"), "Bread oven"),
        (station("Bread oven", down=0.04, idle=0.5), "Bread oven"),
        (station(starved_for_kit=0.2, down=0.1), "oven (waiting for parts 20 % of its time)"),
        (short(station(starved_for_kit=0.2)), "oven (waiting for parts 20 % of its time, 412 ± 30 h a year for Dough)"),
        (
            short(station(waiting_for_people=0.2)),
            "oven (waiting for people 20 % of its time, 90 ± 10 h a year for people (bake))",
        ),
        # down a tenth of all hours is a fifth of those on shift
        (station(down=0.1, off_shift=0.5), "oven (down 20 % of its time)"),
    ],
)
def test_the_station_is_called_by_its_name_and_by_what_keeps_it_from_work(figures, said):
    assert holding_back("oven", figures) == said


def test_the_examples_of_naming_hold():
    assert doctest.testmod(naming).failed == 0
