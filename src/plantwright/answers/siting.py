"""Where should plants, depots, test ranges and posts stand to serve or cover the map?"""

from __future__ import annotations

from plantwright.errors import Finding, RunError
from plantwright.model.plant import Plant
from plantwright.results.siting import SitingAnswer
from plantwright.study.asked import Asked, question
from plantwright.study.progress import Silent
from plantwright.study.provenance import Stopwatch, provenance
from plantwright.study.session import accept
from plantwright.study.siting.answered import answered
from plantwright.study.siting.words import together

SPHERE = "Distances are great circles on a sphere of radius 6,371.0088 km, times the detour of the task."


@question(Asked)
def siting(plant: Plant, asked: Asked) -> SitingAnswer:
    """Answer every siting task of the document: what opens, who is served or seen from where, and what if.

    Parameters
    ----------
    plant
        A sound plant.

    Raises
    ------
    RunError
        The document has no siting task, or the solver is not installed.
    """
    unused = accept(plant, strict=asked.strict)
    if not has_data(plant):
        remedy = (
            "Write siting: {depots: {kind: p-median, p: 2, customers: {a: {position: [53.9, 27.6], demand: 900}}, "
            "candidates: {b: {position: [52.1, 23.7]}}}}."
        )
        raise RunError(Finding("E445", "the document has no siting task", remedy))
    watch = Stopwatch()
    found = {}
    progress = asked.progress or Silent()
    progress.begin("sites for each task", float(len(plant.siting)))
    for key in plant.siting:
        found[key] = answered(plant, key, asked.seed)
        progress.advance(1.0)
    progress.end()
    return SitingAnswer(
        plant=plant.name,
        verdict=together([one.task for one in found.values()]),
        currency=plant.money.base,
        tasks={key: one.task for key, one in found.items()},
        sites=tuple(row for one in found.values() for row in one.sites),
        services=tuple(row for one in found.values() for row in one.services),
        points=tuple(row for one in found.values() for row in one.points),
        lines=tuple(row for one in found.values() for row in one.lines),
        changes=tuple(row for one in found.values() for row in one.changes),
        plans=tuple(row for one in found.values() for row in one.plans),
        swings=tuple(row for one in found.values() for row in one.swings),
        not_used=unused,
        notes=(SPHERE, *(note for one in found.values() for note in one.notes)),
        provenance=provenance(plant, seed=asked.seed),
        execution=watch.execution(1) if asked.timing else None,
    )


def has_data(plant: Plant) -> bool:
    """Whether the document asks where anything should stand."""
    return bool(plant.siting)


def briefly(plant: Plant, asked: Asked) -> SitingAnswer:
    """The answer as part of ``run``."""
    return siting(plant, seed=asked.seed)
