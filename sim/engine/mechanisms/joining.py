"""Joining: a stranger notices the community, weighs it and applies; in the evening there may be a place."""

from __future__ import annotations

import numpy as np

from sim.engine.compiled import compiled
from sim.engine.draws import Purpose, key_of, uniform
from sim.engine.priority import in_turn
from sim.engine.rules.attention import shifted
from sim.engine.rules.interests import match
from sim.engine.rules.joining import admission, contact_hazard, fee_shift, hesitation, linked_share, social_proof
from sim.engine.rules.word_of_mouth import recalled
from sim.engine.state.arrays import Floats
from sim.engine.state.board import Board
from sim.engine.state.events import DOOR_CLOSED
from sim.engine.state.measures import FIXED, ArmDay, Day, Tally
from sim.engine.state.people import APPLIED, AWAKE, AWARE, LEFT, MEMBER, NEVER, OUTSIDE, Person
from sim.engine.state.plan import Params, arm_of
from sim.engine.state.world import World, note


@compiled
def set_ceiling(w: World, p: Params, record: Day) -> None:  # noqa: ARG001 - as all mornings
    """The highest chance today that a person whom nothing else touches has to be looked at."""
    today, highest = w.board.today[0], 0.0
    for arm in range(w.board.plan.params.shape[0]):
        highest = max(highest, ceiling(w.board, arm))
    today.stir = highest * 1.000001


@compiled
def ceiling(board: Board, arm: int) -> float:
    """The highest sum of hazards of anybody in an arm (see :func:`source`)."""
    most, lift, p = 0.0, board.plan.fit_lift[arm], board.plan.params[arm]
    for c in range(len(board.channels)):
        channel = board.channels[c]
        most += channel.contacts * channel.attention * (1.0 - channel.targeting + channel.targeting * lift)
    most += p.derived.visible
    most += max(p.entrance.consideration.reconsider, p.derived.come_back)
    if board.today[0].free_content != 0:
        for v in range(len(board.voices)):
            most += board.voices[v].reach
    return most


