import math

import pytest

from plantwright.study.queueing import MACHINES, ROOMS, UNITS, queueing_estimate
from plantwright.study.rough import rough_cut
from plantwright.study.wanted import wanted

LOOP = """
    plantwright: 1
    name: A loop
    stations: {a: {}, b: {}}
    routes:
      part:
        - {op: a, station: a, time: exponential(1 min)}
        - {op: b, station: b, time: exponential(1 min)}
    products: {part: {made-by: part}}
    demand: {part: {year: 1000}}
"""


def estimate(plant, units=None):
    """Share of the rough cut that the estimate makes, and what limits it."""
    asked = wanted(plant)
    rough = rough_cut(plant, asked)
    found = queueing_estimate(plant, asked, rough, conwip={} if units is None else {"part": units})
    return found.units_per_year / rough.units_per_year, found.limit


@pytest.mark.parametrize("units", [1, 2, 6, 30])
def test_two_exponential_stations_fill_to_the_units_allowed(write, units):
    """Product form: N units at two equal machines make N / (N + 1) of what one makes."""
    share, limit = estimate(write(LOOP), units)
    assert limit == UNITS
    assert share == pytest.approx(units / (units + 1), rel=1e-3)


def test_constant_times_need_no_more_units_than_machines(write):
    plant = write(LOOP.replace("exponential(1 min)", "1 min"))
    assert estimate(plant, 1)[0] == pytest.approx(1 / 2, rel=1e-3)
    assert estimate(plant, 2)[0] == pytest.approx(1.0, rel=1e-3)


def test_more_units_never_make_less(write):
    plant = write(LOOP)
    found = [estimate(plant, units)[0] for units in (1, 2, 4, 8, 1000)]
    assert found == sorted(found)
    assert found[-1] == pytest.approx(1.0, abs=0.01)


def test_breakdowns_make_waits_longer(write):
    plant = write(LOOP)
    down = write(LOOP.replace("a: {}", "a: {failures: [{name: x, uptime: exponential(10 h) busy, repair: 1 h}]}"))
    assert estimate(down, 6)[0] < estimate(plant, 6)[0]


def test_units_that_move_ten_at_a_time_fill_the_loop_ten_at_a_time(write):
    """Twenty units in two lots of ten are as two units that take ten times as long: 2 / (2 + 1)."""
    plant = write(LOOP.replace("made-by: part}", "made-by: part, moves-as: 10}"))
    assert estimate(plant, 20)[0] == pytest.approx(2 / 3, rel=0.02)


def test_components_load_the_station_and_do_not_count_as_units(write):
    """Each unit needs a component from a machine that it passes itself, then another machine, a minute each. One unit
    that makes y rounds a minute meets a load y of components: y (1 / (1 - y) + 1) = 1, y = (3 - sqrt 5) / 2 of at most
    1/2."""
    plant = write("""
        plantwright: 1
        name: Shared
        stations: {a: {}, b: {}}
        items: {half: {made-by: half, policy: {kanban: 50}}}
        routes:
          half: [{op: x, station: a, time: exponential(1 min)}]
          part:
            - {op: y, station: a, time: exponential(1 min), uses: {half: 1}}
            - {op: z, station: b, time: exponential(1 min)}
        products: {part: {made-by: part}}
        demand: {part: {year: 1000}}
    """)
    assert estimate(plant, 1)[0] == pytest.approx(3 - math.sqrt(5), rel=1e-3)


def test_nothing_limits_a_plant_of_unlimited_rooms_and_units(write):
    assert estimate(write(LOOP)) == (1.0, MACHINES)


@pytest.mark.parametrize(("room", "share"), [(0, 2 / 3), (2, 4 / 5), (10, 12 / 13)])
def test_a_finite_room_between_two_machines_counts_exactly(write, room, share):
    """Hunt: (room + 2) / (room + 3) of one machine."""
    plant = write(LOOP.replace("b: {}", f"b: {{room: {room}}}"))
    assert estimate(plant) == (pytest.approx(share), ROOMS)
    assert estimate(plant, 1) == (pytest.approx(1 / 2, rel=1e-3), UNITS)


def test_the_line_of_the_examples(root):
    """0.7633 a second of one; the rough cut says 1."""
    from plantwright.io.document import load

    share, limit = estimate(load(root / "examples" / "line.yaml"))
    assert limit == ROOMS
    assert share == pytest.approx(0.7633, rel=0.005)
