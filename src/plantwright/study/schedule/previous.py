"""The schedule before: from an answer, or from the JSON of one; and what has moved since."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from plantwright.compile.schedule.before import Key, Stood, keys
from plantwright.compile.schedule.clock import Clock
from plantwright.errors import DocumentError, Finding, Place, RunError
from plantwright.problems.schedule import NONE
from plantwright.results.schedule import ScheduleAnswer, ScheduleMove
from plantwright.study.schedule.made import Made
from plantwright.study.schedule.tables import HOUR, numbers

Previous = dict[Key, Stood]
_FIELDS = ("order", "lot", "route", "operation", "machine", "station", "start")


def previous(given: ScheduleAnswer | str | Path | None, clock: Clock) -> Previous:
    """Where every bar stood, in the ticks of a clock; empty where there was nothing before.

    Raises
    ------
    DocumentError
        The file is not there, or holds no schedule.
    """
    if given is None:
        return {}
    bars: Iterable[Any]
    if isinstance(given, ScheduleAnswer):
        bars = [{name: getattr(bar, name) for name in _FIELDS} for bar in given.bars]
    else:
        bars = _read(Path(given))
    return dict(_stood(bar, clock) for bar in bars)


def _read(path: Path) -> list[Mapping[str, Any]]:
    place = Place(file=str(path))
    if not path.is_file():
        raise DocumentError(Finding("E100", "there is no such file", "Check the path.", place))
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        bars = told["bars"]
        if all(name in bar for bar in bars for name in _FIELDS):
            return list(bars)
    except (ValueError, KeyError, TypeError):
        pass
    remedy = "Write one with plantwright schedule PLANT --json > previous.json."
    raise DocumentError(Finding("E575", "this is not the JSON of a schedule", remedy, place))


def _stood(bar: Mapping[str, Any], clock: Clock) -> tuple[Key, Stood]:
    start = clock.tick(dt.datetime.fromisoformat(bar["start"]))
    key = (str(bar["order"]), int(bar["lot"]), str(bar["route"]), str(bar["operation"]))
    return key, Stood(str(bar["machine"]), str(bar["station"]), start)


def instant(text: str, clock: Clock) -> int:
    """A moment that was asked for in ticks.

    Raises
    ------
    RunError
        It is no moment.
    """
    try:
        return clock.tick(dt.datetime.fromisoformat(text.strip()))
    except ValueError:
        remedy = "Write day and time, such as 2027-02-02 10:00."
        raise RunError(Finding("E573", f'"{text}" is no moment', remedy)) from None


def moves(made: Made, before: Previous) -> tuple[ScheduleMove, ...]:
    """Bars that stand on another machine or at another time than before, in the order in which they begin."""
    place, names = numbers(made), keys(made.lowered)
    found = []
    for index in made.bars:
        stood = before.get(names[index]) if names[index] is not None else None  # type: ignore[arg-type]
        mode, start = int(made.schedule.mode[index]), int(made.schedule.start[index])
        if stood is None or start == NONE:
            continue
        machine = made.lowered.machine_of(mode)
        if stood.machine == machine and stood.start == start:
            continue
        found.append(
            ScheduleMove(
                bar=place[index],
                order=made.lot(index).order,
                lot=made.lot(index).number,
                operation=made.lowered.operation(index),
                machine_before=stood.machine,
                machine=machine,
                start_before=made.lowered.clock.told(stood.start),
                start=made.lowered.clock.told(start),
                later_h=(start - stood.start) / HOUR,
            )
        )
    return tuple(found)
