"""Shifts on the wall clock, lowered to UTC."""

import datetime as dt

import pytest

from plantwright.model.plant import Plant
from plantwright.model.worktime import (
    first_year,
    hours,
    intervals,
    public_holidays,
    shift_ends,
    weekly_hours,
    yearly_hours,
)


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


def worked(calendar, first, last, **more):
    """Working time between two instants, as (begin, end) in UTC."""
    return intervals(plant(calendar, **more), "c", utc(*first), utc(*last))


def test_overtime_every_week_of_a_season():
    extra = {"shifts": ["Sat 06:00-12:00"], "from": "2027-01-11", "until": "2027-01-25"}
    found = worked({"shifts": ["Mon-Fri 06:00-14:00"], "overtime": [extra]}, (2027, 1, 4), (2027, 2, 1))
    assert [start.day for start, _ in found if start.weekday() == 5] == [16, 23]
    assert hours(found) == 20 * 8 + 2 * 6


def test_overtime_on_dates_is_worked_on_holidays_too_and_weekly_overtime_is_not():
    sites = {"main": {"time-zone": "Europe/Berlin", "holidays": ["2027-01-06", "2027-01-07"]}}
    weekly = {"shifts": ["14:00-16:00"]}
    dated = {"shifts": ["08:00-12:00"], "dates": ["2027-01-06", "2027-01-10"]}
    found = worked(
        {"shifts": ["Mon-Fri 06:00-14:00"], "overtime": [weekly, dated]}, (2027, 1, 4), (2027, 1, 11), sites=sites
    )
    # Monday, Tuesday, Friday: eight hours and two; Saturday two, Sunday two and four; the 6th four, the 7th none.
    assert hours(found) == 3 * 10 + 2 + (2 + 4) + 4
    assert [start.day for start, _ in found] == [4, 5, 6, 8, 9, 10, 10]


def test_overtime_of_a_shutdown_is_worked_on_its_dates_only():
    shut = {"from": "2027-01-05", "until": "2027-01-08"}
    extra = [{"shifts": ["14:00-16:00"]}, {"shifts": ["06:00-09:00"], "dates": ["2027-01-06"]}]
    found = worked(
        {"shifts": ["Mon-Fri 06:00-14:00"], "exceptions": [shut], "overtime": extra}, (2027, 1, 4), (2027, 1, 9)
    )
    assert hours(found) == 10 + 3 + 10


def test_overtime_that_adjoins_a_shift_has_no_break_of_its_own():
    calendar = {
        "shifts": ["Mon 06:00-14:00"],
        "breaks": "30 min per shift",
        "overtime": [{"shifts": ["Mon 14:00-18:00"]}],
    }
    assert worked(calendar, (2027, 1, 4), (2027, 1, 5)) == [
        (utc(2027, 1, 4, 5), utc(2027, 1, 4, 8, 45)),
        (utc(2027, 1, 4, 9, 15), utc(2027, 1, 4, 17)),
    ]
    at_nine = {**calendar, "breaks": ["16:00-16:15"]}
    assert hours(worked(at_nine, (2027, 1, 4), (2027, 1, 5))) == 12 - 0.25


def test_overtime_that_overlaps_a_shift_counts_once():
    calendar = {"shifts": ["Mon 06:00-14:00"], "overtime": [{"shifts": ["Mon 12:00-16:00"]}]}
    assert hours(worked(calendar, (2027, 1, 4), (2027, 1, 5))) == 10


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"shifts": ["Sat 06:00-12:00"], "extend": "2 h", "when": {"queue": "a", "above": 1}},
        {"extend": "2 h"},
        {"when": {"queue": "a", "above": 1}},
        {"extend": "2 h", "when": {"queue": "a", "backlog": "b", "above": 1}},
        {"extend": "2 h", "when": {"above": 1}},
        {"extend": "2 h", "when": {"queue": "a", "above": 1}, "dates": ["2027-03-01"]},
    ],
)
def test_overtime_is_hours_added_or_a_shift_made_longer(wrong):
    with pytest.raises(ValueError, match=r"overtime|piles up|dates belong"):
        plant({"shifts": ["Mon 06:00-14:00"], "overtime": [wrong]})


def test_shifts_end_where_no_other_one_follows():
    calendar = {"shifts": ["Mon 06:00-14:00", "Mon 14:00-22:00"], "breaks": "1 h per shift"}
    found = shift_ends(plant(calendar), "c", utc(2027, 1, 4), utc(2027, 1, 5))
    assert found == {utc(2027, 1, 4, 21)}


ZONES = [
    # Zone, the evening before the short night and before the long one, and by how much they differ from 8 h.
    ("Europe/Berlin", (2027, 3, 27), (2027, 10, 30), 1.0),
    ("Europe/London", (2027, 3, 27), (2027, 10, 30), 1.0),
    ("America/New_York", (2027, 3, 13), (2027, 11, 6), 1.0),
    # South of the equator summer begins in September or October.
    ("Australia/Sydney", (2027, 10, 2), (2027, 4, 3), 1.0),
    ("Pacific/Auckland", (2027, 9, 25), (2027, 4, 3), 1.0),
    ("America/Santiago", (2027, 9, 4), (2027, 4, 3), 1.0),
    # Half an hour.
    ("Australia/Lord_Howe", (2027, 10, 2), (2027, 4, 3), 0.5),
]


