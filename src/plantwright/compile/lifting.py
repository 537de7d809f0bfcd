"""Counters of a finished replication, lifted back to names and seconds."""

from __future__ import annotations

import math

from plantwright.arrays import Outcome
from plantwright.codes import (
    EXHAUSTED,
    IDLE,
    NONE,
    STATES,
    TICK_S,
    WAIT_BATCH,
    WAIT_CARRIER,
    WAIT_REPAIRER,
    WAITING_REPAIR,
)
from plantwright.compile.account import closed, elapsed, mean_level, mean_time
from plantwright.compile.movement import carrier_run, conveyor_run, tool_run
from plantwright.compile.problem import Problem
from plantwright.compile.quantiles import histogram_s, quantiles_s
from plantwright.compile.series import series_of
from plantwright.compile.spending import spending_of
from plantwright.compile.stranded import stranded
from plantwright.compile.wanting import ran_out, short_of
from plantwright.model.plant import Plant
from plantwright.results import STATES as STATE_NAMES, ItemRun, PracticeRun, Run, StationRun
from plantwright.units import show_duration

FEWEST_BINS = 12
"""A history shorter than this says nothing about a standstill. [-]"""


def lift(plant: Plant, problem: Problem, outcome: Outcome) -> Run:
    """Turn what a replication left behind into a record in names.

    Parameters
    ----------
    plant
        The plant that was lowered.
    problem
        What ``lower`` made of it.
    outcome
        What the engine left: the world at the end, statistics since the warm-up.

    Returns
    -------
    Run
        Figures of every item, station and crew, and their history.
    """
    is_over = outcome.status == EXHAUSTED
    stations = {
        name: _station(problem, outcome, index, waits)
        for index, (name, waits) in enumerate(zip(problem.names.stations, _waits_by_item(problem, outcome)))
    }
    verdicts = _first_passes(problem, outcome)
    items = {name: _item(outcome, index, verdicts[index]) for index, name in enumerate(problem.names.items)}
    return Run(
        seed=outcome.seed,
        replication=outcome.replication,
        warmup_s=outcome.warmup * TICK_S,
        elapsed_s=elapsed(outcome) * TICK_S,
        part_moves=int(outcome.world.clock.moves[0]),
        items=items,
        stations=stations,
        spending=spending_of(plant, problem, outcome, stations=stations, items=items),
        crews={name: _crew_use(outcome, index) for index, name in enumerate(problem.names.crews)},
        overtime_s=_overtime(problem, outcome),
        tools={name: tool_run(outcome, index) for index, name in enumerate(problem.names.tools)},
        practice={name: _practice(outcome, index) for index, name in enumerate(problem.names.curves)},
        carriers={name: carrier_run(outcome, index) for index, name in enumerate(problem.names.carriers)},
        conveyors={name: conveyor_run(outcome, index) for index, name in enumerate(problem.names.conveyors)},
        series=series_of(problem, outcome, active={name: _active(station) for name, station in stations.items()}),
        stopped="exhausted" if is_over else "done",
        notes=(_why_over(plant, problem, outcome),)
        if is_over
        else stranded(plant, problem, outcome) or _standstill(plant, problem, outcome),
    )


def _practice(outcome: Outcome, index: int) -> PracticeRun:
    """How far a skill or an operation has been learned."""
    curve = outcome.world.learning[index]
    count = int(curve.start) + int(curve.count)
    n = max(1, min(count, int(curve.plateau)))
    pace = (curve.fixed + (1.0 - curve.fixed) * n ** -float(curve.exponent)) * curve.scale
    return PracticeRun(count, float(pace))


def _overtime(problem: Problem, outcome: Outcome) -> dict[str, float]:
    """By how much shifts were made longer, of calendars that may do so. [s]"""
    calendars = outcome.world.calendar
    return {
        name: int(calendars.overtime[index]) * TICK_S
        for index, name in enumerate(problem.names.calendars)
        if calendars.rules[index]
    }


def _active(station: StationRun) -> float:
    """Share of the time on shift in which a station waits neither for work nor for room. [-]"""
    on_shift = math.fsum(station.state_s.values()) - station.state_s["off shift"]
    waits = sum(station.state_s[state] for state in ("blocked", "starved for kit", "idle"))
    return 1.0 - waits / on_shift if on_shift > 0 else 0.0


