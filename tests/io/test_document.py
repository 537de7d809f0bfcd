"""Reading documents: what YAML allows, what the model gets to see, and that nothing an author writes is a traceback."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from plantwright.errors import Place
from plantwright.io.document import digest, examine, load
from plantwright.io.draft import Draft
from plantwright.io.yaml import read_text

BENCH = """\
name: Bench
from: 2027-01-04
stations:
  saw: &machine {room: 5, failures: [{name: jam, uptime: exponential(3 h) busy, repair: lognormal(2 min, 1 min)}]}
  drill: {<<: *machine, room: 6}
routes:
  part:
    - {op: 010, station: saw, time: triangular(1 s, 2 s, 3 s), people: {}}
    - {op: 020, station: drill, time: 1 h 30 min}
products: {part: {made-by: part, release: {saturated: true}}}
"""


def _read(text: str) -> object:
    draft = Draft("plant.yaml")
    tree = read_text(text, "plant.yaml", draft)
    assert draft.findings == []
    return tree


def _load(text: str, folder: Path) -> object:
    (folder / "plant.yaml").write_text(text, encoding="utf-8")
    return load(folder)


def test_every_scalar_is_text_until_the_model_reads_it() -> None:
    assert _read("{op: 010, version: 1.10, yes: no, day: 2027-01-04, gone: ~, empty: ''}") == {
        "op": "010",
        "version": "1.10",
        "yes": "no",
        "day": "2027-01-04",
        "gone": None,
        "empty": "",
    }


def test_a_law_keeps_its_commas_inside_brackets() -> None:
    # YAML itself ends a plain text at a comma inside brackets, and would read "1 h)" as a field without value
    assert _read("{repair: lognormal(2 h, 1 h), n: 1}") == {"repair": "lognormal(2 h, 1 h)", "n": "1"}
    assert _read("[triangular(1 s, 2 s, 3 s), x]") == ["triangular(1 s, 2 s, 3 s)", "x"]


def test_anchors_and_merges_are_followed(tmp_path: Path) -> None:
    plant = _load(BENCH, tmp_path)
    assert plant.stations["drill"].room == 6  # type: ignore[attr-defined]
    assert plant.stations["drill"].failures == plant.stations["saw"].failures  # type: ignore[attr-defined]


def test_nodes_know_their_line() -> None:
    draft = Draft("plant.yaml")
    draft.tree = {"stations": {"saw": {"room": "5"}}}
    read_text("stations:\n  saw:\n    room: 5\n", "plant.yaml", draft)
    assert draft.place(("stations", "saw", "room")) == Place("stations.saw.room", "plant.yaml", 3)
    assert draft.place(("stations", "saw", "rule")).line == 2  # a field that is not there: its group


def test_the_digest_changes_with_content_and_order_but_not_with_spelling(tmp_path: Path) -> None:
    plain = digest(_load(BENCH, tmp_path))  # type: ignore[arg-type]
    respelt = BENCH.replace("{op: 020, station: drill,", "{station: drill, op: '020',")
    assert digest(_load(respelt, tmp_path)) == plain  # type: ignore[arg-type]
    swapped = BENCH.replace("saw:", "x:").replace("drill:", "saw:").replace("x:", "drill:")
    assert digest(_load(swapped, tmp_path)) != plain  # type: ignore[arg-type]


def test_json_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "plant.json"
    path.write_text('{"name": "Bench", "stations": {}, "routes": {}}', encoding="utf-8")
    plant, findings = examine(path)
    assert plant is not None
    assert plant.name == "Bench"
    assert all(not finding.code.startswith("E1") for finding in findings)


SPLINTERS = [
    "{",
    "}",
    "[",
    ":",
    " ",
    "-",
    "0",
    "1e400",
    "nan",
    "~",
    '"',
    "#",
    "*a",
    "<<: ",
    "!x ",
    "|",
    "\t",
    "\n",
    "é",
    "(",
]


@pytest.mark.parametrize("seed", range(10))
def test_a_document_with_random_damage_never_gives_a_traceback(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    for _ in range(20):
        text = BENCH
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(text))
            text = text[:at] + chance.choice(SPLINTERS) + text[at + chance.randint(0, 8) :]
        (tmp_path / "plant.yaml").write_text(text, encoding="utf-8")
        plant, findings = examine(tmp_path)
        errors = [finding for finding in findings if finding.is_error]
        assert plant is not None or errors
        assert all(finding.place.file and (finding.remedy or finding.nearest) for finding in errors)
