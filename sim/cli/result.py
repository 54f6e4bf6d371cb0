"""What came out of ``run`` and ``compare``, and where it lies."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from sim.cli.asking import print_answer
from sim.cli.options import Language
from sim.lab.questions.comparison import Study
from sim.views.told import told


def tell_study(study: Study, named: Sequence[str], lang: Language, *, as_json: bool) -> None:
    """Write the report unless a finished study has it in this language, and print what came out.

    ``named``: the scenarios as the user named them.
    """
    said = told(study, lang)
    report = said.write(keep=not study.made)
    if as_json:
        _print_json(study, named, report)
    else:
        print_answer(said, report)


def _print_json(study: Study, named: Sequence[str], report: Path) -> None:
    """The summary, with files as the user named them; escaped where stdout cannot hold every letter."""
    scenarios = [{"file": file, **entry} for file, entry in zip(named, study.summary["scenarios"], strict=True)]
    manifest = study.manifest
    content = {
        "result": str(study.folder),
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
