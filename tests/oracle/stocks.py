"""Shelves (mechanisms 3, 7, 8): kits are taken, pieces come, more is called for or ordered, customers come."""

from __future__ import annotations

from plantwright.codes import (
    BUILT_IN,
    DELIVERY,
    DRAW_LEAD,
    DRAW_ORDER,
    DRAW_PIECES,
    NEVER_SHORT,
    ON_DEMAND,
    ON_WITHDRAWAL,
    ORDER,
    ORDERED,
    RECEIVED,
    REORDER,
    STOCK,
)
from tests.oracle.draw import whole


def change(run, item, pieces):
    item.stock += pieces
    run.note(STOCK, who=item.number, what=pieces, value=item.stock)


# Kits


def kit_rows(operation, option, pieces):
    """What an operation takes for a part with that option: item, pieces."""
    return [(item, pieces * each) for item, each, options in operation.kit if options >> option & 1]


def kit_is_there(operation, option, pieces):
    return all(
        item.policy == NEVER_SHORT or item.stock >= number for item, number in kit_rows(operation, option, pieces)
    )


def take_kit(run, part):
    for item, number in kit_rows(part.operation, part.option, part.pieces):
        run.note(BUILT_IN, part=part, who=item.number, value=number)
        if item.policy == NEVER_SHORT:
            continue
        take_off(run, item, number)
        if item.policy == ON_DEMAND:
            call_for(item, number)
        if item.serial:
            del item.serial_parts[:number]


def take_off(run, item, pieces):
    """Pieces leave the shelf, for a kit or a customer; with kanbans as many are called for."""
    change(run, item, -pieces)
    if item.policy == ON_WITHDRAWAL:
        call_for(item, pieces)
    reorder(run, item)


def call_for(item, pieces):
    item.release.pending += pieces


# What comes


def put_on(run, item, pieces):
    """Pieces reach the shelf; those that are owed go on to customers at once."""
    change(run, item, pieces)
    owed = min(item.owed, pieces)
    if owed > 0:
        item.owed -= owed
        hand_over(run, item, owed)


def hand_over(run, item, pieces):
    """Pieces go to a customer."""
    take_off(run, item, pieces)
    if item.serial:
        del item.serial_parts[:pieces]


# Bought items


def reorder(run, item):
    """(s, Q): order while what is there and on order, less what is owed, is at or below the reorder point."""
    if item.policy != REORDER:
        return
    while item.stock + item.on_order - item.owed <= item.reorder_point:
        place_order(run, item)


def place_order(run, item):
    """Order from the first offer that delivers anything now, else from the first."""
    offer = next((offer for offer in item.offers if share_delivered(offer, run.now) > 0.0), item.offers[0])
    lead_time = run.draws.ticks(offer.lead_time, DRAW_LEAD, offer.number, offer.orders)
    offer.orders += 1
    time = max(run.now + lead_time, offer.last_delivery + offer.gap)
    offer.last_delivery = time
    in_time = int(offer.quantity * share_delivered(offer, time))
    if in_time > 0:
        run.schedule(time, DELIVERY, receive, item, in_time)
    if in_time < offer.quantity:
        run.schedule(end_of_outage(offer, time), DELIVERY, receive, item, offer.quantity - in_time)
    item.on_order += offer.quantity


def outage_at(offer, time):
    return next((outage for outage in offer.outages if outage[0] <= time < outage[1]), None)


def share_delivered(offer, time):
    outage = outage_at(offer, time)
    return 1.0 if outage is None else outage[2]


def end_of_outage(offer, time):
    return outage_at(offer, time)[1]


def receive(run, item, pieces):
    item.on_order -= pieces
    run.note(RECEIVED, who=item.number, value=pieces)
    put_on(run, item, pieces)


# Customers


def plan_next_order(run, demand):
    if demand.between is not None:
        wait = run.draws.ticks(demand.between, DRAW_ORDER, demand.number, demand.drawn)
        run.schedule(run.now + wait, ORDER, customer, demand)
    elif demand.ordered < len(demand.orders):
        run.schedule(demand.orders[demand.ordered][0], ORDER, customer, demand)


def customer(run, demand):
    """An order comes in."""
    if demand.between is None:
        pieces = demand.orders[demand.ordered][1]
        demand.ordered += 1
    else:
        pieces = 1
        if demand.pieces is not None:
            pieces = whole(run.draws.sample(demand.pieces, DRAW_PIECES, demand.number, demand.drawn))
        demand.drawn += 1
    serve(run, demand.item, pieces, demand.loses)
    plan_next_order(run, demand)


def serve(run, item, pieces, loses):
    """A customer gets what is there; the rest is owed or lost. Lost demand calls for nothing."""
    met = min(item.stock, pieces)
    run.note(ORDERED, who=item.number, what=met, value=pieces)
    if met > 0:
        hand_over(run, item, met)
    rest = 0 if loses else pieces - met
    item.owed += rest
    if item.policy == ON_DEMAND:
        call_for(item, met + rest)
    reorder(run, item)
