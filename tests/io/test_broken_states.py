"""Deliberately broken states: each gives its error with place and remedy, none a traceback.

A case edits the sound state below (one replacement). Lines count from 1.
"""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import NamedTuple

import pytest

import plantwright as pw
from plantwright.errors import DocumentError
from plantwright.io.state import examine_state
from tests.trial import plant_of

PLANT = """
    name: Bakery
    calendars: {early: {shifts: ["04:00-12:00"]}}
    crews: {bakers: {skills: [baker], people: 3}}
    tools: {hook: {number: 2}}
    carriers: {cart: {number: 2, load: 3}}
    conveyors: {belt: {length: 2 m, speed: 1 m/s, spacing: 1 m}}
    travel:
      - {from: mixer, to: oven, time: 30 s, carrier: cart}
      - {from: oven, to: shop, conveyor: belt}
    stations:
      mixer: {machines: [{name: big}, {name: small, only: [roll]}], setup: {between-families: 2 min}}
      spare: {}
      oven: {machines: 2, room: 4, batch: {max: 20}, failures: [
        {name: jam, uptime: exponential(30 h) busy, repair: 20 min, people: {baker: 1}},
        {name: belt, uptime: geometric(0.01) operations, repair: 5 min}]}
      shop: {}
    items:
      flour: {buy: {from: mill, policy: {s: 100, Q: 400}}, start: 300}
      loaf: {made-by: loaf, policy: {base-stock: 5}, room: 50}
      salt: {buy: {}}
    offers: {mill: {item: flour, lead-time: 5 d}, ocean: {item: salt, lead-time: 9 d}}
    routes:
      roll:
        - {op: knead, station: [mixer, spare], time: 90 s, uses: {flour: 1}, people: {baker: 1}, tools: {hook: 1}}
        - {op: bake, station: oven, time: 20 min, transfer: 6}
        - {op: sell, station: shop, time: 10 s}
      loaf: [{op: knead, station: mixer, time: 3 min, family: dark}, {op: bake, station: oven, time: 40 min}]
    products: {roll: {made-by: roll, release: {every: 10 min}, options: {seed: {poppy: 50 %, sesame: 50 %}}}}
    demand: {loaf: {every: exponential(30 min)}}
"""

SOUND = """\
state: 1
plant: Bakery
at: 2027-01-05 06:00
parts:
  - {item: roll, op: knead, machine: mixer/big, options: {seed: poppy}, entered: 2027-01-05 05:58}
  - {item: roll, op: bake, station: oven, count: 2, since: 2027-01-05 05:40}
  - {item: loaf, op: bake, machine: oven/1}
  - {item: roll, op: bake, vehicle: cart/1, from: mixer}
  - {item: roll, op: sell, conveyor: belt, from: oven}
  - {item: roll, op: bake, status: held, from: oven, count: 2}
stocks: {flour: 120, loaf: 0}
backlogs: {loaf: 3}
orders: [{item: loaf, pieces: 4}]
deliveries: [{item: flour, pieces: 400, offer: mill, ordered: 2027-01-04}]
machines:
  mixer/big: {elapsed: 20 s, crews: [bakers]}
  oven/1: {elapsed: 12 min}
  mixer/small: {family: roll}
vehicles:
  cart/1: {way: out, elapsed: 10 s}
failures:
  - {machine: oven/1, failure: jam, age: 9 h}
  - {machine: oven/2, failure: belt, down: 2 min, repair: 1 min}
tools:
  hook/1: {uses: 7, machine: mixer/big}
arrivals: {roll: {elapsed: 2 min}}
customers: {loaf: {elapsed: 5 min}}
overtime: {early: 2027-01-05 13:00}
offers: {mill: 2027-01-09}
"""


class Broken(NamedTuple):
    """A fault: what is replaced, and the error that has to come of it."""

    name: str
    old: str
    new: str
    code: str
    place: str
    words: str
    """Some of what is said, of the remedy or of the nearest name."""


