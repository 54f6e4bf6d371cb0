"""Fronts against known ones, and the optimisation loop against problems whose best plan is known."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import InputError
from sim.lab.designs.constraints import Constraint
from sim.lab.designs.factors import Factor
from sim.lab.search.pareto import hypervolume, knee, non_dominated, pareto_front
from sim.lab.search.proof import evidence, finalists, verification
from sim.lab.search.question import Objective, Question, Requirement
from sim.lab.search.rounds import Job, ask, next_jobs, rungs
from sim.lab.search.trials import scores, trials
from sim.lab.statistics.resample import permutations
from tests.run_tables import normal, run_table, uniform

rows = st.lists(st.tuples(*[st.integers(0, 6)] * 3), min_size=1, max_size=25)


class TestFront:
    @given(rows)
    def test_non_dominated_by_definition(self, plans: list[tuple[int, ...]]) -> None:
        values = np.array(plans, dtype=float)
        for row, kept in zip(values, non_dominated(values), strict=True):
            beaten = any((other >= row).all() and (other > row).any() for other in values)
            assert kept != beaten

    def test_zdt1(self) -> None:
        """Zitzler, Deb & Thiele (2000): f2 = g (1 - √(f1 / g)); the front is g = 1, with 2/3 of a unit square above."""
        x, g = uniform((2000,), 1), 1 + 9 * uniform((2000,), 2)
        g[:500] = 1.0
        values = -np.column_stack([x, g * (1 - np.sqrt(x / g))])
        kept = non_dominated(values)
        assert kept[:500].all() and kept.sum() < 510  # a few lie in the gaps of the sample of the front
        assert hypervolume(values, [-1.0, -1.0]) == pytest.approx(2 / 3, abs=0.005)

    def test_nan_is_never_best(self) -> None:
        assert non_dominated([[np.nan, 9.0], [1.0, 1.0]]).tolist() == [False, True]


class TestHypervolume:
    def test_two_and_three_by_hand(self) -> None:
        assert hypervolume([[1, 3], [2, 2], [3, 1]], [0, 0]) == 6
        assert hypervolume([[1, 1, 1], [2, 2, 0.5]], [0, 0, 0]) == pytest.approx(1 + 2 - 0.5)
        assert hypervolume(np.empty((0, 2)), [0, 0]) == 0
        assert hypervolume([[-1, 5], [np.nan, 1]], [0, 0]) == 0

    @given(rows)
    def test_three_by_counting_cells(self, plans: list[tuple[int, ...]]) -> None:
        cells = sum(
            any(all(edge < side for edge, side in zip(cell, plan, strict=True)) for plan in plans)
            for cell in itertools.product(range(6), repeat=3)
        )
        assert hypervolume(plans, [0, 0, 0]) == pytest.approx(cells)

    def test_more_objectives(self) -> None:
        with pytest.raises(InputError, match="4 objectives"):
            hypervolume([[1, 1, 1, 1]], [0, 0, 0, 0])


class TestKnee:
    def test_where_it_bulges(self) -> None:
        angle = np.linspace(0, np.pi / 2, 41)
        assert knee(np.column_stack([1000 * np.cos(angle), np.sin(angle)])) == 20
        sphere = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0.58, 0.58, 0.58], [0.7, 0.7, 0]]
        assert knee(sphere) == 3

    def test_none_on_a_straight_or_hollow_front(self) -> None:
        assert knee([[0, 2], [1, 1], [2, 0]]) is None
        assert knee([[0, 2], [0.2, 0.3], [2, 0]]) is None
        assert knee([[0, 1], [1, 0]]) is None


class TestFrontUnderLuck:
    def table(self, seed: int, noise: float = 1.0) -> pd.DataFrame:
        """Plans 0 to 4 trade strong ties for cost; 5 is clearly beaten by 2, and 6 is the twin of 1."""
        strong = np.array([0.0, 10, 20, 30, 40, 15, 10])
        cost = np.array([0.0, 8, 18, 30, 46, 25, 8])
        luck = 3 * normal((1, 10), 3 * seed)
        return run_table(
            {"x": np.arange(7.0)},
            strong=strong[:, None] + luck + noise * normal((7, 10), 3 * seed + 1),
            cost=cost[:, None] + noise * normal((7, 10), 3 * seed + 2),
        )

    def test_who_is_beaten(self) -> None:
        found = pareto_front(self.table(1), {"strong": 1, "cost": -1}, ["x"])
        assert found.loc[[0, 2, 3, 4], "front"].all() and not found.loc[5, "front"]
        assert found["beaten"].tolist() == [False] * 5 + [True, False]
        assert (found["strong_low"] < found["strong"]).all() and (found["cost"] < found["cost_high"]).all()
        assert found["n"].eq(10).all() and found["knee"].sum() <= 1

    def test_twins_are_seldom_taken_for_beaten(self) -> None:
        wrong = [pareto_front(self.table(n), {"strong": 1, "cost": -1})["beaten"][[1, 6]].any() for n in range(100)]
        assert np.mean(wrong) <= 0.05

    def test_equal_costs_do_not_hide_a_better_plan(self) -> None:
        table = run_table({"x": [0, 1]}, strong=np.array([[1.0, 2, 3], [6, 7.1, 8]]), cost=np.ones((2, 3)))
        assert pareto_front(table, {"strong": 1, "cost": -1})["beaten"].tolist() == [True, False]

    def test_one_objective_is_no_trade_off(self) -> None:
        with pytest.raises(InputError, match="at least two"):
            pareto_front(self.table(1), {"strong": 1})


def peak(setting: dict[str, Any], replicates: tuple[int, ...], question: Question) -> list[dict[str, Any]]:
    """Profit is highest, 100, at price 3, 7 posts and the plan "fair"; cost grows with posts."""
    made = []
    for replicate in replicates:
        luck = float(normal((1,), replicate)[0] + 0.5 * normal((1,), replicate + int(997 * setting["price"]))[0])
        world = question.world(replicate)
        far = (setting["price"] - 3) ** 2 + 0.3 * (setting["posts"] - 7) ** 2 + 8 * (setting["plan"] != "fair")
        profit = 100 - far + luck - world.get("rival", 0.0) * setting["price"]
        row = {"replicate": replicate, "profit": profit, "cost": 10.0 * setting["posts"]}
        made.append(row | {"seed": 1, "status": "done"} | world | setting)
    return made


def question(**changes: Any) -> Question:
    given_: dict[str, Any] = {
        "factors": (
            Factor("price", "number", low=0.0, high=10.0), Factor("posts", "integer", low=1, high=20),
            Factor("plan", "choice", ("ads", "fair", "kol")),
        ),
        "objectives": (Objective.parse("max profit"),),
        "budget": 400,
        "start": {"price": 8.0, "posts": 15, "plan": "ads"},
        "seed": 5,
    }  # fmt: skip
    return Question(**(given_ | changes))


def play(asked: Question, batch: int = 40, table: pd.DataFrame | None = None) -> pd.DataFrame:
    table = pd.DataFrame() if table is None else table
    while jobs := next_jobs(asked, table, batch):
        table = run(asked, jobs, table)
    return table


def run(asked: Question, jobs: list[Job], table: pd.DataFrame) -> pd.DataFrame:
    point = int(table["point"].max()) + 1 if len(table) else 0
    made = [
        row | {"point": point + n} for n, job in enumerate(jobs) for row in peak(job.setting, job.replicates, asked)
    ]
    return pd.concat([table, pd.DataFrame(made)], ignore_index=True)


class TestSearch:
    def test_finds_a_known_peak_within_the_budget(self) -> None:
        asked = question()
        table = play(asked)
        assert 380 <= len(table) <= 400
        best = finalists(asked, table)[0]
        assert abs(best["price"] - 3) < 1.2 and abs(best["posts"] - 7) <= 2 and best["plan"] == "fair"
        tried = trials(asked, table)
        assert tried.settings[0] == asked.start
        assert tried.counts[tried.find(best)] == asked.most
        assert np.mean(tried.counts == asked.first) > 0.3 and np.mean(tried.counts == asked.most) < 0.3

    def test_goes_on_from_the_table_alone(self) -> None:
        """Killed after any round, it makes the runs that it would have made anyway, whatever the order of its rows."""
        asked = question(budget=160)
        whole = play(asked)
        half = pd.DataFrame()
        for _ in range(2):
            half = run(asked, next_jobs(asked, half, 40), half)
        shuffled = half.iloc[next(permutations(len(half), 1))].reset_index(drop=True)
        rest = play(asked, table=shuffled).sort_values(["point", "replicate"], ignore_index=True)
        pd.testing.assert_frame_equal(rest[whole.columns], whole.sort_values(["point", "replicate"], ignore_index=True))

    @pytest.mark.parametrize("batch", [4, 7, 1000])
    def test_any_batch_reaches_every_rung(self, batch: int) -> None:
        asked = question(budget=220)
        table = play(asked, batch)
        assert 216 <= len(table) <= 220
        assert not table.duplicated(["price", "posts", "plan", "replicate"]).any()
        reached = {max(made) + 1 for made in trials(asked, table).made}
        assert rungs(asked) == (4, 12, 36) and (batch == 1000 or reached == {4, 12, 36})

    def test_rounds_too_small_for_a_plan(self) -> None:
        with pytest.raises(InputError, match="rounds of 3 runs"):
            next_jobs(question(), pd.DataFrame(), 3)

    def test_finishes_what_a_round_cut_short_owes(self) -> None:
        asked = question(budget=160)
        table = run(asked, next_jobs(asked, pd.DataFrame(), 40), pd.DataFrame())
        cut = table.drop(index=[1, 38, 39])
        jobs = next_jobs(asked, cut, 40)
        assert [job.replicates for job in jobs[:2]] == [(1,), (2, 3)]
        assert jobs[0].setting == asked.start

    def test_requirements(self) -> None:
        asked = question(requirements=(Requirement.parse("cost <= 45"),))
        table = play(asked)
        best = finalists(asked, table)[0]
        assert best["posts"] == 4
        found = scores(asked, trials(asked, table))
        assert found.loc[found["posts"] > 4, "feasible"].eq(False).all()
        assert found.sort_values("rank")["feasible"].is_monotonic_decreasing

    def test_constraints_on_the_factors(self) -> None:
        factors = question().factors
        asked = question(
            constraints=(Constraint.parse("posts <= 10 * price and plan != 'kol'", factors),),
            start={"price": 8.0, "posts": 15, "plan": "ads"},
        )
        found = ask(asked, pd.DataFrame(), 12)
        assert len(found) == 12
        assert all(each["posts"] <= 10 * each["price"] and each["plan"] != "kol" for each in found)

    def test_null_is_a_level(self) -> None:
        asked = question(
            factors=(Factor("price", "number", (None, 2.0, 3.0)),), start={"price": None, "posts": 7, "plan": "fair"}
        )
        table = run_table({"price": [np.nan, 2.0]}, profit=np.array([[1.0, 2.0], [3.0, 4.0]]), cost=np.ones((2, 2)))
        assert trials(asked, table).settings == ({"price": None}, {"price": 2.0})
        assert ask(asked, table, 5) == [{"price": 3.0}]

    def test_a_front(self) -> None:
        asked = question(objectives=(Objective.parse("max profit"), Objective.parse("min cost")), budget=300)
        table = play(asked)
        plans = finalists(asked, table)
        assert len(plans) > 1
        assert all(plan["posts"] <= 9 for plan in plans)

    def test_robust_against_the_world(self) -> None:
        """A rival takes up to 3 per unit of price: on average 1.5, which moves the best price from 3 to 2.25."""
        asked = question(
            uncertain=(Factor("rival", "number", low=0.0, high=3.0),),
            objectives=(Objective.parse("max worst_tenth(profit)"),),
        )
        table = play(asked)
        assert table.groupby("replicate")["rival"].nunique().eq(1).all()
        assert table["rival"].min() >= 0 and table["rival"].max() <= 3 and table["rival"].nunique() == asked.most
        assert finalists(asked, table)[0]["price"] < 3

    def test_a_small_space_is_never_tried_twice(self) -> None:
        small = question(
            factors=(Factor("price", "number", (1.0, 3.0)), Factor("plan", "choice", ("ads", "fair"))),
            start={"price": 1.0, "plan": "ads", "posts": 7},
        )
        assert len(ask(small, pd.DataFrame(), 10)) == 4

    def test_failed_runs_are_neither_repeated_nor_scored(self) -> None:
        asked = question(budget=200)
        table = run(asked, next_jobs(asked, pd.DataFrame(), 40), pd.DataFrame())
        table.loc[table["point"] == 3, ["status", "profit", "cost"]] = ["failed", np.nan, np.nan]
        table = play(asked, table=table)
        assert not table.duplicated(["price", "posts", "plan", "replicate"]).any()
        lost = trials(asked, table).counts.argmin()
        assert scores(asked, trials(asked, table))["rank"].idxmax() == lost

    def test_a_narrowed_range_forgets_what_lies_outside(self) -> None:
        table = play(question(budget=80))
        narrow = question(factors=(Factor("price", "number", low=2.0, high=4.0), *question().factors[1:]))
        assert all(2 <= setting["price"] <= 4 for setting in ask(narrow, table, 8) if setting != narrow.start)


class TestProof:
    def test_on_fresh_luck(self) -> None:
        asked = question(requirements=(Requirement.parse("cost <= 90"),))
        table = play(asked)
        jobs = verification(asked, table, 20)
        assert [len(job.replicates) for job in jobs] == [20, 20]
        assert not set(jobs[0].replicates) & set(table["replicate"])
        fresh = run(asked, jobs, pd.DataFrame())
        found = evidence(asked, fresh, jobs[1].setting)
        assert found.beats and found.gains[0].better and found.gains[0].n == 20
        assert found.gains[0].low < found.gains[0].difference < found.gains[0].high
        assert found.requirements[0].met and found.requirements[0].surely
        assert not evidence(asked, fresh, asked.start).beats

    def test_worst_tenths_have_intervals(self) -> None:
        asked = question(objectives=(Objective.parse("max worst_tenth(profit)"),))
        good = {"price": 3.0, "posts": 7, "plan": "fair"}
        fresh = run(asked, [Job(asked.start, tuple(range(50, 80))), Job(good, tuple(range(50, 80)))], pd.DataFrame())
        gain = evidence(asked, fresh, good).gains[0]
        assert gain.better and 0 < gain.low <= gain.difference <= gain.high

    def test_nothing_allowed_nothing_elected(self) -> None:
        asked = question(requirements=(Requirement.parse("cost <= 1"),), budget=80)
        assert finalists(asked, play(asked)) == []

    def test_too_few_replicates(self) -> None:
        with pytest.raises(InputError, match="3 replicates"):
            verification(question(), pd.DataFrame(), 3)


class TestQuestion:
    def test_reading(self) -> None:
        assert Objective.parse(" min  cost ") == Objective("cost", maximise=False)
        assert str(Objective.parse("max worst_tenth( profit )")) == "max worst_tenth(profit)"
        assert Requirement.parse("worst_tenth(cash_low)>=-5e4") == Requirement("cash_low", False, -5e4, True)
        assert str(Requirement.parse("cost <= 100000")) == "cost <= 100000"

    @pytest.mark.parametrize("text", ["profit", "maximise profit", "max", "max mean(profit)"])
    def test_unreadable_objectives(self, text: str) -> None:
        with pytest.raises(InputError, match="cannot read the objective"):
            Objective.parse(text)

    def test_unreadable_requirements(self) -> None:
        for text in ("cost = 3", "cost < -1"):
            with pytest.raises(InputError, match=r"cannot read the requirement.*<= NUMBER or METRIC >= NUMBER"):
                Requirement.parse(text)

    def test_violations_are_shares_of_the_limit(self) -> None:
        runs = np.array([110.0, 130.0, np.nan])
        assert Requirement.parse("cost <= 100").violation(runs) == pytest.approx(0.2)
        assert Requirement.parse("worst_tenth(cost) <= 100").violation(runs) == pytest.approx(0.3)
        assert Requirement.parse("cost >= 240").violation(runs) == pytest.approx(0.5)

    @pytest.mark.parametrize(
        "changes", [{"first": 0}, {"most": 2}, {"factor": 1}, {"budget": 1}, {"start": {}}, {"objectives": ()}]
    )
    def test_impossible_questions(self, changes: dict[str, Any]) -> None:
        with pytest.raises(InputError):
            question(**changes)

    def test_worlds_cover_their_ranges(self) -> None:
        asked = question(uncertain=(
            Factor("u", "number", low=-1.0, high=1.0), Factor("k", "integer", low=1, high=3),
            Factor("l", "number", low=1.0, high=100.0, log=True), Factor("c", "choice", ("a", "b")),
        ))  # fmt: skip
        worlds = pd.DataFrame([asked.world(number) for number in range(600)])
        assert worlds["u"].mean() == pytest.approx(0, abs=0.08) and worlds["u"].abs().max() > 0.98
        assert worlds["k"].value_counts().to_numpy() == pytest.approx(np.full(3, 200), rel=0.2)
        assert np.log10(worlds["l"]).mean() == pytest.approx(1, abs=0.08)
        assert worlds["c"].value_counts().min() > 250
        assert abs(worlds[["u", "l"]].corr().iloc[0, 1]) < 0.12
