"""Simulating how communities grow.

    from sim import CommunityModel
    model = CommunityModel("scenarios/dedao.yaml")
    model.run_for(90)
    model.series

The package has seven wings. Each imports only from those before it; the engine knows the scenario by its types only::

    scenario/      what a plan says: every parameter once, one file a mechanism; loading with line-numbered errors
    engine/        what a day does; its rooms below
    market/        who is out there: people, tribes, the social network
    model/         the Mesa model and its agents; a scenario as a compiled plan, the world of a run; what comes out
    lab/           from plans to answers: designs, runs, stores, statistics, and the questions asked of them
    views/         from answers to words and pictures
    cli/           the commands: options and printing

The rooms of the engine, from the ground up::

    compiled, records, draws   the compiler, the one way to declare a record, luck
    state/         people, board, plan, measures, world: every column once
    rules/         paragraphs of theory: floats in, float out
    mechanisms/    one noun of the model a file: its morning, what a person does, its evening
    day/           morning, person, evening: they only call; read ``day.person.live`` and you know the model
    drivers/       sweep (compiled), walk (plain Python, Mesa agents): the same bits; many small runs: ``model.batch``
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