@compiled(merged=True)
def hear(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> None:  # noqa: ARG001
    """A stranger may notice the community today: by an invitation, or through one of all sources."""
    origin = len(board.channels) if me.inbox > 0 else source(me, board, p)
    if origin != NEVER:  # else the row is left clean: most of a market is only looked at
        me.noticed = origin


@compiled(merged=True)
def source(me: Person, board: Board, p: Params) -> int:
    """The origin through which the person notices the community today, or NEVER.

    One draw decides among all sources in a fixed order, KOLs last, so that one more KOL changes only whom it reaches.
    """
    today, topics, channels = board.today[0], board.plan.topics[arm_of(me)], len(board.channels)
    u = uniform(key_of(today.key, me.id), Purpose.NOTICE)  # as at the first look, which knows no lives
    fit = match(me.focus, me.norm, topics[0, me.tribe], topics[0, me.tribe2])
    reached, lift = 0.0, board.plan.fit_lift[arm_of(me)]
    for c in range(channels):
        channel = board.channels[c]
        reached += contact_hazard(channel.contacts, channel.attention, channel.targeting, fit, lift)
        if u < reached:
            return c
    if me.degree > 0:
        reached += p.derived.visible * me.friends_in / me.degree
        if u < reached:
            return channels
    if me.status == AWARE:
        reached += p.entrance.consideration.reconsider
    elif me.status == LEFT:
        reached += p.derived.come_back
    if u < reached:
        return channels if me.origin == NEVER else me.origin
    if today.free_content != 0:
        for v in range(len(board.voices)):
            reached += board.voices[v].reach * match(me.focus, me.norm, topics[v, me.tribe], topics[v, me.tribe2])
            if u < reached:
                return channels + 1 + v
    return NEVER


@compiled(merged=True)
def consider(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> None:  # noqa: ARG001
    """Weigh joining: exposure is there, now expected benefit and admission."""
    topics, weigh, screening = board.plan.topics[arm_of(me)], p.entrance.consideration, p.entrance.screening
    invited = me.inbox > 0
    fit = match(me.focus, me.norm, topics[0, me.tribe], topics[0, me.tribe2])
    shift = weigh.match * fit + weigh.quality * board.today[0].outside_quality + weigh.promise * p.culture.promise
    shift += p.market.latent.joining * me.latent + p.derived.repute_joining
    if p.derived.friends != 0:
        shift += social_proof(weigh.social, me.friends_in)
        shift += weigh.linked * linked_share(me.friends_linked, me.friends_in)
        shift -= hesitation(weigh.hesitation, weigh.signals, me.friends_in)
        warned = recalled(me.heard_warnings, float(board.today[0].day - me.warned_day), p.derived.memory)
        shift -= p.derived.warning * weigh.invitation * warned
    if me.noticed < len(board.channels):
        shift += board.channels[me.noticed].trust
    if invited:
        shift += weigh.invitation
        shift -= board.plan.params[me.inbox_arm].derived.doubt  # it is the inviter's pay that is known
        shift += screening.fee_deterrence * p.derived.invitee_reward / me.power
    if screening.fee > 0.0:
        shift += fee_shift(screening.fee, screening.fee_deterrence, me.power)
    if me.status == LEFT:
        shift += p.derived.pull * (2.0 * me.satisfaction - 1.0)
    if me.status == OUTSIDE:
        me.status = AWARE
    if me.origin == NEVER or me.status != LEFT:
        me.origin = me.noticed
    passes = uniform(luck, Purpose.SCREEN) < admission(fit, screening.threshold, screening.softness)
    passes = passes and (invited or screening.invited_only == 0)
    if passes and opinion(me, board, luck, weigh.mood) < shifted(weigh.base, shift):
        me.status = APPLIED
        if me.first_joined == NEVER:
            me.inviter = me.inbox_from if invited else NEVER
    me.inbox = 0
    me.inbox_rank = 0.0
    me.heard_warnings = 0.0


@compiled(inline=True)
def opinion(me: Person, board: Board, luck: np.uint64, mood: float) -> float:
    """What the chance of joining must exceed, in [0, 1): a settled opinion, or with chance ``mood`` that of the day."""
    if uniform(luck, Purpose.MOOD) < mood:
        return uniform(luck, Purpose.ACCEPT)
    return uniform(key_of(key_of(board.today[0].run_key, me.id), me.life), Purpose.OPINION)


@compiled
def count_noticed(w: World, p: Params, record: Day, asking: int) -> None:  # noqa: ARG001 - as all evenings
    """Who noticed the community today, by origin."""
    for k in range(asking):
        me = w.people.rows[w.scratch.line[k]]
        if me.noticed != NEVER:
            w.records.noticed[w.board.today[0].day, me.noticed] += 1


@compiled
def admit(w: World, p: Params, record: Day, asking: int) -> int:  # noqa: ARG001 - as all evenings
    """Let applicants in; where places are short, in order of priority, and the others wait.

    Returns how many came in; they stand first among those picked.
    """
    today, picked, n = w.board.today[0], w.scratch.picked, 0
    for k in range(asking):
        if w.people.rows[w.scratch.line[k]].status == APPLIED:
            picked[n] = w.scratch.line[k]
            n += 1
    places = max(0, today.places - record.members)
    if n > places:
        if today.waiting == 0:
            note(w.records, today.day, DOOR_CLOSED, 0, n - places)
        in_turn(picked, w.scratch.rank, n, today.key, Purpose.PLACE)
    today.waiting = n - places if n > places else 0
    newcomers = min(n, places)
    for k in range(newcomers):
        let_in(w, picked[k], record)
    return newcomers


@compiled
def let_in(w: World, i: int, record: Day) -> None:
    """One person becomes a member, new (the fee is paid, not by founders) or returning."""
    me, today = w.people.rows[i], w.board.today[0]
    own = w.records.arm_days[today.day, arm_of(me)]
    me.status, me.follows = MEMBER, 0
    if me.first_joined == NEVER:
        me.first_joined = today.day
        record.joined += 1
        own.joined += 1
        if me.origin != w.records.joined.shape[1] - 1:
            fee = int(w.board.plan.params[arm_of(me)].entrance.screening.fee * 100.0 + 0.5)
            me.spent += fee
            record.fees += fee
            record.revenue += fee
            own.revenue += fee
        origin = w.board.channels.shape[0] if me.inviter != NEVER else me.origin
        w.records.joined[today.day, origin] += 1
        count_source(w, origin, record)
    else:
        record.returned += 1
        own.returned += 1
    me.joined_day = today.day
    me.seen_day = today.day
    w.people.flags[i] |= AWAKE
    count_in(record)
    count_in(own)


@compiled(inline=True)
def count_in(record: Day | ArmDay) -> None:
    """One member more, who is there today."""
    record.members += 1
    record.active += 1
    record.active_30 += 1


@compiled(inline=True)
def count_source(w: World, origin: int, record: Day) -> None:
    """Count somebody who joined by what brought them: contacts that were bought, friends, posts."""
    channels = w.board.channels.shape[0]
    if origin < channels:
        record.joined_bought += int(w.board.channels[origin].bought * FIXED)
    elif origin == channels:
        record.joined_friends += 1
    elif origin <= channels + w.board.voices.shape[0]:
        record.joined_posts += 1
