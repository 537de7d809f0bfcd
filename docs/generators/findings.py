"""Codes of the named checks of a plant, read from the code: one row for each sentence that a check can say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from .markdown import table

MODEL = Path(__file__).resolve().parents[2] / "src" / "plantwright" / "model"
CODE = re.compile(r"^[EW]\d{3}$")
FAMILIES = {
    "E2": "Names and structure do not fit together",
    "E3": "The arithmetic rules something out",
    "W5": "Worth a look, not wrong",
    "W6": "The target is out of reach, or nearly",
}
FAMILIES_OF_STATES = {"E2": "The state does not fit the plant", "W5": "It does, but look at this"}


def of_plants() -> str:
    """The codes of the checks of a plant."""
    return _tables("checks", FAMILIES)


def of_states() -> str:
    """The codes of the checks of a state against a plant."""
    return _tables("fits", FAMILIES_OF_STATES)


def _tables(folder: str, families: dict[str, str]) -> str:
    """A table of code, sentence and remedy for each family of codes."""
    found = sorted({row for path in (MODEL / folder).rglob("*.py") for row in rows(path.read_text(encoding="utf-8"))})
    sections = []
    for family, title in families.items():
        body = [(f"`{code}`", sentence, remedy) for code, sentence, remedy in found if code.startswith(family)]
        sections.append(f"### {family}xx: {title}\n\n{table(('code', 'what it says', 'remedy'), body)}")
    return "\n\n".join(sections)


def rows(source: str) -> Iterator[tuple[str, str, str]]:
    """Code, sentence and remedy of each call whose first argument is a code: (code, path, sentence, remedy)."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args and CODE.match(_text(node.args[0])):
            _, _, sentence, *remedy = node.args
            yield _text(node.args[0]), _text(sentence), _text(remedy[0]) if remedy else ""


def _text(node: ast.expr) -> str:
    """A literal as it stands; what an f-string fills in becomes a word between ‹ ›."""
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr(values=values):
            return "".join(_text(value) for value in values)
        case ast.FormattedValue(value=ast.IfExp()):
            return ""
        case ast.FormattedValue(value=value):
            return f"‹{_word(value)}›"
        case ast.Name() | ast.Call():
            return f"‹{_word(node)}›"
        case _:
            return ""


def _word(node: ast.expr) -> str:
    """The one word that tells most about a value: the name of the attribute or variable it is made from."""
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name.strip("_").replace("_", " ")
        case ast.Subscript(value=inner) | ast.BinOp(right=inner) | ast.BoolOp(values=[inner, *_]):
            return _word(inner)
        case ast.Call(func=ast.Name(id=name)) if name.startswith("_"):
            return name.strip("_").replace("_", " ")
        case ast.Call(args=[first, *_]):
            return _word(first)
        case _:
            return "value"
