"""A trace as OCEL 2.0 (JSON): events, and the things of the plant that they name.

References
----------
A. Berti et al.: OCEL (Object-Centric Event Log) 2.0 Specification, arXiv:2403.01975, section 7 (JSON format).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import polars as pl

from plantwright.io.trace.kind import open_text
from plantwright.io.trace.writer import Lift, Tell, joined, listed, moment, spelled
from plantwright.results.trace import COLUMNS, EVENTS, TraceHeader, TraceObject

NAMED = tuple(column.name for column in COLUMNS if column.names_object)
"""Columns that name objects: events are related to them."""
TOLD = tuple(column.name for column in COLUMNS[3:] if not column.names_object)
"""Columns that describe an event: its attributes."""
BEFORE_ALL = "1970-01-01T00:00:00Z"
"""When what has always been so became so: the standard's own choice."""
NEW = ("entered", "split")
"""Events with which parts come to be."""
TYPES = {int: "integer", float: "float", str: "string"}


class OcelWriter:
    """Events go straight to the file; parts, which stand behind them, to a file beside it until then."""

    def __init__(self, path: Path, header: TraceHeader, lift: Lift) -> None:
        self.header, self.lift = header, lift
        self.out = open_text(path, "w")
        self.parts = (path.parent / "parts").open("w+", encoding="utf-8")
        self.events = 0
        self.newcomer: int | None = None
        self.elders: dict[int, str | None] = {}
        types = f'"eventTypes": {_block(_event_types())},\n"objectTypes": {_block(_object_types(header))}'
        self.out.write(f'{{\n{types},\n"events": [')

    def write(self, chunk: Any) -> None:
        """Write a chunk's events, and set its new parts aside."""
        table = self.lift(chunk)
        self._note_elders(table)
        _append(self.out, _events(table, self.events), is_first=not self.events)
        _append(self.parts, _parts(table), is_first=False)
        self.events += len(table)

    def _note_elders(self, table: pl.DataFrame) -> None:
        """Keep in mind the parts that were there before the trace began, and their items as far as they are known."""
        if self.newcomer is None:
            self.newcomer = table.filter(pl.col("event").is_in(NEW))["part"].min()  # type: ignore[assignment]
        is_elder = pl.col("part").is_not_null() & (pl.lit(self.newcomer is None) | (pl.col("part") < self.newcomer))
        own = pl.when(pl.col("event") != "built in").then("item").alias("item")
        parts = pl.concat([table, table.with_columns(part="parent")]).filter(is_elder)
        for part, item in parts.select("part", own).unique(maintain_order=True).iter_rows():
            self.elders[part] = self.elders.get(part) or item

    def finish(self, tell: Tell) -> None:
        """Write the objects behind the events."""
        self.out.write('\n],\n"objects": [\n')
        self.out.write(",\n".join(_object(thing) for thing in [_plant(self.header), *self.header.objects]))
        for part, item in self.elders.items():
            self.out.write(f",\n{_dumps({'id': f'part:{part}', 'type': _part_type(item)})}")
        self.parts.seek(0)
        shutil.copyfileobj(self.parts, self.out)
        self.out.write("\n]\n}\n")
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self.out.close()
        self.parts.close()


def _append(out: Any, lines: pl.Series, *, is_first: bool) -> None:
    if len(lines):
        out.write(("\n" if is_first else ",\n") + lines.str.join(",\n").item())


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _block(rows: Iterable[Any]) -> str:
    return "[\n" + ",\n".join(_dumps(row) for row in rows) + "\n]"


def _part_type(item: str | None) -> str:
    return "part" if item is None else f"part:{item}"


def _event_types() -> Iterator[dict[str, Any]]:
    """A type for each kind of event, with the attributes that its columns become."""
    for event in EVENTS:
        texts = [{"name": name, "type": "string"} for name in TOLD if name in event.columns]
        counts = [{"name": name, "type": "integer"} for name in (event.amount, event.count) if name]
        yield {"name": event.name, "attributes": texts + counts}


