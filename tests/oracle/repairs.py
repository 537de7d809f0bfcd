"""Repairs and maintenance under way: people are asked for; clocks and repairs stand still off shift, and run on."""

from __future__ import annotations

from plantwright.codes import DRAW_REPAIR, FAIL, IN_REPAIR, REPAIRED, UP, WAITING_REPAIR
from tests.oracle import failures, people, uptimes


def choose_repairers(failure):
    """Who mends it, if they can be had now; nobody comes while the repair pauses. None if not all can come."""
    if failure.people and uptimes.stands_still(failure):
        return None
    return people.choose(failure.people)


def begin_or_ask(run, failure):
    """What has stopped is mended, or waits for people, last of those who do."""
    failure.condition = WAITING_REPAIR
    failure.left = 0
    if not begin(run, failure):
        run.repairs_wanted.append(failure)


def begin(run, failure):
    """Start a repair, or go on with it, if its people can be had: True when begun."""
    repairers = choose_repairers(failure)
    if repairers is None:
        return False
    people.hold(run, repairers)
    failure.repairers = repairers
    time = failure.left if failure.left > 0 else draw_repair(run, failure)
    failure.left = 0
    failure.condition = IN_REPAIR
    failure.ends = run.now + time
    if uptimes.stands_still(failure):
        failure.paused = True
        failure.left = time
    else:
        failure.event = run.schedule(failure.ends, REPAIRED, failures.repaired, failure)
    return True


def draw_repair(run, failure):
    owner, ordinal = uptimes.source_of(failure)
    time = run.draws.ticks(failure.repair, DRAW_REPAIR, owner, failure.repairs_drawn, ordinal)
    failure.repairs_drawn += 1
    return time


def serve(run):
    """Begin every waiting repair whose people can be had, first asked first: True when one began."""
    begun = [failure for failure in list(run.repairs_wanted) if begin(run, failure)]
    run.repairs_wanted = [failure for failure in run.repairs_wanted if failure not in begun]
    return bool(begun)


def pause(run, failure):
    """Stop a failure's ageing, or a repair, where it is; repairers go and have to come again."""
    if failure.paused or failure.uptimes_drawn == 0:  # it stands still, or its machines have not come yet
        return
    if failure.condition == IN_REPAIR:
        failure.left = failure.ends - run.now
        failure.event.is_void = True
        if failure.people:
            failure.condition = WAITING_REPAIR
            people.let_go(run, failure.repairers)
            run.repairs_wanted.append(failure)
        else:
            failure.paused = True
    elif uptimes.is_ageing(failure):
        failure.left = failure.due - run.now
        failure.event.is_void = True
        failure.paused = True


def resume(run, failure):
    """Let a paused failure age on, or its repair go on."""
    if not failure.paused or uptimes.stands_still(failure):
        return
    failure.paused = False
    if failure.condition == IN_REPAIR:
        failure.ends = run.now + failure.left
        failure.left = 0
        failure.event = run.schedule(failure.ends, REPAIRED, failures.repaired, failure)
    else:
        failure.due = run.now + failure.left
        failure.event = run.schedule(failure.due, FAIL, failures.fall_due, failure)


def stop_ageing(run, thing, striking):
    """A machine or vehicle is down: no way of failing ages meanwhile, but for shared ones."""
    for other in thing.failures:
        if other is not striking and not other.is_shared and other.condition == UP:
            pause(run, other)


def age_on(run, thing):
    for failure in thing.failures:
        if failure.condition == UP:
            resume(run, failure)
