"""Channels: how the plan reaches strangers, by itself and for money."""

from __future__ import annotations

from sim.engine.compiled import compiled
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
    """Contacts a head of the market that a channel makes today, organic and bought; the budget is spent in full."""
    plan, channel, today = w.board.plan.channels[SHARED, c], w.board.channels[c], w.board.today[0]
    channel.contacts = 0.0
    if p.switches.channels == 0:
        return
    channel.contacts = plan.organic
    if today.frozen == 0:
        channel.contacts += plan.daily_budget / plan.cost_per_contact / today.people
        paid = int(plan.daily_budget * 100.0 + 0.5)
        w.records.channel_cents[today.day, c] = paid
        record.cost_acquisition += paid
    channel.contacts *= w.playbook.inflow[today.day]
    channel.attention, channel.targeting = plan.attention, plan.targeting
    channel.trust, channel.sells = plan.trust, plan.sells
