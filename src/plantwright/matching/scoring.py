"""How alike two names are: nomenklatura's LogicV2, which knows legal forms, scripts and spellings of given names."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from plantwright.matching.forms import forms
from plantwright.problems.screening import Kind

if TYPE_CHECKING:
    from followthemoney import EntityProxy

_SCHEMATA: dict[Kind, str] = {"firm": "Organization", "person": "Person", "unknown": "LegalEntity"}


class Score(NamedTuple):
    """A score, the listed name it is for, and why.

    Attributes
    ----------
    value
        [-], 0 <= value <= 1
    """

    value: float
    listed: str
    why: str


def listed(names: Sequence[str], kind: Kind) -> EntityProxy:
    """An entry as the matcher wants it."""
    return _entity(_SCHEMATA[kind], forms(names, kind))


def sought(name: str) -> EntityProxy:
    """One name of a party, which may be a firm or a person."""
    return _entity("LegalEntity", (name,))


def score(party: EntityProxy, entry: EntityProxy) -> Score:
    """How alike a party and an entry are by their names alone."""
    algorithm, settings = _matcher()
    result = algorithm.compare(party, entry, settings)
    said = result.explanations.get("name_match")
    listed_name = (said.candidate if said is not None else None) or entry.caption
    return Score(float(result.score), listed_name, (said.detail if said is not None else None) or "")


def in_common(ours: Iterable[str], theirs: Iterable[str]) -> bool | None:
    """Whether two parties share a country; None where the country of either is unknown."""
    first, second = _territories(ours), _territories(theirs)
    return None if not first or not second else bool(first & second)


def _entity(schema: str, names: tuple[str, ...]) -> EntityProxy:
    """The matcher keeps what it found out about an entity under its id for as long as the process lives: the id is the
    hash of all it compares, so that two that share an id are the same.
    """
    from followthemoney import EntityProxy

    key = hashlib.sha256("\0".join((schema, *names)).encode()).hexdigest()
    return EntityProxy.from_dict({"id": key, "schema": schema, "properties": {"name": list(names)}})


@cache
def _matcher() -> tuple[Any, Any]:
    from nomenklatura.matching import LogicV2

    return LogicV2, LogicV2.default_config()


@cache
def _territory(text: str) -> str:
    """The code of a country given by code or name, empty where there is none such."""
    from rigour.territories import get_territory, lookup_territory

    found = get_territory(text.lower()) or lookup_territory(text)
    return "" if found is None else str(found.code).split("-")[0]


def _territories(texts: Iterable[str]) -> set[str]:
    return {code for text in texts if (code := _territory(text))}
