"""``discover``: from options to the regions where something happens, and their page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import click

from sim.cli.asking import print_answer, print_json, stopped
from sim.cli.options import Language
from sim.cli.sweeping import settings
from sim.cli.teller import tell_rest, teller
from sim.lab.questions.answer import Interrupted
from sim.lab.questions.discover import discover
from sim.views.told import told


def ask_discovery(*, making: Mapping[str, Any], lang: Language, quiet: bool, as_json: bool, **asked: Any) -> int:
    """Say where something happens; the exit status.

    Raises
    ------
    InputError : see :func:`sim.lab.questions.discover.discover`.
    """
    progress = teller(quiet=quiet)
    try:
        answer = discover(
            **asked, settings=settings(**making), progress=progress, command=click.get_current_context().obj
        )
    except Interrupted as interrupted:
        return stopped(interrupted)
    tell_rest(progress, answer.notes)
    said, found = told(answer, lang), answer.found
    page = said.write()
    if as_json:
        print_json({
            "result": str(answer.folder), "page": str(page), "where": answer.where, "answer": said.sentences,
            "boxes": [asdict(each) for each in found.boxes], "base_density": found.base_density,
            "coverage": found.coverage, "points": found.points, "cases": found.cases,
        })  # fmt: skip
    else:
        print_answer(said, page)
    return 0
