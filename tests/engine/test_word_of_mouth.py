"""Word of mouth: what friends hear of a member, and who is credited."""

from __future__ import annotations

import math
from typing import Any

import pytest

from sim.engine.draws import Purpose
from sim.engine.mechanisms.word_of_mouth import credit, deliver, invite, listen, set_ears, share
from sim.engine.state.people import APPLIED, AWAKE, AWARE, LEFT, MEMBER, NEVER, NONE, OUTSIDE, STRONG, WEAK
from tests.engine.scene import Scene, of

near = pytest.approx
RULE = {
    "visible": 0.02,
    "at_joining": 0.8,
    "good": 0.4,
    "good_satisfaction": 1.5,
    "good_tie": 1.0,
    "bad": 0.3,
    "bad_dissatisfaction": 2.0,
    "bad_tie": 1.5,
    "negative_weight": 2.0,
    "shaken": 0.03,
}


def town(**changes: Any) -> Scene:
    """On day 10; everybody knows everybody."""
    scene = Scene(mechanism__word_of_mouth=RULE, **changes)
    scene.day(10)
    return scene


@pytest.mark.parametrize(("on", "friends", "visible"), [(True, 1, 0.02), (False, 0, 0.0)])
def test_what_the_morning_says(on: bool, friends: int, visible: float) -> None:
    scene = town(switches__word_of_mouth=on)
    told = scene.p.derived
    told.friends, told.visible, told.warning = 9, 9.0, 9.0
    scene.do(set_ears)
    assert (told.friends, told.visible, told.warning) == (friends, visible, 2.0)


# What a member hears


@pytest.mark.parametrize(
    ("warnings", "visits", "satisfaction", "left"),
    [(2, 5, 0.5, 0.44), (1, 1, 0.5, 0.47), (2, 0, 0.5, 0.5), (0, 5, 0.5, 0.5), (30, 5, 0.5, 0.0)],
)
def test_warnings_shake_members_who_know_the_place(
    warnings: int, visits: int, satisfaction: float, left: float
) -> None:
    scene = town()
    scene.person(0, heard_warnings=warnings, visits=visits, satisfaction=satisfaction, inbox=3, inbox_rank=0.5)
    before = scene.seen()
    scene.act(listen)
    assert scene.me.satisfaction == near(left)
    assert (scene.me.heard_warnings, scene.me.inbox, scene.me.inbox_rank) == (0, 0, 0.0)
    names = ("satisfaction", "heard_warnings", "inbox", "inbox_rank")
    assert scene.changed(before) <= {f"people.{name}" for name in names}


@pytest.mark.parametrize(("joined", "on", "tells"), [(9, True, 1), (9, False, 0), (10, True, 0), (8, True, 0)])
def test_a_newcomer_of_yesterday_tells_friends(joined: int, on: bool, tells: int) -> None:
    scene = town(switches__word_of_mouth=on)
    scene.p.derived.zeal = 1.5
    scene.person(0, joined_day=joined)
    none, one = scene.around(Purpose.AT_JOINING, math.exp(-1.2))
    scene.act(listen, none)
    assert scene.me.invites == 0
    scene.act(listen, one)
    assert scene.me.invites == tells


# What a member says


@pytest.mark.parametrize(
    ("columns", "good", "bad"),
    [
        ({}, 0.4, 0.3),
        ({"satisfaction": 0.75}, 0.4 * math.exp(0.75), 0.3 * math.exp(-1.0)),
        ({"satisfaction": 0.25}, 0.4 * math.exp(-0.75), 0.3 * math.exp(1.0)),
        ({"tie": 0.5}, 0.4 * math.exp(0.5), 0.3 * math.exp(-0.75)),
    ],
)
def test_the_pleased_and_close_invite_and_the_others_warn(columns: dict[str, float], good: float, bad: float) -> None:
    scene = town()
    scene.p.derived.zeal = 1.5
    scene.person(0, **columns)
    for purpose, name, rate in ((Purpose.SHARE, "invites", good * 1.5), (Purpose.WARN, "warns", bad)):
        for luck, said in zip(scene.around(purpose, math.exp(-rate)), (0, 1), strict=True):
            scene.person(0, invites=0, warns=0)
            scene.act(share, luck)
            assert getattr(scene.me, name) == said


