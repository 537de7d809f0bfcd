"""Traces as files: three kinds hold the same events, keep to their standards and never more than a chunk in memory."""

import gzip
import json
import random
import weakref
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings, strategies as st
from polars.testing import assert_frame_equal

from plantwright.arrays import LOG_RECORD
from plantwright.codes import NONE
from plantwright.compile import lower
from plantwright.compile.trace import CODES, trace_header, trace_lift
from plantwright.errors import DocumentError, RunError
from plantwright.io.document import load
from plantwright.io.trace import TraceFile, read_trace
from plantwright.io.trace.members import members
from plantwright.io.trace.runs import Run, merged
from plantwright.results.trace import TRACE_STATES, trace_schema
from tests.standards import faults_of_ocel, faults_of_xes
from tests.trial import plant_of

KINDS = ("parquet", "json", "jsonocel", "xes", "json.gz", "jsonocel.gz", "xes.gz")

# Something of each kind that a line can name; texts that JSON and XML have to spell.
EVERYTHING = """
name: 'Nuts & "bolts" <Ltd.>'
calendars: {day: {shifts: [Mon-Fri 06:00-14:00]}}
crews: {men: {skills: [work], people: 2, calendar: day}, women: {skills: [work], people: 1}}
tools: {mould: {number: 2}}
carriers: {cart: {failures: [{name: flat, uptime: 1 h, repair: 1 s}], calendar: day}}
conveyors: {belt: {length: 1 m, speed: 1 m/s, spacing: 0.5 m}}
travel: [{from: a, to: b, time: 1 s, carrier: cart}, {from: b, to: c, conveyor: belt}]
stations:
  a: {machines: [{name: 'old "Bertha"'}, {name: '<2> & new\\'}], calendar: day}
  b: {failures: [{name: 'jam ''é''', uptime: 1 h, repair: 1 s}]}
  c: {machines: 2, failures: [{name: power, uptime: 1 h, repair: 1 s, shared: true}]}
items: {bolt: {buy: {}}, nut: {made-by: r, release: {saturated: true}}}
routes:
  r: [{op: x, station: a, time: 1 s}, {op: y, station: b, time: 1 s, uses: {bolt: 1}}, {op: z, station: c, time: 1 s}]
products: {part: {made-by: r}}
"""


@pytest.fixture(scope="module")
def everything():
    """A plant with one thing of each kind at least, lowered: its header and its lift."""
    plant = plant_of(EVERYTHING)
    problem = lower(plant, mode="as-written", until_s=10)
    return problem, trace_header(plant, problem, {"seed": 1, "plant_hash": "ab"}), trace_lift(plant, problem)


def written(path, header, lift, chunks):
    """A trace of some chunks, in a file; each chunk is spoilt after it was taken, as the engine does."""
    with TraceFile(path, header, lift) as file:
        for chunk in chunks:
            taken = chunk.copy()
            file.write(taken)
            taken.fill(0)
        file.keep()
    return path


def some_lines(problem, count, seed):
    """Lines of every kind, drawn at random; parts come to be one after the other, as they do in the engine."""
    draw = random.Random(seed)
    world = problem.world
    size = {name: len(getattr(world, name)) for name in ("release", "item", "operation", "station", "machine", "crew")}
    size |= {name: len(getattr(world, name)) for name in ("mode", "tool", "travel", "calendar")}
    size |= {"target": size["station"] + size["item"] + len(world.conveyor), "state": len(TRACE_STATES)}
    parts, now, found = draw.choice([0, 5]), 0, []
    for code in [*CODES, *(draw.choice(list(CODES)) for _ in range(count - len(CODES)))]:
        event = CODES[code]
        now += draw.choice([0, 1, 999_999, 60_000_000])
        is_new = event.name in ("entered", "split")
        part = parts if is_new else draw.randrange(max(1, parts)) if event.part else NONE
        parts += is_new

        size["parent"] = max(1, parts - 1)
        who, what, value = (draw.randrange(size.get(kind, 1)) for kind in (event.who, event.what, event.value))
        what = draw.randint(-9, 9) if event.amount else what if event.what else NONE
        value = draw.randint(0, 2**40) if event.count else value if event.value else NONE
        found.append((now, code, part, who, what, value))
    return np.array(found, LOG_RECORD)


