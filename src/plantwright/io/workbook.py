"""One Excel workbook: a sheet per list, headers and their comments from the model, choices offered in the cells."""

from __future__ import annotations

import datetime as dt
import warnings
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import IllegalCharacterError
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from plantwright.errors import DocumentError, Finding, Place, nearest
from plantwright.io.address import Keys
from plantwright.io.document import tree_of
from plantwright.io.draft import Draft
from plantwright.io.fields import WHOLE, Shape, below, names, sentence, shape_at
from plantwright.io.rows import Value, flat, rows_of
from plantwright.io.tables import Cell, Table, is_blank, node_of, put, value_of
from plantwright.model.plant import Plant

SCALARS = "plant"
"""The sheet of what is no list: name, first day, money."""

_HEADER = PatternFill("solid", start_color="DDE6ED")


def read_workbook(path: Path, draft: Draft) -> None:
    """Every sheet into the draft; a sheet whose name begins with # or _ is the author's own and passed over."""
    book = _opened(path, draft)
    if book is None:
        return
    sections = [name for name in names(WHOLE) if below(WHOLE, name).is_long]
    for sheet in book.worksheets:
        title = sheet.title.strip().lower()
        place = Place(file=str(path), sheet=sheet.title)
        if title == SCALARS:
            _read_scalars(sheet, place, draft)
        elif title in sections:
            table = _table(sheet, place)
            if table is not None:
                draft.tree[title] = node_of(table, (title,), below(WHOLE, title), draft)
        elif not title.startswith(("#", "_")):
            remedy = f"Sheets are: {', '.join([SCALARS, *sections])}. Begin the names of your own sheets with #."
            guess = nearest(title, [SCALARS, *sections])
            draft.complain("E106", f'there is no sheet "{sheet.title}"', remedy, at=place, nearest=guess)
    if not draft.tree and not draft.findings:
        remedy = f'Fill in the sheets "{SCALARS}", "stations" and "routes".'
        draft.complain("E103", "the workbook is empty", remedy, at=Place(file=str(path)))


def _opened(path: Path, draft: Draft) -> Workbook | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of Excel extensions that it drops; none holds data
            book = load_workbook(path)
            formulas = any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)
            return load_workbook(path, data_only=True) if formulas else book
    except Exception as error:  # openpyxl lets through whatever its zip and XML readers raise
        message = f"the workbook cannot be opened: {error}"
        draft.complain("E101", message, "Save it again as .xlsx.", at=Place(file=str(path)))
        return None


def _table(sheet: Worksheet, place: Place) -> Table | None:
    """A sheet as a table: columns up to the last header, rows that hold anything."""
    lines = [[_read_cell(cell, place) for cell in row] for row in sheet.iter_rows()]
    lines = [line for line in lines if any(cell.text.strip() for cell in line)]
    if not lines:
        return None
    width = max(index + 1 for index, cell in enumerate(lines[0]) if cell.text.strip())
    header, *rows = (tuple(line[:width]) for line in lines)
    return Table(tuple(cell._replace(text=cell.text.strip()) for cell in header), tuple(rows), place)


def _read_cell(cell: Any, place: Place) -> Cell:
    where = Place(file=place.file, sheet=place.sheet, cell=cell.coordinate)
    return Cell(_text(cell.value, cell.number_format), where)


