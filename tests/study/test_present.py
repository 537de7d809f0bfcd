"""The present of a plant: one state forked into many futures, and the state that a run leaves behind."""

import pytest

import plantwright as pw
from plantwright.answers import simulate as answer
from plantwright.errors import DocumentError, RunError
from plantwright.model.state import Part, State
from plantwright.study.present import FUTURES
from tests.trial import plant_of

BENCH = """
    stations: {saw: {}, drill: {room: 6, failures: [{uptime: exponential(5 min) busy, repair: exponential(40 s)}]}}
    routes:
      r:
        - {op: cut, station: saw, time: exponential(8 s)}
        - {op: bore, station: drill, time: exponential(8 s), good: 95 %}
    products: {part: {made-by: r, release: {every: exponential(10 s)}}}
"""


@pytest.fixture(scope="module")
def bench():
    return plant_of(BENCH)


@pytest.fixture(scope="module")
def left(bench, tmp_path_factory):
    """The state in which a run of ten minutes ends."""
    path = tmp_path_factory.mktemp("state") / "left.yaml"
    pw.simulate(bench, until="10 min", warmup=0, replications=1, save_state=path, seed=1)
    return path


def test_a_state_is_of_the_moment_at_which_the_run_ends(bench, left):
    state = pw.load_state(left, bench)
    assert f"{state.at:%Y-%m-%d %H:%M:%S}" == "2027-01-04 00:10:00"
    assert state.plant == bench.name


def test_reading_and_writing_a_state_changes_nothing(bench, left, tmp_path):
    state = pw.load_state(left, bench)
    assert pw.load_state(pw.write(state, tmp_path / "again.yaml")) == state
    assert (tmp_path / "again.yaml").read_bytes() == left.read_bytes()


def test_one_state_is_forked_into_many_futures(bench, left):
    """Whatever comes of the present differs from future to future; the interval is over these."""
    found = pw.simulate(bench, until="1 h", replications=12, state=left, seed=1)
    assert found.items["part"].throughput_per_h.n == 12
    assert found.items["part"].throughput_per_h.half_width > 0
    assert (found.kind, found.warmup_s, found.elapsed_s) == ("terminating", 0, 3600)
    assert found.notes[0] == "Every run begins from the state of 2027-01-04 00:10 (UTC)."
    another = pw.load_state(left, bench).model_copy(update={"plant": "written by hand"})
    other = pw.simulate(bench, until="1 min", replications=2, state=another, seed=1)
    assert len({found.provenance.state_hash, other.provenance.state_hash, ""}) == 3


def test_the_futures_are_the_same_on_one_worker_and_on_two(bench, left):
    asked = {"until": "20 min", "replications": 8, "state": left, "seed": 3}
    one, two = (pw.simulate(bench, workers=workers, **asked) for workers in (1, 2))
    assert one.to_json() == two.to_json()


def test_the_present_counts(bench):
    """Twelve parts before the saw at 8 s each: the first ones through are those, whatever arrives."""
    at = "2027-01-04 00:10"
    busy = State(at=at, parts=(Part(item="part", op="bore", station="drill", count=40),))
    asked = {"until": "2 min", "replications": 40, "seed": 1}
    full, empty = (pw.simulate(bench, state=state, **asked) for state in (busy, State(at=at)))
    gain = full.items["part"].throughput_per_h.mean - empty.items["part"].throughput_per_h.mean
    assert gain > 100  # 2 min at 8 s are 15 parts, of which at most half come from empty


def test_the_past_is_not_repeated_in_the_futures(bench, left, tmp_path, monkeypatch):
    """Runs from a state have numbers of their own, so that none draws what the run before it has drawn."""
    seen = []
    whole = answer.study.replications
    monkeypatch.setattr(answer.study, "replications", lambda *a, **k: seen.append(k["first"]) or whole(*a, **k))
    pw.simulate(bench, until="1 min", replications=2, state=left)
    pw.simulate(bench, until="1 min", replications=2)
    assert seen == [FUTURES, 0]


def test_a_chain_of_states_goes_on_in_time(bench, left, tmp_path):
    """Each run begins where the one before it has ended."""
    path = left
    for number in range(3):
        after = tmp_path / f"{number}.yaml"
        pw.simulate(bench, until="10 min", replications=1, state=path, save_state=after, seed=number)
        path = after
    assert f"{pw.load_state(path, bench).at:%H:%M}" == "00:40"


def test_a_warmup_counts_from_the_moment_of_the_state(bench, left):
    found = pw.simulate(bench, until="1 h", warmup="15 min", replications=2, state=left)
    assert (found.warmup_s, found.elapsed_s) == (900, 2700)


def test_checkpoints_of_runs_from_another_state_are_refused(bench, left, tmp_path):
    state = pw.load_state(left, bench)
    asked = {"until": "10 min", "replications": 2, "checkpoints": tmp_path / "kept", "seed": 1}
    first = pw.simulate(bench, state=state, **asked)
    assert pw.simulate(bench, state=state, **asked).to_json() == first.to_json()
    with pytest.raises(RunError, match="E432"):
        pw.simulate(bench, state=state.model_copy(update={"stocks": {"part": 7}}), **asked)


def test_a_state_that_does_not_fit_is_refused_with_all_that_is_wrong(bench):
    parts = (Part(item="part", op="weld"), Part(item="arm", op="cut"))
    with pytest.raises(DocumentError) as caught:
        pw.simulate(bench, until="1 h", state=State(at="2027-01-05", parts=parts))
    assert sorted(error.code for error in caught.value.findings) == ["E279", "E282"]


@pytest.mark.parametrize("name", ["state.xlsx", "state.csv"])
def test_a_state_is_written_to_yaml_only_and_told_so_before_anything_runs(bench, name, tmp_path):
    with pytest.raises(DocumentError, match="E101"):
        pw.simulate(bench, until="1000 d", save_state=tmp_path / name)


def test_an_interrupted_run_leaves_no_state(bench, tmp_path):
    class Stops:
        def begin(self, what, total):
            pass

        def advance(self, done):
            raise KeyboardInterrupt

        def end(self):
            pass

    with pytest.raises(RunError, match="E412"):
        pw.simulate(bench, until="100 d", replications=1, save_state=tmp_path / "s.yaml", progress=Stops(), workers=1)
    assert not (tmp_path / "s.yaml").exists()
