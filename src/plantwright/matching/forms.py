"""The forms of a name that are compared, and the words of which it is made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from plantwright.problems.screening import Kind

if TYPE_CHECKING:
    from rigour.names import NamePart, Symbol

_WRITTEN_ON = "股份有限公司 有限责任公司 有限公司 株式会社 有限会社 合同会社 주식회사 유한회사".split()
_STANDING_ALONE = "شركة ΑΕ Α.Ε. ΕΠΕ".split()
_UNTOLD = re.compile(
    f"{'|'.join(_WRITTEN_ON)}|(?<!\\w)(?:{'|'.join(map(re.escape, _STANDING_ALONE))})(?!\\w)", re.IGNORECASE
)
"""Legal forms that the matcher's tables do not find: those written without a space, Greek and Arabic ones."""

COMMON, TRADE, PROPER = 0.3, 0.7, 1.0
"""Weight that the matcher gives to a shared word: holding, international; motors, logistics; any other. [-]"""
_MISSING = 0.8
"""Weight that it gives to a word of the party that the entry lacks; 0.7 of that for a common word. [-]"""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name that counts: no legal form, no article.

    Attributes
    ----------
    texts
        The word in Latin letters, and in its own where they are others; lower case.
    sound
        How it sounds (metaphone), empty where it is too short to tell.
    names
        Given names, places and numbers of which it is a spelling, the same in every language.
    kinds
        Common words and trades of which it is a spelling, with the weight of a shared one. [-]
    missing
        Weight of the word where an entry lacks it. [-]
    """

    texts: tuple[str, ...]
    sound: str
    names: tuple[str, ...]
    kinds: tuple[tuple[str, float], ...]
    missing: float


def forms(names: Iterable[str], kind: Kind) -> tuple[str, ...]:
    """The forms of names that are compared with a firm, a person, or somebody who may be either.

    Firms are compared without their legal forms, persons as they are written; both in Latin letters too where the
    matcher would not transliterate them itself.
    """
    found: dict[str, None] = {}
    for name in names:
        bared = bare(name)
        wanted = [name] if kind == "person" else [bared] if kind == "firm" else [name, bared]
        found |= dict.fromkeys(form for each in wanted for form in (each, *_latin(each, bared)))
    return tuple(found)


def _latin(name: str, bared: str) -> Iterator[str]:
    """A name in Latin letters; a legal form would there be a word like all others."""
    from rigour.text.translit import ascii_text, maybe_ascii

    if not maybe_ascii(name).isascii():
        yield ascii_text(bared)


@lru_cache(maxsize=4096)
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

    category = Symbol.Category
    weights = {category.SYMBOL: COMMON, category.DOMAIN: TRADE}
    latin = part.ascii or part.comparable
    sound = part.metaphone or ""
    is_common = any(symbol.category in (category.SYMBOL, category.LOCATION) for symbol in meanings)
    return Word(
        tuple(dict.fromkeys((latin, part.form))),
        sound if len(latin) >= 5 and len(sound) >= 3 else "",
        tuple(str(symbol) for symbol in meanings if symbol.category not in (*weights, category.ORG_CLASS)),
        tuple((str(symbol), weights[symbol.category]) for symbol in meanings if symbol.category in weights),
        _MISSING * (0.7 if is_common else 1.0),
    )
