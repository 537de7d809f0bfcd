"""Names in a state that nothing in the plant bears: misspelt, or gone since."""

from __future__ import annotations

from collections.abc import Iterable

from plantwright.errors import Finding, nearest
from plantwright.model.checks.fault import fault


def absent(path: str, what: str, name: str, valid: Iterable[str]) -> Finding:
    """A name that nothing in the plant bears."""
    return fault(
        "E279",
        path,
        f'the plant has no {what} "{name}"',
        "Correct the name; where the plant has changed, move or take out what it says.",
        near=nearest(name, valid),
    )
