"""The manifest of a sweep's folder: written before the first run, completed at the end, the same however it went."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.lab.designs import Design
from sim.lab.executors import Limits
from sim.lab.progress import SILENT
from sim.lab.questions.comparison import Study
from sim.lab.runs.declared import Declared, is_sweep
from sim.lab.runs.replicates import warm_up
from sim.lab.runs.sweep import Settings, Sweep, run_sweep
from sim.lab.store import Manifest, find, new_folder, write_file
from tests.crash.sweeps import SABOTAGE, SMALL, design

SERIAL = Settings("serial")


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    warm_up("sweep", SILENT)


def manifest(folder: Path) -> Manifest:
    return Manifest.read(folder)


def test_it_is_written_before_the_first_run(tmp_path: Path) -> None:
    sweep = Sweep(design(), tmp_path / "a", SERIAL, ["sweep", "small", "--out", "a"])
    found = manifest(tmp_path / "a")
    assert (found.kind, found.replicates, found.days, found.seeds) == ("sweep", 3, 20, [7])
    assert (found.digest, found.runs, found.timings) == ("", {}, {})
    assert found.tables == ["plan"]
    assert found.remake == "python run.py sweep small --out a"
    sweep.run()
    assert manifest(tmp_path / "a").remake == found.remake


def test_it_is_completed_at_the_end(tmp_path: Path) -> None:
    done = run_sweep(design(), tmp_path / "a", SERIAL)
    found = manifest(tmp_path / "a")
    assert (found.digest, found.runs) == (done.digest, {"done": 12, "failed": 0})
    assert found.timings["runs"] == pytest.approx(done.runs["seconds"].sum(), abs=1e-3)
    assert found.remake == "", "from Python no command line makes it again"


def test_failed_runs_are_counted(tmp_path: Path) -> None:
    run_sweep(design(), tmp_path / "a", replace(SERIAL, runner=SABOTAGE + "faulty"))
    assert manifest(tmp_path / "a").runs == {"done": 8, "failed": 4}


def test_bytes_do_not_depend_on_who_made_the_runs_nor_on_interruptions(tmp_path: Path) -> None:
    run_sweep(design(), tmp_path / "alone" / "a", SERIAL)
    run_sweep(design(), tmp_path / "two" / "a", Settings(workers=2))
    with pytest.raises(KeyboardInterrupt):
        run_sweep(design(), tmp_path / "cut" / "a", replace(SERIAL, runner=SABOTAGE + "interrupted"))
    assert manifest(tmp_path / "cut" / "a").digest == "", "it is under way"
    run_sweep(design(), tmp_path / "cut" / "a", SERIAL)

    def plain(name: str) -> str:
        content = json.loads((tmp_path / name / "a" / "manifest.json").read_text(encoding="utf-8"))
        assert content.pop("timings")["runs"] > 0
        return json.dumps(content)

    assert plain("alone") == plain("two") == plain("cut")


def test_nothing_to_do_leaves_it_as_it_is(tmp_path: Path) -> None:
    run_sweep(design(), tmp_path / "a", SERIAL)
    path = tmp_path / "a" / "manifest.json"
    before = path.read_bytes(), path.stat().st_mtime_ns
    run_sweep(design(), tmp_path / "a", Settings(workers=2))
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_more_replicates(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    Sweep(design(), folder, SERIAL, ["sweep", "three"]).run()
    first = manifest(folder)
    Sweep(design(4), folder, SERIAL, ["sweep", "four"])
    assert (manifest(folder).replicates, manifest(folder).digest) == (4, "")
    assert manifest(folder).command == ["sweep", "four"], "the line that goes on asks for as many"
    run_sweep(design(4), folder, SERIAL)
    assert manifest(folder).digest not in {"", first.digest}
    assert manifest(folder).runs == {"done": 16, "failed": 0}
    run_sweep(design(2), folder, SERIAL)
    assert manifest(folder).replicates == 4


def test_runs_that_failed_are_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A complete manifest is opened again before anything changes."""

    def stopped(*_: object) -> str:
        raise KeyboardInterrupt

    folder = tmp_path / "a"
    run_sweep(design(), folder, replace(SERIAL, runner=SABOTAGE + "faulty"))
    assert manifest(folder).digest != ""
    monkeypatch.setattr(Sweep, "_carry_out", stopped)
    with pytest.raises(KeyboardInterrupt):
        run_sweep(design(), folder, replace(SERIAL, retries=1))
    assert (manifest(folder).digest, manifest(folder).runs) == ("", {})


