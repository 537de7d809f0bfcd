"""What the next best differs by: each open site forced shut, each shut one forced open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from plantwright.problems.siting import Sited
from plantwright.study.siting.posed import Posed


class Changed(NamedTuple):
    """The best choice of sites in which one site is not as it would be."""

    site: int
    is_open: bool
    found: Sited | None


def changed(posed: Posed, best: Sited) -> Iterator[Changed]:
    """Each site that the document leaves free, changed; open ones first."""
    free = [
        site
        for site, (must, closed) in enumerate(zip(posed.problem.must, posed.problem.closed, strict=True))
        if not must and not closed
    ]
    for is_open in (False, True):
        for site in free:
            if bool(best.opened[site]) != is_open:
                yield Changed(site, is_open, posed.solve({site: is_open}))
