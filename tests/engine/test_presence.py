"""Mechanisms 1 and 11: machines, people and tools that come later or leave, by dates on the clock of their site."""

from tests.audit import audit
from tests.trial import simulate

DAY, HOUR = 86_400, 3600


def hours(times):
    return [time / HOUR for time in times]


MACHINES = """
from: 2027-03-01
stations: {{m: {{{station}}}}}
items: {{p: {{made-by: p, release: {{saturated: true}}}}}}
routes: {{p: [{{op: x, station: m, time: 7 h}}]}}
"""


def machines(station, days):
    trial = simulate(MACHINES.format(station=station), days * DAY, bin_s=HOUR)
    audit(trial.outcome)
    return trial


def test_a_machine_that_comes_later_begins_to_work_on_its_first_day():
    # One from the start (7, 14, 21, ... h), one from the second day on (31, 38, 45 h). Until then it is off shift.
    trial = machines("machines: [{}, {from: 2027-03-02}]", 2)
    assert hours(trial.times("p")) == [7, 14, 21, 28, 31, 35, 38, 42, 45]
    assert trial.states("m") == {"busy": 48 * HOUR + 24 * HOUR, "off shift": 24 * HOUR}
    assert trial.stations["m"].scheduled_s == 72 * HOUR


def test_a_machine_that_leaves_finishes_its_part():
    # It should leave at 24 h; the part begun at 21 h is done at 28 h. Nothing is begun after that.
    trial = machines("until: 2027-03-02", 2)
    assert hours(trial.times("p")) == [7, 14, 21, 28]
    assert trial.states("m") == {"busy": 28 * HOUR, "off shift": 20 * HOUR}
    assert trial.stations["m"].scheduled_s == 28 * HOUR


def test_a_part_done_at_the_instant_of_leaving_is_the_last():
    trial = simulate(MACHINES.format(station="until: 2027-03-02").replace("7 h", "8 h"), 2 * DAY, bin_s=HOUR)
    assert hours(trial.times("p")) == [8, 16, 24]


def test_a_station_that_comes_later_holds_its_machines_to_its_dates_and_theirs():
    # The station is there on the second and third day, its second machine on the third only.
    trial = machines("from: 2027-03-02, until: 2027-03-04, machines: [{}, {from: 2027-03-03}]", 4)
    assert hours(trial.times("p")) == [31, 38, 45, 52, 55, 59, 62, 66, 69, 73, 76]
    # Off the first day; until 73 h (one) and from 48 to 76 h (the other) at work.
    assert trial.states("m") == {"busy": (73 - 24 + 76 - 48) * HOUR, "off shift": (96 * 2 - 77) * HOUR}


def test_dates_are_days_of_the_site():
    # Midnight of 2 March is 22:00 UTC of 1 March in Helsinki and 5:00 UTC of 2 March in New York.
    for zone, at in (("Europe/Helsinki", 22), ("America/New_York", 29)):
        document = f"sites: {{here: {{time-zone: {zone}}}}}" + MACHINES.format(station="from: 2027-03-02")
        assert hours(simulate(document, 2 * DAY, bin_s=HOUR).times("p"))[0] == at + 7


def test_failures_begin_to_count_when_a_machine_comes_and_end_when_it_leaves():
    # There from 24 to 48 h. Struck after 10 h, for 2 h: at 34 and 46 h. The part of 31 to 38 h is done at 40 h, that of
    # 40 to 47 h at 49 h: it is finished, then the machine is gone and nothing strikes any more.
    trial = machines("from: 2027-03-02, until: 2027-03-03, failures: [{uptime: 10 h, repair: 2 h}]", 4)
    assert hours(trial.times("p")) == [31, 40, 49]
    assert trial.stations["m"].failures == 2
    assert trial.states("m") == {"busy": 21 * HOUR, "down": 4 * HOUR, "off shift": (24 + 47) * HOUR}


def test_a_machine_under_repair_is_repaired_before_it_leaves():
    # No part comes: struck at 20 h for 8 h, it is gone at 28 h instead of 24 h.
    document = MACHINES.format(station="until: 2027-03-02, failures: [{uptime: 20 h, repair: 8 h}]")
    trial = simulate(document.replace("saturated: true", "every: 90 h"), 4 * DAY, bin_s=HOUR)
    assert trial.states("m") == {"idle": 20 * HOUR, "down": 8 * HOUR, "off shift": 68 * HOUR}
    assert trial.stations["m"].failures == 1


