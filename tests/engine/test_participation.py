"""Participation: what members write and ask, and what yesterday's messages make of the groups."""

from __future__ import annotations

import math
from typing import Any

import pytest

from sim.engine.draws import Purpose
from sim.engine.mechanisms.participation import ask, lively, read_groups, write
from sim.engine.state.people import HELPED, NOTHING, STRONG, WEAK
from tests.engine.scene import Scene, of

near = pytest.approx
RULE = {
    "posts": 0.5,
    "drive": 1.2,
    "tie": 1.5,
    "off_topic": 0.2,
    "off_topic_breadth": 0.4,
    "question": 0.0,
    "peer_reply": 0.0,
    "bearable": 25.0,
    "buzz_half": 3.0,
}


def writer(rule: dict[str, float] | None = None, on: bool = True, **columns: Any) -> Scene:
    scene = Scene(
        mechanism__participation=RULE | (rule or {}),
        structure__service__demand_strong=1.0,
        switches__participation=on,
        carrier__groups__cap=3,
    )
    scene.person(0, **({"drive": 0.0, "posts": 5, "group": 1} | columns))
    return scene


def wrote(scene: Scene, rate: float) -> None:
    """Nothing with luck just below P(0) = exp(−rate), one message just above it, two above P(0) + P(1)."""
    none, one = scene.around(Purpose.POST, math.exp(-rate))
    scene.me.wrote = 0
    scene.act(write, none)
    assert scene.me.wrote == 0
    scene.act(write, one)
    assert scene.me.wrote == 1
    scene.act(write, scene.around(Purpose.POST, math.exp(-rate) * (1 + rate))[1])
    assert scene.me.wrote == 2


@pytest.mark.parametrize(
    ("columns", "rate"),
    [
        ({}, 0.5),
        ({"drive": 0.5}, 0.5 * math.exp(0.6)),
        ({"drive": -1.0}, 0.5 * math.exp(-1.2)),
        ({"tie": 0.5}, 0.5 * 1.75),
        ({"drive": 0.5, "tie": 1.0}, 0.5 * math.exp(0.6) * 2.5),
    ],
)
def test_propensity_and_tie_make_people_write(columns: dict[str, float], rate: float) -> None:
    wrote(writer(**columns), rate)


def test_pay_and_praise_multiply_and_a_busy_chat_damps() -> None:
    scene = writer()
    scene.p.derived.writing, scene.p.derived.praise = 1.5, 1.2
    wrote(scene, 0.5 * 1.8)
    scene.board.groups[1].volume = 12.5
    wrote(scene, 0.5 * 1.8 * math.exp(-0.5))
    scene.me.group = -1
    wrote(scene, 0.5 * 1.8)
    scene.me.group = 0
    scene.board.groups[0].volume = 25.0
    wrote(scene, 0.5 * 1.8 / math.e)


def test_nobody_writes_when_muted_or_where_participation_is_off() -> None:
    for scene in (writer({"posts": 50.0}, muted=1), writer({"posts": 50.0}, on=False)):
        before = scene.seen()
        scene.act(write)
        assert scene.changed(before) == set()


def test_the_heavy_tail_ends_at_200_a_day() -> None:
    mild, wild = writer({"posts": 100.0}, drive=math.log(2.0) / 1.2), writer({"posts": 100.0}, drive=9.0)
    for luck in range(20):
        mild.act(write, luck)
        wild.act(write, luck)
        assert wild.me.wrote == mild.me.wrote > 150


def test_what_is_written_is_counted_and_paid_for_in_cents() -> None:
    scene = writer({"question": 1.0}, posts=0)
    scene.p.derived.point_pay = 0.125
    before = scene.seen()
    luck = scene.around(Purpose.POST, math.exp(-0.5) * 1.5)[1]
    scene.act(write, luck)
    assert (scene.me.wrote, scene.me.posts) == (2, 2)
    assert (scene.tally.member_posts, scene.tally.new_contributors, scene.tally.cost_points) == (2, 1, 25)
    assert scene.changed(before) == {
        *("people.wrote", "people.posts", "people.questions"),
        *("tally.member_posts", "tally.new_contributors", "tally.cost_points"),
    }
    scene.act(write, luck)
    assert (scene.me.wrote, scene.me.posts) == (2, 4)
    assert (scene.tally.member_posts, scene.tally.new_contributors, scene.tally.cost_points) == (4, 1, 50)


@pytest.mark.parametrize(("pay", "cents"), [(0.0024, 0), (0.0025, 1), (0.0125, 3), (1.0, 200)])
def test_points_are_rounded_to_whole_cents(pay: float, cents: int) -> None:
    scene = writer()
    scene.p.derived.point_pay = pay
    scene.act(write, scene.around(Purpose.POST, math.exp(-0.5) * 1.5)[1])
    assert (scene.me.wrote, scene.tally.cost_points) == (2, cents)


