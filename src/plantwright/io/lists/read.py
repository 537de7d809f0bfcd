"""Lists from files: which layout a file has, its hash and its date, and everything wrong with all of them at once."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from plantwright.errors import DocumentError, Finding, Place, nearest
from plantwright.io.lists import consolidated, ofac, opensanctions
from plantwright.io.lists.rows import Faults, Row, rows_of, text_of
from plantwright.problems.screening import Entry, WatchList


@dataclass(frozen=True)
class ListFile:
    """A list to read.

    Attributes
    ----------
    path
        Its file.
    name
        What it is called in answers: the path as it was given.
    date
        Its date, where that is known better than the file can tell.
    at
        Where in the document it is named, empty where it is not.
    """

    path: Path
    name: str
    date: dt.date | None = None
    at: str = ""


def read_lists(files: Sequence[ListFile]) -> tuple[WatchList, ...]:
    """The lists that files hold.

    Raises
    ------
    DocumentError
        A file is not there, has an unknown layout or rows that cannot be understood: everything wrong with all files
        at once. A list that is read in part would let through whom it does not show.
    """
    wrong: list[Finding] = []
    found = [read for file in files if (read := _read(file, wrong)) is not None]
    if wrong:
        raise DocumentError(*wrong)
    return tuple(found)


def _read(file: ListFile, wrong: list[Finding]) -> WatchList | None:
    data = _bytes(file, wrong)
    if data is None:
        return None
    faults = Faults(file.path)
    text = text_of(data, faults)
    rows = rows_of(text, faults) if text is not None else []
    if not rows:
        if not faults.found:
            faults.add(None, "", "the list is empty", "Fetch it anew; to screen nothing, name no list.")
        wrong += faults.all()
        return None
    more = {kind: (path, path.read_bytes()) for kind, path in ofac.beside(file.path).items()}
    form, entries, day, told = _understood(rows, more, faults)
    if not entries and not faults.found:
        faults.add(None, "", "the list has no entry", "Fetch it anew; to screen nothing, name no list.")
    wrong += [*faults.all(), *told]
    together = [data, *(more[kind][1] for kind in sorted(more, reverse=True))] if form == ofac.NAME else [data]
    date, dated_by = _date(file, day)
    return WatchList(file.name, form, hashlib.sha256(b"".join(together)).hexdigest(), date, dated_by, tuple(entries))


def _bytes(file: ListFile, wrong: list[Finding]) -> bytes | None:
    try:
        return file.path.read_bytes()
    except OSError as error:
        folder = file.path.parent
        others = [other.name for other in folder.iterdir()] if folder.is_dir() else []
        message = f'the list "{file.name}" cannot be read: {error.strerror}'
        remedy = f"It was looked for at {file.path}. Without it nothing can be screened, and nothing is answered."
        wrong.append(Finding("E140", message, remedy, Place(file.at), nearest(file.path.name, others)))
        return None


def _understood(
    rows: Sequence[Row], more: dict[str, tuple[Path, bytes]], faults: Faults
) -> tuple[str, list[Entry], str, list[Finding]]:
    """Layout, entries, date of the content, and what is wrong with files beside it."""
    first = rows[0]
    if ofac.is_ours(first):
        entries, told = ofac.read(rows, more, faults)
        return ofac.NAME, entries, "", told
    header = {cell.lower() for cell in first.cells}
    shared = {form: len(header & set(form.COLUMNS)) for form in (consolidated, opensanctions)}
    if shared[consolidated] >= 3 and shared[consolidated] >= shared[opensanctions]:
        return consolidated.NAME, consolidated.read(rows, faults), "", []
    if shared[opensanctions] >= 3:
        entries, day = opensanctions.read(rows, faults)
        return opensanctions.NAME, entries, day, []
    remedy = (
        f"Known are {ofac.NAME} (sdn.csv, {len(ofac.COLUMNS)} columns without a header), {consolidated.NAME} (columns "
        f"{', '.join(consolidated.NEEDED)}, ...) and {opensanctions.NAME} ({', '.join(opensanctions.NEEDED)}, ...)."
    )
    begins = ", ".join(first.cells[:4])
    faults.add(first.line, "", f'the layout is not known: the list begins with "{begins}"', remedy)
    return "", [], "", []


def _date(file: ListFile, day: str) -> tuple[str, str]:
    """The date of a list and how it is known: given, from its content, from its file's name, or from the file."""
    if file.date is not None:
        return file.date.isoformat(), "given"
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        return day, "content"
    if written := re.search(r"(20\d\d)-?([01]\d)-?([0-3]\d)(?!\d)", file.path.name):
        return "-".join(written.groups()), "name"
    changed = dt.datetime.fromtimestamp(file.path.stat().st_mtime, dt.UTC)
    return changed.date().isoformat(), "file"
