"""Sections and figures of the answer to ``sourcing``."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

import plantwright as pw
from plantwright.report import sourcing as pages
from plantwright.report.figure import NARROW, WIDE
from plantwright.report.figures.ribbons import SMALLER, SOURCES, ribbons
from plantwright.report.names import Names
from plantwright.report.page import page
from plantwright.results import SourcingFlow


@pytest.fixture(scope="module")
def bakery(root):
    return pw.load(root / "examples" / "bakery")


@pytest.fixture(scope="module")
def answer(bakery):
    return pw.sourcing(bakery)


@pytest.fixture(scope="module")
def sections(answer, bakery):
    return {section.key: section for section in pages.sections(answer, bakery, Names(bakery))}


def flow(supplier, money, country="AT", site="here"):
    """A thousand pieces at so much money in all."""
    return SourcingFlow(2027, "buy", "flour", site, "offer", supplier, country, "", 1000.0, 1.0, money / 1000)


def test_there_are_figures_of_the_network_of_local_content_and_of_the_front(sections):
    names = {figure.name for section in sections.values() for figure in section.figures}
    assert names == {"supply-network", "local-content", "front"}


def test_as_part_of_run_the_page_promises_no_other_plans(answer, bakery):
    brief = replace(answer, front=(), swings=())
    found = {section.key: section for section in pages.sections(brief, bakery, Names(bakery))}
    assert found["moves"].title == "Who has a part in it, and what is at stake?"
    assert [table.caption for table in found["moves"].tables] == ["What each supplier has, and puts at stake"]
    assert {row[0] for row in found["moves"].tables[0].rows} <= {each.name for each in bakery.suppliers.values()}


def test_figures_are_drawings_of_their_width(sections):
    for section in sections.values():
        for figure in section.figures:
            for drawn, width in ((figure.wide, WIDE), (figure.narrow, NARROW)):
                tree = ElementTree.fromstring(drawn)
                assert float(tree.get("viewBox").split()[2]) == width
                for dot in tree.iter("circle"):
                    assert 0 <= float(dot.get("cx")) <= width, figure.name


def test_ribbons_add_up_what_a_supplier_sends_to_a_site():
    found = ribbons([flow("mill", 300.0), flow("mill", 100.0), flow("far", 50.0, "CN")], 2, ("AT",))
    assert [(each.source, each.cls, each.money) for each in found] == [
        ("mill", "local", 200.0),
        ("far", "abroad", 25.0),
    ]


def test_small_suppliers_share_a_ribbon():
    found = ribbons([flow(f"mill-{number}", 100.0 + number) for number in range(SOURCES + 3)], 1, ("AT",))
    assert len(found) == SOURCES + 1
    assert found[-1].source == SMALLER
    assert found[-1].money == pytest.approx(100 + 101 + 102)


def test_the_floor_is_drawn_and_named(sections):
    picture = sections["local-content"].figures[0]
    assert "floor 70 % (points)" in picture.wide


def test_an_answer_without_a_plan_has_a_page_that_says_what_to_loosen(bakery):
    asked = pw.apply(bakery, {"sourcing.budget": "1 MEUR"})
    answer = pw.sourcing(asked)
    assert not answer.is_feasible
    text = page(answer, asked)
    assert "loosen the budget" in text
    assert "would have to be" in text
