"""Orders of a small joinery as a scheduling problem, number by number."""

import numpy as np
import pytest

from plantwright.compile.schedule.before import Stood, after
from plantwright.compile.schedule.lowering import lower_schedule
from plantwright.errors import RunError
from plantwright.io.document import load
from plantwright.model.scheduling import Closure, Scheduling
from plantwright.problems.schedule import NEVER, NONE

JOINERY = "tests/plants/schedule/joinery.yaml"


@pytest.fixture(scope="module")
def plant():
    return load(JOINERY)


def lowered(plant, **changes):
    scheduling = plant.scheduling.model_copy(update=changes)
    changed = plant.replace(scheduling=scheduling)
    return lower_schedule(changed, scheduling.orders)


@pytest.fixture(scope="module")
def made(plant):
    return lowered(plant)


def step(made, lot, op):
    """Number of an operation by its lot and its name."""
    return next(n for n, each in enumerate(made.steps) if made.lots[each.lot].name == lot and made.operation(n) == op)


def modes(made, lot, op):
    """Machine (or station) and working time of each way to do an operation."""
    n = step(made, lot, op)
    first = int(made.problem.operations.first_mode[n])
    found = range(first, first + int(made.problem.operations.modes[n]))
    return [(made.machine_of(m) or made.stations[m], int(made.problem.modes.time[m])) for m in found]


def needs(made, lot, op):
    """What the first way to do an operation holds of each pool."""
    m = int(made.problem.operations.first_mode[step(made, lot, op)])
    first = int(made.problem.modes.first_need[m])
    rows = range(first, first + int(made.problem.modes.needs[m]))
    return {made.pools[made.problem.needs.pool[r]].names: int(made.problem.needs.amount[r]) for r in rows}


def arcs(made):
    """Arcs by the names of their ends: from start, least, most."""
    a = made.problem.arcs

    def name(n):
        return f"{made.lots[made.steps[n].lot].name}.{made.operation(n)}"

    return {
        (name(before), name(after)): (bool(start), int(least), int(most))
        for before, after, start, least, most in zip(a.before, a.after, a.from_start, a.least, a.most)
    }


def test_an_order_becomes_as_many_lots_as_it_takes(made):
    assert [lot.name for lot in made.lots] == ["A/1", "A/2", "B", "T", "S", "L"]
    assert [lot.pieces for lot in made.lots] == [4, 4, 3, 10, 6, 30]
    assert made.problem.jobs.weight.tolist() == [3, 3, 1, 1, 1, 1]
    # L is there at 7:00, an hour after the schedule begins; B is due at 14:00, what is due on a day at its end
    assert made.problem.jobs.release.tolist() == [0, 0, 0, 0, 0, 3600]
    assert made.problem.jobs.due.tolist() == [42 * 3600, 42 * 3600, 8 * 3600, 18 * 3600, 42 * 3600, NEVER]


def test_a_lot_takes_the_time_of_its_pieces_on_each_machine_that_may_do_it(made):
    assert modes(made, "L", "cut") == [("saw/1", 30 * 180), ("saw/2", 30 * 90)]  # twice as fast, for legs alone
    assert modes(made, "T", "cut") == [("saw/1", 10 * 300)]
    assert modes(made, "A/1", "join") == [("bench/1", 2400), ("bench/2", 2400)]


def test_what_is_mended_and_checked_again_is_expected_work(made):
    # nine in ten pass, the tenth is mended and comes again: 4 / 0.9 checks of a minute, rounded up
    assert modes(made, "A/1", "check") == [("bench/1", 267), ("bench/2", 267)]


def test_an_oven_takes_its_time_whatever_is_in_it_and_is_not_interrupted(made):
    assert modes(made, "A/1", "dry") == [("oven/1", 1800)]
    n = step(made, "A/1", "dry")
    assert made.problem.operations.pieces[n] == 4
    assert not made.problem.operations.interruptible[n]
    assert [int(room) for room, each in zip(made.problem.machines.room, made.equipment) if each.station == "oven"] == [
        8
    ]


def test_very_many_machines_are_places_for_all_pieces_of_a_lot_at_once(made):
    assert modes(made, "A/1", "harden") == [("rack", 7200)]
    assert needs(made, "A/1", "harden") == {("rack",): 4}


