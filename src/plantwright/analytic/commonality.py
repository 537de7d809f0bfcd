"""Commonality indices of a product family: how much its products share, counted on the bill of materials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set


def degree_of_commonality(uses: Sequence[int]) -> float:
    """Parents that a part has in the mean, DCI. [-], 1 (nothing shared) to the number of uses (one part everywhere)

    Parameters
    ----------
    uses
        Immediate parents of each distinct part in the bills of the family. [-], each >= 1

    Notes
    -----
    DCI = sum of uses / number of parts. It has no upper bound of its own: two families of different size cannot be
    compared by it; `total_constant_commonality` is its relative form.

    References
    ----------
    Collier, D. A. (1981), doi:10.1111/j.1540-5915.1981.tb00063.x, the definition of the index.

    Examples
    --------
    Three products with 27 uses of 15 parts:

    >>> degree_of_commonality([3] * 6 + [1] * 9)
    1.8
    """
    return sum(uses) / len(uses) if uses else 1.0


def total_constant_commonality(uses: Sequence[int]) -> float:
    """The relative form of `degree_of_commonality`, TCCI. [-], 0 (nothing shared) to 1 (one part everywhere)

    Parameters
    ----------
    uses
        Immediate parents of each distinct part in the bills of the family. [-], each >= 1

    Notes
    -----
    TCCI = 1 - (parts - 1) / (sum of uses - 1). A single part that is used once shares nothing: 0.

    References
    ----------
    Wacker, J. G., Treleven, M. (1986), doi:10.1016/0272-6963(86)90026-4, the total constant commonality index.

    Examples
    --------
    Three products with 27 uses of 15 parts, 1 - 14 / 26:

    >>> round(total_constant_commonality([3] * 6 + [1] * 9), 3)
    0.462
    """
    total = sum(uses)
    return 1.0 - (len(uses) - 1) / (total - 1) if total > 1 else 0.0


def component_index(parts: Sequence[Set[str]]) -> float:
    """Share of the parts that could be saved at best which is saved, CI. [-], 0 (nothing shared) to 1 (all that can be)

    Parameters
    ----------
    parts
        Distinct parts in the whole bill of each product.

    Notes
    -----
    CI = 1 - (u - max p) / (sum p - max p), u the distinct parts of the family and p those of each product: the product
    with the most parts needs all of its own, whatever is shared. A family of one product shares nothing: 0.

    References
    ----------
    Martin, M. V., Ishii, K. (1997), Design for variety: development of complexity indices and design charts, ASME
    DETC97/DFM-4359, the commonality index; written so in Thevenot, H. J., Simpson, T. W. (2006),
    doi:10.1080/09544820500275693, table 1.

    Examples
    --------
    Three products of 9 parts, 15 distinct: 1 - 6 / 18.

    >>> own = [{f"{product}{number}" for number in range(3)} for product in "abc"]
    >>> shared = {f"s{number}" for number in range(6)}
    >>> round(component_index([each | shared for each in own]), 3)
    0.667
    """
    counts = [len(each) for each in parts]
    distinct, most, total = len(frozenset().union(*parts)), max(counts, default=0), sum(counts)
    return 1.0 - (distinct - most) / (total - most) if total > most else 0.0


def parents(kits: Mapping[str, Set[str]]) -> dict[str, int]:
    """Immediate parents of each part. [-]

    Parameters
    ----------
    kits
        What goes directly into each made thing.

    Examples
    --------
    >>> parents({"a": {"board", "case"}, "b": {"board"}})
    {'board': 2, 'case': 1}
    """
    found: dict[str, int] = {}
    for kit in kits.values():
        for part in sorted(kit):
            found[part] = found.get(part, 0) + 1
    return found
