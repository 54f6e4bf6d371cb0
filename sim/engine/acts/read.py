"""Finite attention: what is read, what it gives, when it becomes too much."""

from __future__ import annotations

from typing import Any

from sim.engine.compiled import compiled
from sim.engine.rules.attention import fraction_read, overload, reading_cost
from sim.engine.rules.content import freshness, saturation, tone
from sim.engine.rules.expectation import disconfirmation, expectation_next, satisfaction_next
from sim.engine.rules.interests import match
from sim.engine.rules.ties import grown, shaken
from sim.engine.state.board import Scene

#: Days of posts that somebody who comes back scrolls through. Design choice.
BACKLOG = 7


@compiled(merged=True)
def read(me: Any, bonds: Any, scene: Scene, p: Any) -> float:
    """Read what was posted since the last visit, and the group's messages; returns the experience, 0 to 1.

    Bonds with each voice grow with what is read of it. Overload is noted for :mod:`sim.engine.acts.leave`.
    """
    today, topics, content = scene.today[0], scene.topics[scene.today[0].phase], p.mechanism.content
    since = max(me.seen_day + 1, today.day + 1 - BACKLOG, 0)
    fit = match(me.focus, me.norm, topics[0, me.tribe], topics[0, me.tribe2])
    on_topic = today.messages * (1.0 - today.off_topic)
    signal, offered, dose, posts = on_topic * fit, today.messages + today.promos, 0.0, 0.0
    for v in range(len(scene.voices)):
        told = scene.feed[today.day + 1, v] - scene.feed[since, v]
        fit_voice = match(me.focus, me.norm, topics[v, me.tribe], topics[v, me.tribe2])
        if fit_voice > 0.0:
            posts += told
            signal += told * fit_voice
            dose += told * fit_voice * scene.voices[v].quality
    offered += posts
    if today.platform != 0 and p.switches.platform != 0:
        offered = signal + (offered - signal) * (1.0 - p.carrier.platform.relevance)
    share = fraction_read(p.mechanism.attention.capacity, offered)
    fresh = freshness(content.habituation, me.habit) if p.switches.habituation != 0 else 1.0
    for v in range(len(scene.voices)):
        told = scene.feed[today.day + 1, v] - scene.feed[since, v]
        if told > 0.0:
            hear_voice(me, bonds, v, told * share, fresh, scene, p)
    me.habit += posts * share
    me.overloaded = 0.0
    if p.switches.overload != 0:
        me.overloaded = overload(p.mechanism.attention.overload, offered, p.mechanism.attention.knee)
    use = 0.0
    if today.platform != 0 and p.switches.platform != 0 and me.degree > 0:
        use = p.carrier.platform.use_value * me.friends_in / me.degree
    buzz = p.mechanism.participation.buzz * lively(on_topic * fit, p)
    benefit = 1.0 - (1.0 - fresh * saturation(dose * share, content.half_saturation)) * (1.0 - buzz) * (1.0 - use)
    return max(0.0, benefit - reading_cost(p.mechanism.attention.reading_cost, offered * share, signal, offered))


@compiled(merged=True)
def hear_voice(me: Any, bonds: Any, v: int, told: float, fresh: float, scene: Scene, p: Any) -> None:
    """The bond with voice ``v`` grows with ``told`` posts read of it: parasocial, by fit, tone and authenticity."""
    topics, content = scene.topics[scene.today[0].phase], p.mechanism.content
    voice = scene.voices[v]
    fit = match(me.focus, me.norm, topics[v, me.tribe], topics[v, me.tribe2])
    gain = p.mechanism.ties.firm_gain if v == 0 else p.mechanism.ties.kol_gain
    moved = tone(voice.warmth, content.warmth_bond, voice.attitude, content.attitude_bond, fit)
    benefit = saturation(told * fit * voice.quality, content.half_saturation)
    bonds[v] = grown(bonds[v], gain * voice.authenticity * moved * fresh * benefit)


@compiled(inline=True)
def lively(fitting: float, p: Any) -> float:
    """Liveliness of a group, 0 to 1: saturates in the fitting messages of a day."""
    return fitting / (fitting + p.mechanism.participation.buzz_half) if fitting > 0.0 else 0.0


@compiled(merged=True)
def judge(me: Any, bonds: Any, p: Any, attended: float, experience: float) -> None:
    """Experience against expectation: satisfaction follows, the bar moves, disappointment shakes the firm's tie."""
    rule = p.mechanism.expectation
    me.experience = 1.0 - (1.0 - attended) * (1.0 - experience)
    aversion = rule.loss_aversion if p.switches.expectation != 0 else 1.0
    gap = disconfirmation(me.experience, me.expectation, aversion)
    me.satisfaction = satisfaction_next(
        me.satisfaction, rule.memory, me.expectation, rule.expectation_weight, gap, rule.disconfirmation_weight
    )
    if gap < 0.0:
        bonds[0] = shaken(bonds[0], p.mechanism.ties.shortfall, -gap)
    if p.switches.expectation != 0:
        me.expectation = expectation_next(me.expectation, me.experience, rule.rise, rule.fall)
