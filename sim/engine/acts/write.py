"""Members' own messages, questions, and places at activities."""

from __future__ import annotations

import math
from typing import Any

from sim.engine.acts.read import lively
from sim.engine.compiled import compiled
from sim.engine.draws import Purpose, poisson, uniform, uniform_at
from sim.engine.rules.interests import match
from sim.engine.rules.motivation import effort
from sim.engine.state.board import Scene
from sim.engine.state.people import GRANTED, STRONG

#: Most messages a person writes on a day. Design choice; keeps the heavy tail finite.
MOST = 200.0


@compiled(merged=True)
def write(me: Any, today: Any, p: Any, luck: Any, tally: Any) -> None:
    """Write messages; a first one always asks for an answer, people with a strong tie ask for more."""
    if p.switches.participation == 0:
        return
    rule, incentives = p.mechanism.participation, p.mechanism.incentives
    pay = incentives.points_per_post * incentives.point_value if today.frozen == 0 else 0.0
    rate = rule.posts * math.exp(rule.drive * me.drive) * (1.0 + rule.tie * me.tie)
    if p.switches.incentives != 0:
        crowding = incentives.crowding if p.switches.crowding != 0 else 0.0
        rate *= effort(pay, crowding, incentives.pay_gain, incentives.pay_half)
        rate *= max(0.0, 1.0 + incentives.praise_gain * incentives.praise)
    written = poisson(uniform(luck, Purpose.POST), min(MOST, rate))
    if written == 0:
        return
    first = 1 if me.posts == 0 else 0
    asking = rule.question * (1.0 + (p.structure.service.demand_strong if me.tier == STRONG else 0.0))
    later = poisson(uniform(luck, Purpose.REPLY), asking * (written - first))
    ask(me, first + min(later, written - first), today, p, luck)
    me.posts += written
    tally.member_posts += written
    tally.new_contributors += first
    if p.switches.incentives != 0:
        tally.cost_points += int(written * pay * 100.0 + 0.5)


@compiled(merged=True)
def ask(me: Any, questions: int, today: Any, p: Any, luck: Any) -> None:
    """Members of a lively group answer some of the questions; the others go to the operators."""
    fitting = today.messages * (1.0 - today.off_topic)
    helped = p.mechanism.participation.peer_reply * lively(fitting, p)
    answered = 0
    for k in range(questions):
        answered += 1 if uniform_at(luck, Purpose.PEER, k) < helped else 0
    if answered > 0:
        me.answer = GRANTED
    me.questions = questions - answered


@compiled(merged=True)
def enrol(me: Any, scene: Scene, luck: Any) -> None:
    """Ask for a place at one of tomorrow's activities, by interest in the theme."""
    phase = scene.today[0].phase
    topics, attending = scene.topics[phase], scene.params[phase].mechanism.attending
    fit = match(me.focus, me.norm, topics[0, me.tribe], topics[0, me.tribe2])
    for a in range(len(scene.activities)):
        if scene.activities[a].open > 0 and uniform_at(luck, Purpose.SEAT, a) < attending.interest * fit:
            me.wants_seat = a + 1
            return
