"""Mechanism 11: people with skills, who are held for all of an operation or for parts of it."""

import pytest

from tests.trial import simulate

TWO = """
crews: {crews}
stations: {{a: {{}}, b: {{}}}}
items:
  p: {{made-by: p, release: {{saturated: true}}}}
  q: {{made-by: q, release: {{saturated: true}}}}
routes:
  p: [{{op: x, station: a, time: 4 s, {p}}}]
  q: [{{op: x, station: b, time: 4 s, {q}}}]
"""
ONE_FITTER = "{f: {skills: [fit], people: 1}}"


def test_a_person_is_at_one_place_at_a_time():
    # Stations in document order: a from 0 to 4. Then b has waited since 0, but both ask at 4, and a comes first again.
    trial = simulate(TWO.format(crews=ONE_FITTER, p="people: {fit: 1}", q="people: {fit: 1}"), 12)
    assert trial.times("p") + trial.times("q") == [4, 8, 12]
    assert trial.states("b")["waiting for people"] + trial.states("a").get("waiting for people", 0) == 12
    assert trial.run.crews["f"] == 1.0


def test_one_person_tends_two_machines_with_a_half_each():
    trial = simulate(TWO.format(crews=ONE_FITTER, p="people: {fit: 0.5}", q="people: {fit: 0.5}"), 12)
    assert (trial.times("p"), trial.times("q")) == ([4, 8, 12], [4, 8, 12])
    assert trial.run.crews["f"] == 1.0


def test_people_may_be_held_to_load_and_unload_only():
    # Load 1 s, run 4 s alone, unload 2 s, on two machines: b is loaded from 1 to 2 and unloaded from 7 to 9.
    attended = "attended: {people: {fit: 1}, load: 1 s, unload: 2 s}"
    trial = simulate(TWO.format(crews=ONE_FITTER, p=attended, q=attended), 9)
    assert trial.times("p") == [7]
    assert trial.times("q") == [9]
    assert trial.states("b") == {"busy": 7, "waiting for people": 2}


def test_those_held_throughout_and_those_held_to_load_are_let_go_each_in_time():
    # Half a fitter all the time, a whole helper to load (1 s) and to unload (2 s). Nobody is held twice or forgotten.
    crews = "{f: {skills: [fit], people: 1}, h: {skills: [help], people: 1}}"
    p = "people: {fit: 0.5}, attended: {people: {help: 1}, load: 1 s, unload: 2 s}"
    trial = simulate(TWO.format(crews=crews, p=p, q="people: {fit: 0.5}"), 28)
    assert trial.times("p") == [7, 14, 21, 28]
    assert trial.run.crews["h"] == pytest.approx(3 / 7)
    assert trial.run.crews["f"] == 1.0


def test_an_operation_takes_all_its_people_or_nobody():
    # p needs both; q holds the mender for half of the time. While p waits it does not keep the fitter.
    crews = "{f: {skills: [fit], people: 1}, m: {skills: [mend], people: 1}}"
    document = TWO.format(crews=crews, p="people: {fit: 1, mend: 1}", q="people: {mend: 1}")
    trial = simulate(document.replace("stations: {a: {}, b: {}}", "stations: {b: {}, a: {}}"), 12)
    # b is first in the document: it takes the mender at 0, 4 and 8.
    assert (trial.times("q"), trial.times("p")) == ([4, 8, 12], [])
    assert trial.run.crews["f"] == 0


def test_machines_that_wait_for_each_others_people_let_them_go():
    # Each operation keeps one fitter and needs a second one to unload; there are two. Held while they wait for each
    # other,
    # both would wait for ever.
    crews = "{f: {skills: [fit], people: 2}}"
    both = "people: {fit: 1}, attended: {people: {fit: 1}, unload: 1 s}"
    trial = simulate(TWO.format(crews=crews, p=both, q=both), 20)
    # Both are to be unloaded at 4; a's people were let go first, and taken up by nobody: a until 5, b until 6.
    assert trial.times("p")[0] + trial.times("q")[0] == 5 + 6


def test_crews_with_fewer_skills_come_first_then_document_order():
    # all-round could fit too, but the fitters have one skill only; of them the first crew.
    crews = "{all: {skills: [fit, mend], people: 1}, f: {skills: [fit], people: 1}, g: {skills: [fit], people: 1}}"
    trial = simulate(TWO.format(crews=crews, p="people: {fit: 1}", q="time: 4 s").replace("time: 4 s, time", "time"), 8)
    assert dict(trial.run.crews) == {"all": 0.0, "f": 1.0, "g": 0.0}


def test_skills_that_compete_for_people_are_shared_out_so_that_all_are_held():
    # Only "all" can mend. Taken to fit, because it stands first, it would leave the mending undone for ever.
    crews = "{all: {skills: [fit, mend], people: 1}, f: {skills: [fit, weld], people: 1}}"
    trial = simulate(TWO.format(crews=crews, p="people: {fit: 1, mend: 1}", q="people: {mend: 1}"), 4)
    assert (trial.times("p"), trial.times("q")) == ([4], [])


