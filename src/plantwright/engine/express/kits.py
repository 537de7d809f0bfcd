"""Shelves: finished parts go there, kits are taken from there, and who waits for room there follows."""

from __future__ import annotations

from plantwright.codes import NEVER_SHORT, NONE
from plantwright.engine.account import change_stock
from plantwright.engine.blocked import first_leaves
from plantwright.engine.parts import count_finish, count_out, give_back
from plantwright.engine.stocks import waits_for_others, wanted
from plantwright.jit import inlined, kernel


@inlined
def put_away(w, p, i):
    """A finished part goes to its shelf: the bit of the station that may begin now what it could not before."""
    count_finish(w, p)
    count_out(w, p)
    give_back(w, p)
    change_stock(w, i, 1)
    return wake_user(w, i) if w.item[i].users > 0 else 0


@kernel
def wake_user(w, i):
    """The bit of the station whose kits take an item, if its machine is empty and what it waits for may be this."""
    s = w.link[w.item[i].first_user]
    if w.post[s].part != NONE or waits_for_others(w, s, w.station[s], i):
        return 0
    return 1 << s


@kernel
def use_kit(w, o, p):
    """Take the kit of an operation off the shelves; it is there."""
    op = w.operation[o]
    part = w.part[p]
    for k in range(op.first_kit, op.first_kit + op.kits):
        pieces = wanted(w, k, 0)
        item = w.item[w.kit[k].item_]
        item.consumed += pieces
        part.contents += pieces
        w.item[part.item_].contents += pieces
        w.item[part.item_].taken += pieces
        if item.policy != NEVER_SHORT:
            change_stock(w, w.kit[k].item_, -pieces)


@kernel
def can_be_shelved(item):
    """Whether somebody waits for a shelf that has room."""
    return item.first_blocked != NONE and item.stock < item.room


@kernel
def first_shelf(w, o):
    """Of the shelves of a kit that have room again, the one for which somebody has waited longest; NONE without."""
    op = w.operation[o]
    best = NONE
    for k in range(op.first_kit, op.first_kit + op.kits):
        i = w.kit[k].item_
        if can_be_shelved(w.item[i]):
            blocked = w.part[w.item[i].first_blocked].blocked
            if best == NONE or blocked < w.part[w.item[best].first_blocked].blocked:
                best = i
    return best


@kernel
def shelve_first(w, i):
    """The part that waits first for a shelf goes there: the bit of where it comes from."""
    p = first_leaves(w, w.item[i])
    s = w.part[p].origin
    w.post[s].part = NONE
    return put_away(w, p, i) | 1 << s
