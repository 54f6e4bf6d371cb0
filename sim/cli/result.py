"""From options to a result folder: find the study, or run it; then say what came out and where it lies."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from sim.cli.options import Language
from sim.cli.progress import listener
from sim.errors import InputError
from sim.lab.questions.comparison import KINDS, Comparison, Study
from sim.lab.store import Manifest, find, new_folder, write_file
from sim.model.community import Driver
from sim.scenario.load import Loaded
from sim.views.headline import headline
from sim.views.pages.page import render

RESULTS = Path("results")
REPORT = "report.html"
_PAGE_LANGUAGE = {"en": '<html lang="en"', "zh": '<html lang="zh-CN"'}


def conduct(
    loaded: Sequence[Loaded],
    named: Sequence[str],
    *,
    explaining: int | None,
    threads: int | None,
    driver: Driver,
    out: str | None,
    force: bool,
    lang: Language,
    quiet: bool,
    as_json: bool,
) -> None:
    """Run the study of these scenarios unless it is finished already, and tell of it.

    Parameters
    ----------
    loaded, named : the scenarios with options laid over them, and as the user named them.
    explaining and all others : options of the command line.

    Raises
    ------
    InputError : the scenarios cannot be run, or the result folder is taken or cannot be written.
    """
    comparison = Comparison.of(loaded, explaining=explaining, driver=driver)
    folder = Path(out) if out is not None else RESULTS / _name(comparison)
    if not quiet:
        _tell(comparison.notes)
    study, fresh = _finished(comparison, folder, force=force), False
    if study is None:
        with new_folder(folder, force=force) as made:  # before the runs: a folder that cannot be written is told now
            study, fresh = comparison.run(threads, driver, listener(quiet=quiet), click.get_current_context().obj), True
            study.save(made)
    if not quiet:
        _tell(study.notes[len(comparison.notes) :] if fresh else [f"found finished in {folder}; --force runs it again"])
    report = _rendered(study, folder, lang, fresh=fresh)
    if as_json:
        _print_json(study, named, folder, report)
    else:
        click.echo(headline(study, lang))
        click.echo(f"\n{report}")


def render_again(result: str, lang: Language) -> Path:
    """Write a result's report once more; return its path.

    Raises
    ------
    InputError : no such result, or it is damaged.
    """
    folder = Path(result)
    if not folder.exists() and (RESULTS / result).is_dir():
        folder = RESULTS / result
    return _write_report(Study.read(folder), folder, lang)


def _name(comparison: Comparison) -> str:
    names = [each.name for each in comparison.scenarios]
    joined = "-vs-".join(names)
    return joined if len(joined) <= 80 else f"{names[0]}-vs-{len(names) - 1}-plans"


def _tell(notes: Sequence[str]) -> None:
    for note in notes:
        click.echo(f"note: {note}", err=True)


def _finished(comparison: Comparison, folder: Path, *, force: bool) -> Study | None:
    """The study, if the folder holds it; None if it is to be run. Another one is never replaced unasked."""
    state = find(folder, comparison.fingerprint)
    if force or state == "absent":
        return None
    if state == "same":
        return Study.read(folder)
    hint = f"Keep both with --out {folder}-2, or replace it with --force."
    problem = f"{folder} holds a damaged result"
    if state == "other":
        try:
            problem = f"{folder} holds another study: {comparison.unlike(Manifest.read(folder, *KINDS))}"
        except InputError:
            problem, hint = f"{folder} holds other things than a study", "Choose another folder with --out."
    raise InputError(problem, place="--out", hint=hint)


def _rendered(study: Study, folder: Path, lang: Language, *, fresh: bool) -> Path:
    """The report's path; it is written where it is missing or in the other language."""
    path = folder / REPORT
    if not fresh and path.is_file():
        with path.open(encoding="utf-8", errors="replace") as file:
            if _PAGE_LANGUAGE[lang] in file.read(200):
                return path
    return _write_report(study, folder, lang)


def _write_report(study: Study, folder: Path, lang: Language) -> Path:
    """Render the result; a report can be made again at any time, so it is not part of what is written as a whole."""
    write_file(folder / REPORT, render(study.tables, study.summary, asdict(study.manifest), lang))
    return folder / REPORT


def _print_json(study: Study, named: Sequence[str], folder: Path, report: Path) -> None:
    """The summary, with files as the user named them; escaped where stdout cannot hold every letter."""
    scenarios = [{"file": file, **entry} for file, entry in zip(named, study.summary["scenarios"], strict=True)]
    manifest = study.manifest
    content = {
        "result": str(folder),
        "report": str(report),
        "study": manifest.study,
        "digest": manifest.digest,
        "days": manifest.days,
        "seed": manifest.seeds[0],
        **study.summary,
        "scenarios": scenarios,
    }
    plain = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "") != "utf8"
    click.echo(json.dumps(content, ensure_ascii=plain, allow_nan=False, indent=1))
