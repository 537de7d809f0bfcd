"""Paths in a document: ``stations.rest.machines``, ``routes.agri.place.time``, ``stations.smt.failures.jam.repair``.

A step names a field, an id, or an entry of a list: by its ``op``, its ``name``, or its position counted from 0.
Ids may hold dots, so that a path can only be taken apart beside the tree it leads through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import reduce
from typing import Any

Keys = tuple[str | int, ...]
"""A path taken apart: names of fields and ids, positions in lists."""

_TITLES = ("op", "name")


def title(entry: Any) -> str | None:
    """What an entry of a list is called in a path: its operation or its name."""
    if not isinstance(entry, dict):
        return None
    return next((entry[key] for key in _TITLES if isinstance(entry.get(key), str) and entry[key]), None)


def show(keys: Keys, tree: Any) -> str:
    """The path as people read it, entries of lists by title where they have one."""
    steps, node = [], tree
    for key in keys:
        node = child(node, key)
        steps.append((title(node) if isinstance(key, int) else None) or str(key))
    return ".".join(steps)


def child(node: Any, key: str | int) -> Any:
    """The node one step down, None where there is none."""
    if isinstance(node, dict):
        return node.get(key)
    if isinstance(node, list) and isinstance(key, int) and -1 < key < len(node):
        return node[key]
    return None


def keys_of(path: str, tree: Any) -> Keys:
    """A written path taken apart as far as the tree goes; what lies beyond is split at its dots."""
    found, rest = follow(path, tree)
    return (*found, *(step for step in rest.split(".") if step))


def follow(path: str, tree: Any) -> tuple[Keys, str]:
    """The part of a written path that exists in the tree, and what is left of it."""
    keys: list[str | int] = []
    rest = re.sub(r"\[(\w+)\]", r".\1", path)
    node = tree
    while rest:
        step = next(_steps(rest, node), None)
        if step is None:
            break
        key, rest = step
        keys.append(key)
        node = child(node, key)
    return tuple(keys), rest


def depth(path: str, tree: Any) -> int:
    """How many steps of a written path exist in the tree; ``*`` is every entry, and the deepest of them counts."""
    step, _, rest = re.sub(r"\[(\w+)\]", r".\1", path).partition(".")
    if step == "*":
        entries = list(tree.values()) if isinstance(tree, dict) else tree if isinstance(tree, list) else []
        return max((1 + depth(rest, entry) for entry in entries), default=0)
    keys, left = follow(path, tree)
    head, star, tail = left.partition("*")
    if star and not head.strip(".") and keys:  # as far as the star the path exists
        return len(keys) + depth(f"*{tail}", reduce(child, keys, tree))
    return len(keys)


def _steps(path: str, node: Any) -> Iterator[tuple[str | int, str]]:
    """Ways to take one step from a node, the longest name first, so that ids may hold dots."""
    parts = path.split(".")
    for length in range(len(parts), 0, -1):
        name, rest = ".".join(parts[:length]), ".".join(parts[length:])
        if isinstance(node, dict):
            spelt = next((key for key in (name, name.rstrip("_").replace("_", "-")) if key in node), None)
            if spelt is not None:
                yield spelt, rest
        elif isinstance(node, list):
            by_title = next((index for index, entry in enumerate(node) if title(entry) == name), None)
            if by_title is not None:
                yield by_title, rest
            elif name.isdigit() and int(name) < len(node):
                yield int(name), rest
