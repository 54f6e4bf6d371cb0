"""The platform: what it gives once it is lit, what it and the groups cost, and what goes first where money lacks."""

from __future__ import annotations

import pytest

from sim.engine.mechanisms.participation import read_groups
from sim.engine.mechanisms.platform import open_platform, set_use
from sim.engine.state.events import BUDGET_REACHED, GROUPS_SHUT, STAGE_OUT
from sim.engine.state.people import NEVER
from tests.engine.scene import Scene

RULE = {"visit_lift": 0.4, "relevance": 0.3, "use_value": 0.25, "conformity": 2.0, "cost_per_member": 0.5}


def site(lit: int = 1, groups: float = 0.0, on: bool = True) -> Scene:
    """120 members: the platform's dues are 60 a month, 197 cents a day."""
    scene = Scene(carrier__platform=RULE, switches__platform=on)
    today, said = scene.board.today[0], scene.p.derived
    said.platform, said.visit_lift, said.use_value, said.conformity, said.relevance = 9, 9.0, 9.0, 9.0, 9.0
    today.platform, today.members, today.group_dues = lit, 120, groups
    today.spent, today.standing, scene.record.cost_platform = 7, 0, 1000
    return scene


@pytest.mark.parametrize(
    ("on", "lit", "told", "cents"),
    [
        (True, 1, (1, 0.4, 0.25, 2.0), 197),
        (True, 0, (0, 0.0, 0.0, 0.0), 0),
        (False, 1, (0, 0.0, 0.0, 0.0), 197),
        (False, 0, (0, 0.0, 0.0, 0.0), 0),
    ],
)
def test_what_it_gives_and_costs(on: bool, lit: int, told: tuple[float, ...], cents: int) -> None:
    """Switched off it gives nothing, but it was built and is paid for."""
    scene = site(lit, on=on)
    scene.do(open_platform)
    scene.do(set_use)
    said, today = scene.p.derived, scene.board.today[0]
    assert (said.platform, said.visit_lift, said.use_value, said.conformity) == told
    assert said.relevance == 0.3
    assert (scene.record.cost_platform, today.spent, today.standing) == (1000 + cents, 7 + cents, cents)


@pytest.mark.parametrize(
    ("groups", "members", "cents"), [(0.0, 0, 0), (20.0, 0, 66), (10.0, 30, 82), (0.1520, 0, 0), (0.1521, 0, 1)]
)
def test_groups_and_platform_are_paid_by_the_day_together(groups: float, members: int, cents: int) -> None:
    """20 a month are 20·12/365 = .6575 a day."""
    scene = site(groups=groups)
    scene.board.today[0].members = members
    scene.do(open_platform)
    assert scene.record.cost_platform == 1000 + cents


@pytest.mark.parametrize(
    ("money", "left", "platform", "shut", "events"),
    [
        (263, 0, 1, 0, []),
        (262, 196, 0, 0, [(0, BUDGET_REACHED, 0, 7), (0, STAGE_OUT, 1, 120)]),
        (66, 0, 0, 0, [(0, BUDGET_REACHED, 0, 7), (0, STAGE_OUT, 1, 120)]),
        (65, 65, 0, 1, [(0, BUDGET_REACHED, 0, 7), (0, STAGE_OUT, 1, 120), (0, GROUPS_SHUT, 0, 1)]),
    ],
)
def test_where_money_lacks_the_platform_goes_out_then_the_groups_are_shut(
    money: int, left: int, platform: int, shut: int, events: list[tuple[int, ...]]
) -> None:
    scene = site(groups=20.0)
    scene.purse(money)
    scene.do(open_platform)
    scene.do(set_use)
    today = scene.board.today[0]
    assert (today.cap - today.spent, today.platform, today.shut) == (left, platform, shut)
    assert (scene.board.out[1], scene.p.derived.platform) == (NEVER if platform else 0, platform)
    assert scene.events == events
    assert scene.record.cost_platform == 1000 + money - left


def test_in_groups_that_are_shut_nothing_is_heard() -> None:
    scene = site()
    group = scene.board.groups[0]
    group.said, group.posters, group.buyers = 50.0, 5, 2
    scene.do(read_groups)
    assert (group.said, group.liveliness > 0.0) == (50.0, True)
    scene.board.today[0].shut = 1
    scene.do(read_groups)
    assert (group.said, group.posters, group.buyers, group.liveliness) == (0.0, 0, 0, 0.0)
