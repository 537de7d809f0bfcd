"""Everything wrong with a plant, found at once: names and structure, deadlocks in waiting, targets out of reach."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from plantwright.errors import Finding
from plantwright.model.checks import (
    balancing,
    bill,
    calendars,
    content,
    families,
    idle,
    instants,
    locks,
    money,
    names,
    parties,
    people,
    planning,
    policies,
    presence,
    provenance,
    rooms,
    routes,
    scheduling,
    siting,
    stops,
    targets,
    travels,
)
from plantwright.model.plant import Plant

STRUCTURE: tuple[Callable[[Plant], Iterable[Finding]], ...] = (
    names.unknown_names,
    names.names_used_twice,
    routes.operations,
    bill.cycles,
    bill.origins,
    bill.options,
    families.family_names,
    families.choices,
    families.effectivity,
    families.places_of_modules,
    policies.nothing_to_make,
    policies.callings,
    policies.offers,
    rooms.ovens,
    rooms.cards,
    rooms.stocks,
    instants.laws,
    instants.routes,
    stops.lost_work,
    stops.upkeep,
    locks.rings,
    people.skills,
    people.attendance,
    people.tools,
    calendars.working_time,
    calendars.dates,
    presence.dates,
    presence.presence,
    presence.carriage,
    travels.ways,
    travels.carriers,
    travels.conveyors,
    siting.names,
    siting.tasks,
    siting.positions,
    balancing.names,
    balancing.orders,
    balancing.rates,
    balancing.work,
    balancing.limits,
    planning.planning,
    scheduling.names,
    scheduling.orders,
    scheduling.waits,
    money.currencies,
    content.contents,
    content.floors,
    parties.owners,
    parties.levels,
    provenance.sources,
    idle.idle_things,
)
"""Checks that read any plant, whatever else is wrong with it."""

ARITHMETIC: tuple[Callable[[Plant], Iterable[Finding]], ...] = (
    targets.station_targets,
    targets.people_targets,
    targets.sharing_targets,
    targets.handover_targets,
)
"""Checks that add up a plant whose names and structure are sound."""


def check(plant: Plant) -> tuple[Finding, ...]:
    """Every finding on a plant, errors first, each group in the order of the checks.

    Errors (E2xx names and structure, E3xx arithmetic) are what no run can do anything about. Warnings (W5xx worth a
    look, W6xx rules a target out) leave a plant that runs. Targets are added up once there is no error left.

    Parameters
    ----------
    plant
        The plant to look at. Nothing is raised, whatever is wrong with it.
    """
    found = [finding for look in STRUCTURE for finding in look(plant)]
    if not any(finding.is_error for finding in found):
        found += [finding for look in ARITHMETIC for finding in look(plant)]
    misspelt = {finding.nearest for finding in found if finding.code == "E201"}
    kept = [finding for finding in found if finding.is_error or not _is_meant(finding, misspelt)]
    return tuple(sorted(kept, key=lambda finding: not finding.is_error))


def _is_meant(finding: Finding, misspelt: set[str | None]) -> bool:
    """Whether a warning is about a thing that a misspelt name elsewhere was meant to be: then it is not unused."""
    section, _, name = finding.place.path.partition(".")
    return section in Plant.model_fields and name in misspelt
