"""The loss of the reference plant's supplier of cells: what `make bench-losing` wrote beside the pages."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .markdown import table

DOCS = Path(__file__).resolve().parent.parent
WEEK = 7
WIDTH, HEIGHT, LEFT, FOOT = 720, 220, 52, 24
COLOURS = {"as usual": "#59616b", "lost": "#d55e00", "lost, protected": "#0072b2"}


def exposure() -> str:
    """What the network says of the loss."""
    told = _read()
    row, currency = told["row"], told["currency"]
    rows = [
        ("back after, days", *(_day(row[f"recovery_{chance}_d"]) for chance in ("p10", "p50", "p90"))),
        ("production falls behind, day", *(_day(row[f"stops_day_{chance}"]) for chance in ("p10", "p50", "p90"))),
        ("customers go without, day", *(_day(row[f"short_day_{chance}"]) for chance in ("p10", "p50", "p90"))),
        (f"margin lost, {currency}", *(_number(row[f"loss_{chance}"]) for chance in ("p10", "p50", "p90"))),
        (f"at least, {currency}", "", _number(row["best_loss_p50"]), ""),
    ]
    return table(("", "short recovery (P10)", "middling (P50)", "long (P90)"), rows)


def weeks() -> str:
    """The shelf of cells and the units made in each week: by the rule, and in the simulation."""
    told = _read()
    lost, protected = told["replays"]
    rows = [
        (
            day["day"], _number(day["cells"]), _number(lost["cells_lost"][at]), _number(protected["cells_lost"][at]),
            _number(day["made"]), _number(lost["made_usual"][at]), _number(lost["made_lost"][at]),
            _number(protected["made_lost"][at]),
        )
        for at, day in enumerate(told["course"][: len(lost["cells_lost"])])
    ]  # fmt: skip
    headers = (
        "day", "cells on the shelf, rule", "simulated", "simulated, protected",
        "units made in the week, rule", "simulated as usual", "simulated", "simulated, protected",
    )  # fmt: skip
    return table(headers, rows)


def simulated() -> str:
    """What the two simulations came to, in sentences."""
    lines = []
    for replay in _read()["replays"]:
        which = "With the protection" if replay["is_protected"] else "As it is"
        empty = {item: day for item, day in replay["runs_out_day"].items() if day is not None}
        said = " and ".join(f"`{item}` runs out on day {day:.0f}" for item, day in empty.items())
        owed = sum(replay["owed_most"].values())
        late = (
            f"deliveries are behind most on day {replay['owed_most_day']}, by {_number(owed)} units ("
            + ", ".join(f"{_number(units)} {product}" for product, units in replay["owed_most"].items())
            + ")"
        )
        lines.append(f"- **{which}**: {said or 'no shelf runs empty'}; {late if owed >= 1 else 'no delivery is late'}.")
    return "\n".join(lines)


def protection() -> str:
    """What is bought, and what it costs."""
    told = _read()
    found, currency = told["protection"], told["currency"]
    rows = [
        (each["kind"], each["name"], _number(each["pieces"]) if each["pieces"] else "",
         _number(each["cost_per_year"]), _number(each["once"]))
        for each in found["measures"]
    ]  # fmt: skip
    rows.append(("together", "", "", _number(found["cost_per_year"]), ""))
    hurt = [each for each in found["checked"] if each["before_d"] is not None]
    said = "\n".join(
        f"- {each['name']}: customers go without from day {_day(each['before_d'])}, with the protection "
        + ("never within the time that is asked for." if each["is_reached"] else f"from day {_day(each['after_d'])}.")
        for each in hurt
    )
    headers = ("what", "of which", "pieces", f"{currency} a year", f"{currency} once")
    least = f"If every piece went where it counts most, {_number(found['least_per_year'])} a year would do."
    return f"{table(headers, rows)}\n\n{least} Lost for good for {found['survive_d']:.0f} days:\n\n{said}"


def picture() -> str:
    """The shelf of cells and the weekly output of the three simulations, drawn."""
    lost, protected = _read()["replays"]
    cells = {"as usual": lost["cells_usual"], "lost": lost["cells_lost"], "lost, protected": protected["cells_lost"]}
    made = {"as usual": lost["made_usual"], "lost": lost["made_lost"], "lost, protected": protected["made_lost"]}
    return f"{_lines('Large cells on the shelf', cells)}\n\n{_lines('Units made in each week', made)}"


def _lines(title: str, series: Mapping[str, Sequence[float]]) -> str:
    most = max(value for values in series.values() for value in values)
    count = len(next(iter(series.values())))

    def place(week: int, value: float) -> str:
        x = LEFT + week * (WIDTH - LEFT - 8) / (count - 1)
        return f"{x:.1f},{HEIGHT - FOOT - value / most * (HEIGHT - FOOT - 30):.1f}"

    drawn = [f'<text x="0" y="14" font-size="13" font-weight="600" fill="currentColor">{title}</text>']
    for share in (0.0, 0.5, 1.0):
        y = HEIGHT - FOOT - share * (HEIGHT - FOOT - 30)
        drawn.append(f'<line x1="{LEFT}" x2="{WIDTH}" y1="{y:.1f}" y2="{y:.1f}" stroke="currentColor" opacity="0.2"/>')
        drawn.append(f'<text x="0" y="{y + 4:.1f}" font-size="11" fill="currentColor">{_number(share * most)}</text>')
    for week in range(0, count, 4):
        x = place(week, 0.0).split(",")[0]
        drawn.append(
            f'<text x="{x}" y="{HEIGHT - 6}" font-size="11" fill="currentColor">day {(week + 1) * WEEK}</text>'
        )
    for number, (name, values) in enumerate(series.items()):
        points = " ".join(place(week, value) for week, value in enumerate(values))
        dash = ' stroke-dasharray="5 4"' if name == "as usual" else ""
        drawn.append(f'<polyline points="{points}" fill="none" stroke="{COLOURS[name]}" stroke-width="2.2"{dash}/>')
        x = 240 + 150 * number
        drawn.append(f'<text x="{x}" y="14" font-size="12" fill="{COLOURS[name]}">{name}</text>')
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{title}" width="100%">' + "".join(drawn) + "</svg>"
    )


def _read() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DOCS / "losing.json").read_text(encoding="utf-8"))
    return found


def _number(value: float) -> str:
    return f"{value:,.0f}"


def _day(value: float | None) -> str:
    return "never" if value is None else f"{value:.0f}"
