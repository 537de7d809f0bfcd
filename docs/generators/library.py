"""The public names, from their own signatures and docstrings."""

from __future__ import annotations

import dataclasses
import inspect
import re

import plantwright

from .markdown import table

SECTION = re.compile(r"^([A-Z][A-Za-z ]+)\n-{3,}$", re.MULTILINE)
PARAMETER = re.compile(r"^(\S[^:\n]*?)(?: : (.+))?\n((?: {4}.*\n?|\n(?= {4}))+)", re.MULTILINE)


def page() -> str:
    """One section per public name."""
    return "\n\n".join(
        _section(name, getattr(plantwright, name)) for name in sorted(plantwright.__all__, key=str.lower)
    )


def _section(name: str, thing: object) -> str:
    heading = f"## {name}"
    if not callable(thing):
        return f"{heading}\n\n`{thing}`"
    parts = [
        heading,
        f"```python\n{_signature(name, thing)}\n```",
        _docstring(inspect.getdoc(thing) or ""),
        _fields(thing),
    ]
    return "\n\n".join(part for part in parts if part)


def _fields(thing: object) -> str:
    """The fields of a record and their types."""
    if not (inspect.isclass(thing) and dataclasses.is_dataclass(thing)):
        return ""
    return table(("field", "type"), [(f"`{field.name}`", f"`{field.type}`") for field in dataclasses.fields(thing)])


def _signature(name: str, thing: object) -> str:
    if inspect.isclass(thing):
        return f"class {name}"
    signature = inspect.signature(thing)  # type: ignore[arg-type]
    line = f"{name}{signature}"
    if len(line) > 100:
        line = _one_a_line(name, signature)
    return re.sub(r"(: |-> )'([^']*)'", r"\1\2", line)


def _one_a_line(name: str, signature: inspect.Signature) -> str:
    """A long signature with a line for each parameter."""
    lines: list[str] = []
    for parameter in signature.parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and "*" not in lines:
            lines.append("*")
        lines.append(str(parameter))
    returns = "" if signature.return_annotation is signature.empty else f" -> {signature.return_annotation!r}"
    return f"{name}(\n    {f',{chr(10)}    '.join(lines)},\n){returns}"


def _docstring(text: str) -> str:
    """A numpydoc docstring as Markdown: section titles in bold, parameters as a list."""
    pieces = SECTION.split(text.strip())
    parts = [pieces[0].strip()]
    for title, body in zip(pieces[1::2], pieces[2::2], strict=True):
        parts.append(f"**{title}**")
        if title in {"Parameters", "Returns", "Raises", "Attributes", "Yields"}:
            parts.append(PARAMETER.sub(_parameter, body.strip("\n") + "\n").strip())
        elif title in {"Examples", "Example"}:
            parts.append(f"```python\n{body.strip()}\n```")
        else:
            parts.append(body.strip())
    return "\n\n".join(part.replace("``", "`") for part in parts if part)


def _parameter(found: re.Match[str]) -> str:
    name, kind, sentence = found[1], found[2], " ".join(found[3].split())
    return f"- `{name}`{f' ({kind})' if kind else ''}: {sentence}\n"
