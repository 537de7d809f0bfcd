"""The page as a file: complete, self-contained, and only as long as there is something to say."""

import re
from html.parser import HTMLParser

import pytest

from plantwright.report import write
from plantwright.report.page import page

from . import sample, small

VOID = {"meta", "link", "br", "img", "rect", "line", "circle", "path"}


class Outline(HTMLParser):
    """Headings and ids of a page, and whether its tags are closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open, self.ids, self.headings = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.ids += [value for key, value in attrs if key == "id"]
        if tag in {"h1", "h2", "h3"}:
            self.headings.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.ids += [value for key, value in attrs if key == "id"]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize(
    "answer",
    [
        lambda: (sample.answer(), sample.plant()),
        lambda: (sample.answer(bottleneck=None), sample.plant()),
        lambda: (small.answer(), small.plant()),
    ],
    ids=["all", "without bottleneck", "little known"],
)
def test_the_page_is_well_formed_with_one_title_and_unique_ids(answer):
    outline = Outline(page(*answer()))
    assert outline.open == []
    assert outline.headings[0] == "h1"
    assert outline.headings.count("h1") == 1
    assert len(outline.ids) == len(set(outline.ids))


def test_nothing_is_fetched_from_anywhere(html):
    assert not re.search(r"""(src|href)=["'](?!#|data:)""", html)
    assert "http://" not in html
    assert "https://" not in html
    assert not re.search(r"@import|url\(", html)


def test_the_first_screen_has_the_verdict_the_number_and_both_intervals(html):
    first = html[html.index("<h1") : html.index("<nav")]
    assert "1,300 short of its target" in first
    assert "<strong>98,700</strong>" in first
    assert "±\u00a0430" in first
    assert "91,240 to 103,500" in first
    assert "target 100,000" in first
    assert "0.2 to 38\u00a0%" in first
    assert "1 of 12 simulated years did" in first


def test_every_section_that_the_plant_has_data_for_is_there(html):
    keys = re.findall(r'<section class="part" id="([a-z]+)"', html)
    assert keys == [
        "capacity", "year", "flow", "states", "load", "losses", "process", "spending", "bottleneck", "active",
        "estimates", "unused", "provenance",
    ]  # fmt: skip


def test_a_plant_with_less_data_has_a_shorter_page(small_html):
    keys = re.findall(r'<section class="part" id="([a-z]+)"', small_html)
    assert keys == ["flow", "states", "load", "estimates", "provenance"]
    assert "unknown" in small_html


def test_a_name_with_markup_in_it_is_shown_and_not_obeyed():
    plant = sample.plant().replace(name="<script>alert(1)</script>")
    assert "<script>alert" not in page(sample.answer(), plant)


def test_every_number_of_the_verdict_tables_is_reachable_without_the_script(html):
    assert html.count("<summary>The numbers</summary>") == html.count("<figure ") - 1  # the first has them beside it
    assert html.count("<caption>") == html.count("<table>")


def test_write_makes_the_folder_and_says_where_the_file_is(tmp_path):
    target = write(small.answer(), small.plant(), tmp_path / "deep" / "report.html")
    assert target == tmp_path / "deep" / "report.html"
    assert target.read_text("utf-8").startswith("<!doctype html>")


def test_the_same_answer_is_the_same_page(html):
    assert page(sample.answer(), sample.plant()) == html


def test_the_page_stays_light(html):
    assert len(html) < 1_000_000
