"""What likenesses, countries, owners and suppliers behind a party mean for it: refused, held, or free.

In this order, for each rests on the one before: names and countries of a party itself, then its owners, then those it
buys from. Nothing lifts a refusal; what is held passes when a named reviewer has said so.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from plantwright.analytic.shareholding import Held, held
from plantwright.problems.screening import Decision, Entry, Likeness, WatchList
from plantwright.results.screening import Clearance, Refusal
from plantwright.study.parties import Party

COUNTRIES, OWNERSHIP = "countries", "ownership"
"""What stands for the list where a decision is about a region, or about a share that listed owners hold."""


@dataclass(frozen=True)
class Levels:
    """From where on a likeness or a share counts, who may decide, and with which countries nobody deals.

    Attributes
    ----------
    block, review
        Scores. [-], 0 < review <= block <= 1
    ownership
        Share. [-], 0 < ownership <= 1
    """

    block: float
    review: float
    ownership: float
    countries: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()


class Alike(NamedTuple):
    """A party and an entry of a list whose names are alike."""

    party: Party
    list: WatchList
    entry: Entry
    likeness: Likeness


class Case(NamedTuple):
    """What a reviewer decides on: a party and what speaks against it, both as they are today."""

    party: Party
    list: str
    list_hash: str
    entry: str
    entry_hash: str

    def settles(self, decision: Decision) -> bool:
        """Whether a decision is about this very case: the same party and entry, and nothing known of either changed."""
        ours = (self.party.fingerprint, self.entry, self.entry_hash)
        return ours == (decision.party_hash, decision.entry, decision.entry_hash)


@dataclass
class Judgement:
    """Everything that speaks against parties, by their keys, and who let a doubtful one pass."""

    parties: Mapping[str, Party]
    levels: Levels
    decisions: Sequence[Decision]
    against: defaultdict[str, list[Refusal]] = field(default_factory=lambda: defaultdict(list))
    clearances: list[Clearance] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)

    def state(self, key: str) -> str:
        """``refused``, ``held``, or empty for a party that may be dealt with."""
        states = {reason.state for reason in self.against.get(key, ())}
        return "refused" if "refused" in states else "held" if states else ""

    def keys(self, *states: str) -> set[str]:
        """Parties in one of these states."""
        return {key for key in self.against if self.state(key) in states}

    def refuse(self, reason: Refusal) -> None:
        """Note what speaks against a party for good."""
        self.against[reason.party].append(replace(reason, state="refused"))

    def doubt(self, case: Case, reason: Refusal) -> None:
        """Note what holds a party, unless a reviewer has decided about it."""
        self.cases.append(case)
        known = self.levels.reviewers
        about = [each for each in self.decisions if case.settles(each) and (not known or each.reviewer in known)]
        if not about:
            why = f"{reason.why}: a named reviewer has to decide"
            self.against[reason.party].append(replace(reason, state="held", why=why))
            return
        said = about[-1]
        if said.decision == "refuse":
            self.refuse(replace(reason, why=f"{reason.why}: {said.reviewer} refused it", reviewer=said.reviewer))
            return
        told = (reason.list, reason.list_date, reason.entry, reason.listed_as, reason.score)
        self.clearances.append(Clearance(reason.party, reason.name, *told, said.reviewer, said.date, said.reason))


def judged(
    parties: Mapping[str, Party], alike: Iterable[Alike], levels: Levels, decisions: Sequence[Decision]
) -> Judgement:
    """What speaks against each party.

    Parameters
    ----------
    parties
        Everybody, by key.
    alike
        Likenesses at the review level and above.
    levels
        From where on they count.
    decisions
        What reviewers decided, in order; the last one about a case counts.
    """
    judgement = Judgement(parties, levels, decisions)
    for each in alike:
        _name(judgement, each)
    for party in parties.values():
        _country(judgement, party)
    _owners(judgement)
    _behind(judgement)
    return judgement


def _name(judgement: Judgement, alike: Alike) -> None:
    """A likeness of names: refused from the block level on, unless the countries speak against it."""
    party, list_, entry, likeness = alike
    where = f'"{likeness.listed}" on {list_.name} of {list_.date}, entry {entry.id}, score {likeness.score:.2f}'
    reason = Refusal(
        party.key,
        party.name,
        "held",
        "name",
        f"its name is like that of {where}" + (", which is in another country" if likeness.elsewhere else ""),
        list_.name,
        list_.date,
        entry.id,
        likeness.listed,
        likeness.score,
    )
    if likeness.score >= judgement.levels.block and not likeness.elsewhere:
        judgement.refuse(reason)
    else:
        judgement.doubt(Case(party, list_.name, list_.sha256, entry.id, entry.fingerprint), reason)


def _country(judgement: Judgement, party: Party) -> None:
    """A country or region with which nobody deals; the whole country is doubtful where only a region of it is named."""
    verdict, code = country_state(party.country, judgement.levels.countries)
    if not verdict:
        return
    reason = Refusal(party.key, party.name, "held", "country", f"it is in {code}", COUNTRIES, entry=code)
    if verdict == "refused":
        judgement.refuse(replace(reason, why=f"it is in {party.country}, with which nobody deals"))
    else:
        doubtful = f"it is in {party.country}, and nobody deals with {code}, which is a part of it"
        judgement.doubt(Case(party, COUNTRIES, _hash(code), code, _hash(code)), replace(reason, why=doubtful))


def country_state(country: str, refused: Sequence[str]) -> tuple[str, str]:
    """``refused``, ``held`` or empty, and the code in the list of refused countries and regions that says so."""
    code = country.upper()
    found = next((each for each in (code, code.split("-")[0]) if code and each in refused), "")
    if found:
        return "refused", found
    region = next((each for each in refused if code and each.startswith(f"{code}-")), "")
    return ("held", region) if region else ("", "")


def _owners(judgement: Judgement) -> None:
    """Owners against whom something speaks: refused from the threshold on, else held, as where a share is unknown."""
    parties, threshold = judgement.parties, judgement.levels.ownership
    owned = {key: party for key, party in parties.items() if party.owners}
    known = {key: {owner: share or 0.0 for owner, share in party.owners.items()} for key, party in owned.items()}
    at_most = {key: _at_most(party) for key, party in owned.items()}
    certain = held(known, judgement.keys("refused"), threshold)
    possible = held(at_most, judgement.keys("refused", "held"), threshold)
    own = {key: list(reasons) for key, reasons in judgement.against.items()}
    for key, party in owned.items():
        if certain[key].most >= threshold - 1e-9:
            judgement.refuse(_by_share(party, certain[key], "hold"))
        elif possible[key].most > 0:
            for owner in _suspects(party, possible, own):
                _by_owner(judgement, party, owner, possible[key], own)


def _at_most(party: Party) -> dict[str, float]:
    """Shares of owners, an unknown one as great as it can be."""
    return {owner: (party.unknown_share or 1.0) if share is None else share for owner, share in party.owners.items()}


def _suspects(party: Party, possible: Mapping[str, Held], own: Mapping[str, list[Refusal]]) -> Iterator[str]:
    """Direct owners against whom something speaks, or who are held by such."""
    for owner in party.owners:
        if own.get(owner) or (owner in possible and possible[owner].most > 0):
            yield owner


def _by_owner(judgement: Judgement, party: Party, owner: str, share: Held, own: Mapping[str, list[Refusal]]) -> None:
    """One owner of a party whose share is below the threshold, or unknown."""
    name = judgement.parties[owner].name if owner in judgement.parties else owner
    written = party.owners[owner]
    holds = "an unknown share of it" if written is None else f"{100 * written:g} % of it"
    reason = replace(_by_share(party, share, "may hold"), why=f"{name} holds {holds}, and is listed or may be")
    against = [[each.list, each.entry, each.state] for each in own.get(owner, ())]
    speaks = _hash(json.dumps([owner, written, against], ensure_ascii=False))
    judgement.doubt(Case(party, OWNERSHIP, speaks, owner, speaks), replace(reason, list=OWNERSHIP, entry=owner))


def _by_share(party: Party, share: Held, verb: str) -> Refusal:
    why = f"listed owners {verb} {100 * share.most:.4g} % of it, together and through chains"
    return Refusal(party.key, party.name, "refused", "ownership", why, share=share.most)


def _behind(judgement: Judgement) -> None:
    """Suppliers behind a party, however far: what they deliver comes through it."""
    before = {key: judgement.state(key) for key in judgement.parties}
    for key, party in judgement.parties.items():
        for other in _all_behind(judgement.parties, key):
            if state := before.get(other):
                name = judgement.parties[other].name
                why = f"it buys from {name}, which is {state}"
                reason = Refusal(key, party.name, "held", "supplier", why, entry=other)
                judgement.against[key].append(replace(reason, state="refused" if state == "refused" else "held"))


def _all_behind(parties: Mapping[str, Party], key: str) -> Iterator[str]:
    seen, open_ = {key}, [key]
    while open_:
        for other in parties[open_.pop()].behind:
            if other in parties and other not in seen:
                seen.add(other)
                open_.append(other)
                yield other


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
