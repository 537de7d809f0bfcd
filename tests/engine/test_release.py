"""Mechanism 3: how work enters the plant."""

import pytest

from tests.trial import simulate

ONE = """
stations: {{m: {{{station}}}}}
items: {{p: {{made-by: p, release: {{{release}}}}}}}
routes: {{p: [{{op: x, station: m, time: {time} s}}]}}
"""


def test_a_saturated_part_enters_when_a_machine_starts_it():
    trial = simulate(ONE.format(station="machines: 2", release="saturated: true", time=5), 20)
    assert trial.times("p") == [5, 5, 10, 10, 15, 15, 20, 20]
    assert trial.items["p"].flow_time_mean_s == 5
    assert trial.items["p"].released == 10  # two more began at 20


def test_arrivals_come_by_their_takt():
    # The first one comes after one takt.
    trial = simulate(ONE.format(station="", release="every: 4 s", time=1), 13)
    assert trial.times("p") == [5, 9, 13]


def test_arrivals_may_come_in_groups():
    trial = simulate(ONE.format(station="", release="every: 10 s, group: 3", time=2), 19)
    assert trial.times("p") == [12, 14, 16]
    # Waits: 0, 2 and 4 s from 10 on; queue 2 from 10 to 12, 1 from 12 to 14: 6 s in 19.
    assert trial.stations["m"].wait_mean_s == 2
    assert trial.stations["m"].queue_mean == pytest.approx(6 / 19)


def test_arrivals_without_room_wait_outside():
    # Five at 10: one on the machine, two in the room, two outside until places are free at 12 and 14.
    trial = simulate(ONE.format(station="room: 2", release="every: 10 s, group: 5", time=2), 19.9, bin_s=0.5)
    assert trial.times("p") == [12, 14, 16, 18]
    assert trial.items["p"].released == 5
    # Flow times run from the entry, not from the wait outside: entered at 10, 10, 10, 12 (and 14).
    assert trial.items["p"].flow_time_mean_s == pytest.approx((2 + 4 + 6 + 6) / 4)


def test_arrivals_without_room_may_be_lost():
    trial = simulate(
        ONE.format(station="room: 2", release="every: 10 s, group: 5, full: lost", time=2), 19.5, bin_s=0.5
    )
    assert trial.times("p") == [12, 14, 16]
    assert trial.record("item", "p").turned_away == 2


def test_arrivals_without_room_may_block_their_source():
    # One every 3 s, 5 s each, room for one. They enter at 3, 6 and 9; that of 12 finds no room until 13, so that the
    # next one comes at 16, enters at 18, and the one after it comes at 21.
    blocked = simulate(ONE.format(station="room: 1", release="every: 3 s, full: block", time=5), 22)
    assert blocked.times("p") == [8, 13, 18]
    assert blocked.items["p"].released == 5
    outside = simulate(ONE.format(station="room: 1", release="every: 3 s", time=5), 22)
    assert outside.record("item", "p").released == blocked.items["p"].released
    assert outside.outcome.world.release[0].arrivals == 7
    assert blocked.outcome.world.release[0].arrivals == 6


def test_a_group_blocks_its_source_until_all_of_it_has_entered():
    # Three at 10: one on the machine, one in the room, one outside until 15. The next group is due at 25.
    trial = simulate(ONE.format(station="room: 1", release="every: 10 s, group: 3, full: block", time=5), 31)
    assert trial.times("p") == [15, 20, 25, 30]
    assert trial.outcome.world.release[0].arrivals == 2


def test_conwip_lets_one_in_for_each_that_leaves():
    # Two in process on a line of 1 s and 3 s: the second waits before b; each departure lets one in.
    trial = simulate(
        """
        stations: {a: {}, b: {}}
        items: {p: {made-by: p, release: {conwip: 2}}}
        routes: {p: [{op: x, station: a, time: 1 s}, {op: y, station: b, time: 3 s}]}
        """,
        13,
    )
    assert trial.times("p") == [4, 7, 10, 13]
    assert trial.items["p"].wip_mean == 2
    assert trial.items["p"].flow_time_mean_s == pytest.approx((4 + 7 + 6 + 6) / 4)


KANBAN = """
stations: {a: {}, b: {}}
items:
  k: {made-by: k, policy: {kanban: 2}, start: %d}
  p: {made-by: p, release: {every: 10 s}}
routes:
  k: [{op: k, station: a, time: 4 s}]
  p: [{op: x, station: b, time: 1 s, uses: {k: 1}}]
"""


