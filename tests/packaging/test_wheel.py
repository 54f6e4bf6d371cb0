"""The wheel holds what the package needs anywhere: scenarios, page, types; and nothing else of the clone."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("hatchling", reason="hatchling is not installed")

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--disable-pip-version-check"]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, "-w", folder, ROOT], check=True, cwd=folder)
    (built,) = folder.glob("community_growth-*.whl")
    return zipfile.ZipFile(built)


def test_it_has_every_file_of_the_package(wheel: zipfile.ZipFile) -> None:
    here = {path.relative_to(ROOT).as_posix() for path in (ROOT / "sim").rglob("*") if path.is_file()}
    here = {name for name in here if "__pycache__" not in name}
    beside = ("sim/_scenarios/", "sim/_claims/")
    there = {name for name in wheel.namelist() if name.startswith("sim/") and not name.startswith(beside)}
    assert there == here
    assert {
        "sim/py.typed",
        "sim/views/pages/style.css",
        "sim/views/pages/page.html",
        "sim/views/pages/page.js",
    } <= there


@pytest.mark.parametrize("kind", ["scenarios", "claims"])
def test_it_has_every_shipped_file(wheel: zipfile.ZipFile, kind: str) -> None:
    shipped = ROOT / kind
    assert list(shipped.rglob("*.yaml"))
    for path in shipped.rglob("*.yaml"):
        assert wheel.read(f"sim/_{kind}/{path.relative_to(shipped).as_posix()}") == path.read_bytes()


def test_it_has_nothing_else(wheel: zipfile.ZipFile) -> None:
    assert {name.split("/")[0].split("-")[0] for name in wheel.namelist()} == {"sim", "community_growth"}


def test_it_installs_the_command(wheel: zipfile.ZipFile) -> None:
    (entries,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "community-growth = sim.cli:main" in wheel.read(entries).decode("utf-8")


def test_it_tells_its_license(wheel: zipfile.ZipFile) -> None:
    assert any(name.endswith("licenses/LICENSE") for name in wheel.namelist())
