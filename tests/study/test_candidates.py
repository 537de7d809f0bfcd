import pytest

from plantwright.io.patch import apply
from plantwright.study.candidates import candidates, patch_of
from plantwright.study.change import keys_at, value_at

RICH = """
    plantwright: 1
    name: Something of everything
    calendars:
      one: {shifts: [Mon-Fri 06:00-14:00]}
      two: {shifts: [Mon-Fri 06:00-14:00, Mon-Fri 14:00-22:00]}
      three: {shifts: [Mon-Fri 06:00-14:00, Mon-Fri 14:00-22:00, Mon-Fri 22:00-06:00]}
    crews: {team: {skills: [fit], people: 3, calendar: one}}
    tools: {mould: {number: 2}}
    carriers: {cart: {number: 4}}
    travel: [{from: a, to: b, time: 1 min, carrier: cart}]
    stations:
      a:
        calendar: two
        machines: [{name: old}, {speed: 1.2}]
        setup: 20 min between families
        failures:
          - {name: jam, uptime: exponential(3 h) busy, repair: "lognormal(20 min, 10 min)"}
          - {uptime: exponential(90 h) busy, repair: 2 h}
      b: {calendar: three, machines: 3, room: 40}
    items:
      screw: {made-by: screw, policy: {kanban: 100, lot: 25}, room: 200}
    routes:
      screw: [{op: turn, station: a, time: 100 s, family: s, tools: {mould: 1}}]
      box:
        - {op: fit, station: a, work: 90 steps at 60/min, family: b, people: {fit: 1}, uses: {screw: 4}}
        - {op: test, station: b, time: 1 min, good: [90 %, 99.5 %], else: {to: fit, tries: 2}}
    products: {box: {made-by: box, conwip: 30}}
    demand: {box: {year: 1000}}
"""


@pytest.fixture
def rich(write):
    return write(RICH)


def found(plant):
    return {(each.resource, each.kind, each.change): each for each in candidates(plant)}


def test_every_change_is_the_patch_that_it_says_it_is(rich):
    for candidate in candidates(rich):
        assert candidate.apply(rich) == apply(rich, patch_of(candidate)), candidate.change


def test_every_change_changes_the_plant(rich):
    assert all(candidate.apply(rich) != rich for candidate in candidates(rich))


@pytest.mark.parametrize(
    ("change", "path", "value"),
    [
        (("b", "machine", "one more machine"), "stations.b.machines", "4"),
        (("b", "room", "4 more places to wait"), "stations.b.room", "44"),
        (("a", "repair", "10 % faster repair"), "stations.a.failures.jam.repair", "lognormal(18 min, 9 min)"),
        (("a", "repair", "10 % faster repair"), "stations.a.failures.1.repair", "1.8 h"),
        (("a", "setup", "20 % shorter setup"), "stations.a.setup.between-families", "16 min"),
        (("a", "time", "5 % shorter time"), "routes.screw.turn.time", "95 s"),
        (("a", "time", "5 % shorter time"), "routes.box.fit.work", "85.5 s"),
        (("team", "people", "one more on each shift"), "crews.team.people", "4"),
        (("mould", "tool", "one more"), "tools.mould.number", "3"),
        (("cart", "carrier", "one more"), "carriers.cart.number", "5"),
        (("box", "process", "3 more units in process"), "products.box.conwip", "33"),
        (("screw", "stock", "25 more pieces in circulation"), "items.screw.policy.kanban", "125"),
        (("screw", "stock", "room for 20 more in stock"), "items.screw.room", "220"),
    ],
)
def test_a_change_is_what_its_words_say(rich, change, path, value):
    plant = found(rich)[change].apply(rich)
    assert str(value_at(plant, keys_at(plant, path))) == value


def test_machines_that_differ_get_one_like_the_last(rich):
    plant = found(rich)["a", "machine", "one more machine"].apply(rich)
    assert [machine.speed for machine in plant.stations["a"].machines] == [1.0, 1.2, 1.2]


def test_a_better_yield_is_one_point_and_never_more_than_all(rich):
    plant = found(rich)["b", "yield", "1 % better yield"].apply(rich)
    assert [share.base for share in plant.routes["box"][1].good] == pytest.approx([0.91, 1.0])


def test_saturdays_and_further_shifts_where_there_is_time_for_them(rich):
    shifts = {(each.resource, each.change) for each in candidates(rich) if each.kind == "shift"}
    assert shifts == {
        ("one", "Saturday shift (Sat 06:00-14:00)"),
        ("one", "second shift (Mon-Fri 14:00-22:00)"),
        ("two", "Saturday shift (Sat 06:00-14:00)"),
        ("two", "third shift (Mon-Fri 22:00-06:00)"),
        ("three", "Saturday shift (Sat 06:00-14:00)"),
    }
