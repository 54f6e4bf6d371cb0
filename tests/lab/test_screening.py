"""Scores from given data, and luck told from effect: against known answers, SALib, and their own promises."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.errors import InputError
from sim.lab.estimators.noise import noise_split, split
from sim.lab.estimators.screening import Score, screen
from sim.lab.statistics.resample import bootstrap_weights, permutations
from tests.run_tables import ishigami, named, normal, run_table, uniform

XYZ = ["x", "y", "z"]
PI = [[-np.pi, np.pi]] * 3


class TestNoise:
    @pytest.mark.parametrize("paired", [False, True])
    @pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
    def test_known_components_are_found_and_covered(self, paired: bool, share: float) -> None:
        covered, parameters, noise = [], [], []
        common = 0.5 * share * paired
        for number in range(300):
            values = (
                np.sqrt(1 - share) * normal((30, 1), 3 * number)
                + np.sqrt(share - common) * normal((30, 6), 3 * number + 1)
                + np.sqrt(common) * normal((1, 6), 3 * number + 2)
            )
            found = split(values, paired=paired)
            covered.append(found.low <= share <= found.high)
            parameters.append(found.parameters)
            noise.append(found.noise)
        assert 0.91 <= np.mean(covered) <= 0.99
        assert np.mean(parameters) == pytest.approx(1 - share, abs=0.05)
        assert np.mean(noise) == pytest.approx(share, rel=0.08)

    def test_unbalanced_replicates(self) -> None:
        means, covered = [], []
        for number in range(300):
            values = normal((25, 1), 2 * number) + normal((25, 8), 2 * number + 1)
            values[np.arange(8) >= 2 + (np.arange(25)[:, None] % 7)] = np.nan
            found = split(values, paired=False)
            means.append(found.parameters)
            covered.append(found.low <= 0.5 <= found.high)
        assert np.mean(means) == pytest.approx(1.0, abs=0.06)
        assert 0.91 <= np.mean(covered) <= 0.99

    def test_from_the_table(self) -> None:
        values = 2 * normal((40, 1), 1) + normal((40, 5), 2)
        found = noise_split(run_table({"x": np.arange(40)}, paired=False, out=values), "out")
        assert not found.paired and found.points == 40 and found.replicates == 5
        assert found.low < 0.2 < found.high
        assert found.share_in_means < found.share

    def test_no_luck_and_nothing_but_luck(self) -> None:
        still = np.repeat(normal((10, 1), 1), 4, axis=1)
        for paired in (False, True):
            assert split(still, paired=paired).share == pytest.approx(0.0, abs=1e-12)
            assert split(normal((10, 4), 1), paired=paired).high > 0.9
            assert np.isnan(split(np.ones((10, 4)), paired=paired).share)

    def test_one_replicate_cannot_tell(self) -> None:
        assert np.isnan(split(normal((10, 1), 1), paired=True).share)


class TestScreening:
    def test_ishigami(self) -> None:
        x = 2 * np.pi * uniform((1000, 4), 3) - np.pi
        found = screen(
            run_table(named(x, [*XYZ, "idle"]), out=ishigami(x)), [*XYZ, "idle"], "out", classes=25, resamples=99
        )
        assert found.table["matters"].to_dict() == {"x": True, "y": True, "z": True, "idle": False}
        assert found.table.index[-1] == "idle"
        assert found.table.loc[[*XYZ, "idle"], "S1"].to_numpy() == pytest.approx([0.314, 0.442, 0, 0], abs=0.04)

    def test_pawn_agrees_with_salib(self) -> None:
        from SALib.analyze import pawn

        x = 2 * np.pi * uniform((2000, 3), 3) - np.pi
        expected = pawn.analyze({"num_vars": 3, "names": XYZ, "bounds": PI}, x, ishigami(x), S=10)
        found = screen(run_table(named(x, XYZ), out=ishigami(x)), XYZ, "out", resamples=9).table.loc[XYZ]
        assert found["pawn"].to_numpy() == pytest.approx(expected["maximum"], abs=0.01)
        assert found["pawn_median"].to_numpy() == pytest.approx(expected["median"], abs=0.01)

    def test_delta_of_normal_numbers(self) -> None:
        """A sum of normal numbers: the area between two normal densities, averaged by Gauss and Hermite."""
        x = np.column_stack([normal((20_000,), number) for number in range(3)])
        slopes = np.array([3.0, 2.0, 0.0])
        table = run_table(named(x, XYZ), out=x @ slopes + normal((20_000,), 9))
        found = screen(table, XYZ, "out", score="delta", resamples=39).table
        nodes, weights = np.polynomial.hermite_e.hermegauss(60)
        y = np.linspace(-25, 25, 4001)[:, None]

        def density(mean: np.ndarray, variance: float) -> np.ndarray:
            return np.exp(-((y - mean) ** 2) / 2 / variance) / np.sqrt(2 * np.pi * variance)

        for name, slope in zip(XYZ, slopes, strict=True):
            apart = np.abs(density(slope * nodes, 14 - slope**2) - density(0 * nodes, 14.0)).sum(axis=0) * 50 / 4000 / 2
            truth = float(apart @ weights / weights.sum())
            assert found.loc[name, "delta"] == pytest.approx(truth, abs=0.03)
        assert (found["delta_low"] <= found["delta"]).all() and (found["delta"] <= found["delta_high"]).all()
        assert found["matters"].to_dict() == {"x": True, "y": True, "z": False}
        assert found.loc["z", "delta"] < found.loc["z", "chance"]

    @pytest.mark.filterwarnings("ignore")
    def test_delta_agrees_with_salib(self) -> None:
        from SALib.analyze import delta

        x = 2 * np.pi * uniform((4000, 3), 3) - np.pi
        problem = {"num_vars": 3, "names": XYZ, "bounds": PI}
        expected = delta.analyze(problem, x, ishigami(x), num_resamples=5, method="delta", seed=1)
        table = run_table(named(x, XYZ), out=ishigami(x))
        found = screen(table, XYZ, "out", score="delta", resamples=19).table.loc[XYZ]
        # Theirs are of one resample, and so a little larger where densities are sharp.
        assert found["delta"].to_numpy() == pytest.approx(expected["delta_raw"], abs=0.03)

    def test_delta_sees_what_variance_does_not(self) -> None:
        """A factor that moves the spread of the outcome alone; luck in the replicates is not taken for effect."""
        x = uniform((300, 3), 5)
        y = (0.2 + 3 * x[:, 0]) * normal((300,), 6)
        table = run_table(named(x, XYZ), out=y[:, None] + normal((300, 3), 7))
        found = screen(table, XYZ, "out", score="delta", resamples=99).table
        assert found["matters"].to_dict() == {"x": True, "y": False, "z": False}
        assert abs(found.loc["x", "S1"]) < 0.1

    @pytest.mark.parametrize("score", ["pawn", pytest.param("delta", marks=pytest.mark.science)])
    def test_idle_factors_pass_as_often_as_promised(self, score: Score) -> None:
        alarms = []
        for number in range(80):
            x = uniform((60, 8), 2 * number)
            factors: dict[str, Any] = named(x, list("abcdefgh"))
            factors["a"] = np.where(x[:, 0] > 0.3, "web", "fair")
            factors["b"] = np.floor(3 * x[:, 1])
            table = run_table(factors, out=normal((60,), 2 * number + 1))
            found = screen(table, list("abcdefgh"), "out", score=score, resamples=99, classes=5).table
            alarms.append(bool(found["matters"].any()))
        assert np.mean(alarms) <= 0.12

    def test_choices_switches_and_gaps(self) -> None:
        x = uniform((200, 3), 9)
        factors = {"plan": np.array(["a", "b", "c"])[(3 * x[:, 0]).astype(int)], "on": x[:, 1] > 0.5, "n": x[:, 2]}
        y = 3 * (factors["plan"] == "b") + 1.0 * factors["on"] + 0.3 * normal((200, 2), 4).T
        table = run_table(factors, out=y.T)
        table.loc[[5, 9], "status"] = "failed"
        found = screen(table, list(factors), "out", resamples=99)
        assert found.left_out == 2
        assert found.table["matters"].to_dict() == {"plan": True, "on": True, "n": False}
        assert np.isnan(found.table.loc["plan", "trend"])

    def test_refusals(self) -> None:
        x = uniform((20, 1), 1)[:, 0]
        with pytest.raises(InputError, match="one value"):
            screen(run_table({"x": np.ones(20)}, out=x), ["x"], "out")
        with pytest.raises(InputError, match="too few"):
            screen(run_table({"x": x[:5]}, out=x[:5]), ["x"], "out")


class TestResampling:
    def test_weights_are_shares_and_reproducible(self) -> None:
        first, second = (list(bootstrap_weights(50, 20, seed=1)) for _ in range(2))
        assert np.array_equal(first, second)
        assert np.sum(first, axis=1) == pytest.approx(np.ones(20))
        assert not np.array_equal(first[0], first[1])
        assert np.var(np.array(list(bootstrap_weights(50, 2000))) * 50) == pytest.approx(1 - 1 / 50, rel=0.05)

    def test_orders_are_all_alike(self) -> None:
        places = np.array([order[0] for order in permutations(5, 2000)])
        assert np.bincount(places) == pytest.approx(np.full(5, 400), rel=0.15)
