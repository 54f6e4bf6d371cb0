"""Voices: what the firm and the KOLs publish, what it takes out of them, and what it costs."""

from __future__ import annotations

from typing import Any

import pytest

from sim.engine.mechanisms.voices import post, speak
from sim.engine.state.events import BUDGET_REACHED, POSTS_END
from sim.scenario.sections.voices import KolPlan
from tests.engine.scene import Scene, of

near = pytest.approx
#: People in the scene: audiences are told in people.
PEOPLE = 11
KOL = {
    "posts_per_week": 14.0,
    "quality": 0.8,
    "craft": 0.25,
    "energy_cost": 0.1,
    "energy_exponent": 2.0,
    "energy_recovery": 0.5,
    "audience": 0.01 * PEOPLE,
    "warmth": 0.6,
    "attitude": 0.7,
    "authenticity": 0.9,
    "fee_per_post": 12.345,
}
FIRM = {
    "posts_per_week": 10.5,
    "quality": 0.5,
    "warmth": 0.3,
    "attitude": 0.2,
    "authenticity": 0.4,
    "cost_per_post": 60.005,
    "audience": 0.002 * PEOPLE,
}


def stage(kol: dict[str, float] | None = None, **changes: Any) -> Scene:
    """On day 3, before anything is posted: the firm, a KOL who tires and one who does not."""
    kols = [KolPlan(name="a", **KOL | (kol or {})), KolPlan(name="b", posts_per_week=7.0, energy_cost=0.0)]
    scene = Scene(structure__kols=kols, mechanism__content=FIRM, **changes)
    scene.day(3)
    for v in range(3):
        voice = scene.board.voices[v]
        voice.due, voice.energy, voice.posts, voice.quality = 0.0, 1.0, 9.0, 9.0
    scene.board.feed[:] = 0.0
    scene.board.feed[3] = (5.0, 6.0, 7.0)
    for name in ("posts", "posts_dropped", "cost_content"):
        setattr(scene.record, name, 0)
    return scene


def spoken(scene: Scene, v: int = 1) -> Any:
    of(post)(scene.world, v, scene.p, scene.record)
    return scene.board.voices[v]


def test_a_kol_posts_and_tires() -> None:
    """Two posts take .1·2² of energy; half of what is missing comes back: here nothing is."""
    scene = stage()
    voice = spoken(scene)
    assert (voice.posts, voice.due, voice.quality) == (2.0, 0.0, near(0.8))
    assert voice.energy == near(0.6)
    assert (voice.reach, voice.warmth, voice.attitude, voice.authenticity) == near((0.02, 0.6, 0.7, 0.9))
    assert scene.board.feed[4].tolist() == [0.0, 8.0, 0.0]
    assert scene.records.energy[3, 1] == near(0.6)
    assert scene.records.voice_posts[3, 1] == 2.0
    record = scene.record
    assert (record.posts, record.posts_dropped, record.cost_content) == (2, 0, 2469)
    spoken(scene)
    assert voice.energy == near(0.6 + 0.5 * 0.4 - 0.4)
    assert voice.quality == near(0.8 * (0.25 + 0.75 * 0.6)), "made with what energy there was in the morning"
    assert (record.posts, record.cost_content) == (4, 4938)


def test_posts_for_which_there_is_no_energy_are_dropped() -> None:
    scene = stage({"posts_per_week": 21.0})
    scene.board.voices[1].energy = 0.25
    voice = spoken(scene)
    assert (voice.posts, voice.due) == (1.0, 0.0)
    assert voice.energy == near(0.25 + 0.5 * 0.75 - 0.1)
    assert (scene.record.posts, scene.record.posts_dropped, scene.record.cost_content) == (1, 2, 1235)


def test_energy_that_is_just_enough_is_used() -> None:
    scene = stage({"energy_recovery": 0.0, "energy_cost": 0.125})
    scene.board.voices[1].energy = 0.5
    assert (spoken(scene).posts, spoken(scene).energy) == (2.0, 0.0)
    assert (scene.record.posts, scene.record.posts_dropped) == (2, 2)


def test_rest_brings_energy_back() -> None:
    scene = stage({"posts_per_week": 0.0})
    scene.board.voices[1].energy = 0.2
    assert spoken(scene).energy == near(0.6)
    assert scene.record.posts_dropped == 0


@pytest.mark.parametrize("how", ["off", "tireless"])
def test_energy_may_not_matter(how: str) -> None:
    scene = stage({"energy_cost": 0.0} if how == "tireless" else {}, switches__energy=how != "off")
    scene.board.voices[1].energy = 0.2
    voice = spoken(scene)
    assert (voice.posts, voice.quality, voice.energy) == (2.0, 0.8, 0.2)


def test_the_firm_never_tires() -> None:
    scene = stage()
    scene.board.plan.voices[0, 0].energy_cost = 0.5
    scene.board.voices[0].energy = 0.1
    voice = spoken(scene, 0)
    assert (voice.posts, voice.quality, voice.energy) == (1.0, 0.5, 0.1)
    assert (voice.reach, voice.warmth, voice.attitude, voice.authenticity) == near((0.002, 0.3, 0.2, 0.4))
    assert scene.record.cost_content == 6001


def test_posts_are_made_as_they_fall_due() -> None:
    halves = stage()
    assert [spoken(halves, 0).posts for _ in range(4)] == [1.0, 2.0, 1.0, 2.0]
    thirds = stage({"posts_per_week": 7 / 3})
    assert [spoken(thirds).posts for _ in range(6)] == [0.0, 0.0, 1.0] * 2


