"""What operations take and hold: kits, what they give, people, tools."""

from __future__ import annotations

from plantwright.codes import NEEDS, NONE
from plantwright.compile.draft import Draft
from plantwright.compile.options import ALL, mask
from plantwright.errors import Finding, Place, RunError
from plantwright.model.flows import chooser
from plantwright.model.product import Item, Product
from plantwright.model.route import Operation


def add_kit(draft: Draft, thing: Item | Product, operation: Operation) -> tuple[int, int]:
    """Rows of what an operation builds in, per piece; where they begin and how many."""
    first = len(draft.rows["kit"])
    for used, pieces in operation.uses.items():
        if isinstance(pieces, int):
            _add_kit_row(draft, used, pieces, ALL)
            continue
        option = chooser(thing, operation, pieces)
        for value, number in pieces.items():
            _add_kit_row(draft, used, number, mask(thing, option, value))
    return first, len(draft.rows["kit"]) - first


def _add_kit_row(draft: Draft, used: str, pieces: int, options: int) -> None:
    if pieces > 0 and options:
        draft.rows["kit"].add(item_=draft.items[used], pieces=pieces, options=options)


def add_gives(draft: Draft, operation: Operation) -> tuple[int, int]:
    """Rows of what an operation puts to stock."""
    first = len(draft.rows["give"])
    for given, pieces in operation.gives.items():
        draft.rows["give"].add(item_=draft.items[given], pieces=pieces)
    return first, len(operation.gives)


def add_tools_of(draft: Draft, operation: Operation) -> tuple[int, int]:
    """Rows of the tools an operation holds."""
    first = len(draft.rows["tool_need"])
    for tool, number in operation.tools.items():
        draft.rows["tool_need"].add(tool=draft.tools[tool], number=number)
    return first, len(operation.tools)


def people_columns(draft: Draft, item: str, operation: Operation) -> dict[str, int]:
    """Who is held throughout and who only to load and unload, and how long that takes."""
    attended = operation.attended
    skills = len(operation.people) + (len(attended.people) if attended else 0)
    if skills > NEEDS:
        route = draft.thing(item).made_by
        raise RunError(
            Finding(
                "E402",
                f'"{operation.op}" asks for people of {skills} skills at once; {NEEDS} can be held.',
                "Name one skill for people who always come together.",
                Place(f"routes.{route}.{operation.op}.people"),
            )
        )
    first_need, needs = draft.needs(operation.people)
    first_attend, attends = draft.needs(attended.people if attended else {})
    return {
        "first_need": first_need,
        "needs": needs,
        "first_attend": first_attend,
        "attends": attends,
        "load_law": draft.law(attended.load) if attended else NONE,
        "unload_law": draft.law(attended.unload) if attended else NONE,
    }
