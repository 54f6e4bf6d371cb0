"""Sensitivity against functions whose indices are known, against SALib, and against its own promises of coverage."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.errors import InputError
from sim.lab.designs import Design, Points
from sim.lab.designs.factors import Factor
from sim.lab.designs.samplers import Sample, sample
from sim.lab.estimators.screening import screen
from sim.lab.estimators.sensitivity import morris, sobol
from sim.lab.estimators.table import outcomes
from sim.lab.questions.inquiry import with_second_order
from sim.lab.statistics.resample import permutations
from sim.scenario.load import load
from tests.run_tables import ishigami, named, normal, run_table, uniform

XYZ = ["x", "y", "z"]
PI = [[-np.pi, np.pi]] * 3


def saltelli(n: int, names: list[str], bounds: list[list[float]], *, second_order: bool = False) -> np.ndarray:
    from SALib.sample import sobol as theirs

    problem = {"num_vars": len(names), "names": names, "bounds": bounds}
    return theirs.sample(problem, n, calc_second_order=second_order, seed=7)


class TestSobol:
    @pytest.mark.parametrize("second_order", [False, True])
    def test_ishigami(self, second_order: bool) -> None:
        x = saltelli(2048, XYZ, PI, second_order=second_order)
        found = sobol(run_table(named(x, XYZ), out=ishigami(x)), XYZ, "out", resamples=200)
        assert found.table["S1"].to_numpy() == pytest.approx([0.3139, 0.4424, 0.0], abs=0.01)
        assert found.table["ST"].to_numpy() == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.01)
        assert found.variance == pytest.approx(13.8446, rel=0.01)
        assert len(found.pairs) == (3 if second_order else 0)
        for name, truth in (("S1", [0.3139, 0.4424, 0.0]), ("ST", [0.5576, 0.4424, 0.2437])):
            assert (found.table[f"{name}_low"] <= truth).all() and (truth <= found.table[f"{name}_high"]).all()
        assert np.isnan(found.noise.share)

    def test_sobol_g(self) -> None:
        """Saltelli & Sobol' (1995): V_i = 1 / (3 (1 + a_i)²)."""
        a = np.array([0.0, 1.0, 4.5, 9.0, 99.0])
        names = [f"f{number}" for number in range(5)]
        x = saltelli(4096, names, [[0.0, 1.0]] * 5)
        y = np.prod((np.abs(4 * x - 2) + a) / (1 + a), axis=1)
        part = 1 / (3 * (1 + a) ** 2)
        total = np.prod(1 + part) - 1
        found = sobol(run_table(named(x, names), out=y), names, "out", resamples=50).table
        assert found["S1"].to_numpy() == pytest.approx(part / total, abs=0.01)
        assert found["ST"].to_numpy() == pytest.approx(part * np.prod(1 + part) / (1 + part) / total, abs=0.01)

    def test_pairs_of_ishigami(self) -> None:
        """S13 = 8 b² π⁸ / 225 over the variance, and no other pair."""
        x = saltelli(2048, XYZ, PI, second_order=True)
        found = sobol(run_table(named(x, XYZ), out=ishigami(x)), XYZ, "out", resamples=200).pairs
        assert found[["first", "second"]].to_numpy().tolist() == [["x", "y"], ["x", "z"], ["y", "z"]]
        truth = [0.0, 0.2437, 0.0]
        assert found["S2"].to_numpy() == pytest.approx(truth, abs=0.01)
        assert (found["S2_low"] <= truth).all() and (truth <= found["S2_high"]).all()
        assert found["matters"].isna().all() and found["p_value"].isna().all()  # one replicate: luck cannot be told

    def test_pairs_of_sobol_g(self) -> None:
        """A product: V_ij = V_i V_j."""
        a = np.array([0.0, 0.5, 3.0, 99.0])
        names = [f"f{number}" for number in range(4)]
        x = saltelli(8192, names, [[0.0, 1.0]] * 4, second_order=True)
        y = np.prod((np.abs(4 * x - 2) + a) / (1 + a), axis=1)
        part = 1 / (3 * (1 + a) ** 2)
        found = sobol(run_table(named(x, names), out=y), names, "out", resamples=20).pairs
        truth = np.outer(part, part)[np.triu_indices(4, 1)] / (np.prod(1 + part) - 1)
        assert found["S2"].to_numpy() == pytest.approx(truth, abs=0.01)

    def test_pairs_agree_with_salib(self) -> None:
        from SALib.analyze import sobol as theirs

        x = saltelli(1024, XYZ, PI, second_order=True)
        problem = {"num_vars": 3, "names": XYZ, "bounds": PI}
        expected = theirs.analyze(problem, ishigami(x), calc_second_order=True, seed=1)
        found = sobol(run_table(named(x, XYZ), out=ishigami(x)), XYZ, "out", resamples=200).pairs
        there = np.triu_indices(3, 1)
        assert found["S2"].to_numpy() == pytest.approx(expected["S2"][there], abs=0.02)
        half = ((found["S2_high"] - found["S2_low"]) / 2).to_numpy()
        assert (half < expected["S2_conf"][there]).all()  # differences vary less than products

    @pytest.mark.parametrize("paired", [False, True])
    def test_luck_is_not_taken_for_working_together(self, paired: bool) -> None:
        """Idle pairs pass as often as promised, all of them together, and a real pair is found."""
        alarms, hits, names = [], [], list("abcd")
        for number in range(20):
            a, b = (uniform((128, 4), 2 * number + side) for side in (0, 1))
            own = np.eye(4, dtype=bool)
            rows = [a, *(np.where(own[j], b, a) for j in range(4)), *(np.where(own[j], a, b) for j in range(4)), b]
            x = np.stack(rows, axis=1).reshape(-1, 4)
            plain = (4 * x[:, 0] + 2 * x[:, 1] + x[:, 2])[:, None] + normal((len(x), 3), number)
            plain += 5 * paired * normal((1, 3), number + 5000)
            crossed = plain + 12 * (x[:, :1] - 0.5) * (x[:, 1:2] - 0.5)
            table = run_table(named(x, names), paired=paired, a_sum=plain, pair=crossed)
            alarms.append(bool(sobol(table, names, "a_sum", resamples=2).pairs["matters"].any()))
            found = sobol(table, names, "pair", resamples=2).pairs
            hits.append(bool(found["matters"][0]))
            alarms.append(bool(found["matters"][1:].any()))
        assert np.mean(alarms) <= 0.12
        assert np.mean(hits) > 0.7

    def test_agrees_with_salib(self) -> None:
        from SALib.analyze import sobol as theirs

        x = saltelli(256, XYZ, PI)
        problem = {"num_vars": 3, "names": XYZ, "bounds": PI}
        expected = theirs.analyze(problem, ishigami(x), calc_second_order=False, seed=1)
        found = sobol(run_table(named(x, XYZ), out=ishigami(x)), XYZ, "out", resamples=1000).table
        for name in ("S1", "ST"):
            assert found[name].to_numpy() == pytest.approx(expected[name], abs=1e-12)
            half = ((found[f"{name}_high"] - found[f"{name}_low"]) / 2).to_numpy()
            assert half == pytest.approx(expected[f"{name}_conf"], rel=0.35)

    @pytest.mark.parametrize("paired", [False, True])
    def test_luck_is_taken_out(self, paired: bool) -> None:
        """Noise as large as the effect: uncorrected, every total index would be far above its truth."""
        x = saltelli(2048, XYZ, PI)
        y = ishigami(x)[:, None] + 3.7 * normal((len(x), 3), 5)
        if paired:
            y += 4 * normal((1, 3), 6)
        found = sobol(run_table(named(x, XYZ), paired=paired, out=y), XYZ, "out", resamples=50)
        assert found.table["S1"].to_numpy() == pytest.approx([0.3139, 0.4424, 0.0], abs=0.06)
        assert found.table["ST"].to_numpy() == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.06)
        assert found.variance == pytest.approx(13.84, rel=0.06)
        naive = sobol(run_table(named(x, XYZ), out=y.mean(axis=1)), XYZ, "out", resamples=2).table
        assert (naive["ST"] > found.table["ST"] + 0.06).any()
        if not paired:
            assert found.noise.share == pytest.approx(13.69 / (13.69 + 13.84), abs=0.03)
        else:
            assert found.noise.share > 0.45

    def test_intervals_hold_the_truth_as_often_as_they_promise(self) -> None:
        hits = []
        for number in range(60):
            a, b = (2 * np.pi * uniform((128, 3), 2 * number + side) - np.pi for side in (0, 1))
            rows = np.stack([a, *(np.where(np.eye(3, dtype=bool)[j], b, a) for j in range(3)), b], axis=1)
            x = rows.reshape(-1, 3)
            found = sobol(run_table(named(x, XYZ), out=ishigami(x)), XYZ, "out", resamples=200, seed=number).table
            hits.append((found["ST_low"] <= [0.5576, 0.4424, 0.2437]) & (found["ST_high"] >= [0.5576, 0.4424, 0.2437]))
        assert np.mean(hits) > 0.87

    def test_factors_without_effect(self) -> None:
        x = saltelli(64, XYZ, PI)
        found = sobol(run_table(named(x, XYZ), out=np.full(len(x), 3.0)), XYZ, "out", resamples=10)
        assert found.table["ST"].isna().all()
        assert found.variance == 0.0

    def test_one_input_one_answer(self) -> None:
        x = saltelli(64, XYZ, PI)
        table = run_table(named(x, XYZ), out=ishigami(x))
        shuffled = table.iloc[next(permutations(len(table), 1))]
        first, second = (sobol(each, XYZ, "out", resamples=50).table for each in (table, shuffled))
        pd.testing.assert_frame_equal(first, second)


