"""The fast and the readable driver, on any number of threads, with the compiler on, checking or off: the same bits."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from sim.engine.compiled import cache_folder
from sim.engine.drivers.sweep import BLOCK
from sim.engine.state.events import EVENT_KINDS
from sim.model.community import CommunityModel
from sim.model.parity import first_difference, part_ways
from sim.scenario import Scenario, with_changes
from tests.scenarios import broke, cases, everything, scenarios

CASES = cases()
ROOT = Path(__file__).parents[2]


def lived(scenario: Scenario, **how: object) -> CommunityModel:
    model = CommunityModel(scenario, **how)  # type: ignore[arg-type]
    model.run_model()
    return model


def in_another_process(folder: Path, **environment: str) -> None:
    """Run all cases under these environment variables; their results land in ``folder``."""
    command = [sys.executable, "-m", "tests.parity.saved", str(folder)]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", CASES)
def test_walk_is_sweep(name: str) -> None:
    fast, readable = lived(CASES[name]), lived(CASES[name], driver="walk")
    if first_difference(fast.world, readable.world):
        pytest.fail(part_ways(CommunityModel(CASES[name]), CommunityModel(CASES[name], driver="walk")))


@settings(max_examples=12)
@given(scenarios(people=30, days=15))
def test_walk_is_sweep_whatever_the_plan(scenario: Scenario) -> None:
    assert first_difference(lived(scenario).world, lived(scenario, driver="walk").world) == ""


def test_the_cases_with_everything_on_meet_every_kind_of_event() -> None:
    kinds = [set(lived(plan).tables()["events"]["kind"]) for plan in (everything(), broke())]
    assert kinds[0] | kinds[1] == set(EVENT_KINDS)


@pytest.fixture(scope="module")
def without_compiler(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("without_compiler")
    in_another_process(folder, NUMBA_DISABLE_JIT="1")
    return folder


@pytest.fixture(scope="module")
def with_bounds_checked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its machine code has a cache of its own, since Numba's key does not tell it from the usual one."""
    folder = tmp_path_factory.mktemp("with_bounds_checked")
    in_another_process(folder, NUMBA_BOUNDSCHECK="1", COMMUNITY_GROWTH_CACHE=str(cache_folder() / "checked"))
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("process", ["without_compiler", "with_bounds_checked"])
@pytest.mark.parametrize("name", CASES)
def test_the_compiler_changes_no_bit(name: str, process: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(process)
    with np.load(folder / f"{name}.npz") as saved:
        assert first_difference(lived(CASES[name]).world, dict(saved)) == ""


@pytest.mark.parametrize("threads", [2, 3])
def test_threads_change_no_bit(threads: int) -> None:
    large = with_changes(everything(), {"market.people": 2 * BLOCK + 808, "run.days": 30, "carrier.groups.limit": 100})
    one, several = lived(large), lived(large, threads=threads)
    assert one.world.records.tally.shape[0] == 3
    assert one.world.records.days["members"].max() > 1000
    assert first_difference(one.world, several.world) == ""


@pytest.mark.parametrize("driver", ["sweep", "walk"])
def test_days_in_pieces_are_days_in_one_go(driver: str) -> None:
    pieces = CommunityModel(everything(), driver=driver)  # type: ignore[arg-type]
    pieces.run_for(7)
    pieces.step()
    pieces.run_for(0)
    while not pieces.finished:
        pieces.run_for(13)
    pieces.run_for(5)  # nothing is left to live
    assert pieces.time == everything().run.days
    assert first_difference(pieces.world, lived(everything()).world) == ""
