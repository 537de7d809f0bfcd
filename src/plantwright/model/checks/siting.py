"""Siting tasks: everything named is there, has a place, and means something to the kind of the task."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from plantwright.errors import Finding
from plantwright.model.checks.fault import fault, listed, unknown
from plantwright.model.plant import Plant
from plantwright.model.siting import SERVING, Siting

COVERING = ("set-covering", "maximal-covering")
READ_BY = {
    "lines": COVERING,
    "budget": COVERING,
    "times": ("set-covering",),
    "backup": ("maximal-covering",),
    "whole": ("facility-location", "p-median"),
    "carriage": ("facility-location",),
    "prices": ("facility-location",),
}
"""Fields that not every kind reads, and the kinds that do."""


def names(plant: Plant) -> Iterator[Finding]:
    """Sites, products, candidates and customers that tasks name."""
    for key, task in plant.siting.items():
        here = f"siting.{key}"
        for name, candidate in task.candidates.items():
            if candidate.site is not None and candidate.site not in plant.sites:
                yield unknown(f"{here}.candidates.{name}.site", "site", candidate.site, plant.sites, "sites")
        for product in task.products:
            if product not in plant.demand:
                yield unknown(f"{here}.products", "product or item with a demand", product, plant.demand, "demand")
        for field, rows in (("distances", task.distances), ("prices", task.prices)):
            for name, row in rows.items():
                yield from _known(f"{here}.{field}.{name}", "candidate", name, task.candidates, "candidates")
                for customer in row:
                    yield from _known(
                        f"{here}.{field}.{name}.{customer}", "customer", customer, task.customers, "customers"
                    )
        for name, criterion in task.criteria.items():
            for candidate_name in criterion.scores:
                path = f"{here}.criteria.{name}.scores.{candidate_name}"
                yield from _known(path, "candidate", candidate_name, task.candidates, "candidates")


def _known(path: str, what: str, name: str, valid: Collection[str], section: str) -> Iterator[Finding]:
    if name not in valid:
        yield unknown(path, what, name, valid, section)


def tasks(plant: Plant) -> Iterator[Finding]:
    """Tasks that ask for nothing, lack what their kind needs, or say what it does not read."""
    for key, task in plant.siting.items():
        here = f"siting.{key}"
        if not task.candidates or not (task.customers or task.lines):
            yield fault(
                "E254",
                here,
                "nothing is to be served or seen, or from nowhere",
                "Write candidates, and customers or (to be watched) lines.",
            )
        for field, kinds in READ_BY.items():
            if field in task.model_fields_set and task.kind not in kinds:
                yield fault(
                    "E255",
                    f"{here}.{field}",
                    f"a task of kind {task.kind} does not read this",
                    f"Delete it, or ask for {' or '.join(kinds)}.",
                )
        if task.p is None and (task.kind in ("p-median", "p-centre") or _is_unlimited(task)):
            yield fault(
                "E256", f"{here}.p", f"how many may be open? {task.kind} needs it", "Write p: 3, or another number."
            )
        if task.kind == "facility-location" and _is_carried_free(task):
            yield fault(
                "E256",
                f"{here}.carriage",
                "what does it cost to carry a piece?",
                "Write carriage: 0.02 EUR/km, of the task or of each candidate, or prices.",
            )
        yield from _radii(here, task)
        yield from _amounts(plant, here, task)
        yield from _criteria(here, task)


def positions(plant: Plant) -> Iterator[Finding]:
    """Candidates and customers of which nobody knows where they are."""
    for key, task in plant.siting.items():
        rows = {**task.prices, **task.distances}
        reached = {customer for row in (*task.prices.values(), *task.distances.values()) for customer in row}
        for name, candidate in task.candidates.items():
            site = plant.sites.get(candidate.site or name)
            if candidate.position is None and (site is None or site.position is None) and name not in rows:
                yield _nowhere(f"siting.{key}.candidates.{name}", "site with a position or ")
        for name, customer in task.customers.items():
            if customer.position is None and name not in reached:
                yield _nowhere(f"siting.{key}.customers.{name}", "")


def _nowhere(path: str, other: str) -> Finding:
    return fault(
        "E257",
        path,
        "nothing says where this is",
        f"Write position: [53.90, 27.56] (latitude, longitude), or its {other}distances.",
    )


def _is_unlimited(task: Siting) -> bool:
    return task.kind == "maximal-covering" and task.budget is None


def _is_carried_free(task: Siting) -> bool:
    return task.carriage is None and not task.prices and any(each.carriage is None for each in task.candidates.values())


def _radii(here: str, task: Siting) -> Iterator[Finding]:
    if task.kind in SERVING or task.radius is not None:
        return
    blind = [name for name, candidate in task.candidates.items() if candidate.radius is None]
    if blind:
        yield fault(
            "E256",
            f"{here}.radius",
            f"how far does {listed(blind[:1])} see?",
            "Write radius: 5 km, or of each candidate.",
        )


def _amounts(plant: Plant, here: str, task: Siting) -> Iterator[Finding]:
    """What customers take: one of three ways to say it, and shares of something that is there."""
    for name, customer in task.customers.items():
        if sum(each is not None for each in (customer.demand, customer.share, customer.weight)) > 1:
            yield fault(
                "E258",
                f"{here}.customers.{name}",
                "what it takes is written in more than one way",
                "Keep one of demand, share and weight.",
            )
    shares = [customer.share.base for customer in task.customers.values() if customer.share is not None]
    if sum(shares) > 1 + 1e-9:
        total = f"{100 * sum(shares):.6g} %"
        yield fault(
            "E258",
            f"{here}.customers",
            f"the shares of the demand add up to {total}",
            "Let them add up to 100 % at most.",
        )
    if shares and not plant.demand:
        yield fault(
            "E258", f"{here}.customers", "shares of a demand that the plant does not have", "Write demand, or pieces."
        )


def _criteria(here: str, task: Siting) -> Iterator[Finding]:
    for name, criterion in task.criteria.items():
        missing = [key for key in task.candidates if key not in criterion.scores]
        if criterion.scores and missing:
            yield fault(
                "E259",
                f"{here}.criteria.{name}.scores",
                f"no score of {listed(missing)}",
                "Score every candidate, or none where the task's own objective is meant.",
            )
    if task.criteria and task.doubt.base <= 0:
        yield fault("E259", f"{here}.doubt", "weights that are beyond doubt", "Write a share above 0 %, such as 30 %.")
