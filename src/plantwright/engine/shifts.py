"""Calendars: stations and crews go on and off shift."""

from __future__ import annotations

from plantwright.codes import INTERRUPT, NONE, SHIFT, UP, WAITING_REPAIR
from plantwright.engine.account import settle
from plantwright.engine.calendars import goes_on, next_change
from plantwright.engine.crews import come_or_leave, next_day
from plantwright.engine.failures import strike_by_count
from plantwright.engine.maintenance import heed
from plantwright.engine.marks import mark_room, mark_station
from plantwright.engine.presence import come_and_go, send_elsewhere, turn_carrier
from plantwright.engine.repairs import count_machine, freeze, thaw
from plantwright.engine.trace import note
from plantwright.engine.work import go_on, interrupt
from plantwright.jit import kernel


@kernel
def station_off(w, s):
    """The shift ends: work is interrupted (or will be finished), clocks that pause stand still."""
    st = w.station[s]
    now = w.clock[0].now
    for m in range(st.first_machine, st.first_machine + st.machines):
        leave_modes(w, m)
    st.on = 0
    st.scheduled_area += st.here * now
    for m in range(st.first_machine, st.first_machine + st.machines):
        ma = w.machine[m]
        if st.end_of_shift == INTERRUPT:
            interrupt(w, m)
        elif ma.running != 0:
            ma.overtime = 1
        if ma.due_stops > 0:
            heed(w, m)
        settle(w, m)


@kernel
def leave_modes(w, m):
    """The shift ends: the clocks of a machine's ways to fail, and of repairs, stand still where they pause."""
    ma = w.machine[m]
    now = w.clock[0].now
    for row in range(ma.first_mode, ma.first_mode + ma.modes):
        k = w.link[row]
        mode = w.mode[k]
        if w.link[mode.first_member] == m and mode.runs_off_shift == 0:
            if mode.state != UP:
                mode.struck -= now
            freeze(w, k)
        if mode.state == WAITING_REPAIR:
            count_machine(w, mode, m, -1)


@kernel
def rejoin_modes(w, m):
    """The shift begins: the clocks of a machine's ways to fail, and of repairs, run again."""
    ma = w.machine[m]
    now = w.clock[0].now
    for row in range(ma.first_mode, ma.first_mode + ma.modes):
        k = w.link[row]
        mode = w.mode[k]
        if mode.state == WAITING_REPAIR:
            count_machine(w, mode, m, 1)
        if w.link[mode.first_member] != m:
            continue
        if mode.runs_off_shift == 0 and mode.state != UP:
            mode.struck += now
        if mode.state != UP or mode.members > 1 or ma.down == 0:
            thaw(w, k)


@kernel
def station_on(w, s):
    """The shift begins: interrupted work goes on, clocks run again, the station is tried."""
    st = w.station[s]
    st.on = 1
    st.scheduled_area -= st.here * w.clock[0].now
    clock = w.clock[0]
    if clock.first_ask != NONE or clock.first_repair_ask != NONE:
        clock.people_freed = 1
    for m in range(st.first_machine, st.first_machine + st.machines):
        w.machine[m].overtime = 0
        rejoin_modes(w, m)
        go_on(w, m)
        settle(w, m)
        strike_by_count(w, m)
    mark_station(w, s)
    mark_room(w, s)


@kernel
def change_presence(w, number):
    """A new day of a crew without a calendar; or something comes or leaves at its date; or a station has closed."""
    crews = len(w.crew)
    if number < crews:
        come_or_leave(w, number, 1)
        next_day(w, number)
    elif number == crews:
        come_and_go(w)
    else:
        send_elsewhere(w, number - crews - 1)


@kernel
def tell_stations(w, c):
    """The shift lasts longer: what would not have ended in it may be begun now."""
    calendar = w.calendar[c]
    for row in range(calendar.first_station, calendar.first_station + calendar.stations):
        mark_station(w, w.link[row])


@kernel
def change_shift(w, c):
    """A calendar turns on or off for its crews (so that people are there to start), carriers and stations."""
    if c >= len(w.calendar):
        change_presence(w, c - len(w.calendar))
        return
    if goes_on(w, c):
        tell_stations(w, c)
        return
    calendar = w.calendar[c]
    calendar.extended = 0
    calendar.on = 1 - calendar.on
    calendar.next_change += 1
    note(w, SHIFT, NONE, c, NONE, calendar.on)
    for row in range(calendar.first_crew, calendar.first_crew + calendar.crews):
        come_or_leave(w, w.link[row], calendar.on)
    for row in range(calendar.first_carrier, calendar.first_carrier + calendar.carriers):
        turn_carrier(w, w.link[row], calendar.on)
    for row in range(calendar.first_station, calendar.first_station + calendar.stations):
        if calendar.on != 0:
            station_on(w, w.link[row])
        else:
            station_off(w, w.link[row])
    next_change(w, c)
