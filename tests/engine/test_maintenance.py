"""Mechanism 9: planned maintenance by the calendar, by operations and by busy hours."""

import pytest

from tests.audit import audit
from tests.trial import simulate

HOUR, DAY = 3600, 86_400
ONE = """
from: 2027-03-01
calendars: {{day: {{shifts: ["06:00-14:00"]}}}}
crews: {{menders: {{skills: [mend], people: 1}}}}
stations: {{m: {{{station}maintenance: [{{{stop}}}]}}}}
items: {{p: {{made-by: p, release: {{{release}}}}}}}
routes: {{p: [{{op: x, station: m, time: {time}}}]}}
"""


def one(stop, until, *, time="7 h", release="saturated: true", station="", bin_s=HOUR):
    trial = simulate(ONE.format(stop=stop, time=time, release=release, station=station), until, bin_s=bin_s)
    audit(trial.outcome)
    return trial


def hours(trial):
    return [time / HOUR for time in trial.times("p")]


def test_maintenance_by_the_calendar_waits_until_the_part_is_finished():
    # Due at 24 and 48 h. Parts end at 7, 14, 21, 28 h: the stop is from 28 to 30 h. Then 37, 44, 51: from 51 to 53 h.
    trial = one("every: 1 d, takes: 2 h", 60 * HOUR)
    assert hours(trial) == [7, 14, 21, 28, 37, 44, 51, 60]
    assert trial.states("m") == {"busy": 56 * HOUR, "maintenance": 4 * HOUR}
    assert trial.stations["m"].maintenance_stops == 2
    assert trial.stations["m"].failures == 0


def test_maintenance_that_interrupts_breaks_into_the_part_which_is_resumed():
    # The part begun at 21 h is stopped at 24 h, goes on at 26 h and ends at 30 h.
    trial = one("every: 1 d, takes: 2 h, interrupts: true", 32 * HOUR)
    assert hours(trial) == [7, 14, 21, 30]
    assert trial.states("m") == {"busy": 30 * HOUR, "maintenance": 2 * HOUR}


def test_an_idle_or_blocked_machine_is_maintained_at_once():
    idle = one("every: 1 d, takes: 2 h", 30 * HOUR, release="every: 25 h")
    # The part of 25 h is begun when the stop is over, at 26 h.
    assert idle.states("m") == {"idle": 24 * HOUR, "maintenance": 2 * HOUR, "busy": 4 * HOUR}
    blocked = simulate(
        """
        from: 2027-03-01
        stations: {m: {maintenance: [{every: 1 d, takes: 2 h}]}, n: {room: 0}}
        items: {p: {made-by: p, release: {saturated: true}}}
        routes: {p: [{op: x, station: m, time: 7 h}, {op: y, station: n, time: 18 h}]}
        """,
        36 * HOUR,
    )
    # n works from 7 to 25 h, so that m is blocked from 14 h on. The stop (24 to 26 h) goes before; the part leaves at
    # 25 h meanwhile, the next one is begun at 26 h and ends at 33 h.
    assert blocked.states("m") == {"busy": (14 + 7) * HOUR, "blocked": (10 + 3) * HOUR, "maintenance": 2 * HOUR}
    assert blocked.times("p") == [25 * HOUR]


@pytest.mark.parametrize(
    ("stop", "stops"),
    [
        # Every two weeks from a Monday on, at six in the morning; until 1 April: 1, 15 and 29 March.
        ("every: 2 weeks, first: 2027-03-01, at: 06:00", [6, 14 * 24 + 6, 28 * 24 + 6]),
        # Without a first day: one interval after the plant's first.
        ("every: 2 weeks", [14 * 24, 28 * 24]),
        # Dates.
        ("dates: [2027-03-05, 2027-03-02], at: 05:30", [24 + 5.5, 4 * 24 + 5.5]),
        # Hours that are no whole days.
        ("every: 300 h", [300, 600]),
        ("every: 300 h, first: 2027-03-03, at: 12:00", [48 + 12, 48 + 12 + 300, 48 + 12 + 600]),
    ],
)
def test_the_calendar_says_when(stop, stops):
    half_an_hour = one(f"{stop}, takes: 30 min", 31 * DAY, release="every: 10 000 h", bin_s=HOUR)
    assert half_an_hour.states("m")["maintenance"] == len(stops) * 1800
    for begin in stops:  # each begins at its hour and not before
        document = f"{stop}, takes: 30 min"
        before = one(document, begin * HOUR, release="every: 10 000 h").states("m").get("maintenance", 0)
        after = one(document, begin * HOUR + 60, release="every: 10 000 h").states("m")["maintenance"]
        assert after - before == 60


