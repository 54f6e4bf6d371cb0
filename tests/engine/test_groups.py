"""Groups: who enters which, what is said in them, and what happens when the cap falls."""

from __future__ import annotations

from typing import Any

import pytest

from sim.engine.mechanisms.groups import arrange_groups, enter, listen_in, seat, split, vacate
from sim.engine.state.events import GROUP_OPENED, GROUP_SPLIT
from sim.engine.state.people import LEFT, MEMBER, NEVER
from tests.engine.scene import Scene, of

near = pytest.approx


def town(cap: int = 3, **rule: Any) -> Scene:
    return Scene(carrier__groups={"cap": cap} | rule)


def filled(scene: Scene, *groups: int) -> None:
    """Let person i belong to the i-th of these groups."""
    for i, g in enumerate(groups):
        scene.person(i, group=g, status=MEMBER)
        if g >= 0:
            scene.board.groups[g].members += 1
    scene.board.today[0].groups = max(*groups, 0) + 1


def members(scene: Scene) -> list[int]:
    return [scene.board.groups[g].members for g in range(scene.board.today[0].groups)]


def groups_of(scene: Scene, n: int) -> list[int]:
    return [scene.person(i).group for i in range(n)]


# Entering


def test_the_first_group_with_room_is_entered_and_another_opened_when_all_are_full() -> None:
    scene = town()
    filled(scene, 0, 0, 0, 1, 1)
    of(enter)(scene.world, scene.person(5), 3)
    assert (scene.person(5).group, members(scene), scene.board.today[0].first_open) == (1, [3, 3], 1)
    assert scene.events == []
    of(enter)(scene.world, scene.person(6), 3)
    assert (scene.person(6).group, members(scene)) == (2, [3, 3, 1])
    assert (scene.board.today[0].groups, scene.board.today[0].first_open) == (3, 2)
    assert scene.events == [(0, GROUP_OPENED, 0, 3)]


def test_entering_changes_one_persons_group_only() -> None:
    scene = town()
    filled(scene, 0, 0)
    before = scene.seen()
    of(enter)(scene.world, scene.person(5), 3)
    assert scene.changed(before) == {"people.group", "groups.members"}


def test_newcomers_join_their_friend_where_there_is_room() -> None:
    scene = town()
    filled(scene, 0, 0, 1, 1, 1, NEVER, NEVER, NEVER)
    scene.board.groups[0].members = 2
    for i, inviter in ((5, 2), (6, NEVER), (7, 6)):
        scene.person(i, inviter=inviter)
    scene.board.groups[1].members = 2
    scene.do(seat, scene.line_up(5, 6, 7))
    assert groups_of(scene, 8)[5:] == [1, 0, 2], "with the friend; the first with room; the friend's is full"
    assert members(scene) == [3, 3, 1]


def test_a_friend_without_a_group_is_of_no_help() -> None:
    scene = town()
    filled(scene, NEVER, NEVER, 0)
    scene.person(1, inviter=0)
    scene.do(seat, scene.line_up(1))
    assert groups_of(scene, 3) == [NEVER, 0, 0]
    scene.person(0, group=0)
    scene.person(1, group=NEVER)
    scene.do(seat, scene.line_up(1))
    assert scene.person(1).group == 0


def test_who_came_uninvited_joins_nobody() -> None:
    scene = town()
    filled(scene, 0, 1)
    scene.person(10, group=1)
    scene.do(seat, scene.line_up(2))
    assert scene.person(2).group == 0


def test_a_friend_in_a_group_that_is_too_large_is_not_joined() -> None:
    scene = town(cap=2)
    filled(scene, 0, 0, 0, 1, NEVER)
    scene.person(4, inviter=0)
    scene.do(seat, scene.line_up(4))
    assert scene.person(4).group == 1


def test_the_friend_in_the_first_group_is_joined_too() -> None:
    scene = town(cap=5)
    filled(scene, 0, 1, NEVER)
    scene.board.today[0].first_open = 1
    scene.person(2, inviter=0)
    scene.do(seat, scene.line_up(2))
    assert scene.person(2).group == 0


# Morning


@pytest.mark.parametrize(
    ("limit", "cap", "places"), [(0, 3, 2_000_000_000), (1, 3, 3), (4, 5, 20), (1000, 10_000_000, 2_000_000_000)]
)
def test_places(limit: int, cap: int, places: int) -> None:
    scene = town(cap, limit=limit)
    scene.board.today[0].places = 7
    scene.do(arrange_groups)
    assert scene.board.today[0].places == places


