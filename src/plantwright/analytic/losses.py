"""The loss waterfall: from what a station could make in its scheduled time to the good units the plant made."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

PLANNED_RESERVE = "planned reserve"
BALANCE, SPEED, REPEATS, YIELD = "balance", "speed", "rework and re-tests", "yield"
UNEXPLAINED, MIX = "unexplained", "mix"


@dataclass(frozen=True)
class WorkedHours:
    """Where the nominal work of one station went. All in machine-hours at nominal time, over the measured span. [h]

    Attributes
    ----------
    nominal : float
        Pieces made times their nominal time, summed over the station's operations.
    repeated : float
        The part of ``nominal`` that was a second or later pass of a piece (rework, re-test).
    scrapped : float
        The part of ``nominal`` in first passes of pieces that were lost here or later.
    in_good_units : float
        Good units that left, product by product, times the nominal hours of one.
    """

    nominal: float
    repeated: float
    scrapped: float
    in_good_units: float


@dataclass(frozen=True)
class LossLine:
    """One step of the waterfall: what it is called, and tenths of a good unit gained (+) or lost (-)."""

    name: str
    tenths: int

    @property
    def units(self) -> float:
        """Good units gained (+) or lost (-). [units]"""
        return self.tenths / 10


@dataclass(frozen=True)
class Waterfall:
    """A start, lines, and the good units they lead to; in tenths of a unit, so that they add up exactly on paper too.

    Attributes
    ----------
    start : LossLine
        What the waterfall starts from.
    lines : tuple of LossLine
        In the order in which they are taken off.
    good_units_tenths : int
        Where it ends: start plus lines. [0.1 units]
    """

    start: LossLine
    lines: tuple[LossLine, ...]
    good_units_tenths: int

    @property
    def good_units(self) -> float:
        """Good units made. [units]"""
        return self.good_units_tenths / 10

    @property
    def unexplained(self) -> float:
        """Good units that the counts do not account for: stocks and work in progress that grew, or a leak. [units]"""
        return sum(line.units for line in self.lines if line.name == UNEXPLAINED)


def loss_waterfall(
    lost_hours: Mapping[str, float],
    busy_hours: float,
    *,
    worked: WorkedHours,
    hours_per_unit: float,
    good_units: float,
    even_hours_per_unit: float | None = None,
    start: tuple[str, float] | None = None,
) -> Waterfall:
    """Split the gap between a station's scheduled time and the good units of the plant, line by line.

    Parameters
    ----------
    lost_hours : mapping of line name to float
        Machine-hours of the binding station in each state but busy and off shift, in the order to be shown:
        "availability" (down, maintenance), "setup", "starved", "blocked", "waiting for people", "idle". [h]
    busy_hours : float
        Machine-hours busy; with the lost ones, all scheduled time. [h]
    worked : WorkedHours
        What was made in them, from measured counts.
    hours_per_unit : float
        Nominal machine-hours of the station in one good unit of the demanded mix, no repeats, no scrap. [h]
    good_units : float
        Good units made, the headline of the simulation. [units]
    even_hours_per_unit : float, optional
        The same if the work of its line were split evenly over the line's stations; adds the line "balance". [h]
    start : (name, units), optional
        Another figure to start from: the takt's or the rough cut's units; adds the line "planned reserve".

    Notes
    -----
    The levels, each divided by ``hours_per_unit`` (H): all scheduled hours; less each lost state; that leaves busy.
    Busy less nominal is the loss of *speed*; nominal less repeats; less *yield* (scrapped); what then is not in good
    units that left is *unexplained*: it went into stocks and work in progress, or shows an error of the counts. Last,
    good units in another mix than the demanded one weigh otherwise: *mix*. No line is computed as the remainder of
    the others: the two sides meet only if the states sum to the scheduled time and the pieces are conserved.
    Each level is rounded to a tenth of a unit and lines are differences of rounded levels: they sum exactly.
    Under replications give means: every level is linear in the measured hours.

    References
    ----------
    State times after ISO 22400-2:2014, Key performance indicators for manufacturing operations management; the order
    of losses after Nakajima, S. (1988), Introduction to TPM, Productivity Press, ISBN 978-0-915299-23-2.

    Examples
    --------
    100 h at 0.1 h a unit are 1,000 units; 10 h down, 5 h starved, 85 h busy on 850 pieces of which 17 were scrapped:

    >>> worked = WorkedHours(nominal=85.0, repeated=0.0, scrapped=1.7, in_good_units=83.3)
    >>> fall = loss_waterfall(
    ...     {"availability": 10.0, "starved": 5.0}, 85.0, worked=worked, hours_per_unit=0.1, good_units=833.0
    ... )
    >>> fall.start.units, [(line.name, line.units) for line in fall.lines if line.tenths], fall.good_units
    (1000.0, [('availability', -100.0), ('starved', -50.0), ('yield', -17.0)], 833.0)
    """
    scheduled = math.fsum([*lost_hours.values(), busy_hours])
    even = even_hours_per_unit or hours_per_unit
    levels = [("scheduled time at nominal speed", scheduled / even)]
    if start is not None:
        levels = [start, (PLANNED_RESERVE, scheduled / even)]
    if even_hours_per_unit is not None:
        levels.append((BALANCE, scheduled / hours_per_unit))
    left = scheduled
    for name, hours in lost_hours.items():
        left -= hours
        levels.append((name, left / hours_per_unit))
    first_passes = worked.nominal - worked.repeated
    levels += [
        (SPEED, worked.nominal / hours_per_unit),
        (REPEATS, first_passes / hours_per_unit),
        (YIELD, (first_passes - worked.scrapped) / hours_per_unit),
        (UNEXPLAINED, worked.in_good_units / hours_per_unit),
        (MIX, good_units),
    ]
    tenths = [round(10 * level) for _, level in levels]
    lines = tuple(
        LossLine(name, below - above) for (name, _), (above, below) in zip(levels[1:], pairwise(tenths), strict=True)
    )
    return Waterfall(LossLine(levels[0][0], tenths[0]), lines, tenths[-1])
