"""The first look passes over most of a market; looking at everybody gives the same bits."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.engine.day.person import is_candidate
from sim.model.community import CommunityModel
from sim.model.parity import first_difference
from sim.scenario import Scenario, load, with_changes
from tests.scenarios import SHIPPED, everything


def always(key: np.uint64, person: int, ceiling: float) -> bool:  # noqa: ARG001 - as the first look it stands for
    """In place of :func:`sim.engine.day.person.is_candidate`: look at everybody."""
    return True


def never(key: np.uint64, person: int, ceiling: float) -> bool:  # noqa: ARG001
    """Look at nobody whom nothing has touched."""
    return False


def base() -> Scenario:
    """The shipped plan in a market most of which nothing touches on a day."""
    path = next(path for path in SHIPPED if path.stem == "base")
    return with_changes(load(path).scenario, {"run.days": 200, "market.people": 2000})


def lived(scenario: Scenario, **how: Any) -> CommunityModel:
    model = CommunityModel(scenario, **how)
    model.run_model()
    return model


@pytest.mark.slow
@pytest.mark.parametrize("scenario", [base(), everything()], ids=["base", "everything"])
def test_looking_at_everybody_changes_no_bit(scenario: Scenario) -> None:
    """What can reach somebody is the sum of hazards; the first look and its ceiling only save time."""
    forced, usual = lived(scenario, rules={is_candidate: always}), lived(scenario)
    assert first_difference(forced.world, usual.world) == ""
    assert usual.world.records.days["joined"].sum() > 0


def test_looking_at_everybody_changes_no_bit_in_the_readable_driver() -> None:
    forced = lived(everything(), rules={is_candidate: always}, driver="walk")
    assert first_difference(forced.world, lived(everything()).world) == ""


def test_a_first_look_that_passes_people_over_is_seen() -> None:
    passed_over = lived(everything(), rules={is_candidate: never}, driver="walk")
    assert first_difference(passed_over.world, lived(everything()).world) != ""
