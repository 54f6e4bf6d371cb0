"""Ctrl-C, kills, closed pipes and folders that cannot be written, in processes of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim.cli.progress import Lines, Pace
from sim.lab.progress import SILENT
from sim.lab.runs.replicates import warm_up
from tests.cli.conftest import Program, command

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
LONG = ("run", "plan", "--replicates", "100000", "--out", "long")


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    warm_up("sweep", SILENT)


def started(folder: Path) -> subprocess.Popen[str]:
    """A long study under way: its runs have begun."""
    process = subprocess.Popen(command(*LONG), cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    assert process.stderr.readline() == "runs: 100000\n"
    time.sleep(0.3)
    return process


@posix
def test_ctrl_c_stops_soon_and_leaves_nothing(folder: Path) -> None:
    before = sorted(folder.iterdir())
    process = started(folder)
    process.send_signal(signal.SIGINT)
    start = time.monotonic()
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert time.monotonic() - start < 20
    assert out == ""
    assert "Traceback" not in err
    assert "Nothing is half-written" in err
    assert sorted(folder.iterdir()) == before


@posix
def test_a_kill_leaves_nothing_that_looks_like_a_result(folder: Path, program: Program) -> None:
    process = started(folder)
    process.kill()
    process.communicate()
    assert not (folder / "long").exists()
    assert [path.name for path in folder.iterdir() if path.name.startswith(".long")], "what is under way is hidden"
    done = program("run", "plan", "--out", "long")
    assert done.returncode == 0, done.stderr
    assert (folder / "long" / "report.html").is_file()
    assert not [path.name for path in folder.iterdir() if path.name.startswith(".")]


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_told_before_the_runs(folder: Path, program: Program) -> None:
    (folder / "closed").mkdir(mode=0o500)
    done = program("run", "plan", "--replicates", "100000", "--out", "closed/result")
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert "runs:" not in done.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc")
def test_where_even_root_may_not_write(program: Program) -> None:
    done = program("run", "plan", "--replicates", "100000", "--out", "/proc/self/result")
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert "runs:" not in done.stderr


@posix
def test_a_reader_that_has_seen_enough(folder: Path) -> None:
    words = command("list", "parameters")
    with subprocess.Popen(words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        writer.stdout.close()
        assert writer.stderr is not None
        assert writer.stderr.read() == b""
    assert writer.returncode == 0


@posix
@pytest.mark.parametrize("streams", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams(folder: Path, streams: str) -> None:
    for words in (command("check", "plan"), command("run", "plan", "--days", "2")):
        done = subprocess.run(["sh", "-c", f'"$@" {streams}', "sh", *words], cwd=folder, check=False)
        assert done.returncode == 0


def test_output_is_utf_8_wherever_it_goes(program: Program) -> None:
    done = program("list", "metrics", "--lang", "zh", PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0")
    assert "强关系" in done.stdout
    done = program("run", "plan", "--days", "3", LANG="zh_CN.UTF-8")
    assert "强关系人数" in done.stdout


def test_no_time_left_is_told_without_a_basis() -> None:
    """480 runs of 0.1 s each on two workers that take 4 s to start and commit every 5 s."""
    pace = Pace(480, 100.0)
    assert pace.advance(1, 105.0) == "", "5 s a run and 40 min left would follow from this"
    assert pace.advance(1, 105.1) == "", "and 10 runs/s from this"
    assert pace.advance(49, 109.9) == "", "news has not flowed as long as it took to come"
    assert pace.advance(51, 110.2) == "19.4 runs/s, 19 s left"
    assert pace.advance(378, 125.0) == "23.9 runs/s, 0 s left"
    assert Pace(1, 0.0).advance(1, 60.0) == ""


def test_a_long_run_is_told_by_its_days() -> None:
    """Drawing the market takes 12 s, then each day of a hundred 1 s."""
    pace = Pace(1, 0.0)
    told = [pace.advance(0.01, 12.0 + day) for day in range(40)]
    assert not any(told[:12])
    assert told[12] == "100.0 s a run, 87 s left"


def test_lines_without_a_time_left(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    now = iter([0.0, 6.0, 7.0, 12.5, 13.0])
    monkeypatch.setattr(time, "monotonic", lambda: next(now))
    lines = Lines()
    lines.begin("runs", 12)
    for _ in range(3):
        lines.advance(2.0)
    lines.end()
    told = ["runs: 12", "runs: 2 of 12", "runs: 6 of 12, 1.6 s a run, 10 s left", "runs: stopped at 6 of 12 after 13 s"]
    assert capsys.readouterr().err.splitlines() == told


def test_progress_stays_away_from_stdout(program: Program) -> None:
    done = program("run", "plan", "--json")
    assert done.stdout.startswith("{")
    assert "runs: 6" in done.stderr
    done = program("run", "plan", "--quiet", "--force")
    assert done.stderr == ""
