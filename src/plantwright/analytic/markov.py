"""Small Markov chains from a rule: every state that can be reached, the time spent in each, and what changes it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csc_matrix
from scipy.sparse.linalg import splu, spsolve

State = TypeVar("State", bound=Hashable)
Moves = Callable[[State], Iterable[tuple[float, State]]]

MOST_STATES = 200_000  # a sparse solve of more takes minutes and gigabytes: such a plant is for the simulation


def reachable(start: State, moves: Moves[State]) -> tuple[list[State], NDArray[np.float64]]:
    """All states that ``moves`` leads to from ``start``, and the rates between them.

    Parameters
    ----------
    start : hashable
        Any state of the chain; it comes first in the list.
    moves : function of a state
        The (rate, next state) pairs out of it: rates [1/s] of a continuous chain, probabilities [-] of one in steps.

    Returns
    -------
    states : list
        In the order found.
    rates : (N, 3) float64
        Rows of from, to (indices into ``states``) and rate; moves that stay where they are left out.

    Raises
    ------
    ValueError
        More than `MOST_STATES` states.

    Examples
    --------
    A lamp that fails and is replaced:

    >>> states, rates = reachable("lit", {"lit": [(0.1, "dark")], "dark": [(2.0, "lit")]}.__getitem__)
    >>> states, rates.tolist()
    (['lit', 'dark'], [[0.0, 1.0, 0.1], [1.0, 0.0, 2.0]])
    """
    index = {start: 0}
    states = [start]
    rates: list[tuple[int, int, float]] = []
    for here, state in enumerate(states):  # the list grows while it is walked: breadth first
        for rate, after in moves(state):
            if after not in index:
                index[after] = len(states)
                states.append(after)
            if index[after] != here:
                rates.append((here, index[after], rate))
        if len(states) > MOST_STATES:
            raise ValueError(f"more than {MOST_STATES} states: simulate this one instead")
    return states, np.array(rates, dtype=np.float64).reshape(-1, 3)


def stationary(size: int, rates: NDArray[np.float64]) -> NDArray[np.float64]:
    """Long-run share of time in each state, whichever state it began in. (N,) float64 [-]

    Parameters
    ----------
    size : int
        Number of states N; all can be reached from the first, and the first from all in the recurrent class.
    rates : (M, 3) float64
        Rows of from, to and rate, as `reachable` returns them.

    Notes
    -----
    Solves pi Q = 0 with one balance equation replaced by sum(pi) = 1, by a sparse LU; for a chain in steps Q = P - I.

    References
    ----------
    Stewart, W. J. (2009), Probability, Markov Chains, Queues, and Simulation, Princeton, ISBN 978-0-691-14062-9,
    section 10.2 (direct methods).

    Examples
    --------
    >>> stationary(2, np.array([[0, 1, 0.1], [1, 0, 2.0]])).round(6).tolist()
    [0.952381, 0.047619]
    """
    if size == 1:
        return np.ones(1)
    right = np.zeros(size)
    right[0] = 1.0
    shares = spsolve(_balance(size, rates), right)
    return np.asarray(np.clip(shares, 0.0, None), dtype=np.float64)


def stationary_changes(size: int, rates: NDArray[np.float64], changes: NDArray[np.float64]) -> NDArray[np.float64]:
    """How the long-run shares of time change with parameters that the rates depend on. (K, N) float64

    Parameters
    ----------
    size, rates
        As in `stationary`.
    changes : (K, M) float64
        Derivative of each rate with respect to each parameter. [1/s per unit of the parameter]

    Notes
    -----
    From pi Q = 0 follows pi' Q = -pi Q', with the shares of pi' adding up to 0: one more solution of the same equations
    for each parameter, exact, no differences taken.

    References
    ----------
    Golub, G. H., Meyer, C. D. (1986), Using the QR factorization and group inversion to compute, differentiate, and
    estimate the sensitivity of stationary probabilities for Markov chains, SIAM Journal on Algebraic and Discrete
    Methods 7(2), doi:10.1137/0607031.

    Examples
    --------
    Dark for a / (a + b) of the time, a = 1, b = 1: the share rises by b / (a + b)^2 = 1/4 with a.

    >>> rates = np.array([[0, 1, 1.0], [1, 0, 1.0]])
    >>> stationary_changes(2, rates, np.array([[1.0, 0.0]])).tolist()
    [[-0.25, 0.25]]
    """
    if size == 1:
        return np.zeros((len(changes), 1))
    shares = stationary(size, rates)
    source, target = rates[:, 0].astype(np.intp), rates[:, 1].astype(np.intp)
    moved = changes * shares[source]
    right = np.array([np.bincount(source, each, size) - np.bincount(target, each, size) for each in moved])
    right[:, 0] = 0.0
    return np.asarray(splu(_balance(size, rates)).solve(right.T).T, dtype=np.float64)


def _balance(size: int, rates: NDArray[np.float64]) -> csc_matrix:
    """The balance equations, the first of which is redundant: its row becomes the sum of the shares. (N, N)"""
    source, target, rate = rates[:, 0].astype(np.intp), rates[:, 1].astype(np.intp), rates[:, 2]
    leaving = np.bincount(source, weights=rate, minlength=size)
    kept = target != 0
    everyone = np.arange(size)
    rows = np.concatenate([target[kept], everyone[1:], np.zeros(size, dtype=np.intp)])
    columns = np.concatenate([source[kept], everyone[1:], everyone])
    entries = np.concatenate([rate[kept], -leaving[1:], np.ones(size)])
    return coo_matrix((entries, (rows, columns)), shape=(size, size)).tocsc()
