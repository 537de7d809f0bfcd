"""The exact cases in a hurry: runs a fortieth as long as those of `make validate`, the same seeds every time."""

import pytest

from benchmarks.cases import PLANTS, cases, judge
from plantwright.model.check import check

CONFIDENCE = 0.999
SHORTER = 40
SHORTEST_S = 8_000.0
REPLICATIONS = 20

CASES = {case.id: case for case in cases()}


@pytest.mark.parametrize("name", CASES)
def test_the_exact_answer_is_in_the_interval(name):
    case = CASES[name]
    verdict = judge(case, replications=REPLICATIONS, run_s=max(case.run_s / SHORTER, SHORTEST_S))
    assert verdict.inside(CONFIDENCE), f"{verdict.mean} ± {verdict.half_width} for {case.exact}, z = {verdict.z:.1f}"
    # An interval as wide as the answer would hold anything.
    assert verdict.half_width_percent < 25 * case.half_width_percent


@pytest.mark.parametrize("name", CASES)
def test_the_plant_of_a_case_is_sound(name):
    assert check(CASES[name].document) == ()


def test_every_plant_belongs_to_a_case():
    assert {path.stem for path in PLANTS.glob("*.yaml")} == {case.plant for case in CASES.values()}
