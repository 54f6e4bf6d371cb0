"""The budget: what may still be spent, what is set aside for what is due, and that a cap holds to the cent."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.engine.mechanisms.budget import open_purse, settle, share_out
from sim.engine.purse import BOTTOMLESS, bought, lacking, left, paid_due
from sim.engine.state.events import ADS_END, BUDGET_REACHED, POSTS_END
from sim.model.plan import cents_within, worth
from tests.engine.scene import Scene, of


def purse(cents: int, **columns: int) -> Any:
    """The board's page with so much to spend."""
    scene = Scene()
    scene.purse(cents)
    for name, value in columns.items():
        setattr(scene.board.today[0], name, value)
    return scene.board.today[0]


def test_what_is_set_aside_is_not_left() -> None:
    assert of(left)(purse(1000)) == 1000
    assert of(left)(purse(1000, dues_aside=300, places_aside=50)) == 650
    assert of(left)(purse(1000, capped=0)) == BOTTOMLESS


@pytest.mark.parametrize(("cents", "paid"), [(0, True), (999, True), (1000, True), (1001, False)])
def test_nothing_is_bought_that_exceeds_the_cap(cents: int, paid: bool) -> None:
    today = purse(1000)
    spent = today.spent
    assert of(bought)(today, cents) == paid
    assert today.spent - spent == (cents if paid else 0)


def test_what_is_due_is_paid_from_what_was_set_aside_and_from_the_rest() -> None:
    today = purse(1000, dues_aside=700, standing=5)
    spent = today.spent
    assert of(paid_due)(today, 300)
    assert (today.spent - spent, today.dues_aside, today.standing) == (300, 400, 305)
    assert not of(paid_due)(today, 701), "400 of it are for others; what was for this one is free"
    assert (today.spent - spent, today.dues_aside, today.standing) == (300, 0, 305)
    assert of(paid_due)(today, 700)
    assert today.cap == today.spent


def test_the_first_thing_that_lacks_uses_up_the_budget() -> None:
    scene = Scene()
    scene.purse(1)
    of(lacking)(scene.world, POSTS_END, 0, 0)
    of(lacking)(scene.world, ADS_END, 1, 7)
    spent = scene.board.today[0].spent
    assert scene.events == [(0, BUDGET_REACHED, 0, spent), (0, POSTS_END, 0, 0), (0, ADS_END, 1, 7)]


def test_the_morning_sets_aside_what_was_due_yesterday_as_far_as_there_is_money() -> None:
    for money, places, aside in ((1000, 0, 400), (500, 200, 300), (100, 200, 0)):
        scene = Scene()
        scene.purse(money)
        scene.board.today[0].standing, scene.board.today[0].places_aside = 400, places
        scene.do(open_purse)
        assert (scene.board.today[0].dues_aside, scene.board.today[0].standing) == (aside, 0)


@pytest.mark.parametrize(("spent", "reached"), [(9999, 0), (10_000, 1), (10_001, 1)])
def test_a_plan_may_go_on_beyond_its_cap(spent: int, reached: int) -> None:
    scene = Scene(budget={"cap": 100.0, "when_reached": "go_on"})
    scene.day(3)
    scene.board.today[0].spent, scene.board.today[0].reached = spent, 0
    scene.begun = int(scene.records.event_count[0])
    for _ in range(2):
        scene.do(open_purse)
    assert (scene.board.today[0].reached, scene.board.today[0].capped) == (reached, 0)
    assert scene.events == [(3, BUDGET_REACHED, 0, spent)] * reached
    assert of(left)(scene.board.today[0]) == BOTTOMLESS


def test_a_cap_is_cut_to_whole_cents_and_never_rounded_up() -> None:
    assert [cents_within(amount) for amount in (0.0, 0.29, 12.345, 99.999, 1e12)] == [0, 29, 1234, 9999, 10**14]


# The rest of a total

ADS = {"total": 1000.0, "rest_to": "entrance.channels.ads.daily_budget"}


def saver(day: int = 90, left: int = 20_000, **columns: float) -> Scene:
    """Ten days before the end; of 200 that are left, 30 are wages and 50 all else that is planned."""
    scene = Scene(budget=ADS)
    scene.day(day)
    today = scene.board.today[0]
    today.spent, today.places_aside, today.promised, today.unforeseen, today.rest = today.cap - left, 0, 0, 0.0, 0.0
    scene.world.playbook.committed[day] = (3000.0, 5000.0)
    for name, value in columns.items():
        setattr(today, name, value)
    return scene


@pytest.mark.parametrize(
    ("columns", "rest"),
    [
        ({}, 1200.0),
        ({"let_go": 1}, 1500.0),
        ({"places_aside": 1000}, 1100.0),
        ({"promised": 1000}, 1100.0),
        ({"unforeseen": 100.0}, 1100.0),
        ({"rest": 500.0}, 500.0 + 1150.0),  # what was not spent yesterday is spent first
        ({"rest": 15_000.0}, 12_000.0),
        ({"left": 8000}, 0.0),
        ({"left": 7999, "rest": 900.0}, 0.0),
    ],
)
def test_the_rest_is_spread_over_the_days_that_are_left(columns: dict[str, Any], rest: float) -> None:
    scene = saver(**columns)
    of(share_out)(scene.world)
    assert scene.board.today[0].rest == pytest.approx(rest)


def test_on_the_last_day_all_of_it_is_spent() -> None:
    scene = saver(day=99)
    of(share_out)(scene.world)
    assert scene.board.today[0].rest == 12_000.0


def test_without_a_total_there_is_no_rest() -> None:
    scene = Scene(budget={"cap": 1000.0})
    scene.day(3)
    assert (scene.board.today[0].rest, scene.board.today[0].rest_kind) == (0.0, 0)
    assert not scene.world.playbook.committed.any()


def test_what_cannot_be_known_beforehand_is_learned_from_thirty_days() -> None:
    scene = saver(unforeseen=100.0, member_dues=40)
    scene.record.cost_incentives, scene.record.cost_attendance = 300, 60
    scene.do(settle)
    assert scene.board.today[0].unforeseen == pytest.approx(100.0 + 300.0 / 30)
    early = saver(day=1, unforeseen=100.0, member_dues=0)
    early.record.cost_incentives, early.record.cost_attendance = 300, 0
    early.do(settle)
    assert early.board.today[0].unforeseen == pytest.approx(200.0)


# What later money is worth


def test_money_a_year_later_is_worth_a_year_less() -> None:
    found = worth(0.25, 800)
    assert (found[0], found[365], found[730]) == pytest.approx((1.0, 0.8, 0.64))
    assert (np.diff(found) < 0).all()
    assert (worth(0.0, 800) == 1.0).all()
    scene = Scene(budget={"discount": 0.25})
    scene.day(73)
    assert scene.record.worth == pytest.approx(0.8**0.2)
