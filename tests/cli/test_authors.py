"""``check``, ``show``, ``list``, ``schema``, ``init``, and what all commands share."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sim.cli import main
from sim.cli.app import COMMANDS
from sim.cli.options import default_language
from sim.scenario import load, parameters
from tests.cli.conftest import ROOT, Program

Captured = pytest.CaptureFixture[str]
pytestmark = pytest.mark.usefixtures("folder")


def test_check_tells_all_mistakes_at_once(capsys: Captured) -> None:
    Path("bad.yaml").write_text("market: {people: x}\nrun: {days: 0}\n", encoding="utf-8")
    Path("goal.yaml").write_text("extends: plan\ngoals: [stong >= 3]\n", encoding="utf-8")
    assert main(["check", "bad.yaml", "plan", "goal"]) == 2
    captured = capsys.readouterr()
    assert captured.out == "plan: fine\n"
    for part in (
        "bad.yaml:1:18: ",
        "bad.yaml:2:13: ",
        "goal.yaml:2:9: unknown metric 'stong'",
        "Did you mean 'strong'?",
    ):
        assert part in captured.err
    assert main(["check", "--json", "bad.yaml", "plan"]) == 2
    found = json.loads(capsys.readouterr().out)
    assert [(each["file"], len(each["errors"])) for each in found] == [("bad.yaml", 2), ("plan", 0)]


def test_show_gives_a_file_that_means_the_same(capsys: Captured) -> None:
    for more in ([], ["--resolved"], ["--resolved", "--lang", "zh"]):
        assert main(["show", "rival", *more]) == 0
        Path("shown.yaml").write_text(capsys.readouterr().out, encoding="utf-8")
        assert load("shown.yaml").scenario == load("rival").scenario
    text = Path("shown.yaml").read_text(encoding="utf-8")
    assert "市场总人数" in text
    assert "合理范围 30 至 180" in text, "the origin of a value"


def test_list(capsys: Captured) -> None:
    Path("scenarios").mkdir()
    Path("scenarios/mine.yaml").write_text("title: {en: My own, zh: 我的}\n", encoding="utf-8")
    Path("scenarios/broken.yaml").write_text("title: [", encoding="utf-8")
    assert main(["list"]) == 0
    assert "My own" in capsys.readouterr().out
    assert main(["list", "scenarios", "mine", "--lang", "zh", "--json"]) == 0
    assert [row["title"] for row in json.loads(capsys.readouterr().out)] == ["我的"]
    assert main(["list", "scenarios", "scenarios"]) == 0, "the folder of the files is not what is searched"
    assert capsys.readouterr() == ("", "nothing with 'scenarios' among the scenarios\n")
    assert main(["list", "scenarios", "mine", "more"]) == 2
    assert "unexpected extra argument" in capsys.readouterr().err
    assert main(["list", "parameters", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == len(list(parameters()))
    assert main(["list", "parameters", "warmth"]) == 0
    assert "mechanism.content.warmth" in capsys.readouterr().out
    assert main(["list", "metrics", "--lang", "zh"]) == 0
    assert "强关系" in capsys.readouterr().out
    assert main(["list", "parameters", "no such thing"]) == 0


def test_list_by_origin(capsys: Captured) -> None:
    assert main(["list", "parameters", "--json"]) == 0
    rows = {row["key"]: row for row in json.loads(capsys.readouterr().out)}
    tie, people = rows["mechanism.attention.tie"], rows["market.people"]
    assert (tie["origin"], tie["low"], tie["high"], tie["neutral"]) == ("design", 0.5, 4.0, 0.0)
    assert tie["sign_assumed"] is True and tie["reason"]
    assert [people[name] for name in ("origin", "low", "high", "reason", "sign_assumed")] == [None] * 5
    listed: list[str] = []
    for origin in ("published", "calibrated", "design"):
        assert main(["list", "parameters", "--origin", origin, "--json"]) == 0
        listed += [row["key"] for row in json.loads(capsys.readouterr().out)]
    assert sorted(listed) == sorted(key for key, row in rows.items() if row["origin"])
    assert main(["list", "parameters", "--origin", "published"]) == 0
    shown = next(line for line in capsys.readouterr().out.splitlines() if "loss_aversion" in line)
    assert "1 … 2.5" in shown and "sign assumed" in shown and "Tversky" in shown
    assert main(["list", "parameters", "warmth", "--origin", "design", "--lang", "zh"]) == 0
    assert "方向为假定" in capsys.readouterr().out


def test_an_origin_that_there_is_none_of_is_refused(capsys: Captured) -> None:
    assert main(["list", "parameters", "--origin", "guessed"]) == 2
    assert "'published', 'calibrated', 'design'" in capsys.readouterr().err
    assert main(["list", "metrics", "--origin", "design"]) == 2
    assert "list parameters --origin design" in capsys.readouterr().err
    assert main(["list", "parameters", "no such thing", "--origin", "design"]) == 0
    assert capsys.readouterr().err == "nothing with 'no such thing' of origin 'design' among the parameters\n"


def test_schema_is_json(capsys: Captured) -> None:
    for language in ("en", "zh"):
        assert main(["schema", "--lang", language]) == 0
        assert "market" in json.loads(capsys.readouterr().out)["properties"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_init_writes_a_scenario_once(capsys: Captured, language: str) -> None:
    assert main(["init", "我的.yaml", "--lang", language]) == 0
    assert main(["check", "我的.yaml"]) == 0
    text = Path("我的.yaml").read_text(encoding="utf-8")
    Path("played.yaml").write_text(text.replace("# playbook", "playbook").replace("#   - {day", "  - {day"), "utf-8")
    assert load("played.yaml").scenario.playbook[0].day == 90
    assert main(["init", "我的.yaml"]) == 2
    assert "there already" in capsys.readouterr().err
    assert Path("我的.yaml").read_text(encoding="utf-8") == text
    assert main(["init", "no/such/place.yaml"]) == 2
    for name, hint in (("x.txt", "Choose another name."), ("x", "Write x.yaml."), ("x.json", "Choose another name.")):
        assert main(["init", name]) == 2
        expected = f"{name}: no scenario has such a name; expected an ending .yaml or .yml. {hint}"
        assert expected in capsys.readouterr().err
        assert not Path(name).exists()


def test_help_of_every_command(capsys: Captured) -> None:
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(f"\n  {name} " in out for name in COMMANDS)
    for name in COMMANDS:
        assert main([name, "--help"]) == 0
        assert "Options:" in capsys.readouterr().out
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("community-growth ")


@pytest.mark.parametrize(
    "arguments", ["--help", "run --help", "check plan", "list", "list parameters tie", "show plan"]
)
def test_light_commands_import_nothing_heavy(arguments: str) -> None:
    code = (
        "import sys; from sim.cli import main; main(sys.argv[1:]);"
        "sys.exit(','.join({'mesa', 'numba', 'pandas', 'plotly', 'pyarrow', 'scipy'} & set(sys.modules)) or 0)"
    )
    call = [sys.executable, "-c", code, *arguments.split()]
    done = subprocess.run(call, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(ROOT)})
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
    ],
)
def test_the_language_is_the_environments(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], language: str
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert default_language() == language


BAD = [
    ([], "Usage:"),
    (["rnu", "plan"], "Did you mean 'run'?"),
    (["run", "plan", "--seeds", "3"], "--seed"),
    (["run"], "Missing argument"),
    (["run", "plna"], "Did you mean 'plan'?"),
    (["run", "plan", "--days", "soon"], "'soon'"),
    (["run", "plan", "--days", "-3"], "--days: run.days is -3; expected a whole number"),
    (["run", "plan", "--replicates", "0"], "--replicates: "),
    (["run", "plan", "--seed", "-1"], "--seed: "),
    (["run", "plan", "--threads", "0"], "--threads"),
    (["run", "plan", "--set", "market.peple=3"], "Did you mean 'market.people'?"),
    (["run", "plan", "--set", "market.people"], "KEY=VALUE"),
    (["run", "plan", "--set", "goals=[stong >= 1]"], "Did you mean 'strong'?"),
    (["run", "plan", "--lang", "de"], "'de'"),
    (["run", "plan", "--out", "plan.yaml"], "is a file"),
    (["run", "plan", "--out", "a/b/c"], "does not exist"),
    (["run", "plan", "--out", "x" * 300], "cannot be written"),
    (["run", "plan", "--driver", "walk", "--days", "36500"], "Use driver sweep"),
    (["compare", "plan"], "two scenarios or more"),
    (["compare", "plan", "rival", "--attribution-replicates", "-1"], "-1"),
    (["report", "nowhere"], "not a result folder"),
    (["list", "people"], "people"),
    (["check", "notes.txt"], "'notes.txt' is no scenario file; expected a file that ends in .yaml, .yml or .json"),
    (["sweep", "notes.txt", "--vary", "market.people=1,2"], "'notes.txt' is no scenario file"),
    (["sensitivity", "notes.txt"], "'notes.txt' is no scenario file"),
    (["discover", "notes.txt", "--where", "profit < 0"], "'notes.txt' is no scenario file"),
    (["sweep", "plan", "--vary", "plan=plan,notes.txt"], "'notes.txt' is no scenario file"),
    (["sweep", "study.yaml"], "study.yaml:1:11: 'notes.txt' is no scenario file"),
    (["show", "plan", "--set", "run.days=x"], "run.days"),
]


@pytest.mark.parametrize(("arguments", "part"), BAD, ids=[" ".join(each)[:40] or "nothing" for each, _ in BAD])
def test_bad_input_is_told_without_a_traceback(capsys: Captured, arguments: list[str], part: str) -> None:
    Path("notes.txt").write_text("secret: 1\nsecret\n", encoding="utf-8")
    Path("study.yaml").write_text("scenario: notes.txt\nfactors: {market.people: [1, 2]}\n", encoding="utf-8")
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert part in captured.err
    assert "Traceback" not in captured.err
    assert "secret" not in captured.err
    assert captured.out == ""
    assert not Path("results").exists() or not any(Path("results").iterdir())


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setitem(sys.modules, "sim.cli.result", None)
    with pytest.raises(ModuleNotFoundError):  # one of our own is a fault of the program
        main(["run", "plan"])
    monkeypatch.setitem(sys.modules, "rich.cells", None)
    monkeypatch.delitem(sys.modules, "sim.views.columns", raising=False)
    assert main(["list"]) == 2
    assert "pip install" in capsys.readouterr().err


def test_another_sim_in_the_way_is_refused(folder: Path, program: Program) -> None:
    assert program("--version").returncode == 0
    code = f"import sys, types; sys.modules['sim'] = m = types.ModuleType('sim'); m.__path__ = [{str(ROOT / 'sim')!r}];"
    code += f"m.__file__ = '/elsewhere/sim/__init__.py'; m.__version__ = '0'; sys.path.insert(0, {str(ROOT)!r});"
    code += "import run; sys.exit(run.start())"
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "another package named 'sim'" in done.stderr
