"""What replications saw of conveyors, each figure with its interval."""

from __future__ import annotations

from collections.abc import Sequence

from plantwright.results import ConveyorRun, ConveyorStatistics, Run
from plantwright.study.estimate import estimate


def conveyors_of(runs: Sequence[Run], confidence: float = 0.95) -> dict[str, ConveyorStatistics]:
    """Figures of every conveyor, in document order."""
    return {
        name: _conveyor([(run.conveyors[name], run.elapsed_s) for run in runs], confidence)
        for name in runs[0].conveyors
    }


def _conveyor(seen: Sequence[tuple[ConveyorRun, float]], confidence: float) -> ConveyorStatistics:
    return ConveyorStatistics(
        room=seen[0][0].room,
        carried_per_h=estimate((belt.carried / elapsed * 3600 for belt, elapsed in seen), confidence),
        parts_mean=estimate((belt.parts_mean for belt, _ in seen), confidence),
        waiting_mean=estimate((belt.waiting_mean for belt, _ in seen), confidence),
        stands_share=estimate((belt.stands_share for belt, _ in seen), confidence),
    )
