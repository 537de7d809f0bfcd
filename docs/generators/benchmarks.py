"""What the benchmarks measured, from the files that `python -m benchmarks publish` put beside the pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .markdown import table

FOLDER = Path(__file__).resolve().parent.parent
MODELS = {
    "a": "one machine, load 0.9",
    "b": "ten exponential machines in line",
    "c": "ten machines that fail",
    "d": "feeders, assembly, test, rework",
}
TOOLS = {"plantwright": "Plantwright", "simpy": "SimPy", "cimba": "Cimba"}


def coverage() -> str:
    """How often intervals hold the truth, and what warm-up is found."""
    rows, made_with = _results("coverage")
    if not rows:
        return made_with
    covered = [row for row in rows if row["name"].startswith("covered_")]
    settled = [row for row in rows if row["name"].startswith("settled_")]
    headers = ["plant", "figure", "exact", "stops", "replications", "half-width", "intervals that hold it"]
    intervals = table(headers, [_covered(row) for row in covered])
    starts = table(["plant", "to be left out", "left out", "seeds"], [_settled(row) for row in settled])
    return f"{intervals}\n\n{starts}\n\n{made_with}"


def _covered(row: dict[str, Any]) -> list[str]:
    return [
        row["plant"],
        f"`{row['figure']}`",
        f"{row['truth']:.6g}",
        f"within {100 * row['within']:.3g} %" if row["within"] else "after a fixed number",
        f"{row['replications']:.3g}",
        f"{row['half_width_percent']:.2g} %",
        f"{100 * row['value']:.1f} % of {row['studies']:,} ({100 * row['low']:.1f} to {100 * row['high']:.1f})",
    ]


def _settled(row: dict[str, Any]) -> list[str]:
    found = f"{row['fewest']}" if row["fewest"] == row["most"] else f"{row['fewest']} to {row['most']}"
    return [
        row["plant"],
        f"{row['weeks']} weeks",
        f"{found}; just right in {100 * row['value']:.0f} %",
        str(row["seeds"]),
    ]


def peers() -> str:
    """Rates and results of the tools, and how many times as fast Plantwright is."""
    rows, made_with = _results("peers")
    if not rows:
        return made_with
    named = {row["name"]: row for row in rows}
    body = []
    for model, says in MODELS.items():
        for tool, name in TOOLS.items():
            row, ratio = named[f"rate_{tool}_{model}"], named.get(f"ratio_{tool}_{model}")
            body.append([says, f"{name} {row['version']}", *_rate(row), f"{ratio['value']:.1f}" if ratio else ""])
    headers = ["plant", "tool", "result", "completions a second", "memory", "Plantwright is as fast, times"]
    clock = f"Times are by the {named['ratio_simpy_a']['clock']}."
    return f"{table(headers, body)}\n\n{clock} {made_with}"


def _rate(row: dict[str, Any]) -> list[str]:
    unit = {"s": "s", "1/s": "a second"}[row["result_unit"]]
    result = f"{row['result']:.5g} ± {row['half_width']:.2g} {unit}"
    return [result, f"{row['value'] / 1e6:.2f} million", f"{row['memory_mb']:.0f} MB"]


def whole() -> str:
    """A year of the reference plant before and after, and what shows that each mechanism is at work in it."""
    rows, made_with = _results("whole")
    if not rows:
        return made_with
    named = {row["name"]: row for row in rows}
    before, after = named["year_s_reference"], named["year_s_every_mechanism"]
    traced = named["year_s_every_mechanism_traced"]
    years = [
        ["as written", _year(before), f"{before['part_moves']:,}", ""],
        ["with every mechanism", _year(after), f"{after['part_moves']:,}", _times(named["ratio_every_mechanism"])],
        ["and its trace", _year(traced), f"{traced['lines']:,} lines", _times(named["ratio_every_mechanism_traced"])],
    ]
    seen = [_shown(row) for row in rows if row["name"].startswith("mechanism_")]
    times = table(["a year of the plant", "processor time", "part moves", "times the first"], years)
    return f"{times}\n\n{table(['mechanism', 'what a year of it shows'], seen)}\n\n{made_with}"


def _year(row: dict[str, Any]) -> str:
    return f"{row['value']:.2f} s"


def _times(row: dict[str, Any]) -> str:
    return f"{row['value']:.2f}"


def _shown(row: dict[str, Any]) -> list[str]:
    """What was seen of a mechanism, in bold where the plant as written shows nothing of it."""
    said = {
        what: f"{what} {number:,.0f}" if number >= 10 else f"{what} {number:.3g}"
        for what, number in row["shows"].items()
    }
    told = [text if row["before"].get(what) else f"**{text}**" for what, text in said.items()]
    number, section = row["name"].removeprefix("mechanism_"), row["section"]
    title = section.replace("energy-", "energy, ").replace("-", " ").capitalize()
    return [f"[{number}. {title}](mechanisms.md#{section})", "; ".join(told)]


def scaling() -> str:
    """What grows, and what it may grow to."""
    rows, made_with = _results("scaling")
    if not rows:
        return made_with
    body = [[row["name"].replace("_", " "), f"{row['value']:.4g} {row['unit'].strip('-')}", _goal(row)] for row in rows]
    return f"{table(['what', 'measured', 'goal'], body)}\n\n{made_with}"


def _goal(row: dict[str, Any]) -> str:
    if "goal" not in row:
        return ""
    return f"{row['goal_is']} {row['goal']:g}" + ("" if row["is_reached"] else " (**not reached**)")


def lines() -> str:
    """Assembly lines where more is known now than was listed, or not all is known, and the sums of all."""
    rows, made_with = _results("balance")
    if not rows:
        return made_with
    cases = [case for row in rows for case in row.get("cases", [])]
    told = [case for case in cases if case["stations"] < case["upper"] or case["fewest"] < case["stations"]]
    headers = ["instance", "listed", "stations", "at least", "processor"]
    body = [
        (
            case["name"].removeprefix("instance_").removesuffix(".alb"),
            f"{case['lower']} to {case['upper']}",
            str(case["stations"]),
            str(case["fewest"]),
            f"{case['processor_s']:.2f} s",
        )
        for case in told
    ]
    sums = (sum(case[name] for case in cases) for name in ("lower", "upper", "stations", "fewest"))
    lower, upper, stations, fewest = sums
    seconds = f"{sum(case['processor_s'] for case in cases):.0f} s"
    body.append((f"**all {len(cases)}**", f"{lower} to {upper}", str(stations), str(fewest), seconds))
    proven = sum(case["stations"] == case["fewest"] for case in cases)
    return f"{table(headers, body)}\n\n{proven} of {len(cases)} are proven. {made_with}"


def shops() -> str:
    """Public shops by family and size: how far above the best known value, how many reach it, how many are proven."""
    rows, made_with = _results("schedule")
    if not rows:
        return made_with
    headers = ["shops", "measured", "mean gap", "asked", "largest gap", "best known reached", "better", "proven"]
    body = []
    for row in rows:
        cases = row.get("instances", [])
        if not cases:
            continue
        gaps = [case["gap_percent"] for case in cases]
        body.append(
            (
                row["says"],
                f"{len(cases)}",
                f"{row['value']:.2f} %",
                _goal(row),
                f"{max(gaps):.2f} %",
                f"{sum(gap <= 0 for gap in gaps)}",
                f"{sum(gap < 0 for gap in gaps)}",
                f"{sum(case['proven'] for case in cases)}",
            )
        )
    limits = sorted({case["limit_s"] for row in rows for case in row.get("instances", [])})
    told = " and ".join(f"{limit:g} s" for limit in limits)
    return f"{table(headers, body)}\n\n{told} each, two searches side by side. {made_with}"


def lots() -> str:
    """The instances of lot sizing, and what was proven of each."""
    rows, made_with = _results("materials")
    if not rows:
        return made_with
    cases = rows[0]["instances"]
    headers = ["instance", "plan", "lower bound", "gap", "textbook"]
    body = [
        (
            case["name"],
            f"{case['cost']:,.0f}",
            f"{case['lower_bound']:,.0f}",
            f"{case['gap_percent']:.2f} %",
            f"{case['big_m_gap_percent']:.2f} %" if case["big_m_cost"] else "no plan",
        )
        for case in cases
    ]
    under = sum(case["gap_percent"] < 1.5 for case in cases)
    means = (f"{sum(case[name] for case in cases) / len(cases):.2f} %" for name in ("gap_percent", "big_m_gap_percent"))
    body.append(("**mean**", "", "", *means))
    return f"{table(headers, body)}\n\n{under} of {len(cases)} are under 1.5 %. {made_with}"


def _results(name: str) -> tuple[list[dict[str, Any]], str]:
    """The rows of a subject and what they were made with; no rows and a sentence where none are committed."""
    path = FOLDER / f"{name}.json"
    if not path.exists():
        return [], f"No results are committed in this tree: `make bench-{name}` measures them."
    results = json.loads(path.read_text(encoding="utf-8"))
    told = {key: value for key, value in sorted(results["provenance"].items()) if key != "measured"}
    made_with = ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in told.items())
    return results["rows"], f"Made with {made_with}."
