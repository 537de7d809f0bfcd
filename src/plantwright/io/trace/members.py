"""A JSON object read piece by piece: the elements of its arrays one after the other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TextIO

BLOCK = 1 << 20
"""Characters read at once."""
SPACE = " \t\r\n"
GOES_ON = ".eE+-0123456789"
"""What may follow when a number has been read in part; so may the end of what is held."""


class Text:
    """What has been read and not yet understood."""

    def __init__(self, source: TextIO) -> None:
        self.source = source
        self.held = ""
        self.at = 0
        self.decode = json.JSONDecoder().raw_decode

    def more(self) -> bool:
        """Read on; whether there was more."""
        block = self.source.read(BLOCK)
        if block:
            self.held, self.at = self.held[self.at :] + block, 0
        return bool(block)

    def mark(self) -> str:
        """The next character that is no space, "" at the end."""
        while True:
            while self.at < len(self.held) and self.held[self.at] in SPACE:
                self.at += 1
            if self.at < len(self.held) or not self.more():
                return self.held[self.at : self.at + 1]

    def take(self, expected: str) -> str:
        """Step over the next character, which must be one of those."""
        mark = self.mark()
        if not mark or mark not in expected:
            raise ValueError(f"{mark!r} stands where {' or '.join(expected)} belongs")
        self.at += 1
        return mark

    def value(self) -> Any:
        """The next value as a whole."""
        self.mark()
        while True:
            try:
                found, end = self.decode(self.held, self.at)
            except ValueError:
                if not self.more():
                    raise
                continue
            if self.held[end : end + 1] not in GOES_ON or not self.more():
                self.at = end
                return found


def members(source: TextIO) -> Iterator[tuple[str, Any]]:
    """Members of a JSON object; of an array, each element with the name of the array.

    Raises
    ------
    ValueError
        It is no JSON object.
    """
    text = Text(source)
    text.take("{")
    while text.mark() != "}":
        name = text.value()
        text.take(":")
        if text.mark() == "[":
            yield from ((name, element) for element in elements(text))
        else:
            yield name, text.value()
        if text.mark() == ",":
            text.take(",")
    text.take("}")


def elements(text: Text) -> Iterator[Any]:
    """Elements of the array that comes next."""
    text.take("[")
    if text.mark() == "]":
        text.take("]")
        return
    yield text.value()
    while text.take(",]") == ",":
        yield text.value()
