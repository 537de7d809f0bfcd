"""OpenSanctions' ``targets.simple.csv``: one row for each party, lists within cells separated by semicolons.

References
----------
OpenSanctions, "Simplified tabular format", https://www.opensanctions.org/docs/bulk/csv/
"""

from __future__ import annotations

from collections.abc import Sequence

from plantwright.io.lists.rows import Columns, Faults, Row, parts
from plantwright.problems.screening import Entry, Kind

NAME = "OpenSanctions"
NEEDED = ("id", "schema", "name")
COLUMNS = (
    *NEEDED,
    *(
        "aliases birth_date countries addresses identifiers sanctions phones emails program_ids dataset first_seen "
        "last_seen last_change"
    ).split(),
)
_PERSONS = {"Person"}
_FIRMS = {"Company", "Organization", "PublicBody"}
_CRAFT = {"Vessel", "Airplane", "Vehicle"}
_NO_PARTY = {"Address", "CryptoWallet", "Security"}


def read(rows: Sequence[Row], faults: Faults) -> tuple[list[Entry], str]:
    """The entries of a list, its header first, and the day on which they were last seen at their sources."""
    columns = Columns(rows[0], NEEDED, COLUMNS, faults)
    if not columns.is_complete:
        return [], ""
    sound = list(columns.entries(rows[1:], "id"))
    days = (columns.cell(row, column)[:10] for row in sound for column in ("last_seen", "last_change"))
    return [_entry(columns, row) for row in sound], max(days, default="")


def _entry(columns: Columns, row: Row) -> Entry:
    names = (columns.cell(row, "name"), *parts(columns.cell(row, "aliases")))
    return Entry(
        columns.cell(row, "id"),
        tuple(dict.fromkeys(names)),
        kind_of(columns.cell(row, "schema")),
        parts(columns.cell(row, "countries")),
        columns.cell(row, "sanctions") or columns.cell(row, "dataset"),
    )


def kind_of(schema: str) -> Kind:
    """What an entry of a schema is."""
    if schema in _PERSONS:
        return "person"
    if schema in _CRAFT | _NO_PARTY:
        return "craft"
    return "firm" if schema in _FIRMS else "unknown"
