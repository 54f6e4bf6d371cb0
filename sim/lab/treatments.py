"""What treatments do: a plan's twins in which nobody or everybody is treated, and effects in three ways."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.lab.headline import finite_or_none
from sim.lab.statistics.intervals import paired
from sim.lab.statistics.trials import effect
from sim.model.treated import OUTCOMES, SUMS
from sim.scenario.keys import with_changes
from sim.scenario.schema import NAME, Scenario
from sim.scenario.sections.arms import NO_ARM

if TYPE_CHECKING:
    import pandas as pd

#: What the estimates are called: assigned at random, members only, and everybody against nobody.
RANDOMISED, NAIVE, ALL_TREATED = "randomised", "members_only", "all_treated"


def nobody(scenario: Scenario) -> Scenario:
    """The plan with nobody in any arm."""
    return _assigned(scenario, None, NO_ARM, ("nobody is treated", "无人接受"))


def everybody(scenario: Scenario) -> Iterator[Scenario]:
    """The plan with everybody in one arm, for each of them."""
    for number, arm in enumerate(scenario.arms):
        title = (arm.title.en or arm.name), (arm.title.zh or arm.name)
        told = f"everybody: {title[0]}", f"全员：{title[1]}"
        yield _assigned(scenario, number, f"all-{arm.name}", told)


def _assigned(scenario: Scenario, chosen: int | None, name: str, title: tuple[str, str]) -> Scenario:
    plain = [arm.model_dump() for arm in scenario.arms]
    for number, arm in enumerate(plain):
        arm["who"] = {"random": 1.0 if number == chosen else 0.0}
    plainly = "".join(letter if NAME.fullmatch("a" + letter) else "_" for letter in f"{scenario.name}-{name}")[:64]
    return with_changes(scenario, {"name": plainly, "title": {"en": title[0], "zh": title[1]}, "arms": plain})


def effects(scenarios: Sequence[Scenario], tables: dict[str, pd.DataFrame]) -> list[dict[str, Any]]:
    """What ``summary.json`` says of arms: for each plan that has some, arm, outcome and estimate (see the names above).

    All treated less none is told where the plan's twins are among the scenarios, as in
    :func:`sim.lab.questions.arms.arms`.
    """
    if "trials" not in tables:
        return []
    sums, found = _Sums(tables["trials"]), []
    for scenario in scenarios:
        if all(arm.who.random in {0.0, 1.0} for arm in scenario.arms):
            continue  # a twin: nothing to compare within it
        none, each = _twin(scenarios, nobody(scenario)), [_twin(scenarios, twin) for twin in everybody(scenario)]
        for arm, all_treated in zip(scenario.arms, each, strict=True):
            for outcome in sums.outcomes:
                own = {
                    name: effect(sums.of(scenario, arm.name, arm.name, among, outcome),
                                 sums.of(scenario, arm.name, NO_ARM, among, outcome))
                    for name, among in ((RANDOMISED, "all"), (NAIVE, "members"))
                    if (name, outcome) != (NAIVE, "member")  # all members are
                }  # fmt: skip
                rows = {name: asdict(estimate) for name, estimate in own.items()}
                if none is not None and all_treated is not None:
                    rows[ALL_TREATED] = _paired(sums.of(none, arm.name, NO_ARM, "all", outcome),
                                                sums.of(all_treated, arm.name, arm.name, "all", outcome))  # fmt: skip
                for name, estimate in rows.items():
                    told = {k: finite_or_none(v) if isinstance(v, float) else v for k, v in estimate.items()}
                    found.append({
                        "scenario": scenario.name, "arm": arm.name, "title": arm.title.model_dump(),
                        "assigned_by": arm.who.by if arm.who.random is not None else "choice",
                        "outcome": outcome, "estimate": name, **told,
                    })  # fmt: skip
    return found


def figures(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The figures of each arm on the last day, means over replicates; what accumulates is summed over the days."""
    flows = ["joined", "left", "purchases", "revenue"]
    keys = ["scenario", "arm"]
    table = table[table["people"] > 0]
    last = table[table["day"] == table["day"].max()].drop(columns=[*flows, "day", "replicate"])
    replicates = table["replicate"].nunique()
    levels = last.groupby(keys, sort=False).mean()
    sums = table.groupby(keys, sort=False)[flows].sum() / replicates
    rows = levels.join(sums).reset_index().to_dict("records")
    return [{str(k): finite_or_none(v) if isinstance(v, float) else v for k, v in row.items()} for row in rows]


def _paired(none: Any, all_treated: Any) -> dict[str, Any]:
    """Everybody treated less nobody, replicate by replicate."""
    found = paired(none[:, 2] / none[:, 1], all_treated[:, 2] / all_treated[:, 1])
    return {"mean": found.mean, "low": found.low, "high": found.high, "n": found.n,
            "units": int(min(none[:, 0].min(), all_treated[:, 0].min())), "by": "pairs"}  # fmt: skip


def _twin(scenarios: Sequence[Scenario], wanted: Scenario) -> Scenario | None:
    """The scenario that differs from the wanted one in its name and title only."""
    update = {"name": "twin", "title": wanted.title}
    plain = wanted.model_copy(update=update)
    return next((each for each in scenarios if each.model_copy(update=update) == plain), None)


class _Sums:
    """The table of trials as arrays [replicate, sum]."""

    def __init__(self, table: pd.DataFrame) -> None:
        self.outcomes, self._sums = tuple(OUTCOMES), list(SUMS)
        keys = ["scenario", "arm", "side", "among", "outcome"]
        ordered = table.sort_values([*keys, "replicate"], kind="stable")
        self._parts = {key: np.asarray(part[self._sums], np.float64) for key, part in ordered.groupby(keys, sort=False)}

    def of(self, scenario: Scenario, arm: str, side: str, among: str, outcome: str) -> Any:
        return self._parts[scenario.name, arm, side, among, outcome]
