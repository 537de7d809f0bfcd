"""The sections of ``screening``: whom the plant may not deal with, and by which lists."""

from __future__ import annotations

from collections.abc import Iterator

from plantwright.model.plant import Plant
from plantwright.report.figure import Section, Table
from plantwright.report.figures.likenesses import likenesses
from plantwright.report.names import Names
from plantwright.results import ScreeningAnswer
from plantwright.results.screening import AID
from plantwright.results.wording import percent, sentence


def sections(answer: ScreeningAnswer, plant: Plant, names: Names) -> Iterator[Section]:
    """One section: the verdict, likenesses of names, reasons, lists with their dates and hashes."""
    del plant
    drawn = likenesses(answer)
    yield Section(
        "screening",
        "With whom may it not deal?",
        sentence(answer.verdict),
        (drawn,) if drawn is not None else (),
        tuple(_tables(answer, names)),
        notes=(AID,) if answer.state != "not screened" else (),
        folded=tuple(_folded(answer)),
    )


def _tables(answer: ScreeningAnswer, names: Names) -> Iterator[Table]:
    if answer.refusals:
        refused = [(each.name, each.state, each.why, _share(each.share)) for each in answer.refusals]
        columns = ("party", "state", "why", "held by listed owners")
        yield Table.of("Refused and held", columns, refused, text=(1, 2))
    if answer.clearances:
        passed = [(each.name, each.listed_as, each.reviewer, each.date, each.reason) for each in answer.clearances]
        heads = ("party", "was held for", "decided by", "on", "because")
        yield Table.of("Let pass by a named reviewer", heads, passed, text=(1, 2, 3, 4))
    spoken = {"unsupplied_items": names.item}
    left_out = [
        (what.replace("_", " "), ", ".join(spoken.get(what, str)(key) for key in keys))
        for what, keys in answer.left_out.items()
        if keys
    ]
    if left_out:
        yield Table.of("Left out of every plan", ("what", "which"), left_out, text=(1,))
    if answer.lists:
        lists = [
            (each.name, each.form, each.date, DATED[each.dated_by], each.sha256, f"{each.entries:,}")
            for each in answer.lists
        ]
        yield Table.of("Lists", ("list", "layout", "date", "dated", "sha256", "entries"), lists, text=(1, 2, 3, 4))


DATED = {"given": "given", "content": "by its content", "name": "by its file's name", "file": "of the file"}
"""How the date of a list is known, in words."""


def _folded(answer: ScreeningAnswer) -> Iterator[Table]:
    if answer.unknown_owners and answer.lists:
        rows = [(each.name, each.party, percent(each.share)) for each in answer.unknown_owners]
        yield Table.of(
            "Of whom it is not known who owns them", ("party", "in the document", "unknown"), rows, text=(1,)
        )


def _share(share: float | None) -> str:
    return "" if share is None else percent(share)