def test_silence_changes_nothing() -> None:
    for posts in (5, 0):
        scene = writer(posts=posts)
        before = scene.seen()
        scene.act(write, scene.around(Purpose.POST, math.exp(-0.5))[0])
        assert scene.changed(before) == set()


def test_a_first_message_always_asks() -> None:
    scene = writer({"question": 0.0}, posts=0)
    one = scene.around(Purpose.POST, math.exp(-0.5))[1]
    scene.act(write, one)
    assert (scene.me.wrote, scene.me.questions) == (1, 1)
    scene.act(write, one)
    assert (scene.me.wrote, scene.me.questions) == (1, 0)


@pytest.mark.parametrize(("tier", "asking"), [(WEAK, 0.5), (STRONG, 1.0)])
def test_later_messages_ask_by_their_chance_and_strong_ties_ask_more(tier: int, asking: float) -> None:
    """Questions of n messages are Poisson with mean asking·n, at most n; a first one asks besides."""
    for posts in (5, 0):
        scene, counted = writer({"question": 0.5, "posts": 2.0}, tier=tier), []
        first = 1 if posts == 0 else 0
        for luck in range(400):
            scene.person(0, posts=posts, questions=0, wrote=0)
            scene.act(write, luck)
            n, drawn = scene.me.wrote, scene.drawn(Purpose.REPLY, luck)
            later = quantile(drawn, asking * max(0, n - first))
            assert scene.me.questions == (first + min(later, n - first) if n > 0 else 0)
            counted.append(n)
        assert max(counted) > 4


def quantile(u: float, mean: float) -> int:
    """The Poisson quantile, summed anew."""
    count, below = 0, math.exp(-mean)
    while u >= below:
        count += 1
        below += math.exp(-mean) * mean**count / math.factorial(count)
    return count


@pytest.mark.parametrize(("reply", "liveliness", "group", "helps"), [(0.8, 0.5, 0, 0.4), (1.0, 1.0, 1, 0.0)])
def test_members_of_a_lively_group_answer_some(reply: float, liveliness: float, group: int, helps: float) -> None:
    scene = writer({"peer_reply": reply}, group=group)
    scene.board.groups[0].liveliness = liveliness
    left = []
    for luck in range(300):
        scene.person(0, questions=0, answer=NOTHING)
        of(ask)(scene.me, 3, scene.board, scene.p, scene.key(luck))
        helped = sum(scene.drawn(Purpose.PEER, luck, index=k) < helps for k in range(3))
        assert (scene.me.questions, scene.me.answer) == (3 - helped, HELPED if helped else NOTHING)
        left.append(scene.me.questions)
    assert set(left) == ({0, 1, 2, 3} if helps else {3})


def test_nobody_answers_without_a_group_or_a_question() -> None:
    scene = writer({"peer_reply": 1.0}, group=-1)
    for g in range(len(scene.board.groups)):
        scene.board.groups[g].liveliness = 1.0
    of(ask)(scene.me, 2, scene.board, scene.p, scene.key())
    assert (scene.me.questions, scene.me.answer) == (2, NOTHING)
    scene.me.group = 0
    of(ask)(scene.me, 0, scene.board, scene.p, scene.key())
    assert (scene.me.questions, scene.me.answer) == (0, NOTHING)
    of(ask)(scene.me, 1, scene.board, scene.p, scene.key())
    assert (scene.me.questions, scene.me.answer) == (0, HELPED)
    scene.person(0, group=1, answer=NOTHING)
    of(ask)(scene.me, 1, scene.board, scene.p, scene.key())
    assert (scene.me.questions, scene.me.answer) == (0, HELPED)


@pytest.mark.parametrize(("fitting", "felt"), [(0.0, 0.0), (-1.0, 0.0), (0.5, 1 / 7), (3.0, 0.5), (9.0, 0.75)])
def test_liveliness_saturates(fitting: float, felt: float) -> None:
    assert of(lively)(fitting, writer().p) == near(felt)


def test_in_the_morning_groups_are_as_lively_as_what_was_on_topic() -> None:
    scene = writer()
    today, groups = scene.board.today[0], scene.board.groups
    scene.p.culture.breadth, today.moderation, today.covered, today.groups = 0.5, 0.5, 0.4, 2
    for g in range(3):
        groups[g].said, groups[g].liveliness = 10.0 * g, 9.0
    scene.do(read_groups)
    assert today.off_topic == near(0.4 * 0.8)
    fitting = 10 * (1 - 0.32)
    assert [groups[g].liveliness for g in range(3)] == near([0.0, fitting / (fitting + 3), 9.0])


def test_luck_in_writing_is_that_of_the_day() -> None:
    """The quantile of the day's draw, so that more wish to write never means fewer messages."""
    scene = writer({"posts": 1.0})
    for luck in range(200):
        scene.me.wrote = 0
        scene.act(write, luck)
        with_luck = scene.drawn(Purpose.POST, luck)
        assert scene.me.wrote == quantile(with_luck, 1.0)
