"""The page: one HTML file with its styles, figures and script inside it, nothing fetched from anywhere."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FunctionLoader, StrictUndefined

from plantwright.model.plant import Plant
from plantwright.report.names import Names
from plantwright.report.opening import opening
from plantwright.report.sections import sections
from plantwright.results import RunAnswer


def write(answer: RunAnswer, plant: Plant, path: str | Path) -> Path:
    """Write the report of all answers to ``path``.

    Parameters
    ----------
    answer
        What ``plantwright.run`` returned.
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


def page(answer: RunAnswer, plant: Plant) -> str:
    """The report as HTML text."""
    names = Names(plant)
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
        opening=opening(answer, names),
        sections=sections(answer, plant, names),
        style=_packaged("page.css"),
        script=_packaged("page.js"),
    )


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
