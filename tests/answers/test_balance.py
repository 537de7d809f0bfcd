"""Lines whose balance can be worked out on paper, and what the answer says of them."""

import pytest

import plantwright as pw
from plantwright.errors import RunError
from plantwright.model.balancing import Scenario
from plantwright.units import Quantity
from tests.study.test_balance import LINE


@pytest.fixture(scope="module")
def lamps(write):
    return write(LINE)


@pytest.fixture
def line(lamps):
    """The lamps with the line changed in some fields."""

    def changed(**fields):
        return lamps.replace(balancing={"line": lamps.balancing["line"].model_copy(update=fields)})

    return changed


def stations(answer, scenario="now"):
    return [station for station in answer.stations if station.scenario == scenario]


def test_two_benches_are_enough_and_nothing_moves(lamps):
    """A cycle of 60 s on two lines; the mean lamp takes 20 + 32.5 + 30 + 15 = 97.5 s, so one bench is not enough.
    No lamp may take longer than the cycle: floor lamps take 60 s at each bench as it is today."""
    answer = pw.balance(lamps, scenario="now")
    found = answer.of("line", "now")
    assert (found.stations, found.bound, found.is_optimal, found.moves) == (2, 2, True, 0)
    assert (found.cycle_s, found.takt_s, found.lines, found.largest_s) == (60.0, 30.0, 2, 60.0)
    assert found.efficiency_share == pytest.approx(97.5 / 120)
    assert [station.tasks for station in stations(answer)] == [("base", "cable"), ("shade", "bulb")]
    assert stations(answer)[0].load_by_product_s == {"desk": 50.0, "floor": 60.0}
    assert stations(answer)[1].skills == ("fit", "wire")
    assert "2 lines of 2 stations for a cycle of 60 s, proven the fewest" in answer.verdict


def test_a_lamp_that_takes_too_long_at_a_bench_needs_leave_to_drift(line):
    """With 25 s a lamp and two lines the cycle is 50 s. No two tasks of a floor lamp fit into that where it must not
    be longer at any bench: four. With a fifth more for single lamps two of them go together, the mean being below."""
    scenarios = {"now": _scenario(takt="25 s")}
    strict = pw.balance(line(scenarios=scenarios)).of("line", "now")
    loose = pw.balance(line(scenarios=scenarios, over=_share(20))).of("line", "now")
    assert (strict.stations, strict.largest_s) == (4, 45.0)
    assert loose.stations == 3
    assert 50.0 < loose.largest_s <= 60.0


def test_the_least_takt_and_the_least_paid_time(line):
    """One station takes the mean lamp's 97.5 s: paid time cannot be less. Two take 52.5 s (base and cable) and 45 s."""
    takt = pw.balance(line(seeks="takt"), scenario="now").of("line", "now")
    both = pw.balance(line(seeks="both", scenarios={"now": _scenario(takt="50 s")}, over=_share(50)), scenario="now")
    assert (takt.stations, takt.cycle_s, takt.is_optimal) == (2, 52.5, True)
    found = both.of("line", "now")
    assert (found.stations, found.cycle_s) == (1, 97.5)


def test_no_balance_says_what_cannot_be_kept(line):
    """The floor lamp's shade takes 45 s; a cycle of 40 s leaves it nowhere to go."""
    answer = pw.balance(line(scenarios={"now": _scenario(takt="20 s")}))
    found = answer.of("line", "now")
    assert not found.is_feasible
    assert "no balance will do" in answer.verdict
    assert any("40 s" in reason for reason in found.reasons)


def test_tasks_that_must_be_apart_take_a_bench_more(line):
    found = pw.balance(line(apart=(("shade", "bulb"),)), scenario="now")
    assert found.of("line", "now").stations == 3
    assert not any({"shade", "bulb"} <= set(station.tasks) for station in stations(found))


def test_benches_side_by_side_take_what_is_longer_than_the_cycle(line):
    """40 s are too short for the shade of a floor lamp, 45 s; two benches that take turns have 80 s for it."""
    answer = pw.balance(line(parallel=2, scenarios={"now": _scenario(takt="20 s")}))
    found = answer.of("line", "now")
    assert found.is_feasible
    assert max(station.beside for station in stations(answer)) == 2
    assert found.stations == sum(station.beside for station in stations(answer))


def test_two_people_at_a_bench_share_its_tasks(line):
    """Cable (32.5 s) and shade (30 s) are done at the same time, after the base (20 s) and before the bulb (15 s): 67.5
    of 70 s, so that one bench with two people does what takes two benches with one each."""
    rate = {"now": _scenario(takt="35 s")}
    alone = pw.balance(line(over=_share(100), scenarios=rate)).of("line", "now")
    answer = pw.balance(line(people=2, over=_share(100), scenarios=rate))
    assert (alone.stations, answer.of("line", "now").stations, answer.of("line", "now").people) == (2, 1, 2)
    begins = {task.task: task.begins_s for task in answer.tasks}
    assert begins == {"base": 0.0, "cable": 20.0, "shade": 20.0, "bulb": 52.5}


def test_each_worker_gets_the_bench_that_suits_them(write):
    """Ann wires in half the time and Bob cannot wire: she gets the wire, he the two frames, 40 s each."""
    plant = write(
        """
        plantwright: 1
        name: Two
        stations: {a: {}}
        routes: {part: [{op: a, station: a, time: 1 s}]}
        items: {part: {made-by: part, release: {saturated: true}}}
        balancing:
          line:
            seeks: takt
            most: 2
            scenarios: {now: {}}
            tasks: {frame: {time: 20 s}, leg: {time: 20 s}, wire: {time: 80 s}}
            workers: {ann: {name: Ann, factors: {wire: 0.5}}, bob: {name: Bob, cannot: [wire]}}
        """
    )
    answer = pw.balance(plant)
    found = answer.of("line", "now")
    assert (found.cycle_s, found.is_optimal) == (40.0, True)
    assert {station.worker: set(station.tasks) for station in answer.stations} == {
        "Ann": {"wire"},
        "Bob": {"frame", "leg"},
    }


def test_lines_and_rates_that_are_not_there_are_told_with_the_nearest_name(lamps, bench):
    with pytest.raises(RunError, match=r'E590.*no rate "nwo".*Did you mean "now"'):
        pw.balance(lamps, scenario="nwo")
    with pytest.raises(RunError, match=r'E590.*no line "lin".*Did you mean "line"'):
        pw.balance(lamps, line="lin")
    with pytest.raises(RunError, match=r"E590.*no line to balance"):
        pw.balance(bench)


def test_the_same_document_has_the_same_balance(lamps):
    assert pw.balance(lamps).to_json() == pw.balance(lamps, workers=1).to_json()


def _scenario(**fields):
    return Scenario.model_validate(fields)


def _share(percent):
    return Quantity(float(percent), "%")
