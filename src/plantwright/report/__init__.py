"""Figures and pages: one self-contained HTML file.

Decision: figures are inline SVG drawn here by small functions, not by a charting library. plotly.js inlined makes
every report 4.6 MB of script that draws nothing without JavaScript, on paper or in a mail preview, and knows neither
the reader's dark mode nor a phone's width; Matplotlib and Vega bring fixed colours and text as outlines or a script of
their own. What the report needs (bars, steps, intervals, a grid of boxes) is a few lines each. Own SVG gives figures
whose colours are CSS variables, that exist twice (page and phone width), and a whole report of some hundred kilobytes.
jinja2 fills the page.

A figure only scales and words what the answer holds; numbers are computed by answers alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plantwright.report.page import write as write

__all__ = ["write"]


def __getattr__(name: str) -> Any:
    """``write`` needs jinja2, which is loaded when it is first used."""
    if name == "write":
        from plantwright.report.page import write

        return write
    raise AttributeError(f"plantwright.report has no {name}")
