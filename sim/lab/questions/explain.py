"""What the difference of two plans is made of: the levers that differ, and the mechanisms they work through.

Levers are sorted into groups, and every mix of the groups of one plan with the rest of the other is run: exact Shapley
values. Mechanisms are switched off, one at a time, in both plans: what is then gone of the difference goes through that
mechanism. All under the same luck, replicate by replicate.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError
from sim.lab.headline import Outcome, outcome
from sim.lab.progress import SILENT, Progress, Stage
from sim.lab.runs.replicates import run_each
from sim.lab.statistics.intervals import interval
from sim.lab.statistics.shapley import Coalition, coalitions, group_levers, shapley
from sim.model.community import Driver
from sim.scenario.keys import difference, transplant, with_changes
from sim.scenario.schema import Scenario

Floats = NDArray[np.float64]

#: What is explained, at the horizon (design choice): the aim, and what it costs.
EXPLAINED = ("strong", "profit")
#: Groups of levers (design choice): three take six further runs a replicate, four would take fourteen.
MOST_GROUPS = 3
#: Mechanisms told of for each plan (design choice): the largest in the first replicate.
MOST_MECHANISMS = 4

LEVERS = ("plan", "key", "baseline_value", "plan_value", "group")
ATTRIBUTION = ("plan", "metric", "part", "name", "mean", "low", "high", "n")


class Explanation(NamedTuple):
    """Rows of the tables ``levers`` and ``attribution`` (see their columns above), and what to note about them."""

    levers: list[dict[str, Any]]
    attribution: list[dict[str, Any]]
    notes: list[str]


@dataclass(frozen=True)
class Pair:
    """A plan against the baseline; make it with :meth:`of`.

    ``groups``: name → dotted keys of the levers in which they differ; empty if they don't. ``mixed``: each proper
    coalition of groups (neither none nor all) → the baseline with those groups as in the plan.
    """

    baseline: Scenario
    plan: Scenario
    groups: dict[str, list[str]]
    mixed: dict[Coalition, Scenario]
    notes: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, baseline: Scenario, plan: Scenario) -> Pair:
        """Sort the levers into at most ``MOST_GROUPS``, fewer where a mix of the two plans would contradict itself."""
        groups = group_levers([key for key, _, _ in difference(baseline, plan)], MOST_GROUPS)
        if not groups:
            return cls(baseline, plan, {}, {}, [f"{plan.name} and {baseline.name} are the same plan: no lever differs"])
        return cls(baseline, plan, *_consistent(baseline, plan, groups))

    def switches(self) -> list[str]:
        """The mechanisms that both plans have switched on; none where the plans are the same."""
        return [name for name, on in self.baseline.switches if on and getattr(self.plan.switches, name) and self.groups]

    def without(self, switch: str) -> tuple[Scenario, Scenario]:
        """Both plans with a mechanism switched off."""
        off = {f"switches.{switch}": False}
        return with_changes(self.baseline, off), with_changes(self.plan, off)

    def levers(self) -> list[dict[str, Any]]:
        """The table of levers; values as JSON, since they are numbers, switches, words or whole items."""
        group = {key: name for name, keys in self.groups.items() for key in keys}
        return [
            dict(zip(LEVERS, (self.plan.name, key, _text(a), _text(b), group[key]), strict=True))
            for key, a, b in difference(self.baseline, self.plan)
        ]


class Known:
    """Outcomes by scenario and replicate: what two questions need is run once."""

    def __init__(self, threads: int | None, driver: Driver, progress: Progress) -> None:
        self._threads, self._driver, self._progress = threads, driver, progress
        self._outcomes: dict[tuple[str, int], Outcome] = {}

    def add(self, scenario: Scenario, outcomes: Iterable[Outcome]) -> None:
        """Take the outcomes of replicates 0, 1, … from runs already made."""
        self._outcomes |= {(_identity(scenario), replicate): each for replicate, each in enumerate(outcomes)}

    def learn(self, stage: Stage, scenarios: Iterable[Scenario], replicates: range) -> None:
        """Run what is not known yet of these replicates."""
        wanted = {_identity(each): each for each in scenarios}
        wanted = {key: each for key, each in wanted.items() if any((key, r) not in self._outcomes for r in replicates)}
        if not wanted or not replicates:
            return
        self._progress.begin(stage, len(wanted) * len(replicates))
        found = run_each(list(wanted.values()), replicates, outcome, self._threads, self._driver, self._progress)
        self._progress.end()
        self._outcomes |= zip(((key, r) for key in wanted for r in replicates), found, strict=True)

    def values(self, scenario: Scenario, metric: str, replicates: int) -> Floats:
        """A headline metric at the horizon, shape [replicate]."""
        key = _identity(scenario)
        return np.array([self._outcomes[key, replicate].metrics[metric] for replicate in range(replicates)])


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
    Means have 95 % t intervals over the replicates. All mechanisms are switched off in replicate 0; the largest of them
    in all replicates, and only those are told.
    """
    pairs = [Pair.of(scenarios[0], plan) for plan in scenarios[1:]]
    levers = [row for pair in pairs for row in pair.levers()]
    notes = [note for pair in pairs for note in pair.notes]
    if not replicates:
        return Explanation(levers, [], notes)
    known = Known(threads, driver, progress)
    for each, own in zip(scenarios, outcomes, strict=True):
        known.add(each, own[:replicates])
    known.learn("attribution", (each for pair in pairs for each in pair.mixed.values()), range(replicates))
    known.learn("mechanisms", _ablated((pair, pair.switches()) for pair in pairs), range(1))
    largest = [(pair, _largest(pair, known)) for pair in pairs]
    known.learn("mechanisms", _ablated(largest), range(1, replicates))
    rows = [row for pair, switches in largest for name in EXPLAINED
            for row in _attributed(pair, switches, name, known, replicates)]  # fmt: skip
    return Explanation(levers, rows, notes)


