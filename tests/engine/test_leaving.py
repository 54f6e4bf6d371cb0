"""Leaving: what drives away, what holds, and what is then given up."""

from __future__ import annotations

import math
from typing import Any

import pytest

from sim.engine.draws import Purpose
from sim.engine.mechanisms.leaving import keep_door, leave
from sim.engine.state.people import GRANTED, LEFT, MEMBER, NOTHING
from tests.engine.scene import Scene

RULE = {"hazard": 0.05, "tie": 3.0, "dissatisfaction": 4.0, "overload": 1.0, "fatigue": 0.8}
WAITING = {"answer": GRANTED, "lift": 0.5, "muted": 1, "wants_seat": 2, "questions": 3}


def somebody(on: bool = True, **columns: Any) -> Scene:
    """On day 40, without tie and indifferent."""
    scene = Scene(mechanism__leaving=RULE, switches__leaving=on)
    scene.day(40)
    scene.person(0, **({"seen_day": 39} | columns))
    return scene


@pytest.mark.parametrize(
    ("columns", "log"),
    [
        ({}, 0.0),
        ({"tie": 0.5}, -1.5),
        ({"satisfaction": 0.25}, 2.0),
        ({"satisfaction": 0.75}, 0.0),
        ({"overloaded": 0.5}, 0.5),
        ({"fatigue": 0.5}, 0.4),
        ({"tie": 0.25, "satisfaction": 0.375, "overloaded": 0.5, "fatigue": 0.5}, 1.15),
    ],
)
def test_each_thing_drives_away_or_holds(columns: dict[str, float], log: float) -> None:
    scene = somebody(**columns)
    under, over = scene.around(Purpose.LEAVE, 0.05 * math.exp(log))
    scene.act(leave, over)
    assert scene.me.status == MEMBER
    scene.act(leave, under)
    assert scene.me.status == LEFT


def test_who_leaves_waits_for_nothing_any_more() -> None:
    scene = somebody(**WAITING)
    before = scene.seen()
    scene.act(leave, scene.around(Purpose.LEAVE, 0.05)[0])
    me = scene.me
    assert (me.status, me.left_day, scene.tally.left) == (LEFT, 40, 1)
    assert (me.answer, me.lift, me.muted, me.wants_seat, me.questions) == (NOTHING, 0.0, 0, 0, 0)
    columns = {f"people.{name}" for name in (*WAITING, "status", "left_day")}
    assert scene.changed(before) == columns | {"tally.left"}


def test_who_stays_keeps_it_all_and_is_counted() -> None:
    scene = somebody(**WAITING)
    before = scene.seen()
    over = scene.around(Purpose.LEAVE, 0.05)[1]
    scene.act(leave, over)
    assert scene.changed(before) == {"tally.muted"}
    scene.me.muted = 0
    scene.act(leave, over)
    assert scene.tally.muted == 1


@pytest.mark.parametrize(("seen", "lapsed"), [(11, 0), (10, 1), (2, 1)])
def test_a_long_absence_counts_as_lapse(seen: int, lapsed: int) -> None:
    scene = somebody(seen_day=seen)
    over = scene.around(Purpose.LEAVE, 0.05)[1]
    scene.act(leave, over)
    assert scene.tally.lapsed == lapsed
    scene.act(leave, over)
    assert scene.tally.lapsed == 2 * lapsed


def test_nobody_leaves_where_leaving_is_off() -> None:
    scene = somebody(on=False, overloaded=99.0)
    for luck in range(100):
        scene.act(leave, luck)
    assert (scene.me.status, scene.tally.left) == (MEMBER, 0)


def test_the_door_stays_ajar() -> None:
    scene = Scene(mechanism__leaving__come_back=0.25)
    scene.p.derived.come_back = 9.0
    scene.do(keep_door)
    assert scene.p.derived.come_back == 0.25
