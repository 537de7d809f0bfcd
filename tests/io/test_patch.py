"""Patches: a plant that differs as they say, and a clear word where a path leads nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from plantwright.errors import DocumentError
from plantwright.io.document import load
from plantwright.io.patch import Patch, apply, is_patch, load_patch
from plantwright.model.plant import Plant

DOCUMENT = """\
name: Bakery
stations:
  mixer: {room: 40}
  oven.1: {machines: 2, failures: [{name: jam, uptime: 30 h, repair: 1 h}, {name: fire, uptime: 90 d, repair: 2 d}]}
routes:
  roll:
    - {op: knead, station: mixer, time: 30 s}
    - {op: bake, station: oven.1, time: 20 min}
products: {roll: {made-by: roll}}
demand: {roll: {year: 6000}}
"""


@pytest.fixture
def plant(write) -> Plant:
    """Two stations and one route; an id holds a dot."""
    return write(DOCUMENT)


def _patch(text: str, folder: Path) -> Patch:
    path = folder / "patch.yaml"
    path.write_text(f"plantwright-patch: 1\n{text}", encoding="utf-8")
    return load_patch(path)


def test_a_value_is_set_by_its_path(plant: Plant) -> None:
    changed = apply(plant, {"stations.oven.1.machines": 3, "routes.roll.bake.time": "15 min"})
    assert changed.stations["oven.1"].machines == 3
    assert str(changed.routes["roll"][1].time) == "15 min"
    assert changed.stations["mixer"] == plant.stations["mixer"]


def test_the_plant_itself_is_left_as_it_was(plant: Plant) -> None:
    before = plant.model_copy(deep=True)
    apply(plant, {"stations.mixer.room": 1})
    assert plant == before


def test_fields_at_their_defaults_can_be_set_groups_and_all(plant: Plant) -> None:
    changed = apply(plant, {"stations.mixer.batch.max": 6, "stations.mixer.batch.wait": "5 min", "money.base": "USD"})
    assert changed.stations["mixer"].batch is not None
    assert changed.stations["mixer"].batch.max == 6
    assert changed.money.base == "USD"


def test_entries_of_lists_are_addressed_by_name_or_position(plant: Plant) -> None:
    changed = apply(plant, {"stations.oven.1.failures.jam.repair": "2 h", "stations.oven.1.failures[1].repair": "3 d"})
    assert [str(failure.repair) for failure in changed.stations["oven.1"].failures] == ["2 h", "3 d"]


def test_new_entries_may_be_added(plant: Plant) -> None:
    changed = apply(plant, {"stations.spare": {"machines": 4}})
    assert changed.stations["spare"].machine_count == 4


def test_a_patch_file_sets_removes_and_overlays(plant: Plant, tmp_path: Path) -> None:
    patch = _patch(
        """\
name: a better oven
set: {stations.mixer.room: 10}
remove: [stations.oven.1.failures.fire]
stations: {oven.1: {machines: 5}}
routes: {roll: {bake: {good: 97 %}}}
""",
        tmp_path,
    )
    changed = apply(plant, patch)
    assert patch.name == "a better oven"
    assert changed.stations["mixer"].room == 10
    assert [failure.name for failure in changed.stations["oven.1"].failures] == ["jam"]
    assert changed.stations["oven.1"].machines == 5
    assert str(changed.routes["roll"][1].good) == "97 %"
    assert str(changed.routes["roll"][1].time) == "20 min"  # overlays keep what they do not name


@pytest.mark.parametrize(
    ("change", "nearest"),
    [
        ("set: {stations.mixr.room: 1}", "mixer"),
        ("set: {stations.mixer.rom: 1}", "room"),
        ("set: {statons.mixer.room: 1}", "stations"),
        ("set: {routes.roll.bakke.time: 1 s}", "bake"),
        ("set: {stations.mixer.batch.mx: 1}", "max"),
        ("remove: [stations.oven.1.failures.jem]", "jam"),
        ("stations: {mixer: {rom: 1}}", "room"),
        ("statons: {}", "stations"),
        ("routes: {roll: {bakke: {time: 1 s}}}", "bake"),
    ],
)
def test_a_path_that_leads_nowhere_names_the_nearest(change: str, nearest: str, plant: Plant, tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        apply(plant, _patch(change, tmp_path))
    (finding,) = caught.value.findings
    assert finding.code == "E117"
    assert finding.nearest == nearest
    assert str(finding.place).startswith(f"{tmp_path}/patch.yaml:2")


def test_a_changed_plant_is_checked_and_the_patch_named_as_the_place(plant: Plant, tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        apply(plant, _patch("set:\n  stations.mixer.room: 3 kg\n  routes.roll.bake.station: ovn\n", tmp_path))
    assert [(finding.code, finding.place.line) for finding in caught.value.findings] == [("E113", 3), ("E201", 4)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("name: x\n", "E105"),
        ("plantwright-patch: 2\n", "E105"),
        ("- x\n", "E105"),
        ("plantwright-patch: 1\nset: 3\n", "E112"),
        ("plantwright-patch: 1\nremove: 3\n", "E112"),
        ("a: [", "E102"),
    ],
)
def test_a_file_that_is_no_patch_is_refused(text: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "patch.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError, match=code):
        load_patch(tmp_path / "patch.yaml")


def test_a_missing_patch_is_told(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="E100"):
        load_patch(tmp_path / "nothing.yaml")


def test_patches_and_plants_are_told_apart(tmp_path: Path) -> None:
    _patch("set: {}", tmp_path)
    (tmp_path / "plant.yaml").write_text(DOCUMENT, encoding="utf-8")
    assert is_patch(tmp_path / "patch.yaml")
    assert not is_patch(tmp_path / "plant.yaml")
    assert not is_patch(tmp_path)


PATCHES = sorted((Path(__file__).resolve().parents[2] / "examples" / "uas-plant" / "patches").glob("*.yaml"))


@pytest.mark.parametrize("path", PATCHES, ids=lambda path: path.stem)
def test_every_patch_of_the_reference_plant_changes_it(path: Path) -> None:
    reference = load(path.parents[1])
    patch = load_patch(path)
    assert patch.name
    assert apply(reference, patch) != reference


def test_the_source_of_what_is_removed_goes_with_it(write) -> None:
    rows = """\
sources:
  - {path: stations.oven.1.failures.jam.repair, mark: E, source: estimate}
  - {path: stations.oven.1.failures.fire.repair, mark: E, source: estimate}
  - {path: stations.*.failures.jam.uptime, mark: E, source: estimate}
  - {path: stations.*.failures.*.repair, mark: E, source: estimate}
  - {path: stations.mixer.room, mark: E, source: estimate}
"""
    plant = write(DOCUMENT + rows)
    changed = apply(plant, Patch(remove=("stations.oven.1.failures.jam",)))
    assert [row.path for row in changed.sources] == [
        "stations.oven.1.failures.fire.repair",
        "stations.*.failures.*.repair",
        "stations.mixer.room",
    ]
    none_left = apply(plant, {"stations.oven.1.failures": []})
    assert [row.path for row in none_left.sources] == ["stations.mixer.room"]
    assert len(plant.sources) == 5


def test_a_source_that_leads_nowhere_is_still_told(write) -> None:
    plant = write(DOCUMENT)
    row = {"path": "stations.oven.1.failures.smoke.repair", "mark": "E", "source": "x"}
    with pytest.raises(DocumentError, match="E270"):
        apply(plant, {"sources": [row]})
