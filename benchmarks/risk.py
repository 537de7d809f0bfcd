"""Exposure of generated supply networks: ``make bench-risk``.

A network of 500 nodes in four tiers is drawn from a fixed seed: every item has one to three makers, every assembly two
to four parts. Timed are the loss and the survival of each single outage, then of all pairs of the 200 suppliers at the
bottom, on one model each. Every fifth single and every thousandth pair is solved again from nothing, and on a thousand
small networks the loss has to be none exactly where survival is as long as the recovery.
"""

from __future__ import annotations

import time
from itertools import combinations

import numpy as np

from plantwright.optimise.exposure import exposure
from plantwright.problems.exposure import Cut, Exposure, ExposureProblem

from .record import Row

SEED = 20_27
SUPPLIERS, NODES = 200, 500
NETWORKS = 1_000
TIES = 1e-6
"""Survival this close to the recovery counts as equal to it. [-]"""


def measure() -> list[Row]:
    """Both timings against their goals, and how many answers differ from what they should be."""
    problem, recovery = network(NODES, np.random.default_rng(SEED))
    singles = [Cut((node,), recovery[node]) for node in range(NODES)]
    pairs = pairs_of(range(SUPPLIERS), recovery)
    singles_s, alone = _timed(problem, singles)
    pairs_s, both = _timed(problem, pairs)
    wrong = _differing(problem, singles[::5], alone, 5) + _differing(problem, pairs[::1000], both, 1000)
    return [
        Row("singles_500_s", singles_s, "s", {"solved": alone.solved}).with_goal(at_most=1.5),
        Row("pairs_200_s", pairs_s, "s", {"solved": both.solved, "pairs": len(pairs)}).with_goal(at_most=20),
        Row("singles_with_a_loss", float((alone.loss > 0).sum()), "of 500"),
        Row("pairs_with_a_loss", float((both.loss > 0).sum()), f"of {len(pairs)}"),
        Row("differ_from_a_cold_solve", float(wrong), "outages").with_goal(at_most=0),
        Row("networks_not_consistent", float(_inconsistent(NETWORKS)), f"of {NETWORKS}").with_goal(at_most=0),
    ]


def pairs_of(nodes: range, recovery: np.ndarray) -> list[Cut]:
    """Every two nodes lost together until the later one is back, that one named first."""
    return [
        Cut((one, two) if recovery[one] >= recovery[two] else (two, one), max(recovery[one], recovery[two]))
        for one, two in combinations(nodes, 2)
    ]


def network(nodes: int, random: np.random.Generator) -> tuple[ExposureProblem, np.ndarray]:
    """A network in four tiers, and the time to recover of each node. [weeks]

    Two fifths of the nodes are suppliers of raw parts, the others make parts, modules and products. Each node is the
    first source of one item; some are a second or third source of another item of their tier. First sources have room
    for all that is needed and a little more, the others for a part of it.
    """
    tiers = np.split(np.arange(nodes), [2 * nodes // 5, 7 * nodes // 10, 9 * nodes // 10])
    below: dict[int, list[int]] = {}
    sources: dict[int, list[int]] = {}
    for tier, members in enumerate(tiers):
        items = members[: max(1, 3 * len(members) // 4)]
        sources.update({int(item): [int(item)] for item in items})
        for node in members[len(items) :]:
            sources[int(random.choice(items))].append(int(node))
        under = [each for each in sources if each in tiers[tier - 1]] if tier else []
        for item in items if tier else ():
            parts = min(len(under), int(random.integers(2, 5)))
            below[int(item)] = [int(each) for each in random.choice(under, parts, replace=False)]
    return _problem(nodes, sources, below, random), random.integers(2, 26, nodes).astype(float)


def _problem(
    nodes: int, sources: dict[int, list[int]], below: dict[int, list[int]], random: np.random.Generator
) -> ExposureProblem:
    items = {item: place for place, item in enumerate(sources)}
    used = {part for parts in below.values() for part in parts}
    need = {item: 0.0 if item in used else float(random.integers(50, 500)) for item in items}
    demand = np.array(list(need.values()))
    pieces = {(item, part): float(random.integers(1, 5)) for item, parts in below.items() for part in parts}
    for item in reversed(items):
        for part in below.get(item, ()):
            need[part] += need[item] * pieces[item, part]
    ways = [(node, item) for item, makers in sources.items() for node in makers]
    uses = [(way, part) for way, (_, item) in enumerate(ways) for part in below.get(item, ())]
    share = random.uniform(0.3, 0.9, len(ways))
    first = np.array([sources[item][0] == node for node, item in ways])
    needed = np.array([need[item] for _, item in ways])
    return ExposureProblem(
        demand=demand,
        stock=np.array([need[item] * random.uniform(0.5, 6.0) for item in items]),
        margin=random.uniform(50.0, 5000.0, len(items)) * (demand > 0),
        gives=np.array([items[item] for _, item in ways]),
        capacity=needed * np.where(first, 1.1, share),
        uses=np.array([(way, items[part]) for way, part in uses], dtype=np.int64).reshape(-1, 2),
        pieces=np.array([pieces[ways[way][1], part] for way, part in uses]),
        passes=np.array([(way, node) for way, (node, _) in enumerate(ways)]),
        node_capacity=np.full(nodes, np.inf),
    )


def _timed(problem: ExposureProblem, cuts: list[Cut]) -> tuple[float, Exposure]:
    begin = time.perf_counter()
    found = exposure(problem, cuts)
    return time.perf_counter() - begin, found


def _differing(problem: ExposureProblem, cuts: list[Cut], found: Exposure, every: int) -> int:
    """Outages whose loss or survival a model made for them alone gives differently."""
    wrong = 0
    for place, cut in enumerate(cuts):
        cold = exposure(problem, [cut])
        same = np.isclose(
            [cold.loss[0], cold.survival[0]], [found.loss[every * place], found.survival[every * place]], rtol=1e-6
        )
        wrong += not same.all()
    return wrong


def _inconsistent(networks: int) -> int:
    """Networks with an outage that loses nothing although it is not survived, or the other way about."""
    wrong = 0
    for seed in range(networks):
        random = np.random.default_rng(seed)
        problem, recovery = network(int(random.integers(10, 40)), random)
        cuts = [Cut((node,), recovery[node]) for node in range(len(recovery))]
        wrong += not consistent(exposure(problem, cuts), cuts)
    return wrong


def consistent(found: Exposure, cuts: list[Cut]) -> bool:
    """Whether the loss is none exactly where the survival is as long as the recovery."""
    recovery = np.array([cut.recovery for cut in cuts])
    return bool(((found.loss == 0) == (found.survival >= recovery * (1 - TIES))).all())