@pytest.mark.parametrize(
    ("changes", "money", "posts"),
    [
        ({}, 10**9, [1.0, 2.0]),
        ({"switches__content": False}, 10**9, [0.0, 2.0]),
        ({"switches__kols": False}, 10**9, [1.0, 0.0]),
        ({}, 6001 + 2469, [1.0, 2.0]),
        ({}, 6001 + 2468, [1.0, 1.0]),
        ({}, 6001 + 1234, [1.0, 0.0]),
        ({}, 6000, [0.0, 2.0]),
        ({}, 0, [0.0, 0.0]),
        ({"mechanism__content__cost_per_post": 0.0}, 0, [1.0, 0.0]),
    ],
)
def test_who_is_switched_off_or_unpaid_is_silent(changes: dict[str, Any], money: int, posts: list[float]) -> None:
    scene = stage(**changes)
    scene.purse(money)
    assert [spoken(scene, v).posts for v in (0, 1)] == posts
    assert scene.board.voices[1].due == 0.0
    today = scene.board.today[0]
    assert 0 <= today.cap - today.spent == money - scene.record.cost_content
    assert scene.record.posts_dropped == 0, "that is for want of energy"


def test_that_posts_end_is_noted_once_a_voice() -> None:
    scene = stage()
    scene.purse(0)
    scene.begun = int(scene.records.event_count[0])
    spent = scene.board.today[0].spent
    for v in (1, 1, 0, 1):
        spoken(scene, v)
    assert scene.events == [(3, BUDGET_REACHED, 0, spent), (3, POSTS_END, 1, 0), (3, POSTS_END, 0, 0)]


def test_all_voices_speak() -> None:
    scene = stage()
    scene.do(speak)
    assert [scene.board.voices[v].posts for v in range(3)] == [1.0, 2.0, 1.0]
    assert scene.board.feed[4].tolist() == [6.0, 8.0, 8.0]
    assert scene.record.posts == 4
    assert scene.record.cost_content == 6001 + 2469 + 10_000
    assert scene.records.voice_posts[3].tolist() == [1.0, 2.0, 1.0]


# The rest of a total, the price of quality, warmth by hand


@pytest.mark.parametrize(("rest", "posts"), [(0.0, 2.0), (1234.0, 2.0), (1234.5, 3.0), (3000.0, 4.0), (1e9, 73.0)])
def test_the_rest_of_a_total_pays_for_more_posts(rest: float, posts: float) -> None:
    scene = stage({"energy_cost": 0.0}, budget={"total": 1e6, "rest_to": "structure.kols.a.posts_per_week"})
    scene.board.today[0].rest = rest
    scene.record.rest_spent = 0
    assert spoken(scene).posts == posts
    assert scene.record.cost_content == int(posts * 1234.5 + 0.5)
    assert scene.record.rest_spent == scene.record.cost_content - 2469
    assert scene.board.today[0].rest == near(rest - scene.record.rest_spent, abs=1.0)
    assert spoken(scene, 0).posts == 1.0, "another voice has nothing of it"


def test_no_more_posts_than_there_is_money_or_energy_for() -> None:
    rich = {"budget": {"total": 1e6, "rest_to": "structure.kols.a.posts_per_week"}}
    scene = stage({"energy_cost": 0.0}, **rich)
    scene.board.today[0].rest = 1e9
    scene.purse(5 * 1234)
    assert spoken(scene).posts == 4.0
    tired = stage(**rich)
    tired.board.today[0].rest, tired.board.voices[1].energy = 1e9, 0.4
    assert (spoken(tired).posts, tired.record.cost_content) == (2.0, 2469), "what is not posted is not paid"
    off = stage(switches__kols=False, **(rich | {"budget": {"cap": 1e6}}))
    assert spoken(off).posts == 0.0


@pytest.mark.parametrize(("quality", "price"), [(0.0, 1235), (0.5, 1235 + 1000), (0.9, 1235 + 9000), (0.99, 100_234)])
def test_quality_has_a_price_that_grows_without_end(quality: float, price: int) -> None:
    scene = stage({"cost_quality": 10.0, "quality": quality, "posts_per_week": 7.0, "energy_cost": 0.0})
    assert spoken(scene).quality == quality
    assert scene.record.cost_content == price


def test_a_tired_kol_is_paid_for_the_quality_that_was_planned() -> None:
    scene = stage({"cost_quality": 10.0, "posts_per_week": 7.0})
    scene.board.voices[1].energy = 0.5
    assert spoken(scene).quality < 0.8
    assert scene.record.cost_content == 1235 + 4000


@pytest.mark.parametrize(
    ("hours", "warmth", "left"), [(10.0, 0.6, 7.6), (2.4, 0.6, 0.0), (1.2, 0.3, 0.0), (0.0, 0.0, 0.0)]
)
def test_warmth_made_by_hand_takes_hours(hours: float, warmth: float, left: float) -> None:
    """Two posts at .6 of full warmth, 2 hours each at full warmth."""
    scene = stage({"warmth_hours": 2.0})
    scene.board.today[0].hours = hours
    scene.record.hours_wanted = scene.record.hours_done = 0.0
    assert spoken(scene).warmth == near(warmth)
    assert scene.board.today[0].hours == near(left)
    assert (scene.record.hours_wanted, scene.record.hours_done) == near((2.4, hours - left))


def test_warmth_that_takes_no_hours_needs_no_operators() -> None:
    scene = stage()
    scene.board.today[0].hours = 0.0
    assert spoken(scene).warmth == 0.6
