"""People (mechanism 11): who is there, who is held, who comes and goes."""

from __future__ import annotations

from plantwright.codes import CALENDAR, DRAW_ABSENCE, HELD, PERSON, PRESENT

DAY = 24 * 3600 * 1_000_000


def free_of(crew):
    """Thousandths of a person of a crew who are there and not held."""
    return crew.present - crew.held


def crew_for(skill, amount):
    """The crew that sends somebody: the first with so many free, crews with fewest skills first; None if nobody."""
    return next((crew for crew in skill.crews if free_of(crew) >= amount), None)


def is_anybody_missing(needs):
    """Whether for some need, looked at by itself, nobody is free."""
    return any(crew_for(skill, amount) is None for skill, amount in needs)


def choose(needs):
    """Crews for all needs together, or None; the needs are met in their order or, where that fails, from the last."""
    for order in (range(len(needs)), reversed(range(len(needs)))):
        chosen = {}
        for n in order:
            skill, amount = needs[n]
            taken = {id(crew): 0 for crew in skill.crews}
            for other, crew in chosen.items():
                if id(crew) in taken:
                    taken[id(crew)] += needs[other][1]
            chosen[n] = next((crew for crew in skill.crews if free_of(crew) - taken[id(crew)] >= amount), None)
            if chosen[n] is None:
                break
        else:
            return [(chosen[n], needs[n][1]) for n in range(len(needs))]
    return None


def hold(run, holding):
    """Hold people who were chosen."""
    for crew, amount in holding:
        crew.held += amount
        run.note(HELD, who=crew.number, what=amount, value=crew.held)


def let_go(run, holding):
    """Let people go; the list is empty afterwards."""
    for crew, amount in holding:
        crew.held -= amount
        run.note(HELD, who=crew.number, what=-amount, value=crew.held)
    holding.clear()


def come_or_leave(run, crew, on):
    """A crew comes, who is absent is drawn each time; or it leaves, and whoever is held finishes what he does."""
    crew.on = on
    crew.present = 0
    if on and not crew.away:
        absent = run.draws.binomial(crew.people, crew.absence, DRAW_ABSENCE, crew.number, crew.times_come)
        crew.times_come += 1
        crew.present = (crew.people - absent) * PERSON
    run.note(PRESENT, who=crew.number, value=crew.present)


def plan_next_day(run, crew):
    """A crew without a calendar comes anew each midnight, if anybody may be absent."""
    if crew.calendar is None and crew.absence > 0.0 and not crew.away:
        run.schedule(run.now + DAY, CALENDAR, begin_day, crew)


def begin_day(run, crew):
    come_or_leave(run, crew, True)
    plan_next_day(run, crew)
