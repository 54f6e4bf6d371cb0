"""The question ``claims``: what the model says of what strategists believe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

import sim.lab.claims
from sim.errors import InputError
from sim.lab.claims.definition import Claim
from sim.lab.claims.files import load_claims
from sim.lab.claims.judge import Judged, Judgement, Label, Reading, Verdict
from sim.lab.claims.missing import Missing, missing
from sim.lab.claims.play import judged, lives, runs
from sim.lab.claims.relations import Effect
from sim.lab.progress import SILENT, Progress
from sim.lab.questions.answer import Answer
from sim.lab.questions.judged import Table, number, plain, provenance, rows_of, sources
from sim.lab.runs.replicates import warm_up
from sim.lab.store.folder import chosen_folder
from sim.scenario.catalogue import did_you_mean

#: The file with all that was found.
FOUND = "claims.json"


@dataclass(frozen=True, kw_only=True)
class ClaimsAnswer(Answer):
    """Every claim asked about with what was found of it, and the claims that have no file.

    ``replicates`` and ``seed``: None for the claims' own.
    """

    kind: ClassVar[str] = "claims"
    judged: tuple[Judged, ...]
    missing: tuple[Missing, ...] = ()
    replicates: int | None = None
    seed: int | None = None

    def count(self, verdict: Verdict) -> int:
        """Claims with a verdict."""
        return sum(each.shipped.verdict is verdict for each in self.judged)

    def labelled(self, label: Label) -> int:
        """Claims with a label."""
        return sum(each.label is label for each in self.judged)


def claims(
    files: Sequence[str | Path] = (), *, only: Sequence[str] = (), replicates: int | None = None,
    seed: int | None = None, threads: int | None = None, out: str | Path | None = None, force: bool = False,
    progress: Progress = SILENT, command: Sequence[str] = (),
) -> ClaimsAnswer:  # fmt: skip
    """Run the experiments of claims and judge them. What is finished already is found and not run again.

    Parameters
    ----------
    files : of claims; the shipped ones if there are none. only : ids, or words in their texts; all if there are none.
    replicates, seed : instead of the claims' own. threads : at most so many; None: one for each core.
    out : the result folder; by default ``results/claims``. force : replace what it holds.
    command : the arguments after ``run.py`` that ask the same, for the folder.

    Raises
    ------
    InputErrors, InputError : a file is wrong, there is no such claim, or the folder is taken or cannot be written.
    KeyboardInterrupt : soon after Ctrl-C; nothing is left half-written.
    """
    asked, folder = chosen(load_claims(files, seed=seed), only), chosen_folder(out, "claims")
    asked = tuple(each if replicates is None else replace(each, replicates=replicates) for each in asked)
    wanted = lives(asked)
    kept = provenance([life.scenario for life in wanted.values()], max(each.replicates for each in asked))
    settings = {"claims": [_asked(each) for each in asked], "room": sources(sim.lab.claims)}
    table = Table("claims", FOUND, kept, settings)

    def found() -> list[dict[str, Any]]:
        warm_up("sweep", progress)
        return [told(each) for each in judged(asked, threads=threads, progress=progress)]

    remake, made = table.found_or_made(folder, found, force=force, command=command)
    return ClaimsAnswer(
        folder=folder, tables={}, remake=remake, made=runs(wanted) if made else 0, judged=read(folder, asked),
        missing=missing(), replicates=replicates, seed=seed,
    )  # fmt: skip


def chosen(known: Sequence[Claim], only: Sequence[str]) -> tuple[Claim, ...]:
    """The claims that are named: by id (C01 is C01a and C01b), or by a word in their texts; all if none is.

    Raises
    ------
    InputError : a name that is neither; a claim without a file is told what it lacks.
    """
    wanted: set[str] = set()
    for name in only:
        found = {each.id for each in known if name.lower() in {each.id.lower(), each.family.lower()}}
        found = found or {each.id for each in known if _says(each, name)}
        if not found:
            raise _unknown(name, known)
        wanted |= found
    return tuple(each for each in known if each.id in wanted) if only else tuple(known)


def _says(claim: Claim, word: str) -> bool:
    """Whether a title or text has the word (two letters at least; an unknown id is no word)."""
    return len(word) > 1 and any(word.lower() in text.lower() for text in (*claim.title, *claim.text))


def _unknown(name: str, known: Sequence[Claim]) -> InputError:
    for each in missing():
        if each.id == name.upper():
            lacks = ", ".join(text.en for text in each.lacks)
            hint = f"It lacks: {lacks}." if lacks else "Nothing lacks but the file."
            return InputError(f"claim '{name}' has no experiment yet", place="--only", hint=hint)
    hint = did_you_mean(name.upper(), [each.id for each in known])
    return InputError(f"there is no claim '{name}'", place="--only", expected="ids or a word", hint=hint)


def _asked(claim: Claim) -> dict[str, Any]:
    """What decides a claim's numbers beside its plans."""
    outcome, money = claim.outcome, claim.money
    return {
        "id": claim.id, "relation": claim.relation, "direction": claim.direction, "level": claim.level,
        "matters": claim.matters, "doses": list(claim.doses), "replicates": claim.replicates,
        "outcome": [outcome.measure, outcome.read, outcome.since, outcome.day],
        "tolerance": None if money is None else money.tolerance,
        "arms": [[arm.role, arm.neutral is not None] for arm in claim.arms],
    }  # fmt: skip


