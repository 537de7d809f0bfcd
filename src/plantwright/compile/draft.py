"""A world under construction: rows by kind, the two row arrays, and the indices that names have been given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from plantwright.arrays import RECORDS
from plantwright.codes import FOREVER, NONE, PERSON
from plantwright.compile.laws import Columns, law_columns
from plantwright.compile.problem import Mode
from plantwright.compile.rows import Rows
from plantwright.model.distribution import Law
from plantwright.model.plant import Plant
from plantwright.model.presence import Span
from plantwright.model.product import Item, Product
from plantwright.model.route import Operation
from plantwright.model.state import State
from plantwright.model.station import people_of_stops
from plantwright.model.worktime import Interval
from plantwright.units import TICKS_PER_SECOND

if TYPE_CHECKING:
    from plantwright.compile.planned import Planned

T = TypeVar("T")
Closed = Mapping[tuple[str, int], Sequence[Interval]]
"""When machines cannot work for once: spans of UTC by station and ordinal, from 0."""

DAY = 86_400 * TICKS_PER_SECOND
"""Ticks of a day."""


class Draft:
    """The plant's names as indices, and the rows written so far.

    Items and products share one index space: items in document order, then products. ``start`` and ``until`` are begin
    and end of a run, ``horizon`` the end of what is lowered of calendars and orders. [ticks]
    """

    def __init__(
        self, plant: Plant, mode: Mode, until: int, conwip: Mapping[str, int], state: State | None = None
    ) -> None:
        self.plant = plant
        self.mode = mode
        self.state = state
        self.plan: dict[str, list[Planned]] = {}
        """Orders by which things are made and bought that no policy or release calls for."""
        self.closed: Closed = {}
        """When machines are closed for once, by station and ordinal."""
        self.start = 0 if state is None else state.ticks_after(plant.from_)
        self.came: list[int] = []
        """When something has come or left before a state, in order. [ticks]"""
        self.until = until
        self.horizon = until + 8 * DAY
        self.conwip = dict(conwip)
        self.rows = {kind: Rows(kind) for kind in RECORDS if kind not in ("clock", "event")}
        self.links: list[int] = []
        self.shares: list[float] = []
        self.notes: list[str] = []
        self.stations = positions(plant.stations)
        self.items = positions([*plant.items, *plant.products])
        self.shops = positions(plant.shops)
        self.crews = positions(plant.crews)
        self.tools = positions(plant.tools)
        self.carriers = positions(plant.carriers)
        self.conveyors = positions(plant.conveyors)
        self.skills = positions(_skills(plant))
        self.calendars: dict[str, int] = {}
        self.families: dict[str, int] = {}
        self.machines: list[str] = []
        self.operations: list[tuple[str, str]] = []
        self.written: list[Operation] = []
        self.first_operation: dict[str, int] = {}
        self.curves: list[str] = []
        self.releases: list[str] = []
        self.demands: list[str] = []
        self.offers: list[str] = []
        self.modes: list[tuple[str, str]] = []
        self.caps: list[tuple[str, int]] = []
        self.held: dict[int, list[int]] = {}
        self.histograms = 0
        self._laws: dict[tuple[object, ...], int] = {}

    def thing(self, name: str) -> Item | Product:
        """The item or product of this id."""
        return self.plant.items[name] if name in self.plant.items else self.plant.products[name]

    def link(self, indices: Iterable[int]) -> tuple[int, int]:
        """Write a fixed list of indices; where it begins and how long it is."""
        return _append(self.links, indices)

    def share(self, values: Iterable[float]) -> tuple[int, int]:
        """Write a row of fractions (or a table); where it begins and how long it is."""
        return _append(self.shares, values)

    def law(self, law: Law | None) -> int:
        """The row of a law, written once however often it is used; NONE where there is none."""
        if law is None:
            return NONE
        key = (law.kind, law.dimension, *(argument.base for argument in law.args))
        if key not in self._laws:
            self._laws[key] = self.law_row(law_columns(law))
        return self._laws[key]

    def constant(self, ticks: int) -> int:
        """The row of a fixed time. [ticks]"""
        return self.law(Law.model_validate(f"{ticks} us"))

    def number(self, count: int) -> int:
        """The row of a fixed number of pieces or operations."""
        return self.law(Law.model_validate(count))

    def law_row(self, columns: Columns) -> int:
        """A new law row from its columns; a table goes to the shares."""
        first = self.share(columns.table)[0] if columns.table else NONE
        return self.rows["law"].add(kind=columns.kind, a=columns.a, b=columns.b, c=columns.c, first=first)

    def needs(self, people: Mapping[str, float]) -> tuple[int, int]:
        """Rows of ``need`` for people by skill; where they begin and how many."""
        first = len(self.rows["need"])
        for skill, amount in people.items():
            self.rows["need"].add(skill=self.skills[skill], amount=round(amount * PERSON))
        return first, len(people)

    def hold(self, row: int, needs: int, crews: Sequence[str]) -> None:
        """Note who is held by a row of ``held`` when a run begins, if as many crews are named as it needs."""
        if 0 < needs == len(crews):
            self.held[row] = [self.crews[crew] for crew in crews]

    def tick(self, date: dt.date) -> int:
        """Midnight (UTC) at the beginning of a date, not before the plant's first day. [ticks]"""
        return max(0, (date - self.plant.from_).days * DAY)

    def instant(self, moment: dt.datetime | None, default: int = 0) -> int:
        """An instant on the plant's clock, not before its first day. [ticks]"""
        return default if moment is None else max(0, self.since_first_day(moment))

    def since_first_day(self, moment: dt.datetime) -> int:
        """How long after midnight (UTC) of the plant's first day a moment is. [ticks]"""
        first = dt.datetime.combine(self.plant.from_, dt.time(), tzinfo=dt.UTC)
        return (moment - first) // dt.timedelta(microseconds=1)

    def span(self, span: Span) -> tuple[int, int]:
        """From when to when something is there. [ticks]"""
        return self.instant(span[0]), self.instant(span[1], int(FOREVER))


def positions(names: Iterable[str]) -> dict[str, int]:
    """Names with their positions."""
    return {name: index for index, name in enumerate(names)}


def _append(row: list[T], values: Iterable[T]) -> tuple[int, int]:
    first = len(row)
    row.extend(values)
    return first, len(row) - first


def _skills(plant: Plant) -> list[str]:
    """Every skill that is declared, offered or asked for, in that order."""
    names = [*plant.skills]
    names += [skill for crew in plant.crews.values() for skill in crew.skills]
    for route in plant.routes.values():
        for operation in route:
            names += [*operation.people, *(operation.attended.people if operation.attended else ())]
    for station in plant.stations.values():
        names += station.setup.people if station.setup else ()
        names += [skill for _, people in people_of_stops(station) for skill in people]
    names += [skill for failure in plant.shared_failures.values() for skill in failure.people]
    for carrier in plant.carriers.values():
        names += [*carrier.people, *(skill for failure in carrier.failures for skill in failure.people)]
    return list(dict.fromkeys(names))
