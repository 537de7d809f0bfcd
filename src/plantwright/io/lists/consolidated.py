"""The US Consolidated Screening List as CSV: one row for each party, lists within cells separated by semicolons.

References
----------
International Trade Administration, "Consolidated Screening List", download as CSV.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from plantwright.io.lists.rows import Columns, Faults, Row, parts
from plantwright.problems.screening import Entry, Kind

NAME = "Consolidated Screening List"
NEEDED = ("_id", "source", "name")
COLUMNS = (
    *NEEDED,
    *(
        "entity_number type programs title addresses federal_register_notice start_date end_date standard_order "
        "license_requirement license_policy call_sign vessel_type gross_tonnage gross_registered_tonnage vessel_flag "
        "vessel_owner remarks source_list_url alt_names citizenships dates_of_birth nationalities places_of_birth "
        "source_information_url ids"
    ).split(),
)
_KINDS: dict[str, Kind] = {"individual": "person", "entity": "firm", "vessel": "craft", "aircraft": "craft"}


def read(rows: Sequence[Row], faults: Faults) -> list[Entry]:
    """The entries of a list, its header first."""
    columns = Columns(rows[0], NEEDED, COLUMNS, faults)
    return [_entry(columns, row) for row in columns.entries(rows[1:], "_id")] if columns.is_complete else []


def _entry(columns: Columns, row: Row) -> Entry:
    names = (columns.cell(row, "name"), *parts(columns.cell(row, "alt_names")))
    return Entry(
        columns.cell(row, "_id"),
        tuple(dict.fromkeys(names)),
        _KINDS.get(columns.cell(row, "type").lower(), "unknown"),
        _countries(columns, row),
        ", ".join(filter(None, (columns.cell(row, "source"), columns.cell(row, "programs")))),
    )


def _countries(columns: Columns, row: Row) -> tuple[str, ...]:
    """Codes at the ends of addresses, and of citizenships and nationalities."""
    ends = (re.search(r"\b([A-Z]{2})\s*$", part) for part in parts(columns.cell(row, "addresses")))
    found = [end.group(1) for end in ends if end]
    for name in ("citizenships", "nationalities"):
        found += parts(columns.cell(row, name))
    return tuple(dict.fromkeys(found))
