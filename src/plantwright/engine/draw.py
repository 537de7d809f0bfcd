"""Random numbers: counter-based streams, one per source, one uniform per variate, inverse transform.

The generator is Philox4x32-10 (Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3, SC 2011,
doi 10.1145/2063384.2063405); its published vectors are in the tests. The key is (seed, replication); the counter is
(number of the draw, owner, purpose and ordinal), so that a scenario that adds a machine moves nobody else's numbers.
"""

from __future__ import annotations

import math

import numpy as np

from plantwright.codes import (
    AHEAD,
    CONSTANT,
    DRAW_REST,
    EXPONENTIAL,
    GEOMETRIC,
    LOGNORMAL,
    NORMAL,
    TABLE_CELLS,
    TABLE_OCTAVES,
    TRIANGULAR,
    UNIFORM,
    WEIBULL,
)
from plantwright.engine.logarithm import logarithm
from plantwright.jit import inlined, kernel

LOW = np.uint64(0xFFFFFFFF)
HALF = np.uint64(32)
M0, M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
W0, W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
ORDINAL_BITS = np.uint64(24)
UNIT = 2.0**-53
SIGNIFICANT = 53
"""Binary digits of a uniform."""
SMALLEST_MASS = 1e-290
"""Below this, the chance that nothing is struck loses digits: the sum begins ``TAIL`` deviations below the mean."""
TAIL = 12.0


@inlined
def philox(c0, c1, c2, c3, k0, k1):
    """Ten rounds of Philox4x32: four words of 32 bits (in uint64) from a counter of four and a key of two."""
    for _ in range(10):
        p0 = M0 * c0
        p1 = M1 * c2
        c0 = (p1 >> HALF) ^ c1 ^ k0
        c1 = p1 & LOW
        c2 = (p0 >> HALF) ^ c3 ^ k1
        c3 = p0 & LOW
        k0 = (k0 + W0) & LOW
        k1 = (k1 + W1) & LOW
    return c0, c1, c2, c3


@inlined
def uniform(w, purpose, owner, ordinal, number):
    """The ``number``-th uniform of a source [-], 0 < u < 1, 53 bits."""
    clock = w.clock[0]
    n = np.uint64(number)
    who = np.uint64(owner)
    tail = (np.uint64(purpose) << ORDINAL_BITS) | np.uint64(ordinal)
    x0, x1, _, _ = philox(n & LOW, n >> HALF, who, tail, clock.seed, clock.replication)
    return unit(x0, x1)


@inlined
def unit(x0, x1):
    """The number between 0 and 1 of which two words of 32 bits are the digits [-]."""
    bits = ((x0 << HALF) | x1) >> np.uint64(11)
    return (float(bits) + 0.5) * UNIT


@kernel
def normal_quantile(u):
    """Inverse of the standard normal distribution function [-], 0 < u < 1.

    Algorithm AS 241 (PPND16), Wichura, Applied Statistics 37 (1988) 477-484, doi 10.2307/2347330; relative error 1e-16.
    """
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        top = (((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r
              + 45921.953931549871457) * r + 13731.693765509461125) * r + 1971.5909503065514427) * r
              + 133.14166789178437745) * r + 3.387132872796366608)  # fmt: skip
        bottom = (((((((5226.495278852545925 * r + 28729.085735721942674) * r + 39307.89580009271061) * r
                 + 21213.794301586595867) * r + 5394.1960214247511077) * r + 687.1870074920579083) * r
                 + 42.313330701600911252) * r + 1.0)  # fmt: skip
        return q * top / bottom
    r = math.sqrt(-math.log(u if q < 0.0 else 1.0 - u))
    if r <= 5.0:
        r -= 1.6
        top = (((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r
              + 1.27045825245236838258) * r + 3.64784832476320460504) * r + 5.7694972214606914055) * r
              + 4.6303378461565452959) * r + 1.42343711074968357734)  # fmt: skip
        bottom = (((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r
                 + 0.14810397642748007459) * r + 0.68976733498510000455) * r + 1.6763848301838038494) * r
                 + 2.05319162663775882187) * r + 1.0)  # fmt: skip
    else:
        r -= 5.0
        top = (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r
              + 0.026532189526576123093) * r + 0.29656057182850489123) * r + 1.7848265399172913358) * r
              + 5.4637849111641143699) * r + 6.6579046435011037772)  # fmt: skip
        bottom = (((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r
                 + 7.868691311456132591e-4) * r + 0.0148753612908506148525) * r + 0.13692988092273580531) * r
                 + 0.59983220655588793769) * r + 1.0)  # fmt: skip
    value = top / bottom
    return -value if q < 0.0 else value


