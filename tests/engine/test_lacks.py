"""Mechanism 15, states: which skill, item or tool machines wait for, and for how long."""

from plantwright.codes import IDLE
from plantwright.results import Missing
from tests.trial import simulate


def skill(key):
    return Missing("skill", key)


def item(key):
    return Missing("item", key)


def tool(key):
    return Missing("tool", key)


def short_of(trial, station):
    """What a station waited for. [s]"""
    return {thing: round(time, 6) for thing, time in trial.stations[station].short_of.items()}


KIT = """
stations: {build: {}, cut: {}, wind: {}}
items:
  frame: {made-by: frame, release: {every: 10 s}}
  motor: {made-by: motor, release: {every: 12 s}}
routes:
  frame: [{op: cut, station: cut, time: 1 s}]
  motor: [{op: wind, station: wind, time: 1 s}]
  set: [{op: join, station: build, time: 2 s, uses: {frame: 1, motor: 1}}]
products: {set: {made-by: set, release: {saturated: true}}}
"""


def test_a_kit_of_two_items_of_which_one_comes_later():
    # Frames come at 11, 21, 31, motors at 13, 25, 37. Sets are begun at 13, 25 and 37 and take 2 s. Frame and motor are
    # both missing from 0 to 11, the motor alone to 13; from 15 on both again, the frame until 21, the motor until 25;
    # from 27 on, the frame until 31, the motor until 37; from 39 to 40 the motor, and the frame too (comes at 41).
    trial = simulate(KIT, 40)
    assert trial.states("build") == {"busy": 6, "starved for kit": 34}
    assert short_of(trial, "build") == {item("frame"): 11 + 6 + 4 + 1, item("motor"): 13 + 10 + 10 + 1}
    assert short_of(trial, "cut") == short_of(trial, "wind") == {}


def test_what_is_missing_at_the_end_of_the_warm_up_counts_from_there():
    # Of the above from 20 to 26: the frame until 21, the motor until 25.
    trial = simulate(KIT, 26, warmup=20)
    assert short_of(trial, "build") == {item("frame"): 1, item("motor"): 5}


def test_every_idle_machine_waits():
    # Two machines wait for their kits; the first set is begun at 13, while the other machine waits on for both.
    trial = simulate(KIT.replace("build: {}", "build: {machines: 2}"), 15)
    assert trial.states("build") == {"busy": 2, "starved for kit": 28}
    assert short_of(trial, "build") == {item("frame"): 2 * 11 + 2, item("motor"): 2 * 13 + 2}


def test_an_item_that_another_station_takes_is_missing_from_then_on():
    # There is one frame, and the motor comes at 13. The press takes the frame at 5: build misses it from then on.
    trial = simulate(
        """
        stations: {build: {}, press: {}, wind: {}}
        items:
          frame: {start: 1}
          motor: {made-by: motor, release: {every: 12 s}}
          plate: {made-by: plate, release: {every: 5 s}}
        routes:
          motor: [{op: wind, station: wind, time: 1 s}]
          plate: [{op: form, station: press, time: 1 s, uses: {frame: 1}}]
          set: [{op: join, station: build, time: 2 s, uses: {frame: 1, motor: 1}}]
        products: {set: {made-by: set, release: {saturated: true}}}
        """,
        20,
    )
    assert short_of(trial, "build") == {item("frame"): 15, item("motor"): 13}
    assert short_of(trial, "press") == {item("frame"): 10}
    assert "nobody supplies (build and press for frame)" in trial.run.notes[0]


def test_a_station_waits_for_people_of_a_skill():
    # One welder, two stations: a welds from 0 to 6, b waits for 6 s and welds to 10, a waits for 4 s, and so on.
    trial = simulate(
        """
        crews: {welders: {skills: [weld], people: 1}}
        stations: {a: {}, b: {}}
        routes:
          p: [{op: x, station: a, time: 6 s, people: {weld: 1}}]
          q: [{op: y, station: b, time: 4 s, people: {weld: 1}}]
        products:
          p: {made-by: p, release: {every: 20 s}}
          q: {made-by: q, release: {every: 20 s}}
        """,
        40,
    )
    assert trial.states("b") == {"busy": 4, "waiting for people": 6, "idle": 30}
    assert short_of(trial, "a") == {}
    assert short_of(trial, "b") == {skill("weld"): 6}


def test_a_machine_waits_for_people_in_the_middle_of_its_work():
    # The fitter loads a from 10 to 11 and is called away to b, where he works from 11 to 21: a is ready at 13 and waits
    # for him until then.
    trial = simulate(
        """
        crews: {fitters: {skills: [fit], people: 1}}
        stations: {a: {}, b: {}}
        routes:
          p: [{op: x, station: a, time: 2 s, attended: {people: {fit: 1}, load: 1 s, unload: 1 s}}]
          q: [{op: y, station: b, time: 10 s, people: {fit: 1}}]
        products:
          p: {made-by: p, release: {every: 10 s}}
          q: {made-by: q, release: {every: 11 s}}
        """,
        19,
    )
    assert trial.states("a") == {"idle": 10, "busy": 3, "waiting for people": 6}
    assert short_of(trial, "a") == {skill("fit"): 6}


