"""Effects of treatments: the estimator against what is known of it, the twins, and the question from plan to page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.errors import InputError
from sim.lab.questions.arms import arms
from sim.lab.questions.run import run
from sim.lab.statistics.trials import effect, squared_error
from sim.lab.treatments import everybody, nobody
from sim.scenario import Scenario, with_changes
from sim.views.told import told
from tests.scenarios import everything

TRIAL = with_changes(
    everything(),
    {
        "run.replicates": 5,
        "playbook": [],
        "arms": [
            {
                "name": "keen",
                "title": {"zh": "热心"},
                "who": {"random": 0.5},
                "set": {"mechanism.attention.visit": 0.9},
            },
            {"name": "near", "who": {"condition": "tribe == 0"}, "set": {"culture.promise": 0.9}},
        ],
    },
)


def sums(values: list[float], clusters: list[int] | None = None) -> Any:
    """The sums of one replicate over units with these values, or clusters of them."""
    unit = np.arange(len(values)) if clusters is None else np.unique(clusters, return_inverse=True)[1]
    n, y = np.bincount(unit), np.bincount(unit, values)
    return np.array([[len(n), n.sum(), y.sum(), n @ n, y @ y, n @ y]], float)


def test_of_persons_the_error_is_that_of_two_means() -> None:
    """Neyman's: the sum of both sample variances over their sizes."""
    one, two = [1.0, 4.0, 2.0, 9.0], [0.0, 3.0, 5.0]
    assert squared_error(sums(one))[0] == pytest.approx(np.var(one, ddof=1) / 4)
    found = effect(sums(one), sums(two))
    assert found.mean == pytest.approx(4.0 - 8 / 3)
    reach = np.sqrt(np.var(one, ddof=1) / 4 + np.var(two, ddof=1) / 3)
    assert (found.high - found.low) / 2 == pytest.approx(2.5706 * reach, rel=1e-4)  # t of 5 degrees
    assert (found.n, found.units, found.by) == (1, 3, "units")


def test_people_who_share_all_count_once() -> None:
    """Copies of a person in one cluster tell nothing new: the error is that of the cluster means."""
    means = [1.0, 4.0, 2.0, 9.0]
    copied = [value for value in means for _ in range(25)]
    clusters = [k for k in range(4) for _ in range(25)]
    assert squared_error(sums(copied, clusters))[0] == pytest.approx(np.var(means, ddof=1) / 4)
    assert squared_error(sums(copied))[0] < squared_error(sums(copied, clusters))[0] / 20


def test_intervals_of_clusters_hold_the_truth_as_often_as_they_say() -> None:
    draws, held, naive = np.random.default_rng(1), 0, 0
    for _ in range(300):
        sides = []
        for _ in range(2):
            sizes = draws.integers(2, 30, 20)
            unit = np.repeat(np.arange(20), sizes)
            values = draws.normal(size=20)[unit] + 0.3 * draws.normal(size=len(unit))
            sides.append((list(values), list(unit)))
        found = effect(sums(*sides[0]), sums(*sides[1]))
        held += found.low <= 0.0 <= found.high
        wrong = effect(sums(sides[0][0]), sums(sides[1][0]))
        naive += wrong.low <= 0.0 <= wrong.high
    assert held / 300 > 0.9
    assert naive / 300 < 0.6


def test_of_five_replicates_the_interval_is_theirs() -> None:
    treated = np.concatenate([sums([k + 1.0, k + 3.0]) for k in range(5)])
    others = np.concatenate([sums([1.0, 1.0])] * 5)
    found = effect(treated, others)
    assert (found.mean, found.by, found.n) == (3.0, "replicates", 5)
    assert found.high - 3.0 == pytest.approx(2.7764 * np.sqrt(2.5 / 5), rel=1e-4)


def test_nobody_on_one_side_is_unknown() -> None:
    found = effect(sums([1.0, 2.0]), np.zeros((1, 6)))
    assert np.isnan(found.mean)
    assert np.isnan(effect(sums([1.0]), sums([2.0])).low)


