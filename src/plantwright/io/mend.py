"""A plant from a draft that has faults, so that names can be checked although values are wrong.

What the model refused is left out (a misspelt field is read as its nearest name) until a plant remains. That plant is
for one purpose only: finding names that nothing bears, so that an author hears of all faults at once.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from functools import reduce
from typing import Any

from plantwright.errors import Finding, nearest
from plantwright.io.address import child, title
from plantwright.io.fields import WHOLE, names, shape_at
from plantwright.io.validate import Fault, validated
from plantwright.model.check import check
from plantwright.model.distribution import Law
from plantwright.model.plant import Plant

NAMES = {"E201", "E202"}
"""Findings about names: a value that was left out cannot bring them about."""

_ANY_TIME = "1 s"
_ROUNDS = 4
"""Leaving one thing out may lay bare another, at most as deep as records lie in one another."""


def unknown_names(tree: dict[str, Any], plant: Plant | None, faults: list[Fault]) -> list[Finding]:
    """The findings about names that hold whatever the faulty values were meant to be."""
    tree = copy.deepcopy(tree)
    lost: set[str] = set()
    for _ in range(_ROUNDS):
        if plant is not None or not faults:
            break
        lost |= set(_left_out(tree, faults))
        plant, faults = validated(tree, Plant)
    if plant is None or lost & set(names(WHOLE)):
        return []  # nothing is left, or a whole section is missing that others refer to
    findings = [finding for finding in check(plant) if finding.code in NAMES]
    return [finding for finding in findings if not lost & _meant(finding, lost)]


def _meant(finding: Finding, lost: set[str]) -> set[str]:
    """What a finding may be about: a name in quotes, or one that was left out and is spelt much like it."""
    quoted = re.findall(r'"([^"]*)"', finding.message)
    return {name for text in quoted for name in (text, nearest(text, lost)) if name}


def _left_out(tree: Any, faults: list[Fault]) -> Iterable[str]:
    """Take what was refused out of the tree, last entries of lists first; the names that disappear with it."""
    refused = {fault.keys[:-1] if fault.kind == "missing" else fault.keys: fault for fault in faults}
    for keys in sorted(refused, key=lambda keys: [(isinstance(key, int), key) for key in keys], reverse=True):
        if not keys:
            continue
        fault, parent, last = refused[keys], reduce(child, keys[:-1], tree), keys[-1]
        if child(parent, last) is None and not (isinstance(parent, dict) and last in parent):
            continue  # gone already, with what it lay in
        if fault.code == "E113" and Law in shape_at(keys).scalars and parent[last] != _ANY_TIME:
            parent[last] = _ANY_TIME  # without its time the whole operation would have to go
            continue
        node = parent.pop(last)
        if fault.kind == "extra_forbidden" and fault.nearest and fault.nearest not in parent:
            parent[fault.nearest] = node
        yield str(title(node) or last)
