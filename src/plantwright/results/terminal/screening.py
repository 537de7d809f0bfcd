"""The answer to ``screening`` in the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from plantwright.results.screening import Refusal, ScreeningAnswer
from plantwright.results.terminal.tables import SHOWN, grid, table, verdict
from plantwright.results.wording import percent


def screening_lines(answer: ScreeningAnswer) -> Iterator[RenderableType]:
    """The verdict, who is refused or held and why, who was let pass, by which lists."""
    yield verdict(answer.verdict)
    yield grid(_key_numbers(answer), numbers=False)
    if answer.refusals:
        yield table("Refused and held", ("party", "state", "why"), _reasons(answer.refusals), 3)
    if answer.clearances:
        rows = ((each.name, each.listed_as, f"{each.reviewer}, {each.date}", each.reason) for each in answer.clearances)
        yield table("Let pass", ("party", "is not", "decided by", "because"), rows, 4)
    if answer.lists:
        read = ((each.name, each.form, each.date, each.sha256[:16], f"{each.entries:,}") for each in answer.lists)
        yield table("Lists", ("list", "layout", "date", "sha256 begins", "entries"), read, 4)


def _key_numbers(answer: ScreeningAnswer) -> Iterator[tuple[str, str, str]]:
    yield "Parties", str(answer.parties), "suppliers, those behind them, owners, customers by name"
    if answer.state == "not screened":
        return
    levels = answer.levels
    yield "Refused", f"from a score of {levels['block']:g}", f"or {percent(levels['ownership'])} held by listed owners"
    yield "Held", f"from a score of {levels['review']:g}", "until a named reviewer has decided"
    if answer.countries:
        yield "Countries", ", ".join(answer.countries), "with which nobody deals"
    for what, names in answer.left_out.items():
        if names:
            shown = ", ".join(names[:SHOWN]) + (" ..." if len(names) > SHOWN else "")
            yield f"Left out: {what.replace('_', ' ')}", str(len(names)), shown


def _reasons(refusals: tuple[Refusal, ...]) -> Iterator[tuple[str, ...]]:
    for reason in refusals[:SHOWN]:
        yield f"{reason.name} ({reason.party})", reason.state, reason.why
    if len(refusals) > SHOWN:
        yield f"… {len(refusals) - SHOWN} more in --json", "", ""
