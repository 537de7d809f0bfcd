"""The log of decisions about parties: JSON lines that are only ever added to, each bound to the one before by a hash.

A line holds the fields of a `Decision`, ``previous`` (the hash of the line before, of 64 zeros in the first) and
``hash``: sha256 of the line without it, as JSON with sorted keys and without spaces. A line that is changed, left out
or moved breaks the chain. Lines cut off at the end do not: answers therefore print the last hash and the number of
lines, and whoever keeps an answer can tell.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from plantwright.errors import DocumentError, Finding, Place
from plantwright.problems.screening import Decision

FIRST = "0" * 64
"""What the first line is bound to."""
_FIELDS = tuple(field.name for field in fields(Decision))
_RULINGS = ("clear", "refuse")
_UNTOUCHED = "Put back the log as it was written; decisions are added at the end and never changed."


@dataclass(frozen=True)
class Log:
    """A log as it was read: its decisions in order, and the hash of the last line."""

    decisions: tuple[Decision, ...] = ()
    last: str = FIRST


def read_log(path: Path) -> Log:
    """The decisions that a log holds.

    Raises
    ------
    DocumentError
        It cannot be read, a line is malformed, or the chain is broken: all of it at once.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8 text"
        remedy = "Without its decisions every doubtful party is held; name the log where it is, or none."
        raise DocumentError(Finding("E143", f"the log of decisions cannot be read: {why}", remedy, _at(path))) from None
    found: list[Decision] = []
    wrong: list[Finding] = []
    last = FIRST
    for number, line in enumerate(text.splitlines(), 1):
        data = _parsed(line)
        faults = list(_faults(data, last))
        wrong += [Finding("E143", fault, _UNTOUCHED, _at(path, number)) for fault in faults]
        last = str(data.get("hash", last))
        if not faults:
            found.append(Decision(**{name: data[name] for name in _FIELDS}))
    if wrong:
        raise DocumentError(*wrong)
    return Log(tuple(found), last)


def append(path: Path, decision: Decision) -> str:
    """Add a decision to a log, which is made where there is none, and tell the hash of its line.

    Raises
    ------
    DocumentError
        What is there already is no sound log, or the decision has no reviewer or reason.
    """
    log = read_log(path) if path.exists() else Log()
    data = {**asdict(decision), "previous": log.last}
    data["hash"] = _hash(data)
    if faults := list(_faults(data, log.last)):
        raise DocumentError(*(Finding("E143", fault, "Say it in the decision.", _at(path)) for fault in faults))
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(data, ensure_ascii=False) + "\n")
    return str(data["hash"])


def _parsed(line: str) -> dict[str, Any]:
    try:
        data = json.loads(line)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}


def _faults(data: Mapping[str, Any], last: str) -> Iterator[str]:
    """Everything wrong with a line that follows one with the hash ``last``."""
    if not data:
        yield "the line is no JSON object"
        return
    for name in _FIELDS:
        if not isinstance(data.get(name), str) or not data[name].strip():
            yield f'the decision has no "{name}"'
    for name in data.keys() - {*_FIELDS, "previous", "hash"}:
        yield f'a decision has no field "{name}"'
    if data.get("decision") not in _RULINGS and data.get("decision"):
        yield f'"{data["decision"]}" is no decision: it is one of {" and ".join(_RULINGS)}'
    if data.get("date") and not _is_day(data["date"]):
        yield f'"{data["date"]}" is no day such as 2026-11-01'
    if data.get("previous") != last:
        yield "the chain is broken: the line does not follow the one before it"
    if data.get("hash") != _hash(data):
        yield "the line was changed after it was written: its hash does not fit"


def _is_day(text: object) -> bool:
    try:
        dt.date.fromisoformat(str(text))
    except ValueError:
        return False
    return True


def _hash(data: Mapping[str, Any]) -> str:
    bare = {key: value for key, value in data.items() if key != "hash"}
    text = json.dumps(bare, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _at(path: Path, line: int | None = None) -> Place:
    return Place(file=str(path), line=line)
