"""Replicates: order, threads, shared markets, errors, and stopping."""

from __future__ import annotations

import gc
import threading
from typing import Any

import numpy as np
import pytest

from sim.errors import InputError
from sim.lab.progress import Progress
from sim.lab.runs import replicates as module
from sim.lab.runs.replicates import cores, people, run_each, run_replicates
from sim.model.community import CommunityModel
from sim.model.tables import Run
from sim.scenario import Scenario, with_changes

SMALL = with_changes(Scenario(name="small"), {"market.people": 90, "run.days": 12, "entrance.seeds.number": 10})
WARM = with_changes(SMALL, {"name": "warm", "mechanism.content.warmth": 1.0})
OTHER = with_changes(SMALL, {"name": "other", "market.people": 70})


def content(runs: list[Run]) -> list[bytes]:
    return [run.days.tobytes() + run.cohorts.tobytes() + run.noticed.tobytes() for run in runs]


def test_all_replicates_of_the_first_scenario_come_first() -> None:
    runs = run_replicates([SMALL, OTHER], 3, threads=2)
    assert [(run.scenario.name, run.replicate, run.people) for run in runs] == [
        *(("small", replicate, 90) for replicate in range(3)),
        *(("other", replicate, 70) for replicate in range(3)),
    ]
    assert len(set(content(runs))) == 6, "every replicate has its own luck"


@pytest.mark.parametrize("threads", [2, 3, 16])
def test_threads_change_nothing(threads: int) -> None:
    assert content(run_replicates([SMALL, WARM], 4, threads)) == content(run_replicates([SMALL, WARM], 4, 1))


def test_a_large_market_gets_all_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = content(run_replicates([SMALL], 2, 1))
    monkeypatch.setattr(module, "LARGE_MARKET", 50)
    assert content(run_replicates([SMALL], 2, 3)) == expected


@pytest.mark.parametrize("patience", [1, 300, 10**9])
def test_how_often_it_looks_up_changes_nothing(monkeypatch: pytest.MonkeyPatch, patience: int) -> None:
    expected = content(run_replicates([SMALL], 2, 1))
    monkeypatch.setattr(module, "PATIENCE", patience)
    counted = Counted()
    assert content(run_replicates([SMALL], 2, 2, progress=counted)) == expected
    assert counted.runs == pytest.approx(2)


def test_more_replicates_leave_the_first_as_they_are() -> None:
    assert content(run_replicates([SMALL], 5))[:2] == content(run_replicates([SMALL], 2))
    assert content(run_each([SMALL], range(3, 5), lambda run: run)) == content(run_replicates([SMALL], 5))[3:]


def test_plans_with_one_market_and_seed_share_it(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[str, int]] = []
    original = module.draw_market

    def counted(scenario: Scenario, replicate: int) -> Any:
        drawn.append((scenario.name, replicate))
        return original(scenario, replicate)

    monkeypatch.setattr(module, "draw_market", counted)
    lucky = with_changes(SMALL, {"name": "lucky", "run.seed": 99})
    runs = run_replicates([SMALL, WARM, OTHER, lucky], 2, threads=3)
    assert len(drawn) == 6
    assert {replicate for _, replicate in drawn} == {0, 1}
    monkeypatch.undo()
    assert content(runs) == [
        part for each in (SMALL, WARM, OTHER, lucky) for part in content(run_replicates([each], 2))
    ]


def test_models_are_let_go() -> None:
    run_replicates([SMALL], 4, threads=2)
    gc.collect()
    assert not [found for found in gc.get_objects() if isinstance(found, CommunityModel)]


def test_only_what_is_asked_is_kept() -> None:
    strong = run_each([SMALL, WARM], range(2), lambda run: int(run.days["members"][-1]), threads=2)
    assert strong == [int(run.days["members"][-1]) for run in run_replicates([SMALL, WARM], 2)]


def test_an_error_says_where_it_happened() -> None:
    def broken(run: Run) -> None:
        if run.replicate == 3:
            raise ArithmeticError("no")

    with pytest.raises(ArithmeticError) as caught:
        run_each([SMALL], range(500), broken, threads=2)
    assert caught.value.__notes__ == ["in replicate 3 of scenario 'small' (seed 7)"]
    assert not running()


def test_ctrl_c_stops_all_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0

    def interrupted(*_: object, **__: object) -> Any:
        nonlocal calls
        calls += 1
        if calls > 2:
            raise KeyboardInterrupt
        return original(*_, **__)

    original = module.wait
    monkeypatch.setattr(module, "wait", interrupted)
    counted = Counted()
    with pytest.raises(KeyboardInterrupt):
        run_replicates([SMALL], 1000, threads=2, progress=counted)
    assert counted.runs < 20
    assert not running()


def test_what_cannot_be_walked_is_refused() -> None:
    with pytest.raises(InputError, match="sweep"):
        run_replicates([with_changes(SMALL, {"run.days": 36500})], 1, driver="walk")


def test_walk_and_sweep_agree() -> None:
    assert content(run_replicates([SMALL], 2, driver="walk")) == content(run_replicates([SMALL], 2))


def test_people_of_a_network_file(tmp_path: Any) -> None:
    (tmp_path / "edges.csv").write_text("a,b\nb,c\n", encoding="utf-8")
    changes = {"market.network.file": str(tmp_path / "edges.csv"), "entrance.seeds.number": 1}
    assert people(with_changes(SMALL, changes)) == 3
    assert people(SMALL) == 90
    assert cores() >= 1


class Counted(Progress):
    """Adds up what it hears, from all threads."""

    def __init__(self) -> None:
        self.runs, self._lock = 0.0, threading.Lock()

    def advance(self, runs: float) -> None:
        with self._lock:
            self.runs += runs


def running() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith("run")]


def test_nothing_is_shared_between_runs() -> None:
    runs = run_replicates([SMALL, WARM], 2, threads=2)
    assert not any(np.shares_memory(a.days, b.days) for a in runs for b in runs if a is not b)
