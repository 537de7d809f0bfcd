"""A plant of some sixty stations in nine shops, for looking at the report: a drawing board, not an example."""

from __future__ import annotations

from typing import Any

from plantwright.model.plant import Plant

SHOPS = {
    "electronics": "Electronics",
    "composites": "Composites",
    "motors": "Motors",
    "battery": "Battery packs",
    "mouldings": "Mouldings",
    "sub-assembly": "Sub-assembly",
    "final": "Final assembly",
    "laboratory": "Test laboratory",
    "dispatch": "Dispatch",
}

STATIONS = (
    """
electronics  smt            4   SMT line
electronics  depanel        2   Depanel
electronics  program        5   Program and in-circuit test
electronics  coat           5   Coat
electronics  coat-cure      2   Coat cure
electronics  board-test     7   Functional test
electronics  board-repair   4   Board repair benches
composites   press          12  Press
composites   trim           13  CNC trim
composites   bond           9   Bond
composites   bond-cure      3   Bond cure ovens
composites   carbon-check   4   Non-destructive check
composites   paint          5   Paint
composites   paint-cure     2   Paint cure ovens
motors       stack          3   Stack and insulate
motors       wind           14  Wind
motors       impregnate     2   Impregnate and cure
motors       magnets        4   Bond magnets
motors       magnet-cure    2   Magnet cure
motors       rotor-balance  4   Balance rotor
motors       join           6   Join stator and rotor
motors       dynamometer    3   Dynamometer
battery      sort           2   Sort cells
battery      cell-stack     2   Stack cells
battery      weld           2   Weld
battery      fit-bms        3   Fit BMS
battery      pot            2   Pot and cure
battery      capacity-test  122 Capacity test channels
battery      rest           740 Rest places
battery      end-test       2   End test
mouldings    mould          6   Injection moulding
sub-assembly spray          6   Spray system cell
sub-assembly ground         12  Ground station cell
sub-assembly airframe       10  Airframe kit
"""
    + "\n".join(f"final line-{number:02d} 3 Assembly station {number}" for number in range(1, 15))
    + """
laboratory   calibrate      6   Calibrate IMU, compass and RTK
laboratory   flight-indoor  5   Flight bays indoors
laboratory   flight-outdoor 4   Flight bays outdoors
laboratory   flight-rework  2   Flight rework benches
laboratory   chamber-ingress 3  Ingress chamber
laboratory   chamber-drop   3   Drop rig
laboratory   chamber-thermal 3  Thermal chamber
laboratory   teardown       1   Teardown bench
dispatch     final-check    2   Final check
dispatch     pack           4   Pack and label
"""
)

ROUTES = {
    "flight-board": "smt depanel program coat coat-cure board-test",
    "radio-board": "smt depanel program coat coat-cure board-test",
    "ground-board": "smt depanel program board-test",
    "esc": "smt depanel program coat coat-cure board-test",
    "bms": "smt depanel program board-test",
    "body": "press trim bond bond-cure carbon-check paint paint-cure",
    "stator": "stack wind impregnate",
    "rotor": "magnets magnet-cure rotor-balance",
    "motor": "join dynamometer",
    "pack": "sort cell-stack weld fit-bms pot capacity-test rest end-test",
    "propeller": "mould",
    "tank": "mould",
    "spray-system": "spray",
    "ground-station": "ground",
    "airframe": "airframe",
}

USES: dict[tuple[str, str], dict[str, int]] = {
    ("motor", "join"): {"stator": 1, "rotor": 1},
    ("pack", "sort"): {"cell": 12},
    ("pack", "fit-bms"): {"bms": 1},
    ("spray-system", "spray"): {"tank": 3},
    ("ground-station", "ground"): {"ground-board": 1, "display": 1},
    ("airframe", "airframe"): {"body": 8},
    ("unit", "line-01"): {"airframe": 1},
    ("unit", "line-03"): {"motor": 8},
    ("unit", "line-04"): {"esc": 8},
    ("unit", "line-06"): {"flight-board": 1, "radio-board": 1},
    ("unit", "line-09"): {"spray-system": 1},
    ("unit", "line-11"): {"propeller": 16},
    ("unit", "calibrate"): {"pack": 2},
    ("unit", "pack"): {"ground-station": 1, "charger": 1},
}

NOT_GOOD: dict[str, dict[str, Any]] = {
    "board-test": {"good": "98 %", "else": {"to": "repair", "tries": 3}},
    "flight-indoor": {"good": "95 %", "else": {"to": "rework", "tries": 2, "then": "teardown"}},
}

PRODUCTS = {"agri-40": 60_000, "insp-4": 25_000, "cargo-30": 15_000}
NAMES = {"agri-40": "AGRI-40", "insp-4": "INSP-4", "cargo-30": "CARGO-30"}


def stations() -> dict[str, dict[str, Any]]:
    """Stations in document order."""
    found = {}
    for row in STATIONS.strip().splitlines():
        shop, key, machines, name = row.split(maxsplit=3)
        found[key] = {"shop": shop, "machines": int(machines), "name": name}
    return found


def _operation(route: str, station: str) -> dict[str, Any]:
    row: dict[str, Any] = {"op": station, "station": station, "time": "60 s", "uses": USES.get((route, station), {})}
    if station == "flight-indoor":
        row["station"] = ["flight-indoor", "flight-outdoor"]
    return row | NOT_GOOD.get(station, {})


def _side(op: str, station: str, then: str) -> dict[str, Any]:
    return {"op": op, "station": station, "time": "12 min", "side": True, "then": then}


def routes() -> dict[str, list[dict[str, Any]]]:
    """Routes of the items, and one for each product."""
    found = {key: [_operation(key, station) for station in line.split()] for key, line in ROUTES.items()}
    for rows in found.values():
        if any(row["op"] == "board-test" for row in rows):
            rows.append(_side("repair", "board-repair", "program"))
    line = [f"line-{number:02d}" for number in range(1, 15)]
    unit = [*line, "calibrate", "flight-indoor", "final-check", "pack"]
    laboratory = ["chamber-ingress", "chamber-drop", "chamber-thermal"]
    for product in PRODUCTS:
        rows = [_operation("unit", station) for station in unit]
        rows[-2]["sample"] = {"every": 200, "operations": laboratory}
        rows += [_side("rework", "flight-rework", "flight-indoor"), _side("teardown", "teardown", "scrap")]
        found[product] = rows + [_side(station, station, "done") for station in laboratory]
    return found


def plant() -> Plant:
    """The plant as a frozen object."""
    made = {key: {"made-by": key, "policy": {"kanban": 400}} for key in ROUTES}
    bought: dict[str, Any] = dict.fromkeys(("cell", "display", "charger"), "buy")
    return Plant.model_validate(
        {
            "name": "Civil UAS plant",
            "description": "Crop spraying, inspection and parcel aircraft on one platform.",
            "target": 100_000,
            "sites": {"main": {"time-zone": "Europe/Minsk"}},
            "shops": {key: {"site": "main", "name": name} for key, name in SHOPS.items()},
            "stations": stations(),
            "items": made | bought,
            "routes": routes(),
            "products": {key: {"made-by": key, "name": NAMES[key]} for key in PRODUCTS},
            "demand": {key: {"year": pieces} for key, pieces in PRODUCTS.items()},
        }
    )
