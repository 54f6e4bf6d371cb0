"""Content: what is read with finite attention, what it gives and costs, and what binds to a voice."""

from __future__ import annotations

import math
from typing import Any

import pytest

from sim.engine.draws import Purpose
from sim.engine.mechanisms.content import (
    chat_of,
    crowd_out,
    hear_voice,
    on_topic,
    posts_since,
    read,
    refresh,
    rest,
    show_outside,
)
from sim.engine.state.people import LEFT, MEMBER
from tests.engine.scene import Scene, of

near = pytest.approx
LOG2 = 0.6931471805599453
STILL: dict[str, Any] = {
    "mechanism__content": {"posts_per_week": 0.0, "half_saturation": 0.6, "habituation": 0.1, "shelf_life": 7.0},
    "structure__kols__host__posts_per_week": 0.0,
    "mechanism__attention": {"capacity": 40.0, "reading_cost": 0.01, "knee": 30.0, "overload": 0.02, "muting": 0.5},
    "mechanism__ties": {"firm_gain": 0.2, "kol_gain": 0.4},
    "mechanism__participation": {"buzz": 0.2, "buzz_half": 3.0},
}


#: Reading costs little, and nothing is too much.
CHEAP = {"capacity": 40.0, "reading_cost": 0.001, "knee": 100.0, "overload": 0.02, "muting": 0.5}


def reader(*told: float, fits: tuple[float, ...] = (0.5, 0.25, 0.75), **changes: Any) -> Scene:
    """On day 10, somebody who came yesterday; so much was posted since by the firm and the KOL."""
    scene = Scene(**STILL | changes)
    scene.day(10)
    scene.fits(*fits)
    scene.person(0, seen_day=9)
    scene.board.feed[11, : len(told)] = told
    for v, quality in enumerate((0.6, 0.8)):
        voice = scene.board.voices[v]
        voice.quality, voice.warmth, voice.attitude, voice.authenticity = quality, 0.5, 0.0, 0.5
    return scene


def chat(scene: Scene, said: float, off_topic: float = 0.2) -> None:
    scene.me.group, scene.board.groups[0].said, scene.board.today[0].off_topic = 0, said, off_topic


# The day that content makes


def test_nothing_to_read_makes_nothing() -> None:
    scene = reader()
    before = scene.seen()
    scene.act(read)
    assert scene.changed(before) == set()
    assert scene.me.experience == 0.0


def test_good_fitting_posts_make_the_day_and_reading_costs() -> None:
    """2 posts, fit .5, quality .6: dose .6 gives a half; 2 messages with half signal cost .01·2/.5."""
    scene = reader(2.0)
    before = scene.seen()
    scene.act(read)
    assert scene.me.experience == near(0.5 - 0.04)
    assert scene.me.habit == 2.0
    assert scene.changed(before) == {"people.experience", "people.habit", "bonds"}


def test_what_an_event_gave_is_kept_and_content_adds_of_what_is_missing() -> None:
    scene = reader(2.0)
    scene.me.experience = 0.5
    scene.act(read)
    assert scene.me.experience == near(1 - 0.5 * (1 - 0.46))


def test_reading_noise_makes_no_day_worse_than_nothing() -> None:
    scene = reader(30.0, fits=(0.001, 0.0, 0.0))
    scene.me.experience = 0.3
    scene.act(read)
    assert scene.me.experience == near(0.3)


def test_voices_add_up_by_their_own_topics_and_quality() -> None:
    """Dose 1·.5·.6 + 2·.25·.8 = .7; signal 1 of 3."""
    scene = reader(1.0, 2.0)
    scene.act(read)
    assert scene.me.experience == near(0.7 / 1.3 - 0.01 * 3 / (1 / 3))
    assert scene.me.habit == 3.0


def test_a_voice_of_no_interest_is_not_read() -> None:
    scene = reader(2.0, 5.0, fits=(0.5, 0.0, 0.75))
    scene.act(read)
    assert scene.me.experience == near(0.46)
    assert scene.me.habit == 2.0
    assert scene.bonds[1] == 0.0


def test_attention_is_shared_out_over_all_messages() -> None:
    """80 posts with room for 40: half of them are read, habit and dose by half."""
    scene = reader(80.0, mechanism__attention=CHEAP)
    scene.act(read)
    assert scene.me.habit == near(40.0)
    assert scene.me.experience == near(12 / 12.6 - 0.001 * 40 / 0.5)
    assert scene.tally.beyond == 1


