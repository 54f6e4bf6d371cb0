"""Content: what is read of posts and messages with finite attention, what it gives, when it becomes too much."""

from __future__ import annotations

import numpy as np

from sim.engine.compiled import compiled
from sim.engine.draws import Purpose, uniform
from sim.engine.mechanisms.participation import lively
from sim.engine.rules.attention import fraction_read, mute_chance, overload, reading_cost
from sim.engine.rules.content import freshness, saturation, tone
from sim.engine.rules.interests import match
from sim.engine.rules.ties import grown, kept_share
from sim.engine.state.arrays import Floats
from sim.engine.state.board import Board
from sim.engine.state.measures import Day, Tally
from sim.engine.state.people import MEMBER, Person
from sim.engine.state.plan import Params, arm_of
from sim.engine.state.world import World

#: Days of posts that somebody who comes back scrolls through. Design choice.
BACKLOG = 7


@compiled
def show_outside(w: World, p: Params, record: Day) -> None:  # noqa: ARG001 - as all mornings
    """Quality as strangers see it: that of public posts of late, which fade; nil before stage 1 and after silence.

    One post of no quality stands beside them (Laplace's rule), so that little to see is little to be taken in by.
    """
    today, kept = w.board.today[0], kept_share(1.0, p.mechanism.content.shelf_life)
    today.outside_posts *= kept
    today.outside_good *= kept
    if today.free_content != 0:
        for v in range(w.board.voices.shape[0]):
            today.outside_posts += w.board.voices[v].posts
            today.outside_good += w.board.voices[v].posts * w.board.voices[v].quality
    today.outside_quality = today.outside_good / (today.outside_posts + 1.0)


@compiled(merged=True)
def rest(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> None:  # noqa: ARG001
    """A night's rest: what was seen lately wears off."""
    me.habit *= p.mechanism.content.rest


@compiled(merged=True)
def read(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> None:
    """Read what was posted since the last visit, then the group's chat as far as attention goes; it makes the day.

    Bonds with each voice grow with what is read of it. Reading costs, the more so among noise.
    """
    today, topics, content = board.today[0], board.plan.topics[arm_of(me)], p.mechanism.content
    attention = p.mechanism.attention
    since, posts, signal, dose = posts_since(me, today.day), 0.0, 0.0, 0.0
    promos = today.promos if me.status == MEMBER else 0.0
    for v in range(len(board.voices)):
        told = board.feed[today.day + 1, v] - board.feed[since, v]
        fit_voice = match(me.focus, me.norm, topics[v, me.tribe], topics[v, me.tribe2])
        if fit_voice > 0.0:
            posts += told
            signal += told * fit_voice
            dose += told * fit_voice * board.voices[v].quality
    share = fraction_read(attention.capacity, posts + promos)
    fresh = freshness(content.habituation, me.habit) if p.switches.habituation != 0 else 1.0
    for v in range(len(board.voices)):
        told = board.feed[today.day + 1, v] - board.feed[since, v]
        if told > 0.0:
            hear_voice(me, bonds, board, p, v, told * share, fresh)
    me.habit += posts * share
    fit = match(me.focus, me.norm, topics[0, me.tribe], topics[0, me.tribe2])
    chat, talk = chat_of(me, board, p), on_topic(me, board, fit)
    left = attention.capacity - (posts + promos) * share
    chat_read = fraction_read(left, chat) if left > 0.0 else 0.0
    offered, taken = posts + promos + chat, (posts + promos) * share + chat * chat_read
    crowd_out(me, p, luck, chat, offered, tally)
    use = p.derived.use_value * me.friends_in / me.degree if me.degree > 0 and me.status == MEMBER else 0.0
    buzz = p.mechanism.participation.buzz * lively(talk * chat_read, p) * tone_of_chat(me, board, p)
    benefit = 1.0 - (1.0 - fresh * saturation(dose * share, content.half_saturation)) * (1.0 - buzz) * (1.0 - use)
    cost = reading_cost(attention.reading_cost, taken, signal + talk, offered, attention.least_signal)
    me.experience = 1.0 - (1.0 - me.experience) * (1.0 - max(0.0, benefit - cost))


@compiled(inline=True)
def posts_since(me: Person, day: int) -> int:
    """The first day whose posts are new to somebody who comes."""
    return max(me.seen_day + 1, day + 1 - BACKLOG, 0)


@compiled(inline=True)
def on_topic(me: Person, board: Board, fit: float) -> float:
    """Yesterday's messages in the person's group that are on topic, by fit; none where the chat is muted."""
    if me.group < 0 or me.muted != 0:
        return 0.0
    return board.groups[me.group].said * (1.0 - board.today[0].off_topic) * fit


@compiled(inline=True)
def chat_of(me: Person, board: Board, p: Params) -> float:
    """Yesterday's messages in the person's group that reach them; a platform filters noise."""
    if me.group < 0 or me.muted != 0:
        return 0.0
    said = board.groups[me.group].said
    if p.derived.platform != 0:
        said *= 1.0 - p.derived.relevance * board.today[0].off_topic
    return said


@compiled(inline=True)
def tone_of_chat(me: Person, board: Board, p: Params) -> float:
    """What the mood of those who wrote makes of a lively group, 1 in the middle (emotional contagion, Barsade 2002)."""
    mood = board.groups[me.group].mood if me.group >= 0 else 0.5
    return 1.0 + p.mechanism.participation.contagion * (2.0 * mood - 1.0)


@compiled(merged=True)
def crowd_out(me: Person, p: Params, luck: np.uint64, chat: float, offered: float, tally: Tally) -> None:
    """Note overload, for :mod:`sim.engine.mechanisms.leaving`; a chat that is too much may be muted first."""
    attention = p.mechanism.attention
    tally.beyond += 1 if me.status == MEMBER and offered > attention.capacity else 0
    me.overloaded = 0.0
    if p.switches.overload != 0:
        me.overloaded = overload(attention.overload, offered, attention.knee)
    if (
        chat > 0.0
        and me.overloaded > 0.0
        and uniform(luck, Purpose.MUTE) < mute_chance(attention.muting, me.overloaded)
    ):
        me.muted = 1


@compiled(merged=True)
def hear_voice(me: Person, bonds: Floats, board: Board, p: Params, v: int, told: float, fresh: float) -> None:
    """The bond with voice ``v`` grows with ``told`` posts read of it: parasocial, by fit, tone and authenticity."""
    voice, topics, content = board.voices[v], board.plan.topics[arm_of(me)], p.mechanism.content
    fit = match(me.focus, me.norm, topics[v, me.tribe], topics[v, me.tribe2])
    gain = p.mechanism.ties.firm_gain if v == 0 else p.mechanism.ties.kol_gain
    moved = tone(voice.warmth, content.warmth_bond, voice.attitude, content.attitude_bond, fit)
    benefit = saturation(told * fit * voice.quality, content.half_saturation)
    bonds[v] = grown(bonds[v], gain * voice.authenticity * moved * fresh * benefit)


@compiled
def refresh(w: World, p: Params, record: Day, newcomers: int) -> None:  # noqa: ARG001 - as all evenings
    """Those who return after leaving have forgotten what they had seen and attended."""
    for k in range(newcomers):
        me = w.people.rows[w.scratch.picked[k]]
        if me.first_joined != w.board.today[0].day:
            me.habit = 0.0
            me.event_habit = 0.0
