"""Older documents come in through a door of pure steps; newer ones are turned away with a word on what to do."""

from __future__ import annotations

from typing import Any

from plantwright.io.draft import Draft
from plantwright.io.migrate import STEPS, migrate
from plantwright.model.plant import SCHEMA_VERSION


def _rename(tree: dict[str, Any]) -> dict[str, Any]:
    """A made-up step: version 1 said machines where version 2 says stations."""
    return {("stations" if key == "machines" else key): value for key, value in tree.items()}


def test_a_document_of_an_older_version_is_brought_up_step_by_step() -> None:
    draft = Draft("old.yaml", {"plantwright": "1", "machines": {"oven": {}}})
    steps = {1: _rename, 2: lambda tree: {**tree, "name": tree.get("name", "unnamed")}}
    assert migrate(draft, steps, newest=3)
    assert draft.tree == {"plantwright": "3", "stations": {"oven": {}}, "name": "unnamed"}


def test_a_document_without_a_version_counts_as_the_newest() -> None:
    draft = Draft("new.yaml", {"stations": {}})
    assert migrate(draft, {1: _rename}, newest=2)
    assert draft.tree == {"stations": {}}


def test_a_newer_document_is_turned_away_with_a_remedy() -> None:
    draft = Draft("newer.yaml", {"plantwright": str(SCHEMA_VERSION + 1)})
    assert not migrate(draft)
    (finding,) = draft.findings
    assert finding.code == "E105"
    assert finding.remedy.startswith("Update Plantwright")


def test_there_is_a_step_from_every_older_version() -> None:
    assert sorted(STEPS) == list(range(1, SCHEMA_VERSION))
