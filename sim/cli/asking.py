"""What commands that ask a question share: how they end after Ctrl-C, and how the answer is printed."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from sim.lab.questions.answer import Interrupted
from sim.views.told import Told


def stopped(interrupted: Interrupted) -> int:
    """Tell after Ctrl-C how to go on; the exit status."""
    line = interrupted.remake
    click.echo(f"\nstopped: Ctrl-C; what is finished is kept. To go on: {line}", err=True)
    return 130


def print_answer(said: Told, *paths: Path) -> None:
    """What the answer says, then the files."""
    click.echo(said.text)
    click.echo()
    for path in paths:
        click.echo(path)


def records(frame: Any) -> list[dict[str, Any]]:
    """The rows of a table as mappings."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def print_json(content: Mapping[str, Any]) -> None:
    """One JSON document on stdout; what is not finite is null."""
    click.echo(json.dumps(_plain(content), ensure_ascii=False, allow_nan=False, indent=1))


def _plain(value: Any) -> Any:
    """Plain values for JSON; what is not finite is null."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if value is None or isinstance(value, str | int | bool) else str(value)
