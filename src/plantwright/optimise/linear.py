"""Linear programmes given to HiGHS by rows, and what it says when there is no optimum."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from plantwright.errors import Finding, RunError
from plantwright.optimise.solver import highs

if TYPE_CHECKING:
    import highspy

DEVEX, NOT = 1, 0
"""How HiGHS numbers a pricing rule that starts at no cost from any basis, and scaling switched off."""
Row = tuple[NDArray[np.int64], NDArray[np.float64]]
"""Columns of a row and their coefficients."""
Matrix = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]
"""Rows behind one another: where each begins (and the last one ends), columns, coefficients."""


def programme(
    cost: NDArray[np.float64],
    bounds: tuple[NDArray[np.float64], NDArray[np.float64]],
    matrix: Matrix,
    limits: tuple[NDArray[np.float64], NDArray[np.float64]],
    *,
    whole: NDArray[np.bool_] | None = None,
) -> highspy.HighsLp:
    """A programme as HiGHS reads it: minimise ``cost x`` with ``bounds`` on x and ``limits`` on rows.

    Parameters
    ----------
    cost
        Of the columns. (C,) float64
    bounds, limits
        Least and most of the columns and of the rows, infinite where there is none.
    matrix
        The rows.
    whole
        Which columns are whole numbers, (C,) bool; none where left out.
    """
    module = highs()
    made = module.HighsLp()
    starts, columns, values = matrix
    made.num_col_, made.num_row_ = len(cost), len(starts) - 1
    made.col_cost_ = cost
    made.col_lower_, made.col_upper_ = bounds
    made.row_lower_, made.row_upper_ = limits
    made.a_matrix_.format_ = module.MatrixFormat.kRowwise
    made.a_matrix_.start_, made.a_matrix_.index_, made.a_matrix_.value_ = starts, columns, values
    if whole is not None and whole.any():
        kinds = module.HighsVarType
        made.integrality_ = [kinds.kInteger if each else kinds.kContinuous for each in whole]
    return made


def by_rows(rows: Sequence[Row]) -> Matrix:
    """Rows as one matrix."""
    starts = np.cumsum([0, *(len(columns) for columns, _ in rows)]).astype(np.int32)
    columns = np.concatenate([columns for columns, _ in rows]).astype(np.int32)
    return starts, columns, np.concatenate([values for _, values in rows])


def linear(
    cost: NDArray[np.float64],
    bounds: tuple[NDArray[np.float64], NDArray[np.float64]],
    rows: Sequence[Row],
    limits: tuple[NDArray[np.float64], NDArray[np.float64]],
    *,
    tolerance: float = 1e-9,
) -> highspy.Highs:
    """A model that minimises ``cost x`` with ``bounds`` on x and ``limits`` on rows, to be solved and changed.

    Parameters
    ----------
    cost
        Of the columns. (C,) float64
    bounds
        Least and most of the columns, infinite where there is none. Each (C,) float64
    rows
        Columns and coefficients of each row.
    limits
        Least and most of the rows, infinite where there is none.
    tolerance
        How far bounds and reduced costs may be missed. [-]

    Notes
    -----
    One thread, the dual simplex method, no presolve, no scaling (callers count in units near one), edge weights that
    need not be worked out anew: the model is solved again and again from a basis that is nearly right, and the same
    sequence of changes gives the same answers.
    """
    module = highs()
    model: highspy.Highs = module.Highs()
    options: dict[str, Any] = {
        "output_flag": False,
        "threads": 1,
        "solver": "simplex",
        "presolve": "off",
        "simplex_dual_edge_weight_strategy": DEVEX,
        "simplex_scale_strategy": NOT,
        "primal_feasibility_tolerance": tolerance,
        "dual_feasibility_tolerance": tolerance,
    }
    for name, value in options.items():
        model.setOptionValue(name, value)
    model.passModel(programme(cost, bounds, by_rows(rows), limits))
    return model


def solved(model: highspy.Highs) -> None:
    """Nothing, where the model was solved to its optimum.

    Raises
    ------
    RunError
        It was not.
    """
    status = model.getModelStatus()
    if status.name != "kOptimal":
        what = f"the solver found no optimum: {model.modelStatusToString(status).lower()}"
        raise RunError(Finding("E441", what, "Look for numbers in the document that are very large or very small."))