def test_skills_are_pools_in_which_nobody_is_counted_twice(made):
    pools = {pool.names: pool.levels for pool in made.pools if pool.kind == "people"}
    # two sawyers of whom one in ten is absent, and two joiners who can saw as well
    assert pools == {("saw", "join"): ((0, 3800),), ("join",): ((0, 2000),)}
    assert needs(made, "T", "cut") == {("saw", "join"): 1000}
    assert needs(made, "T", "glue") == {("saw", "join"): 1000, ("join",): 1000, ("jig",): 1}


def test_setups_know_what_machines_are_set_up_for(made):
    problem, families = made.problem, list(made.families)
    saw, booth = (next(m for m, each in enumerate(made.equipment) if each.station == s) for s in ("saw", "booth"))
    assert families[problem.machines.state[saw]] == "top"
    assert problem.machines.state[booth] == NONE
    saws = problem.setups[problem.machines.setup[saw]]
    assert saws[families.index("top"), families.index("leg")] == 600
    assert saws[families.index("top"), families.index("top")] == 0
    booths = problem.setups[problem.machines.setup[booth]]
    assert booths[families.index("dark"), families.index("stool")] == 2400
    assert booths[families.index("stool"), families.index("dark")] == 300
    assert booths[-1].tolist() == [120] * len(families)  # from nothing


def test_steps_wait_for_each_other_for_ways_and_cures_and_not_too_long(made):
    found = arcs(made)
    assert found["A/1.join", "A/1.check"] == (False, 0, NONE)
    assert found["A/1.check", "A/1.paint"] == (False, 1200, NONE)  # 20 min of cure, longer than 3 min on the way
    assert found["A/1.paint", "A/1.dry"] == (False, 0, 900)


def test_what_is_ordered_and_built_in_waits_for_its_lot(made):
    found = arcs(made)
    given = {
        (each.item, made.lots[each.lot].name, made.steps[each.operation].lot): each.pieces for each in made.supplies
    }
    # B is due first: of its 12 legs two are on hand; then 16 legs go to the first lot of A, 4 are left for the second
    assert given["leg", "L", 2] == 10
    assert given["leg", "L", 0] == 16
    assert given["leg", "L", 1] == 4
    assert ("L.cut", "B.join") in found
    assert any("Of leg 12 more" in note for note in made.notes)


def test_calendars_are_the_shifts_less_breaks_from_the_start_on(made):
    calendars = made.problem.calendars
    assert calendars.opens[:3].tolist() == [0, 15300, 86400]  # 6:00, 10:15, 6:00 on Tuesday
    assert calendars.closes[:3].tolist() == [13500, 28800, 99900]


def test_overlap_lets_the_next_step_begin_with_the_first_pieces(plant):
    orders = {"A": plant.scheduling.orders["T"].model_copy(update={"overlap": 2})}
    made = lowered(plant, orders=orders)
    found = {(bool(start), int(least)) for start, least in zip(made.problem.arcs.from_start, made.problem.arcs.least)}
    # two tops are cut after 600 s; the last two are glued (480 s of 2400 s) when all are cut
    assert found == {(True, 600), (False, -1920)}


def test_alternative_routes_are_routes_of_the_job(plant):
    made = lowered(plant, orders={"S": plant.scheduling.orders["S"]}, alternatives={"stool": ("leg",)})
    assert made.problem.jobs.routes.tolist() == [2]
    assert made.problem.operations.route.tolist() == [0, 1]


def test_closures_and_missing_items_close_machines_and_hold_orders(plant):
    written = Scheduling.model_validate(
        {
            "start": "2027-03-01 06:00",
            "closures": [{"station": "bench", "machine": 2, "from": "2027-03-01 07:00", "until": "2027-03-01 08:00"}],
            "missing": [{"item": "top", "until": "2027-03-01 09:00"}],
        }
    )
    made = lowered(
        plant, closures=written.closures, missing=written.missing, orders={"B": plant.scheduling.orders["B"]}
    )
    gate = step(made, "B", "await top")
    assert made.problem.operations.fixed_start[gate] == 3 * 3600
    assert arcs(made)["B.await top", "B.join"] == (False, 0, NONE)
    calendars = made.problem.calendars
    second = next(m for m, each in enumerate(made.equipment) if each.name == "bench/2")
    first = calendars.first_window[made.problem.machines.calendar[second]]
    assert calendars.closes[first] == 3600
    assert calendars.opens[first + 1] == 7200


