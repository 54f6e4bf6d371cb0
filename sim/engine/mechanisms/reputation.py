"""Reputation: good words and complaints that people remember, and what a good name does.

Words are counted per 1,000 people of the market: the prior (one good word, one bad) then weighs as much in a small
market as in a large one, and two markets with the same words a head have the same reputation.
"""

from __future__ import annotations

import numpy as np

from sim.engine.compiled import compiled
from sim.engine.draws import Purpose, uniform
from sim.engine.rules.reputation import audience, remembered, reputation_of
from sim.engine.rules.ties import kept_share
from sim.engine.state.arrays import Floats
from sim.engine.state.board import Board
from sim.engine.state.measures import Day, Tally
from sim.engine.state.people import Person
from sim.engine.state.plan import Params
from sim.engine.state.world import World


@compiled
def set_repute(w: World, p: Params, record: Day) -> None:  # noqa: ARG001 - as all mornings
    """Say what a good name does for joining and for buying (one half: nothing), and how long words are remembered."""
    today, rule, told = w.board.today[0], p.mechanism.reputation, p.derived
    known = 2.0 * reputation_of(today.good_words, today.bad_words) - 1.0 if p.switches.reputation != 0 else 0.0
    told.memory = rule.half_life
    told.complaints = 1 if p.switches.reputation != 0 else 0
    told.repute_joining = rule.joining * known
    told.repute_buying = rule.buying * known


@compiled(merged=True)
def complain(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> None:  # noqa: ARG001
    """Whoever was let down by a product, or warns friends, may complain; few or very many hear it."""
    cause = 1.0 if me.warns > 0 else me.grievance
    me.grievance = 0.0
    if cause <= 0.0 or p.derived.complaints == 0:
        return
    rule = p.mechanism.reputation
    if uniform(luck, Purpose.COMPLAIN) < rule.complaining * cause:
        people = float(board.today[0].people * board.today[0].weight)
        heard = audience(uniform(luck, Purpose.AUDIENCE), rule.offline_audience, rule.online, rule.tail, people)
        tally.complaints += 1
        tally.complaints_heard += int(heard)


@compiled
def remember(w: World, p: Params, record: Day) -> None:
    """Today's words join those that are remembered; an answer within the day undoes a share of the bad ones."""
    today, rule = w.board.today[0], p.mechanism.reputation
    if p.switches.reputation != 0:
        each, kept = 1000.0 / today.people, kept_share(1.0, rule.half_life)
        bad = record.complaints_heard * (1.0 - rule.answered if answers(p, record) else 1.0)
        today.good_words = remembered(today.good_words, kept, each * (record.invitations + record.satisfied))
        today.bad_words = remembered(today.bad_words, kept, each * bad)
    record.reputation = reputation_of(today.good_words, today.bad_words)


@compiled(inline=True)
def answers(p: Params, record: Day) -> bool:
    """Whether operators answer complaints: they are there, and nothing else that was asked of them was left undone."""
    return p.derived.staffed != 0 and record.staff > 0 and record.hours_done >= record.hours_wanted * (1.0 - 1e-9)
