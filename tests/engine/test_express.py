"""The express loop changes nothing: not a bit of any record, wherever it is entered and left."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from plantwright.codes import NONE
from plantwright.compile import lower
from plantwright.engine.checkpoint import load as load_checkpoint, save
from plantwright.engine.replication import Deadlock, begun
from plantwright.io.document import load
from plantwright.model.plant import Plant

PEERS = Path(__file__).parents[2] / "benchmarks" / "peers"
SECOND = 1_000_000
UNTIL_S = 200
EXPRESS_OFF, BY_THE_BOOK = 2, 1

TIMES = st.sampled_from(["1 s", "500 ms", "2 s", "exponential(0.8 s)", "exponential(0.4 s)", "uniform(0 s, 1 s)"])
ROOMS = st.sampled_from([{}, {"room": 1}, {"room": 2}, {"room": 4}])
JUDGED = st.sampled_from(
    [
        {},
        {"good": "80 %"},
        {"good": "70 %", "else": {"to": "repair"}},
        {"good": ["60 %", "80 %"], "else": {"to": "repair", "tries": 1}},
    ]
)


@st.composite
def feeders(draw, number):
    """An item made in one or two steps for the kit of an assembly, with a shelf: (stations, item, route)."""
    names = [f"feed-{number}-{step}" for step in range(draw(st.integers(1, 2)))]
    stations = {name: draw(ROOMS) for name in names}
    item = {"made-by": f"item-{number}", "room": draw(st.integers(2, 4)), "release": {"saturated": True}}
    return stations, item, [{"op": name, "station": name, "time": draw(TIMES)} for name in names]


@st.composite
def steps(draw, number, shared, uses):
    """The route of a product: its gate, a way through shared stations, an assembly, a test with repairs."""
    way = [f"gate-{number}"]
    for name in draw(st.lists(st.sampled_from(shared), max_size=4)):
        way += [name] if name != way[-1] else []
    route = [{"op": f"op-{step}", "station": name, "time": draw(TIMES)} for step, name in enumerate(way)]
    if uses:
        route.append({"op": "join", "station": "assembly", "time": draw(TIMES), "uses": uses})
    judged = draw(JUDGED) if number == 0 else {}
    if judged:
        route.append({"op": "test", "station": "test", "time": draw(TIMES), **judged})
    if "else" in judged:
        route.append({"op": "repair", "station": "bench", "time": draw(TIMES), "side": True, "then": "test"})
    return route


@st.composite
def plain_plants(draw):
    """Lines, job shops whose parts come back, assemblies fed from shelves, tests; saturated or with arrivals."""
    shared = ["mill", "drill", "grind"]
    fed = [draw(feeders(number)) for number in range(draw(st.integers(0, 2)))]
    uses = {f"item-{number}": draw(st.integers(1, 2)) for number in range(len(fed))}
    routes = {f"item-{number}": route for number, (_, _, route) in enumerate(fed)}
    releases = st.sampled_from([{"saturated": True}, {"every": "exponential(1 s)"}, {"every": "1 s"}])
    products = {}
    for number in range(draw(st.integers(1, 2))):
        routes[f"part-{number}"] = draw(steps(number, shared, uses if number == 0 else {}))
        products[f"part-{number}"] = {"made-by": f"part-{number}", "release": draw(releases)}
    stations = {name: made for rows, _, _ in fed for name, made in rows.items()}
    stations |= {name: draw(ROOMS) for name in [*shared, "assembly", "test", "bench"]}
    stations |= {f"gate-{number}": {} for number in range(len(products))}
    used = {step["station"] for route in routes.values() for step in route}
    order = draw(st.permutations(sorted(used)))
    return Plant.model_validate(
        {
            "plantwright": 1,
            "name": "Plain from end to end",
            "stations": {name: stations[name] for name in order},
            "items": {f"item-{number}": item for number, (_, item, _) in enumerate(fed)},
            "routes": routes,
            "products": products,
        }
    )


def lowered(plant, by_the_book=0):
    problem = lower(plant, mode="as-written", until_s=UNTIL_S)
    problem.world.clock.by_the_book[0] = by_the_book
    return problem.world


def started(world):
    end = UNTIL_S * SECOND
    return begun(world, seed=7, replication=0, until=end, warmup=end // 5, bin=end // 10)


def finished(replication, every=1000):
    """Run to the end, or to the instant at which nothing can move any more; which it was."""
    try:
        while not replication.is_over:
            replication.step(events=every)
    except Deadlock as found:
        return found.time, found.waits
    return None


def same(one, other):
    """Two replications that agree in every record, in whatever order events are kept."""
    kept, found = one.world._asdict(), other.world._asdict()
    count = int(kept["clock"].events[0])
    for world in (kept, found):
        world["event"] = np.sort(world["event"][:count], order=["time", "key"])
    ours = {"clock": {"by_the_book", "express", "taken", "order", "urgency", "vacant"}, "station": {"look"}}
    ours |= {"lack": {"look"}}
    for name in kept.keys() - {"post", "heat", "agenda"}:
        for column in kept[name].dtype.names or [None]:
            if column not in ours.get(name, ()):
                pair = (kept[name], found[name]) if column is None else (kept[name][column], found[name][column])
                assert np.array_equal(*pair), (name, column)
    for name in one.history:
        assert np.array_equal(one.history[name], other.history[name]), name


@given(plant=plain_plants(), every=st.sampled_from([1, 7, 1000]))
@settings(max_examples=80, deadline=None)
def test_nothing_changes(plant, every):
    swift, slow = started(lowered(plant)), started(lowered(plant, EXPRESS_OFF))
    assert finished(swift, every) == finished(slow)
    assert swift.world.clock.express[0] == 1 and swift.world.clock.taken[0] > 0 and slow.world.clock.taken[0] == 0
    same(swift, slow)


@pytest.mark.parametrize(("stations", "taken"), [(40, True), (62, True), (63, False)])
@pytest.mark.parametrize("time", ["exponential(1 s)", "1 s"])
def test_nothing_changes_in_a_long_line(stations, taken, time):
    names = [f"m{number}" for number in range(stations)]
    plant = Plant.model_validate(
        {
            "plantwright": 1,
            "name": "A long line",
            "stations": {name: {"room": 3} if number else {} for number, name in enumerate(names)},
            "routes": {"part": [{"op": name, "station": name, "time": time} for name in names]},
            "products": {"part": {"made-by": "part", "release": {"every": time}}},
        }
    )
    swift, slow = started(lowered(plant)), started(lowered(plant, EXPRESS_OFF))
    assert finished(swift, 333) == finished(slow)
    assert (swift.world.clock.taken[0] > 0) == taken
    same(swift, slow)


@given(plant=plain_plants())
@settings(max_examples=40, deadline=None)
def test_nothing_changes_by_the_book(plant):
    swift, slow = started(lowered(plant)), started(lowered(plant, BY_THE_BOOK))
    assert finished(swift) == finished(slow)
    for world in (swift.world, slow.world):  # whom a machine that is busy now stood before when it was idle is nothing
        world.machine.next_idle[world.machine.is_idle == 0] = NONE
    for name in ("lane", "machine", "part", "item", "release", "state_time", "histogram"):
        assert np.array_equal(getattr(swift.world, name), getattr(slow.world, name)), name
    for name in ("missing", "machines", "area"):
        assert np.array_equal(swift.world.lack[name], slow.world.lack[name]), name


@given(plant=plain_plants(), cut=st.integers(1, UNTIL_S - 1))
@settings(max_examples=20, deadline=None)
def test_a_checkpoint_in_the_middle_changes_nothing(plant, cut, tmp_path_factory):
    world = lowered(plant)
    whole, parts = started(world), started(world)
    try:
        parts.advance(cut * SECOND)
    except Deadlock:
        return
    path = tmp_path_factory.mktemp("cut") / "cut.npz"
    save(parts, path, plant_hash="this one")
    taken = load_checkpoint(path, world, plant_hash="this one")
    assert finished(taken) == finished(whole)
    same(taken, whole)


@pytest.mark.parametrize("model", "abd")
def test_it_takes_nearly_all_events(model):
    replication = started(lowered(load(PEERS / f"{model}.yaml")))
    finished(replication)
    events = replication.world.operation.ends.sum() + replication.world.release.arrivals.sum()
    assert replication.world.clock.taken[0] > 0.99 * replication.world.operation.completions.sum()
    assert replication.world.clock.taken[0] <= events


def test_it_leaves_a_plant_that_is_not_plain_alone():
    replication = started(lowered(load(PEERS / "c.yaml")))
    finished(replication)
    assert replication.world.clock.express[0] == 0 == replication.world.clock.taken[0]
