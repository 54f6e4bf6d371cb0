"""Two plans under the same luck: how they differ, when one overtakes the other, and what the difference is made of."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError
from sim.experiments.attribution import Coalition, coalitions, group_levers, shapley
from sim.experiments.headline import Outcome, finite_or_none, outcome
from sim.experiments.metrics import METRICS
from sim.experiments.progress import SILENT, Progress
from sim.experiments.replicates import run_each
from sim.experiments.statistics import interval, overtaking, paired
from sim.model import Driver
from sim.scenario.keys import difference, transplant, with_changes
from sim.scenario.schema import Scenario

Floats = NDArray[np.float64]

#: What is explained, at the horizon (design choice): the aim, and what it costs.
EXPLAINED = ("strong", "profit")
LEVERS = ("plan", "key", "baseline_value", "plan_value", "group")
ATTRIBUTION = ("plan", "metric", "part", "name", "mean", "low", "high", "n")


def paired_differences(
    baseline: Scenario, plan: Scenario, first: Sequence[Outcome], second: Sequence[Outcome]
) -> list[dict[str, Any]]:
    """The rows of ``differences`` in ``summary.json``: every headline metric, ``plan`` minus ``baseline``.

    Parameters
    ----------
    first, second : the outcomes of the baseline and of the plan, of the same replicates in the same order.

    Returns
    -------
    A dictionary a metric, see :class:`sim.experiments.statistics.Difference`; strong ties and profit also say when the
    plan overtakes for good (``overtakes``), profit by its cumulative sum. What is undefined is None.
    """
    rows = []
    for metric in METRICS:
        a, b = (np.array([each.metrics[metric.name] for each in side]) for side in (first, second))
        found = asdict(paired(a, b, higher_is_better=metric.better >= 0))
        row = {"scenario": plan.name, "baseline": baseline.name, "metric": metric.name, **found}
        row |= {name: finite_or_none(found[name]) for name in ("mean", "low", "high", "share_better")}
        row["verdict"] = str(found["verdict"])
        if metric.better == 0:
            row["share_better"] = None
        if metric.name in EXPLAINED:
            row["overtakes"] = _overtakes(metric.name, first, second)
        rows.append(row)
    return rows


def _overtakes(name: str, first: Sequence[Outcome], second: Sequence[Outcome]) -> dict[str, float | None]:
    a, b = (np.array([getattr(each, name) for each in side]) for side in (first, second))
    found = overtaking(a, b)
    share = found.share
    days = {part: finite_or_none(getattr(found, part)) for part in ("median", "low", "high", "clear_day")}
    return {"share": finite_or_none(share.share), "share_low": share.low, "share_high": share.high, **days}


class Explanation(NamedTuple):
    """Rows of the tables ``levers`` and ``attribution`` (see their columns above), and what to note about them."""

    levers: list[dict[str, Any]]
    attribution: list[dict[str, Any]]
    notes: list[str]


@dataclass(frozen=True)
class Pair:
    """A plan against the baseline: the scenarios that must be run to say what their difference is made of.

    ``groups``: name → dotted keys of the levers in which they differ; empty if they don't. ``mixed``: each proper
    coalition of groups (neither none nor all) → the baseline with those groups as in the plan. ``without``: each
    mechanism that both plans have switched on → both plans without it.
    """

    baseline: Scenario
    plan: Scenario
    groups: dict[str, list[str]]
    mixed: dict[Coalition, Scenario]
    without: dict[str, tuple[Scenario, Scenario]]
    notes: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, baseline: Scenario, plan: Scenario, most_groups: int = 4) -> Pair:
        """Sort the levers into at most ``most_groups`` groups; groups that contradict each other alone are joined."""
        groups = group_levers([key for key, _, _ in difference(baseline, plan)], most_groups)
        groups, mixed, notes = _consistent(baseline, plan, groups)
        switches = [name for name, on in baseline.switches if on and getattr(plan.switches, name)] if groups else []
        without = {name: (_without(baseline, name), _without(plan, name)) for name in switches}
        return cls(baseline, plan, groups, mixed, without, notes)

    def scenarios(self) -> list[Scenario]:
        """All that must be run besides the two plans themselves."""
        return [*self.mixed.values(), *(side for sides in self.without.values() for side in sides)]

    def levers(self) -> list[dict[str, Any]]:
        """The table of levers; values as JSON, since they are numbers, switches, words or whole items."""
        group = {key: name for name, keys in self.groups.items() for key in keys}
        return [
            dict(zip(LEVERS, (self.plan.name, key, _text(a), _text(b), group[key]), strict=True))
            for key, a, b in difference(self.baseline, self.plan)
        ]


def explain(
    scenarios: Sequence[Scenario],
    outcomes: Sequence[Sequence[Outcome]],
    replicates: int,
    threads: int | None = None,
    driver: Driver = "sweep",
    progress: Progress = SILENT,
) -> Explanation:
    """What the differences of all plans from the first are made of.

    Parameters
    ----------
    scenarios : the plans, the baseline first. outcomes : theirs, at least ``replicates`` of each.
    replicates : how many are used; with 0 only the levers are named.

    Notes
    -----
    Groups of levers: exact Shapley values. Mechanisms: how much of the difference is gone when the mechanism is switched
    off in both plans. Both per replicate, with 95 % intervals of the mean.
    """
    baseline, *plans = scenarios
    pairs = [Pair.of(baseline, plan) for plan in plans]
    levers = [row for pair in pairs for row in pair.levers()]
    notes = [note for pair in pairs for note in pair.notes]
    wanted = list(dict.fromkeys(each for pair in pairs for each in pair.scenarios()))
    if not replicates or not wanted:
        return Explanation(levers, [], notes)
    progress.begin("attribution", len(wanted) * replicates)
    found = run_each(wanted, replicates, outcome, threads, driver, progress)
    progress.end()
    known = {each: found[i * replicates : (i + 1) * replicates] for i, each in enumerate(wanted)}
    for each, own in zip(scenarios, outcomes, strict=True):
        known[each] = list(own[:replicates])
    rows = [row for pair in pairs for name in EXPLAINED for row in _attributed(pair, name, known)]
    return Explanation(levers, rows, notes)


def _attributed(pair: Pair, metric: str, known: dict[Scenario, list[Outcome]]) -> list[dict[str, Any]]:
    """The rows of one plan and metric."""
    if not pair.groups:
        return []

    def values(scenario: Scenario) -> Floats:
        return np.array([each.metrics[metric] for each in known[scenario]])

    names = list(pair.groups)
    ends = {frozenset[str](): pair.baseline, frozenset(names): pair.plan}
    shares = shapley(names, {some: values(each) for some, each in (pair.mixed | ends).items()})
    rows = [("groups", share.group, share.mean, share.low, share.high, share.n) for share in shares]
    whole = values(pair.plan) - values(pair.baseline)
    for name, (baseline, plan) in pair.without.items():
        found = interval(whole - (values(plan) - values(baseline)), level=0.95)
        rows.append(("mechanisms", name, found.mean, found.low, found.high, found.n))
    return [dict(zip(ATTRIBUTION, (pair.plan.name, metric, *row), strict=True)) for row in rows]


def _consistent(
    baseline: Scenario, plan: Scenario, groups: dict[str, list[str]]
) -> tuple[dict[str, list[str]], dict[Coalition, Scenario], list[str]]:
    """Groups whose coalitions can all be run. Where some contradict themselves, the two groups are joined that leave
    the fewest such; with one group there are no coalitions left but the plans themselves.
    """
    notes: list[str] = []
    mixed, bad = _mixed(baseline, plan, groups)
    while bad:
        joined = [_joined(groups, pair) for pair in combinations(groups, 2)]
        tried = [(_mixed(baseline, plan, each), each) for each in joined]
        (mixed, bad), merged = min(tried, key=lambda found: found[0][1])
        notes.append(f"{plan.name}: {next(iter(merged.keys() - groups.keys()))} are taken together, "
                     "since one without the other contradicts itself")  # fmt: skip
        groups = merged
    return groups, mixed, notes


def _mixed(
    baseline: Scenario, plan: Scenario, groups: dict[str, list[str]]
) -> tuple[dict[Coalition, Scenario], int]:
    """The scenarios of the proper coalitions, and how many of them contradict themselves."""
    found: dict[Coalition, Scenario] = {}
    some = coalitions(list(groups))[1:-1] if groups else []
    for coalition in some:
        keys = [key for name in groups if name in coalition for key in groups[name]]
        try:
            found[coalition] = transplant(baseline, plan, keys)
        except InputError:
            continue
    return found, len(some) - len(found)


def _joined(groups: dict[str, list[str]], pair: tuple[str, str]) -> dict[str, list[str]]:
    rest = {name: keys for name, keys in groups.items() if name not in pair}
    together = sorted(key for name in pair for key in groups[name])
    return dict(sorted({**rest, " + ".join(pair): together}.items()))


def _without(scenario: Scenario, switch: str) -> Scenario:
    return with_changes(scenario, {f"switches.{switch}": False})


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
