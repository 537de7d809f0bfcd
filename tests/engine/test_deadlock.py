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
