"""Stocks: taking kits, putting pieces on shelves, calling for more, ordering, and customers."""

from __future__ import annotations

import numpy as np

from plantwright.codes import (
    BUILT_IN,
    DELIVERY,
    DRAW_LEAD,
    DRAW_ORDER,
    DRAW_PIECES,
    LACK_ITEM,
    NEVER_SHORT,
    NONE,
    ON_DEMAND,
    ON_WITHDRAWAL,
    ORDER,
    ORDERED,
    RECEIVED,
    REORDER,
)
from plantwright.engine.account import change_stock
from plantwright.engine.draw import rounded, sample, sample_ticks
from plantwright.engine.heap import push
from plantwright.engine.lacks import lack_of, miss
from plantwright.engine.machines import free_machine_of
from plantwright.engine.marks import mark_release, mark_shelf, mark_starved, mark_station
from plantwright.engine.parts import give_back
from plantwright.engine.trace import note
from plantwright.jit import inlined, kernel

ONE_BIT = np.uint64(1)


@kernel
def wanted(w, k, option):
    """Pieces per piece of kit row ``k`` that a unit with this option takes."""
    row = w.kit[k]
    return row.pieces if (row.options >> np.uint64(option)) & ONE_BIT else 0


@kernel
def kit_is_there(w, o, option, pieces):
    """Whether the whole kit of an operation is on the shelves."""
    op = w.operation[o]
    for k in range(op.first_kit, op.first_kit + op.kits):
        item = w.item[w.kit[k].item_]
        if item.policy != NEVER_SHORT and item.stock < pieces * wanted(w, k, option):
            return False
    return True


@inlined
def miss_kit(w, s, o, option, pieces):
    """Note what is missing of the kit of an operation that a station tries to begin."""
    op = w.operation[o]
    for k in range(op.first_kit, op.first_kit + op.kits):
        i = w.kit[k].item_
        if w.item[i].policy != NEVER_SHORT and w.item[i].stock < pieces * wanted(w, k, option):
            miss(w, s, LACK_ITEM, i)


@kernel
def call_for(w, i, pieces):
    """Authorise the making of more pieces of a pulled item."""
    r = w.item[i].release
    w.release[r].pending += pieces
    mark_release(w, r)


@kernel
def place_order(w, i):
    """Order one quantity of the first offer not cut off now, else of the first; what an outage holds up comes later."""
    item = w.item[i]
    now = w.clock[0].now
    chosen = item.first_offer
    for f in range(item.first_offer, item.first_offer + item.offers):
        if share_left(w, f, now) > 0.0:
            chosen = f
            break
    offer = w.offer[chosen]
    lead = sample_ticks(w, offer.law, DRAW_LEAD, chosen, 0, offer.orders)
    offer.orders += 1
    quantity = offer.quantity
    due = max(now + lead, offer.last_delivery + offer.gap)
    offer.last_delivery = due
    in_time = int(quantity * share_left(w, chosen, due))
    if in_time > 0:
        push(w, due, DELIVERY, i, in_time)
    if in_time < quantity:
        push(w, outage_end(w, chosen, due), DELIVERY, i, quantity - in_time)
    item.on_order += quantity


@kernel
def share_left(w, f, time):
    """Share of its deliveries that an offer makes at a time: 1 outside outages."""
    offer = w.offer[f]
    for row in range(offer.first_outage, offer.first_outage + offer.outages):
        outage = w.outage[row]
        if outage.start <= time < outage.end:
            return outage.left
    return 1.0


@kernel
def outage_end(w, f, time):
    """When the outage that covers ``time`` is over."""
    offer = w.offer[f]
    for row in range(offer.first_outage, offer.first_outage + offer.outages):
        outage = w.outage[row]
        if outage.start <= time < outage.end:
            return outage.end
    return time


@kernel
def reorder(w, i):
    """(s, Q): order while stock on hand and on order, less backlog, is at or below the reorder point."""
    item = w.item[i]
    if item.policy != REORDER or item.offers == 0:
        return
    while item.stock + item.on_order - item.backlog <= item.reorder:
        place_order(w, i)


@kernel
def take_off(w, i, pieces):
    """Pieces leave a shelf, for a kit or a customer; what was taken is called for."""
    item = w.item[i]
    change_stock(w, i, -pieces)
    if item.policy == ON_WITHDRAWAL:
        call_for(w, i, pieces)
    reorder(w, i)
    mark_shelf(w, i)
    if item.stock < item.most:
        mark_starved(w, item.first_user, item.users)


