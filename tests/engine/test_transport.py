"""Mechanism 12: ways between stations, and carriers."""

import pytest

from plantwright.codes import ENDED, JOINED, SET_OUT, STARTED
from plantwright.compile import lower
from plantwright.engine.run import run
from tests.audit import audit
from tests.trial import plant_of, simulate

WAY = """
carriers: {{cart: {{{cart}}}}}
shops: {{hall: {{site: here}}, yard: {{site: here}}}}
sites: {{here: {{}}}}
stations: {{a: {{shop: hall}}, b: {{shop: yard, {b}}}}}
travel: [{{{way}}}]
items: {{p: {{made-by: p, release: {{{release}}}}}}}
routes: {{p: [{{op: x, station: a, time: 2 s}}, {{op: y, station: b, time: {time} s}}]}}
"""


def way(trip, *, cart="", b="", release="every: 10 s", time=1):
    return WAY.format(way=trip, cart=cart, b=b, release=release, time=time)


def test_parts_travel_by_themselves():
    # Done on a at 12, 22, 32; five seconds later at b. Nobody waits for them.
    trial = simulate(way("from: a, to: b, time: 5 s"), 38)
    assert trial.times("p") == [18, 28, 38]
    assert trial.states("a") == {"busy": 6, "idle": 32}
    assert trial.items["p"].flow_time_mean_s == 8


def test_a_way_may_be_between_shops_and_the_most_specific_one_counts():
    assert simulate(way("from: hall, to: yard, time: 7 s"), 20).times("p") == [20]
    both = way("from: hall, to: yard, time: 7 s}, {from: a, to: b, time: 3 s")
    assert simulate(both, 20).times("p") == [16]


def test_the_place_of_a_part_under_way_is_kept():
    # b has room for one and takes 30 s. Part 1 sets out at 2; part 2, done at 4, waits for the place until part 1 has
    # come
    # (7) and been taken, comes at 12, and is taken at 37; part 3, done at 9, sets out then: there at 42.
    trial = simulate(way("from: a, to: b, time: 5 s", b="room: 1", release="saturated: true", time=30), 68)
    assert trial.times("p") == [37, 67]
    assert trial.states("a") == {"busy": 2 + 2 + 2 + 2 + 1, "blocked": 3 + 28 + 28}


def test_where_nothing_can_wait_a_part_sets_out_to_an_idle_machine():
    trial = simulate(way("from: a, to: b, time: 5 s", b="room: 0, machines: 2", release="saturated: true", time=30), 72)
    # Parts 1 and 2 set out at 2 and 4 to two idle machines, done at 37 and 39; parts 3 and 4 set out then: 72 and 74.
    assert trial.times("p") == [37, 39, 72]


def test_parts_wait_for_a_carrier_on_their_machine():
    # The cart is away for 4 s there and 4 s back. Part 1 leaves at 2, part 2 (done at 4) waits until 10, part 3 (12) to
    # 18.
    trial = simulate(way("from: a, to: b, time: 4 s, carrier: cart", release="saturated: true"), 23)
    assert trial.times("p") == [7, 15, 23]
    assert trial.states("a")["blocked"] == 6 + 6 + 3
    assert trial.stations["a"].waiting_for_carrier_s == 15


def test_a_carrier_may_come_back_faster_than_it_went():
    trial = simulate(way("from: a, to: b, time: 4 s, carrier: cart", cart="return: 1 s", release="saturated: true"), 17)
    assert trial.times("p") == [7, 12, 17]


def test_a_carrier_takes_as_many_as_it_can_in_their_order():
    # Two machines finish at 2; the first part leaves alone at once, the cart is back at 10 and takes the three that
    # wait.
    document = way("from: a, to: b, time: 4 s, carrier: cart", cart="load: 3", release="every: 100 s, group: 4")
    trial = simulate(document.replace("a: {shop: hall}", "a: {shop: hall, machines: 4}"), 120)
    assert trial.times("p") == [107, 115, 116, 117]
    assert trial.record("carrier", "cart").trips == 2


