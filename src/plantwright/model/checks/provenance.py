"""The sources table: every row leads to a number of the document, and its range holds that number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from plantwright.errors import Finding
from plantwright.model.checks.fault import fault
from plantwright.model.distribution import Law
from plantwright.model.path import nearest_path, values_at
from plantwright.model.plant import Plant
from plantwright.model.source import Source
from plantwright.units import Quantity

_SLACK = 1e-9
"""Relative difference that rounding of a written number may make. [-]"""


def sources(plant: Plant) -> Iterator[Finding]:
    """Rows that lead nowhere, say the same twice, or give a range that cannot be."""
    times = Counter(row.path for row in plant.sources)
    for index, row in enumerate(plant.sources):
        here = f"sources.{index}"
        found = values_at(plant, row.path)
        if not found:
            yield fault(
                "E270",
                f"{here}.path",
                f"{row.path} leads to nothing in this document",
                "Correct the path, or delete the row.",
                near=nearest_path(plant, row.path),
            )
        elif row.low is not None or row.high is not None:
            yield from _range(here, row, [law for value in found for law in _laws(value)])
        if times[row.path] > 1:
            times[row.path] = 0
            yield fault("W517", f"{here}.path", f"{row.path} has more than one row", "Keep one of them.")


def _range(here: str, row: Source, figures: list[Law]) -> Iterator[Finding]:
    ends: dict[str, Law] = {}
    for field, text in (("low", row.low), ("high", row.high)):
        if text is not None:
            end = _read(text)
            wrong = next((str(each) for each in figures if end is None or _value(each, end) is None), None)
            if wrong is not None or end is None:
                yield fault(
                    "E271",
                    f"{here}.{field}",
                    f'"{text}" is not in the unit of the figure{f", which is {wrong}" if wrong else ""}',
                    "Write a number in the unit of the figure.",
                )
                return
            ends[field] = end
    if len(ends) == 2 and ends["low"].mean > ends["high"].mean:
        yield fault("E272", here, f"low ({row.low}) is above high ({row.high})", "Exchange them.")
        return
    for figure in figures:
        if any(_is_beyond(figure, end, field) for field, end in ends.items()):
            yield fault(
                "W518",
                here,
                f"{figure} lies outside its own range from {row.low or 'anything'} to {row.high or 'anything'}",
                "Correct the figure or the range.",
            )


def _is_beyond(figure: Law, end: Law, field: str) -> bool:
    value = _value(figure, end)
    slack = _SLACK * abs(end.mean)
    return value is not None and (value < end.mean - slack if field == "low" else value > end.mean + slack)


def _value(figure: Law, end: Law) -> float | None:
    """The figure in the unit of one end of its range: its mean, or the speed of work; None where neither fits."""
    if _family(figure) == _family(end):
        return figure.mean
    _, at, speed = figure.text.partition(" at ")
    return Quantity.parse(speed).base if at and end.dimension == "rate" else None


def _family(law: Law) -> tuple[str, str | None]:
    dimension = law.dimension
    return "number" if dimension in ("dimensionless", "share", "count") else dimension, law.args[0].currency


def _laws(value: Any) -> list[Law]:
    """The numbers that a range is about: a law, a quantity or a plain number; nothing of texts and groups."""
    law = getattr(value, "law", value)
    if isinstance(law, Law):
        return [law]
    if isinstance(value, (Quantity, int, float)) and not isinstance(value, bool):
        found = _read(value)
        return [found] if found else []
    return []


def _read(value: object) -> Law | None:
    try:
        return Law.model_validate(value)
    except ValidationError:
        return None
