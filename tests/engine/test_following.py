"""Following: people outside who read the public posts."""

from __future__ import annotations

import math
from typing import Any

import pytest

from sim.engine.day.person import live
from sim.engine.draws import Purpose
from sim.engine.mechanisms.buying import buy
from sim.engine.mechanisms.content import read
from sim.engine.mechanisms.expectation import promise
from sim.engine.mechanisms.following import follow, look, put_down, set_following
from sim.engine.mechanisms.ties import bond, resume
from sim.engine.state.measures import FIXED
from sim.engine.state.people import APPLIED, AWARE, LEFT, MEMBER, NEVER, OUTSIDE
from sim.scenario.sections.buying import ProductPlan
from tests.engine.scene import Scene, of

READS = {"reads": 1.0, "joins": 1.0, "stops": 0.0}
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


def reading(**columns: Any) -> Scene:
    return outside(**({"follows": 1, "experience": 0.6} | columns))


@pytest.mark.parametrize(
    ("columns", "logit"), [({}, 0.0), ({"drive": 0.5}, 0.45), ({"tie": 0.25}, 0.5), ({"drive": -0.5, "tie": 0.5}, 0.55)]
)
def test_propensity_and_tie_pull_followers(columns: dict[str, float], logit: float) -> None:
    scene = reading(rule={"stops": 0.0}, **columns)
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
    scene = reading(rule={"reads": 1.0}, tie=tie)
    under, over = scene.around(Purpose.UNFOLLOW, chance)
    assert scene.act(look, over) is True
    assert scene.me.follows == 1
    before = scene.seen()
    assert scene.act(look, under) is False
    assert scene.changed(before) == {"people.follows"}
    assert scene.me.follows == 0


def test_a_full_tie_never_stops_and_nothing_public_is_not_read() -> None:
    scene = reading(rule={"stops": 1.0, "reads": 1.0}, tie=1.0)
    assert scene.act(look) is True
    scene.p.derived.following = 0
    assert scene.act(look) is False
    assert (scene.me.follows, scene.tally.followers, scene.tally.readers) == (1, 2, 1)


def test_reading_is_remembered_and_may_make_think_of_joining() -> None:
    scene = reading(seen_day=3)
    under, over = scene.around(Purpose.JOIN_FROM_FOLLOWING, 0.3)
    before = scene.seen()
    scene.act(put_down, over)
    assert (scene.me.seen_day, scene.me.noticed) == (10, NEVER)
    assert scene.changed(before) == {"people.seen_day"}
    scene.act(put_down, under)
    assert (scene.me.seen_day, scene.me.noticed) == (10, 2)


def test_who_noticed_the_community_today_does_so_once() -> None:
    for noticed in (0, 1):
        scene = reading(noticed=noticed)
        scene.act(put_down, scene.around(Purpose.JOIN_FROM_FOLLOWING, 0.3)[0])
        assert scene.me.noticed == noticed


@pytest.mark.parametrize(("status", "noticed"), [(AWARE, 2), (LEFT, 2), (APPLIED, NEVER)])
def test_who_has_applied_thinks_of_joining_no_more(status: int, noticed: int) -> None:
    scene = reading(status=status)
    scene.act(put_down, scene.around(Purpose.JOIN_FROM_FOLLOWING, 0.3)[0])
    assert (scene.me.seen_day, scene.me.noticed) == (10, noticed)


def reader(**changes: Any) -> Scene:
    """On day 20; topics fit by .5, .25 and .75."""
    scene = Scene(**{"mechanism__following": READS} | changes)
    scene.day(20)
    scene.fits(0.5, 0.25, 0.75)
    scene.person(0, status=AWARE, follows=1, first_joined=NEVER, joined_day=NEVER, origin=2, seen_day=19)
    return scene


def lived(scene: Scene, person: int = 0) -> int:
    people = scene.world.people
    return int(of(live)(people.rows[person], people.bonds[person], scene.board, scene.tally))


def test_an_applicant_who_waits_and_reads_was_still_invited() -> None:
    """Reading makes a follower think of joining; one who has applied considers anew, and the inviter is forgotten."""
    scene = reader()
    scene.person(0, status=APPLIED, inviter=3)
    lived(scene)
    assert scene.me.inviter == 3