class TestRefusals:
    def table(self, replicates: int = 2) -> pd.DataFrame:
        x = saltelli(16, XYZ, PI)
        return run_table(named(x, XYZ), out=np.repeat(ishigami(x)[:, None], replicates, axis=1))

    def test_missing_and_failed_runs(self) -> None:
        table = self.table()
        table.loc[table["point"].eq(4) & table["replicate"].eq(1), "status"] = "failed"
        table = table[~table["point"].isin([17, 79])]
        with pytest.raises(InputError) as caught:
            sobol(table, XYZ, "out", points=80, replicates=2, command="sweep it --again")
        assert "5 of 160 runs are missing, 1 of them failed (points 4, 17, 79)" in str(caught.value)
        assert "sweep it --again" in str(caught.value)

    def test_other_replicates_fill_no_gap(self) -> None:
        table = self.table(3)
        table = table[~(table["point"].eq(2) & table["replicate"].eq(1))]
        with pytest.raises(InputError, match=r"1 of 160 runs are missing, 0 of them failed \(point 2\)"):
            sobol(table, XYZ, "out", replicates=2)

    def test_a_retried_run_is_no_failure(self) -> None:
        table = self.table()
        failed = table.head(1).assign(status="failed", out=np.nan)
        assert sobol(pd.concat([failed, table]), XYZ, "out", resamples=5).rows == 16

    def test_an_undefined_outcome(self) -> None:
        table = self.table()
        table.loc[3, "out"] = np.nan
        with pytest.raises(InputError, match=r"'out' is undefined in 1 of 160 runs \(point 1\)"):
            morris(table, XYZ, "out")

    def test_another_design(self) -> None:
        x = uniform((40, 3), 1)
        table = run_table(named(x, XYZ), out=x.sum(axis=1))
        with pytest.raises(InputError, match="Saltelli"):
            sobol(table, XYZ, "out")
        with pytest.raises(InputError, match="Morris"):
            morris(table, XYZ, "out")

    def test_factors_in_another_order(self) -> None:
        with pytest.raises(InputError, match="Saltelli"):
            sobol(self.table(), ["y", "x", "z"], "out")

    def test_an_unknown_column(self) -> None:
        with pytest.raises(InputError, match="Did you mean 'out'"):
            sobol(self.table(), XYZ, "outt")

    def test_no_runs(self) -> None:
        with pytest.raises(InputError, match="no finished run"):
            screen(self.table().assign(status="failed"), XYZ, "out")

    def test_a_point_with_two_settings(self) -> None:
        table = self.table()
        table.loc[0, "x"] = 9.0
        with pytest.raises(InputError, match="point 0 differ"):
            outcomes(table, XYZ, "out")


