import pytest

from plantwright.model.distribution import Law
from plantwright.model.failure import Uptime
from plantwright.study.number import number_of, with_number
from plantwright.units import Quantity


def law(text):
    return Law.model_validate(text)


@pytest.mark.parametrize(
    ("value", "number", "text"),
    [
        (law("4 min"), 120.0, "2 min"),
        (law("exponential(30 min)"), 3600.0, "exponential(60 min)"),
        (law("triangular(1 s, 2 s, 6 s)"), 6.0, "triangular(2 s, 4 s, 12 s)"),
        (law("erlang(3 s, 4)"), 6.0, "erlang(6 s, 4)"),
        (law("weibull(10 h, 2)"), 18000.0, "weibull(5 h, 2)"),
        (Uptime.model_validate("exponential(30 min) busy"), 3600.0, "exponential(60 min) busy"),
        (Quantity.parse("97 %"), 0.99, "99 %"),
    ],
)
def test_a_law_with_another_mean_keeps_its_shape(value, number, text):
    assert with_number(value, number) == text


def test_the_mean_of_the_new_law_is_the_number():
    for text in ("gamma(2 h, 1 h)", "uniform(1 min, 5 min)", "geometric(20 %)", "geometric(20 %, 2 s)"):
        assert law(with_number(law(text), 7.5)).mean == pytest.approx(7.5)


def test_a_range_of_speeds_moves_the_speed_of_work():
    work = law("900 placements at 52 000/h")
    assert number_of(work, "40 000/h") == pytest.approx(52_000 / 3600)
    assert with_number(work, 26_000 / 3600, "40 000/h") == "900 placements at 26000/h"


def test_a_range_of_times_moves_the_time_of_work():
    work = law("900 placements at 3 600/h")
    assert number_of(work, "10 min") == pytest.approx(900)


def test_what_is_no_number_has_none():
    assert number_of("fifo") is None
    assert number_of(True) is None
