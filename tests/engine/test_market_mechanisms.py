"""The market: people who are replaced, a season of contacts, friends who know each other."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.engine.state.people import MEMBER, OUTSIDE
from sim.model.community import CommunityModel
from sim.model.parity import first_difference
from sim.scenario import with_changes
from tests.scenarios import everything


def lived(**changes: Any) -> CommunityModel:
    """The case with everything on, lived to its end; double underscores stand for dots."""
    dotted = {key.replace("__", "."): value for key, value in changes.items()}
    model = CommunityModel(with_changes(everything(), dotted))
    model.run_model()
    return model


def friends(model: CommunityModel, i: int) -> Any:
    people = model.world.people
    return people.neighbours[people.indptr[i] : people.indptr[i + 1]]


def test_as_many_are_replaced_as_stated() -> None:
    model = lived(market__turnover=0.99)
    share = 1 - 0.01 ** (1 / 365)
    expected = 150 * 60 * share
    assert abs(model.world.records.days["replaced"].sum() - expected) < 4 * np.sqrt(expected)
    assert model.world.people.rows["life"].sum() == model.world.records.days["replaced"].sum()
    assert lived(market__turnover=0.0).world.records.days["replaced"].sum() == 0


def test_who_comes_instead_is_a_stranger_with_the_friends_of_the_place() -> None:
    before, after = lived(market__turnover=0.0).world.people.rows, lived(market__turnover=0.9)
    people = after.world.people
    new = people.rows["life"] > 0
    outside = new & (people.rows["status"] == OUTSIDE)
    assert outside.sum() > 3
    for name in ("tie", "bond_members", "posts", "purchases", "spent", "referrals", "habit"):
        assert (people.rows[name][outside] == 0).all(), name
    assert (people.bonds[outside] == 0).all()
    assert (people.rows["tribe"] == before["tribe"]).all()
    assert (people.rows["drive"][new] != before["drive"][new]).all()
    assert (people.rows["drive"][~new] == before["drive"][~new]).all()


def test_friends_know_of_it_and_members_count_as_left() -> None:
    model = lived(market__turnover=0.9, switches__leaving=False)
    rows, days = model.world.people.rows, model.world.records.days
    assert days["left"].sum() > 0
    members = (rows["status"] == MEMBER) & ((rows["published"] & 1) > 0)
    for i in range(len(rows)):
        assert rows["friends_in"][i] == members[friends(model, i)].sum()


def test_nobody_is_missed_who_is_not_looked_at() -> None:
    """A run in which everybody is looked at every day gives the same bits."""
    plan = with_changes(everything(), {"market.turnover": 0.9})
    usual, thorough = CommunityModel(plan, driver="walk"), CommunityModel(plan, driver="walk")
    assert thorough._walk is not None
    thorough._walk = thorough._walk._replace(is_candidate=lambda *_: True)
    usual.run_model()
    thorough.run_model()
    assert first_difference(usual.world, thorough.world) == ""


@pytest.mark.parametrize("driver", ["walk", "sweep"])
def test_no_turnover_is_the_model_without_it(driver: Any) -> None:
    plan = with_changes(everything(), {"market.turnover": 1e-12})
    model = CommunityModel(plan, driver=driver)
    model.run_model()
    assert first_difference(model.world, lived(market__turnover=0.0).world) == ""
