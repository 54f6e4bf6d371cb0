"""What all actors share: a Mesa agent whose state lives in a row of the model's arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import mesa
import numpy as np
from numpy.typing import NDArray

from sim.engine.compiled import Function
from sim.engine.state.world import World
from sim.scenario.schema import Scenario


class Host(Protocol):
    """What an agent needs of its model; :class:`~sim.model.community.CommunityModel` has it."""

    scenario: Scenario
    world: World
    random: Any  # Mesa's

    @property
    def users(self) -> Sequence[Any]:  # of a subclass of User, if the researcher gave one
        """The users by row."""

    @property
    def phase(self) -> int:
        """The phase of the plan that holds today."""

    @property
    def acts(self) -> Mapping[str, Function]:
        """What a person does, as plain Python functions."""

    def plans(self) -> tuple[NDArray[np.void], NDArray[np.void]]:
        """What the plan says, a row a phase, and a row an arm."""

    def restaff(self) -> None:
        """Recompute the team from the operators."""

    def register_agent(self, agent: Any) -> None:
        """Mesa's list of agents."""


class AgentProxy(mesa.Agent):  # type: ignore[misc]
    """A Mesa agent over a row.

    Mesa's own constructor counts ids in a class-level table that keeps every model alive; a proxy takes its id from its
    row and does without.
    """

    model: Host
    unique_id: int

    def __init__(self, model: Host, unique_id: int, *, register: bool) -> None:
        self.model = model
        self.unique_id = unique_id
        self.pos = None
        if register:
            model.register_agent(self)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.unique_id})"
