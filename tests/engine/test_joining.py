"""Joining: what makes a stranger notice, what is weighed, and who is let in."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from sim.engine.draws import Purpose, key_of, uniform
from sim.engine.mechanisms.joining import admit, consider, count_noticed, hear, let_in, set_ceiling
from sim.engine.state.events import DOOR_CLOSED
from sim.engine.state.people import APPLIED, AWAKE, AWARE, LEFT, MEMBER, NEVER, OUTSIDE
from tests.engine.scene import Scene, of

near = pytest.approx
WEIGH = {
    "base": 0.2,
    "match": 0.0,
    "social": 0.0,
    "quality": 0.0,
    "promise": 0.0,
    "invitation": 0.0,
    "mood": 1.0,
    "reconsider": 0.0,
}
HALF_FORGOTTEN = {"mechanism__reputation__half_life": 10.0}  # days
#: Search, ads, friends, the firm, the KOL.
SEARCH, ADS, FRIENDS, FIRM, HOST = range(5)


def street(weigh: dict[str, float] | None = None, **changes: Any) -> Scene:
    """On day 10, somebody outside who noticed the community through ads; topics fit by .5, .25 and .75."""
    given = {"entrance__consideration": WEIGH | (weigh or {}), "market__latent__joining": 0.0} | changes
    scene = Scene(**given)
    scene.day(10)
    scene.fits(0.5, 0.25, 0.75)
    scene.board.today[0].outside_quality = 0.0
    scene.person(0, status=OUTSIDE, first_joined=NEVER, latent=0.0, power=2.0, noticed=ADS, joined_day=NEVER)
    return scene


def applies(scene: Scene, logit: float, **columns: Any) -> None:
    """Whoever has the chance logistic(logit(.2) + logit) applies, and with hardly less luck does not."""
    before = {name: getattr(scene.me, name) for name in ("status", "inbox", "inbox_rank", "heard_warnings")} | columns
    lucks = scene.around(Purpose.ACCEPT, 1 / (1 + 4 * math.exp(-logit)))
    for luck, applied in zip(lucks, (True, False), strict=True):
        scene.person(0, **before)
        scene.act(consider, luck)
        assert (scene.me.status == APPLIED) is applied


@pytest.mark.parametrize(
    ("weigh", "changes", "columns", "logit"),
    [
        ({}, {}, {}, 0.0),
        ({"match": 2.0}, {}, {}, 1.0),
        ({"promise": 0.8}, {"culture__promise": 0.5}, {}, 0.4),
        ({}, {"market__latent__joining": 0.8}, {"latent": -0.5}, -0.4),
        ({"social": 0.5}, {}, {"friends_in": 3}, 0.5 * math.log(4)),
        ({"social": 0.5}, {"switches__word_of_mouth": False}, {"friends_in": 3}, 0.0),
        ({}, {}, {"noticed": SEARCH}, 0.5),
        ({}, {}, {"noticed": FRIENDS}, 0.0),
        ({}, {}, {"noticed": HOST}, 0.0),
        ({"invitation": 0.7}, {}, {"inbox": 1, "noticed": FRIENDS}, 0.7),
        ({"invitation": 0.7}, {}, {"inbox": 5, "noticed": FRIENDS}, 0.7),
        ({"invitation": 0.7}, {}, {"heard_warnings": 2, "warned_day": 10}, -0.7 * 2 * 2.0),
        ({"invitation": 0.7}, HALF_FORGOTTEN, {"heard_warnings": 2, "warned_day": 0}, -0.7 * 2),
        ({"invitation": 0.7}, {"switches__word_of_mouth": False}, {"heard_warnings": 2}, 0.0),
        ({}, {"entrance__screening": {"fee": 40.0, "fee_deterrence": 0.03}}, {}, -0.6),
        ({}, {"entrance__screening": {"fee": 0.5, "fee_deterrence": 1.0}}, {}, -0.25),
        ({}, {}, {"satisfaction": 0.9}, 0.0),
        ({}, {}, {"satisfaction": 0.9, "status": AWARE}, 0.0),
        ({}, {"mechanism__attention__satisfaction": 1.5}, {"satisfaction": 0.75, "status": LEFT}, 0.75),
        ({}, {"mechanism__attention__satisfaction": 1.5}, {"satisfaction": 0.25, "status": LEFT}, -0.75),
    ],
)
def test_each_thing_weighs(
    weigh: dict[str, float], changes: dict[str, Any], columns: dict[str, Any], logit: float
) -> None:
    applies(street(weigh, mechanism__word_of_mouth__negative_weight=2.0, **changes), logit, **columns)


def test_what_can_be_seen_and_reputation_weigh() -> None:
    scene = street({"quality": 1.2})
    scene.board.today[0].outside_quality = 0.5
    applies(scene, 0.6)
    scene.p.derived.repute_joining = 0.3
    applies(scene, 0.9)


def test_a_paid_invitation_is_doubted_and_a_reward_counts_like_a_fee_less() -> None:
    scene = street({"invitation": 1.0}, entrance__screening__fee_deterrence=0.03)
    scene.p.derived.doubt, scene.p.derived.invitee_reward = 0.3, 20.0
    applies(scene, 0.0)
    applies(scene, 1.0 - 0.3 + 0.03 * 20.0 / 2.0, inbox=1, noticed=FRIENDS)


def test_who_does_not_fit_is_turned_away() -> None:
    scene = street({"base": 1.0}, entrance__screening={"threshold": 0.4, "softness": 0.1})
    under, over = scene.around(Purpose.SCREEN, 1 / (1 + math.exp(-1.0)))
    scene.act(consider, over)
    assert scene.me.status == AWARE
    scene.act(consider, under)
    assert scene.me.status == APPLIED


@pytest.mark.parametrize(("only", "inbox", "applied"), [(False, 0, 1), (False, 1, 1), (True, 0, 0), (True, 1, 1)])
def test_entry_may_be_by_invitation_only(only: bool, inbox: int, applied: int) -> None:
    scene = street({"base": 1.0}, entrance__screening__invited_only=only)
    scene.person(0, inbox=inbox)
    scene.act(consider)
    assert (scene.me.status == APPLIED) == bool(applied)


@pytest.mark.parametrize(
    ("columns", "status", "origin"),
    [
        ({}, AWARE, ADS),
        ({"status": AWARE, "origin": SEARCH}, AWARE, ADS),
        ({"status": LEFT, "origin": SEARCH}, LEFT, SEARCH),
        ({"status": LEFT, "origin": NEVER}, LEFT, ADS),
    ],
)
def test_having_heard_is_remembered(columns: dict[str, int], status: int, origin: int) -> None:
    scene = street({"base": 0.0})
    scene.person(0, inbox=2, inbox_rank=0.5, inbox_from=3, heard_warnings=4, **columns)
    scene.act(consider)
    me = scene.me
    assert (me.status, me.origin) == (status, origin)
    assert (me.inbox, me.inbox_rank, me.heard_warnings, me.inviter) == (0, 0.0, 0, NEVER)


@pytest.mark.parametrize(
    ("columns", "inviter"),
    [({"inbox": 1}, 3), ({"inbox": 0}, NEVER), ({"inbox": 1, "first_joined": 2, "status": LEFT, "inviter": 7}, 7)],
)
def test_who_brought_somebody_in_is_remembered_the_first_time(columns: dict[str, int], inviter: int) -> None:
    scene = street({"base": 1.0})
    scene.person(0, inbox_from=3, **columns)
    scene.act(consider)
    assert (scene.me.status, scene.me.inviter) == (APPLIED, inviter)


def test_a_settled_opinion_holds_on_all_days_and_a_mood_for_one() -> None:
    scene = street({"mood": 0.0})
    with np.errstate(over="ignore"):
        settled = uniform(key_of(key_of(scene.board.today[0].run_key, 0), 0), Purpose.OPINION)
        another = uniform(key_of(key_of(scene.board.today[0].run_key, 0), 1), Purpose.OPINION)
    assert settled != another
    for luck in range(20):
        for life, base, applied in (
            *((0, settled - 1e-9, False), (0, settled + 1e-9, True)),
            *((1, another - 1e-9, False), (1, another + 1e-9, True)),
        ):
            scene.p.entrance.consideration.base = base
            scene.person(0, status=OUTSIDE, life=life)
            scene.act(consider, luck)
            assert (scene.me.status == APPLIED) is applied
    mixed = street({"mood": 0.3, "base": 0.5})
    under, over = mixed.around(Purpose.MOOD, 0.3)
    with np.errstate(over="ignore"):
        opinion = uniform(key_of(key_of(mixed.board.today[0].run_key, 0), 0), Purpose.OPINION) < 0.5
    for luck, applied in ((under, mixed.drawn(Purpose.ACCEPT, under) < 0.5), (over, opinion)):
        mixed.person(0, status=OUTSIDE)
        mixed.act(consider, luck)
        assert (mixed.me.status == APPLIED) is applied


# Noticing


def test_an_invitation_is_noticed_before_all_else() -> None:
    scene = street()
    scene.person(0, noticed=NEVER, inbox=1)
    for luck in range(20):
        scene.me.noticed = NEVER
        scene.act(hear, luck)
        assert scene.me.noticed == FRIENDS


def reached(*, visible: float = 0.0, reconsider: float = 0.0, come_back: float = 0.0, **columns: Any) -> Scene:
    """Search reaches 5 %, ads .5·.2·(.5 + .5·.5·2) = 10 %; the firm's posts .2·.5, the KOL's .4·.25: 10 % each."""
    scene = street({"reconsider": reconsider})
    for c, (contacts, attention, targeting) in enumerate(((0.05, 1.0, 0.0), (0.5, 0.2, 0.5))):
        channel = scene.board.channels[c]
        channel.contacts, channel.attention, channel.targeting = contacts, attention, targeting
    scene.board.plan.fit_lift[0] = 2.0
    scene.board.voices[0].reach, scene.board.voices[1].reach = 0.2, 0.4
    scene.p.derived.visible, scene.p.derived.come_back = visible, come_back
    scene.person(0, noticed=NEVER, **columns)
    scene.do(set_ceiling)
    return scene


def sources(scene: Scene, *shares: tuple[float, int]) -> None:
    """The origins by which one notices, each up to a share of the first look's luck, whatever else the day's luck."""
    for share, origin in shares:
        after = {up_to: of_ for up_to, of_ in shares if up_to > share}
        above = after[min(after)] if after else NEVER
        for today, expected in zip(days_around(scene, share), (origin, above), strict=True):
            scene.board.today[0].key = today
            for luck in range(3):
                scene.me.noticed = NEVER
                scene.act(hear, luck)
                assert scene.me.noticed == expected, share


def days_around(scene: Scene, chance: float) -> tuple[np.uint64, np.uint64]:
    """Two days' keys: with the first the person just notices what has that chance, with the second just not."""
    parent, days, child, draw = scene.board.today[0].run_key, range(20_000), of(key_of), of(uniform)
    keys = {day: np.uint64(child(parent, day)) for day in days}
    drawn = {day: float(draw(child(key, scene.me.id), Purpose.NOTICE)) for day, key in keys.items()}
    under = max((day for day in days if drawn[day] < chance), key=lambda day: drawn[day])
    over = min((day for day in days if drawn[day] >= chance), key=lambda day: drawn[day])
    return keys[under], keys[over]


