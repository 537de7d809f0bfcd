"""Everything in a state that does not fit a plant, found at once: the plant may have changed since."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from plantwright.errors import Finding
from plantwright.model.fits import equipment, parts, shelves, ways
from plantwright.model.fits.known import Known
from plantwright.model.plant import Plant
from plantwright.model.state import State

CHECKS: tuple[Callable[[Known], Iterable[Finding]], ...] = (
    shelves.moments,
    shelves.names,
    parts.names,
    parts.operations,
    parts.places,
    parts.machines,
    parts.times,
    ways.origins,
    ways.ways,
    ways.crowds,
    ways.belts,
    ways.lots,
    ways.samples,
    equipment.names,
    equipment.machines,
    equipment.lasting,
    equipment.failures,
    equipment.tools,
    shelves.levels,
    shelves.orders,
    shelves.deliveries,
    shelves.recurring,
    shelves.practice,
)


def fit(state: State, plant: Plant) -> tuple[Finding, ...]:
    """Every finding on a state as the beginning of runs of a plant, errors first.

    Parameters
    ----------
    state
        Where everything is at one moment. Nothing is raised, whatever is wrong with it.
    plant
        A sound plant.
    """
    known = Known(state, plant)
    found = [finding for look in CHECKS for finding in look(known)]
    return tuple(sorted(found, key=lambda finding: not finding.is_error))
