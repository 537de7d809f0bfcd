"""What conveyors did, in names."""

from __future__ import annotations

from plantwright.arrays import Outcome
from plantwright.compile.account import mean_level
from plantwright.results import ConveyorRun


def conveyor_run(outcome: Outcome, index: int) -> ConveyorRun:
    """What a replication saw of a conveyor."""
    belt = outcome.world.conveyor[index]
    return ConveyorRun(
        room=int(belt.room),
        carried=int(belt.carried),
        parts_mean=mean_level(outcome, belt.count_area, belt.count),
        waiting_mean=mean_level(outcome, belt.queued_area, belt.queued),
        stands_share=mean_level(outcome, belt.stands_area, belt.stands),
    )
