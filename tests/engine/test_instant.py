"""The order of one instant: what happens first when several things happen at the same time."""

import pytest

from plantwright import codes
from plantwright.compile import lower
from plantwright.engine import replication
from plantwright.engine.run import run
from tests.trial import plant_of, simulate

EVERYTHING = """
from: 2027-03-01
sites: {here: {}}
calendars: {late: {shifts: ["00:01-00:02"]}}
tools: {jig: {return: 10 s}}
carriers: {cart: {}, van: {}}
conveyors: {belt: {length: 10 m, speed: 1 m/s, spacing: 1 m}}
travel:
  - {from: way-1, to: way-2, time: 10 s}
  - {from: cart-1, to: cart-2, time: 10 s, carrier: cart}
  - {from: van-1, to: van-2, time: 20 s, carrier: van}
  - {from: belt-1, to: belt-2, conveyor: belt}
stations:
  oven: {batch: {max: 2, wait: 20 s}}
  shop: {}
  gate: {}
  shift: {calendar: late}
  tool: {}
  van-1: {machines: 2}
  van-2: {}
  belt-1: {}
  belt-2: {}
  cart-1: {}
  cart-2: {}
  way-1: {}
  way-2: {}
  struck: {failures: [{name: struck, uptime: 60 s, repair: 5 s}]}
  mended: {failures: [{name: mended, uptime: 20 s, repair: 40 s}]}
  done: {}
offers: {mine: {item: ore, lead-time: 60 s}}
items:
  ore: {buy: {from: mine, policy: {s: 0, Q: 5}}, start: 0}
  oven: {made-by: oven, release: {every: 40 s}}
  sold: {made-by: gate, policy: {kanban: 1}}
  gate: {made-by: gate, release: {every: 60 s}}
  tool: {made-by: tool, release: {every: 40 s}}
  van: {made-by: van, release: {every: 10 s}}
  belt: {made-by: belt, release: {every: 40 s}}
  cart: {made-by: cart, release: {every: 40 s}}
  way: {made-by: way, release: {every: 40 s}}
  done: {made-by: done, release: {saturated: true}}
routes:
  oven: [{op: bake, station: oven, time: 5 s}]
  gate: [{op: pass, station: gate, time: 1 s}]
  shop: [{op: sell, station: shop, time: 1 s}]
  tool: [{op: hold, station: tool, time: 10 s, tools: {jig: 1}}]
  van: [{op: fill, station: van-1, time: 10 s}, {op: empty, station: van-2, time: 1 s}]
  belt: [{op: put, station: belt-1, time: 10 s}, {op: take, station: belt-2, time: 1 s}]
  cart: [{op: load, station: cart-1, time: 10 s}, {op: unload, station: cart-2, time: 1 s}]
  way: [{op: send, station: way-1, time: 10 s}, {op: get, station: way-2, time: 1 s}]
  done: [{op: work, station: done, time: 60 s}]
products: {dated: {made-by: shop, ahead: 43140 s}}
demand:
  dated: {orders: [{date: 2027-03-01, pieces: 1}]}
  sold: {every: 60 s}
"""


def trace(document, until):
    """Lines of the trace of a run (time [s], code, part, who, what, value), and the names of its indices."""
    lines = []
    problem = lower(plant_of(document), mode="as-written", until_s=until)
    run(problem.world, seed=1, replication=0, until=until * 10**6, log=lambda chunk: lines.extend(chunk.tolist()))
    return [(time / 1e6, *rest) for time, *rest in lines], problem.names


def test_events_of_one_instant_go_in_the_written_order():
    # Everything below happens at 60 s, in a corner of the plant of its own; the document has it the other way round.
    lines, names = trace(EVERYTHING, 61)
    station, item, release = names.stations.index, names.items.index, names.releases.index
    mode = [failure for _, failure in names.modes].index
    expected = [
        ("completion", codes.ENDED, station("done")),
        ("repair", codes.MENDED, mode("mended")),
        ("failure", codes.STRUCK, mode("struck")),
        ("arrival by itself", codes.JOINED, station("way-2")),
        ("arrival with a carrier", codes.JOINED, station("cart-2")),
        ("end of a conveyor", codes.JOINED, station("belt-2")),
        ("return of a carrier", codes.SET_OUT, station("van-2")),
        ("return of a tool", codes.TOOL, 0),
        ("calendar", codes.SHIFT, 0),
        ("delivery", codes.RECEIVED, item("ore")),
        ("arrival from outside", codes.ENTERED, release("gate")),
        ("order that may be started", codes.ENTERED, release("dated")),
        ("customer", codes.ORDERED, item("sold")),
        ("time-out", codes.STARTED, station("oven")),
    ]
    machines = [name.partition("/")[0] for name in names.machines]
    now = []
    for time, code, _, who, *_ in lines:
        if time == 60:
            of_machine = code in (codes.ENDED, codes.STARTED)
            now.append((code, station(machines[who]) if of_machine else who))
    wanted = [(code, who) for _, code, who in expected]
    found = [entry for entry in now if entry in wanted]
    assert found == wanted


