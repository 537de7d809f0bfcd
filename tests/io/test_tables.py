"""Tables into documents: forgiving in how a cell is written, strict in what it may mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from plantwright.io.document import examine, load
from plantwright.model.plant import Plant

INLINE = """\
name: Bakery
crews: {bakers: {skills: [baker, oven], people: 3}}
stations:
  mixer: {room: 40, setup: 12 min between families}
  oven: {machines: 2, batch: {max: 60, wait: 20 min}, end-of-shift: finish}
routes:
  roll:
    - {op: "010", station: mixer, time: 30 s, people: {baker: 1}}
    - {op: "020", station: [oven, mixer], time: 20 min, good: 98 %, people: {baker: 1, oven: 0.5}}
  bun:
    - {op: "010", station: oven, time: "normal(5 min, 1 min)"}
products: {roll: {made-by: roll}, bun: {made-by: bun}}
demand: {roll: {year: 6000}, bun: {year: 600}}
"""
TABLES = {
    "plant.yaml": """\
name: Bakery
crews: crews.csv
stations: stations.csv
routes: routes.csv
products: {roll: {made-by: roll}, bun: {made-by: bun}}
demand: demand.csv
""",
    "crews.csv": "id,skills,people\nbakers,baker; oven,3\n",
    "stations.csv": """\
# what stands in the hall
id;room;machines;setup;batch.max;batch.wait;end-of-shift

mixer;40;;12 min between families;;;
oven;;2;;60;20 min;finish
""",
    "routes.csv": """\
route,op,station,time,good,people.baker,people.oven
roll,010,mixer,30 s,,1,
,020,"[oven, mixer]",20 min,98 %,1,0.5
bun,010,oven,"normal(5 min, 1 min)",,,
""",
    "demand.csv": "id\tyear\nroll\t6 000\nbun\t600\n",
}


@pytest.fixture
def inline(write) -> Plant:
    """The plant that the tables describe, in one document."""
    return write(INLINE)


def test_tables_in_any_dialect_describe_the_same_plant(inline: Plant, tmp_path: Path) -> None:
    for name, text in TABLES.items():
        (tmp_path / name).write_text(text, encoding="utf-8-sig" if name == "demand.csv" else "utf-8")
    assert load(tmp_path) == inline


def test_one_route_may_have_a_table_of_its_own(inline: Plant, tmp_path: Path) -> None:
    start, end = INLINE.index("  bun:\n    -"), INLINE.index("products:")
    (tmp_path / "bun.csv").write_text('op,station,time\n010,oven,"normal(5 min, 1 min)"\n', encoding="utf-8")
    (tmp_path / "plant.yaml").write_text(f"{INLINE[:start]}  bun: bun.csv\n{INLINE[end:]}", encoding="utf-8")
    assert load(tmp_path) == inline


def test_a_text_that_ends_in_csv_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "plant.yaml").write_text(INLINE + "description: see notes.csv\n", encoding="utf-8")
    assert load(tmp_path).description == "see notes.csv"


def test_findings_about_a_cell_name_file_line_and_field(tmp_path: Path) -> None:
    for name, text in TABLES.items():
        (tmp_path / name).write_text(text.replace("20 min;finish", "20 kg;finish"), encoding="utf-8")
    _, findings = examine(tmp_path)
    (error,) = [finding for finding in findings if finding.is_error]
    assert (error.place.line, error.place.path) == (5, "stations.oven.batch.wait")
    assert error.place.file.endswith("stations.csv")


def test_a_plain_value_and_its_parts_in_one_row_contradict_each_other(tmp_path: Path) -> None:
    for name, text in TABLES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    table = "id,setup,setup.first\nmixer,12 min between families,1 min\noven,,\n"
    (tmp_path / "stations.csv").write_text(table, encoding="utf-8")
    _, findings = examine(tmp_path)
    assert [(finding.code, finding.place.line) for finding in findings if finding.is_error] == [("E104", 2)]
