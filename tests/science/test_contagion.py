"""Costly steps spread farther where friends know each other: Centola's design (2010), 128 people with six friends each.

There .54 of a clustered lattice and .38 of a random network took the step. Here a joiner tells all friends (14
invitations to six of them leave one in ten untold), nobody weighs joining but when told, and two signals are needed.
Chance of joining with both and the logits lost without one were tried on a grid and set by hand to come near both
figures, so the levels are fitted. The sign follows from the threshold: it turns where a missing signal costs little, as
Centola & Macy (2007) say it must.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.model.community import CommunityModel
from sim.scenario import Scenario, with_changes
from tests.science.limits import bare, mean, show

pytestmark = pytest.mark.science

CLUSTERED, RANDOM = 0.0, 1.0


def plan(rewiring: float, base: float, hesitation: float) -> Scenario:
    """Centola's market; ``base``: chance of joining with two friends in, ``hesitation``: logits lost without one."""
    weigh: dict[str, Any] = dict.fromkeys(("match", "quality", "promise", "invitation", "social", "reconsider"), 0.0)
    return with_changes(
        bare(market__people=128, market__tribes=1, run__days=120),
        {
            "market.network": {"kind": "small_world", "mean_degree": 6, "rewiring": rewiring},
            "market.latent.joining": 0.0,
            "culture.breadth": 1.0,
            "entrance.seeds": {"number": 1, "choice": "random"},
            "entrance.consideration": weigh | {"base": base, "signals": 2, "hesitation": hesitation},
            "mechanism.word_of_mouth": {"at_joining": 14.0, "visible": 0.0, "good": 0.0, "bad": 0.0},
        },
    )


def reached(rewiring: float, base: float, hesitation: float, replicates: int = 150) -> NDArray[np.float64]:
    """Share of the market that joined, of each run."""
    shares = []
    for replicate in range(replicates):
        with CommunityModel(plan(rewiring, base, hesitation), replicate=replicate) as model:
            model.run_model()
            shares.append(model.world.records.days["joined"].sum() / 128)
    return np.array(shares)


def test_a_costly_step_reaches_more_of_a_clustered_network() -> None:
    clustered, shuffled = reached(CLUSTERED, 0.95, 4.5), reached(RANDOM, 0.95, 4.5)
    show("clustered, two signals", mean(clustered), 0.54)
    show("random, two signals", mean(shuffled), 0.38)
    difference = mean(clustered - shuffled)
    show("difference", difference, 0.16)
    assert difference.low > 0.0


def test_a_cheap_step_does_not() -> None:
    difference = mean(reached(CLUSTERED, 0.6, 1.0) - reached(RANDOM, 0.6, 1.0))
    show("difference, where a missing signal costs one logit", difference, 0.0)
    assert difference.high < 0.0
