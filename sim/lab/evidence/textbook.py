"""A plan under which the model is a textbook one, made by parameters alone."""

from __future__ import annotations

from sim.scenario.keys import with_changes
from sim.scenario.schema import Scenario

#: Whoever hears of the community joins it and stays; nobody posts, sells, tells or works.
_BARE = {
    "entrance.consideration.base": 1.0,
    "entrance.consideration.reconsider": 0.0,
    "entrance.consideration.mood": 1.0,
    "entrance.seeds": {"number": 0, "choice": "random"},
    "market.network.kind": "complete",
    "mechanism.word_of_mouth": {"visible": 0.0, "at_joining": 0.0, "good": 0.0, "bad": 0.0},
    "mechanism.leaving.come_back": 0.0,
    "switches.leaving": False,
    "switches.following": False,
    "switches.kols": False,
    "switches.content": False,
    "switches.activities": False,
    "switches.participation": False,
    "switches.operators": False,
    "business.rocket.platform.enabled": False,
    "business.rocket.paid_products.enabled": False,
}


def bare() -> Scenario:
    """A market in which whoever hears of the community joins, and nothing else happens."""
    plain = Scenario().model_dump()
    plain["entrance"]["channels"] = []
    plain["structure"] |= {"kols": [], "operators": []}
    return with_changes(Scenario.model_validate(plain), _BARE)
