"""Mechanism 10: shifts, breaks, holidays, and what happens at their ends."""

import pytest

from tests.audit import audit
from tests.trial import simulate

SHIFTS = """
from: 2027-03-01
calendars: {{c: {{shifts: ["00:00-00:01", "00:02-00:03", "00:05-24:00"]}}}}
crews: {{f: {{skills: [fit], people: 1, calendar: c}}}}
stations: {{m: {{calendar: c, {station}}}}}
items: {{p: {{made-by: p, release: {{saturated: true}}}}}}
routes: {{p: [{{op: x, station: m, {operation}}}]}}
"""


@pytest.mark.parametrize(
    ("end", "times", "states"),
    [
        # 25 s a part, on from 0 to 60, from 120 to 180 and from 300 on. Interrupted after 10 s, and again after 20 s.
        ("interrupt", [25, 50, 135, 160, 305], {"busy": 125, "off shift": 180}),
        # The third is finished at 75, in the break; the next ones begin with the shift at 120: 145, 170, 195.
        ("finish", [25, 50, 75, 145, 170, 195], {"busy": 155, "off shift": 150}),
        # At 50 ten seconds are left of the shift: nothing is begun. So again at 170.
        ("no-start", [25, 50, 145, 170], {"busy": 105, "idle": 20, "off shift": 180}),
    ],
)
def test_the_end_of_a_shift_interrupts_finishes_or_forbids_to_start(end, times, states):
    trial = simulate(SHIFTS.format(station=f"end-of-shift: {end}", operation="time: 25 s"), 305)
    assert trial.times("p") == times
    assert trial.states("m") == states


@pytest.mark.parametrize(("setup", "done"), [("50 s", 75), ("70 s", 95)])
def test_a_setup_begun_in_a_shift_is_finished_with_the_work_it_was_for(setup, done):
    document = SHIFTS.format(station=f"end-of-shift: finish, setup: {setup} between families", operation="time: 25 s")
    trial = simulate(document, 119)
    assert trial.times("p") == [done]


def test_an_interrupted_part_lets_its_people_go_and_waits_for_them():
    # The fitter of m helps n, which works on in the break of m: n's part arrives at 50 and waits until 60.
    trial = simulate(
        """
        from: 2027-03-01
        calendars: {c: {shifts: ["00:00-00:01", "00:02-24:00"]}}
        crews: {f: {skills: [fit], people: 1}}
        stations: {m: {calendar: c}, n: {}}
        items:
          p: {made-by: p, release: {saturated: true}}
          q: {made-by: q, release: {every: 50 s}}
        routes:
          p: [{op: x, station: m, time: 90 s, people: {fit: 1}}]
          q: [{op: x, station: n, time: 70 s, people: {fit: 1}}]
        """,
        160,
    )
    # q holds the fitter from 60 to 130; m, on shift again at 120, waits for him until 130 and needs 30 s more.
    assert trial.times("q") == [130]
    assert trial.times("p") == [160]
    assert trial.states("m") == {"busy": 90, "off shift": 60, "waiting for people": 10}


def test_parts_pass_to_a_queue_whose_station_is_off_shift():
    trial = simulate(
        """
        calendars: {c: {shifts: ["00:01-24:00"]}}
        stations: {a: {}, b: {calendar: c, room: 2}}
        items: {p: {made-by: p, release: {every: 10 s}}}
        routes: {p: [{op: x, station: a, time: 1 s}, {op: y, station: b, time: 1 s}]}
        """,
        63,
    )
    # Two wait in the room (since 11 and 21), the third on a since 31; b works from 60 on.
    assert trial.times("p") == [61, 62, 63]
    assert trial.states("a")["blocked"] == 29


def test_breaks_and_holidays_are_off_shift():
    # Six hours with half an hour off in the middle, at 8:45. The second day is a holiday, on the third the plant is
    # shut.
    document = """
    from: 2027-03-01
    sites: {here: {holidays: ["2027-03-02"]}}
    calendars: {c: {shifts: ["06:00-12:00"], breaks: 30 min per shift, exceptions: [{from: 2027-03-03}]}}
    stations: {m: {calendar: c}}
    items: {p: {made-by: p, release: {saturated: true}}}
    routes: {p: [{op: x, station: m, time: 30 min}]}
    """
    trial = simulate(document, 4 * 86_400, bin_s=1800)
    assert trial.stations["m"].scheduled_s == 2 * 5.5 * 3600  # the first and the fourth day
    assert [time / 3600 for time in trial.times("p")[:11]] == [6.5, 7, 7.5, 8, 8.5, 9.5, 10, 10.5, 11, 11.5, 12]


def test_shifts_follow_the_clock_on_the_wall():
    # Berlin is an hour ahead of UTC until 28 March 2027, two hours afterwards.
    document = """
    from: 2027-03-27
    sites: {here: {time-zone: Europe/Berlin}}
    calendars: {c: {shifts: ["06:00-07:00"]}}
    stations: {m: {calendar: c}}
    items: {p: {made-by: p, release: {saturated: true}}}
    routes: {p: [{op: x, station: m, time: 1 h}]}
    """
    trial = simulate(document, 3 * 86_400, bin_s=3600)
    assert [time / 3600 for time in trial.times("p")] == [6, 24 + 5, 48 + 5]


OVERTIME = """
from: 2027-03-01
calendars:
  c: {{shifts: ["00:00-00:10", "00:20-00:30"], {breaks}overtime: [{overtime}]}}
stations: {{m: {{calendar: c, {station}}}}}
items: {{p: {{made-by: p, release: {{every: {every}}}}}}}
routes: {{p: [{{op: x, station: m, time: 1 min}}]}}
"""


