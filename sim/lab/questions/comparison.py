"""What a study is made from, one scenario or several under the same luck; and the study, with its result folder.

>>> comparison = Comparison.of(["dedao", "hard_selling"])
>>> study = comparison.study(Path("results/mine"))
>>> study.summary["differences"][0]["verdict"]
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from sim.errors import InputError, InputErrors
from sim.lab.goals import check_goals
from sim.lab.headline import Outcome, outcome, summarised
from sim.lab.progress import SILENT, Progress, Workload
from sim.lab.questions.answer import Answer
from sim.lab.questions.differences import paired_differences
from sim.lab.questions.explain import ATTRIBUTION, LEVERS, explain
from sim.lab.questions.loading import Given
from sim.lab.questions.twin import recovery
from sim.lab.runs.replicates import people, run_replicates, warm_up
from sim.lab.store import (
    FormatError,
    Manifest,
    canonical_json,
    digest,
    find,
    fingerprint,
    new_folder,
    read_table,
    write_file,
    write_table,
)  # fmt: skip
from sim.lab.store.version import model_version
from sim.lab.treatments import effects, figures
from sim.model import measures
from sim.model.community import Driver
from sim.model.tables import Run, tables
from sim.scenario.keys import with_changes
from sim.scenario.load import Loaded, load
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd

SUMMARY = "summary.json"
#: The kinds of results that are studies.
KINDS = ("run", "compare")
#: Replicates behind the explanation of a difference (design choice): the fewest of which intervals are told.
EXPLAINING = 5
#: People × days of one run up to which differences are explained unasked: it takes some hundred runs more.
EXPLAINED_UNASKED = 10_000_000


@dataclass(frozen=True, kw_only=True)
class Study(Answer):
    """The answer of ``run`` and ``compare``: the tables, what stands in ``summary.json``, and where it comes from."""

    kind: ClassVar[str] = "study"
    summary: dict[str, Any]
    manifest: Manifest

    @classmethod
    def read(cls, folder: Path) -> Study:
        """The study in a result folder.

        Raises
        ------
        InputError : it is no result folder, or damaged.
        """
        manifest = Manifest.read(folder, *KINDS)
        path = folder / SUMMARY
        try:
            summary = json.loads(path.read_text(encoding="utf-8") if path.is_file() else "")
            canonical_json(summary)
        except (OSError, ValueError, RecursionError) as error:
            raise InputError("the summary is missing or damaged", place=str(path), hint="Run it again.") from error
        if problem := _unlike_a_summary(summary, manifest):
            raise InputError(f"the summary is damaged ({problem})", place=str(path), hint="Run it again.")
        tables = {name: read_table(folder, name) for name in manifest.tables}
        return cls(folder=folder, tables=tables, remake=manifest.remake, summary=summary, manifest=manifest)

    def save(self, folder: Path) -> None:
        """Write tables, summary and manifest into an empty folder; the report is a rendering."""
        for name, frame in self.tables.items():
            write_table(folder, name, frame)
        write_file(folder / SUMMARY, json.dumps(self.summary, ensure_ascii=False, allow_nan=False, indent=1) + "\n")
        self.manifest.write(folder)


@dataclass(frozen=True)
class Comparison:
    """What a study is made from: everything that decides its numbers; make it with :meth:`of`.

    ``scenarios``: the baseline first, all with the same days, seed, replicates and different names. ``explaining``: the
    replicates behind the explanation of differences, 0 for none. ``notes``: what was made equal or may not be meant.
    ``twin``: the entries of the second plan's playbook that the first one is without, if that is all they differ in.
    """

    scenarios: tuple[Scenario, ...]
    explaining: int = 0
    twin: tuple[int, ...] = ()
    notes: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def of(
        cls, given: Sequence[Given], *, twin: tuple[int, ...] = (), explaining: int | None = None,
        driver: Driver = "sweep",
    ) -> Comparison:  # fmt: skip
        """The comparison of some scenarios with the first one; of one alone, its run.

        Parameters
        ----------
        given : scenarios, or files or names to load. Days, seed and replicates of the first hold for all.
        twin : see the class.
        explaining : at most the replicates; None: 5, or 0 for large markets and under ``walk``.

        Raises
        ------
        InputError, InputErrors : a scenario cannot be loaded, or has a goal about an unknown metric.
        """
        loaded = [load(each) if isinstance(each, str | Path) else each for each in given]
        _check_goals(loaded)
        scenarios, notes = _alike([each.scenario if isinstance(each, Loaded) else each for each in loaded])
        run = scenarios[0].run
        if len(scenarios) == 1:
            explaining = 0
        elif explaining is None:
            explaining = EXPLAINING
            if driver == "walk" or run.days * max(map(people, scenarios)) > EXPLAINED_UNASKED:
                explaining = 0
                notes.append("what the difference is made of is left out at this size; "
                             "ask for it with --attribution-replicates 5")  # fmt: skip
        notes = [*(note for each in loaded if isinstance(each, Loaded) for note in each.notes), *notes]
        return cls(tuple(scenarios), min(explaining, run.replicates), twin, tuple(dict.fromkeys(notes)))

    @property
    def kind(self) -> str:
        """The command that makes such a study."""
        return KINDS[len(self.scenarios) > 1]

    @property
    def name(self) -> str:
        """What its folder is called unless that is stated."""
        names = [each.name for each in self.scenarios]
        joined = "-vs-".join(names)
        return joined if len(joined) <= 80 else f"{names[0]}-vs-{len(names) - 1}-plans"

    @cached_property
    def about(self) -> dict[str, Any]:
        """What identifies the study, as :func:`sim.lab.store.fingerprint` and the manifest take it."""
        run = self.scenarios[0].run
        settings: dict[str, Any] = {"attribution_replicates": self.explaining} if self.kind == "compare" else {}
        if self.twin:
            settings["twin"] = list(self.twin)
        if files := _files(self.scenarios):
            settings["files"] = files
        return {
            "scenarios": [each.plain() for each in self.scenarios],
            "seeds": [run.seed],
            "replicates": run.replicates,
            "days": run.days,
            "settings": settings,
        }

    @cached_property
    def fingerprint(self) -> str:
        """The study's name by content."""
        return fingerprint(self.kind, **self.about)

    def study(
        self, folder: Path, *, force: bool = False, threads: int | None = None, driver: Driver = "sweep",
        progress: Progress = SILENT, command: Sequence[str] = (),
    ) -> Study:  # fmt: skip
        """The study in a folder: found where it is finished, else run and written whole or not at all.

        Parameters
        ----------
        force : run it even if it is finished, and replace a result that lies there.
        threads : at most so many; None: one for each core. driver : see :class:`~sim.model.community.CommunityModel`.
        command : the arguments after ``run.py`` that make it again, for the manifest.

        Raises
        ------
        InputError : the scenarios cannot be run, or the folder is taken or cannot be written.
        KeyboardInterrupt : soon after Ctrl-C; nothing is left half-written.
        """
        found = None if force else self._finished(folder)
        runs = len(self.scenarios) * self.scenarios[0].run.replicates
        progress.plan(Workload(runs=runs, todo=0 if found else runs, notes=self.notes))
        if found is not None:
            return found
        with new_folder(folder, force=force) as made:  # before the runs: a folder that cannot be written is told now
            study = self._run(folder, threads, driver, progress, command)
            study.save(made)
        return study

    def _finished(self, folder: Path) -> Study | None:
        """The study, if the folder holds it; None if it is to be run. Another one is never replaced unasked."""
        state = find(folder, self.fingerprint)
        if state == "absent":
            return None
        if state == "same":
            return replace(Study.read(folder), notes=self.notes)
        hint = f"Keep both with --out {folder}-2, or replace it with --force."
        problem = f"{folder} holds a damaged result"
        if state == "other":
            try:
                problem = f"{folder} holds another study: {self.unlike(Manifest.read(folder, *KINDS))}"
            except FormatError as error:
                problem = f"{folder} holds what this version cannot read: {error.problem}"
            except InputError:
                problem, hint = f"{folder} holds other things than a study", "Choose another folder with --out."
        raise InputError(problem, place="--out", hint=hint)

    def _run(
        self, folder: Path, threads: int | None, driver: Driver, progress: Progress, command: Sequence[str]
    ) -> Study:
        timings: dict[str, float] = {}
        scenarios, replicates = self.scenarios, self.scenarios[0].run.replicates
        with _timed("compile", timings):
            warm_up(driver, progress)
        with _timed("runs", timings):
            progress.begin("runs", len(scenarios) * replicates)
            runs = run_replicates(scenarios, replicates, threads, driver, progress)
            progress.end()
        outcomes = [[outcome(run) for run in own] for own in _split(runs, replicates)]
        with _timed("attribution", timings):
            found = explain(scenarios, outcomes, self.explaining, threads, driver, progress)
        made = tables(runs)
        summary = _summary(scenarios, outcomes) | _of_arms(scenarios, made)
        if self.twin:
            summary["recovery"] = recovery(scenarios[1], self.twin, *_split(runs, replicates))
        if self.kind == "compare":
            made["levers"] = _frame(found.levers, LEVERS)
            made["attribution"] = _frame(found.attribution, ATTRIBUTION)
        manifest = Manifest.of(
            self.kind, **self.about, digest=digest({"series": made["series"]}), command=command, timings=timings
        )
        return Study(
            folder=folder, tables=made, remake=manifest.remake, notes=(*self.notes, *found.notes), made=len(runs),
            summary=summary, manifest=manifest,
        )  # fmt: skip

    def unlike(self, other: Manifest) -> str:
        """In what a finished study differs from this one, in a few words."""
        theirs = [each.get("name") for each in other.scenarios]
        if theirs != [each.name for each in self.scenarios]:
            return f"it is about {', '.join(map(str, theirs))}"
        found = [key for mine, old in zip(self.about["scenarios"], other.scenarios, strict=True)
                 for key in _different(mine, old, "")]  # fmt: skip
        if self.about["settings"] != other.settings:
            found += ["the attribution's replicates or the network's files"]
        made = "was made by another version of the model"
        if not found:
            return f"it {made}"
        further = f", and {made}" if other.versions.get("source") != model_version() else ""
        return f"it differs in {', '.join(dict.fromkeys(found[:4]))}{' and more' if len(found) > 4 else ''}{further}"


