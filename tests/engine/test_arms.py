"""What mornings and evenings make of arms: each person's own terms, and a ceiling that bounds all of them."""

from __future__ import annotations

from typing import Any

import pytest

from sim.engine.draws import Purpose
from sim.engine.mechanisms.expectation import promise
from sim.engine.mechanisms.incentives import pay, reward
from sim.engine.mechanisms.joining import admit, ceiling, consider
from sim.engine.mechanisms.selling import recover
from sim.engine.mechanisms.ties import resume
from sim.engine.mechanisms.word_of_mouth import invite
from sim.engine.state.people import APPLIED, AWARE, NEVER
from tests.engine.scene import Scene, of


def scene(**changes: Any) -> Scene:
    """People 0 to 4 share the plan, 5 to 10 are in an arm that sets the changes."""
    return Scene(arms=[{"name": "own", "who": {"condition": "tribe >= 0"}, "set": changes}])


def split(made: Scene) -> Scene:
    for i in range(11):
        made.world.people.rows[i].arm = 1 if i >= 5 else 0
    return made


def with_arm(**changes: Any) -> Scene:
    """People 5 to 10 are in an arm with these values."""
    return split(scene(**{key.replace("__", "."): value for key, value in changes.items()}))


def params(made: Scene, arm: int) -> Any:
    return made.board.plan.params[arm]


def test_an_arm_shares_all_but_what_it_sets() -> None:
    made = with_arm(mechanism__ties__half_life=7.0)
    one, other = params(made, 0).row, params(made, 1).row
    assert other["mechanism"]["ties"]["half_life"] == 7.0 != one["mechanism"]["ties"]["half_life"]
    for name in one["mechanism"]["ties"].dtype.names:
        assert name == "half_life" or one["mechanism"]["ties"][name] == other["mechanism"]["ties"][name]
    assert one["culture"] == other["culture"]
    assert params(made, 1).derived.tie_kept == pytest.approx(0.5 ** (1 / 7))
    assert params(made, 0).derived.tie_kept > params(made, 1).derived.tie_kept


@pytest.mark.parametrize(
    ("key", "value", "derived", "expected"),
    [
        ("mechanism.word_of_mouth.visible", 0.5, "visible", 0.5),
        ("switches.word_of_mouth", False, "friends", 0),
        ("mechanism.leaving.come_back", 0.25, "come_back", 0.25),
        ("switches.following", False, "following", 0),
        ("mechanism.attention.drive", 3.0, "drive", 3.0),
        ("mechanism.attention.satisfaction", 4.0, "pull", 4.0),
        ("business.selling.organic", 0.5, "search", 0.5),
        ("mechanism.incentives.invitee_reward", 9.0, "invitee_reward", 9.0),
        ("structure.service.advice", 0.9, "advice", 0.9),
        ("carrier.platform.relevance", 0.1, "relevance", 0.1),
        ("switches.member_ties", False, "member_ties", 0),
        ("mechanism.expectation.loss_aversion", 5.0, "loss_aversion", 5.0),
    ],
)
def test_what_the_morning_derives_it_derives_for_each_arm(key: str, value: Any, derived: str, expected: float) -> None:
    made = with_arm(**{key: value})
    assert getattr(params(made, 1).derived, derived) == expected
    assert getattr(params(made, 0).derived, derived) != expected


def test_the_ceiling_bounds_every_arm() -> None:
    made = with_arm(mechanism__word_of_mouth__visible=0.5, entrance__consideration__reconsider=0.2)
    low, high = (of(ceiling)(made.board, arm) for arm in (0, 1))
    assert high > 0.7 > low
    assert made.board.today[0].stir == pytest.approx(high, rel=1e-5)
    assert made.board.today[0].stir > high
    less = with_arm(mechanism__word_of_mouth__visible=0.0, entrance__consideration__reconsider=0.0)
    assert less.board.today[0].stir > of(ceiling)(less.board, 0) > of(ceiling)(less.board, 1)


