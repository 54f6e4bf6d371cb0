"""Selling: messages that make members weigh a purchase, and tire them."""

from __future__ import annotations

import numpy as np

from sim.engine.compiled import compiled
from sim.engine.rules.purchase import discovery, irritated
from sim.engine.rules.ties import kept_share
from sim.engine.state.arrays import Floats
from sim.engine.state.board import Board
from sim.engine.state.measures import Day, Tally
from sim.engine.state.people import Person
from sim.engine.state.plan import Params, arm_of
from sim.engine.state.world import World


@compiled
def sell(w: World, p: Params, record: Day) -> None:
    """Selling messages to every member, and staged buyers, once products are on sale."""
    today, selling = w.board.today[0], p.business.selling
    today.promos, today.staged = 0.0, 0.0
    if today.paid_products != 0 and p.switches.selling != 0:
        today.promos_due += selling.promos_per_week / 7.0
        today.promos = float(int(today.promos_due + 1e-9))
        today.promos_due -= today.promos
        today.staged = selling.staged
    record.promos = int(today.promos)


@compiled
def set_selling(w: World, p: Params, record: Day) -> None:  # noqa: ARG001 - as all mornings
    """Say what a day leaves of selling fatigue, and how likely a purchase is weighed today."""
    selling = p.business.selling
    p.derived.fatigue_kept = kept_share(1.0, selling.half_life)
    p.derived.search = selling.organic
    p.derived.discovery = discovery(selling.push, w.board.today[0].promos)


@compiled(merged=True)
def tire(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> None:  # noqa: ARG001
    """Selling tires, people with a tie less."""
    selling, today = p.business.selling, board.today[0]
    if p.switches.selling_fatigue != 0:
        me.fatigue = irritated(
            me.fatigue, p.derived.fatigue_kept, today.promos, selling.irritation, selling.patience, me.tie
        )


@compiled
def recover(w: World, p: Params, record: Day, newcomers: int) -> None:  # noqa: ARG001 - as all evenings
    """Selling fatigue of those who return has worn off while they were away."""
    today = w.board.today[0]
    for k in range(newcomers):
        me = w.people.rows[w.scratch.picked[k]]
        selling = w.board.plan.params[arm_of(me)].business.selling
        if me.first_joined != today.day:
            me.fatigue *= kept_share(float(today.day - me.left_day), selling.half_life)
