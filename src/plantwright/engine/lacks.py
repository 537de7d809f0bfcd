"""What machines wait for: which skill, item or tool is missing where, and for how long.

A station has a row of ``lack`` for each skill, item and tool that work there needs, skills first. While its idle
machines wait for people or for their kit, whatever was missing when it was tried last counts, each for itself; what a
machine waits for in the middle of its work counts as well. Stations that need none of them have no rows.
"""

from __future__ import annotations

from plantwright.codes import IDLE, KIT, LACK_SKILL, NONE, PEOPLE
from plantwright.engine.crews import find_crew
from plantwright.jit import kernel

MOST_SKILLS = 63
"""Skills of a station that are told apart in the middle of work."""


@kernel
def lack_of(w, s, kind, who):
    """The row of ``lack`` of a station for a skill, item or tool; NONE where no work there needs it."""
    st = w.station[s]
    for row in range(st.first_lack, st.first_lack + st.lacks):
        if w.lack[row].who == who and w.lack[row].kind == kind:
            return row
    return NONE


@kernel
def miss(w, s, kind, who):
    """Something is missing for what a station tries to begin."""
    row = lack_of(w, s, kind, who)
    if row != NONE:
        w.lack[row].look = w.station[s].look


@kernel
def count_lack(w, row, machines):
    """So many machines more (or fewer) wait for something."""
    lack = w.lack[row]
    lack.machines += machines
    lack.area -= machines * w.clock[0].now


@kernel
def settle_lacks(w, s):
    """What the idle machines of a station wait for is what was missing at its last try, if they wait for anything."""
    st = w.station[s]
    starved = st.idle_state == KIT or st.idle_state == PEOPLE
    if not starved and st.lacking == 0:
        return
    st.lacking = 0
    for row in range(st.first_lack, st.first_lack + st.lacks):
        lack = w.lack[row]
        missing = 1 if starved and lack.look == st.look else 0
        if missing != lack.missing:
            lack.missing = missing
            count_lack(w, row, st.idle if missing != 0 else -st.idle)
        st.lacking += missing


@kernel
def count_idle(w, s, machines):
    """An idle machine more (or one fewer) waits for whatever its station lacks."""
    st = w.station[s]
    for row in range(st.first_lack, st.first_lack + st.lacks):
        if w.lack[row].missing != 0:
            count_lack(w, row, machines)


@kernel
def count_asking(w, m, machines):
    """A machine begins (or ceases) to wait for people in the middle of its work."""
    ma = w.machine[m]
    st = w.station[ma.station]
    for k in range(min(st.lacks, MOST_SKILLS)):
        if ma.lacks >> k & 1:
            count_lack(w, st.first_lack + k, machines)


@kernel
def change_of_state(w, m, old, new):
    """The state of a machine changes: what it waited for it waits for no more, or begins to."""
    if old == PEOPLE:
        count_asking(w, m, -1)
    elif new == PEOPLE:
        count_asking(w, m, 1)
    s = w.machine[m].station
    if w.station[s].lacking != 0:
        if old == IDLE:
            count_idle(w, s, -1)
        elif new == IDLE:
            count_idle(w, s, 1)


@kernel
def wait_for(w, m, skills):
    """A machine waits for these skills (bits of its station's rows) from now on."""
    ma = w.machine[m]
    if ma.lacks == skills:
        return
    if ma.state == PEOPLE:
        count_asking(w, m, -1)
    ma.lacks = skills
    if ma.state == PEOPLE:
        count_asking(w, m, 1)


@kernel
def skill_bits(w, s, first, count, missing):
    """The skills of some needs as bits of a station's rows: all of them, or those that nobody is free for."""
    bits = 0
    for n in range(first, first + count):
        need = w.need[n]
        if missing == 0 or find_crew(w, need.skill, need.amount) == NONE:
            row = lack_of(w, s, LACK_SKILL, need.skill)
            if row != NONE:
                bits |= 1 << min(row - w.station[s].first_lack, MOST_SKILLS - 1)
    return bits


@kernel
def reset_lacks(w):
    """Statistics of what is missing begin now."""
    for row in range(len(w.lack)):
        w.lack[row].area = -w.lack[row].machines * w.clock[0].now
