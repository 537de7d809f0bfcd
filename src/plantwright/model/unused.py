"""What a document gives and no mechanism or answer reads yet."""

from __future__ import annotations

from pydantic.fields import FieldInfo

from plantwright.errors import Finding, Place
from plantwright.model.path import fields_given
from plantwright.model.plant import Plant
from plantwright.model.record import Record


def not_used(plant: Plant, question: str | None = None) -> tuple[str, ...]:
    """Document paths of given values that a question does not use, or that none uses, in document order.

    A group that is not used is listed once, not field by field; a value equal to the default is not listed. What one
    question alone uses is listed for all others, of which "" stands for any, and not where none is named.
    """
    found: list[str] = []
    for path, field, value in fields_given(plant):
        is_inside = bool(found) and path.startswith(found[-1] + ".")
        if (
            not is_inside
            and _is_unused(field, value, question)
            and value != field.get_default(call_default_factory=True)
        ):
            found.append(path)
    return tuple(found)


def refusals(paths: tuple[str, ...]) -> tuple[Finding, ...]:
    """What is said of them where the asker is strict."""
    remedy = "Remove it, or ask without --strict."
    return tuple(Finding("E414", "nothing uses this yet", remedy, Place(path)) for path in paths)


def _is_unused(field: FieldInfo, value: object, question: str | None) -> bool:
    """Whether a question does not read a value; of some fields none reads the short form."""
    extra = field.json_schema_extra
    used = extra.get("used") if isinstance(extra, dict) else True
    if isinstance(used, str) and used.startswith("by "):
        return question is not None and used != f"by {question}"
    return used is False or (used == "as a group" and not isinstance(value, Record))