def in_chunks(lines, seed):
    cuts = sorted(random.Random(seed).sample(range(1, len(lines)), 5))
    return np.split(lines, cuts)


@pytest.mark.parametrize("seed", range(4))
def test_every_kind_of_file_holds_the_same_events(everything, tmp_path, seed):
    problem, header, lift = everything
    lines = some_lines(problem, 400, seed)
    told = lift(lines)
    for kind in KINDS:
        path = written(tmp_path / f"trace.{kind}", header, lift, in_chunks(lines, seed))
        assert_frame_equal(read_trace(path), told, check_exact=True)
        assert_frame_equal(read_trace(str(path), lazy=True).collect(), told, check_exact=True)


@pytest.mark.parametrize("name", ["people", "kits", "dates"])
def test_plants_that_have_every_feature(root, tmp_path, name):
    from plantwright.engine import worlds
    from plantwright.engine.run import run

    plant = load(root / "tests" / "plants" / "features" / f"{name}.yaml")
    problem = lower(plant, mode="as-written", until_s=2000)
    lift, header = trace_lift(plant, problem), trace_header(plant, problem, {"seed": 3})
    chunks = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worlds, "LINES_PER_CHUNK", 300)
        run(problem.world, seed=3, replication=0, until=2000 * 10**6, log=lambda chunk: chunks.append(chunk.copy()))
    assert len(chunks) > 1
    told = pl.concat(lift(chunk) for chunk in chunks)
    for kind in ("parquet", "json", "xes"):
        assert_frame_equal(read_trace(written(tmp_path / f"t.{kind}", header, lift, chunks)), told, check_exact=True)
    assert faults_of_ocel(json.loads((tmp_path / "t.json").read_text("utf-8"))) == []
    assert faults_of_xes((tmp_path / "t.xes").read_text("utf-8")) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_trace_without_events(everything, tmp_path, kind):
    _, header, lift = everything
    assert_frame_equal(
        read_trace(written(tmp_path / f"t.{kind}", header, lift, [])), pl.DataFrame(schema=trace_schema())
    )


@pytest.mark.parametrize("seed", range(4))
def test_ocel_keeps_to_the_standard(everything, tmp_path, seed):
    problem, header, lift = everything
    path = written(tmp_path / "t.json", header, lift, in_chunks(some_lines(problem, 400, seed), seed))
    log = json.loads(path.read_text("utf-8"))
    assert faults_of_ocel(log) == []
    types = {thing["id"]: thing["type"] for thing in log["objects"]}
    assert {"machine", "crew", "station", "item", "part:nut"} <= set(types.values())
    assert {types[f"machine:{name}"] for name in problem.names.machines} == {"machine"}


def test_the_check_of_ocel_finds_what_is_wrong(everything, tmp_path):
    problem, header, lift = everything
    log = json.loads(written(tmp_path / "t.json", header, lift, [some_lines(problem, 30, 1)]).read_text("utf-8"))
    for spoil in (
        lambda log: log["events"][0].update(type="unheard"),
        lambda log: log["events"][0].update(time="2027-01-04T00:00:00"),
        lambda log: log["events"][1].update(id=log["events"][0]["id"]),
        lambda log: log["events"][0]["attributes"][0].update(value="seven"),
        lambda log: log["events"][0]["relationships"][0].update(objectId="part:99999"),
        lambda log: log["objects"].pop(),
        lambda log: log.pop("objectTypes"),
    ):
        spoilt = json.loads(json.dumps(log))
        spoil(spoilt)
        assert faults_of_ocel(spoilt) != []


