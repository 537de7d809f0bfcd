"""The part of the page on what holds the plant back."""

from __future__ import annotations

from collections.abc import Iterator

from plantwright.report.figure import Figure, Section, Table
from plantwright.report.figures import gains, heat
from plantwright.report.names import Names
from plantwright.results import BottleneckAnswer
from plantwright.results.wording import sentence


def sections(bottleneck: BottleneckAnswer, names: Names, target: int | None) -> Iterator[Section]:
    """What one more gives, the staircase, and the bottleneck over the weeks."""
    figures = _figures(bottleneck, names, target)
    if figures:
        lede = f"{sentence(bottleneck.verdict)} What one more of each resource gives, with the same luck in all runs."
        if any(not gain.distinguishable for gain in bottleneck.marginal):
            lede += " Hollow dots cannot be told from 0."
        notes = [sentence(note) for note in bottleneck.notes]
        left_out = [_untried(change, names) for change in bottleneck.not_tested]
        folded = [Table.of("Changes not tried with this effort", ("resource", "id", "change"), left_out, text=(1, 2))]
        title = "What holds it back?"
        yield Section("bottleneck", title, lede, figures, (), tuple(notes), tuple(folded) if left_out else ())
    if bottleneck.longest_active_by_week and bottleneck.longest_active_share:
        lede = (
            "The momentary bottleneck is the station that has been active longest without a break. "
            "A steady strip is a true bottleneck; a patchy one wanders."
        )
        strip = heat.heat(bottleneck.longest_active_share, bottleneck.longest_active_by_week, names)
        yield Section("active", "Does the bottleneck wander?", lede, (strip,))


def _untried(change: str, names: Names) -> tuple[str, str, str]:
    resource, _, words = change.partition(": ")
    return names.resource(resource), resource, words


def _figures(bottleneck: BottleneckAnswer, names: Names, target: int | None) -> tuple[Figure, ...]:
    figures: list[Figure] = []
    if bottleneck.marginal:
        caption = "Units a year that one change alone gives"
        figures.append(gains.gains("marginal", caption, bottleneck.marginal, names))
    if bottleneck.pairs:
        figures.append(
            gains.gains("pairs", "Units a year that the best pairs of changes give together", bottleneck.pairs, names)
        )
    if bottleneck.staircase:
        figures.append(gains.staircase(bottleneck.units_per_year, bottleneck.staircase, names, target))
    return tuple(figures)
