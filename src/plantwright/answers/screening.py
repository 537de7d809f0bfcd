"""May every party of the plant be dealt with?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plantwright.model.plant import Plant
from plantwright.results.screening import AID, NOTHING, Refusal, Screened, ScreeningAnswer, Unknown
from plantwright.study.asked import AskedOfSupply, question
from plantwright.study.parties import Party
from plantwright.study.provenance import Stopwatch, provenance
from plantwright.study.screened import ScreenedPlant, list_read, screened
from plantwright.study.session import accept


@question(AskedOfSupply)
def screening(plant: Plant, asked: AskedOfSupply) -> ScreeningAnswer:
    """Hold suppliers, those behind them, those who own them, customers and countries against lists, offline.

    Parameters
    ----------
    plant
        A sound plant.

    Raises
    ------
    DocumentError
        A list or the log of decisions is missing, or malformed: everything wrong with all of them at once.
    RunError
        There are lists, and nomenklatura is not installed.

    Notes
    -----
    An aid for those who have to decide, not legal advice.
    """
    watch = Stopwatch()
    unused = accept(plant, strict=asked.strict)
    found = screened(plant, asked)
    told = found.told
    return ScreeningAnswer(
        plant=plant.name,
        verdict=_verdict(found, told),
        state=told.state,
        refusals=told.refusals,
        clearances=tuple(found.judgement.clearances),
        unknown_owners=tuple(_unknown(found.judgement.parties)),
        lists=tuple(list_read(each) for each in found.lists),
        countries=found.levels.countries,
        parties=len(found.judgement.parties),
        levels={"block": found.levels.block, "review": found.levels.review, "ownership": found.levels.ownership},
        left_out={
            "offers": told.offers,
            "making": told.making,
            "orders": told.orders,
            "unsupplied_items": told.unsupplied,
        },
        decisions=len(found.log.decisions),
        last_decision_hash=found.log.last,
        not_used=unused,
        provenance=provenance(plant, seed=asked.seed),
        execution=watch.execution(1) if asked.timing else None,
        notes=tuple(_notes(found)),
    )


def has_data(plant: Plant) -> bool:
    """Whether there is anybody to screen: where nothing was, that is said."""
    return bool(plant.suppliers)


def briefly(plant: Plant, asked: AskedOfSupply) -> ScreeningAnswer:
    """The answer as part of ``run``."""
    return screening(plant, seed=asked.seed, **asked.screening)


def _verdict(found: ScreenedPlant, told: Screened) -> str:
    if not found.was_screened:
        return NOTHING
    parties = len(found.judgement.parties)
    if not told.refusals:
        return f"Nothing speaks against any of the {parties} parties."
    said = [text for state in ("refused", "held") if (text := _named(told.refusals, state))]
    left_out = f"{len(told.offers)} of {len(found.before.offers)} offers are left out"
    without = f", and nobody may supply {', '.join(told.unsupplied)}" if told.unsupplied else ""
    return f"{'; '.join(said)}. {left_out[0].upper()}{left_out[1:]}{without}."


def _named(refusals: Sequence[Refusal], state: str, most: int = 4) -> str:
    """Who is in a state: "refused: A, B and 3 more"; a party that is refused is not told as held as well."""
    final = {reason.party for reason in refusals if reason.state == "refused"}
    mine = (
        reason for reason in refusals if reason.state == state and (state == "refused" or reason.party not in final)
    )
    names = list({reason.party: reason.name for reason in mine}.values())
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return f"{state}: {', '.join(names[:most])}{more}" if names else ""


def _unknown(parties: Mapping[str, Party]) -> list[Unknown]:
    """Suppliers and owners described in the document of which it is not known who holds all of them."""
    described = (party for party in parties.values() if not party.key.startswith(("customer ", "owner ")))
    return [Unknown(party.key, party.name, party.unknown_share) for party in described if party.unknown_share > 1e-9]


def _notes(found: ScreenedPlant) -> list[str]:
    if not found.was_screened:
        return [f"{NOTHING} Name lists under screening, or bring them with --list."]
    unknown = _unknown(found.judgement.parties)
    notes = [AID]
    if unknown:
        notes.append(
            f"Of {len(unknown)} parties it is not known who owns them, wholly or in part; who that is was not screened."
        )
    undated = [each.name for each in found.lists if each.dated_by == "file"]
    if undated:
        notes.append(
            f"The date of {', '.join(undated)} is that of the file: give it in the document, or in the file's name."
        )
    if found.log.decisions:
        notes.append(f"The log has {len(found.log.decisions)} decisions; its last hash is {found.log.last}.")
    return notes
