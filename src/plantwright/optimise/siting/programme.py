"""A mixed-integer programme that grows by constraint families and stays in HiGHS while its bounds change."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from plantwright.errors import Finding, RunError
from plantwright.optimise.linear import programme
from plantwright.optimise.solver import highs

NODES = 100_000
"""Branches that are looked at before the best choice so far is given with its bound; a count, so that it repeats."""

Matrix = Any
"""A sparse matrix of scipy, which has no types."""


class Programme:
    """Minimises a linear cost of columns between bounds, some of them whole.

    Parameters
    ----------
    cost : (N,) floats
        Of a unit of each column.
    whole : (N,) bools
        Columns that take whole numbers.
    upper : (N,) floats
        Most of each column; the least is 0.
    """

    def __init__(self, cost: ArrayLike, whole: NDArray[np.bool_], upper: ArrayLike) -> None:
        self.cost = np.asarray(cost, dtype=np.float64)
        self.whole = whole
        self.upper = np.broadcast_to(np.asarray(upper, dtype=np.float64), self.cost.shape)
        self._rows: list[tuple[Matrix, NDArray[np.float64], NDArray[np.float64]]] = []
        self._solver: Any = None

    def require(self, rows: Matrix, *, at_least: ArrayLike = -np.inf, at_most: ArrayLike = np.inf) -> None:
        """``at_least <= rows x <= at_most``; rows (R, N) sparse."""
        shape = (rows.shape[0],)
        bounds = (np.broadcast_to(np.asarray(side, dtype=np.float64), shape) for side in (at_least, at_most))
        self._rows.append((rows, *bounds))

    def bound(self, column: int, low: float, high: float) -> None:
        """``low <= x_column <= high`` from now on."""
        self._loaded().changeColBounds(column, low, high)

    def solve(self) -> tuple[NDArray[np.float64], float, float] | None:
        """Columns, cost and proven bound of the best; None where nothing meets the rows.

        Raises
        ------
        RunError
            Neither a solution nor that there is none was found within the limit of branches.
        """
        solver, library = self._loaded(), highs()
        solver.run()
        found = solver.getModelStatus()
        kinds = library.HighsModelStatus
        if found in (kinds.kInfeasible, kinds.kUnboundedOrInfeasible):
            return None
        info = solver.getInfo()
        if info.primal_solution_status != library.SolutionStatus.kSolutionStatusFeasible:
            what = f"no choice of sites was found in {NODES:,} branches, nor that there is none"
            raise RunError(Finding("E446", what, "Take fewer candidates, or let customers be split."))
        cost = float(info.objective_function_value)
        bound = float(info.mip_dual_bound) if self.whole.any() else cost
        return np.asarray(solver.getSolution().col_value, dtype=np.float64), cost, bound

    def _loaded(self) -> Any:
        """The solver with this programme in it."""
        if self._solver is None:
            library = highs()
            self._solver = library.Highs()
            self._solver.silent()
            for option, value in _OPTIONS.items():
                self._solver.setOptionValue(option, value)
            self._solver.passModel(self._model())
        return self._solver

    def _model(self) -> Any:
        matrix = sparse.csr_array(sparse.vstack([rows for rows, _, _ in self._rows]))
        low = np.concatenate([low for _, low, _ in self._rows])
        high = np.concatenate([high for _, _, high in self._rows])
        bounds = np.zeros_like(self.cost), self.upper
        rows = matrix.indptr, matrix.indices, matrix.data
        return programme(self.cost, bounds, rows, (low, high), whole=self.whole)


_OPTIONS = {
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.0,
    "mip_max_nodes": NODES,
    # The relaxation of the strong form is so tight that these two cost more time than they save.
    "mip_heuristic_run_feasibility_jump": False,
    "mip_heuristic_run_root_reduced_cost": False,
}
