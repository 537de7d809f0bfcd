"""The door for older documents: one pure function for each step from a schema version to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from plantwright.io.draft import Draft
from plantwright.model.plant import SCHEMA_VERSION

Step = Callable[[dict[str, Any]], dict[str, Any]]

STEPS: dict[int, Step] = {}
"""From version n to n + 1. Version 1 is the first, so that there is nothing to migrate from yet."""

FIELD = "plantwright"


def migrate(draft: Draft, steps: Mapping[int, Step] = STEPS, newest: int = SCHEMA_VERSION) -> bool:
    """Bring a draft to the newest version, in place. False, with a finding, where its version is beyond us."""
    written = draft.tree.get(FIELD, newest)
    if not str(written).isdigit() or int(written) < 1:
        remedy = f'Begin the document with "{FIELD}: {newest}".'
        draft.complain("E105", f'"{written}" is no schema version', remedy, at=(FIELD,))
        return False
    version = int(written)
    if version > newest:
        message = f"the document is written for schema version {version}; this Plantwright reads up to {newest}"
        draft.complain("E105", message, "Update Plantwright, or convert the document with the newer one.", at=(FIELD,))
        return False
    for step in range(version, newest):
        draft.tree = {**steps[step](draft.tree), FIELD: str(step + 1)}
    return True
