"""Common random numbers: two plans share people and luck, and a change touches only whom it reaches.

Where something is scarce or people see each other, a change reaches further. These couplings are listed here, each with
the switch or number that cuts it, and a test that they are real.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine.state.measures import FIXED
from sim.engine.state.people import Person
from sim.model.community import CommunityModel
from sim.model.parity import digest, first_difference
from sim.scenario import Scenario, with_changes
from tests.scenarios import everything, scenarios

DRAWN = ("tribe", "tribe2", "focus", "norm", "drive", "latent", "power", "degree")
GUEST = {"topic": 3, "breadth": 0.0, "audience": 20.0, "posts_per_week": 7.0, "energy_cost": 0.0}
#: Every coupling between people is cut, and nothing is scarce.
APART = {
    "run.days": 60,
    "market.people": 400,
    "market.tribes": 6,
    "entrance.consideration.base": 0.2,
    "entrance.consideration.quality": 0.0,
    "entrance.seeds.number": 40,
    "switches.participation": False,
    "switches.word_of_mouth": False,
    "switches.member_ties": False,
    "switches.platform": False,
    "switches.operators": False,
    "mechanism.activities.salon": {"per_month": 10, "capacity": 10_000},
    "mechanism.attending.interest": 0.8,
    "business.rocket.platform.min_members": 0,
    "business.rocket.paid_products": {"day": 5, "min_members": 0},
    "business.buying.base": 0.0,
    "business.selling.organic": 0.3,
}
#: What ties people together → what switches it on.
COUPLINGS: dict[str, dict[str, Any]] = {
    "members' messages are read by all in a group": {"switches.participation": True},
    "friends see, invite and warn": {"switches.word_of_mouth": True},
    "friends inside bring members closer": {"switches.member_ties": True},
    "friends inside make the platform useful": {"switches.platform": True, "business.rocket.platform.day": 0},
    "strangers judge by the mean quality of all posts": {"entrance.consideration.quality": 3.0},
    "operators' hours go round": {
        "switches.operators": True,
        "structure.operators.mei.hours_day": 0.3,
        "structure.service.onboard_lift": 5.0,
    },
    "places in the groups go round": {"carrier.groups": {"cap": 20, "limit": 3}},
    "seats at activities go round": {
        "mechanism.activities.salon": {"per_month": 30, "capacity": 1},
        "culture.breadth": 1.0,
    },
    "a stage waits for members": {"business.rocket.paid_products.min_members": 90},
    "a budget runs out": {"budget.cap": 12_000.0},
}


def plan(**more: Any) -> Scenario:
    return with_changes(Scenario(), APART | more)


def lived(scenario: Scenario, **how: Any) -> CommunityModel:
    model = CommunityModel(scenario, **how)
    model.run_model()
    return model


def touched_by_one_more_kol(scenario: Scenario) -> tuple[int, int]:
    """How many people have another life with one more KOL: those who share an interest with it, and the others."""
    without, joined = lived(scenario), lived(with_changes(scenario, {"structure.kols.guest": GUEST}))
    a, b = without.world.people, joined.world.people
    one, two = a.rows, b.rows
    topic = joined.world.board.plan.topics[0, len(scenario.structure.kols) + 1]
    fit = one["focus"] * topic[one["tribe"]] + (1.0 - one["focus"]) * topic[one["tribe2"]]
    other = (a.bonds != b.bonds[:, : a.bonds.shape[1]]).any(axis=1)
    last = without.world.records.joined.shape[1] - 1
    founders = one["origin"] == last  # their origin has the last number, which moves
    assert (two["origin"][founders] == last + 1).all()
    for name in Person.dtype.names or ():
        if not name.startswith("friends_"):  # counts that nobody looks at here
            same = (one[name] == two[name]) | (founders if name == "origin" else False)
            other |= ~same
    return int((other & (fit > 0.0)).sum()), int((other & (fit == 0.0)).sum())


def test_one_more_kol_touches_only_whom_it_reaches() -> None:
    reached, others = touched_by_one_more_kol(plan())
    assert reached > 20
    assert others == 0


@pytest.mark.parametrize("coupling", COUPLINGS)
def test_what_couples_people(coupling: str) -> None:
    reached, others = touched_by_one_more_kol(plan(**COUPLINGS[coupling]))
    assert reached > 20
    assert others > 0


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    one, again, other = lived(everything()), lived(everything()), lived(everything(), rng=8)
    assert first_difference(one.world, again.world) == ""
    assert first_difference(one.world, other.world) != ""
    assert digest(one.world) != digest(lived(everything(), replicate=1).world)


def test_two_plans_have_the_same_people_and_friends() -> None:
    one, two = (
        CommunityModel(plan(), replicate=3),
        CommunityModel(with_changes(plan(), {"structure.kols.guest": GUEST}), replicate=3),
    )
    for name in DRAWN:
        assert np.array_equal(one.world.people.rows[name], two.world.people.rows[name]), name
    assert np.array_equal(one.world.people.indptr, two.world.people.indptr)
    assert np.array_equal(one.world.people.neighbours, two.world.people.neighbours)


def test_replicates_have_other_people_and_other_luck() -> None:
    one, two = CommunityModel(plan(), replicate=0), CommunityModel(plan(), replicate=1)
    assert not np.array_equal(one.world.people.rows["drive"], two.world.people.rows["drive"])
    assert not np.array_equal(one.world.people.neighbours, two.world.people.neighbours)
    assert one.world.board.today["run_key"] != two.world.board.today["run_key"]


@settings(max_examples=30)
@given(scenario=scenarios(), seed=st.integers(0, 2**53))
def test_a_day_lived_does_not_depend_on_the_days_to_come(scenario: Scenario, seed: int) -> None:
    lasting = {"market.growth": 0.0}  # who comes later is drawn, with their friends, before day 0
    longer = with_changes(scenario, lasting | {"run": {"days": scenario.run.days + 5, "seed": seed}})
    shorter = with_changes(longer, {"run.days": scenario.run.days})
    one, two = CommunityModel(shorter), CommunityModel(longer)
    one.run_model()
    two.run_for(scenario.run.days)
    assert np.array_equal(one.world.people.rows, two.world.people.rows)
    assert np.array_equal(one.world.records.days, two.world.records.days[: scenario.run.days])
    assert (two.world.records.days["strength_sum"] / FIXED <= len(two.world.people.rows)).all()