def test_within_one_kind_what_was_scheduled_first_happens_first():
    # b begins at 4 for 6 s, a at 5 for 5 s: both end at 10, b, which began first, before a.
    lines, names = trace(
        """
        stations: {a: {}, b: {}}
        items: {p: {made-by: p, release: {every: 5 s}}, q: {made-by: q, release: {every: 4 s}}}
        routes: {p: [{op: x, station: a, time: 5 s}], q: [{op: x, station: b, time: 6 s}]}
        """,
        10,
    )
    ended = [names.machines[who] for time, code, _, who, *_ in lines if (time, code) == (10, codes.ENDED)]
    assert ended == ["b/1", "a/1"]


def test_after_each_event_blocked_parts_go_before_those_who_enter():
    # c is full from 4 on. q arrives outside at 6; p, from a, is done at 8 and blocked. When c is free, at 20, p goes
    # first though q came first; q enters at 36.
    trial = simulate(
        """
        stations: {a: {}, c: {room: 0}}
        items: {p: {made-by: p, release: {every: 4 s}}, q: {made-by: q, release: {every: 6 s}}}
        routes:
          p: [{op: x, station: a, time: 100 ms}, {op: y, station: c, time: 16 s}]
          q: [{op: z, station: c, time: 1 s}]
        """,
        37,
        bin_s=0.1,
    )
    assert trial.times("p") == [20.1, 36.1]
    assert trial.times("q") == []


def test_people_go_to_repairs_then_to_work_under_way_then_to_new_work():
    # One person. He works at c until 20; a is down since 10, b asks for him since 13 to unload, d has a part since 12.
    trial = simulate(
        """
        crews: {f: {skills: [fit], people: 1}}
        stations: {d: {}, a: {failures: [{uptime: 10 s, repair: 5 s, people: {fit: 1}}]}, b: {}, c: {}}
        items:
          p: {made-by: p, release: {every: 12 s}}
          q: {made-by: q, release: {every: 3 s}}
          r: {made-by: r, release: {every: 4 s}}
        routes:
          p: [{op: x, station: d, time: 1 s, people: {fit: 1}}]
          q: [{op: x, station: b, time: 10 s, attended: {people: {fit: 1}, unload: 2 s}}]
          r: [{op: x, station: c, time: 16 s, people: {fit: 1}}]
        """,
        28,
    )
    assert trial.states("a")["down"] == 15  # until 25
    assert trial.times("r") == [20]
    assert trial.times("q") == [27]
    assert trial.times("p") == [28]


def test_stations_start_in_the_order_of_the_document():
    # Both have a part since 3. The only person is let go at c at 10 and goes to the station that is written first.
    document = """
    crews: {{f: {{skills: [fit], people: 1}}}}
    stations: {{{first}: {{}}, {second}: {{}}, c: {{}}}}
    items:
      p: {{made-by: p, release: {{every: 3 s}}}}
      q: {{made-by: q, release: {{every: 3 s}}}}
      r: {{made-by: r, release: {{every: 2 s}}}}
    routes:
      p: [{{op: x, station: a, time: 2 s, people: {{fit: 1}}}}]
      q: [{{op: x, station: b, time: 2 s, people: {{fit: 1}}}}]
      r: [{{op: x, station: c, time: 8 s, people: {{fit: 1}}}}]
    """
    one, other = (simulate(document.format(first=first, second=second), 12) for first, second in ("ab", "ba"))
    assert (one.times("p"), one.times("q")) == ([12], [])
    assert (other.times("p"), other.times("q")) == ([], [12])


def test_the_end_of_the_run_comes_after_everything_else_at_its_instant():
    document = "stations: {a: {}}\nitems: {p: {made-by: p, release: {every: 5 s}}}\n"
    trial = simulate(document + "routes: {p: [{op: x, station: a, time: 5 s}]}", 10)
    assert trial.times("p") == [10]
    assert trial.items["p"].released == 2


ENDLESS = """
tools: {jig: {}}
stations: {a: {}, b: {}, c: {}}
items: {p: {made-by: p, release: {conwip: 3}}, q: {made-by: q, release: {every: 1 h}}}
routes:
  p: [{op: x, station: a, time: 0 s, tools: {jig: 1}}, {op: y, station: b, time: 0 s}]
  q: [{op: z, station: c, time: 5 s}]
"""


def test_a_plant_in_which_time_stands_still_is_told(monkeypatch):
    monkeypatch.setattr(replication, "MOST_AT_ONCE", 1000)
    problem = lower(plant_of(ENDLESS), mode="as-written", until_s=100)
    going = replication.begun(problem.world, seed=1, replication=0, until=100 * 10**6)
    going.step(events=400)
    going.step(events=400)
    with pytest.raises(replication.Endless) as told:
        going.step(events=400)
    assert told.value.time == 0
    assert sorted(told.value.stations) == [0, 1]
