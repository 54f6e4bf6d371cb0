"""Renewal: who goes, what goes with them, what their place keeps, and who comes instead."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from sim.engine.draws import Purpose, key_of, uniform_at
from sim.engine.mechanisms.renewal import count_out, forget, redraw, renew, resize
from sim.engine.state.people import (  # fmt: skip
    APPLIED,
    ASKS,
    AWAKE,
    AWARE,
    LEFT,
    MEMBER,
    NEVER,
    NONE,
    OUTSIDE,
    SEEN_AWARE,
    SEEN_BUYER,
    SEEN_MEMBER,
    STRONG,
    WEAK,
    Person,
)
from sim.scenario.sections.buying import ProductPlan
from tests.engine.scene import Scene, of

near = pytest.approx
#: What belongs to a place in the market, whoever lives there.
OF_THE_PLACE = {
    "id",
    "arm",
    "tribe",
    "tribe2",
    "focus",
    "norm",
    "degree",
    "friends_in",
    "friends_buying",
    "friends_linked",
}
COUNTED = ("left", "strong_to_weak", "weak_to_none")


def market(people: int = 11, yearly: float = 0.0, **more: Any) -> Scene:
    """On day 1, all of ``people`` are there; ``yearly`` of them are replaced in a year."""
    scene = Scene(market__people=people, market__network__kind="complete" if people < 20 else "none", **more)
    scene.day(1)
    scene.p.market.turnover = yearly
    return scene


def renewed(scene: Scene, luck: int) -> list[int]:
    """Who is replaced on a morning with some luck."""
    with np.errstate(over="ignore"):
        scene.board.today[0].key = np.uint64(key_of(np.uint64(7), luck))
    before = scene.world.people.rows["life"].copy()
    scene.record.replaced = 0
    scene.do(renew)
    replaced = np.flatnonzero(scene.world.people.rows["life"] != before).tolist()
    assert scene.record.replaced == len(replaced)
    return list(replaced)


def written(scene: Scene, i: int) -> None:
    """Let every column of a person's row hold something of its own."""
    row = scene.world.people.rows.array[i : i + 1]
    for k, name in enumerate(row.dtype.names):
        row[name] = 1 + k % 3 if row.dtype[name].kind == "u" else 10 + k
    scene.person(i, id=i, group=NEVER)


# How many, and who


def test_a_share_of_the_people_is_replaced_each_place_as_often() -> None:
    """All but 1e-16 of the people in a year are 9.6 % a day."""
    days, scene = 3000, market(20, yearly=1.0 - 1e-16)
    share = 1.0 - (1.1102230246251565e-16) ** (1 / 365)
    often = np.zeros(20)
    numbers = []
    for luck in range(days):
        who = renewed(scene, luck)
        often[who] += 1
        numbers.append(len(who))
    one = math.sqrt(share * (1 - share) / days)
    assert often / days == near(np.full(20, share), abs=4 * one)
    assert np.mean(numbers) == near(20 * share, abs=4 * one * math.sqrt(20))
    assert np.var(numbers) == near(20 * share * (1 - share), rel=0.15), "whoever is replaced says nothing of others"


def test_each_gap_between_those_who_are_replaced_has_a_draw_of_its_own() -> None:
    scene, share = market(20, yearly=1.0 - 1e-16), 1.0 - (1.1102230246251565e-16) ** (1 / 365)
    for luck in range(50):
        with np.errstate(over="ignore"):
            key = np.uint64(key_of(np.uint64(7), luck))
            draws = [float(uniform_at(key, Purpose.TURNOVER, k)) for k in range(21)]
        expected, at = [], -1
        for u in draws:
            at += 1 + sum(u >= 1.0 - (1.0 - share) ** k for k in range(1, 60))
            expected.append(at)
        assert renewed(scene, luck) == [at for at in expected if at < 20]


def test_as_many_are_left_after_a_year_as_the_plan_says() -> None:
    scene = market(400, yearly=0.6)
    for luck in range(365):
        renewed(scene, luck)
    stayed = (scene.world.people.rows["life"] == 0).mean()
    assert stayed == near(0.4, abs=4 * math.sqrt(0.4 * 0.6 / 400))


