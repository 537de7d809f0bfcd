"""Intervals of 95 % hold the truth 95 times in a hundred: one machine with Poisson arrivals, asked 200 times."""

import math

import pytest

from plantwright.answers.simulate import simulate
from plantwright.model.plant import Plant

ANSWERS = 200
CONFIDENCE = 0.95
MEAN_S = 5.0
"""Time in the system at load 0.8: 1 s / (1 - 0.8). Its law is exponential. [s]"""

PLANT = Plant.model_validate(
    {
        "name": "One machine, load 0.8",
        "stations": {"machine": {}},
        "routes": {"job": [{"op": "work", "station": "machine", "time": "exponential(1 s)"}]},
        "products": {"job": {"made_by": "job", "release": {"every": "exponential(1.25 s)"}}},
    }
)

TRUTH = {
    "throughput_per_h": 0.8 * 3600,
    "wip_mean": 0.8 * MEAN_S,
    "flow_time_mean_s": MEAN_S,
    "flow_time_p50_s": MEAN_S * math.log(2),
    "flow_time_p90_s": MEAN_S * math.log(10),
    "flow_time_p99_s": MEAN_S * math.log(100),
}


@pytest.fixture(scope="module")
def answers():
    return [
        simulate(PLANT, until=20_000.0, warmup=1_000.0, confidence=CONFIDENCE, seed=seed).items["job"]
        for seed in range(1, ANSWERS + 1)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("figure", TRUTH)
def test_the_interval_covers_the_truth_as_often_as_it_says(answers, figure):
    estimates = [getattr(answer, figure) for answer in answers]
    covered = sum(abs(found.mean - TRUTH[figure]) <= found.half_width for found in estimates)
    # 190 of 200 expected, 3.1 the standard deviation: four of them on either side
    assert 178 <= covered <= 200
    # and the mean of all of them is as near as two thousand replications allow
    widths = sum(found.half_width for found in estimates) / ANSWERS
    middle = sum(found.mean for found in estimates) / ANSWERS
    assert abs(middle - TRUTH[figure]) < 4 * widths / 2.26 / math.sqrt(ANSWERS)
