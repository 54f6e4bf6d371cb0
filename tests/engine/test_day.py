"""The pages of a day: who does what in which order, and what turns over in the morning and the evening."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.engine.compiled import rebind
from sim.engine.day import evening, morning, person
from sim.engine.day.morning import turn_page
from sim.engine.day.person import is_candidate
from sim.engine.day.queue import asks, clear, gather
from sim.engine.draws import Purpose, key_of
from sim.engine.state.events import PLAN_CHANGED
from sim.engine.state.people import APPLIED, ASKS, AWAKE, AWARE, LEFT, MEMBER, NEVER, OUTSIDE, WEAK
from tests.engine.scene import Scene, of

AT_HOME = ["receive", "rest", "fade", "listen", "use_owned"]
THERE = ["read", "enjoy", "judge", "write", "enrol", "buy", "share", "go"]
NIGHT = ["complain", "bond", "tire", "leave", "count", "count_ties"]
READING = ["rest", "use_owned", "look", "read", "enjoy", "judge", "buy", "put_down"]
SLEPT = ["fade", "loosen"]
NOTICING = ["orders", "order", "consider", "follow"]


def lived(
    monkeypatch: pytest.MonkeyPatch, says: dict[str, bool] | None = None, **columns: Any
) -> tuple[list[str], int]:
    """The acts of somebody's day in order, and tomorrow's flag; acts do nothing but say yes or no."""
    scene, done = Scene(), []
    scene.day(3)
    counts = scene.tally

    def recorder(name: str) -> Any:
        def act(*given: Any) -> bool:
            me, bonds, board, p, luck, tally = given
            assert (me.id, bonds.shape) == (4, (2,))
            assert (board is scene.board, tally is counts) == (True, True)
            assert p.row["culture"] == scene.p.row["culture"]
            with np.errstate(over="ignore"):
                assert luck == key_of(scene.board.today[0].key, 4)
            done.append(name)
            return (says or {}).get(name, True)

        return act

    for name in person.ACTS:
        monkeypatch.setattr(person, name, recorder(name))
    me = scene.person(4, **columns)
    with np.errstate(over="ignore"):
        flag = rebind(person.live, compile_again=False)(me, scene.world.people.bonds[4], scene.board, counts)
    return done, flag


SEEN = {"status": MEMBER, "published": 5}


def test_a_members_day(monkeypatch: pytest.MonkeyPatch) -> None:
    assert lived(monkeypatch, **SEEN) == ([*AT_HOME, "attend", *THERE, *NIGHT], AWAKE)
    assert lived(monkeypatch, {"attend": False}, **SEEN)[0] == [*AT_HOME, "attend", "visit", *THERE, *NIGHT]
    stayed = {"attend": False, "visit": False}
    assert lived(monkeypatch, stayed, **SEEN)[0] == [*AT_HOME, "attend", "visit", *NIGHT]


@pytest.mark.parametrize(
    ("columns", "acts", "flag"),
    [
        ({"status": OUTSIDE}, ["hear"], 0),
        ({"status": AWARE, "published": 4}, ["hear"], 0),
        ({"status": LEFT, "published": 4}, ["hear"], 0),
        ({"status": LEFT, "published": 4, "tier": WEAK}, ["hear", *SLEPT, "bond"], AWAKE),
        ({"status": APPLIED, "published": 4, "tier": WEAK}, [*SLEPT, "bond"], AWAKE | ASKS),
        ({"status": APPLIED, "published": 4}, [], AWAKE | ASKS),
        ({"status": AWARE, "published": 4, "follows": 1}, ["hear", *SLEPT, *READING, "bond"], AWAKE),
        ({"status": AWARE, "published": 4, "noticed": 0}, ["hear", *SLEPT, *NOTICING, "bond"], ASKS),
        ({"status": LEFT, "published": 4, "grievance": 0.1}, ["hear", "complain"], 0),
        (
            {"status": AWARE, "published": 4, "noticed": 0, "follows": 1},
            ["hear", *SLEPT, *READING, *NOTICING, "bond"],
            AWAKE | ASKS,
        ),
        ({"status": AWARE, "published": 0}, ["hear"], ASKS),
    ],
)
def test_a_day_outside(monkeypatch: pytest.MonkeyPatch, columns: dict[str, int], acts: list[str], flag: int) -> None:
    assert lived(monkeypatch, **columns) == (acts, flag)


def test_a_follower_who_does_not_look_reads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    acts, _ = lived(monkeypatch, {"look": False}, status=AWARE, follows=1)
    assert acts == ["hear", *SLEPT, "rest", "use_owned", "look", "bond"]


def test_who_orders_nothing_considers_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    acts, _ = lived(monkeypatch, {"orders": False}, status=AWARE, noticed=0)
    assert acts == ["hear", *SLEPT, "orders", "consider", "follow", "bond"]


@pytest.mark.parametrize(
    "columns", [{name: 1} for name in ("wrote", "questions", "wants_seat", "invites", "warns", "sale")]
)
def test_what_is_asked_for_brings_into_the_line(monkeypatch: pytest.MonkeyPatch, columns: dict[str, int]) -> None:
    assert lived(monkeypatch, **SEEN, **columns)[1] == AWAKE | ASKS


@pytest.mark.parametrize(
    ("columns", "asking"),
    [
        ({}, False),
        ({"noticed": 0}, True),
        ({"status": APPLIED}, True),
        ({"status": LEFT}, False),
        *(({name: 1}, True) for name in ("wrote", "questions", "wants_seat", "invites", "warns", "sale")),
        ({"inbox": 3, "heard_warnings": 2, "seat": 1, "tier": WEAK}, False),
    ],
)
def test_who_asks(columns: dict[str, int], asking: bool) -> None:
    assert of(asks)(Scene().person(0, **columns)) is asking


def test_the_first_look_is_the_draw_by_which_one_notices() -> None:
    scene = Scene()
    drawn = scene.drawn_for(4, Purpose.NOTICE)
    assert of(is_candidate)(scene.board.today[0].key, 4, drawn) is False
    assert of(is_candidate)(scene.board.today[0].key, 4, drawn + 1e-9) is True


def test_the_line_is_in_order_of_person_and_is_cleared() -> None:
    scene = Scene()
    flags = scene.world.people.flags
    flags[:] = 0
    flags[7], flags[2], flags[4], flags[5] = ASKS, AWAKE | ASKS, AWAKE, ASKS
    columns = {"noticed": 1, "wrote": 2, "questions": 2, "wants_seat": 1, "invites": 3, "warns": 1, "sale": 1}
    for i in (2, 4, 5, 7):
        scene.person(i, status=APPLIED if i == 5 else MEMBER, **columns)
    assert of(gather)(scene.world) == 3
    assert scene.world.scratch.line[:3].tolist() == [2, 5, 7]
    before = scene.seen()
    of(clear)(scene.world, 3)
    for i in (2, 5, 7):
        assert [getattr(scene.person(i), name) for name in columns] == [NEVER, 0, 0, 0, 0, 0, 0]
    assert scene.person(4).wrote == 2
    assert flags.tolist() == [0, 0, AWAKE, 0, AWAKE, ASKS, 0, 0, 0, 0, 0]
    assert scene.changed(before) == {"flags", *(f"people.{name}" for name in columns)}


def test_a_new_day_has_new_luck_and_where_the_plan_changes_the_new_plan() -> None:
    scene = Scene(playbook=[{"day": 5, "set": {"culture.promise": 0.9}}, {"day": 8, "set": {"culture.promise": 0.1}}])
    today, keys, promised = scene.board.today[0], set(), []
    scene.p.culture.promise = 0.33
    for day in range(4, 10):
        of(turn_page)(scene.world, day)
        with np.errstate(over="ignore"):
            assert today.key == key_of(today.run_key, day)
        keys.add(int(today.key))
        promised.append((today.day, today.phase, scene.p.culture.promise))
    assert len(keys) == 6
    assert promised == [(4, 0, 0.33), (5, 1, 0.9), (6, 1, 0.9), (7, 1, 0.9), (8, 2, 0.1), (9, 2, 0.1)]
    assert scene.events == [(5, PLAN_CHANGED, 0, 1), (8, PLAN_CHANGED, 1, 1)]


def test_on_the_first_day_the_plan_is_laid_out_and_nothing_has_changed() -> None:
    scene = Scene(playbook=[{"day": 0, "set": {"culture.promise": 0.9}}])
    scene.p.culture.promise = 0.33
    of(turn_page)(scene.world, 0)
    assert scene.p.culture.promise == 0.9
    assert scene.events == []


MORNING = (
    *("open_purse", "light_stages", "arrange_groups", "open_platform", "open_service", "read_groups", "speak"),
    *("show_outside", "set_bar", "set_following", "open_channels", "announce", "sell", "open_shop", "set_repute"),
    *("offer", "set_decay", "set_pull", "set_ears", "keep_door", "set_ceiling"),
)
EVENING = (
    *("total", "gather", "count_noticed", "listen_in", "admit", "seat", "credit", "reward", "promise", "resume"),
    *("recover", "refresh", "want_hours", "serve", "hold", "deliver", "pay", "publish", "clear", "remember", "settle"),
    "close",
)


@pytest.mark.parametrize(("page", "parts"), [(morning, MORNING), (evening, EVENING)])
def test_every_part_of_the_day_takes_place(monkeypatch: pytest.MonkeyPatch, page: Any, parts: tuple[str, ...]) -> None:
    """In an order in which each finds what it reads: what is said before it is used, what is settled last is money."""
    scene, done = Scene(), []
    for name in parts:
        monkeypatch.setattr(page, name, lambda *_, name=name: done.append(name) or 0)
    plain = rebind(page.morning if page is morning else page.evening, compile_again=False)
    with np.errstate(over="ignore"):
        plain(scene.world, 1) if page is morning else plain(scene.world)
    assert sorted(done) == sorted(parts)
    order = {name: done.index(name) for name in done}
    firsts = [
        *[("light_stages", later) for later in ("open_platform", "speak", "sell", "set_following", "open_shop")],
        *[("arrange_groups", "open_platform"), ("open_service", "read_groups"), ("speak", "show_outside")],
        *[(due, "open_service") for due in ("open_purse", "light_stages", "open_platform")],
        *[("open_purse", "light_stages"), ("open_service", "speak"), ("open_service", "open_channels")],
        *[("sell", "open_shop"), ("set_ears", "set_ceiling"), ("keep_door", "set_ceiling"), ("speak", "set_ceiling")],
        *[
            ("total", "gather"),
            ("gather", "listen_in"),
            ("listen_in", "seat"),
            ("admit", "serve"),
            ("want_hours", "serve"),
        ],
        *[("serve", "hold"), ("deliver", "remember"), ("pay", "clear"), ("publish", "clear"), ("pay", "settle")],
        *[("reward", "hold"), ("hold", "pay")],
        *[("admit", later) for later in ("seat", "credit", "reward", "promise", "resume", "recover", "refresh")],
    ]
    assert all(order[first] < order[then] for first, then in firsts if first in order and then in order)
