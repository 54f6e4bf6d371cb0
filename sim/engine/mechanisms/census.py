"""The census: what is recorded of everybody's day, and what tomorrow's morning needs to know of it."""

from __future__ import annotations

import numpy as np

from sim.engine.compiled import compiled
from sim.engine.state.arrays import Floats
from sim.engine.state.board import Board
from sim.engine.state.measures import AGES, FIXED, Day, Tally
from sim.engine.state.people import MEMBER, Person
from sim.engine.state.plan import Params
from sim.engine.state.world import World

_SLOT = np.full(AGES[-1] + 1, -1, np.int64)
_SLOT[list(AGES)] = np.arange(len(AGES))


@compiled(merged=True)
def count(me: Person, bonds: Floats, board: Board, p: Params, luck: np.uint64, tally: Tally) -> None:  # noqa: ARG001
    """Add a member to the day's record: levels, sums in fixed point, and the cohort's survivors at set ages."""
    if me.status != MEMBER:
        return
    today = board.today[0]
    away = today.day - me.seen_day
    tally.members += 1
    tally.active += 1 if away < 7 else 0
    tally.active_30 += 1 if away < 30 else 0
    if me.visits > 0:
        tally.judging += 1
        tally.satisfaction_sum += int(me.satisfaction * FIXED)
    tally.expectation_sum += int(me.expectation * FIXED)
    age = today.day - me.first_joined
    if age < len(_SLOT) and _SLOT[age] >= 0:
        tally.ages[_SLOT[age], 0] += 1
        tally.ages[_SLOT[age], 1] += 1 if away < 7 else 0


@compiled
def total(w: World) -> None:
    """Add the blocks' integers to the day's record, and empty them. Integers: the order of adding does not matter."""
    day, records = w.board.today[0].day, w.records
    fields = records.tally_flat.shape[2] - records.cohorts.shape[1] * 2
    for b in range(records.tally_flat.shape[0]):
        for arm in range(records.tally_flat.shape[1]):
            counted = records.tally_flat[b, arm]
            for f in range(fields):
                records.days_flat[day, f] += counted[f]
                records.arm_days_flat[day, arm, f] += counted[f]
                counted[f] = 0
            for a in range(records.cohorts.shape[1]):
                for k in range(2):
                    records.cohorts[day, a, k] += counted[fields + 2 * a + k]
                    counted[fields + 2 * a + k] = 0


@compiled
def close(w: World, p: Params, record: Day) -> None:  # noqa: ARG001 - as all evenings
    """The levels that tomorrow starts from."""
    today = w.board.today[0]
    today.members = record.members
    today.members_strong = record.members_strong
