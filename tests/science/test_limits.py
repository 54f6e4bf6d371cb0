"""Exact limits: where the model is a textbook one, it gives the textbook's numbers.

Each target is compared with the confidence interval of the mean over many runs, never with a tolerance. Where a market
of finite size or days of finite length move the target, the bias is computed beforehand and stated.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import brentq

from tests.science.limits import bare, joined, mean, show

pytestmark = pytest.mark.science

# --- P01: Bass (1969) on a complete graph --------------------------------------------------------------------

P, Q = 0.03, 0.38
A_UNIT = 100  # days in one unit of time
BASS_PEOPLE, BASS_SEEDS = 2500, 60
#: Share of adopters → unit of time at which it is reached, in the continuous model.
BASS_TIMES = {0.10: 2.25, 0.50: 6.55, 0.90: 11.76}
BASS_PEAK, BASS_AT_PEAK = 6.19, 0.461


def bass(t: Any) -> Any:
    """Share of adopters in the continuous Bass model."""
    gone = np.exp(-(P + Q) * t)
    return (1 - gone) / (1 + Q / P * gone)


def bass_by_days(days: int) -> NDArray[np.float64]:
    """The same day by day, as the model lives it: everybody sees yesterday's adopters, and joins in the evening."""
    shares = np.zeros(days)
    share = 0.0
    for day in range(days):
        share += (P + Q * share) / A_UNIT * (1 - share)
        shares[day] = share
    return shares


def time_of(share: float, curve: NDArray[np.float64]) -> float:
    """Unit of time at which a cumulative curve (its value at each day's end) reaches ``share``, between days."""
    return float(np.interp(share, np.concatenate(([0.0], curve)), np.arange(curve.size + 1))) / A_UNIT


def peak_of(curve: NDArray[np.float64]) -> float:
    """Unit of time of the peak of adoption: the top of a parabola laid through three units around it."""
    days = np.arange(int(4.2 * A_UNIT), int(8.2 * A_UNIT))
    a, b, _ = np.polyfit(days / A_UNIT, np.diff(curve)[days], 2)
    return float(-b / (2 * a))


@pytest.fixture(scope="module")
def bass_curves() -> NDArray[np.float64]:
    plan = bare(
        organic=P / A_UNIT,
        market__people=BASS_PEOPLE,
        run__days=15 * A_UNIT,
        mechanism__word_of_mouth__visible=Q / A_UNIT,
    )
    return np.cumsum(joined(plan, BASS_SEEDS), axis=1) / BASS_PEOPLE


@pytest.mark.parametrize(("share", "unit"), BASS_TIMES.items())
def test_bass_reaches_a_tenth_half_and_nine_tenths_on_time(
    share: float, unit: float, bass_curves: NDArray[np.float64]
) -> None:
    """Days make all a little later; two decimals of the target, and the luck of 2,500 people in the mean, ± .01."""
    bias = time_of(share, bass_by_days(15 * A_UNIT)) - unit
    found = mean([time_of(share, curve) for curve in bass_curves])
    show(f"P01 Bass: unit at which {share:.0%} have joined", found, unit, f"expected bias {bias:+.4f}")
    assert found.holds(unit, (bias - 0.01, bias + 0.01))
    assert abs(bias) < 0.02


def test_bass_peaks_on_time(bass_curves: NDArray[np.float64]) -> None:
    continuous = peak_of(bass((np.arange(15 * A_UNIT) + 1.0) / A_UNIT))
    by_days = peak_of(bass_by_days(15 * A_UNIT))
    found = mean([peak_of(curve) for curve in bass_curves])
    show("P01 Bass: unit of the peak", found, BASS_PEAK, f"expected bias {by_days - BASS_PEAK:+.4f}")
    assert continuous == pytest.approx(BASS_PEAK, abs=0.05), "the parabola is no biased estimate"
    assert found.holds(by_days)


def test_bass_at_the_peak(bass_curves: NDArray[np.float64]) -> None:
    at = round(BASS_PEAK * A_UNIT)
    bias = bass_by_days(at)[-1] - BASS_AT_PEAK
    found = mean(bass_curves[:, at - 1])
    show("P01 Bass: share joined at unit 6.19", found, BASS_AT_PEAK, f"expected bias {bias:+.4f}")
    assert found.holds(BASS_AT_PEAK, (bias - 0.0005, bias + 0.0005))
    assert abs(bias) < 0.002


# --- P03: final size of an epidemic (Kermack & McKendrick 1927) ----------------------------------------------


def final_size(r: float, seeded: float = 0.0) -> float:
    """Share reached in the end, founders included: 1 − z = (1 − s)·exp(−R0·z)."""
    return float(brentq(lambda z: 1 - z - (1 - seeded) * math.exp(-r * z), 1e-9 + seeded, 1.0))


def reached(r: float, founders: int, people: int, replicates: int) -> NDArray[np.float64]:
    """Share reached in each run where newcomers send Poisson(``r``) invitations to anybody, and everybody accepts."""
    plan = bare(
        market__people=people,
        run__days=400,
        entrance__seeds__number=founders,
        mechanism__word_of_mouth__at_joining=r,
    )
    curves = joined(plan, replicates)
    assert (curves[:, -20:] == 0).all(), "every cascade has ended"
    return np.asarray(curves.sum(axis=1) / people)


@pytest.mark.parametrize(("r", "target"), [(1.5, 0.583), (2.0, 0.797), (3.0, 0.941)])
def test_final_size_with_many_founders(r: float, target: float) -> None:
    """60 founders of 3,000 always take off; they raise the target by a known amount."""
    exact = final_size(r, 60 / 3000)
    found = mean(reached(r, 60, 3000, 60))
    show(f"P03 final size, R0 {r}, 2 % founders", found, exact, f"without founders {target}")
    assert final_size(r) == pytest.approx(target, abs=0.0006)
    assert found.holds(exact, (-1.5 / 3000, 1.5 / 3000))  # last digit: about one person and a half


@pytest.mark.parametrize(("r", "target"), [(1.5, 0.583), (2.0, 0.797), (3.0, 0.941)])
def test_final_size_and_chance_of_taking_off_with_one_founder(r: float, target: float) -> None:
    """From one founder the cascade takes off with the probability that is also its size (Poisson offspring).

    Given take-off, finite size moves the mean by less than 1 % (bound: 12 people of 3,000 at R0 1.5).
    """
    sizes = reached(r, 1, 3000, 150)
    took_off = sizes > 0.1
    chance, size = mean(took_off), mean(sizes[took_off])
    show(f"P03 chance of taking off, R0 {r}", chance, target)
    show(f"P03 final size given take-off, R0 {r}", size, target)
    assert chance.holds(target)
    assert size.holds(target, (-12 / 3000, 1 / 3000))


# --- P05: the viral loop -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("k", "target"), [(0.5, 2.0), (0.8, 5.0)])
def test_viral_loop(k: float, target: float) -> None:
    """Total over founders is 1 / (1 − K); 5 founders among 4,000 come short by less than 2 %: friends get used up."""
    founders, people = 5, 4000
    exact = final_size(k, founders / people) * people / founders
    found = mean(reached(k, founders, people, 1200) * people / founders)
    show(f"P05 total / founders, K {k}", found, target, f"expected bias {exact - target:+.4f}")
    assert found.holds(target, (exact - target, 0.0))
    assert abs(exact - target) < 0.02 * target
