"""Plants that follow a plan: the planned sequence of ``docs/mechanisms.md``."""

from plantwright.compile.following.records import Followed, Lot, Visit
from plantwright.compile.following.sequence import follow

__all__ = ["Followed", "Lot", "Visit", "follow"]
