"""The question ``compare``: how plans differ from the first one under the same luck."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import InputError
from sim.lab.progress import SILENT, Progress
from sim.lab.questions.loading import Given, loaded, refuse_same

if TYPE_CHECKING:
    from sim.lab.questions.comparison import Study
    from sim.model.community import Driver


def compare(
    scenarios: Sequence[Given], *, replicates: int | None = None, days: int | None = None, seed: int | None = None,
    overrides: Sequence[str] = (), twin: str | Sequence[str] = (), explaining: int | None = None,
    threads: int | None = None, driver: Driver = "sweep", out: str | Path | None = None, force: bool = False,
    progress: Progress = SILENT, command: Sequence[str] = (),
) -> Study:  # fmt: skip
    """Compare plans with the first one under the same luck: differences with intervals, and what they come from.

    A finished identical study is found and not run again (``made`` is then 0).

    Parameters
    ----------
    scenarios : two or more, or one with its ``twin``; days, seed and replicates of the first hold for all.
    replicates, days, seed : instead of those. overrides : ``KEY=VALUE`` for all, such as ``market.people=500``.
    twin : entries of the playbook, by name or number: the plan is compared with itself without them.
    explaining : replicates that explain the differences; None: 5, or 0 for large markets and under ``walk``.
    threads : at most so many; None: one for each core. driver : "sweep", or "walk" for a debugger.
    out : the result folder; by default in ``results/``. force : replace what it holds.
    command : the arguments after ``run.py`` that ask the same, for the folder.

    Raises
    ------
    InputError, InputErrors : a scenario cannot be loaded or run, two plans are the same, or
        the folder is taken or cannot be written.
    KeyboardInterrupt : soon after Ctrl-C; nothing is left half-written.
    """
    left_out = (twin,) if isinstance(twin, str) else tuple(twin)
    if left_out and len(scenarios) != 1:
        hint = "Ask of each plan by itself what the entry did."
        raise InputError(f"--twin with {len(scenarios)} plans", expected="one plan, which has its twin", hint=hint)
    if not left_out and len(scenarios) < 2:
        hint = "To leave an entry of its playbook out, add --twin ENTRY."
        raise InputError("compare takes two scenarios or more", hint=hint if scenarios else "")
    return studied(
        scenarios, {"run.replicates": replicates, "run.days": days, "run.seed": seed}, overrides=overrides,
        twin=left_out, explaining=explaining, threads=threads, driver=driver, out=out, force=force, progress=progress,
        command=command,
    )  # fmt: skip


def studied(
    scenarios: Sequence[Given], changes: dict[str, int | None], *, overrides: Sequence[str],
    twin: Sequence[str] = (), explaining: int | None, threads: int | None, driver: Driver, out: str | Path | None,
    force: bool, progress: Progress, command: Sequence[str],
) -> Study:  # fmt: skip
    """The study of one scenario or several; parameters and errors as in :func:`compare`."""
    given = loaded(scenarios, overrides, changes)
    entries: tuple[int, ...] = ()
    if twin:
        from sim.lab.questions.twin import numbers_of, twin_of

        entries = numbers_of(given[0].scenario, twin)
        given = [replace(given[0], scenario=twin_of(given[0].scenario, entries), notes=()), given[0]]
        scenarios = [each.scenario for each in given]
    refuse_same(given, [str(each) if isinstance(each, str | Path) else one.scenario.name
                        for each, one in zip(scenarios, given, strict=True)])  # fmt: skip
    if driver == "sweep":
        from sim.model.warm import start

        start()
    from sim.lab.questions.comparison import Comparison  # only now: it takes seconds
    from sim.lab.store.folder import chosen_folder

    comparison = Comparison.of(given, twin=entries, explaining=explaining, driver=driver)
    return comparison.study(
        chosen_folder(out, comparison.name), force=force, threads=threads, driver=driver, progress=progress,
        command=command,
    )  # fmt: skip
