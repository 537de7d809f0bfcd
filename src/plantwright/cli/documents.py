"""Commands on documents: check, scaffold, convert, and the schema for editors."""

from __future__ import annotations

import shutil
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from plantwright.cli.console import answering, print_json, tell, to_stderr
from plantwright.cli.options import AsJson, PlantPath, Strict


class Kind(StrEnum):
    """Kinds of documents."""

    plant = "plant"
    state = "state"


SCAFFOLD = Path(__file__).parent / "scaffold"


def check(
    plant: PlantPath,
    state: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A state that runs of the plant shall begin from.", show_default=False),
    ] = None,
    as_json: AsJson = False,
    strict: Strict = False,
) -> None:
    """Find everything that is wrong with a document, at once, with its place and remedy.

    Example: plantwright check examples/uas-plant
    """
    with answering(as_json):
        from plantwright.io.document import examine
        from plantwright.io.state import examine_state
        from plantwright.model.unused import not_used, refusals
        from plantwright.results.wording import gathered

        document, findings = examine(plant)
        if state is not None:
            is_sound = not any(finding.is_error for finding in findings)
            findings += examine_state(state, document if is_sound else None)[1]
        unused = not_used(document) if document is not None else ()
        if strict:
            findings += refusals(unused)
        wrong = document is None or any(finding.is_error or strict for finding in findings)
        if as_json:
            told = [finding.as_dict() for finding in findings]
            print_json({"ok": not wrong, "findings": told, "not_used": list(unused)})
        else:
            tell(findings, as_json)
            errors = sum(finding.is_error for finding in findings)
            checked = plant if state is None else f"{plant} and {state}"
            to_stderr().print(f"{checked}: {_count(errors, 'error')}, {_count(len(findings) - errors, 'warning')}")
            if unused and not strict:
                to_stderr().print(f"Not used yet: {', '.join(gathered(unused))}", style="dim", soft_wrap=True)
        if wrong:
            raise typer.Exit(1)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to make; it must not exist yet.")],
    as_json: AsJson = False,
) -> None:
    """Begin a plant of your own: a small commented document that runs as it is.

    Example: plantwright new my-plant
    """
    with answering(as_json):
        from plantwright.io import target

        target.unused(folder)
        shutil.copytree(SCAFFOLD, folder)
        if as_json:
            print_json({"created": str(folder), "files": sorted(path.name for path in folder.iterdir())})
        else:
            typer.echo(f"{folder}/plant.yaml is yours to change. Next: plantwright run {folder}")


def convert(
    plant: PlantPath,
    to: Annotated[
        Path,
        typer.Argument(
            metavar="OUT",
            help="A .yaml file, an .xlsx workbook, or a folder: there lists of ten rows and more become CSV tables.",
        ),
    ],
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace what is there; comments of a document do not survive.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write a document in another form: YAML, YAML with CSV tables, or an Excel workbook; they load to equal plants.

    Example: plantwright convert examples/uas-plant plant.xlsx
    """
    with answering(as_json):
        from plantwright.io import target
        from plantwright.io.document import load
        from plantwright.io.write import destination, write

        out = destination(to)
        if not overwrite:
            target.unused(out)
        written = write(load(plant), to)
        if as_json:
            print_json({"written": str(written)})
        else:
            typer.echo(f"Written: {written}")


def schema(
    out: Annotated[Path | None, typer.Argument(metavar="[OUT]", help="A file; stdout when left out.")] = None,
    of: Annotated[Kind, typer.Option(help="What it is the schema of.")] = Kind.plant,
    as_json: AsJson = False,
) -> None:
    """The JSON Schema of plant documents (or of states), for completion and checks in an editor.

    Example: plantwright schema plant.schema.json
    """
    with answering(as_json):
        import json

        from plantwright.io.schema import json_schema

        if out is None:
            print_json(json_schema(of.value))
            return
        out.write_text(json.dumps(json_schema(of.value), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        if as_json:
            print_json({"written": str(out)})
        else:
            typer.echo(f"Written: {out}")