def _scenario(given: Given) -> Scenario:
    if isinstance(given, str | Path):
        given = load(given)
    return given.scenario if isinstance(given, Loaded) else given


def _check_goals(given: Sequence[Scenario | Loaded]) -> None:
    errors: list[InputError] = []
    for each in given:
        try:
            check_goals(_scenario(each), each.sources if isinstance(each, Loaded) else None)
        except InputErrors as found:
            errors += found.errors
    if errors:
        raise InputErrors(errors)


def _alike(given: Sequence[Scenario]) -> tuple[list[Scenario], list[str]]:
    """The scenarios with the first one's days, seed and replicates, and with different names; and what that changed."""
    if not given:
        raise InputError("there is no scenario to run", expected="at least one")
    first, taken, notes = given[0], set[str](), list[str]()
    alike: list[Scenario] = []
    for each in given:
        changes: dict[str, Any] = {}
        for key in ("days", "seed", "replicates"):
            mine, theirs = getattr(first.run, key), getattr(each.run, key)
            if mine != theirs:
                changes[f"run.{key}"] = mine
                notes.append(
                    f"{each.name}: run.{key} is {mine} as in '{first.name}', not {theirs}, to compare like with like"
                )
        if each.name in taken:
            changes["name"] = next(name for n in range(2, 1000) if (name := f"{each.name[:60]}-{n}") not in taken)
            notes.append(f"the next scenario that is named '{each.name}' is called '{changes['name']}' here")
        alike.append(with_changes(each, changes) if changes else each)
        taken.add(alike[-1].name)
        if each.market != first.market:
            notes.append(f"{each.name}: its market is not that of '{first.name}', so the people are not the same, and "
                         "differences are also due to them")  # fmt: skip
        if each.run.currency != first.run.currency:
            notes.append(
                f"{each.name}: amounts in {each.run.currency} are compared with amounts in {first.run.currency}"
            )
    return alike, notes


