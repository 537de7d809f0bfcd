"""Deadlock: found at the instant at which the circle closes, and told who waits for whom."""

import pytest

import plantwright as pw
from plantwright.engine.replication import Deadlock
from tests.trial import plant_of, simulate

# Everything that b tests goes back to a, while new parts come from the door: a, b and their places fill up.
RING = """
stations: {door: {}, a: {room: 1}, b: {room: 1}}
routes:
  r:
    - {op: enter, station: door, time: 1 s}
    - {op: make, station: a, time: 1 s}
    - {op: test, station: b, time: 1 s, good: 0 %, else: {to: make}}
products: {part: {made-by: r, release: {saturated: true}}}
"""
# Parts that come back have another station to go to.
WITH_A_WAY_OUT = """
stations: {a: {room: 1}, b: {room: 1}, spare: {}}
routes:
  r:
    - {op: make, station: [a, spare], time: 1 s}
    - {op: test, station: b, time: 1 s, good: 50 %, else: {to: make}}
products: {part: {made-by: r, release: {saturated: true}}}
"""


def test_the_circle_is_found_when_it_closes():
    # 3 s: a hands part 1 to b's queue, the door part 2 to a; b rejects part 0, which finds a place in a's queue.
    # 4 s: a hands part 2 to b's place and takes part 0; the door fills a's place with part 3; b rejects part 1.
    # 5 s: a has made part 0 again, and b's place is taken by part 2: a waits for b and b for a.
    with pytest.raises(Deadlock) as found:
        simulate(RING, 100)
    assert sorted(found.value.stations) == [1, 2]
    assert found.value.time == 5_000_000


def test_it_is_told_in_names_with_a_remedy():
    with pytest.raises(pw.RunError, match=r"deadlock after .*: finished parts wait for room in a circle") as found:
        pw.simulate(plant_of(RING), until=100.0, warmup=0.0, replications=1)
    finding = found.value.findings[0]
    assert finding.code == "E419"
    assert "a for b" in finding.message and "b for a" in finding.message
    assert finding.place.path.startswith("stations.")


def test_a_part_with_another_station_to_go_to_is_in_no_circle():
    assert simulate(WITH_A_WAY_OUT, 500).items["part"].finished > 0


def test_a_full_line_without_a_ring_is_none():
    line = """
stations: {a: {room: 0}, b: {room: 0}, c: {room: 0}}
routes:
  r:
    - {op: x, station: a, time: 1 s}
    - {op: y, station: b, time: 1 s}
    - {op: z, station: c, time: 5 s}
products: {part: {made-by: r, release: {saturated: true}}}
"""
    assert simulate(line, 52).items["part"].finished == 10


def test_two_machines_wait_until_both_are_full():
    # While one machine of b works, a's part may still go there: the circle closes when both hold parts that want to a.
    two = RING.replace("b: {room: 1}", "b: {room: 1, machines: 2}")
    with pytest.raises(Deadlock) as found:
        simulate(two, 100)
    assert sorted(found.value.stations) == [1, 2]


def test_a_sample_may_wait_for_its_own_place():
    # The second part is looked at by b from 2 to 3 s. Its lot goes on to b then, where nothing can wait, and it itself
    # last: b waits for b.
    with pytest.raises(Deadlock) as found:
        simulate(
            """
            stations: {a: {}, b: {room: 0}}
            routes:
              r:
                - {op: make, station: a, time: 1 s, sample: {every: 2, operations: [look]}}
                - {op: pack, station: b, time: 1 s}
                - {op: look, station: b, time: 1 s, side: true}
            products: {part: {made-by: r, release: {saturated: true}}}
            """,
            100,
        )
    assert (found.value.time, found.value.stations) == (3_000_000, [1])


def locked(document, until=100):
    """When and where a plant locks: the time [s], and of each station of the circle what it waits for, and where."""
    plant = plant_of(document)
    with pytest.raises(Deadlock) as found:
        simulate(document, until)
    names = list(plant.stations)
    circle = [(names[wait.station], wait.kind, names[wait.goal]) for wait in found.value.waits]
    return found.value.time / 1e6, circle


OVEN = """
stations: {bake: {room: 3, batch: {max: 3, min: 3}}, test: {room: 0}}
routes:
  r:
    - {op: bake, station: bake, time: 2 s}
    - {op: test, station: test, time: 10 s, good: 0 %, else: {to: bake}}
products: {part: {made-by: r, release: {conwip: 6}}}
"""


def test_parts_of_a_batch_wait_in_the_oven():
    # Three are baked from 0 to 2 s, three more wait before the oven. One of the batch is tested from 2 to 12 s, the two
    # others stay in the oven meanwhile; then the first one has to be baked again, and there is no room.
    assert locked(OVEN) == (12.0, [("bake", "room", "test"), ("test", "room", "bake")])


def test_so_does_the_last_one_of_a_batch():
    two = OVEN.replace("room: 3, batch: {max: 3, min: 3}", "room: 2, batch: {max: 2, min: 2}").replace("6", "4")
    assert locked(two) == (12.0, [("bake", "room", "test"), ("test", "room", "bake")])


