"""The model keeps the habits of Mesa: agents, steps, selections, one agent a person, no hidden luck."""

from __future__ import annotations

import ast
import gc
import weakref
from pathlib import Path
from typing import Any

import mesa
import numpy as np
import pandas as pd
import pytest

import sim
from sim import KOL, CommunityModel, InputError, Operator, User
from sim.engine.state.people import MEMBER, STRONG, Person
from sim.model.measures import columns
from sim.scenario import with_changes
from tests.scenarios import everything

#: Rooms in which every draw must name its decision.
WITHOUT_OTHER_LUCK = ("engine", "market", "model/plan.py", "model/world.py")


@pytest.fixture
def model() -> CommunityModel:
    model = CommunityModel(with_changes(everything(), {"market.growth": 0.0}))
    model.run_for(30)
    return model


def test_it_is_a_mesa_model(model: CommunityModel) -> None:
    assert isinstance(model, mesa.Model)
    assert [type(agent) for agent in model.agents] == [KOL] * 2 + [Operator] * 3
    assert len({agent.unique_id for agent in model.agents}) == 5
    assert {agent.name for agent in model.agents.select(lambda a: isinstance(a, KOL))} == {"luo", "fan"}
    assert all(agent.model is model for agent in model.agents)


def test_under_walk_everybody_is_a_registered_agent() -> None:
    model = CommunityModel(with_changes(everything(), {"market.growth": 0.0}), driver="walk")
    assert len(model.agents) == 150 + 5
    assert len(model.agents_by_type[User]) == 150
    assert sorted(agent.unique_id for agent in model.agents) == list(range(155))


def test_time_passes_by_steps_and_by_many_days() -> None:
    model = CommunityModel(with_changes(everything(), {"market.growth": 0.0}))
    assert (model.time, model.finished, model.running) == (0.0, False, True)
    model.step()
    assert (model.time, model.steps) == (1.0, 1)
    model.run_for(10)
    assert len(model.series) == model.time == 11
    model.run_for(1000)
    assert (model.time, model.finished, model.running) == (60.0, True, False)
    model.run_for(1)
    assert model.time == 60.0
    with pytest.raises(InputError, match="ends after 60 days"):
        model.step()
    assert model.time == 60.0


def test_time_does_not_run_backwards() -> None:
    model = CommunityModel(with_changes(everything(), {"market.growth": 0.0}))
    model.run_for(3)
    with pytest.raises(InputError, match=r"run_for\(-1\)"):
        model.run_for(-1)
    assert model.time == 3.0


def test_a_user_is_one_agent_for_ever(model: CommunityModel) -> None:
    assert model.users[17] is model.users[17]
    assert model.users[-1] is model.users[149]
    assert [user.unique_id for user in model.users[3:6]] == [3, 4, 5]
    assert [user.id for user in model.users] == list(range(len(model.users)))
    with pytest.raises(IndexError, match="person 150 of 150"):
        model.users[150]


def test_a_user_shows_and_changes_its_row(model: CommunityModel) -> None:
    user = model.users[17]
    for column in Person.columns():
        assert getattr(user, column.name) == model.world.people.rows[column.name][17]
    user.tie = 0.125
    assert model.world.people.rows["tie"][17] == 0.125
    assert np.shares_memory(user.bonds, model.world.people.bonds)
    assert len(user.friends) == user.degree
    assert all(user in friend.friends for friend in user.friends)
    assert "User(17)" in repr(user)


def test_users_can_be_searched_and_summed_up(model: CommunityModel) -> None:
    people = model.world.people.rows
    strong = model.users.where(tier=STRONG)
    assert [user.id for user in strong] == list(np.flatnonzero(people["tier"] == STRONG))
    rich = model.users.where(lambda frame: frame["spent"] > 20_00, status=MEMBER)
    assert [user.id for user in rich] == list(np.flatnonzero((people["spent"] > 20_00) & (people["status"] == MEMBER)))
    assert model.users.agg("tie", np.mean) == people["tie"].mean()
    frame = model.users.to_frame()
    assert isinstance(frame, pd.DataFrame)
    assert list(frame.columns) == [*(c.name for c in Person.columns()), "bond_firm", "bond_luo", "bond_fan"]
    assert len(frame) == 150
    frame["tie"] = 9.0
    assert (people["tie"] <= 1.0).all(), "a frame is a copy"


def test_a_selection_is_a_real_agent_set(model: CommunityModel) -> None:
    chosen = model.users.materialise(range(20, 40))
    gc.collect()
    assert len(chosen) == 20
    assert len(chosen.select(lambda user: user.id < 25)) == 5
    assert sorted(user.id for user in chosen.shuffle()) == list(range(20, 40))
    assert chosen.agg("tie", max) == model.world.people.rows["tie"][20:40].max()
    assert len(model.agents) == 5, "looking at people registers nobody"


def test_many_models_cost_no_memory() -> None:
    def lived(**how: Any) -> weakref.ref[CommunityModel]:
        with CommunityModel(everything(), **how) as model:
            model.run_for(3)
            list(model.users)
        return weakref.ref(model)

    gone = [lived(), lived(driver="walk")]
    gc.collect()
    assert [ref() for ref in gone] == [None, None]


def test_series_has_every_column_and_only_the_days_lived(model: CommunityModel) -> None:
    series = model.series
    assert list(series.columns) == ["scenario", "replicate", "day", *(column.name for column in columns())]
    assert list(series["day"]) == list(range(30))
    assert set(model.tables()) == {"series", "channels", "stages", "generations", "kols", "work", "cohorts", "events"}


def test_a_plan_in_hand_can_be_changed(model: CommunityModel) -> None:
    kol, operator = model.kols[0], model.operators[0]
    kol.posts_per_week = 70.0
    model.run_for(1)
    assert kol.posts <= 11
    hours = model.world.board.plan.team["hours"][0]
    operator.hours_day = operator.hours_day + 2.0
    assert model.world.board.plan.team["hours"][0] == pytest.approx(hours + 2.0 * operator.skill)


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"agents": {"user": KOL}}, "a subclass of User"),
        ({"agents": {"fan": KOL}}, "unknown key 'fan'"),
        ({"rules": {len: max}}, "'len', which is no rule"),
        (
            {"scenario": with_changes(everything(), {"market.people": 40_000, "run.days": 60}), "driver": "walk"},
            "user-days",
        ),
    ],
)
def test_what_cannot_be_is_refused(how: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        CommunityModel(**({"scenario": everything()} | how))


def source_files() -> list[Path]:
    root = Path(sim.__file__).parent
    rooms = [root / room for room in WITHOUT_OTHER_LUCK]
    return [file for room in rooms for file in ([room] if room.suffix else sorted(room.rglob("*.py")))]


@pytest.mark.parametrize("file", source_files(), ids=lambda file: "/".join(file.parts[-2:]))
def test_no_draw_comes_from_a_stream(file: Path) -> None:
    """A stream makes one person's luck depend on who was asked before."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] + [getattr(node, "module", None) or ""]
            assert not {"random", "secrets", "numpy.random"} & set(names), f"{file}:{node.lineno}"
        elif isinstance(node, ast.Attribute):
            assert node.attr not in {"random", "rng", "shuffle", "shuffle_do", "default_rng"}, f"{file}:{node.lineno}"