@kernel
def adopt(w, i, parent, pieces):
    """Serial parts of a shelf become children of the part they are built into."""
    item = w.item[i]
    for _ in range(pieces):
        child = item.first_serial
        if child == NONE:
            return
        item.first_serial = w.part[child].next
        if item.first_serial == NONE:
            item.last_serial = NONE
        w.part[child].sibling = w.part[parent].child
        w.part[parent].child = child


@kernel
def hand_out(w, i, pieces):
    """Serial parts of a shelf leave with a customer."""
    item = w.item[i]
    for _ in range(pieces):
        p = item.first_serial
        if p == NONE:
            return
        item.first_serial = w.part[p].next
        if item.first_serial == NONE:
            item.last_serial = NONE
        give_back(w, p)


@kernel
def deliver(w, i, pieces):
    """Pieces of a shelf go to a customer."""
    item = w.item[i]
    item.delivered += pieces
    take_off(w, i, pieces)
    if item.serial != 0:
        hand_out(w, i, pieces)


@kernel
def take_kit(w, o, p):
    """Take the kit of an operation for part ``p``; it is known to be there."""
    op = w.operation[o]
    part = w.part[p]
    for k in range(op.first_kit, op.first_kit + op.kits):
        pieces = part.pieces * wanted(w, k, part.option)
        if pieces == 0:
            continue
        i = w.kit[k].item_
        item = w.item[i]
        item.consumed += pieces
        part.contents += pieces
        w.item[part.item_].contents += pieces
        w.item[part.item_].taken += pieces
        note(w, BUILT_IN, part.number, i, NONE, pieces)
        if item.policy == NEVER_SHORT:
            continue
        take_off(w, i, pieces)
        if item.policy == ON_DEMAND:
            call_for(w, i, pieces)
        if item.serial != 0:
            adopt(w, i, p, pieces)


@kernel
def mark_users(w, i):
    """Stations whose kits take item ``i`` may be able to start now; a machine that becomes free later is tried then."""
    item = w.item[i]
    for row in range(item.first_user, item.first_user + item.users):
        s = w.link[row]
        st = w.station[s]
        if free_machine_of(w, st) != NONE and not waits_for_others(w, s, st, i):
            mark_station(w, s)


@inlined
def waits_for_others(w, s, st, i):
    """Whether the machines of a plain station, when tried last, missed other things and not item ``i``."""
    if st.plain == 0 or st.lacking == 0:
        return False
    row = lack_of(w, s, LACK_ITEM, i)
    return row != NONE and w.lack[row].missing == 0


@kernel
def put_on(w, i, pieces):
    """Pieces reach a shelf: waiting customers first, the rest to stock."""
    item = w.item[i]
    owed = min(item.backlog, pieces)
    change_stock(w, i, pieces)
    if owed > 0:
        item.backlog -= owed
        item.backlog_area += owed * w.clock[0].now
        deliver(w, i, owed)
    mark_users(w, i)


@kernel
def receive(w, i, pieces):
    """A delivery arrives."""
    item = w.item[i]
    item.on_order -= pieces
    item.received += pieces
    note(w, RECEIVED, NONE, i, NONE, pieces)
    put_on(w, i, pieces)


@kernel
def serve(w, i, pieces, loses):
    """A customer wants pieces now: met from stock, the rest backordered or lost."""
    item = w.item[i]
    item.ordered += pieces
    item.orders += 1
    met = min(item.stock, pieces)
    if met == pieces:
        item.orders_met += 1
    rest = pieces - met
    note(w, ORDERED, NONE, i, met, pieces)
    item.met += met
    if met > 0:
        deliver(w, i, met)
    if loses != 0:
        item.lost += rest
        rest = 0
    item.backlog += rest
    item.backlog_area -= rest * w.clock[0].now
    if item.policy == ON_DEMAND:
        call_for(w, i, met + rest)
    reorder(w, i)


@kernel
def next_order(w, d):
    """Schedule the next order of a demand."""
    demand = w.demand[d]
    if demand.law != NONE:
        demand.whole = sample_ticks(w, demand.law, DRAW_ORDER, d, 0, demand.draws)
        demand.due = w.clock[0].now + demand.whole
        push(w, demand.due, ORDER, d, 0)
    elif demand.next_order < demand.orders:
        push(w, w.order[demand.first_order + demand.next_order].time, ORDER, d, 0)


@kernel
def customer(w, d):
    """An order of demand ``d`` comes in."""
    demand = w.demand[d]
    if demand.law != NONE:
        pieces = 1
        if demand.pieces_law != NONE:
            pieces = rounded(sample(w, demand.pieces_law, DRAW_PIECES, d, 0, demand.draws))
        demand.draws += 1
    else:
        pieces = w.order[demand.first_order + demand.next_order].pieces
        demand.next_order += 1
    serve(w, demand.item_, pieces, demand.loses)
    next_order(w, d)
