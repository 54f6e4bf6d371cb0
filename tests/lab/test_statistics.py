"""Intervals against published values and against their own promise of coverage."""

from __future__ import annotations

import math
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine.draws import Purpose, root_key, uniforms
from sim.lab.statistics.intervals import (
    FEWEST_REPLICATES,
    Verdict,
    band,
    gini,
    interval,
    overtaking,
    paired,
    replicates_for,
    wilson,
    worst_tenth,
)

numbers = st.floats(-1e6, 1e6)
DARWIN = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]  # crossed minus selfed, eighths of an inch


def normals(count: int, seed: int) -> np.ndarray:
    """Standard normal numbers by Box and Muller, from the model's own draws."""
    key, rows = root_key(seed, 0), np.arange(count)
    u, v = uniforms(key, rows, Purpose.LATENT), uniforms(key, rows, Purpose.LATENT_2)
    return np.sqrt(-2 * np.log1p(-u)) * np.cos(2 * np.pi * v)


class TestInterval:
    def test_darwins_maize_as_fisher_computed_it(self) -> None:
        """Fisher (1935), The Design of Experiments, §17: mean 20.933, t(14) = 2.145, standard error 9.746."""
        found = interval(DARWIN, level=0.95)
        assert found.mean == pytest.approx(20.933, abs=5e-4)
        assert found.low == pytest.approx(20.933 - 2.145 * 9.746, abs=5e-3)
        assert found.high == pytest.approx(20.933 + 2.145 * 9.746, abs=5e-3)
        assert found.n == 15

    @pytest.mark.parametrize(("n", "quantile"), [(2, 12.706), (3, 4.303), (5, 2.776), (10, 2.262), (31, 2.042)])
    def test_students_table(self, n: int, quantile: float) -> None:
        values = np.arange(n, dtype=float)
        found = interval(values, level=0.95)
        assert (found.high - found.mean) * math.sqrt(n) / values.std(ddof=1) == pytest.approx(quantile, abs=5e-4)

    def test_one_replicate_claims_nothing(self) -> None:
        found = interval([3.5])
        assert found.mean == 3.5
        assert np.isnan([found.low, found.high, found.spread_low, found.spread_high]).all()

    def test_nothing_is_not_a_number(self) -> None:
        assert math.isnan(interval([]).mean)
        assert interval([]).n == 0

    def test_undefined_replicates_are_counted(self) -> None:
        found = interval([1.0, math.nan, 3.0, math.inf])
        assert (found.mean, found.n, found.missing) == (2.0, 2, 2)

    def test_spread_is_the_quantiles_of_replicates(self) -> None:
        found = interval(np.arange(101.0), level=0.9)
        assert (found.spread_low, found.spread_high) == pytest.approx((5.0, 95.0))

    def test_equal_values_have_no_width(self) -> None:
        found = interval([0.1] * 7)
        assert found.low == found.mean == found.high == 0.1

    def test_coverage_is_what_it_says(self) -> None:
        samples = normals(4000 * 6, seed=1).reshape(4000, 6)
        inside = sum(found.low <= 0.0 <= found.high for found in (interval(row, 0.9) for row in samples))
        chance = wilson(inside, 4000, level=0.999)
        assert chance.low <= 0.9 <= chance.high

    @pytest.mark.parametrize("level", [0.0, 1.0, 90.0, math.nan])
    def test_level_must_be_a_chance(self, level: float) -> None:
        with pytest.raises(ValueError, match="level"):
            interval([1.0, 2.0], level)

    def test_a_matrix_is_refused(self) -> None:
        with pytest.raises(ValueError, match="replicate"):
            interval(np.zeros((2, 2)))


