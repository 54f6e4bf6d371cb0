"""Following: people outside who read the public posts."""

from __future__ import annotations

import math
from typing import Any

import pytest

from sim.engine.draws import Purpose
from sim.engine.mechanisms.following import follow, look, put_down, set_following
from sim.engine.state.people import APPLIED, AWARE, LEFT, MEMBER, NEVER, OUTSIDE
from tests.engine.scene import Scene

RULE = {"chance": 0.4, "reads": 0.2, "joins": 0.3, "stops": 0.1}


def outside(*, rule: dict[str, float] | None = None, **columns: Any) -> Scene:
    """On day 10; topics fit by .5 (the firm's), .25 and .75."""
    scene = Scene(mechanism__following=RULE | (rule or {}), culture__promise=0.7)
    scene.day(10)
    scene.fits(0.5, 0.25, 0.75)
    scene.person(0, **({"status": AWARE, "drive": 0.0, "origin": 2, "expectation": 0.3, "promised": 0.1} | columns))
    return scene


@pytest.mark.parametrize("status", [AWARE, LEFT])
def test_who_heard_and_did_not_join_may_follow_by_fit(status: int) -> None:
    scene = outside(status=status)
    under, over = scene.around(Purpose.FOLLOW, 0.4 * 0.5)
    before = scene.seen()
    scene.act(follow, over)
    assert scene.changed(before) == set()
    scene.act(follow, under)
    assert (scene.me.follows, scene.me.expectation, scene.me.promised) == (1, 0.7, 0.7)
    assert scene.changed(before) == {"people.follows", "people.expectation", "people.promised"}


def test_who_knows_the_place_keeps_own_expectations() -> None:
    scene = outside(visits=1)
    scene.act(follow, scene.around(Purpose.FOLLOW, 0.2)[0])
    assert (scene.me.follows, scene.me.expectation, scene.me.promised) == (1, 0.3, 0.7)


@pytest.mark.parametrize(
    "columns", [{"status": OUTSIDE}, {"status": APPLIED}, {"status": MEMBER}, {"follows": 1, "status": LEFT}]
)
def test_nobody_else_begins_to_follow(columns: dict[str, Any]) -> None:
    scene = outside(rule={"chance": 1.0}, **columns)
    scene.fits(1.0)
    before = scene.seen()
    scene.act(follow)
    assert scene.changed(before) == set()
    scene.person(0, status=AWARE, follows=0)
    scene.act(follow)
    assert scene.me.follows == 1


def test_nobody_follows_what_is_not_public() -> None:
    scene = outside(rule={"chance": 1.0})
    scene.fits(1.0)
    scene.p.derived.following = 0
    scene.act(follow)
    assert scene.me.follows == 0


@pytest.mark.parametrize(("on", "lit", "told"), [(True, 1, 1), (True, 0, 0), (False, 1, 0), (False, 0, 0)])
def test_there_must_be_something_public(on: bool, lit: int, told: int) -> None:
    scene = Scene(switches__following=on)
    scene.board.today[0].free_content, scene.p.derived.following = lit, 9
    scene.do(set_following)
    assert scene.p.derived.following == told


def read(**columns: Any) -> Scene:
    return outside(**({"follows": 1, "experience": 0.6} | columns))


@pytest.mark.parametrize(
    ("columns", "logit"), [({}, 0.0), ({"drive": 0.5}, 0.45), ({"tie": 0.25}, 0.5), ({"drive": -0.5, "tie": 0.5}, 0.55)]
)
def test_propensity_and_tie_pull_followers(columns: dict[str, float], logit: float) -> None:
    scene = read(rule={"stops": 0.0}, **columns)
    scene.p.derived.drive, scene.p.derived.tie_pull = 0.9, 2.0
    under, over = scene.around(Purpose.OPEN, 1 / (1 + 4 * math.exp(-logit)))
    before = scene.seen()
    assert scene.act(look, over) is False
    assert scene.changed(before) == {"tally.followers"}
    assert scene.act(look, under) is True
    assert scene.changed(before) == {"tally.followers", "tally.readers", "people.experience"}
    assert (scene.tally.followers, scene.tally.readers, scene.me.experience) == (2, 1, 0.0)


@pytest.mark.parametrize(("tie", "chance"), [(0.0, 0.1), (0.5, 0.05)])
def test_who_has_no_tie_stops_the_sooner(tie: float, chance: float) -> None:
    scene = read(rule={"reads": 1.0}, tie=tie)
    under, over = scene.around(Purpose.UNFOLLOW, chance)
    assert scene.act(look, over) is True
    assert scene.me.follows == 1
    before = scene.seen()
    assert scene.act(look, under) is False
    assert scene.changed(before) == {"people.follows"}
    assert scene.me.follows == 0


def test_a_full_tie_never_stops_and_nothing_public_is_not_read() -> None:
    scene = read(rule={"stops": 1.0, "reads": 1.0}, tie=1.0)
    assert scene.act(look) is True
    scene.p.derived.following = 0
    assert scene.act(look) is False
    assert (scene.me.follows, scene.tally.followers, scene.tally.readers) == (1, 2, 1)


def test_reading_is_remembered_and_may_make_think_of_joining() -> None:
    scene = read(seen_day=3)
    under, over = scene.around(Purpose.JOIN_FROM_FOLLOWING, 0.3)
    before = scene.seen()
    scene.act(put_down, over)
    assert (scene.me.seen_day, scene.me.noticed) == (10, NEVER)
    assert scene.changed(before) == {"people.seen_day"}
    scene.act(put_down, under)
    assert (scene.me.seen_day, scene.me.noticed) == (10, 2)


def test_who_noticed_the_community_today_does_so_once() -> None:
    for noticed in (0, 1):
        scene = read(noticed=noticed)
        scene.act(put_down, scene.around(Purpose.JOIN_FROM_FOLLOWING, 0.3)[0])
        assert scene.me.noticed == noticed


@pytest.mark.parametrize(("status", "noticed"), [(AWARE, 2), (LEFT, 2), (APPLIED, NEVER)])
def test_who_has_applied_thinks_of_joining_no_more(status: int, noticed: int) -> None:
    scene = read(status=status)
    scene.act(put_down, scene.around(Purpose.JOIN_FROM_FOLLOWING, 0.3)[0])
    assert (scene.me.seen_day, scene.me.noticed) == (10, noticed)