def test_closures_take_places_all_at_once_or_one_by_one(plant):
    spans = [(None, 7, 8), (3, 7, 9), (3, 8, 10), (5, 8, 11)]
    closures = tuple(
        Closure.model_validate(
            {"station": "rack", "machine": machine, "from": f"2027-03-01 {a:02}:00", "until": f"2027-03-01 {b:02}:00"}
        )
        for machine, a, b in spans
    )
    made = lowered(plant, closures=closures)
    levels = next(pool.levels for pool in made.pools if pool.names == ("rack",))
    hour = 3600  # the schedule begins at 6; from 7 to 8 nobody works there, and what is there keeps its place
    assert levels == ((0, 100), (2 * hour, 98), (4 * hour, 99), (5 * hour, 100))
    calendar = made.problem.modes.calendar[made.problem.operations.first_mode[step(made, "A/1", "harden")]]
    first = made.problem.calendars.first_window[calendar]
    assert made.problem.calendars.closes[first] == hour
    assert made.problem.calendars.opens[first + 1] == 2 * hour


def test_stations_that_are_not_scheduled_take_their_time_and_nothing_else(plant):
    made = lowered(plant, shops=("mill",))
    n = step(made, "B", "paint")
    mode = made.problem.operations.first_mode[n]
    assert made.problem.modes.machine[mode] == NONE
    assert made.problem.modes.time[mode] == 360
    assert needs(made, "B", "paint") == {}


def test_a_step_belongs_to_one_job_and_jobs_stand_together(made):
    assert np.all(np.diff(made.problem.operations.job) >= 0)
    assert len(made.steps) == len(made.problem.operations.job)


def test_an_order_that_can_never_run_is_refused_with_its_reason(plant):
    orders = {"A": plant.scheduling.orders["T"].model_copy(update={"pieces": 60})}
    with pytest.raises(RunError) as caught:
        lowered(plant, orders=orders, unbroken=("saw", "top.glue"))
    assert [finding.code for finding in caught.value.findings] == ["E571", "E571"]
    # 60 tops take 5 h to cut and 4 h to glue; between two breaks there are 3.75 h
    assert "5.0 h without a break" in caught.value.findings[0].message


def test_an_order_that_no_machine_may_make_is_refused(plant):
    barred = plant.replace(stations={**plant.stations, "saw": {"calendar": "day", "machines": [{"only": ["leg"]}]}})
    with pytest.raises(RunError) as caught:
        lower_schedule(barred, {"T": plant.scheduling.orders["T"]})
    assert [finding.code for finding in caught.value.findings] == ["E570"]
    assert "order T has no machine: none of saw is there that may make top" in caught.value.findings[0].message


def test_what_stood_before_is_the_reference_and_what_has_begun_is_fixed(plant):
    made = lowered(plant)
    n, later = step(made, "T", "cut"), step(made, "B", "paint")
    stood = {
        ("T", 1, "top", "cut"): Stood("saw/1", "saw", 0),
        ("B", 1, "table", "paint"): Stood("booth/1", "booth", 9000),
    }
    told = after(made, stood, now=1800, frozen=0, moved=3600.0)
    operations = told.problem.operations
    assert operations.fixed_start[n] == 0
    assert operations.fixed_start[later] == NONE
    assert operations.reference_start[later] == 9000
    first = told.problem.goals[0]
    assert (first.measures, first.weights) == (("tardiness", "moved"), (1, 3600))
    # what has not begun cannot begin in the past
    calendar = told.problem.modes.calendar[operations.first_mode[later]]
    assert told.problem.calendars.opens[told.problem.calendars.first_window[calendar]] == 1800
    assert (
        told.problem.modes.calendar[operations.first_mode[n]] == made.problem.modes.calendar[operations.first_mode[n]]
    )
