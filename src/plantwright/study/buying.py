"""What to order on the day a loss begins: from whom, how much, and from when on it comes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from plantwright.compile.causes import Cause
from plantwright.model.naming import thing_called
from plantwright.results.risk import Purchase
from plantwright.study.exposure import DAY_S, Exposures


def purchases(exposures: Exposures, causes: Iterable[Cause]) -> Iterator[Purchase]:
    """What the planner's rule orders beyond the usual from offers that are not lost, until the loss has recovered."""
    exposed, usual = exposures.exposed, exposures.usual
    for cause in causes:
        recovery = exposures.recovery(cause, 0.5)
        followed = exposures.followed([(cause, recovery)])
        steps = int(np.ceil(recovery / exposures.phases.length))
        lost = {exposed.ways[way].item for way in cause.ways}
        for place, way in enumerate(exposed.ways):
            if not way.is_bought or place in cause.ways or way.item not in lost:
                continue
            more = float((followed.course.made - usual.made)[:steps, place].sum())
            if more >= 1.0:
                name = thing_called(exposed.plant, way.item)
                yield Purchase(cause.key, way.item, name, way.name, float(round(more)), (way.wait + way.lead) / DAY_S)
