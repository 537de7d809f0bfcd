"""Mechanism 9: failures and repairs."""

import pytest

from tests.trial import simulate

ONE = """
crews: {{menders: {{skills: [mend], people: 1}}}}
stations: {{m: {{{station}failures: [{{{failure}}}]}}}}
items: {{p: {{made-by: p, release: {{{release}}}}}}}
routes: {{p: [{{op: x, station: m, time: {time} s}}]}}
"""


def one(failure, *, time=4, release="saturated: true", station=""):
    return ONE.format(failure=failure, time=time, release=release, station=station)


def test_a_failure_by_the_clock_strikes_idle_machines_too():
    # Parts at 10, 20, 30 for 4 s; down from 8 to 11, then 8 s after the repair: 19 to 22, 30 to 33.
    trial = simulate(one("uptime: 8 s, repair: 3 s", release="every: 10 s"), 40)
    assert trial.times("p") == [15, 26, 37]
    assert trial.states("m") == {"down": 9, "busy": 12, "idle": 19}
    assert trial.stations["m"].failures == 3


def test_a_failure_by_busy_time_does_not_strike_idle_machines():
    # 10 to 14, 20 to 24: the tenth busy second ends in the third part, at 32. Down until 35, the part ends at 37.
    trial = simulate(one("uptime: 10 s busy, repair: 3 s", release="every: 10 s"), 40)
    assert trial.times("p") == [14, 24, 37]
    assert trial.states("m")["down"] == 3


def test_a_failure_by_operations_strikes_at_the_start_of_the_next_one():
    # Two operations are done, the third is struck at its start (8), begun at 11; so is the fifth (at 19).
    trial = simulate(one("uptime: 2 operations, repair: 3 s"), 30)
    assert trial.times("p") == [4, 8, 15, 19, 26, 30]


def test_a_failure_by_operations_never_strikes_a_machine_that_waits():
    # Two parts are done at 14 and 24; nothing happens until the third comes at 30.
    trial = simulate(one("uptime: 2 operations, repair: 3 s", release="every: 10 s"), 40)
    assert trial.times("p") == [14, 24, 37]
    assert trial.states("m") == {"busy": 12, "down": 3, "idle": 25}


@pytest.mark.parametrize(
    ("then", "times", "scrapped"),
    [
        # Struck at 6, 2 s into the second part; up again at 9.
        ("resume", [4, 11], 0),
        ("repeat", [4, 13], 0),
        ("scrap", [4, 13], 1),
    ],
)
def test_work_is_resumed_repeated_or_scrapped(then, times, scrapped):
    trial = simulate(one(f"uptime: 6 s, repair: 3 s, then: {then}"), 14)
    assert trial.times("p") == times
    assert trial.items["p"].scrapped == scrapped


def test_the_next_failure_counts_from_the_repair_or_from_the_last_failure():
    from_repair = simulate(one("uptime: 10 s, repair: 4 s"), 60)
    assert from_repair.states("m")["down"] == 4 * 4  # from 10, 24, 38 and 52
    from_start = simulate(one("uptime: 10 s, repair: 4 s, counted-from: start"), 60)
    assert from_start.states("m")["down"] == 5 * 4  # from 10, 20, 30, 40 and 50


def test_a_failure_due_during_a_repair_is_dropped():
    # Every 10 s from start to start, 12 s of repair: struck at 10, 30 and 50; those of 20, 40 find it down.
    trial = simulate(one("uptime: 10 s, repair: 12 s, counted-from: start"), 60)
    assert trial.stations["m"].failures == 3
    assert trial.states("m")["down"] == 12 + 12 + 10


def test_modes_do_not_age_while_the_machine_is_down():
    # The jam is due at 7, the breakdown strikes at 5 for 10 s: the jam comes 2 s after the repair, at 17.
    trial = simulate(one("uptime: 5 s, repair: 10 s}, {uptime: 7 s, repair: 1 s"), 20)
    assert trial.states("m") == {"busy": 5 + 2 + 2, "down": 11}


def test_repairers_are_waited_for():
    # Two machines fail at 5; one mender, 3 s each: the second waits from 5 to 8.
    trial = simulate(one("uptime: 5 s, repair: 3 s, people: {mend: 1}", time=100, station="machines: 2, "), 12)
    assert trial.states("m") == {"busy": 5 + 4 + 5 + 1, "down": 9}
    assert trial.stations["m"].waiting_for_repairer_s == 3


