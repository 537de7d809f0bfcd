"""Vehicles of a state, lowered."""

from __future__ import annotations

from collections.abc import Mapping

from plantwright.codes import NONE, ON_WAY_BACK, ON_WAY_OUT, TAKE_PARKED, TAKE_VEHICLE, TAKE_WAY
from plantwright.compile.draft import Draft
from plantwright.compile.transport import vehicle_row
from plantwright.model.state import Ride, State
from plantwright.units import ticks


class Riding:
    """Lines of ``start`` for vehicles: first where each of them is, then, once it is known which are up, how they go.

    ``aboard`` is the ``travel`` row of each vehicle that has parts aboard.
    """

    def __init__(self, draft: Draft, state: State, aboard: Mapping[int, int]) -> None:
        self.draft, self.aboard = draft, aboard
        self.named = {vehicle_row(draft, name): ride for name, ride in state.vehicles.items()}
        rides = {row: Ride(way="out") for row in aboard if row not in self.named}
        self.moving = {row: ride for row, ride in {**self.named, **rides}.items() if ride.way is not None}

    def take_place(self) -> None:
        """Vehicles on their way, and how far they are."""
        for row, ride in self.moving.items():
            spent = 0 if ride.elapsed is None else ticks(ride.elapsed)
            left = NONE if ride.remaining is None else max(1, ticks(ride.remaining))
            way = ON_WAY_OUT if ride.way == "out" else ON_WAY_BACK
            line = {"what": TAKE_VEHICLE, "who": row, "how": way, "time": left, "spent": spent}
            self.draft.rows["start"].add(**line, law=self._law(row, way))

    def _law(self, row: int, way: int) -> int:
        """The law of a vehicle's way, NONE where nobody knows it."""
        if way == ON_WAY_OUT:
            travel = self.aboard.get(row, NONE)
            return NONE if travel == NONE else int(self.draft.rows["travel"][travel]["law"])
        carrier = self.draft.rows["vehicle"][row]["carrier"]
        return int(self.draft.rows["carrier"][carrier]["return_law"])

    def go_on(self) -> None:
        """Vehicles go on; parked ones wait in the order of the state."""
        draft = self.draft
        for row in self.moving:
            draft.rows["start"].add(what=TAKE_WAY, who=row)
        carriers = {draft.rows["vehicle"][row]["carrier"] for row in self.named}
        others = [row for row in range(len(draft.rows["vehicle"])) if row not in self.named]
        for row in [*self.named, *others]:
            if row not in self.moving and draft.rows["vehicle"][row]["carrier"] in carriers:
                draft.rows["start"].add(what=TAKE_PARKED, who=row)

    def crews(self) -> None:
        """The crews that drive them."""
        draft = self.draft
        for row, ride in self.moving.items():
            needs = draft.rows["carrier"][draft.rows["vehicle"][row]["carrier"]]["needs"]
            draft.hold(len(draft.machines) + len(draft.modes) + row, needs, ride.crews)
