"""PRIM against boxes that are known because the test put the cases there."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest

from sim.errors import InputError
from sim.lab.estimators.prim import Box, cases_of, discover
from tests.run_tables import run_table, uniform


def limits(box: Box) -> dict[str, tuple[float | None, float | None]]:
    return {limit.factor: (limit.low, limit.high) for limit in box.limits}


@pytest.fixture(scope="module")
def space() -> pd.DataFrame:
    return pd.DataFrame(uniform((1000, 5), 1), columns=list("abcde"))


class TestOneBox:
    def test_a_textbook_box(self, space: pd.DataFrame) -> None:
        """Cases fill 0.3 < a < 0.7 and b > 0.5, with one in a hundred elsewhere; c, d and e are idle."""
        inside = space["a"].between(0.3, 0.7) & (space["b"] > 0.5)
        cases = (inside | (uniform((1000,), 2) < 0.01)).to_numpy()
        found = discover(space, cases, most_boxes=1)
        box = found.boxes[0]
        assert box.coverage > 0.9 and box.density > 0.9
        bounds = limits(box)
        assert bounds["a"][0] == pytest.approx(0.3, abs=0.03) and bounds["a"][1] == pytest.approx(0.7, abs=0.03)
        assert bounds["b"][0] == pytest.approx(0.5, abs=0.03) and bounds["b"][1] is None
        assert {limit.factor for limit in box.limits} == {"a", "b"}
        assert all(limit.quasi_p < 1e-6 for limit in box.limits)

    def test_its_measures_are_what_they_say(self, space: pd.DataFrame) -> None:
        cases = ((space["a"] > 0.6) & (space["c"] < 0.5)).to_numpy()
        box = discover(space, cases, most_boxes=1).boxes[0]
        inside = np.ones(len(space), dtype=bool)
        for limit in box.limits:
            inside &= (space[limit.factor] >= (limit.low or -1)) & (space[limit.factor] <= (limit.high or 2))
        assert box.points == inside.sum() and box.cases == cases[inside].sum()
        assert box.mass == pytest.approx(inside.mean())
        assert box.density == pytest.approx(cases[inside].mean())
        assert box.coverage == pytest.approx(cases[inside].sum() / cases.sum())

    def test_quasi_p_is_the_binomial_tail(self, space: pd.DataFrame) -> None:
        cases = (uniform((1000,), 3) < np.where(space["a"] > 0.7, 0.6, 0.1)) & (space["b"] > 0.2)
        box = discover(space, np.asarray(cases), most_boxes=1).boxes[0]
        limit = next(each for each in box.limits if each.factor == "a")
        others = np.ones(len(space), dtype=bool)
        for each in box.limits:
            if each.factor != "a":
                others &= space[each.factor].between(each.low or -1, each.high or 2)
        expected = binomtest(box.cases, box.points, float(np.mean(cases[others])), alternative="greater").pvalue
        assert limit.quasi_p == pytest.approx(expected)

    def test_choices_switches_and_whole_numbers(self, space: pd.DataFrame) -> None:
        mixed = pd.DataFrame({
            "plan": np.array(["ads", "fair", "kol", "none"])[(4 * space["a"]).astype(int)],
            "on": space["b"] > 0.5,
            "posts": (10 * space["c"]).astype(int),
            "idle": space["d"],
        })  # fmt: skip
        cases = (mixed["plan"].isin(["ads", "kol"]) & mixed["on"] & (mixed["posts"] <= 6)).to_numpy()
        box = discover(mixed, cases, most_boxes=1).boxes[0]
        found = {limit.factor: limit for limit in box.limits}
        assert set(found) == {"plan", "on", "posts"}
        assert found["plan"].levels == ("ads", "kol") and found["on"].levels == (True,)
        assert (found["posts"].low, found["posts"].high) == (None, 6.0)
        assert (box.coverage, box.density) == (1.0, 1.0)

    def test_a_wanted_density(self, space: pd.DataFrame) -> None:
        cases = uniform((1000,), 4) < space["a"] ** 2
        dense = discover(space, np.asarray(cases), density=0.8, most_boxes=1)
        broad = discover(space, np.asarray(cases), density=0.5, most_boxes=1)
        assert dense.boxes[0].density >= 0.8 > broad.boxes[0].density
        assert broad.boxes[0].coverage > dense.boxes[0].coverage

    def test_pasting_mends_a_coarse_peel(self, space: pd.DataFrame) -> None:
        cases = (space["a"] > 0.5).to_numpy()
        box = discover(space, cases, peel=0.3, paste=0.02, most_boxes=1).boxes[0]
        assert box.density > 0.95


class TestTrajectory:
    def test_peeling_step_by_step(self, space: pd.DataFrame) -> None:
        cases = ((space["a"] > 0.6) & (space["c"] < 0.5)).to_numpy()
        steps = discover(space, cases, most_boxes=1).trajectory
        assert steps.loc[0, ["coverage", "mass", "limited"]].tolist() == [1.0, 1.0, 0]
        assert (steps["points"].diff().dropna() < 0).all()
        assert (steps["coverage"].diff().dropna() <= 0).all()
        assert (steps["mass"] >= 0.05).all()
        assert steps["chosen"].sum() == 1
        assert (steps["coverage"] * cases.sum()).to_numpy() == pytest.approx(
            (steps["density"] * steps["points"]).to_numpy()
        )


class TestSeveralBoxes:
    def test_two_corners(self, space: pd.DataFrame) -> None:
        low = (space["a"] < 0.3) & (space["b"] < 0.4)
        high = (space["a"] > 0.75) & (space["c"] > 0.6)
        found = discover(space, (low | high).to_numpy(), most_boxes=4)
        corners = [{limit.factor for limit in box.limits} for box in found.boxes]
        assert corners == [{"a", "b"}, {"a", "c"}]
        assert all(box.density > 0.9 for box in found.boxes)
        assert found.coverage > 0.9
        assert sum(box.cases for box in found.boxes) == pytest.approx(found.coverage * found.cases)

    def test_one_answer(self, space: pd.DataFrame) -> None:
        cases = (space["a"] + space["b"] > 1.3).to_numpy()
        assert discover(space, cases).boxes == discover(space, cases).boxes


class TestCases:
    def test_points_not_runs_are_counted(self) -> None:
        table = run_table({"x": [0.0, 1.0, 2.0]}, profit=np.array([[-1, -1, 1], [-1, 1, 1], [np.nan, -1, -1]]))
        factors, cases = cases_of(table, ["x"], "profit < 0")
        assert factors["x"].tolist() == [0.0, 1.0, 2.0]
        assert cases.tolist() == [True, False, True]
        assert cases_of(table, ["x"], "profit<0", share=0.3)[1].tolist() == [True, True, True]
        assert cases_of(table, ["x"], "profit >= 1e0", share=1)[1].tolist() == [False, False, False]

    def test_refusals(self, space: pd.DataFrame) -> None:
        table = run_table({"x": [0.0, 1.0]}, profit=np.array([1.0, 2.0]))
        with pytest.raises(InputError, match="cannot read the condition"):
            cases_of(table, ["x"], "profit is bad")
        with pytest.raises(InputError, match="Did you mean 'profit'"):
            cases_of(table, ["x"], "proft < 0")
        for none in (np.zeros(1000, dtype=bool), np.ones(1000, dtype=bool)):
            with pytest.raises(InputError, match="of 1000 points are cases"):
                discover(space, none)