def test_a_failure_shared_by_a_station_begins_with_its_first_machine():
    # Machines from day 2 and from day 3; by the clock after 30 h, for 1 h: at 54 h both stand.
    station = (
        "machines: [{from: 2027-03-02}, {from: 2027-03-03}], failures: [{uptime: 30 h, repair: 1 h, shared: true}]"
    )
    trial = machines(station, 3)
    assert trial.stations["m"].failures == 1
    assert trial.states("m") == {"off shift": 72 * HOUR, "down": 2 * HOUR, "busy": 70 * HOUR}


def test_a_machine_that_comes_during_a_shared_failure_is_down_with_the_others():
    station = "machines: [{}, {from: 2027-03-02}], failures: [{uptime: 23 h, repair: 3 h, shared: true}]"
    trial = machines(station, 2)
    # Down from 23 to 26 h, the second from its first instant (24 h) on.
    assert trial.states("m")["down"] == 5 * HOUR
    assert hours(trial.times("p")) == [7, 14, 21, 31, 33, 38, 40, 45, 47]


TWO_STATIONS = """
from: 2027-03-01
stations: {a: {until: 2027-03-02}, b: {from: 2027-03-03}}
items: {p: {made-by: p, release: {every: 5 h}}}
routes: {p: [{op: x, station: [a, b], time: 8 h}]}
"""


def test_parts_before_a_station_that_left_go_to_the_other_one():
    # A part every 5 h; a works from 5 to 13, 13 to 21 and, past its day, from 21 to 29 h. Those of 20 h to 45 h wait
    # before it until b comes at 48 h, which does three of them by 72 h and begins the fourth.
    trial = simulate(TWO_STATIONS, 3 * DAY, bin_s=HOUR)
    audit(trial.outcome)
    assert hours(trial.times("p")) == [13, 21, 29, 56, 64, 72]
    assert trial.stations["a"].queue_mean * 72 == 3 + 6 + sum(48 - at for at in (20, 25, 30, 35, 40, 45))  # [h]
    assert trial.record("station", "a").waiting == 0
    assert trial.record("station", "b").waiting == 14 - 3 - 3 - 1


def test_parts_on_their_way_to_a_station_that_left_go_on_to_the_other_one():
    document = """
    from: 2027-03-01
    stations: {start: {}, a: {until: 2027-03-02}, b: {}}
    travel: [{from: start, to: a, time: 3 h}]
    items: {p: {made-by: p, release: {every: 23 h}}}
    routes: {p: [{op: w, station: start, time: 0 s}, {op: x, station: [a, b], time: 8 h}]}
    """
    # At 23 h it sets out for a, which is gone when it arrives at 26 h; b is before its door: done at 34 h.
    trial = simulate(document, 40 * HOUR, bin_s=HOUR)
    audit(trial.outcome)
    assert hours(trial.times("p")) == [34]


def test_parts_that_nobody_can_work_on_any_more_are_told():
    trial = simulate(TWO_STATIONS.replace("[a, b]", "a"), 3 * DAY, bin_s=HOUR)
    audit(trial.outcome)
    assert trial.run.items["p"].finished == 3
    assert trial.run.notes == (
        "11 parts wait for a, which left on 2027-03-02: no other station can do their operation.",
    )


def test_people_who_come_later_or_leave_are_there_on_their_days():
    # Nobody on the first day, one person on the second and third: begun at 24 h, the last at 66 h is finished at 73 h.
    document = MACHINES.format(station="").replace("time: 7 h", "time: 7 h, people: {fit: 1}")
    crews = "crews: {f: {skills: [fit], people: 1, from: 2027-03-02, until: 2027-03-04}}"
    trial = simulate(crews + document, 5 * DAY, bin_s=HOUR)
    audit(trial.outcome)
    assert hours(trial.times("p")) == [31, 38, 45, 52, 59, 66, 73]
    assert trial.states("m") == {"busy": 49 * HOUR, "waiting for people": (120 - 49) * HOUR}
    assert trial.run.crews["f"] == 49 / 48


def test_a_crew_on_shifts_is_there_on_the_shifts_of_its_days():
    document = MACHINES.format(station="").replace("time: 7 h", "time: 1 h, people: {fit: 1}")
    crews = """
calendars: {c: {shifts: ["06:00-08:00"]}}
crews: {f: {skills: [fit], people: 1, calendar: c, from: 2027-03-02, until: 2027-03-04}}
"""
    trial = simulate(crews + document, 5 * DAY, bin_s=HOUR)
    # A part that is done when the shift ends is done before it: the next one is begun, and finished an hour later.
    assert hours(trial.times("p")) == [31, 32, 33, 55, 56, 57]


def test_absence_is_drawn_for_each_day_that_a_crew_is_there():
    document = MACHINES.format(station="").replace("time: 7 h", "time: 1 h, people: {fit: 1}")
    crews = "crews: {f: {skills: [fit], people: 9, absence: 50 %, from: 2027-03-03, until: 2027-03-08}}"
    trial = simulate(crews + document, 20 * DAY, bin_s=HOUR)
    assert trial.record("crew", "f").shifts == 5
    present = trial.record("crew", "f").present_area / 1000 / (24 * HOUR * 1e6)
    assert 5 * 9 * 0.5 - 10 < present < 5 * 9 * 0.5 + 10
    assert present == int(present)


