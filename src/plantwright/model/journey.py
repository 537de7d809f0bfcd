"""What happens to a piece on its route: how often each operation sees it, and how many come out good.

The piece is followed in expectation through rework, tries, inspections and lot samples. States are the operation, the
true condition and the tries so far, so that a re-test depends on both; the shares of pieces in them move from
operation to operation until nothing is left on the way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from plantwright.model.route import Else, Operation, Sampling
from plantwright.units import Quantity

Route = tuple[Operation, ...]
Next = int | Literal["done", "scrap"]

_NEGLIGIBLE = 1e-12
"""A share of pieces that is no longer followed. [-]"""
_MOST_STEPS = 20_000
"""Operations along which pieces are followed; what is then still on the way never ends (a loop without an exit)."""


@dataclass(frozen=True, slots=True)
class Journey:
    """One started piece on a route, in expectation.

    Attributes
    ----------
    visits : tuple of float
        How often each operation of the route sees it. [-]
    good : float
        Share that comes out, unseen defects included. [-], 0 <= good <= 1
    defective : float
        Share that comes out with a defect that nobody has found. [-]
    scrapped : float
        Share that is scrapped or taken apart. [-]
    endless : float
        Share that never leaves. [-]
    defective_at : tuple of float
        Share of the pieces that come to each operation that have a defect which nobody has found or mended. [-]
    moves : mapping of (int, int) to float
        How often it goes from one operation to another, samples by way of their laboratory. [-]
    """

    visits: tuple[float, ...]
    good: float
    defective: float
    scrapped: float
    endless: float
    defective_at: tuple[float, ...] = ()
    moves: Mapping[tuple[int, int], float] = field(default_factory=dict)


class _State(NamedTuple):
    at: int
    defective: bool
    tried: tuple[int, str] | None
    """The operation that last sent it back, and whether by its own verdict or by the lot's."""
    tries: int


def position(route: Route, op: str) -> int | None:
    """Where an operation stands in its route; None where it does not."""
    return next((index for index, operation in enumerate(route) if operation.op == op), None)


def next_of(route: Route, index: int) -> Next:
    """Where a good piece goes from an operation.

    To ``then`` where that is given; from a side operation back to the one that sends pieces there (the first, where
    several do); from a teardown, which pieces reach only past their last try, to scrap; else to the next row that is
    no side operation; past the last row it is done.
    """
    operation = route[index]
    if operation.then is not None:
        return target(route, operation.then)
    if operation.side:
        name = operation.op
        back = (sender for sender in senders(route, index) if name in _sends_to(route[sender]))
        return next(back, "scrap")
    following = range(index + 1, len(route))
    return next((later for later in following if not route[later].side), "done")


def senders(route: Route, index: int) -> Iterator[int]:
    """Operations that send rejected pieces, lots or samples to an operation."""
    name = route[index].op
    for sender, operation in enumerate(route):
        named = [place for way in ways_back(operation) for place in (way.to, way.then)]
        if name in (*named, *(operation.sample.operations if operation.sample else ())):
            yield sender


def _sends_to(operation: Operation) -> tuple[str | None, ...]:
    """Side operations from which pieces, lots or samples come back to this one."""
    samples = operation.sample.operations if operation.sample else ()
    return (*(way.to for way in ways_back(operation)), *samples)


def ways_back(operation: Operation) -> tuple[Else, ...]:
    """Where an operation sends rejected pieces, then rejected lots."""
    ways = (operation.else_, operation.sample.else_ if operation.sample else None)
    return tuple(way for way in ways if way is not None)


def mending(route: Route, index: int) -> float:
    """Chance that a defective piece leaves an operation without its earlier defect. [-]

    As written in ``repairs``; left out, an operation to which rejected pieces are sent repairs all, others none.
    """
    written = route[index].repairs
    if written is not None:
        return written.base
    name = route[index].op
    return 1.0 if any(way.to == name for operation in route for way in ways_back(operation)) else 0.0


def target(route: Route, name: str) -> Next:
    """What a name in ``then`` or ``to`` means: an operation, ``done`` or ``scrap`` (also an unknown name)."""
    found = position(route, name)
    if found is not None:
        return found
    return "done" if name == "done" else "scrap"


def journey(route: Route) -> Journey:
    """Follow one started piece along a route.

    Parameters
    ----------
    route
        Its operations.

    Examples
    --------
    A test that nine in ten pass, and a repair after which it is tested again, without a cap: 1 / 0.9 tests a piece.

    >>> test = Operation.model_validate(
    ...     {"op": "test", "station": "t", "time": "1 s", "good": "90 %", "else": {"to": "repair"}}
    ... )
    >>> repair = Operation.model_validate({"op": "repair", "station": "r", "time": "1 s", "side": True})
    >>> found = journey((test, repair))
    >>> round(found.visits[0], 9), round(found.good, 9)
    (1.111111111, 1.0)
    """
    return _followed(_Same(route))


