"""Ways to stop, failures and planned maintenance alike: when each is due next, by its own clock."""

from __future__ import annotations

from plantwright.codes import BY_BUSY, BY_CALENDAR, BY_COUNT, DRAW_UPTIME, FAIL, FOREVER, IN_UNLOAD, NONE, UP
from plantwright.engine.draw import rounded, sample
from plantwright.engine.heap import push
from plantwright.engine.machines import is_at_work
from plantwright.jit import kernel

MODES_PER_STATION = 64


@kernel
def source_of(w, mode):
    """Owner of a mode's random numbers: its place in the failures of its station, or carrier."""
    place = mode.station if mode.carrier == NONE else len(w.station) + mode.carrier
    return place * MODES_PER_STATION + mode.ordinal % MODES_PER_STATION


@kernel
def machine_ordinal(w, k):
    """Which machine of its station (vehicle of its carrier) a mode belongs to: the first one of a group."""
    first = w.link[w.mode[k].first_member]
    return w.machine[first].ordinal if w.mode[k].carrier == NONE else w.vehicle[first].ordinal


@kernel
def counts_on(w, mode, m):
    """Whether a mode's busy time or operations are those of this machine: of a group the first one's count."""
    return w.link[mode.first_member] == m


@kernel
def is_gone(w, k):
    """Whether none of a mode's machines (or vehicles) is there, so that it cannot strike."""
    mode = w.mode[k]
    if mode.carrier != NONE:
        return w.carrier[mode.carrier].away != 0
    for row in range(mode.first_member, mode.first_member + mode.members):
        if w.machine[w.link[row]].absent == 0:
            return False
    return True


@kernel
def find_next_busy(w, m):
    """The machine's earliest stop by busy time."""
    ma = w.machine[m]
    ma.busy_due = FOREVER
    ma.busy_mode = NONE
    for row in range(ma.first_mode, ma.first_mode + ma.modes):
        mode = w.mode[w.link[row]]
        if mode.by == BY_BUSY and counts_on(w, mode, m) and mode.state == UP and mode.due < ma.busy_due:
            ma.busy_due = mode.due
            ma.busy_mode = w.link[row]


@kernel
def find_next_count(w, m):
    """The machine's earliest stop by operations."""
    ma = w.machine[m]
    ma.count_due = FOREVER
    ma.count_mode = NONE
    for row in range(ma.first_mode, ma.first_mode + ma.modes):
        mode = w.mode[w.link[row]]
        if mode.by == BY_COUNT and counts_on(w, mode, m) and mode.state == UP and mode.due < ma.count_due:
            ma.count_due = mode.due
            ma.count_mode = w.link[row]


@kernel
def begin_uptime(w, k):
    """Draw (or look up) when a mode is due next and wait for it, each by its own clock."""
    mode = w.mode[k]
    if mode.by == BY_CALENDAR:
        mode.draws += 1
        await_date(w, k)
        return
    m = w.link[mode.first_member]
    uptime = sample(w, mode.law, DRAW_UPTIME, source_of(w, mode), machine_ordinal(w, k), mode.draws)
    mode.draws += 1
    mode.whole = max(rounded(uptime), 1) if mode.by == BY_COUNT else rounded(uptime)
    if mode.by == BY_BUSY:
        mode.due = w.machine[m].busy_clock + mode.whole
        find_next_busy(w, m)
    elif mode.by == BY_COUNT and mode.carrier != NONE:
        mode.due = w.vehicle[m].trips + mode.whole
    elif mode.by == BY_COUNT:
        begun = 1 if is_at_work(w, m) and w.machine[m].phase != IN_UNLOAD else 0
        mode.due = w.machine[m].cycles + 1 - begun - mode.planned + mode.whole
        find_next_count(w, m)
    else:
        await_clock(w, k)


@kernel
def await_clock(w, k):
    """A mode by the clock strikes after its uptime (``whole``), from now on or from the last time it struck."""
    mode = w.mode[k]
    now = w.clock[0].now
    mode.due = now + mode.whole
    if mode.from_start != 0 and mode.draws > 1:
        mode.due = mode.struck + mode.whole
        while mode.due <= now:
            again = sample(w, mode.law, DRAW_UPTIME, source_of(w, mode), machine_ordinal(w, k), mode.draws)
            mode.draws += 1
            mode.whole = max(rounded(again), 1)
            mode.due += mode.whole
    if pauses_now(w, mode):
        mode.frozen = 1
        mode.left = mode.due - now
    else:
        push(w, mode.due, FAIL, k, mode.epoch)


@kernel
def await_date(w, k):
    """Planned maintenance by the calendar: the next date that is not over is waited for."""
    mode = w.mode[k]
    while mode.next_date < mode.dates and w.link[mode.first_date + mode.next_date] < w.clock[0].now:
        mode.next_date += 1
    if mode.next_date < mode.dates:
        push(w, w.link[mode.first_date + mode.next_date], FAIL, k, mode.epoch)


@kernel
def pauses_now(w, mode):
    """Whether the mode's clocks stand still because its station or carrier is off shift."""
    if mode.runs_off_shift != 0:
        return False
    return w.station[mode.station].on == 0 if mode.carrier == NONE else w.carrier[mode.carrier].on == 0