def test_a_part_of_ocel_is_of_the_type_of_its_item_and_knows_where_it_was_taken_from(everything, tmp_path):
    _, header, lift = everything
    nut = header.items.index("nut")
    entered, split = (next(code for code in CODES if CODES[code].name == name) for name in ("entered", "split"))
    lines = np.array([(0, entered, 0, 0, nut, 8), (1_500_000, split, 1, 0, nut, 3)], LOG_RECORD)
    log = json.loads(written(tmp_path / "t.json", header, lift, [lines]).read_text("utf-8"))
    assert [thing for thing in log["objects"] if thing["type"] == "part:nut"] == [
        {
            "id": "part:0",
            "type": "part:nut",
            "attributes": [{"name": "pieces", "time": "2027-01-04T00:00:00.000000Z", "value": 8}],
            "relationships": [{"objectId": "item:nut", "qualifier": "piece of"}],
        },
        {
            "id": "part:1",
            "type": "part:nut",
            "attributes": [{"name": "pieces", "time": "2027-01-04T00:00:01.500000Z", "value": 3}],
            "relationships": [
                {"objectId": "item:nut", "qualifier": "piece of"},
                {"objectId": "part:0", "qualifier": "taken from"},
            ],
        },
    ]
    assert log["events"][1] == {
        "id": "e1",
        "type": "split",
        "time": "2027-01-04T00:00:01.500000Z",
        "attributes": [{"name": "pieces", "value": 3}],
        "relationships": [
            {"objectId": "part:1", "qualifier": "new part"},
            {"objectId": "part:0", "qualifier": "taken from"},
            {"objectId": "item:nut", "qualifier": "item"},
        ],
    }


@pytest.mark.parametrize("seed", range(4))
def test_xes_keeps_to_the_standard_with_a_trace_for_each_part(everything, tmp_path, seed):
    from xml.etree import ElementTree

    problem, header, lift = everything
    lines = some_lines(problem, 400, seed)
    text = written(tmp_path / "t.xes", header, lift, in_chunks(lines, seed)).read_text("utf-8")
    assert faults_of_xes(text) == []
    traces = {}
    for trace in ElementTree.fromstring(text).findall("trace"):
        name = trace.find("string[@key='concept:name']").attrib["value"]
        assert name not in traces
        traces[name] = [int(event.find("int[@key='row']").attrib["value"]) for event in trace.findall("event")]
    expected = {}
    for row, part in enumerate(lines["part"]):
        expected.setdefault("plant" if part == NONE else str(part), []).append(row)
    assert traces == expected


def test_operations_are_the_activities_of_xes_with_their_steps(everything, tmp_path):
    _, header, lift = everything
    codes = [next(code for code in CODES if CODES[code].name == name) for name in ("joined", "started", "ended")]
    lines = np.array([(0, code, 0, 0, 0, 1) for code in codes], LOG_RECORD)
    text = written(tmp_path / "t.xes", header, lift, [lines]).read_text("utf-8")
    assert text.count('<string key="concept:name" value="x"/>') == 3
    for step in ("schedule", "start", "complete"):
        assert text.count(
            f'<event><string key="concept:name" value="x"/><string key="lifecycle:transition" value="{step}"/>'
        )


def test_a_name_that_ends_in_gz_is_compressed(everything, tmp_path):
    problem, header, lift = everything
    lines = some_lines(problem, 100, 1)
    for kind in ("json", "xes"):
        plain = written(tmp_path / f"t.{kind}", header, lift, [lines])
        packed = written(tmp_path / f"t.{kind}.gz", header, lift, [lines])
        assert gzip.decompress(packed.read_bytes()) == plain.read_bytes()


class Alive:
    """How many of the things that were shown to it are still there."""

    def __init__(self):
        self.count = 0

    def watch(self, thing):
        self.count += 1
        weakref.finalize(thing, self.one_less)
        return thing

    def one_less(self):
        self.count -= 1


@pytest.mark.parametrize("kind", ["parquet", "json", "xes"])
def test_never_more_than_one_chunk_is_held(everything, tmp_path, kind):
    problem, header, lift = everything
    tables, records, lifted = Alive(), Alive(), []

    def counting(chunk):
        assert tables.count == 0, "a table that was written is still there"
        lifted.append(len(chunk))
        return tables.watch(lift(chunk))

    lines = some_lines(problem, 3000, 1)
    is_of_part = (lines["part"] != NONE) & (np.arange(3000) > 1000)
    lines["part"][is_of_part] = 7  # the events of one part fill many chunks
    with TraceFile(tmp_path / f"t.{kind}", header, counting) as file:
        for chunk in np.array_split(lines, 30):
            given = records.watch(chunk.copy())
            file.write(given)
            del given
            assert records.count == 0, "a chunk that was written is still there"
        file.keep()
    assert tables.count == 0
    assert (max(lifted), sum(lifted)) == (100, 3000)
    assert read_trace(tmp_path / f"t.{kind}").height == 3000


