"""Each rule goes in the direction that the theory states, and stays within its bounds."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from pathlib import Path
from statistics import NormalDist
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.engine.rules import (  # fmt: skip
    activities,
    attention,
    content,
    energy,
    expectation,
    interests,
    joining,
    leaving,
    motivation,
    platform,
    purchase,
    renewal,
    reputation,
    rocket,
    service,
    ties,
    word_of_mouth,
)
from sim.engine.state.people import NONE, STRONG, WEAK
from tests.engine.scene import of

SHARE = st.floats(0, 1)
SOME = st.floats(0, 100)
LOGIT = st.floats(-20, 20)

#: Rule, where each argument lies, and in which direction the result goes with each (0: it may go either way).
MONOTONE: list[tuple[Callable[..., Any], list[Any], list[int]]] = [
    (activities.intimacy, [st.floats(0.1, 1e4), st.floats(0.1, 100), st.floats(0, 5)], [-1, 1, -1]),
    (attention.logistic, [st.floats(-1e4, 1e4)], [1]),
    (attention.shifted, [SHARE, LOGIT], [1, 1]),
    (attention.forgotten, [SOME, st.integers(1, 10_000)], [-1, -1]),
    (attention.fraction_read, [st.floats(0.1, 1e4), SOME], [1, -1]),
    (attention.off_topic, [SHARE] * 5, [1, 1, 1, -1, -1]),
    (attention.reading_cost, [SHARE, SOME, SOME, st.floats(0.1, 100), st.floats(0.001, 1)], [1, 1, -1, 1, -1]),
    (attention.overload, [SHARE, SOME, SOME], [1, 1, -1]),
    (attention.congestion, [SOME, st.floats(0.1, 1e9)], [-1, 1]),
    (attention.mute_chance, [SOME, SOME], [1, 1]),
    (content.saturation, [SOME, st.floats(0.01, 100)], [1, -1]),
    (content.freshness, [SHARE, SOME], [-1, -1]),
    (content.tone, [SHARE, st.floats(0, 5), SHARE, st.floats(0, 5), SHARE], [1, 1, 0, 0, 1]),
    (energy.drain, [SHARE, st.floats(1, 70), st.floats(0.1, 5)], [1, 1, 1]),
    (energy.energy_next, [SHARE, SHARE, SOME], [1, 1, -1]),
    (energy.quality_with, [SHARE] * 3, [1, 1, 1]),
    (expectation.perceived, [SHARE] * 3, [1, 1, 0]),
    (expectation.should, [SHARE] * 3, [1, 1, 0]),
    (expectation.disconfirmation, [SHARE, SHARE, SHARE, st.floats(1, 10)], [1, -1, 0, -1]),
    (expectation.judgement, [SHARE, st.floats(-10, 1), SHARE], [1, 1, 0]),
    (expectation.adapted, [SHARE] * 3, [1, 1, 0]),
    (expectation.faded, [SHARE] * 2, [1, 0]),
    (joining.contact_hazard, [SHARE, SHARE, SHARE, SHARE, st.floats(1, 100)], [1, 1, 0, 1, 1]),
    (joining.social_proof, [st.floats(0, 5), st.integers(0, 5000)], [1, 1]),
    (joining.linked_share, [st.integers(0, 1000), st.integers(0, 50)], [1, 0]),
    (joining.hesitation, [SOME, st.integers(0, 20), st.integers(0, 20)], [1, 1, -1]),
    (joining.fee_shift, [SOME, SOME, st.floats(0.01, 100)], [-1, -1, 1]),
    (joining.admission, [SHARE, st.floats(0.01, 1), st.floats(0.001, 1)], [1, -1, 0]),
    (leaving.leave_hazard, [SHARE, SHARE, SOME, SHARE, SOME, SOME, SOME, SOME, SOME], [1, -1, -1, -1, 1, 1, 1, 1, 1]),
    (motivation.effort, [st.floats(0.01, 1e4), SHARE, SOME, st.floats(0.01, 1e4)], [1, -1, 1, -1]),
    (motivation.doubted, [SHARE, SOME, st.floats(0.01, 1e4)], [1, 1, -1]),
    (purchase.price_shift, [SOME, SOME, st.floats(0.01, 100), SHARE, SHARE], [-1, -1, 1, 1, 1]),
    (purchase.herd_shift, [st.floats(0, 5), st.integers(0, 5000)], [1, 1]),
    (purchase.irritated, [SOME, SHARE, SOME, SHARE, SHARE, SHARE], [1, 1, 1, 1, -1, -1]),
    (platform.conformity, [st.floats(0, 20), SHARE], [0, 1]),
    (purchase.crowd_shift, [st.floats(0, 5), SOME, SOME], [1, 1, 1]),
    (purchase.discovery, [SHARE, SOME], [1, 1]),
    (purchase.inclusive, [LOGIT, LOGIT, st.floats(0.01, 1)], [1, 1, 1]),
    (purchase.gumbel, [st.floats(0, 1, exclude_max=True)], [1]),
    (purchase.sound, [SHARE, SHARE], [1, -1]),
    (purchase.used, [SHARE, st.floats(0, 10), SHARE], [1, 1, 1]),
    (purchase.expected_of, [SHARE, SHARE, st.floats(0, 1e8)], [1, 1, 1]),
    (renewal.daily_share, [st.floats(0, 0.99)], [1]),
    (renewal.skipped, [st.floats(0, 0.999), st.floats(1e-12, 0.5), st.integers(0, 10**9)], [1, -1, 1]),
    (reputation.reputation_of, [SOME, SOME], [1, -1]),
    (reputation.remembered, [SOME, SHARE, SOME], [1, 1, 1]),
    (reputation.audience, [SHARE, SOME, st.just(1.0), st.floats(0.1, 10), st.floats(0, 1e6)], [1, 1, 0, -1, 1]),
    (rocket.ignites, [st.integers(0, 50)] * 5 + [SHARE], [1, -1, 0, -1, 1, -1]),
    (service.led_share, [st.integers(0, 50).map(float), SOME], [-1, 1]),
    (service.effective, [SOME, SHARE, SHARE], [1, 1, -1]),
    (service.doable, [SOME, st.floats(0.01, 100)], [1, -1]),
    (ties.kept_share, [SOME, st.floats(0.5, 1e6)], [-1, 1]),
    (ties.grown, [SHARE, st.floats(-1, 5)], [1, 1]),
    (ties.shaken, [SHARE, SHARE, SOME], [1, -1, -1]),
    (ties.combined, [SHARE] * 3, [1, 1, 1]),
    (word_of_mouth.good_words, [SOME, SHARE, SOME, SHARE, SOME], [1, 1, 0, 1, 1]),
    (word_of_mouth.recalled, [SOME, SOME, st.floats(0.5, 1e6)], [1, -1, 1]),
    (word_of_mouth.bad_words, [SOME, SHARE, SOME, SHARE, SOME], [1, -1, 0, -1, -1]),
]


@pytest.mark.parametrize(("rule", "where", "signs"), MONOTONE, ids=lambda value: getattr(value, "__name__", ""))
@given(data=st.data())
def test_direction(rule: Callable[..., Any], where: list[Any], signs: list[int], data: st.DataObject) -> None:
    """More of one thing, all else alike, never moves the result against the direction that the theory states."""
    arguments = [data.draw(strategy) for strategy in where]
    k = data.draw(st.sampled_from([k for k, sign in enumerate(signs) if sign]))
    more = list(arguments)
    more[k] = data.draw(where[k])
    assume(more[k] > arguments[k])
    low, high = of(rule)(*arguments), of(rule)(*more)
    assert math.isfinite(low)
    slack = 1e-12 * (1.0 + abs(low))
    assert signs[k] * (high - low) >= -slack


@given(SHARE, st.lists(st.tuples(st.sampled_from(["grow", "shake", "keep"]), SHARE, st.floats(0, 50)), max_size=30))
def test_a_tie_stays_between_0_and_1(tie: float, days: list[tuple[str, float, float]]) -> None:
    for what, share, size in days:
        if what == "grow":
            tie = of(ties.grown)(tie, size * share)
        elif what == "shake":
            tie = of(ties.shaken)(tie, share, size)
        else:
            tie *= of(ties.kept_share)(size, 70.0)
        assert 0.0 <= tie <= 1.0
        assert 0.0 <= of(ties.combined)(tie, share, tie) <= 1.0


@given(st.lists(st.tuples(*[SHARE] * 6, st.floats(0, 3)), max_size=30))
def test_satisfaction_and_expectation_stay_between_0_and_1(days: list[tuple[float, ...]]) -> None:
    satisfied, bar = 0.5, 0.45
    for experience, promised, share, tolerance, memory, kept, weight in days:
        felt = of(expectation.perceived)(experience, bar, share)
        ought = of(expectation.should)(promised, bar, share)
        gap = of(expectation.disconfirmation)(felt, ought, tolerance, 2.25)
        satisfied = of(expectation.adapted)(satisfied, of(expectation.judgement)(felt, gap, weight), memory)
        bar = of(expectation.adapted)(bar, experience, share)
        satisfied = of(expectation.faded)(satisfied, kept)
        assert -1e-12 <= satisfied <= 1.0 + 1e-12
        assert -1e-12 <= bar <= 1.0 + 1e-12


@given(SHARE, st.sampled_from([NONE, WEAK, STRONG]), st.lists(SHARE, min_size=4, max_size=4).map(sorted))
def test_tiers_move_one_step_and_hold_between_the_thresholds(tie: float, tier: int, marks: list[float]) -> None:
    weak_exit, weak_enter, strong_exit, strong_enter = marks
    then = of(ties.tier_of)(tie, tier, weak_enter, weak_exit, strong_enter, strong_exit)
    assert abs(then - tier) <= 1
    if weak_exit <= tie < weak_enter and tier != STRONG:
        assert then == tier
    if strong_exit <= tie < strong_enter and tier != NONE:
        assert then == tier
    if tie >= strong_enter:
        assert then == min(STRONG, tier + 1)
    if tie < weak_exit:
        assert then == max(NONE, tier - 1)


@given(st.floats(0.5, 1), st.floats(0, 2 * math.pi))
def test_interest_and_topic_match_between_0_and_1(focus: float, angle: float) -> None:
    main, second = abs(math.cos(angle)), abs(math.sin(angle))  # a topic of length 1
    fit = of(interests.match)(focus, 1.0 / math.hypot(focus, 1.0 - focus), main, second)
    assert -1e-12 <= fit <= 1.0 + 1e-12


@given(SHARE, LOGIT)
def test_a_shift_and_its_opposite_cancel(base: float, shift: float) -> None:
    assume(1e-6 < base < 1 - 1e-6)
    there = of(attention.shifted)(base, shift)
    assume(1e-9 < there < 1 - 1e-9)
    assert of(attention.shifted)(there, -shift) == pytest.approx(base, rel=1e-6)


def test_two_uniform_numbers_make_a_standard_normal_one() -> None:
    grid = [(k + 0.5) / 100 for k in range(100)]
    drawn = [of(renewal.standard_normal)(u, v) for u in grid for v in grid]
    for z in (-2.0, -1.0, -0.3, 0.0, 0.3, 1.0, 2.0):
        assert sum(x < z for x in drawn) / len(drawn) == pytest.approx(NormalDist().cdf(z), abs=3e-3)


def test_each_rule_is_worked_out_by_hand() -> None:
    tested = Path(__file__).with_name("test_rules.py").read_text(encoding="utf-8")
    for path in Path(ties.__file__).parent.glob("*.py"):
        for name in re.findall(r"^def (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE):
            assert re.search(rf"\b{path.stem}\.{name}\b", tested), f"{path.stem}.{name}"
