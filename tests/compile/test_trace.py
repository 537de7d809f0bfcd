"""The trace in names: what each line of the engine's log says, worked out by hand."""

import ast
import datetime as dt
import inspect

import numpy as np
import polars as pl
import pytest

from plantwright import codes
from plantwright.arrays import LOG_RECORD
from plantwright.codes import NONE
from plantwright.compile import lower
from plantwright.compile.trace import _lookup, trace_header, trace_lift
from plantwright.engine.run import run
from plantwright.results.trace import COLUMNS, EVENTS, FILLS, trace_schema
from plantwright.units import TICKS_PER_SECOND
from tests.trial import plant_of


def traced(document, until_s):
    """Everything that happens in a plant until then, in names."""
    plant = plant_of(document)
    problem = lower(plant, mode="as-written", until_s=until_s)
    lift, tables = trace_lift(plant, problem), []
    until = until_s * TICKS_PER_SECOND
    run(problem.world, seed=1, replication=0, until=until, log=lambda chunk: tables.append(lift(chunk)))
    return pl.concat(tables)


def rows(table, *columns):
    return table.select(columns).rows()


# a makes a part every 2 s, b needs 3 s and has room for one, c needs 1 s. At one instant stations start in the order in
# which they are written, so at second 2 a takes its next part before b begins with the first.
THREE_MACHINES = """
stations: {a: {}, b: {room: 1}, c: {}}
routes:
  r: [{op: cut, station: a, time: 2 s}, {op: drill, station: b, time: 3 s}, {op: test, station: c, time: 1 s}]
products: {part: {made-by: r, release: {saturated: true}}}
"""


def test_three_machines():
    table = traced(THREE_MACHINES, 6)
    of_parts = rows(table.filter(part=pl.col("part")), "time_s", "event", "part", "operation", "machine")
    assert of_parts == [
        (0, "entered", 0, None, None),
        (0, "started", 0, "cut", "a/1"),
        (2, "ended", 0, "cut", "a/1"),
        (2, "joined", 0, "drill", None),
        (2, "entered", 1, None, None),
        (2, "started", 1, "cut", "a/1"),
        (2, "started", 0, "drill", "b/1"),
        (4, "ended", 1, "cut", "a/1"),
        (4, "joined", 1, "drill", None),
        (4, "entered", 2, None, None),
        (4, "started", 2, "cut", "a/1"),
        (5, "ended", 0, "drill", "b/1"),
        (5, "joined", 0, "test", None),
        (5, "started", 1, "drill", "b/1"),
        (5, "started", 0, "test", "c/1"),
        (6, "ended", 2, "cut", "a/1"),
        (6, "joined", 2, "drill", None),
        (6, "entered", 3, None, None),
        (6, "started", 3, "cut", "a/1"),
        (6, "ended", 0, "test", "c/1"),
        (6, "shelved", 0, None, None),
    ]
    of_machines = rows(table.filter(event="state"), "time_s", "machine", "before", "after")
    assert of_machines == [
        *((0, f"{name}/1", None, "idle") for name in "abc"),
        (0, "a/1", "idle", "busy"),
        (2, "b/1", "idle", "busy"),
        (5, "c/1", "idle", "busy"),
        (6, "c/1", "busy", "idle"),
    ]
    assert rows(table.filter(event="stock"), "time_s", "item", "amount", "value") == [(6, "part", 1, 1)]
    assert table.height == len(of_parts) + len(of_machines) + 1


def test_every_line_says_its_moment_its_station_and_its_item():
    table = traced(THREE_MACHINES, 6)
    assert table.schema == trace_schema()
    assert table["time"].to_list() == [
        dt.datetime(2027, 1, 4, tzinfo=dt.UTC) + dt.timedelta(seconds=time) for time in table["time_s"]
    ]
    assert set(rows(table.filter(event="ended"), "item", "station", "machine", "value")) == {
        ("part", name, f"{name}/1", 1) for name in "abc"
    }