class TestPaired:
    def test_pairing_removes_shared_luck(self) -> None:
        luck = 1000.0 * normals(10, seed=2)
        found = paired(luck, luck + 1.0 + 0.1 * normals(10, seed=3))
        assert found.verdict is Verdict.HIGHER
        assert found.mean == pytest.approx(1.0, abs=0.2)
        assert found.share_better == 1.0
        assert found.replicates_needed == found.n == 10

    def test_darwin_rejects_no_difference(self) -> None:
        assert paired(np.zeros(15), DARWIN).verdict is Verdict.HIGHER
        assert paired(DARWIN, np.zeros(15)).verdict is Verdict.LOWER

    def test_identical_plans(self) -> None:
        found = paired([1.0, 2.0], [1.0, 2.0])
        assert (found.verdict, found.share_better, found.mean) == (Verdict.IDENTICAL, 0.5, 0.0)

    def test_too_few_even_when_clear(self) -> None:
        few = FEWEST_REPLICATES - 1
        assert paired(np.zeros(few), np.arange(few) + 100.0).verdict is Verdict.TOO_FEW
        assert paired(np.zeros(few + 1), np.arange(few + 1) + 100.0).verdict is Verdict.HIGHER

    def test_one_replicate_gives_no_number_of_replicates(self) -> None:
        found = paired([1.0], [2.0])
        assert (found.verdict, found.replicates_needed) == (Verdict.TOO_FEW, None)

    def test_undecided_says_how_many_more(self) -> None:
        found = paired(np.zeros(8), [3.0, -2.0, 1.5, -1.0, 2.0, 0.5, -1.5, 1.0])
        assert found.verdict is Verdict.UNDECIDED
        assert found.replicates_needed is not None
        assert found.replicates_needed > found.n

    def test_no_difference_to_find(self) -> None:
        assert paired(np.zeros(6), [1.0, -1.0] * 3).replicates_needed is None

    def test_ties_count_half_and_costs_turn_it(self) -> None:
        a, b = [1.0, 1.0, 1.0, 1.0], [2.0, 3.0, 1.0, 0.0]
        assert paired(a, b).share_better == 0.625
        assert paired(a, b, higher_is_better=False).share_better == 0.375

    def test_undefined_pairs_are_counted(self) -> None:
        found = paired([1.0, math.nan, 1.0], [2.0, 2.0, math.nan])
        assert (found.mean, found.n, found.missing) == (1.0, 1, 2)

    def test_other_replicates_are_refused(self) -> None:
        with pytest.raises(ValueError, match="same replicates"):
            paired([1.0], [1.0, 2.0])

    @given(st.lists(st.tuples(numbers, numbers), min_size=2, max_size=30))
    def test_turning_the_plans_round_turns_the_answer(self, pairs: list[tuple[float, float]]) -> None:
        a, b = np.array(pairs).T
        there, back = paired(a, b), paired(b, a)
        assert (there.mean, there.low, there.high) == (-back.mean, -back.high, -back.low)
        assert there.share_better == pytest.approx(1.0 - back.share_better)
        assert there.replicates_needed == back.replicates_needed


class TestReplicatesFor:
    def test_published_sample_sizes(self) -> None:
        """Cohen (1988), paired t test, two-sided 5 %, power 80 %: 34 pairs for an effect of 0.5, 15 for 0.8."""
        assert replicates_for(1.0, 0.5, power=0.8) == 34
        assert replicates_for(1.0, 0.8, power=0.8) == 15

    @given(st.floats(0.01, 5.0))
    def test_is_the_smallest_that_does(self, width: float) -> None:
        def reach(n: int) -> float:
            found = interval(np.arange(n), 0.95)
            return (found.high - found.mean) / float(np.arange(n).std(ddof=1))

        n = replicates_for(1.0, width)
        assert n is not None
        assert reach(n) <= width * (1 + 1e-12)
        assert n == FEWEST_REPLICATES or reach(n - 1) > width

    def test_no_number_in_reach(self) -> None:
        assert replicates_for(1.0, 1e-9) is None

    def test_certainty_needs_the_fewest(self) -> None:
        assert replicates_for(0.0, 1.0) == FEWEST_REPLICATES

    def test_width_must_be_positive(self) -> None:
        with pytest.raises(ValueError, match="width"):
            replicates_for(1.0, 0.0)
        with pytest.raises(ValueError, match="width"):
            paired([1.0, 2.0], [2.0, 4.0], width=0.0)


class TestOvertaking:
    def test_only_the_last_crossing_counts(self) -> None:
        a = np.zeros((3, 5))
        b = np.array([[-1, 1, -1, 1, 1], [1, 1, 1, 1, 1], [1, 1, 1, 1, 0]])
        found = overtaking(a, b, first_day=1)
        np.testing.assert_array_equal(found.days, [4, 1, math.nan])
        assert found.share.share == pytest.approx(2 / 3)
        assert found.median == 4.0
        assert np.isnan([found.low, found.high, found.clear_day]).all()  # three replicates bound no median

    def test_never_is_later_than_any_day(self) -> None:
        b = np.full((10, 8), -1.0)
        for replicate in range(4):
            b[replicate, replicate:] = 1.0
        found = overtaking(np.zeros_like(b), b)
        assert found.share.share == 0.4
        assert math.isnan(found.median)
        assert found.low == 1.0  # the interval runs from the 2nd to the 9th of ten
        assert math.isnan(found.high)

    @pytest.mark.parametrize(("n", "rank"), [(6, 1), (9, 2), (10, 2), (15, 4), (20, 6), (25, 8)])
    def test_median_interval_by_the_tables(self, n: int, rank: int) -> None:
        """Conover (1999), Practical Nonparametric Statistics, ranks of the sign test at 95 %."""
        b = np.where(np.arange(n) >= np.arange(n)[:, np.newaxis], 1.0, -1.0)  # replicate r overtakes on day r
        found = overtaking(np.zeros_like(b), b)
        assert (found.low, found.high) == (rank - 1, n - rank)

    def test_clear_day_is_when_the_interval_leaves_zero_for_good(self) -> None:
        noise = normals(20, seed=4)[:, np.newaxis]
        days = np.arange(40.0)
        found = overtaking(np.zeros((20, 40)), noise + 0.1 * (days - 10))
        means = noise.mean() + 0.1 * (days - 10)
        half = interval(noise[:, 0], 0.95).high - noise.mean()
        assert found.clear_day == np.flatnonzero(means - half > 0)[0]

    def test_never_clear_when_behind(self) -> None:
        assert math.isnan(overtaking(np.ones((9, 3)), np.zeros((9, 3))).clear_day)

    def test_thousands_of_replicates(self) -> None:
        found = overtaking(np.zeros((3000, 2)), np.ones((3000, 2)))
        assert (found.median, found.low, found.high) == (0.0, 0.0, 0.0)

    def test_no_replicates(self) -> None:
        assert math.isnan(overtaking(np.zeros((0, 4)), np.zeros((0, 4))).median)


