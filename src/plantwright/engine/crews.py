"""People: who is held for what, and what happens when they come back."""

from __future__ import annotations

from plantwright.codes import CALENDAR, DRAW_ABSENCE, HELD, NONE, PERSON, PRESENT
from plantwright.engine.draw import sample_binomial
from plantwright.engine.heap import push
from plantwright.engine.marks import mark_station
from plantwright.engine.trace import note
from plantwright.jit import kernel

DAY = 86_400_000_000
"""[ticks]"""


@kernel
def find_crew(w, skill, amount):
    """The first crew with that skill and so many thousandths of a person free: fewest skills first; NONE if nobody."""
    sk = w.skill[skill]
    for row in range(sk.first_crew, sk.first_crew + sk.crews):
        c = w.link[row]
        if w.crew[c].present - w.crew[c].held >= amount:
            return c
    return NONE


@kernel
def change_held(w, c, amount):
    """Hold (or let go) thousandths of a person of a crew."""
    crew = w.crew[c]
    crew.held += amount
    crew.held_area -= amount * w.clock[0].now
    if crew.held > crew.present or crew.over != 0:
        settle_overtime(w, c)


@kernel
def settle_overtime(w, c):
    """People who are held beyond those present stay on, to finish what they do: with the account."""
    crew = w.crew[c]
    over = max(crew.held - crew.present, 0)
    crew.over_area -= (over - crew.over) * w.clock[0].now
    crew.over = over


@kernel
def let_go(w, row, base, first, count):
    """Let people go whom row ``row`` of ``held`` holds from column ``base`` on, and wake who waits for them."""
    for n in range(count):
        c = int(w.held[row, base + n])
        if c == NONE:
            continue
        w.held[row, base + n] = NONE
        change_held(w, c, -w.need[first + n].amount)
        note(w, HELD, NONE, c, -w.need[first + n].amount, w.crew[c].held)
        wake_short(w, c)


@kernel
def put_back(w, row, base, first, count):
    """Undo a ``hold`` of this instant: nobody was away, so nobody is woken."""
    for n in range(count):
        c = int(w.held[row, base + n])
        if c != NONE:
            change_held(w, c, -w.need[first + n].amount)
            w.held[row, base + n] = NONE


@kernel
def hold(w, row, base, first, count):
    """Hold people for all these needs, or nobody: True when held. They are noted in ``held[row, base:]``.

    The needs are met in their order or, where that leaves one unmet, from the last to the first. Once it is settled
    that they stay, ``tell_held`` says so.
    """
    return hold_in_order(w, row, base, first, count, 0) or (
        count > 1 and hold_in_order(w, row, base, first, count, count - 1)
    )


@kernel
def hold_in_order(w, row, base, first, count, last):
    """Hold people for needs 0, 1, ... (``last`` 0), or from ``last`` down to 0."""
    for step in range(count):
        n = abs(last - step)
        need = w.need[first + n]
        c = find_crew(w, need.skill, need.amount)
        if c == NONE:
            put_back(w, row, base, first, count)
            return False
        w.held[row, base + n] = c
        change_held(w, c, need.amount)
    return True


@kernel
def count_held(w, row, base, first, count, sign):
    """Count those whom a row holds from column ``base`` on once more (1), each with its line, or take them off (-1)."""
    for n in range(count):
        c = int(w.held[row, base + n])
        amount = w.need[first + n].amount
        w.crew[c].held += sign * amount
        if sign > 0:
            note(w, HELD, NONE, c, amount, w.crew[c].held)


@kernel
def tell_held(w, row, base, first, count):
    """Write into the trace who has just been held, if anybody reads it."""
    if w.clock[0].tracing != 0:
        count_held(w, row, base, first, count, -1)
        count_held(w, row, base, first, count, 1)


@kernel
def skill_bit(skill):
    """The bit of a skill in ``station.short_of``; more than 63 skills share bits, which wakes a station too often."""
    return 1 << (skill % 63)


@kernel
def wait_for_skill(w, s, skill):
    """A station that could start but for people of a skill: it is tried again when somebody is free."""
    st = w.station[s]
    if st.short_of == 0:
        st.next_short = w.clock[0].first_short
        w.clock[0].first_short = s
    st.short_of |= skill_bit(skill)


@kernel
def wake_short(w, c):
    """People of a crew are free again: stations short of their skills are tried, and those who ask are looked at."""
    clock = w.clock[0]
    if clock.first_ask != NONE or clock.first_repair_ask != NONE or clock.drivers_wanted != 0:
        clock.people_freed = 1
    crew = w.crew[c]
    skills = 0
    for row in range(crew.first_skill, crew.first_skill + crew.skills):
        skills |= skill_bit(w.link[row])
    before = NONE
    s = clock.first_short
    while s != NONE:
        st = w.station[s]
        following = st.next_short
        if st.short_of & skills:
            st.short_of = 0
            if before == NONE:
                clock.first_short = following
            else:
                w.station[before].next_short = following
            mark_station(w, s)
        else:
            before = s
        s = following


@kernel
def next_day(w, c):
    """Schedule the next day of a crew that follows no calendar: who is absent is drawn anew."""
    crew = w.crew[c]
    if crew.calendar == NONE and crew.absence > 0.0 and crew.away == 0:
        push(w, w.clock[0].now + DAY, CALENDAR, len(w.calendar) + c, 0)


@kernel
def come_or_leave(w, c, on):
    """A crew comes or leaves; who is absent is drawn each time it comes."""
    crew = w.crew[c]
    now = w.clock[0].now
    before = crew.present
    crew.on = on
    if on == 0 or crew.away != 0:
        crew.present = 0
    else:
        away = sample_binomial(w, crew.people, crew.absence, DRAW_ABSENCE, c, crew.shifts)
        crew.shifts += 1
        crew.present = (crew.people - away) * PERSON
    crew.present_area -= (crew.present - before) * now
    settle_overtime(w, c)
    note(w, PRESENT, NONE, c, NONE, crew.present)
    if crew.present > before:
        wake_short(w, c)
