"""Service: operators' hours divided over tasks, and what members feel of welcomes and answers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.engine.draws import Purpose
from sim.engine.mechanisms.service import divide, open_service, receive, reply, serve, set_service, welcome
from sim.engine.state.events import BUDGET_REACHED, STAFF_LEAVE
from sim.engine.state.people import AWARE, GRANTED, HELPED, LEFT, MEMBER, NOTHING, REFUSED
from sim.engine.state.world import ACTIVITIES, MODERATING, ONBOARDING, REPLYING, TASKS
from sim.scenario.sections.service import OperatorPlan
from tests.engine.scene import Scene, of

near = pytest.approx
RULE = {
    "onboard_hours": 0.5,
    "reply_hours": 0.25,
    "moderate_hours": 0.01,
    "onboard_lift": 0.5,
    "reply_lift": 0.4,
    "lift_most": 1.5,
    "lift_half_life": 10.0,
    "reply_bond": 0.05,
    "help_bond": 0.1,
    "unanswered": 0.2,
    "moderation": 0.7,
    "coordination_loss": 0.4,
}
#: Equal shares of the hours.
POLICY = {"onboarding": 0.25, "replying": 0.25, "activities": 0.25, "moderating": 0.25}


def office(hours: float = 8.0, **changes: Any) -> Scene:
    team = {"structure__operators": [OperatorPlan(name="mei", hours_day=hours, wage_month=3650.0)]}
    return Scene(**{"structure__service": RULE, "structure__policy": POLICY} | team | changes)


# What members feel


@pytest.mark.parametrize(
    ("welcomed", "answer", "lift"),
    [
        (NOTHING, NOTHING, 0.3),
        (GRANTED, NOTHING, 0.8),
        (REFUSED, NOTHING, 0.3),
        (NOTHING, GRANTED, 0.7),
        (NOTHING, HELPED, 0.7),
        (NOTHING, REFUSED, 0.3),
        (GRANTED, GRANTED, 1.2),
        (GRANTED, HELPED, 1.2),
    ],
)
def test_a_welcome_and_an_answer_lift_and_wear_off(welcomed: int, answer: int, lift: float) -> None:
    scene = office()
    scene.p.derived.lift_kept = 0.5
    scene.person(0, welcomed=welcomed, answer=answer, lift=0.6, satisfaction=0.5, bond_members=0.5)
    scene.bonds[:] = (0.2, 0.1)
    scene.act(receive)
    me = scene.me
    assert me.lift == near(lift)
    assert (me.welcomed, me.answer) == (NOTHING, NOTHING)
    assert scene.bonds.tolist() == near([0.2 + 0.05 * 0.8 if answer == GRANTED else 0.2, 0.1])
    assert me.bond_members == near(0.55 if answer == HELPED else 0.5)
    assert me.satisfaction == near(0.3 if answer == REFUSED else 0.5)


def test_lifts_add_up_to_a_limit() -> None:
    scene = office()
    scene.p.derived.lift_kept = 1.0
    scene.person(0, welcomed=GRANTED, answer=GRANTED, lift=0.7)
    scene.act(receive)
    assert scene.me.lift == 1.5


def test_satisfaction_does_not_fall_below_0() -> None:
    scene = office()
    scene.person(0, answer=REFUSED, satisfaction=0.1)
    scene.act(receive)
    assert scene.me.satisfaction == 0.0


def test_help_makes_no_tie_where_ties_among_members_are_off() -> None:
    scene = office(switches__member_ties=False)
    scene.person(0, answer=HELPED, bond_members=0.5)
    scene.act(receive)
    assert scene.me.bond_members == 0.5
    assert scene.me.lift == near(0.4)


@pytest.mark.parametrize(("on", "moderation", "staffed"), [(True, 0.7, 1), (False, 0.0, 0)])
def test_what_the_morning_says(on: bool, moderation: float, staffed: int) -> None:
    scene = office(switches__operators=on)
    scene.board.today[0].moderation, scene.p.derived.staffed, scene.p.derived.lift_kept = 9.0, 9, 9.0
    scene.do(open_service)
    scene.do(set_service)
    assert (scene.board.today[0].moderation, scene.p.derived.staffed) == (moderation, staffed)
    assert scene.p.derived.lift_kept == near(2 ** (-1 / 10))


@pytest.mark.parametrize(("money", "stays"), [(12_000, True), (11_999, False)])
def test_a_team_that_cannot_be_paid_leaves_for_good(money: int, stays: bool) -> None:
    scene = office()
    scene.purse(money)
    spent, scene.record.cost_operators, scene.record.staff = scene.board.today[0].spent, 0, 0
    scene.do(open_service)
    today, record = scene.board.today[0], scene.record
    assert (today.hours, record.staff, record.cost_operators) == ((8.0, 1, 12_000) if stays else (0.0, 0, 0))
    assert today.spent - spent == record.cost_operators
    assert scene.events == ([] if stays else [(0, BUDGET_REACHED, 0, spent), (0, STAFF_LEAVE, 0, 1)])
    scene.purse(10**9)
    scene.do(open_service)
    assert today.hours == (8.0 if stays else 0.0)


def test_wages_by_the_hour_are_those_of_the_hours() -> None:
    """30.005 an hour for 4 hours; a manager by the month."""
    team = [
        OperatorPlan(name="mei", hours_day=4.0, wage_hour=30.005, skill=0.5),
        OperatorPlan(name="bo", rank="manager", hours_day=2.0, wage_month=365.0),
    ]
    scene = office(structure__operators=team)
    assert (scene.record.cost_operators, scene.record.hours_paid) == (12_002 + 1200, 6.0)
    assert scene.board.today[0].hours == near(4.0)


def test_volunteers_stay_without_money() -> None:
    scene = office(structure__operators=[OperatorPlan(name="mei", hours_day=3.0, wage_month=0.0)])
    scene.purse(0)
    scene.do(open_service)
    assert (scene.board.today[0].hours, scene.board.today[0].let_go) == (3.0, 0)


# Dividing the hours


@pytest.mark.parametrize(
    ("wanted", "hours", "done"),
    [
        ((1.0, 1.0, 1.0, 1.0), 8.0, (1.0, 1.0, 1.0, 1.0)),
        ((9.0, 9.0, 9.0, 9.0), 8.0, (0.8, 1.6, 2.4, 3.2)),
        ((9.0, 0.0, 0.0, 0.0), 8.0, (8.0, 0.0, 0.0, 0.0)),
        ((1.0, 9.0, 9.0, 0.0), 8.0, (1.0, 4.6, 2.4, 0.0)),
        ((0.0, 0.0, 9.0, 9.0), 8.0, (0.0, 0.0, 4.8, 3.2)),
        ((1.2, 1.2, 9.0, 9.0), 8.0, (1.2, 1.2, 2.4, 3.2)),
        ((9.0, 9.0, 9.0, 1.0), 8.0, (3.0, 1.6, 2.4, 1.0)),
        ((1.0, 9.0, 1.0, 9.0), 0.0, (0.0, 0.0, 0.0, 0.0)),
    ],
)
def test_what_is_spare_flows_on_in_order_of_tasks(
    wanted: tuple[float, ...], hours: float, done: tuple[float, ...]
) -> None:
    scene = office(
        structure__policy={"onboarding": 0.1, "replying": 0.2, "activities": 0.3, "moderating": 0.4},
    )
    work = np.zeros((len(TASKS), 2))
    work[:4, 0] = wanted
    of(divide)(work, hours, scene.p.structure.policy)
    assert work[:, 0].tolist() == [*wanted, 0.0, 0.0]
    assert work[:, 1].tolist() == near([*done, 0.0, 0.0])


def test_hours_that_no_policy_gives_out_are_spare_too() -> None:
    scene = office(structure__policy={"onboarding": 0.0, "replying": 0.0, "activities": 0.0, "moderating": 0.5})
    work = np.array([[3.0, 0.0], [3.0, 0.0], [3.0, 0.0], [3.0, 0.0], [0.0, 0.0], [1.0, 0.0]])
    of(divide)(work, 8.0, scene.p.structure.policy)
    assert work[:, 1].tolist() == near([3.0, 2.0, 0.0, 3.0, 0.0, 0.0])


def test_hours_before_and_after_a_sale_have_their_shares_and_come_last() -> None:
    scene = office(structure__policy={"onboarding": 0.5, "replying": 0.0, "activities": 0.0, "moderating": 0.0,
                                      "advising": 0.25, "supporting": 0.25})  # fmt: skip
    work = np.array([[9.0, 0.0], [0.0, 0.0], [0.0, 0.0], [0.0, 0.0], [3.0, 0.0], [1.0, 0.0]])
    of(divide)(work, 8.0, scene.p.structure.policy)
    assert work[:, 1].tolist() == near([5.0, 0.0, 0.0, 0.0, 2.0, 1.0])


# The evening's work


def worked(scene: Scene, *people: int) -> list[list[float]]:
    scene.do(serve, scene.line_up(*people))
    return scene.records.work[scene.board.today[0].day].tolist()  # type: ignore[no-any-return]


def test_the_days_work_is_wanted_done_and_paid() -> None:
    scene = office()
    scene.record.joined, scene.record.returned, scene.record.member_posts = 2, 1, 50
    scene.records.work[0, ACTIVITIES, 0] = 1.5
    for i in (1, 2, 3):
        scene.person(i, questions=i)
    scene.record.hours_wanted, scene.record.hours_done = 1.0, 1.0
    work = worked(scene, 1, 2, 3)
    assert work[ONBOARDING] == near([1.5, 1.5])
    assert work[REPLYING] == near([1.5, 1.5])
    assert work[ACTIVITIES] == near([1.5, 1.5])
    assert work[MODERATING] == near([0.5, 0.5])
    record = scene.record
    assert (record.staff, record.cost_operators) == (1, 12_000)
    assert (record.hours_wanted, record.hours_done) == near((6.0, 6.0))
    assert scene.board.today[0].covered == 1.0


def test_where_hours_lack_less_is_done() -> None:
    """A quarter of an hour for each task: one answer, and half of the messages are looked after."""
    scene = office(1.0)
    scene.record.joined, scene.record.member_posts = 5, 50
    for i in (1, 2, 3):
        scene.person(i, status=MEMBER, joined_day=0, questions=1)
    work = worked(scene, 1, 2, 3)
    assert [task[1] for task in work] == near([0.5, 0.25, 0.0, 0.25, 0.0, 0.0])
    assert scene.board.today[0].covered == near(0.5)
    answers = [scene.person(i).answer for i in (1, 2, 3)]
    assert sorted(answers) == [GRANTED, REFUSED, REFUSED]
    assert sorted(scene.person(i).welcomed for i in (1, 2, 3)) == [GRANTED, REFUSED, REFUSED]
    assert scene.record.hours_done == near(1.0)
    assert scene.record.hours_wanted == near(2.5 + 0.75 + 0.5)


def test_where_nothing_was_written_all_is_looked_after() -> None:
    scene = office(0.0)
    scene.board.today[0].covered = 0.3
    worked(scene)
    assert scene.board.today[0].covered == 1.0
    scene.record.member_posts = 1
    worked(scene)
    assert scene.board.today[0].covered == 0.0


def test_without_operators_nothing_is_done() -> None:
    scene = office(switches__operators=False)
    scene.record.joined = 1
    scene.person(1, status=MEMBER, joined_day=0, questions=1)
    assert [task[1] for task in worked(scene, 1)] == [0.0] * 6
    assert (scene.person(1).welcomed, scene.person(1).answer) == (REFUSED, REFUSED)
    assert scene.record.hours_done == 0.0
    assert (scene.record.staff, scene.record.cost_operators) == (0, 0), "nor is anybody paid"


def test_a_team_without_a_leader_loses_hours() -> None:
    """Four people, one of whom needs no leader: a quarter is led, three quarters lose .4 of 8 hours."""
    four = [OperatorPlan(name=f"o{k}", hours_day=2.0, wage_month=365.0) for k in range(4)]
    scene = office(structure__operators=four)
    scene.record.member_posts = 100_000
    worked(scene)
    assert scene.record.hours_done == near(8.0 * (1 - 0.4 * 0.75))
    assert (scene.record.staff, scene.record.cost_operators) == (4, 4800)
    led = office(structure__operators=[*four[:3], OperatorPlan(name="lead", rank="manager", hours_day=2.0)])
    led.record.member_posts = 100_000
    worked(led)
    assert led.record.hours_done == near(8.0)


# Who is served


def first_in_line(scene: Scene, people: list[int], purpose: Purpose) -> list[int]:
    """In order of the priority that is drawn for each."""
    return sorted(people, key=lambda i: scene.drawn_for(i, purpose))


def test_newcomers_are_welcomed_by_priority() -> None:
    scene = office()
    scene.day(5)
    for i in range(1, 9):
        scene.person(i, status=MEMBER, joined_day=5, welcomed=NOTHING)
    scene.person(7, joined_day=4)
    scene.person(8, status=LEFT)
    of(welcome)(scene.world, scene.line_up(*range(1, 9)), 4)
    order = first_in_line(scene, list(range(1, 7)), Purpose.ONBOARD)
    assert [scene.person(i).welcomed for i in order] == [GRANTED] * 4 + [REFUSED] * 2
    assert (scene.person(7).welcomed, scene.person(8).welcomed) == (NOTHING, NOTHING)


def test_all_are_welcomed_where_there_is_time() -> None:
    scene = office()
    for i in (3, 2, 1):
        scene.person(i, status=MEMBER, joined_day=0)
    scene.person(5, status=AWARE, joined_day=0)
    of(welcome)(scene.world, scene.line_up(5, 3), 3)
    assert (scene.person(5).welcomed, scene.person(3).welcomed) == (NOTHING, GRANTED)
    of(welcome)(scene.world, scene.line_up(3, 2, 1), 3)
    assert [scene.person(i).welcomed for i in (1, 2, 3)] == [GRANTED] * 3
    assert scene.world.scratch.picked[:3].tolist() == [3, 2, 1], "nobody is moved where all are served"


def test_questions_are_answered_by_priority_one_person_after_the_other() -> None:
    scene = office()
    for i in range(1, 7):
        scene.person(i, questions=2, answer=NOTHING)
    scene.person(7, questions=0)
    of(reply)(scene.world, scene.line_up(*range(1, 8)), 5)
    order = first_in_line(scene, list(range(1, 7)), Purpose.QUEUE)
    answers = [scene.person(i).answer for i in order]
    assert answers == [GRANTED] * 3 + [REFUSED] * 3, "the third gets one of two answers"
    assert scene.person(7).answer == NOTHING


def test_who_was_helped_by_a_member_is_not_let_down() -> None:
    scene = office()
    for i in (1, 2, 3):
        scene.person(i, questions=1, answer=HELPED)
    of(reply)(scene.world, scene.line_up(1, 2, 3), 0)
    assert [scene.person(i).answer for i in (1, 2, 3)] == [HELPED] * 3
    of(reply)(scene.world, scene.line_up(1, 2, 3), 3)
    assert [scene.person(i).answer for i in (1, 2, 3)] == [GRANTED] * 3


def test_in_order_of_persons_where_there_is_time_for_all() -> None:
    scene = office()
    for i in (1, 2, 3, 4):
        scene.person(i, questions=1)
    of(reply)(scene.world, scene.line_up(4, 2, 1, 3), 4)
    assert scene.world.scratch.picked[:4].tolist() == [4, 2, 1, 3]
    assert [scene.person(i).answer for i in (1, 2, 3, 4)] == [GRANTED] * 4
