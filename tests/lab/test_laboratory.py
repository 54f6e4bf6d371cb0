"""The runs of a search: each made once, under the same number always, by crews that live through all rounds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.lab.designs import Design
from sim.lab.progress import SILENT, Progress
from sim.lab.runs.declared import Declared
from sim.lab.runs.replay import replay
from sim.lab.runs.replicates import warm_up
from sim.lab.runs.sweep import Settings
from sim.lab.search.laboratory import QUESTION, Laboratory, is_search, owed_runs
from sim.lab.search.question import Objective, Question
from sim.lab.search.rounds import Job
from sim.lab.store.query import results_digest
from tests.crash.sabotage import BEGUN
from tests.crash.sweeps import SABOTAGE, SMALL

QUALITY, POSTS, CAP, PROMISE = (
    "mechanism.content.quality", "mechanism.content.posts_per_week", "carrier.groups.cap", "culture.promise"
)  # fmt: skip
DESIGN = Design(SMALL, [f"{QUALITY}=0:1", f"{POSTS}=1,2,5", f"{CAP}=50:1000", f"{PROMISE}=0.2:0.8"])
*MOVED, UNCERTAIN = DESIGN.factors
START = {QUALITY: 0.5, POSTS: 5.0, CAP: 500}
QUESTION_ASKED = Question(tuple(MOVED), (Objective("members"),), 24, START, uncertain=(UNCERTAIN,))
OTHER = START | {QUALITY: 0.1 + 0.2, CAP: 51}
WANTED = [Job(START, (0, 1, 2)), Job(OTHER, (0, 1, 2))]


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    warm_up("sweep", SILENT)


@pytest.fixture
def begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a file for every run that was begun."""
    folder = tmp_path / "begun"
    folder.mkdir()
    monkeypatch.setenv(BEGUN, str(folder))
    return folder


class Stopping(Progress):
    """Ctrl-C once something is on the disk."""

    def advance(self, runs: float) -> None:  # noqa: ARG002
        raise KeyboardInterrupt


def opened(folder: Path, runner: str = "counted", **chosen: object) -> closing[Laboratory]:
    settings = Settings(**({"executor": "serial", "runner": SABOTAGE + runner} | chosen))  # type: ignore[arg-type]
    return closing(Laboratory(QUESTION_ASKED, DESIGN, folder, settings))


def count(folder: Path) -> int:
    return len(list(folder.iterdir()))


def test_each_run_is_made_once(tmp_path: Path, begun: Path) -> None:
    with opened(tmp_path / "a") as laboratory:
        table = laboratory.make(WANTED)
        assert count(begun) == len(table) == 6
        assert len(laboratory.make(WANTED)) == 6
        assert len(laboratory.make([Job(OTHER, (2, 3))])) == 7
    with opened(tmp_path / "a") as laboratory:
        laboratory.resume()
        assert len(laboratory.make([*WANTED, Job(OTHER, (3,))])) == 7, "points are recognised, whatever kind they are"
    assert count(begun) == 7
    worlds = table.groupby("replicate")[PROMISE].nunique()
    assert worlds.tolist() == [1, 1, 1], "a replicate is the same world for every plan"
    assert table[PROMISE].nunique() == 3


def test_the_folder_is_a_sweeps_whose_plan_grows(tmp_path: Path) -> None:
    with opened(tmp_path / "a") as laboratory:
        table = laboratory.make(WANTED)
        assert Declared.read(tmp_path / "a").points() == 6
        assert Declared.read(tmp_path / "a").manifest.digest == ""
        laboratory.conclude()
        manifest = Declared.read(tmp_path / "a").manifest
        assert (manifest.digest, manifest.runs) == (results_digest(laboratory.ledger), {"done": 6, "failed": 0})
    assert is_search(tmp_path / "a")
    for run_id in table["run_id"]:
        assert replay(tmp_path / "a", run_id).same


def test_a_round_that_was_stopped_is_finished_first(
    tmp_path: Path, begun: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path / "whole") as laboratory:
        laboratory.make(WANTED)
        expected = results_digest(laboratory.ledger)
    monkeypatch.setattr("sim.lab.store.parts.SECONDS", 0.0)
    with pytest.raises(KeyboardInterrupt), opened(tmp_path / "a") as laboratory:
        laboratory.make(WANTED, Stopping())
    with opened(tmp_path / "a") as laboratory:
        left = owed_runs(laboratory.ledger)
        assert 0 < len(left) < 6
        laboratory.resume()
        assert not owed_runs(laboratory.ledger)
        assert results_digest(laboratory.ledger) == expected
    assert count(begun) == 12, "six runs in each folder, none twice"


def test_failed_runs_stay_failed_until_retried(tmp_path: Path) -> None:
    with opened(tmp_path / "a", "faulty") as laboratory:
        table = laboratory.make(WANTED)
        assert (table["status"] == "failed").sum() == 2
        assert not owed_runs(laboratory.ledger)
        assert (laboratory.make(WANTED)["status"] == "failed").sum() == 2
    with opened(tmp_path / "a") as laboratory:
        laboratory.resume()
        assert (laboratory.table["status"] == "failed").sum() == 2
    with opened(tmp_path / "a", retries=1) as laboratory:
        laboratory.resume()
        assert (laboratory.table["status"] == "done").all()


def test_stopping_at_the_first_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.lab.store.parts.SECONDS", 0.0)
    with opened(tmp_path / "a", "faulty", stop_on_failure=True) as laboratory:
        with pytest.raises(InputError, match="stopped: a run has failed"):
            laboratory.make(WANTED)
        assert len(owed_runs(laboratory.ledger)) == 6, "nothing has been looked at since"


def test_after_a_change_of_the_model_every_run_is_made_again(tmp_path: Path, begun: Path) -> None:
    folder = tmp_path / "a"
    with opened(folder) as laboratory:
        before = laboratory.make(WANTED)
    content = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    content["versions"]["source"] = "an earlier one"
    (folder / "manifest.json").write_text(json.dumps(content), encoding="utf-8")
    for path in (folder / "parts").iterdir():
        path.unlink()
    (folder / "round.json").write_text('{"version": "an earlier one", "runs": [[5, 2]]}', encoding="utf-8")
    with opened(folder) as laboratory:
        laboratory.resume()
        assert laboratory.table.empty, "the round of another version is none of ours"
        after = laboratory.make(WANTED[::-1])
    assert count(begun) == 12
    both = before.merge(after, on=["run_id", "point", "digest"])
    assert len(both) == 6, "points keep their numbers"


def test_other_folders_are_refused(tmp_path: Path) -> None:
    with opened(tmp_path / "a") as laboratory:
        laboratory.make(WANTED[:1])
    fewer = Question(tuple(MOVED), (Objective("strong"),), 24, START, uncertain=(UNCERTAIN,))
    with pytest.raises(InputError, match="it differs in objectives"):
        Laboratory(fewer, DESIGN, tmp_path / "a")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "mine.txt").touch()
    with pytest.raises(InputError, match="holds other things"):
        opened(tmp_path / "b")
    (tmp_path / "a" / QUESTION).write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="damaged"):
        opened(tmp_path / "a")
