"""Samplers: how their points are spread, and that constraints are kept."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import InputError
from sim.lab.designs import Constraint, Factor, samplers

UNIT = tuple(Factor(key, "number", low=0.0, high=1.0) for key in ("a", "b", "c"))
KEY = np.uint64(12345)


@given(st.integers(1, 80), st.integers(1, 6), st.integers(0, 2**53))
@settings(max_examples=25)
def test_a_latin_hypercube_has_one_point_in_each_slice(count: int, wide: int, seed: int) -> None:
    shares = samplers.latin_hypercube(count, wide, np.uint64(seed))
    assert shares.shape == (count, wide)
    for column in shares.T:
        assert sorted(np.floor(column * count)) == list(range(count))


@given(st.integers(0, 7), st.integers(1, 6), st.integers(0, 2**53))
@settings(max_examples=25)
def test_a_scrambled_sobol_sequence_is_balanced(power: int, wide: int, seed: int) -> None:
    count = 2**power
    shares = samplers.sobol(count, wide, np.uint64(seed))
    for column in shares.T:
        assert sorted(np.floor(column * count)) == list(range(count))


def test_sobol_beats_the_hypercube_and_that_beats_luck() -> None:
    def error(shares: np.ndarray) -> float:
        return abs(np.prod(12 * (shares - 0.5) ** 2, axis=1).mean() - 1)

    def mean(points: object) -> float:
        return float(np.mean([error(points(256, 3, np.uint64(seed))) for seed in range(20)]))  # type: ignore[operator]

    luck = mean(lambda count, wide, key: samplers._uniforms(key, count, wide))
    assert mean(samplers.sobol) < mean(samplers.latin_hypercube) / 3 < luck / 3


def test_a_small_hypercube_is_spread_wider_than_a_chance_one() -> None:
    chance = [samplers._least_distance(samplers._cells(20, 2, np.uint64(seed))) for seed in range(50)]
    chosen = [
        samplers._least_distance(np.floor(samplers.latin_hypercube(20, 2, np.uint64(seed)) * 20).astype(np.int64))
        for seed in range(50)
    ]
    assert np.mean(chosen) > 1.5 * np.mean(chance)


def test_morris_changes_each_factor_once_by_two_thirds() -> None:
    shares = samplers.morris(50, 4, KEY)
    assert shares.shape == (50, 4)
    assert set(np.round(shares * 3).ravel()) == {0, 1, 2, 3}
    steps = np.diff(shares.reshape(10, 5, 4), axis=1)
    assert ((np.abs(steps) > 0).sum(axis=2) == 1).all()
    assert np.allclose(np.abs(steps).sum(axis=1), 2 / 3)
    assert len(np.unique(np.abs(steps).argmax(axis=2), axis=0)) > 1  # not always in the same order
    assert 0 < (steps > 0).sum() < (steps != 0).sum()


def test_saltelli_gives_the_known_indices_of_ishigami() -> None:
    """Sobol' & Levitan (1999), a = 7, b = .1: S1 = .3139, .4424, 0; ST = .5576, .4424, .2437."""
    shares = samplers.saltelli(5 * 4096, 3, KEY)
    assert shares.shape == (5 * 4096, 3)
    x = math.pi * (2 * shares - 1)
    y = np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    a, *mixed, b = y.reshape(-1, 5).T
    variance = np.var([a, b])
    first = [np.mean(b * (ab - a)) / variance for ab in mixed]  # Saltelli et al. (2010)
    total = [np.mean((a - ab) ** 2) / 2 / variance for ab in mixed]  # Jansen (1999)
    assert first == pytest.approx([0.3139, 0.4424, 0.0], abs=0.02)
    assert total == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)


