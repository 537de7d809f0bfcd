"""The sections of answers about supply, each in a file of its own, by the noun of the question."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from plantwright.model.plant import Plant
from plantwright.report import materials, platform, risk, screening, siting, sourcing
from plantwright.report.figure import Section
from plantwright.report.names import Names
from plantwright.results import Printable

Pages = Callable[[Any, Plant, Names], Iterator[Section]]
"""Makes sections of an answer, the plant it was asked of, and the names of its things."""

PAGES: dict[str, Pages] = {
    "platform": platform.sections,
    "materials": materials.sections,
    "sourcing": sourcing.sections,
    "risk": risk.sections,
    "siting": siting.sections,
    "screening": screening.sections,
}


def noun_of(answer: Printable) -> str:
    """The question that an answer answers: ``risk`` of a ``RiskAnswer``."""
    return type(answer).__name__.removesuffix("Answer").lower()


def sections(answers: Mapping[str, Printable], plant: Plant, names: Names) -> Iterator[Section]:
    """Every section of the answers that were given."""
    for noun, answer in answers.items():
        yield from PAGES[noun](answer, plant, names)
