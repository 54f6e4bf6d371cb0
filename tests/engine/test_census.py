"""The census: what is recorded of everybody's day."""

from __future__ import annotations

from typing import Any

import pytest

from sim.engine.mechanisms.census import close, count, total
from sim.engine.state.measures import AGES, FIXED
from sim.engine.state.people import APPLIED, AWARE, LEFT, OUTSIDE
from tests.engine.scene import Scene, of


def counted(**columns: Any) -> Scene:
    """On day 400."""
    scene = Scene(run__days=500)
    scene.day(400)
    scene.person(0, **({"seen_day": 400, "first_joined": 0, "satisfaction": 0.75, "expectation": 0.25} | columns))
    before = scene.seen()
    scene.act(count)
    assert {name for name in scene.changed(before) if not name.startswith("tally")} == set()
    return scene


@pytest.mark.parametrize(
    ("seen", "active", "active_30"), [(400, 1, 1), (394, 1, 1), (393, 0, 1), (371, 0, 1), (370, 0, 0), (1, 0, 0)]
)
def test_members_and_the_active_are_counted(seen: int, active: int, active_30: int) -> None:
    tally = counted(seen_day=seen).tally
    assert (tally.members, tally.active, tally.active_30) == (1, active, active_30)


@pytest.mark.parametrize(("visits", "judging"), [(0, 0), (1, 1), (9, 1)])
def test_only_who_came_judges(visits: int, judging: int) -> None:
    tally = counted(visits=visits).tally
    assert (tally.judging, tally.satisfaction_sum) == (judging, judging * int(0.75 * FIXED))
    assert tally.expectation_sum == int(0.25 * FIXED)


@pytest.mark.parametrize("status", [OUTSIDE, AWARE, APPLIED, LEFT])
def test_others_are_not(status: int) -> None:
    scene = counted(status=status, visits=3)
    assert not any(scene.tally.row.tolist()[:-1])


@pytest.mark.parametrize("age", [0, 1, 2, 7, 14, 30, 60, 90, 120, 180, 364, 365, 366, 400])
def test_cohorts_are_looked_at_at_set_ages(age: int) -> None:
    looked = [int(each == age) for each in AGES]
    for seen, came in ((394, 1), (393, 0)):
        ages = counted(first_joined=400 - age, seen_day=seen).tally.ages
        assert ages[:, 0].tolist() == looked
        assert ages[:, 1].tolist() == [each * came for each in looked]


def test_everybody_adds_to_what_is_there() -> None:
    scene = counted(visits=1, first_joined=393)
    scene.person(1, status=scene.me.status, seen_day=400, first_joined=393, visits=2, satisfaction=0.5, expectation=0.5)
    scene.act(count, person=1)
    tally = scene.tally
    assert (tally.members, tally.active, tally.active_30, tally.judging) == (2, 2, 2, 2)
    assert tally.satisfaction_sum == int(1.25 * FIXED)
    assert tally.expectation_sum == int(0.75 * FIXED)
    assert tally.ages.tolist()[:3] == [[0, 0], [2, 2], [0, 0]]


def test_blocks_are_added_up_and_emptied() -> None:
    scene = Scene(market__people=5000, market__network__kind="none")
    scene.day(2)
    tally, record = scene.records.tally, scene.record
    assert tally.shape[0] == 2
    tally[0, 0].none_to_weak, tally[1, 0].none_to_weak = 1, 2
    tally[0, 0].member_ties_strong, tally[1, 0].member_ties_strong = 30, 40
    tally[0, 0].ages[0], tally[1, 0].ages[0], tally[1, 0].ages[8] = (5, 4), (3, 2), (7, 6)
    record.none_to_weak, record.joined = 10, 3
    scene.records.cohorts[2, 0] = (1, 1)
    of(total)(scene.world)
    assert (record.none_to_weak, record.member_ties_strong, record.joined) == (13, 70, 3)
    assert scene.records.cohorts[2, 0].tolist() == [9, 7]
    assert scene.records.cohorts[2, 8].tolist() == [7, 6]
    assert not scene.records.tally_flat.any()
    assert not scene.records.cohorts[[0, 1, 3]].any()


def test_tomorrow_starts_from_todays_levels() -> None:
    scene = Scene()
    scene.record.members, scene.record.members_strong = 12, 5
    before = scene.seen()
    scene.do(close)
    assert (scene.board.today[0].members, scene.board.today[0].members_strong) == (12, 5)
    assert scene.changed(before) == {"today.members", "today.members_strong"}
