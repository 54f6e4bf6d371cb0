"""Small sweeps for tests: in this process, and as a command in one of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from sim.lab.designs import Design
from sim.lab.store.ledger import read_ledger
from sim.lab.store.version import model_version
from sim.scenario import Scenario, with_changes

ROOT = Path(__file__).resolve().parents[2]
SMALL = with_changes(Scenario(name="small"), {"market.people": 60, "run.days": 20, "entrance.seeds.number": 10})
LEVELS = "mechanism.content.quality=0,0.25,0.5,1"
SABOTAGE = "tests.crash.sabotage:"


def design(replicates: int = 3, levels: str = LEVELS) -> Design:
    """Some points that share their people."""
    return Design(SMALL, [levels], replicates=replicates)


def arguments(out: Path, *further: str, replicates: int = 60) -> list[str]:
    """The command line of a sweep of a small scenario."""
    return ["sweep", "base", "--set", "market.people=60", "--days", "20", "--vary", LEVELS, "--out", str(out),
            "--replicates", str(replicates), *further]  # fmt: skip


def search(out: Path | str, *further: str) -> list[str]:
    """The command line of a search in a small scenario: four rounds of sixteen runs, then the proof."""
    return ["optimize", "base", "--set", "market.people=60", "--days", "20", "--vary", "mechanism.content.quality=0:1",
            "--vary", "mechanism.content.posts_per_week=0:20", "--maximize", "members", "--budget-runs", "64",
            "--replicates", "5", "--out", str(out), *further]  # fmt: skip


def started(folder: Path, words: Sequence[str], runner: str = "slow") -> subprocess.Popen[str]:
    """``run.py`` under way, with runs of the sabotage."""
    environment = os.environ | {"COMMUNITY_GROWTH_RUNNER": SABOTAGE + runner, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, str(ROOT / "run.py"), *words],
        cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip


def children(pid: int) -> list[int]:
    """The processes that a process has started (Linux), but for the one that multiprocessing keeps for itself."""
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        return [int(each) for each in found if b"resource_tracker" not in Path(f"/proc/{each}/cmdline").read_bytes()]
    except OSError:
        return []


def alive(pid: int) -> bool:
    """Whether a process runs, zombies not counted (Linux)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def interrupted(process: subprocess.Popen[str], line: str) -> None:
    """Press Ctrl-C; the command is to stop with its workers, and to say on which ``line`` it goes on."""
    workers = children(process.pid)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130, err
    assert out == ""
    assert "Traceback" not in err
    assert f"o go on: python run.py {line}" in err
    assert not any(map(alive, workers))


def committed(folder: Path) -> int:
    """Runs on the disk."""
    return len(read_ledger(folder, model_version(), mend=False).entries)


def until(condition: object, seconds: float = 60.0) -> None:
    """Wait until a condition (called again and again) holds."""
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.02)
