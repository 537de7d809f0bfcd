"""What stations share, by hand: trips against vehicles, spacings on conveyors, uses of tools."""

import pytest

from plantwright.io.patch import apply
from plantwright.study.rough import people_limits, rough_cut
from plantwright.study.wanted import wanted
from plantwright.study.weekload import load_by_week

YEAR_H = 365 * 24
DAYS = 261
"""Weekdays from 2027-01-04 to 2028-01-03."""

HAUL = """
    plantwright: 1
    name: Two stations and a cart
    calendars: {day: {shifts: [Mon-Fri 08:00-16:00]}}
    stations: {form: {}, trim: {}}
    carriers: {cart: {load: 2, return: 5 min, name: Hand cart}}
    conveyors: {belt: {length: 12 m, speed: 0.1 m/s, spacing: 0.6 m}}
    travel: [{from: form, to: trim, time: uniform(5 min, 15 min), carrier: cart}]
    routes:
      part:
        - {op: form, station: form, time: 6 min}
        - {op: trim, station: trim, time: 1 min}
    products: {part: {made-by: part}}
    demand: {part: {year: 10 000}}
"""

PRESS = """
    plantwright: 1
    name: Four presses and two moulds
    calendars: {day: {shifts: [Mon-Fri 08:00-16:00]}}
    stations: {press: {machines: 4}}
    tools: {mould: {number: 2}}
    routes: {part: [{op: press, station: press, time: 30 min, tools: {mould: 1}}]}
    products: {part: {made-by: part}}
    demand: {part: {year: 10 000}}
"""


@pytest.fixture
def haul(write):
    return write(HAUL)


@pytest.fixture
def press(write):
    return write(PRESS)


def rough(plant):
    return rough_cut(plant, wanted(plant))


def only(plant):
    (row,) = rough(plant).shared
    return row


def hours(plant):
    """Hours that one unit takes of what is shared."""
    return only(plant).hours_per_unit


def test_a_cart_that_is_slower_than_its_stations_is_the_least(haul):
    """Two parts a trip of 10 min out and 5 back: 7.5 min a part. The slower station takes 6."""
    found = rough(haul)
    assert found.row("form").units_per_year == pytest.approx(YEAR_H * 10)
    assert (found.least.kind, found.least.resource, found.least.name) == ("carrier", "cart", "Hand cart")
    assert found.units_per_year == pytest.approx(YEAR_H * 8)
    assert found.least.load_at_target == pytest.approx(10_000 / (YEAR_H * 8))


def test_with_a_second_cart_a_station_is_the_least(haul):
    found = rough(apply(haul, {"carriers.cart.number": 2}))
    assert found.shared[0].units_per_year == pytest.approx(YEAR_H * 16)
    assert (found.least.station, found.units_per_year) == ("form", pytest.approx(YEAR_H * 10))


def test_the_way_back_takes_as_long_as_the_way_there_where_nothing_else_is_written(write):
    assert hours(write(HAUL.replace(", return: 5 min", ""))) == pytest.approx(20 / 60 / 2)


def test_a_cart_works_by_its_calendar(haul):
    assert only(apply(haul, {"carriers.cart.calendar": "day"})).units_per_year == pytest.approx(DAYS * 8 * 8)


def test_a_cart_that_comes_later_is_counted_from_then_on(haul):
    """From 3 February on: 335 of 365 days."""
    assert only(apply(haul, {"carriers.cart.from": "2027-02-03"})).hours_per_year == pytest.approx(335 * 24)


@pytest.mark.parametrize(
    ("stop", "share"),
    [
        # One hour in ten, and half an hour after ten trips of a quarter of an hour.
        ({"uptime": "exponential(9 h)", "repair": "1 h"}, 0.9),
        ({"uptime": "10 trips", "repair": "30 min"}, 150 / 180),
    ],
)
def test_stops_of_vehicles_are_counted_in_the_mean(haul, stop, share):
    assert only(apply(haul, {"carriers.cart.failures": [stop]})).efficiency == pytest.approx(share)


def test_panels_go_as_one_part(haul):
    assert hours(apply(haul, {"products.part.moves-as": 4})) == pytest.approx(0.125 / 4)


def test_parts_that_come_back_go_twice(write):
    """Half fail: two trips there for each one that passes, one way back by itself, which takes no cart."""
    text = HAUL.replace("time: 1 min}", "time: 1 min, good: 50 %, else: {to: form}}")
    assert hours(write(text)) == pytest.approx(2 * 0.125)
    both = text.replace("carrier: cart}]", "carrier: cart}, {from: trim, to: form, time: 10 min, carrier: cart}]")
    assert hours(write(both)) == pytest.approx(3 * 0.125)


def test_scrap_behind_the_way_is_carried_too(haul):
    assert hours(apply(haul, {"routes.part.trim.good": "80 %"})) == pytest.approx(0.125 / 0.8)


def test_only_parts_for_the_station_where_the_way_leads_are_carried(write):
    """Two equal stations share the work, and a cart leads to one of them."""
    text = HAUL.replace("trim: {}}", "trim: {}, other: {}}").replace("station: trim", "station: [trim, other]")
    assert hours(write(text)) == pytest.approx(0.125 / 2)