def test_who_can_be_had_but_not_together_is_missing_together():
    # One person has both skills: the setup needs one of them, the work both at once, and never gets them.
    trial = simulate(
        """
        crews: {all: {skills: [fit, mend], people: 1}}
        stations: {a: {}}
        routes: {p: [{op: x, station: a, time: 2 s, people: {fit: 1, mend: 1}}]}
        products: {p: {made-by: p, release: {every: 5 s}}}
        """,
        20,
    )
    assert trial.states("a") == {"idle": 5, "waiting for people": 15}
    assert short_of(trial, "a") == {skill("fit"): 15, skill("mend"): 15}


def test_a_station_waits_for_a_tool():
    # One mould, and each use takes it away for 3 s: a casts from 0 to 4 and waits to 7, to 11 and waits to 14, ...
    trial = simulate(
        """
        stations: {a: {}}
        tools: {mould: {number: 1, return: 3 s}}
        routes: {p: [{op: cast, station: a, time: 4 s, tools: {mould: 1}}]}
        products: {p: {made-by: p, release: {saturated: true}}}
        """,
        21,
    )
    assert trial.states("a") == {"busy": 12, "starved for kit": 9}
    assert short_of(trial, "a") == {tool("mould"): 9}


def test_off_shift_nothing_is_missing():
    # On shift from 0 to 60 and from 120 s on: the kit is missing for 60 + 10 s.
    trial = simulate(
        """
        calendars: {shifts: {shifts: ["00:00-00:01", "00:02-24:00"]}}
        stations: {build: {calendar: shifts}}
        items: {frame: {}}
        routes: {set: [{op: join, station: build, time: 2 s, uses: {frame: 1}}]}
        products: {set: {made-by: set, release: {every: 1 s}}}
        """,
        131,
    )
    assert trial.states("build") == {"off shift": 60, "starved for kit": 59 + 11, "idle": 1}
    assert short_of(trial, "build") == {item("frame"): 70}


def test_a_machine_that_is_down_misses_nothing():
    # It fails at 10 s and is mended at 15 s; a frame never comes.
    trial = simulate(
        """
        stations: {build: {failures: [{uptime: 10 s, repair: 5 s}]}}
        items: {frame: {}}
        routes: {set: [{op: join, station: build, time: 2 s, uses: {frame: 1}}]}
        products: {set: {made-by: set, release: {saturated: true}}}
        """,
        20,
    )
    assert trial.states("build") == {"starved for kit": 15, "down": 5}
    assert short_of(trial, "build") == {item("frame"): 15}


def test_stations_that_need_nothing_but_machines_keep_no_account():
    trial = simulate(
        """
        stations: {a: {}}
        routes: {p: [{op: x, station: a, time: 2 s}]}
        products: {p: {made-by: p, release: {every: 5 s}}}
        """,
        20,
    )
    assert len(trial.outcome.world.lack) == 0
    assert trial.record("station", "a").idle_state == IDLE


def test_a_stock_that_ran_empty_and_that_nobody_supplies_is_named():
    # Three frames are there: the last set is finished at 6 s, and nothing can happen any more.
    trial = simulate(
        """
        stations: {build: {name: Final assembly}}
        items: {frame: {start: 3, name: Cast frame}}
        routes: {set: [{op: join, station: build, time: 2 s, uses: {frame: 1}}]}
        products: {set: {made-by: set, release: {saturated: true}}}
        """,
        100,
    )
    (told,) = trial.run.notes
    where = "waits for what nobody supplies (Final assembly for Cast frame)"
    remedy = "say where Cast frame comes from, in items.frame (buy, with an offer and a policy, or made-by)"
    assert told == f"trial stood still after 6 s: it {where}: {remedy}."


def test_so_is_one_for_which_parts_keep_queueing():
    # Parts keep coming, so the run goes on to its end, but nothing is finished after the third set, at 8 s.
    trial = simulate(
        """
        stations: {build: {}}
        items: {frame: {start: 3}}
        routes: {set: [{op: join, station: build, time: 2 s, uses: {frame: 1}}]}
        products: {set: {made-by: set, release: {every: 2 s}}}
        """,
        100,
    )
    assert trial.times("set") == [4, 6, 8]
    assert "waits for what nobody supplies (build for frame)" in trial.run.notes[0]


def test_what_is_on_its_way_is_not_said_to_be_supplied_by_nobody():
    # The order of frames takes longer than the run.
    trial = simulate(
        """
        stations: {build: {}}
        items: {frame: {buy: {from: mill, policy: {s: 0, Q: 5}}, start: 0}}
        offers: {mill: {item: frame, lead-time: 1000 s}}
        routes: {set: [{op: join, station: build, time: 2 s, uses: {frame: 1}}]}
        products: {set: {made-by: set, release: {every: 2 s}}}
        """,
        100,
    )
    assert short_of(trial, "build") == {item("frame"): 98}
    assert not any("nobody supplies" in note for note in trial.run.notes)