def test_several_carriers_share_the_work():
    trial = simulate(way("from: a, to: b, time: 4 s, carrier: cart", cart="number: 2", release="saturated: true"), 15)
    # Carts at 2 and 4, back at 10 and 12: part 3, done at 6, leaves at 10; part 4, done at 12, leaves at 12.
    assert trial.times("p") == [7, 9, 15]


def test_a_way_may_be_between_sites():
    # From site to site 9 s; from the shop in one of them to the other, more specific, 4 s.
    far = way("from: here, to: there, time: 9 s").replace("yard: {site: here}", "yard: {site: there}")
    far = far.replace("sites: {here: {}}", "sites: {here: {}, there: {}}")
    assert simulate(far, 25).times("p") == [22]
    nearer = far.replace("time: 9 s}", "time: 9 s}, {from: hall, to: there, time: 4 s}")
    assert simulate(nearer, 25).times("p") == [17]


BELT = """
conveyors: {{belt: {{length: {length}, speed: 1 m/s, spacing: 1 m}}}}
stations: {{a: {{{a}}}, b: {{{b}}}}}
travel: [{{from: a, to: b, conveyor: belt}}]
items: {{p: {{made-by: p, release: {{{release}}}}}}}
routes: {{p: [{{op: x, station: a, time: {before}}}, {{op: y, station: b, time: {after}}}]}}
"""


def belt(*, length="4 m", a="", b="room: 0", release="saturated: true", before="500 ms", after="3 s"):
    return BELT.format(length=length, a=a, b=b, release=release, before=before, after=after)


def test_parts_run_along_a_conveyor_at_its_speed():
    # Made at 10.5, 20.5, 30.5; four metres at a metre a second, then three seconds.
    trial = simulate(belt(release="every: 10 s"), 38, bin_s=0.5)
    assert trial.times("p") == [17.5, 27.5, 37.5]
    assert trial.run.conveyors["belt"].parts_mean == 3 * 4 / 38


def test_parts_get_on_a_conveyor_one_spacing_apart():
    # The machine needs half a second a part; a spacing of one metre passes its begin in a whole one.
    trial = simulate(belt(length="100 m", release="saturated: true", after="100 ms"), 110, bin_s=0.1)
    assert trial.times("p")[:4] == [100.6, 101.6, 102.6, 103.6]
    assert trial.states("a")["blocked"] == pytest.approx(0.5 * 109, abs=0.51)


def test_a_conveyor_holds_length_over_spacing_and_then_blocks_the_machine():
    # b never ends: one part on it, four on the belt, one on a.
    trial = simulate(belt(after="1 h"), 100)
    assert trial.items["p"].released == 6
    assert trial.record("conveyor", "belt").count == 4
    # On the belt at 0.5, 1.5, 2.5, 3.5 and, when the first gets off, 4.5; the sixth is done at 5 and waits.
    assert trial.states("a") == {"busy": 3, "blocked": 0.5 + 0.5 + 0.5 + 0.5 + 95}


def test_parts_queue_up_at_the_end_of_a_conveyor_and_close_up():
    # b is down from 5 to 100 with its first part (0.5 s left); four parts wait at the end, one behind the other. Each
    # takes a second to close up to the end, and half of that b waits.
    b = "room: 0, locked: true, failures: [{uptime: 5 s, repair: 95 s}, {uptime: 1 h, repair: 1 s}]"
    trial = simulate(belt(b=b, after="600 ms"), 104, bin_s=0.1)
    # First: at the end at 4.5, 0.5 s of work, then 0.1 s left. Second: stands at the end since 5.5.
    assert trial.times("p") == [100.1, 100.7, 101.7, 102.7, 103.7]
    assert trial.run.conveyors["belt"].stands_share * 104 == pytest.approx(100.1 - 5.5)


