"""Screening: 10,000 parties against a list of 18,000 entries in several scripts, every name invented.

One party in ten is made from a name on the list: as it stands, with another legal form, or misspelt by one letter. The
entries that blocking passes over are looked for by comparing some parties with the whole list.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable

from plantwright.matching import forms, likenesses, scoring
from plantwright.problems.screening import Entry, Likeness, Sought

from .invented import entries, firm, misspelt, other_form
from .record import Row

PARTIES, ENTRIES = 10_000, 18_000
REVIEW, BLOCK = 0.7, 0.9
SAMPLE = 20
"""Parties that are compared with the whole list. [-]"""
SEED = 1

WAYS: dict[str, Callable[[random.Random, str], str]] = {
    "as_listed": lambda _, name: name,
    "another_legal_form": other_form,
    "misspelt": misspelt,
}


def measure() -> list[Row]:
    """Seconds of the processor, what was found of those that are on the list, and what blocking lost."""
    parties_wanted = int(os.environ.get("SCREENING_PARTIES", PARTIES))
    rng = random.Random(SEED)
    listed = entries(rng, ENTRIES)
    parties, meant = _parties(rng, listed, parties_wanted)
    began = time.process_time()
    found = likenesses(parties, listed, REVIEW)
    seconds = time.process_time() - began
    doubtful, certain, compared = _lost(parties, listed, found)
    return [
        Row("screening_s", seconds, "s", {"parties": len(parties), "entries": ENTRIES}).with_goal(at_most=300),
        *_recall(meant, found),
        Row("parties_held_or_refused", len({each.sought for each in found} - meant.keys()), "of the others"),
        Row("lost_by_blocking_to_review", doubtful, "likenesses", {"compared": compared}),
        Row("lost_by_blocking_to_refuse", certain, "likenesses", {"compared": compared}).with_goal(at_most=0),
    ]


def _parties(rng: random.Random, listed: list[Entry], count: int) -> tuple[list[Sought], dict[int, tuple[str, int]]]:
    """Parties, and of those on the list how they were made from which entry."""
    parties: list[Sought] = []
    meant: dict[int, tuple[str, int]] = {}
    ways = list(WAYS)
    for number in range(count):
        if number % 10:
            parties.append(Sought((firm(rng),)))
            continue
        way, entry = ways[number // 10 % len(ways)], rng.randrange(len(listed))
        meant[number] = way, entry
        parties.append(Sought((WAYS[way](rng, rng.choice(listed[entry].names)),)))
    return parties, meant


def _recall(meant: dict[int, tuple[str, int]], found: list[Likeness]) -> list[Row]:
    """Shares of the parties on the list that were found, and that were refused, by how they were made."""
    scores = {(each.sought, each.entry): each.score for each in found}
    rows = []
    for way in WAYS:
        mine = [scores.get((party, entry), 0.0) for party, (how, entry) in meant.items() if how == way]
        of = {"of": len(mine)}
        rows.append(Row(f"found_{way}", 100 * sum(score > 0 for score in mine) / len(mine), "%", of))
        rows.append(Row(f"refused_{way}", 100 * sum(score >= BLOCK for score in mine) / len(mine), "%", of))
    return rows


def _lost(parties: list[Sought], listed: list[Entry], found: list[Likeness]) -> tuple[int, int, int]:
    """Likenesses that comparing with every entry finds and blocking does not, below and above the block level; how
    many comparisons that took.
    """
    known = {(each.sought, each.entry) for each in found}
    sample = range(0, len(parties), max(1, len(parties) // SAMPLE))
    targets = [scoring.listed(entry.names, entry.kind) for entry in listed]
    lost, compared = [0, 0], 0
    for number in sample:
        for place, (entry, target) in enumerate(zip(listed, targets)):
            names = [scoring.sought(form) for form in forms.forms(parties[number].names, entry.kind)]
            compared += len(names)
            score = max(scoring.score(name, target).value for name in names)
            lost[score >= BLOCK] += score >= REVIEW and (number, place) not in known
    return lost[False], lost[True], compared