WRITING = [
    Broken("tab", "  mixer/big: {e", "\tmixer/big: {e", "E102", "state.yaml:16", "spaces"),
    Broken("bracket", "crews: [bakers]}", "crews: [bakers}", "E102", "state.yaml:16", "brackets"),
    Broken("no version", "state: 1\n", "", "E105", "state.yaml", 'Begin it with "state: 1"'),
    Broken("a later version", "state: 1", "state: 7", "E105", "state.yaml:1: state", '"7" is no version'),
    Broken("said twice", "plant: Bakery", "plant: Bakery\nplant: Mill", "E104", "state.yaml:3", "plant"),
    Broken("no such table", "parts:", "parts: parts.csv\nlots:", "E106", "state.yaml:4: parts", "parts.csv"),
]
FORM = [
    Broken("field misspelt", "entered:", "enterd:", "E110", "state.yaml:5: parts.0.enterd", "entered"),
    Broken("section misspelt", "stocks:", "stock:", "E110", "state.yaml:11: stock", "stocks"),
    Broken("no moment", "at: 2027-01-05 06:00\n", "", "E111", "state.yaml:1: at", "The moment"),
    Broken("no operation", "op: sell, ", "", "E111", "state.yaml:9: parts.4.op", "The operation"),
    Broken("a list for a table", "{flour: 120, loaf: 0}", "[flour]", "E112", "state.yaml:11: stocks", "table by id"),
    Broken("half a piece", "flour: 120", "flour: 120.5", "E113", "state.yaml:11: stocks.flour", "count such as"),
    Broken("no such day", "at: 2027-01-05 06:00", "at: 2027-02-30", "E113", "state.yaml:3: at", "2027-02-30"),
    Broken("a time without unit", "elapsed: 20 s", "elapsed: 20", "E113", "machines.mixer/big.elapsed", "4.5 min"),
    Broken("no parts", "count: 2, since", "count: 0, since", "E114", "state.yaml:6: parts.1.count", "at least 1"),
    Broken("no such status", "status: held", "status: hold", "E115", "state.yaml:10: parts.5.status", "held"),
    Broken("no such phase", "{elapsed: 12 min}", "{phase: baking}", "E115", "machines.oven/1.phase", "setup, load"),
    Broken("in work nowhere", "machine: oven/1}", "status: in-work}", "E113", "parts.2", "machine: station/1"),
    Broken("waiting on a machine", "machine: oven/1}", "machine: oven/1, status: waiting}", "E113", "parts.2", "two"),
    Broken("repaired but not down", "down: 2 min, ", "", "E113", "failures.1", "down: 30 min"),
    Broken("of two owners", "{machine: oven/2,", "{machine: oven/2, station: oven,", "E113", "failures.1", "Name one"),
    Broken("on two things", "conveyor: belt,", "conveyor: belt, vehicle: cart/2,", "E113", "parts.4", "Keep one"),
    Broken("tries of nothing", "status: held,", "status: held, tries: 2,", "E113", "parts.5", "tried: inspect"),
]
NAMES = [
    Broken(
        "no such product", "item: roll, op: sell", "item: rol, op: sell", "E279", "state.yaml:9: parts.4.item", "roll"
    ),
    Broken("no such machine", "machine: mixer/big, o", "machine: mixer/1, o", "E279", "parts.0.machine", "mixer/"),
    Broken("no such station", "station: oven", "station: ofen", "E279", "state.yaml:6: parts.1.station", "oven"),
    Broken("no such option", "{seed: poppy}", "{sed: poppy}", "E279", "parts.0.options.sed", "seed"),
    Broken("no such value", "{seed: poppy}", "{seed: popy}", "E279", "parts.0.options.seed", "poppy"),
    Broken("no such stock", "flour: 120", "flower: 120", "E279", "state.yaml:11: stocks.flower", "flour"),
    Broken("no such vehicle", "  cart/1", "  cart/3", "E279", "state.yaml:20: vehicles.cart/3", "cart/"),
    Broken("no such tool", "hook/1", "hook/7", "E279", "state.yaml:25: tools.hook/7", "hook/"),
    Broken("no such crew", "[bakers]", "[baker]", "E279", "machines.mixer/big.crews", "bakers"),
    Broken("no such family", "family: roll", "family: rolls", "E279", "machines.mixer/small.family", "roll"),
    Broken("no such failure", "failure: jam", "failure: jamm", "E279", "state.yaml:22: failures.0.failure", "jam"),
    Broken("failure of nobody", "machine: oven/1, f", "machine: oven/9, f", "E279", "failures.0", "oven/"),
    Broken("no such offer", "mill: 2027", "mil: 2027", "E279", "state.yaml:29: offers.mil", "mill"),
    Broken("no such calendar", "{early:", "{late:", "E279", "state.yaml:28: overtime.late", "calendar"),
]
PARTS = [
    Broken("before the first day", "at: 2027-01-05", "at: 2026-01-05", "E280", "state.yaml:3: at", "2027-01-04"),
    Broken("made by nothing", "item: loaf, op: bake", "item: salt, op: bake", "E281", "parts.2.item", "made-by"),
    Broken("an operation that is gone", "op: sell", "op: sel", "E282", "state.yaml:9: parts.4.op", "sell"),
    Broken("one of several stations", "machine: mixer/big, o", "o", "E283", "parts.0", "it is not said where"),
    Broken("where it is not done", "station: oven,", "station: shop,", "E283", "parts.1.station", '"oven"'),
    Broken(
        "on a machine for others",
        "loaf, op: bake, machine: oven/1",
        "loaf, op: knead, machine: mixer/small",
        "E284",
        "parts.2.machine",
        "another machine",
    ),
    Broken("two on one machine", "mixer/big, options", "mixer/big, count: 2, options", "E285", "parts.0", "it holds 1"),
    Broken("entered in the future", "05:58", "06:58", "E286", "state.yaml:5: parts.0.entered", "earlier"),
    Broken(
        "arrived in the past", "from: oven}", "from: oven, arrives: 2027-01-05}", "E286", "parts.4.arrives", "later"
    ),
    Broken("more defects than pieces", "count: 2, since", "defects: 2, since", "E287", "parts.1.defects", "part of 1"),
    Broken("by what does not go there", "cart/1, from: mixer", "cart/1, from: shop", "E288", "parts.3", '"cart"'),
    Broken(
        "where nothing leads",
        "conveyor: belt, from: oven",
        "status: under-way, from: mixer",
        "E288",
        "parts.4",
        "nothing leads",
    ),
    Broken("blocked nowhere", "vehicle: cart/1, from: mixer", "carrier: cart", "E278", "parts.3", "from: mixer"),
    Broken("too many aboard", "vehicle: cart/1,", "vehicle: cart/1, count: 4,", "E289", "parts", "holds 3"),
    Broken("a full lot", "from: oven, count: 2", "from: oven, count: 6", "E290", "parts.5", "a lot of 6"),
    Broken(
        "held for nothing", "op: bake, status: held", "op: sell, status: held", "E290", "parts.5.op", "no part is held"
    ),
]
REST = [
    Broken(
        "at work on nothing", "small: {family: roll}", "small: {elapsed: 3 s}", "E291", "mixer/small", "Add the part"
    ),
    Broken(
        "a phase it has not",
        "{elapsed: 12 min}",
        "{phase: load}",
        "E292",
        "machines.oven/1.phase",
        '"bake" has no load',
    ),
    Broken(
        "an age twice",
        "oven/2, failure: belt, down: 2 min, repair: 1 min",
        "oven/1, failure: jam",
        "E293",
        "failures.1",
        "there twice",
    ),
    Broken(
        "counted otherwise",
        "failure: jam, age: 9 h",
        "failure: jam, operations: 9",
        "E294",
        "failures.0.operations",
        "Give age",
    ),
    Broken(
        "too many tools away",
        "machine: mixer/big}",
        "away: 1 min}\n  hook/2: {away: 1 min}",
        "E295",
        "tools",
        "there are 2",
    ),
    Broken("waiting before a full shelf", "loaf: 0", "loaf: 1", "E296", "state.yaml:12: backlogs.loaf", "Lower both"),
    Broken("called for but bought", "[{item: loaf, p", "[{item: salt, p", "E297", "orders.0.item", "deliveries"),
    Broken(
        "coming from nowhere",
        "item: flour, pieces: 400, offer: mill",
        "item: salt, pieces: 400",
        "E298",
        "deliveries.0",
        "Say when",
    ),
    Broken("delivered in the past", "ordered: 2027-01-04", "due: 2027-01-04", "E286", "deliveries.0.due", "stocks"),
    Broken("no interval", "arrivals: {roll", "arrivals: {loaf", "E299", "state.yaml:26: arrivals.loaf", "release"),
    Broken("nobody orders it", "customers: {loaf", "customers: {roll", "E299", "customers.roll", "demand"),
]
ALL = WRITING + FORM + NAMES + PARTS + REST

