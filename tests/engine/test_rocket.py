"""The three-stage rocket: when stages ignite, and what they cost."""

from __future__ import annotations

from typing import Any

import pytest

from sim.engine.mechanisms.rocket import light_stages
from sim.engine.state.events import BUDGET_REACHED, IGNITION, STAGE_OUT, STAGE_UNPAID
from sim.engine.state.people import NEVER
from tests.engine.scene import Scene

OFF = {"enabled": False}


def rocket(day: int = 5, **stages: dict[str, Any]) -> Scene:
    """Before anything was lit, on a day."""
    plans = {"free_content": OFF, "platform": OFF, "paid_products": OFF} | stages
    scene = Scene(**{f"business__rocket__{name}": plan for name, plan in plans.items()})
    scene.day(day)
    scene.board.ignited[:] = NEVER
    scene.begun = int(scene.records.event_count[0])
    for counted in ("cost_platform", "rocket_stage"):
        setattr(scene.record, counted, 0)
    return scene


def stage(**plan: Any) -> dict[str, Any]:
    return {"enabled": True, "day": 0, "min_members": 0, "min_strong": 0.0, "cost": 0.0, "cost_month": 0.0} | plan


def lit(scene: Scene) -> list[int]:
    scene.do(light_stages)
    today = scene.board.today[0]
    assert [today.free_content, today.platform, today.paid_products] == [int(d != NEVER) for d in scene.board.ignited]
    return [int(day) for day in scene.board.ignited]


@pytest.mark.parametrize(("which", "name"), [(0, "free_content"), (1, "platform"), (2, "paid_products")])
def test_a_stage_ignites_is_noted_and_paid_for(which: int, name: str) -> None:
    scene = rocket(**{name: stage(cost=12.345, cost_month=365.0)})
    scene.board.today[0].members = 40
    expected = [NEVER] * 3
    expected[which] = 5
    assert lit(scene) == expected
    assert scene.events == [(5, IGNITION, which, 40)]
    assert scene.record.cost_platform == 1235 + 1200
    assert scene.record.rocket_stage == which + 1
    assert lit(scene) == expected, "once"
    assert len(scene.events) == 1
    assert scene.record.cost_platform == 1235 + 2 * 1200


@pytest.mark.parametrize(
    ("plan", "members", "strong", "ready"),
    [
        ({"day": 5}, 0, 0, True),
        ({"day": 6}, 0, 0, False),
        ({"min_members": 40}, 40, 0, True),
        ({"min_members": 41}, 40, 0, False),
        ({"min_strong": 0.25}, 40, 10, True),
        ({"min_strong": 0.25}, 40, 9, False),
        ({"enabled": False}, 40, 40, False),
    ],
)
def test_every_condition_must_hold(plan: dict[str, Any], members: int, strong: int, ready: bool) -> None:
    scene = rocket(platform=stage(**plan))
    scene.board.today[0].members, scene.board.today[0].members_strong = members, strong
    assert lit(scene) == [NEVER, 5 if ready else NEVER, NEVER]
    assert (scene.record.rocket_stage, len(scene.events)) == ((2, 1) if ready else (0, 0))


def test_a_stage_waits_for_the_one_before() -> None:
    scene = rocket(platform=stage(day=9), paid_products=stage(after="platform"))
    assert lit(scene) == [NEVER] * 3
    scene.board.ignited[1] = 3
    assert lit(scene) == [NEVER, 3, 5]


def test_stages_may_ignite_on_one_day_in_their_order() -> None:
    assert lit(rocket(platform=stage(), paid_products=stage(after="platform"))) == [NEVER, 5, 5]
    late = rocket(free_content=stage(after="paid_products"), platform=OFF, paid_products=stage())
    assert lit(late) == [NEVER, NEVER, 5]
    assert lit(late) == [5, NEVER, 5]


@pytest.mark.parametrize(("money", "day"), [(1250, 5), (1249, NEVER), (0, NEVER)])
def test_a_stage_that_cannot_be_paid_with_its_first_day_is_not_lit(money: int, day: int) -> None:
    scene = rocket(free_content=stage(), platform=stage(cost=0.5, cost_month=365.0), paid_products=stage())
    scene.purse(money)
    spent = scene.board.today[0].spent
    assert lit(scene) == [5, day, 5], "what costs nothing is lit"
    assert scene.board.today[0].spent - spent == (1250 if day == 5 else 0) == scene.record.cost_platform
    told = [event for event in scene.events if event[1] != IGNITION]
    assert told == ([] if day == 5 else [(5, BUDGET_REACHED, 0, spent), (5, STAGE_UNPAID, 1, 0)])
    scene.purse(1250)
    assert lit(scene) == [5, 5, 5], "it is lit once it can be paid"
    assert [event[1] for event in scene.events].count(STAGE_UNPAID) == len(told) // 2, "told once"


def test_what_was_due_yesterday_is_set_aside_before_a_stage_is_lit() -> None:
    scene = rocket(platform=stage(cost=10.0))
    scene.purse(1500)
    scene.board.today[0].dues_aside = 501
    assert lit(scene)[1] == NEVER
    scene.board.today[0].dues_aside = 500
    assert lit(scene)[1] == 5


@pytest.mark.parametrize("money", [1200, 1199])
def test_what_is_lit_runs_on_and_costs_or_goes_out(money: int) -> None:
    scene = rocket(platform=stage(cost=100.0, cost_month=365.0))
    scene.board.ignited[1] = 2
    scene.purse(money)
    spent = scene.board.today[0].spent
    scene.do(light_stages)
    runs = money == 1200
    assert scene.record.cost_platform == (1200 if runs else 0)
    assert (scene.record.rocket_stage, scene.board.today[0].platform) == ((2, 1) if runs else (0, 0))
    assert scene.board.out[1] == (NEVER if runs else 5)
    assert scene.events == ([] if runs else [(5, BUDGET_REACHED, 0, spent), (5, STAGE_OUT, 1, 0)])
    scene.purse(10**9)
    scene.do(light_stages)
    assert scene.board.today[0].platform == int(runs), "for good"
