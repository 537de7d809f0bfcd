"""What must not change a plant's answer, and what must change it one way only."""

import json
import re

import pytest
from hypothesis import given, settings, strategies as st

from tests.strategies import plants
from tests.trial import simulate, simulate_drawn


def left_behind(trial):
    """All that is counted, in the order of the document."""
    return [list(trial.items.values()), list(trial.stations.values()), list(trial.run.crews.values())]


@settings(max_examples=25)
@given(plants())
def test_the_same_seed_gives_the_same_run(tree):
    assert repr(left_behind(simulate_drawn(tree, 600, bin_s=100))) == repr(
        left_behind(simulate_drawn(tree, 600, bin_s=100))
    )


@settings(max_examples=25)
@given(plants())
def test_names_of_stations_do_not_matter(tree):
    renamed = json.loads(re.sub(r'"s(\d)"', r'"zz-\1"', json.dumps(tree)))
    assert set(renamed["stations"]).isdisjoint(tree["stations"])
    named = [simulate_drawn(each, 600, bin_s=100) for each in (tree, renamed)]
    assert len({re.sub(r"'(s|zz-)\d'", "", repr(left_behind(trial))) for trial in named}) == 1


@settings(max_examples=25)
@given(plants())
def test_minutes_and_seconds_are_the_same(tree):
    text = re.sub(r"\b(\d+) s\b", lambda found: f"{int(found[1]) * 1000} ms", json.dumps(tree))
    assert text != json.dumps(tree)
    assert repr(left_behind(simulate_drawn(json.loads(text), 600, bin_s=100))) == repr(
        left_behind(simulate_drawn(tree, 600, bin_s=100))
    )


LINE = """
stations: {{a: {{}}, b: {{room: {room}}}, c: {{room: {room}}}}}
items: {{p: {{made-by: p, release: {{saturated: true}}}}}}
routes:
  p:
    - {{op: x, station: a, time: exponential({time} s)}}
    - {{op: y, station: b, time: exponential({time} s)}}
    - {{op: z, station: c, time: exponential({time} s)}}
"""


@settings(max_examples=20)
@given(st.integers(0, 5), st.integers(1, 5), st.integers(1, 50))
def test_more_room_never_makes_fewer(room, more, seed):
    # With the same times in the same order a line's departures are earlier with more room (Glasserman & Yao).
    little, much = (
        simulate(LINE.format(room=r, time=10), 2000, seed=seed, bin_s=2000).items["p"] for r in (room, room + more)
    )
    assert much.finished >= little.finished


@settings(max_examples=20)
@given(st.integers(0, 5), st.integers(1, 50))
def test_faster_machines_never_make_fewer(room, seed):
    slow, fast = (simulate(LINE.format(room=room, time=t), 2000, seed=seed, bin_s=2000).items["p"] for t in (10, 9))
    assert fast.finished >= slow.finished


@pytest.mark.parametrize("factor", [2, 60])
def test_a_plant_in_slow_motion_does_the_same(factor):
    usual = simulate(LINE.format(room=2, time=10), 2000, bin_s=2000)
    slow = simulate(LINE.format(room=2, time=10 * factor), 2000 * factor, bin_s=2000 * factor)
    assert usual.items["p"].finished == slow.items["p"].finished
