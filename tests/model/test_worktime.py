"""Shifts on the wall clock, lowered to UTC."""

import datetime as dt

import pytest

from plantwright.model.plant import Plant
from plantwright.model.worktime import first_year, hours, intervals, public_holidays, weekly_hours, yearly_hours


def plant(calendar: dict, **more) -> Plant:
    """A plant with one calendar, ``c``, in Berlin unless said otherwise."""
    document = {
        "name": "clock",
        "stations": {"a": {}},
        "routes": {},
        "sites": {"main": {"time-zone": "Europe/Berlin"}},
        "calendars": {"c": calendar},
    }
    return Plant.model_validate(document | more)


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)


def test_shifts_of_a_winter_week_are_an_hour_earlier_in_utc():
    found = intervals(plant({"shifts": ["Mon-Fri 06:00-14:00"]}), "c", utc(2027, 1, 4), utc(2027, 1, 11))
    assert len(found) == 5
    assert found[0] == (utc(2027, 1, 4, 5), utc(2027, 1, 4, 13))


def test_touching_shifts_merge_into_one_interval():
    found = intervals(
        plant({"shifts": ["Mon-Fri 06:00-14:00", "Mon-Fri 14:00-22:00"]}), "c", utc(2027, 1, 4), utc(2027, 1, 5)
    )
    assert found == [(utc(2027, 1, 4, 5), utc(2027, 1, 4, 21))]


def test_round_the_clock_has_no_entry():
    p = plant({"shifts": ["Mon-Fri 06:00-14:00"]})
    span = (utc(2027, 1, 4), utc(2027, 1, 5))
    assert intervals(p, None, *span) == intervals(p, "always", *span) == [span]
    assert intervals(p, None, span[1], span[0]) == []


def test_a_night_shift_runs_over_midnight_and_over_the_start_of_the_span():
    found = intervals(plant({"shifts": ["Sun-Thu 22:00-06:00"]}), "c", utc(2027, 1, 4), utc(2027, 1, 5))
    # Sunday's shift ends at 05:00 UTC, Monday's begins at 21:00 UTC.
    assert found == [(utc(2027, 1, 4), utc(2027, 1, 4, 5)), (utc(2027, 1, 4, 21), utc(2027, 1, 5))]


@pytest.mark.parametrize(("night", "worked"), [((2027, 3, 27), 7.0), ((2027, 10, 30), 9.0)])
def test_the_night_of_the_clock_change_is_an_hour_shorter_or_longer(night, worked):
    start = utc(*night)
    found = intervals(plant({"shifts": ["Sat 22:00-06:00"]}), "c", start, start + dt.timedelta(days=2))
    assert hours(found) == worked


def test_a_break_lies_in_the_middle_of_each_shift():
    found = intervals(
        plant({"shifts": ["Mon 06:00-14:00"], "breaks": "30 min per shift"}), "c", utc(2027, 1, 4), utc(2027, 1, 5)
    )
    assert found == [
        (utc(2027, 1, 4, 5), utc(2027, 1, 4, 8, 45)),
        (utc(2027, 1, 4, 9, 15), utc(2027, 1, 4, 13)),
    ]


def test_breaks_at_written_times_are_cut_out_of_whatever_is_worked():
    found = intervals(
        plant({"shifts": ["Mon 06:00-14:00"], "breaks": ["09:00-09:15", "12:00-12:30"]}),
        "c", utc(2027, 1, 4), utc(2027, 1, 5),
    )  # fmt: skip
    assert hours(found) == pytest.approx(8 - 0.75)
    assert len(found) == 3


def test_a_break_as_long_as_the_shift_leaves_nothing():
    p = plant({"shifts": ["Mon 06:00-14:00"], "breaks": "8 h per shift"})
    assert intervals(p, "c", utc(2027, 1, 4), utc(2027, 1, 11)) == []


def test_holidays_close_the_site_and_an_exception_opens_it_again():
    sites = {"main": {"time-zone": "Europe/Berlin", "holidays": ["2027-01-06", "2027-01-07"]}}
    overtime = {"from": "2027-01-07", "shifts": ["06:00-10:00"], "name": "stocktaking"}
    p = plant({"shifts": ["Mon-Fri 06:00-14:00"], "exceptions": [overtime]}, sites=sites)
    found = intervals(p, "c", utc(2027, 1, 4), utc(2027, 1, 11))
    assert [start.day for start, _ in found] == [4, 5, 7, 8]
    assert hours(found) == 3 * 8 + 4


def test_a_calendar_may_ignore_holidays():
    sites = {"main": {"holidays": "DE"}}
    p = plant({"shifts": ["Mon-Sun 00:00-24:00"], "holidays": False}, sites=sites)
    assert yearly_hours(p, "c") == 8760


def test_a_shutdown_lasts_until_its_last_day():
    shut = {"from": "2027-01-05", "until": "2027-01-08"}
    p = plant({"shifts": ["Mon-Fri 06:00-14:00"], "exceptions": [shut]})
    found = intervals(p, "c", utc(2027, 1, 4), utc(2027, 1, 11))
    assert [start.day for start, _ in found] == [4, 8]


def test_public_holidays_by_country_and_by_part_of_it():
    assert dt.date(2027, 10, 3) in public_holidays("DE", 2027)
    # Epiphany is a holiday in Bavaria, not in all of Germany.
    assert dt.date(2027, 1, 6) in public_holidays("DE-BY", 2027) - public_holidays("DE", 2027)
    with pytest.raises(ValueError, match="no public holidays"):
        public_holidays("XX", 2027)


def test_a_usual_week_counts_neither_holidays_nor_the_clock():
    p = plant({"shifts": ["Mon-Fri 06:00-14:00", "Sun-Thu 22:00-06:00"], "breaks": "30 min per shift"})
    assert weekly_hours(p, "c") == 10 * 7.5
    assert weekly_hours(p, None) == weekly_hours(p, "always") == 168


def test_a_year_runs_to_the_same_date_next_year():
    # 2028 is a leap year: from 4 January 2028 there are 366 days.
    assert yearly_hours(plant({"shifts": ["00:00-24:00"]}, **{"from": "2028-01-04"}), "c") == 366 * 24
    assert first_year(plant({"shifts": ["00:00-24:00"]}, **{"from": "2028-02-29"}))[1] == utc(2029, 3, 1)


def test_shifts_follow_the_site_that_the_calendar_names():
    sites = {"main": {"time-zone": "Europe/Berlin"}, "far": {"time-zone": "Asia/Shanghai"}}
    p = plant({"shifts": ["Mon 08:00-16:00"], "site": "far"}, sites=sites)
    assert intervals(p, "c", utc(2027, 1, 4), utc(2027, 1, 5)) == [(utc(2027, 1, 4), utc(2027, 1, 4, 8))]


def test_without_a_site_the_clock_is_utc():
    p = plant({"shifts": ["Mon 08:00-16:00"]}, sites={})
    assert intervals(p, "c", dt.datetime(2027, 1, 4), dt.datetime(2027, 1, 5)) == [  # noqa: DTZ001
        (utc(2027, 1, 4, 8), utc(2027, 1, 4, 16))
    ]
