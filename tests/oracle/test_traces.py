"""The engine's trace is the oracle's, line by line, whatever the plant."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st

from plantwright.compile import lower
from plantwright.io.document import load
from plantwright.model import presence
from tests import planning, strategies
from tests.conftest import ROOT
from tests.oracle.compare import compare, compare_plant
from tests.trial import plant_of

PLANTS = ROOT / "tests" / "plants"
FEATURES = {
    "people": ("people", "as-written", 10_000, None),
    "kits": ("kits", "as-written", 8_000, None),
    "dates": ("dates", "as-written", 6_000, None),
    "transport": ("transport", "as-written", 6_000, None),
    "time": ("time", "as-written", 14_000, None),
    "mix": ("dates", "capacity", 4_000, {"plate": 5, "ring": 3}),
}
"""Plant, mode, length [s] and units in process."""


@pytest.mark.parametrize("name", FEATURES)
def test_plants_that_have_every_feature_between_them(name):
    plant, mode, length_s, conwip = FEATURES[name]
    document = load(PLANTS / "features" / f"{plant}.yaml")
    assert compare_plant(document, length_s, mode=mode, conwip=conwip, seed=3, replication=2) > 1500


@pytest.mark.parametrize("path", sorted((PLANTS / "exact").glob("*.yaml")), ids=lambda path: path.stem)
def test_plants_whose_exact_answers_are_known(path):
    assert compare_plant(load(path), 10**7, most_lines=1000) > 300


@settings(max_examples=60)
@given(strategies.plants())
def test_any_plant(tree):
    compare_plant(plant_of(tree), 300)


@settings(max_examples=60)
@given(strategies.varied(strategies.plants()))
def test_any_plant_with_rarer_things_in_it(tree):
    compare_plant(plant_of(tree), 300)


@settings(max_examples=60)
@given(strategies.maintained(strategies.come_and_go(strategies.varied(strategies.plants()))))
def test_any_plant_under_maintenance_whose_machines_people_and_tools_come_and_go(tree):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(presence, "midnight", ten_seconds_a_day)
        compare_plant(plant_of(tree), 600)


@settings(max_examples=40)
@given(strategies.competing(strategies.plants()))
def test_any_plant_whose_products_are_launched_in_turn(drawn):
    tree, mode, conwip = drawn
    compare_plant(plant_of(tree), 300, mode=mode, conwip=conwip)


@settings(max_examples=60)
@given(planning.planned(strategies.varied(strategies.plants())), st.none() | st.integers(0, 20), st.booleans())
def test_any_plant_that_follows_a_plan(drawn, early_s, is_certain):
    tree, lots = drawn
    followed = planning.planned_world(plant_of(tree), lots, until_s=300, early_s=early_s, is_certain=is_certain)
    compare(followed.problem.world, until=300_000_000)


def test_making_room_for_more_parts_leaves_no_trace():
    # Parts pile up before b, and at first there are records for a few of them only.
    plant = plant_of(
        """
        stations: {a: {machines: 3}, b: {}}
        crews: {fitters: {skills: [fit], people: 2}}
        routes:
          r:
            - {op: make, station: a, time: exponential(2 s), people: {fit: 1}}
            - {op: pack, station: b, time: 9 s}
        products: {unit: {made-by: r, release: {saturated: true}}}
        """
    )
    world = lower(plant, mode="as-written", until_s=300).world
    few = world._replace(part=world.part[: int(world.clock.reserve_parts[0]) + 4].copy())
    assert compare(few, until=300_000_000) > 1000


def ten_seconds_a_day(day, _site):
    """Dates in runs of ten minutes."""
    first = dt.datetime(2027, 1, 4, tzinfo=dt.UTC)
    return day and first + dt.timedelta(seconds=10 * (day - first.date()).days)


WIDE = settings(
    max_examples=2000,
    derandomize=False,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.slow
@WIDE
@given(strategies.maintained(strategies.come_and_go(strategies.varied(strategies.plants()))))
def test_any_plant_at_all(tree):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(presence, "midnight", ten_seconds_a_day)
        compare_plant(plant_of(tree), 600)


@pytest.mark.slow
@WIDE
@given(strategies.competing(strategies.varied(strategies.plants())))
def test_any_plant_at_all_whose_products_are_launched_in_turn(drawn):
    tree, mode, conwip = drawn
    compare_plant(plant_of(tree), 600, mode=mode, conwip=conwip)


@pytest.mark.slow
@WIDE
@given(
    planning.planned(strategies.maintained(strategies.come_and_go(strategies.varied(strategies.plants())))),
    st.none() | st.integers(0, 20),
)
def test_any_plant_at_all_that_follows_a_plan(drawn, early_s):
    tree, lots = drawn
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(presence, "midnight", ten_seconds_a_day)
        followed = planning.planned_world(plant_of(tree), lots, until_s=600, early_s=early_s)
        # The engine may look some seconds later for what is missing when a turn moves on: the trace is the same.
        compare(followed.problem.world, until=600_000_000, lacks=False)
