"""The page of a sweep's folder, from what is on the disk."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli import result
from sim.cli.options import Language
from sim.errors import InputError
from sim.lab.designs import Design
from sim.lab.runs.declared import Declared, is_sweep
from sim.lab.search.laboratory import is_search, owed_runs
from sim.lab.store import write_file
from sim.lab.store.ledger import Ledger, read_ledger
from sim.lab.store.query import read_runs
from sim.model import measures
from sim.scenario.catalogue import did_you_mean
from sim.views.pages.sweeps import plain
from sim.views.sweep import OUTCOME, View


def render_again(named: str, outcome: str | None, lang: Language) -> Path:
    """Write the report of a study or of a sweep once more; its path.

    Raises
    ------
    InputError : no such result, or it is damaged.
    """
    folder = found_folder(named)
    if not is_sweep(folder):
        return result.render_again(named, lang)
    read_sweep(folder)
    return write_sweep_page(folder, outcome, lang)


def write_sweep_page(folder: Path, outcome: str | None, lang: Language) -> Path:
    """Write ``report.html`` of a sweep, however far it is; its path.

    Raises
    ------
    InputError : it is no sweep, has no finished run, or has no such outcome.
    """
    view = view_of(folder, outcome, lang)
    write_file(folder / result.REPORT, plain.render(view))
    return folder / result.REPORT


def view_of(folder: Path, outcome: str | None, lang: Language, place: str = "--outcome") -> View:
    """The sweep in a folder as pages read it. ``place``: of the outcome, for messages.

    Raises
    ------
    InputError : see :func:`write_sweep_page`.
    """
    declared = Declared.read(folder)
    ledger = read_ledger(folder, declared.version)
    if not ledger.count("done"):
        raise InputError(
            f"{folder} has no finished run", hint=f"To go on: {declared.remake}" if declared.remake else ""
        )
    return View(declared.design, read_runs(ledger), outcome_of(declared.design, outcome, place), lang, declared.remake)


def outcome_of(design: Design, outcome: str | None, place: str = "--outcome") -> str:
    """The metric that a page or question is about. ``place``: where it is stated, for messages.

    Raises
    ------
    InputError : an unknown one.
    """
    known = [each.name for each in measures.metrics()]
    if outcome is None:
        return next((name for name in design.outcomes if name in known), OUTCOME)
    known += [name for name in design.outcomes if name not in known]
    if outcome not in known:
        hint = did_you_mean(outcome, known)
        raise InputError(f"unknown outcome '{outcome}'", place=place, expected="one of " + ", ".join(known), hint=hint)
    return outcome


def read_sweep(folder: Path) -> tuple[Declared, Ledger, int]:
    """A sweep as it was left, by whatever version of the model, and how many runs are missing; tells if not all count.

    Raises
    ------
    InputError : there is no sweep, or it is damaged.
    """
    if not folder.is_dir():
        raise InputError(f"there is no folder {folder}", place="DIR", hint="'sweep' makes one.")
    declared = Declared.read(folder)
    ledger, points = read_ledger(folder, declared.version), declared.points()
    if is_search(folder):
        missing = len(owed_runs(ledger))
        wanted = len(ledger.entries) + missing
    else:
        wanted = points * declared.replicates
        missing = wanted - sum(entry.replicate < declared.replicates for entry in ledger.entries.values())
    for note in (*declared.notes, *ledger.told(missing, wanted, declared.remake)):
        click.echo(f"note: {note}", err=True)
    return declared, ledger, missing


def found_folder(named: str) -> Path:
    """A result folder as named, or of that name in ``./results``."""
    path = Path(named)
    return result.RESULTS / named if not path.exists() and (result.RESULTS / named).is_dir() else path
