"""A schedule as files for other programs: CSV, Excel, iCalendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from plantwright.results import ScheduleAnswer, ScheduleBar

TABLES = ("orders", "bars", "stations", "chains", "rescues", "rules", "pegs", "moved")
"""Tables that get a sheet each."""
OCTETS = 75
"""Longest line of a calendar file. [bytes]"""


def write_csv(answer: ScheduleAnswer, path: Path) -> None:
    """Every bar as a row."""
    answer.frame("bars").write_csv(path)


def write_xlsx(answer: ScheduleAnswer, path: Path) -> None:
    """A workbook with a sheet for each table; moments are moments, not text."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name in TABLES:
        frame = answer.frame(name)
        sheet = book.create_sheet(name)
        sheet.append(list(frame.columns))
        for row in frame.iter_rows():
            sheet.append([_cell(value) for value in row])
        sheet.freeze_panes = "A2"
    book.save(path)


def _cell(value: object) -> object:
    """A moment that is told as text becomes a moment."""
    if isinstance(value, str) and len(value) == 19 and value[10] == " ":
        try:
            return dt.datetime.fromisoformat(value)
        except ValueError:
            return value
    return value


def write_ics(answer: ScheduleAnswer, path: Path) -> None:
    """A calendar in which every bar is an event.

    Notes
    -----
    Written here instead of with a library: events without repetition, alarms or time zones (moments are in UTC) take
    the few rules below, and a dependency would serve one file.

    References
    ----------
    RFC 5545, Internet Calendaring and Scheduling Core Object Specification, doi 10.17487/RFC5545: lines end with CRLF
    and are folded at 75 octets (3.1), text is escaped (3.3.11), moments in UTC end with Z (3.3.5).
    """
    lines = [line for text in _calendar(answer) for line in folded(text)]
    path.write_bytes("".join(f"{line}\r\n" for line in lines).encode())


def _calendar(answer: ScheduleAnswer) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Plantwright//{answer.provenance.plantwright}//EN")
    zone = ZoneInfo(answer.time_zone)
    stamp = _utc(answer.start, zone)
    for bar in answer.bars:
        yield from _event(answer, bar, zone, stamp)
    yield "END:VCALENDAR"


def _event(answer: ScheduleAnswer, bar: ScheduleBar, zone: ZoneInfo, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    name = f"{bar.order}-{bar.lot}-{bar.route}-{bar.operation}"
    yield f"UID:{escaped(name)}@{answer.provenance.plant_hash[:16]}"
    yield f"DTSTAMP:{stamp}"  # the same answer is the same file
    yield f"DTSTART:{_utc(bar.setup or bar.start, zone)}"
    yield f"DTEND:{_utc(bar.end, zone)}"
    yield f"SUMMARY:{escaped(f'{bar.operation} {bar.order}/{bar.lot}: {bar.pieces:g} {bar.item}')}"
    yield f"LOCATION:{escaped(bar.machine or bar.station)}"
    told = f"It waits for {bar.why}."
    told += f" {bar.crew}." if bar.crew else ""
    told += f" For {bar.customer}." if bar.customer else ""
    yield f"DESCRIPTION:{escaped(told)}"
    yield from (f"CATEGORIES:{escaped(bar.station)}", "END:VEVENT")


def _utc(moment: str, zone: ZoneInfo) -> str:
    """A moment on a clock of the wall as the calendar file has it."""
    told = dt.datetime.fromisoformat(moment).replace(tzinfo=zone).astimezone(dt.UTC)
    return f"{told:%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    r"""Text of a calendar file.

    >>> escaped("drill, then; mill")
    'drill\\, then\\; mill'
    """
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets; the second and further ones begin with a space, no letter is cut."""
    piece = ""
    for letter in line:
        if len((piece + letter).encode()) > OCTETS:
            yield piece
            piece = " "
        piece += letter
    yield piece
