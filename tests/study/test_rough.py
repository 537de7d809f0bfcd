import math

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


@pytest.mark.parametrize(
    ("stop", "share"),
    [
        # After 30 operations of 4 min, or after two busy hours, half an hour.
        ({"every-operations": 30, "takes": "30 min"}, 2 / 2.5),
        ({"every-busy": "2 h", "takes": "30 min"}, 2 / 2.5),
        # On 52 Mondays (the first one is a week after the plant's first day), two of 261 x 8 hours.
        ({"every": "1 week", "takes": "2 h"}, 1 - 52 * 2 / (261 * 8)),
        # Due at 15:00, an hour before the shift ends, and done in one go.
        ({"every": "1 week", "at": "15:00", "takes": "2 h", "off-shift": "run"}, 1 - 52 / (261 * 8)),
        # Off shift: never done.
        ({"every": "1 week", "at": "20:00", "takes": "2 h", "off-shift": "skip"}, 1.0),
    ],
)
def test_maintenance_takes_its_hours(bench, stop, share):
    from plantwright.io.patch import apply

    assert rough(apply(bench, {"stations.drill.maintenance": [stop]})).row("drill").efficiency == pytest.approx(share)


def test_failures_of_single_machines_and_of_several_stations_are_counted(bench):
    """Half of the drills are down one hour in two; a power cut takes another hour in ten of those up."""
    from plantwright.io.patch import apply

    machines = [{}, {"failures": [{"uptime": "1 h", "repair": "1 h"}]}]
    power = {"cut": {"stations": ["drill"], "uptime": "9 h", "repair": "1 h"}}
    found = rough(apply(bench, {"stations.drill.machines": machines, "shared-failures": power})).row("drill")
    assert found.efficiency == pytest.approx((1 / (1 + 1 / 9) + 1 / (1 + 1 + 1 / 9)) / 2)


def test_what_is_learned_in_the_year_is_counted_in_the_mean(bench):
    """24,000 parts a year, each drilled once: the mean of n^-b from 1 to 24,000 at 90 %."""
    from plantwright.io.patch import apply

    learned = apply(bench, {"routes.part.drill.learning": {"rate": "90 %", "standard": 1}})
    share = sum(n ** math.log2(0.9) for n in range(1, 24_001)) / 24_000
    found = rough(learned)
    assert found.row("drill").machine_hours_per_unit == pytest.approx(share * 4 / 60)
    assert found.row("saw").machine_hours_per_unit == pytest.approx(2 / 60)


def test_people_who_learn_by_skill_are_counted_in_the_mean(bench):
    """Two operations of one skill: 48,000 executions a year, practised together."""
    from plantwright.io.patch import apply

    people = {"routes.part.saw.people": {"fit": 1}, "routes.part.drill.people": {"fit": 1}}
    crew = {"crews": {"team": {"skills": ["fit"], "people": 2}}}
    skill = {"skills": {"fit": {"learning": {"rate": "90 %", "standard": 1000, "plateau": 10_000}}}}
    found = rough(apply(bench, people | crew | skill))
    paces = [(min(n, 10_000) / 1000) ** math.log2(0.9) for n in range(1, 48_001)]
    assert found.row("drill").machine_hours_per_unit == pytest.approx(sum(paces) / 48_000 * 4 / 60)


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
