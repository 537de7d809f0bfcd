import pytest

from plantwright.errors import RunError
from plantwright.io.patch import apply
from plantwright.study.change import changed, keys_at, keys_of, path_of, value_at

DOTTED = """
    plantwright: 1
    name: Dots
    stations: {m.1: {machines: 2, failures: [{name: jam, uptime: 3 h, repair: 5 min}]}, m.2: {}}
    items: {a: {made-by: r, release: {saturated: true}}}
    routes: {r: [{op: cut, station: m.1, time: 1 min}, {op: "10", station: m.2, time: 2 min, good: 90 %}]}
"""


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("stations.m.1.machines", 5),
        ("stations.m.1.failures.jam.repair", "exponential(9 min)"),
        ("routes.r.10.good", "99 %"),
        ("routes.r.cut.time", "uniform(1 min, 2 min)"),
        ("name", "Other"),
    ],
)
def test_a_changed_plant_equals_the_patched_one(write, path, value):
    plant = write(DOTTED)
    assert changed(plant, {keys_at(plant, path): value}) == apply(plant, {path: value})


def test_the_first_plant_stays_as_it_was(write):
    plant = write(DOTTED)
    changed(plant, {keys_at(plant, "stations.m.1.machines"): 5})
    assert plant.stations["m.1"].machines == 2


def test_a_star_leads_to_every_one(write):
    plant = write(DOTTED)
    found = keys_of(plant, "stations.*.machines")
    assert [value_at(plant, keys) for keys in found] == [2, 1]
    assert [path_of(plant, keys) for keys in found] == ["stations.m.1.machines", "stations.m.2.machines"]


def test_a_value_that_the_model_refuses_is_refused(write):
    plant = write(DOTTED)
    with pytest.raises(ValueError, match="machines"):
        changed(plant, {keys_at(plant, "stations.m.1.machines"): "2 kg"})


def test_a_path_to_nowhere_says_so(write):
    with pytest.raises(RunError, match="0 places"):
        keys_at(write(DOTTED), "stations.m.3.machines")
