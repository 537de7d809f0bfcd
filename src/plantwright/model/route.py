"""Routes: the operations of an item, what they consume, how well they go, and where failed parts go."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from plantwright.model.crew import Attendance
from plantwright.model.distribution import TimeLaw
from plantwright.model.learning import Learning
from plantwright.model.record import Id, Record, Skill, used_by
from plantwright.units import Count, Duration, Share

Amount = Annotated[float, Field(gt=0)]


class Else(Record):
    """Where a part goes that fails."""

    to: Id | None = None
    """An earlier operation of the route, or a repair operation of it; scrapped at once when left out."""
    tries: Annotated[Count, Field(ge=1)] | None = None
    """How often a part may go there; no cap when left out."""
    then: Id | Literal["scrap"] = "scrap"
    """Past the cap: scrapped, or sent to this operation (a teardown that gives components back)."""


class Sampling(Record):
    """Every n-th part goes to the laboratory; its lot is held until the result."""

    every: Annotated[Count, Field(ge=1)]
    """Parts in a lot; the last one is the sample."""
    operations: tuple[Id, ...]
    """Side operations of the route that the sample visits, in order."""
    good: Share | None = None
    """Chance that the lot passes; all pass when left out."""
    else_: Else | None = None
    """What becomes of a lot that fails: sent to an operation, or scrapped."""


class Operation(Record):
    """One step of a route on one station."""

    op: Id
    """Name of the step, unique in its route."""
    station: Id | Annotated[tuple[Id, ...], Field(min_length=1)]
    """Where; a list names alternatives, preferred first."""
    time: TimeLaw | None = None
    """Machine time of one piece (of the whole part with ``per: part``)."""
    work: TimeLaw | None = None
    """The same as work at a speed: ``900 placements at 52 000/h``."""
    per: Literal["piece", "part"] = "piece"
    """Whether the time is for each piece of a part that holds several, or for the part as a whole."""
    family: Id | None = None
    """Setup family; the item's own id when left out and the station has setups."""
    priority: int = 0
    """Rank under the station's priority rule; smaller goes first."""
    uses: dict[Id, int | dict[str, int]] = {}
    """Pieces of other items built in, per piece; by value of an option where it differs: ``{packs: {2: 2, 3: 3}}``."""
    option: Id | None = None
    """The product's option that chooses among amounts written by value."""
    gives: dict[Id, Annotated[int, Field(ge=1)]] = {}
    """Pieces put to stock when it is done: a teardown or a cut-out."""
    people: dict[Skill, Amount] = {}
    """People held for all of its time, by skill; 0.5 is half a person (one tends two machines)."""
    attended: Attendance | None = None
    """People held only to load and unload."""
    tools: dict[Id, Annotated[int, Field(ge=1)]] = {}
    """Tools held for all of its time."""
    good: Share | tuple[Share, ...] | None = None
    """Fraction good; a list gives it for the first, second, ... try."""
    defects: Literal["found", "hidden"] = "found"
    """Whether its own defects are seen at once or travel on until an inspection finds them."""
    inspects: bool = False
    """Whether it finds defects made upstream."""
    miss: Share | None = None
    """Chance that an inspection lets a defective part pass."""
    false_reject: Share | None = None
    """Chance that an inspection rejects a good part."""
    repairs: Share | None = None
    """Chance that this operation makes a defective part good; when left out, all where rejected
    parts are sent, else none."""
    else_: Else | None = None
    """Where a rejected part goes; scrapped when left out."""
    then: Id | Literal["done", "scrap"] | None = None
    """The next operation where it is not the next row; ``done`` ends the route, ``scrap`` ends the part."""
    side: bool = False
    """Not part of the normal flow: reached only by name (repair, teardown, laboratory); from it a part returns to the
    operation that sent it unless ``then`` says otherwise."""
    sample: Sampling | None = None
    """Lot sampling after this operation."""
    transfer: Annotated[Count, Field(ge=1)] | None = None
    """Parts that move on together after it (transfer lot)."""
    wait: Duration | None = used_by("schedule")
    """Least time between the end of the operation before it and its begin: adhesive has to cure, paint to dry."""
    within: Duration | None = used_by("schedule")
    """Most time between the end of the operation before it and its begin: coated boards must not lie."""
    learning: Learning | None = None
    """How its time falls with how often it has been done, in place of what its skills learn."""
    name: str = ""
    """What people call it."""

    @model_validator(mode="before")
    @classmethod
    def _one_station_or_more(cls, value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("station"), list):
            return {**value, "station": tuple(value["station"])}
        return value

    @model_validator(mode="after")
    def _one_time(self) -> Operation:
        if self.time is not None and self.work is not None:
            raise ValueError("time and work say the same thing twice; keep one of them")
        if self.time is None and self.work is None and self.attended is None:
            raise ValueError('an operation needs a time, such as "time: 45 s" (write "0 s" for none)')
        if self.wait is not None and self.within is not None and self.within.base < self.wait.base:
            raise ValueError(f"it has to begin within {self.within} and to wait for {self.wait}")
        return self

    @property
    def stations(self) -> tuple[str, ...]:
        """The stations that can do it, preferred first."""
        return (self.station,) if isinstance(self.station, str) else self.station

    @property
    def law(self) -> TimeLaw | None:
        """The law of the machine time, however it was written."""
        return self.time if self.time is not None else self.work
