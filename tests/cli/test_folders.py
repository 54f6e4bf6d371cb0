"""Every command that takes a folder, on folders of the other kinds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sim.cli import main

pytestmark = pytest.mark.usefixtures("folder")

Captured = pytest.CaptureFixture[str]
SWEEP = ("sweep", "plan", "--vary", "mechanism.content.quality=0,1", "--replicates", "2", "--executor", "serial")
STUDY = ("run", "plan", "--replicates", "2")


def refused(capsys: Captured, *words: str) -> str:
    capsys.readouterr()
    assert main(words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Traceback" not in captured.err
    return captured.err


def test_a_studys_folder(capsys: Captured) -> None:
    assert main((*STUDY, "--out", "results/mine", "--quiet")) == 0
    for words in (("status", "mine"), ("errors", "mine"), ("query", "mine", "SELECT 1"), ("export", "mine"),
                  ("replay", "abcdef", "mine")):  # fmt: skip
        assert "results/mine: this is no sweep's folder" in refused(capsys, *words)
    assert "holds other things than a sweep" in refused(capsys, *SWEEP, "--out", "results/mine")
    assert main(("report", "mine")) == 0


def test_a_sweeps_folder(capsys: Captured) -> None:
    assert main((*SWEEP, "--out", "results/mine", "--quiet")) == 0
    before = sorted(Path("results/mine").rglob("*"))
    for words in (STUDY, (*STUDY, "--force"), ("compare", "plan", "rival")):
        assert "holds other things than a study" in refused(capsys, *words, "--out", "results/mine")
    assert sorted(Path("results/mine").rglob("*")) == before
    assert main(("report", "mine")) == 0


@pytest.mark.parametrize("damage", [None, b"PAR1 nonsense"])
def test_a_sweep_without_its_plan(capsys: Captured, damage: bytes | None) -> None:
    """The next step is the same everywhere, and it helps."""
    assert main((*SWEEP, "--out", "results/mine", "--quiet")) == 0
    plan = Path("results/mine/plan.parquet")
    before = plan.read_bytes()
    plan.unlink()
    if damage is not None:
        plan.write_bytes(damage)
    line = "python run.py " + " ".join((*SWEEP, "--out", "results/mine", "--quiet"))
    for words in (("status", "mine"), ("errors", "mine"), ("query", "mine", "SELECT 1"), ("export", "mine")):
        assert f"The same sweep command writes it again: {line}" in refused(capsys, *words)
    assert main((*SWEEP, "--out", "results/mine", "--quiet")) == 0
    assert plan.read_bytes() == before


def test_a_sweep_with_a_damaged_manifest(capsys: Captured) -> None:
    assert main((*SWEEP, "--out", "results/mine", "--quiet")) == 0
    Path("results/mine/manifest.json").write_text('{"kind', encoding="utf-8")
    for words in ((*SWEEP, "--out", "results/mine"), ("status", "mine"), ("query", "mine", "SELECT 1")):
        assert "another --out (beside this folder finished runs are taken over)" in refused(capsys, *words)
    assert main((*SWEEP, "--out", "results/other")) == 0
    assert "of these 4 are on the disk, 4 of them from other sweeps" in capsys.readouterr().err


DEEP = "[" * 5000 + "]" * 5000


@pytest.mark.parametrize(
    "damage", [{"scenarios": []}, {"replicates": "many"}, {"settings": {}}, {"versions": {}}, {"tables": [5]}, DEEP]
)
def test_every_reader_of_a_damaged_manifest(capsys: Captured, damage: dict[str, object] | str) -> None:
    compared = ("compare", "plan", "rival", "--attribution-replicates", "0", "--replicates", "2", "--quiet")
    assert main((*SWEEP, "--out", "results/mine", "--quiet")) == 0
    assert main((*compared, "--out", "results/study")) == 0
    readers = (("status",), ("errors",), ("query", "SELECT 1"), ("export",), ("report",))
    for name, more in (("mine", (*SWEEP, "--out", "results/mine")), ("study", (*compared, "--out", "results/study"))):
        path = Path("results", name, "manifest.json")
        content = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(damage if isinstance(damage, str) else json.dumps(content | damage), encoding="utf-8")
        commands = [(words[0], name, *words[1:]) for words in readers]
        commands += [("replay", "abcdef", name), ("replay", "abcdef"), more, (*compared, "--out", f"results/{name}")]
        for words in commands:
            if damage == {"settings": {}} and name == "study" and words[0] in {"report", "compare"}:
                continue  # what a study's settings say is not read again
            refused(capsys, *words)


@pytest.mark.parametrize(
    "damage", ["", "[]", "{}", DEEP, '{"scenarios": []}', '{"scenarios": 5}', '{"scenarios": [{}, {}]}', "NaN"]
)
def test_a_study_with_a_damaged_summary(capsys: Captured, damage: str) -> None:
    words = ("compare", "plan", "rival", "--attribution-replicates", "0", "--replicates", "2", "--out", "results/study")
    assert main(words) == 0
    path = Path("results/study/summary.json")
    path.write_text(damage, encoding="utf-8")
    for again in (words, (*words, "--json"), ("report", "study")):
        assert "the summary is " in refused(capsys, *again)


def test_a_searchs_folder(capsys: Captured) -> None:
    """Its runs are read as a sweep's are; neither a sweep nor a study takes its place."""
    pytest.importorskip("optuna", reason="the extra 'analysis' is not installed")
    asked = (
        "optimize",
        "plan",
        "--vary",
        "mechanism.content.quality=0:1",
        "--maximize",
        "members",
        "--replicates",
        "5",
    )
    assert main((*asked, "--budget-runs", "20", "--out", "results/best", "--quiet")) == 0
    for words in (("status", "best"), ("errors", "best"), ("query", "best", "SELECT 1"), ("report", "best")):
        assert main(words) == 0
    assert "holds another sweep" in refused(capsys, *SWEEP, "--out", "results/best")
    assert "holds other things than a study" in refused(capsys, *STUDY, "--out", "results/best", "--force")
    assert "there is no run abcdef" in refused(capsys, "replay", "abcdef"), "it looks into all of ./results"
    for damage in ('{"version": 5}', "null", DEEP):
        for name in ("question.json", "round.json"):
            before = Path("results/best", name).read_text(encoding="utf-8")
            Path("results/best", name).write_text(damage, encoding="utf-8")
            main((*asked, "--budget-runs", "20", "--out", "results/best", "--quiet"))
            main(("status", "best"))
            assert "Traceback" not in capsys.readouterr().err
            Path("results/best", name).write_text(before, encoding="utf-8")
    Path("results/best/plan.parquet").unlink()
    assert "or remove this one" in refused(capsys, "status", "best"), "nothing writes that again"
