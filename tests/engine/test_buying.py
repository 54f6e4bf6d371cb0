"""Buying, act by act: what each thing adds to readiness, what is paid, who is counted, and what a fault takes."""

from __future__ import annotations

import math
from typing import Any

import pytest

from sim.engine.day.person import live
from sim.engine.draws import Purpose
from sim.engine.mechanisms.buying import (
    buy,
    buyers_seen,
    friends_who_bought,
    open_shop,
    order,
    orders,
    owners,
    purchase,
    readiness,
    respond,
    taste,
    use,
    use_owned,
)
from sim.engine.state.events import PRODUCT_FAULT
from sim.engine.state.people import APPLIED, ASKS, AWARE, LEFT, MEMBER, NEVER, OUTSIDE
from sim.scenario.sections.buying import ProductPlan
from tests.engine.scene import Scene, of

near = pytest.approx
NIL = {
    "base": 0.0,
    "tie": 0.0,
    "match": 0.0,
    "quality": 0.0,
    "price": 0.0,
    "herd": 0.0,
    "crowd": 0.0,
    "fatigue": 0.0,
    "use_weight": 0.2,
}
A = ProductPlan(name="a", price=12.345, cost=4.005, quality=0.8, appeal=0.0, promise=0.5)
B = ProductPlan(name="b", price=100.0, cost=0.0, quality=0.4, appeal=0.7, promise=0.5)


def shop(buying: dict[str, float] | None = None, **changes: Any) -> Scene:
    """Topics fit by .5 and .25 (the firm and the KOL), then the products by .6 and .2."""
    scene = Scene(A, B, business__buying=NIL | (buying or {}), **{"market__latent__buying": 0.0} | changes)
    scene.fits(0.5, 0.25, 0.6, 0.2)
    scene.person(0, power=2.0, latent=0.0)
    return scene


@pytest.mark.parametrize(
    ("buying", "columns", "logits"),
    [
        ({}, {}, (0.0, 0.7)),
        ({"base": -1.5}, {}, (-1.5, -0.8)),
        ({"tie": 2.0}, {"tie": 0.25}, (0.5, 1.2)),
        ({"match": 1.5}, {}, (0.9, 1.0)),
        ({"quality": 1.5}, {}, (1.2, 1.3)),
        ({"price": 0.8}, {}, (-0.8 * 0.12345 / 2, 0.3)),
        ({"price": 0.8, "tie_price": 0.5}, {"tie": 0.5}, (-0.8 * 0.12345 / 2 * 0.75, 0.4)),
        ({"herd": 0.5}, {"friends_buying": 3}, (0.5 * math.log(4), 0.7 + 0.5 * math.log(4))),
        ({"fatigue": 0.6}, {"fatigue": 1.5}, (-0.9, -0.2)),
    ],
)
def test_each_thing_adds_to_readiness(
    buying: dict[str, float], columns: dict[str, float], logits: tuple[float, float]
) -> None:
    scene = shop(buying)
    scene.person(0, **columns)
    assert [of(readiness)(scene.me, scene.board, scene.p, q) for q in (0, 1)] == near(logits)


def test_what_lies_outside_the_shop_adds_too() -> None:
    scene = shop({"crowd": 0.5, "crowd_most": 2.0, "herd": 0.5}, market__latent__buying=0.8)
    scene.person(0, latent=-0.5, friends_buying=3)
    scene.p.derived.friends, scene.p.derived.repute_buying = 0, 0.3
    scene.board.today[0].staged = 9.0
    assert of(readiness)(scene.me, scene.board, scene.p, 0) == near(-0.4 + 0.3 + 0.5 * math.log(3))


@pytest.mark.parametrize(("status", "seen"), [(MEMBER, 5.0), (AWARE, 0.0), (APPLIED, 0.0), (LEFT, 0.0)])
def test_members_see_the_buyers_of_their_group_and_staged_ones(status: int, seen: float) -> None:
    scene = shop(carrier__groups__cap=6)
    scene.board.today[0].staged = 2.0
    scene.board.groups[0].buyers, scene.board.groups[1].buyers = 9, 3
    scene.person(0, status=status, group=1)
    assert of(buyers_seen)(scene.me, scene.board) == seen


