"""``run``, ``compare`` and ``report`` on small scenarios."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sim.cli import main
from sim.lab.store import read_table

pytestmark = pytest.mark.usefixtures("folder")

Captured = pytest.CaptureFixture[str]


def told(capsys: Captured, *arguments: str, status: int = 0) -> tuple[str, str]:
    capsys.readouterr()
    assert main(arguments) == status, capsys.readouterr().err
    captured = capsys.readouterr()
    return captured.out, captured.err


def summary(capsys: Captured, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(told(capsys, *arguments, "--json", "--quiet")[0])
    return found


def test_run_writes_a_result_folder_and_names_the_report(capsys: Captured) -> None:
    out, err = told(capsys, "run", "plan")
    assert out.splitlines()[-1] == str(Path("results", "plan", "report.html"))
    assert "strong ties" in out
    assert "90 % interval" in out
    assert "members >= 1 by day 10" in out
    assert "runs: 6" in err
    names = {path.name for path in Path("results/plan").iterdir()}
    assert {"manifest.json", "summary.json", "report.html", "series.parquet", "events.parquet"} <= names
    series = read_table(Path("results/plan"), "series")
    assert len(series) == 6 * 20
    assert set(series["none"] + series["weak"] + series["strong"]) == {80}
    manifest = json.loads(Path("results/plan/manifest.json").read_text(encoding="utf-8"))
    assert manifest["remake"] == "python run.py run plan"
    assert manifest["scenarios"][0]["market"]["people"] == 80


def test_compare_pairs_the_plans_and_explains_the_difference(capsys: Captured) -> None:
    found = summary(capsys, "compare", "plan.yaml", "rival.yaml", "--attribution-replicates", "3")
    assert [entry["file"] for entry in found["scenarios"]] == ["plan.yaml", "rival.yaml"]
    rows = {row["metric"]: row for row in found["differences"]}
    assert rows["strong"]["baseline"] == "plan"
    assert set(rows["strong"]["overtakes"]) >= {"share", "median", "clear_day"}
    folder = Path(found["result"])
    assert folder == Path("results/plan-vs-rival")
    assert set(read_table(folder, "levers")["key"]) == {"mechanism.content.warmth", "culture.promise"}
    attribution = read_table(folder, "attribution")
    assert set(attribution["part"]) == {"groups", "mechanisms"}
    assert set(attribution["n"]) == {3}
    strong = attribution[(attribution["metric"] == "strong") & (attribution["part"] == "groups")]
    series = read_table(folder, "series").query("day == 19 and replicate < 3").groupby("scenario")["strong"].mean()
    assert strong["mean"].sum() == pytest.approx(series["rival"] - series["plan"])
    out, _ = told(capsys, "compare", "plan.yaml", "rival.yaml", "--attribution-replicates", "3")
    assert "rival against plan (A small plan), 6 replicates" in out


def test_threads_change_nothing(capsys: Captured) -> None:
    digests = [summary(capsys, "run", "plan", "--threads", n, "--out", n)["digest"] for n in ("1", "2", "5")]
    assert len(set(digests)) == 1
    assert Path("1/series.parquet").read_bytes() == Path("5/series.parquet").read_bytes()


def test_walk_gives_the_same(capsys: Captured) -> None:
    small = ("run", "plan", "--replicates", "2", "--days", "5")
    swept, walked = (summary(capsys, *small, "--driver", name, "--out", name) for name in ("sweep", "walk"))
    assert swept["digest"] == walked["digest"]
    assert swept["study"] == walked["study"]


def test_a_finished_study_is_found_and_its_report_translated(capsys: Captured) -> None:
    told(capsys, "run", "plan")
    series, report = Path("results/plan/series.parquet"), Path("results/plan/report.html")
    before = (series.stat().st_mtime_ns, report.stat().st_mtime_ns)
    out, err = told(capsys, "run", "plan", "--threads", "1")
    assert "found finished in" in err
    assert out.splitlines()[-1] == str(report)
    assert (series.stat().st_mtime_ns, report.stat().st_mtime_ns) == before
    out, _ = told(capsys, "run", "plan", "--lang", "zh")
    assert "强关系人数" in out
    assert "小方案" in report.read_text(encoding="utf-8")[:5000]
    assert series.stat().st_mtime_ns == before[0]
    told(capsys, "report", "plan", "--lang", "en")
    assert '<html lang="en"' in report.read_text(encoding="utf-8")[:200]


def test_another_study_is_never_overwritten(capsys: Captured) -> None:
    first = summary(capsys, "run", "plan")["digest"]
    _, err = told(capsys, "run", "plan", "--seed", "8", status=2)
    assert "it differs in run.seed" in err
    assert "--force" in err
    assert summary(capsys, "run", "plan")["digest"] == first
    assert summary(capsys, "run", "plan", "--seed", "8", "--force")["digest"] != first
    _, err = told(capsys, "run", "rival", "--out", "results/plan", status=2)
    assert "it is about plan" in err
    Path("results/plan/series.parquet").unlink()
    assert "damaged" in told(capsys, "run", "plan", status=2)[1]


def test_what_is_no_result_stays(capsys: Captured) -> None:
    Path("mine").mkdir()
    Path("mine/notes.txt").write_text("mine", encoding="utf-8")
    for force in ([], ["--force"]):
        assert "other things" in told(capsys, "run", "plan", "--out", "mine", *force, status=2)[1]
    assert Path("mine/notes.txt").read_text(encoding="utf-8") == "mine"


def test_unequal_scenarios_are_made_equal_and_it_is_said(capsys: Captured) -> None:
    text = "extends: plan\nrun: {days: 9, seed: 3}\nmarket: {people: 90}\n"
    Path("longer.yaml").write_text(text, encoding="utf-8")
    _, err = told(capsys, "compare", "plan", "longer", "--attribution-replicates", "0")
    for part in ("run.days is 20 as in 'plan', not 9", "run.seed is 7", "market is not that of 'plan'"):
        assert part in err
    series = read_table(Path("results/plan-vs-longer"), "series")
    assert series.groupby("scenario")["day"].max().to_dict() == {"longer": 19, "plan": 19}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("plan", "plan"), "'plan' is named twice; expected plans that differ in more than names"),
        (("plan", "plan.yaml"), "'plan' and 'plan.yaml' are the same plan; expected plans that differ"),
        (("plan", "copy.yaml"), "'plan' and 'copy.yaml' are the same plan; expected"),
        (("plan", "child"), "'plan' and 'child' are the same plan but for the name; expected"),
        (("plan", "renamed"), "'plan' and 'renamed' are the same plan but for the name"),
        (("plan", "rival", "renamed"), "'plan' and 'renamed' are the same plan but for the name"),
        (("rival", "plan", "renamed"), "'plan' and 'renamed' are the same plan but for the name"),
        (("plan", "shorter"), "'plan' and 'shorter' are the same plan but for the name"),
        (("plan", "warm", "--set", "mechanism.content.warmth=0.9"), "'plan' and 'warm' are the same plan"),
    ],
)
def test_plans_that_are_the_same_are_refused_before_the_first_run(
    capsys: Captured, words: tuple[str, ...], message: str
) -> None:
    plan = Path("plan.yaml").read_text(encoding="utf-8")
    for name, text in {
        "copy": plan,
        "child": "extends: plan\n",
        "renamed": plan.replace("name: plan", "name: other").replace("A small plan", "Another title"),
        "shorter": "extends: plan\nrun: {days: 5, seed: 3, replicates: 2}\n",
        "warm": "extends: plan\nmechanism: {content: {warmth: 0.9}}\n",
    }.items():
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")
    out, err = told(capsys, "compare", *words, status=2)
    assert message in err
    assert out == ""
    assert "runs:" not in err
    assert not Path("results").exists()


def test_a_plan_under_two_sets_of_goals_can_be_compared(capsys: Captured) -> None:
    text = "extends: plan\nname: modest\ngoals: [members >= 2]\n"
    Path("modest.yaml").write_text(text, encoding="utf-8")
    found = summary(capsys, "compare", "plan", "modest")
    assert [len(entry["goals"]) for entry in found["scenarios"]] == [2, 1]
    assert {row["verdict"] for row in found["differences"] if row["n"]} == {"identical"}


def test_options_reach_every_scenario(capsys: Captured) -> None:
    options = ("--set", "market.people=50", "--days", "7", "--replicates", "2", "--seed", "1")
    found = summary(capsys, "compare", "plan", "rival", *options)
    assert (found["days"], found["seed"], found["scenarios"][1]["replicates"]) == (7, 1, 2)
    assert "too few" in told(capsys, "compare", "plan", "rival", *options)[0]


def test_one_replicate_has_no_intervals(capsys: Captured) -> None:
    out, _ = told(capsys, "run", "plan", "--replicates", "1", "--days", "1")
    assert "nan" not in out.lower()
    assert "–" in out


def test_a_plan_without_an_entry_of_its_playbook(capsys: Captured) -> None:
    entry = "{name: pause, title: {en: A pause, zh: 停更}, day: 5, for: 5, set: {mechanism.content.posts_per_week: 0}}"
    asked = ("compare", "plan.yaml", "--set", f"playbook=[{entry}]", "--twin", "pause", "--attribution-replicates", "0")
    found = summary(capsys, *asked)
    assert [each["file"] for each in found["scenarios"]] == ["plan.yaml without pause", "plan.yaml"]
    assert [each["name"] for each in found["scenarios"]] == ["plan-without-pause", "plan"]
    assert found["recovery"]["happened"] == 6
    assert "“停更”在6次重复中发生了6次" in told(capsys, *asked, "--lang", "zh")[0]
    _, err = told(capsys, "compare", "plan.yaml", "--twin", "pause", status=2)
    assert "--twin: the playbook of 'plan' has no entry 'pause'; expected a plan that has a playbook" in err
    _, err = told(capsys, "compare", "plan.yaml", "rival.yaml", "--twin", "0", status=2)
    assert "--twin with 2 plans; expected one plan" in err
