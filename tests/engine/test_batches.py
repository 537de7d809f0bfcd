"""Mechanism 6: ovens, parts that hold several pieces, transfer lots."""

import pytest

from tests.trial import simulate

OVEN = """
stations: {{o: {{batch: {{{batch}}}}}}}
items: {{p: {{made-by: p, release: {{every: 10 s}}}}}}
routes: {{p: [{{op: bake, station: o, time: 4 s}}]}}
"""


def test_an_oven_starts_full_when_its_minimum_is_its_maximum():
    trial = simulate(OVEN.format(batch="max: 3, min: 3"), 65)
    assert trial.times("p") == [34] * 3 + [64] * 3
    assert trial.stations["o"].completions == 6
    # It waits for its batch from the first part to the third: 10 to 30 and 40 to 60.
    assert trial.stations["o"].waiting_for_batch_s == 40
    assert trial.states("o") == {"busy": 8, "idle": 57}


def test_an_oven_starts_with_its_minimum():
    trial = simulate(OVEN.format(batch="max: 3, min: 2"), 45)
    assert trial.times("p") == [24, 24, 44, 44]


def test_an_oven_starts_when_its_first_part_has_waited_long_enough():
    # The first waits from 10 to 25 and takes the second along; the third waits from 30 to 45, with the fourth.
    trial = simulate(OVEN.format(batch="max: 3, wait: 15 s"), 50)
    assert trial.times("p") == [29, 29, 49, 49]


def test_an_oven_without_a_minimum_takes_what_is_there():
    # 25 s of baking: one at 10, then the two that came by 35, then the two that came before 60: what arrives at the
    # very
    # instant of a completion comes too late, since completions go before arrivals.
    trial = simulate(OVEN.format(batch="max: 3").replace("time: 4 s", "time: 25 s"), 86)
    assert trial.times("p") == [35, 60, 60, 85, 85]


def test_a_batch_is_of_one_family():
    trial = simulate(
        """
        stations: {o: {batch: {max: 4, min: 2}}}
        items:
          red: {made-by: red, release: {every: 10 s}}
          blue: {made-by: blue, release: {every: 15 s}}
        routes:
          red: [{op: bake, station: o, time: 1 s}]
          blue: [{op: bake, station: o, time: 1 s}]
        """,
        39,
    )
    assert (trial.times("red"), trial.times("blue")) == ([21, 21], [31, 31])


def test_parts_of_one_family_share_a_batch_and_go_their_own_ways():
    # Red and blue bake together; then red goes to r, blue to b.
    trial = simulate(
        """
        stations: {o: {batch: {max: 2, min: 2}}, r: {}, b: {}}
        items:
          red: {made-by: red, release: {every: 10 s}}
          blue: {made-by: blue, release: {every: 15 s}}
        routes:
          red: [{op: bake, station: o, time: 1 s, family: any}, {op: end, station: r, time: 2 s}]
          blue: [{op: bake, station: o, time: 1 s, family: any}, {op: end, station: b, time: 5 s}]
        """,
        29,
    )
    assert (trial.times("red"), trial.times("blue")) == ([18], [21])
    assert (trial.stations["r"].completions, trial.stations["b"].completions) == (1, 1)


def test_a_batch_takes_the_kit_of_every_part_or_leaves_the_part_out():
    # Two trays for three parts: the third waits for the next tray at 30.
    trial = simulate(
        """
        stations: {o: {batch: {max: 4}}, t: {}}
        items:
          tray: {made-by: tray, start: 2, release: {every: 29 s}}
          p: {made-by: p, release: {every: 10 s, group: 3}}
        routes:
          tray: [{op: x, station: t, time: 1 s}]
          p: [{op: bake, station: o, time: 3 s, uses: {tray: 1}}]
        """,
        35,
    )
    assert trial.times("p") == [13, 13, 33]
    assert min(trial.levels("tray")) == 0


def test_a_saturated_oven_is_always_full():
    document = OVEN.format(batch="max: 3").replace("every: 10 s", "saturated: true")
    assert simulate(document, 9).times("p") == [4, 4, 4, 8, 8, 8]


PANEL = """
stations: {{m: {{}}}}
items: {{p: {{made-by: p, moves-as: 6, release: {{every: 20 s}}}}}}
routes: {{p: [{{op: x, station: m, time: 2 s{per}}}]}}
"""


