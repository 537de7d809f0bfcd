"""Mechanism 2: a finished part stays on its machine until it can pass; freed room is passed on in the same instant."""

from tests.trial import simulate

PAIR = """
stations: {{a: {{{first}}}, b: {{{second}}}}}
items: {{p: {{made-by: p, release: {{saturated: true}}}}}}
routes: {{p: [{{op: x, station: a, time: 1 s}}, {{op: y, station: b, time: 3 s}}]}}
"""


def test_a_finished_part_waits_on_its_machine():
    # b takes part 1 at 1. Part 2 is done at 2 and waits on a until 4, part 3 is done at 5 and waits until 7.
    trial = simulate(PAIR.format(first="", second="room: 0"), 10)
    assert trial.times("p") == [4, 7, 10]
    assert trial.states("a") == {"busy": 4, "blocked": 6}


def test_room_counts_waiting_parts_only():
    # With room for one, parts 1 and 2 pass at 1 and 2; part 3 is done at 3 and waits until part 2 leaves the queue at
    # 4.
    trial = simulate(PAIR.format(first="", second="room: 1"), 10)
    assert trial.times("p") == [4, 7, 10]
    assert trial.states("a") == {"busy": 5, "blocked": 5}


def test_freed_room_is_passed_upstream_in_the_same_instant():
    # Three stations without room: when c finishes (every 5 s), b and a hand over and a begins, all at once.
    trial = simulate(
        """
        stations: {a: {}, b: {room: 0}, c: {room: 0}}
        items: {p: {made-by: p, release: {saturated: true}}}
        routes: {p: [{op: x, station: a, time: 1 s}, {op: y, station: b, time: 1 s}, {op: z, station: c, time: 5 s}]}
        """,
        22,
    )
    assert trial.times("p") == [7, 12, 17, 22]
    assert trial.stations["a"].completions == 6  # at 1, 2, 3, then one second after 7, 12, 17


def test_first_blocked_is_served_first_across_stations():
    # m is busy with a's first part from 1 to 11. b is done at 3, a again at 2: a's second part was blocked first.
    trial = simulate(
        """
        stations: {a: {}, b: {}, m: {room: 0}}
        items:
          a: {made-by: a, release: {every: 1 s}}
          b: {made-by: b, release: {every: 2 s}}
        routes:
          a: [{op: x, station: a, time: 1 s}, {op: y, station: m, time: 10 s}]
          b: [{op: x, station: b, time: 2 s}, {op: y, station: m, time: 10 s}]
        """,
        52,
    )
    # a arrives at 1, done at 2 and on m until 12; a's next is blocked from 3, b's from 4: a to 22, b to 32, a, b.
    assert (trial.times("a"), trial.times("b")) == ([12, 22, 42], [32, 52])


def test_a_station_may_ask_for_blocking_before_service():
    # a begins only when b can take what it makes: 1 s on a and 3 s on b no longer overlap.
    trial = simulate(PAIR.format(first="blocking: before", second="room: 0"), 12)
    assert trial.times("p") == [4, 8, 12]
    assert trial.states("a") == {"busy": 3, "blocked": 9}


def test_blocking_before_service_keeps_a_place_for_the_part():
    # Room for one: at 1 part 1 passes to b, part 2 is begun and waits from 2; the next place is free when b takes it.
    trial = simulate(PAIR.format(first="blocking: before", second="room: 1"), 10)
    assert trial.times("p") == [4, 7, 10]
    assert trial.states("a") == {"busy": 4, "blocked": 6}


def test_two_feeders_never_share_a_reserved_place():
    # Both a and c would begin for the one place before m; the later one waits, so that nobody blocks after service.
    trial = simulate(
        """
        stations: {a: {blocking: before}, c: {blocking: before}, m: {room: 0}}
        items:
          p: {made-by: p, release: {saturated: true}}
          q: {made-by: q, release: {saturated: true}}
        routes:
          p: [{op: x, station: a, time: 1 s}, {op: y, station: m, time: 3 s}]
          q: [{op: x, station: c, time: 1 s}, {op: y, station: m, time: 3 s}]
        """,
        12,
    )
    # Whoever begins at 0 is done at 1, on m until 4; the next one begins at 4. Stations in document order: always a.
    assert trial.times("p") == [4, 8, 12]
    assert trial.times("q") == []