def test_the_hour_of_maintenance_is_that_of_the_clock_on_the_wall():
    # Six in the morning in Berlin is 5:00 UTC on 27 March 2027 and 4:00 UTC on the 28th, when summer time begins.
    site = "sites: {here: {time-zone: Europe/Berlin}}\n"
    document = site + ONE.format(
        stop="every: 1 d, at: 06:00, takes: 1 h", time="1 h", release="every: 9999 h", station=""
    ).replace("2027-03-01", "2027-03-26")
    for until, stops in ((24 + 5, 0), (24 + 6, 1), (48 + 4, 1), (48 + 5, 2)):
        assert simulate(document, until * HOUR, bin_s=HOUR).states("m").get("maintenance", 0) == stops * HOUR


def test_machines_of_a_station_are_maintained_one_after_the_other():
    # Three machines, due at 24, 36 and 48 h.
    trial = one("every: 1 week, first: 2027-03-02, apart: 12 h, takes: 2 h", 49 * HOUR, station="machines: 3, ",
                release="every: 9999 h")  # fmt: skip
    assert trial.states("m")["maintenance"] == (2 + 2 + 1) * HOUR
    together = one("every: 1 week, first: 2027-03-02, takes: 2 h", 25 * HOUR, station="machines: 3, ",
                   release="every: 9999 h")  # fmt: skip
    assert together.states("m")["maintenance"] == 3 * HOUR


def test_maintenance_by_count_follows_the_last_operation():
    # After every third part, 2 h: 3, 6, 9 | 14 ... hours.
    trial = one("every-operations: 3, takes: 2 h", 24 * HOUR, time="3 h")
    assert hours(trial) == [3, 6, 9, 14, 17, 20]
    assert trial.states("m") == {"busy": 20 * HOUR, "maintenance": 4 * HOUR}


def test_maintenance_after_every_single_operation():
    assert hours(one("every-operations: 1, takes: 2 h", 20 * HOUR, time="3 h")) == [3, 8, 13, 18]


def test_maintenance_by_busy_hours_waits_for_the_end_of_the_part():
    # Ten busy hours are over in the second part, which ends at 14 h. Then ten more from 16 h: 23, 30, stop until 32 h.
    trial = one("every-busy: 10 h, takes: 2 h", 40 * HOUR)
    assert hours(trial) == [7, 14, 23, 30, 39]
    assert trial.states("m") == {"busy": 36 * HOUR, "maintenance": 4 * HOUR}


def test_maintenance_by_busy_hours_may_interrupt():
    # Stopped at 10 h for 2 h: the second part ends at 16 h; ten more busy hours are over at 22 h.
    trial = one("every-busy: 10 h, takes: 2 h, interrupts: true", 26 * HOUR)
    assert hours(trial) == [7, 16, 25]


def test_maintenance_due_by_busy_hours_at_the_end_of_a_part_comes_before_the_next():
    # 14 busy hours are over exactly when the second part ends.
    assert hours(one("every-busy: 14 h, takes: 2 h", 40 * HOUR)) == [7, 14, 23, 30, 39]


def test_idle_time_does_not_count_as_busy():
    # Parts at 10, 20, 30 h of 7 h each: 14 busy hours are over at 27 h, so that the stop comes with the third, at 30 h.
    trial = one("every-busy: 14 h, takes: 2 h", 40 * HOUR, release="every: 10 h")
    assert hours(trial) == [17, 27, 39]


def test_people_of_maintenance_are_waited_for_while_the_machine_stands():
    # Two machines due at 24 h, one mender: from 24 to 26 h and from 26 to 28 h.
    trial = one("every: 1 d, takes: 2 h, people: {mend: 1}", 29 * HOUR, station="machines: 2, ", release="every: 9 d")
    assert trial.states("m") == {"idle": (24 + 24 + 3 + 1) * HOUR, "maintenance": (2 + 4) * HOUR}
    assert trial.run.crews["menders"] == 4 / 29
    assert trial.stations["m"].waiting_for_repairer_s == 0  # the sub-counter is that of failures


