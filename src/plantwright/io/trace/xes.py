"""A trace as XES (IEEE 1849-2016): the events of each part together, those of no part together at the end.

References
----------
IEEE Std 1849-2016: eXtensible Event Stream (XES), sections 5 (XML serialization) and 7 (standard extensions),
doi 10.1109/IEEESTD.2016.7740858.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import polars as pl

from plantwright.io.trace.kind import open_text
from plantwright.io.trace.runs import Run, merged
from plantwright.io.trace.writer import Lift, Tell, joined, moment, spelled
from plantwright.results.trace import COLUMNS, EVENTS, TraceHeader

EXTENSIONS = {"Concept": "concept", "Lifecycle": "lifecycle", "Organizational": "org", "Time": "time"}
OF_NO_PART = "plant"
"""The trace of the events that are of no part. The standard would have them stand alone, but tools stumble over it."""
STANDARD = {"machine": "org:resource", "station": "org:group"}
"""Columns for which the standard has a word."""
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xes.features="">
{extensions}
<global scope="trace"><string key="concept:name" value=""/></global>
<global scope="event"><string key="concept:name" value=""/>\
<string key="lifecycle:transition" value="complete"/>\
<date key="time:timestamp" value={start}/></global>
<classifier name="Activity" scope="event" keys="concept:name lifecycle:transition"/>
<string key="concept:name" value={plant}/>
<date key="start" value={start}/>
{provenance}
"""


class XesWriter:
    """Chunks are sorted by part and set aside; at the end they are merged, no more than a chunk at a time."""

    def __init__(self, path: Path, header: TraceHeader, lift: Lift) -> None:
        self.header, self.lift = header, lift
        self.out = open_text(path, "w")
        self.spool = (path.parent / "spool").open("w+b")
        self.runs: list[Run] = []
        self.rows = 0
        self.case: int | None = None

    def write(self, chunk: Any) -> None:
        """Set a chunk aside."""
        self.runs.append(Run(self.spool, chunk, self.rows))
        self.rows += len(chunk)

    def finish(self, tell: Tell) -> None:
        """Write the events of each part together, then those of none."""
        self.out.write(_head(self.header))
        done = 0
        for rows in merged(self.runs):
            self._write_rows(rows)
            done += len(rows)
            tell(done / self.rows)
        self.out.write("</log>\n" if self.case is None else "</trace>\n</log>\n")
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self.out.close()
        self.spool.close()

    def _write_rows(self, rows: Any) -> None:
        table = self.lift(rows).with_columns(row=pl.Series(rows["row"]), case=pl.Series(rows["part"]))
        before = pl.col("case").shift(1, fill_value=self.case)
        close = pl.when(before.is_not_null()).then(pl.lit("</trace>\n")).otherwise(pl.lit(""))
        opening = pl.when(pl.col("case").ne_missing(before)).then(joined(close, *_trace(table))).otherwise(pl.lit(""))
        lines = table.select(joined(opening, *_event(table)).alias("lines"))["lines"]
        self.out.write(lines.str.join("\n").item() + "\n")
        self.case = int(rows["part"][-1])


def _head(header: TraceHeader) -> str:
    provenance = [
        f"<{'int' if isinstance(value, int) else 'string'} key={quoteattr(name)} value={quoteattr(str(value))}/>"
        for name, value in header.provenance.items()
    ]
    return HEAD.format(
        extensions="\n".join(
            f'<extension name="{name}" prefix="{prefix}" uri="http://www.xes-standard.org/{prefix}.xesext"/>'
            for name, prefix in EXTENSIONS.items()
        ),
        plant=quoteattr(header.plant),
        start=quoteattr(header.start.isoformat()),
        provenance="\n".join(provenance),
    )


def _trace(table: pl.DataFrame) -> Iterator[pl.Expr | str]:
    """How the events of a part begin: its number and, where this event tells it, its item."""
    name = pl.col("part").cast(pl.String).fill_null(OF_NO_PART)
    item = joined('<string key="item" value=', spelled(table["item"], quoteattr), "/>")
    yield from ('<trace><string key="concept:name" value="', name, '"/>')
    yield pl.when(pl.col("part").is_not_null()).then(item).fill_null("")
    yield "\n"


def _event(table: pl.DataFrame) -> Iterator[pl.Expr | pl.Series | str]:
    """An event: its activity, its step, its moment, and every column that says something."""
    steps = {event.name: event.transition or "complete" for event in EVENTS}
    acts = [event.name for event in EVENTS if event.transition]
    activity = pl.when(pl.col("event").is_in(acts)).then("operation").otherwise("event")
    yield from ('<event><string key="concept:name" value=', spelled(table.select(activity).to_series(), quoteattr))
    yield from ('/><string key="lifecycle:transition" value="', spelled(table["event"], steps.__getitem__))
    yield from ('"/><date key="time:timestamp" value="', moment("time"), '"/>')
    for column in (*COLUMNS[2:], None):
        yield _attribute(table, *(("row", "count") if column is None else (column.name, column.holds)))
    yield "</event>"


def _attribute(table: pl.DataFrame, name: str, holds: str) -> pl.Expr:
    """A column as an attribute; nothing where it says nothing."""
    key = STANDARD.get(name, name)
    if holds == "name":
        text = joined(f'<string key="{key}" value=', spelled(table[name], quoteattr), "/>")
    else:
        text = joined(f'<int key="{key}" value="', pl.col(name).cast(pl.String), '"/>')
    return text.fill_null("")