def test_an_oven_that_can_be_filled_and_emptied_goes_on():
    # With room for all six nobody ever waits for room at the oven.
    assert simulate(OVEN.replace("room: 3", "room: 6"), 100).stations["test"].completions == 9


def test_an_oven_full_of_parts_that_make_no_batch():
    # A red part comes at 10 s and a blue one at 11 s; of each a second one would be needed, for which there is no room.
    document = """
    stations: {bake: {name: Deck oven, room: 2, batch: {max: 2, min: 2}}}
    routes:
      red: [{op: bake, station: bake, time: 2 s, family: red}]
      blue: [{op: bake, station: bake, time: 2 s, family: blue}]
    products: {red: {made-by: red, release: {every: 10 s}}, blue: {made-by: blue, release: {every: 11 s}}}
    """
    assert locked(document) == (11.0, [("bake", "batch", "bake")])
    with pytest.raises(pw.RunError, match="bake waits for a batch that can never come together") as found:
        pw.simulate(plant_of(document), until=100.0, warmup=0.0, replications=1)
    finding = found.value.findings[0]
    assert (finding.code, finding.place.path) == ("E419", "stations.bake.batch")
    assert simulate(document.replace("min: 2", "min: 2, wait: 5 s"), 100).items["red"].finished > 5


def test_a_transfer_lot_of_which_only_one_finds_room():
    # Three are made by 3 s and passed on together: one is tested from 3 to 13 s, the second waits in no place of its
    # own, the third on its machine until the others have passed. One waits before a; the first has to be made again.
    document = """
    stations: {a: {room: 1}, b: {room: 0}}
    routes:
      r:
        - {op: make, station: a, time: 1 s, transfer: 3}
        - {op: test, station: b, time: 10 s, good: 0 %, else: {to: make}}
    products: {part: {made-by: r, release: {conwip: 5}}}
    """
    assert locked(document) == (13.0, [("a", "room", "b"), ("b", "room", "a")])


PLACE = """
stations: {a: {room: 1, blocking: before}, b: {room: 0}}
routes:
  r:
    - {op: make, station: a, time: 1 s}
    - {op: test, station: b, time: 3 s, good: 0 %, else: {to: make}}
products: {part: {made-by: r, release: {conwip: 3}}}
"""


def test_a_machine_that_looks_ahead_waits_for_a_place():
    # The first part is made to 1 s and tested to 4 s. Meanwhile a does not begin the second one, which fills its queue,
    # since there is no place at b; and there never will be, since the first has to go back to a.
    assert locked(PLACE) == (4.0, [("a", "place", "b"), ("b", "room", "a")])
    with pytest.raises(pw.RunError, match="a, before it begins anything, for a place at b, b for a") as found:
        pw.simulate(plant_of(PLACE), until=100.0, warmup=0.0, replications=1)
    finding = found.value.findings[0]
    assert (finding.code, finding.place.path) == ("E419", "stations.a.blocking")
    assert "Let a block after service" in finding.remedy


def test_a_part_may_wait_for_the_place_that_it_takes_itself():
    # Nothing waits before a, and a is empty: but what b has tested could be made again only if b were empty.
    assert locked(PLACE.replace("room: 1, ", "room: 0, ").replace("conwip: 3", "conwip: 1")) == (
        4.0,
        [("a", "place", "b"), ("b", "room", "a")],
    )


KEPT = """
stations: {f: {blocking: before}, r: {room: 0}, t: {room: 1}}
routes:
  p:
    - {op: make, station: f, time: 5 s, good: 0 %, else: {to: mend}}
    - {op: pack, station: t, time: 1 s}
    - {op: mend, station: r, time: 1 s, side: true}
  q:
    - {op: mend, station: r, time: 2 s}
    - {op: pack, station: t, time: 1 s}
products: {p: {made-by: p, release: {every: 10 s}}, q: {made-by: q, release: {every: 11 s}}}
"""


def test_a_place_is_kept_by_a_machine_that_waits_elsewhere():
    # f begins at 10 s and keeps the one place at t; so q, through with r at 13 s, cannot go there. At 15 s the part on
    # f is rejected and waits for r, still keeping its place: t stands empty for ever.
    assert locked(KEPT) == (15.0, [("r", "room", "t"), ("t", "kept", "r")])
    with pytest.raises(pw.RunError, match="r for t, t, where f keeps the place, for r") as found:
        pw.simulate(plant_of(KEPT), until=100.0, warmup=0.0, replications=1)
    assert found.value.findings[0].place.path == "stations.f.blocking"


def test_a_place_that_is_kept_may_become_free():
    # What f rejects is scrapped: at 15 s its place is free, and q is packed.
    assert simulate(KEPT.replace(", else: {to: mend}", ""), 20).times("q") == [16]
    # With room for two at t both go their ways: q is packed from 13 to 14 s, p mended by 16 s.
    both = simulate(KEPT.replace("t: {room: 1}", "t: {room: 2}"), 20)
    assert both.times("q") == [14]
    assert both.operation("p", "mend").completions == 1