OFF_SHIFT = [
    # On shift from 6 to 14 h; the part put on at 14 h waits for the next shift. Due at 20 h: once it is done, at 32 h.
    ("wait", 20, [8, 10, 12, 14, 32, 37], {"maintenance": 3}),
    # Done at once; in the next shift everything is as usual.
    ("run", 20, [8, 10, 12, 14, 32, 34, 36, 38], {}),
    ("skip", 20, [8, 10, 12, 14, 32, 34, 36, 38], {}),
    # Due at 13 h: the part ends at 14 h. An hour is left for nobody: from 30 to 33 h, or from 14 to 17 h.
    ("wait", 13, [8, 10, 12, 14, 35, 37], {"maintenance": 3}),
    ("run", 13, [8, 10, 12, 14, 32, 34, 36, 38], {}),
    ("skip", 13, [8, 10, 12, 14, 35, 37], {"maintenance": 3}),
    # Due at 5 h, before the shift.
    ("wait", 5, [11, 13, 31, 33, 35, 37], {"maintenance": 3}),
    ("run", 5, [10, 12, 14, 32, 34, 36, 38], {"maintenance": 2}),
    ("skip", 5, [8, 10, 12, 14, 32, 34, 36, 38], {}),
]


@pytest.mark.parametrize(("off_shift", "due", "parts", "states"), OFF_SHIFT)
def test_maintenance_off_shift_waits_runs_or_is_left_out(off_shift, due, parts, states):
    trial = one(f"dates: [2027-03-01], at: '{due}:00', takes: 3 h, off-shift: {off_shift}", 38 * HOUR,
                time="2 h", station="calendar: day, ")  # fmt: skip
    assert hours(trial) == parts
    assert trial.states("m").get("maintenance", 0) == states.get("maintenance", 0) * HOUR


def test_maintenance_pauses_at_the_end_of_the_shift_unless_it_runs_on():
    # Due at 11 h for 5 h, begun when the part ends at 12 h: two hours of it on the first day, three on the second.
    for off_shift, begins in (("wait", 33), ("run", 30)):
        trial = one(f"dates: [2027-03-01], at: '11:00', takes: 5 h, off-shift: {off_shift}", 38 * HOUR,
                    time="2 h", station="calendar: day, ")  # fmt: skip
        assert hours(trial)[:4] == [8, 10, 12, begins + 2]


def test_maintenance_that_runs_off_shift_does_not_wait_for_an_interrupted_part():
    # Parts of 5 h: the second is interrupted at 14 h, and finished in the next shift at 32 h. Due at 13 h, the stop is
    # put off till the end of the shift, not of the part: from 14 to 17 h.
    trial = one("dates: [2027-03-01], at: '13:00', takes: 3 h, off-shift: run", 38 * HOUR,
                time="5 h", station="calendar: day, ")  # fmt: skip
    assert hours(trial) == [11, 32, 37]
    assert "maintenance" not in trial.states("m")


DOWN = "failures: [{uptime: 23 h, repair: 4 h}], "


@pytest.mark.parametrize(
    ("during_repair", "states"),
    [
        # Down from 23 to 27 h, due at 24 h for 2 h: from 27 to 29 h, from 24 to 26 h, or not at all.
        ("wait", {"down": 4, "maintenance": 2}),
        ("together", {"down": 2, "maintenance": 2}),
        ("skip", {"down": 4}),
    ],
)
def test_maintenance_during_a_repair_waits_is_done_together_or_is_left_out(during_repair, states):
    trial = one(
        f"every: 1 d, takes: 2 h, during-repair: {during_repair}", 32 * HOUR, station=DOWN, release="every: 9 d"
    )
    found = trial.states("m")
    assert {name: found[name] / HOUR for name in found if name != "idle"} == states


def test_maintenance_due_while_the_machine_is_down_with_a_part_waits_for_the_part():
    # Work 21 h, struck at 23 h (2 h into the second part) for 4 h; the part ends at 46 h, then the stop of 2 h.
    trial = one("dates: [2027-03-02], takes: 2 h", 70 * HOUR, time="21 h", station=DOWN)
    # The failure next strikes 23 h after its repair at 27 h, not counting the stop: at 52 h, for 4 h.
    assert hours(trial) == [21, 46]
    assert trial.states("m") == {"busy": (23 + 19 + 4 + 14) * HOUR, "down": 8 * HOUR, "maintenance": 2 * HOUR}


