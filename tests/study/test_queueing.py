import pytest

from plantwright.study.queueing import queueing_estimate
from plantwright.study.rough import rough_cut
from plantwright.study.wanted import wanted

LOOP = """
    plantwright: 1
    name: A loop
    stations: {a: {}, b: {}}
    routes:
      part:
        - {op: a, station: a, time: exponential(1 min)}
        - {op: b, station: b, time: exponential(1 min)}
    products: {part: {made-by: part}}
    demand: {part: {year: 1000}}
"""


def estimate(plant, units):
    asked = wanted(plant)
    rough = rough_cut(plant, asked)
    return queueing_estimate(plant, asked, rough, conwip={"part": units}) / rough.units_per_year


@pytest.mark.parametrize("units", [2, 6, 30])
def test_two_exponential_stations_fill_to_the_units_allowed(write, units):
    """2 rho / (1 - rho) = N with the fixed population mean: rho = N / (N + 2). The exact loop has N / (N + 1)."""
    found = estimate(write(LOOP), units)
    assert found == pytest.approx(units / (units + 2), rel=1e-3)
    assert found < units / (units + 1)


def test_more_units_never_make_less(write):
    plant = write(LOOP)
    found = [estimate(plant, units) for units in (1, 2, 4, 8, 1000)]
    assert found == sorted(found)
    assert found[-1] == pytest.approx(1.0, abs=0.01)


def test_breakdowns_make_waits_longer(write):
    plant = write(LOOP)
    down = write(LOOP.replace("a: {}", "a: {failures: [{name: x, uptime: exponential(10 h) busy, repair: 1 h}]}"))
    assert estimate(down, 6) < estimate(plant, 6)
