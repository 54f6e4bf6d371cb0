"""What strategists write into a playbook does what it should: each against its twin, under the same luck."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim import CommunityModel, load
from sim.lab.questions.twin import twin_of

REPLICATES = range(4)
#: Products are on sale early, and people talk.
BUSY = [
    *("market.people=1200", "run.days=200", "goals=[]", "business.rocket.paid_products={day: 20, min_members: 0}"),
    *("business.rocket.platform.day=10", "mechanism.attention.visit=0.3", "business.buying.base=-1"),
    *("business.selling.promos_per_week=2", "mechanism.reputation.complaining=0.5"),
]


def lived(entry: str, *changes: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The series with the entry and without it, and the events with it; all replicates."""
    plan = load("dedao", [*BUSY, *changes, f"playbook=[{entry}]"]).scenario
    series: list[list[pd.DataFrame]] = [[], []]
    events = []
    for replicate in REPLICATES:
        for own, scenario in zip(series, (plan, twin_of(plan, [0])), strict=True):
            model = CommunityModel(scenario, replicate=replicate)
            model.run_model()
            own.append(model.series)
            if scenario is plan:
                events.append(model.tables()["events"])
    return *(pd.concat(own) for own in series), pd.concat(events)


def held(events: pd.DataFrame, turn: str = "began") -> list[int]:
    """The days on which the entry began or ended, replicate by replicate."""
    return [int(day) for day in events["day"][(events["kind"] == "plan_changed") & events["detail"].str.endswith(turn)]]


def between(series: pd.DataFrame, column: str, first: int, last: int) -> Any:
    """A column from day to day, [replicate, day]."""
    return series[column].to_numpy().reshape(len(REPLICATES), -1)[:, first:last]


def test_a_crisis_on_a_day_that_nobody_knows() -> None:
    """A fault of the product for twenty days, four times a year: owners are disappointed, and people hear of it."""
    with_it, without, events = lived(
        "{name: crisis, rate: 4, for: 20, set: {business.products.class.fault: 0.9}}",
        "business.products=[{name: class, price: 19, quality: 0.8, promise: 0.8, repurchase_days: 20}]",
    )
    began = held(events)
    assert len(set(began)) > 1, "on other days in other replicates"
    assert set(events["kind"]) >= {"product_fault"}
    complaints = [between(each, "complaints", 0, 200).sum(axis=1) for each in (with_it, without)]
    struck = events["replicate"][events["kind"] == "product_fault"].unique()
    assert len(struck) > 1
    assert (complaints[0] >= complaints[1]).all()
    assert complaints[0][struck].sum() > 1.05 * complaints[1][struck].sum()
    assert with_it["reputation"].mean() < without["reputation"].mean()


def test_a_pause_of_content() -> None:
    silent = "mechanism.content.posts_per_week: 0, structure.kols.luo.posts_per_week: 0"
    with_it, without, events = lived(f"{{day: 60, for: 30, set: {{{silent}}}}}")
    assert (held(events), held(events, "ended")) == ([60] * 4, [90] * 4)
    assert between(with_it, "posts", 60, 90).sum() == 0
    assert np.array_equal(between(with_it, "posts", 0, 60), between(without, "posts", 0, 60))
    assert between(with_it, "posts", 97, 200).sum() > 0.8 * between(without, "posts", 97, 200).sum()
    assert between(with_it, "active", 89, 90).mean() < 0.9 * between(without, "active", 89, 90).mean()


def test_staff_who_leave_when_few_are_active() -> None:
    staff = [operator.name for operator in load("dedao").scenario.structure.operators]
    gone = ", ".join(f"structure.operators.{name}.{what}: 0" for name in staff for what in ("hours_day", "wage_month"))
    with_it, without, events = lived(f"{{when: active_share < 0.68 and day >= 40, days: 5, set: {{{gone}}}}}")
    began = held(events)
    assert len(began) == len(REPLICATES)
    assert min(began) >= 44
    assert held(events, "ended") == []
    for replicate, day in enumerate(began):
        active = between(with_it, "active", 0, 200)[replicate] / between(with_it, "members", 0, 200)[replicate]
        assert (active[day - 5 : day] < 0.68).all()
        assert between(with_it, "cost_operators", day, 200)[replicate].sum() == 0
        assert between(with_it, "hours_done", day, 200)[replicate].sum() == 0
        assert between(with_it, "cost_operators", 0, day)[replicate].all()
    assert between(without, "hours_done", 199, 200).all()
    assert (
        between(with_it, "satisfaction_mean", 199, 200).mean() < between(without, "satisfaction_mean", 199, 200).mean()
    )


def test_a_price_war() -> None:
    sold = "business.products=[{name: class, price: 199, cost: 5, repurchase_days: 10}]"
    with_it, without, _ = lived("{day: 90, for: 30, set: {business.products.class.price: 9}}", sold)
    assert between(with_it, "purchases", 90, 120).sum() > 1.1 * between(without, "purchases", 90, 120).sum()
    prices = [between(each, "revenue", a, b).sum() / between(each, "purchases", a, b).sum()
              for each, a, b in ((with_it, 90, 120), (with_it, 130, 200), (without, 90, 120))]  # fmt: skip
    assert prices == pytest.approx([9.0, 199.0, 199.0])


def test_a_platform_changes_its_algorithm() -> None:
    """From one day on posts find half as many people, and it stays so."""
    plan = load("dedao").scenario
    halved = {"mechanism.content.audience": plan.mechanism.content.audience / 2}
    halved |= {f"structure.kols.{kol.name}.audience": kol.audience / 2 for kol in plan.structure.kols}
    told = ", ".join(f"{key}: {value}" for key, value in halved.items())
    with_it, without, _ = lived(f"{{day: 50, set: {{{told}}}}}")
    before, after = ([np.diff(between(each, "aware", a, b)[:, [0, -1]]).mean() for each in (with_it, without)]
                     for a, b in ((0, 50), (50, 120)))  # fmt: skip
    assert before[0] == before[1] > 0
    assert after[0] < 0.9 * after[1]


def test_it_is_the_same_crisis_under_all_plans_that_have_it() -> None:
    """A common shock: two plans that differ in everything else are struck on the same days."""
    other, own = "{day: 9, set: {culture.promise: 0.4}}", "{name: storm, rate: 9, for: 3, set: {culture.identity: 0.1}}"
    struck = []
    for name, entries in (("dedao", f"{other}, {own}"), ("base", own)):
        plan = load(name, ["market.people=300", "run.days=200", "goals=[]", f"playbook=[{entries}]"]).scenario
        model = CommunityModel(plan, replicate=2)
        model.run_model()
        events = model.tables()["events"]
        struck.append(events["day"][events["detail"] == "storm began"].tolist())
    assert struck[0] == struck[1] != []