def _item(outcome: Outcome, index: int, first_passes: dict[str, float]) -> ItemRun:
    item = outcome.world.item[index]
    return ItemRun(
        released=int(item.released),
        finished=int(item.finished),
        scrapped=int(item.scrapped),
        consumed=int(item.consumed),
        wip_mean=mean_level(outcome, item.wip_area, item.wip),
        stock_mean=mean_level(outcome, item.stock_area, item.stock),
        flow_time_mean_s=mean_time(item.flow_sum, item.flows),
        flow_time_quantiles_s=quantiles_s(outcome.world.histogram, int(item.flow_histogram)),
        ordered=int(item.ordered),
        met_at_once=int(item.met),
        delivered=int(item.delivered),
        lost=int(item.lost),
        backlog_mean=mean_level(outcome, item.backlog_area, item.backlog),
        flow_time_histogram_s=histogram_s(outcome.world.histogram, int(item.flow_histogram)),
        rejected=int(item.rejected),
        inspected=int(item.inspected),
        wait_mean_s=mean_time(item.wait_sum, item.flows),
        wait_quantiles_s=quantiles_s(outcome.world.histogram, int(item.wait_histogram)),
        first_passed=int(item.first_passed),
        first_pass_by_operation=first_passes,
        orders=int(item.orders),
        orders_met=int(item.orders_met),
        departure_cv2=_variability(float(item.gap_sum), float(item.gap_squares), int(item.gaps)),
    )


def _first_passes(problem: Problem, outcome: Outcome) -> list[dict[str, float]]:
    """Share that each operation with a verdict passes at the first try, by item; where it has looked at some."""
    found: list[dict[str, float]] = [{} for _ in problem.names.items]
    operation = outcome.world.operation
    for (_, name), item, inspected, rejected in zip(
        problem.names.operations, operation.item_, operation.first_inspected, operation.first_rejected, strict=True
    ):
        if inspected:
            found[item][name] = 1.0 - int(rejected) / int(inspected)
    return found


def _variability(total: float, squares: float, count: int) -> float:
    """Squared coefficient of variation of ``count`` times from their sum and sum of squares. [-]"""
    if count < 2 or total <= 0.0:
        return math.nan
    mean = total / count
    return max(0.0, (squares - total * mean) / (count - 1)) / mean**2


def _station(problem: Problem, outcome: Outcome, index: int, waits: dict[str, float]) -> StationRun:
    world = outcome.world
    station = world.station[index]
    state = _state_ticks(outcome, index)
    return StationRun(
        machines=int(station.machines),
        state_s={name: ticks * TICK_S for name, ticks in zip(STATE_NAMES, state)},
        completions=int(station.completions),
        pieces=int(station.pieces),
        queue_mean=mean_level(outcome, station.queue_area, station.waiting),
        wait_mean_s=mean_time(station.wait_sum, station.waits),
        wait_mean_s_by_item=waits,
        wait_quantiles_s=quantiles_s(world.histogram, int(station.wait_histogram)),
        waiting_for_repairer_s=_sub_counter(outcome, index, WAIT_REPAIRER, _waiting_for_repair(outcome, index)),
        waiting_for_carrier_s=_sub_counter(outcome, index, WAIT_CARRIER, _waiting_for_carrier(outcome, index)),
        waiting_for_batch_s=_sub_counter(outcome, index, WAIT_BATCH, _waiting_for_batch(outcome, index)),
        rejected=int(station.rejected),
        effectiveness=_effectiveness(outcome, index),
        failures=int(station.failures),
        maintenance_stops=int(station.stops),
        setups=int(station.setups),
        scheduled_s=closed(station.scheduled_area, station.on * station.here, outcome.end) * TICK_S,
        short_of=short_of(problem, outcome, index),
    )


def _effectiveness(outcome: Outcome, index: int) -> float:
    """Speed of a station's machines, each weighted with its busy time since the first instant. [-]"""
    station = outcome.world.station[index]
    machines = outcome.world.machine[station.first_machine : station.first_machine + station.machines]
    worked = machines.busy_clock.sum()
    return float((machines.speed * machines.busy_clock).sum() / worked) if worked > 0 else math.nan


def _state_ticks(outcome: Outcome, index: int) -> list[int]:
    """Machine time of a station in each state [ticks]; idle machines count under what keeps their station idle."""
    station = outcome.world.station[index]
    first = int(station.first_machine)
    states = outcome.world.machine.state[first : first + int(station.machines)]
    now = [int(station.idle_state) if state == IDLE else int(state) for state in states]
    account = outcome.world.state_time[index]
    ticks = [closed(account[code], now.count(code), outcome.end) for code in range(STATES)]
    ticks[IDLE] += closed(account[WAIT_BATCH], now.count(WAIT_BATCH), outcome.end)
    return ticks