def test_selling_messages_take_attention_from_members_and_carry_no_signal() -> None:
    scene = reader(40.0, mechanism__attention=CHEAP)
    scene.board.today[0].promos = 10.0
    scene.act(read)
    assert scene.me.habit == near(32.0)
    assert scene.tally.beyond == 1
    assert scene.me.experience == near(9.6 / 10.2 - 0.001 * 40 / (20 / 50))
    few = reader(2.0)
    few.board.today[0].promos = 2.0
    few.act(read)
    assert few.me.experience == near(0.5 - 0.01 * 4 / (1 / 4))


def test_selling_messages_leave_less_attention_for_the_chat() -> None:
    """20 posts and 10 promos leave room for 10 of 20 messages, .4 of which are on topic and fit."""
    scene = reader(20.0, mechanism__attention=CHEAP)
    scene.board.today[0].promos = 10.0
    chat(scene, 20.0)
    scene.act(read)
    benefit = 1 - (1 - 6 / 6.6) * (1 - 0.2 * 4 / 7)
    assert scene.me.experience == near(benefit - 0.001 * 40 / ((10 + 8) / 50))


def test_followers_get_no_selling_messages() -> None:
    scene = reader(2.0)
    scene.board.today[0].promos = 9.0
    scene.person(0, status=LEFT)
    scene.act(read)
    assert scene.me.experience == near(0.46)


def test_habit_takes_from_the_effect_but_not_from_the_cost() -> None:
    scene = reader(2.0)
    scene.me.habit = 5.0
    scene.act(read)
    assert scene.me.experience == near(0.5 * math.exp(-0.5) - 0.04)
    assert scene.me.habit == 7.0
    off = reader(2.0, switches__habituation=False)
    off.me.habit = 5.0
    off.act(read)
    assert off.me.experience == near(0.46)


def test_the_chat_is_read_with_what_attention_is_left() -> None:
    """38 posts leave room for 2 of 10 messages, of which .8·.5 are on topic: liveliness of .8 fitting messages."""
    scene = reader(38.0, mechanism__attention=CHEAP)
    chat(scene, 10.0)
    scene.act(read)
    benefit = 1 - (1 - 11.4 / 12.0) * (1 - 0.2 * 0.8 / 3.8)
    assert scene.me.experience == near(benefit - 0.001 * 40 / ((19 + 4) / 48))
    assert scene.tally.beyond == 1


def test_a_lively_chat_alone_makes_some_of_a_day() -> None:
    scene = reader(mechanism__attention=CHEAP)
    chat(scene, 10.0)
    scene.act(read)
    assert scene.me.experience == near(0.2 * 4 / 7 - 0.001 * 10 / 0.4)
    assert scene.tally.beyond == 0
    assert scene.me.habit == 0.0


def test_a_little_attention_reads_a_little_of_the_chat() -> None:
    scene = reader(39.0, mechanism__attention=CHEAP)
    chat(scene, 10.0)
    scene.act(read)
    benefit = 1 - (1 - 11.7 / 12.3) * (1 - 0.2 * 0.4 / 3.4)
    assert scene.me.experience == near(benefit - 0.001 * 40 / ((19.5 + 4) / 49))


def test_no_chat_is_read_where_posts_fill_the_day() -> None:
    scene = reader(40.0, mechanism__attention=CHEAP)
    chat(scene, 10.0)
    scene.act(read)
    assert scene.me.experience == near(12 / 12.6 - 0.001 * 40 / (24 / 50))


def test_use_value_grows_with_friends_inside() -> None:
    for friends, status, gives in ((5, MEMBER, 0.15), (10, MEMBER, 0.3), (0, MEMBER, 0.0), (5, LEFT, 0.0)):
        scene = reader()
        scene.p.derived.use_value = 0.3
        scene.person(0, friends_in=friends, status=status)
        scene.act(read)
        assert scene.me.experience == near(gives)
    scene.person(0, degree=0, friends_in=5, status=MEMBER, experience=0.0)
    scene.act(read)
    assert scene.me.experience == 0.0
    scene.person(0, degree=1, friends_in=1)
    scene.act(read)
    assert scene.me.experience == near(0.3)


