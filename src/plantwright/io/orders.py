"""Orders to be scheduled from a CSV file, in place of those of the document."""

from __future__ import annotations

from pathlib import Path

from plantwright.errors import DocumentError, Place
from plantwright.io.document import settle, tree_of
from plantwright.io.draft import Draft
from plantwright.io.fields import shape_at
from plantwright.io.files import text_of
from plantwright.io.tables import node_of, read_csv
from plantwright.model.plant import Plant

WHERE = ("scheduling", "orders")


def with_orders(plant: Plant, path: str | Path) -> Plant:
    """A plant with the orders of a CSV file: its first column is the id, the others are fields of an order.

    Raises
    ------
    DocumentError
        The file cannot be read, or orders do not fit the plant: all errors at once.
    """
    draft = Draft(str(path), tree=tree_of(plant))
    draft.tree.setdefault(WHERE[0], {})
    if not Path(path).is_file():
        draft.complain("E100", "there is no such file", "Check the path.", at=Place(file=str(path)))
    elif (text := text_of(Path(path), draft)) is not None and (table := read_csv(Path(path), draft, text)) is not None:
        draft.tree[WHERE[0]][WHERE[1]] = node_of(table, WHERE, shape_at(WHERE), draft)
        if not draft.tree[WHERE[0]][WHERE[1]] and not draft.findings:
            draft.complain("E106", "there is no order in it", "Write one a line.", at=Place(file=str(path)))
    changed = settle(draft) if not draft.findings else None
    errors = [finding for finding in draft.findings if finding.is_error]
    if changed is None or errors:
        raise DocumentError(*errors)
    return changed
