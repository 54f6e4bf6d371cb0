"""``sensitivity``, ``optimize``, ``discover`` and the report of a sweep, on small scenarios."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sim.cli import main
from sim.scenario.keys import difference
from sim.scenario.load import load

pytestmark = pytest.mark.usefixtures("folder")

Captured = pytest.CaptureFixture[str]

VARY = ("--vary", "mechanism.content.quality=0:1", "--vary", "mechanism.content.posts_per_week=0:20")


def told(capsys: Captured, *arguments: str, status: int = 0) -> tuple[str, str]:
    capsys.readouterr()
    found = main(arguments)
    captured = capsys.readouterr()
    assert found == status, captured.err
    return captured.out, captured.err


def answer(capsys: Captured, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(told(capsys, *arguments, "--json", "--quiet")[0])
    return found


@pytest.mark.parametrize(("method", "points"), [("sobol", 16), ("morris", 12), ("pawn", 12), ("tornado", None)])
def test_every_method_ranks_the_factors_and_writes_its_page(capsys: Captured, method: str, points: int | None) -> None:
    more = ("--runs", str(points)) if points else ()
    asked = ("sensitivity", "plan", *VARY, "--method", method, "--replicates", "2", "--outcome", "members", *more)
    found = answer(capsys, *asked)
    assert {row["factor"] for row in found["scores"]} == {
        "mechanism.content.quality",
        "mechanism.content.posts_per_week",
    }
    assert found["answer"]
    assert {row["side"] for row in found["tornado"]} == {"low", "high"}
    page = Path(found["page"])
    assert page == Path("results", f"plan-{method}", "sensitivity.html")
    assert "content.quality" in page.read_text(encoding="utf-8")
    _, err = told(capsys, *asked)
    assert ", 0 of them to do" in err


def test_the_answer_comes_first_in_both_languages(capsys: Captured) -> None:
    asked = ("sensitivity", "plan", *VARY, "--method", "tornado", "--outcome", "members")
    out, _ = told(capsys, *asked)
    assert out.startswith("Answer. ")
    out, _ = told(capsys, *asked, "--lang", "zh")
    assert out.startswith("结论。")
    assert '<html lang="zh-CN"' in Path("results/plan-tornado/sensitivity.html").read_text(encoding="utf-8")[:200]


def test_a_study_file_brings_its_own_sampler_and_outcome(capsys: Captured) -> None:
    Path("study.yaml").write_text(
        "scenario: plan\nfactors: {mechanism.content.quality: 0:1, mechanism.content.warmth: 0:1}\n"
        "sampler: {kind: morris, runs: 9}\nreplicates: 2\noutcomes: [members]\n",
        encoding="utf-8",
    )
    found = answer(capsys, "sensitivity", "study.yaml")
    assert (found["method"], found["outcome"], found["result"]) == (
        "morris",
        "members",
        str(Path("results/study-morris")),
    )


def test_failed_runs_are_refused_with_the_command_that_fills_them(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("failing.py").write_text(
        "from sim.experiments.executors.work import lived\n"
        "def runner(scenario, replicate, market, threads):\n"
        "    if replicate == 1 and scenario.mechanism.content.quality > 0.9:\n"
        "        raise RuntimeError('unlucky')\n"
        "    return lived(scenario, replicate, market, threads)\n",
        encoding="utf-8",
    )
    asked = ("sensitivity", "plan", *VARY, "--method", "tornado")
    monkeypatch.setenv("PYTHONPATH", str(Path.cwd()), prepend=":")
    monkeypatch.setenv("COMMUNITY_GROWTH_RUNNER", "failing:runner")
    _, err = told(capsys, *asked, status=2)
    assert "runs are missing, 1 of them failed" in err
    assert "--on-error retry=1" in err
    monkeypatch.delenv("COMMUNITY_GROWTH_RUNNER")
    out, _ = told(capsys, *asked, "--on-error", "retry=1")
    assert out.startswith("Answer. ")


def test_a_missing_metric_is_named_with_the_nearest(capsys: Captured) -> None:
    _, err = told(capsys, "sensitivity", "plan", *VARY, "--outcome", "stron", status=2)
    assert "Did you mean 'strong'?" in err
    _, err = told(capsys, "optimize", "plan", *VARY, "--maximize", "profits", status=2)
    assert "Did you mean 'profit'?" in err
    _, err = told(capsys, "optimize", "plan", *VARY, status=2)
    assert "nothing is wanted" in err


def test_a_sweeps_report_and_discovery(capsys: Captured) -> None:
    told(capsys, "sweep", "plan", *VARY, "--sampler", "lhs", "--runs", "24", "--replicates", "2", "--out", "mine")
    out, _ = told(capsys, "report", "mine", "--outcome", "members")
    assert out.strip() == str(Path("mine", "report.html"))
    assert "Best and worst points" in Path("mine/report.html").read_text(encoding="utf-8")
    found = answer(capsys, "discover", "mine", "--where", f"members >= {_most_members(Path('mine'))}")
    assert found["points"] == 24
    assert 0 < found["cases"] < 24
    assert Path("mine/discover.html").is_file()
    _, err = told(capsys, "discover", "mine", "--where", "members >= 100000", status=2)
    assert "0 of 24 points are cases" in err
    assert "cannot read the condition" in told(capsys, "discover", "mine", "--where", "members", status=2)[1]


def _most_members(folder: Path) -> float:
    from sim.experiments.declared import Declared
    from sim.store.ledger import read_ledger
    from sim.store.query import read_runs

    table = read_runs(read_ledger(folder, Declared.read(folder).version))
    return float(table["members"].max())


def test_the_best_plan_is_a_file_that_differs_only_where_it_should(capsys: Captured) -> None:
    pytest.importorskip("optuna", reason="an extra")
    asked = (
        "optimize", "plan", *VARY, "--vary", "carrier.groups.cap=50:1000", "--maximize", "members",
        "--constraint-on", "cost <= 1e9", "--budget-runs", "60", "--replicates", "8", "--out", "best",
    )  # fmt: skip
    found = answer(capsys, *asked)
    assert (found["searched"], len(found["proofs"])) == (60, 1)
    assert found["best"] == str(Path("best", "best.yaml"))
    made, parent = load("best/best.yaml").scenario, load("plan").scenario
    assert sorted(key for key, _, _ in difference(parent, made)) == sorted(found["changes"])
    assert found["setting"]["carrier.groups.cap"] == 500
    gain = found["proofs"][0]["gains"][0]
    assert gain["n"] == 8
    assert gain["difference"] == pytest.approx(gain["plan"] - gain["start"])
    assert answer(capsys, *asked) == found
    _, err = told(capsys, *asked[:-1], "best", "--budget-runs", "80", status=2)
    assert "it differs in budget" in err


def test_two_objectives_make_a_front(capsys: Captured) -> None:
    pytest.importorskip("optuna", reason="an extra")
    found = answer(capsys, "optimize", "plan", *VARY, "--maximize", "members", "--minimize", "cost",
                   "--budget-runs", "80", "--replicates", "5")  # fmt: skip
    assert all(len(proof["gains"]) == 2 for proof in found["proofs"])
    assert "What can be had for what" in Path(found["page"]).read_text(encoding="utf-8")


def test_every_plan_meets_the_same_uncertain_worlds(capsys: Captured) -> None:
    pytest.importorskip("optuna", reason="an extra")
    found = answer(capsys, "optimize", "plan", "--vary", "mechanism.content.quality=0:1", "--maximize", "members",
                   "--assume", "culture.promise=0.2:0.8", "--budget-runs", "24", "--replicates", "5")  # fmt: skip
    assert found["searched"] == 24
    assert "culture.promise" not in found["setting"]
