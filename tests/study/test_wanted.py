import pytest

from plantwright.errors import RunError
from plantwright.study.wanted import wanted

TWO = """
    plantwright: 1
    name: Two products
    stations: {m: {}}
    items: {screw: {made-by: screw, policy: {kanban: 10}}}
    routes:
      screw: [{op: turn, station: m, time: 1 s}]
      red: [{op: red, station: m, time: 1 s, uses: {screw: 2}}]
      blue: [{op: blue, station: m, time: 1 s}]
    products: {red: {made-by: red}, blue: {made-by: blue}}
    demand: {red: {year: 300}, blue: {year: 100}, screw: {year: 50}}
"""


def test_products_count_in_the_mix_of_their_demand_and_the_rest_is_spares(write):
    found = wanted(write(TWO))
    assert found.sold == ("red", "blue")
    assert found.mix == {"red": 0.75, "blue": 0.25}
    assert (found.target, found.spares) == (400, {"screw": 50})


def test_a_target_goes_before_the_sum_of_the_demand(write):
    assert wanted(write(TWO.replace("name: Two", "target: 1000\n    name: Two"))).target == 1000


def test_without_products_what_nothing_is_built_from_counts(write):
    made = "items: {red: {made-by: red, release: {saturated: true}}, "
    text = TWO[: TWO.index("    products")].replace("items: {", made)
    assert wanted(write(text)).sold == ("red",)


def test_a_plant_that_makes_nothing_has_no_answer(bench):
    with pytest.raises(RunError, match="makes anything"):
        wanted(bench.replace(products={}, demand={}))
