"""Operations looked at one by one, and the arcs between them."""

from __future__ import annotations

from collections.abc import Iterator

from plantwright.optimise.schedule.check.fault import Fault
from plantwright.optimise.schedule.check.plain import Plain
from plantwright.problems.schedule import NONE


def of_routes(plain: Plain) -> Iterator[Fault]:
    """Each job does the operations of one of its routes and those of any route, and no others."""
    routes = plain.problem.operations.route.tolist()
    ways: list[list[tuple[list[int], list[int]]]] = [
        [([], []) for _ in range(many)] for many in plain.problem.jobs.routes.tolist()
    ]
    for operation, (job, route, mode) in enumerate(zip(plain.job, routes, plain.mode)):
        if route != NONE:
            ways[job][route][mode == NONE].append(operation)
        elif mode == NONE:
            yield Fault("route", (operation,), f"operation {operation} is not done")
    for job, of_job in enumerate(ways):
        if not any(_is_taken(of_job, route) for route in range(len(of_job))):
            names = tuple(operation for done, left in of_job for operation in (*done, *left))
            yield Fault("route", names, f"job {job} does not do the operations of exactly one route")


def _is_taken(ways: list[tuple[list[int], list[int]]], taken: int) -> bool:
    """All of this route is done, and nothing of the others."""
    return not ways[taken][1] and not any(done for route, (done, _) in enumerate(ways) if route != taken)


def of_modes(plain: Plain) -> Iterator[Fault]:
    """Modes are the operation's own; what does not run has no times; what is fixed is where and when it must be."""
    operations = plain.problem.operations
    first, many = operations.first_mode.tolist(), operations.modes.tolist()
    fixed_mode, fixed_start = operations.fixed_mode.tolist(), operations.fixed_start.tolist()
    for operation, mode in enumerate(plain.mode):
        start = plain.start[operation]
        if mode == NONE:
            if (start, plain.end[operation], plain.setup[operation]) != (NONE, NONE, NONE):
                yield Fault("mode", (operation,), f"operation {operation} has times but no mode")
        elif not first[operation] <= mode < first[operation] + many[operation]:
            yield Fault("mode", (operation,), f"mode {mode} is not one of operation {operation}")
        elif start < 0:
            yield Fault("time", (operation,), f"operation {operation} begins at {start}", -start)
        if fixed_mode[operation] not in (NONE, mode):
            what = f"operation {operation} runs in mode {mode}, it must in {fixed_mode[operation]}"
            yield Fault("fixed", (operation,), what)
        if fixed_start[operation] not in (NONE, start):
            what = f"operation {operation} begins at {start}, it must at {fixed_start[operation]}"
            yield Fault("fixed", (operation,), what, abs(start - fixed_start[operation]))


def of_times(plain: Plain) -> Iterator[Fault]:
    """Each takes its time on its calendar; in a batch, the longest time of the batch."""
    longest = {operation: int(plain.problem.modes.time[plain.mode[operation]]) for operation in plain.done}
    for groups in plain.groups.values():
        for group in groups:
            longest |= dict.fromkeys(group, max(longest[operation] for operation in group))
    operations, calendars = plain.problem.operations, plain.problem.modes.calendar.tolist()
    for operation, time in longest.items():
        start, end = plain.start[operation], plain.end[operation]
        stops, has_begun = bool(operations.interruptible[operation]), operations.fixed_start[operation] != NONE
        right = plain.runs(calendars[plain.mode[operation]], start, time, stops, bool(has_begun))
        if right is None:
            what = f"operation {operation} of {time} cannot run from {start} on: its calendar is closed"
            yield Fault("time", (operation,), what)
        elif end != right:
            what = f"operation {operation} of {time} from {start} ends at {right}, not at {end}"
            yield Fault("time", (operation,), what, abs(end - right))


def of_dates(plain: Plain) -> Iterator[Fault]:
    """Nothing before its release or after its deadline."""
    release, deadline = plain.problem.jobs.release.tolist(), plain.problem.jobs.deadline.tolist()
    for operation in plain.done:
        job, start, end = plain.job[operation], plain.start[operation], plain.end[operation]
        if start < release[job]:
            what = f"operation {operation} begins at {start}, released at {release[job]}"
            yield Fault("release", (operation,), what, release[job] - start)
        if end > deadline[job]:
            what = f"operation {operation} ends at {end}, its deadline is {deadline[job]}"
            yield Fault("deadline", (operation,), what, end - deadline[job])


def of_arcs(plain: Plain) -> Iterator[Fault]:
    """What waits begins neither too early nor too late."""
    arcs = plain.problem.arcs
    columns = (arcs.before, arcs.after, arcs.from_start, arcs.least, arcs.most)
    for before, after, from_start, least, most in zip(*(column.tolist() for column in columns)):
        if plain.mode[before] == NONE or plain.mode[after] == NONE:
            continue
        origin, start = plain.start[before] if from_start else plain.end[before], plain.start[after]
        if start < origin + least:
            what = f"operation {after} begins at {start}, {least} after operation {before} is {origin + least}"
            yield Fault("least", (before, after), what, origin + least - start)
        if most != NONE and start > origin + most:
            what = f"operation {after} begins at {start}, at most {most} after operation {before} is {origin + most}"
            yield Fault("most", (before, after), what, start - origin - most)
