"""The pages of results that are on the disk, and how far sweeps are."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.options import Language
from sim.lab.questions.comparison import Study
from sim.lab.questions.standing import Standing
from sim.lab.questions.sweep import SweepAnswer
from sim.lab.runs.declared import is_sweep
from sim.lab.store.folder import found_folder
from sim.views.told import told


def render_again(named: str, outcome: str | None, lang: Language) -> Path:
    """Write the report of a study or of a sweep, however far it is, once more; its path.

    Raises
    ------
    InputError : no such result, it is damaged, has no finished run, or has no such outcome.
    """
    folder = found_folder(named)
    if not is_sweep(folder):
        return told(Study.read(folder), lang).write()
    answer = SweepAnswer.read(folder, outcome)
    _tell(answer.notes)
    return told(answer, lang).write()


def standing(named: str) -> Standing:
    """A sweep as it was left, in a folder or of a name in ``./results``; tells if not all runs count.

    Raises
    ------
    InputError : there is no sweep, or it is damaged.
    """
    found = Standing.read(found_folder(named))
    _tell(found.notes)
    return found


def _tell(notes: tuple[str, ...]) -> None:
    for note in notes:
        click.echo(f"note: {note}", err=True)