def _summary(scenarios: Sequence[Scenario], outcomes: Sequence[Sequence[Outcome]]) -> dict[str, Any]:
    differences = [
        row
        for plan, own in zip(scenarios[1:], outcomes[1:], strict=True)
        for row in paired_differences(scenarios[0], plan, outcomes[0], own)
    ]
    entries = [summarised(each, own) for each, own in zip(scenarios, outcomes, strict=True)]
    return {"scenarios": entries} | ({"differences": differences} if len(scenarios) > 1 else {})


def _of_arms(scenarios: Sequence[Scenario], made: dict[str, pd.DataFrame]) -> dict[str, Any]:
    """What the summary says of arms; nothing where no plan has any."""
    found = effects(scenarios, made)
    return {"arms": found, "arm_figures": figures(made["arms"])} if found else {}


def _unlike_a_summary(summary: Any, manifest: Manifest) -> str:
    """What is wrong with the shape of a summary that was read; empty where nothing is."""
    scenarios, summary = manifest.scenarios, summary if isinstance(summary, dict) else {}
    if not all(isinstance(each.get("run"), dict) and "currency" in each["run"] for each in scenarios):
        return "the manifest's scenarios are no scenarios"
    plans, rows = summary.get("scenarios"), summary.get("differences", [])
    if not _are_mappings(plans) or [each.get("name") for each in plans] != [each.get("name") for each in scenarios]:
        return "it is not about the plans of the manifest"
    if not all(isinstance(each.get("metrics"), dict) and "replicates" in each for each in plans):
        return "a plan has no metrics"
    if not all(isinstance(each["metrics"].get(metric.name), dict) for each in plans for metric in measures.headline()):
        return "a metric is missing"
    told = {(each.get("scenario"), each.get("metric")) for each in rows} if _are_mappings(rows) else set()
    if not all((each["name"], metric.name) in told for each in plans[1:] for metric in measures.headline()):
        return "a difference is missing"
    return ""


