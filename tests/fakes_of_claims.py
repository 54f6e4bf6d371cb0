"""Made-up claims and outcomes, for tests of the judge: no simulator is behind them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from sim.lab.claims.definition import ROLES, Arm, Claim, Floats, Outcome
from sim.lab.evidence.pattern import Text
from sim.scenario.schema import Scenario

REPLICATES = 40
DAYS = 30
PLAN = Scenario()


def of_relation(relation: Any, level: float = 0.0) -> Claim:
    """A claim of a relation, in which 1 matters; five levels of a dose, from 0 to 4."""
    text = Text("a", "甲")
    if relation in ROLES:
        arms = tuple(Arm(role, text, PLAN) for role in ROLES[relation])
    else:
        arms = tuple(Arm(str(number), text, PLAN, at=float(number)) for number in range(5))
    return Claim(
        id="C99", essays=("E0",), title=text, text=text, relation=relation, arms=arms,
        outcome=Outcome("strong", DAYS, series=relation == "crossing"), matters=1.0, replicates=REPLICATES, limits=text,
        file=Path("C99.yaml"), level=level, axis=None if relation in ROLES else text,
    )  # fmt: skip


def rigged(claim: Claim, *, size: float = 3.0, spread: float = 0.05) -> dict[str, Floats]:
    """Outcomes for which the claim is true by ``size`` times what matters, with luck that all arms share.

    ``spread``: what each arm has of its own, in the same unit.
    """
    unit = claim.matters * claim.direction
    luck = 20.0 * claim.matters * np.random.default_rng(1).normal(size=REPLICATES)
    own = claim.matters * spread * np.random.default_rng(2).normal(size=(len(claim.arms), REPLICATES))
    own -= own.mean(axis=1, keepdims=True)
    return _outcomes(claim, [size * unit * step for step in _steps(claim)], luck, own)


def _steps(claim: Claim) -> list[float]:
    """The outcome under each arm, in units of the effect."""
    n = len(claim.arms)
    if claim.relation == "monotone":
        return [number / (n - 1) for number in range(n)]
    if claim.relation == "inner_peak":
        return [0.0, *[1.0] * (n - 2), 0.0]
    if claim.relation == "threshold":
        return [-1.0 if number < n // 2 else 1.0 for number in range(n)]
    return {"interaction": [0.0, 1.0, 1.0, 3.0]}.get(claim.relation, [0.0, 1.0])


def _outcomes(claim: Claim, means: list[float], luck: Floats, own: Floats) -> dict[str, Floats]:
    found = {}
    for number, arm in enumerate(claim.arms):
        mean = means[number]
        if claim.relation == "threshold":  # a level, not a difference: luck that is shared does not cancel
            found[arm.role] = claim.level + mean + own[number]
        elif claim.relation == "crossing":
            ramp = np.linspace(-1.0, 1.0, DAYS) if arm.role == "treatment" else np.zeros(DAYS)
            found[arm.role] = luck[:, None] + mean * ramp + own[number][:, None]
        else:
            found[arm.role] = mean + luck + own[number]
    return found


def exchanged(claim: Claim, outcomes: Mapping[str, Floats]) -> dict[str, Floats]:
    """Treatment's and control's outcomes exchanged; of a dose, its levels reversed; of a peak, made a trough."""
    roles = [arm.role for arm in claim.arms]
    if claim.relation == "inner_peak":
        return {role: -values for role, values in outcomes.items()}
    others = ["first", "neither", "both", "second"] if claim.relation == "interaction" else roles[::-1]
    return {role: outcomes[other] for role, other in zip(roles, others, strict=True)}


def same(claim: Claim) -> dict[str, Floats]:
    """The same outcome under all arms; of a threshold the level itself."""
    shape = (REPLICATES, DAYS) if claim.relation == "crossing" else (REPLICATES,)
    luck = np.random.default_rng(3).normal(size=shape)
    return {arm.role: np.full(shape, claim.level) if claim.relation == "threshold" else luck for arm in claim.arms}


def noisy(claim: Claim, outcomes: Mapping[str, Floats]) -> dict[str, Floats]:
    """The same outcomes lost in noise that is each arm's own and whose mean is nil, over either half of replicates."""
    signs = np.tile([1.0, 1.0, -1.0, -1.0], REPLICATES // 4)
    found = {}
    for number, arm in enumerate(claim.arms):
        noise = signs * 100.0 * claim.matters * (number + 1.0) ** 2
        found[arm.role] = outcomes[arm.role] + (noise[:, None] if claim.relation == "crossing" else noise)
    return found
