"""What is limited: each limit says that one expression is at most so many times another, in several rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from plantwright.optimise.sourcing.content import ratio
from plantwright.optimise.sourcing.measures import Expression, Measures
from plantwright.problems.sourcing import Floats, SourcingProblem


@dataclass(frozen=True, eq=False)
class Limit:
    """``over <= bound base`` in every row.

    Attributes
    ----------
    over, base
        One expression a row.
    bound
        Infinite where a row is not limited. (rows,) float64
    """

    over: tuple[Expression, ...]
    base: tuple[Expression, ...]
    bound: Floats

    def row(self, number: int, bound: float) -> tuple[Floats, float]:
        """Factors and most of ``(over - bound base) x <= bound base0 - over0``."""
        over, base = self.over[number], self.base[number]
        return over.factors - bound * base.factors, bound * base.constant - over.constant

    def reached(self, x: Floats) -> Floats:
        """The ratio of each row in a plan; 0 of nothing is 0. (rows,) float64"""
        over = np.array([each.at(x) for each in self.over])
        base = np.array([each.at(x) for each in self.base])
        nothing = np.where(over > 0, np.inf, 0.0)
        ratios: Floats = np.divide(over, base, out=nothing, where=base > 0)
        return ratios


def limits_of(problem: SourcingProblem, measures: Measures) -> dict[str, Limit]:
    """Every limit there can be, by name; ``floor`` has a row for each measured line and year, others for each year."""
    years, limits, content = range(problem.years), problem.limits, problem.content
    one = Expression(np.zeros(measures.columns.size), 1.0)
    found = {
        "budget": _limit([measures.spent(year) for year in years], [one] * problem.years, limits.budget),
        "investment": _limit([measures.once()], [one], [limits.investment]),
        "carbon": _limit([measures.carbon(year) for year in years], [one] * problem.years, limits.carbon),
    }
    base = [measures.all_value(year) for year in years]
    for country, bound in enumerate(limits.country):
        if np.isfinite(bound):
            over = [measures.from_country(country, year) for year in years]
            found[f"country {country}"] = _limit(over, base, [bound] * problem.years)
    if content.method:
        how = {"method": content.method, "of": content.of, "at": content.at}
        lines = np.flatnonzero(content.measured)
        ratios = [ratio(measures, line, year, **how) for line in lines.tolist() for year in years]
        floor = 1.0 - np.nan_to_num(content.floor[lines], nan=-np.inf).ravel()
        found["floor"] = _limit([each.short for each in ratios], [each.base for each in ratios], floor)
    losses = _losses(problem, measures)
    if losses:
        found["exposure"] = _limit(losses, [one] * len(losses), [limits.exposure] * len(losses))
    return found


def _losses(problem: SourcingProblem, measures: Measures) -> list[Expression]:
    """Margin lost with each supplier in each year, over its time to recover."""
    exposures, found = problem.exposures, []
    if not len(exposures.line):
        return []
    for supplier, recovery in enumerate(exposures.recovery):
        for year in range(problem.years):
            factors = np.zeros(measures.columns.size)
            factors[measures.columns.lost[supplier, :, year]] = exposures.margin[:, year] * recovery
            found.append(Expression(factors))
    return found


def _limit(over: Iterable[Expression], base: Iterable[Expression], bound: Iterable[float]) -> Limit:
    return Limit(tuple(over), tuple(base), np.array(list(bound), dtype=float))
