"""Against brute force: every choice of values tried, every set of rules tried."""

from itertools import combinations, product

import pytest
from hypothesis import given, settings, strategies as st

from plantwright.optimise.configuration import allowed, configurations, conflict
from plantwright.problems.configuration import ConfigurationProblem, Rule


def holds(condition, chosen):
    return all(any(value in chosen for value in group) for group in condition)


def obeys(rule, chosen):
    if not holds(rule.when, chosen):
        return True
    met = sum(holds(each, chosen) for each in rule.then)
    return {"all": met == len(rule.then), "none": met == 0, "one": met == 1}[rule.kind]


def by_trying(options, rules):
    return [chosen for chosen in product(*options) if all(obeys(rule, chosen) for rule in rules)]


@st.composite
def problems(draw):
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=4))
    starts = [sum(sizes[:place]) for place in range(len(sizes))]
    options = tuple(tuple(range(start, start + size)) for start, size in zip(starts, sizes))
    groups = st.sampled_from(options).flatmap(
        lambda values: st.sets(st.sampled_from(values), min_size=1).map(lambda some: tuple(sorted(some)))
    )
    conditions = st.lists(groups, max_size=2).map(tuple)
    rules = st.builds(
        Rule,
        when=conditions,
        kind=st.sampled_from(["all", "none", "one"]),
        then=st.lists(st.lists(groups, min_size=1, max_size=2).map(tuple), min_size=1, max_size=3).map(tuple),
        weight=st.integers(1, 3),
    )
    return ConfigurationProblem(options, tuple(draw(st.lists(rules, max_size=6))))


@settings(max_examples=150, deadline=None)
@given(problems())
def test_configurations_and_conflicts_are_those_of_trying_everything(problem):
    right = by_trying(problem.options, problem.rules)
    assert configurations(problem, 1000) == right
    found = allowed(problem)
    assert (found in right) if right else found is None
    if right:
        with pytest.raises(ValueError, match="allow a configuration"):
            conflict(problem)
        return
    named = conflict(problem)
    assert not by_trying(problem.options, [problem.rules[each] for each in named])
    for without in named:  # irreducible: take any one away and there is a configuration
        kept = [problem.rules[each] for each in named if each != without]
        assert by_trying(problem.options, kept)
    weight = sum(problem.rules[each].weight for each in named)
    for size in range(len(problem.rules) + 1):  # and none is cheaper
        for some in combinations(range(len(problem.rules)), size):
            if sum(problem.rules[each].weight for each in some) < weight:
                assert by_trying(problem.options, [problem.rules[each] for each in some])


def test_the_smallest_conflict_is_found_beside_a_longer_one():
    """Choosing 0 leads into a conflict of two rules, or of three along a chain: the two are named."""
    options = ((0, 1), (2, 3), (4, 5), (6, 7))
    chain = [Rule(((0,),), "all", (((2,),),)), Rule(((2,),), "all", (((4,),),)), Rule(((4,),), "none", (((0,),),))]
    short = Rule(((0,),), "none", (((6,), (0,)), ((7,),)))
    chosen = Rule((), "all", (((0,),),))
    assert conflict(ConfigurationProblem(options, (*chain, short, chosen))) == (3, 4)
    assert conflict(ConfigurationProblem(options, (*chain, chosen))) == (0, 1, 2, 3)


def test_there_is_an_end_to_counting():
    assert len(configurations(ConfigurationProblem(tuple((2 * n, 2 * n + 1) for n in range(8))), 50)) == 50
