"""``sweep``, ``status``, ``errors``, ``replay``, ``export`` and ``query`` on small scenarios."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from sim.cli.sweeping import RUNNER
from sim.lab.progress import SILENT
from sim.lab.runs.replicates import warm_up
from sim.scenario.load import load
from tests.cli.commands import Captured, told
from tests.cli.conftest import ROOT
from tests.crash.sweeps import SABOTAGE

pytestmark = pytest.mark.usefixtures("folder")

SWEEP = ("sweep", "plan", "--vary", "mechanism.content.quality=0,1", "--replicates", "3", "--executor", "serial")
DESIGN = """
scenario: plan
factors: {mechanism.content.quality: [0, 1], mechanism.content.posts_per_week: {low: 1, high: 7}}
sampler: {kind: lhs, runs: 4}
constraints: [mechanism.content.posts_per_week <= 6]
replicates: 2
outcomes: [posts]
"""


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    warm_up("sweep", SILENT)


def as_json(capsys: Captured, *arguments: str, status: int = 0) -> Any:
    return json.loads(told(capsys, *arguments, "--json", status=status)[0])


def test_a_sweep_says_what_it_will_do_and_what_it_did(capsys: Captured) -> None:
    out, err = told(capsys, *SWEEP)
    assert "plan: 2 points × 3 replicates = 6 runs" in err
    assert "to do: 6 runs, roughly" in err
    assert "6 runs done, 0 failed, 0 missing" in out
    assert "digest of the results: " in out
    folder = Path("results", "plan-sweep")
    assert out.splitlines()[-2:] == [str(folder), str(folder / "report.html")]
    names = {path.name for path in Path("results/plan-sweep").iterdir()}
    assert names == {"manifest.json", "plan.parquet", "parts", "errors", "report.html"}


def test_the_same_command_goes_on(capsys: Captured) -> None:
    first = as_json(capsys, *SWEEP)
    assert first["done"] == 6
    _, err = told(capsys, *SWEEP)
    assert "of these 6 are on the disk" in err
    assert "to do" not in err
    more = as_json(capsys, *SWEEP, "--replicates", "4")
    assert (more["done"], more["missing"]) == (8, 0)
    assert more["digest"] != first["digest"]


def test_fewer_replicates_than_the_folder_has(capsys: Captured) -> None:
    told(capsys, *SWEEP)
    fewer = (*SWEEP, "--replicates", "2")
    out, err = told(capsys, *fewer)
    assert "= 4 runs\nof these 4 are on the disk, 0 of them from other sweeps\n" in err
    assert "the folder has 3 replicates a point and keeps them\n" in err
    assert "6 runs done, 0 failed, 0 missing" in out
    assert "该文件夹每个点有3次重复" in told(capsys, *fewer, "--lang", "zh")[1]
    assert "keeps them" not in told(capsys, *SWEEP)[1]


def test_another_sweep_in_the_folder_is_refused(capsys: Captured) -> None:
    told(capsys, *SWEEP)
    _, err = told(capsys, *SWEEP, "--days", "19", status=2)
    assert "run.days: now 19, before 20" in err
    assert "--out results/plan-sweep-2" in err


def test_runs_of_a_sweep_beside_it_are_taken_over(capsys: Captured) -> None:
    told(capsys, *SWEEP)
    wider = [word.replace("=0,1", "=0,0.5,1") for word in SWEEP]
    found = as_json(capsys, *wider, "--out", "results/wider")
    assert (found["adopted"], found["done"]) == (6, 9)
    elsewhere = as_json(capsys, *wider, "--out", "other/wider")
    assert (elsewhere["adopted"], elsewhere["digest"]) == (0, found["digest"])
    named = as_json(capsys, *wider, "--out", "third/wider", "--reuse", "other/wider")
    assert (named["adopted"], named["digest"]) == (9, found["digest"])


def test_a_design_file(capsys: Captured, folder: Path) -> None:
    (folder / "question.yaml").write_text(DESIGN, encoding="utf-8")
    found = as_json(capsys, "sweep", "question.yaml", "--executor", "serial")
    assert found["result"] == str(Path("results", "question-sweep"))
    assert (found["replicates"], found["done"]) == (2, 2 * found["points"])
    out, _ = told(capsys, "query", "question-sweep", "SELECT count(posts) FROM runs")
    assert out.split()[-1] == str(found["done"])
    more = as_json(capsys, "sweep", "question.yaml", "--executor", "serial", "--replicates", "3")
    assert more["done"] == 3 * more["points"]


def test_points_from_a_file(capsys: Captured, folder: Path) -> None:
    (folder / "points.csv").write_text("mechanism.content.quality,market.people\n0.1,70\n0.9,80\n", encoding="utf-8")
    found = as_json(capsys, "sweep", "plan", "--points", "points.csv", "--replicates", "2", "--executor", "serial")
    assert found["done"] == 4
    rows = as_json(
        capsys, "query", "plan-sweep", 'SELECT "market.people" AS people, count(*) AS n FROM runs GROUP BY ALL'
    )
    assert sorted(row["people"] for row in rows) == [70, 80]


def test_samples_and_constraints(capsys: Captured) -> None:
    found = as_json(capsys, "sweep", "plan", "--vary", "mechanism.content.quality=0:1", "--sampler", "sobol",
                    "--runs", "8",
                    "--constraint", "mechanism.content.quality <= 0.5", "--replicates", "1", "--executor", "serial",
                    "--set", "market.people=60", "--seeds", "independent")  # fmt: skip
    assert 0 < found["done"] <= 8


def test_failed_runs(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(RUNNER, SABOTAGE + "faulty")
    out, err = told(capsys, *SWEEP, status=1)
    assert "4 runs done, 2 failed, 0 missing" in out
    assert "errors results/plan-sweep" in err
    (group,) = as_json(capsys, "errors", "plan-sweep")
    assert (group["error_type"], group["error"], group["runs"]) == ("ArithmeticError", "sabotage", 2)
    assert "raises" in Path(group["traceback"]).read_text(encoding="utf-8")
    out, _ = told(capsys, "errors", "plan-sweep")
    assert out.startswith("2 × ArithmeticError: sabotage\n")
    _, err = told(capsys, "replay", group["run_id"][:8], "plan-sweep", status=1)
    assert "ArithmeticError: sabotage" in err
    monkeypatch.delenv(RUNNER)
    out, _ = told(capsys, "replay", group["run_id"], "plan-sweep")
    assert "it had failed: sabotage; now it does not" in out
    assert as_json(capsys, *SWEEP, status=1)["failed"] == 2
    assert as_json(capsys, *SWEEP, "--on-error", "retry=1")["failed"] == 0


def test_stopping_at_an_error(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(RUNNER, SABOTAGE + "faulty")
    monkeypatch.setattr("sim.lab.store.parts.SECONDS", 0.0)
    out, err = told(capsys, *SWEEP, "--on-error", "stop", status=1)
    assert "1 failed" in out
    assert "stopped: a run has failed; to go on: python run.py" in err


def test_a_run_is_replayed(capsys: Captured) -> None:
    told(capsys, *SWEEP)
    (row,) = as_json(capsys, "query", "plan-sweep", "SELECT run_id, members FROM runs LIMIT 1")
    found = as_json(capsys, "replay", row["run_id"])
    assert (found["same"], found["metrics"]["members"]) == (True, row["members"])
    out, _ = told(capsys, "replay", row["run_id"][:10], "results/plan-sweep")
    assert "every number is the same" in out
    told(capsys, "replay", "0" * 24, status=2)


def test_status(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    told(capsys, *SWEEP)
    found = as_json(capsys, "status", "plan-sweep")
    assert (found["done"], found["missing"], found["outdated"]) == (6, 0, False)
    monkeypatch.setattr("sim.lab.runs.declared.model_version", lambda: "another")
    out, err = told(capsys, "status", "plan-sweep")
    assert "6 runs done" in out
    assert "another version of the model made these runs" in err
    told(capsys, "status", "nowhere", status=2)


def test_readers_say_that_runs_are_missing(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.lab.store.parts.SECONDS", 0.0)
    told(capsys, *SWEEP)
    parts = sorted(Path("results/plan-sweep/parts").glob("*.runs.parquet"))
    assert len(parts) == 6
    parts[0].write_bytes(parts[0].read_bytes()[:100])
    for words in (("query", "plan-sweep", "SELECT count(*) FROM runs"), ("status", "plan-sweep"),
                  ("errors", "plan-sweep"), ("export", "plan-sweep")):  # fmt: skip
        out, err = told(capsys, *words)
        assert out
        assert "note: 1 of 6 runs is missing: go on with python run.py sweep plan" in err
        assert "note: 1 part could not be read and lies in results/plan-sweep/parts/broken" in err
    assert as_json(capsys, "query", "plan-sweep", "SELECT count(*) AS n FROM runs") == [{"n": 5}]
    told(capsys, *SWEEP)
    assert "missing" not in told(capsys, "errors", "plan-sweep")[1]


def test_exports(capsys: Captured) -> None:
    told(capsys, *SWEEP)
    pytest.importorskip("xlsxwriter", reason="the extra 'excel' is not installed")
    for form, count in (("csv", 3), ("parquet", 3), ("xlsx", 1)):
        out, _ = told(capsys, "export", "plan-sweep", "--format", form, "--out", f"out-{form}")
        paths = [Path(line) for line in out.splitlines()]
        assert len(paths) == count
        assert all(path.is_file() for path in paths)
    for taken in ("plan.yaml", "plan.yaml/below"):
        _, err = told(capsys, "export", "plan-sweep", "--out", taken, status=2)
        assert err == "error: --out: plan.yaml is a file, not a folder. Name another folder.\n"
    assert len(Path("out-csv/runs.csv").read_text(encoding="utf-8").splitlines()) == 7
    assert len(Path("out-csv/daily.csv").read_text(encoding="utf-8").splitlines()) == 1 + 6 * 20


def test_queries_only_read(capsys: Captured) -> None:
    told(capsys, *SWEEP)
    out, _ = told(capsys, "query", "plan-sweep", "SELECT point, count(*) AS n FROM daily GROUP BY ALL ORDER BY 1")
    assert [line.split() for line in out.splitlines()] == [["point", "n"], ["0", "60"], ["1", "60"]]
    for sql in ("COPY runs TO 'x.csv'", "SELECT * FROM read_csv('plan.yaml')", "SELECT nothing FROM runs"):
        _, err = told(capsys, "query", "plan-sweep", sql, status=2)
        assert err.startswith("error: SQL: ")
    assert not Path("x.csv").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("sweep", "plan"), "nothing is varied"),
        (("sweep", "plan", "--vary", "mechanism.content.qualty=0,1"), "mechanism.content.quality"),
        (("sweep", "plan", "--vary", "mechanism.content.quality=0:1"), "--vary"),
        ((*SWEEP, "--on-error", "panic"), "continue, stop or retry=N"),
        ((*SWEEP, "--until-width", "memers=3"), "Did you mean 'members'"),
        ((*SWEEP, "--run-seconds", "3"), "--executor process"),
        ((*SWEEP, "--cluster", "tcp://127.0.0.1:1"), "--executor dask"),
        ((*SWEEP, "--reuse", "nowhere"), "there is no folder nowhere"),
        ((*SWEEP, "--runs", "5"), "--runs"),
        ((*SWEEP, "--out", "plan.yaml"), "is a file"),
        ((*SWEEP, "--out", "plan.yaml/below"), "plan.yaml is a file"),
        (("errors", "."), "no sweep"),
        (("query", "nowhere", "SELECT 1"), "no folder"),
    ],
)
def test_what_cannot_be_used_is_told(capsys: Captured, words: tuple[str, ...], message: str) -> None:
    out, err = told(capsys, *words, status=2)
    assert out == ""
    assert message in err
    assert "Traceback" not in err


def test_in_chinese(capsys: Captured) -> None:
    out, err = told(capsys, *SWEEP, "--lang", "zh")
    assert "完成6次" in out
    assert "计划" in err


def test_the_whole_way_with_processes(capsys: Captured) -> None:
    serial = as_json(capsys, *SWEEP, "--out", "a/serial")
    words = [word for word in SWEEP if word not in {"--executor", "serial"}]
    assert as_json(capsys, *words, "--out", "b/process", "--quiet")["digest"] == serial["digest"]
    assert not os.environ.get(RUNNER)


def test_the_example_of_a_query_stands_on_one_line(capsys: Captured) -> None:
    out, _ = told(capsys, "query", "--help")
    assert "\b" not in out
    assert "\\b" not in out
    (line,) = [line.strip() for line in out.splitlines() if "results/mine" in line]
    assert line.endswith("GROUP BY ALL ORDER BY 1'")


def test_examples_live_until_their_plan_has_sold_something() -> None:
    """Profit over days before anything is on sale is cost alone."""
    text = (ROOT / "README.md").read_text(encoding="utf-8").replace("\\\n", " ")
    examples = re.findall(r"run\.py (?:sweep|optimize) (\w+) .*--days (\d+)", text)
    assert len(examples) == 2
    for name, days in examples:
        assert int(days) > load(name).scenario.business.rocket.paid_products.day + 30
