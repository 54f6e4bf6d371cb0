"""Channels: how the plan reaches strangers, by itself and for money."""

from __future__ import annotations

from sim.engine.compiled import compiled
from sim.engine.purse import lacking, left
from sim.engine.state.board import CHANNEL
from sim.engine.state.events import ADS_END
from sim.engine.state.measures import Day
from sim.engine.state.plan import SHARED, Params
from sim.engine.state.world import World


@compiled
def open_channels(w: World, p: Params, record: Day) -> None:
    """Open every channel."""
    for c in range(w.board.channels.shape[0]):
        open_channel(w, c, p, record)


@compiled
def open_channel(w: World, c: int, p: Params, record: Day) -> None:
    """Contacts a head of the market that a channel makes today, organic and bought, as far as there is money."""
    plan, channel, today = w.board.plan.channels[SHARED, c], w.board.channels[c], w.board.today[0]
    channel.contacts, channel.bought = 0.0, 0.0
    if p.switches.channels == 0:
        return
    channel.contacts = plan.organic
    paid, bought = int(plan.daily_budget * 100.0 + 0.5), plan.daily_budget
    if paid > left(today):
        paid = left(today)
        bought = paid / 100.0
        if channel.ended == 0:
            channel.ended = 1
            lacking(w, ADS_END, c, paid)
    elif today.rest_kind == CHANNEL and today.rest_item == c:
        more = min(int(today.rest), left(today) - paid)
        today.rest -= more
        record.rest_spent += more
        paid += more
        bought += more / 100.0
    more_people = bought / plan.cost_per_contact / today.people
    channel.contacts += more_people
    channel.bought = more_people / channel.contacts if channel.contacts > 0.0 else 0.0
    today.spent += paid
    w.records.channel_cents[today.day, c] = paid
    record.cost_acquisition += paid
    channel.contacts *= w.playbook.inflow[today.day]
    channel.attention, channel.targeting = plan.attention, plan.targeting
    channel.trust, channel.sells = plan.trust, plan.sells
