"""Sites chosen: the capacitated facility location instances of the OR-Library to their optimum, and how fast.

The files end with the optimum for customers that are served whole, from one site each (the single-source problem, as
published by Guastaroba and Speranza); where a customer may be split, the optima are those of Beasley (1988). Both are
solved, and what is found is added up again from the file. A time is that of building the model and solving it, the best
of three.

References
----------
J. E. Beasley (1988), "An algorithm for solving large capacitated warehouse location problems", European Journal of
Operational Research 33(3), doi 10.1016/0377-2217(88)90175-0; G. Guastaroba, M. G. Speranza (2014), "A heuristic for
BILP problems: the single source capacitated facility location problem", European Journal of Operational Research
238(2), doi 10.1016/j.ejor.2014.04.007.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np

from plantwright.optimise.siting.serving import Serving
from plantwright.problems.siting import ServingProblem, Sited

from .record import Row

FOLDER = Path(os.environ.get("PLANTWRIGHT_INSTANCES", "/work/shared/data")) / "cflp"
SPLIT = {
    "cap61": 932615.750,
    "cap63": 1014062.050,
    "cap71": 932615.750,
    "cap73": 1010641.450,
    "cap91": 796648.438,
    "cap93": 896617.538,
    "cap101": 796648.437,
    "cap103": 893782.112,
    "cap121": 793439.562,
    "cap123": 895302.325,
    "cap131": 793439.562,
    "cap133": 893076.712,
}
"""Published optima of the instances where customers may be split."""
LONGEST_S = 0.2
REPEATS = 3


class Instance(NamedTuple):
    """A file: what sites hold and cost, what customers take, what serving the whole of one costs, the last number."""

    capacity: list[float]
    fixed: list[float]
    demand: list[float]
    cost: list[list[float]]
    best_whole: float
    written: str


def read(path: Path) -> Instance:
    """Sites and customers; capacity and fixed cost of each site; demands; a row of costs for each site; the optimum."""
    words = path.read_text(encoding="utf-8").split()
    sites, customers = int(words[0]), int(words[1])
    numbers = [float(word) for word in words[2:]]
    of_sites, rest = numbers[: 2 * sites], numbers[2 * sites :]
    demand, rest = rest[:customers], rest[customers:]
    cost = [rest[site * customers : (site + 1) * customers] for site in range(sites)]
    return Instance(of_sites[::2], of_sites[1::2], demand, cost, rest[sites * customers], words[-1])


def problem_of(instance: Instance, *, whole: bool) -> ServingProblem:
    """The instance as the solver reads it."""
    sites = len(instance.fixed)
    free = np.zeros(sites, dtype=np.bool_)
    return ServingProblem(
        cost=np.array(instance.cost),
        demand=np.array(instance.demand),
        fixed=np.array(instance.fixed),
        capacity=np.array(instance.capacity),
        must=free,
        closed=free,
        most=sites,
        whole=whole,
    )


def added_up(instance: Instance, found: Sited, *, whole: bool) -> float:
    """What a solution costs by the file; an error where it may not be."""
    opened, share = found.opened.tolist(), found.share.tolist()
    total = 0.0
    for site, fixed in enumerate(instance.fixed):
        load = sum(share[site][customer] * demand for customer, demand in enumerate(instance.demand))
        if load > opened[site] * instance.capacity[site] * (1 + 1e-7):
            raise AssertionError(f"site {site} serves {load}, more than it holds")
        total += fixed * opened[site]
    for customer in range(len(instance.demand)):
        shares = [row[customer] for row in share]
        if abs(sum(shares) - 1) > 1e-6 or (whole and max(shares) < 1 - 1e-6):
            raise AssertionError(f"customer {customer} is not served as it has to be")
        total += sum(part * row[customer] for part, row in zip(shares, instance.cost, strict=True))
    return total


def is_optimal(cost: float, best: float, written: str = "") -> bool:
    """Whether a cost is the published optimum, to the digits to which that is written."""
    digits = len(written.replace(".", "").rstrip("0")) if written else 9
    return abs(cost - best) <= max(0.5 * 10.0 ** (len(str(int(best))) - digits), 1e-3) * (1 + 1e-9)


def measure() -> list[Row]:
    """The rows of this subject."""
    return [*_rows("cflp", whole=False), *_rows("cflp_whole", whole=True)]


def _rows(name: str, *, whole: bool) -> list[Row]:
    missed, times = [], {}
    for key, split in SPLIT.items():
        instance = read(FOLDER / key)
        problem = problem_of(instance, whole=whole)
        times[key], found = _timed(problem)
        if found is None or not found.proven:
            raise AssertionError(f"{key} is not solved")
        cost = added_up(instance, found, whole=whole)
        best, written = (instance.best_whole, instance.written) if whole else (split, "")
        if not is_optimal(cost, best, written):
            missed.append(f"{key}: {cost} instead of {best}")
    rows = [
        Row(f"{name}_instances", len(times), "-"),
        Row(f"{name}_not_optimal", len(missed), "-", {"missed": missed}).with_goal(at_most=0),
        Row(f"{name}_worst_s", max(times.values()), "s", {"each_s": times}),
    ]
    if not whole:
        rows[-1] = rows[-1].with_goal(at_most=LONGEST_S)
    return rows


def _timed(problem: ServingProblem) -> tuple[float, Sited | None]:
    """Least time of the repeats, and what was found. [s]"""
    best, found = np.inf, None
    for _ in range(REPEATS):
        began = time.perf_counter()
        found = Serving(problem).solve()
        best = min(best, time.perf_counter() - began)
    return best, found
