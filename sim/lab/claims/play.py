"""Living the arms of claims: each plan once, whichever claims have it, and the same luck for all arms of a claim."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np

from sim.lab.claims.definition import Claim, Floats, Outcome, spent
from sim.lab.claims.judge import Judged, Judgement, judgement
from sim.lab.progress import SILENT, Progress
from sim.lab.runs.replicates import run_each
from sim.lab.store.manifest import canonical_json
from sim.model.counts import Counts
from sim.model.tables import Run
from sim.scenario.schema import Scenario

#: Of a life: what is wanted of it (None: what was spent) → one entry a replicate.
Seen: TypeAlias = Mapping[Outcome | None, Floats]


@dataclass(slots=True)
class Life:
    """A plan that is lived ``replicates`` times, and what claims want to see of it."""

    scenario: Scenario
    replicates: int = 0
    wanted: set[Outcome] = field(default_factory=set)


def lives(claims: Sequence[Claim]) -> dict[str, Life]:
    """The plans of the arms of claims by their digests, each once."""
    found: dict[str, Life] = {}
    for claim in claims:
        for arm in claim.arms:
            for scenario in (arm.shipped, arm.neutral):
                if scenario is not None:
                    name = name_of(scenario)
                    life = found.setdefault(name, Life(scenario.model_copy(update={"name": name})))
                    life.replicates = max(life.replicates, claim.replicates)
                    life.wanted.add(claim.outcome)
    return found


def name_of(scenario: Scenario) -> str:
    """A digest of what decides the runs of a plan: not its names and goals, nor how often it is run."""
    plain: dict[str, Any] = scenario.model_dump(mode="json", exclude={"name", "title", "goals"})
    del plain["run"]["replicates"]
    return "p" + hashlib.sha256(canonical_json(plain).encode()).hexdigest()[:24]


def runs(found: Mapping[str, Life]) -> int:
    """How many runs they take."""
    return sum(life.replicates for life in found.values())


def judged(claims: Sequence[Claim], *, threads: int | None = None, progress: Progress = SILENT) -> list[Judged]:
    """Live the arms of claims and judge these, in their order; the number of threads changes no number.

    Raises
    ------
    KeyboardInterrupt : soon after Ctrl-C, all threads ended.
    """
    found = lives(claims)
    progress.begin("runs", runs(found))
    try:
        seen = _played(found, threads, progress)
    finally:
        progress.end()
    return [_judged(claim, seen) for claim in claims]


def _played(found: Mapping[str, Life], threads: int | None, progress: Progress) -> dict[str, Seen]:
    """What is wanted of all lives; those with as many replicates go together, so that they share their markets."""
    seen: dict[str, Seen] = {}

    def keep(run: Run) -> dict[Outcome | None, Floats]:
        counts, life = Counts(run), found[run.scenario.name]
        looked: dict[Outcome | None, Floats] = {outcome: outcome.of(counts) for outcome in life.wanted}
        return {**looked, None: np.asarray(spent(counts))}

    for n in sorted({life.replicates for life in found.values()}):
        names = [name for name, life in found.items() if life.replicates == n]
        rows = run_each([found[name].scenario for name in names], range(n), keep, threads, progress=progress)
        for number, name in enumerate(names):
            mine = rows[number * n : (number + 1) * n]
            seen[name] = {what: np.array([row[what] for row in mine]) for what in mine[0]}
    return seen


def _judged(claim: Claim, seen: Mapping[str, Seen]) -> Judged:
    shipped = _judgement(claim, {arm.role: arm.shipped for arm in claim.arms}, seen)
    neutral = {arm.role: arm.neutral for arm in claim.arms if arm.neutral is not None}
    return Judged(claim, shipped, _judgement(claim, neutral, seen) if neutral else None)


def _judgement(claim: Claim, plans: Mapping[str, Scenario], seen: Mapping[str, Seen]) -> Judgement:
    """The judgement of one set of plans, by the roles of the arms; replicates beyond the claim's own are left out."""
    found = {role: seen[name_of(plan)] for role, plan in plans.items()}
    outcomes, spends = (
        {role: each[what][: claim.replicates] for role, each in found.items()} for what in (claim.outcome, None)
    )
    return judgement(claim, outcomes, spends)
