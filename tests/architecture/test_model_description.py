"""docs/model.md says what the code says."""

from __future__ import annotations

import subprocess
import sys

from tests.architecture.tree import ROOT


def test_the_model_description_is_current() -> None:
    command = [sys.executable, "docs/build.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
