"""Tables of every field of plants and states, from the pydantic model: name, what it takes, default, sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from plantwright.model.plant import Plant
from plantwright.model.record import Record
from plantwright.model.state import State

from .markdown import table

HEADERS = ("field", "takes", "default", "what it says")


def of_plants() -> str:
    """One section per kind of record, the plant itself first, in the order in which fields mention them."""
    return "\n\n".join(_section(record) for record in records(Plant))


def of_states() -> str:
    """The same for a state."""
    return "\n\n".join(_section(record) for record in records(State))


def records(whole: type[Record]) -> list[type[Record]]:
    """Every kind of record that a document holds, each once."""
    found: list[type[Record]] = []

    def visit(record: type[Record]) -> None:
        if record not in found:
            found.append(record)
            for field in record.model_fields.values():
                for inner in _mentioned(field.annotation):
                    visit(inner)

    visit(whole)
    return found


def _mentioned(annotation: Any) -> Iterator[type[Record]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for inner in get_args(annotation):
        yield from _mentioned(inner)


def _title(record: type[Record]) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", record.__name__.rstrip("_"))


def _anchor(record: type[Record]) -> str:
    return _title(record).lower().replace(" ", "-")


def _section(record: type[Record]) -> str:
    rows = [
        (f"`{field.alias or name}`", _takes(field.annotation, field.metadata), _default(field), _sentence(field))
        for name, field in record.model_fields.items()
    ]
    summary = (record.__doc__ or "").strip().split("\n\n")[0]
    return f"### {_title(record)}\n\n{summary}\n\n{table(HEADERS, rows)}"


def _sentence(field: FieldInfo) -> str:
    extra = field.json_schema_extra
    not_used = isinstance(extra, dict) and extra.get("used") is False
    return f"{field.description or ''}{' *Not used yet.*' if not_used else ''}"


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    value = field.get_default(call_default_factory=not field.default_factory_takes_validated_data)
    if value is None or value is PydanticUndefined or value in ("", (), {}):
        return ""
    if isinstance(value, Record):
        return "its defaults"
    return f"`{'yes' if value is True else 'no' if value is False else value}`"


def _takes(annotation: Any, metadata: list[Any] | None = None) -> str:
    """What may be written there, in words."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _takes(arguments[0], list(arguments[1:]))
    if origin in (Union, UnionType):
        return " or ".join(dict.fromkeys(_takes(inner) for inner in arguments if inner is not type(None)))
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in arguments)
    if origin is tuple:
        return f"list of {_takes(arguments[0])}"
    if origin is dict:
        return f"{_takes(arguments[0])}: {_takes(arguments[1])}"
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return f"[{_title(annotation)}](#{_anchor(annotation)})"
    return _plain(annotation, metadata or [])


WORDS = {
    "str": "text",
    "int": "whole number",
    "float": "number",
    "bool": "yes or no",
    "date": "date",
    "datetime": "moment",
    "Any": "anything",
}


def _plain(annotation: Any, metadata: list[Any]) -> str:
    """The kind of a single value; quantities say their dimension through what marks them."""
    for mark in metadata:
        dimension = getattr(mark, "dimension", None)
        if dimension:
            return str(dimension)
        if type(mark).__name__ == "_TimeLaw":
            return "law of a time"
        if getattr(mark, "pattern", None):
            return "id"
    name = getattr(annotation, "__name__", str(annotation))
    return WORDS.get(name, name.lower())
