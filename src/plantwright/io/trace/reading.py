"""Traces read back: the same table of events from every kind of file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Literal, overload
from xml.parsers import expat

import polars as pl

from plantwright.errors import DocumentError, Finding, Place, nearest
from plantwright.io.trace.kind import kind_of, open_text
from plantwright.io.trace.members import BLOCK, members
from plantwright.io.trace.xes import STANDARD
from plantwright.results.trace import COLUMNS, EVENTS, trace_schema
from plantwright.units import TICKS_PER_SECOND

ROWS_AT_ONCE = 50_000
"""Events that are held as objects of Python before they become rows."""

Row = dict[str, Any]


@overload
def read_trace(path: str | Path, *, lazy: Literal[False] = False) -> pl.DataFrame: ...
@overload
def read_trace(path: str | Path, *, lazy: Literal[True]) -> pl.LazyFrame: ...


def read_trace(path: str | Path, *, lazy: bool = False) -> pl.DataFrame | pl.LazyFrame:
    """The events of a trace as a polars table, one to the row, in the order in which they happened.

    Parameters
    ----------
    path
        A file that ``simulate(..., trace=path)`` has written: Parquet, OCEL 2.0 or XES.
    lazy
        A lazy table: of a Parquet file only what a query needs is read then. The others are read as a whole.

    Raises
    ------
    DocumentError
        There is no such file, or it is no trace.
    RunError
        The ending of its name is none of a trace.
    """
    path = Path(path)
    kind = kind_of(path)
    if not path.is_file():
        folder = path.parent if path.parent.is_dir() else Path()
        guess = nearest(path.name, [file.name for file in folder.iterdir()])
        raise DocumentError(Finding("E100", "there is no such file", "Check the path.", Place(file=str(path)), guess))
    try:
        table = pl.scan_parquet(path) if kind == "parquet" else _table(_ROWS[kind](path)).lazy()
        if kind == "parquet" and table.collect_schema() != trace_schema():
            raise ValueError("its columns are not those of a trace")
        return table if lazy else table.collect()
    except (ValueError, KeyError, OSError, EOFError, expat.ExpatError, pl.exceptions.PolarsError) as error:
        remedy = "Read a file that `plantwright simulate PLANT --trace FILE` has written, as it was written."
        message = f"this is no trace that can be read: {error}"
        raise DocumentError(Finding("E108", message, remedy, Place(file=str(path)))) from None


def _table(rows: Iterator[Row]) -> pl.DataFrame:
    """The table of a trace from its events as dictionaries, the start of the trace among them."""
    kinds = trace_schema() | {"row": pl.Int64()}
    start: dt.datetime | None = None
    batches = [pl.DataFrame(schema=kinds)]
    while batch := list(islice(rows, ROWS_AT_ONCE)):
        start = next((row["start"] for row in batch if "start" in row), start)
        batches.append(pl.DataFrame([row for row in batch if "start" not in row], schema=kinds))
    if start is None:
        raise ValueError("it does not say when it begins")
    table = pl.concat(batches).sort("row")
    since = (table["time"] - start).dt.total_microseconds().to_numpy() / TICKS_PER_SECOND  # as the engine's clock is
    return table.with_columns(time_s=pl.Series(since)).select(trace_schema().keys())


def _of_ocel(path: Path) -> Iterator[Row]:
    """Events of an OCEL file."""
    parts = {event.name: {event.role.get(name, name): name for name in ("part", "parent")} for event in EVENTS}
    counts = {event.name: {event.amount: "amount", event.count: "value"} for event in EVENTS}
    number = 0
    with open_text(path, "r") as source:
        for kind, told in members(source):
            if kind == "objects" and told["type"] == "plant":
                begin = next(each["value"] for each in told["attributes"] if each["name"] == "start")
                yield {"start": dt.datetime.fromisoformat(begin)}
            elif kind == "events":
                yield _ocel_row(told, number, parts[told["type"]], counts[told["type"]])
                number += 1


def _ocel_row(told: Row, number: int, parts: dict[str, str], counts: dict[str, str]) -> Row:
    row: Row = {"row": number, "event": told["type"], "time": dt.datetime.fromisoformat(told["time"])}
    for each in told["attributes"]:
        row[counts.get(each["name"], each["name"])] = each["value"]
    for each in told["relationships"]:
        kind, _, name = each["objectId"].partition(":")
        row |= {parts[each["qualifier"]]: int(name)} if kind == "part" else {kind: name}
    return row


def _of_xes(path: Path) -> Iterator[Row]:
    """Events of a XES file: those of each part together, each with its row."""
    found: list[Row] = []
    told: dict[str, str] | None = None

    def begin(tag: str, attributes: dict[str, str]) -> None:
        nonlocal told
        if tag == "event":
            told = {}
        elif told is not None:
            told[attributes["key"]] = attributes["value"]
        elif attributes.get("key") == "start":
            found.append({"start": dt.datetime.fromisoformat(attributes["value"])})

    def end(tag: str) -> None:
        nonlocal told
        if tag == "event" and told is not None:
            found.append(_xes_row(told))
            told = None

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    with open_text(path, "r") as source:
        while block := source.read(BLOCK):
            parser.Parse(block)
            yield from found
            found.clear()
        parser.Parse("", True)


def _xes_row(told: dict[str, str]) -> Row:
    row: Row = {"row": int(told["row"]), "time": dt.datetime.fromisoformat(told["time:timestamp"])}
    for key, text in told.items():
        if key in OF_XES:
            name, is_count = OF_XES[key]
            row[name] = int(text) if is_count else text
    return row


OF_XES = {
    STANDARD.get(column.name, column.name): (column.name, column.holds == "count")
    for column in COLUMNS
    if column.holds in ("name", "count")
}
"""Columns by their keys in XES, and whether they count."""

_ROWS = {"ocel": _of_ocel, "xes": _of_xes}
