"""Publicity: what neighbours can see, and how their counts of friends follow."""

from __future__ import annotations

import pytest

from sim.engine.mechanisms.publicity import link, publish, publishes, seen
from sim.engine.state.people import APPLIED, AWARE, LEFT, MEMBER, OUTSIDE, SEEN_BUYER, SEEN_MEMBER
from tests.engine.scene import Scene, of


@pytest.mark.parametrize(
    ("status", "purchases", "bits"),
    [
        (OUTSIDE, 0, 0),
        (AWARE, 0, 4),
        (APPLIED, 0, 4),
        (MEMBER, 0, 5),
        (MEMBER, 1, 7),
        (LEFT, 0, 4),
        (LEFT, 2, 6),
    ],
)
def test_what_can_be_seen(status: int, purchases: int, bits: int) -> None:
    scene = Scene()
    me = scene.person(0, status=status, purchases=purchases)
    assert of(seen)(me) == bits
    for published in range(8):
        me.published = published
        assert of(publishes)(me) is (published != bits)


def town() -> Scene:
    """A line of acquaintances: 0 – 1 – 2 – 3, and nobody else knows anybody."""
    scene = Scene(market__network__kind="complete", market__people=4)
    people = scene.world.people
    people.indptr[:] = [0, 1, 3, 5, 6]
    people.neighbours[:6] = [1, 0, 2, 1, 3, 2]
    return scene


def counts(scene: Scene) -> list[tuple[int, int]]:
    return [(scene.person(i).friends_in, scene.person(i).friends_buying) for i in range(4)]


def test_joining_and_buying_are_told_to_friends_only() -> None:
    scene = town()
    scene.person(1, status=MEMBER, purchases=1, published=0)
    scene.do(publish, scene.line_up(1))
    assert counts(scene) == [(1, 1), (0, 0), (1, 1), (0, 0)]
    assert scene.person(1).published == 7
    assert scene.record.new_aware == 1


def test_leaving_is_told_too_and_a_purchase_stays() -> None:
    scene = town()
    for i in range(4):
        scene.person(i, friends_in=3, friends_buying=3)
    scene.person(1, status=LEFT, purchases=1, published=7)
    scene.do(publish, scene.line_up(1))
    assert counts(scene) == [(2, 3), (3, 3), (2, 3), (3, 3)]
    assert scene.person(1).published == 6
    assert scene.record.new_aware == 0


def test_a_member_who_buys_was_counted_before() -> None:
    scene = town()
    scene.person(2, status=MEMBER, purchases=1, published=5)
    scene.do(publish, scene.line_up(2))
    assert counts(scene) == [(0, 0), (0, 1), (0, 0), (0, 1)]
    assert scene.record.new_aware == 0


def test_having_heard_is_counted_and_tells_friends_nothing() -> None:
    scene = town()
    scene.person(0, status=AWARE, published=0)
    scene.do(publish, scene.line_up(0))
    assert counts(scene) == [(0, 0)] * 4
    assert (scene.person(0).published, scene.record.new_aware) == (4, 1)


def test_who_has_not_heard_of_it_is_not_counted_as_aware() -> None:
    scene = town()
    scene.person(0, status=OUTSIDE, purchases=1, published=0)
    scene.do(publish, scene.line_up(0))
    assert counts(scene) == [(0, 0), (0, 1), (0, 0), (0, 0)]
    assert scene.record.new_aware == 0


def test_what_has_not_changed_is_not_told_again() -> None:
    scene = town()
    scene.person(0, status=MEMBER, published=5)
    scene.person(1, status=MEMBER, published=0)
    scene.person(3, status=MEMBER, published=0)
    scene.do(publish, scene.line_up(0, 1))
    assert counts(scene) == [(1, 0), (0, 0), (1, 0), (0, 0)]
    assert scene.person(3).published == 0, "who did not ask is not looked at"
    before = scene.seen()
    scene.do(publish, scene.line_up(0, 1))
    assert scene.changed(before) == set()


def test_those_in_line_after_one_without_news_are_told() -> None:
    scene = town()
    scene.person(0, status=MEMBER, published=5)
    scene.person(3, status=MEMBER, published=4)
    scene.do(publish, scene.line_up(0, 3))
    assert counts(scene) == [(0, 0), (0, 0), (1, 0), (0, 0)]


@pytest.mark.parametrize("member", [1, -1])
def test_pairs_of_friends_inside_who_know_each_other_count(member: int) -> None:
    """All know each other; 2, 3 and 5 are inside. Who comes or goes makes a pair with each, for all others."""
    scene = Scene()
    for i in range(11):
        scene.person(i, published=SEEN_MEMBER if i in {2, 3, 5} else SEEN_BUYER, friends_linked=4)
    of(link)(scene.world, 0, member)
    pairs = [scene.person(i).friends_linked - 4 for i in range(11)]
    assert pairs == [0, *(member * (2 if i in {2, 3, 5} else 3) for i in range(1, 11))]


def test_friends_who_do_not_know_each_other_make_no_pair() -> None:
    """1 knows 0 and 2 alone: of the friends of 0 who are inside, only 2 is known to 1."""
    scene = Scene()
    people = scene.world.people
    for i in range(11):
        scene.person(i, published=SEEN_MEMBER, friends_linked=0)
    first = int(people.indptr[1])
    people.indptr[2] = first + 2
    people.neighbours[first : first + 2] = (0, 2)
    of(link)(scene.world, 0, 1)
    assert scene.person(1).friends_linked == 1