def test_failures_do_not_age_during_maintenance():
    # Due at 24 h for 5 h; the failure of 30 h strikes after 24 + 6 h of its own clock, at 35 h.
    trial = one("dates: [2027-03-02], takes: 5 h", 40 * HOUR, station="failures: [{uptime: 30 h, repair: 1 h}], ",
                release="every: 9 d")  # fmt: skip
    assert trial.states("m") == {"idle": (24 + 6 + 4) * HOUR, "maintenance": 5 * HOUR, "down": HOUR}


def test_a_failure_shared_by_the_station_strikes_in_maintenance_and_outlasts_it():
    station = "machines: 2, failures: [{uptime: 25 h, repair: 6 h, shared: true}], "
    trial = one("dates: [2027-03-02], takes: 5 h", 40 * HOUR, station=station, release="every: 9 d")
    # Maintenance, 24 to 29 h, goes before the failure, 25 to 31 h.
    assert trial.states("m") == {"idle": 2 * (24 + 9) * HOUR, "maintenance": 10 * HOUR, "down": 4 * HOUR}


@pytest.mark.parametrize(("renews", "strikes"), [("", [31, 62]), (", renews: [wear]", [55])])
def test_maintenance_makes_the_failures_it_prevents_count_anew(renews, strikes):
    # Wear strikes after 30 h, the stop at 24 h takes an hour: 6 h after it, or 30 h after it where it is renewed.
    for hour in range(26, 64):
        trial = one(f"dates: [2027-03-02], takes: 1 h{renews}", hour * HOUR + 60, release="every: 90 d",
                    station="failures: [{name: wear, uptime: 30 h, repair: 1 h}], ")  # fmt: skip
        assert trial.stations["m"].failures == sum(hour >= strike for strike in strikes)


def test_a_machine_is_maintained_only_while_it_is_there():
    # Due every day at midnight; the machine is there from the third to the fifth day.
    station = "from: 2027-03-03, until: 2027-03-06, "
    trial = one("every: 1 d, at: '01:00', takes: 1 h", 10 * DAY, station=station, release="every: 90 d")
    assert trial.stations["m"].maintenance_stops == 3
    assert trial.states("m") == {"idle": (72 - 3) * HOUR, "maintenance": 3 * HOUR, "off shift": 7 * DAY}


def test_a_machine_that_leaves_finishes_its_maintenance():
    trial = one("dates: [2027-03-02], at: '23:00', takes: 3 h", 4 * DAY, station="until: 2027-03-03, ",
                release="every: 90 d")  # fmt: skip
    assert trial.states("m") == {"idle": 47 * HOUR, "maintenance": 3 * HOUR, "off shift": 46 * HOUR}


def test_a_single_machine_takes_no_part_during_maintenance():
    # Down it would take one (and let the machine before it go on); maintained it does not.
    document = """
    from: 2027-03-01
    stations: {{a: {{}}, b: {{room: 0, {stop}}}}}
    items: {{p: {{made-by: p, release: {{every: 22 h}}}}}}
    routes: {{p: [{{op: x, station: a, time: 3 h}}, {{op: y, station: b, time: 1 h}}]}}
    """
    down = simulate(document.format(stop="failures: [{uptime: 24 h, repair: 5 h}]"), 30 * HOUR)
    assert "blocked" not in down.states("a")
    stopped = simulate(document.format(stop="maintenance: [{dates: [2027-03-02], takes: 5 h}]"), 30 * HOUR)
    assert stopped.states("a")["blocked"] == 4 * HOUR  # from 25 to 29 h


def test_dates_that_pass_during_maintenance_are_left_out():
    # Due every day, each stop takes 30 h: from 24 to 54 h (48 h is over), from 72 to 102 h (96 h is over).
    trial = one("every: 1 d, takes: 30 h", 110 * HOUR, release="every: 90 d")
    assert trial.states("m") == {"idle": (24 + 18 + 8) * HOUR, "maintenance": 60 * HOUR}


