"""``sensitivity``: from options to an answer and its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from sim.cli.asking import print_answer, print_json, records, stopped
from sim.cli.options import Language
from sim.cli.sweeping import settings
from sim.cli.teller import tell_rest, teller
from sim.lab.questions.answer import Interrupted
from sim.lab.questions.sensitivity import SensitivityAnswer, sensitivity
from sim.views.told import Told, told


def ask_sensitivity(*, making: Mapping[str, Any], lang: Language, quiet: bool, as_json: bool, **asked: Any) -> int:
    """Say which factors matter; the exit status.

    Raises
    ------
    InputError : see :func:`sim.lab.questions.sensitivity.sensitivity`.
    """
    progress = teller(quiet=quiet)
    try:
        answer = sensitivity(
            **asked, settings=settings(**making), progress=progress, command=click.get_current_context().obj
        )
    except Interrupted as interrupted:
        return stopped(interrupted)
    tell_rest(progress, answer.notes)
    said = told(answer, lang)
    page = said.write()
    if as_json:
        _print_json(answer, said, page)
    else:
        print_answer(said, page)
    return 0


def _print_json(answer: SensitivityAnswer, said: Told, page: Path) -> None:
    found = answer.found
    print_json({
        "result": str(answer.folder), "page": str(page), "method": found.method, "outcome": found.outcome,
        "answer": said.sentences, "scores": records(found.scores.reset_index()), "pairs": records(found.pairs),
        "tornado": records(found.bars),
        "turning": {key: asdict(each) | {"shape": each.shape.value} for key, each in found.turning.items()},
        "noise": asdict(found.noise) if found.noise else None, "runs": answer.runs,
    })  # fmt: skip
