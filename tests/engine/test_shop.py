"""Buying and using: each product is remembered, one choice among all, judged by its own promise, seen by others."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from sim.engine.draws import Purpose, key_of, uniform
from sim.engine.mechanisms.buying import buy, choose, readiness, use_owned
from sim.engine.rules.attention import logistic
from sim.engine.rules.platform import conformity
from sim.engine.rules.purchase import inclusive, path_taken
from sim.engine.state.events import PRODUCT_FAULT
from sim.engine.state.people import NEVER
from sim.scenario.sections.buying import ProductPlan
from tests.engine.scene import Scene, of

LUCKS = range(3000)


def product(name: str = "course", **more: Any) -> ProductPlan:
    return ProductPlan(name=name, **({"price": 0.0, "quality": 0.5, "repurchase_days": 1} | more))


def choices(scene: Scene, lucks: range = LUCKS) -> list[int]:
    """The product chosen with each luck, NEVER where none is."""
    with np.errstate(over="ignore"):
        return [of(choose)(scene.me, scene.board, scene.p, key_of(np.uint64(7), luck)) for luck in lucks]


def worth(scene: Scene, q: int = 0) -> float:
    return float(of(readiness)(scene.me, scene.board, scene.p, q))


# What one owns


def test_nobody_buys_a_product_again_before_it_has_rested() -> None:
    """Nor after having bought another one in between."""
    long, short = product("column", repurchase_days=30), product("book", repurchase_days=2)
    scene = Scene(long, short, business__buying__base=50.0)
    bought: list[list[int]] = [[], []]
    for day in range(1, 90):
        scene.day(day)
        scene.act(buy)
        if scene.me.sale:
            bought[scene.me.sale - 1].append(day)
        scene.end()
        scene.me.sale = 0
    assert len(bought[0]) == 3
    assert len(bought[1]) > 30
    assert min(np.diff(bought[0])) >= 30
    assert min(np.diff(bought[1])) >= 2


def test_a_purchase_is_written_in_ones_own_row_only() -> None:
    scene = Scene(product("a"), product("b"), business__buying__base=50.0)
    scene.let_in(4)
    scene.act(buy, person=4)
    row = scene.board.shelf.bought[4].tolist()
    assert sorted(row) == [NEVER, 0]
    assert (np.delete(scene.board.shelf.bought, 4, axis=0) == NEVER).all()


# Which one


@pytest.mark.parametrize("similarity", [0.0, 0.8])
def test_one_product_is_bought_by_the_logistic_of_its_readiness(similarity: float) -> None:
    scene = Scene(product(), business__buying__similarity=similarity, business__buying__base=-1.0)
    chance = of(logistic)(worth(scene))
    with np.errstate(over="ignore"):
        expected = [0 if uniform(key_of(np.uint64(7), k), Purpose.BUY) < chance else NEVER for k in LUCKS]
    assert choices(scene) == expected
    assert 0 in expected
    assert NEVER in expected


@pytest.mark.parametrize("similarity", [0.0, 0.5, 0.99])
def test_a_like_product_adds_the_fewer_buyers_the_more_alike(similarity: float) -> None:
    """P = logistic(V + μ·log 2), μ = 1 − similarity: near 1 none is added."""
    scene = Scene(product("a"), product("b"), business__buying__similarity=similarity, business__buying__base=-1.5)
    expected = of(logistic)(worth(scene) + (1.0 - similarity) * math.log(2))
    share = np.mean(np.array(choices(scene)) != NEVER)
    assert share == pytest.approx(expected, abs=3 * math.sqrt(0.25 / len(LUCKS)))


@pytest.mark.parametrize("similarity", [0.0, 0.5])
def test_which_one_is_a_logit_choice(similarity: float) -> None:
    """Among buyers the odds are exp((V₀ − V₁)/μ)."""
    scene = Scene(
        product("a", appeal=0.7), product("b"), business__buying__base=9.0, business__buying__similarity=similarity
    )
    chosen = np.array(choices(scene))
    expected = of(logistic)(0.7 / (1.0 - similarity))
    assert np.mean(chosen[chosen != NEVER] == 0) == pytest.approx(expected, abs=3 * math.sqrt(0.25 / len(LUCKS)))


def test_among_many_products_too_the_choice_is_a_logit_one() -> None:
    """One of six, better by 1: e/(e + 5)."""
    others = [product(name) for name in "bcdef"]
    scene = Scene(product("a", appeal=1.0), *others, business__buying={"base": 50.0, "similarity": 0.0})
    share = np.mean(np.array(choices(scene, range(1500))) == 0)
    assert share == pytest.approx(math.e / (math.e + 5), abs=0.04)


def test_a_product_more_takes_buyers_of_others_to_itself_only() -> None:
    two = choices(Scene(product("a"), product("b"), business__buying__base=0.0))
    three = choices(Scene(product("a"), product("b"), product("c"), business__buying__base=0.0))
    assert all(after != NEVER for before, after in zip(two, three, strict=True) if before != NEVER), (
        "buyers stay buyers"
    )
    changed = {after for before, after in zip(two, three, strict=True) if NEVER != before != after}
    assert changed == {2}


def test_what_rests_is_not_in_the_choice_set() -> None:
    scene = Scene(product("a"), product("b", repurchase_days=9), business__buying__base=0.0)
    alone = choices(Scene(product("a"), business__buying__base=0.0))
    scene.board.shelf.bought[0, 1] = 0
    scene.day(8)
    assert choices(scene) == alone
    for day in (9, 12):
        scene.day(day)
        assert 1 in choices(scene)


def test_the_order_in_which_products_are_added_does_not_matter() -> None:
    one, two = (
        of(inclusive)(of(inclusive)(-1.0, 0.3, 0.4), 2.0, 0.4),
        of(inclusive)(2.0, of(inclusive)(0.3, -1.0, 0.4), 0.4),
    )
    assert one == pytest.approx(two)
    assert one == pytest.approx(0.4 * math.log(sum(math.exp(v / 0.4) for v in (-1.0, 0.3, 2.0))))


# By which path


def test_paths_are_taken_in_proportion_to_their_chances() -> None:
    drawn = [of(path_taken)((k + 0.5) / 10_000, 0.1, 0.2, 0.3) for k in range(10_000)]
    weighed = 1 - 0.9 * 0.8 * 0.7
    for path, chance in enumerate((0.1, 0.2, 0.3)):
        assert drawn.count(path) / 10_000 == pytest.approx(weighed * chance / 0.6, abs=2e-4)


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"organic": 1.0}, "bought_search"),
        ({"organic": 0.0, "push": 1.0, "promos_per_week": 500.0}, "bought_discovery"),
        ({"organic": 0.0}, ""),
    ],
)
def test_a_purchase_is_counted_under_its_path(changes: dict[str, float], path: str) -> None:
    scene = Scene(product(), business__selling=changes, business__buying={"base": 50.0, "sharing": 1.0})
    for luck in range(20):
        scene.board.shelf.bought[0] = NEVER
        scene.act(buy, luck)
    counted = {name: getattr(scene.tally, name) for name in ("bought_search", "bought_discovery", "bought_sharing")}
    assert counted == dict.fromkeys(counted, 0) | ({path: 20} if path else {})
    assert scene.tally.purchases == sum(counted.values())


@pytest.mark.parametrize(
    ("told", "weight", "friends", "expected"), [(1, 0.6, 5, 0.3), (0, 0.6, 10, 0), (1, 0.0, 10, 0)]
)
def test_friends_who_own_something_make_others_weigh_it(
    told: int, weight: float, friends: int, expected: float
) -> None:
    """Half of the friends, half of the chance; nothing without word of mouth, or where the weight is 0."""
    scene = Scene(
        product(),
        business__selling__organic=0.0,
        business__buying={"base": 50.0, "sharing": weight},
        switches__word_of_mouth=bool(told),
    )
    scene.me.friends_buying = friends
    for luck in range(1000):
        scene.board.shelf.bought[0] = NEVER
        scene.act(buy, luck)
    assert scene.tally.bought_sharing / 1000 == pytest.approx(expected, abs=0.05)
    assert scene.tally.bought_sharing == scene.tally.purchases
    assert (scene.tally.bought_search, scene.tally.bought_discovery) == (0, 0)


# Use


def after_use(bond: float = 0.4, friends: int = 0, **changes: Any) -> tuple[float, float, float]:
    """Satisfaction, tie to the firm and grievance of somebody who bought for 100, from .5 and ``bond``."""
    own = {key: changes.pop(key) for key in ("quality", "promise", "fault") if key in changes}
    buying = {"base": 50.0, "use_weight": 0.2, "use_bond": 0.1} | changes
    scene = Scene(product(price=100.0, **own), business__buying=buying, mechanism__ties__shortfall=0.5)
    scene.me.satisfaction, scene.me.expectation, scene.bonds[0], scene.me.friends_buying = 0.5, 0.9, bond, friends
    scene.act(buy)
    assert scene.me.purchases == 1
    assert scene.tally.satisfied == (scene.me.grievance == 0.0)
    return scene.me.satisfaction, scene.bonds[0], scene.me.grievance


def test_better_than_promised_pleases_and_binds() -> None:
    """However good a day in the community is expected to be (.9)."""
    assert after_use(quality=0.8, promise=0.5) == pytest.approx((0.5 + 0.2 * 0.3, 0.4 + 0.1 * 0.8 * 0.6, 0.0))


def test_a_shortfall_counts_more_than_a_surplus() -> None:
    gap = 2.25 * 0.3
    assert after_use(quality=0.5, promise=0.8) == pytest.approx((0.5 - 0.2 * gap, 0.4 * (1 - 0.5 * gap), gap))


def test_use_moves_no_satisfaction_at_weight_0() -> None:
    assert after_use(quality=0.1, promise=1.0, use_weight=0.0)[0] == 0.5


def test_satisfaction_stays_between_0_and_1() -> None:
    assert after_use(quality=0.0, promise=1.0, use_weight=1.0)[0] == 0.0


def test_a_dear_product_has_more_to_keep() -> None:
    assert after_use(quality=0.5, promise=0.5, price_cue=0.0)[0] == 0.5
    gap = 2.25 * 0.1 * math.log(2)
    assert after_use(quality=0.5, promise=0.5, price_cue=0.1)[0] == pytest.approx(0.5 - 0.2 * gap)


def test_friends_make_use_better_up_to_perfect() -> None:
    assert after_use(quality=0.5, promise=0.5, friends=5)[0] == 0.5
    assert after_use(quality=0.5, promise=0.5, friends=5, friends_use=0.8)[0] == pytest.approx(0.5 + 0.2 * 0.2)
    assert after_use(quality=0.5, promise=0.5, friends=10, friends_use=9.0)[0] == pytest.approx(0.5 + 0.2 * 0.5)


def test_what_is_sold_faulty_is_worth_less() -> None:
    assert after_use(quality=0.8, promise=0.5, fault=0.5) == after_use(quality=0.4, promise=0.5)
    sound, faulty = (Scene(product(quality=0.8, fault=fault)) for fault in (0.0, 0.5))
    assert worth(sound) - worth(faulty) == pytest.approx(sound.p.business.buying.quality * 0.4)


def test_a_fault_hits_all_owners_once() -> None:
    scene = Scene(
        product("a", quality=0.8),
        product("b"),
        business__buying={"use_weight": 0.2},
        playbook=[{"day": 5, "set": {"business.products.a.fault": 0.5}}],
    )
    scene.let_in(1)
    scene.board.shelf.bought[0] = (2, NEVER)
    scene.board.shelf.bought[1] = (NEVER, 2)
    scene.world.people.bonds[:2, 0] = 0.4
    felt = []
    for day in range(4, 8):
        scene.day(day)
        scene.act(use_owned, person=0)
        scene.act(use_owned, person=1)
        felt.append(scene.me.satisfaction)
    gap = 2.25 * 0.8 * 0.5
    assert felt == pytest.approx([0.5] + [0.5 - 0.2 * gap] * 3)
    assert scene.me.grievance == pytest.approx(gap)
    assert scene.bonds[0] == pytest.approx(0.4 * (1 - 0.08 * gap))
    assert scene.world.people.rows[1].satisfaction == 0.5
    assert scene.world.people.bonds[1, 0] == 0.4
    events = scene.records.events.array[: scene.records.event_count[0]]
    faults = events[events["kind"] == PRODUCT_FAULT]
    assert faults[["day", "which", "amount"]].tolist() == [(5, 0, 1)]


def test_a_fault_from_the_first_day_surprises_nobody() -> None:
    scene = Scene(product(fault=0.5))
    assert scene.board.today[0].faults == 0


# Whom one sees


def test_visible_buyers_persuade_and_no_more_beyond_four() -> None:
    scene, logits = Scene(product(), business__buying__crowd=0.5), []
    for seen in (0.0, 1.0, 4.0, 400.0):
        scene.board.today[0].staged = seen
        logits.append(worth(scene))
    assert np.diff(logits) == pytest.approx([0.5 * math.log(2), 0.5 * math.log(2.5), 0.0])


def test_yesterdays_buyers_of_ones_group_are_seen_and_staged_ones_with_them() -> None:
    scene = Scene(product(), business__buying__crowd=0.5, business__selling__staged=1.0)
    assert scene.board.today[0].staged == 1.0
    scene.me.group = 0
    before = worth(scene)
    scene.board.groups[0].buyers = 1
    assert worth(scene) - before == pytest.approx(0.5 * math.log(3 / 2))
    scene.me.group = NEVER
    assert worth(scene) == pytest.approx(before), "another group's buyers are not seen"
    closed = Scene(product(), business__rocket__paid_products__day=9, business__selling__staged=2.0)
    assert closed.board.today[0].staged == 0.0, "nothing is on sale yet"


@pytest.mark.parametrize(("beta_j", "equilibria"), [(0.5, 1), (0.99, 1), (1.05, 3), (2.0, 3)])
def test_use_value_tips_where_brock_and_durlauf_say(beta_j: float, equilibria: int) -> None:
    """P = logistic(2βJm), m = 2P − 1: one equilibrium for βJ ≤ 1, three above."""
    shares = np.linspace(0.0, 1.0, 2001) + 1e-7  # no point of it is an equilibrium
    drift = [of(logistic)(2.0 * of(conformity)(beta_j, share)) - share for share in shares]
    assert (np.diff(np.sign(drift)) != 0).sum() == equilibria


@pytest.mark.parametrize(("beta_j", "last"), [(0.9, 0.0), (1.5, 0.858559)])
def test_from_where_it_starts_it_goes_to_the_equilibrium_of_its_side(beta_j: float, last: float) -> None:
    """m = tanh(βJm) has, at βJ = 1.5, the solutions 0 and ±.858559."""
    for start in (0.45, 0.55):
        share = start
        for _ in range(2000):
            share = of(logistic)(2.0 * of(conformity)(beta_j, share))
        assert 2.0 * share - 1.0 == pytest.approx(math.copysign(last, start - 0.5), abs=1e-5)


@pytest.mark.parametrize(("on", "expected"), [(True, 3.0), (False, 0.0)])
def test_the_platform_says_how_far_people_conform_on_it(on: bool, expected: float) -> None:
    scene = Scene(
        business__rocket__platform={"day": 0, "min_members": 0},
        carrier__platform__conformity=3.0,
        switches__platform=on,
    )
    assert scene.p.derived.conformity == expected
