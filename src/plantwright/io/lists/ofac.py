"""The list files of the US Office of Foreign Assets Control: no header, ``-0-`` where nothing is known.

References
----------
Office of Foreign Assets Control, "Specially Designated Nationals and Blocked Persons: Data Specification" (2023):
sdn.csv has twelve columns, add.csv six, alt.csv five; they are tied together by the entry's number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from plantwright.errors import Finding
from plantwright.io.lists.rows import Faults, Row, rows_of, text_of
from plantwright.problems.screening import Entry, Kind

NAME = "OFAC"
COLUMNS = "ent_num SDN_Name SDN_Type Program Title Call_Sign Vess_type Tonnage GRT Vess_flag Vess_owner Remarks".split()
OTHER_NAMES = "ent_num alt_num alt_type alt_name alt_remarks".split()
ADDRESSES = "ent_num add_num Address City Country Add_remarks".split()
_KINDS: dict[str, Kind] = {"individual": "person", "vessel": "craft", "aircraft": "craft", "": "firm"}
_NUMBERED = "A number ties the rows of the files together; fetch the list anew."


def is_ours(first: Row) -> bool:
    """Whether a list begins like this one: with a number, and no header."""
    return first.cells[0].isdigit()


def beside(path: Path) -> dict[str, Path]:
    """The files of other names and addresses that belong to a main file, where they are there."""
    name = path.name.lower()
    stem = next((stem for stem in ("sdn", "prim") if stem in name), None)
    if stem is None:
        return {}
    wanted = {kind: name.replace(stem, kind, 1) for kind in ("alt", "add")}
    there = {file.name.lower(): file for file in sorted(path.parent.iterdir()) if file.is_file()}
    return {kind: there[other] for kind, other in wanted.items() if other in there and there[other] != path}


def read(rows: Sequence[Row], more: dict[str, tuple[Path, bytes]], faults: Faults) -> tuple[list[Entry], list[Finding]]:
    """Entries, and what is wrong with the files beside the main one."""
    main = dict(_numbered(rows, COLUMNS, faults, once=True))
    names, found = _by_number(more.get("alt"), OTHER_NAMES, 3, main)
    countries, told = _by_number(more.get("add"), ADDRESSES, 4, main)
    entries = []
    for number, row in main.items():
        _, name, kind, programme, *_ = map(_known, row.cells)
        if not name:
            faults.add(row.line, "column 2, SDN_Name", "the entry has no name", "Fetch the list anew.")
            continue
        others = tuple(dict.fromkeys([name, *names[number]]))
        places = tuple(dict.fromkeys(countries[number]))
        entries.append(Entry(number, others, _KINDS.get(kind.lower(), "unknown"), places, programme))
    return entries, [*found, *told]


def _by_number(
    file: tuple[Path, bytes] | None, columns: Sequence[str], column: int, main: dict[str, Row]
) -> tuple[defaultdict[str, list[str]], list[Finding]]:
    """One column of a file beside the main one, by the number of the entry."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    if file is None:
        return found, []
    path, data = file
    faults = Faults(path)
    text = text_of(data, faults)
    for number, row in _numbered(rows_of(text, faults) if text is not None else [], columns, faults, once=False):
        value = _known(row.cells[column])
        if number not in main:
            message = f"the main file has no entry {number}"
            faults.add(row.line, f"column 1, {columns[0]}", message, "Fetch both files of the same day.")
        elif value:
            found[number].append(value)
    return found, faults.all()


def _numbered(rows: Sequence[Row], columns: Sequence[str], faults: Faults, *, once: bool) -> Iterator[tuple[str, Row]]:
    """Rows that are as wide as they have to be and begin with a number, which may stand only once."""
    seen: set[str] = set()
    for row in rows:
        number = row.cells[0]
        if len(row.cells) != len(columns):
            message = f"the row has {len(row.cells)} cells, and {len(columns)} columns are needed"
            remedy = "Put text that holds a comma in quotes, or fetch the list anew."
            faults.add(row.line, f"column {min(len(row.cells), len(columns)) + 1}", message, remedy)
        elif not number.isdigit():
            faults.add(row.line, f"column 1, {columns[0]}", f'"{number}" is no number of an entry', _NUMBERED)
        elif once and number in seen:
            faults.add(row.line, f"column 1, {columns[0]}", f"the entry {number} is there twice", _NUMBERED)
        else:
            seen.add(number)
            yield number, row


def _known(cell: str) -> str:
    return "" if cell == "-0-" else cell
