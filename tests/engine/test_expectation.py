"""Satisfaction: a day is judged by what it was and by what was promised and usual."""

from __future__ import annotations

from typing import Any

import pytest

from sim.engine.mechanisms.expectation import fade, judge, promise, set_bar
from sim.engine.state.measures import FIXED
from tests.engine.scene import Scene

near = pytest.approx
RULE = {
    "memory": 0.25,
    "fading": 90.0,
    "assimilation": 0.2,
    "promise": 0.5,
    "tolerance": 0.05,
    "disconfirmation": 0.4,
    "loss_aversion": 2.0,
    "adaptation": 0.1,
}


def judged(rule: dict[str, float] | None = None, on: bool = True, **columns: Any) -> Scene:
    scene = Scene(mechanism__expectation=RULE | (rule or {}), mechanism__ties__shortfall=0.5, switches__expectation=on)
    scene.person(0, **({"visits": 3, "satisfaction": 0.5} | columns))
    scene.bonds[:] = (0.4, 0.3)
    scene.act(judge)
    return scene


def test_better_than_it_ought_to_be() -> None:
    """Felt .8 + .2·(.4 − .8) = .72; ought .5·.6 + .5·.4 = .5; gap .22 − .05; verdict .72 + .4·.17 = .788."""
    scene = judged(experience=0.8, expectation=0.4, promised=0.6)
    assert scene.me.satisfaction == near(0.5 + 0.25 * (0.788 - 0.5))
    assert scene.me.expectation == near(0.44)
    assert scene.bonds.tolist() == [0.4, 0.3]
    assert scene.me.visits == 4


def test_worse_than_it_ought_to_be_counts_double_and_shakes_the_firms_tie() -> None:
    """Felt .2 + .2·(.4 − .2) = .24; gap −.26 + .05, doubled −.42; verdict .24 − .4·.42 = .072."""
    scene = judged(experience=0.2, expectation=0.4, promised=0.6)
    assert scene.me.satisfaction == near(0.5 + 0.25 * (0.072 - 0.5))
    assert scene.me.expectation == near(0.38)
    assert scene.bonds.tolist() == near([0.4 * (1 - 0.5 * 0.42), 0.3])


def test_within_the_zone_of_tolerance_only_experience_counts() -> None:
    scene = judged(experience=0.5, expectation=0.5, promised=0.42)
    assert scene.me.satisfaction == near(0.5)
    assert scene.bonds[0] == 0.4


def test_a_first_day_makes_satisfaction() -> None:
    assert judged(experience=0.8, expectation=0.4, promised=0.6, visits=0).me.satisfaction == near(0.788)
    assert judged(experience=0.8, expectation=0.4, promised=0.6, visits=1).me.satisfaction == near(0.572)


def test_without_expectation_the_bar_stays_and_losses_count_like_gains() -> None:
    scene = judged(on=False, experience=0.2, expectation=0.4, promised=0.6)
    assert scene.me.expectation == 0.4
    assert scene.bonds[0] == near(0.4 * (1 - 0.5 * 0.21))
    assert scene.me.satisfaction == near(0.5 + 0.25 * (0.24 - 0.4 * 0.21 - 0.5))


def test_the_bar_follows_what_is_given_and_not_what_is_felt() -> None:
    assert judged({"assimilation": 1.0}, experience=0.9, expectation=0.4).me.expectation == near(0.45)


def test_judging_touches_nothing_else() -> None:
    scene = Scene(mechanism__expectation=RULE)
    scene.person(0, experience=0.2, expectation=0.4, promised=0.6)
    scene.bonds[:] = 0.4
    before = scene.seen()
    scene.act(judge)
    assert scene.changed(before) == {"people.satisfaction", "people.expectation", "people.visits", "bonds"}


@pytest.mark.parametrize(("felt", "left"), [(0.9, 0.7), (0.1, 0.3), (0.5, 0.5)])
def test_what_was_felt_fades_towards_indifference(felt: float, left: float) -> None:
    scene = Scene(mechanism__expectation__fading=3.0)
    scene.me.satisfaction = felt
    before = scene.seen()
    for _ in range(3):
        scene.act(fade)
    assert scene.me.satisfaction == near(left)
    assert scene.changed(before) <= {"people.satisfaction"}


@pytest.mark.parametrize(("on", "aversion"), [(True, 2.0), (False, 1.0)])
def test_the_bar_is_told_in_the_morning(on: bool, aversion: float) -> None:
    scene = Scene(mechanism__expectation=RULE, switches__expectation=on)
    scene.p.derived.satisfaction_kept, scene.p.derived.loss_aversion = 9.0, 9.0
    scene.do(set_bar)
    assert scene.p.derived.satisfaction_kept == near(2 ** (-1 / 90))
    assert scene.p.derived.loss_aversion == aversion


def arrived(**columns: Any) -> Scene:
    """Somebody let in on day 20; another one, too, who is not asked about."""
    scene = Scene(mechanism__expectation=RULE | {"fading": 10.0}, culture__promise=0.7)
    scene.day(20)
    for i in (0, 1):
        scene.person(i, **({"satisfaction": 0.9, "expectation": 0.3, "promised": 0.1, "first_joined": 20} | columns))
    scene.do(promise, scene.line_up(0))
    assert (scene.person(1).promised, scene.person(1).satisfaction, scene.person(1).expectation) == (0.1, 0.9, 0.3)
    assert scene.record.expectation_sum == int(scene.me.expectation * FIXED)
    return scene


@pytest.mark.parametrize(("slept", "left"), [(20, 0.4 * 2 ** (-1 / 90)), (19, 0.4 * 2 ** (-1 / 90)), (10, 0.2)])
def test_what_was_felt_fades_by_the_night(slept: int, left: float) -> None:
    """All nights since anything happened to this person; of one night the morning's figure is used."""
    scene = Scene(mechanism__expectation=RULE)
    scene.day(20)
    scene.p.mechanism.expectation.fading = 10.0
    scene.person(0, satisfaction=0.9, slept_day=slept)
    scene.act(fade)
    assert scene.me.satisfaction == near(0.5 + left)


def test_newcomers_expect_what_is_promised() -> None:
    scene = arrived()
    assert (scene.me.promised, scene.me.expectation, scene.me.satisfaction) == (0.7, 0.7, 0.9)
    assert (scene.record.judging, scene.record.satisfaction_sum) == (0, 0)


def test_who_read_before_joining_knows_what_to_expect() -> None:
    scene = arrived(visits=2, slept_day=20)
    assert (scene.me.promised, scene.me.expectation, scene.me.satisfaction) == (0.7, 0.3, 0.9)
    assert (scene.record.judging, scene.record.satisfaction_sum) == (1, int(0.9 * FIXED))


def test_who_returns_has_felt_nothing_while_away() -> None:
    scene = arrived(visits=2, first_joined=2, left_day=2, slept_day=10)
    assert (scene.me.promised, scene.me.expectation) == (0.7, 0.3)
    assert scene.me.satisfaction == near(0.7)
    assert scene.record.judging == 1
    assert scene.record.satisfaction_sum == int(scene.me.satisfaction * FIXED)
    never = arrived(visits=0, first_joined=2, left_day=15, slept_day=0)
    assert never.me.satisfaction == near(0.9), "undefined"
    assert never.me.expectation == 0.7
    assert never.record.judging == 0


def test_one_visit_is_enough_to_judge() -> None:
    assert arrived(visits=1, slept_day=20).record.judging == 1
