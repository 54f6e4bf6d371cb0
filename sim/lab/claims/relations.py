"""From outcomes under the arms to the effect that a claim is about: one function a relation.

Outcomes: role of the arm → one value a replicate, under the same luck; of a crossing [replicate, day]. Every effect is
turned so that above 0 is what the claim says. Where several comparisons must all hold, the claim is an intersection of
them and the smallest decides (intersection-union test: Berger 1982, *Technometrics* 24), without correction at the
lower end; the upper end, a union, has Bonferroni's.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from sim.lab.claims.definition import Claim, Floats
from sim.lab.statistics.intervals import interval, overtaking

#: Level of all intervals.
LEVEL = 0.95
#: The most dots that a small plot shows.
MOST_DOTS = 60
Outcomes = Mapping[str, Floats]


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect with its interval; above 0 is what the claim says.

    ``at``: the best dose, the first dose above the level, or the median day of crossing, with ``at_low`` and
    ``at_high`` (NaN: none, or open); ``never``: of ``n`` replicates, those in which nothing is overtaken. ``back``: of
    a dose, the step against the claim that is largest, with its interval.
    """

    mean: float
    low: float
    high: float
    n: int
    dots: Sequence[float] = field(default=())
    at: float = math.nan
    at_low: float = math.nan
    at_high: float = math.nan
    never: int | None = None
    back: tuple[float, float] | None = None


def effect(claim: Claim, outcomes: Outcomes) -> Effect:
    """The effect that a claim is about."""
    return _EFFECTS[claim.relation](claim, outcomes)


def of(values: Floats, level: float = LEVEL) -> Effect:
    """The mean of one value a replicate with its t interval; replicates without a value are left out."""
    told = interval(values, level)
    finite = [float(value) for value in values if math.isfinite(value)]
    return Effect(told.mean, told.low, told.high, told.n, finite[:MOST_DOTS])


def smallest(parts: Sequence[Floats]) -> Effect:
    """The smallest of several means, with an interval that covers it: see the module's text."""
    lower = [of(part) for part in parts]
    upper = [of(part, 1.0 - (1.0 - LEVEL) / len(parts)) for part in parts]
    least = min(lower, key=lambda each: each.mean)
    return replace(least, low=min(each.low for each in lower), high=min(each.high for each in upper))


def _sign(claim: Claim, outcomes: Outcomes) -> Effect:
    """The treatment less the control, replicate by replicate."""
    return of(claim.direction * (outcomes["treatment"] - outcomes["control"]))


def _interaction(claim: Claim, outcomes: Outcomes) -> Effect:
    """What the first adds beside the second, less what it adds without it: a paired difference of differences."""
    beside, alone = outcomes["both"] - outcomes["second"], outcomes["first"] - outcomes["neither"]
    return of(claim.direction * (beside - alone))


def _monotone(claim: Claim, outcomes: Outcomes) -> Effect:
    """The last level less the first; and the step between neighbours that goes back furthest."""
    levels = _levels(claim, outcomes)
    steps = smallest([claim.direction * (after - before) for before, after in pairwise(levels)])
    return replace(of(claim.direction * (levels[-1] - levels[0])), back=(steps.low, steps.high))


def _inner_peak(claim: Claim, outcomes: Outcomes) -> Effect:
    """How far the best level in between lies above the lowest and the highest, whichever is nearer.

    The best is chosen by its mean over every other replicate and tested on the others, so that the choice does not
    favour it (data splitting: Cox 1975, *Biometrika* 62).
    """
    levels = [claim.direction * level for level in _levels(claim, outcomes)]
    means = [float(np.mean(level[0::2])) for level in levels[1:-1]]
    best = 1 + int(np.argmax(means))
    tested = smallest([(levels[best] - end)[1::2] for end in (levels[0], levels[-1])])
    return replace(tested, at=claim.doses[best], at_low=claim.doses[best - 1], at_high=claim.doses[best + 1])


def _threshold(claim: Claim, outcomes: Outcomes) -> Effect:
    """How far the outcome lies below the level at the lowest dose and above it at the highest, whichever is less.

    The threshold: the first dose from which on all intervals lie above the level; ``at_low`` is the last below it.
    """
    above = [claim.direction * (level - claim.level) for level in _levels(claim, outcomes)]
    found = smallest([-above[0], above[-1]])
    known = [of(each) for each in above]
    over = [dose for dose, rest in _onwards(claim.doses, known) if all(each.low > 0.0 for each in rest)]
    under = [dose for dose, each in zip(claim.doses, known, strict=True) if each.high < 0.0]
    first, last = over[0] if over else math.nan, under[-1] if under else math.nan
    return replace(found, at=first, at_low=last, at_high=first)


def _crossing(claim: Claim, outcomes: Outcomes) -> Effect:
    """The treatment less the control on the last day; and the day from which it stays ahead, which may be never."""
    control, treatment = (claim.direction * outcomes[role] for role in ("control", "treatment"))
    days = overtaking(control, treatment, LEVEL, first_day=1)
    never = int(np.isnan(days.days).sum())
    end = of(treatment[:, -1] - control[:, -1])
    return replace(end, at=days.median, at_low=days.low, at_high=days.high, never=never)


def _levels(claim: Claim, outcomes: Outcomes) -> list[Floats]:
    return [outcomes[arm.role] for arm in claim.arms]


def _onwards(doses: Sequence[float], known: Sequence[Effect]) -> list[tuple[float, Sequence[Effect]]]:
    """Every dose with what was found from it on."""
    return [(dose, known[number:]) for number, dose in enumerate(doses)]


_EFFECTS: Mapping[str, Callable[[Claim, Outcomes], Effect]] = {
    "sign": _sign,
    "monotone": _monotone,
    "inner_peak": _inner_peak,
    "threshold": _threshold,
    "crossing": _crossing,
    "interaction": _interaction,
}