def newcomers(made: Scene, **columns: Any) -> int:
    """Persons 4 (who shares the plan) and 5 (in the arm) have come in today."""
    for person in (4, 5):
        made.person(person, **columns)
    return made.line_up(4, 5)


def test_a_fee_is_that_of_ones_arm() -> None:
    made = with_arm(entrance__screening__fee=12.0)
    for person in (4, 5):
        made.person(person, status=APPLIED, origin=0)
    assert made.do(admit, made.line_up(4, 5)) == 2
    assert [made.world.people.rows[k].spent for k in (4, 5)] == [0, 1200]
    assert made.record.fees == 1200
    arms = made.records.arm_days
    assert [(arms[0, a].joined, arms[0, a].revenue, arms[0, a].members) for a in (0, 1)] == [(1, 0, 1), (1, 1200, 1)]


def test_a_promise_is_that_of_ones_arm() -> None:
    made = with_arm(culture__promise=0.9)
    made.do(promise, newcomers(made))
    assert [made.world.people.rows[k].promised for k in (4, 5)] == [params(made, 0).culture.promise, 0.9]
    assert [made.world.people.rows[k].expectation for k in (4, 5)] == [params(made, 0).culture.promise, 0.9]


def test_old_ties_and_fatigue_wear_off_as_in_ones_arm() -> None:
    made = with_arm(mechanism__ties__half_life=5.0, business__selling__half_life=5.0)
    made.day(10)
    made.do(resume, newcomers(made, bond_members=0.8, slept_day=0, fatigue=0.8, left_day=0, first_joined=0))
    made.do(recover, 2)
    kept, lost = (made.world.people.rows[k] for k in (4, 5))
    assert lost.bond_members == pytest.approx(0.8 * 0.25)
    assert lost.bond_members < kept.bond_members
    assert lost.fatigue == pytest.approx(0.8 * 0.25)
    assert lost.fatigue < kept.fatigue


def test_the_inviters_reward_is_that_of_the_inviters_arm_and_the_invited_ones_of_theirs() -> None:
    made = with_arm(mechanism__incentives__inviter_reward=10.0, mechanism__incentives__invitee_reward=3.0)
    made.person(4, inviter=6, first_joined=0)  # invited by somebody in the arm
    made.person(5, inviter=1, first_joined=0)  # in the arm, invited by somebody outside
    made.do(reward, made.line_up(4, 5))
    earned = [made.world.people.rows[k].earned for k in (6, 4, 1, 5)]
    assert earned == [1000, 0, 0, 300]
    assert made.record.cost_incentives == 1300


def test_a_commission_is_the_inviters_on_the_buyers_price() -> None:
    made = with_arm(mechanism__incentives__commission=0.5, **{"business.products.0.price": 10.0})
    full = float(made.board.plan.products[0, 0].price)
    for buyer, inviter in ((4, 6), (5, 7), (3, 1)):
        made.person(buyer, sale=1, inviter=inviter)
    made.do(pay, made.line_up(3, 4, 5))
    assert made.world.people.rows[6].earned == int(full * 0.5 * 100 + 0.5)
    assert made.world.people.rows[7].earned == 500
    assert made.world.people.rows[1].earned == 0


def test_an_invitation_brings_the_doubt_of_the_inviters_arm() -> None:
    """The chance at which somebody just joins moves with who invited, not with who is invited."""
    made = with_arm(mechanism__incentives__inviter_reward=1e6, mechanism__incentives__pay_doubt=8.0,
                    entrance__consideration__mood=1.0, entrance__consideration__base=0.5)  # fmt: skip

    def joins(sender: int, receiver: int) -> int:
        total = 0
        for luck in range(200):
            made.person(receiver, status=AWARE, noticed=0, inbox=0, first_joined=NEVER)
            of(invite)(made.world, sender, receiver, made.drawn(Purpose.INVITE, luck))
            made.act(consider, luck, receiver)
            total += made.world.people.rows[receiver].status == APPLIED
        return total

    paid, unpaid = joins(6, 4), joins(1, 4)
    assert made.world.people.rows[4].inbox_arm == 0
    assert paid < unpaid
