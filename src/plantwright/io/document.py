"""Documents into plants: every problem found at once, each with its place and its remedy."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from plantwright.errors import DocumentError, Finding
from plantwright.io.draft import Draft
from plantwright.io.files import read_draft
from plantwright.io.mend import unknown_names
from plantwright.io.migrate import migrate
from plantwright.io.validate import validated
from plantwright.model.check import check
from plantwright.model.plant import Plant

_COMPLETE = {"E104", "E110"}
"""Faults of files (something said twice, an unknown column) that leave no part of the document unread."""


def examine(path: str | Path) -> tuple[Plant | None, tuple[Finding, ...]]:
    """Everything there is to say about a document: the plant where it can be read, and all errors and warnings.

    Never raises for anything that stands in a file: that is what the findings are for.
    """
    draft = read_draft(Path(path))
    plant = settle(draft)
    return plant, tuple(draft.findings)


def settle(draft: Draft) -> Plant | None:
    """Migrate, validate and check a draft. The findings stay in it; None where there is no plant to be had."""
    if not draft.tree or _is_state(draft) or not migrate(draft):
        return None
    codes = {finding.code for finding in draft.findings}
    plant, faults = validated(draft.tree, Plant)
    draft.findings += [
        Finding(fault.code, fault.message, fault.remedy, draft.place(fault.keys), fault.nearest) for fault in faults
    ]
    if plant is not None and not codes:
        draft.findings += [draft.locate(finding) for finding in check(plant)]
        return plant
    if codes <= _COMPLETE:
        draft.findings += [draft.locate(finding) for finding in unknown_names(draft.tree, plant, faults)]
    return None


def _is_state(draft: Draft) -> bool:
    """Whether it is a state that was named where a plant is needed; told, so that its fields need not be."""
    if not {"state", "at"} <= draft.tree.keys() or draft.tree.keys() & {"stations", "routes"}:
        return False
    draft.complain("E101", "this is a state, not a plant", "Name its plant; check the state with --state.")
    return True


def load(path: str | Path, *, strict: bool = False) -> Plant:
    """The plant of a document.

    Parameters
    ----------
    path
        A YAML file, a folder with ``plant.yaml``, or an Excel workbook.
    strict
        Refuse warnings too.

    Raises
    ------
    DocumentError
        The document has errors (or warnings, when strict): all of them at once, each with its place and remedy.
    """
    plant, findings = examine(path)
    refused = findings if strict else tuple(finding for finding in findings if finding.is_error)
    if refused or plant is None:
        raise DocumentError(*refused)
    return plant


def tree_of(plant: Plant) -> dict[str, Any]:
    """A plant as a document holds it: plain text, numbers, lists and groups; defaults left out."""
    tree: dict[str, Any] = plant.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    always = {"plantwright": plant.plantwright, "name": plant.name, "from": plant.from_.isoformat()}
    return always | {key: value for key, value in tree.items() if key not in always}


def digest(plant: Plant) -> str:
    """The plant's fingerprint: sha256 of its canonical JSON. The order of entries counts, for it settles ties."""
    canonical = json.dumps(tree_of(plant), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
