"""What people call the things of a plant: the name that is written, else the id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plantwright.model.flows import thing
from plantwright.model.plant import Plant


def called(things: Mapping[str, Any], key: str) -> str:
    """The name of an entry of a section of the document; its id where it has none."""
    return getattr(things.get(key), "name", "") or key


def thing_called(plant: Plant, key: str) -> str:
    """The name of a product or item; its id where it has none."""
    return getattr(thing(plant, key), "name", "") or key


def without_details(name: str) -> str:
    """A name without what only explains it, for sentences.

    >>> without_details("SMT line: print, place, reflow, AOI")
    'SMT line'
    """
    return name.partition(": ")[0]