def test_a_kanban_makes_one_for_each_one_taken():
    trial = simulate(KANBAN % 2, 35)
    # Taken at 10, 20, 30; made 4 s later; the shelf is full otherwise.
    assert trial.times("k") == [14, 24, 34]
    assert trial.levels("k") == [2] * 9 + [1] * 4 + [2] * 6 + [1] * 4 + [2] * 6 + [1] * 4 + [2] * 2


def test_a_kanban_fills_its_shelf_first():
    trial = simulate(KANBAN % 0, 12)
    assert trial.times("k") == [4, 8]


def test_kanbans_may_be_called_for_in_lots():
    document = (KANBAN % 4).replace("kanban: 2", "kanban: 4, lot: 2")
    trial = simulate(document, 39)
    # Every second withdrawal (20, ...) calls for two.
    assert trial.times("k") == [24, 28]


BASE = """
stations: {a: {}}
items: {k: {made-by: k, policy: {base-stock: 1}}}
routes: {k: [{op: k, station: a, time: 15 s}]}
demand: {k: {every: 10 s, unmet: %s}}
"""


def test_base_stock_restores_stock_for_every_demand_backorders_included():
    # Orders at 10, 20, 30: the first is met from the shelf, each calls for one: made at 25, 40, 55.
    trial = simulate(BASE % "backorder", 40)
    assert trial.times("k", "delivered") == [10, 25, 40]
    assert trial.times("k") == [25, 40]
    assert (trial.items["k"].ordered, trial.items["k"].met_at_once) == (4, 1)
    assert trial.levels("k", "backlog")[19:] == [1] * 5 + [0] * 5 + [1] * 10 + [1]


def test_unmet_demand_may_be_lost_and_is_then_not_made():
    # 10 met; 20 lost (the next piece comes at 25); 30 met; 40 lost (45 the next piece).
    trial = simulate(BASE % "lost", 45)
    assert trial.times("k", "delivered") == [10, 30]
    assert trial.times("k") == [25, 45]
    assert trial.items["k"].lost == 2


def test_a_demand_by_a_law_calls_for_each_piece_of_a_product():
    trial = simulate(
        """
        stations: {a: {}}
        products: {p: {made-by: p}}
        routes: {p: [{op: x, station: a, time: 3 s}]}
        demand: {p: {every: 10 s, pieces: 2}}
        """,
        27,
    )
    assert trial.times("p") == [13, 16, 23, 26]
    assert trial.items["p"].met_at_once == 0


def test_dated_orders_begin_some_time_ahead_of_their_date():
    # Due at noon; they may begin 6 h ahead, at 6:00, and are delivered when due.
    trial = simulate(
        """
        from: 2027-03-01
        stations: {a: {}}
        products: {p: {made-by: p, ahead: 6 h}}
        routes: {p: [{op: x, station: a, time: 2 h}]}
        demand: {p: {orders: [{date: 2027-03-01, pieces: 2}]}}
        """,
        24 * 3600,
        bin_s=3600,
    )
    assert [time / 3600 for time in trial.times("p")] == [8, 10]
    assert [time / 3600 for time in trial.times("p", "delivered")] == [12, 12]
    assert trial.items["p"].met_at_once == 2


MIX = """
stations: {a: {}}
products: {p: {made-by: p}, q: {made-by: q}}
routes: {p: [{op: x, station: a, time: 1 s}], q: [{op: x, station: a, time: 1 s}]}
demand: {p: {year: 3000}, q: {year: 1000}}
"""


def test_capacity_launches_the_mix_of_the_demand():
    trial = simulate(MIX, 400, mode="capacity", conwip={"p": 2, "q": 2})
    assert (trial.items["p"].finished, trial.items["q"].finished) == (300, 100)


def test_what_is_scrapped_is_launched_again():
    # Half of q is scrapped, and yet good units keep to three in four: q enters about twice as often.
    document = MIX.replace("q: [{op: x, station: a, time: 1 s}]", "q: [{op: x, station: a, time: 1 s, good: 50 %}]")
    trial = simulate(document, 4000, bin_s=100, mode="capacity", conwip={"p": 2, "q": 2})
    p, q = trial.items["p"], trial.items["q"]
    assert q.scrapped > 0.8 * q.finished
    assert q.finished == pytest.approx(p.finished / 3, abs=2)