def test_a_failure_may_be_shared_by_all_machines_of_a_station():
    trial = simulate(one("uptime: 6 s, repair: 3 s, shared: true", time=100, station="machines: 3, "), 9)
    assert trial.states("m") == {"busy": 18, "down": 9}
    assert trial.stations["m"].failures == 1


def test_a_shared_failure_counts_on_the_clock_of_the_first_machine():
    # By busy time; the second machine is never busy, and down all the same.
    document = one("uptime: 6 s busy, repair: 3 s, shared: true", time=5, release="every: 8 s", station="machines: 2, ")
    trial = simulate(document.replace("m: {machines: 2", "m: {machines: [{}, {only: [q]}]"), 24)
    # Machine 1 is busy from 8 to 13 and from 16 on: six seconds at 17. Both are down to 20, the part ends at 24.
    assert trial.states("m")["down"] == 6
    assert trial.times("p") == [13, 24]


def test_a_down_machine_may_accept_one_part():
    # b is down from 2 to 12. It takes part 1 at 3, so that a is blocked only with part 2, from 6 on; part 1 ends at 13.
    document = """
    stations:
      a: {{}}
      b: {{room: 0, locked: {locked}, failures: [{{uptime: 2 s, repair: 10 s}}]}}
    items: {{p: {{made-by: p, release: {{saturated: true}}}}}}
    routes: {{p: [{{op: x, station: a, time: 3 s}}, {{op: y, station: b, time: 1 s}}]}}
    """
    accepts = simulate(document.format(locked="false"), 13)
    assert accepts.states("a") == {"busy": 6, "blocked": 7}
    locked = simulate(document.format(locked="true"), 13)
    assert locked.states("a") == {"busy": 3 + 1, "blocked": 9}
    assert accepts.times("p") == locked.times("p") == [13]


def test_a_machine_fails_during_a_setup_and_goes_on_with_it():
    document = one("uptime: 6 s, repair: 3 s, then: scrap", station="setup: 10 s between families, ")
    # Set up from 0 to 6 and from 9 to 13 (the setup is not lost), worked on from 13 to 15, scrapped; next set up
    # already.
    trial = simulate(document, 22)
    assert trial.states("m")["setup"] == 10
    assert trial.items["p"].scrapped == 1
    assert trial.times("p") == [22]


def test_a_machine_that_fails_lets_its_people_help_elsewhere():
    # The only person works on m and mends it too: held through the failure he would wait for himself for ever.
    trial = simulate(
        """
        crews: {all: {skills: [fit, mend], people: 1}}
        stations: {m: {failures: [{uptime: 6 s, repair: 3 s, people: {mend: 1}}]}}
        items: {p: {made-by: p, release: {saturated: true}}}
        routes: {p: [{op: x, station: m, time: 4 s, people: {fit: 1}}]}
        """,
        20,
    )
    assert trial.times("p") == [4, 11, 15]
    assert trial.states("m") == {"busy": 14, "down": 6}


@pytest.mark.parametrize(
    ("off_shift", "states"),
    [
        # Paused: down 50 to 60 and 120 to 130. Run: repaired at 70, and struck again 50 s later, at 120, for 20 s.
        ("pause", {"off shift": 60, "down": 20, "busy": 85}),
        ("run", {"off shift": 60, "down": 30, "busy": 75}),
    ],
)
def test_failures_pause_or_run_off_shift(off_shift, states):
    # On from 0:00 to 0:01 and from 0:02. Struck at 50 s for 20 s: 10 s are left at the end of the shift.
    document = """
    calendars: {{c: {{shifts: ["00:00-00:01", "00:02-24:00"]}}}}
    stations: {{m: {{calendar: c, failures: [{{uptime: 50 s, repair: 20 s, off-shift: {off_shift}}}]}}}}
    items: {{p: {{made-by: p, release: {{saturated: true}}}}}}
    routes: {{p: [{{op: x, station: m, time: 1000 s}}]}}
    """
    assert simulate(document.format(off_shift=off_shift), 165).states("m") == states