@pytest.mark.parametrize(
    ("friends", "degree", "on", "share"), [(5, 10, 1, 0.5), (1, 1, 1, 1.0), (5, 10, 0, 0.0), (0, 0, 1, 0.0)]
)
def test_the_share_of_friends_who_bought(friends: int, degree: int, on: int, share: float) -> None:
    scene = shop()
    scene.person(0, friends_buying=friends, degree=degree)
    scene.p.derived.friends = on
    assert of(friends_who_bought)(scene.me, scene.p) == share


def test_a_purchase_is_paid_in_cents_and_buyers_are_counted() -> None:
    scene = shop()
    before = scene.seen()
    for bought in range(1, 4):
        of(purchase)(scene.me, scene.board.plan.products[0, 0], scene.tally)
        tally = scene.tally
        assert (tally.revenue, tally.cost_goods, scene.me.spent) == (bought * 1235, bought * 401, bought * 1235)
        assert (tally.purchases, scene.me.purchases) == (bought, bought)
        assert (tally.new_buyers, tally.repeat_buyers) == (1, int(bought > 1))
    assert scene.changed(before) == {
        *("people.spent", "people.purchases"),
        *(f"tally.{name}" for name in ("revenue", "cost_goods", "purchases", "new_buyers", "repeat_buyers")),
    }


@pytest.mark.parametrize(("gap", "weight", "after"), [(0.5, 0.2, 0.6), (-0.5, 0.2, 0.4), (5.0, 0.2, 1.0), (-5, 0.2, 0)])
def test_use_moves_satisfaction_within_its_bounds(gap: float, weight: float, after: float) -> None:
    scene = shop()
    of(taste)(scene.me, scene.p, gap, weight)
    assert scene.me.satisfaction == near(after)


@pytest.mark.parametrize(("status", "near_"), [(None, 1.0), (AWARE, 0.4), (LEFT, 0.4)])
def test_followers_weigh_a_purchase_less_readily(status: int | None, near_: float) -> None:
    scene = shop({"base": 50.0, "outside": 0.4}, business__selling={"organic": 0.5, "promos_per_week": 0.0})
    if status is not None:
        scene.me.status = status
    under, over = scene.around(Purpose.WEIGH, 0.5 * near_)
    scene.act(buy, over)
    assert (scene.me.sale, scene.tally.purchases) == (0, 0)
    scene.act(buy, under)
    assert scene.me.sale > 0
    assert (scene.tally.bought_search, scene.tally.purchases) == (1, 1)
    assert scene.board.shelf.bought[0].max() == 0


def test_nothing_is_bought_before_products_are_on_sale() -> None:
    scene = shop({"base": 50.0})
    scene.board.today[0].paid_products = 0
    scene.act(buy)
    assert scene.me.sale == 0
    scene.board.today[0].paid_products = 1
    scene.act(buy)
    assert scene.me.sale > 0


# Advice before a sale, help after it


def test_whoever_weighs_is_counted_and_who_does_not_is_not() -> None:
    scene = shop({"base": -50.0}, business__selling={"organic": 0.5, "promos_per_week": 0.0})
    under, over = scene.around(Purpose.WEIGH, 0.5)
    before = scene.seen()
    scene.act(buy, over)
    assert scene.changed(before) == set()
    scene.act(buy, under)
    assert (scene.tally.weighed, scene.tally.purchases) == (1, 0)
    assert scene.changed(before) == {"tally.weighed"}


@pytest.mark.parametrize(("base", "bought"), [(-50.0, 0), (50.0, 1)])
def test_advice_ties_to_the_firm_whether_one_buys_or_not(base: float, bought: int) -> None:
    scene = shop({"base": base, "use_bond": 0.0})
    scene.p.derived.advised, scene.p.derived.advice_bond = 0.3, 0.25
    under, over = scene.around(Purpose.ADVICE, 0.3)
    for luck, bond in ((over, 0.4), (under, 0.4 + 0.25 * 0.6)):
        scene.bonds[:], scene.board.shelf.bought[0], scene.me.grievance = (0.4, 0.2), NEVER, 0.0
        for q in (0, 1):
            scene.board.plan.products[0, q].promise = 0.0
        scene.tally.purchases = 0
        scene.act(buy, luck)
        assert scene.tally.purchases == bought
        assert scene.bonds.tolist() == near([bond, 0.2])