def _waiting_for_batch(outcome: Outcome, index: int) -> int:
    """Idle machines of a station where parts wait for a batch to fill."""
    station = outcome.world.station[index]
    return int(station.idle) if station.idle_state == WAIT_BATCH else 0


def _sub_counter(outcome: Outcome, index: int, code: int, machines: int) -> float:
    """Machine time of a sub-counter of a state [s]."""
    return closed(outcome.world.state_time[index, code], machines, outcome.end) * TICK_S


def _waiting_for_repair(outcome: Outcome, index: int) -> int:
    """Machines of a station on shift that are down and wait for a repairer."""
    world = outcome.world
    if not world.station.on[index]:
        return 0
    waiting = world.mode[
        (world.mode.state == WAITING_REPAIR) & (world.mode.planned == 0) & (world.mode.carrier == NONE)
    ]
    struck = [world.link[mode.first_member : mode.first_member + mode.members] for mode in waiting]
    return sum(int((world.machine.station[members] == index).sum()) for members in struck)


def _waiting_for_carrier(outcome: Outcome, index: int) -> int:
    """Machines of a station whose finished part waits for a carrier."""
    count = 0
    for carrier in range(len(outcome.world.carrier)):
        part = int(outcome.world.carrier[carrier].first)
        while part != NONE:
            record = outcome.world.part[part]
            count += record.machine != NONE and record.origin == index
            part = int(record.next)
    return count


def _waits_by_item(problem: Problem, outcome: Outcome) -> list[dict[str, float]]:
    """Mean wait of each station by item [s], of items that have been started there.

    Waits are counted by operation; one with alternative stations counts at each of them with its mean over all.
    """
    operations, stations = outcome.world.operation, outcome.world.choice.station.tolist()
    columns = ("item_", "first_choice", "choices", "wait_sum", "waits")
    sums: list[dict[str, tuple[int, int]]] = [{} for _ in problem.names.stations]
    for item, first, choices, wait, count in zip(*(operations[column].tolist() for column in columns)):
        name = problem.names.items[item]
        for station in stations[first : first + choices]:
            total, number = sums[station].get(name, (0, 0))
            sums[station][name] = (total + wait, number + count)
    return [{name: mean_time(*waited) for name, waited in each.items() if waited[1]} for each in sums]


def _crew_use(outcome: Outcome, index: int) -> float:
    """Share of their time present in which people of a crew are held; NaN where nobody was there."""
    crew = outcome.world.crew[index]
    present = closed(crew.present_area, crew.present, outcome.end)
    return closed(crew.held_area, crew.held, outcome.end) / present if present > 0 else math.nan


def _why_over(plant: Plant, problem: Problem, outcome: Outcome) -> str:
    """What a reader should know about a run that ran out of events."""
    ended = int(outcome.world.item.last_finish.max(initial=NONE))
    after = show_duration((ended if ended != NONE else outcome.end) * TICK_S)
    inside = int(outcome.world.item.wip.sum())
    if never := ran_out(plant, problem, outcome):
        return f"{plant.name} stood still after {after}: {never}."
    left = f"with {inside} pieces in process that wait for each other" if inside else "with nothing left to do"
    return f"{plant.name} stood still after {after}, {left}."


def _standstill(plant: Plant, problem: Problem, outcome: Outcome) -> tuple[str, ...]:
    """What a reader should know about a run in which nothing was finished any more, long before its end."""
    total = outcome.finished.sum(axis=1)
    bins = len(total)
    inside = int(outcome.world.item.wip.sum())
    if bins < FEWEST_BINS or total[-1] == 0 or not inside or total[-1 - bins // 4] != total[-1]:
        return ()
    after = show_duration((outcome.warmup + outcome.bin * (int((total < total[-1]).sum()) + 1)) * TICK_S)
    if never := ran_out(plant, problem, outcome):
        return (f"{plant.name} stood still after {after}: {never}.",)
    waiting = f"{plant.name} stood still after {after}: {inside} pieces in process wait for each other"
    remedy = "A rework loop through queues with little room does that; give the queue it returns to more room."
    return (f"{waiting}, or for something that never comes. {remedy}",)
