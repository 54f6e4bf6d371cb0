"""What is recorded of a person's day."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.engine.compiled import compiled
from sim.engine.state.measures import AGES, FIXED
from sim.engine.state.people import APPLIED, MEMBER, NEVER, OUTSIDE, SEEN_AWARE, SEEN_BUYER, SEEN_MEMBER, STRONG

_SLOT = np.full(AGES[-1] + 1, -1, np.int64)
_SLOT[list(AGES)] = np.arange(len(AGES))


@compiled(merged=True)
def count(me: Any, bonds: Any, today: Any, p: Any, tally: Any, ages: Any) -> None:
    """Add a member to the day's record: levels, sums in fixed point, and the cohort's survivors at set ages."""
    if me.status != MEMBER:
        return
    ties = p.mechanism.ties
    away = today.day - me.seen_day
    tally.members += 1
    tally.members_strong += 1 if me.tier == STRONG else 0
    tally.active += 1 if away < 7 else 0
    tally.active_30 += 1 if away < 30 else 0
    tally.lapsed += 1 if away >= p.mechanism.leaving.lapse_days else 0
    tally.tie_sum += int(me.tie * FIXED)
    tally.firm_sum += int(bonds[0] * FIXED)
    closest = 0.0
    for v in range(1, len(bonds)):
        closest = max(closest, bonds[v])
    tally.kol_sum += int(closest * FIXED)
    tally.fans += 1 if closest >= ties.weak_enter else 0
    tally.member_sum += int(me.bond_members * FIXED)
    tally.member_ties_strong += 1 if me.bond_members >= ties.strong_enter else 0
    tally.member_ties_weak += 1 if ties.weak_enter <= me.bond_members < ties.strong_enter else 0
    tally.satisfaction_sum += int(me.satisfaction * FIXED)
    tally.expectation_sum += int(me.expectation * FIXED)
    age = today.day - me.first_joined
    if age < len(_SLOT) and _SLOT[age] >= 0:
        ages[_SLOT[age], 0] += 1
        ages[_SLOT[age], 1] += 1 if away < 7 else 0


@compiled(inline=True)
def asks(me: Any) -> bool:
    """Whether the evening has anything to do for this person."""
    return (
        me.noticed != NEVER
        or me.status == APPLIED
        or me.questions > 0
        or me.wants_seat > 0
        or me.invites > 0
        or me.warns > 0
        or me.sale > 0
    )


@compiled(inline=True)
def seen(me: Any) -> int:
    """What neighbours can see of a person."""
    bits = SEEN_MEMBER if me.status == MEMBER else 0
    if me.purchases > 0:
        bits |= SEEN_BUYER
    if me.status != OUTSIDE:
        bits |= SEEN_AWARE
    return bits


@compiled(inline=True)
def publishes(me: Any) -> bool:
    """Whether what neighbours can see has changed today."""
    return seen(me) != me.published