def test_freed_places_on_a_conveyor_are_passed_upstream_in_the_same_instant():
    # At the pace of b a part gets off at 4.5, 7.5, 10.5, ... and one gets on at the same time.
    lines = trace(belt(), 40)
    on = [time for time, code, *_ in lines if code == SET_OUT]
    off = [time for time, code, _, who, _, _ in lines if code == JOINED and who == 1]
    assert off[:4] == [4.5, 7.5, 10.5, 13.5]
    assert on[4:] == off[: len(on) - 4]


def trace(document, until, seed=1):
    """Lines of the trace of a run, times in seconds."""
    lines = []
    plant = plant_of(document)
    problem = lower(plant, mode="as-written", until_s=until)
    outcome = run(
        problem.world, seed=seed, replication=0, until=until * 10**6, log=lambda chunk: lines.extend(chunk.tolist())
    )
    audit(outcome)
    return [(time / 1e6, *rest) for time, *rest in lines]


@pytest.mark.parametrize("room", [0, 2])
def test_a_conveyor_does_what_its_recurrence_says(room):
    # on = max(done, the one before on + gap, off of the part that makes place); end = max(on + transit, off before +
    # gap); off = when b has room: with room r, when part k - 1 - r was started there.
    random = belt(b=f"room: {room}", before="exponential(1.5 s)", after="exponential(1.5 s)")
    lines = trace(random, 400, seed=7)
    done, on, off, started = (
        [time for time, code, _, who, *_ in lines if code == wanted and who in whose]
        for wanted, whose in ((ENDED, (0,)), (SET_OUT, (1,)), (JOINED, (1,)), (STARTED, (1,)))
    )
    assert len(off) > 150
    for k in range(len(off)):
        expected = max(done[k], on[k - 1] + 1 if k else 0, off[k - 4] if k >= 4 else 0)
        assert on[k] == pytest.approx(expected, abs=1e-9)
        end = max(on[k] + 4, off[k - 1] + 1 if k else 0)
        ended_before = [time for time, code, _, who, *_ in lines if code == ENDED and who == 1]
        if room == 0:
            free = ended_before[k - 1] if k else 0
        else:
            free = started[k - room] if k >= room else 0
        assert off[k] == pytest.approx(max(end, free), abs=1e-9)


def test_several_stations_may_deliver_onto_one_conveyor():
    # a and c are done at the same time, 2 s; the one first in the document goes on at 2, the other at 3.
    document = """
    conveyors: {belt: {length: 3 m, speed: 1 m/s, spacing: 1 m}}
    stations: {a: {}, c: {}, b: {}}
    travel: [{from: a, to: b, conveyor: belt}, {from: c, to: b, conveyor: belt}]
    items: {p: {made-by: p, release: {every: 10 s}}, q: {made-by: q, release: {every: 10 s}}}
    routes:
      p: [{op: x, station: a, time: 2 s}, {op: y, station: b, time: 100 ms}]
      q: [{op: x, station: c, time: 2 s}, {op: y, station: b, time: 100 ms}]
    """
    trial = simulate(document, 17, bin_s=0.1)
    assert (trial.times("p"), trial.times("q")) == ([15.1], [16.1])


def test_blocking_before_service_keeps_a_place_on_the_conveyor():
    # Four places: a does not start a fifth part before one gets off. b takes its first part at 4.5 for ever, so that a
    # starts its fifth then, and no sixth.
    trial = simulate(belt(a="blocking: before", after="1 h"), 100)
    assert trial.items["p"].released == 5
    assert trial.stations["a"].completions == 5
    assert trial.record("conveyor", "belt").count == 4


