import threading

import pytest

from plantwright.compile import lower
from plantwright.errors import RunError
from plantwright.results import Estimate
from plantwright.study.replicate import Crowd, Job, Lowered, Span, narrow, replicate, replications
from plantwright.units import TICKS_PER_SECOND

SPAN = Span(500 * TICKS_PER_SECOND, 50 * TICKS_PER_SECOND, 50 * TICKS_PER_SECOND)


@pytest.fixture
def lowered(noisy):
    return Lowered(noisy, lower(noisy, mode="as-written", until_s=500.0))


def test_the_number_of_workers_changes_nothing(lowered):
    found = []
    for workers in (1, 2, 5):
        with Crowd(workers) as crowd:
            jobs = replications(lowered, SPAN, seed=3)
            found.append(replicate(crowd, jobs, what="runs", least=6, most=6))
    assert found[0] == found[1] == found[2]
    assert [run.replication for run in found[0]] == [0, 1, 2, 3, 4, 5]


def test_it_goes_on_in_batches_until_it_is_enough(lowered, crowd):
    seen = []

    def enough(runs):
        seen.append(len(runs))
        return len(runs) >= 10

    found = replicate(crowd, replications(lowered, SPAN, seed=1), what="runs", least=3, most=20, enough=enough)
    assert (seen, len(found)) == ([3, 7, 11], 11)


def test_it_stops_at_the_most_that_is_allowed(lowered, crowd):
    assert len(replicate(crowd, replications(lowered, SPAN, seed=1), what="runs", least=2, most=5)) == 5


def test_another_seed_is_another_run(lowered, crowd):
    one, two = (
        replicate(crowd, replications(lowered, SPAN, seed=seed), what="r", least=1, most=1)[0] for seed in (1, 2)
    )
    assert one.items["part"].finished != two.items["part"].finished


def test_an_interruption_keeps_what_is_finished_and_says_so(lowered, monkeypatch):
    """Ctrl-C arrives while the third result is awaited; the first two are there, the rest is stopped."""
    with Crowd(1) as crowd:
        jobs = [job for job, _ in zip(replications(lowered, SPAN, seed=1), range(4), strict=False)]
        finished = threading.Semaphore(0)
        asked = [0]

        def slow():
            asked[0] += 1
            if asked[0] > 2:
                finished.release()
                crowd._stop.wait(10)
            return lowered

        submit = crowd._pool.submit

        def interrupting(function, job):
            future = submit(function, job)
            if job.replication == 2:
                result = future.result
                calls = []

                def pressed(timeout=None):
                    if not calls:
                        calls.append(1)
                        finished.acquire(timeout=10)
                        raise KeyboardInterrupt
                    return result(timeout)

                future.result = pressed
            return future

        monkeypatch.setattr(crowd._pool, "submit", interrupting)
        found = crowd.run([Job(slow, job.span, job.seed, job.replication) for job in jobs], "runs")
    assert crowd.interrupted
    assert [run is not None for run in found] == [True, True, False, False]


def test_history_is_kept_on_request_only(lowered, crowd):
    jobs = replications(lowered, SPAN, seed=1), replications(lowered, SPAN, seed=1, history=True)
    short, whole = (replicate(crowd, each, what="runs", least=1, most=1)[0] for each in jobs)
    assert short.series.finished == whole.series.finished
    assert short.series.longest_active == whole.series.longest_active
    assert short.series.queue == {}
    assert set(whole.series.queue) == {"a", "b"}


def test_nothing_at_all_is_an_error(lowered):
    with Crowd(1) as crowd:
        crowd.interrupted = True
        with pytest.raises(RunError, match="before the first run"):
            replicate(crowd, replications(lowered, SPAN, seed=1), what="runs", least=2, most=2)


def test_narrow_is_relative_to_the_mean():
    assert narrow(Estimate(100.0, 0.9, 5), 0.01)
    assert not narrow(Estimate(100.0, 1.1, 5), 0.01)
    assert not narrow(Estimate(100.0, None, 1), 0.01)
