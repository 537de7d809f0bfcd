"""The part of the page on what has to be made and bought."""

from __future__ import annotations

from collections.abc import Iterator

from plantwright.model.plant import Plant
from plantwright.report.figure import Figure, Section, Table
from plantwright.report.figures import pegtree, planload, projection
from plantwright.report.names import Names
from plantwright.results import MaterialsAnswer
from plantwright.results.wording import estimate, number, share

MOST = 40
"""Messages on the page; the JSON has them all."""


def sections(answer: MaterialsAnswer, plant: Plant, names: Names) -> Iterator[Section]:
    """Messages, stock, load and pegging of a plan."""
    yield Section(
        "materials", "What has to be made and bought?", answer.verdict, tuple(_figures(answer, names)), _tables(answer)
    )
    yield Section(
        "messages",
        "What has to be decided?",
        "The most urgent first: what is missing, what to expedite, what to release now, what can wait.",
        tables=(_messages(answer),),
    )


def _figures(answer: MaterialsAnswer, names: Names) -> Iterator[Figure]:
    yield projection.projections(answer)
    if answer.load:
        yield planload.load(answer, names)
    if answer.supplied_by is not None:
        yield pegtree.made_of(answer.supplied_by)
    for node in answer.serves[:1]:
        yield pegtree.goes_into(node)


def _messages(answer: MaterialsAnswer) -> Table:
    rows = [(message.kind, message.text) for message in answer.messages[:MOST]]
    left = len(answer.messages) - MOST
    caption = "Messages" if left <= 0 else f"Messages, the {MOST} most urgent of {len(answer.messages):,}"
    return Table.of(caption, ("", "what"), rows, text=(1,))


def _tables(answer: MaterialsAnswer) -> tuple[Table, ...]:
    key = Table.of("Key numbers", ("what", "how much", "remark"), [*answer.facts], text=(2,))
    if answer.replay is None:
        return (key,)
    told = answer.replay
    rows = [
        (answer.master[name].name, share(level), estimate(told.backlog_end[name]))
        for name, level in told.by_product.items()
        if name in answer.master
    ]
    followed = Table.of(
        "The plan, followed by the simulator", ("product", "delivered on its day", "owed at the end"), rows
    )
    waits = [
        (answer.items[name].name, number(hours.mean))
        for name, hours in list(told.short_of.items())[:8]
        if name in answer.items
    ]
    waited = Table.of("What stations waited for then", ("item", "machine hours"), waits)
    return (key, followed, waited) if waits else (key, followed)
