"""Ties: they grow in company, decay in time, and step between none, weak and strong."""

from __future__ import annotations

from typing import Any

import pytest

from sim.engine.mechanisms.ties import bond, closest_kol, count_ties, loosen, present, record_step, resume, set_decay
from sim.engine.state.measures import FIXED
from sim.engine.state.people import AWARE, LEFT, MEMBER, NONE, STRONG, WEAK
from sim.scenario.sections.voices import KolPlan
from tests.engine.scene import Scene, of

near = pytest.approx
RULE = {
    "half_life": 10.0,
    "member_gain": 0.2,
    "firm_weight": 0.5,
    "kol_weight": 0.8,
    "member_weight": 0.25,
    "weak_enter": 0.15,
    "weak_exit": 0.10,
    "strong_enter": 0.60,
    "strong_exit": 0.50,
}
TWO = {"structure__kols": [KolPlan(name="a"), KolPlan(name="b")]}
KEPT = 2 ** (-1 / 10)


def evening(bonds: tuple[float, float, float] = (0.0, 0.0, 0.0), on: bool = True, **columns: Any) -> Scene:
    """On day 10, after a visit."""
    scene = Scene(mechanism__ties=RULE, switches__member_ties=on, **TWO)
    scene.day(10)
    scene.person(0, **({"seen_day": 10, "slept_day": 9} | columns))
    scene.bonds[:] = bonds
    return scene


def test_ties_left_alone_fade_and_add_up_by_weight() -> None:
    scene = evening((0.4, 0.2, 0.6), bond_members=0.8, seen_day=9)
    scene.act(bond)
    assert scene.bonds.tolist() == near([0.4 * KEPT, 0.2 * KEPT, 0.6 * KEPT])
    assert scene.me.bond_members == near(0.8 * KEPT)
    lacking = (1 - 0.5 * 0.4 * KEPT) * (1 - 0.8 * 0.6 * KEPT) * (1 - 0.25 * 0.8 * KEPT)
    assert scene.me.tie == near(1 - lacking)
    assert scene.me.slept_day == 10
    assert scene.tally.strength_sum == int(scene.me.tie * FIXED)


@pytest.mark.parametrize(("slept", "nights"), [(10, 1), (9, 1), (8, 2), (-20, 30)])
def test_ties_loosen_by_all_days_in_which_nothing_happened_to_them(slept: int, nights: int) -> None:
    scene = evening((0.4, 0.2, 0.6), bond_members=0.8, seen_day=9, slept_day=slept)
    scene.act(bond)
    kept = KEPT**nights
    assert scene.bonds.tolist() == near([0.4 * kept, 0.2 * kept, 0.6 * kept])
    assert scene.me.bond_members == near(0.8 * kept)
    assert scene.me.tie == near(1 - (1 - 0.5 * 0.4 * kept) * (1 - 0.8 * 0.6 * kept) * (1 - 0.25 * 0.8 * kept))
    assert scene.me.slept_day == 10


@pytest.mark.parametrize(
    ("columns", "grows"),
    [
        ({"friends_in": 5}, 0.1),
        ({"friends_in": 0}, 0.0),
        ({"friends_in": 5, "seen_day": 9}, 0.0),
        ({"friends_in": 5, "status": LEFT}, 0.0),
        ({"friends_in": 5, "status": AWARE}, 0.0),
    ],
)
def test_a_visit_brings_members_together(columns: dict[str, int], grows: float) -> None:
    scene = evening(bond_members=0.5, **columns)
    scene.act(bond)
    assert scene.me.bond_members == near((0.5 + 0.5 * grows) * KEPT)


def test_not_where_ties_among_members_are_off() -> None:
    scene = evening(bond_members=0.5, friends_in=5, on=False)
    scene.act(bond)
    assert scene.me.bond_members == near(0.5 * KEPT)


def test_a_days_end_touches_ties_only() -> None:
    scene = evening((0.4, 0.2, 0.3), friends_in=5)
    before = scene.seen()
    scene.act(bond)
    assert scene.changed(before) == {
        *("bonds", "people.bond_members", "people.tie", "people.tier", "people.slept_day"),
        *("tally.none_to_weak", "tally.weak", "tally.strength_sum"),
    }


@pytest.mark.parametrize(
    ("tier", "firm", "after", "step"),
    [
        (NONE, 0.29, NONE, ""),
        (NONE, 0.31, WEAK, "none_to_weak"),
        (WEAK, 0.19, NONE, "weak_to_none"),
        (WEAK, 0.21, WEAK, ""),
        (WEAK, 0.90, WEAK, ""),
    ],
)
def test_thresholds_decide_the_tier(tier: int, firm: float, after: int, step: str) -> None:
    """The firm's tie counts half: .29 is a tie of .145."""
    scene = evening((firm, 0.0, 0.0), tier=tier)
    scene.p.derived.tie_kept = 1.0
    scene.act(bond)
    assert scene.me.tie == near(firm / 2)
    assert scene.me.tier == after
    steps = ("none_to_weak", "weak_to_strong", "strong_to_weak", "weak_to_none")
    assert {name: getattr(scene.tally, name) for name in steps} == {name: int(name == step) for name in steps}
    assert (scene.tally.weak, scene.tally.strong) == (int(after == WEAK), int(after == STRONG))


