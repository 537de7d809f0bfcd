"""Frozen records that outputs become. Plain Python: numbers, strings, tuples and mappings, ready for JSON.

``Run`` is one replication in names (what ``compile.lift`` returns); the ``...Answer`` records are what questions
return. Units stand in the names: ``_s`` seconds, ``_per_h`` per hour, ``_per_year`` per calendar year from the plant's
first day.
"""

from plantwright.results.bottleneck import BottleneckAnswer, CompareAnswer, Difference, Gain, RunAnswer, Stair
from plantwright.results.capacity import (
    BufferNeed,
    CapacityAnswer,
    Loss,
    Month,
    ProductCapacity,
    RoughCutRow,
    ServiceFigures,
    SharedCutRow,
    SharedUse,
    WeekLoad,
)
from plantwright.results.estimate import Chance, Driver, Estimate, InputRange
from plantwright.results.printable import Execution, Printable, Provenance
from plantwright.results.run import (
    CARRIER_STATES,
    STATES,
    CarrierRun,
    ConveyorRun,
    ItemRun,
    Missing,
    PracticeRun,
    Run,
    Series,
    StationRun,
    ToolRun,
)
from plantwright.results.simulate import (
    CarrierStatistics,
    ConveyorStatistics,
    CrewStatistics,
    ItemStatistics,
    Period,
    Shortage,
    SimulateAnswer,
    StationStatistics,
    ToolStatistics,
)
from plantwright.results.spending import (
    KINDS,
    CrewSpending,
    MaterialSpending,
    Spending,
    SpendingStatistics,
    StationSpending,
)

__all__ = [
    "CARRIER_STATES",
    "KINDS",
    "STATES",
    "BottleneckAnswer",
    "BufferNeed",
    "CapacityAnswer",
    "CarrierRun",
    "CarrierStatistics",
    "Chance",
    "CompareAnswer",
    "ConveyorRun",
    "ConveyorStatistics",
    "CrewSpending",
    "CrewStatistics",
    "Difference",
    "Driver",
    "Estimate",
    "Execution",
    "Gain",
    "InputRange",
    "ItemRun",
    "ItemStatistics",
    "Loss",
    "MaterialSpending",
    "Missing",
    "Month",
    "Period",
    "PracticeRun",
    "Printable",
    "ProductCapacity",
    "Provenance",
    "RoughCutRow",
    "Run",
    "RunAnswer",
    "Series",
    "ServiceFigures",
    "SharedCutRow",
    "SharedUse",
    "Shortage",
    "SimulateAnswer",
    "Spending",
    "SpendingStatistics",
    "Stair",
    "StationRun",
    "StationSpending",
    "StationStatistics",
    "ToolRun",
    "ToolStatistics",
    "WeekLoad",
]
