"""A plan as a scenario file that extends its parent and states only in what it differs."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from sim.errors import InputError
from sim.lab.store import write_file
from sim.scenario.catalogue import steps
from sim.scenario.explain import to_yaml
from sim.scenario.keys import difference, with_changes
from sim.scenario.load import load, shipped
from sim.scenario.schema import Scenario

#: How to run is no lever, but these decide what came out.
RUN = ("days", "seed", "users_per_agent")


def write_plan(path: Path, parent: Path | None, target: Scenario, comment: str, title: Mapping[str, str]) -> None:
    """Write the file; parameters: see :func:`plan_text`.

    Raises
    ------
    InputError : the file cannot be written, or cannot say what the plan is (an item of a list is gone).
    """
    write_file(path, plan_text(path.parent, parent, target, comment, title))
    _check(path, target)


def plan_text(folder: Path, parent: Path | None, target: Scenario, comment: str, title: Mapping[str, str]) -> str:
    """The text of the file.

    Parameters
    ----------
    folder : where it is to lie. target : the plan. comment : lines for its head.
    parent : the file that is extended; named relative to ``folder``, or by its bare name if it is a shipped one. None
        for a plan that has no file: then all is stated that is no default.
    """
    lines = "".join(f"# {line}\n" for line in comment.splitlines())
    if parent is None:
        return f"{lines}\n{to_yaml(with_changes(target, {'title': dict(title)}), defaults=False)}"
    base = load(parent).scenario
    changes = {key: value for key, _, value in difference(base, target)}
    changes |= {
        f"run.{name}": now for name in RUN if (now := getattr(target.run, name, None)) != getattr(base.run, name, None)
    }
    content: dict[str, Any] = {"title": dict(title), "extends": _named(parent, folder)}
    for key, value in changes.items():
        _put(content, steps(key), value)
    return f"{lines}\n{yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)}"


def _put(content: dict[str, Any], path: list[str], value: Any) -> None:
    for step in path[:-1]:
        content = content.setdefault(step, {})
    content[path[-1]] = value


def _named(parent: Path, folder: Path) -> str:
    if parent.resolve().parent == shipped().resolve():
        return parent.stem
    try:
        return Path(os.path.relpath(parent.resolve(), folder.resolve())).as_posix()
    except ValueError:  # on another drive
        return str(parent.resolve())


def _check(path: Path, target: Scenario) -> None:
    """Refuse a file that is not the plan."""
    left = [key for key, _, _ in difference(load(path).scenario, target)]
    if left:
        raise InputError(f"the plan cannot be stated as a change of its parent: {', '.join(left[:4])}", place=str(path))
