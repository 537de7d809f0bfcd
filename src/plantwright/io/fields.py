"""What the model expects at a path of the document: its fields, their names, their sentences."""

from __future__ import annotations

import types
from functools import lru_cache
from typing import Annotated, Any, NamedTuple, Union, cast, get_args, get_origin

from pydantic.fields import FieldInfo

from plantwright.io.address import Keys
from plantwright.model.plant import Plant
from plantwright.model.record import Record


class Shape(NamedTuple):
    """The ways in which a value may be written: groups of fields, tables by id, lists, plain text."""

    records: tuple[type[Record], ...] = ()
    mappings: tuple[Any, ...] = ()
    lists: tuple[Any, ...] = ()
    scalars: tuple[Any, ...] = ()

    @property
    def is_text(self) -> bool:
        """Only text can stand here, whatever it looks like."""
        return self.scalars == (str,) and not (self.records or self.mappings or self.lists)

    @property
    def is_long(self) -> bool:
        """A table can stand here, and text cannot."""
        return bool(self.mappings or self.lists) and str not in self.scalars


WHOLE = Shape(records=(Plant,))


@lru_cache(maxsize=4096)
def shape(annotation: Any) -> Shape:
    """The ways in which a value of an annotation may be written. Mappings and lists are told by their values' type."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return shape(args[0])
    if origin in (Union, types.UnionType):
        return _merged([shape(arg) for arg in args if arg is not type(None)])
    if origin is dict:
        return Shape(mappings=(args[1],))
    if origin in (tuple, list):
        return Shape(lists=(args[0],))
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return Shape(records=(annotation,))
    return Shape(scalars=(annotation,))


def _merged(shapes: list[Shape]) -> Shape:
    return Shape(
        records=tuple(record for each in shapes for record in each.records),
        mappings=tuple(value for each in shapes for value in each.mappings),
        lists=tuple(value for each in shapes for value in each.lists),
        scalars=tuple(scalar for each in shapes for scalar in each.scalars),
    )


@lru_cache(maxsize=256)
def fields(record: type[Record]) -> dict[str, FieldInfo]:
    """The fields of a record by the names that documents use."""
    return {field.alias or name: field for name, field in record.model_fields.items()}


def names(here: Shape) -> list[str]:
    """The field names that may stand in a group of this shape."""
    return [name for record in here.records for name in fields(record)]


def below(here: Shape, key: str | int) -> Shape:
    """The shape one step down. An unknown field has an empty shape."""
    if isinstance(key, int):
        return _merged([shape(value) for value in here.lists])
    found = [fields(record)[key] for record in here.records if key in fields(record)]
    return _merged(
        [shape(cast("Any", field.annotation)) for field in found] + [shape(value) for value in here.mappings]
    )


def shape_at(keys: Keys, start: Shape = WHOLE) -> Shape:
    """The shape at a path."""
    for key in keys:
        start = below(start, key)
    return start


def sentence(keys: Keys, start: Shape = WHOLE) -> str:
    """The model's sentence on the field a path leads to, or lies in."""
    for length in range(len(keys), 0, -1):
        parent, key = shape_at(keys[: length - 1], start), keys[length - 1]
        for record in parent.records:
            if isinstance(key, str) and (field := fields(record).get(key)) and field.description:
                return " ".join(field.description.split())
    return ""
