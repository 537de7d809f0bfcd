"""People: crews with skills on shifts, and how an operation holds them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any

from pydantic import Field, WithJsonSchema, model_validator

from plantwright.model.distribution import TimeLaw
from plantwright.model.learning import SkillLearning
from plantwright.model.record import Id, Record, Skill, unused
from plantwright.units import Duration, MoneyRate, Share

_PEOPLE = {
    "type": ["integer", "string"],
    "minimum": 0,
    "pattern": r"^\d[\d _]*( per shift)?$",
    "examples": ["6 per shift"],
}
_PER_SHIFT = re.compile(r"^\s*(\d[\d _]*)\s+per\s+shift\s*$")


def _people(value: Any) -> Any:
    if isinstance(value, str) and (match := _PER_SHIFT.match(value)):
        return int(match[1].replace(" ", "").replace("_", ""))
    return value


class Crew(Record):
    """A group of people with the same skills and the same calendar."""

    skills: tuple[Skill, ...]
    """What each of them can do; operations ask for a skill, never for a crew."""
    people: Annotated[int, WithJsonSchema(_PEOPLE)] = Field(ge=0)
    """How many are on the roster of each shift."""
    calendar: Id | None = None
    """When they are there; always when left out."""
    absence: Share | None = None
    """Chance that a rostered person is not there, drawn anew for each person and shift."""
    from_: dt.date | None = None
    """First day on which it works here; from the beginning when left out."""
    until: dt.date | None = None
    """First day on which it is gone; who is held then finishes what he does."""
    wage: MoneyRate | None = None
    """Cost of an hour for which one of them is there, working or waiting."""
    shop: Id | None = None
    """The shop they belong to, for the report."""
    levels: dict[Skill, int] = unused({})
    """Level reached in a skill."""
    training: dict[Skill, Duration] = unused({})
    """Time to train a newcomer in a skill."""
    attrition: Share | None = unused()
    """Share that leaves in a year."""
    name: str = ""
    """What people call the crew."""

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        if isinstance(value, dict) and "people" in value:
            return {**value, "people": _people(value["people"])}
        return value


class Attendance(Record):
    """People held only while an operation is loaded and unloaded; in between the machine runs alone."""

    people: dict[Skill, Annotated[float, Field(gt=0)]]
    """How many of each skill hold hands on it."""
    load: TimeLaw | None = None
    """Hands-on time before the operation's own time."""
    unload: TimeLaw | None = None
    """Hands-on time after it."""


class Skills(Record):
    """How a kind of work is learned."""

    learning: Share | SkillLearning | None = Field(default=None, json_schema_extra={"used": "as a group"})
    """How times fall with practice. A mere rate (85 %) tells how beginners learn: the times in the routes are those of
    practised people then, and nothing changes in a run."""
    training: Duration | None = None
    """Time to train a newcomer."""
    name: str = ""
    """What people call the skill."""
