"""What is there and under way when a plan begins."""

import datetime as dt

import pytest

from plantwright.compile.coverage import coming, on_hand, still_taken
from plantwright.model.state import State
from tests.trial import plant_of

PLANT = """
from: 2027-03-01
stations: {m: {}, n: {}}
items:
  ore: {buy: {policy: {s: 2, Q: 4}}}
  oil: {buy: {}}
  p: {made-by: p, policy: {kanban: 5}, moves-as: 10}
routes:
  p: [{op: cut, station: m, time: 1 s, uses: {ore: 1}}]
  f:
    - {op: set, station: m, time: 1 s, uses: {p: 2}}
    - {op: fill, station: n, time: 1 s, uses: {oil: 3}}
    - {op: mend, station: n, time: 1 s, uses: {ore: 9}, side: true}
products: {f: {made-by: f, start: 7}}
demand: {f: {year: 10}}
offers: {mine: {item: ore, lead-time: 10 d}}
planning: {receipts: [{item: ore, pieces: 3, due: 2027-03-20}, {item: p, pieces: 4, due: 2027-02-01}]}
"""
LEADS = {"f": 14, "p": 7, "ore": 14, "oil": 0}


@pytest.fixture
def plant():
    return plant_of(PLANT)


def state(**said):
    return State.model_validate({"at": "2027-03-08 06:00", **said})


def test_at_the_beginning_there_is_what_policies_hold_or_the_document_says(plant):
    # ore: s + Q; oil: never short, so nobody knows; p: its kanban; f: its start
    assert on_hand(plant, None) == {"f": 7, "ore": 6, "oil": 0, "p": 5}


def test_a_state_says_what_is_there_less_what_customers_wait_for(plant):
    assert on_hand(plant, state(stocks={"ore": 1}, backlogs={"f": 2}))["ore"] == 1
    assert on_hand(plant, state(stocks={"f": 0}, backlogs={"f": 2}))["f"] == -2


def test_open_orders_of_the_document_come_at_their_date_or_at_once(plant):
    found = coming(plant, dt.date(2027, 3, 1), None, LEADS)
    assert [(each.item, each.pieces, each.due, each.kind) for each in found] == [
        ("p", 4, dt.date(2027, 3, 1), "work"),
        ("ore", 3, dt.date(2027, 3, 20), "purchase"),
    ]


def test_a_state_names_deliveries_work_in_process_and_what_is_called_for(plant):
    now = state(
        deliveries=[{"item": "ore", "pieces": 5, "offer": "mine", "ordered": "2027-03-05 06:00"}],
        parts=[{"item": "p", "op": "cut", "count": 2, "entered": "2027-03-04 06:00"}],
        orders=[{"item": "f", "pieces": 6}],
    )
    found = coming(plant, dt.date(2027, 3, 8), now, LEADS)
    assert {(each.item, each.pieces, each.due.isoformat(), each.kind) for each in found} == {
        ("ore", 5, "2027-03-15", "purchase"),  # ten days after it was ordered
        ("p", 20, "2027-03-11", "work"),  # two parts of ten pieces, a week after they entered
        ("f", 6, "2027-03-22", "called"),  # a lead time from now
    }


def test_work_in_process_has_yet_to_take_the_kits_ahead_of_it(plant):
    waiting = state(parts=[{"item": "f", "op": "set"}])
    assert still_taken(plant, waiting) == {"p": 2, "oil": 3}
    at_work = state(parts=[{"item": "f", "op": "set", "machine": "m/1"}])
    assert still_taken(plant, at_work) == {"oil": 3}
    called = state(orders=[{"item": "f", "pieces": 4}])
    assert still_taken(plant, called) == {"p": 8, "oil": 12}
    assert still_taken(plant, None) == {}
