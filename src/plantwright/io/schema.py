"""The JSON Schemas of plants and states, for completion and checks in editors, made from the model."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ValidationError

from plantwright.io.fields import Shape, below
from plantwright.model.plant import Plant
from plantwright.model.record import Record
from plantwright.model.state import State

_TABLE = {"type": "string", "pattern": r"\.csv$", "description": "A table beside the document."}


def json_schema(of: Literal["plant", "state"] = "plant") -> dict[str, Any]:
    """The schema (draft 2020-12) of a plant document, or of a state: tables by name and short forms included."""
    record: type[Record] = State if of == "state" else Plant
    schema = record.model_json_schema(by_alias=True)
    for name, field in schema["properties"].items():
        if below(Shape(records=(record,)), name).is_long:
            schema["properties"][name] = _or_table(field)
    short = {record.__name__ for record in _records(Record) if _has_short_form(record)}
    for name, definition in schema.get("$defs", {}).items():
        if name in short:
            schema["$defs"][name] = {"anyOf": [definition, {"type": "string"}, {"type": "array"}]}
    titled = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": f"Plantwright {of}"}
    return {key: _with_numbers(value) for key, value in titled.items()}


def _with_numbers(node: Any) -> Any:
    """Every text may look like a number in YAML (``op: 010``, ``low: 660``): documents are read as text."""
    if isinstance(node, list):
        return [_with_numbers(value) for value in node]
    if not isinstance(node, dict):
        return node
    grown = {key: _with_numbers(value) if key != "propertyNames" else value for key, value in node.items()}
    if node.get("type") == "string" and not {"format", "enum", "const"} & node.keys():
        grown["type"] = ["string", "number"]
    return grown


def _or_table(field: dict[str, Any]) -> dict[str, Any]:
    """The field as it is, or the name of a table; its sentence and default stay where editors look for them."""
    kept: dict[str, Any] = {key: field[key] for key in ("description", "default", "title") if key in field}
    form = {key: value for key, value in field.items() if key not in kept}
    return {**kept, "anyOf": [form, _TABLE]}


def _records(record: type[Record]) -> list[type[Record]]:
    return [found for each in record.__subclasses__() for found in (each, *_records(each))]


def _has_short_form(record: type[Record]) -> bool:
    """Whether the record may be written as text: tried out, since only its own validators know."""
    for text in ("1", "buy"):
        try:
            record.model_validate(text)
        except ValidationError as error:
            if any(detail["type"] == "model_type" and not detail["loc"] for detail in error.errors()):
                continue
        return True
    return False
