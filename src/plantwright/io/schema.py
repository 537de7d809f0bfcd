"""The JSON Schema of plant documents, for completion and checks in editors, made from the model."""

from __future__ import annotations

from typing import Any

from plantwright.io.fields import WHOLE, below
from plantwright.model.plant import Plant
from plantwright.model.record import Record

_TABLE = {"type": "string", "pattern": r"\.csv$", "description": "A table beside the document."}


def json_schema() -> dict[str, Any]:
    """The schema (draft 2020-12) of a plant document, tables by name and short forms included."""
    schema = Plant.model_json_schema(by_alias=True)
    for name, field in schema["properties"].items():
        if below(WHOLE, name).is_long:
            schema["properties"][name] = _or_table(field)
    short = {record.__name__ for record in _records(Record) if _has_short_form(record)}
    for name, definition in schema.get("$defs", {}).items():
        if name in short:
            schema["$defs"][name] = {"anyOf": [definition, {"type": "string"}, {"type": "array"}]}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "Plantwright plant"}


def _or_table(field: dict[str, Any]) -> dict[str, Any]:
    """The field as it is, or the name of a table; its sentence and default stay where editors look for them."""
    kept: dict[str, Any] = {key: field[key] for key in ("description", "default", "title") if key in field}
    form = {key: value for key, value in field.items() if key not in kept}
    return {**kept, "anyOf": [form, _TABLE]}


def _records(record: type[Record]) -> list[type[Record]]:
    return [found for each in record.__subclasses__() for found in (each, *_records(each))]


def _has_short_form(record: type[Record]) -> bool:
    """Whether the record may be written as text or a list: a validator then sees it before its fields do."""
    validators = record.__pydantic_decorators__.model_validators.values()
    return any(validator.info.mode == "before" for validator in validators)
