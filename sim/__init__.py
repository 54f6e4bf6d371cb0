"""Simulating how communities grow.

    from sim import CommunityModel
    model = CommunityModel("scenarios/dedao.yaml")
    model.run_for(90)
    model.series

The rooms of the package, each importing only from those above it::

    compiled, draws, people, measures, board   the ground: compiler, luck, columns, what is recorded
    scenario/      every parameter once; loading files with line-numbered errors
    rules/         paragraphs of theory: floats in, float out
    acts/          a person's day; read ``acts.live`` and you know the model
    morning, evening/   what the plan puts on the board; what is granted and paid
    market/        people, tribes, the social network
    drivers/       sweep (compiled), batch (many small runs) and walk (plain Python, Mesa agents): the same bits
    plan, world, batch   a scenario as compiled parameters; the state of a run; many of them laid side by side
    actors/, model, tables   the Mesa model and its agents; what comes out
    store/, experiments/   result folders and parts; replicates, comparison, sweeps
    analysis/      what a sweep can tell: what matters, what is best, where a plan fails
    report/, cli/  the pages; the commands
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.errors import InputError
    from sim.model.community import CommunityModel
    from sim.model.kol import KOL
    from sim.model.operator import Operator
    from sim.model.user import User
    from sim.scenario import load
    from sim.scenario.schema import Scenario

__version__ = "0.1.0"
__all__ = ["KOL", "CommunityModel", "InputError", "Operator", "Scenario", "User", "__version__", "load"]

_HOMES = {
    "KOL": "sim.model.kol",
    "Operator": "sim.model.operator",
    "User": "sim.model.user",
    "CommunityModel": "sim.model.community",
    "InputError": "sim.errors",
    "Scenario": "sim.scenario.schema",
    "load": "sim.scenario",
}


def __getattr__(name: str) -> Any:
    """Import on first use: Mesa and the compiler take a second that ``--help`` does not have."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    message = f"module 'sim' has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return sorted(__all__)