def test_times_are_per_piece_of_a_part_unless_said_otherwise():
    assert simulate(PANEL.format(per=""), 39).times("p") == [32] * 6
    assert simulate(PANEL.format(per=", per: part"), 39).times("p") == [22] * 6


def test_a_transfer_lot_moves_on_together():
    # a makes one every 2 s; every three go on to b together, in their order.
    trial = simulate(
        """
        stations: {a: {}, b: {}}
        items: {p: {made-by: p, release: {saturated: true}}}
        routes: {p: [{op: x, station: a, time: 2 s, transfer: 3}, {op: y, station: b, time: 1 s}]}
        """,
        15,
    )
    assert trial.times("p") == [7, 8, 9, 13, 14, 15]
    # Begun at 0, 2, 4: flow times 7, 6 and 5 s, in this order only if the first made is the first to go on.
    assert trial.items["p"].flow_time_quantiles_s["P99"] == pytest.approx(7, rel=0.01)


def test_a_lot_that_cannot_move_on_blocks_the_machine_that_completed_it():
    # b takes 10 s a part and has room for one. The lot of three done at 3: one is worked on, one waits in the room, and
    # the
    # last part stays on a until the room is free at 13: a makes no more than two of the next lot.
    trial = simulate(
        """
        stations: {a: {}, b: {room: 1}}
        items: {p: {made-by: p, release: {saturated: true}}}
        routes: {p: [{op: x, station: a, time: 1 s, transfer: 3}, {op: y, station: b, time: 10 s}]}
        """,
        13,
    )
    assert trial.times("p") == [13]
    assert trial.states("a") == {"busy": 3, "blocked": 10}


TWO_ITEMS = """
stations: {{oven: {{batch: {{max: 4, min: {fewest}, wait: 10 s}}}}, b: {{}}}}
items:
  p: {{made-by: p, release: {{every: 10 s}}}}
  q: {{made-by: q, release: {{every: {every}}}}}
routes:
  p: [{{op: bake, station: oven, time: 5 s, family: hot}}, {{op: pack, station: b, time: 3 s}}]
  q: [{{op: bake, station: oven, time: 5 s, family: hot}}, {{op: pack, station: b, time: 3 s}}]
"""


def test_parts_leave_an_oven_in_the_order_in_which_they_came():
    # p comes at 10 and q at 11, both leave the oven at 16 and are packed one after the other.
    trial = simulate(TWO_ITEMS.format(fewest=2, every="11 s"), 25)
    assert (trial.times("p"), trial.times("q")) == ([19], [22])


def test_whoever_arrives_at_the_instant_at_which_the_wait_is_over_is_in_time():
    # The first p has waited for ten seconds when q and the second p arrive at 20: arrivals go before time-outs.
    trial = simulate(TWO_ITEMS.format(fewest=4, every="20 s"), 36)
    assert trial.stations["oven"].completions == 3
    assert (trial.times("p"), trial.times("q")) == ([28, 34], [31])


def test_an_oven_takes_the_time_of_its_first_part():
    # Two of one family come at 10 and 11, with 5 s and 50 s to bake: the first one's time, whatever is in it.
    trial = simulate(
        """
        stations: {oven: {batch: {max: 2, min: 2}}}
        items:
          p: {made-by: p, release: {every: 10 s}}
          q: {made-by: q, release: {every: 11 s}}
        routes:
          p: [{op: x, station: oven, time: 5 s, family: f}]
          q: [{op: x, station: oven, time: 50 s, family: f}]
        """,
        16,
    )
    assert (trial.times("p"), trial.times("q")) == ([16], [16])


@pytest.mark.parametrize("needs", ["uses: {tray: 1}", "people: {bake: 1}", "tools: {rack: 1}"])
def test_operations_with_kits_people_or_tools_share_no_batch_with_others(needs):
    # p at 10 and q at 10, of one family, in an oven for two: apart, one after the other.
    trial = simulate(
        f"""
        crews: {{f: {{skills: [bake], people: 1}}}}
        tools: {{rack: {{}}}}
        stations: {{oven: {{batch: {{max: 2}}}}}}
        items:
          tray: {{buy: {{}}}}
          p: {{made-by: p, release: {{every: 10 s}}}}
          q: {{made-by: q, release: {{every: 10 s}}}}
        routes:
          p: [{{op: x, station: oven, time: 4 s, family: f, {needs}}}]
          q: [{{op: x, station: oven, time: 4 s, family: f}}]
        """,
        19,
    )
    assert sorted([*trial.times("p"), *trial.times("q")]) == [14, 18]