WORTH_A_LOOK = [
    Broken("a queue too long", "count: 2, since", "count: 9, since", "W520", "parts", "room for 4"),
    Broken("other people", "[bakers]", "[bakers, bakers]", "W521", "machines.mixer/big.crews", "chosen anew"),
    Broken("longer than it takes", "{elapsed: 12 min}", "{elapsed: 3 h}", "W522", "machines.oven/1.elapsed", "at once"),
    Broken("nobody orders it now", "backlogs: {loaf: 3}", "backlogs: {roll: 1}", "W523", "backlogs.roll", "first"),
    Broken("a shelf too full", "loaf: 0}\nbacklogs: {loaf: 3}", "loaf: 60}", "W524", "stocks.loaf", "room for 50"),
    Broken("learned by nobody", "overtime:", "practice: {bake: 3}\novertime:", "W525", "practice.bake", "nothing"),
]


@pytest.fixture(scope="module")
def plant() -> pw.Plant:
    return plant_of(PLANT)


def _written(folder: Path, *cases: Broken) -> Path:
    text = SOUND
    for case in cases:
        assert case.old in text, "the case edits nothing"
        text = text.replace(case.old, case.new, 1)
    path = folder / "state.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_sound_state_is_sound_and_begun_from(plant: pw.Plant, tmp_path: Path) -> None:
    path = _written(tmp_path)
    state, findings = examine_state(path, plant)
    assert [str(finding) for finding in findings] == []
    answer = pw.simulate(plant, until="2 h", replications=2, state=state, seed=1)
    assert answer.items["roll"].throughput_per_h.mean > 0