def told(each: Judged) -> dict[str, Any]:
    """A judged claim as plain values; what is not known is None."""
    claim = each.claim
    row = {
        **_asked(claim), "essays": list(claim.essays), "title": claim.title._asdict(),
        "text": claim.text._asdict(), "unit": claim.outcome.what.unit,
        "implied": dict(claim.implied), "limits": claim.limits._asdict(),
        "money": claim.money and claim.money.how._asdict(), "verdict": each.shipped.verdict.value,
        "label": each.label and each.label.value, "shipped": _told(each.shipped, claim),
        "neutral": each.neutral and _told(each.neutral, claim),
    }  # fmt: skip
    found: dict[str, Any] = plain(row)
    return found


def _told(found: Judgement, claim: Claim) -> dict[str, Any]:
    arms = [
        {"role": arm.role, "at": arm.at, "name": arm.name._asdict(), "mean": each.mean, "low": each.low,
         "high": each.high, "spent": each.spent}
        for arm, each in zip(claim.arms, found.arms, strict=True)
    ]  # fmt: skip
    effect = found.effect
    return {
        "verdict": found.verdict.value, "gap": found.gap, "mean": effect.mean, "low": effect.low, "high": effect.high,
        "n": effect.n, "dots": list(effect.dots), "at": effect.at, "at_low": effect.at_low, "at_high": effect.at_high,
        "never": effect.never, "back": list(effect.back) if effect.back else None, "arms": arms,
    }  # fmt: skip


def read(folder: Path, asked: Sequence[Claim]) -> tuple[Judged, ...]:
    """What a folder holds of these claims."""
    rows = {row["id"]: row for row in rows_of(folder / FOUND)}
    return tuple(
        Judged(claim, _read(rows[claim.id]["shipped"]), _read(there) if (there := rows[claim.id]["neutral"]) else None)
        for claim in asked
    )


def _read(row: Mapping[str, Any]) -> Judgement:
    numbers = {name: number(row[name]) for name in ("mean", "low", "high", "at", "at_low", "at_high")}
    back = (number(row["back"][0]), number(row["back"][1])) if row["back"] else None
    effect = Effect(**numbers, n=row["n"], dots=row["dots"], never=row["never"], back=back)
    arms = tuple(Reading(*(number(arm[name]) for name in ("mean", "low", "high", "spent"))) for arm in row["arms"])
    return Judgement(Verdict(row["verdict"]), effect, arms, number(row["gap"]))
