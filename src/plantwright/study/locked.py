"""A deadlock in words: who waits for whom, and what would help."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from plantwright.engine.circle import Wait


class Told(NamedTuple):
    """What is wrong, what would help, and where in the document."""

    message: str
    remedy: str
    place: str


def in_words(names: Sequence[str], waits: Sequence[Wait]) -> Told:
    """A circle of stations in names.

    Parameters
    ----------
    names
        Of the stations.
    waits
        Why each station of the circle waits for the next one (``engine.circle``).
    """
    first = waits[0]
    name = names[first.station]
    if first.kind == "batch":
        return Told(
            f"{name} waits for a batch that can never come together: its queue is full, and what would make it whole "
            "has no room to come",
            f"Give the queue of {name} more room, or its batch a smaller min or a longest wait.",
            f"stations.{name}.batch",
        )
    circle = ", ".join(_said(names, wait) for wait in waits)
    who = "finished parts wait for room" if all(wait.kind == "room" for wait in waits) else "parts and machines wait"
    message = f"{who} in a circle ({circle}), so none of them can ever move on"
    ahead = next((wait for wait in waits if wait.kind != "room"), None)
    if ahead is None:
        more = f"Give the queue of {name} more room or no limit, or let fewer parts in at once (conwip)."
        return Told(message, more, f"stations.{name}.room")
    looks = names[ahead.keeper if ahead.kind == "kept" else ahead.station]
    more = f"Let {looks} block after service (blocking: after), give the queue of {names[ahead.goal]} more room or no "
    return Told(message, f"{more}limit, or let fewer parts in at once (conwip).", f"stations.{looks}.blocking")


def _said(names: Sequence[str], wait: Wait) -> str:
    here, there = names[wait.station], names[wait.goal]
    if wait.kind == "place":
        return f"{here}, before it begins anything, for a place at {there}"
    if wait.kind == "kept":
        return f"{here}, where {names[wait.keeper]} keeps the place, for {there}"
    return f"{here} for {there}"
