"""Content: what is read of posts and messages with finite attention, what it gives, when it becomes too much."""

from __future__ import annotations

import numpy as np

from sim.engine.compiled import compiled
from sim.engine.mechanisms.participation import lively
from sim.engine.rules.attention import fraction_read, overload, reading_cost
from sim.engine.rules.content import freshness, saturation, tone
from sim.engine.rules.interests import match
from sim.engine.rules.ties import grown
from sim.engine.state.arrays import Floats
from sim.engine.state.board import Board
from sim.engine.state.measures import Day, Tally
from sim.engine.state.people import Person
from sim.engine.state.plan import Params, arm_of
from sim.engine.state.world import World

#: Days of posts that somebody who comes back scrolls through. Design choice.
BACKLOG = 7


@compiled(merged=True)
def rest(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> None:  # noqa: ARG001
    """A night's rest: what was seen lately wears off."""
    me.habit *= p.mechanism.content.rest


@compiled(merged=True)
def read(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> None:  # noqa: ARG001
    """Read what was posted since the last visit, and the group's messages; it adds to the day's experience.

    Bonds with each voice grow with what is read of it. Overload is noted for :mod:`sim.engine.mechanisms.leaving`.
    """
    today, topics, content = board.today[0], board.plan.topics[arm_of(me)], p.mechanism.content
    attention = p.mechanism.attention
    since = max(me.seen_day + 1, today.day + 1 - BACKLOG, 0)
    fit = match(me.focus, me.norm, topics[0, me.tribe], topics[0, me.tribe2])
    on_topic = today.messages * (1.0 - today.off_topic)
    signal, offered, dose, posts = on_topic * fit, today.messages + today.promos, 0.0, 0.0
    for v in range(len(board.voices)):
        told = board.feed[today.day + 1, v] - board.feed[since, v]
        fit_voice = match(me.focus, me.norm, topics[v, me.tribe], topics[v, me.tribe2])
        if fit_voice > 0.0:
            posts += told
            signal += told * fit_voice
            dose += told * fit_voice * board.voices[v].quality
    offered += posts
    if p.derived.platform != 0:
        offered = signal + (offered - signal) * (1.0 - p.derived.relevance)
    share = fraction_read(attention.capacity, offered)
    fresh = freshness(content.habituation, me.habit) if p.switches.habituation != 0 else 1.0
    for v in range(len(board.voices)):
        told = board.feed[today.day + 1, v] - board.feed[since, v]
        if told > 0.0:
            hear_voice(me, bonds, board, p, v, told * share, fresh)
    me.habit += posts * share
    me.overloaded = overload(attention.overload, offered, attention.knee) if p.switches.overload != 0 else 0.0
    use = p.derived.use_value * me.friends_in / me.degree if me.degree > 0 else 0.0
    buzz = p.mechanism.participation.buzz * lively(on_topic * fit, p)
    benefit = 1.0 - (1.0 - fresh * saturation(dose * share, content.half_saturation)) * (1.0 - buzz) * (1.0 - use)
    gained = max(0.0, benefit - reading_cost(attention.reading_cost, offered * share, signal, offered))
    me.experience = 1.0 - (1.0 - me.experience) * (1.0 - gained)


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
