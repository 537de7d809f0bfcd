"""Who owns whom: shares of listed owners, added up and followed through chains."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

_ROUNDS = 1000
"""Passes through chains of owners; those that own each other in a ring converge long before. [-]"""
_SETTLED = 1e-12
"""Change of a share below which a ring has converged. [-]"""


class Held(NamedTuple):
    """How much of a party listed owners hold, by two ways of counting. [-], 0 <= each <= 1

    Attributes
    ----------
    together
        Shares of direct owners that are listed, or that listed owners hold to the threshold and more: such an owner
        counts in full.
    through
        Shares multiplied along every chain down from a listed owner.
    """

    together: float
    through: float

    @property
    def most(self) -> float:
        """The greater of the two."""
        return max(self.together, self.through)


def held(owners: Mapping[str, Mapping[str, float]], listed: Collection[str], threshold: float) -> dict[str, Held]:
    """How much of each party listed owners hold.

    Parameters
    ----------
    owners
        Direct owners of each party and their shares. [-], 0 <= share <= 1
    listed
        Parties that are listed themselves.
    threshold
        Share from which a party that listed owners hold counts as listed. [-], 0 < threshold <= 1

    Notes
    -----
    Two persons with 25 % each hold half together; half of a firm that owns half of another reaches that one as well,
    though only a quarter of it comes through. Control without shares is not counted.

    References
    ----------
    Office of Foreign Assets Control, "Revised Guidance on Entities Owned by Persons Whose Property and Interests in
    Property Are Blocked" (13 August 2014), and its frequently asked question 401.

    Examples
    --------
    >>> held({"works": {"holding": 0.5}, "holding": {"a": 0.25, "b": 0.25}}, {"a", "b"}, 0.5)["works"]
    Held(together=0.5, through=0.25)
    """
    counted = set(listed)
    while True:
        together = {
            party: _sum(share for owner, share in of.items() if owner in counted) for party, of in owners.items()
        }
        reached = {party for party, share in together.items() if share >= threshold - _SETTLED} - counted
        if not reached:
            break
        counted |= reached
    through = _through(owners, listed)
    return {party: Held(together[party], through[party]) for party in owners}


def _through(owners: Mapping[str, Mapping[str, float]], listed: Collection[str]) -> dict[str, float]:
    """Shares that come through, from below: zero at first, growing with each link of the longest chain."""
    found = dict.fromkeys(owners, 0.0)
    for _ in range(_ROUNDS):
        before = found
        found = {
            party: _sum(share * (1.0 if owner in listed else before.get(owner, 0.0)) for owner, share in of.items())
            for party, of in owners.items()
        }
        if all(abs(found[party] - before[party]) < _SETTLED for party in owners):
            break
    return found


def _sum(shares: Iterable[float]) -> float:
    return min(1.0, sum(shares))
