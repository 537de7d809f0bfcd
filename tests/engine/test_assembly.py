"""Mechanism 7: kits, options, disassembly, serial pieces."""

import pytest

from plantwright.codes import NONE
from tests.audit import audit, chain
from tests.trial import simulate

KIT = """
stations: {{m: {{}}, a: {{}}, b: {{}}}}
items:
  x: {{made-by: x, release: {{every: 10 s}}}}
  y: {{made-by: y, release: {{every: 16 s}}}}
  p: {{made-by: p, release: {{saturated: true}}}}
routes:
  x: [{{op: x, station: a, time: 1 s}}]
  y: [{{op: y, station: b, time: 1 s}}]
  p: [{{op: join, station: m, time: 2 s, uses: {{{kit}}}}}]
"""


def test_an_operation_waits_until_its_whole_kit_is_there():
    # x at 11, 21, 31, 41, 51; y at 17, 33, 49: joined from 17, 33 and 49 on.
    trial = simulate(KIT.format(kit="x: 1, y: 1"), 51)
    assert trial.times("p") == [19, 35, 51]
    assert trial.states("m") == {"busy": 6, "starved for kit": 45}
    assert trial.items["x"].consumed == trial.items["y"].consumed == 3


def test_the_kit_is_taken_at_the_start():
    # At 17 both leave their shelves, two seconds before the unit is done.
    trial = simulate(KIT.format(kit="x: 1, y: 1"), 18)
    assert (trial.levels("x")[-1], trial.levels("y")[-1]) == (0, 0)
    assert trial.levels("x")[10:16] == [1] * 6


def test_a_kit_may_take_several_pieces():
    # Three x for each: 11, 21, 31 and 41, 51, 61.
    assert simulate(KIT.format(kit="x: 3"), 65).times("p") == [33, 63]


def test_pieces_of_a_kit_are_per_piece_of_the_part():
    # Two units move as one: six x for them. They are worked on 2 s each.
    document = KIT.format(kit="x: 3").replace("p: {made-by: p, ", "p: {made-by: p, moves-as: 2, ")
    assert simulate(document, 65).times("p") == [65, 65]


def test_what_stands_on_a_feeders_shelf_counts_against_its_room():
    # The shelf of x holds two; y comes at 41. The third x is done at 31 and blocks until one is taken at 41; the
    # fourth,
    # begun then, blocks from 42 on.
    document = (
        KIT.format(kit="x: 1, y: 1").replace("x: {made-by: x, ", "x: {made-by: x, room: 2, ").replace("16 s", "40 s")
    )
    trial = simulate(document, 50)
    assert trial.times("x") == [11, 21, 41]
    assert trial.states("a")["blocked"] == 10 + 8


OPTIONS = """
stations: {m: {}}
items: {cell: {buy: {}}}
products: {p: {made-by: p, options: {packs: {"2": 50 %, "3": 50 %}}, release: {saturated: true}}}
routes: {p: [{op: join, station: m, time: 1 s, uses: {cell: {"2": 2, "3": 3}}}]}
"""


def test_an_option_is_drawn_for_each_unit_and_chooses_its_kit():
    trial = simulate(OPTIONS, 4000, bin_s=1000)
    taken = trial.items["cell"].consumed / trial.items["p"].released
    assert taken == pytest.approx(2.5, abs=0.03)  # four standard deviations: 4 x 0.5 / sqrt(4000)


def test_a_kit_by_option_is_never_taken_before_it_is_there():
    # Only three cells ever come: a unit with three takes them all, else one with two leaves one behind.
    document = OPTIONS.replace("cell: {buy: {}}", "cell: {start: 3}")
    trial = simulate(document, 100)
    assert trial.items["cell"].consumed in (2, 3)
    assert min(trial.levels("cell")) >= 0


def test_disassembly_gives_several_items():
    trial = simulate(
        """
        stations: {m: {}}
        items: {old: {made-by: take-apart, release: {every: 10 s}}, screw: {}, case: {}}
        routes: {take-apart: [{op: open, station: m, time: 3 s, gives: {screw: 4, case: 1}, then: scrap}]}
        """,
        24,
    )
    assert trial.levels("screw")[11:13] == [0, 4]
    assert (trial.levels("screw")[-1], trial.levels("case")[-1]) == (8, 2)
    assert trial.items["old"].scrapped == 2


SERIAL = """
stations: {a: {}, m: {}}
items:
  cell: {made-by: cell, serial: true, policy: {kanban: 3}, start: 0}
  pack: {made-by: pack, serial: true, release: {saturated: true}}
routes:
  cell: [{op: x, station: a, time: 1 s}]
  pack: [{op: y, station: m, time: 2 s, uses: {cell: 2}}]
"""


def test_serial_pieces_stay_with_what_they_are_built_into():
    trial = simulate(SERIAL, 9)
    world = trial.outcome.world
    packs = chain(world, trial.record("item", "pack").first_serial)
    assert len(packs) == trial.items["pack"].finished == 3
    children = [chain(world, world.part[pack].child, "sibling") for pack in packs]
    assert [len(found) for found in children] == [2, 2, 2]
    # Cells were made one after the other and built in first come, first served.
    born = [sorted(int(world.part[cell].born) for cell in found) for found in children]
    assert born == sorted(born)
    assert all(world.part[cell].child == NONE for found in children for cell in found)


def test_serial_pieces_leave_with_the_customer():
    trial = simulate(SERIAL + "demand: {pack: {every: 4 s}}", 40)
    packs = chain(trial.outcome.world, trial.record("item", "pack").first_serial)
    assert len(packs) == trial.record("item", "pack").stock == trial.items["pack"].finished - 10


def test_serial_pieces_are_scrapped_with_what_they_are_built_into():
    # Every pack is scrapped: 2 cells each are taken, and no record of a part is left behind.
    document = SERIAL.replace("time: 2 s, uses", "time: 2 s, good: 0 %, uses")
    trial = simulate(document, 21)
    audit(trial.outcome)
    assert trial.items["pack"].scrapped >= 5
    assert trial.items["cell"].consumed == 2 * trial.items["pack"].released
    inside = len(trial.outcome.world.part) - int(trial.outcome.world.clock.free_parts[0])
    cells = trial.items["cell"].released - 2 * trial.items["pack"].scrapped
    assert inside == cells + trial.items["pack"].released - trial.items["pack"].scrapped


def test_a_full_shelf_takes_what_is_given_by_a_teardown_all_the_same():
    trial = simulate(
        """
        stations: {m: {}}
        items: {old: {made-by: take-apart, release: {every: 10 s}}, screw: {room: 5, start: 3}}
        routes: {take-apart: [{op: open, station: m, time: 3 s, gives: {screw: 4}, then: scrap}]}
        """,
        24,
    )
    assert trial.levels("screw")[-1] == 3 + 8
    assert "blocked" not in trial.states("m")
