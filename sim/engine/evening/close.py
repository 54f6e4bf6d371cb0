"""Closing the day: adding up, the ledger, and what tomorrow's morning needs to know."""

from __future__ import annotations

from sim.engine.compiled import compiled
from sim.engine.state.board import World


@compiled
def total(w: World) -> None:
    """Add the blocks' integers to the day's record, and empty them. Integers: the order of adding does not matter."""
    day = w.scene.today[0].day
    fields = w.tally_flat.shape[1]
    for b in range(w.tally_flat.shape[0]):
        for f in range(fields):
            w.days_flat[day, f] += w.tally_flat[b, f]
            w.tally_flat[b, f] = 0
        for a in range(w.ages.shape[1]):
            for k in range(2):
                w.cohorts[day, a, k] += w.ages[b, a, k]
                w.ages[b, a, k] = 0


@compiled
def close(w: World) -> None:
    """Wages, bills of the day in exact cents, and the levels that tomorrow starts from."""
    today = w.scene.today[0]
    record = w.days[today.day]
    record.cost_operators += w.team[today.phase].wages
    record.cost_activities += record.cost_attendance
    record.cost_incentives += record.cost_points
    today.spent += record.cost_content + record.cost_activities + record.cost_incentives + record.cost_operators
    today.spent += record.cost_acquisition + record.cost_goods + record.cost_platform
    today.members = record.members
    today.members_strong = record.members_strong
    today.member_posts = record.member_posts
