import pytest

from plantwright.study.rough import people_limits, rough_cut
from plantwright.study.wanted import wanted

DAYS = 261
"""Weekdays from 2027-01-04 to 2028-01-03."""


def rough(plant):
    return rough_cut(plant, wanted(plant))


def test_the_slowest_station_binds(bench):
    found = rough(bench)
    assert found.binding == "drill"
    assert found.units_per_year == pytest.approx(DAYS * 8 * 15)
    assert found.row("saw").load_at_target == pytest.approx(24_000 / (DAYS * 8 * 30))


def test_mean_breakdowns_are_counted(write, bench):
    """An hour up and a quarter of an hour down: four fifths are left."""
    from plantwright.io.patch import apply

    down = [{"name": "jam", "uptime": "exponential(1 h) busy", "repair": "15 min"}]
    found = rough(apply(bench, {"stations.drill.failures": down}))
    assert found.row("drill").efficiency == pytest.approx(0.8)
    assert found.units_per_year == pytest.approx(0.8 * DAYS * 8 * 15)


def test_uptime_in_operations_is_counted_in_their_time(bench):
    """Every 30 operations of 4 min, two hours, a stop of half an hour."""
    from plantwright.io.patch import apply

    stop = [{"name": "tool", "uptime": "30 operations", "repair": "30 min"}]
    assert rough(apply(bench, {"stations.drill.failures": stop})).row("drill").efficiency == pytest.approx(0.8)


def test_scrap_takes_hours_from_good_units(bench):
    from plantwright.io.patch import apply

    assert rough(apply(bench, {"routes.part.drill.good": "50 %"})).units_per_year == pytest.approx(DAYS * 8 * 7.5)


def test_spare_parts_are_made_first(write):
    plant = write("""
        plantwright: 1
        name: Spares
        stations: {m: {}}
        items: {screw: {made-by: screw, policy: {kanban: 10}}}
        routes:
          screw: [{op: turn, station: m, time: 1 h}]
          box: [{op: pack, station: m, time: 1 h}]
        products: {box: {made-by: box}}
        demand: {box: {year: 1000}, screw: {year: 760}}
    """)
    # 8,760 hours, 760 of them for spares, an hour a box
    assert rough(plant).units_per_year == pytest.approx(8000)


def test_people_who_are_absent_do_not_work(write):
    plant = write("""
        plantwright: 1
        name: Hands
        stations: {m: {machines: 100}}
        crews: {team: {skills: [fit], people: 10, absence: 20 %}}
        routes: {box: [{op: fit, station: m, time: 1 h, people: {fit: 2}}]}
        products: {box: {made-by: box}}
        demand: {box: {year: 1000}}
    """)
    assert people_limits(plant, wanted(plant)) == {"fit": pytest.approx(8760 * 8 / 2)}