def test_a_part_waits_for_the_conveyor_that_it_has_chosen():
    # Two machines at the end of two belts: both stations are as good at 0.5 s, so the first is chosen; with a place for
    # one part on each, the next ones go where the queue is shorter and wait for that belt.
    document = """
    conveyors: {one: {length: 1 m, speed: 1 m/s, spacing: 1 m}, two: {length: 1 m, speed: 1 m/s, spacing: 1 m}}
    stations: {a: {}, b: {room: 0}, c: {room: 0}}
    travel: [{from: a, to: b, conveyor: one}, {from: a, to: c, conveyor: two}]
    items: {p: {made-by: p, release: {saturated: true}}}
    routes: {p: [{op: x, station: a, time: 500 ms}, {op: y, station: [b, c], time: 10 s}]}
    """
    trial = simulate(document, 100, bin_s=0.1)
    audit(trial.outcome)
    assert {name: belt.carried > 3 for name, belt in trial.run.conveyors.items()} == {"one": True, "two": True}


def test_a_locked_machine_that_is_down_hands_nothing_to_a_conveyor():
    # The second part is done at 1.0 and may get on at 1.5; a is down from 1.2 to 11.2.
    a = "locked: true, failures: [{uptime: 1200 ms, repair: 10 s}]"
    lines = trace(belt(a=a, after="100 ms"), 12)
    assert [time for time, code, *_ in lines if code == SET_OUT][:2] == [0.5, 11.2]


CART = "from: a, to: b, time: 4 s, carrier: cart"


def cart(failing, until, *, more="", release="saturated: true"):
    """The plant with one cart, 4 s there and 4 s back; b takes a second."""
    trial = simulate(more + way(CART, cart=failing, release=release), until, bin_s=0.1)
    audit(trial.outcome)
    return trial


def test_a_carrier_that_breaks_down_on_its_way_brings_its_load_later():
    # Up for 2.7 s, down for 5. Out 2 to 2.7, 7.7 to 10.4, 15.4 to 16: there at 16. Back 16 to 18.1 and 23.1 to 25. Out
    # again 25 to 25.8, 30.8 to 33.5, 38.5 to 39.
    trial = cart("failures: [{uptime: 2700 ms, repair: 5 s}]", 40)
    assert trial.times("p") == [17, 40]
    states = trial.run.carriers["cart"].state_s
    assert states["out"] == pytest.approx(8)
    assert states["back"] == pytest.approx(4 + 1)
    assert states["down"] == pytest.approx(5 * 5)
    assert states["free"] == pytest.approx(2)


def test_a_carrier_may_fail_after_so_many_trips():
    # Back from the second trip at 18, up again at 28.
    trial = cart("failures: [{uptime: 2 trips, repair: 10 s}]", 33)
    assert trial.times("p") == [7, 15, 33]
    assert trial.run.carriers["cart"].failures == 1


def test_a_carrier_that_stands_idle_fails_by_the_clock():
    # Down 5 to 25. The first part, done at 12, leaves at 25; the second, done at 27, waits for the cart to come back.
    trial = cart("failures: [{uptime: 5 s, repair: 20 s}]", 30, release="every: 10 s")
    assert trial.times("p") == [30]
    assert trial.stations["a"].waiting_for_carrier_s == (25 - 12) + (30 - 27)


def test_carriers_wait_for_their_repairer():
    # Two carts, one mechanic. Both down at 9: mended at 19 and 29. The first is down again at 28 and waits for him to
    # 29.
    crew = "crews: {m: {skills: [mend], people: 1}}\n"
    failing = "number: 2, failures: [{uptime: 9 s, repair: 10 s, people: {mend: 1}}]"
    trial = simulate(crew + way("from: a, to: b, time: 1 s, carrier: cart", cart=failing), 35, bin_s=0.1)
    assert trial.times("p") == [21, 24, 34]
    assert trial.run.carriers["cart"].state_s["down"] == pytest.approx((10 + 7) + 20)


def test_a_failure_may_be_shared_by_all_carriers_of_a_kind():
    # Both carts stand from 5 to 25. Parts 1 and 2 left at 2 and 4.
    trial = cart("number: 2, failures: [{uptime: 5 s, repair: 20 s, shared: true}]", 32)
    assert trial.times("p") == [2 + 4 + 20 + 1, 4 + 4 + 20 + 1]
    assert trial.run.carriers["cart"].failures == 2


