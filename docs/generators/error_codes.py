"""Every error and warning code, read from the places in the code that raise it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from .markdown import table

SOURCE = Path(__file__).resolve().parent.parent.parent / "src" / "plantwright"
CODE = re.compile(r"^[EW]\d{3}$")
FAMILIES = {
    "E1": "The document cannot be read or is malformed",
    "E2": "Names and structure do not fit together",
    "E3": "The arithmetic rules something out",
    "E4": "A run cannot start or continue",
    "W5": "Worth a look, not wrong",
}


def page() -> str:
    """A table of code, message and remedy for each family of codes."""
    found = sorted(set(_calls()))
    sections = []
    for family, title in FAMILIES.items():
        rows = [(f"`{code}`", message, remedy) for code, message, remedy in found if code.startswith(family)]
        if rows:
            sections.append(f"## {family}xx: {title}\n\n{table(('code', 'what it says', 'remedy'), rows)}")
    return "\n\n".join(sections)


def _calls() -> Iterator[tuple[str, str, str]]:
    """Code, message and remedy of each call that is handed an error code."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                arguments = [*node.args, *(word.value for word in node.keywords if word.arg in {"message", "remedy"})]
                texts = [text for argument in arguments if (text := _text(argument))]
                codes = [text for text in texts if CODE.match(text)]
                sentences = [text for text in texts if " " in text]
                if codes:
                    message, remedy = [*sentences, "", ""][:2]
                    yield codes[0], message, remedy


def _text(node: ast.expr) -> str:
    """A string literal; what an f-string fills in is shown as the words of its expression."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_piece(part) for part in node.values)
    return ""


def _piece(part: ast.expr) -> str:
    if isinstance(part, ast.FormattedValue):
        words = re.findall(r"[A-Za-z]+", ast.unparse(part.value))
        return f"‹{words[-1] if words else 'value'}›"
    return _text(part)