def test_groups_say_what_they_cost() -> None:
    scene = town(cost_month=10.0)
    scene.board.today[0].groups, scene.record.cost_platform = 3, 1000
    scene.do(arrange_groups)
    assert (scene.board.today[0].group_dues, scene.record.cost_platform) == (30.0, 1000)


def test_groups_and_their_messages_are_recorded() -> None:
    scene = town()
    scene.board.today[0].groups = 2
    for g, said in enumerate((4.0, 5.0, 90.0)):
        scene.board.groups[g].said = said
    scene.do(arrange_groups)
    assert (scene.record.groups, scene.record.messages_per_group) == (2, 4.5)


def test_the_same_cap_moves_nobody_and_a_higher_one_makes_room() -> None:
    scene = town(cap=3)
    today = scene.board.today[0]
    filled(scene, 0, 0, 0, 0)
    today.first_open, today.group_cap = 1, 3
    scene.do(arrange_groups)
    assert (groups_of(scene, 4), today.first_open, today.group_cap) == ([0] * 4, 1, 3)
    scene.p.carrier.groups.cap = 5
    scene.do(arrange_groups)
    assert (groups_of(scene, 4), today.first_open, today.group_cap) == ([0] * 4, 0, 5)


def test_a_lower_cap_moves_those_who_are_too_many_and_costs_them_ties() -> None:
    scene = town(cap=2, split_loss=0.25)
    today = scene.board.today[0]
    filled(scene, 0, 0, 1, NEVER, 0, 0)
    for i in range(6):
        scene.person(i, bond_members=0.8)
    today.group_cap, today.first_open = 5, 1
    scene.do(arrange_groups)
    assert groups_of(scene, 6) == [1, 2, 1, NEVER, 0, 0], "the first in order of person go"
    assert members(scene) == [2, 2, 1]
    assert [scene.person(i).bond_members for i in range(6)] == near([0.6, 0.6, 0.8, 0.8, 0.8, 0.8])
    assert scene.events == [(0, GROUP_OPENED, 0, 3), (0, GROUP_SPLIT, 0, 2)]
    assert today.group_cap == 2
    assert scene.record.groups == 3


def test_a_split_looks_for_room_from_the_first_group_on() -> None:
    scene = town(cap=2)
    filled(scene, 1, 1, 1, 0)
    scene.board.today[0].first_open = 2
    of(split)(scene.world, scene.p)
    assert groups_of(scene, 4) == [0, 1, 1, 0]


def test_a_lower_cap_that_nothing_exceeds_splits_nothing() -> None:
    scene = town(cap=2)
    filled(scene, 0)
    scene.board.today[0].group_cap = 5
    before = scene.seen()
    of(split)(scene.world, scene.p)
    assert scene.changed(before) == set()
    assert scene.events == []


# Evening


def test_what_was_said_is_counted_by_group() -> None:
    scene = town()
    filled(scene, 0, 0, 1, 1, NEVER)
    for i, wrote in enumerate((2, 0, 3, 4, 5)):
        scene.person(i, wrote=wrote)
    for g in range(3):
        group = scene.board.groups[g]
        group.said, group.posters, group.volume = 9.0, 9, 7.0
    scene.do(listen_in, scene.line_up(0, 1, 2, 3, 4))
    groups = scene.board.groups
    assert [groups[g].said for g in range(3)] == [2.0, 7.0, 9.0]
    assert [groups[g].posters for g in range(3)] == [1, 2, 9]
    assert [groups[g].volume for g in range(3)] == near([7 - 5 / 7, 7.0, 7.0])
    assert scene.record.posters == 4
    assert members(scene) == [2, 2]


def test_one_message_makes_a_poster() -> None:
    scene = town()
    filled(scene, 0)
    scene.person(0, wrote=1)
    scene.do(listen_in, scene.line_up(0))
    assert (scene.board.groups[0].said, scene.record.posters) == (1.0, 1)


def test_who_has_left_leaves_the_group_and_there_is_room_again() -> None:
    scene = town()
    filled(scene, 0, 0, 0, 1, 1)
    today = scene.board.today[0]
    today.first_open = 1
    scene.person(1, status=LEFT, wrote=2)
    scene.person(4, status=LEFT)
    scene.do(listen_in, scene.line_up(1, 3, 4))
    assert groups_of(scene, 5) == [0, NEVER, 0, 1, NEVER]
    assert members(scene) == [2, 1]
    assert today.first_open == 0
    assert scene.board.groups[0].said == 2.0, "what was said last was heard"
    scene.do(listen_in, scene.line_up(1))
    assert members(scene) == [2, 1]


