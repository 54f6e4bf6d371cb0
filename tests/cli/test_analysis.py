"""``sensitivity``, ``optimize``, ``discover`` and the report of a sweep, on small scenarios."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sim.cli.sweeping import RUNNER
from sim.scenario.keys import difference
from sim.scenario.load import load
from tests.cli.commands import Captured, told
from tests.crash.sweeps import SABOTAGE

pytestmark = pytest.mark.usefixtures("folder")


VARY = ("--vary", "mechanism.content.quality=0:1", "--vary", "mechanism.content.posts_per_week=0:20")


def answer(capsys: Captured, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(told(capsys, *arguments, "--json", "--quiet")[0])
    return found


@pytest.mark.parametrize(
    ("method", "points"), [("sobol", 16), ("morris", 12), ("pawn", 12), ("delta", 20), ("tornado", None)]
)
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


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--method", "sobol", "--runs", "4"), "4, too few for sobol; expected at least 8 points (two blocks of 4)"),
        (("--second-order", "--runs", "3"), "3, too few for sobol; expected at least 12 points (two blocks of 6)"),
        (("--method", "morris", "--runs", "2"), "2, too few for morris; expected at least 6 points (two blocks of 3)"),
        (("--method", "pawn", "--runs", "9"), "9, too few for pawn; expected at least 10 points"),
        (("--method", "delta", "--runs", "3"), "3, too few for delta; expected at least 10 points"),
    ],
)  # fmt: skip
def test_too_few_points_are_refused_before_the_first_run(
    capsys: Captured, words: tuple[str, ...], expected: str
) -> None:
    _, err = told(capsys, "sensitivity", "plan", *VARY, *words, "--replicates", "1", status=2)
    assert f"--runs: runs is {expected}" in err
    assert not Path("results").exists()


def test_too_few_points_of_a_design_are_refused_at_their_line(capsys: Captured) -> None:
    text = "scenario: plan\nfactors: {mechanism.content.quality: 0:1, switches.energy: [true, false]}\n"
    Path("design.yaml").write_text(text + "sampler: {kind: saltelli, runs: 4}\n", encoding="utf-8")
    _, err = told(capsys, "sensitivity", "design.yaml", status=2)
    assert "design.yaml:3:33: runs is 4, too few for sobol" in err
    Path("design.yaml").write_text(text.replace("0:1", "[0, 1]"), encoding="utf-8")
    _, err = told(capsys, "sensitivity", "design.yaml", status=2)
    assert "4 different points are too few for pawn; expected at least 10 points" in err


@pytest.mark.parametrize("words", [(), ("--second-order",), ("--method", "morris")])
def test_methods_that_keep_constraints_are_named(capsys: Captured, words: tuple[str, ...]) -> None:
    Path("design.yaml").write_text(
        "scenario: plan\nfactors: {mechanism.content.quality: 0:1}\n"
        "sampler: {kind: lhs, runs: 12}\nconstraints: [mechanism.content.quality < 0.9]\n",
        encoding="utf-8",
    )
    asked = ("plan", *VARY, "--constraint", "mechanism.content.quality < 0.9")
    _, err = told(capsys, "sensitivity", *asked, *words, status=2)
    assert "--constraint mechanism.content.quality < 0.9: " in err
    assert "Take --method pawn or delta" in err
    if words:
        _, err = told(capsys, "sensitivity", "design.yaml", *words, status=2)
        assert "design.yaml:4:15: " in err
        assert "Take --method pawn or delta" in err
    assert not Path("results").exists()


def test_pairs_are_asked_for_and_their_cost_is_said_first(capsys: Captured) -> None:
    asked = (
        "sensitivity",
        "plan",
        *VARY,
        "--second-order",
        "--runs",
        "24",
        "--replicates",
        "2",
        "--outcome",
        "members",
    )
    _, err = told(capsys, *asked)
    assert "N (2 k + 2)" in err
    found = answer(capsys, *asked)
    assert len(found["pairs"]) == 1
    assert {*VARY[1::2]} == {
        f"{found['pairs'][0][each]}={spec}" for each, spec in (("first", "0:1"), ("second", "0:20"))
    }
    _, err = told(capsys, "sensitivity", "plan", *VARY, "--second-order", "--method", "morris", status=2)
    assert "--second-order" in err


def test_a_screening_names_the_command_that_looks_closer(capsys: Captured) -> None:
    asked = ("sensitivity", "plan", *VARY, "--method", "screen", "--runs", "40", "--replicates", "2", "--days", "9")
    out, _ = told(capsys, *asked, "--set", "entrance.seeds.number=20", "--outcome", "cost", "--seed", "3")
    following = out[out.index("python run.py sensitivity plan") :].splitlines()[0]
    for kept in (
        "posts_per_week=0:20",
        "--set entrance.seeds.number=20",
        "--set run.days=9",
        "--seed 3",
        "--outcome cost",
    ):
        assert kept in following
    assert "content.quality" not in following


def test_the_answer_comes_first_in_both_languages(capsys: Captured) -> None:
    asked = ("sensitivity", "plan", *VARY, "--method", "tornado", "--outcome", "members")
    out, _ = told(capsys, *asked)
    assert out.startswith("Answer. ")
    out, _ = told(capsys, *asked, "--lang", "zh")
    assert out.startswith("结论。")
    assert '<html lang="zh-CN"' in Path("results/plan-tornado/sensitivity.html").read_text(encoding="utf-8")[:200]


def test_a_design_file_brings_its_own_sampler_and_outcome(capsys: Captured) -> None:
    Path("design.yaml").write_text(
        "scenario: plan\nfactors: {mechanism.content.quality: 0:1, mechanism.content.warmth: 0:1}\n"
        "sampler: {kind: morris, runs: 9}\nreplicates: 2\noutcomes: [members]\n",
        encoding="utf-8",
    )
    found = answer(capsys, "sensitivity", "design.yaml")
    assert (found["method"], found["outcome"], found["result"]) == (
        "morris",
        "members",
        str(Path("results/design-morris")),
    )


@pytest.mark.parametrize("text", ["factors: {culture.promise: 0:1}", "sampler: lhs", "outcomes: [members]"])
@pytest.mark.parametrize("command", [("sensitivity",), ("discover", "--where", "cost < 1"),
                                     ("optimize", "--maximize", "members")], ids=lambda words: words[0])  # fmt: skip
def test_a_design_without_a_scenario_says_so(capsys: Captured, command: tuple[str, ...], text: str) -> None:
    Path("design.yaml").write_text(text + "\n", encoding="utf-8")
    _, err = told(capsys, *command, "design.yaml", status=2)
    assert err.removeprefix("error: ") == (
        "design.yaml:1:1: scenario is missing; expected the name or path of the scenario that is varied\n"
    )


def test_failed_runs_are_refused_with_the_command_that_fills_them(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("failing.py").write_text(
        "from sim.lab.executors.work import lived\n"
        "def runner(scenario, replicate, market, threads):\n"
        "    if replicate == 1 and scenario.mechanism.content.quality > 0.9:\n"
        "        raise RuntimeError('unlucky')\n"
        "    return lived(scenario, replicate, market, threads)\n",
        encoding="utf-8",
    )
    asked = ("sensitivity", "plan", *VARY, "--method", "tornado")
    monkeypatch.setenv("PYTHONPATH", str(Path.cwd()), prepend=":")
    monkeypatch.setenv(RUNNER, "failing:runner")
    _, err = told(capsys, *asked, status=2)
    assert "runs are missing, 1 of them failed" in err
    assert "--on-error retry=1" in err
    monkeypatch.delenv(RUNNER)
    out, _ = told(capsys, *asked, "--on-error", "retry=1")
    assert out.startswith("Answer. ")


def test_a_missing_metric_is_named_with_the_nearest(capsys: Captured) -> None:
    _, err = told(capsys, "sensitivity", "plan", *VARY, "--outcome", "stron", status=2)
    assert "Did you mean 'strong'?" in err
    _, err = told(capsys, "optimize", "plan", *VARY, "--maximize", "profits", status=2)
    assert "Did you mean 'profit'?" in err
    _, err = told(capsys, "optimize", "plan", *VARY, status=2)
    assert "nothing is wanted" in err


def test_an_outcome_is_wanted_once(capsys: Captured) -> None:
    asked = ("optimize", "plan", *VARY, "--maximize", "strong", "--minimize")
    _, err = told(capsys, *asked, "strong", status=2)
    assert "--minimize: 'strong' is wanted twice; expected each outcome once" in err
    _, err = told(capsys, *asked[:-1], "--maximize", "strong", status=2)
    assert "--maximize: 'strong' is wanted twice" in err
    _, err = told(capsys, *asked, "worst_tenth(strong)", "--constraint-on", "cost < 1", status=2)
    assert "--constraint-on: cannot read the requirement" in err, "the worst of it is another outcome"


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
    assert "0 of 24 points meet" in err
    assert "it lies between" in err
    _, err = told(capsys, "discover", "mine", "--where", "membrs > 1", status=2)
    assert "--where: unknown outcome 'membrs'" in err
    assert "Did you mean 'members'?" in err
    for command in ("sensitivity", "optimize"):
        more = ("--maximize", "members") if command == "optimize" else ()
        _, err = told(capsys, command, "mine", *VARY, *more, status=2)
        assert "'mine' is a folder; expected a scenario or a design file. 'discover' and 'report' take" in err


def test_a_discovery_that_cannot_be_is_refused_before_the_first_run(capsys: Captured) -> None:
    for where in ("profit <", "profit", "< 0"):
        _, err = told(capsys, "discover", "plan", *VARY, "--where", where, status=2)
        assert f"--where: cannot read the condition '{where}'; expected such as 'profit < 0'" in err
    _, err = told(capsys, "discover", "plan", *VARY, "--where", "proft < 0", status=2)
    assert "--where: unknown outcome 'proft'" in err
    _, err = told(capsys, "discover", "nowhere", *VARY, "--where", "profit < 0", status=2)
    assert "there is no scenario, design file or folder 'nowhere'" in err
    Path("empty").mkdir()
    _, err = told(capsys, "discover", "empty", "--where", "profit < 0", status=2)
    assert "empty: this is no sweep's folder" in err
    assert not Path("results").exists()


def _most_members(folder: Path) -> float:
    from sim.lab.runs.declared import Declared
    from sim.lab.store.ledger import read_ledger
    from sim.lab.store.query import read_runs

    table = read_runs(read_ledger(folder, Declared.read(folder).version))
    return float(table["members"].max())


def test_the_best_plan_is_a_file_that_differs_only_where_it_should(capsys: Captured) -> None:
    pytest.importorskip("optuna", reason="the extra 'analysis' is not installed")
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
    pytest.importorskip("optuna", reason="the extra 'analysis' is not installed")
    found = answer(capsys, "optimize", "plan", *VARY, "--maximize", "members", "--minimize", "cost",
                   "--budget-runs", "80", "--replicates", "5")  # fmt: skip
    assert all(len(proof["gains"]) == 2 for proof in found["proofs"])
    assert "What can be had for what" in Path(found["page"]).read_text(encoding="utf-8")


def test_every_plan_meets_the_same_uncertain_worlds(capsys: Captured) -> None:
    pytest.importorskip("optuna", reason="the extra 'analysis' is not installed")
    found = answer(capsys, "optimize", "plan", "--vary", "mechanism.content.quality=0:1", "--maximize", "members",
                   "--assume", "culture.promise=0.2:0.8", "--budget-runs", "24", "--replicates", "5")  # fmt: skip
    assert found["searched"] == 24
    assert "culture.promise" not in found["setting"]


SEARCH = ("optimize", "plan", *VARY, "--maximize", "members", "--budget-runs", "24", "--replicates", "5")
SENSITIVITY = ("sensitivity", "plan", *VARY, "--method", "tornado", "--outcome", "members")
DISCOVERY = ("discover", "plan", *VARY, "--runs", "8", "--where", "members >= 1")


@pytest.mark.parametrize("asked", [("sweep", "plan", *VARY, "--sampler", "lhs", "--runs", "8"), SENSITIVITY, DISCOVERY,
                                   SEARCH], ids=lambda asked: asked[0])  # fmt: skip
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--executor", "serial", "--run-seconds", "3"), "Take --executor process."),
        (("--executor", "serial", "--run-memory", "900"), "Take --executor process."),
        (("--cluster", "tcp://127.0.0.1:1"), "Add --executor dask."),
        (("--on-error", "panic"), "continue, stop or retry=N"),
    ],
)
def test_how_runs_are_made_is_asked_for_alike(
    capsys: Captured, asked: tuple[str, ...], words: tuple[str, ...], message: str
) -> None:
    out, err = told(capsys, *asked, *words, status=2)
    assert out == ""
    assert message in err
    assert "Traceback" not in err


@pytest.mark.parametrize("asked", [SENSITIVITY, DISCOVERY], ids=lambda asked: asked[0])
def test_runs_of_a_named_sweep_are_taken_over(capsys: Captured, asked: tuple[str, ...]) -> None:
    words = [word.replace("members >= 1", "members >= 36.5") for word in asked]
    told(capsys, *words, "--executor", "serial", "--out", "a/first")
    _, err = told(capsys, *words, "--executor", "serial", "--out", "b/second", "--reuse", "a/first")
    assert ", 0 of them to do" in err
    assert "there is no folder nowhere" in told(capsys, *words, "--reuse", "nowhere", status=2)[1]


@pytest.mark.parametrize("asked", [SENSITIVITY, DISCOVERY, SEARCH], ids=lambda asked: asked[0])
def test_a_failed_run_may_stop_it(capsys: Captured, monkeypatch: pytest.MonkeyPatch, asked: tuple[str, ...]) -> None:
    monkeypatch.setenv(RUNNER, SABOTAGE + "faulty")
    _, err = told(capsys, *asked, "--executor", "serial", "--on-error", "stop", status=2)
    assert "stopped: a run has failed" in err
    assert f"To go on: python run.py {asked[0]} plan" in err


def test_failed_runs_of_a_discovery_are_told(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(RUNNER, SABOTAGE + "faulty")
    words = [word.replace("members >= 1", "members >= 36.5") for word in DISCOVERY]
    _, err = told(capsys, *words, "--executor", "serial")
    assert "note: 8 runs have failed; what went wrong: " in err
    assert "errors results/plan-discover\n" in err


def test_failed_runs_of_a_search_do_not_stop_it(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("optuna", reason="the extra 'analysis' is not installed")
    asked = (*SEARCH, "--executor", "serial", "--out", "best")
    monkeypatch.setenv(RUNNER, SABOTAGE + "faulty")
    _, err = told(capsys, *asked)
    (group,) = json.loads(told(capsys, "errors", "best", "--json")[0])
    assert (group["error_type"], group["error"]) == ("ArithmeticError", "sabotage")
    assert f"note: {group['runs']} runs have failed; what went wrong: " in err
    assert " errors best\n" in err
    assert "ArithmeticError: sabotage" in told(capsys, "replay", group["run_id"][:9], "best", status=1)[1]
    monkeypatch.delenv(RUNNER)
    assert "now it does not" in told(capsys, "replay", group["run_id"], "best")[0]
    assert answer(capsys, *asked)["failed"] == group["runs"], "they are not made again unasked"
    assert answer(capsys, *asked, "--on-error", "retry=1")["failed"] == 0
    assert told(capsys, "errors", "best")[0] == "no run has failed\n"


def test_a_search_of_which_nothing_works_is_an_error(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("optuna", reason="the extra 'analysis' is not installed")
    monkeypatch.setenv(RUNNER, SABOTAGE + "hopeless")
    _, err = told(capsys, *SEARCH, "--executor", "serial", "--out", "best", status=2)
    assert "all 24 runs of the search have failed" in err
    monkeypatch.delenv(RUNNER)
    assert answer(capsys, *SEARCH, "--executor", "serial", "--out", "best", "--on-error", "retry=1")["failed"] == 0


def test_the_folder_of_a_search_is_open_to_all_commands(capsys: Captured) -> None:
    pytest.importorskip("optuna", reason="the extra 'analysis' is not installed")
    found = answer(capsys, *SEARCH, "--executor", "serial", "--out", "best")
    runs = found["searched"] + found["fresh"]
    state = json.loads(told(capsys, "status", "best", "--json")[0])
    assert (state["done"], state["failed"], state["missing"], state["finished"]) == (runs, 0, 0, True)
    assert state["replicates"] is None, "not every point has as many"
    out, _ = told(capsys, "status", "best", "--lang", "zh")
    assert out.startswith(f"搜索：目前{state['points']}个点\n")
    asked = "SELECT count(*) AS runs, count(DISTINCT runs.point) AS points FROM runs JOIN plan USING (point)"
    (row,) = json.loads(told(capsys, "query", "best", asked, "--json")[0])
    assert row == {"runs": runs, "points": state["points"]}
    written = told(capsys, "export", "best", "--format", "csv", "--out", "tables")[0].splitlines()
    assert [Path(line).name for line in written] == ["runs.csv", "daily.csv", "plan.csv"]
    run_id = json.loads(told(capsys, "query", "best", "SELECT max(run_id) AS id FROM runs", "--json")[0])[0]["id"]
    assert "every number is the same" in told(capsys, "replay", run_id, "best")[0]
    assert told(capsys, "report", "best", "--outcome", "members")[0] == f"{Path('best', 'report.html')}\n"


def test_a_search_says_the_same_whoever_makes_its_runs(capsys: Captured) -> None:
    pytest.importorskip("optuna", reason="the extra 'analysis' is not installed")
    kinds = (("--executor", "serial"), ("--workers", "1"), ("--workers", "3"))
    found = [answer(capsys, *SEARCH, *kind, "--out", f"best{number}") for number, kind in enumerate(kinds)]
    digests = {json.loads(told(capsys, "status", f"best{number}", "--json")[0])["digest"] for number in range(3)}
    assert len(digests) == 1
    assert found[0]["proofs"] == found[1]["proofs"] == found[2]["proofs"]
