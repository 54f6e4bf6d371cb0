"""Runs lived in one call of the machine code: the same bits as each by itself, whatever came before it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine.compiled import ENABLED
from sim.lab.designs import Design
from sim.lab.executors.work import Work
from sim.lab.runs.sweep import Settings, Sweep, run_sweep
from sim.model.batch.runs import SharedMarket, Start, Workspaces, live
from sim.model.community import CommunityModel
from sim.model.parity import first_difference
from sim.scenario import Scenario, with_changes
from tests.scenarios import cases, scenarios

pytestmark = pytest.mark.skipif(not ENABLED, reason="batches are machine code")
CASES = cases()


def check(runs: list[tuple[Scenario, int]]) -> None:
    """Live runs together as far as their shapes allow, and each by itself; compare every record that is kept."""
    workspaces, markets = Workspaces(), {}
    batches: dict[object, list[tuple[Start, Scenario, int]]] = {}
    for scenario, replicate in runs:
        key = (scenario.market, scenario.run.seed, replicate, scenario.run.days)
        shared = markets.setdefault(key, SharedMarket(scenario, replicate))
        plan_row = workspaces.plan_row(scenario, shared.market)
        assert plan_row is not None
        batches.setdefault(plan_row.shape, []).append((Start(plan_row, shared), scenario, replicate))
    for batch in batches.values():
        records = live([start for start, _, _ in batch])
        for place, (_, scenario, replicate) in enumerate(batch):
            alone = CommunityModel(scenario, replicate=replicate)
            alone.run_model()
            kept = {"days": records.days[place], "cohorts": records.cohorts[place]}
            single = alone.world.records
            assert first_difference(kept, {"days": single.days, "cohorts": single.cohorts}) == ""


@pytest.mark.parametrize("name", CASES)
def test_replicates_of_a_plan_and_of_a_changed_one(name: str) -> None:
    plan = CASES[name]
    other = with_changes(plan, {"mechanism.content.quality": 0.9, "entrance.seeds.number": 3, "culture.breadth": 0.2})
    check([(each, replicate) for replicate in (0, 3) for each in (plan, other, plan)])


@settings(max_examples=20)
@given(st.lists(st.tuples(scenarios(people=30, days=15), st.integers(0, 3)), min_size=2, max_size=4))
def test_whatever_the_plans(runs: list[tuple[Scenario, int]]) -> None:
    """A run leaves nothing behind for the next one: each comes twice."""
    check(runs + runs)


def test_who_is_treated_is_settled_for_each_run() -> None:
    """Runs of one shape: other shares, other units, another replicate, and everybody in place of some."""
    plan = CASES["trial"]
    others = [
        with_changes(plan, {"arms.keen.who.random": 0.7}),
        with_changes(plan, {"arms.free.who.by": "circle"}),
        with_changes(plan, {"arms.mute.who": {"condition": None, "first": 20}}),
    ]
    check([(each, replicate) for replicate in (0, 2) for each in (plan, *others, plan)])


def test_a_market_read_from_files(tmp_path: Path) -> None:
    (tmp_path / "ties.csv").write_text("a,b\nb,c\nc,d\nd,e\n", encoding="utf-8")
    read = with_changes(CASES["base"], {"market.network.file": str(tmp_path / "ties.csv"), "entrance.seeds.number": 2})
    check([(read, 0), (read, 1)])


def test_agents_that_stand_for_several_people() -> None:
    plan = with_changes(CASES["everything"], {"market.people": 450, "run.users_per_agent": 3})
    shared, workspaces = SharedMarket(plan, 1), Workspaces()
    plan_row = workspaces.plan_row(plan, shared.market)
    assert plan_row is not None
    found, model = live([Start(plan_row, shared)]), CommunityModel(plan, replicate=1)
    model.run_model()
    alone = model.record()
    assert found.people == alone.people == 480  # it grows
    assert np.array_equal(found.days[0], alone.days)
    assert np.array_equal(found.cohorts[0], alone.cohorts)


def test_a_sweep_of_many_shapes_is_that_of_single_runs(tmp_path: Path) -> None:
    """Days, people and activities differ from point to point, some points contradict themselves."""
    factors = ["market.people=40,60", "run.days=10,20", "mechanism.ties.weak_enter=0.1,0.9"]
    design = Design(CASES["everything"], factors, replicates=3, outcomes=["retention_30"])
    together = run_sweep(design, tmp_path / "together", Settings(executor="serial"))
    alone = run_sweep(
        design, tmp_path / "alone" / "x", Settings(executor="serial", runner="tests.crash.sabotage:counted")
    )
    assert together.digest == alone.digest
    assert together.ledger.count("failed") == alone.ledger.count("failed") == 12


def test_outcomes_of_a_batch_are_those_of_its_runs(tmp_path: Path) -> None:
    sweep = Sweep(Design(CASES["base"], ["mechanism.content.quality=0,1"], replicates=3), tmp_path / "x")
    work, tasks = Work(sweep.job), sweep.todo()
    for row, task in zip(work.perform(tasks), tasks, strict=True):
        single = work.row(task)
        assert row.digest == single.digest
        np.testing.assert_array_equal(row.daily, single.daily)