@kernel
def tabulated(w, first, u):
    """A quantile from a table with ``TABLE_CELLS`` linear cells to the octave of u and of 1 - u."""
    lower = u < 0.5
    v = u if lower else 1.0 - u
    octave = min(max(-math.frexp(v)[1] - 1, 0), TABLE_OCTAVES - 1)
    position = min((1.0 - math.ldexp(v, octave + 1)) * 2.0 * TABLE_CELLS, float(TABLE_CELLS))
    cell = min(int(position), TABLE_CELLS - 1)
    at = first + octave * (TABLE_CELLS + 1) + cell
    if not lower:
        at += TABLE_OCTAVES * (TABLE_CELLS + 1)
    part = position - cell
    return w.share[at] * (1.0 - part) + w.share[at + 1] * part


@kernel
def shaped(w, law, u):
    """Variates of the less common laws: see ``sample``."""
    r = w.law[law]
    kind = r.kind
    if kind == TRIANGULAR:
        peak = (r.b - r.a) / (r.c - r.a) if r.c > r.a else 0.0
        if u < peak:
            return r.a + math.sqrt(u * (r.c - r.a) * (r.b - r.a))
        return r.c - math.sqrt((1.0 - u) * (r.c - r.a) * (r.c - r.b))
    if kind == NORMAL:
        return max(0.0, r.a + r.b * normal_quantile(r.c + u * (1.0 - r.c)))
    if kind == LOGNORMAL:
        return math.exp(r.a + r.b * normal_quantile(u))
    if kind == WEIBULL:
        return r.a * math.pow(-math.log(1.0 - u), r.b)
    if kind == GEOMETRIC:
        return math.ceil(math.log(1.0 - u) / r.a) * r.b
    return tabulated(w, r.first, u)


@kernel
def sample(w, law, purpose, owner, ordinal, number):
    """The ``number``-th variate of a source under a law [ticks or pieces], float64, not rounded."""
    r = w.law[law]
    if r.kind == CONSTANT:
        return r.a
    return quantile(w, law, uniform(w, purpose, owner, ordinal, number))


@inlined
def next_of(w, source, law, purpose, owner, number):
    """``sample`` for a source whose numbers come one after the other: they are drawn ahead, a block at a time.

    A draw takes long, and when something is scheduled everything waits for it. Drawn before, it is there; and several
    at once are a matter of a few vector instructions. ``source`` is the record that remembers them (``ahead``).
    """
    place = number & (AHEAD - 1)
    if source.ahead_from != number - place:
        draw_ahead(w, source, law, purpose, owner, number - place)
    return source.ahead[place]


@kernel
def draw_ahead(w, source, law, purpose, owner, first):
    """Draw the numbers ``first .. first + AHEAD`` of a source."""
    source.ahead_from = first
    if w.law[law].kind == CONSTANT:
        for place in range(AHEAD):
            source.ahead[place] = w.law[law].a
        return
    clock = w.clock[0]
    k0, k1 = clock.seed & LOW, clock.replication & LOW
    who, tail = np.uint64(owner) & LOW, np.uint64(purpose) << ORDINAL_BITS
    mean = w.law[law].a
    if w.law[law].kind == EXPONENTIAL:  # in one go, so that all of it is done by vector instructions
        for place in range(AHEAD):
            source.ahead[place] = -mean * logarithm(1.0 - drawn(np.uint64(first + place), who, tail, k0, k1))
        return
    for place in range(AHEAD):
        source.ahead[place] = drawn(np.uint64(first + place), who, tail, k0, k1)
    for place in range(AHEAD):
        source.ahead[place] = quantile(w, law, source.ahead[place])


