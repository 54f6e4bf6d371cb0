"""Company and belonging: what ties give on a visit."""

from __future__ import annotations

from typing import Any

import pytest

from sim.engine.mechanisms.company import enjoy
from sim.engine.state.people import AWARE, LEFT
from tests.engine.scene import Scene

RULE = {"bond": 0.4, "identity": 0.3}


def after(experience: float = 0.0, bonds: tuple[float, float] = (0.0, 0.0), on: Any = None, **columns: Any) -> float:
    scene = Scene(mechanism__company=RULE, **(on or {}))
    scene.person(0, experience=experience, **columns)
    scene.bonds[:] = bonds
    before = scene.seen()
    scene.act(enjoy)
    assert scene.changed(before) <= {"people.experience"}
    return scene.me.experience


def test_who_has_no_ties_enjoys_nothing_of_it() -> None:
    assert after(0.25, friends_in=10) == 0.25


@pytest.mark.parametrize(("friends", "bond", "gives"), [(10, 1.0, 0.4), (5, 1.0, 0.2), (5, 0.5, 0.1), (0, 1.0, 0.0)])
def test_company_is_that_of_friends_who_are_there(friends: int, bond: float, gives: float) -> None:
    assert after(friends_in=friends, bond_members=bond) == pytest.approx(gives)
    assert after(0.5, friends_in=friends, bond_members=bond) == pytest.approx(0.5 + 0.5 * gives), "of what was missing"


@pytest.mark.parametrize(
    ("bonds", "gives"), [((0.5, 0.0), 0.15), ((0.0, 0.5), 0.15), ((0.5, 0.5), 0.225), ((1.0, 0.2), 0.3)]
)
def test_belonging_is_to_the_firm_or_a_kol(bonds: tuple[float, float], gives: float) -> None:
    assert after(bonds=bonds) == pytest.approx(gives)
    assert after(0.5, bonds=bonds) == pytest.approx(0.5 + 0.5 * gives)


def test_they_add_up_of_what_is_missing() -> None:
    assert after(0.5, (1.0, 0.0), friends_in=10, bond_members=1.0) == pytest.approx(1 - 0.5 * 0.6 * 0.7)


def test_a_follower_has_no_company_but_may_belong() -> None:
    for status in (LEFT, AWARE):
        assert after(0.0, (1.0, 0.0), friends_in=10, bond_members=1.0, status=status) == pytest.approx(0.3)


def test_each_can_be_switched_off() -> None:
    both = {"friends_in": 10, "bond_members": 1.0}
    assert after(0.0, (1.0, 0.0), {"switches__company": False}, **both) == pytest.approx(0.3)
    assert after(0.0, (1.0, 0.0), {"switches__belonging": False}, **both) == pytest.approx(0.4)
