"""YAML into a draft: a tree of text with the line of every node, duplicate keys and alias bombs found."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import Node, ScalarNode, SequenceNode

from plantwright.errors import Place
from plantwright.io.address import Keys
from plantwright.io.draft import Draft

LARGEST = 500_000
"""Nodes that a document may have once its aliases are followed: a hundred times the largest example."""

_NULL = "tag:yaml.org,2002:null"
_MERGE = "tag:yaml.org,2002:merge"


class _EndlessError(Exception):
    """Aliases lead back into themselves or have multiplied beyond any plant. The message says which."""


def read_text(text: str, file: str, draft: Draft) -> Any:
    """The tree that a YAML text describes; its places and faults go into the draft. None where it cannot be read."""
    root = _composed(text, file, draft)
    return None if root is None else _grow(root, (), draft, Place(file=file, line=1), moving=True)


def read_flow(text: str, keys: Keys, place: Place, draft: Draft) -> Any:
    """The tree of a cell that holds a list or a group, such as ``{smt: 1}``; every node stands in that one cell."""
    root = _composed(text, place.file, draft, place)
    return None if root is None else _grow(root, keys, draft, place, moving=False)


def _composed(text: str, file: str, draft: Draft, place: Place | None = None) -> Node | None:
    try:
        root: Node | None = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        here = place or Place(file=file, line=mark.line + 1 if mark else None)
        draft.complain("E102", *_said(error), at=here)
        return None
    except YAMLError as error:
        message = str(error).splitlines()[0]
        draft.complain("E102", f"this is not YAML: {message}", "Remove the character.", at=place or Place(file=file))
        return None
    except RecursionError:
        draft.complain("E102", "brackets are nested too deeply", "Close them.", at=place or Place(file=file))
        return None
    return root


def _said(error: MarkedYAMLError) -> tuple[str, str]:
    """What a YAML error means to somebody who is not a programmer, and what to do."""
    problem = str(error.problem or error.context or "the text cannot be read")
    if "\\t" in problem:
        return "a tab stands where YAML allows only spaces", "Indent with spaces."
    if "mapping values are not allowed" in problem:
        return "a second colon on the line, or an entry that is not indented like its neighbours", (
            'Put text that contains ": " in quotes, and line entries up.'
        )
    if "undefined alias" in problem:
        return problem, "Define the anchor (&name) before the alias (*name)."
    if "single document" in str(error.context):
        return "the file holds more than one document", 'Remove the line "---" between them.'
    return f"this is not YAML: {problem}", "Check brackets, quotes and indentation from this line upwards."


def _grow(root: Node, keys: Keys, draft: Draft, place: Place, *, moving: bool) -> Any:
    try:
        return _Growth(draft, place, moving).value(root, keys)
    except _EndlessError as error:
        message, line = error.args
        draft.complain("E107", message, "Write the values out without aliases.", at=replace(place, line=line))
    except RecursionError:
        draft.complain("E102", "brackets are nested too deeply", "Close them.", at=place)
    return None


class _Growth:
    """One walk over the nodes of a document, building the tree and noting where each node stands."""

    def __init__(self, draft: Draft, place: Place, moving: bool) -> None:
        self.draft, self.start, self.moving = draft, place, moving
        self.open: set[int] = set()
        self.size = 0

    def place(self, node: Node) -> Place:
        return Place(file=self.start.file, line=node.start_mark.line + 1) if self.moving else self.start

    def value(self, node: Node, keys: Keys) -> Any:
        self.size += 1
        line = self.place(node).line
        if self.size > LARGEST:
            raise _EndlessError(f"aliases multiply to more than {LARGEST:,} values", line)
        self.draft.places.setdefault(keys, self.place(node))
        if isinstance(node, ScalarNode):
            return None if node.tag == _NULL else str(node.value)
        if id(node) in self.open:
            raise _EndlessError("an alias leads back into itself", line)
        self.open.add(id(node))
        grown: Any = self.items(node, keys) if isinstance(node, SequenceNode) else self.group(node, keys)
        self.open.discard(id(node))
        return grown

    def items(self, node: SequenceNode, keys: Keys) -> list[Any]:
        nodes = _rejoined_items(node.value) if node.flow_style else node.value
        return [self.value(item, (*keys, index)) for index, item in enumerate(nodes)]

    def group(self, node: Any, keys: Keys) -> dict[str, Any]:
        grown: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in _rejoined_pairs(node.value) if node.flow_style else node.value:
            if key_node.tag == _MERGE:
                merged |= self.merged(value_node, keys)
                continue
            if not isinstance(key_node, ScalarNode) or key_node.tag == _NULL:
                remedy = "A name, a colon and a space come before a value."
                self.draft.complain("E102", "an entry has no name", remedy, at=self.place(key_node))
                continue
            name = str(key_node.value)
            if name in grown:
                message = f'"{name}" is written twice here, first in line {lines[name]}'
                self.draft.complain("E104", message, "Keep one of them.", at=self.place(key_node))
                continue
            lines[name] = key_node.start_mark.line + 1
            self.draft.places[*keys, name] = self.place(key_node)
            grown[name] = self.value(value_node, (*keys, name))
        return merged | grown

    def merged(self, node: Node, keys: Keys) -> dict[str, Any]:
        """What ``<<: *anchor`` brings in; the entry's own fields win, the first of several anchors wins."""
        sources = node.value if isinstance(node, SequenceNode) else [node]
        merged: dict[str, Any] = {}
        for source in sources:
            found = self.value(source, keys)
            if not isinstance(found, dict):
                message = '"<<" takes in a group of fields, this is none'
                self.draft.complain("E102", message, "Point it at an anchored group.", at=self.place(node))
                continue
            merged = found | merged
        return merged


def _unclosed(node: Node) -> bool:
    """Whether a comma has cut a law such as ``lognormal(2 h, 1 h)`` in two, as it does inside brackets."""
    return isinstance(node, ScalarNode) and node.style is None and node.value.count("(") > node.value.count(")")


def _joined(first: Node, second: Node) -> Node:
    text = f"{first.value}, {second.value}"
    return ScalarNode("tag:yaml.org,2002:str", text, first.start_mark, second.end_mark)


def _rejoined_items(nodes: list[Node]) -> list[Node]:
    """The items of ``[...]`` with laws put together again."""
    whole: list[Node] = []
    for node in nodes:
        if whole and _unclosed(whole[-1]) and isinstance(node, ScalarNode):
            whole[-1] = _joined(whole[-1], node)
        else:
            whole.append(node)
    return whole


def _rejoined_pairs(pairs: list[tuple[Node, Node]]) -> list[tuple[Node, Node]]:
    """The fields of ``{...}`` with laws put together again: the second half of one reads as a field without value."""
    whole: list[tuple[Node, Node]] = []
    for key, value in pairs:
        if whole and _unclosed(whole[-1][1]) and isinstance(key, ScalarNode) and value.tag == _NULL:
            whole[-1] = (whole[-1][0], _joined(whole[-1][1], key))
        else:
            whole.append((key, value))
    return whole
