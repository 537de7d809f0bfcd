"""Files into drafts: one YAML file, a folder with tables beside ``plant.yaml``, or a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from plantwright.errors import Place, nearest
from plantwright.io.address import Keys
from plantwright.io.draft import Draft
from plantwright.io.fields import WHOLE, Shape, below
from plantwright.io.tables import node_of, read_csv
from plantwright.io.yaml import read_text

TEXTS = {".yaml", ".yml", ".json"}
WORKBOOKS = {".xlsx", ".xlsm"}
INSIDE = "plant.yaml"
"""The document of a folder."""


def read_draft(path: Path) -> Draft:
    """Everything that the files at a path say, and everything wrong with them as files."""
    draft = Draft(file=str(path))
    document = _document_of(path, draft)
    if document is None:
        return draft
    draft.file = str(document)
    if document.suffix.lower() in WORKBOOKS:
        from plantwright.io.workbook import read_workbook  # openpyxl takes a third of a second

        read_workbook(document, draft)
        return draft
    text = text_of(document, draft)
    if text is not None:
        read_yaml(text, document, draft, WHOLE, begins=("name", "stations", "routes"))
    return draft


def read_yaml(text: str, document: Path, draft: Draft, whole: Shape, *, begins: tuple[str, ...]) -> None:
    """A YAML text, with the tables that it names, into a draft; documents of this shape begin with these fields."""
    tree = read_text(text, str(document), draft)
    *most, last = [f'"{field}:"' for field in begins]
    fields = f"{', '.join(most)} and {last}"
    if isinstance(tree, dict):
        draft.tree = {key: _with_tables(value, (key,), below(whole, key), draft) for key, value in tree.items()}
        if not tree and not draft.findings:
            draft.complain("E103", "the document is empty", f"Begin with {fields}.")
    elif not draft.findings:
        what = "is empty" if tree is None else "holds a list at the top" if isinstance(tree, list) else "is one text"
        remedy = f"Begin with {fields}, each at the start of a line."
        draft.complain("E103", f"the document {what}", remedy, at=Place(file=str(document), line=1))


def _document_of(path: Path, draft: Draft) -> Path | None:
    """The file to open, None with a finding where there is none that could be a plant."""
    here = Place(file=str(path))
    if path.is_dir():
        inside = next((path / name for name in (INSIDE, "plant.yml") if (path / name).is_file()), None)
        if inside is None:
            others = [file.name for file in sorted(path.iterdir()) if file.suffix in TEXTS | WORKBOOKS]
            found = f"it holds {', '.join(others[:5])}" if others else "it holds no document"
            draft.complain("E100", f"the folder has no {INSIDE}; {found}", f"Name the document {INSIDE}.", at=here)
        return inside
    if not path.exists():
        folder = path.parent if path.parent.is_dir() else Path()
        guess = nearest(path.name, [file.name for file in folder.iterdir()])
        draft.complain("E100", "there is no such file or folder", "Check the path.", at=here, nearest=guess)
        return None
    if path.suffix.lower() not in TEXTS | WORKBOOKS:
        remedy = "A plant is a .yaml file, a folder with plant.yaml and its tables, or an .xlsx workbook."
        draft.complain("E101", f'a "{path.suffix}" file is no plant document', remedy, at=here)
        return None
    return path


def text_of(path: Path, draft: Draft) -> str | None:
    """A file as text, None with a finding where it is not UTF-8 text or may not be read."""
    here = Place(file=str(path))
    try:
        data = path.read_bytes()
    except OSError as error:
        draft.complain("E100", f"the file cannot be read: {error.strerror}", "Check its permissions.", at=here)
        return None
    if b"\0" in data:
        draft.complain("E101", "this is a binary file, not text", "Save it as UTF-8 text.", at=here)
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Place(file=str(path), line=data[: error.start].count(b"\n") + 1)
        draft.complain("E101", "the text is not UTF-8", 'Save the file with the encoding "UTF-8".', at=place)
        return None


def _with_tables(node: Any, keys: Keys, shape: Shape, draft: Draft) -> Any:
    """The tree with every ``name.csv`` that stands where a list or group belongs replaced by that table."""
    if isinstance(node, str) and shape.is_long and node.strip().lower().endswith(".csv"):
        return _table(node.strip(), keys, shape, draft)
    if isinstance(node, dict):
        return {key: _with_tables(value, (*keys, key), below(shape, key), draft) for key, value in node.items()}
    if isinstance(node, list):
        return [_with_tables(value, (*keys, index), below(shape, index), draft) for index, value in enumerate(node)]
    return node


def _table(name: str, keys: Keys, shape: Shape, draft: Draft) -> Any:
    """The table beside the document. Where it cannot be read, an empty one, so that the rest is still checked."""
    folder = Path(draft.file).parent
    path = folder / name
    empty: Any = {} if shape.mappings else []
    if not path.resolve().is_relative_to(folder.resolve()):
        draft.complain("E106", f'"{name}" lies outside the document\'s folder', "Put the table beside it.", at=keys)
        return empty
    if not path.is_file():
        guess = nearest(name, [file.name for file in folder.glob("*.csv")])
        remedy = "Put the table beside the document, or write its rows here."
        draft.complain("E106", f'there is no table "{name}"', remedy, at=keys, nearest=guess)
        return empty
    text = text_of(path, draft)
    table = None if text is None else read_csv(path, draft, text)
    return empty if table is None else node_of(table, keys, shape, draft)
