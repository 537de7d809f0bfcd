"""The oracle's own random numbers: the generator's published vectors, and every law's variates bit for bit."""

import numpy as np
import pytest

from plantwright.arrays import LAW_RECORD
from plantwright.compile.laws import law_columns
from plantwright.engine import draw
from plantwright.engine.worlds import empty
from plantwright.jit import entry
from plantwright.model.distribution import Law
from tests.oracle import draw as oracle, plant


# The engine's functions can only be called from a kernel: these are the doors of this test.
@entry
def variates(w, law, out):
    for n in range(len(out)):
        out[n] = draw.sample(w, law, 7, 3, 2, n * n * n)


@entry
def binomials(w, trials, chance, out):
    for n in range(len(out)):
        out[n] = draw.sample_binomial(w, trials, chance, 5, 1, n)


# Random123-1.14, tests/kat_vectors: philox4x32 with ten rounds
def test_the_generator_gives_its_published_vectors():
    zeros, ones = (0,) * 4, (2**32 - 1,) * 4
    digits_of_pi = (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344)
    assert oracle.philox(zeros, (0, 0)) == (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)
    assert oracle.philox(ones, (2**32 - 1,) * 2) == (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)
    assert oracle.philox(digits_of_pi, (0xA4093822, 0x299F31D0)) == (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1)


LAWS = """
3 s
exponential(4 s)
uniform(2 s, 9 s)
triangular(1 s, 2 s, 9 s)
triangular(2 s, 2 s, 2 s)
normal(4 s, 3 s)
normal(40 s, 3 s)
lognormal(4 s, 9 s)
weibull(4 s, 0.7)
geometric(0.03, 2 s)
gamma(4 s, 7 s)
erlang(4 s, 5)
"""


@pytest.mark.parametrize("text", LAWS.strip().splitlines())
def test_variates_are_those_of_the_engine_to_the_last_bit(text):
    columns = law_columns(Law.model_validate(text))
    law = np.zeros(1, LAW_RECORD).view(np.recarray)
    world = empty()._replace(law=law, share=np.array(columns.table, np.float64))
    for name in ("kind", "a", "b", "c"):
        world.law[name][0] = getattr(columns, name)
    world.clock.seed[0], world.clock.replication[0] = 11, 4
    drawn = np.zeros(3000)
    variates(world, 0, drawn)
    own_law = plant.Law(columns.kind, columns.a, columns.b, columns.c, list(columns.table))
    own = oracle.Draws(11, 4)
    assert drawn.tolist() == [own.sample(own_law, 7, 3, n * n * n, 2) for n in range(3000)]


@pytest.mark.parametrize(("trials", "chance"), [(1, 0.3), (4, 0.9), (60, 0.02), (5000, 0.5), (10**6, 0.999)])
def test_numbers_of_pieces_are_those_of_the_engine(trials, chance):
    world = empty()
    world.clock.seed[0], world.clock.replication[0] = 11, 4
    struck = np.zeros(300, np.int64)
    binomials(world, trials, chance, struck)
    own = oracle.Draws(11, 4)
    assert struck.tolist() == [own.binomial(trials, chance, 5, 1, n) for n in range(300)]