def test_one_draw_decides_among_all_sources_in_a_fixed_order() -> None:
    sources(reached(), (0.05, SEARCH), (0.15, ADS), (0.25, FIRM), (0.35, HOST))


def test_visible_friends_come_before_second_thoughts_and_posts() -> None:
    scene = reached(visible=0.2, reconsider=0.1, come_back=0.04, friends_in=5, status=AWARE, origin=HOST)
    sources(scene, (0.05, SEARCH), (0.15, ADS), (0.25, FRIENDS), (0.35, HOST), (0.45, FIRM), (0.55, HOST))
    scene.person(0, origin=NEVER)
    sources(scene, (0.15, ADS), (0.35, FRIENDS), (0.45, FIRM), (0.55, HOST))
    scene.person(0, status=LEFT, origin=SEARCH)
    sources(scene, (0.15, ADS), (0.25, FRIENDS), (0.29, SEARCH), (0.39, FIRM), (0.49, HOST))
    scene.person(0, status=OUTSIDE, degree=0)
    sources(scene, (0.15, ADS), (0.25, FIRM), (0.35, HOST))
    scene.person(0, degree=1, friends_in=1)
    sources(scene, (0.15, ADS), (0.35, FRIENDS), (0.45, FIRM), (0.55, HOST))


def test_posts_reach_nobody_before_the_first_stage() -> None:
    scene = reached()
    scene.board.today[0].free_content = 0
    sources(scene, (0.05, SEARCH), (0.15, ADS))


