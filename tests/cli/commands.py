"""Commands run in this process, for tests of what they tell."""

from __future__ import annotations

import pytest

from sim.cli import main

Captured = pytest.CaptureFixture[str]


def told(capsys: Captured, *arguments: str, status: int = 0) -> tuple[str, str]:
    """What a command writes to stdout and stderr; it is to end with this status."""
    capsys.readouterr()
    found = main(arguments)
    captured = capsys.readouterr()
    assert found == status, captured.err
    return captured.out, captured.err
