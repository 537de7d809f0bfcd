"""A plant that differs in one value: by path, without writing and reading the whole document again.

The same as a patch (``plantwright.io.patch``), some hundred times as quick, for studies that change one number of a
sound plant many times. Only the object around the value is checked anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from plantwright.errors import Finding, Place, RunError
from plantwright.model.path import EVERY, title
from plantwright.model.plant import Plant
from plantwright.model.record import Record, kebab

Keys = tuple[str | int, ...]
"""A path taken apart: attributes of objects, ids, positions in lists."""

Node = TypeVar("Node")


def changed(plant: Plant, values: Mapping[Keys, Any]) -> Plant:
    """The plant with new values, each checked by the object that holds it.

    Parameters
    ----------
    plant
        A sound plant.
    values
        New values by the keys that lead to them, as a document would write them.

    Raises
    ------
    ValueError
        An object does not accept its new value.
    """
    for keys, value in values.items():
        plant = _replaced(plant, keys, value)
    return plant


def keys_of(plant: Plant, path: str) -> list[Keys]:
    """The places that a written path leads to, several where it has a ``*``; none where it leads nowhere."""
    return [keys for keys, _ in _follow(plant, re.sub(r"\[(\w+)\]", r".\1", path.strip()), ())]


def keys_at(plant: Plant, path: str) -> Keys:
    """The one place that a path leads to.

    Raises
    ------
    RunError
        It leads nowhere, or to several places.
    """
    found = keys_of(plant, path)
    if len(found) != 1:
        raise RunError(Finding("E411", f"the path leads to {len(found)} places, one is needed", place=Place(path)))
    return found[0]


def value_at(root: Any, keys: Keys) -> Any:
    """What stands at a place."""
    for key in keys:
        root = getattr(root, str(key)) if isinstance(root, Record) else root[key]
    return root


def path_of(plant: Plant, keys: Keys) -> str:
    """Keys as a path in the document's spelling."""
    steps: list[str] = []
    node: Any = plant
    for key in keys:
        inner = value_at(node, (key,))
        if isinstance(node, Record):
            steps.append(kebab(str(key)))
        elif isinstance(node, tuple):
            steps.append(title(inner) or str(key))
        else:
            steps.append(str(key))
        node = inner
    return ".".join(steps)


def _replaced(node: Node, keys: Keys, value: Any) -> Node:
    """The node with the value at the end of the keys replaced; only the innermost object is validated again."""
    key, rest = keys[0], keys[1:]
    if isinstance(node, Record):
        name = str(key)
        if rest and not _ends_inside(getattr(node, name), rest):
            return node.model_copy(update={name: _replaced(getattr(node, name), rest, value)})
        new = _plain_replaced(getattr(node, name), rest, value) if rest else value
        fields = {given: getattr(node, given) for given in node.model_fields_set | {name}}
        return type(node).model_validate({**fields, name: new})
    if isinstance(node, dict):
        return {**node, key: _replaced(node[key], rest, value)}  # type: ignore[return-value]
    assert isinstance(node, tuple)
    index = int(key)
    return (*node[:index], _replaced(node[index], rest, value), *node[index + 1 :])  # type: ignore[return-value]


def _ends_inside(node: Any, keys: Keys) -> bool:
    """Whether the keys lead on to another object of the model, which then checks the value."""
    for key in keys:
        if isinstance(node, Record):
            return False
        node = node[key]
    return True


def _plain_replaced(node: Any, keys: Keys, value: Any) -> Any:
    """A group or list of plain values with one of them replaced."""
    if not keys:
        return value
    if isinstance(node, dict):
        return {**node, keys[0]: _plain_replaced(node[keys[0]], keys[1:], value)}
    index = int(keys[0])
    return (*node[:index], _plain_replaced(node[index], keys[1:], value), *node[index + 1 :])


def _follow(node: Any, path: str, keys: Keys) -> Iterator[tuple[Keys, Any]]:
    if not path:
        yield keys, node
        return
    parts = path.split(".")
    if parts[0] == EVERY:
        for key, _, inner in _children(node):
            yield from _follow(inner, ".".join(parts[1:]), (*keys, key))
        return
    for length in range(len(parts), 0, -1):  # the longest name first, so that ids may hold dots
        name, rest = ".".join(parts[:length]), ".".join(parts[length:])
        found = [
            place
            for key, step, inner in _children(node)
            if name in (step, str(key)) or kebab(name) == step
            for place in _follow(inner, rest, (*keys, key))
        ]
        if found:
            yield from found
            return


def _children(node: Any) -> Iterator[tuple[str | int, str, Any]]:
    """Key, name in a path and value of everything one step down."""
    if isinstance(node, Record):
        for name in type(node).model_fields:
            if (value := getattr(node, name)) is not None:
                yield name, kebab(name), value
    elif isinstance(node, dict):
        for key, value in node.items():
            yield key, str(key), value
    elif isinstance(node, (list, tuple)):
        for index, entry in enumerate(node):
            yield index, title(entry) or str(index), entry
