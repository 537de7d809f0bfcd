"""All answers that a plant has data for, from one set of runs."""

from __future__ import annotations

from importlib import import_module

from plantwright.answers import SUPPLY, WORK, bottleneck, capacity
from plantwright.errors import PlantwrightError
from plantwright.model.check import check
from plantwright.model.plant import Plant
from plantwright.results import BottleneckAnswer, Printable, RunAnswer
from plantwright.study.asked import AskedOfAll, question
from plantwright.study.session import Session, session_of


@question(AskedOfAll)
def run(plant: Plant, asked: AskedOfAll) -> RunAnswer:
    """Every answer that the plant has data for; the capacity runs are shared.

    Parameters
    ----------
    plant
        A sound plant.

    Raises
    ------
    RunError
        None of the answers can be computed.
    """
    said = tuple(check(plant) if asked.findings is None else asked.findings)
    missing: dict[str, str] = {}
    with session_of(plant, asked) as session:
        made = capacity.answer_of(session)
        held = _bottleneck(session, missing)
        supply = _others(SUPPLY, plant, asked, missing)
        work = _others(WORK, plant, asked, missing)
        execution = session.crowd.execution(asked.timing)
    if made.service is None:
        missing["deliveries"] = "no product has a demand, or a year of it does not fit the effort"
    return RunAnswer(
        plant=plant.name,
        verdict=made.verdict,
        capacity=made,
        bottleneck=held,
        report=None,
        findings=tuple(finding.as_dict() for finding in said),
        not_answered=missing,
        provenance=made.provenance,
        execution=execution,
        supply=supply,
        work=work,
    )


def _others(nouns: tuple[str, ...], plant: Plant, asked: AskedOfAll, missing: dict[str, str]) -> dict[str, Printable]:
    """The answers of some nouns for which the plant has data, or in ``missing`` why one of them failed."""
    found: dict[str, Printable] = {}
    for noun in nouns:
        module = import_module(f"plantwright.answers.{noun}")
        if not module.has_data(plant):
            continue
        try:
            found[noun] = module.briefly(plant, asked)
        except PlantwrightError as error:
            missing[noun] = str(error)
    return found


def _bottleneck(session: Session, missing: dict[str, str]) -> BottleneckAnswer | None:
    """The answer to ``bottleneck``, or in ``missing`` why there is none."""
    if session.crowd.interrupted:
        missing["bottleneck"] = "it was interrupted before"
        return None
    try:
        return bottleneck.answer_of(session)
    except PlantwrightError as error:
        missing["bottleneck"] = str(error)
        return None
