"""The readable driver: plain Python acts over Mesa agents, one person after the other; step through it in a debugger.

The same acts and rules as under sweep, without the compiler; the day's morning and evening too. It is the oracle of the
fast driver: both give the same bits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.engine import acts as day_of_a_person
from sim.engine.acts import live, stirs
from sim.engine.compiled import plain, rebind
from sim.engine.drivers.sweep import BLOCK
from sim.engine.evening import evening
from sim.engine.morning import morning
from sim.engine.state.board import World

if TYPE_CHECKING:
    from sim.model.user import User

#: People × days beyond which walk is refused: it would take more than about an hour.
LIMIT = 2_000_000

Rules = Mapping[Callable[..., Any], Callable[..., Any]]


class Walk(NamedTuple):
    """The plain Python functions of a day."""

    morning: Callable[..., None]
    live: Callable[..., int]
    evening: Callable[..., None]
    stirs: Callable[..., bool]
    acts: dict[str, Callable[..., Any]]


def functions(names: Sequence[str], rules: Rules) -> Walk:
    """The functions of a day in plain Python, acts called as methods of the agents, with some rules replaced."""
    acts = {name: getattr(day_of_a_person, name) for name in names}
    methods = {plain(act): _method(name) for name, act in acts.items()}
    swaps = dict(rules)
    return Walk(
        rebind(morning, swaps, compile_again=False),
        rebind(live, {**methods, **swaps}, compile_again=False),
        rebind(evening, swaps, compile_again=False),
        rebind(stirs, swaps, compile_again=False),
        {name: rebind(act, swaps, compile_again=False) for name, act in acts.items()},
    )


def _method(name: str) -> Callable[..., Any]:
    def call(me: User, *args: Any) -> Any:
        return getattr(me, name)(*args)

    return call


def walk(w: World, users: Sequence[User], day: Walk, first: int, last: int) -> None:
    """Days ``first`` to ``last`` − 1; ``w`` as :func:`sim.engine.drivers.readable.readable` gives it."""
    with np.errstate(over="ignore"):  # draws wrap around in uint64
        for number in range(first, last):
            day.morning(w, number)
            today = w.scene.today[0]
            for i, user in enumerate(users):
                if w.flags[i] != 0 or day.stirs(today.key, i, today.stir):
                    block = i // BLOCK
                    w.flags[i] = day.live(user, w.bonds[i], w.scene, w.tally[block], w.ages[block])
            day.evening(w)
