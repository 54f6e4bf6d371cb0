"""A Dask cluster of processes as one starts them on several machines, some of which are killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from sim.lab.progress import SILENT
from sim.lab.runs.replicates import warm_up
from sim.lab.runs.sweep import Settings, Sweep
from tests.crash.sweeps import ROOT, SABOTAGE, alive, children, committed, design, until

pytestmark = [
    pytest.mark.endurance,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at processes in /proc"),
]


class Cluster:
    """A scheduler and its workers, each worker with the nanny that starts it again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.file = folder, folder / "scheduler.json"
        self.processes = [self.start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")]
        until(self.file.exists)

    @property
    def address(self) -> str:
        return str(json.loads(self.file.read_text(encoding="utf-8"))["address"])

    def add(self) -> subprocess.Popen[bytes]:
        self.processes.append(self.start("worker", "--nthreads", "1", "--no-dashboard"))
        return self.processes[-1]

    def start(self, kind: str, *words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", kind, "--scheduler-file", str(self.file), *words],
            cwd=self.folder, env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def stop(self) -> None:
        for process in reversed(self.processes):
            below = children(process.pid)
            process.kill()
            process.wait()
            for pid in below:
                if alive(pid):
                    os.kill(pid, signal.SIGKILL)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")
    warm_up("sweep", SILENT)
    with ExitStack() as stack:
        (tmp_path / "dask").mkdir()
        made = Cluster(tmp_path / "dask")
        stack.callback(made.stop)
        yield made


@pytest.mark.parametrize("victim", ["worker", "worker and nanny"])
def test_killed_workers(cluster: Cluster, tmp_path: Path, victim: str) -> None:
    from distributed import Client

    expected = Sweep(design(60), tmp_path / "alone" / "a", Settings(executor="serial")).run()
    nannies = [cluster.add() for _ in range(2)]
    with Client(cluster.address) as client:
        client.wait_for_workers(2)
        pids = list(client.run(os.getpid).values())

    def kill() -> None:
        until(lambda: committed(tmp_path / "sweep") > 0)
        if victim == "worker":
            os.kill(pids[0], signal.SIGKILL)
            return
        below = children(nannies[0].pid)
        nannies[0].kill()
        for pid in below:
            os.kill(pid, signal.SIGKILL)

    settings = Settings(executor="dask", cluster=cluster.address, runner=SABOTAGE + "slow")
    sweep = Sweep(design(60), tmp_path / "sweep", settings)
    killer = threading.Thread(target=kill)
    killer.start()
    found = sweep.run()
    killer.join()
    assert found.digest == expected.digest


def test_a_run_that_kills_workers_is_a_failed_row(cluster: Cluster, tmp_path: Path) -> None:
    """The others are made; a worker that dies is started again by its nanny."""
    from distributed import Client

    for _ in range(2):
        cluster.add()
    with Client(cluster.address) as client:
        client.wait_for_workers(2)
    plan = design(5, "mechanism.content.quality=0,1")
    settings = Settings(executor="dask", cluster=cluster.address, runner=SABOTAGE + "deadly")
    found = Sweep(plan, tmp_path / "sweep", settings).run()
    failed = found.runs[found.runs["status"] == "failed"]
    assert failed["error_type"].tolist() == ["WorkerDied"]
    assert len(found.runs) == 10


def test_workers_that_come_late_get_runs(cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from distributed import Client

    monkeypatch.setattr("sim.lab.executors.dask.BATCH_SECONDS", 0.5)
    cluster.add()
    most: list[int] = []

    def grow() -> None:
        until(lambda: committed(tmp_path / "sweep") > 0)
        with Client(cluster.address) as client:
            for _ in range(2):
                cluster.add()
            client.wait_for_workers(3)
            until(lambda: most.append(sum(map(len, client.processing().values()))) or most[-1] > 2)

    with Client(cluster.address) as client:
        client.wait_for_workers(1)
    settings = Settings(executor="dask", cluster=cluster.address, runner=SABOTAGE + "slower")
    helper = threading.Thread(target=grow, daemon=True)
    helper.start()
    Sweep(design(40), tmp_path / "sweep", settings).run()
    assert max(most, default=0) > 2, "as many batches are under way as one worker needs"
