"""Deliberately broken documents: each gives its error with place and remedy, none a traceback.

A case edits the sound plant below (one replacement), or replaces a whole file. Lines count from 1.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import NamedTuple

import pytest
from openpyxl import Workbook

from plantwright.errors import DocumentError
from plantwright.io.document import examine, load

SOUND = """\
plantwright: 1
name: Bakery
from: 2027-01-04
sites: {main: {time-zone: Europe/Vienna, holidays: AT}}
shops: {bread: {site: main}}
calendars:
  early: {shifts: [Mon-Fri 04:00-12:00], breaks: 30 min per shift}
crews:
  bakers: {skills: [baker], people: 3, calendar: early, absence: 8 %}
stations:
  mixer:
    shop: bread
    calendar: early
    room: 40
    setup: 12 min between families
  oven:
    shop: bread
    machines: 2
    batch: {max: 60, wait: 20 min}
    failures:
      - {name: jam, uptime: exponential(30 h) busy, repair: 20 min, people: {baker: 1}}
items:
  flour: {buy: {from: mill, policy: {s: 6 000, Q: 10 000}}}
offers: offers.csv
routes:
  roll:
    - {op: knead, station: mixer, time: 30 s, uses: {flour: 1}, people: {baker: 1}}
    - {op: bake, station: oven, time: 20 min, good: 98 %}
products:
  roll: {made-by: roll}
demand:
  roll: {year: 60 000, season: {Nov-Dec: 30 %}}
