"""``optimize``: from options to the best plan, its file, its proof and its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from sim.cli.asking import print_answer, print_json, stopped
from sim.cli.options import Language
from sim.cli.sweeping import settings
from sim.cli.teller import tell_rest, teller
from sim.lab.questions.answer import Interrupted
from sim.lab.questions.optimise import OptimumAnswer, optimise
from sim.views.told import Told, told


def ask_optimum(*, making: Mapping[str, Any], lang: Language, quiet: bool, as_json: bool, **asked: Any) -> int:
    """Find and prove the best plan; the exit status.

    Raises
    ------
    InputError : see :func:`sim.lab.questions.optimise.optimise`.
    """
    progress = teller(quiet=quiet)
    try:
        answer = optimise(
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
        print_answer(said, *([answer.best] if answer.best else []), page)
    return 0


def _print_json(answer: OptimumAnswer, said: Told, page: Path) -> None:
    found = answer.found
    print_json({
        "result": str(answer.folder), "page": str(page), "best": str(answer.best) if answer.best else None,
        "answer": said.sentences, "beats": found.proof.beats if found.proof else False, "setting": found.setting,
        "changes": list(found.changes),
        "proofs": [asdict(each) | {"beats": each.beats} for each in found.proofs], "plans": len(found.tried),
        "searched": found.searched, "fresh": found.fresh, "failed": answer.failed,
    })  # fmt: skip
