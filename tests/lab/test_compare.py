"""Headline metrics, goals, paired differences, and what a difference is made of."""

from __future__ import annotations

import json
import math
import os
from pathlib import Path

import numpy as np
import pytest

from sim.errors import InputError, InputErrors
from sim.lab.designs.identity import identity
from sim.lab.goals import check_goals
from sim.lab.headline import Outcome, outcome, summarised, to_date
from sim.lab.progress import SILENT
from sim.lab.questions.compare import compare
from sim.lab.questions.comparison import Comparison, Study
from sim.lab.questions.differences import paired_differences
from sim.lab.questions.explain import ATTRIBUTION, EXPLAINED, Known, Pair, explain
from sim.lab.questions.run import run
from sim.lab.runs.replicates import run_replicates
from sim.model import measures
from sim.model.counts import Counts
from sim.model.tables import series
from sim.scenario import Scenario, difference, with_changes

PLAN = with_changes(Scenario(name="plan"), {"market.people": 90, "run.days": 30, "entrance.seeds.number": 20,
                                            "run.replicates": 6})  # fmt: skip
RIVAL = with_changes(PLAN, {"name": "rival", "culture.promise": 0.9, "mechanism.content.warmth": 0.9,
                            "business.selling.promos_per_week": 9.0, "structure.kols.host.quality": 0.1})  # fmt: skip


def made(ties: list[float], cash: list[float], **metrics: float) -> Outcome:
    """An outcome with strong ties and cumulative profit by day; other metrics at the horizon are 1 unless stated."""
    values = {metric.name: 1.0 for metric in measures.metrics()}
    values |= {"cash_low": float(Counts.lowest(cash)[-1]), "payback_day": float(Counts.back_since(cash)[-1])}
    return Outcome(values | metrics, np.array(ties, float), np.array(cash, float), ())


def test_metrics_stand_on_every_day_as_they_do_at_its_end() -> None:
    long, short = (run_replicates([with_changes(PLAN, {"run.days": days})], 1)[0] for days in (30, 12))
    whole, part = to_date(long), to_date(short)
    assert list(whole) == [metric.name for metric in measures.metrics()]
    for name, values in whole.items():
        assert values.shape == (30,)
        np.testing.assert_array_equal(values[:12], part[name], err_msg=name)
    columns = series(long)
    assert whole["profit"][-1] == round(whole["revenue"][-1] - whole["cost"][-1], 2)
    assert whole["strong_share"][-1] == columns["strong"][-1] / 90
    assert whole["profit"][-1] * 100 == pytest.approx(round(whole["profit"][-1] * 100), abs=1e-6)


@pytest.mark.parametrize(
    ("goal", "met"),
    [
        ("none >= 1", True),
        ("members >= 1 by day 0", True),
        ("members <= 90 by day 99999", True),
        ("cost <= 1 by day 29", False),
        ("cost_low <= 1", None),
        ("cash_low >= -1e9", True),
        ("cash_low >= 1", False),
        ("payback_day <= 30", False),
        ("cost_per_strong <= 1e12 by day 0", False),
    ],
)
def test_goals(goal: str, met: bool | None) -> None:
    scenario = with_changes(PLAN, {"goals": [goal]})
    if met is None:
        with pytest.raises(InputErrors, match=r"goals\.0: unknown metric 'cost_low'.*Did you mean"):
            check_goals(scenario)
        return
    check_goals(scenario)
    assert outcome(run_replicates([scenario], 1)[0]).goals == (met,)


def test_a_goal_holds_at_the_end_of_its_day_not_before() -> None:
    cost = to_date(run_replicates([PLAN], 1)[0])["cost"]
    bound = float(cost[10])
    goals = [f"cost <= {bound:.2f} by day {day}" for day in (9, 10, 11)]
    assert outcome(run_replicates([with_changes(PLAN, {"goals": goals})], 1)[0]).goals == (True, True, False)


def test_the_summary_has_no_nan() -> None:
    outcomes = [made([0, 1], [-5, -5], cac=math.nan), made([1, 2], [-5, 1], cac=math.nan)]
    found = summarised(PLAN, outcomes)
    json.dumps(found, allow_nan=False)
    assert found["metrics"]["cac"]["mean"] is None
    assert found["metrics"]["cac"]["missing"] == 2
    assert found["payback_day"] == {"share": 0.5, "median": None}
    assert set(found["worst_tenth"]) == {metric.name for metric in measures.headline() if metric.better}
    assert list(found["metrics"]) == [metric.name for metric in measures.headline()]
    json.dumps(paired_differences(PLAN, RIVAL, outcomes, outcomes), allow_nan=False)


def test_which_way_is_better() -> None:
    first = [made([1, 1], [0, 0], cost=10 + i, strong=5, weak=1) for i in range(6)]
    second = [made([0, 2], [0, 1], cost=5 + i, strong=4, weak=2) for i in range(6)]
    rows = {row["metric"]: row for row in paired_differences(PLAN, RIVAL, first, second)}
    assert (rows["cost"]["verdict"], rows["cost"]["share_better"]) == ("lower", None)  # no better end of its own
    assert (rows["strong"]["verdict"], rows["strong"]["share_better"]) == ("lower", 0.0)
    assert (rows["weak"]["verdict"], rows["weak"]["share_better"]) == ("higher", None)
    assert rows["revenue"]["verdict"] == "identical"
    assert rows["strong"]["overtakes"]["median"] == 1.0
    assert "overtakes" not in rows["cost"]


