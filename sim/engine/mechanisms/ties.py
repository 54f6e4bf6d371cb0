"""Ties: they grow in company, decay in time, and step between none, weak and strong."""

from __future__ import annotations

import numpy as np

from sim.engine.compiled import compiled
from sim.engine.rules.ties import combined, grown, kept_share, tier_of
from sim.engine.state.arrays import Floats
from sim.engine.state.board import Board
from sim.engine.state.measures import FIXED, ArmDay, Day, Tally
from sim.engine.state.people import MEMBER, NONE, STRONG, WEAK, Person
from sim.engine.state.plan import Params, arm_of
from sim.engine.state.world import World


@compiled
def set_decay(w: World, p: Params, record: Day) -> None:  # noqa: ARG001 - as all mornings
    """Say what a day leaves of a tie, and whether ties among members form."""
    p.derived.tie_kept = kept_share(1.0, p.mechanism.ties.half_life)
    p.derived.member_ties = 1 if p.switches.member_ties != 0 else 0


@compiled(inline=True)
def closest_kol(bonds: Floats) -> float:
    """The tie to the KOL to whom it is closest, 0 without one."""
    closest = 0.0
    for v in range(1, len(bonds)):
        closest = max(closest, bonds[v])
    return closest


@compiled(inline=True)
def present(me: Person, board: Board) -> float:
    """How much company a member finds, 0 to 1: friends who are members, and a lively group that is not muted."""
    friends = me.friends_in / me.degree if me.degree > 0 else 0.0
    lively = board.groups[me.group].liveliness if me.group >= 0 and me.muted == 0 else 0.0
    return 1.0 - (1.0 - friends) * (1.0 - lively)


@compiled(merged=True)
def bond(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> None:  # noqa: ARG001
    """A day's end for the ties: a visit brings members together, time loosens, thresholds decide the tier."""
    ties, today = p.mechanism.ties, board.today[0]
    if p.derived.member_ties != 0 and me.status == MEMBER and me.seen_day == today.day:
        me.bond_members = grown(me.bond_members, ties.member_gain * present(me, board))
    away = today.day - me.slept_day  # more than a day for those to whose ties nothing happened meanwhile
    kept = p.derived.tie_kept if away <= 1 else kept_share(float(away), ties.half_life)
    me.bond_members *= kept
    for v in range(len(bonds)):
        bonds[v] *= kept
    me.tie = combined(
        ties.firm_weight * bonds[0], ties.kol_weight * closest_kol(bonds), ties.member_weight * me.bond_members
    )
    tier = tier_of(me.tie, me.tier, ties.weak_enter, ties.weak_exit, ties.strong_enter, ties.strong_exit)
    if tier != me.tier:
        record_step(me.tier, tier, tally)
        me.tier = tier
    me.slept_day = today.day
    tally.weak += 1 if tier == WEAK else 0
    tally.strong += 1 if tier == STRONG else 0
    tally.strength_sum += int(me.tie * FIXED)


@compiled(merged=True)
def loosen(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> None:  # noqa: ARG001
    """Ties of somebody to whom nothing happened lately have worn off, all nights but the one to come."""
    yesterday = board.today[0].day - 1
    if me.slept_day >= yesterday:
        return
    kept = kept_share(float(yesterday - me.slept_day), p.mechanism.ties.half_life)
    me.bond_members *= kept
    for v in range(len(bonds)):
        bonds[v] *= kept
    me.slept_day = yesterday


@compiled(inline=True)
def record_step(before: int, after: int, tally: Tally) -> None:
    """Count one step between tiers."""
    if before == NONE:
        tally.none_to_weak += 1
    elif before == STRONG:
        tally.strong_to_weak += 1
    elif after == STRONG:
        tally.weak_to_strong += 1
    else:
        tally.weak_to_none += 1


@compiled(merged=True)
def count_ties(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> None:  # noqa: ARG001
    """Add a member's ties to the day's record."""
    if me.status == MEMBER:
        add_ties(me, bonds, p, tally)


@compiled
def add_ties(me: Person, bonds: Floats, p: Params, record: Tally | Day | ArmDay) -> None:
    """Add somebody's ties to a record, in fixed point."""
    ties, closest = p.mechanism.ties, closest_kol(bonds)
    record.members_strong += 1 if me.tier == STRONG else 0
    record.tie_sum += int(me.tie * FIXED)
    record.firm_sum += int(bonds[0] * FIXED)
    record.kol_sum += int(closest * FIXED)
    record.fans += 1 if closest >= ties.weak_enter else 0
    record.member_sum += int(me.bond_members * FIXED)
    record.member_ties_strong += 1 if me.bond_members >= ties.strong_enter else 0
    record.member_ties_weak += 1 if ties.weak_enter <= me.bond_members < ties.strong_enter else 0


@compiled
def resume(w: World, p: Params, record: Day, newcomers: int) -> None:  # noqa: ARG001 - as all evenings
    """Ties of newcomers, old ones and those of followers, have worn off while nothing happened to them; they count."""
    today = w.board.today[0]
    for k in range(newcomers):
        me, bonds = w.people.rows[w.scratch.picked[k]], w.people.bonds[w.scratch.picked[k]]
        own = w.board.plan.params[arm_of(me)]
        ties = own.mechanism.ties
        kept = kept_share(float(today.day - me.slept_day), ties.half_life)
        me.bond_members *= kept
        for v in range(len(bonds)):
            bonds[v] *= kept
        closest = closest_kol(bonds)
        me.tie = combined(ties.firm_weight * bonds[0], ties.kol_weight * closest, ties.member_weight * me.bond_members)
        add_ties(me, bonds, own, record)
        add_ties(me, bonds, own, w.records.arm_days[today.day, arm_of(me)])
        me.slept_day = today.day
