"""Mechanism 19: tools held together with machine and people, mounted, worn and brought back."""

import pytest

from tests.audit import audit
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


def test_each_tool_wears_by_its_own_uses():
    # Both stations have one of their own (the one they had last): used up at 8, both away to 18.
    trial = mould("number: 2, life: 2, repair: 10 s", 22)
    assert trial.times("p") == trial.times("q") == [4, 8, 22]
    assert trial.run.tools["mould"].repairs == 2


MOUNT = """
tools: {{mould: {{{tool}}}, plate: {{setup: 3 s}}}}
stations: {{a: {{}}, b: {{}}}}
items:
  p: {{made-by: p, release: {{every: {every}}}}}
  q: {{made-by: q, release: {{every: {every}}}}}
routes:
  p: [{{op: x, station: a, time: 4 s, tools: {{mould: 1}}}}]
  q: [{{op: x, station: {other}, time: 4 s, tools: {{{held}}}}}]
"""


def mount(tool, until, *, every="20 s", other="b", held="mould: 1"):
    trial = simulate(MOUNT.format(tool=tool, every=every, other=other, held=held), until)
    audit(trial.outcome)
    return trial


def test_a_tool_is_mounted_on_a_machine_that_did_not_have_it():
    # At 20 a mounts the mould (5 s) and works to 29; b mounts it then and works to 38; at 40 a has to mount it again.
    trial = mount("setup: 5 s", 58)
    assert (trial.times("p"), trial.times("q")) == ([29, 49], [38, 58])
    assert trial.states("a")["setup"] == 5 + 5
    assert trial.run.tools["mould"].mounted == 4
    assert trial.stations["a"].setups == 2


def test_a_machine_keeps_the_tool_it_had_last():
    # One for each: mounted once, then it stays. Parts every 20 s.
    trial = mount("number: 2, setup: 5 s", 69)
    assert trial.times("p") == trial.times("q") == [29, 44, 64]
    assert trial.run.tools["mould"].mounted == 2


def test_another_tool_takes_its_place():
    # On one machine p takes the mould and q the plate by turns: 5 s and 3 s for each change.
    trial = mount("setup: 5 s", 59, other="a", held="plate: 1")
    assert trial.times("p") == [29, 49]
    assert trial.times("q") == [36, 56]


def test_an_operation_without_tools_leaves_it_mounted():
    trial = mount("setup: 5 s", 48, other="a", held="")
    assert trial.times("p") == [29, 44]
    assert trial.times("q") == [33, 48]


def test_a_tool_that_goes_home_or_to_repair_is_mounted_anew():
    assert mount("setup: 5 s, return: 1 s", 59, held="").times("p") == [29, 49]
    # Repaired after each second use: mounted at 20, still there at 40, mounted anew at 60.
    assert mount("setup: 5 s, life: 2, repair: 1 s", 69, held="").times("p") == [29, 44, 69]


def test_several_tools_are_mounted_one_after_the_other_and_after_a_change_of_family():
    document = MOUNT.format(tool="number: 2, setup: 5 s", every="100 s", other="b", held="mould: 2, plate: 1")
    trial = simulate(document.replace("b: {}", "b: {setup: {first: 7 s}}"), 133)
    # q needs both moulds, of which p has one to 109: 7 + 2 x 5 + 3 s of setup, then 4 s of work.
    assert trial.times("p") == [109]
    assert trial.states("b")["setup"] == 20
    assert trial.times("q") == [133]
    audit(trial.outcome)


def test_mounting_takes_the_people_of_a_setup():
    # The only fitter works at c from 10 to 40; a, free at 20, waits for him to mount.
    document = """
    crews: {f: {skills: [fit], people: 1}}
    tools: {mould: {setup: 5 s}}
    stations: {a: {setup: {people: {fit: 1}}}, c: {}}
    items: {p: {made-by: p, release: {every: 20 s}}, q: {made-by: q, release: {every: 10 s}}}
    routes:
      p: [{op: x, station: a, time: 4 s, tools: {mould: 1}}]
      q: [{op: y, station: c, time: 30 s, people: {fit: 1}}]
    """
    trial = simulate(document, 49)
    assert trial.times("p") == [49]
    assert trial.states("a")["waiting for people"] == 20


def test_a_mounting_is_never_lost_in_a_failure():
    # Down from 22 to 32 in the middle of the mounting (20 to 25): 3 s are left.
    document = MOUNT.format(tool="setup: 5 s", every="20 s", other="b", held="")
    trial = simulate(document.replace("a: {}", "a: {failures: [{uptime: 22 s, repair: 10 s}]}"), 39)
    assert trial.times("p") == [39]


def test_what_tools_do_is_told():
    # Used 20 to 24 and 40 to 44; on its way back 24 to 34 and 44 to 50.
    trial = mount("number: 3, return: 10 s", 50, held="")
    told = trial.run.tools["mould"]
    assert (told.number, told.uses, told.mounted, told.repairs) == (3, 2, 0, 0)
    assert told.held_mean == pytest.approx(8 / 50)
    assert told.away_mean == pytest.approx(16 / 50)
