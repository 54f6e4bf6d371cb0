"""A playbook as compiled: what is laid over a phase is what the changed scenario says, bit for bit."""

from __future__ import annotations

from itertools import chain, combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from sim.engine.drivers.readable import readable
from sim.engine.state.plan import SHARED, lay_over, turn_to
from sim.model.community import CommunityModel
from sim.model.playbook import leaves, turns_of
from sim.model.world import build, draw_market, fit_lifts, plan_of
from sim.scenario import Scenario, with_changes
from tests.engine.scene import of
from tests.scenarios import scenarios, surprised


def check(scenario: Scenario) -> None:
    """In every phase, with any entries that begin by condition or chance at once."""
    market, undated = draw_market(scenario, 0), [k for k, e in enumerate(scenario.playbook) if not e.dated and e.set]
    world = build(scenario, 0, market)
    book, seen, row = world.playbook, readable(world).playbook, plan_of(scenario, market).rows.dtype
    for number in range(len(book.rows)):
        first = int(np.argmax(book.phases == number))
        if book.phases[first] != number:
            continue  # after the end of the run
        for held in chain.from_iterable(combinations(undated, size) for size in range(len(undated) + 1)):
            book.running["state"] = 0
            for k in held:
                book.running["state"][book.entries["group"][k]] |= book.entries["bit"][k]
            of(turn_to)(seen, number, SHARED)
            of(lay_over)(seen, number, SHARED)
            expected = written(scenario, held, first, market)
            assert book.arms[SHARED].view(row)[0] == expected, (number, held)


def written(scenario: Scenario, held: tuple[int, ...], day: int, market: Any) -> Any:
    """The record of the scenario in which, from day 0 on, what holds on the day is set, one after the other."""
    stay = sorted(
        (e for e in scenario.playbook if e.dated and e.lasts is None and e.first <= day), key=lambda e: e.first
    )
    over = [
        e for k, e in enumerate(scenario.playbook)
        if k in held or (e.dated and e.lasts is not None and e.first <= day < e.first + e.lasts)
    ]  # fmt: skip
    plain = scenario.model_dump()
    plain["playbook"] = [{"day": 0, "set": e.set} for e in (*stay, *over)]
    plan = plan_of(Scenario.model_validate(plain), market)
    plan.rows["fit_lift"] = fit_lifts(plan.themes, market.people)
    return plan.rows[0]


def test_every_state_of_the_case_with_surprises() -> None:
    check(surprised())


@settings(max_examples=60)
@given(scenarios(people=12, days=10))
def test_every_state_whatever_the_playbook(scenario: Scenario) -> None:
    check(scenario)


def test_values_of_a_record_are_told_apart_byte_by_byte() -> None:
    dtype = np.dtype([("a", "u1"), ("b", "f8"), ("c", [("d", "i4", (2,)), ("e", "u1")])], align=True)
    expected = [0, *[-1] * 7, *[1] * 8, *[2] * 4, *[3] * 4, 4, *[-1] * 3]
    assert leaves(dtype)[: len(expected)].tolist() == expected


@pytest.mark.parametrize(
    ("stated", "most"),
    [
        ({"day": 3}, 1),
        ({"day": 3, "for": 2}, 2),
        ({"when": "day > 1", "for": 2}, 2),
        ({"when": "day > 1", "for": 2, "again": True}, 2 * 34),
        ({"rate": 365, "for": 1}, 2 * 51),
        ({"rate": 365}, 1),
    ],
)
def test_how_often_an_entry_turns_is_bounded(stated: dict[str, Any], most: int) -> None:
    """There is room for every event: so many, and no more, are noted."""
    change = {"playbook": [{**stated, "set": {"culture.promise": 0.9}}], "run.days": 100, "market.people": 20}
    model = CommunityModel(with_changes(Scenario(), change | {"entrance.seeds.number": 5}))
    model.run_model()
    noted = (model.tables()["events"]["kind"] == "plan_changed").sum()
    assert turns_of(model.world.playbook.entries, 100) == most
    assert 1 <= noted <= most


def test_events_say_which_entry_began_and_ended() -> None:
    playbook = [
        {"day": 2, "for": 3, "name": "sale", "set": {"culture.promise": 0.9}},
        {"when": "day >= 7", "set": {"culture.promise": 0.8}},
    ]
    changes = {"playbook": playbook, "run.days": 10, "market.people": 20, "entrance.seeds.number": 5}
    model = CommunityModel(with_changes(Scenario(), changes))
    model.run_model()
    events = model.tables()["events"]
    told = events[events["kind"] == "plan_changed"]
    assert list(zip(told["day"], told["detail"], strict=True)) == [(2, "sale began"), (5, "sale ended"), (7, "1 began")]
