"""Whose a way to stop is: of one machine or vehicle, of a station or carrier as a whole, or of several stations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plantwright.codes import NONE
from plantwright.compile.failures import SEVERAL
from plantwright.model.plant import Plant


def owner_of(plant: Plant, name: tuple[str, str], mode: Mapping[str, Any], member: str) -> dict[str, str]:
    """The field of a state that says whose it is, and the name in it; nothing for one of several stations.

    Parameters
    ----------
    name
        The mode's owner and its own name, as in ``Names.modes``.
    mode
        Its record, or its row.
    member
        Name of its first machine or vehicle.
    """
    owner, _ = name
    if owner == SEVERAL:
        return {}
    of_carrier = mode["carrier"] != NONE
    failures = plant.carriers[owner].failures if of_carrier else plant.stations[owner].failures
    ordinal = int(mode["ordinal"])
    if not mode["planned"] and ordinal < len(failures) and failures[ordinal].shared:
        return {"carrier" if of_carrier else "station": owner}
    return {"vehicle" if of_carrier else "machine": member}