def test_nobody_is_replaced_without_turnover() -> None:
    scene = market()
    before = scene.seen()
    scene.do(renew)
    assert scene.changed(before) == set()


def test_whoever_is_not_in_the_market_is_not_replaced() -> None:
    scene = market(20, yearly=1.0 - 1e-16)
    scene.world.playbook.present[1] = scene.board.today[0].people = 8
    assert {i for luck in range(300) for i in renewed(scene, luck)} == set(range(8))


def test_who_is_replaced_is_counted_out_forgotten_and_another() -> None:
    scene = market(yearly=1.0 - 1e-16)
    for i in range(11):
        scene.person(i, status=MEMBER, tier=STRONG, posts=7, drive=99.0)
    who = next(met for met in (renewed(scene, luck) for luck in range(99)) if met)
    assert [getattr(scene.record, name) for name in COUNTED] == [len(who)] * 3
    for i in range(11):
        one = scene.person(i)
        assert (one.status, one.posts, one.life) == ((OUTSIDE, 0, 1) if i in who else (MEMBER, 7, 0))
        assert (one.drive == 99.0, one.drive == 0.0) == (i not in who, False)


# Counting out


@pytest.mark.parametrize(("status", "left"), [(OUTSIDE, 0), (AWARE, 0), (APPLIED, 0), (MEMBER, 1), (LEFT, 0)])
def test_a_member_who_goes_has_left(status: int, left: int) -> None:
    scene = market()
    scene.record.left = 5
    of(count_out)(scene.world, scene.person(0, status=status), scene.record)
    assert scene.record.left == 5 + left


@pytest.mark.parametrize(("tier", "lost"), [(NONE, (0, 0)), (WEAK, (0, 1)), (STRONG, (1, 1))])
def test_a_tie_goes_down_all_its_steps(tier: int, lost: tuple[int, int]) -> None:
    scene = market()
    scene.record.strong_to_weak, scene.record.weak_to_none = 3, 8
    before = scene.seen()
    of(count_out)(scene.world, scene.person(0, status=LEFT, tier=tier), scene.record)
    assert (scene.record.strong_to_weak - 3, scene.record.weak_to_none - 8) == lost
    assert scene.changed(before) <= {"people.status", "people.tier", "days.strong_to_weak", "days.weak_to_none"}


# What is forgotten, and what the place keeps


def test_only_interests_and_friends_stay_with_the_place() -> None:
    scene = market()
    written(scene, 4)
    before = scene.world.people.rows.array.copy()
    of(forget)(scene.world, 4)
    after, blank = scene.world.people.rows.array, Person.blank(1)
    for name in after.dtype.names:
        expected = before[name][4] if name in OF_THE_PLACE else blank[name][0]
        if name not in {"life", "published"}:
            assert after[name][4] == expected, name
    assert after["life"][4] == before["life"][4] + 1
    assert (np.delete(after, 4) == np.delete(before, 4)).all()


@pytest.mark.parametrize(
    ("published", "kept", "flags"),
    [
        (0, 0, 0),
        (SEEN_AWARE, 0, 0),
        (SEEN_MEMBER | SEEN_AWARE, SEEN_MEMBER, ASKS),
        (SEEN_BUYER, SEEN_BUYER, ASKS),
        (SEEN_MEMBER | SEEN_BUYER | SEEN_AWARE, SEEN_MEMBER | SEEN_BUYER, ASKS),
    ],
)
def test_the_evening_is_asked_to_tell_friends_of_whom_they_saw(published: int, kept: int, flags: int) -> None:
    scene = market()
    scene.world.people.flags[4] = AWAKE | ASKS
    of(forget)(scene.world, scene.person(4, published=published).id)
    assert (scene.person(4).published, scene.world.people.flags[4]) == (kept, flags)


