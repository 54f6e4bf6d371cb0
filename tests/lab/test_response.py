"""How an outcome responds to one factor: tornado, response curves, turning points."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.errors import InputError
from sim.lab.estimators.response import heat_map, response_curve
from sim.lab.estimators.table import strata
from sim.lab.estimators.tornado import tornado
from sim.lab.estimators.turning import Shape, turning_point
from tests.run_tables import named, normal, run_table, uniform

XYZ = ["x", "y", "z"]


class TestTornado:
    def test_bars_from_a_known_plane(self) -> None:
        x = np.array([[0, 0], [-1, 0], [1, 0], [0.5, 0], [0, -2], [0, 2], [1, 2]])
        luck = normal((1, 6), 3)
        table = run_table(
            {"a": x[:, 0], "b": x[:, 1], "plan": list("ppppppp")}, out=(3 * x[:, 0] - 5 * x[:, 1])[:, None] + luck
        )
        found = tornado(table, ["a", "b", "plan"], "out", {"a": 0.0, "b": 0.0, "plan": "p"})
        assert found["factor"].tolist() == ["b", "b", "a", "a"]
        assert found["difference"].tolist() == pytest.approx([10, -10, -3, 3])
        assert found["width"].tolist() == pytest.approx([20, 20, 6, 6])
        assert found["verdict"].tolist() == ["higher", "lower", "lower", "higher"]

    def test_null_and_choices(self) -> None:
        table = run_table(
            {"a": [np.nan, 3.0, np.nan], "plan": ["p", "p", "q"]}, out=np.array([[1.0, 1], [2, 2], [5, 5]])
        )
        found = tornado(table, ["a", "plan"], "out", {"a": None, "plan": "p"})
        assert found[["factor", "side", "difference"]].to_numpy().tolist() == [["plan", "other", 4], ["a", "other", 1]]

    def test_no_base(self) -> None:
        with pytest.raises(InputError, match="base point"):
            tornado(run_table({"a": [1.0, 2.0]}, out=np.ones(2)), ["a"], "out", {"a": 0.0})


class TestResponse:
    def test_levels_and_bins(self) -> None:
        levels = np.repeat([1.0, 2.0, 4.0], 10)
        y = levels[:, None] ** 2 + 0.1 * normal((30, 4), 1)
        curve = response_curve(run_table({"x": levels}, paired=False, out=y), "x", "out")
        assert curve["value"].tolist() == [1.0, 2.0, 4.0]
        assert ((curve["low"] <= [1, 4, 16]) & (curve["high"] >= [1, 4, 16])).all()
        assert (curve["spread_high"] - curve["spread_low"] > curve["high"] - curve["low"]).all()
        x = uniform((240,), 2)
        curve = response_curve(run_table({"x": x}, out=x), "x", "out", bins=12)
        assert curve["points"].tolist() == [20] * 12
        assert curve["mean"].to_numpy() == pytest.approx(curve["value"].to_numpy())

    def test_shared_luck_widens_the_band(self) -> None:
        """Many points tell nothing of the luck that they all share."""
        y = np.zeros((40, 4)) + normal((1, 4), 1) + 0.01 * normal((40, 4), 2)
        narrow, wide = (
            response_curve(run_table({"x": np.repeat([0, 1], 20)}, paired=paired, out=y), "x", "out")
            for paired in (False, True)
        )
        assert ((wide["high"] - wide["low"]) > 10 * (narrow["high"] - narrow["low"])).all()

    def test_heat_map(self) -> None:
        x = np.array([0, 0, 1, 1, 1])
        cells = heat_map(run_table({"a": x, "b": list("uvuuu")}, out=np.array([1.0, 2, 3, 4, 5])), "a", "b", "out")
        assert cells[["first", "second"]].to_numpy().tolist() == [[0, "u"], [0, "v"], [1, "u"]]
        assert cells["mean"].tolist() == [1, 2, 4]

    def test_null_is_a_level(self) -> None:
        kinds = strata(pd.Series([2.0, np.nan, 1.0, np.nan]))
        assert not kinds.ordered and kinds.codes.tolist() == [1, 2, 0, 2]

    def test_tied_numbers_share_a_bin(self) -> None:
        kinds = strata(pd.Series([0.0] * 50 + list(range(1, 21))), 5)
        assert set(kinds.codes[:50]) == {0}
        assert np.bincount(kinds.codes).min() > 0


class TestTurningPoint:
    LEVELS = np.linspace(0, 10, 11)

    def table(self, curve: np.ndarray, seed: int, *, paired: bool, noise: float = 1.0) -> pd.DataFrame:
        y = curve[:, None] + noise * normal((len(curve), 8), 2 * seed) + 3 * paired * normal((1, 8), 2 * seed + 1)
        return run_table({"x": self.LEVELS}, paired=paired, out=y)

    @pytest.mark.parametrize("paired", [False, True])
    def test_a_known_quadratic(self, paired: bool) -> None:
        covered, found_at = [], []
        for number in range(40):
            found = turning_point(
                self.table(-0.3 * (self.LEVELS - 6) ** 2, number, paired=paired), "x", "out", resamples=200
            )
            assert found.shape == Shape.PEAK
            assert found.before > 0 > found.after
            covered.append(found.low <= 6 <= found.high)
            found_at.append(found.at)
        assert np.mean(covered) >= 0.85
        assert np.mean(found_at) == pytest.approx(6, abs=0.1)

    def test_a_trough(self) -> None:
        found = turning_point(self.table((self.LEVELS - 4) ** 2, 1, paired=True), "x", "out", lowest=True)
        assert found.shape == Shape.TROUGH
        assert found.at == pytest.approx(4, abs=0.5)
        assert found.before < 0 < found.after

    @pytest.mark.parametrize("curve", ["straight", "level off", "flat"])
    def test_no_peak_where_there_is_none(self, curve: str) -> None:
        """A curve that rises and stays level is what a quadratic takes for a peak."""
        shapes = {"straight": self.LEVELS, "level off": 8 * (1 - np.exp(-self.LEVELS / 2)), "flat": 0 * self.LEVELS}
        peaks = []
        for number in range(80):
            found = turning_point(self.table(shapes[curve], number, paired=number % 2 == 0), "x", "out", resamples=2)
            peaks.append(found.shape == Shape.PEAK)
        assert np.mean(peaks) <= 0.1
        if curve == "straight":
            assert found.shape == Shape.RISES and np.isnan(found.at)

    def test_among_other_factors(self) -> None:
        """Points of a space-filling design: what is resampled is the points."""
        hits, peaks = [], []
        for number in range(30):
            x = uniform((150, 3), 2 * number)
            hump = -20 * (x[:, 0] - 0.4) ** 2 + 2 * x[:, 1] + x[:, 2]
            table = run_table(named(x, XYZ), out=hump[:, None] + 0.5 * normal((150, 2), 2 * number + 1))
            found = turning_point(table, "x", "out", others=["y", "z"], resamples=100)
            hits.append(found.low <= 0.4 <= found.high)
            idle = turning_point(table, "y", "out", others=["x", "z"], resamples=2)
            peaks.append(idle.shape == Shape.PEAK)
        assert np.mean(hits) >= 0.85
        assert np.mean(peaks) <= 0.1

    def test_too_few_levels(self) -> None:
        with pytest.raises(InputError, match="at least 5 levels"):
            turning_point(run_table({"x": [1, 2, 3]}, out=np.ones(3)), "x", "out")
