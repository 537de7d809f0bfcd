"""The closed forms of the tables of the docs: near the exact answers, and the same through the door of `capacity`."""

import pytest

from benchmarks import bottleneck, queues
from benchmarks.draws import ASSEMBLIES, LINES, Kind
from benchmarks.formulas import EXACT, FORMULAS
from plantwright.analytic.bottleneck import machine_gains
from plantwright.analytic.decomposition import plant_estimate
from plantwright.study.effective import effective
from plantwright.study.rooms import rooms_estimate
from plantwright.study.rough import rough_cut
from plantwright.study.wanted import wanted

YEAR_S = 365 * 86_400
KINDS = (*LINES, ASSEMBLIES)


def test_every_formula_belongs_to_an_exact_case():
    assert FORMULAS.keys() <= {name for name, _, _ in EXACT}


@pytest.mark.parametrize(("name", "exact"), [(name, exact) for name, exact, _ in EXACT if name in FORMULAS])
def test_a_closed_form_is_near_its_exact_case(name, exact):
    """Decompositions within 2.5 %, all others to the digits of the table."""
    formula = FORMULAS[name]
    within = 0.025 if formula.by in {"markov_plant", "fluid_plant"} or name == "oven-4" else 1.5e-4
    assert formula.value() == pytest.approx(exact, rel=within)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_drawn_plant_is_read_back_from_its_document(kind: Kind):
    """The stations that hang together are found, with their times, failures and rooms."""
    for drawn in kind.plants()[:3]:
        plant = drawn.plant()
        asked = wanted(plant)
        rough = rough_cut(plant, asked)
        found = rooms_estimate(plant, asked, effective(plant, asked, rough)) / YEAR_S
        assert found == pytest.approx(plant_estimate(drawn.machines, drawn.into, rooms=drawn.rooms), rel=1e-6)
        assert rough.units_per_year / YEAR_S == pytest.approx(drawn.slowest)


def test_plants_are_drawn_the_same_every_time():
    assert [kind.plants() for kind in LINES] == [kind.plants() for kind in LINES]
    assert sum(kind.number for kind in LINES) == 200
    assert all(3 <= len(drawn.machines) <= 10 for kind in LINES for drawn in kind.plants())
    assert queues.drawn("rework") == queues.drawn("rework")


def test_open_plants_with_rework_can_keep_up():
    for drawn in queues.drawn("rework"):
        network = drawn.network()
        assert network.utilisation.min() > 0.4
        assert network.utilisation.max() < 0.9
        assert drawn.ways().sum(axis=1)[:-1] == pytest.approx(1.0)


def test_lines_with_known_bottlenecks_are_small_and_the_closed_form_finds_most_of_them():
    lines = bottleneck.drawn()
    assert len(lines) == 50
    regrets = []
    for drawn in lines[:10]:
        exact = machine_gains([machine.time for machine in drawn.machines], drawn.into, rooms=drawn.rooms)
        assert exact.states <= bottleneck.MOST_STATES
        named = bottleneck.formula_gains(drawn)
        regrets.append(1 - exact.gains[named.index(max(named))] / exact.gains.max())
    assert sum(regrets) / len(regrets) < 0.02
