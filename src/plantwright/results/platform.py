"""The answer to ``platform``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from plantwright.results.bottleneck import Difference
from plantwright.results.estimate import InputRange
from plantwright.results.printable import Execution, Printable, Provenance
from plantwright.results.screening import Screened


@dataclass(frozen=True, slots=True)
class Configured:
    """One configuration that the rules allow."""

    product: str
    options: Mapping[str, str]
    """The value of each option."""
    parts: int
    """Distinct items in its bill."""
    bill_sha256: str
    """Fingerprint of product, options and bill: the same for the same bill, however documents are ordered."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why a choice is impossible."""

    choice: tuple[str, ...]
    """The part of what was chosen that cannot be."""
    statements: tuple[str, ...]
    """The fewest rules, products and modules that rule it out; without any one of them it would be possible."""
    verdict: str


@dataclass(frozen=True, slots=True)
class BillLine:
    """A line of a bill."""

    level: int
    """1 for what goes into the product itself."""
    parent: str
    item: str
    pieces: int
    """In one piece of the parent."""
    pieces_per_unit: int
    """In one unit of the product, over all places."""


@dataclass(frozen=True, slots=True)
class FamilyLine:
    """A line of the 150 % bill: everything that any configuration may take."""

    parent: str
    item: str
    pieces: Mapping[str, int]
    """In one piece of the parent by value of ``option``; ``always`` where none decides."""
    option: str
    """The option that decides; empty where none does."""
    products: tuple[str, ...]
    """Products of the family that it ends up in."""
    valid_from: str
    valid_until: str
    """First day on which it is built in, and first day on which it is not; empty where nothing bounds it."""
    then: str
    """The item that takes its place."""


@dataclass(frozen=True, slots=True)
class Commonality:
    """How much the products share, counted on the 150 % bill."""

    parts: int
    """Distinct items."""
    uses: int
    """Places in which one of them goes into another or into a product."""
    dci: float
    """Degree of commonality index: uses over parts. [-]"""
    tcci: float
    """Total constant commonality index, 0 to 1. [-]"""
    ci: float
    """Commonality index of Martin and Ishii, 0 to 1. [-]"""
    pieces: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Pieces of each item in a unit of each product, in the mean over its options; items of one product too."""


@dataclass(frozen=True, slots=True)
class Saving:
    """What sharing saves in one way, against the same family in which every product has its own copies."""

    key: str
    name: str
    once: float
    """Money that is not spent or bound once. [currency]"""
    per_year: float
    """Money a year, what is paid once spread over the life of the family. [currency/year]"""
    shared: float
    """The figure behind it as it is, in ``unit``."""
    apart: float
    """The same without sharing."""
    unit: str
    explanation: str = ""
    is_priced: bool = True
    """Whether all of it has a price; otherwise the money is what is known of it."""


@dataclass(frozen=True, slots=True)
class ModuleSaving:
    """What sharing one module saves."""

    item: str
    name: str
    products: tuple[str, ...]
    needed_per_year: float
    """Good pieces that the demand takes, scrap counted. [pieces/year]"""
    value: float | None
    """What a piece is worth, material only where it is made. [currency]; None where no price leads to it"""
    safety_stock_shared_pieces: float | None
    safety_stock_apart_pieces: float | None
    per_year: Mapping[str, float]
    """Money a year by the key of the saving. [currency/year]"""
    total_per_year: float
    """[currency/year]"""
    is_priced: bool = True
    """Whether all of it has a price; otherwise the money is what is known of it."""


@dataclass(frozen=True, slots=True)
class Exposed:
    """What stops when one thing is lost, with the modules shared and with copies of its own for each product.

    A module is lost whoever makes it: of copies one at a time, the dearest. A supplier is lost with all that it gives;
    shared modules then come from the other sources, each copy has one source of its own.
    """

    kind: str
    """``module`` or ``supplier``."""
    key: str
    name: str
    products_shared: tuple[str, ...]
    """Products that stop with it."""
    products_apart: tuple[str, ...]
    """Products that stop in the worst of the copies' losses."""
    loss_shared: float
    """Margin that stands still while it is lost. [currency/week], or units a week where no margin is known"""
    loss_apart: float
    unit: str


