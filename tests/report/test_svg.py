from xml.etree import ElementTree

from hypothesis import given, strategies as st

from plantwright.report.svg import Drawing, fit, text_width, wrap

WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=60)


@given(WORDS, WORDS)
def test_any_name_makes_a_well_formed_drawing(name, tip):
    drawing = Drawing(100, 50, name)
    drawing.rect(0, 0, (10, 10), "mark", tip)
    drawing.text(0, 10, name)
    root = ElementTree.fromstring(drawing.svg("figure"))
    assert root.get("aria-label") == name
    assert [child.tag for child in root] == ["rect", "text"]


@given(WORDS, st.floats(20, 400))
def test_a_fitted_text_runs_no_longer_than_its_room(text, room):
    assert text_width(fit(text, room, 12), 12) <= room


def test_a_short_text_is_left_alone_and_a_long_one_says_that_it_goes_on():
    assert fit("Press", 100, 12) == "Press"
    assert fit("Program and in-circuit test", 80, 12).endswith("…")


def test_lines_break_at_spaces_and_the_last_one_takes_the_rest():
    assert wrap("Calibrate compass", 70, 12, 2) == ["Calibrate", "compass"]
    assert len(wrap("a long name of many short words that cannot fit", 60, 12, 2)) == 2


def test_a_box_without_area_is_not_drawn():
    drawing = Drawing(100, 50, "empty")
    drawing.rect(0, 0, (0, 10), "mark")
    assert "<rect" not in drawing.svg("figure")