class TestDesigns:
    """The program's own samplers, whose rows can fall on one point where a factor has few levels."""

    FACTORS = (
        Factor("x", "number", low=-np.pi, high=np.pi),
        Factor("n", "integer", low=0, high=3),
        Factor("plan", "choice", ("a", "b")),
        Factor("rate", "number", low=0.01, high=1.0, log=True),
    )
    NAMES = ("x", "n", "plan", "rate")

    def finished(self, sample: Sample) -> pd.DataFrame:
        """x as a number, 2 a step of n, 3 for plan b, 4 a decade of the rate; luck shared by all points."""
        points = pd.DataFrame(sample.points, columns=list(self.NAMES))
        y = points["x"] + 2 * points["n"] + 3 * (points["plan"] == "b") + 4 * np.log10(points["rate"])
        return run_table(dict(points), out=y.to_numpy()[:, None] + 5 * normal((1, 3), 8))

    def test_saltelli(self) -> None:
        made = sample("saltelli", self.FACTORS, runs=3000, seed=2)
        assert len(made.points) < len(made.layout)
        found = sobol(self.finished(made), self.NAMES, "out", sample=made, resamples=50)
        parts = np.array([np.pi**2 / 3, 4 * 15 / 12, 9 / 4, 16 * 4 / 12])
        assert found.table["S1"].to_numpy() == pytest.approx(parts / parts.sum(), abs=0.02)
        assert found.table["ST"].to_numpy() == pytest.approx(parts / parts.sum(), abs=0.02)

    def test_second_order(self) -> None:
        """From levels, whose rows fall together, as from ranges: by the design that the command runs."""
        base = load("base", ["market.people=100", "run.days=30"]).scenario
        keys = ("mechanism.content.quality", "mechanism.content.warmth", "switches.energy")
        factors = [f"{keys[0]}=0:1", f"{keys[1]}=0,0.5,1", f"{keys[2]}=true,false"]
        short = Design(base, factors, sampler="saltelli", runs=1500, replicates=2)
        points = Points.of(with_second_order(short))
        assert len(points.sample.layout) == len(Points.of(short).sample.layout) // 5 * 8
        assert len(points) < len(points.sample.layout)
        rows = points.table
        on = rows[keys[2]].to_numpy(dtype=float)
        y = 4 * rows[keys[0]].to_numpy() * on + 2 * rows[keys[1]].to_numpy()
        table = run_table({key: rows[key] for key in keys}, out=y[:, None] + 0.2 * normal((len(y), 2), 3))
        found = sobol(table, keys, "out", sample=points.sample, replicates=2, resamples=100)
        # 4 q s: V_q = 4/12, V_s = 1, V_qs = 1/3; 2 w over three levels: 4 · 1/6
        parts = np.array([1 / 3, 2 / 3, 1.0, 1 / 3])
        assert found.table["S1"].to_numpy() == pytest.approx(parts[:3] / parts.sum(), abs=0.04)
        assert found.pairs["S2"].to_numpy() == pytest.approx([0, parts[3] / parts.sum(), 0], abs=0.03)
        assert found.pairs["matters"].tolist() == [False, True, False]

    def test_morris(self) -> None:
        made = sample("morris", self.FACTORS, runs=50, seed=2)
        found = morris(self.finished(made), self.NAMES, "out", sample=made).table
        assert found["mu_star"].to_numpy() == pytest.approx([2 * np.pi, 6, 3, 8], rel=0.5)
        assert found.loc["rate", ["mu", "sigma"]].tolist() == pytest.approx([8, 0])
        assert found["matters"].all()

    def test_runs_never_made_are_missed(self) -> None:
        made = sample("morris", self.FACTORS, runs=50, seed=2)
        table = self.finished(made)
        last = len(made.points) - 1
        with pytest.raises(
            InputError, match=rf"3 of {3 * last + 3} runs are missing, 0 of them failed \(point {last}\)"
        ):
            morris(table[table["point"] < last], self.NAMES, "out", sample=made)

    def test_all_factors_are_wanted(self) -> None:
        made = sample("morris", self.FACTORS, runs=50, seed=2)
        with pytest.raises(InputError, match="3 factors of a design of 4"):
            morris(self.finished(made), self.NAMES[:3], "out", sample=made)


