"""Random numbers of a search: one state of 64 bits per search, in an array.

References
----------
G. Marsaglia (2003), "Xorshift RNGs", Journal of Statistical Software 8(14), doi 10.18637/jss.v008.i14.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from plantwright.jit import kernel

State = NDArray[np.uint64]


def state_of(*seeds: int) -> State:
    """The state that belongs to some numbers. (1,) uint64, never 0"""
    return np.random.SeedSequence(seeds).generate_state(1, np.uint64) | np.uint64(1)


@kernel
def drawn(state: State) -> np.uint64:
    """The next 64 bits."""
    bits = state[0]
    bits ^= bits << np.uint64(13)
    bits ^= bits >> np.uint64(7)
    bits ^= bits << np.uint64(17)
    state[0] = bits
    return bits


@kernel
def below(state: State, number: int) -> int:
    """A whole number from 0 to below another (of at most 32 bits)."""
    return np.int64(((drawn(state) >> np.uint64(32)) * np.uint64(number)) >> np.uint64(32))


@kernel
def share(state: State) -> float:
    """A number above 0, at most 1."""
    return np.float64((drawn(state) >> np.uint64(11)) + np.uint64(1)) * (1.0 / 9007199254740992.0)
