"""Blocking: which entries share enough words with a name to be worth a comparison.

Two words may be the same if they are spelt the same but for one letter, sound the same, or are spellings of one given
name, place or trade. An entry is worth a look where enough words of the name may be words of it that the score could
still reach the level asked for, or where the names without their spaces are the same but for one letter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from plantwright.matching.forms import Word, words

PROPER, TRADE = 1.0, 0.3
"""Weight that the matcher gives to a shared word, and to one that only says what a firm does. [-]"""
MISSING = 0.56
"""Least weight that it gives to a word of the party that the entry lacks: 0.8, times 0.7 for a common word. [-]"""


class _Like(NamedTuple):
    """Names that may have a word in common with the one sought, and what that is worth at most. [-]"""

    weight: float
    names: set[int]


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
        shared = self._shared([self._like(sought, place) for place in range(len(sought))], level)
        found = {number for number, weight, words_ in shared if reach(weight, len(sought) - words_) >= level}
        for key in _squashed(sought):
            found |= self._holders.get(key, set())
        return sorted({self._entry_of[number] for number in found})

    def _shared(self, alike: Sequence[Sequence[_Like]], level: float) -> Iterator[tuple[int, float, int]]:
        """Names with the greatest weight of words they may share, and how many those are.

        Common words cannot reach the level by themselves: names are gathered from the rarer words alone, and only
        those are then looked for under the common ones.
        """
        ordered = sorted(alike, key=lambda word: sum(len(like.names) for like in word))
        rare = len(ordered)
        while rare > 1 and reach(sum(map(_most, ordered[rare - 1 :])), rare - 1) < level:
            rare -= 1
        weights: dict[int, float] = {}
        counts: dict[int, int] = {}
        for place, word in enumerate(ordered):
            seen: set[int] = set()
            for like in word:  # the greatest weight first
                names = like.names - seen if place < rare else like.names & weights.keys() - seen
                seen |= names
                for number in names:
                    weights[number] = weights.get(number, 0.0) + like.weight
                    counts[number] = counts.get(number, 0) + 1
        return ((number, weight, counts[number]) for number, weight in weights.items())

    def _like(self, name: Sequence[Word], place: int) -> list[_Like]:
        """Names with a word that may be this one, by what that is worth, the greatest first."""
        trades = self._having(f"={trade}" for trade in name[place].trades)
        proper = self._having([*_proper_keys(name[place]), *_joined(name, place)]) - trades
        return [_Like(PROPER, proper), *([_Like(TRADE, trades)] if trades else [])]

    def _having(self, keys: Iterable[str]) -> set[int]:
        return set().union(*(self._holders.get(key, ()) for key in keys))


def reach(shared: float, missing: int) -> float:
    """The greatest score that words of a weight ``shared`` allow beside ``missing`` words that an entry lacks. [-]

    Examples
    --------
    >>> round(reach(2 * PROPER, 1), 2), round(reach(PROPER, 1), 2)
    (0.78, 0.64)
    """
    return shared / (shared + MISSING * missing) if shared else 0.0


def _most(word: Sequence[_Like]) -> float:
    return max((like.weight for like in word if like.names), default=0.0)


def _keys_of_name(name: Sequence[Word]) -> Iterator[str]:
    for place, word in enumerate(name):
        yield from _proper_keys(word)
        yield from _joined(name, place)
        yield from (f"={trade}" for trade in word.trades)
    yield from _squashed(name)


def _proper_keys(word: Word) -> Iterator[str]:
    yield from one_letter_off(word.text)
    if word.sound:
        yield f"~{word.sound}"
    yield from (f"={name}" for name in word.names)


def _joined(name: Sequence[Word], place: int) -> Iterator[str]:
    """Keys of runs of two and three words around one: others may write them as one word."""
    for length in (2, 3):
        for first in range(max(0, place - length + 1), min(place, len(name) - length) + 1):
            yield "".join(word.text for word in name[first : first + length])


def _squashed(name: Sequence[Word]) -> Iterator[str]:
    """Keys of a name without spaces, whose words may be split otherwise."""
    text = "".join(word.text for word in name)
    if len(name) > 1 or len(text) >= 8:
        yield from (f"_{key}" for key in one_letter_off(text))


def one_letter_off(text: str) -> Iterator[str]:
    """Keys of which two texts share one if a letter too many, too few or another is all that tells them apart.

    Short words have to be the same: too many of them are one letter apart.
    """
    yield text
    if len(text) >= 4:
        yield from (text[:place] + text[place + 1 :] for place in range(len(text)))