def test_twins_differ_in_who_is_treated_only() -> None:
    none, (keen, near) = nobody(TRIAL), everybody(TRIAL)
    assert [arm.who.random for arm in none.arms] == [0.0, 0.0]
    assert [arm.who.random for arm in keen.arms] == [1.0, 0.0]
    assert [arm.who.random for arm in near.arms] == [0.0, 1.0]
    assert [arm.set for arm in near.arms] == [arm.set for arm in TRIAL.arms]
    assert len({each.name for each in (TRIAL, none, keen, near)}) == 4
    assert keen.title.zh == "全员：热心"


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return arms(TRIAL, out=tmp_path_factory.mktemp("arms") / "x", threads=1)


def test_three_estimates_of_each_arm_and_outcome(answer: Any) -> None:
    rows = answer.summary["arms"]
    found = {(row["arm"], row["outcome"], row["estimate"]): row for row in rows}
    assert len(found) == len(rows) == 2 * (3 * 7 - 1)
    assert found["keen", "active", "randomised"]["low"] > 0
    assert found["keen", "active", "all_treated"]["low"] > 0
    assert found["keen", "member", "all_treated"]["by"] == "pairs"
    assert {row["assigned_by"] for row in rows} == {"person", "choice"}
    assert ("keen", "member", "members_only") not in found


def test_all_treated_is_the_difference_of_the_twins(answer: Any) -> None:
    table = answer.tables["series"]
    last = table[table["day"] == table["day"].max()].groupby("scenario")
    people = float(last["none"].mean().iloc[0] + last["weak"].mean().iloc[0] + last["strong"].mean().iloc[0])
    strong = last["strong"].mean() / people
    row = next(row for row in answer.summary["arms"]
               if (row["arm"], row["outcome"], row["estimate"]) == ("keen", "strong", "all_treated"))  # fmt: skip
    assert row["mean"] == pytest.approx(strong["everything-all-keen"] - strong["everything-none"])


def test_the_table_of_arms_adds_up_to_the_series(answer: Any) -> None:
    by_arm = answer.tables["arms"].groupby(["scenario", "replicate", "day"], sort=False)
    total, series = (
        by_arm[["members", "strong", "joined", "left", "purchases", "revenue", "people"]].sum(),
        (answer.tables["series"].set_index(["scenario", "replicate", "day"])),
    )
    for name in ("members", "strong", "joined", "left", "purchases"):
        assert (total[name] == series[name]).all(), name
    assert np.allclose(total["revenue"], series["revenue"])
    assert (total["people"] == series[["none", "weak", "strong"]].sum(axis=1)).all()


SHOWN = {
    "en": ("Arms", "everybody − nobody", "Members only", "keen"),
    "zh": ("分组实验", "全员接受 − 无人接受", "仅看成员", "热心"),
}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_shows_the_three_side_by_side(answer: Any, lang: Any) -> None:
    said = told(answer, lang)
    for word in SHOWN[lang]:
        assert word in said.page
    assert any("keen" in text or "热心" in text for text in said.sentences)


def test_the_answer_is_found_and_read_back(answer: Any) -> None:
    again = arms(TRIAL, out=answer.folder)
    assert again.made == 0
    assert json.loads((answer.folder / "summary.json").read_text())["arms"] == again.summary["arms"]
    assert {"arms", "trials"} <= set(again.tables)


def test_a_run_of_a_plan_with_arms_tells_two_of_them(tmp_path: Path) -> None:
    single = run(with_changes(TRIAL, {"run.replicates": 2}), out=tmp_path / "x", threads=1)
    assert {row["estimate"] for row in single.summary["arms"]} == {"randomised", "members_only"}
    assert {row["by"] for row in single.summary["arms"]} == {"units"}
    assert "arms" in told(single).page


def test_a_plan_without_arms_is_told_what_to_write_and_has_no_tables_of_them(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"has no arms.*expected a plan with a section arms"):
        arms(Scenario())
    plain = run(with_changes(everything(), {"run.replicates": 1}), out=tmp_path / "x", threads=1)
    assert not {"arms", "trials"} & set(plain.tables)
    assert "arms" not in plain.summary
