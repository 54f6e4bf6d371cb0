"""The platform: once its stage is lit it draws visits, sorts messages, and is of use with friends on it."""

from __future__ import annotations

from sim.engine.compiled import compiled
from sim.engine.purse import lacking, paid_due
from sim.engine.state.board import PLATFORM
from sim.engine.state.events import GROUPS_SHUT, STAGE_OUT
from sim.engine.state.measures import Day
from sim.engine.state.plan import Params
from sim.engine.state.world import World


@compiled
def open_platform(w: World, p: Params, record: Day) -> None:
    """Pay for the groups and for the platform's members."""
    settle_dues(w, p.carrier.platform.cost_per_member, record)


@compiled
def set_use(w: World, p: Params, record: Day) -> None:  # noqa: ARG001 - as all mornings
    """Say what the platform gives today."""
    today, platform, told = w.board.today[0], p.carrier.platform, p.derived
    told.platform = 1 if today.platform != 0 and p.switches.platform != 0 else 0
    told.visit_lift = platform.visit_lift if told.platform != 0 else 0.0
    told.use_value = platform.use_value if told.platform != 0 else 0.0
    told.conformity = platform.conformity if told.platform != 0 else 0.0
    told.relevance = platform.relevance


@compiled
def settle_dues(w: World, each: float, record: Day) -> None:
    """Pay for groups and platform; where money lacks the platform goes out, then the groups are shut, both for good."""
    today = w.board.today[0]
    platform = today.members * each if today.platform != 0 else 0.0
    owed, today.member_dues = cents_a_day(today.group_dues + platform), 0
    if today.shut == 0 and paid_due(today, owed):
        record.cost_platform += owed
        today.member_dues = owed
        return
    if platform > 0.0:
        w.board.out[PLATFORM], today.platform = today.day, 0
        lacking(w, STAGE_OUT, PLATFORM, today.members)
    owed = cents_a_day(today.group_dues)
    if today.shut == 0 and paid_due(today, owed):
        record.cost_platform += owed
        today.member_dues = owed
    elif today.shut == 0:
        today.shut = 1
        lacking(w, GROUPS_SHUT, 0, today.groups)


@compiled(inline=True)
def cents_a_day(month: float) -> int:
    """A monthly amount in cents a day."""
    return int(month * 1200.0 / 365.0 + 0.5)