def _are_mappings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def _split(runs: Sequence[Run], replicates: int) -> Iterator[Sequence[Run]]:
    return (runs[first : first + replicates] for first in range(0, len(runs), replicates))


def _frame(rows: list[dict[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, columns=list(columns))


def _files(scenarios: Sequence[Scenario]) -> dict[str, str]:
    """SHA-256 of the files that markets are read from."""
    markets = [each.market for each in scenarios]
    named = {file for each in markets for file in (each.network.file, each.network.labels, each.inflow) if file}
    return {file: _sha256(Path(file)) for file in sorted(named)}


def _sha256(path: Path) -> str:
    try:
        if path.is_file():  # a pipe or a device may never end
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"cannot be read: {reason}", place=str(path), expected="a file that can be read") from error
    raise InputError("this is no file", place=str(path), expected="a file that can be read")


def _different(mine: Any, theirs: Any, key: str) -> Iterator[str]:
    if isinstance(mine, dict) and isinstance(theirs, dict):
        for name in {**mine, **theirs}:
            yield from _different(mine.get(name), theirs.get(name), f"{key}.{name}" if key else name)
    elif canonical_json(mine) != canonical_json(theirs):
        yield key


@contextmanager
def _timed(stage: str, timings: dict[str, float]) -> Iterator[None]:
    start = time.perf_counter()
    yield
    timings[stage] = round(time.perf_counter() - start, 3)