def test_friends_who_saw_a_member_and_buyer_go_have_one_less_the_same_evening() -> None:
    scene = market()
    for i in range(11):
        scene.person(i, friends_in=3, friends_buying=3)
    of(forget)(scene.world, scene.person(4, status=MEMBER, purchases=2, published=SEEN_MEMBER | SEEN_BUYER).id)
    scene.end()
    assert [scene.person(i).friends_in for i in (1, 4, 9)] == [2, 3, 2]
    assert [scene.person(i).friends_buying for i in (1, 4, 9)] == [2, 3, 2]
    assert scene.person(4).published == 0


def test_all_ties_to_voices_and_all_purchases_are_ones_own() -> None:
    scene = Scene(ProductPlan(name="a"), ProductPlan(name="b"))
    bonds, bought = scene.world.people.bonds, scene.board.shelf.bought
    bonds[:], bought[:] = 0.7, 3
    assert min(bonds.shape[1], bought.shape[1]) == 2
    of(forget)(scene.world, 4)
    assert (bonds[4].tolist(), bought[4].tolist()) == ([0.0, 0.0], [NEVER, NEVER])
    assert (np.delete(bonds, 4, axis=0) == 0.7).all()
    assert (np.delete(bought, 4, axis=0) == 3).all()


def test_the_place_in_the_group_is_given_back() -> None:
    scene = market(carrier__groups__cap=6)
    today, groups = scene.board.today[0], scene.board.groups
    today.groups, today.first_open, groups[0].members, groups[1].members = 2, 1, 5, 6
    scene.person(4, group=0)
    of(forget)(scene.world, 4)
    assert (groups[0].members, groups[1].members, today.first_open, scene.person(4).group) == (4, 6, 0, NEVER)


@pytest.mark.parametrize("gone", [0, 4, 10])
def test_friends_do_not_remember_who_brought_them_or_invites_them(gone: int) -> None:
    scene = market()
    others = [i for i in range(11) if i != gone]
    for i in others:
        scene.person(i, inviter=gone if i % 2 else others[0], inbox_from=others[0] if i % 2 else gone, inbox=2)
    of(forget)(scene.world, gone)
    assert [scene.person(i).inviter for i in others] == [NEVER if i % 2 else others[0] for i in others]
    assert [scene.person(i).inbox_from for i in others] == [others[0] if i % 2 else NEVER for i in others]
    assert all(scene.person(i).inbox == 2 for i in others)


# Who comes instead


def drawn(scene: Scene, i: int = 4, lives: range = range(1500)) -> Any:
    """Log of the propensity, hidden propensity and log of purchasing power of a place's people, one row a life."""
    found = []
    for life in lives:
        me = scene.person(i, life=life)
        of(redraw)(scene.world, i, scene.p)
        found.append((me.drive, me.latent, math.log(me.power)))
    return np.array(found)


@pytest.mark.parametrize(("sigma", "power"), [(1.5, 0.6), (0.4, 1.4)])
def test_who_comes_is_drawn_from_the_same_market(sigma: float, power: float) -> None:
    """Log-normal propensity and purchasing power with mean 1, a standard normal hidden propensity."""
    scene = market()
    scene.p.market.activity_sigma, scene.p.market.purchasing_power_sigma = sigma, power
    people, spread = drawn(scene), np.array([sigma, 1.0, power])
    se = spread / math.sqrt(len(people))
    assert (np.abs(people.mean(axis=0) - [-0.5 * sigma**2, 0.0, -0.5 * power**2]) < 3.5 * se).all()
    assert people.std(axis=0) == near(spread, rel=0.07)
    third = ((people - people.mean(axis=0)) ** 3).mean(axis=0) / spread**3
    assert third == near(np.zeros(3), abs=0.25), "as many above as below"
    others = np.corrcoef(people.T)[np.triu_indices(3, 1)]
    assert others == near(np.zeros(3), abs=0.1), "one says nothing of the other"


def test_without_spread_all_are_alike() -> None:
    scene = market()
    scene.p.market.activity_sigma = scene.p.market.purchasing_power_sigma = 0.0
    people = drawn(scene, lives=range(5))
    assert (people[:, [0, 2]] == 0.0).all()
    assert len(set(people[:, 1])) == 5


