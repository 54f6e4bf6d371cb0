"""A stranger notices the community, and weighs joining it."""

from __future__ import annotations

from typing import Any

from sim.engine.compiled import compiled
from sim.engine.draws import Purpose, uniform
from sim.engine.rules.attention import shifted
from sim.engine.rules.interests import match
from sim.engine.rules.joining import admission, contact_hazard, fee_shift, social_proof
from sim.engine.state.board import Scene
from sim.engine.state.people import APPLIED, AWARE, LEFT, NEVER, OUTSIDE


@compiled(merged=True)
def hear(me: Any, scene: Scene, p: Any, luck: Any) -> int:
    """The origin through which the person notices the community today, or NEVER.

    One draw decides among all sources in a fixed order, KOLs last, so that one more KOL changes only whom it reaches.
    """
    channels = len(scene.channels)
    if me.inbox > 0:
        return channels
    today, topics = scene.today[0], scene.topics[scene.today[0].phase]
    u = uniform(luck, Purpose.NOTICE)
    if u >= today.stir:
        return NEVER
    fit = match(me.focus, me.norm, topics[0, me.tribe], topics[0, me.tribe2])
    reached = 0.0
    for c in range(channels):
        channel = scene.channels[c]
        reached += contact_hazard(channel.contacts, channel.attention, channel.targeting, fit, today.fit_lift)
        if u < reached:
            return c
    if p.switches.word_of_mouth != 0 and me.degree > 0:
        reached += p.mechanism.word_of_mouth.visible * me.friends_in / me.degree
        if u < reached:
            return channels
    if me.status == AWARE:
        reached += p.entrance.consideration.reconsider
    elif me.status == LEFT:
        reached += p.mechanism.leaving.come_back
    if u < reached:
        return channels if me.origin == NEVER else me.origin
    if today.free_content != 0:
        for v in range(len(scene.voices)):
            reached += scene.voices[v].reach * match(me.focus, me.norm, topics[v, me.tribe], topics[v, me.tribe2])
            if u < reached:
                return channels + 1 + v
    return NEVER


@compiled(merged=True)
def consider(me: Any, origin: int, scene: Scene, p: Any, luck: Any) -> None:
    """Weigh joining: exposure is there, now expected benefit and admission."""
    today, topics, weigh = scene.today[0], scene.topics[scene.today[0].phase], p.entrance.consideration
    invited = me.inbox > 0
    fit = match(me.focus, me.norm, topics[0, me.tribe], topics[0, me.tribe2])
    shift = weigh.match * fit + weigh.quality * today.outside_quality + weigh.promise * p.culture.promise
    shift += p.market.latent.joining * me.latent
    if p.switches.word_of_mouth != 0:
        shift += social_proof(weigh.social, me.friends_in)
        shift -= p.mechanism.word_of_mouth.negative_weight * weigh.invitation * me.heard_warnings
    if origin < len(scene.channels):
        shift += scene.channels[origin].trust
    if invited:
        shift += weigh.invitation
        if p.switches.incentives != 0 and today.frozen == 0:
            shift -= p.mechanism.incentives.pay_doubt if p.mechanism.incentives.inviter_reward > 0.0 else 0.0
            shift += p.entrance.screening.fee_deterrence * p.mechanism.incentives.invitee_reward / me.power
    if p.entrance.screening.fee > 0.0:
        shift += fee_shift(p.entrance.screening.fee, p.entrance.screening.fee_deterrence, me.power)
    if me.status == LEFT:
        shift += p.mechanism.attention.satisfaction * (2.0 * me.satisfaction - 1.0)
    if me.status == OUTSIDE:
        me.status = AWARE
    if me.origin == NEVER or me.status != LEFT:
        me.origin = origin
    me.noticed = origin
    passes = uniform(luck, Purpose.SCREEN) < admission(
        fit, p.entrance.screening.threshold, p.entrance.screening.softness
    )
    if passes and uniform(luck, Purpose.ACCEPT) < shifted(weigh.base, shift):
        me.status = APPLIED
        if me.first_joined == NEVER:
            me.inviter = me.inbox_from if invited else NEVER
    me.inbox = 0
    me.inbox_rank = 0.0
    me.heard_warnings = 0