def test_telling_touches_nothing_else_and_adds_to_what_a_newcomer_tells() -> None:
    scene = town()
    scene.me.invites = 4
    before = scene.seen()
    scene.act(share, scene.around(Purpose.SHARE, math.exp(-0.4))[1])
    assert scene.me.invites == 5
    assert scene.changed(before) <= {"people.invites", "people.warns"}


def test_no_more_than_a_thousand_a_day() -> None:
    scene = town()
    scene.me.invites = 999
    scene.act(share, scene.around(Purpose.SHARE, math.exp(-0.4) * 1.4)[1])
    assert scene.me.invites == 1000


@pytest.mark.parametrize(("changes", "degree"), [({"switches__word_of_mouth": False}, 10), ({}, 0)])
def test_who_has_no_friends_or_no_ears_to_speak_to_is_silent(changes: dict[str, Any], degree: int) -> None:
    scene = town(**changes)
    scene.me.degree = degree
    before = scene.seen()
    for luck in range(50):
        scene.act(share, luck)
    assert scene.changed(before) == set()


def test_one_friend_is_enough() -> None:
    scene = town()
    scene.me.degree = 1
    scene.act(share, scene.around(Purpose.SHARE, math.exp(-0.4))[1])
    assert scene.me.invites == 1


def test_nobody_warns_where_that_is_off() -> None:
    scene = town(switches__negative_word_of_mouth=False)
    for luck in range(50):
        scene.act(share, luck)
    assert scene.me.warns == 0
    assert scene.me.invites > 0


# Who is credited


def test_whoever_brought_somebody_in_is_credited() -> None:
    scene = town(run__days=200)
    scene.day(95)
    scene.person(1, first_joined=5, generation=2, tier=STRONG, referrals=3)
    scene.person(2, first_joined=4, generation=0, tier=NONE)
    scene.person(3, first_joined=6, tier=WEAK)
    for i, inviter in ((4, 1), (5, 2), (6, 3), (7, 1), (8, NEVER)):
        scene.person(i, first_joined=95, inviter=inviter)
    scene.person(9, first_joined=50, inviter=1, generation=7)
    scene.do(credit, scene.line_up(4, 5, 6, 8, 9))
    assert [scene.person(i).generation for i in range(4, 10)] == [3, 1, 1, 0, 0, 7]
    assert [scene.person(i).referrals for i in (1, 2, 3)] == [4, 1, 1]
    record = scene.record
    assert (record.referral_joins, record.recruited_strong, record.recruited_none) == (3, 1, 1)
    recruited = [scene.records.days[day].recruited for day in (4, 5, 6)]
    assert recruited == [0, 1, 1], "within 90 days"
    assert scene.records.generations[:5].tolist() == [1, 2, 0, 1, 0]
    assert scene.records.generations.sum() == 4


def test_very_late_generations_are_counted_together() -> None:
    scene = town()
    for i, generation in ((1, 61), (2, 62), (3, 63), (4, 200)):
        scene.person(i, first_joined=0, generation=generation)
        scene.person(i + 4, first_joined=10, inviter=i)
    scene.do(credit, scene.line_up(5, 6, 7, 8))
    assert scene.records.generations[61:].tolist() == [0, 1, 3]
    assert scene.person(8).generation == 201


# Carrying words


def friend_of(scene: Scene, i: int, purpose: Purpose, sent: int) -> int:
    """In a complete network the friends of i are all others in order."""
    drawn = int(scene.drawn_for_at(i, purpose, sent) * 10)
    return drawn if drawn < i else drawn + 1


