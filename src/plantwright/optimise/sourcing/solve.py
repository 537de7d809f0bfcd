"""The programme solved by HiGHS: a plan proven best, then its linear programme with all decisions as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import sparse

from plantwright.errors import Finding, RunError
from plantwright.optimise.linear import programme
from plantwright.optimise.solver import highs
from plantwright.optimise.sourcing.model import Model
from plantwright.problems.sourcing import Floats, Indices

GAP = 1e-7
"""How far a plan may be from the best one, as a share of its cost. [-]"""
NODES = 200_000
"""Nodes of the search; a count, so that the same question gets the same answer on any machine. [-]"""
TOLERANCE = 1e-9

Bounds = Mapping[str, Floats]
"""New bounds of limits, by name of the limit."""


@dataclass(frozen=True, eq=False)
class Solution:
    """The best plan found.

    Attributes
    ----------
    x
        Columns, in the units of the model. (n,) float64
    objective
        Of the plan, in money. [money]
    gap
        How far it may be from the best one. [-]
    slope
        By limit: what a row's bound is worth, money per unit of bound, 0 where it does not bind; at these decisions.
        (rows,) float64
    reduced
        What forcing one unit of a column in would cost; at these decisions. (n,) float64 [money]
    dual
        Money per unit of each row of the model. (rows,) float64
    """

    x: Floats
    objective: float
    gap: float
    slope: Mapping[str, Floats]
    reduced: Floats
    dual: Floats


@dataclass(frozen=True, eq=False)
class Question:
    """What is asked of a model.

    Attributes
    ----------
    bounds
        Other bounds of limits than the problem's; infinite ones are no limits.
    objective
        What is minimised, by column; the model's cost when left out. (n,) float64
    free
        Other bounds of columns: columns, least, most (numbers, or one for each column).
    loosened
        Rows of limits that may be missed, by name and row: each by so many times the slack column.
    gap
        How far the plan may be from the best one, as a share of its cost. [-]
    """

    bounds: Bounds = field(default_factory=dict)
    objective: Floats | None = None
    free: Sequence[tuple[Indices, Floats | float, Floats | float]] = ()
    loosened: Mapping[tuple[str, int], float] = field(default_factory=dict)
    gap: float = GAP


COSTS_LEAST = Question()


def solve(model: Model, question: Question = COSTS_LEAST, *, fixed: Floats | None = None) -> Solution | None:
    """The best plan, or None where there is none.

    Parameters
    ----------
    model
        The constraints.
    question
        What is limited and minimised.
    fixed
        A plan whose decisions are kept: only quantities are free then. (n,) float64

    Raises
    ------
    RunError
        The solver gave up.
    """
    programme = _Programme(model, question)
    gap, x = 0.0, fixed
    if x is None:
        found = programme.run()
        if found is None:
            return None
        x, gap = found
    return programme.polished(x, gap)


class _Programme:
    """One programme: the rows of the model and those of the limits that bind, ready for HiGHS."""

    def __init__(self, model: Model, question: Question) -> None:
        self.model = model
        self.objective = model.cost.factors if question.objective is None else question.objective
        self.scale = float(np.abs(self.objective).max(initial=0.0)) / 1e3 or 1.0
        at = model.columns
        self.least, self.most = at.lower.copy(), at.upper.copy()
        for columns, least, most in question.free:
            self.least[columns], self.most[columns] = least, most
        self.gap = question.gap
        self.limit_rows: list[tuple[str, int, float]] = []
        self.matrix, self.lower, self.upper = self._rows(question)

    def _rows(self, question: Question) -> tuple[sparse.csr_matrix, Floats, Floats]:
        model, factors, most = self.model, [], []
        for name, limit in model.limits.items():
            for number, bound in enumerate(question.bounds.get(name, limit.bound)):
                if np.isfinite(bound):
                    row, upper = limit.row(number, float(bound))
                    scale = float(np.abs(row).max(initial=0.0)) or 1.0
                    row[model.columns.slack] = -question.loosened.get((name, number), 0.0)
                    self.limit_rows.append((name, number, scale))
                    factors.append(row / scale)
                    most.append(upper / scale)
        limits = sparse.csr_matrix(np.array(factors).reshape(len(factors), model.columns.size))
        lower, upper_ = model.rows.bounds()
        return (
            sparse.vstack([model.rows.matrix(), limits], format="csr"),
            np.concatenate([lower, np.full(len(most), -np.inf)]),
            np.concatenate([upper_, np.array(most)]),
        )

    def run(self) -> tuple[Floats, float] | None:
        """The best plan and how far it may be from the best there is; None where there is none."""
        solver = self._solver(self.least, self.most, integer=True)
        solver.run()
        status = solver.getModelStatus().name
        if status in ("kInfeasible", "kUnboundedOrInfeasible"):
            return None
        information = solver.getInfo()
        if status not in ("kOptimal", "kSolutionLimit") or not np.isfinite(information.objective_function_value):
            raise _gave_up(solver.modelStatusToString(solver.getModelStatus()))
        return np.array(solver.getSolution().col_value), float(max(0.0, information.mip_gap))

    def polished(self, x: Floats, gap: float) -> Solution | None:
        """The best quantities at the decisions of a plan, with what bounds are worth there."""
        whole = self.model.columns.integer
        lower, upper = self.least.copy(), self.most.copy()
        lower[whole] = upper[whole] = np.round(x[whole])
        solver = self._solver(lower, upper, integer=False)
        solver.run()
        if solver.getModelStatus().name in ("kInfeasible", "kUnboundedOrInfeasible"):
            return None
        if solver.getModelStatus().name != "kOptimal":
            raise _gave_up(solver.modelStatusToString(solver.getModelStatus()))
        found = solver.getSolution()
        best, dual = np.array(found.col_value), np.array(found.row_dual) * self.scale
        rows = len(self.lower) - len(self.limit_rows)
        slope = {name: np.zeros(len(limit.bound)) for name, limit in self.model.limits.items()}
        for (name, number, scale), price in zip(self.limit_rows, dual[rows:], strict=True):
            slope[name][number] = price / scale * self.model.limits[name].base[number].at(best)
        worth = float(self.objective @ best)
        return Solution(best, worth, gap, slope, np.array(found.col_dual) * self.scale, dual / self._row_scales())

    def _row_scales(self) -> Floats:
        return np.concatenate([self.model.rows.scale, [scale for _, _, scale in self.limit_rows]])

    def _solver(self, lower: Floats, upper: Floats, *, integer: bool) -> Any:
        module = highs()
        solver = module.Highs()
        options: dict[str, Any] = {
            "output_flag": False,
            "threads": 1,
            "random_seed": 0,
            "mip_rel_gap": self.gap,
            "mip_allow_restart": False,
            "mip_abs_gap": 0.0,
            "mip_max_nodes": NODES,
            "mip_feasibility_tolerance": TOLERANCE,
            "primal_feasibility_tolerance": TOLERANCE,
            "dual_feasibility_tolerance": TOLERANCE,
        }
        for name, value in options.items():
            solver.setOptionValue(name, value)
        rows = self.matrix.indptr.astype(np.int32), self.matrix.indices.astype(np.int32), self.matrix.data
        whole = self.model.columns.integer if integer else None
        solver.passModel(
            programme(self.objective / self.scale, (lower, upper), rows, (self.lower, self.upper), whole=whole)
        )
        return solver


def _gave_up(said: str) -> RunError:
    what = f"the solver found no best plan: {said.lower()}"
    return RunError(Finding("E441", what, "Look for numbers in the document that are very large or very small."))
