"""A state that was saved, and the plant changed since: what fits is begun from, what does not is told."""

import copy
import datetime as dt

import pytest

from plantwright.compile import lift, lower
from plantwright.engine.replication import begun
from plantwright.model.fit import fit
from plantwright.model.state import Part
from tests.continuing import check_world, snapshot, ticks
from tests.trial import plant_of

PLANT = {
    "crews": {"fitters": {"skills": ["fit"], "people": 2}},
    "stations": {
        "saw": {"machines": 2},
        "drill": {"machines": 3, "room": 8, "failures": [{"uptime": "exponential(2 min) busy", "repair": "30 s"}]},
        "pack": {},
    },
    "routes": {
        "arm": [
            {"op": "cut", "station": "saw", "time": "uniform(10 s, 30 s)"},
            {"op": "bore", "station": "drill", "time": "exponential(25 s)", "people": {"fit": 0.5}},
            {"op": "pack", "station": "pack", "time": "uniform(10 s, 15 s)"},
        ],
        "leg": [
            {"op": "cut", "station": "saw", "time": "15 s"},
            {"op": "bore", "station": "drill", "time": "normal(30 s, 5 s)"},
        ],
    },
    "items": {"leg": {"made-by": "leg", "policy": {"base-stock": 6}}},
    "products": {"arm": {"made-by": "arm", "release": {"every": "exponential(16 s)"}}},
    "demand": {"leg": {"every": "exponential(40 s)"}},
}
AT_S = 600


@pytest.fixture(scope="module")
def state():
    """Of the plant as it was: all drills at work or down, parts before them."""
    plant = plant_of(PLANT)
    found = snapshot(plant, lower(plant, mode="as-written", until_s=AT_S), AT_S, seed=5)
    assert {part.machine for part in found.parts} >= {"saw/1", "saw/2", "drill/1", "drill/2", "drill/3"}
    assert [part for part in found.parts if part.item == "arm" and part.op == "pack"]
    return found


def changed(**sections):
    """The plant with some of its sections changed by key; None takes an entry out."""
    tree = copy.deepcopy(PLANT)
    for section, entries in sections.items():
        for key, value in entries.items():
            if value is None:
                del tree[section][key]
            else:
                tree[section][key] = value
    return plant_of(tree)


def goes_on(plant, state, hours=1):
    """Five futures of a plant from a state, in each of which everything adds up; the first one in names."""
    end = AT_S + 3600 * hours
    problem = lower(plant, mode="as-written", until_s=end, state=state)
    runs = [begun(problem.world, seed=1, replication=n, until=problem.until, warmup=ticks(AT_S)) for n in range(5)]
    for run in runs:
        run.advance()
        check_world(run.outcome())
    return lift(plant, problem, runs[0].outcome())


def codes(plant, state):
    return sorted((finding.code, finding.place.path) for finding in fit(state, plant))


def test_a_plant_as_it_was_is_begun_from(state):
    assert codes(plant_of(PLANT), state) == []
    assert goes_on(plant_of(PLANT), state).items["arm"].finished > 100


def test_a_machine_more_begins_idle(state):
    """The fourth drill is told of nowhere: it takes the first part that waits, and more comes through."""
    more = changed(stations={"drill": {**PLANT["stations"]["drill"], "machines": 4}})
    assert codes(more, state) == []
    assert goes_on(more, state).stations["drill"].machines == 4


def test_of_a_machine_less_its_part_and_its_ageing_are_told(state):
    less = changed(stations={"drill": {**PLANT["stations"]["drill"], "machines": 2}})
    at = next(index for index, part in enumerate(state.parts) if part.machine == "drill/3")
    ageing = next(index for index, ageing in enumerate(state.failures) if ageing.machine == "drill/3")
    assert codes(less, state) == [
        ("E279", f"failures.{ageing}"),
        ("E279", "machines.drill/3"),
        ("E279", f"parts.{at}.machine"),
    ]


