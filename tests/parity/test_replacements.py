"""What a researcher replaces works under both drivers, or is refused."""

from __future__ import annotations

from typing import Any

import pytest

from sim import KOL, CommunityModel, InputError, User
from sim.engine.rules.ties import grown
from sim.model.parity import first_difference
from tests.scenarios import everything


def half_grown(tie: float, gain: float) -> float:
    """A rule in place of :func:`sim.engine.rules.ties.grown`."""
    return tie + 0.5 * min(1.0, max(0.0, gain)) * (1.0 - tie)


class Hermit(User):
    """Nobody comes unless invited to an activity."""

    def visit(self, *_: Any) -> bool:
        return False


class Eager(KOL):
    """Writes the more, the more energy is left, and less warmly."""

    def decide(self) -> None:
        self.posts_per_week = 1.0 + 20.0 * self.energy
        self.warmth = 0.5 * self.energy


def lived(**how: Any) -> CommunityModel:
    model = CommunityModel(everything(), **how)
    model.run_model()
    return model


@pytest.mark.slow
def test_a_rule_replaced_holds_in_both_drivers() -> None:
    rules = {grown: half_grown}
    fast, readable, usual = lived(rules=rules), lived(rules=rules, driver="walk"), lived()
    assert first_difference(fast.world, readable.world) == ""
    assert first_difference(fast.world, usual.world) != ""
    assert fast.world.records.days["tie_sum"][-1] < usual.world.records.days["tie_sum"][-1]
    assert first_difference(lived().world, usual.world) == "", "a replacement must not leak into other models"


def test_an_act_overridden_walks() -> None:
    model = lived(agents={"user": Hermit}, driver="walk")
    days = model.world.records.days
    assert days["visitors"].sum() == days["attendance"].sum() == 0
    assert days["members"].max() > 0


def test_an_act_overridden_is_refused_by_the_compiled_driver() -> None:
    with pytest.raises(InputError, match=r"Hermit overrides visit.*driver=\"walk\""):
        CommunityModel(everything(), agents={"user": Hermit})


def test_a_strategy_of_a_kol_holds_in_both_drivers() -> None:
    with pytest.warns(UserWarning, match="Eager"):
        fast = lived(agents={"kol": Eager})
    readable = lived(agents={"kol": Eager}, driver="walk")
    assert first_difference(fast.world, readable.world) == ""
    assert first_difference(fast.world, lived().world) != ""


def test_a_strategy_decides_alike_in_steps_and_in_one_go() -> None:
    """The playbook of this case changes the KOL's plan on day 25: the strategy must find the plan of its own day."""
    one, steps = (
        lived(agents={"kol": Eager}, driver="walk"),
        CommunityModel(everything(), agents={"kol": Eager}, driver="walk"),
    )
    while not steps.finished:
        steps.step()
    assert first_difference(one.world, steps.world) == ""
