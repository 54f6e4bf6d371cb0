"""From the options of ``sweep`` to its runs: what is planned, an estimate, progress, what came out, how to go on."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from sim.cli.options import Language
from sim.cli.pages import write_sweep_page
from sim.cli.progress import duration, listener
from sim.cli.result import RESULTS
from sim.errors import InputError
from sim.lab.designs import Design, Points, load_designfile
from sim.lab.designs.designfile import is_designfile
from sim.lab.executors import Executor, Limits
from sim.lab.metrics import CASH, METRICS
from sim.lab.questions.loading import loaded
from sim.lab.runs.sweep import Results, Settings, Sweep, parsed_width
from sim.lab.store.manifest import Manifest, remake

#: For tests and experiments: ``module:function`` in place of what lives through one run, see :class:`Job`.
RUNNER = "COMMUNITY_GROWTH_RUNNER"

TEXTS = {
    "en": {
        "plan": "plan: {points:,} points × {replicates:,} replicates = {runs:,} runs",
        "search": "search: {points:,} points so far",
        "there": "of these {there:,} are on the disk, {adopted:,} of them from other sweeps",
        "kept": "the folder has {kept:,} replicates a point and keeps them",
        "todo": "to do: {todo:,} runs, roughly {time} on {workers} workers, {size:.0f} MB",
        "done": "{done:,} runs done, {failed:,} failed, {missing:,} missing",
        "digest": "digest of the results: {digest}",
        "failed": "what went wrong: {line}",
        "stopped": "stopped: {reason}; to go on: {line}",
    },
    "zh": {
        "plan": "计划：{points:,}个点 × {replicates:,}次重复 = {runs:,}次运行",
        "search": "搜索：目前{points:,}个点",
        "there": "其中{there:,}次已在磁盘上，{adopted:,}次取自其他扫描",
        "kept": "该文件夹每个点有{kept:,}次重复，全部保留",
        "todo": "待运行：{todo:,}次，{workers}个进程大约需要{time}，占{size:.0f} MB",
        "done": "完成{done:,}次，失败{failed:,}次，缺{missing:,}次",
        "digest": "结果摘要：{digest}",
        "failed": "查看错误：{line}",
        "stopped": "已停止：{reason}；继续请运行：{line}",
    },
}
REASONS = {"a run has failed": "有运行失败", "the hours of its budget are over": "预算时间已到", "Ctrl-C": "Ctrl-C"}


def conduct(
    scenario: str,
    *,
    until_width: str | None,
    making: Mapping[str, Any],
    out: str | None,
    lang: Language,
    quiet: bool,
    as_json: bool,
    **stated: Any,
) -> int:
    """Run a sweep, or go on with it, and tell of it; the exit status: 1 if runs failed, 130 after Ctrl-C.

    Raises
    ------
    InputError : an option or a file cannot be used, or the folder holds another sweep.
    """
    command: list[str] = click.get_current_context().obj
    chosen = settings(**making)
    design, name = _design(scenario, **stated)
    known = [*(each.name for each in (*METRICS, *CASH)), *design.outcomes]
    until = parsed_width(until_width, known) if until_width else None
    folder = Path(out) if out is not None else RESULTS / f"{name}-sweep"
    sweep = Sweep(Points.of(design), folder, chosen, command)
    teller = _Teller(sweep, folder, lang, quiet=quiet)
    sweep.adopted = sweep.adopt()
    teller.begin()
    try:
        results = sweep.run(listener(quiet=quiet), until)
    except KeyboardInterrupt:
        sweep.look()
        teller.stopped("Ctrl-C", command)
        return 130
    teller.end(results, command, as_json=as_json)
    if results.ledger.count("done"):
        page = write_sweep_page(folder, None, lang)
        click.echo(str(page), err=as_json)
    return 1 if results.ledger.count("failed") else 0


def settings(
    *, executor: Executor, workers: int | None, cluster: str | None, run_seconds: float | None,
    run_memory: float | None, on_error: str, reuse: Sequence[str] = (),
) -> Settings:  # fmt: skip
    """How runs are made, from the options of :func:`sim.cli.options.making`.

    Raises
    ------
    InputError : an option cannot be read or heeded, or there is no such folder.
    """
    retries, stop = _on_error(on_error)
    folders = tuple(map(Path, reuse))
    if missing := [path for path in folders if not path.is_dir()]:
        raise InputError(f"there is no folder {missing[0]}", place="--reuse")
    limits = Limits(run_seconds, run_memory)
    return Settings(executor, workers, limits, retries, stop, cluster, folders, os.environ.get(RUNNER))


class _Teller:
    """What the command says; to stderr, but for the outcome."""

    def __init__(self, sweep: Sweep, folder: Path, lang: Language, *, quiet: bool) -> None:
        self.sweep, self.folder, self.quiet, self.lang = sweep, folder, quiet, lang
        self.text = TEXTS[lang]

    def begin(self) -> None:
        """The plan's size, what is there, and an estimate."""
        if self.quiet:
            return
        sweep, todo = self.sweep, self.sweep.todo()
        runs, points, replicates = sweep.points.runs, len(sweep.points), sweep.points.replicates
        click.echo(self.text["plan"].format(points=points, replicates=replicates, runs=runs), err=True)
        if there := sum(entry.replicate < replicates for entry in sweep.ledger.entries.values()):
            click.echo(self.text["there"].format(there=there, adopted=sweep.adopted), err=True)
        if (kept := Manifest.read(self.folder).replicates) > replicates:
            click.echo(self.text["kept"].format(kept=kept), err=True)
        if todo:
            time, size = duration(sweep.seconds(todo)), sweep.megabytes(todo)
            line = self.text["todo"].format(todo=len(todo), time=time, workers=sweep.workers, size=size)
            click.echo(line, err=True)
        for note in sweep.notes:
            click.echo(f"note: {note}", err=True)

    def stopped(self, reason: str, command: Sequence[str]) -> None:
        """What is kept, and how to go on."""
        click.echo("\n" + self._counts(), err=True)
        told = REASONS[reason] if self.lang == "zh" else reason
        click.echo(self.text["stopped"].format(reason=told, line=remake(command)), err=True)

    def end(self, results: Results, command: Sequence[str], *, as_json: bool) -> None:
        """The outcome, for a reader or a program."""
        if not self.quiet:
            for note in dict.fromkeys(results.notes):
                if note not in self.sweep.points.notes:
                    click.echo(f"note: {note}", err=True)
        failed = results.ledger.count("failed")
        if as_json:
            click.echo(json.dumps({
                "result": str(self.folder), "points": len(self.sweep.points),
                "replicates": self.sweep.points.replicates,
                "done": results.ledger.count("done"), "failed": failed, "missing": len(self.sweep.todo()),
                "adopted": self.sweep.adopted, "digest": results.digest, "stopped": results.stopped,
            }, indent=1))  # fmt: skip
        else:
            click.echo(self._counts())
            click.echo(self.text["digest"].format(digest=results.digest))
            click.echo(str(self.folder))
        if results.stopped:
            self.stopped(results.stopped, command)
        if failed and not self.quiet:
            click.echo(self.text["failed"].format(line=errors_line(self.folder)), err=True)

    def _counts(self) -> str:
        ledger = self.sweep.ledger
        done, failed = ledger.count("done"), ledger.count("failed")
        return self.text["done"].format(done=done, failed=failed, missing=len(self.sweep.todo()))


