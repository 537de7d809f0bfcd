"""What do the variants share, what does sharing save, what does it put at risk, what does a new variant need?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from plantwright.answers.compare import compare
from plantwright.errors import Finding, RunError
from plantwright.io.patch import Patch, apply
from plantwright.model.bill import dates
from plantwright.model.members import families, members, options
from plantwright.model.naming import thing_called
from plantwright.model.plant import Plant
from plantwright.results import BillLine, Difference, Execution, PlatformAnswer, VariantNeeds
from plantwright.study.apart import apart
from plantwright.study.asked import AskedOfSupplyInAYear, question
from plantwright.study.commonality import commonality
from plantwright.study.configure import Allowed, allowed, bill_lines, choice_of, family_bill, family_of
from plantwright.study.exposed import exposed
from plantwright.study.modules import shared_modules
from plantwright.study.platform_words import facts, notes, verdict
from plantwright.study.provenance import Stopwatch, provenance
from plantwright.study.reliance import suppliers_lost
from plantwright.study.savings import savings
from plantwright.study.savings_range import savings_range
from plantwright.study.screened import screened
from plantwright.study.session import accept
from plantwright.study.variant import variant_needs


@dataclass(frozen=True, kw_only=True)
class AskedOfAPlatform(AskedOfSupplyInAYear):
    """What ``platform`` can be told.

    Attributes
    ----------
    family
        The family; the first one when left out.
    choose
        Values of options that are wanted, such as ``{"payload": "camera"}``; ``product`` is an option too.
    on
        The day of configurations and bills; the plant's first when left out.
    variant
        A new variant: a patch of the plant, or new values by path.
    simulate
        Run the plant too, on the same random numbers: with copies of all modules for each product and as it is, and
        without and with the variant.
    """

    family: str | None = None
    choose: Mapping[str, Any] | None = None
    on: dt.date | str | None = None
    variant: Patch | Mapping[str, Any] | None = None
    simulate: bool = False


@question(AskedOfAPlatform)
def platform(plant: Plant, asked: AskedOfAPlatform) -> PlatformAnswer:
    """What the products of a family share, what that saves and puts at risk, and what a new variant needs.

    Parameters
    ----------
    plant
        A sound plant.

    Raises
    ------
    DocumentError
        The variant does not fit the plant, or a list of parties cannot be read.
    RunError
        There is no such family, option, value or day.
    """
    watch = Stopwatch()
    unused = accept(plant, strict=asked.strict)
    held = screened(plant, asked)
    lawful = held.plant
    name = family_of(plant, asked.family)
    day = _day(asked.on, plant)
    left = allowed(plant, name, day, choice_of(plant, name, asked.choose or {}))
    shared, saved, modules = commonality(plant, name), savings(lawful, name), shared_modules(lawful, name)
    answer = PlatformAnswer(
        plant=plant.name,
        verdict="",
        family=name,
        family_name=families(plant)[name].name or name,
        products={key: thing_called(plant, key) for key in members(plant, name)},
        options=options(plant, name),
        on=day.isoformat(),
        configurations=left.configurations,
        conflict=left.conflict,
        bill=_bill(plant, name, day, left) if asked.choose else (),
        family_bill=family_bill(plant, name),
        changes_on=tuple(each.isoformat() for each in dates(families(plant)[name])),
        commonality=shared,
        savings=saved.by_kind,
        savings_per_year=saved.per_year,
        savings_per_year_inputs=savings_range(lawful, name, seed=asked.seed),
        modules=saved.modules,
        exposure=(*exposed(lawful, modules), *suppliers_lost(lawful, name, modules)),
        simulated=_simulated(apart(lawful, name, modules), lawful, asked) if asked.simulate else (),
        variant=_variant(plant, name, asked) if asked.variant is not None else None,
        currency=plant.money.base,
        screened=held.told,
        not_used=unused,
        notes=(*saved.notes, *notes(left)),
        provenance=provenance(plant, seed=asked.seed, effort=asked.budget.name if asked.simulate else ""),
        execution=_execution(watch, asked),
    )
    return replace(answer, verdict=verdict(answer), facts=facts(answer))


def has_data(plant: Plant) -> bool:
    """Whether products stand on a platform."""
    return bool(plant.families) or any(product.platform for product in plant.products.values())


def briefly(plant: Plant, asked: AskedOfSupplyInAYear) -> PlatformAnswer:
    """The answer as part of ``run``: of the first family, on the plant's first day."""
    return platform(plant, seed=asked.seed, workers=asked.workers, **asked.screening)


def _day(on: dt.date | str | None, plant: Plant) -> dt.date:
    if not isinstance(on, str):
        return plant.from_ if on is None else on
    try:
        return dt.date.fromisoformat(on)
    except ValueError:
        raise RunError(Finding("E415", f'"{on}" is no day', 'Write it as in "2027-06-01".')) from None


def _bill(plant: Plant, name: str, day: dt.date, left: Allowed) -> tuple[BillLine, ...]:
    """The bill of what was chosen, where that leaves only one."""
    return bill_lines(plant, name, day, left.configurations[0]) if len(left.configurations) == 1 else ()


def _variant(plant: Plant, name: str, asked: AskedOfAPlatform) -> VariantNeeds:
    assert asked.variant is not None
    after = apply(plant, asked.variant)
    needs = variant_needs(plant, screened(after, asked).plant, name)
    return replace(needs, simulated=_simulated(plant, after, asked)) if asked.simulate else needs


def _simulated(a: Plant, b: Plant, asked: AskedOfAPlatform) -> tuple[Difference, ...]:
    """Both plants on the same random numbers."""
    return compare(a, b, effort=asked.effort, seed=asked.seed, workers=asked.workers, progress=asked.progress).rows


def _execution(watch: Stopwatch, asked: AskedOfAPlatform) -> Execution | None:
    return watch.execution(1) if asked.timing else None