def test_tools_that_come_later_or_leave_are_there_on_their_days():
    # One mould on the second day only. Held at 24 h and 31 h, 38 h and 45 h; the last goes back at 52 h and is gone.
    document = MACHINES.format(station="").replace("time: 7 h", "time: 7 h, tools: {mould: 1}")
    trial = simulate("tools: {mould: {from: 2027-03-02, until: 2027-03-03}}" + document, 4 * DAY, bin_s=HOUR)
    audit(trial.outcome)
    assert hours(trial.times("p")) == [31, 38, 45, 52]
    assert trial.states("m") == {"busy": 28 * HOUR, "starved for kit": (96 - 28) * HOUR}


CARTED = """
from: 2027-03-01
carriers: {{cart: {{{cart}}}}}
stations: {{a: {{}}, b: {{}}}}
travel: [{{from: a, to: b, time: 3 h, carrier: cart}}]
items: {{p: {{made-by: p, release: {{every: 10 h}}}}}}
routes: {{p: [{{op: x, station: a, time: 1 h}}, {{op: y, station: b, time: 1 h}}]}}
"""


def test_carriers_that_come_later_or_leave_are_there_on_their_days():
    # Parts are done on a at 11, 21, 31, 41 h, the second when the first is gone. The cart comes at 24 h, and leaves at
    # 48 h: the last it takes is that of 41 h, unless it is under way.
    trial = simulate(CARTED.format(cart="from: 2027-03-02, until: 2027-03-03"), 4 * DAY, bin_s=HOUR)
    audit(trial.outcome)
    # From 24 h on one after the other, each 3 h there and 3 h back: those of 11, 25 (begun at 24 h), 31 and 41 h.
    assert hours(trial.times("p")) == [28, 34, 40, 46]
    assert trial.stations["a"].waiting_for_carrier_s > 0
    cart = trial.run.carriers["cart"]
    assert cart.trips == 4
    assert cart.state_s["off shift"] == (24 + 96 - 48) * HOUR


def test_a_carrier_that_is_under_way_comes_back_before_it_leaves():
    trial = simulate(CARTED.format(cart="until: 2027-03-02").replace("every: 10 h", "every: 22 h"), 2 * DAY, bin_s=HOUR)
    # It sets out at 23 h, arrives at 26 h and is back at 29 h.
    assert hours(trial.times("p")) == [27]
    assert trial.run.carriers["cart"].state_s["off shift"] == (48 - 29) * HOUR


def test_failures_of_a_carrier_begin_to_count_when_it_comes():
    failing = "from: 2027-03-02, failures: [{uptime: 10 h, repair: 2 h}]"
    trial = simulate(CARTED.format(cart=failing).replace("every: 10 h", "every: 99 h"), 2 * DAY, bin_s=HOUR)
    assert trial.run.carriers["cart"].failures == 2  # at 34 and 46 h
    assert trial.run.carriers["cart"].state_s["down"] == 4 * HOUR


def test_parts_that_wait_for_a_carrier_to_a_station_that_left_choose_another_one():
    # The cart is away for 14 h at a time and carries to b. The part done at 22:30 waits for it until b leaves at 24 h,
    # and goes to c by itself.
    document = CARTED.format(cart="").replace("every: 10 h", "every: 11 h, group: 2").replace("time: 3 h", "time: 7 h")
    document = document.replace("b: {}", "b: {until: 2027-03-02}, c: {}").replace("station: b,", "station: [b, c],")
    document = document.replace("op: x, station: a, time: 1 h", "op: x, station: a, time: 30 min")
    trial = simulate(document, 26 * HOUR, bin_s=HOUR / 2)
    audit(trial.outcome)
    # Done on a at 11.5, 12 (it goes to c at once, since b has one under way), 22.5 and 23 h (to c as well).
    assert trial.stations["b"].completions == 1
    assert trial.stations["c"].completions == 3
    assert trial.run.notes == ()


def test_parts_that_wait_for_a_carrier_that_left_are_told():
    trial = simulate(CARTED.format(cart="until: 2027-03-02").replace("10 h", "20 h"), 3 * DAY, bin_s=HOUR)
    assert hours(trial.times("p")) == [25]  # set out at 21 h
    # Those of 40 h (done on a at 41 h) and of 60 h wait, the second before a.
    assert trial.run.notes == ("1 part waits for cart, which left on 2027-03-02: nobody else goes their way.",)
