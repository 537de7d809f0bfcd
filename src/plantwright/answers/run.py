"""All answers that a plant has data for, from one set of runs."""

from __future__ import annotations

from collections.abc import Sequence

from plantwright.answers import bottleneck, capacity
from plantwright.errors import Finding, PlantwrightError
from plantwright.model.check import check
from plantwright.model.plant import Plant
from plantwright.results import BottleneckAnswer, CapacityAnswer, RunAnswer
from plantwright.study.effort import Effort, effort_of
from plantwright.study.progress import Progress
from plantwright.study.provenance import provenance
from plantwright.study.replicate import Crowd
from plantwright.study.session import Session, accept


def run(
    plant: Plant,
    *,
    effort: str | Effort = "normal",
    workers: int | None = None,
    progress: Progress | None = None,
    strict: bool = False,
    timing: bool = False,
    findings: Sequence[Finding] | None = None,
    seed: int = 1,
) -> RunAnswer:
    """Every answer that the plant has data for; the capacity runs are shared.

    Parameters
    ----------
    plant
        A sound plant.
    effort
        ``quick``, ``normal`` or ``full``, or budgets of your own.
    workers
        Threads; changes nothing but the time it takes.
    progress
        Told how far it is.
    strict
        Refuse a plant with values that nothing uses yet.
    timing
        Add machine, workers and wall time.
    findings
        What reading the document has found; the plant is checked again when left out.
    seed
        Key of all random numbers.

    Raises
    ------
    RunError
        None of the answers can be computed.
    """
    accept(plant, strict=strict)
    budget = effort_of(effort) if isinstance(effort, str) else effort
    said = tuple(check(plant)) if findings is None else tuple(findings)
    missing: dict[str, str] = {}
    with Crowd(workers, progress) as crowd:
        session = Session(plant, budget, seed, crowd)
        made: CapacityAnswer = capacity.answer_of(session)
        held: BottleneckAnswer | None = None
        if crowd.interrupted:
            missing["bottleneck"] = "it was interrupted before"
        else:
            try:
                held = bottleneck.answer_of(session)
            except PlantwrightError as error:
                missing["bottleneck"] = str(error)
        execution = crowd.watch.execution(crowd.workers) if timing else None
    if made.service is None:
        missing["deliveries"] = "no product has a demand, or a year of it does not fit the effort"
    return RunAnswer(
        plant=plant.name,
        verdict=made.verdict,
        capacity=made,
        bottleneck=held,
        simulate=None,
        report=None,
        findings=tuple(finding.as_dict() for finding in said),
        not_answered=missing,
        provenance=provenance(plant, seed=seed, effort=budget.name),
        execution=execution,
    )
