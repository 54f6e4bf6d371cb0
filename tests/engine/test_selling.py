"""Selling: messages to every member once products are on sale, and the fatigue they bring."""

from __future__ import annotations

from typing import Any

import pytest

from sim.engine.mechanisms.selling import recover, sell, set_selling, tire
from sim.engine.rules.purchase import discovery
from tests.engine.scene import Scene, of

near = pytest.approx
RULE = {
    "promos_per_week": 10.5,
    "push": 0.3,
    "organic": 0.04,
    "staged": 2.5,
    "irritation": 0.1,
    "half_life": 20.0,
    "patience": 0.5,
}


def shop(**changes: Any) -> Scene:
    scene = Scene(business__selling=RULE, **changes)
    scene.board.today[0].promos_due = 0.0
    return scene


def test_messages_go_out_as_they_fall_due() -> None:
    """10.5 a week are 1.5 a day: one, two, one, two."""
    scene, sent = shop(), []
    for _ in range(4):
        scene.do(sell)
        scene.do(set_selling)
        today = scene.board.today[0]
        sent.append((today.promos, scene.record.promos, scene.p.derived.discovery))
    assert [each[:2] for each in sent] == [(1.0, 1), (2.0, 2), (1.0, 1), (2.0, 2)]
    assert [each[2] for each in sent] == near([0.3, 1 - 0.7**2] * 2)
    assert today.promos_due == near(0.0)
    assert today.staged == 2.5


def test_seven_a_week_are_one_a_day() -> None:
    scene = Scene(business__selling=RULE | {"promos_per_week": 1.0})
    scene.board.today[0].promos_due, sent = 0.0, []
    for _ in range(21):
        scene.do(sell)
        sent.append(scene.board.today[0].promos)
    assert sent == [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0] * 3


@pytest.mark.parametrize("closed", [True, False])
def test_nothing_is_sold_before_the_third_stage_or_switched_off(closed: bool) -> None:
    scene = shop(switches__selling=closed)
    today = scene.board.today[0]
    today.paid_products, today.promos, today.staged = int(not closed), 9.0, 9.0
    scene.do(sell)
    scene.do(set_selling)
    assert (today.promos, today.promos_due, today.staged, scene.record.promos) == (0.0, 0.0, 0.0, 0)
    assert scene.p.derived.discovery == 0.0
    assert scene.p.derived.search == 0.04


def test_what_the_morning_says() -> None:
    scene = shop()
    scene.p.derived.fatigue_kept, scene.p.derived.search = 9.0, 9.0
    scene.do(set_selling)
    assert scene.p.derived.fatigue_kept == near(2 ** (-1 / 20))
    assert scene.p.derived.search == 0.04


@pytest.mark.parametrize(("promos", "tie", "fatigue"), [(0.0, 0.0, 0.4), (3.0, 0.0, 0.7), (3.0, 0.4, 0.64)])
def test_selling_tires_people_with_a_tie_less(promos: float, tie: float, fatigue: float) -> None:
    scene = shop()
    scene.board.today[0].promos, scene.p.derived.fatigue_kept = promos, 0.5
    scene.person(0, fatigue=0.8, tie=tie)
    before = scene.seen()
    scene.act(tire)
    assert scene.me.fatigue == near(fatigue)
    assert scene.changed(before) == {"people.fatigue"}


def test_nobody_tires_where_it_is_switched_off() -> None:
    scene = shop(switches__selling_fatigue=False)
    scene.board.today[0].promos, scene.me.fatigue = 3.0, 0.8
    scene.act(tire)
    assert scene.me.fatigue == 0.8


def test_fatigue_has_worn_off_on_return() -> None:
    scene = shop()
    scene.day(50)
    for i, first in ((0, 3), (1, 50), (2, 3)):
        scene.person(i, first_joined=first, left_day=10, fatigue=0.8)
    scene.do(recover, scene.line_up(0, 1))
    assert [scene.person(i).fatigue for i in range(3)] == near([0.2, 0.8, 0.8])


@pytest.mark.parametrize(("push", "messages", "chance"), [(0.2, 1.0, 0.2), (1.0, 1.0, 1.0), (0.5, 2.0, 0.75)])
def test_the_push_of_a_message_is_a_probability(push: float, messages: float, chance: float) -> None:
    """``business.selling.push``: chance that a selling message seen makes somebody weigh a purchase."""
    assert of(discovery)(push, messages) == pytest.approx(chance)