@pytest.mark.parametrize(
    ("free", "reconsider", "come_back", "ceiling"),
    [(1, 0.0, 0.0, 0.05 + 0.15 + 0.6), (0, 0.0, 0.0, 0.2), (0, 0.1, 0.03, 0.3), (0, 0.1, 0.2, 0.4)],
)
def test_nobody_whom_something_can_reach_is_passed_over(
    free: int, reconsider: float, come_back: float, ceiling: float
) -> None:
    scene = reached(reconsider=reconsider, come_back=come_back, visible=0.01)
    scene.board.today[0].free_content = free
    scene.do(set_ceiling)
    assert scene.board.today[0].stir == near(ceiling + 0.01, rel=1e-5)
    assert scene.board.today[0].stir > ceiling + 0.01


def test_above_the_ceiling_nothing_is_noticed() -> None:
    """Whom all reaches as far as it can, with all friends inside, notices up to the ceiling and not beyond."""
    scene = reached(visible=0.01, reconsider=0.03, come_back=0.02, status=AWARE, origin=SEARCH, friends_in=10)
    scene.fits(1.0, 1.0, 1.0)
    assert scene.me.degree == 10
    sources(scene, (scene.board.today[0].stir / 1.000001, HOST))
    scene.board.today[0].key, scene.me.noticed = days_around(scene, scene.board.today[0].stir)[1], NEVER
    scene.act(hear)
    assert scene.me.noticed == NEVER


