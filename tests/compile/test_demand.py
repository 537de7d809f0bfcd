import datetime as dt
from math import isclose

import pytest

from plantwright.compile import daily_demand, monthly_demand
from plantwright.compile.demand import daily_forecast, daily_ordered


@pytest.fixture
def wanted(plant):
    """Daily demand of ``part`` in a plant that begins on a day."""

    def build(demand, days, first=dt.date(2027, 1, 4)):
        return daily_demand(plant(demand={"part": demand}, **{"from": first}), "part", days)

    return build


def test_a_year_is_whole_pieces_and_exact(wanted):
    daily = wanted({"year": 1000}, 365)
    assert sum(daily) == 1000
    assert set(daily) == {2, 3}


def test_the_running_total_is_right_to_half_a_piece(wanted):
    total = 0
    for day, pieces in enumerate(wanted({"year": 777}, 365), start=1):
        total += pieces
        assert abs(total - 777 * day / 365) <= 0.5 + 1e-9


def test_the_season_has_its_share_spread_evenly(plant):
    year = plant(demand={"part": {"year": 60_000, "season": {"Feb-Jun": "70 %"}}})
    months = monthly_demand(year, "part", 365)
    # February to June are 150 days: 280 a day; the other 215 days share 18,000.
    assert sum(months[f"2027-{month:02d}"] for month in range(2, 7)) == 42_000
    assert months["2027-02"] == 28 * 280
    assert months["2027-07"] == pytest.approx(31 * 18_000 / 215, abs=1)
    assert sum(months.values()) == 60_000


def test_growth_multiplies_months_and_keeps_the_first_year(plant):
    months = monthly_demand(plant(demand={"part": {"year": 150_000, "growth": "3 %"}}), "part", 365)
    assert sum(months.values()) == 150_000
    # October has as many days as August: two months of growth between them.
    assert isclose(months["2027-10"] / months["2027-08"], 1.03**2, rel_tol=1e-3)


def test_growth_goes_on_in_later_years_and_the_season_repeats(wanted):
    daily = wanted({"year": 100_000, "growth": "2 %", "season": {"Feb": "50 %"}}, 731)
    assert sum(daily[:365]) == 100_000
    # 2028 has a leap day; every month of the second year is twelve months of growth above the first.
    assert sum(daily[365:]) == pytest.approx(100_000 * 1.02**12, abs=1)


def test_a_leap_year_has_a_day_more(wanted):
    daily = wanted({"year": 366}, 366, first=dt.date(2028, 1, 1))
    assert daily == (1,) * 366


def test_a_plant_may_begin_on_the_29th_of_february(wanted):
    daily = wanted({"year": 366}, 731, first=dt.date(2028, 2, 29))
    # The first year runs to 2029-03-01 and has 366 days.
    assert sum(daily[:366]) == 366
    assert sum(daily[366:731]) == pytest.approx(366, abs=1)


def test_dated_orders_fall_on_their_days_and_earlier_ones_on_the_first(wanted):
    orders = [
        {"date": dt.date(2026, 12, 1), "pieces": 5},
        {"date": dt.date(2027, 1, 6), "pieces": 7},
        {"date": dt.date(2027, 1, 6), "pieces": 1},
        {"date": dt.date(2028, 1, 1), "pieces": 9},
    ]
    assert wanted({"orders": orders}, 4) == (5, 0, 8, 0)


def test_demand_by_a_law_is_shown_at_its_mean(wanted):
    daily = wanted({"every": "exponential(16 h)", "pieces": 2}, 10)
    assert sum(daily) == 30


def test_without_a_demand_nothing_is_wanted(plant):
    assert daily_demand(plant(), "part", 3) == (0, 0, 0)


@pytest.fixture
def ordered(plant):
    """Daily demand of ``part``, ten a day expected, with orders by day; orders use up forecast within two days."""

    def build(orders, days, reach="2 d"):
        first = dt.date(2027, 1, 4)
        dated = [{"date": first + dt.timedelta(days=day), "pieces": pieces} for day, pieces in orders.items()]
        demand = {"part": {"year": 3650, "orders": dated}}
        year = plant(demand=demand, planning={"consumption": reach}, **{"from": first})
        assert [
            one + two for one, two in zip(daily_ordered(year, "part", days), daily_forecast(year, "part", days))
        ] == [*daily_demand(year, "part", days)]
        return list(daily_forecast(year, "part", days))

    return build


def test_an_order_uses_up_the_forecast_of_its_day_then_before_then_after(ordered):
    # 34 pieces on day 3: its own ten, those of days 2 and 1, and four of day 4
    assert ordered({3: 34}, 6) == [10, 0, 0, 0, 6, 10]


def test_what_is_ordered_beyond_the_forecast_around_it_comes_on_top(ordered):
    assert ordered({0: 100}, 4) == [0, 0, 0, 10]


def test_an_order_after_the_last_day_uses_up_forecast_before_it(ordered):
    assert ordered({4: 20}, 4) == [10, 10, 10, 0]


def test_days_asked_for_do_not_change_what_is_expected(ordered):
    orders = {2: 25, 5: 40, 9: 5}
    assert ordered(orders, 12)[:6] == ordered(orders, 6)


def test_orders_that_use_up_forecast_leave_the_total_of_the_year(ordered):
    assert sum(ordered({100: 30, 200: 20}, 365)) == 3600
