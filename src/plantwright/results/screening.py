"""What was found when the parties of a plant were held against lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from plantwright.results.printable import Execution, Printable, Provenance

AID = "This is an aid for those who have to decide, not legal advice; a name that is not found proves nothing."
NOTHING = "No list was given: nothing was screened."

State = Literal["refused", "held"]
"""Refused is final; held lasts until a named reviewer has decided."""
Standing = Literal["free", "held", "refused", "not screened"]
"""Of a whole plan."""


@dataclass(frozen=True, slots=True)
class ListRead:
    """A list that parties were held against. ``dated_by`` is ``given``, ``content``, ``name`` or ``file``."""

    name: str
    form: str
    date: str
    dated_by: str
    sha256: str
    entries: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why a party may not be dealt with.

    Attributes
    ----------
    party
        Where the document names it.
    name
        What people call it.
    state
        ``refused`` or ``held``.
    cause
        ``name``, ``country``, ``ownership`` or ``supplier`` (one behind it).
    why
        The reason in a sentence.
    list, list_date, entry, listed_as
        The list, its date, the entry's id and the name that is like the party's; empty for causes without a list.
    score
        How alike the names are. [-], 0 <= score <= 1
    share
        Share that listed owners hold. [-], 0 <= share <= 1
    reviewer
        Who decided that it is refused; empty where nobody had to.
    """

    party: str
    name: str
    state: State
    cause: str
    why: str
    list: str = ""
    list_date: str = ""
    entry: str = ""
    listed_as: str = ""
    score: float | None = None
    share: float | None = None
    reviewer: str = ""


@dataclass(frozen=True, slots=True)
class Clearance:
    """A doubtful party that a named reviewer let pass."""

    party: str
    name: str
    list: str
    list_date: str
    entry: str
    listed_as: str
    score: float | None
    reviewer: str
    date: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """A supplier or owner of which the document does not say who owns it, wholly or in part."""

    party: str
    name: str
    share: float


@dataclass(frozen=True, slots=True)
class Screened:
    """What stands in every answer about supply: whom it may not use, and by which lists.

    Attributes
    ----------
    lists
        Lists that parties were held against; empty where nothing was screened.
    refusals
        Every reason for which a party may not be dealt with, refused before held.
    offers, making, orders
        What was therefore left out: offers and ways of making by id, orders by what is ordered and by whom.
    unsupplied
        Bought items of which every offer was left out.
    state
        ``refused`` where anything is, else ``held``; ``free``; ``not screened`` without any list.
    note
        That nothing was screened, or that this is an aid.
    """

    state: Standing = "not screened"
    lists: tuple[ListRead, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    offers: tuple[str, ...] = ()
    making: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    unsupplied: tuple[str, ...] = ()
    note: str = NOTHING


@dataclass(frozen=True, repr=False)
class ScreeningAnswer(Printable):
    """May every party of the plant be dealt with? Levels and shares are fractions of one."""

    plant: str
    verdict: str
    state: Standing
    refusals: tuple[Refusal, ...]
    clearances: tuple[Clearance, ...]
    unknown_owners: tuple[Unknown, ...]
    lists: tuple[ListRead, ...]
    countries: tuple[str, ...]
    parties: int
    levels: Mapping[str, float]
    left_out: Mapping[str, tuple[str, ...]]
    decisions: int
    last_decision_hash: str
    not_used: tuple[str, ...]
    provenance: Provenance
    execution: Execution | None = None
    notes: tuple[str, ...] = ()
