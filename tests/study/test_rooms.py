"""Which stations belong to one line or assembly, and what it makes."""

import math

import pytest

from plantwright.study.effective import effective
from plantwright.study.rooms import rooms_estimate
from plantwright.study.rough import rough_cut
from plantwright.study.wanted import wanted

PLANT = """
    plantwright: 1
    name: Three in line
    calendars: {{day: {{shifts: [Mon-Fri 08:00-16:00]}}}}
    stations:
      a: {a}
      b: {b}
      c: {c}
    routes:
      part:
        - {{op: a, station: a, time: exponential(1 min){after_a}}}
        - {{op: b, station: b, time: exponential(1 min)}}
        - {{op: c, station: c, time: exponential(1 min)}}
    products: {{part: {{made-by: part}}}}
    demand: {{part: {{year: 1000}}}}
"""
DEFAULTS = {"a": "{}", "b": "{room: 0}", "c": "{room: 0}", "after_a": ""}


def share(plant):
    """Output as a share of the slowest station's."""
    asked = wanted(plant)
    rough = rough_cut(plant, asked)
    return rooms_estimate(plant, asked, effective(plant, asked, rough)) / rough.units_per_year


def line(write, **other):
    return write(PLANT.format(**{**DEFAULTS, **other}))


def test_three_machines_without_room(write):
    """22/39 by the Markov chain."""
    assert share(line(write)) == pytest.approx(22 / 39, rel=0.02)


def test_where_room_is_unlimited_the_line_falls_apart(write):
    """Two of the three remain: 2/3."""
    assert share(line(write, c="{}")) == pytest.approx(2 / 3)
    assert share(line(write, b="{}")) == pytest.approx(2 / 3)


@pytest.mark.parametrize("b", ["{}", "{room: 5, batch: {max: 4}}", "{room: 5, calendar: day}"])
def test_ovens_and_other_hours_end_a_line(write, b):
    assert math.isinf(share(line(write, b=b, c="{}")))


def test_rejects_that_go_elsewhere_end_a_line(write):
    """What leaves a goes to b or to c: it is no line; b and c are none either, as c's queue is also filled by a."""
    assert math.isinf(share(line(write, after_a=", good: 90 %, else: {to: c}")))


def test_scrap_leaves_the_line_a_line(write):
    assert share(line(write, after_a=", good: 50 %")) < 1.0


def test_products_on_the_same_stations_share_them(write):
    """Two products of equal times are one: (2 + 2) / (2 + 3) of a machine."""
    plant = write("""
        plantwright: 1
        name: Two products
        stations: {a: {}, b: {room: 2}}
        routes:
          one: [{op: a, station: a, time: exponential(1 min)}, {op: b, station: b, time: exponential(1 min)}]
          two: [{op: a, station: a, time: exponential(1 min)}, {op: b, station: b, time: exponential(1 min)}]
        products: {one: {made-by: one}, two: {made-by: two}}
        demand: {one: {year: 1000}, two: {year: 3000}}
    """)
    assert share(plant) == pytest.approx(4 / 5)


def test_a_product_that_goes_elsewhere_ends_a_line(write):
    plant = write("""
        plantwright: 1
        name: Two products
        stations: {a: {}, b: {room: 2}, c: {room: 2}}
        routes:
          one: [{op: a, station: a, time: exponential(1 min)}, {op: b, station: b, time: exponential(1 min)}]
          two: [{op: a, station: a, time: exponential(1 min)}, {op: c, station: c, time: exponential(1 min)}]
        products: {one: {made-by: one}, two: {made-by: two}}
        demand: {one: {year: 1000}, two: {year: 1000}}
    """)
    assert math.isinf(share(plant))


ASSEMBLY = """
    plantwright: 1
    name: Two parts joined
    stations: {{left: {{}}, right: {{}}, assembly: {{}}}}
    items:
      left: {{made-by: left, room: {left}, release: {{saturated: true}}}}
      right: {{made-by: right, room: {right}, release: {{saturated: true}}}}
    routes:
      left: [{{op: make, station: left, time: {time}}}]
      right: [{{op: make, station: right, time: exponential(1 min)}}]
      joined: [{{op: join, station: assembly, time: exponential(1 min), uses: {{left: {number}, right: 1}}}}]
    products: {{joined: {{made-by: joined}}}}
    demand: {{joined: {{year: 1000}}}}
"""


def test_shelves_make_an_assembly(write):
    """0.665385 by the Markov chain, one place on each shelf."""
    plant = write(ASSEMBLY.format(left=1, right=1, number=1, time="exponential(1 min)"))
    assert share(plant) == pytest.approx(0.665385, rel=0.03)


def test_two_pieces_a_kit_halve_the_shelf(write):
    """Two pieces of half a minute from four places are nearly as one of a minute, half as varied, from two."""
    pairs = write(ASSEMBLY.format(left=4, right=2, number=2, time="exponential(30 s)"))
    single = write(ASSEMBLY.format(left=2, right=2, number=1, time='"erlang(1 min, 2)"'))
    assert share(pairs) == pytest.approx(share(single))


def test_breakdowns_of_a_station_by_hand(write):
    """Exponential minutes, a jam every 10 min of work for 1 min and a fault every 100 min for 10 min, constant: one
    stop in 100/11 min of (10 x 1 + 1 x 10) / 11 min; 0.2 min of them in a minute of work. Variance added per part:
    1/10 x 1 + 1/100 x 100 = 1.1 min2 on a mean of 1.2 min."""
    jam = "{name: jam, uptime: exponential(10 min) busy, repair: 1 min}"
    fault = "{name: fault, uptime: exponential(100 min) busy, repair: 10 min}"
    plant = line(write, a=f"{{failures: [{jam}, {fault}]}}")
    asked = wanted(plant)
    first = effective(plant, asked, rough_cut(plant, asked))[0]
    assert first.uptime_h * 60 == pytest.approx(100 / 11)
    assert first.repair_h * 60 == pytest.approx(20 / 11)
    assert first.passage_h * 60 == pytest.approx(1.2)
    assert first.passage_scv == pytest.approx(1.0 + 1.1 / 1.2**2)
    assert first.carried == 1.0


def test_machines_of_different_speed_count_with_their_mean(write):
    plant = line(write, a="{machines: [{speed: 1}, {speed: 3}]}")
    asked = wanted(plant)
    first = effective(plant, asked, rough_cut(plant, asked))[0]
    assert (first.machines, first.time_h * 60) == (2, pytest.approx(0.5))


def test_work_that_nobody_asks_for_is_no_part_of_the_way(write):
    """Returned parts arrive by themselves at a bench of their own: the line is as it was."""
    text = ASSEMBLY.format(left=1, right=1, number=1, time="exponential(1 min)")
    back = "items:\n      back: {made-by: back, release: {every: exponential(1 h)}}"
    more = text.replace("items:", back, 1).replace("stations: {", "stations: {bench: {}, ", 1)
    more = more.replace("routes:", "routes:\n      back: [{op: look, station: bench, time: 1 min}]", 1)
    assert "bench: {}" in more
    assert share(write(more)) == pytest.approx(share(write(text)))
