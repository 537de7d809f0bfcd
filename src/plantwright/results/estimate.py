"""Numbers with what is known of them: intervals, ranges, chances."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over ``n`` replications with the half-width of its confidence interval (None: unknown)."""

    mean: float | None
    half_width: float | None = None
    n: int = 0

    @property
    def low(self) -> float | None:
        return None if self.mean is None or self.half_width is None else self.mean - self.half_width

    @property
    def high(self) -> float | None:
        return None if self.mean is None or self.half_width is None else self.mean + self.half_width

    def __str__(self) -> str:
        if self.mean is None:
            return "unknown"
        shown = f"{self.mean:,.4g}" if abs(self.mean) < 1000 else f"{self.mean:,.0f}"
        if self.half_width is None:
            return shown
        width = f"{self.half_width:,.3g}" if abs(self.half_width) < 1000 else f"{self.half_width:,.0f}"
        return f"{shown} ± {width}"


@dataclass(frozen=True, slots=True)
class InputRange:
    """The second interval: how far the answer moves when the document's numbers move within their ranges."""

    mean: float | None
    low: float | None
    high: float | None
    n: int
    confidence: float = 0.95
    drivers: tuple[Driver, ...] = ()


@dataclass(frozen=True, slots=True)
class Driver:
    """An input whose range moves the answer: rank correlation and what the ends of its range are."""

    path: str
    mark: str
    correlation: float
    low: str
    high: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Chance:
    """A probability from ``n`` runs: the estimate and what the runs can show at 95 % (Clopper-Pearson)."""

    estimate: float | None
    at_least: float | None
    n: int
    at_most: float | None = None

    def __str__(self) -> str:
        if self.estimate is None or self.at_least is None:
            return "unknown"
        return f"at least {100 * self.at_least:.0f} % ({round(self.estimate * self.n)} of {self.n} runs)"