class _Same:
    """A route as a key: operations are frozen, so that the same objects are the same journey."""

    __slots__ = ("route",)

    def __init__(self, route: Route) -> None:
        self.route = route

    def __hash__(self) -> int:
        return hash(tuple(map(id, self.route)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and [*map(id, self.route)] == [*map(id, other.route)]


@lru_cache(maxsize=1000)
def _followed(same: _Same) -> Journey:
    """The journey; a plant asks for each of its routes many times."""
    route = same.route
    visits = [0.0] * len(route)
    spoilt = [0.0] * len(route)
    ends = {"good": 0.0, "defective": 0.0, "scrap": 0.0}
    moves: defaultdict[tuple[int, int], float] = defaultdict(float)
    moving: dict[_State, float] = {_State(0, False, None, 0): 1.0} if route else {}
    for _ in range(_MOST_STEPS):
        if not moving:
            break
        arrived: defaultdict[_State, float] = defaultdict(float)
        for state, share in moving.items():
            visits[state.at] += share
            spoilt[state.at] += share if state.defective else 0.0
            for sample_at, rate in _samples(route, state.at):
                visits[sample_at] += share * rate
            for move, rate in _sample_moves(route, state.at):
                moves[move] += share * rate
            for destination, chance in _outcomes(route, state):
                if isinstance(destination, _State):
                    arrived[destination] += share * chance
                    moves[state.at, destination.at] += share * chance
                else:
                    ends[destination] += share * chance
        moving = {state: share for state, share in arrived.items() if share > _NEGLIGIBLE}
    good = ends["good"] + ends["defective"]
    defective_at = tuple(bad / all_ if all_ else 0.0 for bad, all_ in zip(spoilt, visits, strict=True))
    endless = sum(moving.values())
    return Journey(tuple(visits), good, ends["defective"], ends["scrap"], endless, defective_at, dict(moves))


_End = Literal["good", "defective", "scrap"]
_Outcome = tuple[_State | _End, float]


def _outcomes(route: Route, state: _State) -> Iterator[_Outcome]:
    """Where a piece goes from an operation, with what chance."""
    operation = route[state.at]
    for defective, is_rejected, chance in _verdicts(operation, state, mending(route, state.at)):
        if is_rejected:
            yield _sent_back(route, state._replace(defective=defective), operation.else_, "piece"), chance
            continue
        passed = state._replace(defective=defective)
        lot_passes = 1.0
        if operation.sample is not None:
            lot_passes = _share(operation.sample.good)
            yield _sent_back(route, passed, operation.sample.else_, "lot"), chance * (1.0 - lot_passes)
        yield _arrival(passed, next_of(route, state.at)), chance * lot_passes


def _verdicts(operation: Operation, state: _State, mended: float) -> Iterator[tuple[bool, bool, float]]:
    """Whether a piece leaves an operation defective, whether it is rejected, and the chance of that.

    An old defect is mended or stays; only sound pieces can be spoilt; without ``inspects`` only new defects are seen.
    """
    made_good = _good(operation, state)
    miss, false_reject = _share(operation.miss, 0.0), _share(operation.false_reject, 0.0)
    old = 1.0 - mended if state.defective else 0.0
    new = (1.0 - old) * (1.0 - made_good)
    found_old = 1.0 - miss if operation.inspects else 0.0
    found_new = 1.0 - miss if operation.inspects or operation.defects == "found" else 0.0
    sound = 1.0 - old - new
    for defective, chance, rejected in (
        (True, old, found_old),
        (True, new, found_new),
        (False, sound, false_reject),
    ):
        yield defective, True, chance * rejected
        yield defective, False, chance * (1.0 - rejected)


def _good(operation: Operation, state: _State) -> float:
    """Fraction good of this try."""
    if isinstance(operation.good, tuple):
        earlier = state.tries if state.tried == (state.at, "piece") else 0
        return _share(operation.good[min(earlier, len(operation.good) - 1)]) if operation.good else 1.0
    return _share(operation.good)


def _sent_back(route: Route, state: _State, way: Else | None, by: str) -> _State | _End:
    """Where a rejected piece (or a piece of a rejected lot) goes."""
    if way is None or way.to is None:
        return "scrap" if way is None else _arrival(state, target(route, way.then))
    tries = state.tries + 1 if state.tried == (state.at, by) else 1
    if way.tries is not None and tries > way.tries:
        return _arrival(state, target(route, way.then))
    cap = way.tries if way.tries is not None else _tries_that_matter(route[state.at])
    return _arrival(state._replace(tried=(state.at, by), tries=min(tries, cap)), target(route, way.to))


def _tries_that_matter(operation: Operation) -> int:
    """Tries past which nothing changes, where there is no cap."""
    return len(operation.good) if isinstance(operation.good, tuple) else 1


def _arrival(state: _State, to: Next) -> _State | _End:
    if to == "done":
        return "defective" if state.defective else "good"
    return "scrap" if to == "scrap" else state._replace(at=to)


def _samples(route: Route, at: int) -> Iterator[tuple[int, float]]:
    """Side operations that the sample of a lot visits, per piece that passes the sampled operation."""
    sampling: Sampling | None = route[at].sample
    for name in sampling.operations if sampling else ():
        index = position(route, name)
        if sampling and index is not None:
            yield index, 1.0 / sampling.every


def _sample_moves(route: Route, at: int) -> Iterator[tuple[tuple[int, int], float]]:
    """Moves of the sample of a lot from one side operation to the next, per piece that passes the sampled operation.

    It is counted as one that goes on from the last of them instead of from the sampled operation.
    """
    found = list(_samples(route, at))
    if not found:
        return
    places = [at, *(index for index, _ in found)]
    rate = found[0][1]
    for move in pairwise(places):
        yield move, rate
    following = next_of(route, at)
    if isinstance(following, int):
        yield (places[-1], following), rate
        yield (at, following), -rate


def _share(quantity: Quantity | None, default: float = 1.0) -> float:
    """A share of the document as a fraction."""
    return default if quantity is None else quantity.base