def test_another_life_place_or_run_is_another_person_and_the_day_does_not_matter() -> None:
    scene = market()
    first = drawn(scene, 4, range(1, 2)).tolist()
    scene.day(2)
    assert drawn(scene, 4, range(1, 2)).tolist() == first
    for i, life in ((4, 2), (5, 1), (3, 2)):
        assert not set(drawn(scene, i, range(life, life + 1))[0]) & set(first[0])
    scene.board.today[0].run_key += np.uint64(1)
    assert not set(drawn(scene, 4, range(1, 2))[0]) & set(first[0])


def test_drawing_changes_three_columns_of_one_person() -> None:
    scene = market()
    scene.person(4, life=1)
    before = scene.seen()
    of(redraw)(scene.world, 4, scene.p)
    assert scene.changed(before) == {"people.drive", "people.latent", "people.power"}
    for name in ("drive", "latent", "power"):
        now = scene.world.people.rows[name]
        assert np.flatnonzero(now != before[f"people.{name}"]).tolist() == [4]


# A market that grows or shrinks


def sized(before: int, now: int, day: int = 1) -> Scene:
    """A market of ``before`` people yesterday, and of ``now`` today, all of whom have mail."""
    scene = market()
    scene.board.today[0].day, scene.board.today[0].people = day, before
    scene.world.playbook.present[day] = now
    for i in range(11):
        scene.person(i, inbox=2, inbox_rank=0.5, heard_warnings=3, status=MEMBER, tier=WEAK, tie=0.3)
    scene.world.people.flags[:] = AWAKE | ASKS
    return scene


def test_what_was_sent_to_newcomers_before_they_came_is_lost() -> None:
    scene = sized(5, 8)
    before = scene.seen()
    of(resize)(scene.world, scene.record)
    for i in range(11):
        me, new = scene.person(i), 5 <= i < 8
        assert (me.inbox, me.inbox_rank, me.heard_warnings) == ((0, 0.0, 0) if new else (2, 0.5, 3))
        assert scene.world.people.flags[i] == (0 if new else AWAKE | ASKS)
    assert scene.board.today[0].people == scene.record.people == 8
    mail = {f"people.{name}" for name in ("inbox", "inbox_rank", "heard_warnings")}
    assert scene.changed(before) == mail | {"flags", "today.people", "days.people"}


def test_those_at_the_end_go_where_the_market_shrinks() -> None:
    scene = sized(9, 6)
    scene.person(6, tier=STRONG)
    of(resize)(scene.world, scene.record)
    assert [scene.person(i).status for i in range(11)] == [MEMBER] * 6 + [OUTSIDE] * 3 + [MEMBER] * 2
    assert [scene.person(i).tie for i in range(5, 10)] == [0.3, 0.0, 0.0, 0.0, 0.3]
    assert [getattr(scene.record, name) for name in COUNTED] == [3, 1, 3]
    assert scene.board.today[0].people == scene.record.people == 6
    assert scene.record.replaced == 0, "nobody comes instead"


def test_a_market_that_stays_as_it_is_changes_nobody() -> None:
    scene = sized(9, 9)
    before = scene.seen()
    of(resize)(scene.world, scene.record)
    assert scene.changed(before) == {"days.people"}
    assert scene.record.people == 9


@pytest.mark.parametrize(("before", "now"), [(11, 6), (3, 6)])
def test_on_day_0_nobody_comes_or_goes(before: int, now: int) -> None:
    """The market has its first size from the start, and what founders were sent holds."""
    scene = sized(before, now, day=0)
    seen = scene.seen()
    of(resize)(scene.world, scene.record)
    assert scene.changed(seen) == {"today.people", "days.people"}
    assert scene.board.today[0].people == scene.record.people == now


def test_the_morning_resizes_before_it_replaces() -> None:
    scene = sized(5, 8)
    scene.p.market.turnover = 1.0 - 1e-16
    met = set()
    for luck in range(200):
        met |= set(renewed(scene, luck))
    assert met == set(range(8))
    assert scene.record.people == 8
