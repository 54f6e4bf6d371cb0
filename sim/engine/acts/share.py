"""Recommending, inviting, warning."""

from __future__ import annotations

from typing import Any

from sim.engine.acts.receive import zeal
from sim.engine.compiled import compiled
from sim.engine.draws import Purpose, poisson, uniform


@compiled(merged=True)
def share(me: Any, today: Any, p: Any, luck: Any) -> None:
    """The pleased invite friends, more or less so under a reward; the dissatisfied warn them."""
    rule = p.mechanism.word_of_mouth
    if p.switches.word_of_mouth == 0 or me.degree == 0:
        return
    if me.satisfaction > rule.pleased_above:
        pleased = (me.satisfaction - rule.pleased_above) / (1.0 - rule.pleased_above)
        sent = poisson(uniform(luck, Purpose.SHARE), rule.per_visit * pleased * zeal(today, p))
        me.invites += sent
    elif me.satisfaction < rule.upset_below and p.switches.negative_word_of_mouth != 0:
        upset = (rule.upset_below - me.satisfaction) / rule.upset_below
        me.warns = poisson(uniform(luck, Purpose.SHARE), rule.warnings * upset)
