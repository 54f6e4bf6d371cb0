"""From the options of ``sweep`` to its runs: what is planned, an estimate, progress, what came out, how to go on."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from sim.cli.options import Language
from sim.cli.progress import duration
from sim.cli.teller import Teller, errors_line, tell_rest, teller
from sim.errors import InputError
from sim.lab.executors import Executor, Limits
from sim.lab.progress import Progress, Workload
from sim.lab.questions.answer import Interrupted
from sim.lab.questions.sweep import SweepAnswer, sweep
from sim.lab.runs.sweep import Settings
from sim.lab.store.manifest import remake
from sim.views.told import told

#: For tests and experiments: ``module:function`` in place of what lives through one run, see :class:`Job`.
RUNNER = "COMMUNITY_GROWTH_RUNNER"

TEXTS = {
    "en": {
        "plan": "plan: {points:,} points × {replicates:,} replicates = {runs:,} runs",
        "search": "search: {points:,} points so far",
        "there": "of these {there:,} are on the disk, {adopted:,} of them from other sweeps",
        "kept": "the folder has {kept:,} replicates a point and keeps them",
        "todo": "to do: {todo:,} runs, roughly {time} on {workers} workers, {megabytes:.0f} MB",
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
        "todo": "待运行：{todo:,}次，{workers}个进程大约需要{time}，占{megabytes:.0f} MB",
        "done": "完成{done:,}次，失败{failed:,}次，缺{missing:,}次",
        "digest": "结果摘要：{digest}",
        "failed": "查看错误：{line}",
        "stopped": "已停止：{reason}；继续请运行：{line}",
    },
}
REASONS = {"a run has failed": "有运行失败", "the hours of its budget are over": "预算时间已到", "Ctrl-C": "Ctrl-C"}


def conduct(*, making: Mapping[str, Any], lang: Language, quiet: bool, as_json: bool, **asked: Any) -> int:
    """Run a sweep, or go on with it, and tell of it; the exit status: 1 if runs failed, 130 after Ctrl-C.

    Raises
    ------
    InputError : see :func:`sim.lab.questions.sweep.sweep`.
    """
    command: list[str] = click.get_current_context().obj
    progress = teller(partial(_Teller, text=TEXTS[lang]), quiet=quiet)
    try:
        answer = sweep(**asked, settings=settings(**making), progress=progress, command=command)
    except Interrupted as stop:
        _tell_stopped(_counts(stop, lang), "Ctrl-C", command, lang)
        return 130
    tell_rest(progress, answer.notes)
    _tell_answer(answer, lang, as_json=as_json)
    if answer.stopped:
        _tell_stopped(_counts(answer, lang), answer.stopped, command, lang)
    if answer.failed and not quiet:
        click.echo(TEXTS[lang]["failed"].format(line=errors_line(answer.folder)), err=True)
    if answer.done:
        click.echo(str(told(answer, lang).write()), err=as_json)
    return 1 if answer.failed else 0


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


class _Teller(Teller):
    """Tells the size of a sweep: points and replicates, what is on the disk, and an estimate."""

    def __init__(self, shown: Progress, text: Mapping[str, str]) -> None:
        super().__init__(shown)
        self._text = text

    def tell_workload(self, workload: Workload) -> None:
        """The size, what is there, and an estimate."""
        lines = [self._text["plan"]]
        lines += [self._text["there"]] * bool(workload.there) + [self._text["kept"]] * bool(workload.kept)
        lines += [self._text["todo"]] * bool(workload.todo)
        for line in lines:
            click.echo(line.format(time=duration(workload.seconds), **vars(workload)), err=True)


def _tell_answer(answer: SweepAnswer, lang: Language, *, as_json: bool) -> None:
    """What came out, for a reader or a program."""
    if as_json:
        names = ("points", "replicates", "done", "failed", "missing", "adopted", "digest", "stopped")
        content = {"result": str(answer.folder)} | {name: getattr(answer, name) for name in names}
        click.echo(json.dumps(content, indent=1))
    else:
        click.echo(_counts(answer, lang))
        click.echo(TEXTS[lang]["digest"].format(digest=answer.digest))
        click.echo(str(answer.folder))


def _tell_stopped(counts: str, reason: str, command: Sequence[str], lang: Language) -> None:
    """What is kept, and how to go on."""
    click.echo("\n" + counts, err=True)
    told_reason = REASONS[reason] if lang == "zh" else reason
    click.echo(TEXTS[lang]["stopped"].format(reason=told_reason, line=remake(command)), err=True)


def _counts(of: SweepAnswer | Interrupted, lang: Language) -> str:
    return TEXTS[lang]["done"].format(done=of.done, failed=of.failed, missing=of.missing)


def _on_error(text: str) -> tuple[int, bool]:
    """Retries, and whether to stop at the first failure."""
    if text in {"continue", "stop"}:
        return 0, text == "stop"
    match = re.fullmatch(r"retry=([1-9][0-9]?)", text)
    if match is None:
        raise InputError(f"'{text}' is not known", place="--on-error", expected="continue, stop or retry=N (1 to 99)")
    return int(match[1]), False
