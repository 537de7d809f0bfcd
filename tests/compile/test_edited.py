"""However a state is edited, it is refused with a reason or a run begins from it in which everything adds up."""

import copy

import pytest
from hypothesis import assume, given, settings, strategies as st

from plantwright.compile import lift_state, lower
from plantwright.engine.replication import Deadlock, begun
from plantwright.io.document import load
from plantwright.io.validate import validated
from plantwright.model.fit import fit
from plantwright.model.state import State
from tests.continuing import check_world, ticks
from tests.engine.features import PLANTS

AT_S = 1300
NAMES = ("people", "kits", "dates", "transport")


def left_by_a_run(name):
    """A plant, and the state it is in after a while, as a document holds it."""
    plant = load(PLANTS / f"{name}.yaml")
    problem = lower(plant, mode="as-written", until_s=2000)
    run = begun(problem.world, seed=3, replication=0, until=problem.until)
    run.advance(to=ticks(AT_S))
    state = lift_state(plant, problem, run.world)
    return plant, state.model_dump(mode="json", by_alias=True, exclude_defaults=True)


@pytest.fixture(scope="module")
def left():
    return {name: left_by_a_run(name) for name in NAMES}


def places(node, path=()):
    """Paths of everything in a tree."""
    for key in node if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ():
        yield (*path, key)
        yield from places(node[key], (*path, key))


def at(tree, path):
    for key in path:
        tree = tree[key]
    return tree


def alike(tree, path):
    """What stands elsewhere in the place of what is at a path: values of the same field, entries of the same list."""
    kind = [key for key in path if isinstance(key, str)][-1]
    for other in places(tree):
        if len(other) == len(path) and other[0] == path[0] and kind in other[-2:]:
            yield at(tree, other)


@st.composite
def edits(draw, tree):
    """The tree with something taken out, doubled, or put in the place of something else."""
    tree = copy.deepcopy(tree)
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from([path for path in places(tree) if path != ("at",)]))
        owner, key = at(tree, path[:-1]), path[-1]
        how = draw(st.sampled_from(["take out", "put", "put", "double"]))
        value = copy.deepcopy(draw(st.sampled_from([*alike(tree, path)] or [owner[key]])))
        if how == "take out":
            del owner[key]
        elif how == "double" and isinstance(owner, list):
            owner.insert(key, value)
        else:
            owner[key] = value
        assume(tree)
    return tree


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60)
@given(data=st.data())
def test_an_edited_state_is_refused_or_begun_from(left, name, data):
    plant, tree = left[name]
    state, faults = validated(data.draw(edits(tree)), State)
    if state is None:
        assert all(fault.message and fault.remedy for fault in faults)
        return
    findings = fit(state, plant)
    assert all(finding.message and finding.remedy and finding.place for finding in findings)
    if any(finding.is_error for finding in findings):
        return
    problem = lower(plant, mode="as-written", until_s=AT_S + 60, state=state)
    run = begun(problem.world, seed=1, replication=0, until=problem.until, warmup=ticks(AT_S))
    try:
        run.advance()
    except Deadlock:
        return
    check_world(run.outcome())
    assert not [finding for finding in fit(lift_state(plant, problem, run.world), plant) if finding.is_error]
