"""A user of the community as a Mesa agent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.engine.state.people import COLUMNS
from sim.model.agent import Face, column

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.model.community import CommunityModel

#: The acts of a person's day, in the order of :func:`sim.engine.acts.live`; each is a method to be overridden.
ACTS = (
    *("receive", "hear", "consider", "attend", "visit", "read", "judge", "write", "enrol", "buy", "share"),
    *("bond", "leave", "count"),
)


class User(Face):
    """One person: every column of :mod:`sim.engine.state.people` as an attribute, every act as a method.

    Under ``driver="walk"`` the methods are what happens, so a subclass that overrides one changes the model; under
    ``driver="sweep"`` such a subclass is refused. ``unique_id`` is the row of the person.
    """

    def __init__(self, model: CommunityModel, row: int, *, register: bool = False) -> None:
        super().__init__(model, row, register=register)

    @property
    def bonds(self) -> NDArray[np.float64]:
        """Ties to the firm (0) and to each KOL (1 …), 0 to 1."""
        return np.asarray(self.model.world.bonds[self.unique_id])

    @property
    def friends(self) -> list[User]:
        """The person's friends in the social network."""
        world = self.model.world
        start, end = world.indptr[self.unique_id], world.indptr[self.unique_id + 1]
        return [self.model.users[int(i)] for i in world.neighbours[start:end]]

    @classmethod
    def overridden(cls) -> list[str]:
        """The acts that a subclass does in its own way."""
        return [name for name in ACTS if getattr(cls, name) is not getattr(User, name)]


def _act(name: str) -> Any:
    def method(self: User, *args: Any) -> Any:
        return self.model.acts[name](self, *args)

    method.__name__ = name
    method.__doc__ = f"The act ``{name}`` (see :mod:`sim.engine.acts`), with the arguments that ``live`` gives it."
    return method


for _name in ACTS:
    setattr(User, _name, _act(_name))
for _column in COLUMNS:
    _attribute = "row" if _column.name == "id" else _column.name
    setattr(User, _attribute, column("people", _column.name, "unique_id", _column.meaning))
User.id = property(lambda self: self.unique_id, doc="The person's row.")
