"""Searches that are killed in the middle of a round: they go on just as they would have."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

import pytest

from sim.cli import main
from sim.lab.progress import SILENT
from sim.lab.runs.replicates import warm_up
from sim.lab.search.laboratory import owed_runs
from sim.lab.store.ledger import Ledger, read_ledger
from sim.lab.store.parts import PARTS, RUNS
from sim.lab.store.query import read_runs, results_digest
from sim.lab.store.version import model_version
from tests.crash.sweeps import alive, children, interrupted, search, started, until

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at processes in /proc")

ROUND = 16
#: All of them make the same bytes, but for the line with the command.
EXECUTORS = [("--executor", "serial"), ("--workers", "1"), ("--workers", "2")]
Outcome = tuple[str, list[str]]


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    pytest.importorskip("optuna", reason="the extra 'analysis' is not installed")
    warm_up("sweep", SILENT)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """What a search finds that nobody disturbs, made by one process."""
    folder = tmp_path_factory.mktemp("undisturbed") / "best"
    assert main(search(folder, "--executor", "serial", "--quiet")) == 0
    return outcome(folder)


def outcome(folder: Path) -> Outcome:
    """The digest of all runs, and the plan found: the file's lines but the one with the command."""
    found = ledger(folder)
    runs = read_runs(found)
    assert not runs.duplicated(["run_id"]).any()
    assert set(runs["status"]) == {"done"}
    lines = (folder / "best.yaml").read_text(encoding="utf-8").splitlines()
    return results_digest(found), [line for line in lines if "optimize base" not in line]


def ledger(folder: Path) -> Ledger:
    return read_ledger(folder, model_version(), mend=False)


def parts(folder: Path) -> int:
    return len(list((folder / PARTS).glob(f"[!.]*{RUNS}")))


def finish(folder: Path, words: list[str], runner: str = "counted") -> None:
    process = started(folder.parent, words, runner)
    _, err = process.communicate(timeout=180)
    assert process.returncode == 0, err


@pytest.mark.parametrize("executor", EXECUTORS, ids=" ".join)
def test_killed_in_a_round(undisturbed: Outcome, tmp_path: Path, executor: tuple[str, ...]) -> None:
    words, folder = search("best", *executor), tmp_path / "best"
    process = started(tmp_path, words, "eager")
    until(lambda: process.poll() is not None or parts(folder) > ROUND + 3)
    workers = children(process.pid)
    process.kill()
    process.communicate()
    until(lambda: not any(map(alive, workers)), 10)
    left = ledger(folder)
    assert 0 < len(owed_runs(left)) < ROUND, "it was to be killed in the middle of a round"
    assert main(["status", str(folder)]) == 0
    finish(folder, words)
    assert outcome(folder) == undisturbed
    assert f"python run.py {' '.join(words)}\n" in (folder / "best.yaml").read_text(encoding="utf-8")
    assert not owed_runs(ledger(folder))


def test_ctrl_c_in_a_round(undisturbed: Outcome, tmp_path: Path) -> None:
    words, folder = search("best", "--workers", "2"), tmp_path / "best"
    process = started(tmp_path, words, "eager")
    until(lambda: process.poll() is not None or parts(folder) > ROUND + 3)
    interrupted(process, "optimize base")
    assert owed_runs(ledger(folder))
    finish(folder, words)
    assert outcome(folder) == undisturbed


@pytest.mark.slow
def test_a_killed_worker_is_replaced(undisturbed: Outcome, tmp_path: Path) -> None:
    words, folder = search("best", "--workers", "2"), tmp_path / "best"
    process = started(tmp_path, words, "eager")
    for rounds in (1, 2):
        until(lambda many=rounds * ROUND: process.poll() is not None or parts(folder) > many)
        os.kill(children(process.pid)[0], signal.SIGKILL)
    _, err = process.communicate(timeout=180)
    assert process.returncode == 0, err
    assert outcome(folder) == undisturbed


@pytest.mark.endurance
@pytest.mark.parametrize("executor", [EXECUTORS[0], EXECUTORS[-1]], ids=" ".join)
def test_kills_at_random_moments(undisturbed: Outcome, tmp_path: Path, executor: tuple[str, ...]) -> None:
    """Search, putting back and proof: wherever the kill falls."""
    luck, folder = random.Random(9), tmp_path / "best"
    words = search("best", *executor)
    for _ in range(5):
        before, process = parts(folder), started(tmp_path, words, "eager")
        until(lambda one=process, some=before: one.poll() is not None or parts(folder) > some, 120)
        time.sleep(luck.uniform(0.0, 1.5))
        workers = children(process.pid)
        process.kill()
        process.communicate()
        until(lambda gone=workers: not any(map(alive, gone)), 10)
    finish(folder, words)
    assert outcome(folder) == undisturbed
