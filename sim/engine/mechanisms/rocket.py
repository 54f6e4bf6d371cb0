"""The three-stage rocket: when its stages ignite, and what they cost."""

from __future__ import annotations

from sim.engine.compiled import compiled
from sim.engine.rules.rocket import ignites
from sim.engine.state.events import IGNITION
from sim.engine.state.measures import Day
from sim.engine.state.people import NEVER
from sim.engine.state.plan import SHARED, Params, StagePlan
from sim.engine.state.world import World, note


@compiled
def light_stages(w: World, p: Params, record: Day) -> None:  # noqa: ARG001 - as all mornings
    """Ignite the stages whose conditions hold this morning; pay for ignition and for what is lit."""
    today, ignited = w.board.today[0], w.board.ignited
    for stage in range(ignited.shape[0]):
        light(w, stage, record)
    today.free_content = 1 if ignited[0] != NEVER else 0
    today.platform = 1 if ignited[1] != NEVER else 0
    today.paid_products = 1 if ignited[2] != NEVER else 0


@compiled
def light(w: World, stage: int, record: Day) -> None:
    """Ignite one stage if it is ready; a lit stage costs its running cost."""
    today, ignited, plan = w.board.today[0], w.board.ignited, w.board.plan.stages[SHARED, stage]
    if ignited[stage] == NEVER and stage_ready(w, plan):
        ignited[stage] = today.day
        record.cost_platform += int(plan.cost * 100.0 + 0.5)
        note(w.records, today.day, IGNITION, stage, today.members)
    if ignited[stage] != NEVER:
        record.cost_platform += plan.day_cents
        record.rocket_stage = stage + 1


@compiled
def stage_ready(w: World, plan: StagePlan) -> bool:
    """Whether a stage that is not lit may ignite: its own conditions, the stage before it, and the budget."""
    today = w.board.today[0]
    if plan.enabled == 0 or (today.frozen != 0 and plan.cost > 0.0):
        return False
    if plan.after > 0 and w.board.ignited[plan.after - 1] == NEVER:
        return False
    return ignites(today.day, plan.day, today.members, plan.min_members, today.members_strong, plan.min_strong)
