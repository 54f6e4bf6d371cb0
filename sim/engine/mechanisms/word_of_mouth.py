"""Word of mouth: what friends see, whom members invite or warn, and who is credited for a newcomer."""

from __future__ import annotations

import numpy as np

from sim.engine.compiled import compiled
from sim.engine.draws import Purpose, key_of, poisson, uniform, uniform_at
from sim.engine.rules.word_of_mouth import bad_words, good_words, recalled
from sim.engine.state.arrays import Floats
from sim.engine.state.board import Board
from sim.engine.state.measures import RECRUITING, Day, Tally
from sim.engine.state.people import APPLIED, AWAKE, MEMBER, NEVER, NONE, STRONG, Person
from sim.engine.state.plan import Params
from sim.engine.state.world import World

#: Most invitations of one person on a day. Design choice; keeps the tail finite.
MOST_INVITES = 1000


@compiled
def set_ears(w: World, p: Params, record: Day) -> None:  # noqa: ARG001 - as all mornings
    """Say how far friends' doings count today."""
    on = p.switches.word_of_mouth != 0
    p.derived.friends = 1 if on else 0
    p.derived.visible = p.mechanism.word_of_mouth.visible if on else 0.0
    p.derived.warning = p.mechanism.word_of_mouth.negative_weight


@compiled(merged=True)
def listen(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> None:  # noqa: ARG001
    """Friends' warnings shake a member; a newcomer of yesterday tells friends of having joined."""
    rule = p.mechanism.word_of_mouth
    if me.heard_warnings > 0.0 and me.visits > 0:
        me.satisfaction = max(0.0, me.satisfaction - rule.shaken * me.heard_warnings)
    if me.joined_day == board.today[0].day - 1 and p.switches.word_of_mouth != 0:
        me.invites = poisson(uniform(luck, Purpose.AT_JOINING), rule.at_joining * p.derived.zeal)
    me.heard_warnings = 0.0
    me.inbox = 0
    me.inbox_rank = 0.0


@compiled(merged=True)
def share(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> None:  # noqa: ARG001
    """Tell friends: the pleased and the close invite, more or less so under a reward; the dissatisfied warn."""
    rule = p.mechanism.word_of_mouth
    if p.switches.word_of_mouth == 0 or me.degree == 0:
        return
    good = good_words(rule.good, me.satisfaction, rule.good_satisfaction, me.tie, rule.good_tie)
    me.invites = min(MOST_INVITES, me.invites + poisson(uniform(luck, Purpose.SHARE), good * p.derived.zeal))
    if p.switches.negative_word_of_mouth != 0:
        bad = bad_words(rule.bad, me.satisfaction, rule.bad_dissatisfaction, me.tie, rule.bad_tie)
        me.warns = poisson(uniform(luck, Purpose.WARN), bad)


@compiled
def credit(w: World, p: Params, record: Day, newcomers: int) -> None:  # noqa: ARG001 - as all evenings
    """Whoever brought a newcomer in is credited; people who joined are counted by generation of invitations."""
    last, today = w.records.generations.shape[0] - 1, w.board.today[0]
    for k in range(newcomers):
        me = w.people.rows[w.scratch.picked[k]]
        if me.first_joined == today.day:
            if me.inviter != NEVER:
                friend = w.people.rows[me.inviter]
                me.generation = friend.generation + 1
                friend.referrals += 1
                record.referral_joins += 1
                record.recruited_strong += 1 if friend.tier == STRONG else 0
                record.recruited_none += 1 if friend.tier == NONE else 0
                if today.day - friend.first_joined <= RECRUITING:
                    w.records.days[friend.first_joined].recruited += 1
            w.records.generations[min(me.generation, last)] += 1


@compiled
def deliver(w: World, p: Params, record: Day, asking: int) -> None:
    """Carry invitations and warnings to friends drawn at random."""
    people, tomorrow = w.people, w.board.today[0].day + 1
    for k in range(asking):
        i = w.scratch.line[k]
        me = people.rows[i]
        if me.degree == 0 or (me.invites == 0 and me.warns == 0):
            continue
        luck = key_of(w.board.today[0].key, i)
        for sent in range(me.invites):
            drawn = int(uniform_at(luck, Purpose.INVITEE, sent) * me.degree)
            invite(w, i, people.neighbours[people.indptr[i] + drawn], uniform_at(luck, Purpose.INVITE, sent))
        for sent in range(me.warns):
            drawn = int(uniform_at(luck, Purpose.WARNED, sent) * me.degree)
            friend = people.rows[people.neighbours[people.indptr[i] + drawn]]
            old = recalled(friend.heard_warnings, float(tomorrow - friend.warned_day), p.derived.memory)
            friend.heard_warnings = old + 1.0
            friend.warned_day = tomorrow
        record.invitations += me.invites
        record.warnings += me.warns


@compiled
def invite(w: World, sender: int, receiver: int, rank: float) -> None:
    """One invitation arrives; of several in a day, the one with the highest rank is credited."""
    friend = w.people.rows[receiver]
    if friend.status == MEMBER or friend.status == APPLIED:
        return
    if friend.inbox == 0 or rank > friend.inbox_rank:
        friend.inbox_rank = rank
        friend.inbox_from = sender
        friend.inbox_arm = w.people.rows[sender].arm
    friend.inbox = min(30000, friend.inbox + 1)
    w.people.flags[receiver] |= AWAKE
