"""Names against lists: what a matcher is given and what it gives back."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Literal

Kind = Literal["firm", "person", "craft", "unknown"]
"""What a list says a party is. A ship or an aircraft is a craft: it sells nothing, and is not compared."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One party on a list.

    Attributes
    ----------
    id
        What the list calls the entry; unique within it.
    names
        Its main name and all others, in any script.
    kind
        What it is.
    countries
        Where it is, as the list writes it: codes or names; empty where the list does not say.
    programme
        Why it is listed, in the words of the list.
    """

    id: str
    names: tuple[str, ...]
    kind: Kind = "unknown"
    countries: tuple[str, ...] = ()
    programme: str = ""

    @property
    def fingerprint(self) -> str:
        """sha256 of what the entry says: a decision about it holds only as long as this stays the same."""
        told = [self.id, sorted(self.names), self.kind, sorted(self.countries)]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class WatchList:
    """A list as it was read.

    Attributes
    ----------
    name
        Name of its file, as it was given.
    form
        Which of the known layouts it has.
    sha256
        Hash of the bytes of its file, and of the files beside it that were read with it.
    date
        Its date, ISO 8601.
    dated_by
        Where the date comes from: ``given``, ``content``, ``name`` (of the file) or ``file`` (last changed).
    entries
        Who is on it.
    """

    name: str
    form: str
    sha256: str
    date: str
    dated_by: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """A party whose names are looked for on lists.

    Attributes
    ----------
    names
        The name it is called by and all others, in any script.
    countries
        ISO 3166 codes of where it is; empty where that is unknown.
    """

    names: tuple[str, ...]
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    """A party and an entry whose names are alike.

    Attributes
    ----------
    sought
        Position of the party.
    entry
        Position of the entry.
    score
        How alike the names are. [-], 0 <= score <= 1
    elsewhere
        Whether both have known countries, and none in common.
    name, listed
        The names that are most alike.
    why
        How the matcher aligned them.
    """

    sought: int
    entry: int
    score: float
    elsewhere: bool
    name: str
    listed: str
    why: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What a named person decided about a party and an entry that it may be.

    Attributes
    ----------
    date
        Day of the decision, ISO 8601.
    reviewer
        Who decided.
    party, party_hash
        The party by name, and the fingerprint of what was known of it.
    list, list_hash
        The list by the name of its file, and its hash on that day.
    entry, entry_hash
        The entry by the list's id, and the fingerprint of what it said.
    decision
        ``clear``: it may be dealt with. ``refuse``: it may not.
    reason
        Why.
    """

    date: str
    reviewer: str
    party: str
    party_hash: str
    list: str
    list_hash: str
    entry: str
    entry_hash: str
    decision: Literal["clear", "refuse"]
    reason: str