# Parts are pressed in 2 s with the one mould and two bolts each, ride on a cart for 1 s and are drilled in 4 s by the
# one man. The drill jams after each 3 s of work and is mended in 2 s. Five bolts lie there; when one is left, four more
# are ordered and come after 1 s. A customer comes every 5 s. The day is a minute long.
SMALL_SHOP = """
calendars: {day: {shifts: [Mon-Sun 00:00-00:01]}}
crews: {men: {skills: [drilling], people: 1, calendar: day}}
tools: {mould: {}}
carriers: {cart: {}}
travel: [{from: press, to: drill, time: 1 s, carrier: cart}]
stations:
  press: {}
  drill: {failures: [{name: jam, uptime: 3 s busy, repair: 2 s}], calendar: day}
items: {bolt: {buy: {from: shop, policy: {s: 1, Q: 4}}}}
suppliers: {smith: {}}
offers: {shop: {supplier: smith, item: bolt, lead-time: 1 s}}
routes:
  r:
    - {op: press, station: press, time: 2 s, tools: {mould: 1}, uses: {bolt: 2}}
    - {op: drill, station: drill, time: 4 s, people: {drilling: 1}}
products: {part: {made-by: r, release: {saturated: true}}}
demand: {part: {every: 5 s}}
"""


@pytest.fixture(scope="module")
def small_shop():
    return traced(SMALL_SHOP, 61)


def first(table, seconds, **values):
    return table.filter(**values).filter(pl.col("time_s") <= seconds)


def test_people_are_held_while_they_work_and_let_go_while_the_machine_is_down(small_shop):
    # The first part arrives at 3, works 3 s until the jam at 6, and its last second from 8 on.
    held = first(small_shop, 9, event="held", crew="men")
    expected = [(3, 1000, 1000), (6, -1000, 0), (8, 1000, 1000), (9, -1000, 0), (9, 1000, 1000)]
    assert rows(held, "time_s", "amount", "value") == expected
    assert rows(first(small_shop, 61, event="present"), "time_s", "crew", "value") == [(0, "men", 1000), (60, "men", 0)]


def test_failures_name_machine_and_mode(small_shop):
    assert rows(first(small_shop, 8, mode="drill/jam"), "time_s", "event", "station", "machine") == [
        (6, "struck", "drill", "drill/1"),
        (8, "mended", "drill", "drill/1"),
    ]


def test_tools_stocks_deliveries_and_orders(small_shop):
    assert rows(first(small_shop, 2, tool="mould"), "time_s", "amount", "value") == [(0, -1, 0), (2, 1, 1), (2, -1, 0)]
    bolts = first(small_shop, 4, event="stock", item="bolt")
    assert rows(bolts, "time_s", "amount", "value") == [(0, -2, 3), (2, -2, 1), (3, 4, 5), (4, -2, 3)]
    assert rows(first(small_shop, 3, event="built in"), "part", "item", "value") == [(0, "bolt", 2), (1, "bolt", 2)]
    assert rows(first(small_shop, 3, event="received"), "time_s", "item", "value") == [(3, "bolt", 4)]
    # Nothing is finished before 9, so the orders of 5 waits and the piece that comes at 9 leaves at once.
    assert rows(first(small_shop, 9, event="ordered"), "time_s", "item", "amount", "value") == [(5, "part", 0, 1)]
    pieces = first(small_shop, 9, event="stock", item="part")
    assert rows(pieces, "time_s", "amount", "value") == [(9, 1, 1), (9, -1, 0)]


def test_the_way_to_a_station_names_it_and_the_carrier(small_shop):
    way = first(small_shop, 2, event="set out")
    assert rows(way, "time_s", "part", "station", "carrier", "value") == [(2, 0, "drill", "cart", 1)]


def test_shifts_turn_off_and_take_the_machines_along(small_shop):
    assert rows(first(small_shop, 61, event="shift"), "time_s", "calendar", "value") == [(60, "day", 0)]
    off = first(small_shop, 61, event="state", after="off shift")
    assert rows(off, "time_s", "machine") == [(60, "drill/1")]


SPLIT_AND_BLOCKED = """
stations:
  a: {failures: [{name: power, uptime: 2 s, repair: 1 s, shared: true}], machines: [{name: old}, {}]}
  b: {room: 0}
carriers: {cart: {number: 2, failures: [{name: puncture, uptime: 1 h, repair: 1 min}]}}
conveyors: {belt: {length: 1 m, speed: 1 m/s, spacing: 0.5 m}}
travel: [{from: a, to: b, time: 1 s}]
items: {half: {made-by: r, room: 1, moves-as: 4}}
routes: {r: [{op: x, station: a, time: 1 s}, {op: y, station: b, time: 1 s}]}
"""


def lines(*written):
    """Lines of the engine's log at second 0."""
    chunk = np.zeros(len(written), LOG_RECORD)
    for row, (code, *columns) in enumerate(written):
        chunk[row] = (0, code, *columns)
    return chunk