@pytest.mark.parametrize(
    ("tier", "kol", "after", "step"),
    [
        (WEAK, 0.74, WEAK, ""),
        (WEAK, 0.76, STRONG, "weak_to_strong"),
        (STRONG, 0.63, STRONG, ""),
        (STRONG, 0.62, WEAK, "strong_to_weak"),
        (STRONG, 0.01, WEAK, "strong_to_weak"),
    ],
)
def test_strong_ties_have_thresholds_of_their_own(tier: int, kol: float, after: int, step: str) -> None:
    scene = evening((0.0, kol, 0.1), tier=tier)
    scene.p.derived.tie_kept = 1.0
    scene.act(bond)
    assert scene.me.tier == after
    steps = ("none_to_weak", "weak_to_strong", "strong_to_weak", "weak_to_none")
    assert {name: getattr(scene.tally, name) for name in steps} == {name: int(name == step) for name in steps}
    assert (scene.tally.weak, scene.tally.strong) == (int(after == WEAK), int(after == STRONG))


def test_steps_add_up() -> None:
    tally = Scene().tally
    for before, after in ((NONE, WEAK), (WEAK, STRONG), (STRONG, WEAK), (WEAK, NONE)):
        for _ in range(2):
            of(record_step)(before, after, tally)
    assert (tally.none_to_weak, tally.weak_to_strong, tally.strong_to_weak, tally.weak_to_none) == (2, 2, 2, 2)


@pytest.mark.parametrize(("bonds", "closest"), [((0.9, 0.2, 0.3), 0.3), ((0.9, 0.4, 0.3), 0.4), ((0.9, 0.0, 0.0), 0)])
def test_the_closest_kol_is_not_the_firm(bonds: tuple[float, ...], closest: float) -> None:
    scene = Scene(**TWO)
    scene.bonds[:] = bonds
    assert of(closest_kol)(scene.bonds) == closest
    assert of(closest_kol)(scene.bonds[:1]) == 0.0


@pytest.mark.parametrize(
    ("friends", "lively", "columns", "company"),
    [
        (0, 0.0, {}, 0.0),
        (5, 0.0, {}, 0.5),
        (0, 0.6, {}, 0.6),
        (5, 0.6, {}, 0.8),
        (5, 0.6, {"muted": 1}, 0.5),
        (5, 0.6, {"group": -1}, 0.5),
        (5, 0.6, {"degree": 0}, 0.6),
        (1, 0.0, {"degree": 1}, 1.0),
        (5, 0.6, {"group": 1}, 0.5),
    ],
)
def test_company_is_friends_and_a_lively_group(
    friends: int, lively: float, columns: dict[str, int], company: float
) -> None:
    scene = Scene(carrier__groups__cap=4)
    scene.board.groups[0].liveliness = lively
    scene.board.groups[scene.board.groups.shape[0] - 1].liveliness = 0.9
    scene.person(0, **({"friends_in": friends, "group": 0} | columns))
    assert of(present)(scene.me, scene.board) == near(company)


@pytest.mark.parametrize(("on", "told"), [(True, 1), (False, 0)])
def test_what_the_morning_says(on: bool, told: int) -> None:
    scene = Scene(mechanism__ties=RULE, switches__member_ties=on)
    scene.p.derived.tie_kept, scene.p.derived.member_ties = 9.0, 9
    scene.do(set_decay)
    assert (scene.p.derived.tie_kept, scene.p.derived.member_ties) == (near(KEPT), told)


# Counting


def counted(bonds: tuple[float, float, float] = (0.25, 0.125, 0.5), **columns: Any) -> Scene:
    scene = evening(bonds, **({"tie": 0.75, "bond_members": 0.375} | columns))
    before = scene.seen()
    for _ in range(2):
        scene.act(count_ties)
    assert {name for name in scene.changed(before) if not name.startswith("tally.")} == set()
    return scene


def test_members_ties_are_added_in_fixed_point() -> None:
    tally, two = counted().tally, int(2 * FIXED)
    sums = (tally.tie_sum, tally.firm_sum, tally.kol_sum, tally.member_sum)
    assert sums == (0.75 * two, 0.25 * two, 0.5 * two, 0.375 * two)


@pytest.mark.parametrize(("tier", "strong"), [(NONE, 0), (WEAK, 0), (STRONG, 2)])
def test_strong_members_are_counted(tier: int, strong: int) -> None:
    assert counted(tier=tier).tally.members_strong == strong


