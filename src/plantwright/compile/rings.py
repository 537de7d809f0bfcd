"""Rings of stations with limited room: only there can parts come to wait for each other in a circle."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from itertools import product

import numpy as np

from plantwright.codes import SAMPLE_END, UNLIMITED
from plantwright.compile.draft import Draft

GOALS = ("next", "otherwise", "past_tries", "sample_operation", "sample_otherwise", "sample_past")


def number_rings(draft: Draft) -> None:
    """Give the stations of each ring its number; those that are in none have NONE."""
    ways = _hand_overs(draft)
    if not _come_round(ways):
        return
    from scipy.sparse import coo_matrix  # slow to load, and most plants have no ring
    from scipy.sparse.csgraph import connected_components

    here, there = np.array(sorted(ways)).T
    count = len(draft.stations)
    graph = coo_matrix((np.ones(len(here)), (here, there)), shape=(count, count))
    _, rings = connected_components(graph, connection="strong")
    sizes = np.bincount(rings)
    for station in range(count):
        if sizes[rings[station]] > 1 or (station, station) in ways:
            draft.rows["station"].set(station, ring=int(rings[station]))


def _come_round(ways: set[tuple[int, int]]) -> bool:
    """Whether some way from station to station comes back to where it began."""
    sorter: TopologicalSorter[int] = TopologicalSorter()
    for here, there in ways:
        sorter.add(there, here)
    try:
        sorter.prepare()
    except CycleError:
        return True
    return False


def _hand_overs(draft: Draft) -> set[tuple[int, int]]:
    """Pairs of stations with limited room of which the first hands parts on to the second."""
    found: set[tuple[int, int]] = set()
    for row in range(len(draft.rows["operation"])):
        for goal in _goals(draft, row):
            found.update(product(_tight(draft, row), _tight(draft, goal)))
        if draft.rows["operation"][row]["next"] >= 0 and _looks_ahead(draft, row):
            found.update(_kept(draft, row))
    return found


def _looks_ahead(draft: Draft, row: int) -> bool:
    """Whether some station of an operation asks for blocking before service."""
    return any(draft.rows["station"][station]["before_service"] for station in _stations(draft, row))


def _kept(draft: Draft, row: int) -> set[tuple[int, int]]:
    """Who waits for a place that an operation keeps at the next station waits for where its rejected parts go."""
    following = draft.rows["operation"][row]["next"]
    goals = {draft.rows["operation"][row][name] for name in GOALS if name != "next"}
    return {pair for goal in goals if goal >= 0 for pair in product(_tight(draft, following), _tight(draft, goal))}


def _goals(draft: Draft, row: int) -> set[int]:
    """Operations to which an operation sends parts; the last one of a laboratory sends them where the lot goes."""
    operation = draft.rows["operation"][row]
    goals = [operation[name] for name in GOALS]
    if operation["next"] == SAMPLE_END:
        sampled = draft.rows["operation"][operation["owner"]]
        goals += [sampled[name] for name in ("next", "sample_otherwise", "sample_past")]
    return {goal for goal in goals if goal >= 0}


def _tight(draft: Draft, row: int) -> list[int]:
    """Stations of an operation, those with limited room."""
    return [station for station in _stations(draft, row) if draft.rows["station"][station]["room"] < UNLIMITED]


def _stations(draft: Draft, row: int) -> list[int]:
    """Stations of an operation."""
    operation = draft.rows["operation"][row]
    choices = range(operation["first_choice"], operation["first_choice"] + operation["choices"])
    return [draft.rows["choice"][choice]["station"] for choice in choices]