def test_a_batch_and_its_setup_are_finished_first():
    station = "setup: 2 h between families, batch: {max: 2}, "
    trial = one("every: 1 d, first: 2027-03-01, at: '01:00', takes: 2 h", 20 * HOUR, station=station)
    assert hours(trial) == [9, 9, 18, 18]  # set up from 0 to 2 h, baked to 9 h, maintained to 11 h


def test_machines_of_a_station_may_fail_each_in_its_own_way():
    # The first machine fails like its station, the second never, the third after 5 h; all of them share the power cut.
    trial = simulate(
        """
        stations:
          m:
            machines: [{}, {failures: []}, {failures: [{name: old age, uptime: 5 h, repair: 2 h}]}]
            failures: [{uptime: 8 h, repair: 1 h}, {name: power, uptime: 21 h, repair: 30 min, shared: true}]
        items: {p: {made-by: p, release: {every: 90 d}}}
        routes: {p: [{op: x, station: m, time: 7 h}]}
        """,
        20 * HOUR,
    )
    # One hour at 8 and 17 h; two hours at 5, 12, and one of two at 19 h.
    assert trial.states("m")["down"] == (1 + 1 + 2 + 2 + 1) * HOUR
    assert trial.stations["m"].failures == 2 + 3
    assert [mode for _, mode in trial.problem.names.modes] == ["failure 1", "power", "old age"]


def test_machines_of_a_station_may_be_maintained_each_in_its_own_way():
    trial = one("every: 1 d, takes: 2 h", 30 * HOUR, release="every: 90 d",
                station="machines: [{}, {maintenance: []}, {maintenance: [{every: 10 h, takes: 1 h}]}], ")  # fmt: skip
    assert trial.states("m")["maintenance"] == (2 + 2) * HOUR  # from 24 h; from 10 and 20 h
    assert trial.stations["m"].maintenance_stops == 1 + 3  # and at 30 h


SHARED = """
calendars: {{c: {{shifts: ["00:00-02:00", "10:00-24:00"]}}}}
sites: {{here: {{}}}}
shops: {{hall: {{site: here}}}}
crews: {{menders: {{skills: [mend], people: 1}}}}
stations:
  a: {{machines: 2, shop: hall}}
  b: {{calendar: c, shop: hall}}
  c: {{}}
shared-failures: {{power: {{{failure}}}}}
items:
  p: {{made-by: p, release: {{saturated: true}}}}
routes: {{p: [{{op: x, station: a, time: 5 h}}, {{op: y, station: b, time: 1 h}}, {{op: z, station: c, time: 1 h}}]}}
"""


@pytest.mark.parametrize("where", ["shops: [hall]", "stations: [b, a]"])
def test_a_failure_may_be_shared_by_stations(where):
    trial = simulate(SHARED.format(failure=f"{where}, uptime: 7 h, repair: 2 h"), 18 * HOUR)
    audit(trial.outcome)
    # From 7 to 9 h and from 16 to 18 h; b is off shift till 10 h, which goes before.
    assert trial.states("a")["down"] == 8 * HOUR
    assert trial.states("b")["down"] == 2 * HOUR
    assert trial.states("b")["off shift"] == 8 * HOUR
    assert "down" not in trial.states("c")
    assert [trial.stations[name].failures for name in "abc"] == [2, 2, 0]


def test_a_failure_shared_by_stations_is_ended_by_people():
    trial = simulate(SHARED.format(failure="shops: [hall], uptime: 7 h, repair: 2 h, people: {mend: 1}"), 18 * HOUR)
    assert trial.run.crews["menders"] == 4 / 18
    assert trial.stations["a"].waiting_for_repairer_s == 0
    document = SHARED.format(failure="shops: [hall], uptime: 7 h, repair: 2 h, people: {mend: 1}")
    late = simulate(document.replace("people: 1}}", "people: 1, calendar: c}}"), 18 * HOUR)
    # The mender comes at 10 h: down from 7 to 12 h; the machines of a wait for him 3 h each, b is off shift then.
    assert late.states("a")["down"] == 10 * HOUR
    assert late.stations["a"].waiting_for_repairer_s == 6 * HOUR
    assert late.stations["b"].waiting_for_repairer_s == 0
    assert late.states("b")["down"] == 2 * HOUR
