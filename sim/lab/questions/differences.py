"""Two plans under the same luck: how they differ in every headline metric, and when one overtakes the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from sim.lab.headline import Outcome, finite_or_none
from sim.lab.statistics.intervals import overtaking, paired
from sim.model import measures
from sim.scenario.schema import Scenario

#: Metrics of which the summary also says when a plan overtakes the baseline for good: the aim, and what it costs.
OVERTAKING = ("strong", "profit")


def paired_differences(
    baseline: Scenario, plan: Scenario, first: Sequence[Outcome], second: Sequence[Outcome]
) -> list[dict[str, Any]]:
    """The rows of ``differences`` in ``summary.json``: every headline metric, ``plan`` minus ``baseline``.

    Parameters
    ----------
    first, second : the outcomes of the baseline and of the plan, of the same replicates in the same order.

    Returns
    -------
    A dictionary a metric, see :class:`~sim.lab.statistics.intervals.Difference`; strong ties and profit also say when
    the plan overtakes for good (``overtakes``), profit by its cumulative sum. What is undefined is None, and so is
    ``share_better`` where neither more nor less is better.
    """
    rows = []
    for metric in measures.headline():
        a, b = (np.array([each.metrics[metric.name] for each in side]) for side in (first, second))
        found = asdict(paired(a, b, higher_is_better=metric.better >= 0))
        row = {"scenario": plan.name, "baseline": baseline.name, "metric": metric.name, **found}
        row |= {name: finite_or_none(found[name]) for name in ("mean", "low", "high", "share_better")}
        row["verdict"] = str(found["verdict"])
        if metric.better == 0:
            row["share_better"] = None
        if metric.name in OVERTAKING:
            row["overtakes"] = _overtakes(metric.name, first, second)
        rows.append(row)
    return rows


def _overtakes(name: str, first: Sequence[Outcome], second: Sequence[Outcome]) -> dict[str, float | None]:
    a, b = (np.array([getattr(each, name) for each in side]) for side in (first, second))
    found = overtaking(a, b)
    share = found.share
    days = {part: finite_or_none(getattr(found, part)) for part in ("median", "low", "high", "clear_day")}
    return {"share": finite_or_none(share.share), "share_low": share.low, "share_high": share.high, **days}
