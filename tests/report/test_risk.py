"""Sections and figures of the answer to ``risk``."""

from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

import plantwright as pw
from plantwright.report import risk as pages
from plantwright.report.figure import NARROW, WIDE
from plantwright.report.figures.exposure import exposure_class
from plantwright.report.names import Names
from plantwright.report.page import page


@pytest.fixture(scope="module")
def bakery(root):
    """The bakery with one supplier of bags only, so that its loss hurts."""
    plant = pw.load(root / "examples" / "bakery")
    return plant.replace(
        offers={key: offer for key, offer in plant.offers.items() if offer.supplier != "tannbach"},
        suppliers={key: supplier for key, supplier in plant.suppliers.items() if key != "tannbach"},
    )


@pytest.fixture(scope="module")
def answer(bakery):
    return pw.risk(bakery, replays=1)


@pytest.fixture(scope="module")
def sections(answer, bakery):
    return {section.key: section for section in pages.sections(answer, bakery, Names(bakery))}


def test_every_part_of_the_answer_has_a_section(sections):
    assert list(sections) == ["risk", "risk-pairs", "risk-course", "risk-protection"]
    names = {figure.name for section in sections.values() for figure in section.figures}
    assert names == {"survival", "exposure-map", "shelves", "losing", "simulated"}


def test_figures_are_drawings_that_stay_in_their_frame(sections):
    for section in sections.values():
        for figure in section.figures:
            for drawn, width in ((figure.wide, WIDE), (figure.narrow, NARROW)):
                tree = ElementTree.fromstring(drawn)
                _, _, right, bottom = map(float, tree.get("viewBox").split())
                assert right == width
                for box in tree.iter("rect"):
                    x, y, wide, high = (float(box.get(name, 0)) for name in ("x", "y", "width", "height"))
                    assert -0.1 <= x <= x + wide <= width + 0.5, figure.name
                    assert -0.1 <= y <= y + high <= bottom + 0.5, figure.name


def test_the_table_has_every_loss_and_its_days(sections, answer):
    table = sections["risk"].figures[0].table
    assert [row[0] for row in table.rows] == [row.name for row in answer.exposures]
    wrapwell = next(row for row in table.rows if row[0] == "Wrapwell")
    assert wrapwell[3] == "28" and wrapwell[9].endswith("Printed bags")


def test_the_map_deepens_with_the_loss():
    assert [exposure_class(share) for share in (0.0, 0.01, 0.1, 0.3, 0.7, 1.0)] == [f"l-{step}" for step in range(6)]


def test_the_page_of_one_answer_is_whole(answer, bakery):
    class Strict(HTMLParser):
        def error(self, message):
            raise AssertionError(message)

    text = page(answer, bakery)
    Strict().feed(text)
    assert "Printed bags" in text and "Which two must not fail together?" in text


def test_a_plant_that_nothing_can_hurt_has_a_page_too(answer, bakery):
    safe = replace(answer, pairs=(), course=(), replays=(), purchases=(), protection=None)
    assert [section.key for section in pages.sections(safe, bakery, Names(bakery))] == ["risk"]
