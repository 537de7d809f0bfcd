"""Which of several schedules is best when times vary: the same random numbers for all, fresh ones for the winner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from plantwright.analytic.statistics import Difference, paired_difference
from plantwright.compile.schedule.names import Lowered
from plantwright.problems.schedule import Schedule
from plantwright.results import Estimate
from plantwright.study.schedule.replay import How, Replays, replay


@dataclass(frozen=True, eq=False)
class Contest:
    """Several schedules of the same orders under the same random numbers.

    Attributes
    ----------
    expected
        The mean of each level with its interval, by name.
    best
        The one with the least mean, level by level.
    again
        The same of the best and of the one that was to be beaten, in fresh runs.
    gain
        By how much the best is below the other in these, on the first level; None where they are one.
    """

    expected: Mapping[str, tuple[Estimate, ...]]
    best: str
    again: Mapping[str, tuple[Estimate, ...]]
    gain: Difference | None


def contest(
    lowered: Lowered, schedules: Mapping[str, Schedule], how: How, known: Mapping[str, Replays] | None = None
) -> Contest:
    """Which of several schedules is best under uncertainty; the first is the one to be beaten.

    Parameters
    ----------
    lowered
        What was scheduled.
    schedules
        Schedules of the same problem, by name.
    how
        Replications of each; as many fresh ones follow of the best and of the first.
    known
        Those of them that have been replayed so.

    Notes
    -----
    The least of several means is too low on average, since chance helps to choose it: that is why the best one is
    told by fresh runs.
    """
    found = dict(known or {})
    expected = {
        name: (found.get(name) or replay(lowered, each, _of(how, name))).expected() for name, each in schedules.items()
    }
    best = min(expected, key=lambda name: [level.mean or 0.0 for level in expected[name]])
    beaten = next(iter(schedules))
    fresh = replace(how, first=how.first + how.runs)
    again = {
        name: replay(lowered, schedules[name], _of(fresh, name, "once more")) for name in dict.fromkeys((beaten, best))
    }
    gain = None
    if best != beaten:
        gain = paired_difference(again[beaten].values()[:, 0], again[best].values()[:, 0])
    return Contest(expected, best, {name: each.expected() for name, each in again.items()}, gain)


def _of(how: How, name: str, again: str = "") -> How:
    """The same, told by the name of the schedule."""
    return replace(how, what=f"replaying {name} {again}".strip())
