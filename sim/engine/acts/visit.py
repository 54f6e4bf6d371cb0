"""Members decide whether to come today."""

from __future__ import annotations

from typing import Any

from sim.engine.compiled import compiled
from sim.engine.draws import Purpose, uniform
from sim.engine.rules.attention import forgotten, shifted
from sim.engine.rules.content import freshness
from sim.engine.rules.interests import match
from sim.engine.rules.ties import grown, kept_share
from sim.engine.state.board import Scene


@compiled(merged=True)
def attend(me: Any, bonds: Any, scene: Scene, p: Any, luck: Any, tally: Any) -> float:
    """Come to the activity for which a place was granted: the experience of it, or −1 without one."""
    attending, seat = p.mechanism.attending, me.seat
    me.seat = 0
    me.event_habit *= attending.rest
    if seat == 0 or uniform(luck, Purpose.SHOW_UP) >= attending.show_up:
        return -1.0
    activity, topics = scene.activities[seat - 1], scene.topics[scene.today[0].phase]
    fit = match(me.focus, me.norm, topics[0, me.tribe], topics[0, me.tribe2])
    fresh = freshness(attending.habituation, me.event_habit) if p.switches.habituation != 0 else 1.0
    experience = activity.quality * fresh * fit
    bonds[0] = grown(bonds[0], attending.firm_bond * experience)
    if p.switches.member_ties != 0:
        me.bond_members = grown(me.bond_members, activity.bonding * experience)
    me.event_habit += 1.0
    me.attended += 1
    tally.attendance += 1
    tally.cost_attendance += activity.head_cents
    return experience


@compiled(merged=True)
def visit(me: Any, today: Any, p: Any, luck: Any) -> bool:
    """Whether a member comes: propensity, tie, satisfaction, friends and a welcome pull; time away makes forget."""
    attention = p.mechanism.attention
    logit = attention.drive * me.drive + attention.tie * me.tie + attention.satisfaction * (2.0 * me.satisfaction - 1.0)
    logit += forgotten(attention.forgetting, today.day - me.seen_day) + me.lift
    logit += p.culture.identity * kept_share(float(today.day - me.joined_day), 30.0)
    if p.switches.word_of_mouth != 0 and me.degree > 0:
        logit += attention.friends * me.friends_in / me.degree
    if today.platform != 0 and p.switches.platform != 0:
        logit += p.carrier.platform.visit_lift
    return uniform(luck, Purpose.OPEN) < shifted(attention.visit, logit)
