"""Working time and clock time: when a calendar is open, and when work begun then ends.

After its last window a calendar counts as open, so that there always is a schedule; windows should reach that far.
"""

from __future__ import annotations

from plantwright.jit import kernel


@kernel
def window_at(f, calendar, t):
    """First window that closes after ``t``; the row after the last where none does."""
    low = f.first_window[calendar]
    high = low + f.windows[calendar]
    while low < high:
        middle = (low + high) >> 1
        if f.closes[middle] > t:
            high = middle
        else:
            low = middle + 1
    return low


@kernel
def earliest(f, calendar, interruptible, time, t):
    """Earliest start at or after ``t``: the calendar is open, and stays open long enough where work must not stop."""
    if calendar < 0:
        return t
    window = window_at(f, calendar, t)
    last = f.first_window[calendar] + f.windows[calendar]
    while window < last:
        start = max(t, f.opens[window])
        if interruptible or start + time <= f.closes[window]:
            return start
        window += 1
    return max(t, f.closes[last - 1])


@kernel
def finish(f, calendar, interruptible, time, start):
    """When work of this working time ends that begins at ``start``, an instant at which the calendar is open."""
    if calendar < 0 or not interruptible:
        return start + time
    window = window_at(f, calendar, start)
    last = f.first_window[calendar] + f.windows[calendar]
    left = time
    while window < last:
        begin = max(start, f.opens[window])
        if left <= f.closes[window] - begin:
            return begin + left
        left -= f.closes[window] - begin
        window += 1
    return max(start, f.closes[last - 1]) + left


@kernel
def latest(f, calendar, time, end):
    """Latest start of work that may be interrupted and ends by ``end``; -1 where there is none. ``time`` > 0."""
    if calendar < 0:
        return end - time
    first = f.first_window[calendar]
    window = window_at(f, calendar, end - 1)
    left = time
    if window == first + f.windows[calendar]:
        window -= 1
        beyond = end - f.closes[window]
        if left <= beyond:
            return end - left
        left -= beyond
    while window >= first:
        top = min(end, f.closes[window])
        if top > f.opens[window]:
            if left <= top - f.opens[window]:
                return top - left
            left -= top - f.opens[window]
        window -= 1
    return -1


@kernel
def past(f, calendar, t):
    """By how much a time is past the last window."""
    if calendar < 0:
        return 0
    return max(0, t - f.closes[f.first_window[calendar] + f.windows[calendar] - 1])
