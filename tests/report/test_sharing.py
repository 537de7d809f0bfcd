"""The page of ``platform``: its figures inside their frames, with the numbers of the answer, and its sections."""

import re
from dataclasses import replace

import pytest

import plantwright as pw
from plantwright.report.figures import sharing
from plantwright.report.names import Names
from plantwright.report.page import page

from .test_figures import (
    test_every_figure_says_in_words_what_it_shows as says_what_it_shows,
    test_nothing_is_drawn_outside_the_frame as is_inside_the_frame,
)


@pytest.fixture(scope="module")
def plant(root):
    return pw.load(root / "examples" / "uas-plant")


@pytest.fixture(scope="module")
def answer(root, plant):
    return pw.platform(plant, variant=pw.load_patch(root / "examples" / "uas-plant" / "patches" / "new-variant.yaml"))


@pytest.fixture(scope="module")
def figures(answer, plant):
    names = Names(plant)
    return {
        "matrix": sharing.matrix(answer.commonality, answer.products, names),
        "saved": sharing.saved(answer.savings, answer.savings_per_year, answer.currency),
        "exposure": sharing.exposure(answer.exposure, names),
        "stations": sharing.stations(answer.variant.stations, names),
    }


@pytest.mark.parametrize("name", ["matrix", "saved", "exposure", "stations"])
def test_figures_stay_inside_their_frames_and_say_what_they_show(figures, name):
    is_inside_the_frame(figures[name])
    says_what_it_shows(figures[name])


def test_the_matrix_has_a_cell_for_each_product_that_takes_an_item(figures, answer):
    drawn = sorted((len(row) for row in answer.commonality.pieces.values()), reverse=True)[: sharing.SHOWN]
    assert len(re.findall(r'class="(?:mark level|closed)"', figures["matrix"].wide)) == sum(drawn)
    assert len(figures["matrix"].table.rows) == answer.commonality.parts


def test_steps_of_the_savings_lead_to_their_sum(figures, answer):
    steps = [row for row in answer.savings if row.per_year]
    assert figures["saved"].wide.count('class="mark regained"') == len(steps)
    assert figures["saved"].wide.count('class="mark level"') == 1
    assert f"{round(answer.savings_per_year, -3):,.0f}" in figures["saved"].wide


def test_a_saving_that_costs_is_drawn_as_a_loss(answer):
    costly = tuple(replace(row, per_year=-row.per_year) for row in answer.savings)
    drawn = sharing.saved(costly, -answer.savings_per_year, "USD")
    is_inside_the_frame(drawn)
    assert drawn.wide.count('class="mark loss"') == len([row for row in costly if row.per_year])


def test_the_page_has_a_section_for_each_question(answer, plant):
    text = page(answer, plant)
    for heading in (
        "What do the products of",
        "What does sharing save?",
        "What does sharing put at risk?",
        "SURV-4 survey",
    ):
        assert heading in text
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))


def test_an_impossible_choice_has_a_page_that_says_why(plant):
    text = page(pw.platform(plant, choose={"payload": "camera", "packs": 3}), plant)
    assert "Why is it impossible?" in text
    assert "rule small-packs" in text
    assert "What does sharing save?" not in text
