"""Yesterday's answers arrive."""

from __future__ import annotations

from typing import Any

from sim.engine.compiled import compiled
from sim.engine.draws import Purpose, poisson, uniform
from sim.engine.rules.motivation import effort
from sim.engine.rules.ties import grown
from sim.engine.state.people import GRANTED, NOTHING, REFUSED


@compiled(merged=True)
def receive(me: Any, bonds: Any, today: Any, p: Any, luck: Any) -> None:
    """What the evening granted or refused takes effect: a welcome, an answer, a friend's warning."""
    service = p.structure.service
    me.lift *= today.lift_kept
    me.habit *= p.mechanism.content.rest
    if me.welcomed == GRANTED:
        me.lift += service.onboard_lift
    if me.answer == GRANTED:
        me.lift += service.reply_lift
        bonds[0] = grown(bonds[0], service.reply_bond)
    elif me.answer == REFUSED:
        me.satisfaction = max(0.0, me.satisfaction - service.unanswered)
    if me.heard_warnings > 0:
        me.satisfaction = max(0.0, me.satisfaction - p.mechanism.word_of_mouth.shaken * me.heard_warnings)
    if me.joined_day == today.day - 1 and p.switches.word_of_mouth != 0:
        me.invites = poisson(uniform(luck, Purpose.AT_JOINING), p.mechanism.word_of_mouth.at_joining * zeal(today, p))
    me.welcomed = NOTHING
    me.answer = NOTHING
    me.heard_warnings = 0
    me.inbox = 0
    me.inbox_rank = 0.0


@compiled(inline=True)
def zeal(today: Any, p: Any) -> float:
    """Effort in inviting friends under the referral reward, while there is money for it."""
    incentives = p.mechanism.incentives
    if p.switches.incentives == 0 or today.frozen != 0:
        return 1.0
    crowding = incentives.crowding if p.switches.crowding != 0 else 0.0
    return effort(incentives.inviter_reward, crowding, incentives.pay_gain, incentives.pay_half)