def test_use_value_adds_to_content_of_what_is_missing() -> None:
    scene = reader(2.0)
    scene.p.derived.use_value = 0.3
    scene.person(0, friends_in=10)
    scene.act(read)
    assert scene.me.experience == near(1 - 0.5 * 0.7 - 0.04)


@pytest.mark.parametrize(("seen", "day", "first"), [(9, 10, 10), (6, 10, 7), (3, 10, 4), (1, 10, 4), (-1, 2, 0)])
def test_who_comes_back_scrolls_through_a_week_at_most(seen: int, day: int, first: int) -> None:
    scene = Scene()
    scene.me.seen_day = seen
    assert of(posts_since)(scene.me, day) == first


def test_what_was_posted_since_the_last_visit_is_read_once() -> None:
    scene = reader()
    scene.board.feed[6:, 0] = 3.0
    scene.board.feed[8:, 0] = 7.0
    scene.board.feed[11, 0] = 9.0
    scene.me.seen_day = 6
    scene.act(read)
    assert scene.me.habit == 6.0


# Overload


@pytest.mark.parametrize(
    ("offered", "overloaded", "beyond"), [(30.0, 0.0, 0), (40.0, 0.2, 0), (41.0, 0.22, 1), (980.0, 19.0, 1)]
)
def test_beyond_the_knee_it_becomes_too_much(offered: float, overloaded: float, beyond: int) -> None:
    scene = reader()
    scene.me.overloaded = 9.0
    of(crowd_out)(scene.me, scene.p, scene.key(), 0.0, offered, scene.tally)
    assert scene.me.overloaded == near(overloaded)
    assert (scene.tally.beyond, scene.me.muted) == (beyond, 0)


def test_without_overload_nothing_is_too_much() -> None:
    scene = reader(switches__overload=False)
    scene.me.overloaded = 9.0
    of(crowd_out)(scene.me, scene.p, scene.key(), 50.0, 980.0, scene.tally)
    assert (scene.me.overloaded, scene.tally.beyond, scene.me.muted) == (0.0, 1, 0)


def test_a_chat_that_is_too_much_is_muted_by_its_chance() -> None:
    scene = reader()
    under, over = scene.around(Purpose.MUTE, 1 - math.exp(-0.5 * 0.4))
    for luck, chatting, muted in ((over, 50.0, 0), (under, 0.0, 0), (under, 0.5, 1)):
        of(crowd_out)(scene.me, scene.p, scene.key(luck), chatting, 50.0, scene.tally)
        assert scene.me.muted == muted


def test_no_chat_is_muted_within_what_can_be_borne() -> None:
    scene = reader(mechanism__attention=STILL["mechanism__attention"] | {"muting": 100.0})
    of(crowd_out)(scene.me, scene.p, scene.key(), 10.0, 30.0, scene.tally)
    assert scene.me.muted == 0
    of(crowd_out)(scene.me, scene.p, scene.key(), 10.0, 90.0, scene.tally)
    assert scene.me.muted == 1


def test_all_that_is_offered_counts_towards_overload() -> None:
    scene = reader(20.0)
    scene.board.today[0].promos = 10.0
    chat(scene, 15.0)
    scene.act(read)
    assert scene.me.overloaded == near(0.02 * 15)


# The chat


def test_what_reaches_somebody_of_the_chat() -> None:
    scene = Scene()
    scene.board.groups[scene.board.groups.shape[0] - 1].said = 9.0
    assert of(chat_of)(scene.me, scene.board, scene.p) == 0.0
    assert of(on_topic)(scene.me, scene.board, 0.5) == 0.0
    chat(scene, 10.0)
    assert of(chat_of)(scene.me, scene.board, scene.p) == 10.0
    assert of(on_topic)(scene.me, scene.board, 0.5) == near(4.0)
    scene.p.derived.platform, scene.p.derived.relevance = 1, 0.4
    assert of(chat_of)(scene.me, scene.board, scene.p) == near(10 * (1 - 0.4 * 0.2))
    assert of(on_topic)(scene.me, scene.board, 0.5) == near(4.0), "what is on topic is not filtered out"
    scene.me.muted = 1
    assert of(chat_of)(scene.me, scene.board, scene.p) == 0.0
    assert of(on_topic)(scene.me, scene.board, 0.5) == 0.0


def test_a_chat_is_that_of_ones_own_group() -> None:
    scene = Scene(carrier__groups__cap=4)
    scene.board.groups[0].said, scene.board.groups[1].said, scene.me.group = 3.0, 8.0, 1
    scene.board.today[0].off_topic = 0.0
    assert of(chat_of)(scene.me, scene.board, scene.p) == 8.0
    assert of(on_topic)(scene.me, scene.board, 1.0) == 8.0


