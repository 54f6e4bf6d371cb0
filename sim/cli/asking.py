"""What commands that ask a question of a scenario share: what it is about, and how plans and answers are told."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from sim.cli.pages import found_folder
from sim.cli.sweeping import errors_line
from sim.errors import InputError
from sim.lab.designs import Design
from sim.lab.designs.designfile import is_designfile, load_designfile
from sim.lab.questions.loading import loaded
from sim.lab.runs.sweep import Sweep
from sim.lab.store.manifest import remake
from sim.scenario.load import find_scenario
from sim.scenario.yaml12 import read


class Asked:
    """What a command line asks about: a scenario and options, or a design file and options.

    ``file``: of the scenario that is varied. ``name``: for folders. ``design``: as stated, with no sampler of ours yet.
    """

    def __init__(
        self, named: str, *, vary: Sequence[str], constraints: Sequence[str], seed: int | None, days: int | None,
        overrides: Sequence[str], replicates: int | None = None,
    ) -> None:  # fmt: skip
        self.named, self.vary, self.constraints = named, vary, constraints
        self.changes = [*overrides] if days is None else [*overrides, f"run.days={days}"]
        self.stated: dict[str, Any] = {"seed": seed, "replicates": replicates}
        self.designed = is_designfile(named)
        self.file = _scenario(named)
        self.name = self.file.stem
        self.design = self.with_sampler()
        self.states_replicates = replicates is not None
        if self.designed:
            tree = read(self.file)
            self.states_replicates |= tree.child("replicates") is not None
            if base := tree.child("scenario"):
                self.file = find_scenario(str(base.value), self.file.parent)

    def with_sampler(self, **chosen: Any) -> Design:
        """The design with a sampler, points and replicates instead of those stated."""
        given = {**self.stated, **{name: value for name, value in chosen.items() if value is not None}}
        if self.designed:
            return load_designfile(self.named, self.changes, vary=self.vary, constraints=self.constraints, **given)
        found = loaded([self.named], self.changes, {})[0]
        stated = {name: value for name, value in given.items() if value is not None}
        sources = {name: f"--{name}" for name in ("runs", "replicates", "seed")} | {"factors": "--vary"}
        return Design(found.scenario, self.vary, constraints=self.constraints, sources=sources, **stated)


def _scenario(named: str) -> Path:
    """The file of a scenario or design; of a folder it is said which commands take one."""
    try:
        return find_scenario(named)
    except InputError as error:
        if not found_folder(named).is_dir():
            raise
        hint = "'discover' and 'report' take the folder of a sweep."
        raise InputError(f"'{named}' is a folder", expected="a scenario or a design file", hint=hint) from error


def begin(sweeps: Sequence[Sweep], *, quiet: bool) -> None:
    """Take over runs of other sweeps; say how many there are to do, and what a user should know."""
    for sweep in sweeps:
        sweep.adopt()
    if quiet:
        return
    todo = sum(len(sweep.todo()) for sweep in sweeps)
    wanted = sum(sweep.points.runs for sweep in sweeps)
    click.echo(f"plan: {wanted:,} runs, {todo:,} of them to do", err=True)
    for note in dict.fromkeys(note for sweep in sweeps for note in sweep.notes):
        click.echo(f"note: {note}", err=True)


def tell_failed(failed: int, folder: Path, *, quiet: bool) -> None:
    """Say that runs have failed, and which command tells why."""
    if failed and not quiet:
        told = "1 run has failed" if failed == 1 else f"{failed:,} runs have failed"
        click.echo(f"note: {told}; what went wrong: {errors_line(folder)}", err=True)


def ran(work: Callable[[], object], command: Sequence[str]) -> bool:
    """Do it; False after Ctrl-C, with the line that goes on."""
    try:
        work()
    except KeyboardInterrupt:
        click.echo(f"\nstopped: Ctrl-C; what is finished is kept. To go on: {remake(command)}", err=True)
        return False
    return True


def print_answer(said: Sequence[tuple[str, Sequence[str]]], *paths: Path) -> None:
    """The answer in sentences, then the files."""
    for lead, texts in said:
        click.echo(f"{lead} {' '.join(texts)}")
    click.echo()
    for path in paths:
        click.echo(path)


def flat(said: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """The sentences alone."""
    return [text for _, texts in said for text in texts]


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
