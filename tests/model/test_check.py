"""Every finding of `check`: a sound plant, and for each code the smallest change that brings it about."""

import copy
import re
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from ruamel.yaml import YAML

from plantwright.model.check import check
from plantwright.model.plant import Plant

SOUND = """
name: Frames
sites: {main: {}}
shops: {hall: {site: main}}
calendars: {day: {shifts: [Mon-Fri 06:00-14:00]}}
crews: {team: {skills: [fit], people: 2, calendar: day}}
stations:
  saw: {shop: hall, calendar: day}
  press: {room: 4}
  bench: {}
suppliers: {mill: {}}
offers: {steel: {item: bar, supplier: mill, lead-time: 3 d}}
items:
  bar: {buy: {from: steel, policy: {s: 10, Q: 50}}}
  arm: {made-by: arm, policy: {kanban: 20}}
routes:
  arm: [{op: cut, station: saw, time: 1 min, uses: {bar: 1}, people: {fit: 1}}]
  frame:
    - {op: press, station: press, time: 2 min, uses: {arm: 2}, good: 95 %, else: {to: mend, tries: 2}}
    - {op: mend, station: bench, time: 5 min, side: true}
products: {frame: {made-by: frame, options: {colour: {red: 40 %, blue: 60 %}}}}
demand: {frame: {year: 1000}}
"""
SAFE = YAML(typ="safe", pure=True)
CASES = SAFE.load((Path(__file__).parent / "findings.yaml").read_text("utf-8"))
LARGE = {"demand": {"frame": {"year": 400_000}}}


def merged(into: dict, change: dict) -> dict:
    for key, value in change.items():
        if value is None:
            into.pop(key, None)
        elif isinstance(value, dict) and isinstance(into.get(key), dict):
            merged(into[key], value)
        else:
            into[key] = copy.deepcopy(value)
    return into


def plant(*changes: dict) -> Plant:
    """The sound plant with changes."""
    document = SAFE.load(SOUND)
    for change in changes:
        merged(document, change)
    return Plant.model_validate(document)


def change_of(code: str, at: str) -> dict:
    return next(case["change"] for case in CASES if (case["code"], case["at"]) == (code, at))


def test_the_sound_plant_has_no_findings():
    assert check(plant()) == ()


@pytest.mark.parametrize("case", CASES, ids=[f"{case['code']}-{case['at']}" for case in CASES])
def test_a_change_brings_about_its_finding(case):
    findings = check(plant(case["change"]))
    found = [finding for finding in findings if (finding.code, finding.place.path) == (case["code"], case["at"])]
    assert len(found) == 1, findings
    assert case["says"] in found[0].message
    assert found[0].nearest == case.get("near")
    assert found[0].remedy.endswith(".")


def test_every_code_has_a_case(root):
    checks = (root / "src" / "plantwright" / "model" / "checks").glob("*.py")
    codes = {code for path in checks for code in re.findall(r'"([EW]\d{3})"', path.read_text("utf-8"))}
    assert codes - {case["code"] for case in CASES} == {"W604", "W605"}  # those are in test_handover.py


def test_all_findings_come_at_once_and_errors_first():
    changes = [
        change_of("W501", "stations.lathe"),
        change_of("E201", "stations.saw.calendar"),
        change_of("E201", "products.frame.made-by"),
    ]
    assert [finding.code for finding in check(plant(*changes))] == ["E201", "E201", "W501"]


def test_what_a_misspelt_name_was_meant_to_be_is_not_called_unused():
    findings = check(plant(change_of("E201", "stations.saw.shop")))
    assert [finding.place.path for finding in findings] == ["stations.saw.shop"]


def test_targets_are_added_up_only_once_the_names_are_right():
    misspelt = change_of("E201", "stations.saw.calendar")
    assert {finding.code for finding in check(plant(LARGE))} >= {"W601"}
    assert {finding.code for finding in check(plant(LARGE, misspelt))} == {"E201"}


@given(st.lists(st.sampled_from(CASES), min_size=1, max_size=6))
def test_whatever_is_wrong_nothing_is_raised(cases):
    try:
        broken = plant(*(case["change"] for case in cases))
    except ValueError:
        return  # changes that contradict each other already as a document
    assert all(finding.message and finding.place.path for finding in check(broken))
