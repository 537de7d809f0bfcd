"""What has to be made and bought: when, in which lots, for whom?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from plantwright.errors import Finding, RunError, nearest
from plantwright.model.plant import Plant
from plantwright.model.state import State
from plantwright.results import MaterialsAnswer
from plantwright.study.asked import AskedOfSupplyInAYear, question
from plantwright.study.materials import tables, words
from plantwright.study.materials.loads import loads
from plantwright.study.materials.making import make
from plantwright.study.materials.messages import messages
from plantwright.study.materials.pegs import Pegging
from plantwright.study.materials.planned import planned_orders
from plantwright.study.materials.replay import replay
from plantwright.study.present import present
from plantwright.study.provenance import provenance
from plantwright.study.replicate import Crowd
from plantwright.study.screened import screened
from plantwright.study.session import accept


@dataclass(frozen=True, kw_only=True)
class AskedOfMaterials(AskedOfSupplyInAYear):
    """What ``materials`` can be told.

    Attributes
    ----------
    state
        What is where today: a `State`, or its file; as at the beginning of a run when left out.
    item
        A product or item whose pegging trees are wanted: what supplies its customers, and what its supplies serve.
    follows
        Whether the engine follows the plan, to show the service level that it really reaches.
    """

    state: State | str | Path | None = None
    item: str | None = None
    follows: bool = True


def has_data(plant: Plant) -> bool:
    """Whether the document says what is needed: how it is planned, and what customers want."""
    return plant.planning is not None and bool(plant.demand)


def briefly(plant: Plant, asked: AskedOfSupplyInAYear) -> MaterialsAnswer:
    """The answer as part of ``run``: the plan alone, since following it by simulation takes most of its time."""
    shared = {name: getattr(asked, name) for name in ("effort", "workers", "progress", "timing", "seed")}
    return materials(plant, follows=False, **shared, **asked.screening)


@question(AskedOfMaterials)
def materials(plant: Plant, asked: AskedOfMaterials) -> MaterialsAnswer:
    """Plan what has to be made and bought, level by level, and tell what somebody has to decide.

    Parameters
    ----------
    plant
        A sound plant.

    Raises
    ------
    RunError
        Nobody wants anything, or there is nothing of the name that is asked for.
    DocumentError
        The state does not fit the plant.
    """
    unused = accept(plant, strict=asked.strict)
    state, said = present(plant, asked.state)
    held = screened(plant, asked)
    made = make(held.plant, state, unsupplied=held.removed.unsupplied)
    pegging = Pegging(made)
    orders, master, load = planned_orders(made), tables.master(made), loads(made)
    told = messages(made, orders, master, load)
    supplied_by, serves = pegging.trees(_asked_for(asked.item, made.materials.names))
    followed, execution = None, None
    if asked.follows:
        with Crowd(asked.workers, asked.progress) as crowd:
            followed = replay(made, state, effort=asked.budget, crowd=crowd, seed=asked.seed)
            execution = crowd.execution(asked.timing)
    answer = MaterialsAnswer(
        plant=plant.name,
        verdict="",
        first=made.day(0),
        bucket_d=made.horizon.days,
        periods=tuple(made.day(period) for period in range(made.shown)),
        master=master,
        items=tables.items(made),
        orders=orders,
        pegs=tuple(pegging.told()),
        messages=told,
        load=load,
        stock_value=tables.stock_value(made),
        bought_cost=tables.bought_cost(made, orders),
        lots=tables.lots(made),
        replay=followed,
        screened=held.told,
        currency=plant.money.base,
        not_used=unused,
        notes=(*said, *words.notes(made, held.told, followed, asked.follows)),
        provenance=provenance(plant, seed=asked.seed, effort=asked.budget.name, state=state),
        execution=execution,
        supplied_by=supplied_by,
        serves=serves,
    )
    return replace(answer, verdict=words.verdict(answer), facts=tuple(words.facts(answer)))


def _asked_for(item: str | None, names: tuple[str, ...]) -> str | None:
    """The thing that is asked for, if there is one of that name."""
    if item is not None and item not in names:
        near = nearest(item, names)
        told = Finding("E460", f'there is no product or item "{item}"', "Ask for one that there is.", nearest=near)
        raise RunError(told)
    return item
