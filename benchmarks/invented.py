"""Invented parties in several scripts: names made of syllables, so that none is meant to be anybody's."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

from plantwright.problems.screening import Entry

LATIN = "ba be bo da del dor el fa fen gal gri hal jen ka kel kor la lin lor ma mel mir na nor o pel quo ra ren ri sal "
LATIN += "sel ta tel tor u va vel ver vi wen xan ya zan zel"
CYRILLIC = "ба бел вор гра дон жар за зор ил ка кор лад лес мир на нор пол рад рож сев сол тан тор у фел хол чер яр"
GREEK = "αλ βα γαλ δελ ερ ζαν ηλι θα καλ λιν μαρ νεφ ολ πελ ρον σαλ τελ φιλ χαρ"
HAN = [chr(0x6C10 + 7 * step) for step in range(280)]  # characters as they come: brands are rarely words
HANGUL = [chr(0xAC00 + 28 * (21 * first + vowel)) for first in range(19) for vowel in (0, 4, 8, 13, 18, 20)]
ARABIC = "بتجحدرزسشصطعفقكلمنهوي"
TOWNS = "Ostervik Marrowdale Kelbrook Tannersea Virholm Duskmere Aldport Brenwick Corlund Fenmouth"
TRADES = "Trading Systems Electronics Battery Motors Composites Logistics Optics Precision Machinery Holding Industrial"
LEGAL = "Ltd LLC GmbH AG SA Inc Oy SARL"


class Script(NamedTuple):
    """How names in one script are made."""

    syllables: Sequence[str]
    join: str  # between the name and its legal form
    legal: Sequence[str]
    share: float


SCRIPTS = (
    Script(LATIN.split(), " ", LEGAL.split(), 0.62),
    Script(CYRILLIC.split(), " ", ("ООО", "ОАО", "АО", "ЗАО"), 0.18),
    Script(HAN, "", ("有限公司",), 0.08),
    Script([a + b for a in ARABIC for b in "اوي"], " ", ("شركة",), 0.06),
    Script(GREEK.split(), " ", ("ΑΕ",), 0.03),
    Script(HANGUL, " ", ("주식회사",), 0.03),
)


def firm(rng: random.Random, script: Script | None = None) -> str:
    """A firm's name."""
    script = script or rng.choices(SCRIPTS, [each.share for each in SCRIPTS])[0]
    stem = "".join(rng.choice(script.syllables) for _ in range(rng.randint(3, 4)))
    if script is not SCRIPTS[0]:
        return (
            f"{stem} {rng.choice(script.legal)}"
            if script.join != "" or script.legal[0] != "有限公司"
            else stem + "有限公司"
        )
    words = [stem.capitalize()]
    if rng.random() < 0.3:
        words.insert(0, rng.choice(TOWNS.split()))
    words += rng.sample(TRADES.split(), rng.randint(0, 2))
    return " ".join([*words, rng.choice(script.legal)])


def person(rng: random.Random) -> str:
    """A person's name as lists write it: family name first."""
    family, given = ("".join(rng.choice(SCRIPTS[0].syllables) for _ in range(n)).capitalize() for n in (3, 2))
    return f"{family.upper()}, {given}"


def entries(rng: random.Random, count: int) -> list[Entry]:
    """Entries of a list: two in three are firms; about one in two has other names, in other scripts too."""
    made = []
    for number in range(count):
        is_firm = rng.random() < 0.66
        names = [firm(rng) if is_firm else person(rng)]
        while rng.random() < 0.45:
            names.append(firm(rng) if is_firm else person(rng))
        made.append(Entry(str(number), tuple(names), "firm" if is_firm else "person"))
    return made


def misspelt(rng: random.Random, name: str) -> str:
    """One letter of the longest word left out, doubled or swapped with its neighbour; its legal form stays."""
    stem = name.removesuffix(legal_form(name))
    longest = max(stem.split(), key=len)
    place = rng.randrange(len(longest) - 1)
    changes: tuple[Callable[[str], str], ...] = (
        lambda word: word[:place] + word[place + 1 :],
        lambda word: word[:place] + word[place] + word[place:],
        lambda word: word[:place] + word[place + 1] + word[place] + word[place + 2 :],
    )
    return stem.replace(longest, rng.choice(changes)(longest), 1) + legal_form(name)


def other_form(rng: random.Random, name: str) -> str:
    """The name with another legal form of its script, or none."""
    mine = legal_form(name)
    others = next((script.legal for script in SCRIPTS if mine in script.legal), ())
    return name.removesuffix(mine).strip() + rng.choice(["", *(f" {other}" for other in others)])


def legal_form(name: str) -> str:
    """The legal form with which a name ends, empty where there is none."""
    return next((legal for script in SCRIPTS for legal in script.legal if name.endswith(legal)), "")
