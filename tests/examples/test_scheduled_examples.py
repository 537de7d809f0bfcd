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
