"""The page: one HTML file with its styles, figures and script inside it, nothing fetched from anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined

from plantwright.model.plant import Plant
from plantwright.report.figure import Section
from plantwright.report.names import Names
from plantwright.report.opening import Opening, alone, opening
from plantwright.report.sections import of_one, sections
from plantwright.results import Printable, RunAnswer


def write(answer: Printable, plant: Plant, path: str | Path) -> Path:
    """Write the report of all answers, or of one about supply, to ``path``.

    Parameters
    ----------
    answer
        What ``plantwright.run`` or a question about supply returned.
    plant
        The plant it was asked of: names, and the routes from which the flow is drawn.
    path
        The HTML file to write; its folder is made where missing.

    Returns
    -------
    Path
        The file written, absolute.
    """
    target = Path(path).resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page(answer, plant), encoding="utf-8")
    return target


def page(answer: Printable, plant: Plant) -> str:
    """The report as HTML text."""
    names = Names(plant)
    if isinstance(answer, RunAnswer):
        return _rendered(answer, plant, opening(answer, names), sections(answer, plant, names))
    return _rendered(answer, plant, alone(answer), of_one(answer, plant, names))


def _rendered(answer: Any, plant: Plant, first: Opening, parts: Sequence[Section]) -> str:
    environment = Environment(
        loader=FunctionLoader(_packaged),
        finalize=_unbroken,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.j2").render(
        plant=plant,
        answer=answer,
        opening=first,
        sections=parts,
        style=_packaged("page.css"),
        script=_packaged("page.js"),
        charts=_packaged("gantt.js") if _has_charts(parts) else "",
    )


def _has_charts(parts: Sequence[Section]) -> bool:
    """Whether a figure is drawn by the script too, which only then is part of the page."""
    return any(figure.data for part in parts for figure in part.figures)


def _unbroken(value: object) -> object:
    """No line ends between a number and its sign or unit."""
    return (
        value.replace(" ±", "\u00a0±").replace("± ", "±\u00a0").replace(" %", "\u00a0%")
        if isinstance(value, str)
        else value
    )


def _packaged(name: str) -> str:
    """The text of a file that lies beside this module."""
    return files("plantwright.report").joinpath(name).read_text(encoding="utf-8")