@pytest.mark.parametrize(("zone", "spring", "autumn", "change"), ZONES)
def test_nights_in_which_the_clock_changes_are_shorter_and_longer(zone, spring, autumn, change):
    site = {"sites": {"main": {"time-zone": zone}}}
    for evening, length in ((spring, 8 - change), (autumn, 8 + change)):
        day = utc(*evening)
        night = {"shifts": ["Sat 22:00-06:00"]}
        found = intervals(plant(night, **site), "c", day, day + dt.timedelta(days=2))
        assert hours(found) == length
        usual = intervals(plant(night, **site), "c", day - dt.timedelta(days=7), day - dt.timedelta(days=5))
        assert hours(usual) == 8
        always = intervals(plant({"shifts": ["00:00-24:00"]}, **site), "c", day, day + dt.timedelta(days=2))
        assert hours(always) == 48


def test_zones_without_summer_time_have_nights_of_eight_hours():
    for zone in ("Europe/Minsk", "Asia/Kolkata", "Asia/Shanghai", "America/Phoenix"):
        p = plant({"shifts": ["22:00-06:00"]}, sites={"main": {"time-zone": zone}})
        found = intervals(p, "c", utc(2027, 1, 1), utc(2028, 1, 1))
        assert {(end - start).total_seconds() / 3600 for start, end in found[1:-1]} == {8}


@pytest.mark.parametrize(
    ("shifts", "night"),
    [
        # Berlin, 28 March 2027: at 2:00 (1:00 UTC) the clock is put forward to 3:00. What begins in the hour left out
        # begins half past three; what ends in it ends then.
        (["Sun 02:30-06:00"], [((1, 30), (4, 0))]),
        (["Sun 00:30-02:30"], [((-1, 30), (1, 30))]),
        (["Sun 02:00-03:00"], []),
        (["Sun 00:00-03:00"], [((-1, 0), (1, 0))]),
        (["Sun 00:00-02:30", "Sun 02:30-05:00"], [((-1, 0), (3, 0))]),
        # Half past two would be half past three, after three: such a shift has no time at all.
        (["Sun 02:30-03:00"], []),
    ],
)
def test_the_hour_that_is_left_out(shifts, night):
    found = worked({"shifts": shifts}, (2027, 3, 27, 12), (2027, 3, 28, 12))
    midnight = utc(2027, 3, 28)
    assert found == [
        tuple(midnight + dt.timedelta(hours=hour, minutes=minute) for hour, minute in ends) for ends in night
    ]


@pytest.mark.parametrize(
    ("shifts", "night"),
    [
        # Berlin, 31 October 2027: at 3:00 (1:00 UTC) the clock is put back to 2:00. The first of the two hours counts.
        (["Sun 02:30-06:00"], [((0, 30), (5, 0))]),
        (["Sun 00:30-02:30"], [((-2, 30), (0, 30))]),
        (["Sun 02:00-03:00"], [((0, 0), (2, 0))]),
        (["Sun 00:00-02:30", "Sun 02:30-05:00"], [((-2, 0), (4, 0))]),
    ],
)
def test_the_hour_that_comes_twice(shifts, night):
    found = worked({"shifts": shifts}, (2027, 10, 30, 12), (2027, 10, 31, 12))
    midnight = utc(2027, 10, 31)
    assert found == [
        tuple(midnight + dt.timedelta(hours=hour, minutes=minute) for hour, minute in ends) for ends in night
    ]


def test_a_day_that_begins_at_one_because_midnight_is_left_out():
    # In Santiago the clock goes from 24:00 on 4 September 2027 to 1:00 on the 5th (4:00 UTC).
    found = worked(
        {"shifts": ["Sun 00:00-08:00"]}, (2027, 9, 4), (2027, 9, 6), sites={"main": {"time-zone": "America/Santiago"}}
    )
    assert found == [(utc(2027, 9, 5, 4), utc(2027, 9, 5, 11))]


def test_breaks_keep_to_the_middle_of_a_night_of_nine_hours():
    calendar = {"shifts": ["Sat 22:00-06:00"], "breaks": "1 h per shift"}
    # From 20:00 to 5:00 UTC: the middle is half past midnight.
    assert worked(calendar, (2027, 10, 30), (2027, 11, 1)) == [
        (utc(2027, 10, 30, 20), utc(2027, 10, 31, 0)),
        (utc(2027, 10, 31, 1), utc(2027, 10, 31, 5)),
    ]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Australia/Sydney", "America/New_York", "Asia/Kolkata"])
def test_a_year_of_three_shifts_has_as_many_hours_as_the_year(zone):
    shifts = ["06:00-14:00", "14:00-22:00", "22:00-06:00"]
    p = plant({"shifts": shifts}, sites={"main": {"time-zone": zone}})
    assert yearly_hours(p, "c") == 365 * 24
    one = plant({"shifts": ["06:00-14:00"]}, sites={"main": {"time-zone": zone}})
    assert yearly_hours(one, "c") == pytest.approx(365 * 8, abs=8)


def test_holidays_are_days_of_the_site():
    # The 6th in Auckland begins at 11:00 UTC of the 5th.
    sites = {"main": {"time-zone": "Pacific/Auckland", "holidays": ["2027-01-06"]}}
    found = worked({"shifts": ["00:00-24:00"]}, (2027, 1, 4), (2027, 1, 8), sites=sites)
    assert found == [(utc(2027, 1, 4), utc(2027, 1, 5, 11)), (utc(2027, 1, 6, 11), utc(2027, 1, 8))]
