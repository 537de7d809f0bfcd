"""Quantities are read as people write them, kept as written, and refused in words when they make no sense."""

from __future__ import annotations

import subprocess
import sys
from typing import Annotated

import pytest
from hypothesis import given, strategies as st
from pydantic import BaseModel, Field, ValidationError

from plantwright.units import (
    TICK,
    TICKS_PER_SECOND,
    Count,
    Duration,
    Money,
    Quantity,
    Rate,
    Share,
    UnitError,
    seconds,
    show_count,
    show_duration,
    show_money,
    show_share,
    ticks,
)


class Step(BaseModel):
    """A record with one field of each of the kinds that behave differently."""

    time: Duration = Quantity(0, "s")
    speed: Rate = Quantity(0, "/h")
    share: Share = Quantity(0, "%")
    pieces: Annotated[Count, Field(ge=1)] = 1
    price: Money = Quantity(0, "EUR")


@pytest.mark.parametrize(
    ("text", "base", "dimension"),
    [
        ("4.5 min", 270.0, "time"),
        ("30min", 1800.0, "time"),
        ("1.5 h", 5400.0, "time"),
        ("200 ms", 0.2, "time"),
        ("2 d", 172_800.0, "time"),
        ("1 week", 604_800.0, "time"),
        ("1 h 30 min", 5400.0, "time"),
        ("1h30min", 5400.0, "time"),
        ("60 000", 60_000.0, "dimensionless"),
        ("60\u202f000", 60_000.0, "dimensionless"),
        ("60\u00a0000 pieces", 60_000.0, "count"),
        ("60_000", 60_000.0, "dimensionless"),
        ("1 500 ms", 1.5, "time"),
        ("3/h", 3 / 3600, "rate"),
        ("3 per h", 3 / 3600, "rate"),
        ("52 000/h", 52_000 / 3600, "rate"),
        ("52 000 pieces/h", 52_000 / 3600, "rate"),
        ("8 %", 0.08, "share"),
        ("60 dpmo", 60e-6, "share"),
        ("38 kEUR", 38_000.0, "money"),
        ("9 EUR/h", 9 / 3600, "money/time"),
        ("0.36 EUR/kWh", 1e-7, "money/energy"),
        ("0.5 m/s", 0.5, "speed"),
        ("80 mm", 0.08, "length"),
        ("120 m2", 120.0, "area"),
        ("120 m²", 120.0, "area"),
        ("4 kW", 4000.0, "power"),
        ("1 kWh", 3.6e6, "energy"),
        ("250 g", 0.25, "mass"),
        ("2 inch", 0.0508, "length"),
        (12, 12.0, "dimensionless"),
        (0.08, 0.08, "dimensionless"),
    ],
)
def test_what_people_write_is_understood(text: object, base: float, dimension: str) -> None:
    quantity = Quantity.parse(text)
    assert quantity.base == pytest.approx(base, rel=1e-12)
    assert quantity.dimension == dimension


def test_the_unit_is_kept_as_written_and_equality_means_written_alike() -> None:
    assert str(Quantity.parse("4.50 min")) == "4.5 min"
    assert str(Quantity.parse("60 s")) == "60 s"
    assert Quantity.parse("60 s") != Quantity.parse("1 min")
    assert Quantity.parse("60 s").base == Quantity.parse("1 min").base
    assert len({Quantity.parse("60 s"), Quantity.parse("60.0 s"), Quantity.parse("1 min")}) == 2


def test_a_compound_time_is_kept_in_its_last_unit() -> None:
    assert Quantity.parse("1 h 30 min") == Quantity(90.0, "min")


def test_money_names_its_currency() -> None:
    assert Quantity.parse("9 USD/h").currency == "USD"
    assert Quantity.parse("38 MCNY").base == 38e6
    assert Quantity.parse("8 %").currency is None


def test_conversion_between_units_of_one_dimension() -> None:
    assert Quantity.parse("90 min").to("h") == Quantity(1.5, "h")
    assert Quantity.parse("8 %").to("").value == pytest.approx(0.08)
    with pytest.raises(UnitError, match="cannot be told in kg"):
        Quantity.parse("90 min").to("kg")
    with pytest.raises(UnitError, match="cannot be told in USD"):
        Quantity.parse("9 EUR").to("USD")
    with pytest.raises(UnitError, match="cannot be told in K"):
        Quantity.parse("30 Ah").to("K")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("4,5 min", "decimals with a point"),
        ("1 month", "write days or weeks"),
        ("2 years", "write days or weeks"),
        ("1500 EUR/month", "write days or weeks"),
        ("3 minn", 'did you mean "min"'),
        ("12 eur", 'did you mean "EUR"'),
        ("5 XYZ", "not a unit known here"),
        ("5 EUR/USD", "not a unit known here"),
        ("soon", "not a quantity"),
        ("", "not a quantity"),
        ("1e999 s", "not a number one can plan with"),
        (float("nan"), "not a number one can plan with"),
        (True, "yes/no"),
        ([1], "a list"),
        (None, "nothing"),
    ],
)
def test_nonsense_is_refused_in_words(text: object, said: str) -> None:
    with pytest.raises(UnitError, match=said):
        Quantity.parse(text)


