"""The forms of a name that are compared, and the words of which it is made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rigour.names import NamePart, Symbol


_WRITTEN_ON = "股份有限公司 有限责任公司 有限公司 株式会社 有限会社 合同会社 주식회사 유한회사".split()
_STANDING_ALONE = "شركة ΑΕ Α.Ε. ΕΠΕ".split()
_UNTOLD = re.compile(
    f"{'|'.join(_WRITTEN_ON)}|(?<!\\w)(?:{'|'.join(map(re.escape, _STANDING_ALONE))})(?!\\w)", re.IGNORECASE
)
"""Legal forms that the matcher's tables do not find: those written without a space, Greek and Arabic ones."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name that counts: no legal form, no article.

    Attributes
    ----------
    text
        The word in Latin letters, lower case.
    sound
        How it sounds (metaphone), empty where it is too short to tell.
    names
        Given names, places and numbers of which it is a spelling, the same in every language.
    trades
        Common words of which it is a spelling: trade, holding, international.
    """

    text: str
    sound: str
    names: tuple[str, ...]
    trades: tuple[str, ...]


def spellings(names: Iterable[str]) -> tuple[str, ...]:
    """Names as a list writes them, and in Latin letters where the matcher would not transliterate them itself."""
    return tuple(dict.fromkeys(form for name in names for form in _spellings(name)))


def _spellings(name: str) -> Iterator[str]:
    from rigour.text.translit import ascii_text, maybe_ascii

    yield name
    if not maybe_ascii(name).isascii():
        yield ascii_text(bare(name))  # a legal form in Latin letters would be words like all others


def variants(names: Iterable[str]) -> tuple[str, ...]:
    """Names of a party as they may stand on a list: as written, in Latin letters, and without the legal form.

    Each is compared by itself, for the matcher passes over a short name that is part of a longer one.
    """
    return tuple(dict.fromkeys(form for name in spellings(names) for form in (name, bare(name))))


def bare(name: str) -> str:
    """A name without its legal form; as it is where it has none, or is nothing else."""
    from rigour.names import remove_org_types

    left = " ".join(remove_org_types(_UNTOLD.sub(" ", name).casefold()).split()).strip(" ,.")
    return left if left and left != name.casefold() else name


@lru_cache(maxsize=4096)
def words(name: str) -> tuple[Word, ...]:
    """The words of a name that count; of a name made of nothing but legal forms and articles, all of them."""
    from rigour.names import NamePartTag, NameTypeTag, analyze_names

    found: list[Word] = []
    passed_over: list[Word] = []
    for analysed in analyze_names(NameTypeTag.ENT, [name]):
        meanings: dict[NamePart, list[Symbol]] = {}
        for span in analysed.spans:
            for part in span.parts:
                meanings.setdefault(part, []).append(span.symbol)
        for part in analysed.parts:
            of_no_weight = part.tag in (NamePartTag.LEGAL, NamePartTag.STOP)
            (passed_over if of_no_weight else found).append(_word(part, meanings.get(part, [])))
    return tuple(found or passed_over)


def _word(part: NamePart, meanings: list[Symbol]) -> Word:
    from rigour.names import Symbol

    text = part.ascii or part.comparable
    sound = part.metaphone or ""
    names, trades = [], []
    for symbol in meanings:
        if symbol.category in (Symbol.Category.SYMBOL, Symbol.Category.DOMAIN):
            trades.append(str(symbol))
        elif symbol.category is not Symbol.Category.ORG_CLASS:
            names.append(str(symbol))
    return Word(text, sound if len(text) >= 5 and len(sound) >= 3 else "", tuple(names), tuple(trades))
