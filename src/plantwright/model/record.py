"""What every object of the plant has in common: frozen, strict about names, kebab-case in documents."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


def kebab(name: str) -> str:
    """The document's spelling of a field: ``made_by`` is written ``made-by``, ``from_`` is written ``from``."""
    return name.rstrip("_").replace("_", "-")


class Record(BaseModel):
    """A frozen part of the plant. Its fields' docstrings are the sentences of schema, docs and spreadsheets."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=kebab,
        populate_by_name=True,
        use_attribute_docstrings=True,
        serialize_by_alias=True,
    )


Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.+/-]*$", max_length=80)]
"""A stable name by which other parts of the document and patches refer to a thing."""

Skill = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.+/-]*$", max_length=80)]


def unused(default: Any = None, **extra: Any) -> Any:
    """A field that no mechanism or answer reads yet: accepted, and listed in every answer as not used yet."""
    return Field(default=default, json_schema_extra={"used": False}, **extra)


def used_by(question: str, default: Any = None, **extra: Any) -> Any:
    """A field that one question alone reads: the answers to all others list it as not used."""
    return Field(default=default, json_schema_extra={"used": f"by {question}"}, **extra)
