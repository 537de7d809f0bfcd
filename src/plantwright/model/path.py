"""Paths into a plant: ``stations.rest.machines``, ``routes.agri.place.time``, ``stations.*.failures.jam.repair``.

A step is a field in the document's spelling, an id, an entry of a list by its ``op``, its ``name`` or its position
from 0, or ``*`` for every one. Ids may hold dots, so a path can only be taken apart beside the plant it leads through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic.fields import FieldInfo

from plantwright.errors import nearest
from plantwright.model.record import Record, kebab

EVERY = "*"


class Leaf(NamedTuple):
    """A field of the plant that was given: its path in the document, its declaration, its value."""

    path: str
    field: FieldInfo
    value: Any


def values_at(root: Any, path: str) -> list[Any]:
    """Everything a path leads to; empty where it leads to nothing. A field left out leads to its default."""
    return _follow(root, re.sub(r"\[(\w+)\]", r".\1", path.strip()))


def nearest_path(root: Any, path: str) -> str | None:
    """The path that a mistyped one was probably meant to be: its first wrong step replaced by the nearest name."""
    parts = path.split(".")
    for length in range(len(parts) - 1, -1, -1):
        start = values_at(root, ".".join(parts[:length])) if length else [root]
        if start:
            guess = nearest(parts[length], (name for name, _ in _children(start[0])))
            return ".".join([*parts[:length], guess, *parts[length + 1 :]]) if guess else None
    return None


def fields_given(root: Record, path: str = "") -> Iterator[Leaf]:
    """Every field of the plant that a document gave, groups before what lies in them, in document order."""
    for name in type(root).model_fields:
        if name in root.model_fields_set:
            value = getattr(root, name)
            here = f"{path}.{kebab(name)}" if path else kebab(name)
            yield Leaf(here, type(root).model_fields[name], value)
            yield from _below(value, here)


def _below(value: Any, path: str) -> Iterator[Leaf]:
    if isinstance(value, Record):
        yield from fields_given(value, path)
    elif isinstance(value, (dict, list, tuple)):
        for step, entry in _children(value):
            yield from _below(entry, f"{path}.{step}")


def _follow(node: Any, path: str) -> list[Any]:
    if not path:
        return [node]
    parts = path.split(".")
    if parts[0] == EVERY:
        rest = ".".join(parts[1:])
        return [found for _, child in _children(node) for found in _follow(child, rest)]
    for length in range(len(parts), 0, -1):  # the longest name first, so that ids may hold dots
        name, rest = ".".join(parts[:length]), ".".join(parts[length:])
        found = [value for child in _step(node, name) for value in _follow(child, rest)]
        if found:
            return found
    return []


def _step(node: Any, name: str) -> list[Any]:
    named = [child for step, child in _children(node) if step in (name, kebab(name))]
    if not named and isinstance(node, (list, tuple)) and name.isdigit() and int(name) < len(node):
        return [node[int(name)]]
    return [child for child in named if child is not None]


def _children(node: Any) -> list[tuple[str, Any]]:
    """What lies one step down, by the name that a path uses."""
    if isinstance(node, Record):
        return [(kebab(name), getattr(node, name)) for name in type(node).model_fields]
    if isinstance(node, dict):
        return [(str(key), value) for key, value in node.items()]
    if isinstance(node, (list, tuple)):
        return [(title(entry) or str(index), entry) for index, entry in enumerate(node)]
    return []


def title(entry: Any) -> str:
    """What an entry of a list is called in a path: its operation or its name, empty where it has none."""
    return str(getattr(entry, "op", "") or getattr(entry, "name", "") or "")
