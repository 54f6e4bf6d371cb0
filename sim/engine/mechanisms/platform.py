"""The platform: once its stage is lit it draws visits, sorts messages, and is of use with friends on it."""

from __future__ import annotations

from sim.engine.compiled import compiled
from sim.engine.state.measures import Day
from sim.engine.state.plan import Params
from sim.engine.state.world import World


@compiled
def open_platform(w: World, p: Params, record: Day) -> None:  # noqa: ARG001 - as all mornings
    """Say what the platform costs today for its members."""
    today = w.board.today[0]
    today.platform_dues = today.members * p.carrier.platform.cost_per_member if today.platform != 0 else 0.0


@compiled
def set_use(w: World, p: Params, record: Day) -> None:  # noqa: ARG001 - as all mornings
    """Say what the platform gives today."""
    today, platform, told = w.board.today[0], p.carrier.platform, p.derived
    told.platform = 1 if today.platform != 0 and p.switches.platform != 0 else 0
    told.visit_lift = platform.visit_lift if told.platform != 0 else 0.0
    told.use_value = platform.use_value if told.platform != 0 else 0.0
    told.conformity = platform.conformity if told.platform != 0 else 0.0
    told.relevance = platform.relevance
