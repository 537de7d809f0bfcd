"""The instances of facility location are read and their solutions added up from the file alone."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks import siting
from plantwright.optimise.siting.serving import Serving

TEXT = """ 2 3
10 5.0
4 1.0
3 3 4
6.0 6.0 4.0
1.0 9.0 2.0
19.0
"""


@pytest.fixture
def instance(tmp_path):
    """Both sites are needed whole or in parts; the second holds one customer of 3 or of 4 pieces."""
    path = tmp_path / "two"
    path.write_text(TEXT, encoding="utf-8")
    return siting.read(path)


def test_a_file_is_sites_then_demands_then_a_row_of_costs_for_each_site(instance):
    assert (instance.capacity, instance.fixed, instance.demand) == ([10, 4], [5, 1], [3, 3, 4])
    assert (instance.cost, instance.best_whole, instance.written) == ([[6, 6, 4], [1, 9, 2]], 19.0, "19.0")


@pytest.mark.parametrize(("whole", "best"), [(True, 17.0), (False, 16.5)])
def test_what_is_found_is_added_up_again(instance, whole, best):
    """All from site 0: 5 + 16 = 21; customer 0 whole from site 1: 6 + 1 + 6 + 4 = 17; a quarter of customer 2 more
    from site 1 saves 0.5."""
    found = Serving(siting.problem_of(instance, whole=whole)).solve()
    assert siting.added_up(instance, found, whole=whole) == pytest.approx(best)
    assert found.objective == pytest.approx(best)


def test_a_solution_that_may_not_be_is_refused(instance):
    found = Serving(siting.problem_of(instance, whole=False)).solve()
    with pytest.raises(AssertionError, match="customer 2 is not served"):
        siting.added_up(instance, found, whole=True)
    with pytest.raises(AssertionError, match="more than it holds"):
        siting.added_up(instance, replace(found, share=np.array([[0.0, 0, 0], [1, 1, 1]])), whole=False)


@pytest.mark.parametrize(
    ("cost", "best", "written", "is_it"),
    [
        (1014099.61, 1014100.0, "1014100", True),
        (1014250.0, 1014100.0, "1014100", False),
        (932615.75, 932615.8, "932615.8", True),
        (932616.0, 932615.8, "932615.8", False),
        (895302.325, 895302.325, "", True),
        (895302.4, 895302.325, "", False),
    ],
)
def test_an_optimum_is_reached_to_the_digits_to_which_it_is_written(cost, best, written, is_it):
    assert siting.is_optimal(cost, best, written) == is_it


@pytest.mark.skipif(not siting.FOLDER.is_dir(), reason="the instances are not on this machine")
def test_a_published_optimum_is_reached():
    instance = siting.read(siting.FOLDER / "cap93")
    found = Serving(siting.problem_of(instance, whole=False)).solve()
    assert found.proven
    assert siting.is_optimal(siting.added_up(instance, found, whole=False), siting.SPLIT["cap93"])