def _object_types(header: TraceHeader) -> Iterator[dict[str, Any]]:
    """A type for the parts of each item, and one for each other kind of thing."""
    pieces = [{"name": "pieces", "type": "integer"}]
    for name in ("part", *(_part_type(item) for item in header.items)):
        yield {"name": name, "attributes": pieces}
    attributes: dict[str, dict[str, str]] = {}
    for thing in [_plant(header), *header.objects]:
        known = attributes.setdefault(thing.column, {})
        known |= {name: TYPES[type(value)] for name, value in thing.attributes.items()}
    for name, known in attributes.items():
        yield {"name": name, "attributes": [{"name": key, "type": kind} for key, kind in known.items()]}


def _plant(header: TraceHeader) -> TraceObject:
    """The plant itself, which says where the trace comes from."""
    return TraceObject("plant", header.plant, {"start": header.start.isoformat(), **header.provenance})


def _object(thing: TraceObject) -> str:
    attributes = [{"name": name, "time": BEFORE_ALL, "value": value} for name, value in thing.attributes.items()]
    related = [{"objectId": f"{column}:{name}", "qualifier": role} for column, name, role in thing.related]
    return _dumps(
        {
            "id": f"{thing.column}:{thing.name}",
            "type": thing.column,
            "attributes": attributes,
            "relationships": related,
        }
    )


def _events(table: pl.DataFrame, first: int) -> pl.Series:
    """A line for each row of the table; the first one is event number ``first``."""
    number = pl.int_range(first, first + len(table)).cast(pl.String)
    attributes = listed(*(_attribute(table, name) for name in TOLD))
    related = listed(*(_related(table, name) for name in NAMED))
    line = joined(
        *('{"id": "e', number, '", "type": "', pl.col("event"), '", "time": "', moment("time")),
        *('", "attributes": [', attributes, '], "relationships": [', related, "]}"),
    )
    return table.select(line.alias("line"))["line"]


def _by_event(words: dict[str, str]) -> pl.Expr:
    """A text for each row by what happened; null where there is none."""
    return pl.col("event").replace_strict(words, default=None, return_dtype=pl.String)


def _attribute(table: pl.DataFrame, name: str) -> pl.Expr:
    """What a column says of an event, as an attribute; numbers have the names of what they count."""
    if name not in ("amount", "value"):
        return joined(f'{{"name": "{name}", "value": ', spelled(table[name], _dumps), "}")
    counts = {event.name: event.amount if name == "amount" else event.count for event in EVENTS}
    begin = {event: f'{{"name": {_dumps(count)}, "value": ' for event, count in counts.items() if count}
    return joined(_by_event(begin), pl.col(name).cast(pl.String), "}")


def _related(table: pl.DataFrame, name: str) -> pl.Expr:
    """The object that a column names, and what it is to the event."""
    roles = {event.name: f', "qualifier": {_dumps(event.role.get(name, name))}}}' for event in EVENTS}
    return joined('{"objectId": ', _id(table, name), _by_event(roles))


def _id(table: pl.DataFrame, name: str) -> pl.Expr | pl.Series:
    """The id of the object that a column names: its kind and its name."""
    if name in ("part", "parent"):
        return joined('"part:', pl.col(name).cast(pl.String), '"')
    return spelled(table[name], lambda text: _dumps(f"{name}:{text}"))


def _parts(table: pl.DataFrame) -> pl.Series:
    """A line for each part that comes to be."""
    new = table.filter(pl.col("event").is_in(NEW))
    kind = spelled(new["item"], lambda item: _dumps(_part_type(item)))
    pieces = joined(
        '{"name": "pieces", "time": "', moment("time"), '", "value": ', pl.col("value").cast(pl.String), "}"
    )
    item = joined('{"objectId": ', _id(new, "item"), ', "qualifier": "piece of"}')
    parent = joined('{"objectId": ', _id(new, "parent"), ', "qualifier": "taken from"}')
    line = joined(
        *('{"id": ', _id(new, "part"), ', "type": ', kind, ', "attributes": [', pieces),
        *('], "relationships": [', listed(item, parent), "]}"),
    )
    return new.select(line.alias("line"))["line"]