@given(
    parts=st.lists(st.integers(-1, 12), min_size=1, max_size=200),
    longest=st.integers(1, 40),
)
@settings(max_examples=200)
def test_runs_are_merged_by_part_in_the_order_of_time(tmp_path_factory, parts, longest):
    lines = np.zeros(len(parts), LOG_RECORD)
    lines["part"], lines["time"] = parts, np.arange(len(parts))
    with (tmp_path_factory.mktemp("runs") / "spool").open("w+b") as file:
        starts = range(0, len(lines), longest)
        runs = [Run(file, lines[start : start + longest], start) for start in starts]
        pieces = list(merged(runs))
    assert max(len(piece) for piece in pieces) <= longest
    rows = np.concatenate(pieces)
    assert rows["row"].tolist() == rows["time"].tolist()
    assert rows["row"].tolist() == sorted(range(len(parts)), key=lambda row: (parts[row] < 0, parts[row], row))


def test_what_was_not_kept_leaves_nothing_behind(everything, tmp_path):
    problem, header, lift = everything
    for kind in KINDS:
        path = tmp_path / f"t.{kind}"
        path.write_text("as it was", encoding="utf-8")
        with TraceFile(path, header, lift) as file:
            file.write(some_lines(problem, 50, 1))
        assert path.read_text("utf-8") == "as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"t.{kind}" for kind in KINDS)


@pytest.mark.parametrize(
    ("name", "code", "nearest"),
    [
        ("t.parqet", "E416", ".parquet"),
        ("t.parquet.gz", "E416", None),
        ("trace", "E416", None),
        ("no/t.xes", "E417", None),
    ],
)
def test_a_name_that_cannot_be_written_is_refused_before_anything_is_run(everything, tmp_path, name, code, nearest):
    _, header, lift = everything
    with pytest.raises(RunError) as caught:
        TraceFile(tmp_path / name, header, lift)
    (finding,) = caught.value.findings
    assert finding.code == code
    assert finding.remedy
    assert nearest is None or finding.nearest == nearest
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.parquet", "no Parquet"),
        ("t.json", ""),
        ("t.json", "[]"),
        ("t.json", '{"events": [{"id": "e1", "type": "unheard", "time": "2027-01-04T00:00:00Z"}]}'),
        ("t.json", '{"eventTypes": [], "events": []}'),
        ("t.json", '{"eventTypes": ['),
        ("t.xes", "<log><trace></log>"),
        ("t.xes", "<log/>"),
        ("t.xes", "<log><trace><event><string key='concept:name' value='x'/></event></trace></log>"),
        ("t.xes.gz", "not compressed"),
        ("t.json.gz", "not compressed"),
    ],
)
def test_a_file_that_is_no_trace_is_refused(tmp_path, name, content):
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        read_trace(tmp_path / name)
    assert [finding.code for finding in caught.value.findings] == ["E108"]


def test_a_parquet_file_of_something_else_is_refused(tmp_path):
    pl.DataFrame({"time_s": [0.0]}).write_parquet(tmp_path / "t.parquet")
    for lazy in (False, True):
        with pytest.raises(DocumentError, match="columns"):
            read_trace(tmp_path / "t.parquet", lazy=lazy)


def test_a_file_that_is_not_there_names_the_nearest(tmp_path):
    (tmp_path / "trace.xes").touch()
    with pytest.raises(DocumentError) as caught:
        read_trace(tmp_path / "trase.xes")
    assert (caught.value.findings[0].code, caught.value.findings[0].nearest) == ("E100", "trace.xes")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=20,
)


@given(document=st.dictionaries(st.text(max_size=4), VALUES, max_size=4), block=st.integers(1, 9), indent=st.booleans())
@settings(max_examples=200)
def test_json_read_in_small_pieces_is_what_was_written(tmp_path_factory, document, block, indent):
    from plantwright.io.trace import members as module

    path = Path(tmp_path_factory.mktemp("json")) / "t.json"
    path.write_text(json.dumps(document, indent=2 if indent else None), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, path.open(encoding="utf-8") as source:
        patch.setattr(module, "BLOCK", block)
        found = list(members(source))
    expected = []
    for name, value in document.items():
        expected += [(name, each) for each in value] if isinstance(value, list) else [(name, value)]
    assert found == expected
