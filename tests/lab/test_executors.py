"""Executors and sweeps: the same bytes whoever makes the runs; failures that stay alone; going on; taking over."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.errors import InputError
from sim.lab.designs import Design
from sim.lab.executors import Executor, Limits, opened
from sim.lab.executors.work import Batches, Task, Work
from sim.lab.progress import SILENT, Progress
from sim.lab.runs import sweep as module
from sim.lab.runs.declared import Declared
from sim.lab.runs.replay import find_run, replay
from sim.lab.runs.replicates import warm_up
from sim.lab.runs.sweep import Results, Settings, Sweep, Width, parsed_width, run_sweep
from sim.lab.store.parts import PartWriter
from sim.lab.store.version import model_version
from sim.scenario import with_changes
from tests.crash.sabotage import BEGUN
from tests.crash.sweeps import LEVELS, SABOTAGE, SMALL, children, design

SERIAL = Settings(executor="serial")


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    warm_up("sweep", SILENT)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return run_sweep(design(), tmp_path_factory.mktemp("results") / "serial", SERIAL)


def test_the_run_table(undisturbed: Results) -> None:
    runs = undisturbed.runs
    assert len(runs) == 12
    assert set(runs["status"]) == {"done"}
    assert runs["mechanism.content.quality"].tolist() == [0, 0, 0, 0.25, 0.25, 0.25, 0.5, 0.5, 0.5, 1, 1, 1]
    assert {"run_id", "point", "replicate", "seed", "seconds", "strong", "profit", "cash_low"} <= set(runs.columns)
    assert runs["run_id"].nunique() == 12
    assert (runs["seconds"] > 0).all()
    assert len(undisturbed.daily) == 12 * 20
    last = undisturbed.daily[undisturbed.daily["day"] == 19]
    assert last["members"].tolist() == runs["members"].tolist()


def test_numbers_are_those_of_a_study(undisturbed: Results) -> None:
    from sim.lab.headline import outcome
    from sim.lab.runs.replicates import run_replicates

    scenario = with_changes(SMALL, {"mechanism.content.quality": 0.5})
    expected = [outcome(run).metrics for run in run_replicates([scenario], 3)]
    found = undisturbed.runs[undisturbed.runs["mechanism.content.quality"] == 0.5]
    for name in ("members", "weak", "cost", "k_factor"):
        assert found[name].tolist() == pytest.approx([metrics[name] for metrics in expected], rel=0, abs=0, nan_ok=True)


def test_processes_make_the_same_bytes(undisturbed: Results, tmp_path: Path) -> None:
    found = run_sweep(design(), tmp_path / "two", Settings(workers=2))
    assert found.digest == undisturbed.digest
    assert not children(os.getpid())


def test_failures_stay_alone(tmp_path: Path) -> None:
    """In one sweep: a run that raises, one that hangs, one that eats memory, one that kills its process."""
    settings = Settings(workers=2, limits=Limits(5.0, 900.0), runner=SABOTAGE + "ill")
    found = run_sweep(design(replicates=6), tmp_path / "ill", settings)
    failed = found.runs[found.runs["status"] == "failed"].set_index("replicate")
    assert failed["error_type"].to_dict() == {0: "ArithmeticError", 1: "TimeLimit", 2: "MemoryLimit", 3: "WorkerDied"}
    assert failed["error"][1] == "it took longer than 5 s"
    assert failed["members"].isna().all()
    assert "sabotage" in (tmp_path / "ill" / "errors" / f"{failed['trace'][0]}.txt").read_text(encoding="utf-8")
    well = run_sweep(design(replicates=6), tmp_path / "well", SERIAL)
    both = found.runs[found.runs["status"] == "done"].merge(well.runs, on="run_id")
    assert len(both) == 20
    assert both["digest_x"].tolist() == both["digest_y"].tolist()
    assert not children(os.getpid())


def test_it_goes_on_where_it_was(undisturbed: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = tmp_path / "begun"
    begun.mkdir()
    monkeypatch.setenv(BEGUN, str(begun))
    settings = Settings(executor="serial", runner=SABOTAGE + "counted")

    class Stopped(Progress):
        def __init__(self) -> None:
            self.told = 0.0

        def advance(self, runs: float) -> None:
            self.told += runs
            raise KeyboardInterrupt

    monkeypatch.setattr("sim.lab.store.parts.MANY_RUNS", 5)
    monkeypatch.setattr("sim.lab.store.parts.AT_LEAST_SECONDS", 0.0)
    with pytest.raises(KeyboardInterrupt):
        run_sweep(design(), tmp_path / "results" / "a", settings, Stopped())
    assert len(list(begun.iterdir())) == 5
    found = run_sweep(design(), tmp_path / "results" / "a", settings)
    assert len(list(begun.iterdir())) == 12, "no run was made twice"
    assert found.digest == undisturbed.digest
    assert run_sweep(design(), tmp_path / "results" / "a", settings).digest == found.digest
    assert len(list(begun.iterdir())) == 12


def test_ctrl_c_in_a_run_keeps_what_is_finished(tmp_path: Path) -> None:
    sweep = Sweep(design(), tmp_path / "a", Settings(executor="serial", runner=SABOTAGE + "interrupted"))
    with pytest.raises(KeyboardInterrupt):
        sweep.run()
    sweep.look()
    assert sweep.ledger.count("done") == 4


def test_replicates_can_be_raised(undisturbed: Results, tmp_path: Path) -> None:
    run_sweep(design(1), tmp_path / "a", SERIAL)
    found = run_sweep(design(3), tmp_path / "a", SERIAL)
    assert found.digest == undisturbed.digest
    assert Declared.read(tmp_path / "a").replicates == 3
    assert run_sweep(design(2), tmp_path / "a", SERIAL).digest == found.digest, "nothing is taken away"
    assert Declared.read(tmp_path / "a").replicates == 3


def test_another_sweep_is_refused_with_the_difference(tmp_path: Path) -> None:
    run_sweep(design(1), tmp_path / "a", SERIAL)
    with pytest.raises(InputError, match=r"mechanism.content.quality: now 0,0.25, before 0,0.25,0.5,1"):
        Sweep(design(1, "mechanism.content.quality=0,0.25"), tmp_path / "a")
    longer = Design(with_changes(SMALL, {"run.days": 21}), [LEVELS], replicates=1)
    with pytest.raises(InputError, match=r"run.days: now 21, before 20"):
        Sweep(longer, tmp_path / "a")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "mine.txt").touch()
    with pytest.raises(InputError, match="holds other things"):
        Sweep(design(1), tmp_path / "b")
    with pytest.raises(InputError, match="is a file"):
        Sweep(design(1), tmp_path / "b" / "mine.txt")


def test_runs_of_other_sweeps_are_taken_over(undisturbed: Results, tmp_path: Path) -> None:
    settings = Settings(executor="serial", reuse=(undisturbed.ledger.folder,))
    sweep = Sweep(design(3, "mechanism.content.quality=0.5,0.75,0.25"), tmp_path / "a", settings)
    assert sweep.adopt() == 6
    found = sweep.run()
    assert sweep.adopt() == 0
    alone = run_sweep(design(3, "mechanism.content.quality=0.5,0.75,0.25"), tmp_path / "elsewhere" / "b", SERIAL)
    assert found.digest == alone.digest
    assert found.daily.equals(alone.daily)


def test_runs_without_a_wanted_column_are_made_again(undisturbed: Results, tmp_path: Path) -> None:
    more = Design(SMALL, [LEVELS], replicates=3, outcomes=["posts", "strong"])
    sweep = Sweep(more, tmp_path / "a", Settings(executor="serial", reuse=(undisturbed.ledger.folder,)))
    assert sweep.adopt() == 0
    found = sweep.run()
    assert found.runs["posts"].notna().all()
    assert found.daily["posts"].sum() > 0


def test_failed_runs_stay_failed_until_retried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    patience = tmp_path / "patience"
    monkeypatch.setenv("MOODY_PATIENCE", str(patience))
    patience.write_text("5", encoding="utf-8")
    runner = SABOTAGE + "moody"
    found = run_sweep(design(2), tmp_path / "a", Settings(executor="serial", runner=runner))
    assert found.ledger.count("failed") == 4
    assert run_sweep(design(2), tmp_path / "a", Settings(executor="serial", runner=runner)).ledger.count("failed") == 4
    assert patience.read_text(encoding="utf-8") == "1", "not tried again unasked"
    again = run_sweep(design(2), tmp_path / "a", Settings(executor="serial", runner=runner, retries=1))
    assert again.ledger.count("failed") == 0
    assert again.digest == run_sweep(design(2), tmp_path / "b" / "c", SERIAL).digest


def test_stopping_at_the_first_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.lab.store.parts.SECONDS", 0.0)
    settings = Settings(executor="serial", runner=SABOTAGE + "faulty", stop_on_failure=True)
    found = run_sweep(design(3), tmp_path / "a", settings)
    assert found.stopped == "a run has failed"
    assert len(found.ledger.entries) == 1


def test_points_that_contradict_themselves_fail_with_the_reason(tmp_path: Path) -> None:
    factors = ["mechanism.ties.weak_enter=0.1,0.9", "mechanism.ties.strong_exit=0.3,0.95"]
    found = run_sweep(Design(SMALL, factors, replicates=2), tmp_path / "a", SERIAL)
    failed = found.runs[found.runs["status"] == "failed"]
    assert set(failed["error_type"]) == {"InputErrors"} or set(failed["error_type"]) == {"InputError"}
    assert failed["error"].str.contains("is below").any()
    assert 0 < len(failed) < 8


def test_replicating_until_intervals_are_narrow(tmp_path: Path) -> None:
    plan = design(2, "mechanism.content.quality=0,1")
    found = run_sweep(plan, tmp_path / "a", SERIAL, until=Width("members", 6.0))
    from sim.lab.statistics.intervals import interval

    for _, rows in found.runs.groupby("point"):
        estimate = interval(rows["members"].to_numpy())
        assert estimate.high - estimate.low <= 6.0
        assert len(rows) > 2
    again = run_sweep(plan, tmp_path / "a", SERIAL, until=Width("members", 6.0))
    assert again.digest == found.digest


def test_a_budget_of_runs_holds_for_widths_too(tmp_path: Path) -> None:
    from sim.lab.designs import Budget

    plan = Design(SMALL, ["mechanism.content.quality=0,1"], replicates=3, budget=Budget(runs=8))
    found = run_sweep(plan, tmp_path / "a", SERIAL, until=Width("members", 0.001))
    assert len(found.runs) <= 8
    assert any("budget" in note for note in found.notes)


@pytest.mark.parametrize("text", ["members", "members=", "members=0", "members=x", "members=inf", "member=1"])
def test_widths_that_are_none(text: str) -> None:
    with pytest.raises(InputError, match="--until-width"):
        parsed_width(text, ["members", "strong"])


def test_a_run_is_replayed(undisturbed: Results) -> None:
    folder = undisturbed.ledger.folder
    whole = undisturbed.runs["run_id"][7]
    assert find_run(whole[:10], [folder]) == (folder, whole)
    made = replay(folder, whole)
    assert made.same
    assert made.metrics["members"] == undisturbed.runs["members"][7]
    with pytest.raises(ArithmeticError):
        replay(folder, undisturbed.runs["run_id"][0], SABOTAGE + "faulty")
    with pytest.raises(InputError, match="no run"):
        find_run("f" * 24, [folder])
    with pytest.raises(InputError, match="too short"):
        find_run("f", [folder])


def test_the_folder_says_what_it_is(undisturbed: Results, tmp_path: Path) -> None:
    declared = Declared.read(undisturbed.ledger.folder)
    assert declared.design.factors == design().factors
    assert declared.design.scenario == design().scenario
    assert declared.points() == 4
    content = json.loads((undisturbed.ledger.folder / "manifest.json").read_text(encoding="utf-8"))
    assert content["settings"]["about"]["factors"][0]["spec"] == "0,0.25,0.5,1"
    assert content["digest"] == undisturbed.digest
    with pytest.raises(InputError, match="no sweep"):
        Declared.read(tmp_path)


def test_plans_as_a_factor(tmp_path: Path) -> None:
    """Two plans that differ in their names only make the same runs; each point has its own rows."""
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text(f"name: {name}\nmarket: {{people: 60}}\nrun: {{days: 9}}\n", "utf-8")
    plan = Design(SMALL, ["plan=one,two"], replicates=2, folder=tmp_path)
    found = run_sweep(plan, tmp_path / "a", SERIAL)
    assert found.runs["plan"].tolist() == ["one", "one", "two", "two"]
    assert found.runs["run_id"].nunique() == 2
    assert len(found.daily) == 4 * 20
    assert replay(tmp_path / "a", found.runs["run_id"][3]).same


def test_independent_seeds(tmp_path: Path) -> None:
    plan = Design(SMALL, ["mechanism.content.quality=0,1"], replicates=2, seeds="independent")
    found = run_sweep(plan, tmp_path / "a", SERIAL)
    assert found.runs.groupby("point")["seed"].nunique().tolist() == [1, 1]
    assert found.runs["seed"].nunique() == 2


def test_batches_deal_out_everything_once() -> None:
    tasks = [Task(number, (), 0, "") for number in range(1000)]
    batches, dealt = Batches(tasks, 2, 0.5), list[Task]()
    while batch := batches.next():
        assert len(batch) <= 250
        batches.took(len(batch), 0.001 * len(batch))
        dealt += batch
        if len(dealt) == 1:
            batches.again([tasks[0]], alone=True)
    assert sorted(dealt) == sorted([*tasks, tasks[0]])
    assert dealt[-1] == tasks[0], "what has killed comes last, alone"
    assert len(batches) == 0


def test_large_markets_come_one_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGE_MARKET", 50)
    sweep = Sweep(design(1), tmp_path / "a")
    assert sweep.workers == 1
    assert sweep.job.threads == module.cores()


def test_an_estimate(tmp_path: Path) -> None:
    sweep = Sweep(design(5), tmp_path / "a", Settings(executor="serial", workers=1))
    tasks = sweep.todo()
    assert len(tasks) == 20
    assert 0.02 < sweep.seconds(tasks) < 20
    assert sweep.seconds([]) == 0
    assert 0 < sweep.megabytes(tasks) < 1
    sweep.run()
    seconds = sorted(sweep.run().runs["seconds"])
    assert sweep.seconds(tasks) == pytest.approx(20 * np.mean(seconds[:-1])), "the slowest also loaded the model"


def test_an_estimate_from_too_few_runs(tmp_path: Path) -> None:
    """What loading the model took is not taken for what a run takes."""
    sweep = Sweep(design(5), tmp_path / "a", Settings(executor="serial", workers=1))
    tasks = sweep.todo()
    before = sweep.seconds(tasks)
    writer = PartWriter(sweep.folder, sweep.job.layout, model_version())
    for number, task in enumerate(tasks[:10], 1):
        row = Work(sweep.job).row(task)
        writer.add(replace(row, seconds=30.0 if number == 1 else 0.01))
        if number in {2, 10}:
            writer.commit()
            sweep.look()
            assert sweep.seconds(tasks) == pytest.approx(before if number == 2 else 20 * 0.01)


def test_limits_need_processes(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--run-seconds"):
        run_sweep(design(1), tmp_path / "a", Settings(executor="serial", limits=Limits(seconds=1)))
    with pytest.raises(InputError, match="--cluster"):
        run_sweep(design(1), tmp_path / "a", Settings(executor="serial", cluster="tcp://127.0.0.1:1"))


def test_workers_that_cannot_start_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    if not Path("/bin/false").exists():
        pytest.skip("no /bin/false")
    with pytest.raises(InputError, match="end as soon as they start"):
        run_sweep(design(1), tmp_path / "a", Settings(workers=1))


def test_dask_is_an_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match=r"\[cluster\]"):
        run_sweep(design(1), tmp_path / "a", Settings(executor="dask"))


@pytest.mark.slow
def test_a_cluster_makes_the_same_bytes(undisturbed: Results, tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")
    found = run_sweep(design(), tmp_path / "a", Settings(executor="dask", workers=2))
    assert found.digest == undisturbed.digest
    with pytest.raises(InputError, match="no scheduler answers"):
        run_sweep(design(1, "mechanism.content.quality=0.1"), tmp_path / "b",
                  Settings(executor="dask", cluster="tcp://127.0.0.1:9"))  # fmt: skip


@pytest.mark.parametrize("kind", ["serial", "process"])
def test_a_crew_lives_through_rounds(undisturbed: Results, tmp_path: Path, kind: Executor) -> None:
    sweep = Sweep(design(), tmp_path / "a")
    tasks, seen = sweep.todo(), list[list[int]]()
    with opened(kind, sweep.job, 2, Limits(), None) as crew:
        for start in range(0, len(tasks), 4):
            done = sum(receipt.runs for receipt in crew.run(tasks[start : start + 4]))
            assert done == len(tasks[start : start + 4])
            sweep.look()
            assert sweep.ledger.count("done") == start + done, "a round that is over is on the disk"
            seen.append(children(os.getpid()))
        assert not list(crew.run([]))
    assert seen[0] == seen[1] == seen[2]
    assert len(seen[0]) == (2 if kind == "process" else 0)
    assert not children(os.getpid())
    assert sweep.run().digest == undisturbed.digest


def test_a_worker_that_dies_between_rounds_is_replaced(tmp_path: Path) -> None:
    sweep = Sweep(design(), tmp_path / "a")
    tasks = sweep.todo()
    with opened("process", sweep.job, 1, Limits(seconds=5.0), None) as crew:
        list(crew.run(tasks[:4]))
        (worker,) = children(os.getpid())
        os.kill(worker, signal.SIGKILL)
        assert sum(receipt.runs for receipt in crew.run(tasks[4:])) == len(tasks) - 4
        assert children(os.getpid()) != [worker]
    sweep.look()
    assert sweep.ledger.count("done") == len(tasks)


def test_time_between_rounds_is_nobodys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker waits longer than a run may take: no run has exceeded its limit."""
    monkeypatch.setattr("sim.lab.store.parts.SECONDS", 0.0)
    sweep = Sweep(design(), tmp_path / "a")
    tasks = sweep.todo()
    with opened("process", sweep.job, 1, Limits(seconds=1.0), None) as crew:
        for start in (0, 6):
            assert sum(receipt.failed for receipt in crew.run(tasks[start : start + 6])) == 0
            time.sleep(1.2)
    sweep.look()
    assert sweep.ledger.count("done") == len(tasks)


@pytest.mark.slow
def test_a_cluster_lives_through_rounds(tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")
    sweep = Sweep(design(), tmp_path / "a")
    tasks = sweep.todo()
    with opened("dask", sweep.job, 1, Limits(), None) as crew:
        assert sum(receipt.runs for receipt in crew.run(tasks[:4])) == 4
        below = children(os.getpid())
        assert sum(receipt.runs for receipt in crew.run(tasks[4:])) == len(tasks) - 4
        assert children(os.getpid()) == below
