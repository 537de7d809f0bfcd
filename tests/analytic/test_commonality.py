import pytest
from hypothesis import given, strategies as st

from plantwright.analytic.commonality import (
    component_index,
    degree_of_commonality,
    parents,
    total_constant_commonality,
)

# Three products of nine parts each, 27 uses of 15 distinct parts: six that all three use, nine that one uses.
TOY = {product: {f"s{n}" for n in range(6)} | {f"{product}{n}" for n in range(3)} for product in ("a", "b", "c")}


def test_the_toy_family_of_three_products_27_uses_and_15_parts():
    uses = list(parents(TOY).values())
    assert (sum(uses), len(uses)) == (27, 15)
    assert degree_of_commonality(uses) == pytest.approx(1.80)
    assert total_constant_commonality(uses) == pytest.approx(0.462, abs=5e-4)
    assert component_index(list(TOY.values())) == pytest.approx(2 / 3)


def test_products_that_share_nothing_are_at_the_lower_end():
    kits = {"a": {"x", "y"}, "b": {"u", "v"}}
    uses = list(parents(kits).values())
    assert degree_of_commonality(uses) == 1
    assert total_constant_commonality(uses) == 0
    assert component_index(list(kits.values())) == 0


def test_products_that_share_everything_are_at_the_upper_end():
    assert component_index([{"x", "y"}, {"x", "y"}]) == 1
    assert total_constant_commonality([5]) == 1


def test_one_product_alone_shares_nothing():
    assert component_index([{"x", "y"}]) == 0
    assert component_index([]) == 0
    assert total_constant_commonality([1]) == 0
    assert degree_of_commonality([]) == 1


@given(st.lists(st.sets(st.integers(0, 12).map(str), min_size=1), min_size=2, max_size=5))
def test_an_index_counts_only_what_is_shared(kits):
    found = {f"p{number}": kit for number, kit in enumerate(kits)}
    apart = {name: {f"{name}-{part}" for part in kit} for name, kit in found.items()}
    uses, alone = list(parents(found).values()), list(parents(apart).values())
    assert degree_of_commonality(uses) >= degree_of_commonality(alone) == 1
    assert 0 == total_constant_commonality(alone) <= total_constant_commonality(uses) <= 1
    assert component_index(list(apart.values())) == pytest.approx(0)
    assert -1e-12 <= component_index(list(found.values())) <= 1