sources: sources.csv
"""
SOURCES = """\
path,mark,source,low,high
stations.oven.machines,E,head baker,1,3
"""


OFFERS = """\
id,item,lead-time,outages,minimum
mill,flour,5 d,"[{from: 2027-03-01, until: 2027-03-08}]",100
"""


class Broken(NamedTuple):
    """A fault: what is replaced in which file, and the error that has to come of it."""

    name: str
    old: str
    new: str
    code: str
    place: str
    remedy: str
    file: str = "plant.yaml"


WRITING = [
    Broken("tab", "  mixer:", "\tmixer:", "E102", "plant.yaml:11", "spaces"),
    Broken("bracket", "{site: main}}", "{site: main}", "E102", "plant.yaml:6", "brackets"),
    Broken("colon", "name: Bakery", "name: Bakery: rolls", "E102", "plant.yaml:2", "quotes"),
    Broken("indentation", "    room: 40", "   room: 40", "E102", "plant.yaml:14", "indentation"),
    Broken("quote", "name: Bakery", 'name: "Bakery', "E102", "plant.yaml", "quotes"),
    Broken("two documents", "stations:\n", "---\nstations:\n", "E102", "plant.yaml:10", "---"),
    Broken("unknown anchor", "room: 40", "room: *rooms", "E102", "plant.yaml:14", "anchor"),
    Broken("empty", SOUND, "", "E103", "plant.yaml", "Begin with"),
    Broken("only a comment", SOUND, "# later\n", "E103", "plant.yaml", "Begin with"),
    Broken("a list at the top", SOUND, "- name: Bakery\n", "E103", "plant.yaml:1", "Begin with"),
    Broken("one text", SOUND, "Bakery", "E103", "plant.yaml:1", "Begin with"),
    Broken("key twice", "    room: 40", "    room: 40\n    room: 50", "E104", "plant.yaml:15", "Keep one"),
    Broken("newer schema", "plantwright: 1", "plantwright: 99", "E105", "plant.yaml:1: plantwright", "Update"),
    Broken("no schema version", "plantwright: 1", "plantwright: new", "E105", "plant.yaml:1: plantwright", "Begin"),
    Broken("alias in itself", "shops:", "staff: &a {x: *a}\nshops:", "E107", "plant.yaml:5", "Write the values out"),
    Broken(
        "alias bomb",
        "sources: sources.csv",
        "\n".join(
            ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
            + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 8)]
        ),
        "E107",
        "plant.yaml:",
        "aliases",
    ),
    Broken("nested too deeply", "room: 40", f"room: {'[' * 3000}", "E102", "plant.yaml", "Close them"),
    Broken("control character", "name: Bakery", "name: Bak\x07ery", "E102", "plant.yaml", "Remove the character"),
    Broken("name missing", "room: 40", "room: 40\n    : 3", "E102", "plant.yaml:15", "name"),
]
NAMES = [
    Broken("field misspelt", "room: 40", "rom: 40", "E110", "plant.yaml:14: stations.mixer.rom", "room"),
    Broken("section misspelt", "crews:", "crew:", "E110", "plant.yaml:8: crew", "crews"),
    Broken("field in a list", "name: jam", "nam: jam", "E110", "plant.yaml:21: stations.oven.failures.0.nam", "name"),
    Broken("field missing", "max: 60, ", "", "E111", "plant.yaml:19: stations.oven.batch.max", "Pieces that fit in"),
    Broken("no name", "name: Bakery\n", "", "E111", "plant.yaml:1: name", "What people call the plant"),
    Broken("no such choice", "room: 40", "rule: fiffo", "E115", "plant.yaml:14: stations.mixer.rule", "fifo"),
    Broken(
        "id with a space", "  mixer:", "  the mixer:", "E116", "plant.yaml:11: stations.the mixer", "without spaces"
    ),
    Broken(
        "ids with a comma",
        "[baker], people",
        '["a, b"], people',
        "E116",
        "plant.yaml:9: crews.bakers.skills.0",
        "semicolons",
    ),
]
VALUES = [
    Broken("a mass for a time", "time: 20 min", "time: 20 kg", "E113", "routes.roll.bake.time", "4.5 min"),
    Broken("a time without unit", "5 d", "5", "E113", "offers.csv:2: offers.mill.lead-time", "4.5 min", "offers.csv"),
    Broken("negative time", "wait: 20 min", "wait: -20 min", "E113", "stations.oven.batch.wait", "time such as"),
    Broken("negative law", "time: 20 min", "time: -20 min", "E113", "routes.roll.bake.time", "Machine time"),
    Broken("negative count", "room: 40", "room: -40", "E113", "plant.yaml:14: stations.mixer.room", "count such as"),
    Broken("no machine", "machines: 2", "machines: 0", "E114", "stations.oven.machines", "at least 1"),
    Broken("no station", "station: oven", "station: []", "E114", "routes.roll.bake.station", "at least one"),
    Broken("half a machine", "machines: 2", "machines: 2.5", "E113", "stations.oven.machines", "count such as"),
    Broken("more than all", "good: 98 %", "good: 98", "E113", "routes.roll.bake.good", "share such as"),
    Broken("decimal comma", "time: 30 s", 'time: "4,5 s"', "E113", "routes.roll.knead.time", "point"),
    Broken("a month", "5 d", "2 months", "E113", "offers.mill.lead-time", "weeks", "offers.csv"),
    Broken("unit misspelt", "wait: 20 min", "wait: 20 minn", "E113", "stations.oven.batch.wait", '"min"'),
    Broken("no such law", "exponential(30 h)", "exponental(30 h)", "E113", "stations.oven.failures.jam", "exponential"),
    Broken(
        "law short of one", "repair: 20 min", "repair: gamma(2 h)", "E113", "failures.jam.repair", "gamma(mean, sd)"
    ),
    Broken("triangle upside down", "time: 30 s", 'time: "triangular(3 s, 2 s, 1 s)"', "E113", "knead.time", "rising"),
    Broken("half past 27", "04:00-12:00", "04:00-27:30", "E113", "calendars.early.shifts.0", "time of day"),
    Broken("no such weekday", "Mon-Fri", "Mon-Fry", "E113", "calendars.early.shifts.0", "Fri"),
    Broken("no such day", "2027-01-04", "2027-02-30", "E113", "plant.yaml:3: from", "day on which runs begin"),
    Broken("no such time zone", "Europe/Vienna", "Europe/Wien", "E113", "sites.main.time-zone", "Europe/Vienna"),
    Broken("season above all", "Nov-Dec: 30 %", "Nov-Dec: 70 %, Jan: 60 %", "E113", "demand.roll", "130 %"),
    Broken("two policies", "s: 6 000", "kanban: 3, s: 6 000", "E113", "items.flour.buy.policy", "one of"),
    Broken("time said twice", "time: 30 s", "time: 30 s, work: 3 at 5/h", "E113", "routes.roll.knead", "Keep one"),
    Broken("list for a group", "{site: main}", "[main]", "E112", "plant.yaml:5: shops.bread", "group of fields"),
    Broken("group for a list", "shifts: [Mon-Fri 04:00-12:00]", "shifts: {Mon: 4}", "E112", "early.shifts", "list"),
    Broken(
        "nothing in a station",
        "    batch: {max: 60, wait: 20 min}\n",
        "    batch: {max: }\n",
        "E113",
        "batch.max",
        "fit",
    ),
    Broken("text for a section", "offers: offers.csv", "offers: mill", "E112", "plant.yaml:24: offers", "table by id"),
]
TABLES = [
    Broken("no such table", "sources.csv", "source.csv", "E106", "plant.yaml:33: sources", "sources.csv"),
    Broken("table outside", "sources.csv", "../sources.csv", "E106", "plant.yaml:33: sources", "beside"),
    Broken("ragged row", "baker,1,3", "baker,1,3,4", "E106", "sources.csv:2", "as many cells", "sources.csv"),
    Broken("open quotes", "E,head", 'E,"head', "E106", "sources.csv:2", "quotes", "sources.csv"),
    Broken("unknown column", "mark,", "marc,", "E110", "sources.csv:1", "mark", "sources.csv"),
    Broken("column twice", "source,low", "low,low", "E104", "sources.csv:1", "Keep one", "sources.csv"),
    Broken("no such mark", ",E,", ",X,", "E115", "sources.csv:2: sources.0.mark", "S or E", "sources.csv"),
    Broken("empty table", SOURCES, "", "E106", "sources.csv", "names the columns", "sources.csv"),
    Broken("broken cell", "08}]", "08}", "E102", "offers.csv:2: offers.mill.outages", "brackets", "offers.csv"),
    Broken("wrong in a cell", "2027-03-08", "2027-03-88", "E113", "offers.csv:2: offers.mill", "usual", "offers.csv"),
    Broken("row without id", "mill,flour", ",flour", "E106", "offers.csv:2", 'column "id"', "offers.csv"),
    Broken("two rows of an id", "mill,", "mill,flour,5 d,,\nmill,", "E104", "offers.csv:3", "Keep one", "offers.csv"),
    Broken("into no group", "minimum", "minimum.most", "E110", "offers.csv:1", "minimum", "offers.csv"),
]
MEANING = [
    Broken("no such station", "station: oven", "station: ovens", "E201", "plant.yaml:28: routes.roll.bake", "oven"),
    Broken("no such calendar", "    calendar: early", "    calendar: eraly", "E201", "plant.yaml:13", "early"),
    Broken("no such item", "{flour: 1}", "{flour: 1, sallt: 1}", "E201", "routes.roll.knead.uses.sallt", "items"),
    Broken("no such offer", "from: mill", "from: mil", "E201", "plant.yaml:23: items.flour.buy.from", '"mill"'),
    Broken("no such site", "{site: main}", "{site: mian}", "E201", "plant.yaml:5: shops.bread.site", '"main"'),
    Broken("no such route", "made-by: roll", "made-by: rolls", "E201", "plant.yaml:30: products.roll", '"roll"'),
    Broken("an order for nothing", "  roll: {year", "  rol: {year", "E201", "plant.yaml:32: demand.rol", '"roll"'),
    Broken(
        "a table's name",
        "mill,flour,",
        "mill,floor,",
        "E201",
        "offers.csv:2: offers.mill.item",
        '"flour"',
        "offers.csv",
    ),
    Broken("item and product", "  flour: {buy", "  roll: {buy: {}}\n  flour: {buy", "E202", "items.roll", "another id"),
    Broken("empty route", "products:", "  bun: []\nproducts:", "E203", "plant.yaml:29: routes.bun", "operations"),
    Broken("op twice", "op: bake", "op: knead", "E204", "plant.yaml:27: routes.roll.knead", "its own name"),
    Broken("op out of reach", "good: 98 %}", "side: true}", "E205", "plant.yaml:28: routes.roll.bake", "Send pieces"),
    Broken("no way out", "good: 98 %}", "then: knead}", "E208", "plant.yaml:26: routes.roll", "then: done"),
    Broken("built of itself", "{flour: 1}", "{flour: 1, roll: 1}", "E210", "products.roll", "circle"),
    Broken(
        "a kit nobody makes", "{buy: {from: mill, policy: {s: 6 000, Q: 10 000}}}", "{}", "E211", "items.flour", "buy"
    ),
    Broken("nobody orders", "  roll: {year: 60 000, season: {Nov-Dec: 30 %}}", "  {}", "E220", "products", "demand"),
    Broken("kanban for a supplier", "s: 6 000, Q: 10 000", "kanban: 9", "E222", "items.flour.buy.policy", "pieces per"),
    Broken(
        "nobody can", "{baker: 1}}\n    - {op: bake", "{cook: 1}}\n    - {op: bake", "E230", "people.cook", "skills"
    ),
    Broken("too few people", "people: 3", "people: 0", "E231", "people.baker", "on that crew"),
    Broken("breaks all day", "30 min per shift", "8 h per shift", "E240", "plant.yaml:7: calendars.early", "shorter"),
    Broken("no such holidays", "holidays: AT", "holidays: XX", "E241", "plant.yaml:4: sites.main.holidays", "ISO 3166"),
    Broken("until before from", "2027-03-08", "2027-02-08", "E242", "offers.csv:2: offers.mill", "later", "offers.csv"),
    Broken("no rate", "machines: 2", "price: 9 kUSD", "E262", "plant.yaml:18: stations.oven.price", "rates: {USD"),
    Broken("a source of nothing", "oven.mach", "ovn.mach", "E270", "sources.csv:2: sources.0", "oven", "sources.csv"),
    Broken("range in kg", "1,3", "1 kg,3", "E271", "sources.csv:2: sources.0.low", "unit", "sources.csv"),
    Broken("range upside down", "1,3", "3,1", "E272", "sources.csv:2: sources.0", "Exchange", "sources.csv"),
    Broken("rework for ever", "good: 98 %", "good: 0 %, else: {to: knead}", "E301", "routes.roll", "number of tries"),
    Broken("nothing good", "good: 98 %", "good: 0 %", "E302", "plant.yaml:26: routes.roll", "above 0"),
    Broken("oven never full", "max: 60", "max: 60, min: 61", "E303", "stations.oven.batch.min", "at most 60"),
]
RULED_OUT = [
    Broken("idle station", "  oven:\n", "  spare: {}\n  oven:\n", "W501", "plant.yaml:16: stations.spare", "delete it"),
    Broken("too many ordered", "year: 60 000", "year: 6 000 000", "W601", "plant.yaml:11: stations.mixer", "85 %"),
]
ALL = [*WRITING, *NAMES, *VALUES, *TABLES, *MEANING]


def _written(folder: Path, case: Broken | None) -> Path:
    """The sound plant in a folder, with one fault."""
    texts = {"plant.yaml": SOUND, "sources.csv": SOURCES, "offers.csv": OFFERS}
    if case is not None:
        assert case.old in texts[case.file], "the case edits nothing"
        texts[case.file] = texts[case.file].replace(case.old, case.new, 1)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _errors(path: Path) -> list[str]:
    """The errors of a document, after asking of each that it says where and what to do."""
    plant, findings = examine(path)
    errors = [finding for finding in findings if finding.is_error]
    for finding in errors:
        assert finding.place.file or finding.place.sheet, finding
        assert finding.remedy or finding.nearest, finding
        assert finding.message, finding
    assert plant is not None or errors
    return [str(finding) for finding in errors]


def test_the_sound_plant_is_sound(tmp_path: Path) -> None:
    plant, findings = examine(_written(tmp_path, None))
    assert [str(finding) for finding in findings] == []
    assert plant is not None
    assert plant.sources[0].source == "head baker"


def test_there_are_at_least_fifty_broken_documents() -> None:
    assert len({case.name for case in ALL}) >= 50


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_a_broken_document_gives_its_error_with_place_and_remedy(case: Broken, tmp_path: Path) -> None:
    errors = _errors(_written(tmp_path, case))
    told = [error for error in errors if error.startswith(case.code) and case.place in error and case.remedy in error]
    assert told, errors
    assert len(errors) == 1 or case in MEANING, errors  # a wrong name may have consequences elsewhere


@pytest.mark.parametrize("case", RULED_OUT, ids=lambda case: case.name)
def test_what_rules_a_target_out_is_told_and_does_not_stop_the_run(case: Broken, tmp_path: Path) -> None:
    plant, findings = examine(_written(tmp_path, case))
    assert plant is not None
    assert [
        finding
        for finding in findings
        if finding.code == case.code and case.place in str(finding.place) and case.remedy in finding.remedy
    ], findings


def test_strict_loading_refuses_warnings_too(tmp_path: Path) -> None:
    folder = _written(tmp_path, RULED_OUT[0])
    assert load(folder).stations["spare"].machine_count == 1
    with pytest.raises(DocumentError, match="W501"):
        load(folder, strict=True)


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    faults = {"room: 40": "rom: 40", "time: 20 min": "time: 20 kg", "98 %": "980 %", "station: oven": "station: stove"}
    text = SOUND
    for old, new in faults.items():
        text = text.replace(old, new)
    _written(tmp_path, None)
    (tmp_path / "plant.yaml").write_text(text, encoding="utf-8")
    assert sorted(error.split()[0] for error in _errors(tmp_path)) == ["E110", "E113", "E113", "E201"]


def test_load_raises_them_all(tmp_path: Path) -> None:
    (tmp_path / "plant.yaml").write_text(SOUND.replace("room: 40", "rom: -4"), encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        load(tmp_path)
    assert [finding.code for finding in caught.value.findings] == ["E106", "E106", "E110"]


@pytest.mark.parametrize(
    ("name", "data", "code", "remedy"),
    [
        ("plant.yaml", b"\x00\x01\x02PK", "E101", "UTF-8"),
        ("plant.yaml", "name: Bäckerei".encode("latin-1"), "E101", "UTF-8"),
        ("plant.xlsx", b"PK\x03\x04 not a workbook", "E101", ".xlsx"),
        ("plant.xlsx", b"", "E101", ".xlsx"),
        ("plant.pdf", b"%PDF", "E101", ".yaml"),
    ],
)
def test_a_file_that_is_no_document(name: str, data: bytes, code: str, remedy: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    (error,) = _errors(tmp_path / name)
    assert error.startswith(code)
    assert name in error
    assert remedy in error


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    _written(tmp_path, None)
    (error,) = _errors(tmp_path / "plnt.yaml")
    assert error.startswith("E100")
    assert '"plant.yaml"' in error


def test_a_folder_without_a_document(tmp_path: Path) -> None:
    (tmp_path / "line.yaml").write_text(SOUND, encoding="utf-8")
    (error,) = _errors(tmp_path)
    assert error.startswith("E100")
    assert "line.yaml" in error


def _book(sheets: dict[str, list[list[object]]], path: Path) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    path.write_bytes(data.getvalue())
    return path


SHEETS: dict[str, list[list[object]]] = {
    "plant": [["field", "value"], ["name", "Bakery"]],
    "stations": [["id", "machines", "room"], ["oven", 2, None]],
    "routes": [["route", "op", "station", "time"], ["roll", "bake", "oven", "20 min"]],
    "products": [["id", "made-by"], ["roll", "roll"]],
    "demand": [["id", "year"], ["roll", 6000]],
}


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "code", "place", "remedy"),
    [
        ("stations", 2, 2, -2, "E113", "[stations!B2]: stations.oven.machines", "count such as"),
        ("stations", 2, 3, "3 kg", "E113", "[stations!C2]: stations.oven.room", "count such as"),
        ("stations", 1, 3, "rooom", "E110", "[stations!C1]", "room"),
        ("stations", 2, 1, None, "E106", "[stations!A2]", "id"),
        ("stations", 3, 1, "oven", "E104", "[stations!A3]", "Keep one"),
        ("routes", 2, 4, "20 kg", "E113", "[routes!D2]: routes.roll.bake.time", "4.5 min"),
        ("routes", 2, 3, "[oven", "E102", "[routes!C2]", "brackets"),
        ("plant", 2, 1, "nam", "E110", "[plant!B2]: nam", "name"),
        ("plant", 3, 1, "from", "E113", "[plant!B3]: from", "day on which"),
    ],
)
def test_a_broken_workbook_names_sheet_and_cell(
    sheet: str, row: int, column: int, value: object, code: str, place: str, remedy: str, tmp_path: Path
) -> None:
    sheets = {name: [list(cells) for cells in rows] for name, rows in SHEETS.items()}
    while len(sheets[sheet]) < row:
        sheets[sheet].append([None, "1"])
    sheets[sheet][row - 1][column - 1] = value
    errors = _errors(_book(sheets, tmp_path / "plant.xlsx"))
    assert any(error.startswith(code) and place in error and remedy in error for error in errors), errors


def test_an_unknown_sheet(tmp_path: Path) -> None:
    errors = _errors(_book({**SHEETS, "statoins": [["id"], ["x"]], "# notes": [["anything"]]}, tmp_path / "plant.xlsx"))
    assert len(errors) == 1
    assert errors[0].startswith("E106")
    assert '"stations"' in errors[0]


def test_an_empty_workbook(tmp_path: Path) -> None:
    (error,) = _errors(_book({"plant": []}, tmp_path / "plant.xlsx"))
    assert error.startswith("E103")
