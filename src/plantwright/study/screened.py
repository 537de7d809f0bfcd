"""The plant without those with whom it may not deal: what every answer about supply begins with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from plantwright.io.decisions import Log, read_log
from plantwright.io.lists import ListFile, read_lists
from plantwright.matching import likenesses
from plantwright.model.plant import Plant
from plantwright.model.screening import Screening
from plantwright.problems.screening import Entry, Likeness, Sought, WatchList
from plantwright.results.screening import AID, NOTHING, ListRead, Screened, Standing
from plantwright.study.asked import AskedOfSupply
from plantwright.study.judging import Alike, Judgement, Levels, judged
from plantwright.study.parties import Party, parties_of
from plantwright.study.progress import Silent
from plantwright.study.removing import Removed, without


@dataclass(frozen=True)
class ScreenedPlant:
    """A plant whose parties were held against lists.

    Attributes
    ----------
    before
        The plant as it was written.
    lists
        The lists.
    levels
        What counted.
    log
        Decisions of reviewers.
    judgement
        What speaks against whom.
    """

    before: Plant
    lists: tuple[WatchList, ...]
    levels: Levels
    log: Log
    judgement: Judgement

    @cached_property
    def removed(self) -> Removed:
        """What had to be left out."""
        return without(self.before, self.judgement)

    @property
    def plant(self) -> Plant:
        """The plant without offers, ways of making and orders of parties that are refused or held."""
        return self.removed.plant

    @property
    def was_screened(self) -> bool:
        """Whether there was anything to hold parties against."""
        return bool(self.lists or self.levels.countries)

    @property
    def told(self) -> Screened:
        """What every answer says about it."""
        reasons = [reason for against in self.judgement.against.values() for reason in against]
        states = {reason.state for reason in reasons}
        worst: Standing = "refused" if "refused" in states else "held" if states else "free"
        return Screened(
            state=worst if self.was_screened else "not screened",
            lists=tuple(list_read(each) for each in self.lists),
            refusals=tuple(sorted(reasons, key=lambda reason: reason.state == "held")),
            offers=self.removed.offers,
            making=self.removed.making,
            orders=self.removed.orders,
            unsupplied=self.removed.unsupplied,
            note=AID if self.was_screened else NOTHING,
        )


def screened(plant: Plant, asked: AskedOfSupply, log: Log | None = None) -> ScreenedPlant:
    """Hold the parties of a plant against the lists that it names and those that were brought.

    Parameters
    ----------
    plant
        A sound plant.
    asked
        Lists and log of decisions.
    log
        The log where it is read already.

    Raises
    ------
    DocumentError
        A list or the log of decisions cannot be read.
    RunError
        There are lists, and nomenklatura is not installed.
    """
    settings = plant.screening or Screening()
    lists = read_lists(_files(settings, Path(asked.folder or ""), asked.lists or ()))
    if log is None:
        named = log_of(plant, asked)
        log = read_log(named) if named is not None else Log()
    levels = Levels(
        settings.block.base,
        min(settings.review.base, settings.block.base),
        settings.ownership.base,
        settings.countries,
        settings.reviewers,
    )
    parties = parties_of(plant)
    telling = asked.progress or Silent()
    telling.begin("names against lists", float(bool(lists)))
    alike = _alike(tuple(parties.values()), lists, levels.review)
    telling.end()
    return ScreenedPlant(plant, lists, levels, log, judged(parties, alike, levels, log.decisions))


def list_read(list_: WatchList) -> ListRead:
    """What an answer says of a list."""
    return ListRead(list_.name, list_.form, list_.date, list_.dated_by, list_.sha256, len(list_.entries))


def _files(settings: Screening, folder: Path, brought: Sequence[str | Path]) -> list[ListFile]:
    """Lists of the document, seen from its folder, and those that were brought, each once."""
    found: dict[Path, ListFile] = {}
    for number, each in enumerate(settings.lists):
        name, date = (each, None) if isinstance(each, str) else (each.file, each.date)
        path = folder / name
        found.setdefault(path.resolve(), ListFile(path, name, date, f"screening.lists.{number}"))
    for file in map(Path, brought):
        found.setdefault(file.resolve(), ListFile(file, file.name))
    return list(found.values())


def log_of(plant: Plant, asked: AskedOfSupply) -> Path | None:
    """The log that was brought, else that of the document."""
    if asked.decisions is not None:
        return Path(asked.decisions)
    written = plant.screening.decisions if plant.screening is not None else None
    return Path(asked.folder or "") / written if written else None


def _alike(parties: Sequence[Party], lists: Sequence[WatchList], level: float) -> list[Alike]:
    held_against = [(list_, entry) for list_ in lists for entry in list_.entries]
    if not held_against:
        return []
    sought = tuple(party.sought for party in parties)
    found = _compared(sought, tuple(entry for _, entry in held_against), level)
    return [Alike(parties[each.sought], *held_against[each.entry], each) for each in found]


@lru_cache(maxsize=4)
def _compared(sought: tuple[Sought, ...], entries: tuple[Entry, ...], level: float) -> tuple[Likeness, ...]:
    """Several answers about one plant compare the same names: once is enough."""
    return tuple(likenesses(sought, entries, level))
