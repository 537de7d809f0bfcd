"""Random numbers, once more: Philox4x32-10 in Python integers, and laws by inverse transform.

Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3, SC 2011, doi 10.1145/2063384.2063405. The
normal quantile is algorithm AS 241 (PPND16), Wichura, Applied Statistics 37 (1988) 477-484, doi 10.2307/2347330.
"""

from __future__ import annotations

import math

from plantwright.codes import (
    CONSTANT,
    EXPONENTIAL,
    GEOMETRIC,
    LOGNORMAL,
    NORMAL,
    TABLE,
    TABLE_CELLS,
    TABLE_OCTAVES,
    TRIANGULAR,
    UNIFORM,
    WEIBULL,
)

WORD = 2**32


def philox(counter, key):
    """Four words of 32 bits from a counter of four words and a key of two."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        high0, low0 = divmod(0xD2511F53 * c0, WORD)
        high1, low1 = divmod(0xCD9E8D57 * c2, WORD)
        c0, c1, c2, c3 = high1 ^ c1 ^ k0, low1, high0 ^ c3 ^ k1, low0
        k0 = (k0 + 0x9E3779B9) % WORD
        k1 = (k1 + 0xBB67AE85) % WORD
    return c0, c1, c2, c3


def polynomial(r, *coefficients):
    """Value at r, coefficients from the highest power down."""
    value = 0.0
    for coefficient in coefficients:
        value = value * r + coefficient
    return value


def normal_quantile(u):
    """Inverse of the standard normal distribution function."""
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        top = polynomial(r, 2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
                         13731.693765509461125, 1971.5909503065514427, 133.14166789178437745,
                         3.387132872796366608)  # fmt: skip
        bottom = polynomial(r, 5226.495278852545925, 28729.085735721942674, 39307.89580009271061,
                            21213.794301586595867, 5394.1960214247511077, 687.1870074920579083,
                            42.313330701600911252, 1.0)  # fmt: skip
        return q * top / bottom
    r = math.sqrt(-math.log(u if q < 0 else 1.0 - u))
    if r <= 5.0:
        r -= 1.6
        top = polynomial(r, 7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177,
                         1.27045825245236838258, 3.64784832476320460504, 5.7694972214606914055,
                         4.6303378461565452959, 1.42343711074968357734)  # fmt: skip
        bottom = polynomial(r, 1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966,
                            0.14810397642748007459, 0.68976733498510000455, 1.6763848301838038494,
                            2.05319162663775882187, 1.0)  # fmt: skip
    else:
        r -= 5.0
        top = polynomial(r, 2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386,
                         0.026532189526576123093, 0.29656057182850489123, 1.7848265399172913358,
                         5.4637849111641143699, 6.6579046435011037772)  # fmt: skip
        bottom = polynomial(r, 2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5,
                            7.868691311456132591e-4, 0.0148753612908506148525, 0.13692988092273580531,
                            0.59983220655588793769, 1.0)  # fmt: skip
    return -top / bottom if q < 0 else top / bottom


def tabulated(table, u):
    """A quantile by linear interpolation; cells halve towards u = 0 and u = 1, octave by octave.

    The table has the octaves of the lower half, then those of the upper one, each with its cells' ends.
    """
    half = TABLE_OCTAVES * (TABLE_CELLS + 1)
    ends = table[:half] if u < 0.5 else table[half:]
    v = u if u < 0.5 else 1.0 - u
    octave = 0
    while octave < TABLE_OCTAVES - 1 and v < 2.0 ** -(octave + 2):
        octave += 1
    position = min((1.0 - v * 2.0 ** (octave + 1)) * 2.0 * TABLE_CELLS, float(TABLE_CELLS))
    cell = min(int(position), TABLE_CELLS - 1)
    within = position - cell
    at = octave * (TABLE_CELLS + 1) + cell
    return ends[at] * (1.0 - within) + ends[at + 1] * within


def logarithm(x):
    """ln x for exponential times, by ln x = k ln 2 + 2 artanh(s) with x = 2^k m and s = (m - 1) / (m + 1).

    2 artanh(s) = (m - 1) - s ((m - 1) - 2 (s^2 / 3 + s^4 / 5 + ... + s^20 / 21)); ln 2 is added in two parts.
    """
    m, k = math.frexp(x)
    if m < math.sqrt(0.5):
        m, k = 2.0 * m, k - 1
    f = m - 1.0
    s = f / (m + 1.0)
    series = 1.0 / 21.0
    for odd in range(19, 1, -2):
        series = 1.0 / odd + s * s * series
    series = s * s * series
    high = 2977044471.0 / 2.0**32  # the first 32 bits of ln 2
    rest = 1.9082149292705877e-10
    return k * high + (f - (s * (f - 2.0 * series) - k * rest))


def variate(law, u):
    """The quantile of a law at u."""
    if law.kind == EXPONENTIAL:  # mean a
        return -law.a * logarithm(1.0 - u)
    if law.kind == UNIFORM:  # a to b
        return law.a + u * (law.b - law.a)
    if law.kind == TRIANGULAR:  # a to c, most often b
        peak = (law.b - law.a) / (law.c - law.a) if law.c > law.a else 0.0
        if u < peak:
            return law.a + math.sqrt(u * (law.c - law.a) * (law.b - law.a))
        return law.c - math.sqrt((1.0 - u) * (law.c - law.a) * (law.c - law.b))
    if law.kind == NORMAL:  # mean a and deviation b of the law that is cut off below its quantile at c
        return max(0.0, law.a + law.b * normal_quantile(law.c + u * (1.0 - law.c)))
    if law.kind == LOGNORMAL:  # mean a and deviation b of the logarithm
        return math.exp(law.a + law.b * normal_quantile(u))
    if law.kind == WEIBULL:  # scale a, 1 / shape b
        return law.a * math.pow(-math.log(1.0 - u), law.b)
    if law.kind == GEOMETRIC:  # a the logarithm of the chance of going on, b the step
        return math.ceil(math.log(1.0 - u) / law.a) * law.b
    assert law.kind == TABLE
    return tabulated(law.table, u)


def whole(time):
    """A time in whole ticks, half up."""
    return int(time + 0.5)


class Draws:
    """All random numbers of a run. Each has a source: what it is for, whose it is, and how many came before it."""

    def __init__(self, seed, replication):
        self.key = (seed, replication)

    def uniform(self, purpose, owner, number, ordinal=0):
        counter = (number % WORD, number // WORD, owner, purpose * 2**24 + ordinal)
        high, low, _, _ = philox(counter, self.key)
        return ((high * WORD + low) // 2**11 + 0.5) * 2.0**-53

    def sample(self, law, purpose, owner, number, ordinal=0):
        """A variate, not rounded."""
        if law.kind == CONSTANT:
            return law.a
        return variate(law, self.uniform(purpose, owner, number, ordinal))

    def ticks(self, law, purpose, owner, number, ordinal=0):
        return whole(self.sample(law, purpose, owner, number, ordinal))

    def binomial(self, trials, chance, purpose, owner, number):
        """How many of the trials come off, from one uniform."""
        if trials <= 0 or chance <= 0.0:
            return 0
        if chance >= 1.0:
            return trials
        u = self.uniform(purpose, owner, number)
        if trials == 1:
            return int(u < chance)
        if chance > 0.5:
            return trials - smallest_count(trials, 1.0 - chance, 1.0 - u)
        return smallest_count(trials, chance, u)


def smallest_count(trials, chance, u):
    """The smallest count whose distribution function exceeds u, up to the number of trials."""
    count = 0
    mass = math.pow(1.0 - chance, float(trials))
    if mass < 1e-290:  # too small to begin with: begin twelve deviations below the mean
        count = int(trials * chance - 12.0 * math.sqrt(trials * chance * (1.0 - chance)))
        ways = math.lgamma(trials + 1.0) - math.lgamma(count + 1.0) - math.lgamma(trials - count + 1.0)
        mass = math.exp(ways + count * math.log(chance) + (trials - count) * math.log(1.0 - chance))
    below = mass
    while u >= below and count < trials:
        count += 1
        mass *= chance / (1.0 - chance) * (trials - count + 1) / count
        below += mass
    return count
