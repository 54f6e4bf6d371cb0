"""Incentives: what they make of effort, whom they pay, and what that costs, in cents."""

from __future__ import annotations

from typing import Any

import pytest

from sim.engine.mechanisms.incentives import offer, pay, reward
from sim.engine.state.events import BUDGET_REACHED, REWARDS_END
from sim.engine.state.people import NEVER
from sim.scenario.sections.buying import ProductPlan
from tests.engine.scene import Scene

near = pytest.approx
RULE = {
    "inviter_reward": 15.0,
    "invitee_reward": 3.25,
    "commission": 0.1,
    "points_per_post": 50.0,
    "point_value": 0.1,
    "praise": 0.5,
    "praise_gain": 0.4,
    "crowding": 0.36,
    "pay_gain": 2.4,
    "pay_half": 15.0,
    "pay_doubt": 0.5,
}


def told(ended: int = 0, rule: dict[str, float] | None = None, **switches: bool) -> tuple[float, ...]:
    """Zeal, writing, praise, pay of a message, doubt and the invitee's reward, as the morning says them."""
    changes = {f"switches__{name}": value for name, value in switches.items()}
    scene = Scene(mechanism__incentives=RULE | (rule or {}), **changes)
    said = scene.p.derived
    said.zeal, said.writing, said.praise, said.point_pay, said.doubt, said.invitee_reward = (9.0,) * 6
    scene.board.today[0].rewards_ended = ended
    scene.do(offer)
    return (said.zeal, said.writing, said.praise, said.point_pay, said.doubt, said.invitee_reward)


def test_what_is_offered_and_what_effort_it_brings() -> None:
    """15 bring half of 2.4 on .64 of inner motivation; points worth 5 a message bring a quarter."""
    assert told() == near((1.84, 1.24, 1.2, 5.0, 0.25, 3.25))


def test_without_crowding_out_pay_adds_to_all_of_inner_motivation() -> None:
    assert told(crowding=False) == near((2.2, 1.6, 1.2, 5.0, 0.25, 3.25))


def test_without_money_praise_is_left() -> None:
    assert told(ended=1) == near((1.0, 1.0, 1.2, 0.0, 0.0, 0.0))


def test_switched_off_nothing_is_offered() -> None:
    assert told(incentives=False) == (1.0, 1.0, 1.0, 0.0, 0.0, 0.0)


def test_praise_may_shame_but_not_below_silence() -> None:
    assert told(rule={"praise_gain": -1.0})[2] == near(0.5)
    assert told(rule={"praise_gain": -5.0})[2] == 0.0
    assert told(rule={"praise": 0.0})[2] == 1.0


def test_unpaid_nothing_is_crowded_out() -> None:
    nothing = {"inviter_reward": 0.0, "points_per_post": 0.0, "invitee_reward": 0.0}
    assert told(rule=nothing) == near((1.0, 1.0, 1.2, 0.0, 0.0, 0.0))


# Rewards


def arrivals(**changes: Any) -> Scene:
    """On day 5: 1 was brought in by 0 and is new, 2 is new by itself, 3 was brought in by 0 and is back again."""
    scene = Scene(mechanism__incentives=RULE | {"inviter_reward": 15.125}, **changes)
    scene.day(5)
    for i, first, inviter in ((1, 5, 0), (2, 5, NEVER), (3, 2, 0), (4, 5, 0)):
        scene.person(i, first_joined=first, inviter=inviter)
    return scene


def earned(scene: Scene, people: int = 5) -> list[int]:
    return [scene.person(i).earned for i in range(people)]


def test_a_new_member_by_invitation_is_rewarded_with_whoever_invited() -> None:
    scene = arrivals()
    before = scene.seen()
    scene.do(reward, scene.line_up(1, 2, 3))
    assert earned(scene) == [1513, 325, 0, 0, 0]
    assert scene.record.cost_incentives == 1838
    assert scene.changed(before) == {"people.earned", "days.cost_incentives", "today.spent"}
    scene.do(reward, scene.line_up(4))
    assert earned(scene) == [3026, 325, 0, 0, 325]
    assert scene.record.cost_incentives == 3676


@pytest.mark.parametrize("ended", [0, 1])
def test_nobody_is_rewarded_once_rewards_have_ended_or_without_incentives(ended: int) -> None:
    scene = arrivals(switches__incentives=bool(ended))
    scene.board.today[0].rewards_ended = ended
    before = scene.seen()
    scene.do(reward, scene.line_up(1, 2, 3))
    assert scene.changed(before) == set()