@pytest.mark.parametrize(("promise", "gap"), [(0.5, 0.3), (0.9, -2.25 * 0.1)])
def test_advice_brings_what_is_expected_nearer_to_what_is_sold(promise: float, gap: float) -> None:
    for advised, moved in ((False, gap), (True, 0.4 * gap)):
        scene = shop()
        scene.p.derived.advice = 0.6
        scene.board.plan.products[0, 0].promise = promise
        of(use)(scene.me, scene.bonds, scene.board, scene.p, scene.key(), 0, advised, scene.tally)
        assert scene.me.satisfaction == near(0.5 + 0.2 * moved)
        assert scene.me.grievance == near(max(0.0, -moved))
        assert scene.tally.satisfied == int(gap > 0)


def test_help_makes_more_of_what_was_bought() -> None:
    """Of quality .8 and help of one half, .9."""
    scene = shop({"use_bond": 0.1})
    scene.p.derived.supported, scene.p.derived.support = 0.3, 0.5
    for luck, made in zip(scene.around(Purpose.SUPPORT, 0.3), (0.9, 0.8), strict=True):
        scene.me.satisfaction, scene.bonds[0] = 0.5, 0.4
        of(use)(scene.me, scene.bonds, scene.board, scene.p, scene.key(luck), 0, False, scene.tally)
        assert scene.me.satisfaction == near(0.5 + 0.2 * (made - 0.5))
        assert scene.bonds[0] == near(0.4 + 0.1 * made * 0.6)


def test_use_that_is_just_as_expected_satisfies_and_binds() -> None:
    scene = shop({"use_bond": 0.1})
    scene.bonds[0] = 0.4
    scene.board.plan.products[0, 0].promise = 0.8
    of(use)(scene.me, scene.bonds, scene.board, scene.p, scene.key(), 0, False, scene.tally)
    assert (scene.tally.satisfied, scene.me.grievance, scene.me.satisfaction) == (1, 0.0, 0.5)
    assert scene.bonds[0] == near(0.4 + 0.1 * 0.8 * 0.6)


def test_no_grievance_is_more_than_whole() -> None:
    scene = shop()
    of(respond)(scene.me, scene.bonds, scene.p, -2.25, 0.0)
    assert scene.me.grievance == 1.0


# Faults


def test_a_fault_takes_its_share_of_quality_and_gives_nothing() -> None:
    scene = shop()
    scene.board.shelf.bought[0] = (3, NEVER)
    scene.board.shelf.items[0].broke, scene.board.shelf.items[1].broke = 0.25, 0.5
    scene.bonds[0], scene.me.grievance = 0.4, 0.1
    scene.act(use_owned)
    assert scene.me.satisfaction == 0.5, "no fault showed today"
    scene.board.today[0].faults = 1
    scene.act(use_owned)
    gap = 2.25 * 0.8 * 0.25
    assert scene.me.satisfaction == near(0.5 - 0.2 * gap)
    assert scene.me.grievance == near(gap)
    assert scene.bonds[0] == near(0.4 * (1 - 0.08 * gap))
    flawless = shop()
    flawless.board.plan.products[0, 0].quality = 0.0
    flawless.board.shelf.bought[0, 0], flawless.bonds[0] = 3, 0.4
    flawless.board.shelf.items[0].broke, flawless.board.today[0].faults = 0.25, 1
    flawless.act(use_owned)
    assert flawless.bonds[0] == 0.4, "what was worth nothing is no loss, and no gain"