# Bonds with voices


@pytest.mark.parametrize(
    ("v", "told", "fresh", "bond"),
    [
        (0, 2.0, 1.0, 0.2 * 0.5 * 1.4 * 0.5),
        (0, 2.0, 0.5, 0.2 * 0.5 * 1.4 * 0.25),
        (1, 3.0, 1.0, 0.4 * 0.5 * 1.4 * 0.5),
        (1, 9.0, 1.0, 0.4 * 0.5 * 1.4 * 0.75),
        (1, 0.0, 1.0, 0.0),
    ],
)
def test_a_bond_grows_by_dose_tone_and_authenticity(v: int, told: float, fresh: float, bond: float) -> None:
    """Half a dose is .6: fit · quality is .3 for the firm, .2 for the KOL. Warmth .5 · .8 makes the tone 1.4."""
    scene = reader()
    of(hear_voice)(scene.me, scene.bonds, scene.board, scene.p, v, told, fresh)
    assert scene.bonds[v] == near(bond)
    assert scene.bonds[1 - v] == 0.0
    scene.bonds[v] = 0.5
    of(hear_voice)(scene.me, scene.bonds, scene.board, scene.p, v, told, fresh)
    assert scene.bonds[v] == near(0.5 + 0.5 * bond)


def test_attitude_divides_by_fit() -> None:
    for fit, tone in ((1.0, 2.2), (0.5, 1.0), (0.25, 0.4)):
        scene = reader(fits=(fit, fit, fit))
        scene.board.voices[0].warmth, scene.board.voices[0].attitude = 0.0, 1.0
        scene.board.voices[0].quality = 0.6 / fit
        of(hear_voice)(scene.me, scene.bonds, scene.board, scene.p, 0, 1.0, 1.0)
        assert scene.bonds[0] == near(0.2 * 0.5 * tone * 0.5)


def test_bonds_grow_with_what_is_read_of_each_voice() -> None:
    scene = reader(40.0, 40.0)
    scene.me.habit = 5.0
    scene.act(read)
    tired = 1.4 * math.exp(-0.5)
    assert scene.bonds[0] == near(0.2 * 0.5 * tired * 6 / 6.6)
    assert scene.bonds[1] == near(0.4 * 0.5 * tired * 4 / 4.6)


# Nights, returns, and what strangers see


def test_habit_wears_off() -> None:
    scene = Scene(mechanism__content__rest=0.75)
    scene.me.habit = 8.0
    before = scene.seen()
    scene.act(rest)
    assert scene.me.habit == 6.0
    assert scene.changed(before) == {"people.habit"}


def test_who_returns_has_forgotten_and_who_is_new_has_not() -> None:
    scene = Scene()
    scene.day(10)
    for i, first in ((0, 3), (1, 10), (2, 3)):
        scene.person(i, habit=4.0, event_habit=2.0, first_joined=first)
    scene.do(refresh, scene.line_up(0, 1))
    habits = [(scene.person(i).habit, scene.person(i).event_habit) for i in range(3)]
    assert habits == [(0.0, 0.0), (4.0, 2.0), (4.0, 2.0)]


def test_strangers_see_the_quality_of_late_beside_one_post_of_none() -> None:
    scene = reader()
    today = scene.board.today[0]
    today.outside_posts, today.outside_good = 4.0, 2.0
    scene.board.voices[0].posts, scene.board.voices[1].posts = 2.0, 1.0
    scene.do(show_outside)
    kept = 2 ** (-1 / 7)
    posts, good = 4 * kept + 3, 2 * kept + 2 * 0.6 + 0.8
    assert (today.outside_posts, today.outside_good) == near((posts, good))
    assert today.outside_quality == near(good / (posts + 1))


def test_before_the_first_stage_nothing_is_public_and_what_was_fades() -> None:
    scene = reader()
    today = scene.board.today[0]
    today.free_content, today.outside_posts, today.outside_good = 0, 4.0, 2.0
    scene.board.voices[0].posts = 2.0
    for _ in range(7):
        scene.do(show_outside)
    assert (today.outside_posts, today.outside_good) == near((2.0, 1.0))
    assert today.outside_quality == near(1 / 3)
