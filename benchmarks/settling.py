"""Whether the warm-up is found from which a plant is as it will be, and nothing else is mistaken for it.

One plant in four variants whose warm-up is known: level from the start, with a crew that works half days in spring (of
which the station's calendar knows nothing), empty for nine weeks while its first coats rest, and both at once. What is
left out are six weeks at least, and whole fives beyond them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from plantwright.model.plant import Plant
from plantwright.study.effort import EFFORTS
from plantwright.study.replicate import Crowd
from plantwright.study.year import prepare

from .record import Row

SEEDS = 20
ENOUGH = 0.9
"""Share of the seeds in which just the right number of weeks has to be left out; fewer never."""
PILOT_ONLY = replace(EFFORTS["quick"], pilot_moves=1_000_000)
WORKING, HALF = "Mon-Fri 06:00-22:00", "Mon-Fri 06:00-14:00"
SPRING = [{"from": "2027-03-15", "until": "2027-05-10", "shifts": [HALF]}]
"""From the eleventh to the eighteenth week."""


@dataclass(frozen=True)
class Settlement:
    """A plant and the weeks that are to be left out.

    Attributes
    ----------
    id, says : str
        Its name, and what there is to know about it.
    rest : str
        How long coats rest before they are sewn.
    hooks : int
        Coats that can rest at once.
    spring : bool
        Whether the crew works half days in spring.
    weeks : int
        What is to be left out. [weeks]
    """

    id: str
    says: str
    rest: str
    hooks: int
    spring: bool
    weeks: int

    def document(self) -> Plant:
        """The plant."""
        team: dict[str, Any] = {"shifts": [WORKING], "exceptions": SPRING if self.spring else []}
        route = [
            {"op": "cut", "station": "cut", "time": "exponential(5 min)"},
            {"op": "rest", "station": "rest", "time": self.rest},
            {"op": "sew", "station": "sew", "time": "exponential(18 min)", "people": {"sew": 1}},
        ]
        document = {
            "name": "Coats",
            "from": "2027-01-04",
            "calendars": {"day": {"shifts": [WORKING]}, "team": team},
            "crews": {"seamstresses": {"skills": ["sew"], "people": 6, "calendar": "team"}},
            "stations": {
                "cut": {"machines": 2, "calendar": "day", "room": 50},
                "rest": {"machines": self.hooks},
                "sew": {"machines": 8, "calendar": "day", "room": 5000},
            },
            "routes": {"coat": route},
            "products": {"coat": {"made_by": "coat"}},
            "demand": {"coat": {"year": 70_000}},
        }
        return Plant.model_validate(document)


def settlements() -> list[Settlement]:
    """The four variants."""
    return [
        Settlement("level", "full in a day", "1 h", 100, False, 6),
        Settlement("season", "full in a day, its crew on half days in spring", "1 h", 100, True, 6),
        Settlement("filling", "nine weeks until the first coat comes out", "60 d", 20_000, False, 10),
        Settlement(
            "both", "nine weeks until the first coat comes out, then a spring of half days", "60 d", 20_000, True, 10
        ),
    ]


def rows() -> Iterator[Row]:
    """For each variant the share of the seeds in which the right weeks are left out."""
    with Crowd() as crowd:
        for each in settlements():
            plant = each.document()
            found = [prepare(plant, PILOT_ONLY, seed=seed, crowd=crowd).warmup for seed in range(1, SEEDS + 1)]
            more = {"plant": each.says, "weeks": each.weeks, "fewest": min(found), "most": max(found), "seeds": SEEDS}
            share = sum(weeks == each.weeks for weeks in found) / SEEDS
            yield Row(f"settled_{each.id}", share, "-", more).with_goal(at_least=ENOUGH)
