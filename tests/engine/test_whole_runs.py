"""Whole runs: what holds of the shop and of reputation however days follow each other."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.engine.state.people import NEVER
from sim.model.community import CommunityModel
from sim.model.parity import digest
from sim.scenario import with_changes
from tests.scenarios import everything


def test_in_a_whole_run_no_product_is_bought_too_early() -> None:
    """Counted by the last days of a run: as many purchases as there are days between them allow."""
    model = CommunityModel(everything(), driver="walk")
    rest = [each.repurchase_days for each in everything().business.products]
    before = model.world.board.shelf.bought.copy()
    while not model.finished:
        model.run_for(1)
        now = model.world.board.shelf.bought
        again = (now != before) & (before != NEVER) & (now != NEVER)  # NEVER: another person has come
        assert ((now - before)[again] >= np.broadcast_to(rest, now.shape)[again]).all()
        before = now.copy()
    assert (before != NEVER).any(axis=0).all(), "each is bought"


@pytest.mark.parametrize(
    ("neutral", "other"),
    [
        ({"business.buying.crowd": 0.0}, {"business.selling.staged": 1000.0}),
        ({"switches.selling": False}, {"business.selling.staged": 1000.0}),
        ({"business.buying.price_cue": 0.0}, {"business.products.class.price": 19.5}),
    ],
)
def test_at_its_neutral_value_nothing_else_of_it_counts(neutral: dict[str, Any], other: dict[str, Any]) -> None:
    digests = []
    for changes in (neutral, neutral | other):
        model = CommunityModel(with_changes(everything(), changes | {"run.days": 30}))
        model.run_model()
        digests.append(digest(model.world))
    assert digests[0] == digests[1]


def lived(**changes: Any) -> CommunityModel:
    given = {"run.days": 40} | {key.replace("__", "."): value for key, value in changes.items()}
    model = CommunityModel(with_changes(everything(), given))
    model.run_model()
    return model


def test_switched_off_it_is_as_if_it_weighed_nothing() -> None:
    """The same people; only what is counted of complaints differs."""
    off = lived(switches__reputation=False)
    nil = lived(mechanism__reputation={"joining": 0.0, "buying": 0.0})
    assert digest({"people": off.world.people.rows}) == digest({"people": nil.world.people.rows})
    assert (off.series["reputation"] == 0.5).all()
    assert off.series["complaints"].sum() == 0
    assert nil.series["complaints"].sum() > 0


def test_a_good_name_sells() -> None:
    assert (
        lived(mechanism__reputation__buying=5.0).series["purchases"].sum()
        > lived(mechanism__reputation__buying=-5.0).series["purchases"].sum()
    )
