"""Attention: who comes on a day, and how much each thing moves that."""

from __future__ import annotations

import math
from typing import Any

import pytest

from sim.engine.draws import Purpose
from sim.engine.mechanisms.attention import go, set_pull, visit
from tests.engine.scene import Scene

LOG2 = 0.6931471805599453
#: All of it has an effect of its own.
WEIGHTS = {
    "mechanism__attention": {
        "visit": 0.2,
        "drive": 0.9,
        "tie": 2.0,
        "satisfaction": 1.6,
        "forgetting": 0.5,
        "friends": 0.4,
    },
    "culture": {"identity": 0.0, "identity_half_life": 30.0},
}


def came(scene: Scene, base: float, logit: float) -> None:
    """Whoever has the chance logistic(logit(base) + logit) comes, and with hardly less luck does not."""
    under, over = scene.around(Purpose.OPEN, 1.0 / (1.0 + (1.0 - base) / base * math.exp(-logit)))
    assert scene.act(visit, under) is True
    assert scene.act(visit, over) is False


def somebody(**columns: Any) -> Scene:
    """On day 40, where nothing else pulls."""
    scene = Scene(**WEIGHTS)
    scene.day(40)
    scene.person(0, **({"drive": 0.0, "seen_day": 39, "joined_day": 0, "friends_in": 0} | columns))
    return scene


@pytest.mark.parametrize(
    ("columns", "logit"),
    [
        ({}, 0.0),
        ({"drive": 0.5}, 0.45),
        ({"drive": -1.0}, -0.9),
        ({"tie": 0.25}, 0.5),
        ({"satisfaction": 0.75}, 0.8),
        ({"satisfaction": 0.0}, -1.6),
        ({"seen_day": 38}, -0.5 * LOG2),
        ({"seen_day": 8}, -2.5 * LOG2),
        ({"lift": 0.75}, 0.75),
        ({"friends_in": 5}, 0.2),
        ({"friends_in": 10}, 0.4),
        ({"drive": 0.5, "tie": 0.25, "satisfaction": 0.75, "seen_day": 36, "lift": 0.3, "friends_in": 5}, 2.25 - LOG2),
    ],
)
def test_each_thing_pulls_by_its_weight(columns: dict[str, Any], logit: float) -> None:
    came(somebody(**columns), 0.2, logit)


def test_a_shared_goal_brings_newcomers_and_wears_off() -> None:
    for joined, logit in ((40, 0.6), (10, 0.3), (-20, 0.15)):
        scene = Scene(**WEIGHTS | {"culture": {"identity": 0.6, "identity_half_life": 30.0}})
        scene.day(40)
        scene.person(0, drive=0.0, seen_day=39, joined_day=joined)
        came(scene, 0.2, logit)


def test_friends_pull_and_are_conformed_to_where_their_doings_count() -> None:
    scene = somebody(friends_in=8)
    scene.p.derived.conformity = 2.0
    came(scene, 0.2, 0.4 * 0.8 + 2.0 * 0.6)
    scene.person(0, friends_in=1)
    came(scene, 0.2, 0.4 * 0.1 - 2.0 * 0.8)
    scene.p.derived.friends = 0
    came(scene, 0.2, 0.0)


def test_nobody_conforms_without_a_friend() -> None:
    scene = somebody(degree=0)
    scene.p.derived.conformity = 2.0
    came(scene, 0.2, 0.0)
    scene.person(0, degree=1, friends_in=1)
    came(scene, 0.2, 2.4)


def test_the_platform_lifts() -> None:
    scene = somebody()
    scene.p.derived.visit_lift = 0.35
    came(scene, 0.2, 0.35)


@pytest.mark.parametrize(("chance", "comes"), [(0.0, False), (1.0, True)])
def test_at_the_ends_all_or_nobody_comes(chance: float, comes: bool) -> None:
    scene = Scene(mechanism__attention__visit=chance)
    assert all(scene.act(visit, luck) is comes for luck in range(200))


def test_a_visit_begins_without_experience_and_no_visit_leaves_all_as_it_was() -> None:
    scene = somebody(experience=0.7)
    under, over = scene.around(Purpose.OPEN, 0.2)
    before = scene.seen()
    scene.act(visit, over)
    assert scene.changed(before) == set()
    scene.act(visit, under)
    assert scene.changed(before) == {"people.experience"}
    assert scene.me.experience == 0.0


def test_the_end_of_a_visit_is_remembered_and_counted() -> None:
    scene = somebody()
    before = scene.seen()
    scene.act(go)
    assert scene.changed(before) == {"people.seen_day", "tally.visitors"}
    assert scene.me.seen_day == 40
    scene.act(go, person=1)
    assert scene.tally.visitors == 2


def test_what_pulls_is_told_in_the_morning() -> None:
    scene = Scene(mechanism__attention={"satisfaction": 1.7, "drive": 0.8, "tie": 2.3})
    scene.p.derived.pull, scene.p.derived.drive, scene.p.derived.tie_pull = 9.0, 9.0, 9.0
    scene.do(set_pull)
    assert (scene.p.derived.pull, scene.p.derived.drive, scene.p.derived.tie_pull) == (1.7, 0.8, 2.3)