def test_a_full_shelf_blocks_the_last_machine():
    # Two pieces fit on the shelf; a customer takes one every 10 s.
    trial = simulate(
        """
        stations: {m: {}}
        items: {p: {made-by: p, release: {saturated: true}, room: 2}}
        routes: {p: [{op: x, station: m, time: 1 s}]}
        demand: {p: {every: 10 s}}
        """,
        35,
    )
    # On the shelf at 1 and 2, the third is done at 3 and waits until 10, the next is done at 11 and waits until 20.
    assert trial.times("p") == [1, 2, 10, 20, 30]
    assert max(trial.levels("p")) == 2


def test_room_0_before_a_kit_waits_for_the_kit():
    # The part waits on a, not in a queue, until the piece it is built with has come.
    trial = simulate(
        """
        stations: {a: {}, b: {room: 0}, c: {}}
        items:
          k: {made-by: k, release: {every: 7 s}}
          p: {made-by: p, release: {saturated: true}}
        routes:
          k: [{op: k, station: c, time: 1 s}]
          p: [{op: x, station: a, time: 1 s}, {op: y, station: b, time: 1 s, uses: {k: 1}}]
        """,
        25,
    )
    assert trial.times("k") == [8, 15, 22]
    assert trial.times("p") == [9, 16, 23]
    assert trial.stations["b"].queue_mean == 0


def test_room_0_before_people_waits_for_the_people():
    # One fitter serves c (from 5, 15, 25 ... for 4 s, by arrival) and b, before which nothing can wait.
    trial = simulate(
        """
        crews: {f: {skills: [fit], people: 1}}
        stations: {c: {}, a: {}, b: {room: 0}}
        items:
          k: {made-by: k, release: {every: 10 s}}
          p: {made-by: p, release: {every: 11 s}}
        routes:
          k: [{op: k, station: c, time: 4 s, people: {fit: 1}}]
          p: [{op: x, station: a, time: 1 s}, {op: y, station: b, time: 1 s, people: {fit: 1}}]
        """,
        26,
    )
    # k holds the fitter from 10 to 14: p, done on a at 12, goes to b at 14. k again from 20 to 24; p (22, done 23) at
    # 24.
    assert trial.times("p") == [15, 25]
    assert trial.states("a") == {"idle": 21, "busy": 2, "blocked": 3}


def test_a_blocked_part_goes_to_the_alternative_that_is_free_first():
    # b and c take parts 1 (1 to 10) and 2 (2 to 5). Part 3 is blocked before b, the preferred one; c is free at 5.
    trial = simulate(
        """
        stations: {a: {}, b: {room: 0, machines: [{speed: 1}]}, c: {room: 0, machines: [{speed: 3}]}}
        items: {p: {made-by: p, release: {saturated: true}}}
        routes: {p: [{op: x, station: a, time: 1 s}, {op: y, station: [b, c], time: 9 s}]}
        """,
        14,
    )
    assert trial.times("p") == [5, 8, 10, 11, 14]
    assert trial.stations["b"].completions == 1


def test_a_locked_machine_that_is_down_hands_nothing_over():
    # a's second part is done at 2 and waits for b; a is down from 3 to 13. b is free at 4.
    document = """
    stations:
      a: {{locked: {locked}, failures: [{{uptime: 3 s, repair: 10 s}}]}}
      b: {{room: 0}}
    items: {{p: {{made-by: p, release: {{saturated: true}}}}}}
    routes: {{p: [{{op: x, station: a, time: 1 s}}, {{op: y, station: b, time: 3 s}}]}}
    """
    assert simulate(document.format(locked="true"), 16).times("p") == [4, 16]
    assert simulate(document.format(locked="false"), 16).times("p") == [4, 7]
    # Not locked, a takes the next part while it is down; its second of work begins at 13: b has it from 14 to 17.
    assert simulate(document.format(locked="false"), 17).times("p") == [4, 7, 17]