def test_a_grid_is_every_combination_that_meets_the_constraints() -> None:
    factors = [Factor("a", "number", (0.1, 0.2, 0.7)), Factor("b", "number", (0.1, 0.3))]
    everything_ = samplers.sample("grid", factors)
    assert everything_.points == tuple(itertools.product((0.1, 0.2, 0.7), (0.1, 0.3)))
    assert everything_.notes == ()
    some = samplers.sample("grid", factors, [Constraint.parse("a + b <= 0.5", factors)])
    assert some.points == ((0.1, 0.1), (0.1, 0.3), (0.2, 0.1), (0.2, 0.3))
    assert some.notes == ("the constraints leave out 2 of 6 points",)


@pytest.mark.parametrize("kind", ["lhs", "sobol"])
@given(st.integers(1, 60), st.floats(0.2, 1.5), st.integers(0, 100))
@settings(max_examples=15, deadline=None)
def test_constraints_are_kept_and_the_number_is_reached(kind: samplers.Kind, runs: int, most: float, seed: int) -> None:
    limit = Constraint.parse(f"a + b <= {most}", UNIT)
    made = samplers.sample(kind, UNIT, [limit], runs=runs, seed=seed)
    assert len(made.points) == len(made.layout) == runs
    assert made.shares is not None
    assert made.shares.shape == (runs, 3)
    assert all(a + b <= most for a, b, _ in made.points)


@pytest.mark.parametrize("kind", ["grid", "lhs", "sobol"])
def test_a_constraint_that_nothing_meets_is_refused(kind: samplers.Kind) -> None:
    factors = UNIT if kind != "grid" else [Factor("a", "number", (0.0, 1.0))]
    limit = Constraint.parse("a > 2", factors, "design.yaml:4:1")
    with pytest.raises(InputError, match=r"design.yaml:4:1: none of .* points meets 'a > 2'"):
        samplers.sample(kind, factors, [limit], runs=10)


def test_a_constraint_that_hardly_anything_meets_is_refused_with_the_share() -> None:
    with pytest.raises(InputError, match=r"only \d+ of 20,000 points meet"):
        samplers.sample("lhs", UNIT, [Constraint.parse("a < 0.001", UNIT)], runs=100)


@pytest.mark.parametrize("kind", ["morris", "saltelli"])
def test_designs_whose_rows_belong_together_take_no_constraints(kind: samplers.Kind) -> None:
    with pytest.raises(InputError, match=f"{kind} cannot keep constraints"):
        samplers.sample(kind, UNIT, [Constraint.parse("a < 0.5", UNIT)], runs=10)


@pytest.mark.parametrize(
    ("kind", "runs", "note"),
    [
        ("sobol", 100, "128 points instead of 100: the next power of two"),
        ("morris", 10, "12 points instead of 10: 3 trajectories of 4"),
        ("saltelli", 100, "160 points instead of 100: 32 base points (a power of two), 5 each"),
    ],
)
def test_a_rounded_number_is_told(kind: samplers.Kind, runs: int, note: str) -> None:
    assert samplers.sample(kind, UNIT, runs=runs).notes[0] == note
    assert samplers.sample("lhs", UNIT, runs=runs).notes == ()


def test_rows_on_one_point_share_it() -> None:
    factors = [Factor("a", "switch", (True, False)), Factor("b", "integer", low=1.0, high=2.0)]
    made = samplers.sample("lhs", factors, runs=40)
    assert sorted(made.points) == sorted(itertools.product((True, False), (1, 2)))
    assert len(made.layout) == 40
    assert made.shares is not None
    for row, point in zip(made.shares, made.layout, strict=True):
        assert made.points[point] == tuple(each.value(share) for each, share in zip(factors, row, strict=True))
    assert "40 rows" in made.notes[0]


def test_too_large_a_grid_is_refused_at_once() -> None:
    factors = [Factor(str(number), "number", tuple(map(float, range(100)))) for number in range(9)]
    with pytest.raises(InputError, match="at most 1,000,000"):
        samplers.sample("grid", factors)


def test_a_range_on_a_grid_is_refused_with_what_to_write() -> None:
    with pytest.raises(InputError, match=r"a is a range.*0:1:STEP"):
        samplers.sample("grid", UNIT)
