"""The scale of a plan: what grows with the market, what stays, and agents that stand for several people."""

from __future__ import annotations

import numpy as np
import pytest

from sim.errors import InputErrors
from sim.model.community import CommunityModel
from sim.scenario import Scenario, flat, with_changes
from sim.scenario.catalogue import parameters
from sim.scenario.scale import GROWS, in_agents, scaled
from tests.scenarios import everything


def test_people_money_hours_and_audiences_grow_and_nothing_else() -> None:
    plan = everything()
    before, after = flat(plan), flat(scaled(plan, 4.0))
    grown = {key for key, value in before.items() if after[key] != value}
    assert {key: after[key] for key in grown} == {key: 4 * before[key] for key in grown}
    assert {"market.people", "structure.kols.luo.audience", "structure.operators.bo.hours_day"} <= grown
    assert {"carrier.groups.limit", "mechanism.activities.salon.capacity", "budget.cap"} <= grown
    assert not {"carrier.groups.cap", "business.products.course.price", "structure.kols.luo.quality"} & grown


def test_every_key_is_one_of_the_schema() -> None:
    assert not {key for key in GROWS if key not in {p.key for p in parameters()}}


def test_there_and_back_is_the_same_plan() -> None:
    plan = with_changes(everything(), {"playbook": [{"day": 5, "set": {"structure.kols.luo.audience": 8}}]})
    assert scaled(scaled(plan, 4.0), 0.25) == plan
    assert scaled(plan, 1.0) is plan
    assert scaled(plan, 4.0).playbook[0].set == {"structure.kols.luo.audience": 32}


def test_a_threshold_does_not_vanish() -> None:
    assert scaled(with_changes(Scenario(), {"entrance.seeds.number": 1}), 0.01).entrance.seeds.number == 1


def test_agents_that_stand_for_four_people() -> None:
    plan = with_changes(everything(), {"market.people": 600, "market.growth": 0.0, "run.users_per_agent": 4})
    assert in_agents(plan).market.people == 150
    assert in_agents(plan).carrier.groups.cap == plan.carrier.groups.cap // 4
    with CommunityModel(plan) as model:
        model.run_model()
        run, kept = model.record(), model.world.records.days
    assert len(model.world.people.rows) == 150 and run.people == 600
    for name, factor in {"members": 4, "revenue": 4, "tie_sum": 4, "hours_done": 4, "posts": 1, "groups": 1}.items():
        assert np.array_equal(run.days[name], factor * kept[name]), name


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"market.people": 600, "run.users_per_agent": 13}, "write at most 12"),
        ({"market.network.file": "x.csv", "run.users_per_agent": 2}, "a network from a file"),
    ],
)
def test_too_few_agents_and_real_networks_are_refused(changes: dict[str, object], part: str) -> None:
    with pytest.raises(InputErrors, match=part):
        with_changes(Scenario(), changes)