@pytest.mark.parametrize(
    ("field", "written", "said"),
    [
        ("time", "12 kg", '"12 kg" is a mass; a time such as "4.5 min" is needed here'),
        ("time", "-3 s", '"-3 s" is negative'),
        ("time", 4.5, '"4.5" has no unit'),
        ("time", "30 Ah", '"30 Ah" is measured in Ah'),
        ("time", "9e9 h", "more than 100 years"),
        ("time", {}, "a group of fields stands where a time"),
        ("speed", "3 h", '"3 h" is a time; a rate such as "3/h"'),
        ("share", "120 %", "more than 100 %"),
        ("share", 8, "more than 100 %"),
        ("pieces", "2.5", "not whole"),
        ("pieces", "3 min", '"3 min" is a time'),
        ("pieces", True, "yes/no"),
        ("pieces", 0, "greater than or equal to 1"),
        ("price", "9 EUR/h", "is money per time; an amount of money"),
    ],
)
def test_a_field_refuses_the_wrong_kind_in_words(field: str, written: object, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Step.model_validate({field: written})


def test_a_plain_zero_is_nothing_of_anything() -> None:
    assert Step.model_validate({"time": 0, "price": 0}).time.base == 0.0


def test_counts_are_plain_whole_numbers() -> None:
    for written in (60_000, "60 000", "60_000", "60 000 pieces", 60_000.0):
        assert Step.model_validate({"pieces": written}).pieces == 60_000


def test_a_record_serialises_to_what_was_written() -> None:
    step = Step.model_validate({"time": "1.50 h", "share": 0.08, "pieces": "60 000", "price": "38 kEUR"})
    assert step.model_dump(exclude_unset=True) == {"time": "1.5 h", "share": 0.08, "pieces": 60_000, "price": "38 kEUR"}
    assert Step.model_validate_json(step.model_dump_json()) == step


def test_the_schema_shows_examples() -> None:
    time_schema = Step.model_json_schema()["properties"]["time"]
    assert "4.5 min" in time_schema["anyOf"][0]["examples"]


UNITS = st.sampled_from(["", "s", "min", "h", "/h", "1/h", "%", "kEUR", "EUR/h", "m2", "kWh", "pieces", "USD/kWh"])


@given(st.floats(allow_nan=False, allow_infinity=False), UNITS)
def test_every_quantity_survives_being_written_and_read(value: float, unit: str) -> None:
    quantity = Quantity(value, unit)
    assert Quantity.parse(str(quantity)) == quantity


@given(st.floats(min_value=0, max_value=1e9), st.sampled_from(["s", "min", "h", "d"]))
def test_units_there_and_back_agree(value: float, unit: str) -> None:
    quantity = Quantity(value, unit)
    assert quantity.to("min").to(unit).value == pytest.approx(value, rel=1e-12)


@given(st.integers(min_value=0, max_value=10**15))
def test_ticks_are_exact_and_come_back(count: int) -> None:
    assert ticks(Quantity(float(count), "us")) == count
    assert round(seconds(count) * TICKS_PER_SECOND) == count


def test_half_a_tick_is_rounded_up() -> None:
    # 0.5 us, 1.5 us and 2.5 us: banker's rounding would give 0, 2, 2
    assert [ticks(Quantity(value, "us")) for value in (0.4, 0.5, 1.5, 2.5)] == [0, 1, 2, 3]
    assert ticks(Quantity.parse("0.1 h")) == 360 * TICKS_PER_SECOND
    assert TICK * TICKS_PER_SECOND == 1.0


def test_ticks_of_something_else_are_refused() -> None:
    with pytest.raises(UnitError, match="is not a time"):
        ticks(Quantity.parse("3 kg"))


@pytest.mark.parametrize(
    ("length", "shown"),
    [(0, "0 s"), (2e-6, "2 us"), (0.25, "250 ms"), (45, "45 s"), (270, "4.5 min"), (9000, "2.5 h"), (864_000, "10 d")],
)
def test_durations_are_shown_in_a_fitting_unit(length: float, shown: str) -> None:
    assert show_duration(length) == shown


def test_numbers_for_people() -> None:
    assert show_count(98_700.2) == "98,700"
    assert show_share(0.0834) == "8.3 %"
    assert show_money(12_400.4, "EUR") == "12,400 EUR"
    assert show_money(55.5, "USD") == "55.50 USD"


def test_common_units_never_import_pint() -> None:
    code = "import sys, plantwright.units as u; u.Quantity.parse('9 EUR/h'); print('pint' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "False"