def _text(value: Any, number_format: str) -> str:
    """What a cell says, as somebody would have typed it into a document."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        percent = "%" in number_format
        number = repr(float(f"{100 * value:.12g}") if percent else value).removesuffix(".0")
        return f"{number} %" if percent else number
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)


def _read_scalars(sheet: Worksheet, place: Place, draft: Draft) -> None:
    """The sheet of single fields: a name such as ``money.base`` and its value in each row."""
    draft.places.setdefault((), place)
    for row in sheet.iter_rows(min_row=2, max_col=2):
        name, value = (_read_cell(cell, place) for cell in row)
        keys = tuple(name.text.strip().split("."))
        here = shape_at(keys)
        if not name.text.strip() or is_blank(value, here):
            continue
        draft.places[keys] = value.place
        draft.places.setdefault(keys[:1], value.place)
        put(draft.tree, keys, value_of(value, here, keys, draft), value.place, draft)


def write_workbook(plant: Plant, path: Path) -> Path:
    """A plant as a workbook that reads back to an equal plant."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = SCALARS
    tree = tree_of(plant)
    try:
        _write_scalars(first, {key: node for key, node in tree.items() if not below(WHOLE, key).is_long})
        for section, node in tree.items():
            if below(WHOLE, section).is_long:
                _write_section(book.create_sheet(section), section, node)
    except IllegalCharacterError as error:
        message = f"a text holds a character that no workbook can: {error}"
        raise DocumentError(Finding("E106", message, "Remove it, or write YAML.", Place(file=str(path)))) from None
    book.save(path)
    return path


def _write_scalars(sheet: Worksheet, tree: dict[str, Any]) -> None:
    _write_row(sheet, 1, ["field", "value", "meaning"])
    for number, (name, value) in enumerate(flat(tree, WHOLE).items(), start=2):
        _write_row(sheet, number, [name, value, sentence(tuple(name.split(".")))])
    _dress(sheet, [18, 40, 90])


def _write_section(sheet: Worksheet, section: str, node: Any) -> None:
    here = below(WHOLE, section)
    table = rows_of(section, node, here, every_field=True)
    _write_row(sheet, 1, list(table.header))
    for number, row in enumerate(table.rows, start=2):
        _write_row(sheet, number, list(row))
    _explain(sheet, _entry_of(section, here), table.header, ids=1 if here.mappings else 0)
    columns = zip(table.header, *table.rows, strict=True)
    _dress(sheet, [max(10, min(40, 2 + max(len(str(value or "")) for value in column))) for column in columns])


def _entry_of(section: str, here: Shape) -> Keys:
    """The path of any one entry of a section."""
    if not here.mappings:
        return (section, 0)
    return (section, "*", 0) if below(here, "*").lists else (section, "*")


def _explain(sheet: Worksheet, entry: Keys, header: tuple[str, ...], *, ids: int) -> None:
    """The model's sentence on each column as the comment of its header, and its choices in the cells below."""
    for number, name in enumerate(header[ids:], start=ids + 1):
        keys = (*entry, *name.split("."))
        sheet.cell(1, number).comment = Comment(sentence(keys), "Plantwright", height=120, width=320)
        _offer_choices(sheet, number, shape_at(keys))


def _offer_choices(sheet: Worksheet, column: int, here: Shape) -> None:
    """A drop-down where the model knows the choices. A warning only: the reader has the last word."""
    choices = [choice for scalar in here.scalars if get_origin(scalar) is Literal for choice in get_args(scalar)]
    choices += ["true", "false"] if bool in here.scalars else []
    if not choices or len(choices) > 20:
        return
    rule = DataValidation("list", formula1=f'"{",".join(map(str, choices))}"', allow_blank=True, errorStyle="warning")
    letter = get_column_letter(column)
    rule.add(f"{letter}2:{letter}2000")
    sheet.add_data_validation(rule)


def _write_row(sheet: Worksheet, number: int, values: list[Value | None]) -> None:
    for column, value in enumerate(values, start=1):
        if value is None:
            continue
        cell = sheet.cell(number, column)
        assert isinstance(cell, SheetCell)
        exact = not isinstance(value, float) or float(f"{value:.15g}") == value  # all that Excel keeps of a number
        cell.value = value if exact else repr(value)
        if isinstance(cell.value, str):
            cell.data_type = "s"  # a text that begins with = is no formula


def _dress(sheet: Worksheet, widths: list[int]) -> None:
    sheet.freeze_panes = "B2"
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        cell = sheet.cell(1, number)
        cell.font, cell.fill = Font(bold=True), _HEADER
