"""Weeks of the examples: as many operations as they say, better than every rule, and checked."""

import pytest

import plantwright as pw


@pytest.fixture(scope="module")
def week(root):
    return pw.schedule(pw.load(root / "examples" / "uas-plant"), effort="quick", rescues=0)


@pytest.fixture(scope="module")
def night(root):
    return pw.schedule(pw.load(root / "examples" / "bakery"), effort="quick")


def test_the_week_of_the_reference_plant_has_two_thousand_operations(week):
    assert len(week.bars) >= 2000
    assert {bar.item for bar in week.bars if bar.station.startswith("fa-")} == {"agri", "insp", "cargo"}
    assert week.stations["mould"].setup_h > 10  # an hour each
    assert week.checked


def test_no_dispatching_rule_is_better(week):
    own = tuple(goal.value for goal in week.goals)
    assert all(own <= rule.values for rule in week.rules)


def test_assembly_waits_for_its_mouldings(week):
    assert {peg.item for peg in week.pegs} >= {"housing-agri", "housing-cargo", "propellers-large", "propellers-small"}
    ends = {(bar.order, bar.lot): bar.end_s for bar in week.bars if bar.operation == "mould"}
    assert all(week.bars[peg.bar].start_s >= ends[peg.from_order, peg.from_lot] for peg in week.pegs)


def test_the_bread_of_the_night_is_there_for_the_vans(night):
    assert night.complete
    assert not any(order.late for order in night.orders if order.order.startswith("V1"))
    ovens = [bar for bar in night.bars if bar.station == "oven"]
    assert all(bar.end_s - bar.start_s == bar.work_s for bar in ovens)  # a batch is never left alone


def test_what_a_bar_waited_for_is_over_at_the_very_moment_at_which_it_could_begin(week, night):
    for answer in (week, night):
        for bar in answer.bars:
            if bar.reason not in ("machine", "predecessor", "part"):
                continue
            other = answer.bars[bar.waits_for]
            begins = bar.start_s if bar.setup_s is None else bar.setup_s
            if bar.reason == "machine":
                assert (other.machine, other.end_s) == (bar.machine, begins)
            elif bar.reason == "predecessor":
                assert (other.order, other.lot) == (bar.order, bar.lot)
                assert begins - other.end_s in (0, 120, 300)  # 2 or 5 min on the way
            else:
                assert other.end_s <= begins


def test_everything_is_explained_and_little_is_put_off(week, night):
    reasons = [bar.reason for answer in (week, night) for bar in answer.bars]
    assert all(bar.why for answer in (week, night) for bar in answer.bars)
    assert reasons.count("later") < len(reasons) / 20


def test_a_breakdown_moves_less_the_more_it_is_worth_to_stay(root, night):
    plant = pw.load(root / "examples" / "bakery")
    down = ["oven/2 from 2027-01-12 02:00 to 2027-01-12 04:00"]
    steady, free = (pw.schedule(plant, effort="quick", after=night, down=down, steady=hours) for hours in (2, 0))
    assert 0 < len(steady.moved) <= len(free.moved) < len(night.bars)
    now = "2027-01-12 02:00:00"
    begun = {
        (bar.order, bar.lot, bar.operation): bar.start
        for bar in night.bars
        if bar.start < now and not (bar.machine == "oven/2" and bar.end > now)  # what is in it is baked anew
    }
    stays = {(bar.order, bar.lot, bar.operation): bar.start for bar in steady.bars}
    assert all(stays[key] == start for key, start in begun.items())
