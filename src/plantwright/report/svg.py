"""A drawing: SVG elements in user units, styled by CSS classes only, every text escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

_NARROW = frozenset("iljtfrI.,:;'|!()[] -")
_WIDE = frozenset("mwMWQOG@%")


def text_width(text: str, size: float) -> float:
    """A cautious estimate of how wide a text runs in a common sans-serif face [user units]."""
    units = 0.0
    for letter in text:
        if letter in _NARROW:
            units += 0.34
        elif letter in _WIDE:
            units += 0.88
        else:
            units += 0.68 if letter.isupper() else 0.55
    return units * size


def fit(text: str, room: float, size: float) -> str:
    """The text, cut with an ellipsis where it would run longer than ``room``."""
    if text_width(text, size) <= room:
        return text
    while text and text_width(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip(" ,-") + "…" if text else ""


def wrap(text: str, room: float, size: float, lines: int) -> list[str]:
    """The text broken at spaces into at most ``lines`` lines, each cut to ``room``."""
    if text_width(text, size) <= room:
        return [text]
    words = text.split()
    broken: list[str] = []
    while words and len(broken) < lines - 1:
        line = words.pop(0)
        while words and text_width(f"{line} {words[0]}", size) <= room:
            line += f" {words.pop(0)}"
        broken.append(line)
    if words:
        broken.append(" ".join(words))
    return [fit(line, room, size) for line in broken]


def _plain(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


class Drawing:
    """Collects elements; ``svg()`` gives the finished figure.

    Parameters
    ----------
    width, height
        Size of the view box [user units, one CSS pixel at full size].
    label
        What the figure shows, read aloud in its place.
    """

    def __init__(self, width: float, height: float, label: str) -> None:
        self.width = width
        self.height = height
        self._label = label
        self._parts: list[str] = []

    def _add(self, tag: str, cls: str, tip: str, **numbers: float) -> None:
        places = "".join(f' {name.strip("_")}="{_plain(value)}"' for name, value in numbers.items())
        said = f' data-tip="{escape(tip)}"' if tip else ""
        self._parts.append(f'<{tag} class="{cls}"{places}{said}/>')

    def rect(self, x: float, y: float, box: tuple[float, float], cls: str, tip: str = "", round_: float = 0) -> None:
        """A rectangle of ``box`` = (width, height); nothing where it would have no area."""
        width, height = box
        if width <= 0 or height <= 0:
            return
        corner = {"rx": round_} if round_ else {}
        self._add("rect", cls, tip, x=x, y=y, width=width, height=height, **corner)

    def cell(
        self, x: float, y: float, box: tuple[float, float], opacity: float, tip: str = "", cls: str = "heat"
    ) -> None:
        """A cell of a strip: the colour of its class at an opacity between 0 and 1."""
        shade = f"{min(max(opacity, 0.0), 1.0):.2f}"
        said = f' data-tip="{escape(tip)}"' if tip else ""
        self._parts.append(
            f'<rect class="{cls}" x="{_plain(x)}" y="{_plain(y)}" width="{_plain(box[0])}" '
            f'height="{_plain(box[1])}" fill-opacity="{shade}"{said}/>'
        )

    def line(self, start: tuple[float, float], end: tuple[float, float], cls: str, tip: str = "") -> None:
        """A straight line."""
        self._add("line", cls, tip, x1=start[0], y1=start[1], x2=end[0], y2=end[1])

    def circle(self, x: float, y: float, radius: float, cls: str, tip: str = "") -> None:
        """A dot."""
        self._add("circle", cls, tip, cx=x, cy=y, r=radius)

    def polyline(self, points: Sequence[tuple[float, float]], cls: str, close: bool = False, tip: str = "") -> None:
        """Straight lines through ``points``, closed to an area on request."""
        if not points:
            return
        steps = " L".join(f"{_plain(x)} {_plain(y)}" for x, y in points)
        self.path(f"M{steps}{'Z' if close else ''}", cls, tip)

    def path(self, steps: str, cls: str, tip: str = "") -> None:
        """Any path, in SVG's own notation."""
        said = f' data-tip="{escape(tip)}"' if tip else ""
        self._parts.append(f'<path class="{cls}" d="{steps}"{said}/>')

    def text(self, x: float, y: float, content: str, cls: str = "", anchor: str = "start") -> None:
        """One line of text whose baseline begins, is centred or ends (``anchor``) at (x, y)."""
        placed = f' text-anchor="{anchor}"' if anchor != "start" else ""
        styled = f' class="{cls}"' if cls else ""
        self._parts.append(
            f'<text x="{_plain(x)}" y="{_plain(y)}"{styled}{placed}>{escape(content, quote=False)}</text>'
        )

    def open(self, cls: str, tip: str = "", data: str = "") -> None:
        """Begin a group that is hovered as one; ``data`` names it for the script."""
        said = f' data-tip="{escape(tip)}"' if tip else ""
        named = f' data-key="{escape(data)}"' if data else ""
        self._parts.append(f'<g class="{cls}"{said}{named}>')

    def close(self) -> None:
        """End the group begun last."""
        self._parts.append("</g>")

    def svg(self, cls: str) -> str:
        """The finished figure, scaling with the page."""
        return (
            f'<svg class="{cls}" viewBox="0 0 {_plain(self.width)} {_plain(self.height)}" role="img" '
            f'aria-label="{escape(self._label)}" preserveAspectRatio="xMinYMin meet">{"".join(self._parts)}</svg>'
        )
