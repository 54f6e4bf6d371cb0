"""What all actors share: a Mesa agent whose state lives in a row of the model's arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa

if TYPE_CHECKING:
    from sim.model.community import CommunityModel


class AgentProxy(mesa.Agent):  # type: ignore[misc]
    """A Mesa agent over a row.

    Mesa's own constructor counts ids in a class-level table that keeps every model alive; a proxy takes its id from its
    row and does without.
    """

    model: CommunityModel
    unique_id: int

    def __init__(self, model: CommunityModel, unique_id: int, *, register: bool) -> None:
        self.model = model
        self.unique_id = unique_id
        self.pos = None
        if register:
            model.register_agent(self)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.unique_id})"
