"""The question ``patterns``: which patterns of real communities the model shows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, ClassVar

import sim.lab.evidence
from sim.lab.evidence.finding import Curve, Finding
from sim.lab.evidence.judge import Judged, Verdict
from sim.lab.evidence.pattern import Pattern, Text
from sim.lab.evidence.play import judged, needed
from sim.lab.evidence.table import PATTERNS, chosen
from sim.lab.evidence.trials import Trial
from sim.lab.progress import SILENT, Progress
from sim.lab.questions.answer import Answer
from sim.lab.questions.judged import Table, plain, provenance, rows_of, sources
from sim.lab.runs.replicates import warm_up
from sim.lab.store.folder import chosen_folder
from sim.scenario.schema import Scenario

#: The file with all that was found.
FOUND = "patterns.json"


@dataclass(frozen=True, kw_only=True)
class PatternsAnswer(Answer):
    """Every pattern asked about, with what was found of it; ``replicates`` and ``seed``: None for the trials' own."""

    kind: ClassVar[str] = "patterns"
    judged: tuple[Judged, ...]
    replicates: int | None = None
    seed: int | None = None

    def count(self, verdict: Verdict) -> int:
        """Patterns with a verdict."""
        return sum(each.verdict is verdict for each in self.judged)


def patterns(
    only: Sequence[str] = (), *, replicates: int | None = None, seed: int | None = None, threads: int | None = None,
    out: str | Path | None = None, force: bool = False, progress: Progress = SILENT, command: Sequence[str] = (),
) -> PatternsAnswer:  # fmt: skip
    """Run the trials of the patterns and judge these. What is finished already is found and not run again.

    Parameters
    ----------
    only : ids, or words in their titles; all patterns if there are none.
    replicates, seed : instead of the trials' own. threads : at most so many; None: one for each core.
    out : the result folder; by default ``results/patterns``. force : replace what it holds.
    command : the arguments after ``run.py`` that ask the same, for the folder.

    Raises
    ------
    InputError : there is no such pattern, or the folder is taken or cannot be written.
    KeyboardInterrupt : soon after Ctrl-C; nothing is left half-written.
    """
    asked, folder = chosen(only), chosen_folder(out, "patterns")
    trials = needed(asked, replicates)
    table = Table(
        "patterns", FOUND, _provenance(trials, seed),
        {"patterns": [each.id for each in asked], "trials": [trial.name for trial in trials],
         "replicates": replicates, "seed": seed, "evidence": sources(sim.lab.evidence)},
    )  # fmt: skip

    def found() -> list[dict[str, Any]]:
        warm_up("sweep", progress)
        live = judged(asked, replicates=replicates, seed=seed, threads=threads, progress=progress)
        return [told(each) for each in live]

    remake, made = table.found_or_made(folder, found, force=force, command=command)
    return PatternsAnswer(
        folder=folder, tables={}, remake=remake, made=sum(trial.replicates for trial in trials) if made else 0,
        judged=tuple(read(folder)), replicates=replicates, seed=seed,
    )  # fmt: skip


def _provenance(trials: Sequence[Trial], seed: int | None) -> dict[str, Any]:
    """The plans of the trials, resolved; where nothing is run, an empty one stands for them."""
    plans = [trial.scenario(seed) for trial in trials] or [Scenario()]
    return provenance(plans, max((trial.replicates for trial in trials), default=1))


def told(each: Judged) -> dict[str, Any]:
    """A judged pattern as plain values; what is not known is None."""
    pattern = each.pattern
    row: dict[str, Any] = {
        "id": pattern.id, "group": pattern.group, "title": pattern.title._asdict(), "what": pattern.what._asdict(),
        "target": {"low": pattern.low, "high": pattern.high, "strict": pattern.strict}, "unit": pattern.unit,
        "source": pattern.source, "mark": pattern.mark, "fits": pattern.fits,
        "cannot": pattern.cannot._asdict() if pattern.cannot else None, "verdict": each.verdict.value,
    }  # fmt: skip
    found = each.finding
    if found is not None:
        row |= {"mean": found.mean, "low": found.low, "high": found.high, "replicates": found.n}
        row |= {"dots": list(found.dots), "note": found.note._asdict() if found.note else None}
        row |= {"curve": asdict(found.curve) if found.curve else None}
    found_plain: dict[str, Any] = plain(row)
    return found_plain


def read(folder: Path) -> list[Judged]:
    """What a folder holds, in the order in which it was told."""
    known = {pattern.id: pattern for pattern in PATTERNS}
    rows = rows_of(folder / FOUND)
    return [_read(known[row["id"]], row) for row in rows]


def _read(pattern: Pattern, row: dict[str, Any]) -> Judged:
    if row["verdict"] == Verdict.CANNOT:
        return Judged(pattern, Verdict.CANNOT)
    mean, low, high = (math.nan if row[name] is None else row[name] for name in ("mean", "low", "high"))
    note = Text(**row["note"]) if row["note"] else None
    curve = None
    if row["curve"]:
        shape = row["curve"]
        shape |= {name: Text(*shape[name]) for name in ("x_label", "y_label")}
        shape |= {name: [math.nan if v is None else v for v in shape[name]] for name in ("x", "y", "target")}
        curve = Curve(**shape)
    return Judged(
        pattern, Verdict(row["verdict"]), Finding(mean, low, high, row["replicates"], row["dots"], curve, note)
    )
