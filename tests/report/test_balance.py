"""The page on balanced lines: the work piled up, what comes before what, the launch; no word over another."""

import re

import pytest

import plantwright as pw
from plantwright.report.page import page
from tests.study.test_balance import LINE


@pytest.fixture(scope="module")
def lamps(write):
    return write(LINE)


@pytest.fixture(scope="module")
def html(lamps):
    return page(pw.balance(lamps), lamps)


def test_every_task_and_every_product_stands_in_the_pile(lamps, html):
    pile = re.search(r'<svg class="yamazumi".*?</svg>', html, re.DOTALL).group()
    assert pile.count("<rect") == len(lamps.balancing["line"].tasks)
    assert pile.count("<circle") == 2 * 2  # two products at two stations
    assert "cycle 60 s" in pile


def test_a_line_leads_to_each_task_from_each_that_comes_before(lamps, html):
    graph = re.search(r'<svg class="precedence".*?</svg>', html, re.DOTALL).group()
    arcs = sum(len(task.after) for task in lamps.balancing["line"].tasks.values())
    assert graph.count('class="before"') == arcs == 4


def test_the_launch_shows_the_mix(html):
    """Three desk lamps to one floor lamp at the rate of the demand, one to one at the other; the first is drawn."""
    launch = re.search(r'<svg class="launching".*?</svg>', html, re.DOTALL).group()
    units = re.findall(r'data-tip="unit \d+: (\w+)"', launch)
    assert sorted(units) == ["desk", "desk", "desk", "floor"]


@pytest.mark.parametrize("width", [1280, 390])
def test_no_word_of_a_figure_lies_over_another_or_leaves_it(browser, html, width, tmp_path):
    file = tmp_path / "balance.html"
    file.write_text(html, encoding="utf-8")
    sheet = browser.new_page(viewport={"width": width, "height": 900})
    troubles = []
    sheet.on("pageerror", lambda error: troubles.append(str(error)))
    sheet.goto(file.as_uri())
    assert sheet.evaluate("document.documentElement.scrollWidth") <= width
    overlapping = sheet.evaluate(
        """() => [...document.querySelectorAll('figure svg')].filter(svg => svg.clientWidth).flatMap(svg => {
             const words = [...svg.querySelectorAll('text')]
               .map(word => [word.textContent, word.getBoundingClientRect()]);
             return words.flatMap(([one, a], place) => words.slice(place + 1).filter(([, b]) =>
               Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
               Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4).map(([other]) => [one, other]));
           })"""
    )
    sheet.close()
    assert (overlapping, troubles) == ([], [])