class TestMoney:
    def test_worst_tenth(self) -> None:
        assert worst_tenth(np.arange(20.0)) == 0.5
        assert worst_tenth(np.arange(20.0), higher_is_better=False) == 18.5
        assert worst_tenth(np.arange(15.0)) == pytest.approx((0 + 0.5 * 1) / 1.5)
        assert worst_tenth([4.0, 2.0]) == 2.0
        assert math.isnan(worst_tenth([]))

    @given(st.lists(numbers, min_size=1, max_size=50))
    def test_worst_tenth_lies_between_worst_and_mean(self, values: list[float]) -> None:
        slack = 1e-9 * (1 + max(map(abs, values)))
        assert min(values) - slack <= worst_tenth(values) <= np.mean(values) + slack
        assert worst_tenth(values, share=1.0) == pytest.approx(np.mean(values), abs=slack)


class TestGini:
    def test_known_values(self) -> None:
        assert gini([5.0, 5.0, 5.0]) == 0.0
        assert gini([0.0, 0.0, 0.0, 8.0]) == 0.75
        assert gini(np.arange(1.0, 4.0)) == pytest.approx(2 / 9)
        assert gini([0.0, 0.0]) == 0.0
        assert math.isnan(gini([]))

    @given(st.lists(st.floats(0.0, 1e6), min_size=1, max_size=30))
    def test_is_the_mean_distance_over_twice_the_mean(self, values: list[float]) -> None:
        held = np.array(values)
        if held.sum() > 0:
            expected = np.abs(held[:, np.newaxis] - held).mean() / (2 * held.mean())
            assert gini(held) == pytest.approx(expected, abs=1e-9)

    @pytest.mark.parametrize("bad", [[-1.0, 2.0], [-math.inf, 1.0]])
    def test_debts_are_refused(self, bad: list[float]) -> None:
        with pytest.raises(ValueError, match="Gini"):
            gini(bad)


class TestWilson:
    @pytest.mark.parametrize(
        ("successes", "n", "low", "high"), [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611)]
    )
    def test_newcombes_table(self, successes: int, n: int, low: float, high: float) -> None:
        """Newcombe (1998), Statistics in Medicine 17, table I, method 3."""
        found = wilson(successes, n)
        assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)

    def test_nothing_known(self) -> None:
        assert (wilson(0, 0).low, wilson(0, 0).high) == (0.0, 1.0)

    @given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
    def test_holds_the_share_and_stays_a_share(self, case: tuple[int, int]) -> None:
        found, mirrored = wilson(*case), wilson(case[1] - case[0], case[1])
        assert 0.0 <= found.low <= found.share <= found.high <= 1.0
        assert found.low == pytest.approx(1.0 - mirrored.high)

    def test_more_than_all_is_refused(self) -> None:
        with pytest.raises(ValueError, match="successes"):
            wilson(3, 2)


class TestBand:
    def test_quantiles_by_day(self) -> None:
        found = band(np.array([np.arange(101.0), np.arange(101.0) * 2]).T)
        np.testing.assert_allclose([found.low, found.median, found.high], [[5, 10], [50, 100], [95, 190]])

    def test_undefined_values_are_left_out(self) -> None:
        found = band([[1.0, math.nan, math.inf], [3.0, 5.0, math.nan]], low=0.0, high=1.0)
        np.testing.assert_array_equal([found.low, found.high], [[1.0, 5.0, math.nan], [3.0, 5.0, math.nan]])

    def test_no_replicates(self) -> None:
        assert np.isnan(band(np.zeros((0, 3))).median).all()


def test_importing_it_is_light() -> None:
    code = "import sys, sim.lab.statistics.intervals; sys.exit('scipy.special' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