def test_only_members_who_came_are_counted_as_beyond_what_they_can_take_in() -> None:
    """``beyond``: members who came and met more than they can take in."""
    scene = reader(mechanism__attention__capacity=5.0)
    scene.board.feed[21, 0] = 50.0
    scene.act(read)
    assert scene.tally.beyond == 0


def test_a_follower_who_was_let_down_is_not_let_down_for_ever() -> None:
    """``grievance``: what they might complain of *today*. Followers buy but do not complain, so theirs waits."""
    scene = reader(business__buying={"base": 50.0, "outside": 1.0}, mechanism__following={"reads": 1.0, "joins": 0.0})
    scene.board.plan.products[0, 0].quality, scene.board.plan.products[0, 0].promise = 0.0, 1.0
    scene.person(0, drive=50.0)
    lived(scene)
    assert scene.me.purchases == 1
    assert scene.me.grievance == 0.0


def test_all_owners_notice_a_fault() -> None:
    """``business.products.fault``: where it rises, all owners notice; followers who bought are owners."""
    scene = reader()
    item = ProductPlan(name="a", quality=0.8)
    assert item.fault == 0.0
    scene.board.shelf.bought[0, 0] = 5
    scene.board.shelf.items[0].broke, scene.board.today[0].faults = 0.5, 1
    scene.person(0, drive=-50.0)
    scene.p.mechanism.following.reads = 0.0
    scene.p.derived.satisfaction_kept = 1.0
    lived(scene)
    assert scene.me.satisfaction < 0.5


def test_satisfaction_of_a_follower_who_returns_has_faded_once() -> None:
    """It fades every night while one follows; on the return it fades for the whole time away again."""
    scene = reader(mechanism__expectation__fading=10.0)
    scene.person(0, status=LEFT, satisfaction=0.9, first_joined=2, left_day=10, slept_day=20, visits=5)
    scene.do(promise, scene.line_up(0))  # ten days, each of which took its share already
    assert scene.me.satisfaction == pytest.approx(0.9)


def test_ties_of_new_members_who_followed_are_recorded() -> None:
    """Newcomers count as members on the evening they join; what followers already feel is left out of the sums."""
    scene = reader()
    scene.person(0, status=APPLIED, tie=0.4, slept_day=20)
    scene.bonds[0] = 0.4
    scene.world.people.flags[0] = 3
    record = scene.end()
    assert (record.joined, record.members) == (1, 1)
    assert record.firm_sum == int(0.4 * FIXED)


@pytest.mark.parametrize("again", ["follows", "joins"])
def test_ties_loosen_while_nobody_looks(again: str) -> None:
    """Who stopped following 70 days ago has lost half of each tie, whether they follow again or join at last."""
    scene = reader(mechanism__ties__half_life=70.0, run__days=200)
    scene.day(90)
    scene.person(0, follows=0, slept_day=20)
    scene.bonds[:] = 0.1
    if again == "joins":
        scene.person(0, status=MEMBER, first_joined=90)
        scene.do(resume, scene.line_up(0))
    else:
        scene.p.mechanism.following.chance = 1.0
        scene.fits(1.0, 1.0, 1.0)
        scene.act(follow)
        assert scene.me.follows == 1
        scene.act(bond)
    assert scene.bonds[0] == pytest.approx(0.05)


@pytest.mark.parametrize("again", ["follows", "joins"])
def test_satisfaction_fades_while_nobody_looks(again: str) -> None:
    """As ties do: who stopped following ten days ago, half of them after ten days, is half as far from indifference."""
    scene = reader(mechanism__expectation__fading=10.0)
    scene.person(0, follows=0, slept_day=10, satisfaction=0.9, visits=3)
    if again == "joins":
        scene.person(0, status=MEMBER, first_joined=20)
        scene.do(promise, scene.line_up(0))
    else:
        scene.person(0, follows=1)
        scene.p.mechanism.following.reads = 0.0
        lived(scene)
    assert scene.me.satisfaction == pytest.approx(0.7)


@pytest.mark.parametrize(("status", "bought"), [(MEMBER, 1), (LEFT, 0)])
def test_selling_messages_reach_members_only(status: int, bought: int) -> None:
    scene = reader(business__buying={"base": 50.0, "outside": 1.0, "sharing": 0.0}, mechanism__following=READS)
    scene.person(0, status=status)
    scene.p.derived.search, scene.p.derived.discovery = 0.0, 1.0
    scene.act(buy)
    assert scene.tally.bought_discovery == bought
