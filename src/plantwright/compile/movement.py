"""What tools, carriers and conveyors did, in names."""

from __future__ import annotations

from plantwright.arrays import Outcome
from plantwright.codes import BUSY, DOWN, EMPTY_RETURN, IDLE, OFF, PEOPLE, TICK_S
from plantwright.compile.account import closed, mean_level
from plantwright.results import CARRIER_STATES, CarrierRun, ConveyorRun, ToolRun


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


def carrier_run(outcome: Outcome, index: int) -> CarrierRun:
    """What a replication saw of a carrier."""
    carrier = outcome.world.carrier[index]
    first = int(carrier.first_vehicle)
    now = outcome.world.vehicle.state[first : first + int(carrier.number)].tolist()
    account = outcome.world.state_time[len(outcome.world.station) + index]
    return CarrierRun(
        number=int(carrier.number),
        trips=int(carrier.tours),
        carried=int(carrier.carried),
        failures=int(carrier.failures),
        state_s={
            name: closed(account[code], now.count(code), outcome.end) * TICK_S
            for code, name in zip(_STATES, CARRIER_STATES, strict=True)
        },
    )


_STATES = (OFF, DOWN, BUSY, EMPTY_RETURN, PEOPLE, IDLE)
"""Codes of the states of a vehicle, in the order of their names."""


def tool_run(outcome: Outcome, index: int) -> ToolRun:
    """What a replication saw of a tool."""
    tool = outcome.world.tool[index]
    return ToolRun(
        number=int(tool.units),
        uses=int(tool.used + tool.uses),
        mounted=int(tool.mounted + tool.setups),
        repairs=int(tool.repairs),
        held_mean=mean_level(outcome, tool.held_area, tool.held),
        away_mean=mean_level(outcome, tool.away_area, tool.away),
    )