@inlined
def drawn(n, who, tail, k0, k1):
    """The ``n``-th uniform of a source [-]."""
    x0, x1, _, _ = philox(n & LOW, n >> HALF, who, tail, k0, k1)
    return unit(x0, x1)


@kernel
def rounded(x):
    """A time as whole ticks, half up."""
    return int(x + 0.5)


@kernel
def sample_ticks(w, law, purpose, owner, ordinal, number):
    """``sample`` as whole ticks."""
    return rounded(sample(w, law, purpose, owner, ordinal, number))


@inlined
def quantile(w, law, u):
    """The variate of a law [ticks or pieces] that a share ``u`` of all its variates does not exceed."""
    r = w.law[law]
    if r.kind == CONSTANT:
        return r.a
    if r.kind == EXPONENTIAL:
        return -r.a * logarithm(1.0 - u)
    if r.kind == UNIFORM:
        return r.a + u * (r.b - r.a)
    return shaped(w, law, u)


@kernel
def share_within(w, law, x):
    """The largest u whose quantile is at most ``x`` [-], by bisection of the law's own inverse."""
    low, high = 0.0, 1.0
    for _ in range(SIGNIFICANT):
        middle = 0.5 * (low + high)
        if quantile(w, law, middle) <= x:
            low = middle
        else:
            high = middle
    return low


@kernel
def rest_ticks(w, law, spent, scale, pace, owner, ordinal):
    """How long something will still take that has lasted ``spent`` ticks so far [ticks].

    Under a law F times ``scale`` and ``pace`` (rounded after each), given that it has lasted so far: the quantile at
    F(spent) + u (1 - F(spent)), less ``spent``. What is exponential forgets. What has lasted longer than its law allows
    ends now; what will only begin in ``-spent`` ticks lasts from then on.
    """
    u = uniform(w, DRAW_REST, owner, ordinal, 0)
    r = w.law[law]
    if r.kind == EXPONENTIAL:
        return rounded(-r.a * scale * pace * math.log(1.0 - u)) + max(-spent, 0)
    over = share_within(w, law, float(spent) / (scale * pace)) if spent > 0 else 0.0
    whole = rounded(quantile(w, law, over + u * (1.0 - over)) * scale)
    return max(rounded(float(whole) * pace) - spent, 0)


@kernel
def sample_binomial(w, trials, chance, purpose, owner, number):
    """How many of ``trials`` pieces it strikes, from one uniform by inversion of the distribution function."""
    if trials <= 0 or chance <= 0.0:
        return 0
    if chance >= 1.0:
        return trials
    u = uniform(w, purpose, owner, 0, number)
    if trials == 1:
        return 1 if u < chance else 0
    flip = chance > 0.5
    p = 1.0 - chance if flip else chance
    if flip:
        u = 1.0 - u
    k = 0
    mass = math.pow(1.0 - p, float(trials))
    if mass < SMALLEST_MASS:
        k = int(trials * p - TAIL * math.sqrt(trials * p * (1.0 - p)))
        ways = math.lgamma(trials + 1.0) - math.lgamma(k + 1.0) - math.lgamma(trials - k + 1.0)
        mass = math.exp(ways + k * math.log(p) + (trials - k) * math.log(1.0 - p))
    below = mass
    while u >= below and k < trials:
        k += 1
        mass *= p / (1.0 - p) * (trials - k + 1) / k
        below += mass
    return trials - k if flip else k
