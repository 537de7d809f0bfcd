"""One long run cut into batches."""

import pytest

import plantwright as pw
from plantwright.compile import lower
from plantwright.study.batches import BATCHES, autocorrelation, ends, told
from plantwright.study.replicate import Crowd, Job, Lowered, Span

SECOND = 10**6


def queue(load):
    """M/M/1: parts every ten seconds."""
    return pw.Plant.model_validate(
        {
            "name": "queue",
            "stations": {"m": {}},
            "items": {"p": {"made-by": "p", "release": {"every": "exponential(10 s)"}}},
            "routes": {"p": [{"op": "x", "station": "m", "time": f"exponential({10 * load} s)"}]},
        }
    )


def cut(plant, span, count=BATCHES, seed=1):
    """Runs of the batches of one replication, and the whole of it."""
    lowered = Lowered(plant, lower(plant, mode="as-written", until_s=span.until / SECOND))
    job = Job(lambda: lowered, span, seed, 0)
    with Crowd(1) as crowd:
        return crowd.in_batches(job, ends(span, count), "batches"), crowd.run([job], "whole")[0]


def test_batches_are_the_run_cut_up():
    span = Span(50_000 * SECOND, 5_000 * SECOND, 0)
    batches, whole = cut(queue(0.8), span)
    assert len(batches) == 20
    assert {run.elapsed_s for run in batches} == {45_000 / 20}
    assert sum(run.items["p"].finished for run in batches) == whole.items["p"].finished
    assert sum(run.part_moves for run in batches) == whole.part_moves
    assert sum(run.items["p"].wip_mean for run in batches) / 20 == pytest.approx(whole.items["p"].wip_mean)
    for state, time in whole.stations["m"].state_s.items():
        assert sum(run.stations["m"].state_s[state] for run in batches) == pytest.approx(time)


def test_intervals_of_batch_means_cover_the_truth():
    # M/M/1 at one half: 1 part in process on average. Of 60 intervals at 95 % at least 51 cover it, but for one case in
    # a thousand (binomial).
    covered = 0
    for seed in range(60):
        answer = pw.simulate(queue(0.5), until="100000 s", warmup="1000 s", replications=1, workers=1, seed=seed)
        inside = answer.items["p"].wip_mean
        covered += inside.low <= 1 <= inside.high
    assert answer.batches == inside.n == 20
    assert covered >= 51


def test_batches_that_depend_on_each_other_are_told():
    # At a load of 0.97 the queue forgets in hours; batches of 50 s are much the same as their neighbours.
    span = Span(2_000 * SECOND, 1_000 * SECOND, 0)
    batches, _ = cut(queue(0.97), span)
    notes = told(span, batches)
    assert notes[0] == "The intervals come from one run, cut into 20 batches of 50 s."
    assert "let it run longer" in notes[1]
    long = Span(1_000_000 * SECOND, 1_000 * SECOND, 0)
    assert len(told(long, cut(queue(0.5), long)[0])) == 1


def test_correlation_of_neighbours():
    assert autocorrelation([3.0, 1.0, 3.0, 1.0, 3.0, 1.0]) < -0.8
    assert autocorrelation([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]) > 0.5
