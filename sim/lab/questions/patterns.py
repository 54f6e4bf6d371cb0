"""The question ``patterns``: which patterns of real communities the model shows."""

from __future__ import annotations

import hashlib
import json
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
from sim.lab.runs.replicates import warm_up
from sim.lab.store import find, new_folder, write_file
from sim.lab.store.folder import chosen_folder
from sim.lab.store.manifest import Manifest, fingerprint
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
    settings: dict[str, Any] = {
        "patterns": [each.id for each in asked], "trials": [trial.name for trial in trials],
        "replicates": replicates, "seed": seed, "evidence": _version(),
    }  # fmt: skip
    kept = _provenance(trials, seed)
    study = fingerprint("patterns", **kept, settings=settings)
    if not force and find(folder, study) == "same":
        manifest = Manifest.read(folder, "patterns")
        return _answer(folder, read(folder), replicates, seed, manifest.remake, 0)
    with new_folder(folder, force=force) as made:
        warm_up("sweep", progress)
        found = judged(asked, replicates=replicates, seed=seed, threads=threads, progress=progress)
        text = json.dumps([told(each) for each in found], ensure_ascii=False, allow_nan=False, indent=1) + "\n"
        write_file(made / FOUND, text)
        digest = hashlib.sha256(text.encode()).hexdigest()
        manifest = Manifest.of("patterns", **kept, digest=digest, command=command, settings=settings)
        manifest.write(made)
    return _answer(folder, found, replicates, seed, manifest.remake, sum(trial.replicates for trial in trials))


def _answer(
    folder: Path, found: Sequence[Judged], replicates: int | None, seed: int | None, remake: str, made: int
) -> PatternsAnswer:
    return PatternsAnswer(
        folder=folder, tables={}, remake=remake, made=made, judged=tuple(found), replicates=replicates, seed=seed
    )  # fmt: skip


def _provenance(trials: Sequence[Trial], seed: int | None) -> dict[str, Any]:
    """The plans of the trials, resolved; where nothing is run, an empty one stands for them."""
    plans = [trial.scenario(seed) for trial in trials] or [Scenario()]
    return {
        "scenarios": [plan.model_dump(mode="json") for plan in plans],
        "seeds": sorted({plan.run.seed for plan in plans}),
        "replicates": max((trial.replicates for trial in trials), default=1),
        "days": max(plan.run.days for plan in plans),
    }


def _version() -> str:
    """A digest of how patterns are defined and measured."""
    digest = hashlib.sha256()
    for path in sorted(Path(sim.lab.evidence.__path__[0]).glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


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
    plain: dict[str, Any] = _plain(row)
    return plain


def read(folder: Path) -> list[Judged]:
    """What a folder holds, in the order in which it was told."""
    known = {pattern.id: pattern for pattern in PATTERNS}
    rows = json.loads((folder / FOUND).read_text(encoding="utf-8"))
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


def _plain(value: Any) -> Any:
    """Values that JSON has; numbers that are not finite are None."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
