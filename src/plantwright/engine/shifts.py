"""Calendars: stations and crews go on and off shift."""

from __future__ import annotations

from plantwright.arrays import CALENDAR, INTERRUPT, UP
from plantwright.engine.account import settle
from plantwright.engine.crews import come_or_leave
from plantwright.engine.failures import freeze, thaw
from plantwright.engine.heap import push
from plantwright.engine.machines import go_on, halt
from plantwright.engine.marks import mark_room, mark_station
from plantwright.jit import kernel


@kernel
def station_off(w, s):
    """The shift ends: work is interrupted (or will be finished), clocks that pause stand still."""
    st = w.station[s]
    st.on = 0
    st.scheduled_area += st.machines * w.clock[0].now
    for m in range(st.first_machine, st.first_machine + st.machines):
        ma = w.machine[m]
        if st.end_of_shift == INTERRUPT:
            halt(w, m)
        for row in range(ma.first_mode, ma.first_mode + ma.modes):
            if w.mode[w.link[row]].runs_off_shift == 0:
                freeze(w, w.link[row])
        settle(w, m)


@kernel
def station_on(w, s):
    """The shift begins: interrupted work goes on, clocks run again, the station is tried."""
    st = w.station[s]
    st.on = 1
    st.scheduled_area -= st.machines * w.clock[0].now
    for m in range(st.first_machine, st.first_machine + st.machines):
        ma = w.machine[m]
        for row in range(ma.first_mode, ma.first_mode + ma.modes):
            k = w.link[row]
            if w.mode[k].state != UP or ma.down == 0:
                thaw(w, k)
        go_on(w, m)
        settle(w, m)
    mark_station(w, s)
    mark_room(w, s)


@kernel
def next_change(w, c):
    """Schedule a calendar's next change."""
    calendar = w.calendar[c]
    if calendar.next_change < calendar.changes:
        push(w, w.link[calendar.first_change + calendar.next_change], CALENDAR, c, 0)


@kernel
def change_shift(w, c):
    """A calendar turns on or off for its stations and crews, crews first so that people are there to start."""
    calendar = w.calendar[c]
    calendar.on = 1 - calendar.on
    calendar.next_change += 1
    for row in range(calendar.first_crew, calendar.first_crew + calendar.crews):
        come_or_leave(w, w.link[row], calendar.on)
    for row in range(calendar.first_station, calendar.first_station + calendar.stations):
        if calendar.on != 0:
            station_on(w, w.link[row])
        else:
            station_off(w, w.link[row])
    next_change(w, c)

