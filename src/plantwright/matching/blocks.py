"""Blocking: which entries share enough words with a name to be worth a comparison.

Two words may be the same if they are spelt the same but for one letter, sound the same, or are spellings of one given
name, place or trade. An entry is worth a look where enough words of the name may be words of it that the score could
still reach the level asked for, or where the names without their spaces are the same but for one letter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from plantwright.matching.forms import PROPER, Word, words


class _Like(NamedTuple):
    """Names that may have a word in common with the one sought, and what that is worth at most. [-]"""

    weight: float
    names: set[int]


class _Sought(NamedTuple):
    """A word of the name sought: who may have it, the greatest weight first, and what it weighs where it is missing."""

    alike: list[_Like]
    missing: float

    @property
    def most(self) -> float:
        """The greatest weight it may be shared with. [-]"""
        return max((like.weight for like in self.alike if like.names), default=0.0)

    @property
    def spread(self) -> int:
        """How many names may have it."""
        return sum(len(like.names) for like in self.alike)


class Blocks:
    """An index of names by their words.

    Parameters
    ----------
    names
        The names of each entry.
    """

    def __init__(self, names: Sequence[Iterable[str]]) -> None:
        self._entry_of: list[int] = []
        holders: defaultdict[str, set[int]] = defaultdict(set)
        for entry, each in enumerate(names):
            for name in each:
                number = len(self._entry_of)
                self._entry_of.append(entry)
                for key in _keys_of_name(words(name)):
                    holders[key].add(number)
        self._holders = dict(holders)

    def worth_a_look(self, name: str, level: float) -> list[int]:
        """Entries that may score at least ``level`` against a name, in order.

        Parameters
        ----------
        level
            Least score of interest. [-], 0 < level <= 1
        """
        sought = words(name)
        shared = self._shared([self._sought(sought, place) for place in range(len(sought))], level)
        found = {number for number, (weight, missing) in shared.items() if reach(weight, missing) >= level}
        for key in _squashed(sought):
            found |= self._holders.get(key, set())
        return sorted({self._entry_of[number] for number in found})

    def _shared(self, sought: Sequence[_Sought], level: float) -> dict[int, tuple[float, float]]:
        """The greatest weight of the words that a name may share, and the weight of those that it lacks.

        Words that many have cannot reach the level by themselves: names are gathered from the rarer words alone, and
        only those are then looked for under the others.
        """
        ordered = sorted(sought, key=lambda word: word.spread)
        rare = len(ordered)
        while rare > 1 and _cannot(ordered[rare - 1 :], ordered[: rare - 1], level):
            rare -= 1
        whole = sum(word.missing for word in sought)
        found: dict[int, tuple[float, float]] = {}
        for place, word in enumerate(ordered):
            seen: set[int] = set()
            for like in word.alike:
                names = like.names - seen if place < rare else like.names & found.keys() - seen
                seen |= names
                for number in names:
                    weight, missing = found.get(number, (0.0, whole))
                    found[number] = weight + like.weight, missing - word.missing
        return found

    def _sought(self, name: Sequence[Word], place: int) -> _Sought:
        """A word of a name and who may have it."""
        word = name[place]
        alike, seen = [], set[int]()
        for kind, weight in word.kinds:
            having = self._having([f"={kind}"]) - seen
            alike.append(_Like(weight, having))
            seen |= having
        proper = self._having([*_proper_keys(word), *_joined(name, place)]) - seen
        return _Sought(sorted([_Like(PROPER, proper), *alike], key=lambda like: -like.weight), word.missing)

    def _having(self, keys: Iterable[str]) -> set[int]:
        return set().union(*(self._holders.get(key, ()) for key in keys))


def reach(shared: float, missing: float) -> float:
    """The greatest score that shared words of a weight allow beside words of another weight that an entry lacks. [-]

    Examples
    --------
    >>> round(reach(2.0, 0.8), 2), round(reach(1.0, 0.8), 2)
    (0.71, 0.56)
    """
    return shared / (shared + max(missing, 0.0)) if shared else 0.0


def _cannot(shared: Sequence[_Sought], missing: Sequence[_Sought], level: float) -> bool:
    """Whether a name that shares only some words, and all of those, stays below the level."""
    return reach(sum(word.most for word in shared), sum(word.missing for word in missing)) < level


def _keys_of_name(name: Sequence[Word]) -> Iterator[str]:
    for place, word in enumerate(name):
        yield from _proper_keys(word)
        yield from _joined(name, place)
        yield from (f"={kind}" for kind, _ in word.kinds)
    yield from _squashed(name)


def _proper_keys(word: Word) -> Iterator[str]:
    for text in word.texts:
        yield from one_letter_off(text)
    if word.sound:
        yield f"~{word.sound}"
    yield from (f"={name}" for name in word.names)


def _joined(name: Sequence[Word], place: int) -> Iterator[str]:
    """Keys of runs of two and three words around one: others may write them as one word."""
    for length in (2, 3):
        for first in range(max(0, place - length + 1), min(place, len(name) - length) + 1):
            yield "".join(word.texts[0] for word in name[first : first + length])


def _squashed(name: Sequence[Word]) -> Iterator[str]:
    """Keys of a name without spaces, whose words may be split otherwise."""
    text = "".join(word.texts[0] for word in name)
    if len(name) > 1 or len(text) >= 8:
        yield from (f"_{key}" for key in one_letter_off(text))


def one_letter_off(text: str) -> Iterator[str]:
    """Keys of which two texts share one if a letter too many, too few or another is all that tells them apart.

    Short words have to be the same: too many of them are one letter apart.
    """
    yield text
    if len(text) >= 4:
        yield from (text[:place] + text[place + 1 :] for place in range(len(text)))
