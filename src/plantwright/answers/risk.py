"""If a supplier, site or lane is cut off: how long does the plant survive, what is lost, what protects it cheapest?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from plantwright.compile.causes import Cause
from plantwright.compile.exposure import exposed
from plantwright.compile.margins import margins
from plantwright.compile.supply import supply
from plantwright.errors import Finding, Place, RunError, nearest
from plantwright.model.plant import Plant
from plantwright.model.risk import Risk
from plantwright.model.state import State
from plantwright.results import Execution, LossReplay, RiskAnswer
from plantwright.study.asked import AskedOfSupply, AskedOfSupplyInAYear, question
from plantwright.study.buying import purchases
from plantwright.study.course import course
from plantwright.study.exposure import DAY_S, Exposures
from plantwright.study.present import present
from plantwright.study.protection import protect
from plantwright.study.provenance import provenance
from plantwright.study.replay import replayable, replays
from plantwright.study.replicate import Crowd
from plantwright.study.screened import screened
from plantwright.study.session import accept
from plantwright.study.surviving import facts, notes, verdict
from plantwright.units import Quantity, UnitError

BOUGHT_FOR = 5
"""Losses for which it is told what to order on the first day: the dearest. [-]"""


@dataclass(frozen=True, kw_only=True)
class AskedOfLosses(AskedOfSupply):
    """What ``risk`` can be told.

    Attributes
    ----------
    survive
        How long no customer may go without after any single loss: a text such as "26 weeks", or seconds; what the
        document asks for when left out. The cheapest protection is sought for it. [s]
    lose
        The loss that is followed day by day: the id of a supplier, site, lane, country, port or event; the dearest
        single one when left out.
    state
        The plant today: a `State`, or its file; usual shelves and orders when left out.
    replays
        Of so many losses, that one first and then the dearest, the plant is simulated day by day. [-], >= 0
    """

    survive: str | float | None = None
    lose: str | None = None
    state: State | str | Path | None = None
    replays: int = 1


@question(AskedOfLosses)
def risk(plant: Plant, asked: AskedOfLosses) -> RiskAnswer:
    """How long the plant survives the loss of each supplier, site and lane, what is lost, what protects it cheapest.

    Parameters
    ----------
    plant
        A sound plant with offers, or with several sites.

    Raises
    ------
    RunError
        Nothing that can be lost is written down, or a product has neither a price nor a margin.
    DocumentError
        The state does not fit the plant.
    """
    unused = accept(plant, strict=asked.strict)
    state, said = present(plant, asked.state)
    allowed = screened(plant, asked)
    margin, unpriced = margins(allowed.plant, supply(allowed.plant))
    found = exposed(allowed.plant, margin, state)
    if not found.causes:
        remedy = (
            "Write suppliers: {mill: {recovery: 8 week}} and offers: {flour: {supplier: mill, item: flour, "
            "lead-time: 3 day}}, or sites."
        )
        raise RunError(Finding("E482", "nothing is written that could be lost", remedy, Place("offers")))
    exposures = Exposures(found, asked.progress)
    worst = _followed(exposures, asked.lose)
    survive = _survive(found.risk, asked.survive)
    protection, guarded = protect(exposures, survive) if survive is not None else (None, None)
    pairs, examined = exposures.pairs
    simulated, execution = _replays(exposures, worst, asked, guarded)
    return RiskAnswer(
        plant=plant.name,
        verdict=verdict(exposures, protection),
        currency=found.network.currency,
        rule=found.risk.rule,
        horizon_d=found.risk.horizon.base / DAY_S,
        first_day=found.first_day.isoformat(),
        exposures=exposures.rows,
        pairs=pairs,
        pairs_examined=examined,
        purchases=tuple(purchases(exposures, worst[:BOUGHT_FOR])),
        protection=protection,
        course=course(exposures, worst[0]) if worst else (),
        course_of=worst[0].key if worst else "",
        replays=simulated,
        screened=allowed.told,
        is_consistent=exposures.is_consistent,
        not_used=unused,
        notes=(*said, *notes(exposures), *unpriced),
        provenance=provenance(plant, seed=asked.seed, state=state),
        facts=facts(exposures, worst[:1], protection),
        execution=execution,
    )


def has_data(plant: Plant) -> bool:
    """Whether the document says what could be lost, and what is lost with it."""
    priced = all(product.price is not None or product.margin is not None for product in plant.products.values())
    recoverable = plant.risk is not None or any(supplier.country for supplier in plant.suppliers.values())
    return bool(plant.offers and plant.suppliers and plant.products and plant.demand) and priced and recoverable


def briefly(plant: Plant, asked: AskedOfSupplyInAYear) -> RiskAnswer:
    """The answer as part of ``run``; nothing is simulated where the effort is quick."""
    replays = 0 if asked.budget.name == "quick" else 1
    shared = {name: getattr(asked, name) for name in ("workers", "progress", "strict", "seed")}
    return risk(plant, replays=replays, **shared, **asked.screening)


def _followed(exposures: Exposures, lose: str | None) -> list[Cause]:
    """Single losses, the one that was asked for before the dearest."""
    worst = list(exposures.worst())
    if lose is None:
        return worst
    causes = exposures.exposed.causes
    named = next((cause for cause in causes if lose in (cause.id, cause.key)), None)
    if named is None:
        known = [cause.id for cause in causes]
        what, remedy = f'there is no loss "{lose}"', f"Name one of {', '.join(known[:5])} ..."
        raise RunError(Finding("E484", what, remedy, nearest=nearest(lose, known)))
    return [named, *(cause for cause in worst if cause is not named)]


def _survive(written: Risk, asked: str | float | None) -> float | None:
    """The survival that is asked for. [s]"""
    if asked is None:
        return None if written.survive is None else written.survive.base
    try:
        quantity = Quantity.parse(asked)
    except UnitError as error:
        raise RunError(Finding("E483", str(error), 'Write a time, such as "26 weeks".')) from None
    if quantity.dimension not in ("time", "dimensionless", "count") or quantity.base <= 0:
        raise RunError(Finding("E483", f'"{asked}" is no time to survive', 'Write a time, such as "26 weeks".'))
    return quantity.base


def _replays(
    exposures: Exposures, worst: Sequence[Cause], asked: AskedOfLosses, guarded: Exposures | None
) -> tuple[tuple[LossReplay, ...], Execution | None]:
    """The dearest losses in the simulation, each without and with the protection."""
    told = [cause for cause in worst if replayable(exposures.exposed, cause)]
    causes = list(islice(told, asked.replays))
    if not causes:
        return (), None
    with Crowd(asked.workers, asked.progress) as crowd:
        found: list[LossReplay] = []
        for cause in causes:
            found += replays(exposures, cause, crowd, seed=asked.seed, guarded=guarded)
        return tuple(found), crowd.execution(asked.timing)
