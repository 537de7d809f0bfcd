"""A balance written back into the plant: stations with their machines, and one operation of each product at each."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from plantwright.errors import Finding, RunError
from plantwright.io.document import tree_of
from plantwright.io.emit import document
from plantwright.io.patch import FIELD, VERSION, Patch
from plantwright.model.balancing import Balancing
from plantwright.model.distribution import Law
from plantwright.model.plant import Plant
from plantwright.model.route import Operation
from plantwright.model.station import Station
from plantwright.study.balance.split import Split, products, time_of

SPREAD = ("normal", "lognormal", "gamma")
"""Laws of a mean and a standard deviation: they keep their coefficient of variation."""
CARRIED = ("else_", "then", "sample", "tools", "gives", "inspects", "attended", "learning")
"""What an operation does beside work, parts and people: it goes with its last task."""


def written(plant: Plant, key: str, scenario: str, split: Split) -> Patch:
    """A patch of the plant: a line as it was balanced. What it takes to balance it again is no longer in it.

    Parameters
    ----------
    plant
        A sound plant.
    key, scenario
        Ids of the line, which names its present stations, and of the rate.
    split
        What each station does.

    Notes
    -----
    Parts go with the task that takes them, else with the first task of their present operation; the good fraction and
    what else an operation does with its last task. Times keep the kind of law and the coefficient of variation of the
    present operation that gives most of them. Who does it has the skill that takes longest to learn.

    Raises
    ------
    RunError
        The line has no present stations, a product has no operation at them, or two operations that do more than build
        cannot be one.
    """
    line = plant.balancing[key]
    if not line.stations:
        what = f"{line.name or key} has no present stations that could be replaced"
        raise RunError(Finding("E591", what, "Name them: balancing: {line: {stations: [a, b]}}."))
    lines = line.scenarios[scenario].lines or line.lines
    everything, side_by_side = _by_station(split)
    every = station_names(plant, line, len(everything))
    used = [place for place, tasks in enumerate(everything) if tasks]
    names, work = [every[place] for place in used], [everything[place] for place in used]
    stations = _stations(plant, line, names, [lines * side_by_side[place] for place in used])
    routes = {product: tuple(_route(plant, line, product, names, work)) for product in products(plant, line)}
    tree = tree_of(plant.replace(stations={**plant.stations, **stations}, routes={**plant.routes, **routes}))
    change = {f"stations.{name}": tree["stations"][name] for name in names}
    change |= {f"routes.{product}": tree["routes"][product] for product in routes}
    gone = [f"stations.{name}" for name in line.stations if name not in names]
    return Patch(f"{line.name or key} for {scenario}", change, (*gone, f"balancing.{key}"))


def as_document(patch: Patch) -> str:
    """The patch as the text of a file."""
    return document({FIELD: VERSION, "name": patch.name, "set": dict(patch.set), "remove": list(patch.remove)})


def _by_station(split: Split) -> tuple[list[list[str]], list[int]]:
    """Tasks of each station in the order of the work, whoever of its people does them, and stations side by side."""
    count = 1 + max(place.number for place in split.places)
    work: list[list[tuple[float, str]]] = [[] for _ in range(count)]
    beside = [1] * count
    for place in split.places:
        work[place.number] += zip(place.begins_s, place.tasks, strict=True)
        beside[place.number] = place.beside
    return [[task for _, task in sorted(tasks, key=lambda each: each[0])] for tasks in work], beside


def station_names(plant: Plant, line: Balancing, count: int) -> list[str]:
    """The present stations in order, then ids that go on from the last one; places by number where there are none."""
    if not line.stations:
        return [f"{place + 1}" for place in range(count)]
    names = list(line.stations[:count])
    stem, number = re.fullmatch(r"(.*?)(\d*)", line.stations[-1]).groups()  # type: ignore[union-attr]
    last = int(number) if number else 1
    while len(names) < count:
        last += 1
        name = f"{stem}{'' if number else '-'}{last:0{len(number) or 1}}"
        if name not in plant.stations:
            names.append(name)
    return names


def _stations(plant: Plant, line: Balancing, names: Sequence[str], lines: Sequence[int]) -> dict[str, Station]:
    made = {}
    for place, (name, count) in enumerate(zip(names, lines, strict=True), 1):
        like = plant.stations.get(name)
        change: dict[str, Any] = {"machines": count}
        if like is None:
            like = plant.stations[line.stations[-1]]
            change["name"] = f"{line.name or 'Line'}, station {place}"
        made[name] = like.model_copy(update=change)
    return made


def _route(
    plant: Plant, line: Balancing, product: str, names: Sequence[str], work: Sequence[Sequence[str]]
) -> Iterator[Operation]:
    """The operations of a product, those at the line's stations replaced where the first of them stood."""
    present = {step.station: step for step in plant.routes[product] if step.station in line.stations and not step.side}
    if not present:
        what = f"{product} has no operation at the stations of the line, which could be replaced"
        raise RunError(Finding("E591", what, "Name the line's present stations, and the products built on them."))
    begun = False
    for step in plant.routes[product]:
        if step not in present.values():
            yield step
        elif not begun:
            begun = True
            for name, tasks in zip(names, work, strict=True):
                done = [task for task in tasks if time_of(line.tasks[task], product) > 0]
                if done:
                    yield _operation(plant, line, product, name, done, present)