def test_others_pass_a_part_on_a_locked_machine():
    # a's part is blocked first (from 3), but a is down until 20; c's, blocked later, goes to m when it is free at 11.
    trial = simulate(
        """
        stations:
          a: {locked: true, failures: [{uptime: 5 s, repair: 15 s}]}
          c: {}
          m: {room: 0}
        items:
          p: {made-by: p, release: {every: 2 s}}
          q: {made-by: q, release: {every: 4 s}}
          r: {made-by: r, release: {every: 1 s}}
        routes:
          r: [{op: y, station: m, time: 10 s}]
          p: [{op: x, station: a, time: 1 s}, {op: y, station: m, time: 10 s}]
          q: [{op: x, station: c, time: 1 s}, {op: y, station: m, time: 10 s}]
        """,
        21,
    )
    assert (trial.times("r"), trial.times("q"), trial.times("p")) == ([11], [21], [])


def test_whoever_was_blocked_first_goes_first_through_a_station_that_looks_ahead():
    # p is blocked before s from 1010 on, because s sees no machine at t until 1050; q before t itself from 1020 on.
    trial = simulate(
        """
        stations: {f: {}, g: {}, s: {room: 0, blocking: before}, t: {room: 0}}
        items:
          r: {made-by: r, release: {every: 1000 s}}
          p: {made-by: p, release: {every: 1001 s}}
          q: {made-by: q, release: {every: 1001 s}}
        routes:
          r: [{op: x, station: t, time: 50 s}]
          p: [{op: x, station: g, time: 9 s}, {op: y, station: s, time: 2 s}, {op: z, station: t, time: 8 s}]
          q: [{op: x, station: f, time: 19 s}, {op: z, station: t, time: 8 s}]
        """,
        1100,
    )
    assert (trial.times("r"), trial.times("p"), trial.times("q")) == ([1050], [1060], [1068])


def test_a_part_that_goes_elsewhere_clears_the_way_for_those_behind_it():
    # Before a, where nothing can wait, p lacks its ore and keeps q out. When b is free at 60, p goes there to wait, and
    # q to a in the same instant.
    trial = simulate(
        """
        stations: {c: {}, d: {}, a: {room: 0}, b: {room: 1}}
        items:
          ore: {buy: {from: mine, policy: {s: 0, Q: 1}}, start: 0}
          p: {made-by: p, release: {every: 30 s}}
          q: {made-by: q, release: {every: 40 s}}
          r: {made-by: r, release: {every: 10 s}}
        offers: {mine: {item: ore, lead-time: 1000 s}}
        routes:
          p: [{op: x, station: c, time: 1 s}, {op: y, station: [a, b], time: 5 s, uses: {ore: 1}}]
          q: [{op: x, station: d, time: 1 s}, {op: y, station: a, time: 5 s}]
          r: [{op: x, station: b, time: 50 s}]
        """,
        70,
    )
    assert (trial.times("r"), trial.times("q")) == ([60], [65])


def test_no_place_is_kept_for_a_part_that_is_rejected_or_before_a_shelf():
    # a looks ahead to b, before which one can wait; but its parts are rejected and go to r, before which nothing can.
    trial = simulate(
        """
        stations: {a: {blocking: before}, b: {room: 1}, r: {room: 0}}
        items: {p: {made-by: p, release: {saturated: true}, room: 1}}
        routes:
          p:
            - {op: x, station: a, time: 1 s, good: 0 %, else: {to: mend}}
            - {op: y, station: b, time: 1 s}
            - {op: mend, station: r, time: 10 s, side: true, then: done}
        """,
        30,
    )
    # Mended from 1 to 11. The second is done on a at 2 and blocked until it goes to r at 11, the third from 12 on. On
    # the shelf there is room for one: the second waits on r from 21 on.
    assert trial.times("p") == [11]
    assert trial.states("a") == {"busy": 3, "blocked": 27}
    assert trial.states("r") == {"idle": 1, "busy": 20, "blocked": 9}
