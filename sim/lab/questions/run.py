"""The question ``run``: what comes out of one plan."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.lab.progress import SILENT, Progress
from sim.lab.questions.compare import studied
from sim.lab.questions.loading import Given

if TYPE_CHECKING:
    from sim.lab.questions.comparison import Study
    from sim.model.community import Driver


def run(
    scenario: Given, *, replicates: int | None = None, days: int | None = None, seed: int | None = None,
    overrides: Sequence[str] = (), threads: int | None = None, driver: Driver = "sweep",
    out: str | Path | None = None, force: bool = False, progress: Progress = SILENT, command: Sequence[str] = (),
) -> Study:  # fmt: skip
    """Run the replicates of one scenario: means with intervals, the chance of its goals, the tables behind the plots.

    Parameters and errors: see :func:`sim.lab.questions.compare.compare`.
    """
    return studied(
        [scenario], {"run.replicates": replicates, "run.days": days, "run.seed": seed}, overrides=overrides,
        explaining=0, threads=threads, driver=driver, out=out, force=force, progress=progress, command=command,
    )  # fmt: skip
