"""Whatever is written reads back to an equal plant: one YAML file, a folder with tables, a workbook."""

from __future__ import annotations

import csv
import warnings
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from openpyxl import load_workbook

from plantwright.io import write as writing
from plantwright.io.document import digest, examine, load
from plantwright.io.emit import document
from plantwright.io.write import to_yaml, write
from plantwright.model.plant import Plant

EXAMPLE: dict[str, Any] = {
    "name": "Bakery: bread & rolls",
    "from": "2027-01-04",
    "money": {"base": "EUR", "rates": {"USD": 0.92}},
    "sites": {"main": {"time-zone": "Europe/Vienna", "holidays": ["2027-05-01", "2027-12-25"]}},
    "shops": {"dough": {"site": "main"}},
    "calendars": {"early": {"shifts": ["Mon-Fri 04:00-12:00", "Sat 05:00-10:00"], "breaks": "30 min per shift"}},
    "crews": {"bakers": {"skills": ["baker", "oven"], "people": 4, "absence": "8 %", "wage": "14 EUR/h"}},
    "stations": {
        "mixer": {"shop": "dough", "calendar": "early", "setup": {"between-families": "12 min"}},
        "oven": {
            "machines": [{"name": "old", "speed": 0.8}, {}],
            "batch": {"max": 60, "wait": "20 min"},
            "failures": [{"name": "jam", "uptime": "exponential(30 h) busy", "repair": "lognormal(2 h, 1 h)"}],
        },
    },
    "items": {"flour": {"buy": {"policy": {"s": "60 000", "Q": 100_000}}}, "salt": {"buy": {}}, "roll": {"room": 400}},
    "routes": {
        "roll": [
            {"op": "010", "station": "mixer", "time": "4.5 min", "uses": {"flour": 3, "salt": 1}},
            {"op": "bake", "station": ["oven", "mixer"], "work": "900 pieces at 52 000/h", "good": ["97 %", 0.5]},
        ],
        "nothing": [],
    },
    "products": {"rolls": {"made-by": "roll", "options": {"seed": {"poppy": "50 %", "none": "50 %"}}}},
    "demand": {"rolls": {"year": 60_000, "season": {"Nov-Dec": "30 %"}}},
    "sources": [{"path": "stations.oven.batch.max", "mark": "E", "low": "50", "note": "=told, 'roughly'; by \"Ann\""}],
}


@pytest.fixture
def plant() -> Plant:
    """A small plant that uses every way of writing: laws, lists, groups, short forms, quotes, ids like numbers."""
    return Plant.model_validate(EXAMPLE)


@pytest.mark.parametrize("name", ["plant.yaml", "folder", "plant.xlsx"])
def test_a_plant_reads_back_equal(plant: Plant, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "LONG", 1)  # every list becomes a table
    write(plant, tmp_path / name)
    again, findings = examine(tmp_path / name)
    assert [finding for finding in findings if finding.code.startswith("E1")] == []
    assert again == plant
    assert digest(again) == digest(plant)


def test_quantities_keep_their_unit_and_laws_their_words(plant: Plant) -> None:
    text = to_yaml(plant)
    assert "time: 4.5 min" in text
    assert "work: 900 pieces at 52 000/h" in text
    assert 'repair: "lognormal(2 h, 1 h)"' in text  # the comma would end the text inside brackets


