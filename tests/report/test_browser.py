"""The report in a real browser, as wide as a page and as a phone: nothing fetched, nothing wrong, nothing cut off."""

import contextlib

import pytest

WIDTHS = {"desktop": 1280, "tablet": 800, "phone": 390}


@contextlib.contextmanager
def opened(browser, file, width=1280, scheme="light", **options):
    """The page, with whatever it fetched or complained about."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **options)
    sheet = context.new_page()
    sheet.troubles, sheet.fetched = [], []
    sheet.on("console", lambda message: sheet.troubles.append(message.text))
    sheet.on("pageerror", lambda error: sheet.troubles.append(str(error)))
    sheet.on("request", lambda request: sheet.fetched.append(request.url))
    sheet.goto(file.as_uri())
    yield sheet
    context.close()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
@pytest.mark.parametrize("name", ["large", "small"])
def test_the_page_is_quiet_fetches_nothing_and_does_not_scroll_sideways(browser, files, name, width):
    with opened(browser, files[name], width) as sheet:
        assert sheet.troubles == []
        assert [url for url in sheet.fetched if not url.startswith(("file:", "data:"))] == []
        assert sheet.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
def test_every_figure_is_seen_once_and_no_word_leaves_it(browser, files, width):
    with opened(browser, files["large"], width) as sheet:
        seen = sheet.locator("figure svg:visible")
        assert seen.count() == sheet.locator("figure").count() >= 16
        outside = sheet.evaluate(
            """() => [...document.querySelectorAll('figure svg text')].filter(word => {
                 const frame = word.ownerSVGElement.getBoundingClientRect(), box = word.getBoundingClientRect();
                 return frame.width && (box.left < frame.left - 2 || box.right > frame.right + 2);
               }).map(word => word.textContent)"""
        )
        assert outside == []


@pytest.mark.parametrize("width", [1280, 390])
def test_no_two_words_of_a_figure_overlap(browser, files, width):
    with opened(browser, files["large"], width) as sheet:
        overlapping = sheet.evaluate(
            """() => [...document.querySelectorAll('figure svg')].filter(svg => svg.clientWidth).flatMap(svg => {
                 const words = [...svg.querySelectorAll('text')].filter(word => word.textContent)
                   .map(word => [word.textContent, word.getBoundingClientRect()]);
                 return words.flatMap(([one, a], place) => words.slice(place + 1).filter(([, b]) =>
                   Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
                   Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4).map(([other]) => [one, other]));
               })"""
        )
        assert overlapping == []


def test_dark_follows_the_system_until_the_button_is_used(browser, files):
    ground = "getComputedStyle(document.body).backgroundColor"
    with opened(browser, files["large"]) as light, opened(browser, files["large"], scheme="dark") as dark:
        assert light.evaluate(ground) != dark.evaluate(ground)
        night = dark.evaluate(ground)
        light.get_by_role("button", name="Use dark colours").click()
        assert light.evaluate(ground) == night
        light.reload()
        assert light.evaluate(ground) == night


def test_a_mark_says_what_it_stands_for(browser, files):
    with opened(browser, files["large"]) as sheet:
        sheet.locator("svg.flow:visible .station").first.hover()
        assert sheet.locator("#tip").inner_text().startswith("SMT line: 4 machines")


def test_what_a_unit_takes_is_told_bar_by_bar(browser, files):
    with opened(browser, files["large"]) as sheet:
        part = sheet.locator("#spending")
        assert part.locator("figure svg:visible").count() == 3
        part.locator("svg:visible").nth(1).locator(".column").first.hover()
        assert sheet.locator("#tip").inner_text() == "Assembly: 56.1 USD for 6.1 h a good unit"
        part.locator("svg:visible").nth(2).locator(".column").first.hover()
        assert sheet.locator("#tip").inner_text() == "Press: busy 26, idle 11 kWh a good unit"
        bought = part.locator("summary", has_text="Bought items")
        bought.click()
        assert part.get_by_role("rowheader", name="cell", exact=True).is_visible()


def test_a_table_sorts_by_the_column_that_is_clicked(browser, files):
    with opened(browser, files["large"]) as sheet:
        table = sheet.locator("#figure-load")
        table.locator("summary").click()
        table.get_by_role("button", name="units/year").click()
        assert table.locator("tbody th").first.inner_text() == "Rest places"


def test_everything_is_there_without_the_script(browser, files):
    with opened(browser, files["large"], java_script_enabled=False) as sheet:
        assert sheet.locator("figure svg:visible").count() >= 16
        assert sheet.locator("#theme").is_hidden()


def test_paper_shows_figures_at_page_width_in_light_colours(browser, files):
    with opened(browser, files["large"], 390, scheme="dark") as sheet:
        sheet.emulate_media(media="print")
        assert sheet.locator("figure .narrow:visible").count() == 0
        assert sheet.locator("nav").is_hidden()
        assert sheet.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
