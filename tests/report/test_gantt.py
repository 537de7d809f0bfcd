"""The schedule as a chart: the still picture says it all, the script makes it one to walk about in."""

import datetime as dt
import json
import re

import pytest

from plantwright.report.figures.gantt import CRITICAL, LATE, Bar, Order, Plan, Row, data, gantt


def plan(bars=2, machines=1) -> Plan:
    """Bars of an hour, one after the other on each machine; every third order is late."""
    names = {f"m{place}": Row(f"Bench {place + 1}", closed=((7200.0, 10800.0),)) for place in range(machines)}
    orders = {f"o{place}": Order(f"A-{place + 1}", "Cooperative", 3600.0, place % 3 == 0) for place in range(bars)}
    made = [
        Bar(
            f"m{place % machines}",
            f"o{place}",
            "agri",
            "bond",
            3600.0 * (place // machines),
            3600.0 * (place // machines) + 3000.0,
            why="waited for the machine <first>",
            late=place % 3 == 0,
            critical=place == 1,
        )
        for place in range(bars)
    ]
    begins = dt.datetime(2027, 1, 4, 6, tzinfo=dt.UTC)
    return Plan(begins, names, orders, {"agri": "Sprayer"}, made, {"crew": "Assemblers"})


def test_the_data_stands_safely_in_a_page_and_is_read_back_bar_by_bar():
    text = data(plan())
    assert "<" not in text
    told = json.loads(text)
    assert told["origin"] == dt.datetime(2027, 1, 4, 6, tzinfo=dt.UTC).timestamp()
    assert [row[:2] for row in told["bars"]] == [[0, 3000], [3600, 6600]]
    assert [row[10] for row in told["bars"]] == [LATE, CRITICAL]
    assert told["reasons"] == ["waited for the machine <first>"]
    assert told["until"] == 6600


def test_the_still_picture_grows_with_the_kinds_of_bars_and_not_with_the_elements():
    """One path for all the bars of a kind in a row: 20 and 2,000 bars differ in no element."""
    few, many = (gantt("s", "Schedule", plan(bars, machines=4)).wide for bars in (20, 2000))
    assert few.count('<path class="mark') == many.count('<path class="mark') == 4
    assert many.count("h") > 2000  # each bar is there


def test_a_machine_without_work_has_no_row_and_only_what_is_shown_is_in_the_legend():
    shown = gantt("s", "Schedule", plan(2, machines=3))
    assert re.findall(r"Bench \d", shown.wide) == ["Bench 1", "Bench 2"]
    assert [words for _, words in shown.legend] == ["Sprayer", "closed", "for a late order", "critical chain"]


@pytest.fixture(scope="module")
def chart(browser, tmp_path_factory):
    """A page whose only part is a schedule of 3,000 bars, in a browser."""
    from plantwright.report.figure import Section
    from plantwright.report.names import Names
    from plantwright.report.opening import opening
    from plantwright.report.page import _rendered

    from . import small

    answer, plant = small.answer(), small.plant()
    part = Section("schedule", "What runs", "All of it.", (gantt("schedule", "Schedule", plan(3000, machines=30)),))
    file = tmp_path_factory.mktemp("gantt") / "page.html"
    file.write_text(_rendered(answer, plant, opening(answer, Names(plant)), [part]), encoding="utf-8")
    sheet = browser.new_page(viewport={"width": 1280, "height": 900})
    sheet.troubles = []
    sheet.on("pageerror", lambda error: sheet.troubles.append(str(error)))
    sheet.goto(file.as_uri())
    yield sheet
    sheet.close()


def test_the_chart_takes_the_place_of_the_picture_and_filters(chart):
    said = chart.locator(".gantt-said")
    assert chart.locator("#figure-schedule svg:visible").count() == 0
    assert said.inner_text() == "3,000 bars"
    chart.locator("[data-late]").check()
    assert said.inner_text() == "1,000 of 3,000 bars"
    chart.locator("[data-late]").uncheck()
    chart.locator("[data-find]").fill("a-2999")
    assert said.inner_text() == "1 of 3,000 bars"
    chart.locator("[data-find]").fill("")
    chart.locator("[data-rows]").select_option("order")
    assert said.inner_text() == "3,000 bars"
    chart.locator("[data-rows]").select_option("machine")
    assert chart.troubles == []


def test_a_bar_under_the_pointer_says_what_it_is_and_why_it_is_there(chart):
    chart.locator('[data-zoom="day"]').click()
    chart.evaluate("document.querySelector('.gantt-view').scrollLeft = 0")
    frame = chart.locator(".gantt-view").bounding_box()
    chart.mouse.move(frame["x"] + 200, frame["y"] + 52)
    assert chart.locator("#tip").inner_text().split("\n")[:2] == [
        "bond, A-1 for Cooperative",
        "Bench 1 · Mon 4 06:00 to Mon 4 06:50",
    ]
    assert "waited for the machine <first>" in chart.locator("#tip").inner_text()
