"""What has happened since a schedule was made: a machine is down, an order is urgent, a part is missing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from plantwright.errors import Finding, RunError, nearest
from plantwright.model.plant import Plant
from plantwright.model.scheduling import Closure, Missing, ScheduledOrder, Scheduling

RUSH = 10
"""An urgent order counts so many times as much as the heaviest of the others. [-]"""
_DOWN = re.compile(r"^(?P<station>\S+?)(?:/(?P<machine>\d+))? from (?P<start>.+?) (?:to|until) (?P<end>.+)$")
_MISSING = re.compile(r"^(?P<item>\S+) until (?P<until>.+)$")


@dataclass(frozen=True, slots=True)
class Events:
    """What has happened.

    Attributes
    ----------
    down
        ``STATION from MOMENT to MOMENT``, or one of its machines as ``STATION/2``.
    rush
        Orders that have become urgent.
    missing
        ``ITEM until MOMENT``.
    """

    down: Sequence[str] = ()
    rush: Sequence[str] = ()
    missing: Sequence[str] = ()

    def __bool__(self) -> bool:
        return bool(self.down or self.rush or self.missing)

    def applied(self, plant: Plant, orders: dict[str, ScheduledOrder]) -> tuple[Plant, dict[str, ScheduledOrder]]:
        """The plant and its orders after it.

        Raises
        ------
        RunError
            Something of it is not there, or cannot be understood: all at once.
        """
        faults: list[Finding] = []
        scheduling = plant.scheduling or Scheduling()
        closures = [each for text in self.down if (each := _closure(plant, text, faults))]
        missing = [gone for text in self.missing if (gone := _missing(plant, text, faults))]
        for name in self.rush:
            if name not in orders:
                told = f'there is no order "{name}" that could be urgent'
                faults.append(Finding("E574", told, "Name one that is scheduled.", nearest=nearest(name, orders)))
        if faults:
            raise RunError(*faults)
        heaviest = max((order.weight for order in orders.values()), default=1)
        urgent = {name: orders[name].model_copy(update={"weight": RUSH * max(1, heaviest)}) for name in self.rush}
        changed = scheduling.model_copy(
            update={"closures": (*scheduling.closures, *closures), "missing": (*scheduling.missing, *missing)}
        )
        return plant.model_copy(update={"scheduling": changed}), orders | urgent

    def first(self, plant: Plant) -> dt.datetime | None:
        """When the first machine goes down; None where none does."""
        found = [each.from_ for text in self.down if (each := _closure(plant, text, []))]
        return min(found, default=None)


def _closure(plant: Plant, text: str, faults: list[Finding]) -> Closure | None:
    match = _DOWN.match(text.strip())
    if match is None:
        told = f'"{text}" is no breakdown'
        remedy = 'Write it as in "press from 2027-02-02 10:00 to 2027-02-02 16:00", or "press/2 from ...".'
        faults.append(Finding("E573", told, remedy))
        return None
    station = plant.stations.get(match["station"])
    number = int(match["machine"]) if match["machine"] else None
    if station is None or (number is not None and not 1 <= number <= station.machine_count):
        name = match["station"] if number is None else f"{match['station']}/{number}"
        near = nearest(match["station"], plant.stations)
        faults.append(Finding("E574", f'there is no machine "{name}"', "Name a station of the plant.", nearest=near))
        return None
    try:
        written = {"station": match["station"], "machine": number, "from": match["start"], "until": match["end"]}
        closure = Closure.model_validate(written | {"name": "down"})
    except ValidationError as error:
        faults.append(Finding("E573", error.errors()[0]["msg"], "Write day and time, such as 2027-02-02 10:00."))
        return None
    if (closure.from_.tzinfo is None) == (closure.until.tzinfo is None) and closure.until <= closure.from_:
        told = f"the breakdown of {match['station']} ends when it begins, or before: {match['start']} to {match['end']}"
        faults.append(Finding("E573", told, "Correct one of the two moments."))
        return None
    return closure


def _missing(plant: Plant, text: str, faults: list[Finding]) -> Missing | None:
    match = _MISSING.match(text.strip())
    if match is None:
        faults.append(Finding("E573", f'"{text}" is nothing missing', 'Write it as in "bolt until 2027-02-03 06:00".'))
        return None
    things = [*plant.items, *plant.products]
    if match["item"] not in things:
        near = nearest(match["item"], things)
        told = f'there is no item "{match["item"]}" that could be missing'
        faults.append(Finding("E574", told, "Name an item of the plant.", nearest=near))
        return None
    try:
        return Missing.model_validate({"item": match["item"], "until": match["until"]})
    except ValidationError as error:
        faults.append(Finding("E573", error.errors()[0]["msg"], "Write day and time, such as 2027-02-02 10:00."))
        return None
