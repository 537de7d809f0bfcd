"""Sentences of the answer to ``siting``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from plantwright.compile.prices import in_base
from plantwright.problems.siting import ServingProblem, Shortfall, Sited
from plantwright.results.siting import PlanRanked, SitedTask
from plantwright.results.wording import about, number, percent, sentence
from plantwright.study.siting.posed import KM, Posed

UNITS = {
    "facility-location": "",
    "p-median": "km on the average",
    "p-centre": "km at most",
    "set-covering": "posts",
    "maximal-covering": "weight seen",
}
"""What is made least or most where it is not money."""
MOST_NAMED = 6
"""Names that are told in a sentence. [-]"""


def verdict(posed: Posed, best: Sited | None, why: Sequence[str], currency: str) -> str:
    """A task's answer in a sentence or two."""
    name = posed.task.name or posed.key
    if best is None:
        return f"{name}: no choice of sites will do. {' '.join(sentence(each) for each in why)}"
    candidates = posed.task.candidates
    opened = [named(posed, key) for key, is_open in zip(candidates, best.opened.tolist(), strict=True) if is_open]
    proven = "proven" if best.proven else f"not proven, the bound is {about(posed.told(best.bound))}"
    told = about(posed.told(best.objective))
    sites = f"{_listed(opened)} ({len(opened)} of {len(candidates)})"
    match posed.task.kind:
        case "facility-location":
            return f"{name}: open {sites} for {told} {currency} a year, {proven} the least."
        case "p-median":
            return f"{name}: open {sites}; what is served comes {told} km on the average, {proven} the least."
        case "p-centre":
            return f"{name}: open {sites}; nobody is farther than {told} km, {proven} the least."
        case "set-covering":
            often = {1: "everything", 2: "everything twice"}.get(
                posed.task.times, f"everything {posed.task.times} times"
            )
            cost = f"for {told} {currency} a year, " if posed.costs_money else ""
            return f"{name}: {sites} see {often} {cost}{proven} the {'least' if posed.costs_money else 'fewest'}."
        case _:
            once, twice = (percent(seen_share(posed, best, times)) for times in (1, 2))
            return f"{name}: {sites} see {once} of what counts, {twice} twice, {proven} the most."


def judged(verdict: str, plans: Sequence[PlanRanked]) -> str:
    """A verdict with what all criteria together say of it."""
    if not plans:
        return verdict
    first = plans[0]
    who = "it comes first" if first.plan == "best" else f"the plan {first.plan} comes first"
    often = percent(first.first_share)
    return f"{verdict} By all its criteria together {who}, for {often} of the weights drawn around the given ones."


def together(tasks: Sequence[SitedTask]) -> str:
    """The answer to all tasks: what each says or, where they are many, what opens in each."""
    if len(tasks) <= 2:
        return " ".join(task.verdict for task in tasks)
    proven = sum(task.is_optimal for task in tasks)
    told = ", ".join(f"{task.name} ({task.open} open)" if task.is_feasible else f"{task.name} (none)" for task in tasks)
    impossible = sum(not task.is_feasible for task in tasks)
    cannot = f", {impossible} impossible" if impossible else ""
    return f"{len(tasks)} questions of where, {proven} answered and proven the best{cannot}: {told}."


def reasons(posed: Posed, short: Shortfall, currency: str) -> Iterator[str]:
    """Why no choice of sites will do, and what it would take."""
    yield from _unreached(posed, short)
    pieces = "pieces a year"
    if short.capacity_short > 0:
        yield (
            f"all candidates together can serve {about(short.capacity_short)} {pieces} fewer than are wanted: "
            "raise capacities or add candidates"
        )
    elif short.unserved is not None and short.unserved.sum() > 1e-6:
        names = [
            customer.name or key
            for (key, customer), left in zip(posed.task.customers.items(), short.unserved.tolist(), strict=True)
            if left > 1e-6
        ]
        yield (
            f"{about(float(short.unserved.sum()))} {pieces} of {_listed(names)} stay unserved with every site open: "
            "those within reach cannot serve more"
        )
    if short.needed is not None and posed.task.p is not None and short.needed > posed.task.p:
        yield f"it takes at least {short.needed} open sites, and p allows {posed.task.p}"
    if short.price is not None and posed.task.budget is not None:
        budget = in_base(posed.plant.money, posed.task.budget)
        if short.price > budget:
            yield f"it takes at least {about(short.price)} {currency} a year, and the budget is {about(budget)}"
    if isinstance(posed.problem, ServingProblem):
        if short.needed is None and not short.unreached.any() and not short.capacity_short and posed.task.whole:
            yield "customers cannot all be served whole; with whole: false they may be split"
    elif posed.task.kind == "maximal-covering":
        yield "the sites that are open whatever they cost are more than p or the budget allows"


def _unreached(posed: Posed, short: Shortfall) -> Iterator[str]:
    """Customers, points and stretches of lines that too few candidates reach."""
    count = len(posed.task.customers)
    names = [
        customer.name or key
        for (key, customer), is_out in zip(posed.task.customers.items(), short.unreached[:count].tolist(), strict=True)
        if is_out
    ]
    if posed.serves:
        if names:
            yield f"no candidate may serve {_listed(names)}: too far, or no distance is known"
        return
    few = "no candidate sees" if posed.task.times == 1 else f"fewer than {posed.task.times} candidates see"
    if names:
        yield f"{few} {_listed(names)}"
    start = count
    for (key, line), watched in zip(posed.task.lines.items(), posed.lines, strict=True):
        out = np.flatnonzero(short.unreached[start : start + watched.length.size])
        start += watched.length.size
        if out.size:
            north, east = watched.points[out[0]].tolist()
            yield (
                f"{few} {number(float(watched.length[out].sum() / KM))} km of {line.name or key}, the first of them at "
                f"{north:.4f}, {east:.4f}"
            )


def named(posed: Posed, key: str) -> str:
    """What people call a candidate: its own name, else that of its site, else its id."""
    candidate = posed.task.candidates[key]
    site = posed.plant.sites.get(candidate.site or key)
    return candidate.name or (site.name if site else "") or key


def seen_share(posed: Posed, best: Sited, times: int) -> float:
    """Share of the weight that at least so many posts see. [-]"""
    weight = posed.ground.demand if isinstance(posed.problem, ServingProblem) else posed.problem.weight
    return float(weight[best.share.sum(axis=0) >= times].sum() / (weight.sum() or 1.0))


def _listed(names: Sequence[str]) -> str:
    """Names for a sentence, the first few of many."""
    if not names:
        return "none"
    if len(names) > MOST_NAMED:
        return f"{', '.join(names[:MOST_NAMED])} and {len(names) - MOST_NAMED} more"
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
