"""Mechanism 19: tools held together with machine and people."""

from tests.trial import simulate

MOULD = """
crews: {{f: {{skills: [fit], people: 2}}}}
tools: {{mould: {{{tool}}}}}
stations: {{a: {{}}, b: {{}}}}
items:
  p: {{made-by: p, release: {{saturated: true}}}}
  q: {{made-by: q, release: {{saturated: true}}}}
routes:
  p: [{{op: x, station: a, time: 4 s, people: {{fit: 1}}, tools: {{mould: 1}}}}]
  q: [{{op: x, station: b, time: 4 s, people: {{fit: 1}}, tools: {{mould: {number}}}}}]
"""


def mould(tool, until, *, number=1):
    return simulate(MOULD.format(tool=tool, number=number), until)


def test_stations_share_a_tool():
    trial = mould("number: 1", 12)
    assert len(trial.times("p") + trial.times("q")) == 3
    assert trial.states("a").get("starved for kit", 0) + trial.states("b").get("starved for kit", 0) == 12
    assert trial.record("tool", "mould").free == 0


def test_with_a_tool_each_nobody_waits():
    trial = mould("number: 2", 12)
    assert trial.times("p") == trial.times("q") == [4, 8, 12]


def test_an_operation_may_hold_several():
    # q needs both moulds at once; a, first in the document, takes one again and again.
    trial = mould("number: 2", 12, number=2)
    assert (trial.times("p"), trial.times("q")) == ([4, 8, 12], [])


def test_a_tool_travels_back_after_each_use():
    # Back 3 s after each use: 0 to 4, 7 to 11, 14 to 18.
    trial = mould("number: 1, return: 3 s", 18)
    assert sorted(trial.times("p") + trial.times("q")) == [4, 11, 18]


def test_a_tool_goes_to_repair_when_its_life_is_used_up():
    # Every second use: 0 to 4, 4 to 8, repaired to 18, 18 to 22, 22 to 26.
    trial = mould("number: 1, life: 2, repair: 10 s", 26)
    assert sorted(trial.times("p") + trial.times("q")) == [4, 8, 22, 26]
