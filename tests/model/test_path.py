"""Paths into a plant, and what it gives that nothing uses."""

import pytest

from plantwright.model.path import fields_given, nearest_path, values_at
from plantwright.model.plant import Plant
from plantwright.model.unused import not_used

DOCUMENT = {
    "name": "p",
    "stations": {
        "smt": {"machines": 4, "price": "300 kEUR", "failures": [{"name": "jam", "uptime": "9 h", "repair": "4 min"}]},
        "m3.bolt": {"machines": 2, "failures": [{"name": "", "uptime": "8 h", "repair": "5 min"}]},
    },
    "routes": {
        "r": [{"op": "place", "station": "smt", "time": "20 s"}, {"op": "bolt", "station": "m3.bolt", "time": "1 s"}]
    },
    "staff": {"driver": {"people": "3", "skill": "drive"}},
    "finance": {"capital": "3 MEUR", "tax": "20 %"},
}


@pytest.fixture
def plant() -> Plant:
    return Plant.model_validate(DOCUMENT)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("stations.smt.machines", ["4"]),
        ("stations.m3.bolt.machines", ["2"]),
        ("stations.*.machines", ["4", "2"]),
        ("stations.smt.failures.jam.repair", ["4 min"]),
        ("stations.m3.bolt.failures.0.repair", ["5 min"]),
        ("stations.*.failures.*.repair", ["4 min", "5 min"]),
        ("routes.r.place.time", ["20 s"]),
        ("routes.r[1].time", ["1 s"]),
        ("routes.*.*.time", ["20 s", "1 s"]),
        ("stations.smt.running-cost", []),
        ("stations.smt.room", []),
        ("stations.smd.machines", []),
    ],
)
def test_a_path_leads_to_values(plant, path, found):
    assert [str(value) for value in values_at(plant, path)] == found


def test_a_default_counts_as_a_value(plant):
    assert values_at(plant, "routes.r.place.per") == ["piece"]


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("stations.smd.machines", "stations.smt.machines"),
        ("stations.smt.machine", "stations.smt.machines"),
        ("station.smt.machines", "stations.smt.machines"),
        ("stations.smt.failures.jma.repair", "stations.smt.failures.jam.repair"),
        ("stations.wholly-different.machines", None),
    ],
)
def test_the_nearest_path_mends_the_first_wrong_step(plant, path, meant):
    assert nearest_path(plant, path) == meant


def test_every_given_field_has_a_path_that_leads_back_to_it(plant):
    leaves = list(fields_given(plant))
    assert len(leaves) > 15
    assert all(leaf.value in values_at(plant, leaf.path) for leaf in leaves if leaf.value is not None)


def test_what_nothing_uses_yet_is_listed_once_by_group(plant):
    assert not_used(plant) == ("staff", "finance.capital", "finance.tax")


def test_what_one_question_uses_is_listed_for_the_others_alone():
    route = [
        {"op": "cut", "station": "saw", "time": "1 min"},
        {"op": "glue", "station": "saw", "time": "1 min", "wait": "2 min"},
    ]
    cured = Plant.model_validate({"name": "trial", "stations": {"saw": {}}, "routes": {"top": route}})
    assert not_used(cured) == not_used(cured, "schedule") == ()
    assert not_used(cured, "") == not_used(cured, "capacity") == ("routes.top.glue.wait",)


def test_a_default_written_out_is_not_listed():
    document = DOCUMENT | {
        "finance": None,
        "staff": {},
        "programme": {},
        "stations": {"smt": {"power": {}}, "m3.bolt": {}},
    }
    assert not_used(Plant.model_validate(document)) == ()
