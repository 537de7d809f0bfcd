"""A named reviewer decides about a doubtful party: the decision goes to the end of the log."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from plantwright.errors import Finding, RunError, nearest
from plantwright.io.decisions import Log, append, read_log
from plantwright.model.plant import Plant
from plantwright.problems.screening import Decision
from plantwright.study.asked import AskedOfSupply
from plantwright.study.judging import Case
from plantwright.study.screened import log_of, screened


def decide(
    plant: Plant,
    party: str,
    entry: str,
    ruling: Literal["clear", "refuse"],
    *,
    reviewer: str,
    reason: str,
    date: dt.date,
    asked: AskedOfSupply,
) -> Decision:
    """Add a decision about a party and what speaks against it to the log.

    Parameters
    ----------
    plant
        A sound plant.
    party
        Where the document names the party, such as ``suppliers.mill``.
    entry
        What holds it: the entry's id on the list, an owner, or a region, as the answer tells it.
    ruling
        Whether the party may be dealt with.
    reviewer, reason
        Who decides, and why.
    date
        Day of the decision.
    asked
        Lists and log, as for `screening`.

    Raises
    ------
    DocumentError
        A list or the log cannot be read, or reviewer or reason are missing.
    RunError
        There is no such case: nothing of this kind holds the party. What is refused cannot be decided about.
    """
    log = log_of(plant, asked)
    if log is None:
        remedy = "Name the file with --decisions, or in the document under screening."
        raise RunError(Finding("E480", "there is no log for the decision", remedy))
    before = read_log(log) if log.exists() else Log()
    case = _case(screened(plant, asked, before).judgement.cases, party, entry)
    known = (plant.screening.reviewers if plant.screening is not None else ()) or (reviewer,)
    if reviewer not in known:
        remedy = f"The document names {', '.join(known)}."
        message, near = f'"{reviewer}" is none of the reviewers', nearest(reviewer, known)
        raise RunError(Finding("E480", message, remedy, nearest=near))
    told = (case.party.name, case.party.fingerprint, case.list, case.list_hash, case.entry, case.entry_hash)
    decision = Decision(date.isoformat(), reviewer, *told, ruling, reason)
    append(log, decision)
    return decision


def _case(cases: list[Case], party: str, entry: str) -> Case:
    found = next((case for case in cases if (case.party.key, case.entry) == (party, entry)), None)
    if found is None:
        open_ = [f"{case.party.key} and {case.entry}" for case in cases]
        remedy = f"To be decided: {'; '.join(open_[:10])}." if open_ else "Nobody is held; a refusal cannot be lifted."
        message = f"nothing holds {party} for {entry}"
        raise RunError(Finding("E480", message, remedy, nearest=nearest(f"{party} and {entry}", open_)))
    return found