def test_faults_that_show_are_noted_with_the_owners() -> None:
    scene = shop()
    scene.day(3)
    scene.board.shelf.bought[:4, 1] = 2
    for q, fault in ((0, 0.3), (1, 0.2)):
        scene.board.plan.products[0, q].fault = fault
    scene.board.shelf.items[0].fault = 0.5
    scene.do(open_shop)
    items = scene.board.shelf.items
    assert [items[q].fault for q in (0, 1)] == [0.3, 0.2]
    assert [items[q].broke for q in (0, 1)] == [0.0, 0.2]
    assert scene.board.today[0].faults == 1
    assert scene.events == [(3, PRODUCT_FAULT, 1, 4)]
    assert [of(owners)(scene.board.shelf.bought, q) for q in (0, 1)] == [0, 4]


def test_a_fault_may_show_from_the_second_day_on() -> None:
    for day, broke in ((0, 0.0), (1, 0.2), (2, 0.2)):
        scene = shop()
        scene.day(day)
        scene.board.plan.products[0, 0].fault, scene.board.today[0].faults = 0.2, 7
        scene.do(open_shop)
        assert scene.board.shelf.items[0].broke == broke
        assert scene.board.today[0].faults == int(broke > 0)


# By an advertisement


def passer_by(sells: float = 0.3, **columns: Any) -> Scene:
    """Somebody outside who notices advertising, on day 20; topics fit."""
    scene = shop({"base": 50.0, "use_bond": 0.5})
    scene.day(20)
    scene.board.today[0].free_content = 0  # else the firm's posts are noticed instead
    for product in range(2):
        scene.board.plan.products[0, product].promise = 0.0
    for channel in range(2):
        scene.board.channels[channel].contacts = 0.0
    scene.board.channels[1].sells = sells
    scene.person(0, **({"status": OUTSIDE, "noticed": 1, "first_joined": NEVER, "joined_day": NEVER} | columns))
    return scene


def test_whoever_notices_a_channel_that_sells_may_weigh_a_purchase() -> None:
    scene = passer_by()
    under, over = scene.around(Purpose.ORDER, 0.3)
    before = scene.seen()
    assert scene.act(orders, over) is False
    assert scene.act(orders, under) is True
    assert scene.changed(before) == set()


@pytest.mark.parametrize(
    ("columns", "stage"), [({"noticed": 0}, 1), ({"noticed": 2}, 1), ({"noticed": 3}, 1), ({"sale": 1}, 1), ({}, 0)]
)
def test_nobody_orders_elsewhere_twice_or_before_products_are_on_sale(columns: dict[str, int], stage: int) -> None:
    """Channel 0 does not sell; 2 are friends, 3 is a voice."""
    scene = passer_by(sells=1.0, **columns)
    scene.board.channels[0].sells = 0.0
    scene.board.today[0].paid_products = stage
    assert scene.act(orders) is False


def test_an_order_is_a_discovery_by_somebody_outside() -> None:
    scene = passer_by()
    scene.act(order)
    tally = scene.tally
    assert (tally.weighed, tally.purchases, tally.bought_discovery, tally.bought_outside) == (1, 1, 1, 1)
    assert scene.me.sale > 0
    assert scene.bonds[0] > 0.0
    scene.person(0, status=MEMBER, sale=0)
    scene.board.shelf.bought[:] = NEVER
    scene.act(order)
    assert (tally.purchases, tally.bought_outside) == (2, 1)


def test_an_order_of_a_whole_day_binds_and_is_seen() -> None:
    """Of somebody whom nothing touched for 20 days: what a purchase gives is not worn off by the days before it."""
    scene = passer_by(sells=1.0, slept_day=-1, visits=0)
    scene.p.derived.advised = scene.p.derived.supported = 0.0
    with_order = int(of(live)(scene.me, scene.bonds, scene.board, scene.tally))
    assert with_order & ASKS
    assert scene.me.purchases == 1
    assert scene.me.slept_day == 20
    product = scene.board.plan.products[0, scene.me.sale - 1]
    gained = 0.5 * product.quality
    assert scene.bonds[0] == near(gained * 2 ** (-1 / scene.p.mechanism.ties.half_life))