def test_a_study_is_no_sweep(tmp_path: Path) -> None:
    run_sweep(design(), tmp_path / "a", SERIAL)
    assert is_sweep(tmp_path / "a")
    with pytest.raises(InputError, match="it holds a sweep; expected a result of run or compare"):
        Study.read(tmp_path / "a")
    write_file(tmp_path / "a" / "manifest.json", "")
    assert not is_sweep(tmp_path / "a")
    with pytest.raises(InputError, match="the manifest is damaged"):
        Declared.read(tmp_path / "a")
    with pytest.raises(InputError, match="the manifest is damaged"):
        Sweep(design(), tmp_path / "a", SERIAL)
    (tmp_path / "a" / "manifest.json").unlink()
    assert run_sweep(design(), tmp_path / "a", SERIAL).runs["status"].eq("done").all()


@pytest.mark.parametrize("key", ["plan", "about", "factors"])
@pytest.mark.parametrize("value", [None, 5, {}, [{}], "text", [{"key": []}]])
def test_settings_that_are_none_of_a_sweep(tmp_path: Path, key: str, value: object) -> None:
    Sweep(design(), tmp_path / "a")
    path = tmp_path / "a" / "manifest.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["settings"][key] = value
    write_file(path, json.dumps(content))
    with pytest.raises(InputError, match="the manifest is damaged"):
        Declared.read(tmp_path / "a")
    if key != "factors" or not isinstance(value, list):
        with pytest.raises(InputError, match="the manifest is damaged"):
            Sweep(design(), tmp_path / "a")


@pytest.mark.parametrize("change", [{"key": None}, {"key": "other"}, {"kind": []}, {"levels": [[]]}, {"meant": [1]}])
def test_a_factor_that_is_told_in_two_ways(tmp_path: Path, change: dict[str, object]) -> None:
    Sweep(design(), tmp_path / "a")
    path = tmp_path / "a" / "manifest.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["settings"]["factors"][0] |= change
    write_file(path, json.dumps(content))
    with pytest.raises(InputError, match="the manifest is damaged"):
        Declared.read(tmp_path / "a")


def test_a_plan_that_is_varied_and_not_there(tmp_path: Path) -> None:
    varied = Design(SMALL, ["plan=dedao,hard_selling"])
    Sweep(varied, tmp_path / "a")
    assert Declared.read(tmp_path / "a").design.factors[0].spec == "dedao,hard_selling"
    path = tmp_path / "a" / "manifest.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["settings"]["factors"][0]["meant"] = {}
    write_file(path, json.dumps(content))
    with pytest.raises(InputError, match=r"the manifest is damaged \(its factors are told in two ways\)"):
        Declared.read(tmp_path / "a")


def test_a_sweep_is_never_replaced(tmp_path: Path) -> None:
    """Hours of work, which no study may remove, with ``--force`` neither."""
    run_sweep(design(), tmp_path / "a", SERIAL)
    assert find(tmp_path / "a", "another") == "other"
    for force in (False, True):
        with pytest.raises(InputError, match="other things than a study"), new_folder(tmp_path / "a", force=force):
            pytest.fail("the block must not run")


def test_a_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    assert Sweep(design(1), tmp_path / "new" / "sub" / "sweep").folder.is_dir()
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="file is a file, not a folder"):
        Sweep(design(1), tmp_path / "file" / "sub")


def test_a_folder_without_runs_says_so_to_another_sweep(tmp_path: Path) -> None:
    Sweep(design(1), tmp_path / "a")
    with pytest.raises(InputError, match="in which no run was made"):
        Sweep(design(1, "mechanism.content.quality=0.1"), tmp_path / "a")


def test_what_an_executor_cannot_heed_is_refused_before_anything_is_written() -> None:
    with pytest.raises(InputError, match="--executor dask"):
        Settings(cluster="tcp://127.0.0.1:1")
    with pytest.raises(InputError, match="cannot end a run"):
        Settings(executor="serial", limits=Limits(seconds=1.0))
