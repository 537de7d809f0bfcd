"""The week as a fluid: what stages on different calendars pass, with finite rooms, places and stays between them.

A year of hours hides that packs arrive on five days and channels run on seven. This is the smallest calculation that
does not: amounts instead of pieces, no randomness, the same calendar week over and over until it repeats itself.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from plantwright.analytic.fluid import Flow, Stage, target_of


@dataclass(frozen=True, eq=False)
class WeeklyFlow:
    """The week that repeats itself.

    Attributes
    ----------
    per_week : float
        Good pieces that leave the last stage. [pieces]
    used : (S,) float64
        Share of its weekly capacity (calendar and places) that each stage uses. [-]
    highest_stock : (S,) float64
        Peak of the stock after each stage, at step ends. [pieces]
    highest_places : (S,) float64
        Peak of the places taken at each stage. [pieces]
    weeks : int
        Weeks until the flow repeated itself, or the most that were tried. [-]
    settled : bool
        False: the last weeks still differed, and ``per_week`` is the mean of the second half of them.
    """

    per_week: float
    used: NDArray[np.float64]
    highest_stock: NDArray[np.float64]
    highest_places: NDArray[np.float64]
    weeks: int
    settled: bool


def weekly_throughput(stages: Sequence[Stage], *, most_weeks: int = 200, tolerance: float = 1e-9) -> WeeklyFlow:
    """Good pieces a week through stages with calendars, rooms, places and yields; first stages always have work.

    Parameters
    ----------
    stages : (S,) Stage
        Upstream before downstream; all capacities of one length T.
    most_weeks : int
        Weeks after which it stops waiting for the flow to repeat itself. [-]
    tolerance : float
        Relative change of all weekly flows and stocks below which a week repeats the one before. [-]

    Notes
    -----
    Within a step amounts pass through stages without residence; freed room is passed upstream in the same step. A
    piece that enters a residence in step t may leave in step t + residence. Starts empty; in such a flow the long-run
    output does not depend on the start. Deterministic: an upper bound on what a plant with failures makes.

    References
    ----------
    Discrete-time fluid of blocking after service, see docs/mechanisms.md; for fluid models of finite-buffer flow:
    Newell, G. F. (1982), Applications of Queueing Theory, 2nd ed., doi:10.1007/978-94-009-5970-5, chapter 2.

    Examples
    --------
    A source of 4 pieces in the first half of the week, a machine of 2 pieces all week. With no room between them 4
    pass; with room for 4 the machine never stops:

    >>> day, always = [2.0, 2.0, 0.0, 0.0], [1.0, 1.0, 1.0, 1.0]
    >>> [weekly_throughput([Stage(day, room_after=room), Stage(always)]).per_week for room in (0.0, 1.0, 4.0)]
    [2.0, 3.0, 4.0]
    """
    flow = Flow(stages)
    before = flow.week()
    outputs = [before[-1]]
    while len(outputs) < most_weeks:
        after = flow.week()
        outputs.append(after[-1])
        settled = bool(np.all(np.abs(after - before) <= tolerance * np.maximum(1.0, np.abs(after))))
        if settled:
            break
        before = after
    else:
        settled = False
    output = float(outputs[-1] if settled else np.mean(outputs[len(outputs) // 2 :]))
    return WeeklyFlow(
        per_week=output * stages[-1].good,
        used=np.divide(flow.started, flow.weekly_capacity, out=np.zeros(len(stages)), where=flow.weekly_capacity > 0.0),
        highest_stock=np.array(flow.highest_stock),
        highest_places=np.array(flow.highest_places),
        weeks=len(outputs),
        settled=settled,
    )


def rooms_needed(stages: Sequence[Stage], per_week: float) -> NDArray[np.float64]:
    """Stock after each stage that the calendars need for a weekly output, the places as given. (S,) float64 [pieces]

    Parameters
    ----------
    stages : (S,) Stage
        As for `weekly_throughput`; rooms are set unlimited except those of 0, which hand over directly.
    per_week : float
        Good pieces wanted out of the last stage in a week. [pieces]

    Raises
    ------
    ValueError
        A stage cannot pass that many with any room; its index is named.

    Notes
    -----
    The first stages spread what is needed evenly over their capacity (takt); all others work as fast as they can.

    Examples
    --------
    Four pieces in the first two steps, one taken in each: one is left over in each of the two.

    >>> day, always = [3.0, 3.0, 0.0, 0.0], [1.0, 1.0, 1.0, 1.0]
    >>> rooms_needed([Stage(day, room_after=0.5), Stage(always)], 4.0).tolist()
    [2.0, 0.0]
    """
    needs = starts_needed(stages, per_week)
    limits = Flow(stages).weekly_capacity
    short = np.flatnonzero(limits < needs * (1.0 - 1e-9))
    if len(short):
        first = int(short[0])
        raise ValueError(f"stage {first} can start {limits[first]:g} pieces a week, {needs[first]:g} are needed")
    fed = {target_of(stages, index) for index in range(len(stages))}
    relaxed = [
        replace(
            stage,
            room_after=math.inf if stage.room_after > 0.0 else 0.0,
            capacity=stage.capacity if index in fed else np.asarray(stage.capacity) * (needs[index] / limits[index]),
        )
        for index, stage in enumerate(stages)
    ]
    return weekly_throughput(relaxed).highest_stock


def starts_needed(stages: Sequence[Stage], per_week: float) -> NDArray[np.float64]:
    """Pieces each stage must start a week for a weekly output of the last. (S,) float64 [pieces]

    Examples
    --------
    Two packs a unit of which one in a hundred fails: 2 / 0.99 a unit.

    >>> starts_needed([Stage([9.0], good=0.5, per=2.0), Stage([9.0])], 3.0).tolist()
    [12.0, 3.0]
    """
    needs = np.zeros(len(stages))
    for index in reversed(range(len(stages))):
        target = target_of(stages, index)
        passed = per_week if target is None else needs[target] * stages[index].per
        needs[index] = passed / stages[index].good
    return needs


@dataclass(frozen=True)
class Relaxed:
    """What the week gains if one limit of one stage is lifted, all others as they are.

    Attributes
    ----------
    stage : int
        Index of the stage. [-]
    limit : str
        "capacity" (the calendar's hours), "places" or "room_after".
    gain : float
        More good pieces a week. [pieces]
    """

    stage: int
    limit: str
    gain: float


def limits_that_bind(stages: Sequence[Stage], *, smallest: float = 1e-6) -> list[Relaxed]:
    """The limits whose lifting alone would raise the weekly output, the most valuable first.

    Parameters
    ----------
    stages : (S,) Stage
        As for `weekly_throughput`.
    smallest : float
        Relative gain below which a limit does not bind. [-]

    Notes
    -----
    Capacity is lifted a hundredfold, not to infinity, so that first stages stay finite. Where two limits bind together
    the list may be empty: lifting one alone gains nothing.

    Examples
    --------
    The source of the day shift needs room before the machine that runs all week:

    >>> day, always = [2.0, 2.0, 0.0, 0.0], [1.0, 1.0, 1.0, 1.0]
    >>> limits_that_bind([Stage(day, room_after=0.0), Stage(always)])[0]
    Relaxed(stage=0, limit='room_after', gain=2.0)
    """
    base = weekly_throughput(stages).per_week
    found = []
    for index, stage in enumerate(stages):
        lifted = {"capacity": replace(stage, capacity=np.asarray(stage.capacity) * 100.0)}
        if stage.residence and math.isfinite(stage.places):
            lifted["places"] = replace(stage, places=math.inf)
        if math.isfinite(stage.room_after) and index < len(stages) - 1:
            lifted["room_after"] = replace(stage, room_after=math.inf)
        for limit, without in lifted.items():
            gain = weekly_throughput([*stages[:index], without, *stages[index + 1 :]]).per_week - base
            if gain > smallest * base:
                found.append(Relaxed(index, limit, gain))
    return sorted(found, key=lambda relaxed: -relaxed.gain)
