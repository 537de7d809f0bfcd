"""The report on siting: a map with everything on it, drawn at both widths, and the tables of each task."""

import re
from xml.etree import ElementTree

import pytest

import plantwright as pw
from plantwright.report import siting as part
from plantwright.report.figure import NARROW, WIDE
from plantwright.report.figures import chart
from plantwright.report.names import Names
from plantwright.results.wording import about


@pytest.fixture(scope="module")
def plant(root):
    return pw.load(root / "examples" / "uas-plant")


@pytest.fixture(scope="module")
def answer(plant):
    return pw.siting(plant)


@pytest.fixture(scope="module")
def sections(answer, plant):
    return {section.key: section for section in part.sections(answer, plant, Names(plant))}


def elements(svg, cls):
    """Elements of a drawing that bear a class."""
    return [each for each in ElementTree.fromstring(svg).iter() if cls in (each.get("class") or "").split()]


def test_every_task_has_its_section_and_its_map(answer, sections):
    assert list(sections) == [f"siting-{key}" for key in answer.tasks]
    assert all(section.figures[0].name.startswith("map-") for section in sections.values())


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_the_map_has_every_site_customer_and_assignment(answer, sections, width):
    drawn = getattr(sections["siting-assembly"].figures[0], width)
    rows = [site for site in answer.sites if site.task == "assembly"]
    assert len(elements(drawn, "open")) == sum(site.open for site in rows)
    assert len(elements(drawn, "shut")) == sum(not site.open for site in rows)
    assert len(elements(drawn, "customer")) == sum(point.task == "assembly" for point in answer.points)
    assert len(elements(drawn, "serves")) == sum(service.task == "assembly" for service in answer.services)
    assert len(elements(drawn, "bar")) == len(elements(drawn, "needle")) == 1
    assert len(elements(drawn, "graticule")) >= 6


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("task", ["assembly", "test-range", "line-posts-first"])
def test_nothing_lies_beside_the_map(answer, task, width):
    drawn = ElementTree.fromstring(chart.draw(chart.chart_of(answer, task), width, "a map"))
    _, _, wide, tall = map(float, drawn.get("viewBox").split())
    for each in drawn.iter():
        for name, most in (("cx", wide), ("cy", tall), ("x", wide), ("y", tall)):
            assert 0 <= float(each.get(name, 0)) <= most
    for path in re.findall(r'd="([^"]+)"', chart.draw(chart.chart_of(answer, task), width, "a map")):
        for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path):
            assert -1 <= float(x) <= wide + 1
            assert -1 <= float(y) <= tall + 1


def test_the_scale_bar_is_as_long_as_two_places_are_apart(answer):
    """North and south of the centre by half its length: as far apart on paper as the bar is long."""
    shown = chart.chart_of(answer, "assembly")
    paper = chart._Paper(shown, WIDE)
    drawn = chart.draw(shown, WIDE, "a map")
    length = float(re.search(r">([\d,]+) km<", drawn)[1].replace(",", ""))
    (steps,) = [each.get("d") for each in elements(drawn, "bar")]
    ends = [float(x) for x, _ in re.findall(r"(-?[\d.]+) (-?[\d.]+)", steps)]
    half = length / 2 / 111.195
    north, south = paper((paper.centre[0] + half, paper.centre[1])), paper((paper.centre[0] - half, paper.centre[1]))
    assert south[1] - north[1] == pytest.approx(max(ends) - min(ends), rel=0.01)


def test_a_line_is_drawn_by_how_often_it_is_seen(answer, sections):
    first = sections["siting-line-posts-first"].figures[0].wide
    assert elements(first, "unseen") and elements(first, "seen")
    assert not elements(sections["siting-line-posts"].figures[0].wide, "unseen")
    opened = sum(site.open for site in answer.sites if site.task == "line-posts-first")
    assert len(elements(first, "reach")) == opened


def test_tables_tell_what_losing_a_site_costs(answer, sections):
    table = next(each for each in sections["siting-assembly"].tables if "losing" in each.caption)
    lost = next(change for change in answer.changes if (change.task, change.change) == ("assembly", "without"))
    assert (f"without {lost.name}", *_named(answer, lost), about(lost.difference)) in table.rows


def test_a_task_that_cannot_be_solved_shows_why(plant):
    impossible = pw.apply(plant, {"siting.line-posts.radius": "3 km"})
    answer = pw.siting(impossible)
    (section,) = [each for each in part.sections(answer, plant, Names(plant)) if each.key == "siting-line-posts"]
    assert "no choice of sites will do" in section.lede
    assert "of Power line Minsk to Vitebsk" in section.notes[0]
    assert section.tables == ()


def test_the_terminal_tells_every_task(answer):
    text = str(answer)
    for name in ("Final assembly", "Service depots", "Stocks of spare packs", "Outdoor test range"):
        assert name in text
    assert "without New hall at Tashkent" in text
    assert "By all criteria" in text


def _named(answer, change):
    """What a change opens and shuts, as the page says it: by name."""
    return answer.named(change.task, change.opens), answer.named(change.task, change.shuts)