@dataclass(frozen=True, slots=True)
class StationNeed:
    """What a new variant does to a station: hours needed at the demand over hours there, mean stops counted."""

    station: str
    name: str
    load_before: float | None
    load_after: float | None
    hours_of_new: float
    """Machine-hours a year of what is new. [h]"""
    laboratory: bool = False


@dataclass(frozen=True, slots=True)
class SkillNeed:
    """What a new variant needs of a skill."""

    skill: str
    name: str
    hours_before: float
    """Hours a year that operations hold people of it. [h]"""
    hours_after: float
    hours_there: float
    """Hours that they are present, absences counted. [h]"""
    is_new: bool
    """Whether nobody has it today."""


@dataclass(frozen=True, slots=True)
class VariantNeeds:
    """What a new variant needs."""

    name: str
    products: tuple[str, ...]
    new_parts: tuple[str, ...]
    shared_parts: tuple[str, ...]
    """Items of its bill that the plant has already."""
    new_operations: tuple[str, ...]
    """``route.op`` of every operation that is not there yet."""
    new_stations: tuple[str, ...]
    new_tools: tuple[str, ...]
    skills: tuple[SkillNeed, ...]
    stations: tuple[StationNeed, ...]
    """Stations whose load changes, the fullest first."""
    qualification: Mapping[str, float | None]
    """What has to be approved, and its cost; None where nothing is written. [currency]"""
    qualification_cost: float
    """Sum of what is known. [currency]"""
    tooling_cost: float
    """Of new tools and machines with a price, and of modules. [currency]"""
    rough_cut_before_per_year: float
    rough_cut_after_per_year: float
    """Units a year in the new mix, by arithmetic. [units/year]"""
    binding_before: str
    binding_after: str
    dci_before: float
    dci_after: float
    simulated: tuple[Difference, ...] = ()
    """Both plants on the same random numbers, where that was asked for."""


@dataclass(frozen=True, repr=False)
class PlatformAnswer(Printable):
    """What the variants share, what sharing saves and puts at risk, what a new variant needs."""

    plant: str
    verdict: str
    family: str
    family_name: str
    products: Mapping[str, str]
    """Products of the family and what people call them."""
    options: Mapping[str, tuple[str, ...]]
    on: str
    """The day of which configurations and bills are."""
    configurations: tuple[Configured, ...]
    conflict: Conflict | None
    bill: tuple[BillLine, ...]
    """The bill of what was chosen, where the choice leaves one bill."""
    family_bill: tuple[FamilyLine, ...]
    """The 150 % bill: what any configuration takes on any day."""
    changes_on: tuple[str, ...]
    """Days on which a rule or a module begins or ends."""
    commonality: Commonality
    savings: tuple[Saving, ...]
    savings_per_year: float
    """[currency/year]"""
    savings_per_year_inputs: InputRange | None
    """The same within the ranges of the figures behind it."""
    modules: tuple[ModuleSaving, ...]
    exposure: tuple[Exposed, ...]
    """Modules first, then suppliers; of each the dearest first."""
    simulated: tuple[Difference, ...]
    """The plant with a copy of each module for each product (a) and as it is (b), where that was asked for."""
    variant: VariantNeeds | None
    currency: str
    screened: Screened
    """Lists that parties were held against; offers of those refused or held are left out."""
    not_used: tuple[str, ...]
    notes: tuple[str, ...]
    provenance: Provenance
    execution: Execution | None = None
    facts: tuple[tuple[str, str, str], ...] = ()
    """Key numbers for the first screen of the report: what, how much, a remark."""
