"""Which names are the same party, and which are not. Every name is invented."""

import random

import pytest

from benchmarks.invented import entries, firm, misspelt, other_form
from plantwright.matching import likenesses
from plantwright.matching.blocks import reach
from plantwright.matching.forms import bare, forms
from plantwright.problems.screening import Entry, Sought

REVIEW, BLOCK = 0.7, 0.9


def score(ours, theirs, kind="unknown"):
    """How alike a party and an entry are, 0 where they are not even compared."""
    found = likenesses([Sought((ours,))], [Entry("1", (theirs,), kind)], 0.01)
    return found[0].score if found else 0.0


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        pytest.param("Verdanik Drive Works GmbH", "VERDANIK DRIVE WORKS LTD.", id="another legal form"),
        pytest.param("Зарница Электроприбор ООО", "Zarnitsa Elektropribor LLC", id="another script"),
        pytest.param("Kestrelmark Avionics Ltd", "Kestrelmarck Avionics Limited", id="another spelling"),
    ],
)
def test_the_same_firm_is_refused(ours, theirs):
    assert score(ours, theirs) >= BLOCK
    assert score(theirs, ours) >= BLOCK


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        pytest.param("Northgate Battery Systems", "Northgate Bakery Services", id="a shared word"),
        pytest.param("Kelbrook Tractor Seals", "Kelbrook Optical Glass", id="a shared city"),
        pytest.param("Alvora Composites SA", "Tundrel Packaging Oy", id="nothing shared"),
    ],
)
def test_different_firms_are_let_pass(ours, theirs):
    assert score(ours, theirs) < REVIEW
    assert score(theirs, ours) < REVIEW


@pytest.mark.parametrize(
    ("ours", "theirs", "kind"),
    [
        ("Verdanik GmbH", "Verdanik", "firm"),
        ("Ivan Zarechin", "ZARECHIN, Ivan Petrovich", "person"),
        ("Иван Заречин", "ZARECHIN, Ivan", "person"),
        ("Kestrel Mark Avionics", "KESTRELMARK AVIONICS", "firm"),
        ("Γαλάζιος Ορίζοντας ΑΕ", "Galazios Orizontas SA", "firm"),
        ("泉露瑞恒有限公司", "Quanlu Ruiheng Youxian Gongsi", "firm"),
    ],
)
def test_a_party_is_found_under_the_ways_in_which_lists_write_it(ours, theirs, kind):
    assert score(ours, theirs, kind) >= REVIEW


def test_names_are_compared_without_their_legal_form_too():
    assert bare("Verdanik Drive Co., Ltd.") == "verdanik drive"
    assert bare("GmbH") == "GmbH"
    assert forms(["Verdanik GmbH"], "firm") == ("verdanik",)
    assert forms(["SA, Jose"], "person") == ("SA, Jose",)
    assert forms(["Verdanik GmbH"], "unknown") == ("Verdanik GmbH", "verdanik")
    assert forms(["泉露有限公司"], "firm") == ("泉露", "quan lu")


def test_a_ship_of_the_same_name_is_no_party():
    assert score("Margit Star", "MARGIT STAR", "craft") == 0.0


def test_another_country_is_told_and_changes_no_score():
    entry = Entry("1", ("Verdanik Works",), "firm", ("Malaysia",))
    parties = [Sought(("Verdanik Works",), countries) for countries in (("MY",), ("DE",), ())]
    found = likenesses(parties, [entry], REVIEW)
    assert [each.elsewhere for each in found] == [False, True, False]
    assert {each.score for each in found} == {1.0}


def test_what_one_party_is_called_does_not_linger_for_the_next():
    entry = Entry("1", ("Verdanik Works",), "firm")
    for name, found in (("Verdanik Works", 1), ("Tundrel Packaging", 0), ("Verdanik Works", 1)):
        assert len(likenesses([Sought((name,))], [entry], REVIEW)) == found
    assert not likenesses([Sought(("Verdanik Works",))], [Entry("1", ("Tundrel Packaging",), "firm")], REVIEW)


def test_blocking_loses_nothing_that_a_comparison_of_all_with_all_finds():
    rng = random.Random(4)
    listed = entries(rng, 60)
    originals = [entry.names[0] for entry in listed[:12]]
    parties = [Sought((firm(rng),)) for _ in range(10)]
    parties += [Sought((misspelt(rng, name),)) for name in originals]
    parties += [Sought((other_form(rng, name),)) for name in originals]
    found = {(each.sought, each.entry) for each in likenesses(parties, listed, REVIEW)}
    for number, party in enumerate(parties):
        alone = {(number, place) for place, entry in enumerate(listed) if compared(party.names[0], entry) >= REVIEW}
        assert alone <= found, (party, [listed[place].names for _, place in alone - found])


def compared(name, entry):
    """The score of a party and an entry without blocking."""
    from plantwright.matching import scoring

    target = scoring.listed(entry.names, entry.kind)
    return max(scoring.score(scoring.sought(form), target).value for form in forms([name], entry.kind))


def test_common_words_alone_cannot_reach_the_review_level():
    assert reach(2 * 0.7, 0.8) < REVIEW  # two trades shared, the proper name not
    assert reach(2.0, 0.8) >= REVIEW
    assert reach(0.0, 3.0) == 0.0
