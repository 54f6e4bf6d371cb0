"""The market: people who are replaced, a season of contacts, friends who know each other."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.engine.rules.joining import hesitation, linked_share
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
    model = lived(market__turnover=0.99, market__growth=0.0)
    share = 1 - 0.01 ** (1 / 365)
    expected = 150 * 60 * share
    assert abs(model.world.records.days["replaced"].sum() - expected) < 4 * np.sqrt(expected)
    assert model.world.people.rows["life"].sum() == model.world.records.days["replaced"].sum()
    assert lived(market__turnover=0.0, market__growth=0.0).world.records.days["replaced"].sum() == 0


def test_who_comes_instead_is_a_stranger_with_the_friends_of_the_place() -> None:
    before = lived(market__turnover=0.0, market__growth=0.0).world.people.rows
    after = lived(market__turnover=0.9, market__growth=0.0)
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


def pairs(model: CommunityModel, members: Any, i: int) -> int:
    """Pairs of friends inside who know each other, counted anew."""
    inside = [j for j in friends(model, i) if members[j]]
    return sum(k in friends(model, j) for at, j in enumerate(inside) for k in inside[at + 1 :])


def test_pairs_of_friends_who_know_each_other_are_kept_up_to_date() -> None:
    model = lived(market__turnover=0.9, entrance__consideration__linked=1.0)
    rows = model.world.people.rows
    members = (rows["published"] & 1) > 0
    assert rows["friends_linked"].max() > 3
    assert [pairs(model, members, i) for i in range(len(rows))] == list(rows["friends_linked"])
    assert not lived(entrance__consideration__linked=0.0).world.people.rows["friends_linked"].any()


@pytest.mark.parametrize(("linked", "friends_inside", "share"), [(0, 1, 0.0), (3, 3, 1.0), (1, 3, 1 / 3), (0, 0, 0.0)])
def test_share_of_pairs(linked: int, friends_inside: int, share: float) -> None:
    assert linked_share(linked, friends_inside) == pytest.approx(share)


@pytest.mark.parametrize(
    ("needed", "inside", "lost"), [(0, 0, 0.0), (2, 0, 3.0), (2, 1, 1.5), (2, 2, 0.0), (2, 9, 0.0)]
)
def test_missing_signals(needed: int, inside: int, lost: float) -> None:
    assert hesitation(1.5, needed, inside) == lost


def test_linked_friends_and_missing_signals_move_who_joins() -> None:
    def joined(**more: Any) -> int:
        plain = {"entrance__consideration__linked": 0.0, "entrance__consideration__signals": 0, "market__turnover": 0.0}
        return int(lived(**plain | more).world.records.days["joined"][:30].sum())

    usual = joined()
    assert joined(entrance__consideration__signals=3, entrance__consideration__hesitation=9.0) < usual
    assert joined(entrance__consideration__signals=3, entrance__consideration__hesitation=0.0) == usual
    assert joined(entrance__consideration__linked=-9.0) < usual


def test_a_market_that_grows() -> None:
    model = lived(market__growth=15.0, market__turnover=0.0)
    people, days = model.world.people, model.world.records.days
    assert days["people"][0] == 150
    assert days["people"][-1] == round(150 * 16 ** (59 / 365)) == len(people.rows)
    assert days["joined"].sum() > lived(market__growth=0.0, market__turnover=0.0).world.records.days["joined"].sum()
    assert (model.series["none"] + model.series["weak"] + model.series["strong"] == days["people"]).all()
    assert not people.rows["life"].any(), "who comes later is nobody's successor"
    assert (people.rows["drive"] != 0.0).all()


def test_a_market_that_shrinks() -> None:
    model = lived(market__growth=-0.95, market__turnover=0.0, switches__leaving=False)
    rows, days = model.world.people.rows, model.world.records.days
    present = days["people"][-1]
    assert present == round(150 * 0.05 ** (59 / 365)) < 100
    assert days["left"].sum() > 0
    assert not rows["status"][present:].any()
    members = (rows["published"] & 1) > 0
    assert not members[present:].any()
    for i in range(present):
        assert rows["friends_in"][i] == members[friends(model, i)].sum()
