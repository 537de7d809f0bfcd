"""A run that is cut, saved, loaded and gone on with is the same run: trace, results, and every column left behind."""

import json

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from plantwright import arrays
from plantwright.compile import lower
from plantwright.engine import checkpoint
from plantwright.engine.checkpoint import load, save
from plantwright.engine.replication import begun
from plantwright.engine.run import run
from plantwright.engine.worlds import FIXED
from plantwright.errors import RunError
from plantwright.io.document import load as load_plant
from plantwright.units import TICKS_PER_SECOND
from tests.audit import audit
from tests.engine.features import PLANTS, RUNS, columns_of
from tests.strategies import plants
from tests.trial import plant_of

LINE = """
    stations: {a: {room: 2}, b: {room: 2}}
    routes: {r: [{op: a, station: a, time: exponential(4 s)}, {op: b, station: b, time: exponential(5 s)}]}
    products: {part: {made-by: r, release: {every: exponential(6 s)}}}
"""


def feature(name):
    """A feature plant lowered for a few hundred part moves, and how it is run."""
    plant, mode, length_s, conwip = RUNS[name]
    end = length_s * TICKS_PER_SECOND // 2
    problem = lower(load_plant(PLANTS / f"{plant}.yaml"), mode=mode, until_s=end / TICKS_PER_SECOND, conwip=conwip)
    return problem.world, {"seed": 3, "replication": 2, "until": end, "warmup": end // 8, "bin": end // 16}


def line(until=500):
    end = until * TICKS_PER_SECOND
    world = lower(plant_of(LINE), mode="as-written", until_s=until).world
    return world, {"seed": 1, "replication": 0, "until": end, "warmup": end // 5, "bin": end // 10}


class Trace:
    """Keeps every line that it is handed."""

    def __init__(self):
        self.chunks = []

    def __call__(self, chunk):
        self.chunks.append(chunk.copy())

    def lines(self):
        return np.concatenate(self.chunks)


def cut(world, asked, path, every):
    """The run, saved and loaded again after every so many events; its outcome, its trace and how often it was cut."""
    trace = Trace()
    replication = begun(world, log=trace, **asked)
    cuts = 0
    while not replication.is_over:
        replication.step(events=every)
        save(replication, path, plant_hash="this one")
        replication = load(path, world, plant_hash="this one", log=trace)
        cuts += 1
    return replication.outcome(), trace.lines(), cuts


def same(one, other):
    """Outcomes that agree in every bit."""
    kept, found = columns_of(one.world), columns_of(other.world)
    assert [name for name in kept if kept[name] != found[name] and not name.startswith("log.")] == []
    for name, value in one._asdict().items():
        if name != "world":
            assert np.array_equal(value, other._asdict()[name]), name


@pytest.mark.parametrize("name", RUNS)
@pytest.mark.parametrize(("every", "least"), [(11, 20), (97, 3)])
def test_a_run_cut_again_and_again_leaves_the_same_behind(name, every, least, tmp_path):
    world, asked = feature(name)
    trace = Trace()
    whole = run(world, log=trace, **asked)
    found, lines, cuts = cut(world, asked, tmp_path / "cut.npz", every)
    assert cuts > least
    same(whole, found)
    assert np.array_equal(lines, trace.lines())


def test_a_run_can_be_cut_after_any_event(tmp_path):
    world, asked = line(60)
    trace = Trace()
    whole = run(world, log=trace, **asked)
    found, lines, cuts = cut(world, asked, tmp_path / "cut.npz", 1)
    assert cuts > 20
    same(whole, found)
    assert np.array_equal(lines, trace.lines())


@settings(max_examples=12)
@given(plants(), st.integers(10, 60))
def test_any_plant_can_be_cut(tmp_path_factory, tree, every):
    world = lower(plant_of(tree), mode="as-written", until_s=120).world
    asked = {"seed": 1, "replication": 0, "until": 120_000_000, "warmup": 20_000_000, "bin": 10_000_000}
    found, _, _ = cut(world, asked, tmp_path_factory.mktemp("cut") / "cut.npz", every)
    same(run(world, log=Trace(), **asked), found)


def test_no_run_writes_to_an_array_that_is_shared():
    for name in RUNS:
        world, asked = feature(name)
        before = {array: getattr(world, array).copy() for array in FIXED}
        run(world, **asked)
        assert [array for array in FIXED if not np.array_equal(before[array], getattr(world, array))] == []


def test_a_fork_under_its_own_number_is_what_would_have_come():
    world, asked = line()
    past = begun(world, **asked)
    past.advance(to=past.warmup)
    futures = [past.fork(number) for number in (0, 1, 2)]
    for future in futures:
        future.advance()
    same(run(world, **asked), futures[0].outcome())
    finished = [int(future.outcome().finished[-1].sum()) for future in futures]
    assert len({tuple(future.world.item.flow_sum) for future in futures}) == 3, finished
    for future in futures:
        audit_after(future.outcome(), past)


def audit_after(outcome, past):
    """Accounts of a future, whose statistics began at the end of the common past."""
    inside = past.before["wip"] + outcome.world.item.released - outcome.world.item.finished
    assert (inside == outcome.world.item.wip + outcome.world.item.scrapped).all()


def test_a_fork_keeps_no_number_that_its_past_has_drawn_ahead():
    """What is under way ends alike in all futures; what comes next is drawn anew in each."""
    document = """
        stations: {a: {}}
        routes: {r: [{op: a, station: a, time: exponential(4 s)}]}
        products: {part: {made-by: r, release: {saturated: true}}}
    """
    world = lower(plant_of(document), mode="as-written", until_s=500).world
    past = begun(world, seed=1, replication=0, until=500 * TICKS_PER_SECOND)
    past.step(events=20)
    futures = [past.fork(number) for number in (0, 1, 2)]
    under_way = {int(future.world.machine.ends[0]) for future in futures}
    for future in futures:
        future.step(events=1)
    assert {future.now for future in futures} == under_way
    assert len({int(future.world.machine.duration[0]) for future in futures}) == 3


def test_a_fork_leaves_its_past_alone():
    world, asked = line()
    past = begun(world, **asked)
    past.advance(to=past.until // 2)
    before = columns_of(past.world)
    past.fork(7).advance()
    assert columns_of(past.world) == before
    assert past.now == past.until // 2


def test_a_run_from_empty_keeps_its_accounts_when_it_is_cut(tmp_path):
    world, asked = line()
    outcome, _, _ = cut(world, {**asked, "warmup": 0}, tmp_path / "cut.npz", 50)
    audit(outcome)


def refusal(*arguments, **options):
    with pytest.raises(RunError) as error:
        load(*arguments, **options)
    return error.value.findings[0]


def saved(path):
    world, asked = line()
    replication = begun(world, **asked)
    replication.step(events=100)
    save(replication, path, plant_hash="this one")
    return world


def test_a_checkpoint_of_another_plant_is_refused(tmp_path):
    world = saved(tmp_path / "a.npz")
    finding = refusal(tmp_path / "a.npz", world, plant_hash="another")
    assert finding.code == "E432"
    assert "another plant" in finding.message
    assert str(tmp_path / "a.npz") in str(finding.place)


def test_a_checkpoint_of_another_layout_is_refused(tmp_path, monkeypatch):
    world = saved(tmp_path / "a.npz")
    monkeypatch.setattr(checkpoint, "LAYOUT", arrays.LAYOUT + 1)
    assert refusal(tmp_path / "a.npz", world, plant_hash="this one").code == "E431"


def test_a_column_more_is_another_layout(monkeypatch):
    before = checkpoint.layout()
    monkeypatch.setitem(arrays.RECORDS, "tool", arrays.record(number="i8"))
    assert checkpoint.layout() != before


def test_a_checkpoint_of_a_run_of_another_length_is_refused(tmp_path):
    """Calendars and orders are lowered as far as the run goes: a longer one has other arrays."""
    saved(tmp_path / "a.npz")
    document = LINE + "    demand: {part: {orders: [{date: 2027-01-30, pieces: 3}]}}\n"
    longer = lower(plant_of(document), mode="as-written", until_s=3e6).world
    assert refusal(tmp_path / "a.npz", longer, plant_hash="this one").code == "E433"


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 cut short"])
def test_what_is_no_checkpoint_is_refused(content, tmp_path):
    (tmp_path / "a.npz").write_bytes(content)
    assert refusal(tmp_path / "a.npz", line()[0], plant_hash="this one").code == "E430"


def test_a_file_of_other_arrays_is_refused(tmp_path):
    np.savez(tmp_path / "a.npz", other=np.zeros(3))
    assert refusal(tmp_path / "a.npz", line()[0], plant_hash="this one").code == "E430"


def test_a_file_that_is_not_there_is_refused(tmp_path):
    finding = refusal(tmp_path / "a.npz", line()[0], plant_hash="this one")
    assert (finding.code, "No such file" in finding.message) == ("E430", True)


def test_a_checkpoint_says_what_it_was_made_with(tmp_path):
    saved(tmp_path / "a.npz")
    with np.load(tmp_path / "a.npz", allow_pickle=False) as file:
        about = json.loads(str(file["about"]))
    assert {"layout", "plant", "kernel", "numba", "until", "warmup", "bin"} <= about.keys()