@pytest.mark.parametrize(("kol", "fans"), [(0.14, 0), (0.15, 2), (0.16, 2)])
def test_fans_have_a_weak_tie_to_a_kol(kol: float, fans: int) -> None:
    assert counted((0.9, 0.0, kol)).tally.fans == fans


@pytest.mark.parametrize(
    ("bond", "weak", "strong"), [(0.14, 0, 0), (0.15, 2, 0), (0.59, 2, 0), (0.6, 0, 2), (0.9, 0, 2)]
)
def test_ties_to_members_are_counted_by_strength(bond: float, weak: int, strong: int) -> None:
    tally = counted(bond_members=bond).tally
    assert (tally.member_ties_weak, tally.member_ties_strong) == (weak, strong)


@pytest.mark.parametrize("status", [AWARE, LEFT])
def test_who_is_no_member_is_not_counted(status: int) -> None:
    assert not any(counted(status=status, tier=STRONG).tally.row.tolist()[:-1])


@pytest.mark.parametrize(("slept", "kept"), [(10, 1.0), (9, 1.0), (8, KEPT), (-1, KEPT**10)])
def test_nights_before_the_last_loosen_first(slept: int, kept: float) -> None:
    """On day 10; the coming night is :func:`bond`'s."""
    scene = evening((0.4, 0.2, 0.6), bond_members=0.8, slept_day=slept)
    scene.act(loosen)
    assert scene.bonds.tolist() == near([0.4 * kept, 0.2 * kept, 0.6 * kept])
    assert (scene.me.bond_members, scene.me.slept_day) == (near(0.8 * kept), max(slept, 9))


# Returning


def returned(**columns: Any) -> Scene:
    scene = evening((0.4, 0.2, 0.6), **({"first_joined": 1, "bond_members": 0.8, "slept_day": -20} | columns))
    scene.world.people.bonds[1] = 0.4
    scene.person(1, first_joined=1, slept_day=-20, bond_members=0.8)
    scene.do(resume, scene.line_up(0))
    assert scene.world.people.bonds[1].tolist() == [0.4] * 3
    return scene


def test_what_was_felt_has_worn_off_while_away() -> None:
    """Three half-lives."""
    scene = returned(tier=STRONG, status=MEMBER)
    assert scene.bonds.tolist() == near([0.05, 0.025, 0.075])
    assert scene.me.bond_members == near(0.1)
    tie = 1 - (1 - 0.5 * 0.05) * (1 - 0.8 * 0.075) * (1 - 0.25 * 0.1)
    assert scene.me.tie == near(tie)
    record = scene.record
    sums = (record.tie_sum, record.firm_sum, record.kol_sum, record.member_sum)
    assert sums == near([tie * FIXED, 0.05 * FIXED, 0.075 * FIXED, 0.1 * FIXED], rel=1e-8)
    assert record.members_strong == 1
    assert scene.me.slept_day == 10
    assert returned(tier=WEAK).record.members_strong == 0


def test_returns_add_up() -> None:
    scene = evening()
    for name in ("tie_sum", "firm_sum", "kol_sum", "member_sum", "members_strong"):
        setattr(scene.record, name, 7)
    scene.person(0, first_joined=1, slept_day=0, tier=STRONG)
    scene.do(resume, scene.line_up(0))
    record = scene.record
    assert (record.tie_sum, record.firm_sum, record.kol_sum, record.member_sum) == (7, 7, 7, 7)
    assert record.members_strong == 8


def test_what_was_felt_before_joining_wears_off_and_counts_alike() -> None:
    new, old = returned(first_joined=10, tier=STRONG), returned(tier=STRONG)
    assert new.bonds.tolist() == near([0.05, 0.025, 0.075])
    assert (new.me.bond_members, new.me.slept_day) == (near(0.1), 10)
    assert new.me.tie == old.me.tie
    for name in ("tie_sum", "firm_sum", "kol_sum", "member_sum", "members_strong"):
        assert getattr(new.record, name) == getattr(old.record, name) > 0, name


@pytest.mark.parametrize(
    ("kol", "among", "counted"), [(0.8, 0.8, (1, 0, 1)), (0.1, 0.3, (0, 1, 0)), (0.1, 0.1, (0, 0, 0))]
)
def test_fans_and_ties_among_members_of_newcomers_count(kol: float, among: float, counted: tuple[int, ...]) -> None:
    scene = evening(first_joined=1, slept_day=10, bond_members=among)
    scene.bonds[:] = (0.0, kol, 0.0)
    ties = scene.p.mechanism.ties
    ties.weak_enter, ties.strong_enter = 0.2, 0.6
    scene.do(resume, scene.line_up(0))
    record = scene.record
    assert (record.fans, record.member_ties_weak, record.member_ties_strong) == counted


def test_who_was_touched_today_loses_nothing() -> None:
    scene = returned(first_joined=10, slept_day=10)
    assert scene.bonds.tolist() == [0.4, 0.2, 0.6]
    assert (scene.me.bond_members, scene.me.slept_day) == (0.8, 10)
