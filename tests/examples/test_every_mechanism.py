"""The reference plant with everything switched on: each of the nineteen mechanisms shows itself in its year."""

import re

import pytest

from benchmarks.mechanisms import MECHANISMS, signs
from benchmarks.whole import every_mechanism, lowered, reference, seen
from plantwright.compile import lower
from plantwright.model.check import check
from plantwright.results import STATES
from plantwright.units import TICKS_PER_SECOND
from tests.audit import in_process, parts_are_where_machines_think, people_and_tools_add_up, queues_hold_what_they_count
from tests.oracle.compare import compare

LEAD_S = 3 * 3600 + 5400
"""The first shift begins at 6:00 in Minsk, 3:00 UTC; an hour and a half of it. [s]"""


@pytest.fixture(scope="module")
def sections(root):
    """Names of the numbered sections of the page, in order."""
    page = (root / "docs" / "mechanisms.md").read_text("utf-8")
    return [(int(number), name) for number, name in re.findall(r"^## (\d+)\. .*\{ #(.+) \}$", page, re.MULTILINE)]


@pytest.fixture(scope="module")
def year():
    """A year of the plant with everything in it: traced, cut, kept as a checkpoint and gone on with."""
    return seen(lowered(every_mechanism()))


@pytest.fixture(scope="module")
def shown(year):
    return signs(year)


def test_the_signs_are_those_of_the_nineteen_sections_of_the_page(sections):
    names = [each.__name__.replace("_", "-") for each in MECHANISMS]
    assert sections == [*enumerate(names, 1), (20, "planned-sequence")]  # which only a run that follows a schedule has
    assert len(names) == 19


@pytest.mark.parametrize("mechanism", [each.__name__.replace("_", "-") for each in MECHANISMS])
def test_the_mechanism_is_at_work_in_every_way_that_is_counted(shown, mechanism):
    assert [what for what, number in shown[mechanism].items() if not number > 0] == []


def test_every_state_of_a_machine_occurs(year):
    assert {state for station in year.run.stations.values() for state, time in station.state_s.items() if time} == set(
        STATES
    )


def test_nothing_stands_still_and_the_year_is_made(year):
    assert year.run.stopped == "done"
    assert year.run.notes == ()
    assert all(year.run.items[name].backlog_mean == 0 for name in year.plant.products)
    assert sum(year.run.items[name].finished for name in year.plant.products) == pytest.approx(100_000, rel=0.05)


def test_everything_is_somewhere_once_when_the_year_is_over(year):
    parts_are_where_machines_think(year.world, in_process(year.world))
    queues_hold_what_they_count(year.world)
    people_and_tools_add_up(year.world)


def test_the_patch_has_no_errors_and_says_what_comes_late():
    """A rig, its fixture and a cart that come in January and February are needed before, and so it is told."""
    told = [(finding.code, finding.place.path) for finding in check(every_mechanism())]
    assert {code for code, _ in told} == {"W530"}
    assert [path for _, path in told][:2] == ["routes.endurance-motor.run"] * 2


def test_the_plant_as_written_does_without_much_of_it():
    """Of these sections nothing at all, or only part, is at work before."""
    plant = reference()
    assert not plant.shared_failures
    assert not plant.conveyors
    assert not any(station.maintenance for station in plant.stations.values())
    assert not any(offer.outages for offer in plant.offers.values())


def test_the_oracle_tells_the_same_of_its_first_hours():
    """Midnight with its maintenance and deliveries, and the first hour and a half of the first shift."""
    problem = lower(every_mechanism(), mode="as-written", until_s=LEAD_S)
    assert compare(problem.world, until=LEAD_S * TICKS_PER_SECOND) > 5000