def test_a_repairer_goes_home_with_the_shift_of_a_repair_that_pauses():
    # m stands still from 60 to 120 with 10 s of repair left; meanwhile the mender helps n, which knows no shifts.
    trial = simulate(
        """
        calendars: {c: {shifts: ["00:00-00:01", "00:02-24:00"]}}
        crews: {menders: {skills: [mend], people: 1}}
        stations:
          m: {calendar: c, failures: [{uptime: 50 s, repair: 20 s, people: {mend: 1}}]}
          n: {failures: [{uptime: 55 s, repair: 8 s, people: {mend: 1}}]}
        items:
          p: {made-by: p, release: {saturated: true}}
          q: {made-by: q, release: {saturated: true}}
        routes:
          p: [{op: x, station: m, time: 1000 s}]
          q: [{op: x, station: n, time: 1000 s}]
        """,
        140,
    )
    # n is struck at 55 and waits until 60, struck again 55 s after its repair (68), at 123, and waits until 130.
    assert trial.stations["n"].waiting_for_repairer_s == 5 + 7
    assert trial.states("n")["down"] == (5 + 8) + (7 + 8)
    assert trial.states("m")["down"] == 10 + 10
    assert trial.stations["m"].waiting_for_repairer_s == 0


def test_two_failures_by_count_strike_at_one_start_though_the_shift_ends_between_them():
    # Both are due at the second start, at 55. The first is mended off shift, at 65; the second strikes when the shift
    # begins at 120 and is mended at 130; only then are the 55 s worked.
    trial = simulate(
        """
        calendars: {c: {shifts: ["00:00-00:01", "00:02-24:00"]}}
        stations:
          m:
            calendar: c
            failures:
              - {uptime: 1 operations, repair: 10 s, off-shift: run}
              - {uptime: 1 operations, repair: 10 s, off-shift: run}
        items: {p: {made-by: p, release: {saturated: true}}}
        routes: {p: [{op: x, station: m, time: 55 s}]}
        """,
        186,
    )
    assert trial.times("p") == [55, 185]


def test_a_down_machine_hands_over_a_finished_part():
    # b takes a's parts at 2 and at 12; a is down from 4 to 24, its finished part (3) leaves all the same.
    trial = simulate(
        """
        stations: {a: {failures: [{uptime: 4 s, repair: 20 s}]}, b: {room: 0}}
        items: {p: {made-by: p, release: {every: 1 s}}}
        routes: {p: [{op: x, station: a, time: 1 s}, {op: y, station: b, time: 10 s}]}
        """,
        22,
    )
    # b: 2 to 12, 12 to 22.
    assert trial.times("p") == [12, 22]
    assert trial.states("a")["down"] == 18


@pytest.mark.parametrize(("then", "done"), [("resume", 11), ("repeat", 18)])
def test_of_loading_work_and_unloading_the_phase_under_way_is_repeated(then, done):
    # Load 2 s, work 4 s, unload 2 s. Struck at 5, 3 s into the work, for 3 s: one second of it is left, or all four,
    # from 8 to 12; the loading is not done again. The unloading that would then be over at 14 is struck at 13, and
    # done from 16 to 18.
    document = one(f"uptime: 5 s, repair: 3 s, then: {then}")
    document = document.replace("time: 4 s", "time: 4 s, attended: {people: {mend: 1}, load: 2 s, unload: 2 s}")
    assert simulate(document, done).times("p") == [done]


def test_what_has_not_begun_is_not_lost():
    # The only fitter is away until 8. m has its part since 0 and is struck at 6 for 1 s: nothing was begun, so nothing
    # is scrapped.
    trial = simulate(
        """
        crews: {f: {skills: [fit], people: 1}}
        stations: {n: {}, m: {failures: [{uptime: 6 s, repair: 1 s, then: scrap}]}}
        items:
          p: {made-by: p, release: {saturated: true}}
          q: {made-by: q, release: {every: 1 s}}
        routes:
          p: [{op: x, station: m, time: 3 s, attended: {people: {fit: 1}, unload: 1 s}}]
          q: [{op: x, station: n, time: 7 s, people: {fit: 1}}]
        """,
        11,
    )
    # q holds the fitter from 1 to 8; p has been worked on from 0 to 3, and waits to be unloaded (8 to 9).
    assert trial.items["p"].scrapped == 0
    assert trial.times("p") == [9]
