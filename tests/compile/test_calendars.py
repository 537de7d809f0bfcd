import datetime as dt

from plantwright.codes import NONE

HOUR = 3_600_000_000
DAY = 24 * HOUR


def changes(world, calendar=0):
    row = world.calendar[calendar]
    return list(world.link[row.first_change : row.first_change + row.changes])


def plant_with(lowered, calendar, first, days, site=None):
    return lowered(
        **{"from": first},
        until_s=days * 86_400.0,
        sites={"main": site or {}},
        calendars={"day": calendar},
        stations={"m": {"calendar": "day"}},
    ).world


def test_shifts_turn_a_station_on_and_off(lowered):
    # 2027-01-04 is a Monday; eight days more than the run are lowered.
    world = plant_with(lowered, {"shifts": ["Mon-Fri 06:00-14:00"]}, dt.date(2027, 1, 4), 1)
    assert world.calendar.on[0] == 0
    assert changes(world)[:4] == [6 * HOUR, 14 * HOUR, DAY + 6 * HOUR, DAY + 14 * HOUR]
    assert len(changes(world)) == 14, "Monday to Friday, and Monday and Tuesday of the next week"
    assert world.station.calendar[0] == 0
    row = world.calendar[0]
    assert (row.stations, row.crews, world.link[row.first_station]) == (1, 0, 0)


def test_the_clock_of_the_site_jumps(lowered):
    # Berlin: UTC+1, from Sunday 2027-03-28 on UTC+2.
    site = {"time_zone": "Europe/Berlin"}
    calendar = {"shifts": ["Sat-Mon 06:00-14:00"]}
    world = plant_with(lowered, calendar, dt.date(2027, 3, 27), 3, {"time-zone": site["time_zone"]})
    assert changes(world)[:4] == [5 * HOUR, 13 * HOUR, DAY + 4 * HOUR, DAY + 12 * HOUR]


def test_a_holiday_closes(lowered):
    # Monday 2027-03-29 is closed, Tuesday is not.
    site = {"holidays": [dt.date(2027, 3, 29)]}
    world = plant_with(lowered, {"shifts": ["Mon-Fri 06:00-14:00"]}, dt.date(2027, 3, 29), 1, site)
    assert changes(world)[0] == DAY + 6 * HOUR


def test_a_night_shift_is_on_at_the_first_instant(lowered):
    calendar = {"shifts": ["Mon-Sun 22:00-06:00"]}
    world = plant_with(lowered, calendar, dt.date(2027, 1, 4), 1)
    assert world.calendar.on[0] == 1
    assert changes(world)[:2] == [6 * HOUR, 22 * HOUR]


def test_nothing_turns_where_the_span_is_cut(lowered):
    # Round the clock as three shifts: always on, and the end of what is lowered is no end of work.
    shifts = ["Mon-Sun 06:00-14:00", "Mon-Sun 14:00-22:00", "Mon-Sun 22:00-06:00"]
    world = plant_with(lowered, {"shifts": shifts}, dt.date(2027, 1, 4), 1)
    assert (world.calendar.on[0], changes(world)) == (1, [])


def test_round_the_clock_needs_no_calendar(lowered):
    world = lowered(stations={"m": {"calendar": "always"}}).world
    assert (len(world.calendar), world.station.calendar[0]) == (0, NONE)


def test_calendars_that_nobody_follows_are_left_out(lowered):
    problem = lowered(
        calendars={"idle": {"shifts": ["Mon 06:00-14:00"]}, "used": {"shifts": ["Tue 06:00-14:00"]}},
        crews={"people": {"skills": ["s"], "people": 2, "calendar": "used"}},
    )
    assert problem.names.calendars == ("used",)
    assert (problem.world.crew.calendar[0], problem.world.calendar.crews[0]) == (0, 1)
