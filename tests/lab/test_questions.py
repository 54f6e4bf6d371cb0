"""The six questions from Python, as a notebook asks them: without the command line, and silent."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sim.errors import InputError
from sim.lab.progress import Progress
from sim.lab.questions.answer import Interrupted
from sim.lab.questions.sensitivity import sensitivity
from sim.lab.questions.standing import Standing
from sim.lab.questions.sweep import sweep
from sim.lab.runs.sweep import Settings
from sim.lab.search.planfile import plan_text
from sim.scenario.load import load
from tests.architecture.tree import ROOT

PLAN = "name: plan\ntitle: {en: A small plan, zh: 小方案}\nrun: {days: 12, replicates: 2}\nmarket: {people: 100}\n"
QUALITY, POSTS = "mechanism.content.quality=0:1", "mechanism.content.posts_per_week=0:20"
SERIAL = Settings(executor="serial")

ASKED = """
import importlib.util, json, sys
sys.modules["click"] = None  # nothing of the command line can be used

from sim.lab.progress import Progress
from sim.lab.questions.compare import compare
from sim.lab.questions.discover import discover
from sim.lab.questions.optimise import optimise
from sim.lab.questions.run import run
from sim.lab.questions.sensitivity import sensitivity
from sim.lab.questions.sweep import sweep
from sim.lab.runs.sweep import Settings
from sim.views.told import told

QUALITY, POSTS = "mechanism.content.quality=0:1", "mechanism.content.posts_per_week=0:20"
SERIAL = Settings(executor="serial")


class Heard(Progress):
    def __init__(self):
        self.said = []

    def plan(self, workload):
        self.said.append(["plan", workload.runs, workload.todo])

    def begin(self, stage, total):
        self.said.append(["begin", stage, total])

    def end(self):
        self.said.append(["end"])


heard = Heard()
questions = {
    "run": lambda: run("plan", replicates=3),
    "compare": lambda: compare(["plan", "rival"], explaining=0),
    "sweep": lambda: sweep("plan", vary=[QUALITY, POSTS], sampler="lhs", runs=12, settings=SERIAL, progress=heard),
    "sensitivity": lambda: sensitivity(
        "plan", vary=[QUALITY, POSTS], method="morris", runs=6, replicates=2, outcome="members", settings=SERIAL
    ),
    "discover": lambda: discover("plan-sweep", where=f"members >= {middle}"),
}
if importlib.util.find_spec("optuna"):
    questions["optimise"] = lambda: optimise(
        "plan", maximise=["members"], vary=[QUALITY], budget=20, replicates=5, settings=SERIAL
    )
found, middle = {}, 0
for name, ask in questions.items():
    answer = ask()
    if name == "sweep":
        middle = answer.tables["runs"].groupby("point")["members"].mean().median()
    said = {lang: told(answer, lang) for lang in ("en", "zh")}
    again = ask()
    found[name] = {
        "folder": str(answer.folder), "made": answer.made, "again": again.made, "failed": answer.failed,
        "remake": answer.remake, "tables": {table: len(frame) for table, frame in answer.tables.items()},
        "pages": {lang: [each.page[:200], len(each.page)] for lang, each in said.items()},
        "sentences": {lang: each.sentences for lang, each in said.items()},
        "text": said["en"].text, "written": str(said["zh"].write()),
    }
found["heard"] = heard.said
with open("found.json", "w", encoding="utf-8") as file:
    json.dump(found, file)
"""

QUESTIONS = {
    "run": {"series", "events"},
    "compare": {"series", "levers", "attribution"},
    "sweep": {"runs", "daily", "plan"},
    "sensitivity": {"scores", "tornado", "runs", "alone"},
    "discover": {"limits", "steps", "runs"},
    "optimise": {"tried", "runs"},
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a process without click has asked and found."""
    folder = tmp_path_factory.mktemp("asked")
    (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (folder / "rival.yaml").write_text("extends: plan\nmechanism: {content: {warmth: 0.9}}\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", ASKED], cwd=folder, capture_output=True, encoding="utf-8", check=False, timeout=300,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    answers: dict[str, Any] = json.loads((folder / "found.json").read_text(encoding="utf-8"))
    return answers


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_is_asked_and_told_without_the_command_line(found: dict[str, Any], name: str) -> None:
    if name not in found:
        pytest.skip("the extra 'analysis' is not installed")
    answer = found[name]
    assert QUESTIONS[name] <= set(answer["tables"])
    assert max(answer["tables"].values()) > 0
    assert (answer["failed"], answer["remake"]) == (0, "")
    assert answer["made"] > 0 or name == "discover"
    assert answer["again"] == 0, "what is finished is found"
    english, chinese = answer["sentences"]["en"], answer["sentences"]["zh"]
    assert english and len(english) == len(chinese)
    assert not re.search("[\u4e00-\u9fff]", "".join(english))
    assert re.search("[\u4e00-\u9fff]", "".join(chinese))
    assert answer["text"]
    assert '<html lang="en"' in answer["pages"]["en"][0]
    assert '<html lang="zh-CN"' in answer["pages"]["zh"][0]
    assert Path(answer["written"]).parent == Path(answer["folder"])


def test_a_listener_hears_how_far_a_question_is(found: dict[str, Any]) -> None:
    """First the size of it, then stages; of the second time that nothing is to do."""
    said = [each for each in found["heard"] if each[:2] != ["begin", "compile"]]
    said = [each for number, each in enumerate(said) if each != ["end"] or said[number - 1] != ["end"]]
    assert said[:2] == [["plan", 24, 24], ["begin", "runs", 24]]
    assert said[-1] == ["plan", 24, 0]


class Stopping(Progress):
    """Ctrl-C once a run is done."""

    def advance(self, runs: float) -> None:  # noqa: ARG002
        raise KeyboardInterrupt


def test_an_interrupted_question_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.lab.store.parts.SECONDS", 0.0)
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    asked: dict[str, Any] = {"vary": ["mechanism.content.quality=0,0.5,1"], "settings": SERIAL, "out": tmp_path / "a"}
    with pytest.raises(Interrupted, match="ask the same again") as caught:
        sweep(tmp_path / "plan.yaml", **asked, progress=Stopping())
    stop = caught.value
    assert (stop.folder, stop.failed, stop.remake) == (tmp_path / "a", 0, "")
    assert stop.done + stop.missing == 6
    assert stop.done == Standing.read(tmp_path / "a").ledger.count("done")
    answer = sweep(tmp_path / "plan.yaml", **asked)
    assert (answer.made, answer.done, answer.missing) == (6 - stop.done, 6, 0)


def test_a_scenario_at_hand_is_asked_about(tmp_path: Path) -> None:
    """It has no file: nothing names a command, and its best plan is stated whole."""
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    scenario = load(tmp_path / "plan.yaml").scenario
    given: dict[str, Any] = {"vary": [QUALITY, POSTS], "settings": SERIAL}
    found = sensitivity(
        scenario, **given, method="screen", runs=12, replicates=2, overrides=["market.people=60"], out=tmp_path / "a"
    )
    assert (found.following, found.design.scenario.market.people) == ("", 60)
    with pytest.raises(InputError, match="there is no '='"):
        sensitivity(scenario, **given, overrides=["market.people"])
    text = plan_text(tmp_path, None, scenario, "made in a notebook", {"en": "The best", "zh": "最优"})
    (tmp_path / "best.yaml").write_text(text, encoding="utf-8")
    best = load(tmp_path / "best.yaml").scenario
    assert (best.market.people, best.title.zh) == (100, "最优")
