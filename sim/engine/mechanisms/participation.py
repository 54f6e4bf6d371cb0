"""Participation: members' own messages, their questions, and what yesterday's messages make of the groups."""

from __future__ import annotations

import math

import numpy as np

from sim.engine.compiled import compiled
from sim.engine.draws import Purpose, poisson, uniform, uniform_at
from sim.engine.rules.attention import congestion, off_topic
from sim.engine.state.arrays import Floats
from sim.engine.state.board import Board
from sim.engine.state.measures import Day, Tally
from sim.engine.state.people import HELPED, STRONG, Person
from sim.engine.state.plan import Params
from sim.engine.state.world import World

#: Most messages a person writes on a day. Design choice; keeps the heavy tail finite.
MOST = 200.0


@compiled
def read_groups(w: World, p: Params, record: Day) -> None:  # noqa: ARG001 - as all mornings
    """How much of yesterday's messages was off topic, and how lively that makes a group."""
    today, rule = w.board.today[0], p.mechanism.participation
    today.off_topic = off_topic(
        rule.off_topic, rule.off_topic_breadth, p.culture.breadth, today.moderation, today.covered
    )
    for g in range(today.groups):
        group = w.board.groups[g]
        if today.shut != 0:
            group.said, group.posters, group.buyers = 0.0, 0, 0
        group.liveliness = lively(group.said * (1.0 - today.off_topic), p)


@compiled(inline=True)
def lively(fitting: float, p: Params) -> float:
    """Liveliness of a group, 0 to 1: saturates in the fitting messages of a day."""
    return fitting / (fitting + p.mechanism.participation.buzz_half) if fitting > 0.0 else 0.0


@compiled(merged=True)
def write(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> None:  # noqa: ARG001
    """Write messages; a first one always asks for an answer, people with a strong tie ask for more."""
    if p.switches.participation == 0 or me.muted != 0 or board.today[0].shut != 0:
        return
    rule = p.mechanism.participation
    rate = rule.posts * math.exp(rule.drive * me.drive) * (1.0 + rule.tie * me.tie)
    rate *= p.derived.writing
    rate *= p.derived.praise
    if me.group >= 0:
        rate *= congestion(board.groups[me.group].volume, rule.bearable)
    written = poisson(uniform(luck, Purpose.POST), min(MOST, rate))
    if written == 0:
        return
    first = 1 if me.posts == 0 else 0
    asking = rule.question * (1.0 + (p.structure.service.demand_strong if me.tier == STRONG else 0.0))
    later = poisson(uniform(luck, Purpose.REPLY), asking * (written - first))
    ask(me, first + min(later, written - first), board, p, luck)
    me.posts += written
    me.wrote = written
    tally.member_posts += written
    tally.new_contributors += first
    tally.cost_points += int(written * p.derived.point_pay * 100.0 + 0.5)


@compiled(merged=True)
def ask(me: Person, questions: int, board: Board, p: Params, luck: np.uint64) -> None:
    """Members of a lively group answer some of the questions; the others go to the operators."""
    lively_here = board.groups[me.group].liveliness if me.group >= 0 else 0.0
    helped = p.mechanism.participation.peer_reply * lively_here
    answered = 0
    for k in range(questions):
        answered += 1 if uniform_at(luck, Purpose.PEER, k) < helped else 0
    if answered > 0:
        me.answer = HELPED
    me.questions = questions - answered
