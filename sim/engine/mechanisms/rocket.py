"""The three-stage rocket: when its stages ignite, and what they cost."""

from __future__ import annotations

from sim.engine.compiled import compiled
from sim.engine.purse import bought, lacking, paid_due
from sim.engine.rules.rocket import ignites
from sim.engine.state.events import IGNITION, STAGE_OUT, STAGE_UNPAID
from sim.engine.state.measures import Day
from sim.engine.state.people import NEVER
from sim.engine.state.plan import SHARED, Params, StagePlan
from sim.engine.state.world import World, note


@compiled
def light_stages(w: World, p: Params, record: Day) -> None:  # noqa: ARG001 - as all mornings
    """Pay for what is lit, or it goes out; ignite the stages whose conditions hold this morning, and pay for them."""
    today, ignited = w.board.today[0], w.board.ignited
    for stage in range(ignited.shape[0]):
        keep_lit(w, stage, record)
    for stage in range(ignited.shape[0]):
        light(w, stage, record)
        if burns(w, stage):
            record.rocket_stage = stage + 1
    today.free_content = 1 if burns(w, 0) else 0
    today.platform = 1 if burns(w, 1) else 0
    today.paid_products = 1 if burns(w, 2) else 0


@compiled(inline=True)
def burns(w: World, stage: int) -> bool:
    """Whether a stage is lit and has not gone out."""
    return w.board.ignited[stage] != NEVER and w.board.out[stage] == NEVER


@compiled
def keep_lit(w: World, stage: int, record: Day) -> None:
    """A lit stage costs its running cost; where that cannot be paid it goes out, for good."""
    today, plan = w.board.today[0], w.board.plan.stages[SHARED, stage]
    if not burns(w, stage):
        return
    if paid_due(today, plan.day_cents):
        record.cost_platform += plan.day_cents
    else:
        w.board.out[stage] = today.day
        lacking(w, STAGE_OUT, stage, today.members)


@compiled
def light(w: World, stage: int, record: Day) -> None:
    """Ignite one stage if it is ready and can be paid for, with its first day."""
    today, ignited, plan = w.board.today[0], w.board.ignited, w.board.plan.stages[SHARED, stage]
    if ignited[stage] != NEVER or not stage_ready(w, plan):
        return
    cost = int(plan.cost * 100.0 + 0.5) + plan.day_cents
    if bought(today, cost):
        ignited[stage] = today.day
        record.cost_platform += cost
        today.standing += plan.day_cents
        note(w.records, today.day, IGNITION, stage, today.members)
    elif w.board.unpaid[stage] == NEVER:
        w.board.unpaid[stage] = today.day
        lacking(w, STAGE_UNPAID, stage, today.members)


@compiled
def stage_ready(w: World, plan: StagePlan) -> bool:
    """Whether a stage that is not lit may ignite: its own conditions, and the stage before it."""
    today = w.board.today[0]
    if plan.enabled == 0:
        return False
    if plan.after > 0 and w.board.ignited[plan.after - 1] == NEVER:
        return False
    return ignites(today.day, plan.day, today.members, plan.min_members, today.members_strong, plan.min_strong)
