"""Crews and their skills."""

from __future__ import annotations

from plantwright.codes import NONE
from plantwright.compile.draft import Draft


def add_crews(draft: Draft) -> None:
    """Rows of crews, and of skills with the crews that have them: fewest skills first, then document order."""
    for crew in draft.plant.crews.values():
        first, count = draft.link(draft.skills[skill] for skill in dict.fromkeys(crew.skills))
        draft.rows["crew"].add(
            people=crew.people,
            calendar=NONE if crew.calendar is None else draft.calendars.get(crew.calendar, NONE),
            absence=crew.absence.base if crew.absence is not None else 0.0,
            first_skill=first,
            skills=count,
        )
    for skill in draft.skills:
        able = [name for name, crew in draft.plant.crews.items() if skill in crew.skills]
        able.sort(key=lambda name: len(draft.plant.crews[name].skills))  # stable: document order among equals
        first, count = draft.link(draft.crews[name] for name in able)
        draft.rows["skill"].add(first_crew=first, crews=count)
