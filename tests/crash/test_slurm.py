"""``docs/cluster/slurm.sh``: its own logic with stand-ins for SLURM's commands, and all of it where SLURM runs."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from sim.lab.progress import SILENT
from sim.lab.runs.replicates import warm_up
from sim.lab.runs.sweep import Settings, run_sweep
from sim.lab.store import Manifest
from tests.crash.sweeps import ROOT, SABOTAGE, committed, design, until

SCRIPT = ROOT / "docs" / "cluster" / "slurm.sh"
TOOLS = Path(sys.executable).parent
NEEDED = ("bash", "openssl", "dask", "community-growth")
#: What the script is given; the same sweep as ``design(REPLICATES)``.
REPLICATES = 30
SMALL = "name: small\nmarket: {people: 60}\nrun: {days: 20}\nentrance: {seeds: {number: 10}}\n"
DESIGN = f"""
scenario: small.yaml
factors: {{mechanism.content.quality: [0, 0.25, 0.5, 1]}}
replicates: {REPLICATES}
"""
SBATCH = """#!/usr/bin/env bash
while [[ "$1" == --* ]]; do shift; done
export SLURM_JOB_ID=7 SLURM_JOB_NUM_NODES=2 SLURM_CPUS_PER_TASK=1
exec bash "$@"
"""
SRUN = """#!/usr/bin/env bash
trap 'kill $(jobs -pr) 2>/dev/null' TERM
while [[ "$1" == --* ]]; do
    [[ "$1" == --ntasks=* ]] && tasks=${1#*=}
    shift
done
for _ in $(seq "$tasks"); do "$@" & done
wait
"""
#: Workers that are killed once the first runs are on the disk.
GONE = """
until ls results/design/parts/*.runs.parquet >/dev/null 2>&1; do sleep 0.1; done
kill $(jobs -pr)
"""


def path() -> str:
    return f"{TOOLS}{os.pathsep}{os.environ.get('PATH', '')}"


def slurm_answers() -> bool:
    if shutil.which("sbatch") is None or shutil.which("sinfo") is None:
        return False
    try:
        found = subprocess.run(["sinfo", "-h", "-o", "%a"], capture_output=True, text=True, timeout=20, check=False)
    except subprocess.TimeoutExpired:
        return False
    return found.returncode == 0 and "up" in found.stdout


pytestmark = [
    pytest.mark.endurance,
    pytest.mark.skipif(sys.platform == "win32", reason="SLURM's scripts are for POSIX shells"),
    pytest.mark.skipif(
        any(shutil.which(each, path=path()) is None for each in NEEDED), reason=f"needs {', '.join(NEEDED)} on PATH"
    ),
]


needs_slurm = pytest.mark.skipif(
    not slurm_answers(), reason="no SLURM here: sbatch is missing, or no controller answers to sinfo"
)


class Site:
    """A folder from which jobs are submitted. ``stand_ins``: with our own ``sbatch`` and ``srun``."""

    def __init__(self, folder: Path, *, stand_ins: bool) -> None:
        self.folder = folder
        own = folder / "bin"
        own.mkdir()
        for name, text in (("sbatch", SBATCH), ("srun", SRUN)) if stand_ins else ():
            (own / name).write_text(text, encoding="utf-8")
            (own / name).chmod(0o755)
        self.environment = os.environ | {"PATH": f"{own}{os.pathsep}{path()}", "PYTHONPATH": str(ROOT)}
        (folder / "design.yaml").write_text(DESIGN, encoding="utf-8")
        (folder / "small.yaml").write_text(SMALL, encoding="utf-8")

    def submit(self, *options: str, out: str = "results/design", **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            ["sbatch", *options, str(SCRIPT), "sweep", "design.yaml", "--out", out],
            cwd=self.folder, env=self.environment | environment,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    @property
    def left(self) -> list[str]:
        """Private files of jobs that have ended."""
        return [each.name for each in self.folder.glob(".growth-*")]


@pytest.fixture
def expected(tmp_path: Path) -> str:
    warm_up("sweep", SILENT)
    return run_sweep(design(REPLICATES), tmp_path / "alone" / "a", Settings("serial")).digest


def test_the_scripts_own_logic(tmp_path: Path, expected: str) -> None:
    site = Site(tmp_path, stand_ins=True)
    job = site.submit("--nodes=2")
    out, err = job.communicate(timeout=180)
    assert job.returncode == 0, err
    assert expected in out
    assert Manifest.read(tmp_path / "results" / "design").digest == expected
    assert "--cluster tls://" in Manifest.read(tmp_path / "results" / "design").remake
    assert site.left == []


def test_it_is_stopped_and_goes_on(tmp_path: Path, expected: str) -> None:
    site, folder = Site(tmp_path, stand_ins=True), tmp_path / "results" / "design"
    job = site.submit(COMMUNITY_GROWTH_RUNNER=SABOTAGE + "slower")
    until(lambda: (folder / "parts").is_dir() and committed(folder) > 0, 120)
    (private,) = tmp_path.glob(".growth-*")
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    job.terminate()
    job.communicate(timeout=60)
    assert job.returncode == 143
    assert site.left == []
    assert 0 < committed(folder) < 4 * REPLICATES
    assert Manifest.read(folder).digest == "", "it is under way"
    again = site.submit()
    out, err = again.communicate(timeout=180)
    assert (again.returncode, expected in out) == (0, True), err


def test_it_does_not_wait_for_workers_that_are_gone(tmp_path: Path) -> None:
    site = Site(tmp_path, stand_ins=True)
    (tmp_path / "bin" / "srun").write_text(SRUN.replace("wait\n", GONE + "wait\n"), "utf-8")
    job = site.submit(COMMUNITY_GROWTH_RUNNER=SABOTAGE + "slower")
    _, err = job.communicate(timeout=180)
    assert job.returncode == 1, err
    assert site.left == []


def test_what_cannot_be_run_is_told(tmp_path: Path) -> None:
    site = Site(tmp_path, stand_ins=True)
    (tmp_path / "design.yaml").write_text("scenario: nowhere\n", encoding="utf-8")
    job = site.submit()
    _, err = job.communicate(timeout=180)
    assert job.returncode == 2
    assert "nowhere" in err


@needs_slurm
def test_slurm_itself(tmp_path: Path, expected: str) -> None:
    """A job is cancelled half-way, and submitted again."""
    site, folder = Site(tmp_path, stand_ins=False), tmp_path / "results" / "design"
    small = ("--parsable", "--nodes=1", "--cpus-per-task=2", "--mem-per-cpu=500M")
    first = site.submit(*small, COMMUNITY_GROWTH_RUNNER=SABOTAGE + "slower").communicate(timeout=60)[0].strip()
    until(lambda: (folder / "parts").is_dir() and committed(folder) > 0, 180)
    subprocess.run(["scancel", first], check=True, timeout=60)
    listed = ["squeue", "-h", "-j", first]
    until(lambda: not subprocess.run(listed, capture_output=True, timeout=20, check=False).stdout.strip(), 120)
    assert 0 < committed(folder) < 4 * REPLICATES
    again = site.submit("--wait", *small)
    number = again.communicate(timeout=300)[0].strip()
    said = (tmp_path / f"growth-{number}.log").read_text(encoding="utf-8")
    assert (again.returncode, expected in said) == (0, True), said
    assert site.left == []


@needs_slurm
def test_jobs_that_dask_submits(tmp_path: Path, expected: str) -> None:
    """The documented lines themselves, but for what names a site."""
    pytest.importorskip("dask_jobqueue", reason="the extra 'cluster' is not installed")
    site = Site(tmp_path, stand_ins=False)
    documented = (ROOT / "docs" / "sweeps.md").read_text(encoding="utf-8")
    (lines,) = (each for each in re.findall(r"```python\n(.*?)```", documented, re.DOTALL) if "SLURMCluster" in each)
    sized = {
        'queue="compute", account="project", cores=32, processes=32, memory="64GB"':
        'cores=1, processes=1, memory="1GB"',
        'interface="ib0"': 'interface="lo"',
        "jobs=4": "jobs=2",
    }  # fmt: skip
    for text, here in sized.items():
        assert text in lines
        lines = lines.replace(text, here)
    made = subprocess.run(
        [sys.executable, "-c", lines], cwd=tmp_path, env=site.environment, capture_output=True, text=True, timeout=300,
        check=False,
    )  # fmt: skip
    assert made.stdout.strip() == expected, made.stderr
