"""The reference plant loses its supplier of battery cells: ``make bench-losing`` writes what the worked page shows."""

from __future__ import annotations

import json
import math
from typing import Any

from plantwright.answers.risk import risk
from plantwright.io.document import load
from plantwright.results import LossReplay, RiskAnswer

from .record import ROOT, Row, provenance

DOCS = ROOT / "docs" / "losing.json"
PLANT = ROOT / "examples" / "uas-plant"
LOST, CELL, SURVIVE = "jadewell", "cell-large", "26 weeks"
WEEK = 7


def measure() -> list[Row]:
    """The loss day by day, with and without the protection; written beside the docs."""
    answer = risk(load(PLANT), survive=SURVIVE, lose=LOST, replays=1, folder=PLANT)
    told = _told(answer)
    DOCS.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    lost, protected = answer.replays
    return [
        Row("production_stops_day", told["row"]["stops_day_p50"], "d"),
        Row("customers_without_day", told["row"]["short_day_p50"], "d"),
        Row("protection_per_year", told["protection"]["cost_per_year"], answer.currency),
        Row("owed_most", math.fsum(lost.owed_most.values()), "units"),
        Row("owed_most_protected", math.fsum(protected.owed_most.values()), "units"),
    ]


def _told(answer: RiskAnswer) -> dict[str, Any]:
    """What the page needs: the row of the loss, its course and its simulations by week, and the protection."""
    data = answer.as_dict()
    row = next(row for row in data["exposures"] if (row["kind"], row["id"]) == ("supplier", LOST))
    weeks = data["course"][WEEK - 1 :: WEEK]
    return {
        "command": f'plantwright risk examples/uas-plant --survive "{SURVIVE}" --lose {LOST}',
        "currency": answer.currency,
        "verdict": answer.verdict,
        "row": row,
        "course": [
            {
                "day": day["day"],
                "cells": day["stock"][CELL],
                "made": _of_week(data["course"], at, "made"),
                "unmet": _of_week(data["course"], at, "unmet"),
                "finished": {key: day["stock"][key] for key in day["made"]},
            }
            for at, day in enumerate(weeks)
        ],
        "replays": [_by_week(replay) for replay in answer.replays],
        "purchases": [each for each in data["purchases"] if each["cause"] == f"supplier {LOST}"],
        "protection": data["protection"],
        "provenance": provenance(plant_hash=answer.provenance.plant_hash, seed=answer.provenance.seed),
    }


def _of_week(course: list[dict[str, Any]], week: int, column: str) -> float:
    days = course[week * WEEK : (week + 1) * WEEK]
    return round(math.fsum(value for day in days for value in day[column].values()), 1)


def _by_week(replay: LossReplay) -> dict[str, Any]:
    days = range(WEEK - 1, len(replay.stock_lost[CELL]), WEEK)
    return {
        "is_protected": replay.is_protected,
        "runs": replay.runs,
        "runs_out_day": dict(replay.runs_out_day),
        "owed_most": dict(replay.owed_most),
        "owed_most_day": replay.owed_most_day,
        "cells_usual": [replay.stock_usual[CELL][day] for day in days],
        "cells_lost": [replay.stock_lost[CELL][day] for day in days],
        "made_usual": [_sum(replay.made_usual, day) for day in days],
        "made_lost": [_sum(replay.made_lost, day) for day in days],
    }


def _sum(series: Any, day: int) -> float:
    return round(math.fsum(value for each in series.values() for value in each[day - WEEK + 1 : day + 1]), 1)
