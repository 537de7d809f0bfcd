"""A study that is interrupted and asked again gives the answer of one that was not."""

import os
import signal
import time

import pytest

from plantwright.answers.simulate import simulate
from plantwright.compile import lower
from plantwright.engine.replication import Replication, begun
from plantwright.errors import RunError
from plantwright.study.checkpoints import Checkpoints
from plantwright.study.replicate import Crowd, Lowered, Span, futures, replicate
from plantwright.units import TICKS_PER_SECOND

END = 2000 * TICKS_PER_SECOND


def asked(plant, folder, **changed):
    options = {"until": "2000 s", "warmup": "200 s", "replications": 3, "seed": 4, "workers": 1}
    return simulate(plant, **{**options, **changed}, checkpoints=folder)


@pytest.fixture
def interrupted(noisy, monkeypatch, tmp_path):
    """The folder of a study whose second run was cut in the middle, as by Ctrl-C."""
    advance = Replication.advance
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background is born deaf to it

    def pressed(self, to=None, *, on_step=lambda: None):
        if self.number == 1:
            advance(self, to=END // 2)
            os.kill(os.getpid(), signal.SIGINT)
            while True:
                on_step()  # until the study has heard of it, and lets the run be kept as it stands
                time.sleep(0.01)
        advance(self, to, on_step=on_step)

    with monkeypatch.context() as patch:
        patch.setattr(Replication, "advance", pressed)
        answer = asked(noisy, tmp_path / "kept")
    signal.signal(signal.SIGINT, before)
    assert any("It was interrupted" in note for note in answer.notes)
    return tmp_path / "kept"


def test_a_study_that_was_cut_goes_on_and_gives_the_same_answer(noisy, interrupted, monkeypatch):
    begins = []
    monkeypatch.setattr("plantwright.engine.replication.begin", begins.append)
    again = asked(noisy, interrupted, replications=2)
    assert begins == []  # both runs are there: one is over, the other one in its middle
    monkeypatch.undo()
    assert again == asked(noisy, None, replications=2)


def test_runs_that_are_over_are_not_run_again(noisy, tmp_path, monkeypatch):
    first = asked(noisy, tmp_path)
    assert sorted(path.name for path in tmp_path.glob("*.npz")) == [
        f"replication-000{number}.npz" for number in range(3)
    ]
    monkeypatch.setattr("plantwright.engine.replication.advance", None)
    assert asked(noisy, tmp_path) == first


@pytest.mark.parametrize("changed", [{"seed": 5}, {"until": "3000 s"}, {"warmup": "0 s"}])
def test_a_folder_of_a_study_asked_otherwise_is_refused(noisy, tmp_path, changed):
    asked(noisy, tmp_path, replications=1)
    with pytest.raises(RunError) as error:
        asked(noisy, tmp_path, **changed)
    assert error.value.findings[0].code == "E433"


def test_a_folder_of_another_plant_is_refused(noisy, text_of_noisy, write, tmp_path):
    asked(noisy, tmp_path, replications=1)
    with pytest.raises(RunError) as error:
        asked(write(text_of_noisy.replace("room: 3", "room: 4")), tmp_path)
    assert error.value.findings[0].code == "E432"


def test_a_folder_that_cannot_be_made_is_refused(noisy, tmp_path):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(RunError) as error:
        Checkpoints(tmp_path / "taken" / "below", noisy)
    assert error.value.findings[0].code == "E434"


def test_many_futures_share_one_warm_up(noisy, monkeypatch):
    """The past is run once; its own future is what a run without a cut gives, the others differ from it."""
    problem = lower(noisy, mode="as-written", until_s=2000)
    span = Span(END, END // 4, END // 10)
    past = begun(problem.world, seed=4, replication=0, until=END, warmup=span.warmup, bin=span.bin)
    past.advance(to=past.warmup)
    with Crowd(2) as crowd:
        runs = replicate(crowd, futures(Lowered(noisy, problem), past), what="futures", least=4, most=4)
    whole = begun(problem.world, seed=4, replication=0, until=END, warmup=span.warmup, bin=span.bin)
    whole.advance()
    assert [run.replication for run in runs] == [0, 1, 2, 3]
    assert runs[0].items["part"].finished == int(whole.outcome().finished[-1, 0])
    assert len({run.items["part"].flow_time_mean_s for run in runs}) == 4
