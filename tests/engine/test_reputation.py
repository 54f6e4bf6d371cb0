"""Reputation: who complains, how many hear it, what is remembered, and what a good name does."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.engine.draws import Purpose
from sim.engine.mechanisms.buying import readiness
from sim.engine.mechanisms.reputation import answers, complain, remember, set_repute
from sim.engine.rules.reputation import audience
from tests.engine.scene import Scene, of

RULE = {"complaining": 1.0, "online": 0.0, "answered": 0.0, "half_life": 1.0}
#: The purchases that pleased are written by hand.
TEAM = {"structure__operators__mei__hours_day": 0.0}


def scene(people: int = 1000, **rule: Any) -> Scene:
    return Scene(market__people=people, market__network__kind="none", mechanism__reputation=RULE | rule)


def evening(scene: Scene, good: int = 0, bad: int = 0) -> float:
    """Reputation in the evening after so many good words, and people who heard complaints."""
    scene.tally.satisfied += good
    scene.tally.complaints_heard += bad
    return float(scene.end().reputation)


# Complaints


@pytest.mark.parametrize(
    ("grievance", "warns", "expected"),
    [(0.0, 0, 0), (0.25, 0, 0.25), (1.0, 0, 1), (0.0, 2, 1), (0.0, 1, 1), (0.25, 1, 1)],
)
def test_the_dissatisfied_complain(grievance: float, warns: int, expected: float) -> None:
    """By the shortfall of what they bought, or because they warn friends."""
    town = scene()
    for luck in range(1000):
        town.me.grievance, town.me.warns = grievance, warns
        town.act(complain, luck)
        assert town.me.grievance == 0.0, "once"
    assert town.tally.complaints / 1000 == pytest.approx(expected, abs=0.05)
    assert town.tally.complaints_heard == 6 * town.tally.complaints


@pytest.mark.parametrize("warns", [0, 1])
@pytest.mark.parametrize("off", [{"mechanism__reputation__complaining": 0.0}, {"switches__reputation": False}])
def test_nobody_complains_without(off: dict[str, Any], warns: int) -> None:
    town = Scene(**{"mechanism__reputation__complaining": 1.0} | off)
    town.me.grievance, town.me.warns = 1.0, warns
    before = town.seen()
    town.act(complain)
    assert town.changed(before) == {"people.grievance"}
    assert town.me.grievance == 0.0


@pytest.mark.parametrize(("grievance", "warns", "chance"), [(1.0, 0, 0.4), (0.5, 0, 0.2), (0.0, 3, 0.4)])
def test_a_chance_of_complaining_goes_with_the_cause(grievance: float, warns: int, chance: float) -> None:
    """However many friends are warned: that is one cause."""
    town = scene(complaining=0.4)
    for luck, complaints in zip(town.around(Purpose.COMPLAIN, chance), (1, 0), strict=True):
        town.me.grievance, town.me.warns, town.tally.complaints = grievance, warns, 0
        town.act(complain, luck)
        assert town.tally.complaints == complaints


def test_each_stands_for_several_who_may_hear_a_complaint() -> None:
    town = scene(11, online=1.0, tail=0.1)
    town.board.today[0].weight = 4
    heard = 0
    for luck in range(50):
        before = town.tally.complaints_heard
        town.me.grievance = 1.0
        town.act(complain, luck)
        heard = max(heard, town.tally.complaints_heard - before)
    assert heard == 44


@pytest.mark.parametrize(("people", "most"), [(11, 11), (200, 200), (10_000, 10_000)])
def test_no_more_people_hear_a_complaint_than_there_are(people: int, most: int) -> None:
    town = scene(people, online=1.0, tail=0.1)
    heard = []
    for luck in range(200):
        before = town.tally.complaints_heard
        town.me.grievance = 1.0
        town.act(complain, luck)
        heard.append(town.tally.complaints_heard - before)
    assert min(heard) >= 6
    assert max(heard) == most


def test_the_audience_online_is_that_of_pareto() -> None:
    """P(X > x) = (6/x)^tail."""
    drawn = np.array([of(audience)((k + 0.5) / 10_000, 6.0, 0.5, 1.2, 1e9) for k in range(10_000)])
    assert (drawn == 6.0).mean() == 0.5
    for x in (12.0, 60.0, 600.0):
        assert (drawn > x).mean() == pytest.approx(0.5 * (6.0 / x) ** 1.2, abs=1e-3)


# The stock


def test_good_words_raise_it_and_bad_ones_lower_it() -> None:
    assert evening(scene()) == 0.5
    assert evening(scene(), good=7) == 8 / 9
    assert evening(scene(), bad=7) == 1 / 9
    assert evening(scene(), good=7, bad=7) == 0.5


def test_invitations_are_good_words() -> None:
    town = Scene(market__people=1000, mechanism__reputation=RULE)
    town.me.invites = 3
    town.world.people.flags[0] = 3
    assert town.end().reputation == 4 / 5


def test_words_are_forgotten() -> None:
    town = scene()
    assert evening(town, good=8) == 9 / 10
    town.day(1)
    assert evening(town) == 5 / 6, "half of the words after a half-life"
    for day in range(2, 60):
        town.day(day)
        last = evening(town)
    assert last == pytest.approx(0.5), "what is forgotten says nothing"


@pytest.mark.parametrize("people", [500, 4000])
def test_size_does_not_decide(people: int) -> None:
    """As many words a head, as good a name."""
    assert evening(scene(people), good=people // 50, bad=people // 100) == pytest.approx(21 / 32)


@pytest.mark.parametrize(("hours", "on", "expected"), [(8.0, True, 1 / 5.5), (8.0, False, 1 / 9), (0.0, True, 1 / 9)])
def test_an_answer_in_time_undoes_a_share(hours: float, on: bool, expected: float) -> None:
    """Where operators are there and nothing else is left undone: with hours 0 a newcomer waits for a welcome."""
    town = Scene(
        market__people=1000,
        mechanism__reputation=RULE | {"answered": 0.5},
        switches__operators=on,
        structure__operators__mei__hours_day=hours,
    )
    town.me.questions = 1
    town.world.people.flags[0] = 3
    assert evening(town, bad=7) == pytest.approx(expected)


# What it does


def test_it_moves_joining_and_buying_by_its_distance_from_one_half() -> None:
    town = scene(joining=2.0, buying=3.0)
    before = of(readiness)(town.me, town.board, town.p, 0)
    assert (town.p.derived.repute_joining, town.p.derived.repute_buying) == (0.0, 0.0)
    evening(town, good=8)
    town.day(1)
    assert (town.p.derived.repute_joining, town.p.derived.repute_buying) == pytest.approx((1.6, 2.4))
    assert town.p.derived.memory == town.p.mechanism.reputation.half_life
    assert of(readiness)(town.me, town.board, town.p, 0) - before == pytest.approx(2.4)


def test_switched_off_nothing_is_remembered_and_nothing_moves() -> None:
    town = Scene(market__people=1000, market__network__kind="none", switches__reputation=False)
    town.p.mechanism.reputation.joining, town.p.mechanism.reputation.buying = 2.0, 3.0
    town.board.today[0].good_words, town.board.today[0].bad_words = 8.0, 0.0
    town.do(set_repute)
    assert (town.p.derived.repute_joining, town.p.derived.repute_buying) == (0.0, 0.0)
    town.record.complaints_heard, town.record.satisfied = 7, 5
    town.do(remember)
    assert (town.board.today[0].good_words, town.board.today[0].bad_words) == (8.0, 0.0)
    assert town.record.reputation == 0.9


@pytest.mark.parametrize(
    ("staffed", "staff", "wanted", "done", "answered"),
    [
        (1, 1, 4.0, 4.0, True),
        (1, 1, 4.0, 4.0 - 1e-10, True),
        (1, 1, 4.0, 3.9, False),
        (1, 1, 0.0, 0.0, True),
        (1, 0, 0.0, 0.0, False),
        (0, 1, 4.0, 4.0, False),
    ],
)
def test_who_answers_complaints(staffed: int, staff: int, wanted: float, done: float, answered: bool) -> None:
    town = scene()
    town.p.derived.staffed, town.record.staff = staffed, staff
    town.record.hours_wanted, town.record.hours_done = wanted, done
    assert bool(of(answers)(town.p, town.record)) is answered


def test_words_are_counted_per_thousand_people() -> None:
    town = scene(500)
    today = town.board.today[0]
    today.good_words, today.bad_words = 8.0, 4.0
    town.record.invitations, town.record.satisfied, town.record.complaints_heard = 2, 1, 5
    before = town.seen()
    town.do(remember)
    assert (today.good_words, today.bad_words) == (10.0, 12.0)
    assert town.record.reputation == pytest.approx(11 / 24)
    assert town.changed(before) == {"today.good_words", "today.bad_words", "days.reputation"}
