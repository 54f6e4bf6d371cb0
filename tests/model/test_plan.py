"""Amounts of a plan in cents."""

from __future__ import annotations

import pytest

from sim.model.plan import a_day, cents


@pytest.mark.parametrize(
    ("amount", "exact"), [(0.0, 0), (1.0, 100), (0.125, 13), (0.375, 38), (-0.125, -12), (-624.86, -62486), (-0.004, 0)]
)
def test_halves_of_a_cent_are_rounded_up(amount: float, exact: int) -> None:
    assert cents(amount) == exact


def test_a_month_is_a_twelfth_of_a_year() -> None:
    assert (a_day(365.0), a_day(0.0), a_day(36.5 / 24)) == (1200, 0, 5)
