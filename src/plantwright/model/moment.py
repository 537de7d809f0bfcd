"""Moments: a date with its time of day, to the microsecond of the engine's clock."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

EXAMPLE = "2027-03-01 06:00"


def _read(value: Any) -> dt.datetime:
    """A moment as people write it; without an offset it is in UTC."""
    if isinstance(value, str):
        try:
            value = dt.datetime.fromisoformat(value.strip())
        except ValueError:
            message = f'"{value}" is no moment; write date and time (UTC), such as "{EXAMPLE}"'
            raise ValueError(message) from None
    if not isinstance(value, dt.datetime):
        raise ValueError(f'"{value}" is no moment; write date and time (UTC), such as "{EXAMPLE}"')
    return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


def written(moment: dt.datetime) -> str:
    """A moment as documents hold it: UTC, as many digits as it needs.

    >>> written(dt.datetime(2027, 3, 1, 6, 0, tzinfo=dt.UTC))
    '2027-03-01 06:00:00'
    """
    return moment.astimezone(dt.UTC).replace(tzinfo=None).isoformat(" ")


Moment = Annotated[
    dt.datetime,
    BeforeValidator(_read),
    PlainSerializer(written),
    WithJsonSchema({"type": "string", "description": "Date and time, in UTC", "examples": [EXAMPLE]}),
]
