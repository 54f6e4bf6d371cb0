"""Kills that no program can catch, at random moments: nothing is lost, nothing counts twice, the bytes are the same."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim.cli import main
from sim.lab.progress import SILENT
from sim.lab.runs.replicates import warm_up
from sim.lab.store.ledger import read_ledger
from sim.lab.store.parts import PARTS, RUNS
from sim.lab.store.query import read_daily, read_runs, results_digest
from sim.lab.store.version import model_version
from tests.crash.sweeps import alive, arguments, children, committed, interrupted, started, until

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at processes in /proc")

REPLICATES = 60
RUNS_IN_ALL = 4 * REPLICATES


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    warm_up("sweep", SILENT)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The digest of the sweep, made by one process that nobody disturbs."""
    folder = tmp_path_factory.mktemp("undisturbed") / "sweep"
    assert main(arguments(folder, "--executor", "serial", "--quiet", replicates=REPLICATES)) == 0
    return digest(folder)


def digest(folder: Path) -> str:
    """The digest of a finished sweep, after a look at every row of it."""
    ledger = read_ledger(folder, model_version())
    runs, daily = read_runs(ledger), read_daily(ledger)
    assert len(runs) == RUNS_IN_ALL
    assert not runs.duplicated(["run_id"]).any()
    assert set(runs["status"]) == {"done"}
    assert len(daily) == RUNS_IN_ALL * 20
    assert not daily.duplicated(["run_id", "day"]).any()
    return results_digest(ledger)


def finish(folder: Path, words: list[str]) -> subprocess.CompletedProcess[str]:
    process = started(folder.parent, words)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return subprocess.CompletedProcess(words, 0, out, err)


def kill_when(process: subprocess.Popen[str], folder: Path, runs: int) -> None:
    """Kill the parent when so many runs are on the disk; its workers end by themselves."""
    until(lambda: process.poll() is not None or committed(folder) >= runs)
    workers = children(process.pid)
    process.kill()
    process.communicate()
    until(lambda: not any(map(alive, workers)), 10)


def test_a_killed_parent(undisturbed: str, tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    words = arguments(folder, "--workers", "2")
    kill_when(started(tmp_path, words), folder, 1)
    left = committed(folder)
    assert 0 < left < RUNS_IN_ALL
    told = finish(folder, words)
    assert f"of these {left} are on the disk" in told.stderr
    assert digest(folder) == undisturbed


def test_ctrl_c_keeps_what_is_finished_and_says_how_to_go_on(undisturbed: str, tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    words = arguments(folder, "--workers", "2")
    process = started(tmp_path, words)
    until(lambda: committed(folder) > 0)
    interrupted(process, "sweep base")
    assert 0 < committed(folder) < RUNS_IN_ALL
    finish(folder, words)
    assert digest(folder) == undisturbed


@pytest.mark.slow
def test_a_killed_worker_is_replaced(undisturbed: str, tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    process = started(tmp_path, arguments(folder, "--workers", "2"))
    until(lambda: committed(folder) > 0)
    os.kill(children(process.pid)[0], signal.SIGKILL)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert digest(folder) == undisturbed
    assert undisturbed in out


@pytest.mark.endurance
def test_ten_kills_of_the_parent_at_random_moments(undisturbed: str, tmp_path: Path) -> None:
    luck, folder = random.Random(7), tmp_path / "sweep"
    words = arguments(folder, "--workers", "2")
    for _ in range(10):
        process = started(tmp_path, words)
        time.sleep(luck.uniform(1.0, 6.0))
        workers = children(process.pid)
        process.kill()
        process.communicate()
        until(lambda gone=workers: not any(map(alive, gone)), 10)
    finish(folder, words)
    assert digest(folder) == undisturbed


@pytest.mark.endurance
def test_ten_kills_of_workers_at_random_moments(undisturbed: str, tmp_path: Path) -> None:
    luck, folder = random.Random(8), tmp_path / "sweep"
    process = started(tmp_path, arguments(folder, "--workers", "2"), runner="slower")
    kills = 0
    while kills < 10 and process.poll() is None:
        time.sleep(luck.uniform(1.0, 4.0))  # a worker takes some seconds to start
        if workers := [pid for pid in children(process.pid) if alive(pid)]:
            os.kill(luck.choice(workers), signal.SIGKILL)
            kills += 1
    _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert kills == 10
    assert digest(folder) == undisturbed


@pytest.mark.slow
def test_two_commands_on_one_folder(undisturbed: str, tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    both = [started(tmp_path, arguments(folder, "--workers", "1")) for _ in range(2)]
    for process in both:
        _, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
    assert digest(folder) == undisturbed


def test_a_truncated_part_is_made_again(undisturbed: str, tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    words = arguments(folder, "--executor", "serial")
    assert main(words) == 0
    part = min((folder / PARTS).glob(f"*{RUNS}"))
    part.write_bytes(part.read_bytes()[:-200])
    assert main(words) == 0
    assert digest(folder) == undisturbed


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="root mounts")
def test_a_full_disk(undisturbed: str, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=120k", "tmpfs", str(small)], check=False)
    if mounted.returncode != 0:
        pytest.skip("no mounting here")
    folder = small / "sweep"
    try:
        process = started(tmp_path, arguments(folder, "--workers", "2"))
        _, err = process.communicate(timeout=120)
        assert process.returncode == 2
        assert "the disk is full" in err
        assert "Traceback" not in err
        left = committed(folder)
        assert left < RUNS_IN_ALL
        assert not list((folder / PARTS).glob(".*.tmp"))
        shutil.copytree(folder, tmp_path / "copied" / "sweep")
    finally:
        subprocess.run(["umount", str(small)], check=True)
    finish(tmp_path / "copied" / "sweep", arguments(tmp_path / "copied" / "sweep"))
    assert digest(tmp_path / "copied" / "sweep") == undisturbed
