"""One plant under study: what several answers share is run once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from plantwright.errors import RunError
from plantwright.model.plant import Plant
from plantwright.model.unused import not_used, refusals
from plantwright.results import Estimate, Provenance, Run
from plantwright.study.asked import AskedOfAYear
from plantwright.study.effort import Effort
from plantwright.study.estimate import over
from plantwright.study.provenance import provenance
from plantwright.study.replicate import Crowd, Span, narrow, replicate, replications
from plantwright.study.year import Year, prepare

TELLING = 20
"""Years that show a chance of 86 % where all of them reach the target: run where they are cheap. [-]"""


@dataclass
class Session:
    """A plant, the effort it is worth, and the replications of its year.

    Attributes
    ----------
    plant : Plant
        A sound plant.
    effort : Effort
        The budgets.
    seed : int
        Key of all random numbers.
    crowd : Crowd
        Who runs.
    """

    plant: Plant
    effort: Effort
    seed: int
    crowd: Crowd

    @cached_property
    def year(self) -> Year:
        """The plant ready for its capacity runs."""
        return prepare(self.plant, self.effort, seed=self.seed, crowd=self.crowd)

    @cached_property
    def span(self) -> Span:
        """A year, or as much of it as the effort allows, after the warm-up."""
        return self.year.span(self.effort.year_moves, fine=True)

    @cached_property
    def runs(self) -> list[Run]:
        """Replications of the year, until the interval is narrow or the budget is spent."""
        year, effort = self.year, self.effort
        most = min(max(effort.least, int(effort.capacity_moves / year.moves(self.span))), effort.most)
        return replicate(
            self.crowd,
            replications(year.lowered(self.span), self.span, seed=self.seed),
            what="the capacity of a year",
            least=max(effort.least, min(most, TELLING)),
            most=most,
            enough=lambda runs: narrow(over(runs, year.total), effort.relative_half_width),
        )

    @cached_property
    def units_per_year(self) -> Estimate:
        """Good units a year of the plant as written."""
        return over(self.runs, self.year.total)

    @property
    def measures_a_year(self) -> bool:
        """Whether each replication is a whole year of output."""
        return self.span.measured >= self.year.whole

    @property
    def provenance(self) -> Provenance:
        """What the answer can be traced to."""
        return provenance(self.plant, seed=self.seed, effort=self.effort.name)

    def notes(self) -> tuple[str, ...]:
        """What the reader should know about how it was run."""
        year = self.year
        day_s = 86_400_000_000
        found = [
            *year.notes,
            f"Cyclic steady state: the first {_length(year.warmup * year.period / day_s)} of each run are left out.",
        ]
        if not self.measures_a_year:
            found.append(
                f"Each run measures {_length(self.span.measured / day_s)}, scaled to a year: "
                "more would not fit the effort."
            )
        for run in self.runs:
            found += [note for note in run.notes if note not in found]
        if self.crowd.interrupted:
            found.append("It was interrupted: the answer rests on the runs that were finished.")
        return tuple(found)


@contextmanager
def session_of(plant: Plant, asked: AskedOfAYear) -> Iterator[Session]:
    """The study of a plant that a question asks for.

    Raises
    ------
    RunError
        There is no such effort, or the question is strict and nothing uses some of what the document gives.
    """
    accept(plant, strict=asked.strict)
    budget = asked.budget
    with Crowd(asked.workers, asked.progress) as crowd:
        yield Session(plant, budget, asked.seed, crowd)


def _length(days: float) -> str:
    """A length of time in whole weeks or in days."""
    if days >= 7 and days % 7 == 0:
        return f"{days / 7:g} weeks"
    return f"{days:.3g} days"


def accept(plant: Plant, *, strict: bool, question: str = "") -> tuple[str, ...]:
    """Paths of what the document gives and nothing uses yet, or nothing but another question.

    Raises
    ------
    RunError
        There are any, and the answer is to be strict.
    """
    found = not_used(plant, question)
    if strict and found:
        raise RunError(*refusals(found))
    return found