def test_people_work_by_their_calendar_and_finish_what_they_began():
    # There from 0:00 to 0:01 and from 0:02: a part of 25 s begun at 50 is finished at 75, the next begins at 120.
    trial = simulate(
        """
        calendars: {c: {shifts: ["00:00-00:01", "00:02-24:00"]}}
        crews: {f: {skills: [fit], people: 1, calendar: c}}
        stations: {m: {}}
        items: {p: {made-by: p, release: {saturated: true}}}
        routes: {p: [{op: x, station: m, time: 25 s, people: {fit: 1}}]}
        """,
        145,
    )
    assert trial.times("p") == [25, 50, 75, 145]
    assert trial.states("m") == {"busy": 100, "waiting for people": 45}


ABSENT = """
from: 2027-03-01
calendars: {{c: {{shifts: ["06:00-14:00"]}}}}
crews: {{f: {{skills: [fit], people: 4, absence: 25 %{calendar}}}}}
stations: {{m: {{machines: 4}}}}
items: {{p: {{made-by: p, release: {{saturated: true}}}}}}
routes: {{p: [{{op: x, station: m, time: 1 h, people: {{fit: 1}}}}]}}
"""


@pytest.mark.parametrize(("calendar", "hours"), [(", calendar: c", 8), ("", 24)])
def test_absence_is_drawn_for_each_person_whenever_the_crew_comes(calendar, hours):
    # A crew without a calendar comes anew each day. Three of four are there in the mean; whole persons, never 0.75 of
    # one.
    trial = simulate(ABSENT.format(calendar=calendar), 400 * 86_400, bin_s=86_400)
    present = int(trial.record("crew", "f").present_area + trial.record("crew", "f").present * trial.outcome.end)
    mean = present / 1000 / (400 * hours * 3600e6)
    assert mean == pytest.approx(3, abs=4 * 0.87 / 20)  # four standard deviations of the mean of 400 days


def test_one_person_with_absence_and_no_calendar_still_works():
    document = ABSENT.format(calendar="").replace("people: 4", "people: 1")
    assert simulate(document, 100 * 86_400, bin_s=86_400).items["p"].finished > 60 * 24


def test_a_station_short_of_two_skills_goes_on_with_whoever_comes_first():
    # At 101 nobody is free for p (the fitter until 130) nor for q (the mender until 110): q is begun at 110.
    trial = simulate(
        """
        crews: {fitters: {skills: [fit], people: 1}, menders: {skills: [mend], people: 1}}
        stations: {a: {machines: 2}, b: {}, c: {}}
        items:
          p: {made-by: p, release: {every: 101 s}}
          q: {made-by: q, release: {every: 101 s}}
          u: {made-by: u, release: {every: 100 s}}
          v: {made-by: v, release: {every: 100 s}}
        routes:
          p: [{op: x, station: a, time: 5 s, people: {fit: 1}}]
          q: [{op: y, station: a, time: 5 s, people: {mend: 1}}]
          u: [{op: x, station: b, time: 30 s, people: {fit: 1}}]
          v: [{op: x, station: c, time: 10 s, people: {mend: 1}}]
        """,
        150,
    )
    assert (trial.times("p"), trial.times("q")) == ([135], [115])


def test_a_repair_goes_before_a_part_for_which_there_is_a_machine():
    # The fitter is free at 10. c, struck at 5, is mended until 17; only then is there somebody for the part before b,
    # until 37. Struck again at 22, c is mended from 37 on.
    trial = simulate(
        """
        crews: {fitters: {skills: [fit], people: 1}}
        stations: {a: {}, b: {room: 0}, c: {failures: [{uptime: 5 s, repair: 7 s, people: {fit: 1}}]}}
        items: {p: {made-by: p, release: {saturated: true}}}
        routes:
          p: [{op: x, station: a, time: 10 s, people: {fit: 1}}, {op: y, station: b, time: 20 s, people: {fit: 1}}]
        """,
        40,
    )
    assert trial.times("p") == [37]
    assert trial.states("c") == {"down": (10 - 5) + 7 + (37 - 22) + 3, "idle": 5 + 5}
    assert trial.stations["c"].waiting_for_repairer_s == 5 + 15


def test_whoever_is_let_go_may_be_replaced_by_somebody_else():
    # At 5 the fitter is with u and half of the all-round worker comes to p. At 15 p needs one more to unload; half of
    # each is free. Let go, the half can come from the fitter and the whole from the all-round worker, at once.
    trial = simulate(
        """
        crews: {fitters: {skills: [fit], people: 1}, all-round: {skills: [fit, mend], people: 1}}
        stations: {a: {}, b: {}}
        items:
          p: {made-by: p, release: {every: 5 s}}
          u: {made-by: u, release: {conwip: 1}}
        routes:
          p: [{op: x, station: a, time: 10 s, people: {fit: 0.5}, attended: {people: {fit: 1}, unload: 2 s}}]
          u: [{op: x, station: b, time: 10 s, people: {fit: 1}}, {op: y, station: b, time: 90 s, people: {fit: 0.5}}]
        """,
        20,
    )
    assert trial.times("p") == [17]
