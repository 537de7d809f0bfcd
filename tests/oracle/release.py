"""Releases (mechanism 3): how parts enter the plant."""

from __future__ import annotations

from plantwright.codes import (
    ARRIVAL,
    ARRIVALS,
    BY_MIX,
    CONWIP,
    DRAW_ARRIVAL,
    DRAW_GROUP,
    DRAW_OPTION,
    ENTERED,
    LAUNCHED,
    OPENING,
    PLANNED,
    PULLED,
    SPLIT,
)
from tests.oracle import move, plan, queues, start
from tests.oracle.draw import whole
from tests.oracle.plant import Part

# Parts


def option_of_next(run, release):
    """The option of the next unit, drawn by the shares of the options."""
    if len(release.options) <= 1:
        return 0
    u = run.draws.uniform(DRAW_OPTION, release.number, release.created)
    return next((k for k, share in enumerate(release.options[:-1]) if u < share), len(release.options) - 1)


def create(run, release, due):
    """A part enters, at its first operation."""
    part = Part(
        number=run.parts_made,
        item=release.item,
        operation=release.operation,
        pieces=release.pieces,
        option=option_of_next(run, release),
        born=run.now,
        due=due,
    )
    run.parts_made += 1
    release.created += 1
    release.in_process += 1
    run.note(ENTERED, part=part, who=release.number, what=release.item.number, value=part.pieces)
    return part


def split(run, part, pieces):
    """Some pieces of a part become a part of their own."""
    other = Part(
        number=run.parts_made,
        item=part.item,
        operation=part.operation,
        pieces=pieces,
        option=part.option,
        born=part.born,
        due=part.due,
        tries=part.tries,
        tried=part.tried,
        comes_from=part.comes_from,
    )
    run.parts_made += 1
    part.pieces -= pieces
    part.item.release.in_process += 1
    plan.count_parts(part, 1)
    run.note(SPLIT, part=other, who=part.number, what=part.item.number, value=pieces)
    return other


# Entering


def way_in(run, release):
    """The place at which the next part can enter now; None when it has to wait outside."""
    operation = release.operation
    option = option_of_next(run, release)
    overtakes = release.kind == PLANNED
    free = [place for place in operation.places if overtakes or not move.is_anybody_before(run, place[0])]
    takes = [place for place in free if start.can_take_now(run, place[0], operation, option, release.pieces)]
    if takes and len(operation.places) > 1:
        return takes[0]
    with_room = [place for place in free if place in takes or queues.has_room(place[0])]
    return min(with_room, key=lambda place: move.queue_length(place[0]), default=None)


def enter(run, release, due):
    """Let one part in: True when it entered."""
    place = way_in(run, release)
    if place is None:
        return False
    part = create(run, release, due)
    move.enter(run, part, place)
    if release.loses:  # a part of a group that arrives together may make room for the next one
        start.try_start(run, place[0])
    return True


def let_in(run, release):
    """Let in what a release has ready, as far as there is room and its cap allows: True when a part entered."""
    before = release.created
    if release.kind == CONWIP:
        while release.in_process < release.cap and enter(run, release, run.now):
            pass
    elif release.kind == ARRIVALS:
        while release.pending > 0 and enter(run, release, run.now):
            release.pending -= release.pieces
        if release.loses:
            release.pending = 0
        if release.is_standing and release.pending == 0:
            release.is_standing = False
            plan_next_arrival(run, release)
    elif release.kind == PULLED:
        lot = max(release.item.lot, release.pieces)
        lots = release.pending // lot
        release.pending -= lots * lot
        release.again += lots * lot
        while release.again > 0 and enter(run, release, run.now):
            release.again -= release.pieces
    elif release.kind == PLANNED:
        while release.pending > 0 and plan.enter_next(run, release, enter):
            pass
    return release.created > before


# Launchers


def launch(run, launcher):
    """Let products in that compete for it: True when a part entered."""
    before = sum(release.created for release in launcher.releases)
    if launcher.kind == BY_MIX:
        launch_by_mix(run, launcher)
    else:
        launch_by_date(run, launcher)
    return sum(release.created for release in launcher.releases) > before


def launch_by_mix(run, launcher):
    """Strictly in the sequence of the mix: at each launch every product is credited its share, and the one with the
    largest credit pays for it. The next one waits for its own cap and room.
    """
    while True:
        due = max(launcher.releases, key=lambda release: release.credit + release.weight)
        if due.in_process >= due.cap or not enter(run, due, run.now):
            return
        for release in launcher.releases:
            release.credit += release.weight
        due.credit -= float(due.pieces)


def undo_launch(release, pieces):
    """Give the mix back what a launch took, so that scrapped pieces count for nobody's share."""
    launches = float(pieces) / float(release.pieces)
    for other in release.launcher.releases:
        other.credit -= other.weight * launches
    release.credit += float(pieces)


def launch_by_date(run, launcher):
    """By due date; one that has no room does not hold up the others."""
    held_up = set()
    while True:
        ready = [
            (due_of_next(release), release.number, release)
            for release in launcher.releases
            if release.in_process < release.cap
            and (release.again > 0 or release.pending > 0)
            and release.number not in held_up
        ]
        if not ready:
            return
        due, number, release = min(ready)
        if enter(run, release, due):
            use_up(release)
        else:
            held_up.add(number)


def due_of_next(release):
    """Due date of the next unit; a replacement is due when what it replaces was."""
    return release.again_due if release.again > 0 else release.openings[release.used_up][1]


def use_up(release):
    """One part has been let in for the earliest order that is open."""
    if release.again > 0:
        release.again -= release.pieces
        return
    release.pending -= release.pieces
    release.taken += release.pieces
    while release.used_up < len(release.openings) and release.taken >= release.openings[release.used_up][2]:
        release.taken -= release.openings[release.used_up][2]
        release.used_up += 1


# Events


def plan_first(run, release):
    """What happens first by itself: an arrival, or dated orders that may be started."""
    if release.kind == ARRIVALS:
        plan_next_arrival(run, release)
    elif release.kind in (LAUNCHED, PLANNED):
        plan_next_opening(run, release)


def plan_next_arrival(run, release):
    wait = run.draws.ticks(release.between, DRAW_ARRIVAL, release.number, release.arrivals)
    run.schedule(run.now + wait, ARRIVAL, arrive, release)


def arrive(run, release):
    """Parts arrive: they enter, wait outside, are lost, or block their source until they have entered."""
    parts = 1
    if release.group is not None:
        parts = whole(run.draws.sample(release.group, DRAW_GROUP, release.number, release.arrivals))
    release.arrivals += 1
    release.pending += parts * release.pieces
    if release.blocks:
        release.is_standing = True
    else:
        plan_next_arrival(run, release)


def plan_next_opening(run, release):
    if release.opened < len(release.openings):
        run.schedule(max(release.openings[release.opened][0], run.now), OPENING, open_orders, release)


def open_orders(run, release):
    """Dated orders may be started from now on."""
    release.pending += release.openings[release.opened][2]
    release.opened += 1
    plan_next_opening(run, release)
