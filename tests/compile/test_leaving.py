"""What a run leaves behind as a state is what a run can begin from: it goes on with the same events."""

import datetime as dt

import pytest
from hypothesis import given, settings, strategies as st

from plantwright.compile import lower
from plantwright.io.document import load, tree_of
from plantwright.model import presence
from plantwright.model.state import Condition, State
from tests.certain import certain
from tests.continuing import goes_on_alike, snapshot
from tests.engine.features import PLANTS
from tests.oracle.test_traces import ten_seconds_a_day
from tests.strategies import come_and_go, maintained, plants, varied
from tests.trial import plant_of

CERTAIN = {
    name: certain(tree_of(load(PLANTS / f"{name}.yaml"))) for name in ("people", "kits", "dates", "transport", "time")
}
"""The plants that have every feature between them, without chance."""


@pytest.mark.parametrize("at_s", [0.5, 100.5, 700, 1300, 1777.25])
@pytest.mark.parametrize("name", CERTAIN)
def test_without_chance_a_run_from_a_state_has_the_same_events(name, at_s):
    assert goes_on_alike(CERTAIN[name], at_s, 2400) > 100


@pytest.mark.parametrize("at_s", [300.5, 1100])
def test_so_has_one_of_the_mix(at_s):
    """The sequence of the mix goes on where it was."""
    assert goes_on_alike(CERTAIN["dates"], at_s, 2000, mode="capacity", conwip={"plate": 5, "ring": 3}) > 100


@settings(max_examples=60)
@given(plants(), st.integers(2, 220))
def test_so_has_any_plant(tree, half_seconds):
    goes_on_alike(certain(tree), half_seconds / 2, 150)


KEPT = """
    crews: {fitters: {skills: [fit], people: 0}}
    stations:
      a: {blocking: before}
      b: {machines: 3, room: 4, setup: {between-families: 6 s}}
    routes:
      r:
        - {op: cut, station: a, time: 2 s, sample: {every: 1, operations: [look]}}
        - {op: join, station: b, time: 1 s, people: {fit: 1}}
        - {op: look, station: b, time: 7 s, transfer: 2}
    products: {part: {made-by: r, release: {every: 9 s, group: 3}}}
"""


def test_a_place_that_a_finished_part_goes_by_is_still_kept():
    """A machine keeps a place for the cut part; its sample waits on it, and goes to the laboratory first."""
    assert goes_on_alike(KEPT, 32.5, 150) > 50


REPEATED = """
    calendars: {day: {shifts: ["00:00-00:01"]}}
    stations:
      a:
        calendar: day
        failures:
          - {uptime: 43 s, repair: 4 s, off-shift: run, then: scrap}
          - {uptime: 15 s, repair: 1 s, then: repeat}
    routes: {r: [{op: cut, station: a, time: 4 s}]}
    products: {part: {made-by: r, release: {conwip: 4}}}
"""


def test_work_that_is_begun_anew_has_begun():
    """At 60 s the second failure has it repeated from its start; at 93 s, off shift, the first one scraps it."""
    assert goes_on_alike(REPEATED, 64.5, 150) > 5


TOGETHER = """
    sites: {here: {}}
    shops: {hall: {site: here}}
    calendars: {day: {site: here, shifts: ["00:00-12:00"]}}
    stations: {a: {shop: hall, calendar: day}, b: {machines: [{from: 2027-01-06}]}}
    items: {bolt: {}}
    routes: {r: [{op: cut, station: a, time: 1 h}]}
    products: {part: {made-by: r}}
    demand: {bolt: {every: 6 h}, part: {every: 12 h}}
"""


def test_of_what_comes_at_one_instant_the_first_known_comes_first():
    """Midnight of 6 January: a machine comes whose date is known from the beginning, a shift begins that is known since
    noon; at noon two customers order, of whom the one for parts is known for longer.
    """
    hours = 3600
    assert goes_on_alike(TOGETHER, 44 * hours, 60 * hours) > 10


DUE = """
    stations:
      a: {maintenance: [{every-operations: 2, takes: 5 s}, {every-busy: 27 s, takes: 18 s, interrupts: true}]}
    routes: {r: [{op: cut, station: a, time: 2 s}]}
    products: {part: {made-by: r, release: {saturated: true}}}
"""


def test_maintenance_that_waits_for_the_end_of_an_operation_goes_on_waiting():
    """At 73 s the machine stands still in the middle of one, for the maintenance that interrupts it."""
    assert goes_on_alike(DUE, 73, 150) > 50


