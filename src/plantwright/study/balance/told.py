"""A balance told in rows: the line, its stations, its tasks."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from plantwright.compile.prices import in_base
from plantwright.model.balancing import Balancing
from plantwright.model.plant import Plant
from plantwright.results.balance import LineBalance, StationBalance, TaskBalance
from plantwright.study.balance.split import Place, Split, equipment_of, mean_time, mix_of, skills_of, time_of
from plantwright.study.balance.words import verdict
from plantwright.study.balance.written import station_names


def line_balance(plant: Plant, key: str, scenario: str, split: Split | None, reasons: Sequence[str]) -> LineBalance:
    """The row of a line at a rate."""
    line = plant.balancing[key]
    rate = line.scenarios[scenario]
    mix = mix_of(plant, line, rate)
    content = sum(mean_time(line, task, mix) for task in line.tasks)
    lines = rate.lines or line.lines
    takt = None if rate.takt is None else rate.takt.base
    bare = LineBalance(
        line=key,
        name=line.name or key,
        scenario=scenario,
        scenario_name=rate.name or scenario,
        verdict="",
        seeks=line.seeks,
        is_feasible=split is not None,
        is_optimal=False,
        takt_s=takt,
        cycle_s=None if takt is None else takt * lines,
        lines=lines,
        stations=0,
        bound=None,
        people=0,
        work_content_s=content,
        efficiency_share=None,
        smoothness_s=None,
        largest_s=None,
        equipment_cost=None,
        station_cost_per_year=None,
        moves=0,
        moves_cost=None,
        reasons=tuple(reasons),
    )
    if split is None:
        return verdict(bare)
    people = sum(place.beside for place in split.places)
    idle = [place.beside * split.cycle_s - _load(line, place, mix) for place in split.places]
    moved = [task for task in _tasks(plant, line, key, scenario, split) if task.moves]
    told = replace(
        bare,
        is_optimal=split.proven,
        takt_s=split.cycle_s / lines,
        cycle_s=split.cycle_s,
        stations=split.stations,
        bound=split.bound,
        people=people,
        efficiency_share=content / (people * split.cycle_s),
        smoothness_s=math.sqrt(sum(each**2 for each in idle)),
        largest_s=max(_of_product(line, place, product) for place in split.places for product in mix),
        equipment_cost=_equipment_cost(plant, line, split, lines),
        station_cost_per_year=_station_cost(plant, line, split, lines),
        moves=len(moved),
        moves_cost=_moves_cost(plant, line, [task.task for task in moved], lines),
    )
    return verdict(told)


def rows(plant: Plant, key: str, scenario: str, split: Split) -> tuple[list[StationBalance], list[TaskBalance]]:
    """What each station does, and where each task is done."""
    line = plant.balancing[key]
    stations = list(_stations(plant, line, key, scenario, split))
    return stations, list(_tasks(plant, line, key, scenario, split))


def _stations(plant: Plant, line: Balancing, key: str, scenario: str, split: Split) -> Iterator[StationBalance]:
    mix = mix_of(plant, line, line.scenarios[scenario])
    names = station_names(plant, line, 1 + max(place.number for place in split.places))
    for place in split.places:
        load, capacity = _load(line, place, mix), place.beside * split.cycle_s
        yield StationBalance(
            line=key,
            scenario=scenario,
            place=place.number + 1,
            station=names[place.number],
            side=place.side,
            load_s=load,
            load_by_product_s={product: _of_product(line, place, product) for product in mix},
            capacity_s=capacity,
            used_share=load / capacity,
            tasks=place.tasks,
            skills=skills_of(line, place),
            equipment=equipment_of(line, place),
            worker=line.workers[place.worker].name or place.worker if place.worker else "",
            beside=place.beside,
        )


def _tasks(plant: Plant, line: Balancing, key: str, scenario: str, split: Split) -> Iterator[TaskBalance]:
    mix = mix_of(plant, line, line.scenarios[scenario])
    names = station_names(plant, line, 1 + max(place.number for place in split.places))
    for place in split.places:
        for task, begins in zip(place.tasks, place.begins_s, strict=True):
            given = line.tasks[task]
            yield TaskBalance(
                line=key,
                scenario=scenario,
                task=task,
                name=given.name or task,
                place=place.number + 1,
                station=names[place.number],
                before=given.station or "",
                moves=given.station is not None and given.station != names[place.number],
                time_s=mean_time(line, task, mix),
                begins_s=begins,
                time_by_product_s={product: time_of(given, product) for product in mix},
                after=given.after,
            )


def _load(line: Balancing, place: Place, mix: Mapping[str, float]) -> float:
    """Work of the mean unit at a station, at the pace of its worker. [s]"""
    return sum(mean_time(line, task, mix) * _pace(line, place, task) for task in place.tasks)


def _of_product(line: Balancing, place: Place, product: str) -> float:
    """Work of one product at a station. [s]"""
    return sum(time_of(line.tasks[task], product) * _pace(line, place, task) for task in place.tasks)


def _pace(line: Balancing, place: Place, task: str) -> float:
    """Time of whoever stands there over the written time. [-]"""
    if not place.worker:
        return 1.0
    worker = line.workers[place.worker]
    return worker.factors.get(task, worker.factor)


def _equipment_cost(plant: Plant, line: Balancing, split: Split, lines: int) -> float | None:
    if not line.equipment:
        return None
    needed = [
        in_base(plant.money, line.equipment[thing]) * place.beside
        for place in split.places
        for thing in equipment_of(line, place)
    ]
    return lines * sum(needed)


def _station_cost(plant: Plant, line: Balancing, split: Split, lines: int) -> float | None:
    return None if line.station_cost is None else lines * split.stations * in_base(plant.money, line.station_cost)


def _moves_cost(plant: Plant, line: Balancing, moved: Sequence[str], lines: int) -> float | None:
    """What moving these tasks costs, on every line; None where nobody has written it."""
    prices = [line.tasks[task].moving or line.moving for task in moved]
    if any(price is None for price in prices):
        return None
    return lines * sum(in_base(plant.money, price) for price in prices if price is not None)
