"""Which changes are worth a run: what each can give at most, weighed by how likely its station holds the plant back.

Only a choice of what to simulate: the gains that answers print are simulated.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from plantwright.model.plant import Plant
from plantwright.results import Missing, Run
from plantwright.study.binding import suspects
from plantwright.study.candidates import Candidate, candidates
from plantwright.study.figures import pressure, share
from plantwright.study.rough import Rough
from plantwright.study.wanted import Wanted

SHARPNESS = 20
"""How quickly a station's weight falls with its distance from the binding one: at 10 % it is an eighth. [-]"""
UNITS_IN_PROCESS = 0.01
"""Promise of a tenth more units in process: no run shows whether they are short, and it costs no machine. [-]"""
KINDS = (
    "machine",
    "shift",
    "people",
    "room",
    "repair",
    "setup",
    "time",
    "yield",
    "process",
    "stock",
    "tool",
    "carrier",
)


def ranked(plant: Plant, *, runs: Sequence[Run], rough: Rough, wanted: Wanted) -> list[Candidate]:
    """The changes of a plant, the most promising first.

    Parameters
    ----------
    plant
        The plant.
    runs
        Replications of it.
    rough
        Its rough cut.
    wanted
        What counts as output.
    """
    near = {
        (row.kind, row.resource): (rough.units_per_year / row.units_per_year) ** SHARPNESS / row.number
        for row in rough.shared
    }
    view = _View(plant, runs, weights(plant, runs, rough, sold=wanted.sold), near)
    return sorted(candidates(plant), key=lambda candidate: -view.promise(candidate))


def chosen(order: Sequence[Candidate], number: int) -> list[Candidate]:
    """The first of every kind and then the most promising, in the order of promise."""
    firsts = {kind: next((each for each in order if each.kind == kind), None) for kind in KINDS}
    kept = [each for each in firsts.values() if each is not None][:number]
    kept += [each for each in order if each not in kept][: max(0, number - len(kept))]
    return [each for each in order if each in kept]


def weights(plant: Plant, runs: Sequence[Run], rough: Rough, *, sold: Sequence[str]) -> dict[str, float]:
    """How likely each station holds the plant back: near the binding one by arithmetic, hardly ever idle in the runs.

    The two halves add up to 1; the second is shared by those that the runs leave under suspicion. [-]
    """
    near = {row.station: (rough.units_per_year / row.units_per_year) ** SHARPNESS for row in rough.rows}
    blamed = [name for name in suspects(plant, runs, sold) if name in near]
    busy = {name: math.fsum(pressure(run.stations[name]) for run in runs) / len(runs) for name in blamed}
    top = max(busy.values(), default=0.0)
    pressed = {name: (busy.get(name, 0.0) / top) ** SHARPNESS if top else 0.0 for name in near}
    total, all_pressed = math.fsum(near.values()) or 1.0, math.fsum(pressed.values()) or 1.0
    return {name: near[name] / total / 2 + pressed[name] / all_pressed / 2 for name in near}


class _View:
    """What the runs and the arithmetic say about each resource."""

    def __init__(
        self, plant: Plant, runs: Sequence[Run], weight: Mapping[str, float], shared: Mapping[tuple[str, str], float]
    ) -> None:
        self.plant = plant
        self.runs = runs
        self.weight = weight
        self.shared = shared
        self.before = _upstream(plant)

    def mean(self, station: str, state: str) -> float:
        return math.fsum(share(run.stations[station], state) for run in self.runs) / len(self.runs)

    def on_shift(self, station: str, state: str) -> float:
        """Share of the time on shift in a state. [-]"""
        on = 1.0 - self.mean(station, "off shift")
        return self.mean(station, state) / on if on > 0 else 0.0

    def promise(self, candidate: Candidate) -> float:
        """What the change can give at most, as a share of the output. [-]"""
        name = candidate.resource
        weight = self.weight.get(name, 0.0)
        match candidate.kind:
            case "machine":
                return weight / self.plant.stations[name].machine_count
            case "time":
                return weight * 0.05 * self.on_shift(name, "busy")
            case "repair":
                return weight * 0.1 * self.on_shift(name, "down")
            case "setup":
                return weight * 0.2 * self.on_shift(name, "setup")
            case "yield":
                return 0.01 * (weight + 0.1)
            case "room":
                return self._room(name, weight)
            case "people":
                return self._people(name)
            case "shift":
                return 0.2 * math.fsum(self.weight.get(each, 0.0) for each in self._on_calendar(name))
            case "process":
                return UNITS_IN_PROCESS
            case "tool" | "carrier":
                return max(0.1 * self._short_of(name), self.shared.get((candidate.kind, name), 0.0))
            case _:
                return 0.1 * self._short_of(name)

    def _room(self, station: str, weight: float) -> float:
        """Room helps where somebody upstream is blocked, this station now and then idle, and one of the two binds."""
        upstream = self.before.get(station, ())
        blocked = max((self.on_shift(each, "blocked") for each in upstream), default=0.0)
        near = weight + max((self.weight.get(each, 0.0) for each in upstream), default=0.0)
        return blocked * (self.on_shift(station, "idle") + 0.1) * near

    def _people(self, crew: str) -> float:
        skills = set(self.plant.crews[crew].skills)
        waiting = [
            self.on_shift(each, "waiting for people") * (0.1 + self.weight.get(each, 0.0))
            for each in self.plant.stations
            if skills & skills_at(self.plant, each)
        ]
        return max(waiting, default=0.0) / max(1, self.plant.crews[crew].people)

    def _on_calendar(self, calendar: str) -> list[str]:
        return [name for name, station in self.plant.stations.items() if station.calendar == calendar]

    def _short_of(self, name: str) -> float:
        """Machines of a station that wait for this item or tool, mean over time, where they are most. [-]"""
        found = 0.0
        named = (Missing("item", name), Missing("tool", name))
        for run in self.runs:
            for station in run.stations.values():
                waited = math.fsum(time for thing, time in station.short_of.items() if thing in named)
                found = max(found, waited / max(1e-9, run.elapsed_s))
        return found


def longest_active(runs: Sequence[Run]) -> dict[str, float]:
    """Share of the time in which each station has been active without a break for longer than all others. [-]

    References
    ----------
    Roser, C., Nakano, M., Tanaka, M. (2002), Shifting bottleneck detection, Winter Simulation Conference,
    doi:10.1109/WSC.2002.1166360: the machine with the longest uninterrupted active period is the bottleneck.
    """
    counts: dict[str, int] = {}
    for run in runs:
        for name in run.series.longest_active:
            if name:
                counts[name] = counts.get(name, 0) + 1
    total = sum(counts.values())
    return {name: count / total for name, count in sorted(counts.items(), key=lambda each: -each[1])}


def _upstream(plant: Plant) -> Mapping[str, set[str]]:
    """Stations that deliver to each station."""
    before: dict[str, set[str]] = {}
    for route in plant.routes.values():
        main = [operation for operation in route if not operation.side]
        for first, second in pairwise(main):
            for name in second.stations:
                before.setdefault(name, set()).update(first.stations)
    return before


def skills_at(plant: Plant, station: str) -> set[str]:
    """Skills that the work at a station asks for: operations, setups, repairs."""
    needed: set[str] = set()
    for route in plant.routes.values():
        for operation in route:
            if station in operation.stations:
                needed.update(operation.people)
                if operation.attended:
                    needed.update(operation.attended.people)
    record = plant.stations[station]
    for failure in record.failures:
        needed.update(failure.people)
    if record.setup:
        needed.update(record.setup.people)
    return needed