@settings(max_examples=40)
@given(maintained(come_and_go(varied(plants()))), st.integers(2, 220))
def test_so_has_any_plant_under_maintenance_whose_machines_people_and_tools_come_and_go(tree, half_seconds):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(presence, "midnight", ten_seconds_a_day)
        goes_on_alike(certain(without_dates(tree)), half_seconds / 2, 150)


def without_dates(tree):
    """Without maintenance by the calendar: of several machines at one instant a state does not keep the order."""
    for station in tree["stations"].values():
        station["maintenance"] = [stop for stop in station.get("maintenance", ()) if "every" not in stop]
    return tree


LINE = """
    stations: {a: {room: 2}, b: {room: 1, setup: {between-families: 7 s}}}
    routes:
      r:
        - {op: cut, station: a, time: 4 s}
        - {op: bore, station: b, time: 6 s, family: round}
    products: {part: {made-by: r, release: {every: 3 s}}}
"""


def state_at(at_s, document=LINE, **options):
    plant = plant_of(document)
    return snapshot(plant, lower(plant, mode="as-written", until_s=100), at_s, **options)


def at(second):
    return dt.datetime(2027, 1, 4, 0, 0, second, tzinfo=dt.UTC)


def test_a_state_in_names():
    """Parts come at 3, 6, 9, ... The first is cut until 7, then set up for until 14 and bored until 20. The second is
    cut from 7 to 11 and waits before b; the third from 11 to 15 and then blocks a. At 16 it is blocked, the parts of 12
    and 15 wait before it, and b has bored for 2 s.
    """
    state = state_at(16)
    where = [(part.status, part.op, part.machine, part.station, part.entered) for part in state.parts]
    assert where == [
        ("waiting", "bore", None, "b", at(6)),
        ("waiting", "cut", None, "a", at(12)),
        ("waiting", "cut", None, "a", at(15)),
        ("in-work", "bore", "b/1", None, at(3)),
        ("blocked", "bore", "a/1", "b", at(9)),
    ]
    assert [part.since for part in state.parts[:3]] == [at(11), at(12), at(15)]
    assert state.at == at(16)
    assert str(state.machines["b/1"].elapsed) == "2 s"
    assert state.machines["b/1"].remaining is None
    assert str(state.arrivals["part"].elapsed) == "1 s"


def test_a_source_that_is_blocked_stays_blocked():
    """The first part is cut from 3 to 13; a part waits before a from 6 on, and the one of 9 blocks its source until the
    queue has room at 13. The next one comes 3 s after that.
    """
    document = """
        stations: {a: {room: 1}}
        routes: {r: [{op: cut, station: a, time: 10 s}]}
        products: {part: {made-by: r, release: {every: 3 s, full: block}}}
    """
    state = state_at(12, document)
    assert state.arrivals == {}
    assert [(order.item, order.pieces, order.complete) for order in state.orders] == [("part", 1, True)]
    assert goes_on_alike(document, 12, 100) > 10


def test_on_request_it_says_what_nobody_could_know():
    state = state_at(16, hidden=True)
    assert str(state.machines["b/1"].remaining) == "4 s"
    assert str(state.arrivals["part"].remaining) == "2 s"
    assert all(part.defects == 0 for part in state.parts)


def test_parts_that_are_alike_are_one_entry():
    document = """
        stations: {a: {}}
        routes: {r: [{op: cut, station: a, time: 1 h}]}
        products: {part: {made-by: r, release: {every: 10 s, group: 4}}}
    """
    waiting = [part.count for part in state_at(15, document).parts if part.status == "waiting"]
    assert waiting == [3]


def test_an_idle_machine_is_told_where_it_is_set_up_or_out_of_turn():
    """Two machines take turns: a/1 cuts from 5 to 9, so that a/2 is next; a/2 from 10 to 14, and all is as new."""
    document = LINE.replace("a: {room: 2}", "a: {machines: 2}").replace("every: 3 s", "every: 5 s")
    assert list(state_at(9.5, document).machines) == ["b/1", "a/2"]
    assert state_at(9.5, document).machines["a/2"] == Condition()
    assert list(state_at(14.5, document).machines) == ["b/1"]


def test_nothing_is_said_of_a_plant_in_which_nothing_has_happened():
    state = state_at(0.5)
    assert (state.parts, state.machines, state.failures, state.backlogs) == ((), {}, (), {})
    assert state == State(at=state.at, plant="trial", stocks={"part": 0}, arrivals=state.arrivals)
