"""Answers as tables: each field that holds a row for each of many things becomes a polars frame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from plantwright.errors import nearest
from plantwright.results.estimate import Estimate, InputRange

if TYPE_CHECKING:
    import polars as pl


def tables(answer: Any) -> tuple[str, ...]:
    """Names of the fields of an answer that are tables: records by id, or one after the other."""
    return tuple(field.name for field in fields(answer) if _is_table(str(field.type)))


def frame(answer: Any, table: str) -> pl.DataFrame:
    """A table of an answer as a polars frame.

    Parameters
    ----------
    answer
        A record.
    table
        One of its `tables`.

    Notes
    -----
    Records by id have a column ``id``. An Estimate becomes the columns ``x`` and ``x_half_width``, a range ``x_low``
    and ``x_high``, what is given by name ``x.name``. Tables within the table are left out.

    Raises
    ------
    ValueError
        There is no such table.
    """
    import polars as pl

    known = tables(answer)
    if table not in known:
        guess = nearest(table, known)
        hint = f" Did you mean {guess}?" if guess else ""
        raise ValueError(f'There is no table "{table}" in {", ".join(known)}.{hint}')
    held = getattr(answer, table)
    rows = _by_id(held) if isinstance(held, Mapping) else (dict(_row(record)) for record in held)
    return pl.DataFrame(list(rows), infer_schema_length=None)


def _by_id(held: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for key, record in held.items():
        yield {"id": key, **dict(_row(record))}


def _is_table(declared: str) -> bool:
    """Whether a field declared like this holds a row for each of many things; a row of words is no table."""
    return declared.startswith(("Mapping[", "tuple[")) and declared != "tuple[str, ...]"


def _row(record: Any) -> Iterator[tuple[str, Any]]:
    """Columns and cells of a record."""
    if isinstance(record, Estimate) or not (is_dataclass(record) or isinstance(record, Mapping)):
        yield from _cells("value", record)
        return
    for name, value in record.items() if isinstance(record, Mapping) else _fields(record):
        yield from _cells(name, value)


def _cells(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Estimate):
        yield from ((name, value.mean), (f"{name}_half_width", value.half_width))
    elif isinstance(value, InputRange):
        yield from ((f"{name}_low", value.low), (f"{name}_high", value.high))
    elif isinstance(value, Mapping):
        for inner, each in value.items():
            yield from _cells(f"{name}.{inner}", each)
    elif not isinstance(value, tuple) and not is_dataclass(value):
        yield name, value


def _fields(record: Any) -> Iterator[tuple[str, Any]]:
    return ((field.name, getattr(record, field.name)) for field in fields(record))
