"""The sections of answers about supply and work, each in a file of its own, by the noun of the question."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from plantwright.model.plant import Plant
from plantwright.report import balance, materials, platform, risk, schedule, screening, siting, sourcing
from plantwright.report.figure import Section, Table
from plantwright.report.names import Names
from plantwright.results import Printable
from plantwright.results.wording import sentence

Pages = Callable[[Any, Plant, Names], Iterator[Section]]
"""Makes sections of an answer, the plant it was asked of, and the names of its things."""

PAGES: dict[str, Pages] = {
    "platform": platform.sections,
    "materials": materials.sections,
    "sourcing": sourcing.sections,
    "risk": risk.sections,
    "siting": siting.sections,
    "screening": screening.sections,
    "schedule": schedule.sections,
    "balance": balance.sections,
}

SUPPLY = ("supply", "Shared, bought, placed and at risk", "supply")
WORK = ("work", "Scheduled and balanced", "work on the floor")
"""Key and title of the sections of several answers, and what their questions are about."""


def noun_of(answer: Printable) -> str:
    """The question that an answer answers: ``risk`` of a ``RiskAnswer``."""
    return type(answer).__name__.removesuffix("Answer").lower()


def sections(noun: str, answer: Printable, plant: Plant, names: Names) -> Iterator[Section]:
    """Every section of one answer."""
    yield from PAGES[noun](answer, plant, names)


def briefly(
    answers: Mapping[str, Printable], plant: Plant, names: Names, about: tuple[str, str, str] = SUPPLY
) -> Iterator[Section]:
    """The verdicts side by side, then every section of the answers with its figures and tables folded away."""
    if not answers:
        return
    rows = [(noun, sentence(getattr(answer, "verdict", ""))) for noun, answer in answers.items()]
    table = Table.of("In a sentence each", ("question", "answer"), rows, text=(1,))
    key, title, subject = about
    lede = f"What each question about {subject} says of this plant. Asked alone, as a command, each tells more."
    yield Section(key, title, lede, tables=(table,))
    for noun, answer in answers.items():
        for section in sections(noun, answer, plant, names):
            yield replace(section, closed=_folds(section))


def _folds(section: Section) -> bool:
    """Whether there is anything to fold away."""
    return bool(section.figures or section.tables or section.notes or section.folded)
