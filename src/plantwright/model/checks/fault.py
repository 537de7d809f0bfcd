"""How a check words what it found."""

from __future__ import annotations

from collections.abc import Iterable

from plantwright.errors import Finding, Place, nearest


def fault(code: str, path: str, message: str, remedy: str = "", *, near: str | None = None) -> Finding:
    """A finding at a path of the document."""
    return Finding(code, message, remedy, Place(path=path), near)


def unknown(path: str, what: str, name: str, valid: Iterable[str], section: str) -> Finding:
    """A name that nothing in the document bears."""
    near = nearest(name, valid)
    return fault(
        "E201",
        path,
        f'there is no {what} "{name}"',
        f"Define it under {section}, or correct the name.",
        near=near,
    )


def listed(names: Iterable[str]) -> str:
    """Names for a sentence: ``a, b and c``."""
    *most, last = [f'"{name}"' for name in names] or [""]
    return f"{', '.join(most)} and {last}" if most else last
