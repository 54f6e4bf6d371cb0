"""Small scenarios in a folder of their own, and the program run there."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

PLAN = """
name: plan
title: {en: A small plan, zh: 小方案}
run: {days: 20, replicates: 6}
market: {people: 80}
goals: [members >= 1 by day 10, strong >= 10000]
"""
RIVAL = "extends: plan\nname: rival\nmechanism: {content: {warmth: 0.9}}\nculture: {promise: 0.9}\n"

Program = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with two scenarios."""
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "rival.yaml").write_text(RIVAL, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def program(folder: Path) -> Program:
    """``run.py`` with some arguments, in the folder; output as text."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command(*arguments),
            cwd=folder,
            env=os.environ | {"PYTHONIOENCODING": "utf-8"} | environment,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return run


def command(*arguments: str) -> list[str]:
    """The command line of a child process."""
    return [sys.executable, str(ROOT / "run.py"), *arguments]