def test_shares_of_groups_sum_to_the_difference() -> None:
    runs = run_replicates([PLAN, RIVAL], 3)
    outcomes = [[outcome(run) for run in runs[:3]], [outcome(run) for run in runs[3:]]]
    found = explain([PLAN, RIVAL], outcomes, 3)
    assert {row["key"] for row in found.levers} == {key for key, _, _ in difference(PLAN, RIVAL)}
    assert {row["group"] for row in found.levers} == {
        row["name"] for row in found.attribution if row["part"] == "groups"
    }
    for metric in EXPLAINED:
        rows = [row for row in found.attribution if row["metric"] == metric]
        assert tuple(rows[0]) == ATTRIBUTION
        whole = np.mean([b.metrics[metric] - a.metrics[metric] for a, b in zip(*outcomes, strict=True)])
        assert sum(row["mean"] for row in rows if row["part"] == "groups") == pytest.approx(whole)
        assert 1 <= len([row for row in rows if row["part"] == "mechanisms"]) <= 4


def test_a_mechanism_off_in_both_plans_leaves_no_effect_of_its_levers() -> None:
    warm = with_changes(PLAN, {"name": "warm", "mechanism.content.warmth": 1.0})
    pair = Pair.of(PLAN, warm)
    assert pair.groups == {"mechanism.content.warmth": ["mechanism.content.warmth"]}
    assert pair.mixed == {}
    known = Known(1, "sweep", SILENT)
    known.learn("mechanisms", pair.without("content"), range(2))
    baseline, plan = (known.values(each, "strong", 2) for each in pair.without("content"))
    np.testing.assert_array_equal(baseline, plan)


def test_groups_that_contradict_each_other_are_joined() -> None:
    first = with_changes(PLAN, {"market.tribes": 12, "culture.theme": 7})
    second = with_changes(
        first,
        {"name": "second", "market.tribes": 3, "culture.theme": 0, "mechanism.content.warmth": 0.9},
    )
    pair = Pair.of(first, second)
    assert list(pair.groups) == ["culture.theme + market.tribes", "mechanism.content.warmth"]
    assert len(pair.mixed) == 2
    assert "explained together" in pair.notes[0]


def test_plans_that_do_not_differ_need_no_explanation() -> None:
    twin = with_changes(PLAN, {"name": "twin"})
    outcomes = [[made([1], [1])] * 2] * 2
    assert explain([PLAN, twin], outcomes, 2) == ([], [], ["twin and plan are the same plan: no lever differs"])


def test_what_decides_numbers_decides_the_fingerprint(tmp_path: Path) -> None:
    before = Comparison.of([PLAN, RIVAL])
    assert before.fingerprint == Comparison.of([PLAN, RIVAL], explaining=5).fingerprint
    others = [Comparison.of([PLAN]), Comparison.of([RIVAL, PLAN]), Comparison.of([PLAN, RIVAL], explaining=2)]
    edges = tmp_path / "edges.csv"
    for text in ("a,b\n", "a,c\n"):
        edges.write_text(text * 30, encoding="utf-8")
        filed = with_changes(PLAN, {"market.network.file": str(edges), "entrance.seeds.number": 1})
        others.append(Comparison.of([filed]))
        assert others[-1].fingerprint
    assert len({each.fingerprint for each in [before, *others]}) == 6


def test_large_markets_are_not_explained_unasked() -> None:
    large = [with_changes(each, {"market.people": 400_000}) for each in (PLAN, RIVAL)]
    assert Comparison.of([PLAN, RIVAL]).explaining == 5
    assert Comparison.of(large).explaining == 0
    assert "--attribution-replicates" in Comparison.of(large).notes[0]
    assert Comparison.of(large, explaining=9).explaining == 6


def test_a_study_in_python(tmp_path: Path) -> None:
    asked = {"replicates": 2, "days": 9, "seed": 3, "explaining": 0, "threads": 2, "out": tmp_path / "result"}
    study = compare([PLAN, RIVAL], **asked)  # type: ignore[arg-type]
    assert study.manifest.remake == ""
    assert (study.manifest.days, study.manifest.seeds, study.manifest.replicates) == (9, [3], 2)
    assert len(study.tables["series"]) == 2 * 2 * 9
    assert study.made == 4
    again = Study.read(tmp_path / "result")
    assert again.summary == json.loads(json.dumps(study.summary))
    assert again.manifest.digest == study.manifest.digest
    assert compare([PLAN, RIVAL], **asked).made == 0, "found finished"  # type: ignore[arg-type]
    with pytest.raises(InputError, match="two scenarios or more"):
        compare([PLAN])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes and devices of POSIX")
def test_a_network_from_what_may_never_end_is_refused(special: list[str], tmp_path: Path) -> None:
    for name in (*special, str(tmp_path), str(tmp_path / "no.csv")):
        given = with_changes(PLAN, {"market.network.file": name})
        with pytest.raises(InputError, match=r"a pipe, a socket|this is a folder|no such file|this is no file"):
            run(given)
        given = with_changes(PLAN, {"market.network.labels": name})
        with pytest.raises(InputError, match="this is no file"):
            _ = Comparison.of([given]).fingerprint
        assert identity(given)["market"]["network"]["labels"] == name