@pytest.mark.parametrize(("money", "paid"), [(3676, 2), (3675, 1), (1838, 1), (1837, 0), (0, 0)])
def test_rewards_that_cannot_be_paid_are_the_last(money: int, paid: int) -> None:
    """Each of two newcomers and whoever invited them get 18.38 together."""
    scene = arrivals()
    scene.purse(money)
    scene.begun = int(scene.records.event_count[0])
    spent = scene.board.today[0].spent
    scene.do(reward, scene.line_up(1, 2, 4))
    assert scene.record.cost_incentives == paid * 1838 == scene.board.today[0].spent - spent
    assert [scene.person(i).earned for i in (1, 4)] == [325 if paid > 0 else 0, 325 if paid > 1 else 0]
    over = paid < 2
    assert scene.board.today[0].rewards_ended == over
    assert [kind for _, kind, _, _ in scene.events] == ([BUDGET_REACHED, REWARDS_END] if over else [])


# Commissions and points


def sales(commission: float = 0.1, **changes: Any) -> Scene:
    """0 brought in 1, who buys the first product, and 2, who buys the second; 3 buys, brought in by nobody."""
    products = [ProductPlan(name="a", price=19.95), ProductPlan(name="b", price=100.0)]
    scene = Scene(*products, mechanism__incentives=RULE | {"commission": commission}, **changes)
    for i, sale, inviter in ((1, 1, 0), (2, 2, 0), (3, 2, NEVER), (4, 0, 0)):
        scene.person(i, sale=sale, inviter=inviter)
    scene.record.cost_points = 33
    return scene


def test_commissions_go_to_whoever_brought_the_buyer_in() -> None:
    scene = sales()
    before = scene.seen()
    scene.do(pay, scene.line_up(1, 2, 3, 4))
    assert earned(scene) == [1200, 0, 0, 0, 0], "199.5 cents are 200"
    assert (scene.record.cost_incentives, scene.record.new_partners, scene.me.partner) == (1233, 1, 1)
    assert scene.changed(before) == {
        "people.earned",
        "people.partner",
        "days.cost_incentives",
        "days.new_partners",
        "today.spent",
    }
    scene.do(pay, scene.line_up(1))
    assert (scene.record.cost_incentives, scene.record.new_partners, scene.me.earned) == (1466, 1, 1400)


def test_a_commission_of_less_than_half_a_cent_makes_no_partner() -> None:
    scene = sales(0.0002)
    scene.do(pay, scene.line_up(1))
    assert (scene.me.earned, scene.me.partner, scene.record.new_partners, scene.record.cost_incentives) == (0, 0, 0, 33)
    one = sales(0.0005)
    one.do(pay, one.line_up(1))
    assert (one.me.earned, one.me.partner, one.record.new_partners) == (1, 1, 1)


def test_a_negative_commission_is_none() -> None:
    scene = sales(0.0)
    scene.p.mechanism.incentives.commission = -0.5
    scene.do(pay, scene.line_up(1))
    assert (scene.me.earned, scene.record.cost_incentives) == (0, 33)


@pytest.mark.parametrize("off", ["share", "switch", "money"])
def test_points_are_paid_even_where_commissions_are_not(off: str) -> None:
    scene = sales(0.0 if off == "share" else 0.1, switches__incentives=off != "switch")
    scene.board.today[0].rewards_ended = int(off == "money")
    before = scene.seen()
    scene.do(pay, scene.line_up(1, 2))
    assert scene.record.cost_incentives == 33
    assert scene.changed(before) == {"days.cost_incentives", "today.spent"}


@pytest.mark.parametrize(
    ("money", "points", "earned_", "ended"), [(1233, 33, 1200, 0), (1232, 33, 200, 1), (33, 33, 0, 1), (32, 32, 0, 1)]
)
def test_points_are_paid_as_far_as_money_goes_then_commissions(
    money: int, points: int, earned_: int, ended: int
) -> None:
    scene = sales()
    scene.purse(money)
    scene.do(pay, scene.line_up(1, 2))
    assert (scene.record.cost_points, scene.me.earned) == (points, earned_)
    assert scene.record.cost_incentives == points + earned_ <= money
    assert scene.board.today[0].rewards_ended == ended
