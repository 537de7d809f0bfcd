"""Make or buy, from whom, at which site, under which local-content floor, and what does one more point of it cost?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from plantwright.errors import Finding, Place, RunError
from plantwright.model.plant import Plant
from plantwright.optimise.sourcing.solve import Solution
from plantwright.results import Screened, SourcingAnswer
from plantwright.results.wording import about, percent
from plantwright.study.asked import AskedOfSupply, question
from plantwright.study.provenance import Stopwatch, provenance
from plantwright.study.screened import screened
from plantwright.study.session import accept
from plantwright.study.sourcing import choices, content, fronts, limits, swings, tables
from plantwright.study.sourcing.planning import Sourced, sourced

_LEFT_OUT = ("`plantwright sourcing` tells more: plans that nothing beats, and what other prices and rates would do.",)


@dataclass(frozen=True, kw_only=True)
class AskedOfSourcing(AskedOfSupply):
    """What ``sourcing`` can be told.

    Attributes
    ----------
    thorough
        Look for the prices at which a choice changes with every decision free; otherwise those about other items stay.
    """

    thorough: bool = False


@question(AskedOfSourcing)
def sourcing(plant: Plant, asked: AskedOfSourcing) -> SourcingAnswer:
    """Decide what to make and what to buy, from whom, where and how it travels, over the years that are planned.

    Parameters
    ----------
    plant
        A sound plant whose offers have prices.

    Raises
    ------
    DocumentError
        A list of parties cannot be read.
    RunError
        Nothing is wanted or offered, something that has to be weighed has no price, or the optional solvers are not
        installed.
    """
    return _answer(plant, asked, brief=False)


def _answer(plant: Plant, asked: AskedOfSourcing, *, brief: bool) -> SourcingAnswer:
    """The answer; a brief one without what takes most of the time, the front and the swings."""
    unused, watch = accept(plant, strict=asked.strict), Stopwatch()
    _weighable(plant)
    before = screened(plant, asked)
    frame: dict[str, Any] = {
        "plant": plant.name,
        "currency": plant.money.base,
        "first_year": plant.from_.year,
        "horizon_years": plant.sourcing.years if plant.sourcing is not None else 1,
        "screened": before.told,
        "not_used": unused,
        "provenance": provenance(plant, seed=asked.seed),
    }
    barred = _barred(before.plant, before.told)
    if barred:
        answer = SourcingAnswer(verdict=_refused(barred, before.told), is_feasible=False, **frame)
    else:
        found = sourced(before.plant)
        best = found.best
        answer = _without_plan(found, frame) if best is None else _with_plan(found, best, frame, asked, brief=brief)
    return replace(answer, execution=watch.execution(1)) if asked.timing else answer


def _weighable(plant: Plant) -> None:
    """Nothing, where there is a demand to cover and something to choose from."""
    if not plant.demand:
        remedy = "Write demand: {product: {year: pieces}}."
        raise RunError(
            Finding("E475", "nobody wants anything: there is nothing to make or to buy", remedy, Place("demand"))
        )
    if not plant.offers and not plant.making:
        remedy = "Write suppliers: {mill: {}} and offers: {flour: {supplier: mill, item: flour, prices: {1: 12 EUR}}}."
        raise RunError(Finding("E475", "nobody offers anything: there is nothing to choose", remedy, Place("offers")))


def has_data(plant: Plant) -> bool:
    """Whether the document asks for it: it has a section ``sourcing``."""
    return plant.sourcing is not None


def briefly(plant: Plant, asked: AskedOfSupply) -> SourcingAnswer:
    """The answer as part of ``run``: without the front of other plans, and without swings of prices and rates."""
    shared = {name: getattr(asked, name) for name in ("workers", "progress", "strict", "timing", "seed")}
    return _answer(plant, AskedOfSourcing(**shared, **asked.screening), brief=True)


def _with_plan(
    found: Sourced, best: Solution, frame: dict[str, Any], asked: AskedOfSourcing, *, brief: bool
) -> SourcingAnswer:
    """The answer where there is a plan."""
    answer = SourcingAnswer(
        verdict="",
        is_feasible=True,
        total_cost=best.objective,
        gap=best.gap,
        cost=tuple(tables.costs(found, best)),
        flows=tables.flows(found, best),
        choices=tuple(choices.choices(found, best, alone=not asked.thorough)),
        paid_once=tuple(tables.paid_once(found, best)),
        limits=tuple(limits.rows(found, best)),
        content=tuple(content.rows(found, best)),
        local_cost_per_point=content.slope(found, best),
        points=tuple(content.points(found, best)),
        swings=() if brief else tuple(swings.swings(found, best)),
        front=() if brief else tuple(fronts.points(found, best)),
        suppliers=tables.suppliers(found, best),
        outlay=tuple(tables.outlay(found, best)),
        notes=(*found.low.notes, *_notes(found), *(_LEFT_OUT if brief else ())),
        **frame,
    )
    return replace(answer, verdict=_verdict(answer, found, best), facts=_facts(answer, found, best))


def _without_plan(found: Sourced, frame: dict[str, Any]) -> SourcingAnswer:
    """The answer where no plan keeps to everything: what would have to give way."""
    rows, short, said = limits.needed(found)
    told: Screened = frame["screened"]
    verdict = f"{_left_out(told)}{said}"
    return SourcingAnswer(
        verdict=verdict, is_feasible=False, limits=rows, short_of=short, notes=found.low.notes, **frame
    )


def _verdict(answer: SourcingAnswer, found: Sourced, best: Solution) -> str:
    years = f" over {answer.horizon_years} years" if answer.horizon_years > 1 else " a year"
    said = f"The cheapest plan costs {_money(best.objective, answer)}{years}"
    share = content.asked_share(found, best)
    floor = [row for row in answer.limits if row.limit == "floor"]
    if share is not None:
        said += f" and is {percent(share)} local"
        said += f" (floor {percent(min(row.asked for row in floor))})" if floor else ""
    more = next((point for point in answer.points if point.points > 0), None)
    if more is not None and more.difference is not None:
        said += f"; one point more costs {_money(more.difference, answer)}"
    elif more is not None:
        said += "; no plan reaches one point more"
    return f"{_left_out(answer.screened)}{said}."


def _left_out(told: Screened) -> str:
    """What screening has taken away, in front of everything else."""
    if not told.refusals:
        return ""
    names = ", ".join(dict.fromkeys(refusal.name for refusal in told.refusals))
    return f"Refused: {names} may not be dealt with, so {len(told.offers)} offers are left out. "


def _facts(answer: SourcingAnswer, found: Sourced, best: Solution) -> tuple[tuple[str, str, str], ...]:
    """Key numbers: what, how much, a remark."""
    facts = [
        (
            "Cost, worth today",
            _money(best.objective, answer),
            "all years, proven best" if answer.horizon_years > 1 else "proven best",
        )
    ]
    share = content.asked_share(found, best)
    if share is not None:
        how = found.problem.content
        facts.append(("Local content", percent(share), _how(how.method, how.of, how.at)))
        facts.append(("Of unknown origin", percent(max(row.unknown_share for row in answer.content)), "at cost"))
    for point in answer.points:
        what = "One point more" if point.points > 0 else "One point less"
        worth = "out of reach" if point.difference is None else _money(point.difference, answer)
        facts.append((what, worth, f"{len(point.flips)} decisions change"))
    facts.append(("Suppliers used", str(len(answer.suppliers)), ""))
    return tuple(facts)


def _how(method: str, of: str, at: str) -> str:
    """How local content is measured."""
    return f"{method} of {of}, at {at}" if method.startswith("build") else f"{method}, at {at}"


def _money(value: float, answer: SourcingAnswer) -> str:
    return f"{about(value)} {answer.currency}"


def _barred(plant: Plant, told: Screened) -> tuple[str, ...]:
    """Items that nobody may supply, and nobody makes."""
    made = {making.item for making in plant.making.values()}
    return tuple(name for name in told.unsupplied if plant.items[name].made_by is None and name not in made)


def _refused(barred: tuple[str, ...], told: Screened) -> str:
    return f"{_left_out(told)}Nobody is left to supply {', '.join(barred)}: there is no plan."


def _notes(found: Sourced) -> tuple[str, ...]:
    how = found.problem.content
    unknown = "local" if how.local[-1] else "imported"
    return (
        f"Money of later years is discounted to the first day; value of unknown origin counts as {unknown}.",
        "Demand is met in every year, and everything bought is used in it.",
    )