def test_room_in_a_later_group_does_not_hide_that_in_an_earlier_one() -> None:
    scene = town()
    filled(scene, 0, 1)
    scene.person(1, status=LEFT)
    scene.do(listen_in, scene.line_up(1))
    assert scene.board.today[0].first_open == 0


def test_a_running_mean_of_what_is_said() -> None:
    """From silence, seven messages a day are felt as 7·(1 − (6/7)^n) after n days."""
    scene = town()
    filled(scene, 0)
    scene.person(0, wrote=7)
    for _ in range(3):
        scene.do(listen_in, scene.line_up(0))
    assert scene.board.groups[0].volume == near(7 * (1 - (6 / 7) ** 3))


def test_buyers_of_the_day_are_counted_by_group() -> None:
    scene = town()
    filled(scene, 0, 0, 1, NEVER, 1)
    for i, sale in enumerate((1, 0, 2, 1, 3)):
        scene.person(i, sale=sale)
    for g in range(3):
        scene.board.groups[g].buyers = 9
    scene.do(listen_in, scene.line_up(0, 1, 2, 3, 4))
    assert [scene.board.groups[g].buyers for g in range(3)] == [1, 2, 9]
    scene.do(listen_in, scene.line_up(1))
    assert [scene.board.groups[g].buyers for g in range(2)] == [0, 0], "of one day only"


def test_a_chat_has_the_mood_of_those_who_write_message_by_message() -> None:
    scene = town()
    filled(scene, 0, 0, 0, 1, NEVER)
    for i, (wrote, satisfaction) in enumerate(((3, 1.0), (1, 0.2), (0, 0.0), (0, 0.9), (5, 0.9))):
        scene.person(i, wrote=wrote, satisfaction=satisfaction)
    for g in range(3):
        scene.board.groups[g].mood = 0.9
    scene.do(listen_in, scene.line_up(0, 1, 2, 3, 4))
    assert [scene.board.groups[g].mood for g in range(3)] == near([0.8, 0.5, 0.9])
    scene.do(listen_in, scene.line_up(1))
    assert scene.board.groups[0].mood == near(0.2), "of one day only"


def test_each_who_writes_or_buys_stands_for_several() -> None:
    scene = town()
    filled(scene, 0, 0)
    scene.board.today[0].weight = 4
    scene.person(0, wrote=3, sale=1, satisfaction=0.2)
    scene.person(1, wrote=1, satisfaction=0.6)
    scene.do(listen_in, scene.line_up(0, 1))
    group = scene.board.groups[0]
    assert (group.said, group.posters, group.buyers) == (16.0, 8, 4)
    assert group.mood == near(0.3)


def test_who_is_moved_hears_the_new_chat_and_who_stays_has_it_muted_as_before() -> None:
    scene = town(cap=2)
    filled(scene, 0, 0, 0)
    for i in range(3):
        scene.person(i, muted=1)
    of(split)(scene.world, scene.p)
    assert groups_of(scene, 3) == [1, 0, 0]
    assert [scene.person(i).muted for i in range(3)] == [0, 1, 1]
    assert scene.events[-1] == (0, GROUP_SPLIT, 0, 1)


def test_who_is_in_no_group_is_heard_in_none_and_gives_up_no_place() -> None:
    scene = town()
    scene.board.groups[0].mood = 0.5
    scene.person(4, group=NEVER, wrote=5, sale=1, satisfaction=0.9, status=LEFT)
    before = scene.seen()
    scene.do(listen_in, scene.line_up(4))
    of(vacate)(scene.world, scene.person(4))
    assert scene.changed(before) == {"days.posters"}


def test_who_is_in_no_group_is_not_moved_by_a_lower_cap() -> None:
    scene = town(cap=2)
    filled(scene, 0, NEVER)
    scene.board.groups[-1].members = 9
    of(split)(scene.world, scene.p)
    assert (groups_of(scene, 2), scene.board.groups[-1].members, scene.events) == ([0, NEVER], 9, [])


def test_who_is_moved_to_another_group_hears_it() -> None:
    """``muted``: has muted *the group's* chat; a lower cap, which is to cure overload, moves people who stay deaf."""
    scene = Scene(carrier__groups__cap=2)
    for i in range(3):
        scene.person(i, group=0, status=MEMBER, muted=1)
    scene.board.groups[0].members, scene.board.today[0].group_cap = 3, 5
    scene.day(1)
    moved = [i for i in range(3) if scene.person(i).group == 1]
    assert len(moved) == 1
    assert scene.person(moved[0]).muted == 0