def overtime(rule, minutes, *, every="40 s", station="", breaks=""):
    document = OVERTIME.format(overtime=rule, every=every, station=station, breaks=breaks)
    trial = simulate(document, minutes * 60, bin_s=60)
    audit(trial.outcome)
    return trial


def worked(trial):
    """Minutes in which the station was on shift."""
    return trial.stations["m"].scheduled_s / 60


def test_a_shift_is_made_longer_when_a_queue_has_piled_up_at_its_end():
    # A part every 40 s, one a minute is made. When the shift ends, 14 have come (that of 10:00 comes after it) and
    # 10 are begun, the last at 9:40.
    piled = overtime("{extend: 3 min, when: {queue: m, above: 3}}", 19)
    assert worked(piled) == 13
    assert piled.run.overtime_s == {"c": 180}
    calm = overtime("{extend: 3 min, when: {queue: m, above: 4}}", 19)
    assert worked(calm) == 10
    assert calm.run.overtime_s == {"c": 0}


def test_each_end_of_a_shift_is_looked_at_anew():
    # The queue is longer at 30 min: the second shift is made longer, not the first.
    trial = overtime("{extend: 3 min, when: {queue: m, above: 9}}", 60)
    assert worked(trial) == 10 + 13
    assert trial.run.overtime_s == {"c": 180}


def test_a_shift_is_made_longer_once():
    # At the end of the three minutes the queue is as long, and the shift is over.
    assert worked(overtime("{extend: 3 min, when: {queue: m, above: 0}}", 20)) == 13


def test_a_shift_that_is_made_longer_runs_into_the_next_one():
    # Ten minutes longer, or more: there is no break between the two shifts.
    for extend in ("10 min", "14 min"):
        trial = overtime(f"{{extend: {extend}, when: {{queue: m, above: 3}}}}", 29)
        assert worked(trial) == 29
        assert trial.run.overtime_s == {"c": 600}


def test_the_longest_of_several_rules_counts():
    rules = "{extend: 2 min, when: {queue: m, above: 1}}, {extend: 5 min, when: {queue: m, above: 3}}"
    assert worked(overtime(rules, 19)) == 15


def test_a_break_is_no_end_of_a_shift():
    # Two minutes off in the middle of each shift; nothing is put off there.
    trial = overtime("{extend: 3 min, when: {queue: m, above: 0}}", 20, breaks="breaks: 2 min per shift, ")
    assert worked(trial) == 8 + 3


def test_overtime_lasts_until_its_last_day():
    rule = "{{extend: 3 min, when: {{queue: m, above: 0}}, {dates}}}"
    assert worked(overtime(rule.format(dates="until: 2027-03-01"), 20)) == 10
    assert worked(overtime(rule.format(dates="from: 2027-03-01, until: 2027-03-02"), 20)) == 13
    assert worked(overtime(rule.format(dates="from: 2027-03-02"), 20)) == 10


def test_a_shift_is_made_longer_when_customers_wait():
    # Nothing is in stock: nine customers have come when the shift ends (the tenth comes after that).
    document = OVERTIME.format(
        overtime="{extend: 3 min, when: {backlog: p, above: %d}}", every="9 h", station="", breaks=""
    )
    document += "demand: {p: {every: 1 min}}"
    for above, minutes in ((8, 13), (9, 10)):
        assert worked(simulate(document % above, 19 * 60)) == minutes


def test_what_may_begin_before_the_end_of_a_shift_knows_that_it_is_longer():
    # Two minutes a part, none is begun that does not end in the shift: at 9 min none, at 10 min the next two.
    document = OVERTIME.format(
        overtime="{extend: 5 min, when: {queue: m, above: 4}}",
        every="40 s",
        station="end-of-shift: no-start",
        breaks="",
    )
    trial = simulate(document.replace("time: 1 min", "time: 2 min"), 20 * 60, bin_s=20)
    assert trial.times("p") == [160, 280, 400, 520, 720, 840]


def test_people_stay_for_the_overtime_of_their_calendar():
    # The crew is on the same calendar: the last part is begun in overtime, at 12 min.
    document = OVERTIME.format(
        overtime="{extend: 3 min, when: {queue: m, above: 0}}", every="40 s", station="", breaks=""
    )
    document = document.replace("time: 1 min", "time: 1 min, people: {fit: 1}").replace("calendar: c, ", "")
    document += "crews: {f: {skills: [fit], people: 1, calendar: c}}"
    trial = simulate(document, 19 * 60, bin_s=20)
    assert trial.items["p"].finished == 13
    assert trial.record("crew", "f").present_area == 13 * 60 * 1000 * 1_000_000


def test_to_finish_a_part_includes_its_unloading():
    # Load 10 s, work 40 s, unload 20 s: begun at 0, the shift ends at 60, all of it is done at 70.
    document = SHIFTS.format(
        station="end-of-shift: finish", operation="time: 40 s, attended: {people: {fit: 1}, load: 10 s, unload: 20 s}"
    )
    assert simulate(document.replace(", calendar: c}}", "}}"), 119).times("p") == [70]


def test_cure_and_rest_run_off_shift_at_stations_without_a_calendar():
    # Put to rest at 50 s; it rests 100 s, over the gap in the shifts of m.
    document = SHIFTS.format(station="", operation="time: 50 s")
    document = document.replace("stations: {m:", "stations: {rest: {machines: 9}, m:")
    document = document.replace("time: 50 s}]", "time: 50 s}, {op: rest, station: rest, time: 100 s}]")
    trial = simulate(document, 200)
    assert trial.times("p") == [150]
    assert trial.states("rest")["busy"] > 100
    assert "off shift" not in trial.states("rest")