def test_a_carrier_has_its_driver_on_each_trip_and_back():
    # Two carts and one driver are as good as one cart.
    trial = cart("number: 2, people: {drive: 1}", 23, more="crews: {d: {skills: [drive], people: 1}}\n")
    assert trial.times("p") == [7, 15, 23]
    assert trial.run.crews["d"] == pytest.approx(21 / 23)


def test_a_driver_may_mend_the_carrier_he_drives():
    more = "crews: {d: {skills: [drive, mend], people: 1}}\n"
    trial = cart("people: {drive: 1}, failures: [{uptime: 2700 ms, repair: 5 s, people: {mend: 1}}]", 40, more=more)
    assert trial.times("p") == [17, 40]


def test_a_carrier_on_its_way_waits_for_a_driver_who_helps_elsewhere():
    # The cart, out at 2, breaks down at 3.5 with 1 s to go. Its driver, the only one, works at c from 4 to 19. The cart
    # waits for him when it is up, 8.5 to 12 and 17 to 19, and goes on then, before anything new is begun at c.
    document = """
    crews: {d: {skills: [drive], people: 1}}
    carriers: {cart: {people: {drive: 1}, failures: [{uptime: 3500 ms, repair: 5 s}]}}
    stations: {a: {}, b: {}, c: {}}
    travel: [{from: a, to: b, time: 2500 ms, carrier: cart}]
    items: {p: {made-by: p, release: {every: 2 s}}, q: {made-by: q, release: {every: 4 s}}}
    routes:
      p: [{op: x, station: a, time: 0 s}, {op: y, station: b, time: 1 s}]
      q: [{op: z, station: c, time: 15 s, people: {drive: 1}}]
    """
    trial = simulate(document, 21, bin_s=0.1)
    audit(trial.outcome)
    assert trial.times("p") == [21]
    assert trial.run.carriers["cart"].state_s["waiting for people"] == pytest.approx(3.5 + 2)


def test_carriers_set_out_on_their_shift_and_bring_what_they_have():
    # The first part leaves at 55 and is brought at 65, after the shift; the second, done at 110, leaves at 120.
    more = 'calendars: {c: {shifts: ["00:00-00:01", "00:02-00:04"]}}\n'
    document = way("from: a, to: b, time: 10 s, carrier: cart", cart="calendar: c", release="saturated: true")
    trial = simulate(more + document.replace("time: 2 s", "time: 55 s"), 131)
    assert trial.times("p") == [66, 131]
    assert trial.run.carriers["cart"].state_s["off shift"] == 120 - 75


@pytest.mark.parametrize(("off_shift", "down"), [("pause", 10 + 3), ("run", 10 + 6)])
def test_clocks_of_carriers_pause_or_run_off_shift(off_shift, down):
    # Failure at 50, repair 13 s, off shift from 60 to 120. Pausing, 3 s of the repair are left for 120. Running on, the
    # cart is up at 63 and down again at 113, to 126.
    more = 'calendars: {c: {shifts: ["00:00-00:01", "00:02-00:04"]}}\n'
    failing = f"calendar: c, failures: [{{uptime: 50 s, repair: 13 s, off-shift: {off_shift}}}]"
    trial = simulate(more + way("from: a, to: b, time: 1 s, carrier: cart", cart=failing), 150, bin_s=0.1)
    audit(trial.outcome)
    assert trial.run.carriers["cart"].state_s["down"] == pytest.approx(down)


def test_a_vehicle_is_in_exactly_one_state_at_every_instant():
    trial = cart("number: 3, return: exponential(3 s), failures: [{uptime: exponential(9 s), repair: 3 s}]", 500)
    assert sum(trial.run.carriers["cart"].state_s.values()) == pytest.approx(3 * 500)
