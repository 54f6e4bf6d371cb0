"""A study: one scenario or several under the same luck, from the runs to the result folder.

>>> study = run_study(["dedao", "hard_selling"], replicates=10)
>>> study.summary["differences"][0]["verdict"]
>>> study.write(Path("results/mine"))
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from sim.errors import InputError, InputErrors
from sim.experiments.compare import paired_differences
from sim.experiments.explain import ATTRIBUTION, LEVERS, explain
from sim.experiments.goals import check_goals
from sim.experiments.headline import Outcome, outcome, summarised
from sim.experiments.metrics import METRICS
from sim.experiments.progress import SILENT, Progress
from sim.experiments.replicates import people, run_replicates, warm_up
from sim.model import Driver
from sim.scenario.keys import with_changes
from sim.scenario.load import Loaded, load
from sim.scenario.schema import Scenario
from sim.store import Manifest, canonical_json, digest, fingerprint, new_folder, read_table, write_file, write_table
from sim.tables import Run, tables

if TYPE_CHECKING:
    import pandas as pd

Given: TypeAlias = Scenario | Loaded | str | Path

SUMMARY = "summary.json"
#: The kinds of results that are studies.
KINDS = ("run", "compare")
#: Replicates behind the explanation of a difference (design choice): the fewest of which intervals are told.
EXPLAINING = 5
#: People × days of one run up to which differences are explained unasked: it takes some hundred runs more.
EXPLAINED_UNASKED = 10_000_000


@dataclass(frozen=True)
class Study:
    """A finished study: its tables by name, the summary, where it comes from, and what to bear in mind."""

    tables: dict[str, pd.DataFrame]
    summary: dict[str, Any]
    manifest: Manifest
    notes: tuple[str, ...] = ()

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
        return cls({name: read_table(folder, name) for name in manifest.tables}, summary, manifest)

    def write(self, folder: Path, *, force: bool = False) -> None:
        """Write a result folder, whole or not at all. The report is a rendering: :func:`sim.report.page.render`.

        Raises
        ------
        InputError : see :func:`sim.store.new_folder`.
        """
        with new_folder(folder, force=force) as made:
            self.save(made)

    def save(self, folder: Path) -> None:
        """Write tables, summary and manifest into an empty folder."""
        for name, frame in self.tables.items():
            write_table(folder, name, frame)
        write_file(folder / SUMMARY, json.dumps(self.summary, ensure_ascii=False, allow_nan=False, indent=1) + "\n")
        self.manifest.write(folder)


@dataclass(frozen=True)
class Design:
    """What a study runs: everything that decides its numbers; make it with :meth:`of`.

    ``scenarios``: the baseline first, all with the same days, seed, replicates and different names. ``explaining``: the
    replicates behind the explanation of differences, 0 for none. ``notes``: what was made equal or may not be meant.
    """

    scenarios: tuple[Scenario, ...]
    explaining: int = 0
    notes: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def of(cls, given: Sequence[Given], *, explaining: int | None = None, driver: Driver = "sweep") -> Design:
        """The design of a study of some scenarios (at least one).

        Parameters
        ----------
        given : scenarios, or files or names to load. Days, seed and replicates of the first hold for all.
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
        return cls(tuple(scenarios), min(explaining, run.replicates), tuple(dict.fromkeys(notes)))

    @property
    def kind(self) -> str:
        """The command that makes such a study."""
        return KINDS[len(self.scenarios) > 1]

    @cached_property
    def about(self) -> dict[str, Any]:
        """What identifies the study, as :func:`sim.store.fingerprint` and the manifest take it."""
        run = self.scenarios[0].run
        settings: dict[str, Any] = {"attribution_replicates": self.explaining} if self.kind == "compare" else {}
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

    def run(
        self,
        threads: int | None = None,
        driver: Driver = "sweep",
        progress: Progress = SILENT,
        command: Sequence[str] = (),
    ) -> Study:
        """Run it. ``command``: the arguments after ``run.py`` that make it again, for the manifest."""
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
        if self.kind == "compare":
            made["levers"] = _frame(found.levers, LEVERS)
            made["attribution"] = _frame(found.attribution, ATTRIBUTION)
        manifest = Manifest.of(
            self.kind, **self.about, digest=digest({"series": made["series"]}), command=command, timings=timings
        )
        return Study(made, _summary(scenarios, outcomes), manifest, (*self.notes, *found.notes))

    def unlike(self, other: Manifest) -> str:
        """In what a finished study differs from this one, in a few words."""
        theirs = [each.get("name") for each in other.scenarios]
        if theirs != [each.name for each in self.scenarios]:
            return f"it is about {', '.join(map(str, theirs))}"
        found = [key for mine, old in zip(self.about["scenarios"], other.scenarios, strict=True)
                 for key in _different(mine, old, "")]  # fmt: skip
        if self.about["settings"] != other.settings:
            found += ["the attribution's replicates or the network's files"]
        if found:
            return f"it differs in {', '.join(dict.fromkeys(found[:4]))}{' and more' if len(found) > 4 else ''}"
        return "it was made by another version of this program"


def run_study(
    scenarios: Sequence[Given],
    *,
    replicates: int | None = None,
    days: int | None = None,
    seed: int | None = None,
    explaining: int | None = None,
    threads: int | None = None,
    driver: Driver = "sweep",
    progress: Progress = SILENT,
) -> Study:
    """Run one scenario, or compare several with the first under the same luck.

    Parameters
    ----------
    scenarios : scenarios, or files or names to load.
    replicates, days, seed : instead of the first scenario's.
    explaining, driver : see :meth:`Design.of`. threads : at most so many; None: one for each core.

    Raises
    ------
    InputError, InputErrors : a scenario cannot be loaded or run. KeyboardInterrupt : soon after Ctrl-C.
    """
    stated = {"run.replicates": replicates, "run.days": days, "run.seed": seed}
    changes = {key: value for key, value in stated.items() if value is not None}
    chosen = [with_changes(_scenario(each), changes) if changes else each for each in scenarios]
    return Design.of(chosen, explaining=explaining, driver=driver).run(threads, driver, progress)


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
    if not all(isinstance(each["metrics"].get(metric.name), dict) for each in plans for metric in METRICS):
        return "a metric is missing"
    told = {(each.get("scenario"), each.get("metric")) for each in rows} if _are_mappings(rows) else set()
    if not all((each["name"], metric.name) in told for each in plans[1:] for metric in METRICS):
        return "a difference is missing"
    return ""


def _are_mappings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def _split(runs: Sequence[Run], replicates: int) -> Iterator[Sequence[Run]]:
    return (runs[first : first + replicates] for first in range(0, len(runs), replicates))


def _frame(rows: list[dict[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415 - loaded with the tables by now

    return pd.DataFrame(rows, columns=list(columns))


def _files(scenarios: Sequence[Scenario]) -> dict[str, str]:
    """SHA-256 of the files that markets are read from."""
    named = {file for each in scenarios for file in (each.market.network.file, each.market.network.labels) if file}
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
