"""Random numbers: the generator's published vectors, streams that do not meet, and the moments of every law."""

import math

import numpy as np
import pytest
from scipy import stats

from plantwright.compile.laws import law_columns
from plantwright.engine import draw
from plantwright.engine.logarithm import logarithm
from plantwright.jit import entry
from plantwright.model.distribution import Law

DRAWS = 200_000
SECOND = 1e6
"""Ticks."""


# The kernel's functions can only be called from a kernel: these are the doors of this test.
@entry
def words(counter, key, out):
    out[0], out[1], out[2], out[3] = draw.philox(counter[0], counter[1], counter[2], counter[3], key[0], key[1])


@entry
def uniforms(w, purpose, owner, ordinal, out):
    for n in range(len(out)):
        out[n] = draw.uniform(w, purpose, owner, ordinal, n)


@entry
def variates(w, law, out):
    for n in range(len(out)):
        out[n] = draw.sample(w, law, 1, 0, 0, n)


@entry
def binomials(w, trials, chance, out):
    for n in range(len(out)):
        out[n] = draw.sample_binomial(w, trials, chance, 1, 0, n)


@entry
def logarithms(x, out):
    for n in range(len(x)):
        out[n] = logarithm(x[n])


@entry
def quantiles(u, out):
    for n in range(len(u)):
        out[n] = draw.normal_quantile(u[n])