def _ablated(pairs: Iterable[tuple[Pair, list[str]]]) -> list[Scenario]:
    return [each for pair, switches in pairs for switch in switches for each in pair.without(switch)]


def _largest(pair: Pair, known: Known) -> list[str]:
    """The mechanisms through which most of the difference in the first metric goes in replicate 0."""
    effect = {switch: abs(_through(pair, switch, EXPLAINED[0], known, 1)[0]) for switch in pair.switches()}
    chosen = sorted(effect, key=lambda switch: -effect[switch])[:MOST_MECHANISMS]
    return [switch for switch in effect if switch in chosen]


def _through(pair: Pair, switch: str, metric: str, known: Known, replicates: int) -> Floats:
    """What of the difference is gone without a mechanism, shape [replicate]."""
    baseline, plan = (known.values(each, metric, replicates) for each in (pair.baseline, pair.plan))
    baseline_off, plan_off = (known.values(each, metric, replicates) for each in pair.without(switch))
    return (plan - baseline) - (plan_off - baseline_off)


def _attributed(
    pair: Pair, switches: Sequence[str], metric: str, known: Known, replicates: int
) -> list[dict[str, Any]]:
    """The rows of one plan and metric."""
    rows: list[tuple[Any, ...]] = []
    if names := list(pair.groups):
        whole = pair.mixed | {frozenset[str](): pair.baseline, frozenset(names): pair.plan}
        shares = shapley(names, {some: known.values(each, metric, replicates) for some, each in whole.items()})
        rows += [("groups", share.group, share.mean, share.low, share.high, share.n) for share in shares]
    for switch in switches:
        found = interval(_through(pair, switch, metric, known, replicates), level=0.95)
        rows.append(("mechanisms", switch, found.mean, found.low, found.high, found.n))
    return [dict(zip(ATTRIBUTION, (pair.plan.name, metric, *row), strict=True)) for row in rows]


def _consistent(
    baseline: Scenario, plan: Scenario, groups: dict[str, list[str]]
) -> tuple[dict[str, list[str]], dict[Coalition, Scenario], list[str]]:
    """Groups whose coalitions can all be run, those, and notes on groups that had to be joined.

    Where coalitions contradict themselves, the two groups are joined that leave the fewest such; with one group there
    are none left but the plans themselves.
    """
    notes: list[str] = []
    mixed, bad = _mixed(baseline, plan, groups)
    while bad:
        joined = [_joined(groups, pair) for pair in combinations(groups, 2)]
        tried = [(_mixed(baseline, plan, each), each) for each in joined]
        (mixed, bad), merged = min(tried, key=lambda found: found[0][1])
        new = next(iter(merged.keys() - groups.keys()))
        notes.append(f"{plan.name}: {new} are explained together, since one without the other contradicts itself")
        groups = merged
    return groups, mixed, notes


def _mixed(baseline: Scenario, plan: Scenario, groups: dict[str, list[str]]) -> tuple[dict[Coalition, Scenario], int]:
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


def _identity(scenario: Scenario) -> str:
    return scenario.model_dump_json()


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
