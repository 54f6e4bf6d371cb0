"""Each rule keeps what its text promises: neutral values, bounds, direction, and the values of the literature."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.engine.compiled import rebind
from sim.engine.rules import (  # fmt: skip
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
    reputation,
    rocket,
    service,
    ties,
)
from sim.engine.state.people import NONE, STRONG, WEAK

SHARE = st.floats(0, 1)
SOME = st.floats(0, 100)
LOGIT = st.floats(-20, 20)


def of(rule: Callable[..., Any]) -> Callable[..., Any]:
    """The rule, and what it calls, as plain Python: tests/parity shows that the compiled one gives the same."""
    return rebind(rule, compile_again=False)


@pytest.mark.parametrize(
    ("rule", "arguments", "expected"),
    [
        (attention.logistic, (0.0,), 0.5),
        (attention.logistic, (-1e6,), 0.0),
        (attention.logistic, (1e6,), 1.0),
        (attention.shifted, (0.0, 1e9), 0.0),
        (attention.shifted, (1.0, -1e9), 1.0),
        (attention.forgotten, (0.7, 1), 0.0),
        (attention.forgotten, (0.5, 100), -0.5 * math.log(100)),
        (attention.forgotten, (0.0, 100), 0.0),
        (attention.fraction_read, (40.0, 40.0), 1.0),
        (attention.fraction_read, (40.0, 80.0), 0.5),
        (attention.off_topic, (0.2, 0.4, 0.0, 0.7, 0.0), 0.2),
        (attention.off_topic, (0.2, 0.4, 1.0, 1.0, 1.0), 0.0),
        (attention.off_topic, (0.8, 0.8, 1.0, 0.7, 0.0), 1.0),
        (attention.reading_cost, (0.002, 0.0, 0.0, 0.0), 0.0),
        (attention.reading_cost, (0.002, 10.0, 10.0, 10.0), 0.02),
        (attention.reading_cost, (0.002, 10.0, 0.0, 10.0), 0.4),
        (attention.overload, (0.02, 40.0, 40.0), 0.0),
        (attention.overload, (0.02, 90.0, 40.0), 1.0),
        (attention.overload, (1.0, 9e9, 40.0), 3.0),
        (content.saturation, (0.0, 0.6), 0.0),
        (content.saturation, (0.6, 0.6), 0.5),
        (content.freshness, (0.0, 50.0), 1.0),
        (content.freshness, (0.06, 0.0), 1.0),
        (content.tone, (1.0, 0.0, 1.0, 0.0, 0.3), 1.0),
        (content.tone, (0.0, 0.8, 1.0, 1.2, 1.0), 2.2),
        (content.tone, (0.0, 0.8, 1.0, 1.2, 0.0), 0.0),
        (content.tone, (0.5, 0.8, 0.7, 1.2, 0.5), 1.4),
        (energy.drain, (0.12, 0.0, 1.5), 0.0),
        (energy.drain, (0.12, 4.0, 1.5), 0.96),
        (energy.energy_next, (1.0, 0.08, 0.0), 1.0),
        (energy.energy_next, (0.5, 0.1, 0.0), 0.55),
        (energy.quality_with, (0.6, 1.0), 0.6),
        (energy.quality_with, (0.6, 0.0), 0.3),
        (expectation.disconfirmation, (0.7, 0.5, 2.25), 0.2),
        (expectation.disconfirmation, (0.5, 0.7, 2.25), -0.45),
        (expectation.satisfaction_next, (0.5, 0.15, 0.5, 0.4, 0.0, 0.6), 0.5),
        (expectation.satisfaction_next, (0.2, 1.0, 0.5, 0.4, 0.0, 0.6), 0.5),
        (expectation.expectation_next, (0.4, 0.9, 0.0, 0.0), 0.4),
        (expectation.expectation_next, (0.4, 0.9, 1.0, 0.0), 0.9),
        (expectation.expectation_next, (0.4, 0.1, 1.0, 0.0), 0.4),
        (interests.match, (1.0, 1.0, 1.0, 0.0), 1.0),
        (interests.match, (0.75, 1 / math.hypot(0.75, 0.25), 0.0, 0.0), 0.0),
        (joining.contact_hazard, (0.01, 1.0, 0.0, 0.0, 5.0), 0.01),
        (joining.contact_hazard, (0.01, 0.5, 1.0, 0.4, 2.5), 0.005),
        (joining.contact_hazard, (0.01, 1.0, 1.0, 0.0, 5.0), 0.0),
        (joining.social_proof, (0.5, 0), 0.0),
        (joining.social_proof, (0.0, 9), 0.0),
        (joining.fee_shift, (0.0, 0.03, 1.0), 0.0),
        (joining.fee_shift, (100.0, 0.03, 2.0), -1.5),
        (joining.admission, (0.0, 0.0, 0.08), 1.0),
        (joining.admission, (0.5, 0.5, 0.08), 0.5),
        (leaving.leave_hazard, (0.0, 0.0, 3.0, 0.0, 4.0, 3.0, 1.0, 9.0, 0.8), 0.0),
        (leaving.leave_hazard, (0.002, 0.0, 3.0, 0.5, 4.0, 0.0, 1.0, 0.0, 0.8), 0.002),
        (leaving.leave_hazard, (0.002, 0.0, 3.0, 0.9, 4.0, 0.0, 1.0, 0.0, 0.8), 0.002),
        (leaving.leave_hazard, (0.5, 0.0, 3.0, 0.0, 20.0, 3.0, 20.0, 9.0, 20.0), 1.0),
        (motivation.effort, (0.0, 0.36, 2.5, 15.0), 1.0),
        (motivation.effort, (7.0, 0.0, 0.0, 15.0), 1.0),
        (motivation.effort, (15.0, 0.36, 2.5, 15.0), 1.89),
        (purchase.price_shift, (0.0, 0.6, 1.0, 0.5, 1.0), 0.0),
        (purchase.price_shift, (200.0, 0.6, 1.0, 1.0, 0.0), -1.2),
        (purchase.price_shift, (200.0, 0.6, 1.0, 1.0, 1.0), 0.0),
        (purchase.herd_shift, (0.4, 0), 0.0),
        (purchase.irritated, (1.0, 0.5, 0.0, 0.1, 0.5, 0.0), 0.5),
        (purchase.irritated, (0.0, 0.5, 2.0, 0.1, 1.0, 1.0), 0.0),
        (platform.conformity, (0.0, 1.0), 0.0),
        (platform.conformity, (2.0, 0.5), 0.0),
        (platform.conformity, (2.0, 0.0), -2.0),
        (purchase.crowd_shift, (0.0, 9.0, 4.0), 0.0),
        (purchase.crowd_shift, (0.5, 0.0, 4.0), 0.0),
        (purchase.crowd_shift, (0.5, 9.0, 4.0), 0.5 * math.log(5)),
        (purchase.discovery, (0.0, 3.0), 0.0),
        (purchase.discovery, (0.5, 0.0), 0.0),
        (purchase.discovery, (0.5, 2.0), 1 - math.exp(-1)),
        (purchase.path_taken, (0.0, 0.0, 0.0, 0.0), -1),
        (purchase.path_taken, (0.999, 1.0, 0.0, 0.0), 0),
        (purchase.path_taken, (0.999, 0.0, 1.0, 0.0), 1),
        (purchase.path_taken, (0.999, 0.0, 0.0, 1.0), 2),
        (purchase.path_taken, (0.5, 0.5, 0.0, 0.0), -1),
        (purchase.inclusive, (-1.0, -1.0, 1.0), -1.0 + math.log(2)),
        (purchase.inclusive, (-1.0, -1.0, 1e-13), -1.0),
        (purchase.inclusive, (-1.0, -900.0, 0.5), -1.0),
        (purchase.gumbel, (math.exp(-1),), 0.0),
        (purchase.sound, (0.8, 0.0), 0.8),
        (purchase.sound, (0.8, 1.0), 0.0),
        (purchase.used, (0.6, 0.0, 1.0), 0.6),
        (purchase.used, (0.6, 0.5, 1.0), 0.9),
        (purchase.used, (0.6, 9.0, 1.0), 1.0),
        (purchase.expected_of, (0.5, 0.0, 900.0), 0.5),
        (purchase.expected_of, (0.5, 0.2, 0.0), 0.5),
        (purchase.expected_of, (0.5, 0.2, 100.0), 0.5 + 0.2 * math.log(2)),
        (purchase.expected_of, (0.5, 1.0, 9e9), 1.0),
        (reputation.reputation_of, (0.0, 0.0), 0.5),
        (reputation.reputation_of, (1e18, 0.0), 1.0),
        (reputation.remembered, (8.0, 0.5, 2.0), 6.0),
        (reputation.audience, (0.5, 6.0, 0.0, 1.2, 6000.0), 6.0),
        (reputation.audience, (0.0, 6.0, 1.0, 1.2, 6000.0), 6.0),
        (reputation.audience, (0.75, 6.0, 1.0, 2.0, 6000.0), 12.0),
        (reputation.audience, (1 - 2**-53, 6.0, 1.0, 0.1, 6000.0), 6000.0),
        (reputation.audience, (0.5, 6.0, 0.0, 1.2, 4.0), 4.0),
        (rocket.ignites, (9, 10, 500, 0, 500, 0.0), False),
        (rocket.ignites, (10, 10, 500, 500, 50, 0.1), True),
        (rocket.ignites, (10, 10, 499, 500, 499, 0.1), False),
        (rocket.ignites, (10, 10, 500, 0, 49, 0.1), False),
        (service.led_share, (1.0, 0.0), 1.0),
        (service.led_share, (0.0, 0.0), 1.0),
        (service.led_share, (4.0, 0.0), 0.25),
        (service.led_share, (7.0, 6.0), 1.0),
        (service.effective, (10.0, 1.0, 0.3), 10.0),
        (service.effective, (10.0, 0.0, 0.3), 7.0),
        (service.doable, (0.3, 0.1), 3),  # 0.3 / 0.1 is a hair below 3
        (service.doable, (1e300, 1e-4), 1_000_000_000),
        (ties.kept_share, (0.0, 70.0), 1.0),
        (ties.kept_share, (70.0, 70.0), 0.5),
        (ties.grown, (0.4, 0.0), 0.4),
        (ties.grown, (0.4, 7.0), 1.0),
        (ties.grown, (0.4, -1.0), 0.4),
        (ties.shaken, (0.4, 0.08, 0.0), 0.4),
        (ties.shaken, (0.4, 1.0, 9.0), 0.0),
        (ties.combined, (0.0, 0.0, 0.3), 0.3),
        (ties.combined, (1.0, 0.0, 0.0), 1.0),
    ],
)
def test_limits(rule: Callable[..., Any], arguments: tuple[Any, ...], expected: object) -> None:
    assert of(rule)(*arguments) == (expected if isinstance(expected, bool) else pytest.approx(expected, abs=1e-12))


#: Rule, where each argument lies, and in which direction the result goes with each (0: it may go either way).
MONOTONE: list[tuple[Callable[..., Any], list[Any], list[int]]] = [
    (attention.logistic, [st.floats(-1e4, 1e4)], [1]),
    (attention.shifted, [SHARE, LOGIT], [1, 1]),
    (attention.forgotten, [SOME, st.integers(1, 10_000)], [-1, -1]),
    (attention.fraction_read, [st.floats(0.1, 1e4), SOME], [1, -1]),
    (attention.off_topic, [SHARE] * 5, [1, 1, 1, -1, -1]),
    (attention.overload, [SHARE, SOME, SOME], [1, 1, -1]),
    (content.saturation, [SOME, st.floats(0.01, 100)], [1, -1]),
    (content.freshness, [SHARE, SOME], [-1, -1]),
    (content.tone, [SHARE, st.floats(0, 5), SHARE, st.floats(0, 5), SHARE], [1, 1, 0, 0, 1]),
    (energy.drain, [SHARE, st.floats(1, 70), st.floats(0.1, 5)], [1, 1, 1]),
    (energy.energy_next, [SHARE, SHARE, SOME], [1, 1, -1]),
    (energy.quality_with, [SHARE, SHARE], [1, 1]),
    (expectation.disconfirmation, [SHARE, SHARE, st.floats(1, 10)], [1, -1, -1]),
    (expectation.satisfaction_next, [SHARE, SHARE, SHARE, SHARE, st.floats(-10, 1), SHARE], [1, 0, 1, 0, 1, 0]),
    (expectation.expectation_next, [SHARE, SHARE, SHARE, SHARE], [0, 0, 1, -1]),
    (joining.contact_hazard, [SHARE, SHARE, SHARE, SHARE, st.floats(1, 100)], [1, 1, 0, 1, 1]),
    (joining.social_proof, [st.floats(0, 5), st.integers(0, 5000)], [1, 1]),
    (joining.fee_shift, [SOME, SOME, st.floats(0.01, 100)], [-1, -1, 1]),
    (joining.admission, [SHARE, st.floats(0.01, 1), st.floats(0.001, 1)], [1, -1, 0]),
    (leaving.leave_hazard, [SHARE, SHARE, SOME, SHARE, SOME, SOME, SOME, SOME, SOME], [1, -1, -1, -1, 1, 1, 1, 1, 1]),
    (motivation.effort, [st.floats(0.01, 1e4), SHARE, SOME, st.floats(0.01, 1e4)], [1, -1, 1, -1]),
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
    (reputation.reputation_of, [SOME, SOME], [1, -1]),
    (reputation.remembered, [SOME, SHARE, SOME], [1, 1, 1]),
    (
        reputation.audience,
        [st.floats(0, 1, exclude_max=True), SOME, st.just(1.0), st.floats(0.1, 10), st.floats(0, 1e6)],
        [1, 1, 0, -1, 1],
    ),
    (service.led_share, [st.integers(0, 50).map(float), SOME], [-1, 1]),
    (service.effective, [SOME, SHARE, SHARE], [1, 1, -1]),
    (service.doable, [SOME, st.floats(0.01, 100)], [1, -1]),
    (ties.kept_share, [SOME, st.floats(0.5, 1e6)], [-1, 1]),
    (ties.grown, [SHARE, st.floats(-1, 5)], [1, 1]),
    (ties.shaken, [SHARE, SHARE, SOME], [1, -1, -1]),
    (ties.combined, [SHARE] * 3, [1, 1, 1]),
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


@given(st.lists(st.tuples(SHARE, st.floats(0, 2), SHARE, st.floats(0, 2), SHARE, SHARE), max_size=30))
def test_satisfaction_and_expectation_stay_between_0_and_1(days: list[tuple[float, ...]]) -> None:
    satisfied, bar = 0.5, 0.45
    for experience, alpha, memory, beta, rise, fall in days:
        gap = of(expectation.disconfirmation)(experience, bar, 2.25)
        satisfied = of(expectation.satisfaction_next)(satisfied, memory, bar, alpha, gap, beta)
        bar = of(expectation.expectation_next)(bar, experience, rise, fall)
        assert 0.0 <= satisfied <= 1.0
        assert 0.0 <= bar <= 1.0


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


def test_small_pay_is_worse_than_none_and_large_pay_better() -> None:
    """Gneezy & Rustichini (2000): 28.4 unpaid, 23.1 with small pay, 34.7 with large pay."""
    small, large = (of(motivation.effort)(pay, 0.36, 2.5, 15.0) for pay in (1.0, 30.0))
    assert small < 1.0 < large


def test_the_halved_tie_is_the_decay_of_cottica() -> None:
    """s ← s/1.01 a day (Cottica, Melançon & Renoust 2017) halves in 70 days."""
    assert of(ties.kept_share)(1.0, 70.0) == pytest.approx(1 / 1.01, abs=1e-4)


def test_a_rule_can_be_called_as_it_is() -> None:
    """What has no wrapper for Python runs as plain Python, and so does what it calls."""
    assert ties.grown(0.4, 7.0) == 1.0
    assert attention.shifted(0.5, 0.0) == 0.5
