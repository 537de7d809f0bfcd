"""Supply on the page of all answers: verdicts in one table, details folded away."""

from types import SimpleNamespace

import pytest

import plantwright as pw
from plantwright.report import supply
from plantwright.report.names import Names
from plantwright.report.opening import HEADLINE, alone
from plantwright.report.page import page


@pytest.fixture(scope="module")
def plant(root):
    return pw.load(root / "examples" / "bakery")


@pytest.fixture(scope="module")
def siting(plant):
    return pw.siting(plant)


def test_verdicts_come_first_then_everything_folded(plant, siting):
    first, *rest = supply.briefly({"siting": siting}, plant, Names(plant))
    assert [row[0] for row in first.tables[0].rows] == ["siting"]
    assert first.tables[0].rows[0][1].startswith(siting.verdict[:20])
    assert not first.closed
    assert rest
    assert all(section.closed for section in rest if section.figures or section.tables)


def test_without_answers_there_is_no_section(plant):
    assert list(supply.briefly({}, plant, Names(plant))) == []


def test_a_section_with_nothing_behind_it_stays_open(plant, monkeypatch):
    bare = supply.Section("bare", "Nothing to show", "Nothing.")
    monkeypatch.setitem(supply.PAGES, "siting", lambda *_: iter([bare]))
    *_, last = supply.briefly({"siting": SimpleNamespace(verdict="none")}, plant, Names(plant))
    assert not last.closed


def test_asked_alone_nothing_is_folded(plant, siting):
    assert "Figures and tables" not in page(siting, plant)


def test_a_long_verdict_is_a_headline_and_the_rest_of_it():
    clauses = [f"clause {number} says something of some length about the plant" for number in range(6)]
    first = alone(SimpleNamespace(verdict="; ".join(clauses)))
    assert len(first.verdict) <= HEADLINE
    assert first.verdict.endswith(".")
    assert all(clause in f"{first.verdict} {first.rest}".replace("Clause", "clause") for clause in clauses)
    assert alone(SimpleNamespace(verdict="short")).rest == ""


def test_a_note_is_said_once(plant):
    told = page(pw.screening(plant), plant)
    (note,) = pw.screening(plant).notes[:1]
    assert told.count(note) == 1