def test_edited_by_hand_it_begins_with_a_machine_less(state):
    """The part that was on it waits in the queue, and what is said of the machine is taken out."""
    less = changed(stations={"drill": {**PLANT["stations"]["drill"], "machines": 2}})
    parts = [
        part.model_copy(update={"machine": None, "status": "waiting"}) if part.machine == "drill/3" else part
        for part in state.parts
    ]
    edited = state.model_copy(
        update={
            "parts": tuple(parts),
            "machines": {name: each for name, each in state.machines.items() if name != "drill/3"},
            "failures": tuple(each for each in state.failures if each.machine != "drill/3"),
        }
    )
    assert {code for code, _ in codes(less, edited)} <= {"W520"}  # the queue may be over its room now
    goes_on(less, edited)


def test_of_a_product_that_is_renamed_every_trace_is_told(state):
    renamed = changed(
        products={"arm": None, "arm-2": PLANT["products"]["arm"]},
    )
    said = codes(renamed, state)
    parts = [f"parts.{index}.item" for index, part in enumerate(state.parts) if part.item == "arm"]
    assert said == sorted(("E279", path) for path in [*parts, "stocks.arm", "arrivals.arm"])
    assert {finding.nearest for finding in fit(state, renamed)} == {"arm-2"}


def test_of_a_product_that_is_gone_every_trace_is_told(state):
    gone = changed(products={"arm": None}, routes={"arm": None})
    assert {code for code, _ in codes(gone, state)} == {"E279"}
    assert len(codes(gone, state)) == 2 + sum(part.item == "arm" for part in state.parts)


def test_of_an_operation_that_is_gone_its_parts_are_told_never_dropped(state):
    shorter = changed(routes={"arm": PLANT["routes"]["arm"][:2]})
    at = [index for index, part in enumerate(state.parts) if part.op == "pack"]
    assert codes(shorter, state) == [("E282", f"parts.{index}.op") for index in at]


def test_operations_more_are_gone_through_from_where_parts_are(state):
    cut, bore, pack = PLANT["routes"]["arm"]
    longer = changed(routes={"arm": [cut, bore, {"op": "wash", "station": "pack", "time": "1 s"}, pack]})
    assert codes(longer, state) == []
    goes_on(longer, state)


def test_a_queue_that_has_less_room_now_empties_first(state):
    waiting = tuple(Part(item="leg", op="bore", station="drill", count=9) for _ in range(1))
    fuller = state.model_copy(update={"parts": (*waiting, *state.parts)})
    assert [code for code, _ in codes(plant_of(PLANT), fuller)] == ["W520"]
    goes_on(plant_of(PLANT), fuller)


def test_laws_and_times_that_have_changed_are_drawn_from_as_they_are_now(state):
    """What has lasted longer than it takes now is over at once, and said so."""
    faster = changed(routes={"leg": [{"op": "cut", "station": "saw", "time": "1 s"}, PLANT["routes"]["leg"][1]]})
    cutting = [part.machine for part in state.parts if (part.item, part.op, part.status) == ("leg", "cut", "in-work")]
    assert codes(faster, state) == [("W522", f"machines.{machine}.elapsed") for machine in sorted(cutting)]
    goes_on(faster, state)


def test_a_crew_that_is_gone_is_told_where_it_is_held(state):
    other = changed(crews={"fitters": None, "benchers": {"skills": ["fit"], "people": 2}})
    held = [f"machines.{name}.crews" for name, each in state.machines.items() if each.crews]
    assert held
    assert codes(other, state) == sorted(("E279", path) for path in held)


def test_a_plant_that_begins_later_is_told(state):
    tree = {**PLANT, "from": "2028-01-03"}
    assert codes(plant_of(tree), state) == [("E280", "at")]
    assert state.at == dt.datetime(2027, 1, 4, 0, 10, tzinfo=dt.UTC)
