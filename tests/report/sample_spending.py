"""What the plant of the sample spends: ten good units an hour, so that a tenth of everything is what one takes."""

from __future__ import annotations

import math

from plantwright.results import CrewSpending, Estimate, MaterialSpending, SpendingStatistics, StationSpending

UNITS_PER_H = 10.0
POWER_KW = {
    "smt": (140.0, 60.0),
    "press": (260.0, 110.0),
    "coat-cure": (30.0, 12.0),
    "paint-cure": (44.0, 20.0),
    "mould": (120.0, 40.0),
    "impregnate": (50.0, 21.0),
    "capacity-test": (45.0, 3.0),
    "chamber-thermal": (90.0, 8.0),
}
RUNNING_PER_H = {"smt": 42.0, "press": 51.0, "trim": 38.0, "mould": 27.0, "wind": 19.0}
CREWS = {"electronics": 12.5, "composites": 26.0, "motors": 15.0, "battery": 8.0, "assembly": 61.0, "maintenance": 6.0}
MATERIALS = {"cell": (1_400.0, 21_000.0), "charger": (20.0, 3_800.0), "display": (10.0, 900.0)}
PRICE = 0.11
WAGE = 9.2


def _station(key: str) -> StationSpending:
    busy, idle = POWER_KW.get(key, (0.0, 0.0))
    return StationSpending(
        energy_kwh_per_h=Estimate(busy + idle, 0.5),
        energy_kwh_per_h_by_state={"busy": Estimate(busy, 0.4), "idle": Estimate(idle, 0.3)},
        energy_cost_per_h=Estimate(PRICE * (busy + idle)),
        running_cost_per_h=Estimate(RUNNING_PER_H.get(key, 0.0)),
    )


def spending() -> SpendingStatistics:
    """Everything adds up to the whole."""
    stations = {key: _station(key) for key in dict.fromkeys((*POWER_KW, *RUNNING_PER_H))}
    kwh = math.fsum(map(sum, POWER_KW.values()))
    present = math.fsum(CREWS.values())
    cost = {
        "energy": PRICE * kwh,
        "running": math.fsum(RUNNING_PER_H.values()),
        "labour": WAGE * present,
        "material": math.fsum(money for _, money in MATERIALS.values()),
    }
    cost["total"] = math.fsum(cost.values())
    return SpendingStatistics(
        good_units_per_h=Estimate(UNITS_PER_H, 0.1),
        energy_kwh_per_h=Estimate(kwh, 2.0),
        energy_kwh_per_unit=Estimate(kwh / UNITS_PER_H, 0.4),
        attended_h_per_unit=Estimate(present / UNITS_PER_H, 0.06),
        held_h_per_unit=Estimate(0.8 * present / UNITS_PER_H, 0.05),
        cost_per_h={kind: Estimate(money, 0.01 * money) for kind, money in cost.items()},
        unit_cost={kind: Estimate(money / UNITS_PER_H, 0.001 * money) for kind, money in cost.items()},
        stations=stations,
        crews={
            key: CrewSpending(Estimate(hours, 0.1), Estimate(0.8 * hours, 0.1), Estimate(WAGE * hours))
            for key, hours in CREWS.items()
        },
        materials={
            key: MaterialSpending(Estimate(pieces), Estimate(money)) for key, (pieces, money) in MATERIALS.items()
        },
    )
