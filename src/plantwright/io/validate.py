"""A tree into a record: the model's complaints become findings with a place, a remedy and the nearest valid name."""

from __future__ import annotations

import re
from functools import reduce
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from plantwright.errors import nearest
from plantwright.io.address import Keys, child
from plantwright.io.fields import Shape, names, sentence, shape_at
from plantwright.model.record import Record

R = TypeVar("R", bound=Record)

_SHAPES = {"model_type", "model_attributes_type", "dict_type", "tuple_type", "list_type", "dataclass_type"}
_BOUNDS = {"greater_than", "greater_than_equal", "less_than", "less_than_equal"}


class Fault(NamedTuple):
    """One refusal of the model: where, of which kind, and how to tell it."""

    keys: Keys
    kind: str
    code: str
    message: str
    remedy: str
    nearest: str | None


def validated(tree: dict[str, Any], record: type[R]) -> tuple[R | None, list[Fault]]:
    """The record (a plant, a state) that a tree describes, or everything that the model refuses in it."""
    try:
        return record.model_validate(tree), []
    except ValidationError as error:
        details = error.errors(include_url=False)
    whole = Shape(records=(record,))
    faults = [
        Fault(keys, detail["type"], *_told(keys, detail, reduce(child, keys, tree), whole))
        for keys, detail in _one_per_place(details, tree)
    ]
    return None, _without_consequences(faults)


def _without_consequences(faults: list[Fault]) -> list[Fault]:
    """A field whose name is misspelt is not missing too, and a list is not empty because its entries are wrong."""
    meant = {(*fault.keys[:-1], fault.nearest) for fault in faults if fault.kind == "extra_forbidden"}
    inside = {fault.keys[:depth] for fault in faults for depth in range(len(fault.keys))}
    return [
        fault
        for fault in faults
        if not (fault.kind == "missing" and fault.keys in meant)
        and not (fault.kind == "too_short" and fault.keys in inside)
    ]


def _one_per_place(details: list[ErrorDetails], tree: Any) -> list[tuple[Keys, ErrorDetails]]:
    """The faults worth telling.

    A value with several valid forms is refused once per form: the deepest refusal tells most, since that form fitted
    furthest; among equals one about the value tells more than one about its shape.
    """
    located = [(_path(detail, tree), detail) for detail in details]
    told: dict[Keys, ErrorDetails] = {}
    for keys, detail in located:
        deeper = any(other[: len(keys)] == keys and len(other) > len(keys) for other, _ in located)
        if deeper and _is_one_form_of_several(keys, detail):
            continue
        if keys not in told or told[keys]["type"] in {*_SHAPES, "string_type"}:
            told[keys] = detail
    return list(told.items())


def _is_one_form_of_several(keys: Keys, detail: ErrorDetails) -> bool:
    """Whether the refusal is that of one form: pydantic adds the form's name to the path."""
    return len(detail["loc"]) > len(keys)


def _path(detail: ErrorDetails, tree: Any) -> Keys:
    """The path in the document: pydantic's location without names of forms and steps inside written text."""
    keys: list[str | int] = []
    node = tree
    last = len(detail["loc"]) - 1
    for position, step in enumerate(detail["loc"]):
        inside = isinstance(node, dict) and (step in node or (position == last and detail["type"] == "missing"))
        if inside or (isinstance(node, list) and isinstance(step, int)):
            keys.append(step)
            node = child(node, step)
    return tuple(keys)


def _told(keys: Keys, detail: ErrorDetails, value: Any, whole: Shape) -> tuple[str, str, str, str | None]:
    """Code, message, remedy and nearest valid name of one refusal of pydantic's."""
    kind, context, key = detail["type"], detail.get("ctx", {}), keys[-1] if keys else ""
    match kind:
        case "extra_forbidden":
            known = names(shape_at(keys[:-1], whole))
            return "E110", f'there is no field "{key}" here', f"Fields: {', '.join(known)}.", nearest(str(key), known)
        case "missing":
            return "E111", f'the field "{key}" is missing', _meaning(keys, whole, "Add it"), None
        case "literal_error":
            known = re.findall(r"'([^']*)'", str(context["expected"]))
            word = str(key) if detail["loc"][-1] == "[key]" else _shown(value)
            return "E115", f'"{word}" is no choice here', f"Choose {_choice(known)}.", nearest(word, known)
        case "string_pattern_mismatch" if detail["loc"][-1] == "[key]" or "A-Za-z0-9" in str(context["pattern"]):
            name = key if detail["loc"][-1] == "[key]" else value
            remedy = "Begin with a letter or digit, then letters, digits and _ . + / - without spaces."
            if isinstance(key, int):
                remedy += " In a table, several names in one cell are separated by semicolons."
            return "E116", f'"{name}" cannot be an id', remedy, None
        case "too_short":
            return "E114", "the list is empty", _meaning(keys, whole, "Write at least one"), None
        case "value_error":
            return "E113", *_halves(str(context["error"]), keys, whole), None
    if kind in _BOUNDS:
        words = {"greater_than": "above", "greater_than_equal": "at least", "less_than": "below"}
        bound = f"{words.get(kind, 'at most')} {next(iter(context.values())):g}"
        return "E114", f'"{_shown(value)}" is out of range', f"Write a number that is {bound}.", None
    if kind in _SHAPES or isinstance(value, dict | list) or value is None:
        wanted = _wanted(shape_at(keys, whole))
        return "E112", f"{_shape_of(value)} stands where {wanted} is needed", _meaning(keys, whole), None
    said = detail["msg"].removeprefix("Input should be ").removeprefix("a valid ").split(",")[0]
    return "E113", f'"{_shown(value)}" is not {_article(said)}', _meaning(keys, whole), None


def _shown(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _article(noun: str) -> str:
    return noun if noun.startswith(("a ", "an ", "one ")) else f"a{'n' if noun[0] in 'aeiou' else ''} {noun}"


def _choice(known: list[str]) -> str:
    return " or ".join(filter(None, (", ".join(known[:-1]), known[-1])))


def _halves(text: str, keys: Keys, whole: Shape) -> tuple[str, str]:
    """A refusal and its remedy: what stands behind the last semicolon, else the field's own sentence."""
    message, _, remedy = text.rpartition("; ")
    if not message:
        return remedy, _meaning(keys, whole)
    mark = "" if remedy.endswith(("?", ".")) else "."
    return message, remedy[0].upper() + remedy[1:] + mark


def _meaning(keys: Keys, whole: Shape, verb: str = "") -> str:
    """The model's sentence on the field as a remedy."""
    about = sentence(keys, whole)
    field = next((str(key) for key in reversed(keys) if isinstance(key, str) and about), "")
    said = f"{field}: {about}" if field else "See the schema for what can stand here."
    return f"{verb}. {said}" if verb else said


def _shape_of(value: Any) -> str:
    names = {dict: "a group of fields", list: "a list", type(None): "nothing"}
    return names.get(type(value), f'"{_shown(value)}"')


def _wanted(here: Shape) -> str:
    """What the model expects at a path, in words."""
    forms = [
        "a group of fields" if here.records else "",
        "a table by id" if here.mappings else "",
        "a list" if here.lists else "",
        "one value" if here.scalars else "",
    ]
    return _choice([form for form in forms if form]) if any(forms) else "something else"
