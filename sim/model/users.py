"""The users of a model as a sequence of Mesa agents, made when they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, overload

import mesa
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.engine.state.people import Person
from sim.model.agent import Host
from sim.model.user import User


class Users(Sequence[User]):
    """``users[i]`` is person ``i``, always the same agent object.

    Mesa's own AgentSet holds its agents weakly, so one made over arrays would lose them at once; :meth:`materialise`
    gives a real AgentSet of agents that stay alive.
    """

    def __init__(self, model: Host, kind: type[User]) -> None:
        self._model, self._kind = model, kind
        self._made: dict[int, User] = {}

    def __len__(self) -> int:
        return len(self._model.world.people.rows)

    @overload
    def __getitem__(self, row: int) -> User: ...
    @overload
    def __getitem__(self, row: slice) -> list[User]: ...
    def __getitem__(self, row: int | slice) -> User | list[User]:
        if isinstance(row, slice):
            return [self[i] for i in range(*row.indices(len(self)))]
        i = int(row) + (len(self) if row < 0 else 0)
        if not 0 <= i < len(self):
            message = f"person {row} of {len(self)}"
            raise IndexError(message)
        if i not in self._made:
            self._made[i] = self._kind(self._model, i)
        return self._made[i]

    def __iter__(self) -> Iterator[User]:
        return (self[i] for i in range(len(self)))

    def all(self) -> list[User]:
        """Everybody, in order."""
        return list(self)

    def column(self, name: str) -> NDArray[Any]:
        """A copy of one column of :class:`~sim.engine.state.people.Person` for everybody, shape [people]."""
        return np.array(self._model.world.people.rows[name])

    def where(self, condition: Callable[[pd.DataFrame], Any] | None = None, **equal: object) -> list[User]:
        """The users for whom columns equal the given values, and ``condition`` of the frame holds.

        >>> model.users.where(tier=STRONG)
        >>> model.users.where(lambda people: people["spent"] > 100_00)
        """
        keep = np.ones(len(self), bool)
        for name, value in equal.items():
            keep &= self.column(name) == value
        if condition is not None:
            keep &= np.asarray(condition(self.to_frame()), bool)
        return [self[int(i)] for i in np.flatnonzero(keep)]

    def agg(self, name: str, function: Callable[[NDArray[Any]], Any]) -> Any:
        """``function`` of one column for everybody, e.g. ``agg("tie", numpy.mean)``."""
        return function(self.column(name))

    def to_frame(self) -> pd.DataFrame:
        """Everybody as a DataFrame: one row a person, all columns, and the bonds."""
        frame = pd.DataFrame({name: self.column(name) for name in Person.dtype.names or ()})
        names = ["bond_firm", *(f"bond_{kol.name}" for kol in self._model.scenario.structure.kols)]
        for v, name in enumerate(names):
            frame[name] = self._model.world.people.bonds[:, v]
        return frame

    def materialise(self, rows: Sequence[int]) -> mesa.agent.AgentSet:
        """A Mesa AgentSet of these people; the agents stay alive with the model."""
        return mesa.agent.AgentSet([self[int(i)] for i in rows], random=self._model.random)

    def forget(self) -> None:
        """Let go of all agents made so far."""
        self._made.clear()
