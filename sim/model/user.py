"""A user of the community as a Mesa agent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.engine.day.person import ACTS
from sim.engine.state.people import Person
from sim.model.agent import AgentProxy, Host

if TYPE_CHECKING:
    from numpy.typing import NDArray


class User(AgentProxy, Person):
    """One person: every column of :class:`~sim.engine.state.people.Person` as an attribute, every act as a method.

    Under ``driver="walk"`` the methods are what happens, so a subclass that overrides one changes the model; under
    ``driver="sweep"`` such a subclass is refused. All acts have one signature, ``act(bonds, board, p, luck, tally)``,
    see :mod:`sim.engine.mechanisms`. ``unique_id`` is the row of the person.
    """

    def __init__(self, model: Host, number: int, *, register: bool = False) -> None:
        super().__init__(model, number, register=register)
        self.row = np.asarray(model.world.people.rows)[number]

    @property
    def bonds(self) -> NDArray[np.float64]:
        """Ties to the firm (0) and to each KOL (1 …), 0 to 1."""
        return np.asarray(self.model.world.people.bonds[self.unique_id])

    @property
    def friends(self) -> list[User]:
        """The person's friends in the social network."""
        people = self.model.world.people
        start, end = people.indptr[self.unique_id], people.indptr[self.unique_id + 1]
        return [self.model.users[int(i)] for i in people.neighbours[start:end]]

    @classmethod
    def overridden(cls) -> list[str]:
        """The acts that a subclass does in its own way."""
        return [name for name in ACTS if getattr(cls, name) is not getattr(User, name)]


def _act(name: str) -> Any:  # a method
    def method(self: User, *args: Any) -> Any:  # as the act
        return self.model.acts[name](self, *args)

    method.__name__ = name
    method.__doc__ = f"The act ``{name}`` (see :func:`sim.engine.day.person.live`)."
    return method


for _name in ACTS:
    setattr(User, _name, _act(_name))
