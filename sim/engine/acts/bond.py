"""Ties decay and grow; none, weak, strong."""

from __future__ import annotations

from typing import Any

from sim.engine.acts.read import lively
from sim.engine.compiled import compiled
from sim.engine.rules.ties import combined, grown, tier_of
from sim.engine.state.measures import FIXED
from sim.engine.state.people import MEMBER, NONE, STRONG, WEAK


@compiled(merged=True)
def bond(me: Any, bonds: Any, today: Any, p: Any, tally: Any) -> None:
    """A day's end for the ties: a visit brings members together, time loosens, thresholds decide the tier."""
    ties = p.mechanism.ties
    if p.switches.member_ties != 0 and me.status == MEMBER and me.seen_day == today.day:
        friends = me.friends_in / me.degree if me.degree > 0 else 0.0
        company = 1.0 - (1.0 - friends) * (1.0 - lively(today.messages * (1.0 - today.off_topic), p))
        me.bond_members = grown(me.bond_members, ties.member_gain * company)
    me.bond_members *= today.tie_kept
    closest = 0.0
    for v in range(len(bonds)):
        bonds[v] *= today.tie_kept
        if v > 0:
            closest = max(closest, bonds[v])
    me.tie = combined(ties.firm_weight * bonds[0], ties.kol_weight * closest, ties.member_weight * me.bond_members)
    tier = tier_of(me.tie, me.tier, ties.weak_enter, ties.weak_exit, ties.strong_enter, ties.strong_exit)
    if tier != me.tier:
        record_step(me.tier, tier, tally)
        me.tier = tier
    me.slept_day = today.day
    tally.weak += 1 if tier == WEAK else 0
    tally.strong += 1 if tier == STRONG else 0
    tally.strength_sum += int(me.tie * FIXED)


@compiled(inline=True)
def record_step(before: int, after: int, tally: Any) -> None:
    """Count one step between tiers."""
    if before == NONE:
        tally.none_to_weak += 1
    elif before == STRONG:
        tally.strong_to_weak += 1
    elif after == STRONG:
        tally.weak_to_strong += 1
    else:
        tally.weak_to_none += 1
