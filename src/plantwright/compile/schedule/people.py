"""People, tools and places as pools: how many there are, and when.

An operation asks for a skill; several crews may have it, and some of them others as well. That nobody is counted twice
is kept by one pool for each set of skills: those of its operations that run at the same time take no more than the
crews that have any of these skills. Where crews can change places at any moment this is not only needed but enough.

References
----------
Hall, On representatives of subsets, J. London Math. Soc. 10 (1935) 26-30, doi 10.1112/jlms/s1-10.37.26.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from plantwright.compile.schedule.windows import Windows, Working, common, either
from plantwright.model.crew import Crew
from plantwright.model.presence import crew_span, cut
from plantwright.problems.schedule import NONE

PERSON = 1000
"""A person in the unit of pools: thousandths. [-]"""
MOST_SKILLS = 6
"""Skills of crews that share people up to which every set of them is looked at; beyond, single ones and all. [-]"""

Levels = tuple[tuple[int, int], ...]
"""From when on how much: rising ticks, the first 0."""


@dataclass(frozen=True, slots=True)
class Pool:
    """What is there in numbers.

    Attributes
    ----------
    kind
        ``people``, ``tool`` or ``places``.
    names
        Skills of which any may be held, the tool, or the station.
    unit
        Amount that is one person, tool or place. [-]
    levels
        How much there is from when on.
    """

    kind: str
    names: tuple[str, ...]
    unit: int
    levels: Levels

    @property
    def most(self) -> int:
        """The highest level."""
        return max(level for _, level in self.levels)


class People:
    """The crews of a plant during a schedule."""

    def __init__(self, working: Working) -> None:
        self.working = working
        crews = working.plant.crews
        self.of_skill: dict[str, tuple[str, ...]] = {}
        for skill in dict.fromkeys(skill for crew in crews.values() for skill in crew.skills):
            self.of_skill[skill] = tuple(name for name, crew in crews.items() if skill in crew.skills)

    def windows(self, skills: Iterable[str]) -> Windows:
        """When somebody of each skill is at work."""
        found = self.working.whole
        for skill in sorted(set(skills)):
            crews = self.of_skill.get(skill, ())
            found = common(found, either(self._present(name, breaks=True) for name in crews))
        return found

    def pools(self, skills: Iterable[str]) -> list[Pool]:
        """Pools for the skills that a schedule asks for."""
        wanted = [skill for skill in self.of_skill if skill in set(skills)]
        found: list[Pool] = []
        for related in _related(wanted, self.of_skill):
            for subset in _telling(related, self.of_skill):
                crews = tuple(name for name in self.working.plant.crews if _serves(self.of_skill, subset, name))
                found.append(Pool("people", subset, PERSON, self._levels(crews)))
        return found

    def at_work(self, name: str) -> Windows:
        """When a crew is there, breaks and all."""
        return self._present(name, breaks=False)

    def _present(self, name: str, *, breaks: bool) -> Windows:
        crew = self.working.plant.crews[name]
        employed = cut(crew_span(self.working.plant, crew), self.working.span)
        return common(self.working.of(crew.calendar, breaks=breaks), self.working.in_ticks([employed]))

    def _levels(self, crews: tuple[str, ...]) -> Levels:
        """How many people of several crews are there; when nobody is, as many as were there last.

        What waits over night for the next shift still counts as held: that must not look as if nobody were left for it.
        """
        shifts = {name: self._present(name, breaks=False) for name in crews}
        edges = sorted({edge for windows in shifts.values() for window in windows for edge in window})
        numbers = {name: _heads(self.working.plant.crews[name]) for name in crews}
        found: list[tuple[int, int]] = []
        places = dict.fromkeys(crews, 0)
        for edge in edges:
            level = 0
            for name, windows in shifts.items():
                while places[name] < len(windows) and windows[places[name]][1] <= edge:
                    places[name] += 1
                if places[name] < len(windows) and windows[places[name]][0] <= edge:
                    level += numbers[name]
            if level and (not found or found[-1][1] != level):
                found.append((edge if found else 0, level))
        return tuple(found) or ((0, 0),)


def _heads(crew: Crew) -> int:
    """People of a crew who are there in the mean. [thousandths]"""
    absent = 0.0 if crew.absence is None else crew.absence.base
    return math.floor(crew.people * (1.0 - absent) * PERSON + 1e-6)


def _related(skills: list[str], of_skill: Mapping[str, tuple[str, ...]]) -> list[list[str]]:
    """Skills in groups that share no crew with each other."""
    groups: list[list[str]] = []
    for skill in skills:
        mine = [group for group in groups if any(set(of_skill[skill]) & set(of_skill[other]) for other in group)]
        groups = [group for group in groups if group not in mine]
        groups.append([*(other for group in mine for other in group), skill])
    return groups


def _telling(skills: list[str], of_skill: Mapping[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Sets of skills that say something that no other set says: the largest of those that the same crews have."""
    sizes = range(1, len(skills) + 1) if len(skills) <= MOST_SKILLS else (1, len(skills))
    largest: dict[frozenset[str], tuple[str, ...]] = {}
    for size in sizes:
        for subset in combinations(skills, size):
            largest[frozenset(crew for skill in subset for crew in of_skill[skill])] = subset
    return [subset for subset in largest.values() if _is_joined(subset, of_skill)]


def _is_joined(subset: tuple[str, ...], of_skill: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a set does not fall into parts that say it together."""
    return len(_related(list(subset), of_skill)) == 1


def _serves(of_skill: Mapping[str, tuple[str, ...]], subset: tuple[str, ...], crew: str) -> bool:
    return any(crew in of_skill[skill] for skill in subset)


def amounts(pools: list[Pool], people: Mapping[str, float]) -> dict[int, int]:
    """What an operation that holds people takes of each pool. [thousandths]"""
    found: dict[int, int] = {}
    for number, pool in enumerate(pools):
        if pool.kind == "people":
            held = sum(math.ceil(share * PERSON - 1e-6) for skill, share in people.items() if skill in pool.names)
            if held:
                found[number] = held
    return found


def pool_of(pools: list[Pool], kind: str, name: str) -> int:
    """The pool of a tool, or of the places of a station; ``NONE`` where there is none."""
    return next((number for number, pool in enumerate(pools) if pool.kind == kind and pool.names == (name,)), NONE)
