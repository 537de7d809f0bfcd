"""How parties are held against lists of those with whom nobody may deal."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field

from plantwright.model.record import Id, Record
from plantwright.units import Quantity, Share


class DatedList(Record):
    """A list and its date."""

    file: str
    """Its file, as seen from the document."""
    date: dt.date | None = None
    """Its date; read from the list, its file's name or the file itself when left out."""


class Owner(Record):
    """A party that owns suppliers and sells nothing to the plant itself."""

    name: str = ""
    """What people call it."""
    aliases: tuple[str, ...] = ()
    """Other names it is known by, in any script."""
    country: str | None = None
    """ISO 3166 code of where it is."""
    owners: dict[str, Share | None] = {}
    """Who owns it, with shares; a share left open is unknown."""


class Screening(Record):
    """Lists that parties are held against, and what a likeness means. A patch cannot change it."""

    lists: tuple[str | DatedList, ...] = ()
    """Files of lists that the user brings: OFAC (sdn.csv), Consolidated Screening List, OpenSanctions; all of them have
    to be there."""
    countries: tuple[Annotated[str, Field(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")], ...] = ()
    """ISO 3166 codes of countries (`IR`) and regions (`UA-43`) with which nobody deals."""
    block: Share = Quantity.parse("90 %")
    """Score from which a likeness of names refuses a party; nothing lifts it."""
    review: Share = Quantity.parse("70 %")
    """Score from which a likeness holds a party until a named reviewer has decided."""
    ownership: Share = Quantity.parse("50 %")
    """Share from which listed owners, taken together and through chains, make a party refused."""
    owners: dict[Id, Owner] = {}
    """Owners of suppliers that sell nothing themselves, by the name under which `owners` gives their shares."""
    decisions: str | None = None
    """File of the log of decisions, as seen from the document."""
    reviewers: tuple[str, ...] = ()
    """Who may decide; anyone who gives a name when left out."""