def test_the_ceiling_decides_only_who_is_looked_at() -> None:
    scene = reached()
    scene.board.today[0].stir = 0.1
    sources(scene, (0.05, SEARCH), (0.15, ADS), (0.25, FIRM), (0.35, HOST))


def test_what_was_noticed_is_counted_by_origin() -> None:
    scene = street()
    for i, noticed in enumerate((ADS, HOST, ADS, NEVER, SEARCH, SEARCH)):
        scene.person(i, noticed=noticed)
    scene.do(count_noticed, scene.line_up(0, 1, 2, 3, 4))
    assert scene.records.noticed[10].tolist() == [1, 2, 0, 0, 1, 0]


# Admission


def queue(places: int, waiting: int = 0, members: int = 3) -> tuple[Scene, int]:
    """Six applicants, and others who are not."""
    scene = street()
    scene.board.today[0].places, scene.board.today[0].waiting, scene.record.members = places, waiting, members
    for i in range(8):
        scene.person(i, status=APPLIED, origin=ADS, first_joined=NEVER, inviter=NEVER)
    scene.person(2, status=AWARE)
    scene.person(5, status=MEMBER)
    came = scene.do(admit, scene.line_up(*range(8)))
    return scene, came


def test_all_come_in_where_there_is_room() -> None:
    for places in (9, 100):
        scene, came = queue(places)
        assert came == 6
        assert scene.world.scratch.picked[:6].tolist() == [0, 1, 3, 4, 6, 7]
        assert {scene.person(i).status for i in (0, 1, 3, 4, 6, 7)} == {MEMBER}
        assert (scene.person(2).status, scene.board.today[0].waiting, scene.events) == (AWARE, 0, [])
        assert scene.record.members == 9


