"""The best mixture of what periods offer, and the prices of requirements that it asks for next (column generation)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from plantwright.optimise.lots.columns import Columns
from plantwright.optimise.lots.periods import Limits, Periods
from plantwright.optimise.solver import highs
from plantwright.problems.lots import Floats, Ints

SMOOTHING = 0.6
"""Share of the best prices so far in the prices that are tried next. [-]"""
KEPT = 500
"""So many columns a part of the tree hands on to what it is split into."""

PRIMAL, DUAL, NOT = 4, 1, 0
"""How HiGHS numbers the simplex methods that suit columns that come later and columns that are forbidden, and scaling
switched off."""
OPTIONS: dict[str, Any] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "presolve": "off",
    "simplex_scale_strategy": NOT,
}


class Basis(NamedTuple):
    """Where the simplex method goes on.

    Attributes
    ----------
    columns : ndarray
        By their numbers. int64
    statuses, rows : ndarray
        How HiGHS numbers the part of each, slacks first, and that of each row. int8
    """

    columns: Ints
    statuses: NDArray[np.int8]
    rows: NDArray[np.int8]


class Mixture(NamedTuple):
    """The relaxed problem within some limits.

    Attributes
    ----------
    bound : float
        No plan within the limits costs less. [money]
    price : ndarray
        Of the requirements, that show it. (P,) float64 [money]
    setups : ndarray
        Share of the mixture in which an item is set up in a period. (T, I) float64 [-]
    is_short : bool
        Whether the bound could be higher and was enough.
    basis : Basis
        Of the linear programme that was solved last.
    """

    bound: float
    price: Floats
    setups: Floats
    is_short: bool
    basis: Basis | None


class Master:
    """A linear programme for each part of the tree: rows are requirements, then periods; columns what periods offered.

    References
    ----------
    Smoothing of prices: Pessoa, A., Sadykov, R., Uchoa, E., Vanderbeck, F. (2018), Automation and combination of
    linear-programming based stabilization techniques in column generation, doi:10.1287/ijoc.2017.0784.
    """

    def __init__(self, periods: Periods, dear: float) -> None:
        self.periods, self.dear = periods, dear
        self.columns = Columns(periods)
        self.begins, self.row, self.share, self.cost = _always(periods, dear)
        self.slacks = len(self.begins)
        self.model = highs().Highs()
        for name, value in OPTIONS.items():
            self.model.setOptionValue(name, value)
        self.now: Ints = np.zeros(0, np.int64)
        """The columns that are in the programme, after the slacks."""

    def solve(
        self,
        limits: Limits,
        start: Mixture,
        *,
        rounds: int,
        tolerance: float,
        is_over: Callable[[], bool],
        enough: float = np.inf,
    ) -> Mixture | None:
        """The bound within limits, from a mixture that is about right; None where nothing is possible.

        Whenever it ends, after so many ``rounds``, within the ``tolerance`` [-], as the bound is ``enough`` [money]
        or the time ``is_over``, the bound holds.
        """
        price = start.price
        offer = self.periods.offer(price, limits)
        if offer is None:
            return None
        self._load(limits, start.basis)
        self._take(self.columns.add(offer, None))
        self.model.setOptionValue("simplex_strategy", PRIMAL if start.basis is None else DUAL)
        bound = offer.bound
        for _ in range(rounds):
            self.model.run()
            self.model.setOptionValue("simplex_strategy", PRIMAL)
            solution = self.model.getSolution()
            value = self.model.getInfo().objective_function_value
            if value - bound <= tolerance * abs(value) or bound >= enough or is_over():
                break
            duals = np.array(solution.row_dual)
            tried = SMOOTHING * price + (1.0 - SMOOTHING) * duals[: self.periods.requirements]
            offer = self.periods.offer(tried, limits)
            assert offer is not None
            if offer.bound > bound:
                bound, price = offer.bound, tried
            self._take(self.columns.add(offer, duals))
        else:
            self.model.run()
            solution = self.model.getSolution()
        setups = self.columns.setups(self.now, np.array(solution.col_value)[self.slacks :])
        is_short = bound >= enough and value - bound > tolerance * abs(value)
        return Mixture(bound, price, setups, is_short, self._basis(np.array(solution.col_dual)[self.slacks :]))

    def _load(self, limits: Limits, basis: Basis | None) -> None:
        """The programme of the columns that a part of the tree hands on; only what the limits allow may be mixed."""
        requirements, rows = self.periods.requirements, self.periods.requirements + self.periods.problem.periods
        self.now = np.zeros(0, np.int64) if basis is None else basis.columns
        begins, row, share = self.columns.entries(self.now)
        programme = highs().HighsLp()
        programme.num_col_, programme.num_row_ = self.slacks + len(self.now), rows
        programme.col_cost_ = np.append(self.cost, self.columns.cost[self.now])
        programme.col_lower_ = np.zeros(self.slacks + len(self.now))
        most = np.where(self.columns.allowed(self.now, limits), np.inf, 0.0)
        programme.col_upper_ = np.append(np.full(self.slacks, np.inf), most)
        programme.row_lower_ = np.ones(rows)
        programme.row_upper_ = np.where(np.arange(rows) < requirements, np.inf, 1.0)
        matrix = programme.a_matrix_
        matrix.format_ = highs().MatrixFormat.kColwise
        always = len(self.row)
        matrix.start_ = np.concatenate([self.begins, always + begins, [always + len(row)]]).astype(np.int32)
        matrix.index_ = np.append(self.row, row).astype(np.int32)
        matrix.value_ = np.append(self.share, share)
        self.model.passModel(programme)
        if basis is not None:
            given = highs().HighsBasis()
            kinds = [highs().HighsBasisStatus(kind) for kind in range(5)]
            given.col_status = [kinds[kind] for kind in basis.statuses.tolist()]
            given.row_status = [kinds[kind] for kind in basis.rows.tolist()]
            given.valid = True
            self.model.setBasis(given)

    def _take(self, new: Ints) -> None:
        """Add columns to the programme."""
        if not len(new):
            return
        begins, row, share = self.columns.entries(new)
        none, most = np.zeros(len(new)), np.full(len(new), np.inf)
        starts, rows = begins.astype(np.int32), row.astype(np.int32)
        self.model.addCols(len(new), self.columns.cost[new], none, most, len(row), starts, rows, share)
        self.now = np.append(self.now, new)

    def _basis(self, reduced: Floats) -> Basis:
        """What to hand on: what is mixed, and what looks best beside it."""
        basis = self.model.getBasis()
        statuses = np.array([int(status) for status in basis.col_status], np.int8)
        is_basic = statuses[self.slacks :] == int(highs().HighsBasisStatus.kBasic)
        order = np.argsort(np.where(is_basic, -np.inf, reduced), kind="stable")
        kept = np.sort(order[: max(KEPT, int(is_basic.sum()))])
        statuses = np.append(statuses[: self.slacks], statuses[self.slacks + kept])
        rows = np.array([int(status) for status in basis.row_status], np.int8)
        return Basis(self.now[kept], statuses, rows)


def _always(periods: Periods, dear: float) -> tuple[Ints, Ints, Floats, Floats]:
    """Columns that are always there: a dear one for each row, and pieces that serve a later requirement instead.

    Where each begins, rows, shares, costs. In the best mixture no requirement has to serve a later one, since what a
    period makes may be exchanged; but it keeps the prices of an item from rising faster than holding costs.
    """
    rows = periods.requirements + periods.problem.periods
    model = periods.model
    every = np.flatnonzero(model.made == 0)
    item, needed, pieces = model.item[every], model.needed[every], model.pieces[every]
    later = np.flatnonzero(item[1:] == item[:-1]) + 1 if len(item) else np.zeros(0, np.int64)
    row = np.column_stack([later - 1, later]).ravel()
    share = np.column_stack([-1.0 / pieces[later - 1], 1.0 / pieces[later]])
    scale = np.minimum(pieces[later - 1], pieces[later])
    cost = scale * periods.problem.holding[item[later]] * (needed[later] - needed[later - 1])
    begins = np.append(np.arange(rows), rows + 2 * np.arange(len(later)))
    shares = np.append(np.ones(rows), (scale[:, None] * share).ravel())
    return begins, np.append(np.arange(rows), row), shares, np.append(np.full(rows, dear), cost)
