"""Results of other versions of the program: refused with a next step, or shown as they stand; never mixed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sim.lab.store.parts import VERSION_KEY
from sim.lab.store.version import model_version
from tests.cli.commands import Captured, told

pytestmark = pytest.mark.usefixtures("folder")

OTHER = "0123456789abcdef"
STUDY = ("run", "plan", "--replicates", "2", "--quiet")
SWEEP = ("sweep", "plan", "--vary", "mechanism.content.quality=0,1", "--replicates", "2", "--executor", "serial")
SQL = "SELECT count(*) AS n FROM runs"


def rewritten(folder: Path, **changes: Any) -> None:
    """The manifest of a folder with other values in it."""
    path = folder / "manifest.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["versions"] |= {"sim": "0.1.0", "source": OTHER}
    path.write_text(json.dumps(content | changes), encoding="utf-8")


def sweep_of_another_version(capsys: Captured) -> Path:
    """A finished sweep whose parts and manifest name another version of the model."""
    import pyarrow.parquet as pq

    told(capsys, *SWEEP)
    folder = Path("results/plan-sweep")
    for path in (folder / "parts").glob("*.parquet"):
        pq.write_table(pq.read_table(path).replace_schema_metadata({VERSION_KEY: OTHER.encode()}), path)
    rewritten(folder)
    return folder


def as_json(capsys: Captured, *arguments: str) -> Any:
    return json.loads(told(capsys, *arguments, "--json")[0])


def test_a_study_in_an_earlier_format(capsys: Captured) -> None:
    told(capsys, *STUDY)
    folder = Path("results/plan")
    report = (folder / "report.html").read_bytes()
    rewritten(folder, format=1, study="0" * 64)
    _, err = told(capsys, "report", "plan", status=2)
    assert "results/plan/manifest.json: format 1 is of an earlier version of this program" in err
    assert "expected manifest.json in format 2" in err
    assert f"Make it again with another --out: python run.py {' '.join(STUDY)}" in err
    assert (folder / "report.html").read_bytes() == report
    _, err = told(capsys, *STUDY, status=2)
    assert "results/plan holds what this version cannot read: format 1 is of an earlier version of this program" in err
    assert "Keep both with --out results/plan-2, or replace it with --force." in err
    told(capsys, *STUDY, "--force")
    told(capsys, "report", "plan")


def test_a_study_of_another_version_of_the_model(capsys: Captured) -> None:
    told(capsys, *STUDY)
    rewritten(Path("results/plan"), study="0" * 64)
    told(capsys, "report", "plan")
    assert "another study: it was made by another version of the model" in told(capsys, *STUDY, status=2)[1]
    _, err = told(capsys, *STUDY, "--set", "culture.promise=0.3", status=2)
    assert "it differs in culture.promise, and was made by another version of the model" in err


@pytest.mark.parametrize("first", [True, False], ids=["0.1.0", "format 1"])
def test_a_sweep_in_an_earlier_format(capsys: Captured, first: bool) -> None:
    folder = sweep_of_another_version(capsys)
    rewritten(folder, format=1)
    if first:
        (folder / "manifest.json").rename(folder / "design.json")
    before = sorted(folder.rglob("*"))
    wanted = "this is a sweep of version 0.1.0" if first else "format 1 is of an earlier version"
    for words in (("status", "plan-sweep"), ("errors", "plan-sweep"), ("query", "plan-sweep", SQL), SWEEP,
                  ("export", "plan-sweep"), ("report", "plan-sweep"), ("replay", "abcdef", "plan-sweep")):  # fmt: skip
        _, err = told(capsys, *words, status=2)
        assert f"{wanted} of this program; expected manifest.json in format 2" in err
        assert "Its Parquet tables stay as they are" in err
        assert "Make it again with another --out" in err
    assert sorted(folder.rglob("*")) == before
    _, err = told(capsys, *SWEEP, "--out", "results/new")
    assert "from other sweeps" not in err
    assert as_json(capsys, "status", "new")["done"] == 4


def test_a_sweep_of_another_version_of_the_model_is_shown_and_not_mixed(capsys: Captured) -> None:
    folder = sweep_of_another_version(capsys)
    note = f"note: another version of the model made these runs ({OTHER}; this is {model_version()})"
    for words in (("status", "plan-sweep"), ("errors", "plan-sweep"), ("query", "plan-sweep", SQL),
                  ("export", "plan-sweep"), ("report", "plan-sweep")):  # fmt: skip
        assert note in told(capsys, *words)[1]
    found = as_json(capsys, "status", "plan-sweep")
    assert (found["done"], found["outdated"], found["model"]) == (4, True, OTHER)
    (row,) = as_json(capsys, "query", "plan-sweep", "SELECT run_id FROM runs LIMIT 1")
    assert f"made by another version of the model ({OTHER})" in as_json(capsys, "replay", row["run_id"])["note"]
    told(capsys, *SWEEP, "--out", "results/new")
    assert as_json(capsys, "status", "new")["done"] == 4
    for path in Path("results/new").rglob("*.parquet"):
        path.unlink()  # or they would be adopted
    _, err = told(capsys, *SWEEP)
    assert f"4 runs were made by another version of the model ({OTHER}); they are kept and do not count" in err
    assert len(list((folder / "parts").glob("*.runs.parquet"))) > 1
    assert as_json(capsys, "query", "plan-sweep", SQL) == [{"n": 4}]
    assert as_json(capsys, "status", "plan-sweep")["outdated"] is False


def test_a_plan_that_only_the_other_version_can_read(capsys: Captured) -> None:
    folder = sweep_of_another_version(capsys)
    scenario = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["scenarios"][0]
    rewritten(folder, scenarios=[scenario | {"weather": {"rain": 0.5}}])
    assert as_json(capsys, "query", "plan-sweep", SQL) == [{"n": 4}]
    told(capsys, "status", "plan-sweep")
    _, err = told(capsys, "report", "plan-sweep", status=2)
    assert "another version of the model made this sweep, and this one cannot read its plan" in err
    assert "Its tables can be read ('query', 'export'). Sweep again with another --out." in err