def test_short_lists_stay_in_the_document_and_long_ones_become_tables(plant: Plant, tmp_path: Path) -> None:
    many = plant.replace(stations={f"s{number}": {"machines": number} for number in range(1, 13)} | plant.stations)
    document_path = write(many, tmp_path / "folder")
    assert document_path == tmp_path / "folder" / "plant.yaml"
    assert "stations: stations.csv" in document_path.read_text(encoding="utf-8")
    with (tmp_path / "folder" / "stations.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows[:2]] == ["s1", "s2"]
    assert rows[11]["machines"] == "12"
    assert not (tmp_path / "folder" / "shops.csv").exists()


def test_a_workbook_explains_itself(plant: Plant, tmp_path: Path) -> None:
    path = write(plant, tmp_path / "plant.xlsx")
    sheet = load_workbook(path)["stations"]
    headers = {cell.value: cell for cell in sheet[1]}
    assert headers["room"].comment.text.startswith("Parts that may wait before it")
    assert "batch.max" in headers  # used by the oven
    assert "rule" in headers  # used by nobody, offered all the same
    choices = [rule.formula1 for rule in sheet.data_validations.dataValidation]
    assert any("same-family" in choice for choice in choices)


def test_numbers_that_excel_made_of_text_are_understood(plant: Plant, tmp_path: Path) -> None:
    path = write(plant, tmp_path / "plant.xlsx")
    book = load_workbook(path)
    crews = book["crews"]
    column = next(cell.column for cell in crews[1] if cell.value == "absence")
    crews.cell(2, column).value = 0.125
    crews.cell(2, column).number_format = "0.0%"
    book.save(path)
    again, _ = examine(path)
    assert again is not None
    assert str(again.crews["bakers"].absence) == "12.5 %"


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=12)
IDS = st.from_regex(r"\A[A-Za-z0-9][A-Za-z0-9_.+/-]{0,8}\Z")
TIMES = st.builds(
    lambda law, mean, sd: f"{law}({mean} min, {sd} s)" if law else f"{mean} h",
    st.sampled_from(["", "normal", "lognormal", "gamma"]),
    st.integers(1, 999) | st.floats(0.001, 1e5),
    st.integers(1, 99),
)
SHARES = st.integers(0, 100).map(lambda percent: f"{percent} %") | st.floats(0, 1)


def _group(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A group of fields of which any may be left out."""
    return st.fixed_dictionaries({}, optional={name.replace("_", "-"): field for name, field in fields.items()})


STATIONS = _group(
    machines=st.integers(1, 900) | st.lists(_group(name=WORDS, speed=st.floats(0.1, 9)), min_size=1, max_size=3),
    room=st.integers(0, 99),
    rule=st.sampled_from(["fifo", "same-family"]),
    batch=st.fixed_dictionaries({"max": st.integers(1, 99)}, optional={"wait": st.just("1 h 30 min")}),
    setup=TIMES.map(lambda time: f"{time} between families"),
    name=WORDS,
)
OPERATIONS = st.tuples(
    st.fixed_dictionaries({"op": IDS, "station": IDS | st.lists(IDS, min_size=1, max_size=2), "time": TIMES}),
    _group(
        good=SHARES, uses=st.dictionaries(IDS, st.integers(1, 9), max_size=3), else_=_group(to=IDS), side=st.booleans()
    ),
).map(lambda pair: pair[0] | {name.rstrip("-"): value for name, value in pair[1].items()})
PLANTS = st.fixed_dictionaries(
    {
        "name": IDS,
        "stations": st.dictionaries(IDS, STATIONS, max_size=4),
        "routes": st.dictionaries(IDS, st.lists(OPERATIONS, max_size=3), max_size=3),
        "items": st.dictionaries(
            IDS, _group(buy=_group(from_=IDS).map(lambda _: {}), name=WORDS, serial=st.booleans()), max_size=3
        ),
        "description": WORDS,
    }
).map(Plant.model_validate)


@pytest.mark.parametrize("name", ["plant.yaml", "folder", "plant.xlsx"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plant=PLANTS)
def test_any_plant_reads_back_equal(name: str, plant: Plant, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        write(plant, tmp_path / name)
        again, findings = examine(tmp_path / name)
    assert [str(finding) for finding in findings if finding.code.startswith("E1")] == []
    assert again == plant


def test_long_entries_are_broken_into_blocks() -> None:
    tree = {"stations": {"a": {"name": "x" * 60, "failures": [{"note": "y" * 100, "then": "z"}]}}}
    assert max(len(line) for line in document(tree).splitlines()) <= 120


EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.mark.parametrize("form", ["plant.yaml", "folder", "plant.xlsx"])
@pytest.mark.parametrize("example", sorted(path.name for path in EXAMPLES.iterdir() if path.suffix in ("", ".yaml")))
def test_every_example_reads_back_equal(example: str, form: str, tmp_path: Path) -> None:
    plant = load(EXAMPLES / example)
    write(plant, tmp_path / form)
    assert load(tmp_path / form) == plant