@pytest.mark.parametrize(("places", "came"), [(8, 5), (5, 2), (3, 0), (1, 0)])
def test_where_places_are_short_the_highest_priority_comes_first(places: int, came: int) -> None:
    scene, entered = queue(places)
    order = sorted((0, 1, 3, 4, 6, 7), key=lambda i: scene.drawn_for(i, Purpose.PLACE))
    assert entered == came
    assert scene.world.scratch.picked[:came].tolist() == order[:came]
    assert [scene.person(i).status for i in order] == [MEMBER] * came + [APPLIED] * (6 - came)
    assert scene.board.today[0].waiting == 6 - came
    assert scene.events == [(10, DOOR_CLOSED, 0, 6 - came)]
    again, _ = queue(places, waiting=1)
    assert again.events == [], "a door that was closed is not closed again"


@pytest.mark.parametrize(
    ("columns", "fee", "counted"),
    [
        ({"origin": ADS}, 1235, ADS),
        ({"origin": HOST, "inviter": 3}, 1235, FRIENDS),
        ({"origin": 5}, 0, 5),
    ],
)
def test_a_new_member_pays_unless_a_founder(columns: dict[str, int], fee: int, counted: int) -> None:
    scene = street(entrance__screening__fee=12.345)
    scene.person(1, status=APPLIED, follows=1, first_joined=NEVER, **columns)
    scene.world.people.flags[1] = 2
    before = scene.seen()
    of(let_in)(scene.world, 1, scene.record)
    me, record = scene.person(1), scene.record
    assert (me.status, me.follows, me.first_joined, me.joined_day, me.seen_day) == (MEMBER, 0, 10, 10, 10)
    assert (record.joined, record.returned, record.members, record.active, record.active_30) == (1, 0, 1, 1, 1)
    assert (me.spent, record.fees, record.revenue) == (fee, fee, fee)
    assert [k for k, n in enumerate(scene.records.joined[10]) if n] == [counted]
    assert scene.world.people.flags[1] == 2 | AWAKE
    assert scene.changed(before) <= {
        *(f"people.{name}" for name in ("status", "follows", "first_joined", "joined_day", "seen_day", "spent")),
        *(f"days.{name}" for name in ("joined", "members", "active", "active_30", "fees", "revenue")),
        *(f"days.joined_{source}" for source in ("bought", "friends")),
        "flags",
    }


def test_who_returns_pays_no_fee_again() -> None:
    scene = street(entrance__screening__fee=12.345)
    scene.person(1, status=APPLIED, first_joined=0, origin=ADS)
    of(let_in)(scene.world, 1, scene.record)
    me, record = scene.person(1), scene.record
    assert (me.status, me.first_joined, me.joined_day, me.seen_day, me.spent) == (MEMBER, 0, 10, 10, 0)
    assert (record.joined, record.returned, record.members, record.fees) == (0, 1, 1, 0)
    assert not scene.records.joined.any()


@pytest.mark.parametrize(
    ("origin", "inviter", "counted"),
    [
        (ADS, NEVER, (0.75, 0, 0)),
        (FRIENDS, NEVER, (0.0, 1, 0)),
        (ADS, 3, (0.0, 1, 0)),
        (HOST - 1, NEVER, (0.0, 0, 1)),
        (HOST, NEVER, (0.0, 0, 1)),
        (5, NEVER, (0.0, 0, 0)),
    ],
)
def test_who_joins_counts_by_what_brought_them(origin: int, inviter: int, counted: tuple[float, int, int]) -> None:
    """Of the contacts of ads three in four are bought; founders come by themselves."""
    scene = street()
    scene.board.channels[ADS].bought = 0.75
    scene.person(1, status=APPLIED, first_joined=NEVER, origin=origin, inviter=inviter)
    of(let_in)(scene.world, 1, scene.record)
    record = scene.record
    assert (record.joined_bought / 2**32, record.joined_friends, record.joined_posts) == counted