class TestMorris:
    def design(self, trajectories: int = 20) -> np.ndarray:
        from SALib.sample import morris as theirs

        problem = {"num_vars": 4, "names": list("abcd"), "bounds": [[0.0, 1.0]] * 4}
        return theirs.sample(problem, trajectories, num_levels=4, seed=3)

    def outcome(self, x: np.ndarray) -> np.ndarray:
        """Linear in a, of both signs in b and c, and nothing of d."""
        return 5 * x[:, 0] - 2 * x[:, 1] + 8 * x[:, 1] * x[:, 2]

    def test_linear_and_interacting_factors(self) -> None:
        x = self.design()
        found = morris(run_table(named(x, list("abcd")), out=self.outcome(x)), list("abcd"), "out").table
        assert found.loc["a", ["mu", "mu_star", "mu_star_low", "mu_star_high"]].astype(float).tolist() == pytest.approx(
            [5] * 4
        )
        assert found.loc["a", "sigma"] == pytest.approx(0.0, abs=1e-12)
        assert found.loc["b", "sigma"] > 1.0
        assert found.loc["d", "mu_star"] == 0.0

    def test_agrees_with_salib(self) -> None:
        from SALib.analyze import morris as theirs

        x = self.design()
        problem = {"num_vars": 4, "names": list("abcd"), "bounds": [[0.0, 1.0]] * 4}
        expected = theirs.analyze(problem, x, self.outcome(x), seed=1)
        found = morris(run_table(named(x, list("abcd")), out=self.outcome(x)), list("abcd"), "out").table
        for name in ("mu", "mu_star", "sigma"):
            assert found[name].to_numpy() == pytest.approx(np.asarray(expected[name]), abs=1e-12)

    def test_effects_are_of_the_whole_range(self) -> None:
        x = self.design() * [10, 100, 1, 1] + [5, 0, 0, 0]
        table = run_table(named(x, list("abcd")), out=x[:, 0] + x[:, 1])
        assert morris(table, list("abcd"), "out").table["mu"].tolist() == pytest.approx([10, 100, 0, 0])
        wide = {"a": (5.0, 25.0)}
        assert morris(table, list("abcd"), "out", ranges=wide).table.loc["a", "mu"] == pytest.approx(20)

    def test_choices_have_no_direction(self) -> None:
        x = self.design()
        factors: dict[str, Any] = named(x, list("abcd"))
        factors["a"] = np.where(x[:, 0] > 0.5, "web", "fair")
        found = morris(run_table(factors, out=5 * (x[:, 0] > 0.5)), list("abcd"), "out").table
        assert np.isnan(found.loc["a", "mu"])
        assert found.loc["a", "mu_star"] == pytest.approx(5)

    @pytest.mark.parametrize("paired", [False, True])
    def test_luck_is_not_taken_for_an_effect(self, paired: bool) -> None:
        x = self.design(10)
        found_idle, found_real = [], []
        for number in range(100):
            y = (5 * x[:, 0] + x[:, 2])[:, None] + normal((len(x), 4), number)
            y += 10 * paired * normal((1, 4), number + 5000)
            table = morris(run_table(named(x, list("abcd")), out=y), list("abcd"), "out", resamples=2).table
            found_idle.append(bool(table["matters"][["b", "d"]].any()))
            found_real.append(bool(table["matters"]["a"]))
        assert np.mean(found_idle) <= 0.12
        assert np.mean(found_real) == 1.0
        assert table.loc["d", "floor"] == pytest.approx(np.sqrt(2 / np.pi * 2 / 4) / (2 / 3), rel=0.35)

    def test_one_replicate_cannot_tell(self) -> None:
        x = self.design()
        found = morris(run_table(named(x, list("abcd")), out=self.outcome(x)), list("abcd"), "out").table
        assert found["matters"].isna().all() and found["p_value"].isna().all()
