"""From outcomes to a verdict, and from two verdicts, as shipped and at neutral, to a label."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from sim.lab.claims.definition import Claim, Floats
from sim.lab.claims.relations import LEVEL, Effect, Outcomes, effect
from sim.lab.statistics.intervals import FEWEST_REPLICATES, interval


class Verdict(StrEnum):
    """What the experiment says of a claim."""

    SUPPORTED = "supported"
    OPPOSITE = "opposite"
    NEGLIGIBLE = "negligible"
    UNRESOLVED = "unresolved"
    UNFAIR = "unfair"


class Label(StrEnum):
    """Whether a verdict was put in (it needs an effect whose sign somebody chose) or emerged."""

    ASSUMED = "assumed"
    EMERGENT = "emergent"


#: Verdicts that a label is given to: the others have found nothing that could have been put in.
FOUND = (Verdict.SUPPORTED, Verdict.OPPOSITE)


@dataclass(frozen=True, slots=True)
class Reading:
    """An arm's outcome with its interval (of a crossing: on the last day), and what was spent on it."""

    mean: float
    low: float
    high: float
    spent: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with its effect; ``gap``: how far the spends are apart, as a share of the largest."""

    verdict: Verdict
    effect: Effect
    arms: tuple[Reading, ...]
    gap: float


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with what was found of it, as shipped and with what would imply it at neutral (None: nothing would)."""

    claim: Claim
    shipped: Judgement
    neutral: Judgement | None = None

    @property
    def label(self) -> Label | None:
        """*Assumed* if the verdict is another one at neutral values, else *emergent*; None where nothing was found."""
        if self.shipped.verdict not in FOUND:
            return None
        stays = self.neutral is None or self.neutral.verdict is self.shipped.verdict
        return Label.EMERGENT if stays else Label.ASSUMED


def judgement(claim: Claim, outcomes: Outcomes, spends: Mapping[str, Floats]) -> Judgement:
    """What the outcomes under the arms say of a claim; no verdict on it where the spends differ."""
    found, gap = effect(claim, outcomes), apart([float(np.mean(spends[arm.role])) for arm in claim.arms])
    unfair = claim.money is not None and not gap <= claim.money.tolerance
    arms = tuple(_reading(outcomes[arm.role], spends[arm.role]) for arm in claim.arms)
    return Judgement(Verdict.UNFAIR if unfair else verdict(found, claim.matters), found, arms, gap)


def verdict(found: Effect, matters: float) -> Verdict:
    """The whole interval decides.

    *Supported*: it lies beyond the smallest effect that matters, and no step of a dose may go back by as much.
    *Opposite*: it lies beyond it on the other side, or a step goes back by as much. *Negligible*: it lies inside on
    both sides. *Unresolved*: anything else, and fewer than five replicates.
    """
    if found.n < FEWEST_REPLICATES or math.isnan(found.low) or math.isnan(found.high):
        return Verdict.UNRESOLVED
    back_low, back_high = found.back or (math.inf, math.inf)
    if found.high <= -matters or back_high <= -matters:
        return Verdict.OPPOSITE
    if back_low <= -matters:
        return Verdict.UNRESOLVED
    if found.low >= matters:
        return Verdict.SUPPORTED
    return Verdict.NEGLIGIBLE if -matters < found.low and found.high < matters else Verdict.UNRESOLVED


def apart(spends: Sequence[float]) -> float:
    """How far spends are apart, as a share of the largest; 0 where nothing is spent."""
    most = max(spends)
    return (most - min(spends)) / most if most else 0.0


def _reading(outcome: Floats, spends: Floats) -> Reading:
    last = outcome if outcome.ndim == 1 else outcome[:, -1]
    told = interval(last, LEVEL)
    return Reading(told.mean, told.low, told.high, float(np.mean(spends)))
