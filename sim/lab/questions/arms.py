"""The question ``arms``: what a treatment does, told in three ways that differ where people talk to each other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import InputError
from sim.lab.progress import SILENT, Progress
from sim.lab.questions.loading import Given, loaded

if TYPE_CHECKING:
    from sim.lab.questions.comparison import Study
    from sim.model.community import Driver


def arms(
    scenario: Given, *, replicates: int | None = None, days: int | None = None, seed: int | None = None,
    overrides: Sequence[str] = (), threads: int | None = None, driver: Driver = "sweep",
    out: str | Path | None = None, force: bool = False, progress: Progress = SILENT, command: Sequence[str] = (),
) -> Study:  # fmt: skip
    """What the arms of a plan do: the plan beside twins in which nobody is in an arm, and everybody in one of them.

    The answer is a comparison with the twin without treatment, under the same luck. ``summary["arms"]`` holds for each
    arm and outcome the randomised difference, that among members only, and all treated less none.

    Parameters and errors: see :func:`sim.lab.questions.compare.compare`; a plan without arms is an :class:`InputError`.
    """
    given = loaded([scenario], overrides, {"run.replicates": replicates, "run.days": days, "run.seed": seed})[0]
    if not given.scenario.arms:
        hint = (
            "Write, for example, arms: [{name: invited, who: {random: 0.5}, set: {mechanism.attending.interest: 0.5}}]."
        )
        raise InputError(f"'{given.scenario.name}' has no arms", expected="a plan with a section arms", hint=hint)
    if driver == "sweep":
        from sim.model.warm import start

        start()
    from sim.lab.questions.comparison import Comparison  # only now: it takes seconds
    from sim.lab.store.folder import chosen_folder
    from sim.lab.treatments import everybody, nobody

    comparison = Comparison.of([nobody(given.scenario), *everybody(given.scenario), given], explaining=0, driver=driver)
    return comparison.study(
        chosen_folder(out, f"{given.scenario.name}-arms"), force=force, threads=threads, driver=driver,
        progress=progress, command=command,
    )  # fmt: skip
