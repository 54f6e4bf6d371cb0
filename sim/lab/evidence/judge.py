"""From a figure with its interval to a verdict."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from sim.lab.evidence.finding import Finding
from sim.lab.evidence.pattern import Pattern


class Verdict(StrEnum):
    """Whether the model shows a pattern."""

    MET = "met"
    MISSED = "missed"
    UNDECIDED = "undecided"
    CANNOT = "cannot"


@dataclass(frozen=True, slots=True)
class Judged:
    """A pattern with what was found of it (None: the model cannot express it) and the verdict."""

    pattern: Pattern
    verdict: Verdict
    finding: Finding | None = None


def verdict(pattern: Pattern, finding: Finding | None) -> Verdict:
    """*Met* only if the whole interval lies inside the target, *missed* if it lies wholly outside, else *undecided*.

    The ends belong to the target, but where it is strict: then "more than 0" is more than 0.
    """
    if finding is None:
        return Verdict.CANNOT
    if math.isnan(finding.low) or math.isnan(finding.high):
        return Verdict.UNDECIDED
    low = -math.inf if pattern.low is None else pattern.low
    high = math.inf if pattern.high is None else pattern.high
    if pattern.strict:
        inside, outside = finding.low > low and finding.high < high, finding.high <= low or finding.low >= high
    else:
        inside, outside = finding.low >= low and finding.high <= high, finding.high < low or finding.low > high
    return Verdict.MET if inside else Verdict.MISSED if outside else Verdict.UNDECIDED
