"""A lot at a station that finishes its shift stands still over night: what is finished there is a piece."""

import numpy as np

from plantwright.compile.schedule.lowering import lower_schedule
from plantwright.study.schedule.replay import How, replay
from plantwright.study.schedule.search import Search


def test_a_lot_is_replayed_to_the_tick_where_shifts_are_finished(write):
    plant = write(
        """
        name: Saw
        from: 2027-03-01
        calendars: {day: {shifts: [Mon-Fri 06:00-12:00], breaks: 30 min per shift}}
        stations: {saw: {calendar: day, end-of-shift: finish}}
        items: {part: {made-by: part}}
        routes: {part: [{op: cut, station: saw, time: 1 h}]}
        scheduling: {start: 2027-03-01 06:00, orders: {A: {item: part, pieces: 8}}}
        """
    )
    lowered = lower_schedule(plant, plant.scheduling.orders)
    schedule = Search("quick").best(lowered)
    assert schedule.end.tolist() == [24 * 3600 + 9000]  # 5.5 h on Monday, 2.5 h on Tuesday before the break
    told = replay(lowered, schedule, How(1, is_certain=True, early_s=0.0))
    assert np.array_equal(told.end[0], schedule.end)