def _operation(
    plant: Plant,
    line: Balancing,
    product: str,
    name: str,
    done: Sequence[str],
    present: Mapping[Any, Operation],
) -> Operation:
    """What one station does on a product."""
    mean = sum(time_of(line.tasks[task], product) for task in done)
    given: dict[Any, float] = {}
    for task in done:
        station = line.tasks[task].station
        given[station] = given.get(station, 0.0) + time_of(line.tasks[task], product)
    most = present.get(max(given, key=lambda station: given[station])) or next(iter(present.values()))
    ended = [step for station, step in present.items() if _last(line, product, station) in done]
    special = [step for step in ended if any(getattr(step, field) for field in CARRIED)]
    if len(special) > 1:
        what = f"{product}: {special[0].op} and {special[1].op} do more than build and would be one operation"
        raise RunError(Finding("E591", what, "Keep their last tasks apart (apart), then balance again."))
    change: dict[str, Any] = {field: getattr(special[0], field) for field in CARRIED} if special else {}
    shares = [step.good for step in ended if step.good is not None]
    uses, option = _uses(line, product, done, present)
    return Operation(
        op=name,
        station=name,
        time=_law(most.law, mean),
        uses=uses,
        option=option,
        people=_people(plant, line, done, most),
        good=shares[0] if len(shares) == 1 else _together(shares),
        defects="hidden" if any(step.defects == "hidden" for step in ended) else "found",
        **change,
    )


def _last(line: Balancing, product: str, station: str) -> str | None:
    """The last task of a present station on a product, in the order in which the document lists them."""
    tasks = [key for key, task in line.tasks.items() if task.station == station and time_of(task, product) > 0]
    return tasks[-1] if tasks else None


def _law(like: Law | None, mean: float) -> Law:
    if like is not None and like.kind in SPREAD and like.mean > 0:
        spread = like.args[1].base / like.args[0].base
        return Law.model_validate(f"{like.kind}({mean:.6g} s, {mean * spread:.6g} s)")
    return Law.model_validate(f"{mean:.6g} s")


def _together(shares: Sequence[Any]) -> Any:
    """Good fractions of several operations in one: all must be good."""
    if not shares:
        return None
    return f"{100 * math.prod(share.base for share in shares):.6g} %"


def _uses(
    line: Balancing, product: str, done: Sequence[str], present: Mapping[Any, Operation]
) -> tuple[dict[str, Any], str | None]:
    """Parts built in by these tasks, and the option that chooses among their amounts."""
    uses: dict[str, Any] = {}
    option = None
    for station, step in present.items():
        here = [key for key, task in line.tasks.items() if task.station == station and time_of(task, product) > 0]
        for item, pieces in step.uses.items():
            takers = [key for key in here if item in line.tasks[key].takes] or here[:1]
            if takers and takers[0] in done:
                uses[item] = uses[item] + pieces if item in uses else pieces
                option = option or (step.option if isinstance(pieces, dict) else None)
    return uses, option


def _people(plant: Plant, line: Balancing, done: Sequence[str], like: Operation) -> dict[str, float]:
    """One person with the skill that takes longest to learn; as at present where tasks name none."""
    skills = list(dict.fromkeys(skill for key in done if (skill := line.tasks[key].skill) is not None))
    if not skills:
        return dict(like.people)

    def training(skill: str) -> float:
        known = plant.skills.get(skill)
        return known.training.base if known is not None and known.training is not None else 0.0

    return {max(skills, key=training): max(like.people.values(), default=1.0)}
