"""When a calendar turns next, and whether a shift is made longer because work has piled up at its end."""

from __future__ import annotations

from plantwright.codes import CALENDAR, FOREVER, NONE
from plantwright.engine.heap import push
from plantwright.jit import kernel


@kernel
def next_change(w, c):
    """Schedule a calendar's next change."""
    turn_at(w, c, change_after(w, c, 0))


@kernel
def change_after(w, c, number):
    """When a calendar turns, ``number`` changes after the next one; FOREVER past the last."""
    calendar = w.calendar[c]
    if calendar.next_change + number >= calendar.changes:
        return FOREVER
    return w.link[calendar.first_change + calendar.next_change + number]


@kernel
def turn_at(w, c, time):
    """Let a calendar turn at a time."""
    w.calendar[c].turns = time
    if time < FOREVER:
        push(w, time, CALENDAR, c, 0)


@kernel
def goes_on(w, c):
    """Whether the shift that would end now is made longer: True when its end has been put off."""
    calendar = w.calendar[c]
    may = calendar.rules > 0 and calendar.on != 0 and calendar.extended == 0
    if not may or w.link[calendar.first_end + calendar.next_change] == 0:
        return False
    now = w.clock[0].now
    longer = 0
    for row in range(calendar.first_rule, calendar.first_rule + calendar.rules):
        rule = w.overtime[row]
        if rule.from_time <= now < rule.until_time and piled_up(w, rule) > rule.above:
            longer = max(longer, rule.extra)
    if longer == 0:
        return False
    begins = change_after(w, c, 1)
    if begins <= now + longer:  # the next shift follows at once
        calendar.overtime += begins - now
        calendar.next_change += 2
        next_change(w, c)
    else:
        calendar.overtime += longer
        calendar.extended = 1
        turn_at(w, c, now + longer)
    return True


@kernel
def piled_up(w, rule):
    """What a rule looks at: parts that wait at a station, or pieces that customers wait for."""
    if rule.queue != NONE:
        return w.station[rule.queue].waiting
    return w.item[rule.backlog].backlog
