import doctest
import math

import pytest

from plantwright.results import Chance, Estimate, InputRange, wording
from plantwright.results.wording import chance, estimate, gain, headline, number, percent, seen, share, span, time


def test_the_examples_in_the_docstrings_hold():
    found = doctest.testmod(wording)
    assert found.attempted == 16
    assert found.failed == 0


@pytest.mark.parametrize(
    ("mean", "half_width", "shown"),
    [
        (98_712.3, 431.8, "98,710 ± 430"),  # a large half-width keeps two digits: tens
        (98_712.3, 4.4, "98,712 ± 4"),  # a small one keeps one digit
        (98_712.3, 1.4, "98,712.3 ± 1.4"),  # but two where one would be coarse
        (0.76331, 0.0021, "0.7633 ± 0.0021"),
        (-35.0, 260.0, "−40 ± 260"),
        (310_000.0, 0.0, "310,000"),
        (310_000.0, None, "310,000"),
        (None, None, "unknown"),
        (math.nan, 1.0, "unknown"),
    ],
)
def test_an_estimate_is_rounded_to_what_its_interval_supports(mean, half_width, shown):
    assert estimate(Estimate(mean, half_width, 12)) == shown


def test_the_headline_drops_the_digit_that_the_interval_blurs():
    assert headline(Estimate(98_712.3, 431.8, 12)) == "98,700"


def test_a_gain_has_a_sign_and_a_rounded_zero_has_none():
    assert gain(Estimate(812.0, 240.0, 8)) == "+810 ± 240"
    assert gain(Estimate(-812.0, 240.0, 8)) == "−810 ± 240"
    assert estimate(Estimate(-0.3, 20.0, 8)) == "0 ± 20"


def test_a_probability_is_worded_by_what_the_runs_can_show():
    assert chance(Chance(1.0, 0.8609, 20, 1.0)) == "at least 86 %"
    assert chance(Chance(0.0, 0.0, 12, 0.2209)) == "at most 22 %"
    assert chance(Chance(0.75, 0.473, 12, 0.928)) == "47 to 93 %"
    assert chance(Chance(None, None, 0)) == "unknown"


def test_what_a_probability_rests_on_is_told_and_why_it_is_no_more():
    assert seen(Chance(1.0, 0.473, 4, 1.0)) == "4 of 4 simulated years did; so few show no more"
    assert seen(Chance(0.0, 0.0, 12, 0.2209)) == "0 of 12 simulated years did; so few show no more"
    assert seen(Chance(0.75, 0.473, 12, 0.928)) == "9 of 12 simulated years did"
    assert seen(Chance(1.0, 0.8609, 20, 1.0)) == "20 of 20 simulated years did"
    assert seen(Chance(None, None, 0)) == ""


def test_ranges_that_move_nothing_are_one_number():
    assert span(InputRange(54_620.0, 54_620.1, 54_620.2, 30)) == "54,620"


def test_unknown_stays_unknown():
    assert span(None) == span(InputRange(1.0, None, None, 0)) == "unknown"
    assert number(math.inf) == percent(None) == share(Estimate(None)) == time(Estimate(None)) == "unknown"


def test_shares_and_times_carry_their_interval_in_their_own_unit():
    assert share(Estimate(0.912, 0.011, 12)) == "91.2 ± 1.1 %"
    assert time(Estimate(9000.0, 900.0, 12)) == "2.50 ± 0.25 h"


@pytest.mark.parametrize(
    ("fraction", "shown"), [(0.0, "0 %"), (0.996, "99.6 %"), (1.0, "100 %"), (0.0004, "under 0.1 %"), (0.5, "50 %")]
)
def test_a_share_near_its_ends_is_not_rounded_to_them(fraction, shown):
    assert percent(fraction) == shown
