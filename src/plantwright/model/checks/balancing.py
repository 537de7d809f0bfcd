"""Lines to balance: tasks, products, stations and equipment that exist, an order without circles, rates."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import chain

from plantwright.errors import Finding
from plantwright.model.balancing import Balancing, Task
from plantwright.model.checks.fault import fault, listed, unknown
from plantwright.model.plant import Plant

Named = tuple[str, str, Iterable[str], Collection[str], str]
"""Where names stand, what they are names of, the names, what there is, and where it is defined."""


def names(plant: Plant) -> Iterator[Finding]:
    """Everything that lines and their tasks name."""
    for key, line in plant.balancing.items():
        here = f"balancing.{key}"
        for path, what, named, valid, section in (*_of_line(plant, here, line), *_of_tasks(plant, here, line)):
            for name in named:
                if name not in valid:
                    yield unknown(f"{here}.{path}", what, name, valid, section)


def _of_line(plant: Plant, here: str, line: Balancing) -> Iterator[Named]:
    tasks = f"{here}.tasks"
    yield "products", "product or item with a route", line.products, plant.routes, "routes"
    yield "stations", "station", line.stations, plant.stations, "stations"
    for name, scenario in line.scenarios.items():
        yield f"scenarios.{name}.mix", "product of the line", scenario.mix, _products(line), here
    yield "together", "task", chain(*line.together), line.tasks, tasks
    yield "apart", "task", chain(*line.apart), line.tasks, tasks
    for name, worker in line.workers.items():
        yield f"workers.{name}", "task", (*worker.factors, *worker.cannot), line.tasks, tasks


def _of_tasks(plant: Plant, here: str, line: Balancing) -> Iterator[Named]:
    built = set(line.products) or set(plant.routes)
    taught = {skill for crew in plant.crews.values() for skill in crew.skills}
    for key, task in line.tasks.items():
        path = f"tasks.{key}"
        times = task.time if isinstance(task.time, dict) else ()
        yield f"{path}.after", "task", task.after, line.tasks, f"{here}.tasks"
        yield f"{path}.time", "product of the line", times, built, f"{here}.products"
        yield f"{path}.skill", "skill", _some(task.skill), taught, "crews"
        yield f"{path}.equipment", "equipment", _some(task.equipment), line.equipment, f"{here}.equipment"
        places = (*task.only, *_some(task.station))
        yield f"{path}.station", "station of the line", places, line.stations, f"{here}.stations"
        yield f"{path}.takes", "item", task.takes, plant.items, "items"


def _some(name: str | None) -> tuple[str, ...]:
    return () if name is None else (name,)


def orders(plant: Plant) -> Iterator[Finding]:
    """Tasks that wait for one another in a circle, and tasks whose present station lies before what they wait for."""
    for key, line in plant.balancing.items():
        path = f"balancing.{key}.tasks"
        graph = {name: [each for each in task.after if each in line.tasks] for name, task in line.tasks.items()}
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            circle = error.args[1]
            what = f"{listed(reversed(circle[1:]))} wait for one another in a circle"
            yield fault("E580", path, what, "Take one of the names out of the after of its task.")
        place = {station: number for number, station in enumerate(line.stations)}
        for name, before in graph.items():
            for other in before:
                here, there = line.tasks[name].station, line.tasks[other].station
                if here in place and there in place and place[here] < place[there]:
                    what = f'"{name}" is done at {here}, before "{other}" at {there}, for which it waits'
                    yield fault("E581", f"{path}.{name}.station", what, "Correct one of the stations, or the after.")


def rates(plant: Plant) -> Iterator[Finding]:
    """Rates of no product, workers too few for the line, and sets that contradict each other."""
    for key, line in plant.balancing.items():
        here = f"balancing.{key}"
        if not line.scenarios:
            yield fault("E582", f"{here}.scenarios", "no rate is asked for", "Write scenarios: {now: {takt: 60 s}}.")
        for name, scenario in line.scenarios.items():
            if scenario.takt is not None and scenario.takt.base <= 0:
                what = "no time is left between two units"
                yield fault("E582", f"{here}.scenarios.{name}.takt", what, "Write a takt above 0, such as 60 s.")
            if scenario.mix and not sum(scenario.mix.values()):
                what = "the parts of all products are 0"
                yield fault("E582", f"{here}.scenarios.{name}.mix", what, "Write how many of each, as in {a: 3, b: 1}.")
        for one in line.together:
            both = [other for other in line.apart if len(set(one) & set(other)) > 1]
            for other in both:
                shared = listed(sorted(set(one) & set(other)))
                what = f"{shared} shall be together and apart"
                yield fault("E583", f"{here}.together", what, "Take them out of one of the sets.")
        if line.workers and line.most is not None and len(line.workers) < line.most:
            what = f"{line.most} stations may open, and {len(line.workers)} workers are there to staff them"
            yield fault("W585", f"{here}.workers", what, "A line with workers has no more stations than workers.")


def work(plant: Plant) -> Iterator[Finding]:
    """Lines without work, and sides of a line that has none."""
    for key, line in plant.balancing.items():
        here = f"balancing.{key}"
        if not any(_longest(task) > 0 for task in line.tasks.values()):
            what = "no task of this line takes any time: there is nothing to balance"
            yield fault("E586", f"{here}.tasks", what, "Write tasks: {a: {time: 40 s}, b: {time: 30 s, after: [a]}}.")
        sided = [name for name, task in line.tasks.items() if task.side != "either"]
        if sided and not line.sides:
            what = f"{listed(sided)} {'has' if len(sided) == 1 else 'have'} a side, and the stations have none"
            yield fault("E587", f"{here}.tasks.{sided[0]}.side", what, "Write sides: true, or leave the side out.")


def _longest(task: Task) -> float:
    times = task.time.values() if isinstance(task.time, dict) else (task.time,)
    return max((time.base for time in times), default=0.0)


def limits(plant: Plant) -> Iterator[Finding]:
    """What cannot be asked of one line at the same time."""
    for key, line in plant.balancing.items():
        several = line.people > 1 or line.sides
        mixed = len(_products(line)) > 1
        if line.workers and (several or line.parallel > 1 or mixed):
            what = "workers with times of their own stand alone, at a station that is there once, for one product"
            yield fault(
                "E584", f"balancing.{key}.workers", what, "Leave out workers, or people, sides, parallel, products."
            )
        if several and line.parallel > 1:
            what = "stations with several people cannot stand side by side with the same work"
            yield fault("E584", f"balancing.{key}.parallel", what, "Leave out parallel, or people and sides.")


def _products(line: Balancing) -> set[str]:
    """What is built on a line: its products, or all that its tasks name."""
    named = {product for task in line.tasks.values() if isinstance(task.time, dict) for product in task.time}
    return set(line.products) or named
