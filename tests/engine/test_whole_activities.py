"""Whole runs: the days of notice of activities, and how close an event brings those who come."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.engine.state.board import TAKES_PLACE
from sim.engine.state.events import ACTIVITY_HELD
from sim.engine.state.measures import FIXED
from sim.model.community import CommunityModel
from sim.scenario import Scenario, with_changes
from tests.scenarios import everything

SALON = "mechanism.activities.salon"
#: A class of forty who come on every fifth day, and two small events a month.
CLASS = {
    "market.people": 40,
    "market.tribes": 2,
    "culture.breadth": 1.0,
    "run.days": 365,
    "entrance.seeds.number": 40,
    "mechanism.attention.visit": 0.2,
    "mechanism.attending.interest": 0.6,
    SALON: {"per_month": 2, "capacity": 12, "quality": 0.9, "bonding": 0.3},
    "switches.channels": False,
    "switches.kols": False,
    "switches.leaving": False,
    "business.rocket.platform.enabled": False,
    "business.rocket.paid_products.enabled": False,
}


def lived(plan: Scenario, **changes: Any) -> CommunityModel:
    model = CommunityModel(with_changes(plan, {key.replace("__", "."): value for key, value in changes.items()}))
    model.run_model()
    return model


def of_class(**changes: Any) -> tuple[float, float, float]:
    """Attendances a head, mean tie among members, people with a strong one: of a year."""
    days = lived(with_changes(Scenario(), CLASS), **changes).world.records.days
    tie = days["member_sum"][-1] / FIXED / 40
    return days["attendance"].sum() / 40, tie, float(days["member_ties_strong"][-1])


def test_two_small_events_a_month_draw_a_class_of_forty_and_tie_it() -> None:
    often, tie, strong = of_class()
    seldom, looser, fewer = of_class(**{SALON: {"notice_days": 1}})
    none, loosest, fewest = of_class(switches__activities=False)
    assert often > 3.0 > seldom > none == 0.0
    assert tie > looser > loosest
    assert strong >= fewest + 2
    assert strong > fewer >= fewest


def test_places_are_given_once_and_people_come_on_the_day() -> None:
    model = CommunityModel(with_changes(everything(), {SALON: {"per_month": 3, "hours": 0, "notice_days": 5}}))
    came_before = 0
    while not model.finished:
        model.step()
        salon = model.world.board.activities[0]
        rows, held = model.world.people.rows, model.world.records.events
        places = ((rows["seat"] == 1) & (rows["status"] == 3)).sum()
        assert places <= salon["given"] + (3 if salon["tomorrow"] == TAKES_PLACE else 0)
        assert salon["given"] <= 3
        came_before += int(places > 0 and salon["tomorrow"] != TAKES_PLACE)
    assert came_before > 5, "places are held for days"
    mine = held[: model.world.records.event_count[0]]
    assert (mine["amount"][(mine["kind"] == ACTIVITY_HELD) & (mine["which"] == 0)] <= 3).all()


def test_a_cancelled_event_leaves_nobody_with_a_place() -> None:
    model = lived(everything(), **{SALON: {"hours": 1000.0}, "mechanism.activities.talk.per_month": 0})
    days = model.world.records.days
    assert days["attendance"].sum() == days["activities"].sum() == 0


def test_large_events_tie_less() -> None:
    one = {"mechanism.attending.intimate": 1, "mechanism.activities.talk.capacity": 20}
    near, far = (
        lived(everything(), **one, **{"mechanism.attending.crowding_exponent": exponent}).world.records.days
        for exponent in (0.0, 2.0)
    )
    assert np.array_equal(near["attendance"][:10], far["attendance"][:10])
    assert far["member_sum"].sum() < near["member_sum"].sum()
    alike = lived(
        everything(), **one | {"mechanism.attending.crowding_exponent": 0.0, "mechanism.attending.intimate": 9}
    )
    assert np.array_equal(alike.world.records.days, near)
