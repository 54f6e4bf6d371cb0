"""The budget: bills in exact cents, and the cap."""

from __future__ import annotations

from typing import Any

import pytest

from sim.engine.mechanisms.budget import check_cap, settle
from sim.engine.state.events import BUDGET_REACHED
from tests.engine.scene import Scene

BILLS = ("content", "activities", "incentives", "operators", "acquisition", "goods", "platform")


def test_all_bills_of_the_day_are_added() -> None:
    scene = Scene()
    scene.board.today[0].spent = 5_000_000_000_000
    for k, bill in enumerate(BILLS):
        setattr(scene.record, f"cost_{bill}", 10**k)
    scene.record.cost_points = scene.record.cost_attendance = scene.record.fees = 10**9  # parts of others, or income
    before = scene.seen()
    scene.do(settle)
    assert scene.board.today[0].spent == 5_000_001_111_111
    assert scene.changed(before) == {"today.spent"}


def checked(spent: int, **budget: Any) -> Scene:
    scene = Scene(budget=budget)
    scene.day(3)
    scene.board.today[0].spent = spent
    scene.do(check_cap)
    return scene


@pytest.mark.parametrize(("spent", "reached"), [(9999, 0), (10_000, 1), (10_001, 1)])
def test_the_cap_is_noticed_and_stops_spending(spent: int, reached: int) -> None:
    scene = checked(spent, cap=100.0)
    today = scene.board.today[0]
    assert (today.reached, today.frozen) == (reached, reached)
    assert scene.events == [(3, BUDGET_REACHED, 0, spent)] * reached
    scene.do(check_cap)
    assert len(scene.events) == reached, "once"


def test_a_plan_may_go_on_beyond_it() -> None:
    scene = checked(10_000, cap=100.0, when_reached="go_on")
    assert (scene.board.today[0].reached, scene.board.today[0].frozen) == (1, 0)
    assert scene.events == [(3, BUDGET_REACHED, 0, 10_000)]


def test_without_a_cap_nothing_is_reached_and_a_cap_of_nothing_at_once() -> None:
    assert checked(10**15).board.today[0].reached == 0
    assert checked(0, cap=0.0).board.today[0].frozen == 1