def test_lines_that_name_less_or_more_than_one_thing():
    plant = plant_of(SPLIT_AND_BLOCKED)
    problem = lower(plant, mode="as-written", until_s=10)
    stations, items = len(problem.names.stations), len(problem.names.items)
    table = trace_lift(plant, problem)(
        lines(
            (codes.SPLIT, 7, 3, 0, 2),  # two pieces of part 3 become part 7
            (codes.BLOCKED_BY, 7, 1, 1, 2),  # it waits for station b
            (codes.BLOCKED_BY, 7, stations, NONE, 2),  # for its shelf
            (codes.BLOCKED_BY, 7, stations + items, 1, 2),  # for the conveyor
            (codes.REJECTED, 7, 1, 2, 1),  # two defective, one sound piece
            (codes.STRUCK, NONE, 0, NONE, NONE),  # both machines at once
            (codes.STRUCK, NONE, 2, NONE, NONE),  # the second cart
            (codes.IDLE_BECAUSE, NONE, 1, codes.IDLE, codes.WAIT_BATCH),
            (codes.STARTED, 7, 0, 0, 2),
            (codes.SET_OUT, 7, 1, NONE, 2),
        )
    )
    told = [{name: value for name, value in row.items() if value is not None} for row in table.iter_rows(named=True)]
    for row in told:
        assert (row.pop("time_s"), row.pop("time")) == (0, dt.datetime(2027, 1, 4, tzinfo=dt.UTC))
    assert told == [
        {"event": "split", "part": 7, "parent": 3, "item": "half", "value": 2},
        {"event": "blocked by", "part": 7, "station": "b", "item": "half", "operation": "y", "value": 2},
        {"event": "blocked by", "part": 7, "item": "half", "value": 2},
        {"event": "blocked by", "part": 7, "conveyor": "belt", "item": "half", "operation": "y", "value": 2},
        {"event": "rejected", "part": 7, "item": "half", "operation": "y", "amount": 2, "value": 1},
        {"event": "struck", "station": "a", "mode": "a/power"},
        {"event": "struck", "carrier": "cart", "mode": "cart/puncture"},
        {"event": "idle because", "station": "b", "before": "idle", "after": "waiting for batch"},
        {
            "event": "started",
            "part": 7,
            "item": "half",
            "operation": "x",
            "station": "a",
            "machine": "a/old",
            "value": 2,
        },
        {"event": "set out", "part": 7, "station": "b", "value": 2},
    ]


def test_no_lines_are_an_empty_table():
    plant = plant_of(THREE_MACHINES)
    table = trace_lift(plant, lower(plant, mode="as-written", until_s=1))(lines())
    assert (table.height, table.schema) == (0, trace_schema())


def test_every_code_of_the_engine_is_declared_once_under_its_name():
    named = next(
        [name.id for name in node.targets[0].elts]
        for node in ast.walk(ast.parse(inspect.getsource(codes)))
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple)
        if "ENTERED" in {getattr(name, "id", "") for name in node.targets[0].elts}
    )
    assert [event.name.upper().replace(" ", "_") for event in EVENTS] == named


def test_a_kind_of_thing_fills_the_columns_that_are_declared():
    world = lower(plant_of(SMALL_SHOP), mode="as-written", until_s=1).world
    nobody = np.array([NONE])
    found = {kind: tuple(look(nobody)) for kind, look in _lookup(world).items()}
    assert {kind: set(columns) for kind, columns in found.items()} == {
        kind: set(columns) for kind, columns in FILLS.items() if kind != "state"
    }
    assert all(
        index == NONE for look in _lookup(world).values() for column in look(nobody).values() for index in column
    )
    assert {name for columns in FILLS.values() for name in columns} <= {column.name for column in COLUMNS}


def test_the_header_names_every_object_that_events_name():
    plant = plant_of(SMALL_SHOP)
    header = trace_header(plant, lower(plant, mode="as-written", until_s=61), {"seed": 1})
    known = {(thing.column, thing.name) for thing in header.objects}
    table = traced(SMALL_SHOP, 61)
    named = {
        (column.name, name)
        for column in COLUMNS
        if column.names_object and column.holds == "name"
        for name in table[column.name].unique().drop_nulls()
    }
    assert named <= known
    assert {(column, name) for thing in header.objects for column, name, _ in thing.related} <= known
    assert header.start == dt.datetime(2027, 1, 4, tzinfo=dt.UTC)