# Random123-1.14, tests/kat_vectors: philox4x32 with ten rounds
KNOWN = {
    "zeros": ([0] * 4, [0] * 2, "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    "ones": ([0xFFFFFFFF] * 4, [0xFFFFFFFF] * 2, "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    "digits of pi": (
        [0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344],
        [0xA4093822, 0x299F31D0],
        "d16cfe09 94fdcceb 5001e420 24126ea1",
    ),
}


@pytest.mark.parametrize("name", KNOWN)
def test_the_generator_gives_its_published_words(name):
    counter, key, expected = KNOWN[name]
    out = np.zeros(4, np.uint64)
    words(np.array(counter, np.uint64), np.array(key, np.uint64), out)
    assert " ".join(f"{int(word):08x}" for word in out) == expected


def stream(blank, purpose=1, owner=0, ordinal=0, *, seed=1, replication=0, count=4_000):
    world = blank()
    world.clock.seed[0] = seed
    world.clock.replication[0] = replication
    out = np.zeros(count)
    uniforms(world, purpose, owner, ordinal, out)
    return out


def test_each_source_seed_and_replication_has_a_stream_of_its_own(blank):
    streams = [
        stream(blank),
        stream(blank, purpose=2),
        stream(blank, owner=1),
        stream(blank, ordinal=1),
        stream(blank, seed=2),
        stream(blank, replication=1),
    ]
    together = np.concatenate(streams)
    assert len(np.unique(together)) == len(together)
    correlations = np.corrcoef(streams)[np.triu_indices(len(streams), 1)]
    assert np.abs(correlations).max() < 4.5 / math.sqrt(4_000)


def test_uniforms_are_even_and_independent(blank):
    u = stream(blank, count=DRAWS)
    assert 0.0 < u.min() < u.max() < 1.0
    assert stats.kstest(u, "uniform").pvalue > 1e-3
    assert abs(np.corrcoef(u[:-1], u[1:])[0, 1]) < 4.5 / math.sqrt(DRAWS)


def test_the_logarithm_is_off_by_less_than_one_in_the_last_place():
    rng = np.random.default_rng(1)
    x = np.concatenate([rng.random(DRAWS), 1.0 - rng.random(DRAWS) * 1e-3, 10.0 ** -(300.0 * rng.random(DRAWS))])
    x = np.concatenate([x, [0.5**0.5, np.nextafter(0.5**0.5, 0.0), 0.5, 2.0**-54, 1.0 - 2.0**-53]])
    found = np.zeros_like(x)
    logarithms(x, found)
    exact = np.log(x.astype(np.longdouble))
    assert np.abs((found - exact) / np.spacing(np.abs(found))).max() < 1.0


def test_the_normal_quantile_is_exact_to_the_last_digits():
    u = np.concatenate([np.geomspace(1e-300, 0.5, 500), 1.0 - np.geomspace(1e-16, 0.5, 500)])
    found = np.zeros_like(u)
    quantiles(u, found)
    np.testing.assert_allclose(found, stats.norm.ppf(u), rtol=2e-15, atol=1e-15)


def drawn(blank, text, count=DRAWS):
    """Variates of a law as written. [ticks or pieces]"""
    columns = law_columns(Law.model_validate(text))
    world = blank(law=1, share=columns.table)
    for name in ("kind", "a", "b", "c"):
        world.law[name][0] = getattr(columns, name)
    out = np.zeros(count)
    variates(world, 0, out)
    return out


def geometric(p):
    """Mean and standard deviation of the steps until the first success."""
    return 1 / p, math.sqrt(1 - p) / p


def weibull(mean, shape):
    scale = mean / math.gamma(1 + 1 / shape)
    return mean, scale * math.sqrt(math.gamma(1 + 2 / shape) - math.gamma(1 + 1 / shape) ** 2)


# Law as written: its mean and standard deviation in seconds (or pieces).
MOMENTS = {
    "exponential(3 s)": (3.0, 3.0),
    "uniform(2 s, 8 s)": (5.0, math.sqrt(36 / 12)),
    "triangular(1 s, 2 s, 6 s)": (3.0, math.sqrt((1 + 4 + 36 - 2 - 6 - 12) / 18)),
    "triangular(2 s, 2 s, 5 s)": (3.0, math.sqrt((4 + 4 + 25 - 4 - 10 - 10) / 18)),
    "normal(10 s, 2 s)": (10.0, 2.0),
    "normal(10 s, 7 s)": (10.0, 7.0),  # truncated at 0, yet with this mean and deviation
    "lognormal(2 s, 1 s)": (2.0, 1.0),
    "lognormal(1 s, 2 s)": (1.0, 2.0),
    "gamma(2 s, 1 s)": (2.0, 1.0),
    "gamma(2 s, 5 s)": (2.0, 5.0),
    "erlang(1 s, 4)": (1.0, 0.5),
    "erlang(5 s, 1)": (5.0, 5.0),
    "weibull(2 s, 3)": weibull(2.0, 3.0),
    "weibull(2 s, 0.7)": weibull(2.0, 0.7),
    "geometric(0.1)": geometric(0.1),
    "geometric(0.25, 2 s)": tuple(2 * value for value in geometric(0.25)),
}


@pytest.mark.parametrize("text", MOMENTS)
def test_a_law_has_the_mean_and_deviation_it_promises(blank, text):
    scale = SECOND if " s" in text else 1.0
    mean, deviation = (value * scale for value in MOMENTS[text])
    found = drawn(blank, text)
    assert found.min() >= 0.0
    assert abs(found.mean() - mean) < 4.5 * deviation / math.sqrt(DRAWS)
    # The deviation of a variance is known by the fourth moment.
    fourth = np.mean((found - mean) ** 4)
    assert abs(found.var() - deviation**2) < 4.5 * math.sqrt((fourth - deviation**4) / DRAWS)


# Two arguments of each scipy law: shape or support, and scale, in seconds.
SHAPES = {
    "exponential(3 s)": stats.expon(scale=3),
    "triangular(1 s, 2 s, 6 s)": stats.triang(0.2, loc=1, scale=5),
    "normal(10 s, 2 s)": stats.norm(10, 2),
    "lognormal(1 s, 2 s)": stats.lognorm(math.sqrt(math.log(5)), scale=1 / math.sqrt(5)),
    "gamma(2 s, 5 s)": stats.gamma(0.16, scale=12.5),
    "erlang(1 s, 4)": stats.gamma(4, scale=0.25),
    "weibull(2 s, 3)": stats.weibull_min(3, scale=2 / math.gamma(4 / 3)),
}


@pytest.mark.parametrize("text", SHAPES)
def test_a_law_has_its_shape(blank, text):
    # 1e-6: the quantile tables of gamma laws are exact in mean and variance, and near enough in between
    assert stats.kstest(drawn(blank, text, 50_000) / SECOND, SHAPES[text].cdf).pvalue > 1e-3


def test_a_constant_takes_no_random_number(blank):
    assert set(drawn(blank, "4 s", 10)) == {4 * SECOND}


def test_a_geometric_law_counts_whole_steps_from_one(blank):
    found = drawn(blank, "geometric(0.3, 10 s)", 10_000) / (10 * SECOND)
    assert found.min() == 1.0
    np.testing.assert_allclose(found, np.round(found), rtol=0, atol=1e-12)


@pytest.mark.parametrize(("trials", "chance"), [(1, 0.3), (4, 0.02), (10, 0.5), (10, 0.9), (300, 0.04), (300, 0.97)])
def test_a_binomial_draw_strikes_as_many_as_it_should(blank, trials, chance):
    out = np.zeros(DRAWS, np.int64)
    binomials(blank(), trials, chance, out)
    law = stats.binom(trials, chance)
    values = np.arange(law.ppf(1e-3), law.ppf(1 - 1e-3) + 1)
    seen = np.array([np.count_nonzero(out == value) for value in values])
    expected = DRAWS * law.pmf(values)
    rest = DRAWS - expected.sum()
    found = np.append(seen, DRAWS - seen.sum()), np.append(expected, rest)
    assert stats.chisquare(*(column[found[1] > 5] for column in found), sum_check=False).pvalue > 1e-3


@pytest.mark.parametrize(("trials", "chance", "expected"), [(0, 0.5, 0), (7, 0.0, 0), (7, 1.0, 7)])
def test_a_binomial_draw_without_doubt(blank, trials, chance, expected):
    out = np.zeros(5, np.int64)
    binomials(blank(), trials, chance, out)
    assert set(out) == {expected}


def test_a_binomial_draw_of_thousands_keeps_its_mean(blank):
    # (1 - p)**n is too small for a double here
    out = np.zeros(20_000, np.int64)
    binomials(blank(), 4_000, 0.5, out)
    assert abs(out.mean() - 2_000) < 4.5 * math.sqrt(1_000 / 20_000)
    assert abs(out.var() / 1_000 - 1) < 4.5 * math.sqrt(2 / 20_000)