def test_there_are_at_least_twenty_broken_states() -> None:
    assert len({case.name for case in ALL}) == len(ALL) >= 20


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_a_broken_state_gives_its_error_with_place_and_remedy(case: Broken, plant: pw.Plant, tmp_path: Path) -> None:
    path = _written(tmp_path, case)
    with pytest.raises(DocumentError) as caught:
        pw.simulate(plant, until="1 h", replications=1, state=path, seed=1)
    errors = caught.value.findings
    for error in errors:
        assert error.place.file == str(path), error
        assert error.message, error
        assert error.remedy, error
    told = [str(error) for error in errors]
    assert [text for text in told if text.startswith(case.code) and case.place in text and case.words in text], told


@pytest.mark.parametrize("case", WORTH_A_LOOK, ids=lambda case: case.name)
def test_what_is_worth_a_look_is_told_and_begun_from(case: Broken, plant: pw.Plant, tmp_path: Path) -> None:
    path = _written(tmp_path, case)
    _, findings = examine_state(path, plant)
    assert [(finding.code, finding.place.path) for finding in findings] == [(case.code, case.place)]
    assert case.words in str(findings[0])
    answer = pw.simulate(plant, until="1 h", replications=1, state=path, seed=1)
    assert [note for note in answer.notes if findings[0].message in note]


def test_every_problem_is_told_at_once_however_deep(plant: pw.Plant, tmp_path: Path) -> None:
    """What cannot be read, what the plant does not have and what does not fit together, in one go."""
    chosen = {"no such status", "a time without unit", "no such stock", "an operation that is gone", "no interval"}
    path = _written(tmp_path, *(case for case in ALL if case.name in chosen))
    with pytest.raises(DocumentError) as caught:
        pw.load_state(path, plant)
    found = [(error.code, error.place.line) for error in caught.value.findings]
    assert sorted(found) == [("E113", 16), ("E115", 10), ("E279", 11), ("E282", 9), ("E299", 26)]


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("state.yaml", "", "E103"),
        ("state.yaml", "- 1\n- 2\n", "E103"),
        ("state.yaml", "just words", "E103"),
        ("state.xlsx", "state: 1", "E101"),
        ("plant.yaml", textwrap.dedent(PLANT), "E105"),
        ("other.yaml", None, "E100"),
    ],
)
def test_other_files_are_no_states(name: str, text: str | None, code: str, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        pw.load_state(tmp_path / name)
    assert [error.code for error in caught.value.findings] == [code]