def test_the_most_specific_way_counts(write):
    """A way of its own between the two stations, in place of the one between their shops."""
    shops = """sites: {here: {}}
    shops: {one: {site: here}, two: {site: here}}
    stations: {form: {shop: one}, trim: {shop: two}}"""
    between = "[{from: one, to: two, time: 1 h, carrier: cart}, {from: form, to: trim"
    text = HAUL.replace("stations: {form: {}, trim: {}}", shops).replace("[{from: form, to: trim", between)
    assert hours(write(text)) == pytest.approx(0.125)


def test_a_sample_goes_by_way_of_its_laboratory(write):
    """Of ten parts one goes on from the laboratory, which is reached on foot: nine trips in ten."""
    sampled = "{op: form, station: form, time: 6 min, sample: {every: 10, operations: [look]}}"
    side = "\n        - {op: look, station: lab, time: 1 min, side: true}"
    text = HAUL.replace("trim: {}}", "trim: {}, lab: {}}").replace("{op: form, station: form, time: 6 min}", sampled)
    text = text.replace("station: trim, time: 1 min}", f"station: trim, time: 1 min}}{side}")
    assert hours(write(text)) == pytest.approx(0.9 * 0.125)


def test_drivers_are_held_out_and_back(write):
    """Two people, one to a trip: each part takes 7.5 min of one."""
    text = HAUL.replace("load: 2,", "load: 2, people: {drive: 1},")
    plant = write(text.replace("carriers:", "crews: {drivers: {skills: [drive], people: 2}}\n    carriers:"))
    assert people_limits(plant, wanted(plant)) == {"drive": pytest.approx(2 * YEAR_H * 8)}


def test_a_conveyor_takes_a_part_for_every_spacing_while_the_station_before_it_works(write):
    """0.6 m at 0.1 m/s: a part in six seconds."""
    text = HAUL.replace("time: uniform(5 min, 15 min), carrier: cart", "conveyor: belt")
    assert only(write(text)).units_per_year == pytest.approx(YEAR_H * 600)
    row = only(write(text.replace("form: {}", "form: {calendar: day}")))
    assert (row.kind, row.number, row.units_per_year) == ("conveyor", 1, pytest.approx(DAYS * 8 * 600))


def test_two_moulds_keep_only_two_of_four_presses_at_work(press):
    found = rough(press)
    assert found.row("press").units_per_year == pytest.approx(YEAR_H * 8)
    assert (found.least.kind, found.least.resource) == ("tool", "mould")
    assert found.units_per_year == pytest.approx(YEAR_H * 4)


@pytest.mark.parametrize(
    ("changes", "needed"),
    [
        ({"tools.mould.return": "6 min"}, 0.5 + 0.1),
        ({"tools.mould.life": 10, "tools.mould.repair": "exponential(2 h)"}, 0.5 + 0.2),
        ({"routes.part.press.tools": {"mould": 2}}, 1.0),
        ({"stations.press.batch": {"max": 5}}, 0.1),
        ({"routes.part.press.good": "50 %"}, 1.0),
        # Up an hour, down a quarter: the mould stays in the press.
        ({"stations.press.failures": [{"uptime": "exponential(1 h) busy", "repair": "15 min"}]}, 0.5 / 0.8),
        ({"stations.press.machines": [{"speed": 1.5}, {"speed": 0.5}, {"speed": 2.0}, {"speed": 2.0}]}, 0.5 / 1.5),
    ],
)
def test_hours_for_which_a_part_takes_a_mould(press, changes, needed):
    assert hours(apply(press, changes)) == pytest.approx(needed)


def test_repairs_of_moulds_go_on_when_the_shift_is_over(press):
    """Of two hours of repair, 40 x 52.2 of 8,760 hours fall into the shift."""
    worn = {"stations.press.calendar": "day", "tools.mould.life": 10, "tools.mould.repair": "2 h"}
    assert hours(apply(press, worn)) == pytest.approx(0.5 + 0.2 * DAYS * 8 / YEAR_H)


def test_moulds_that_come_later_are_counted_from_then_on(press):
    """From 3 February on: 335 of 365 days."""
    assert only(apply(press, {"tools.mould.from": "2027-02-03"})).hours_per_year == pytest.approx(2 * 335 * 24)


def test_spare_parts_take_the_cart_first(write):
    """760 spares at 7.5 min are 95 hours."""
    text = HAUL.replace("products:", "items: {spare: {made-by: part, policy: {kanban: 10}}}\n    products:")
    found = only(write(text.replace("10 000}}", "10 000}, spare: {year: 760}}")))
    assert found.units_per_year == pytest.approx((YEAR_H - 95) * 8)


def test_the_load_of_a_week_is_told_beside_that_of_the_stations(write):
    """A working day has 8 hours of 64 parts; 10,000 parts a year are 191.8 a week."""
    plant = write(HAUL.replace("load: 2,", "load: 2, calendar: day,"))
    asked = wanted(plant)
    week = load_by_week(plant, asked, rough_cut(plant, asked))[0]
    assert week.shared["carrier"]["cart"] == pytest.approx(10_000 * 7 / 365 / (5 * 64), rel=0.01)
