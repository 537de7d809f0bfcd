"""Trees into YAML: short entries on one line, long ones in blocks, text in quotes only where YAML needs them."""

from __future__ import annotations

import re
from typing import Any

WIDTH = 110
"""Columns that a line may take before its entry is broken into a block."""

_PLAIN = re.compile(r"[^\W_](?:[\w .+/%()*@<>=~²³·;-]|:(?=[^\s,\]}])|,(?=[^\s]))*(?<! )")
_TAKEN = {"null", "true", "false", "yes", "no", "on", "off"}


def scalar(value: Any) -> str:
    """One value as YAML text that reads back the same inside brackets and outside."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return repr(value).removesuffix(".0")
    if _PLAIN.fullmatch(value) and "," not in value and " #" not in value and value.lower() not in _TAKEN:
        return value
    return '"' + "".join(_escaped(letter) for letter in value) + '"'


def _escaped(letter: str) -> str:
    if letter in '"\\':
        return "\\" + letter
    return letter if letter.isprintable() else f"\\U{ord(letter):08x}"


def flow(node: Any) -> str:
    """A node on one line: ``{smt: 1}``, ``[a, b]``."""
    if isinstance(node, dict):
        return "{" + ", ".join(f"{scalar(key)}: {flow(value)}" for key, value in node.items()) + "}"
    if isinstance(node, list):
        return "[" + ", ".join(flow(value) for value in node) + "]"
    return scalar(node)


def document(tree: dict[str, Any]) -> str:
    """A whole document, a blank line before each section that takes several lines."""
    parts: list[str] = []
    for key, value in tree.items():
        lines = _field(key, value, 0, whole=True)
        parts.append(("\n" if len(lines) > 1 and parts else "") + "\n".join(lines))
    return "\n".join(parts) + "\n"


def _field(key: str, value: Any, indent: int, *, whole: bool = False) -> list[str]:
    """A field and its value; sections (``whole``) keep an entry a line even where all would fit on one."""
    head = " " * indent + scalar(key) + ":"
    line = f"{head} {flow(value)}"
    several = isinstance(value, dict | list) and any(isinstance(each, dict | list) for each in _entries(value))
    if not isinstance(value, dict | list) or not value or (len(line) <= WIDTH and not (whole and several)):
        return [line]
    return [head, *_block(value, indent + 2)]


def _entries(node: Any) -> list[Any]:
    return list(node.values()) if isinstance(node, dict) else list(node)


def _block(node: Any, indent: int) -> list[str]:
    if isinstance(node, dict):
        return [line for key, value in node.items() for line in _field(key, value, indent)]
    lines: list[str] = []
    for value in node:
        line = f"{' ' * indent}- {flow(value)}"
        if isinstance(value, dict | list) and value and len(line) > WIDTH:
            first, *rest = _block(value, indent + 2)
            lines += [f"{' ' * indent}- {first.lstrip()}", *rest]
        else:
            lines.append(line)
    return lines