def test_words_go_to_friends_drawn_at_random() -> None:
    scene = town()
    scene.person(3, invites=4, warns=3)
    scene.person(5, invites=0, warns=1)
    scene.do(deliver, scene.line_up(3, 5))
    invited = [friend_of(scene, 3, Purpose.INVITEE, k) for k in range(4)]
    warned = [friend_of(scene, 3, Purpose.WARNED, k) for k in range(3)] + [friend_of(scene, 5, Purpose.WARNED, 0)]
    for i in range(11):
        me = scene.person(i)
        assert me.inbox == (0 if i == 0 else invited.count(i))
        assert me.heard_warnings == warned.count(i)
        assert me.inbox_from == (3 if me.inbox else NEVER)
        ranks = [scene.drawn_for_at(3, Purpose.INVITE, k) for k in range(4) if invited[k] == i]
        assert me.inbox_rank == (max(ranks) if me.inbox else 0.0)
    assert (scene.record.invitations, scene.record.warnings) == (4, 4)


def test_who_has_nothing_to_say_or_nobody_to_say_it_to_says_nothing() -> None:
    scene = town()
    scene.person(3, invites=4, warns=2, degree=0)
    scene.person(5, invites=0, warns=0)
    scene.person(6, invites=1)
    before = scene.seen()
    scene.do(deliver, scene.line_up(3, 5))
    assert scene.changed(before) == set()
    scene.do(deliver, scene.line_up(3, 5, 6))
    assert scene.record.invitations == 1


def test_only_those_in_line_are_heard() -> None:
    scene = town()
    scene.person(3, invites=4)
    scene.do(deliver, scene.line_up(4))
    assert scene.record.invitations == 0


def test_one_friend_hears_all_of_it() -> None:
    scene = town()
    scene.person(3, degree=1, invites=2, warns=3)
    scene.do(deliver, scene.line_up(3))
    assert (scene.me.heard_warnings, scene.record.invitations, scene.record.warnings) == (3, 2, 3)


@pytest.mark.parametrize(("status", "arrives"), [(OUTSIDE, 1), (AWARE, 1), (LEFT, 1), (APPLIED, 0), (MEMBER, 0)])
def test_invitations_reach_those_outside(status: int, arrives: int) -> None:
    scene = town()
    scene.person(4, status=status)
    scene.world.people.flags[4] = 0
    before = scene.seen()
    of(invite)(scene.world, 2, 4, 0.5)
    me = scene.person(4)
    assert (me.inbox, me.inbox_from, me.inbox_rank) == ((1, 2, 0.5) if arrives else (0, NEVER, 0.0))
    assert scene.world.people.flags[4] == (AWAKE if arrives else 0)
    columns = {"people.inbox", "people.inbox_from", "people.inbox_rank", "flags"}
    assert scene.changed(before) == (columns if arrives else set())


def test_of_several_invitations_the_highest_rank_counts_in_whatever_order() -> None:
    for order in ((0.2, 0.7, 0.4), (0.7, 0.2, 0.4), (0.4, 0.2, 0.7)):
        scene = town()
        for rank in order:
            of(invite)(scene.world, int(rank * 10), 4, rank)
        me = scene.person(4)
        assert (me.inbox, me.inbox_from, me.inbox_rank) == (3, 7, 0.7)


def test_a_first_invitation_counts_whatever_its_rank_and_flags_stay() -> None:
    scene = town()
    scene.world.people.flags[4] = 2
    of(invite)(scene.world, 2, 4, 0.0)
    assert scene.person(4).inbox_from == 2
    assert scene.world.people.flags[4] == 2 | AWAKE


def test_what_arrives_stays_within_its_column() -> None:
    scene = town()
    scene.person(4, inbox=30_000)
    of(invite)(scene.world, 2, 4, 0.5)
    assert scene.person(4).inbox == 30_000


def test_warnings_fade_until_they_are_weighed() -> None:
    """Half of it after a half-life of reputation; each new one adds to what is still remembered."""
    scene = town()
    scene.day(40)
    scene.p.derived.memory = 10.0
    scene.person(0, heard_warnings=4.0, warned_day=21)
    scene.person(3, degree=1, warns=2)
    scene.do(deliver, scene.line_up(3))
    assert scene.me.heard_warnings == near(1.0 + 2.0)
    assert scene.me.warned_day == 41
