"""What a plan is known to spend beforehand is what it spends, where nothing depends on what happens."""

from __future__ import annotations

import numpy as np

from sim.model.commitments import committed
from sim.model.community import CommunityModel
from sim.model.measures import COSTS
from sim.model.world import build, draw_market, plan_of
from sim.scenario import Scenario, with_changes
from tests.scenarios import everything

#: Nobody is paid by the head, nothing waits for members, nobody tires, no hours lack.
FORESEEN = {
    "run.days": 60,
    "market.people": 60,
    "budget": {"cap": None},
    "carrier.groups.cost_month": 0.0,
    "carrier.platform.cost_per_member": 0.0,
    "business.rocket.platform": {"day": 5, "min_members": 0, "cost_month": 700.0},
    "business.rocket.paid_products": {"day": 30, "min_members": 0},
    "mechanism.incentives": {"inviter_reward": 0.0, "invitee_reward": 0.0, "commission": 0.0, "points_per_post": 0.0},
    "mechanism.activities.salon": {"cost_per_head": 0.0, "hours": 0.0},
    "mechanism.activities.talk": {"cost_per_head": 0.0, "hours": 0.0},
    "switches.energy": False,
    "playbook": [
        {"day": 25, "set": {"structure.kols.luo.posts_per_week": 3, "entrance.channels.ads.daily_budget": 12.345}},
        {"day": 40, "set": {"switches.content": False, "structure.operators.mei.wage_month": 9000.0}},
    ],
}


def lived(plan: Scenario) -> CommunityModel:
    model = CommunityModel(plan)
    model.run_model()
    return model


def spending(model: CommunityModel) -> np.ndarray:
    """Cents of each day, goods apart."""
    days = model.world.records.days
    return np.asarray(sum(days[cost] for cost in COSTS if cost != "cost_goods"))


def test_what_is_foreseen_is_spent_to_the_cent() -> None:
    plan = with_changes(everything(), FORESEEN)
    found = committed(plan_of(plan, draw_market(plan, 0)))
    assert found.shape == (61, 2)
    assert not found[-1].any()
    planned = -np.diff(found.sum(axis=1))
    assert list(planned) == list(spending(lived(plan)))
    assert len(set(planned)) > 10
    assert -np.diff(found[:, 0])[45] > -np.diff(found[:, 0])[35] > 0, "wages by themselves"


def test_with_nothing_unforeseen_the_rest_is_the_same_every_day() -> None:
    total = {"budget": {"cap": None, "total": 50_000.0, "rest_to": "entrance.channels.ads.daily_budget"}}
    model = lived(with_changes(everything(), FORESEEN | total))
    rest = model.world.records.days["rest_spent"]
    assert spending(model).sum() == 50_000_00
    assert rest.max() - rest.min() <= 1
    assert rest.min() > 100_00


def test_nobody_asks_for_what_is_committed_where_there_is_no_total() -> None:
    assert not build(with_changes(everything(), {"market.people": 60})).playbook.committed.any()
