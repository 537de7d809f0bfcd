"""Every subject that is measured, by name. Each goes through the same phases: measure (and hold the answers to what is
known), print the rows, write them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from . import (
    balance,
    bottleneck,
    coverage,
    demo,
    engine,
    forms,
    losing,
    materials,
    record,
    risk,
    scaling,
    schedule,
    screening,
    siting,
    start,
    whole,
)
from .peers import compare
from .record import Row


class Subject(NamedTuple):
    """Something that is measured, and what it is in a sentence."""

    measure: Callable[[], list[Row]]
    says: str


SUBJECTS = {
    "coverage": Subject(coverage.measure, "how often intervals of 95 % hold the truth, and what warm-up is found"),
    "engine": Subject(engine.measure, "part moves a second and core, memory, compile time, two threads"),
    "start": Subject(start.measure, "seconds to import the library and to show the help"),
    "bottleneck": Subject(bottleneck.measure, "which method finds the bottleneck of lines that are known exactly"),
    "demo": Subject(demo.measure, "seconds from the command to the report of the reference plant"),
    "forms": Subject(forms.measure, "closed forms against exact answers and against simulation of random plants"),
    "peers": Subject(compare.measure, "times as fast as SimPy and Cimba on the same four plants, results compared"),
    "whole": Subject(whole.measure, "a year of the reference plant as written, and with every mechanism switched on"),
    "losing": Subject(losing.measure, "the reference plant without its supplier of cells: what the worked page shows"),
    "materials": Subject(
        materials.measure, "lot sizing with setup times: the proven gap in 20 s, ours and the textbook's"
    ),
    "balance": Subject(balance.measure, "assembly lines of 50 and 100 tasks: stations against the best known"),
    **{
        f"balance-{family}": Subject(partial(balance.measure_family, family), f"the part of balance that is {family}")
        for family in balance.SETS
    },
    "risk": Subject(risk.measure, "loss and survival of every outage of one and two nodes of a supply network"),
    "schedule": Subject(schedule.measure, "public shop instances: gap to the best known value, a minute each"),
    **{
        f"schedule-{family}": Subject(
            partial(schedule.measure_family, family), f"the part of schedule that is {family}"
        )
        for family in schedule.FAMILIES
    },
    "siting": Subject(siting.measure, "facility location instances of the OR-Library: optimum reached, seconds"),
    "screening": Subject(screening.measure, "10,000 parties against 18,000 entries: seconds, and what was found"),
    "scaling": Subject(scaling.measure, "what grows with run length, stations, parts inside, threads; compile time"),
}


def run(name: str) -> None:
    """Measure one subject, print its rows and write them to ``build/bench/NAME.json``."""
    subject = SUBJECTS[name]
    rows = subject.measure()
    record.show(f"{name}: {subject.says}", rows)
    path = record.write(name, rows, measured=subject.says)
    print(f"Written to {path.relative_to(record.ROOT)}.")
