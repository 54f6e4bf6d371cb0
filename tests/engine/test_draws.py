"""Draws are uniform, independent of each other, the same for one and for many, and their purposes never move."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.engine.compiled import plain, rebind
from sim.engine.draws import Purpose, key_of, poisson, root_key, uniform, uniform_at, uniforms

#: Append only. A line that moves or vanishes changes the luck of every study ever published.
FROZEN = {
    "TRIBE": 1, "SECOND_TRIBE": 2, "FOCUS": 3, "ACTIVITY": 4, "ACTIVITY_2": 5, "LATENT": 6, "LATENT_2": 7,
    "PURCHASING_POWER": 8, "PURCHASING_POWER_2": 9, "EDGE": 10, "EDGE_PARTNER": 11, "REWIRE": 12, "DEGREE": 13,
    "NOTICE": 14, "CHANNEL": 15, "REACH": 16, "ACCEPT": 17, "SCREEN": 18, "OPEN": 19, "POST": 20, "SEAT": 21,
    "SHOW_UP": 22, "BUY": 23, "PRODUCT": 24, "SHARE": 25, "INVITE": 26, "INVITEE": 27, "LEAVE": 28, "RETURN": 29,
    "PLACE": 30, "QUEUE": 31, "WARN": 32, "REPLY": 33, "RECONSIDER": 34, "ONBOARD": 35, "EDGE_STUB": 36, "MARKET": 37,
    "AT_JOINING": 38, "WARNED": 39,
}  # fmt: skip

one_uniform, one_at, one_key = (rebind(f, compile_again=False) for f in (uniform, uniform_at, key_of))
KEYS = st.integers(0, 2**64 - 1).map(np.uint64)


def column(purpose: Purpose, day: int = 0, n: int = 20_000, seed: int = 7) -> Any:
    with np.errstate(over="ignore"):
        return uniforms(one_key(root_key(seed, 0), day), np.arange(n), purpose)


def test_purposes_are_append_only() -> None:
    numbers = {purpose.name: int(purpose) for purpose in Purpose}
    assert {name: numbers.get(name) for name in FROZEN} == FROZEN
    assert all(number > max(FROZEN.values()) for name, number in numbers.items() if name not in FROZEN)
    assert len(set(numbers.values())) == len(Purpose.__members__)


@pytest.mark.parametrize("purpose", list(Purpose))
def test_draws_are_uniform(purpose: Purpose) -> None:
    """One in ten thousand by luck alone; the draws are fixed, so this is green or red for ever."""
    drawn = column(purpose)
    assert drawn.min() >= 0.0
    assert drawn.max() < 1.0
    assert stats.kstest(drawn, "uniform").pvalue > 1e-4


def test_purposes_days_people_and_seeds_are_independent() -> None:
    size = 20_000
    bound = 4.5 / np.sqrt(size)  # standard errors of a correlation of nothing with nothing
    base = column(Purpose.LEAVE)
    rest = [column(purpose) for purpose in Purpose if purpose != Purpose.LEAVE]
    rest += [column(Purpose.LEAVE, day=day) for day in (1, 2, 364)]
    rest += [column(Purpose.LEAVE, seed=seed) for seed in (0, 6, 8)]
    rest += [np.roll(base, shift) for shift in (1, 2, 64)]  # neighbours by number
    correlations = [np.corrcoef(base, other)[0, 1] for other in rest]
    assert np.abs(correlations).max() < bound
    assert max(np.abs(np.corrcoef(base > 0.9, other > 0.9)[0, 1]) for other in rest) < bound


def test_the_several_draws_of_one_person_are_uniform_and_independent() -> None:
    with np.errstate(over="ignore"):
        rows = np.array(
            [[one_at(one_key(root_key(1, 0), i), Purpose.INVITEE, k) for k in range(4)] for i in range(4000)]
        )
    assert stats.kstest(rows.ravel(), "uniform").pvalue > 1e-4
    assert np.abs(np.corrcoef(rows.T) - np.eye(4)).max() < 4.5 / np.sqrt(4000)


@given(
    key=KEYS, numbers=st.lists(st.integers(0, 2**31), min_size=1, max_size=5), purpose=st.sampled_from(list(Purpose))
)
def test_one_draw_is_the_draw_of_many(key: np.uint64, numbers: list[int], purpose: Purpose) -> None:
    many = uniforms(key, np.array(numbers), purpose)
    with np.errstate(over="ignore"):
        assert [one_uniform(one_key(key, number), purpose) for number in numbers] == list(many)


def test_replicates_and_seeds_have_keys_of_their_own() -> None:
    keys = {int(root_key(seed, replicate)) for seed in range(100) for replicate in range(100)}
    assert len(keys) == 10_000
    assert root_key(2**53, 0) != root_key(0, 0)


@given(u=st.floats(0, 1, exclude_max=True), mean=st.floats(0, 500))
def test_poisson_inverts_the_distribution(u: float, mean: float) -> None:
    count = plain(poisson)(u, mean)
    assert 0 <= count <= 1000
    if mean < 200:
        assert stats.poisson.cdf(count, mean) > u - 1e-9
        assert count == 0 or stats.poisson.cdf(count - 1, mean) <= u + 1e-9


def test_poisson_has_its_limits() -> None:
    draw = plain(poisson)
    assert draw(0.999, 0.0) == 0
    assert draw(0.999, -1.0) == 0
    assert draw(0.5, 1e9) == 1000
    counts = np.array([draw(u, 0.8) for u in column(Purpose.SHARE)])
    assert abs(counts.mean() - 0.8) < 4.5 * np.sqrt(0.8 / counts.size)
    assert abs(counts.var() - 0.8) < 0.05