def errors_line(folder: Path) -> str:
    """The line that tells what went wrong in a folder."""
    return f"{click.get_current_context().find_root().info_name} errors {folder}"


def _on_error(text: str) -> tuple[int, bool]:
    """Retries, and whether to stop at the first failure."""
    if text in {"continue", "stop"}:
        return 0, text == "stop"
    match = re.fullmatch(r"retry=([1-9][0-9]?)", text)
    if match is None:
        raise InputError(f"'{text}' is not known", place="--on-error", expected="continue, stop or retry=N (1 to 99)")
    return int(match[1]), False


def _design(
    named: str,
    *,
    vary: tuple[str, ...],
    constraints: tuple[str, ...],
    points: str | None,
    days: int | None,
    overrides: tuple[str, ...],
    **stated: Any,
) -> tuple[Design, str]:
    """The design and a name for it, from a scenario and options, or from a design file and options."""
    options = ("sampler", "runs", "replicates", "seed", "seeds")
    if is_designfile(named):
        if points is not None:
            raise InputError("a design file states its own points", place="--points", hint="Write them into the file.")
        changes = overrides if days is None else (*overrides, f"run.days={days}")
        return load_designfile(named, changes, vary=vary, constraints=constraints, **stated), Path(named).stem
    found = loaded([named], overrides, {"run.days": days})[0]
    given = {name: value for name in options if (value := stated[name]) is not None}
    design = Design(
        found.scenario, vary, points=points, constraints=constraints, **given,
        sources={name: f"--{name}" for name in (*options, "points")} | {"factors": "--vary"},
    )  # fmt: skip
    return design, found.scenario.name
