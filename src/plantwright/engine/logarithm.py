"""The natural logarithm in plain arithmetic: many are taken at once, and all processors agree to the last bit."""

from __future__ import annotations

import numpy as np

from plantwright.jit import inlined

EXPONENT_FROM = 52
"""The bit of a float64 from which on its exponent stands."""
ROOT_HALF = 0x3FE6A09E667F3BCD
"""The bits of the square root of 1/2."""
LN2_HIGH, LN2_LOW = float.fromhex("0x1.62e42fee00000p-1"), 1.9082149292705877e-10
"""ln 2 in two parts, of which the first has so few digits that any exponent times it is exact."""


@inlined
def logarithm(x):
    """Ln x of a number between 1e-300 and 1, off by less than one unit in the last place.

    x = 2^k m, m within a factor of sqrt(2) of 1, and ln m = f - s (f - 2 (z/3 + z^2/5 + z^3/7 + ...)) with f = m - 1,
    s = f / (m + 1) and z = s^2 (Gregory's series of the area tangent), which is below 0.03: ten terms are enough.
    """
    bits = np.float64(x).view(np.int64)
    k = (bits - ROOT_HALF) >> EXPONENT_FROM
    m = np.int64(bits - (k << EXPONENT_FROM)).view(np.float64)
    f = m - 1.0
    s = f / (m + 1.0)
    z = s * s
    series = 1 / 11 + z * (1 / 13 + z * (1 / 15 + z * (1 / 17 + z * (1 / 19 + z * (1 / 21)))))
    series = z * (1 / 3 + z * (1 / 5 + z * (1 / 7 + z * (1 / 9 + z * series))))
    return k * LN2_HIGH + (f - (s * (f - 2.0 * series) - k * LN2_LOW))
