"""The readable driver: plain Python acts over Mesa agents, one person after the other; step through it in a debugger.

The same acts and rules as under sweep, without the compiler; the day's morning and evening too. It is the oracle of the
fast driver: both give the same bits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.engine.compiled import Function, plain, rebind
from sim.engine.day import person as day_of_a_person
from sim.engine.day.evening import evening
from sim.engine.day.morning import morning
from sim.engine.day.person import ACTS, is_candidate, live
from sim.engine.state.people import Person
from sim.engine.state.world import BLOCK, World

#: People × days beyond which walk is refused: it would take more than about an hour.
LIMIT = 2_000_000

Rules = Mapping[Function, Function]


class Walk(NamedTuple):
    """The plain Python functions of a day."""

    morning: Function
    live: Function
    evening: Function
    is_candidate: Function
    acts: dict[str, Function]


def functions(rules: Rules) -> Walk:
    """The functions of a day in plain Python, acts called as methods of the agents, with some rules replaced."""
    acts: dict[str, Function] = {name: getattr(day_of_a_person, name) for name in ACTS}
    methods = {plain(act): _method(name) for name, act in acts.items()}
    swaps = dict(rules)
    return Walk(
        rebind(morning, swaps, compile_again=False),
        rebind(live, {**methods, **swaps}, compile_again=False),
        rebind(evening, swaps, compile_again=False),
        rebind(is_candidate, swaps, compile_again=False),
        {name: rebind(act, swaps, compile_again=False) for name, act in acts.items()},
    )


def _method(name: str) -> Function:
    def call(me: Person, *args: Any) -> Any:  # whatever the act takes and gives
        return getattr(me, name)(*args)

    return call


def walk(w: World, users: Sequence[Person], day: Walk, first: int, last: int) -> None:
    """Days ``first`` to ``last`` − 1; ``w`` as :func:`sim.engine.drivers.readable.readable` gives it."""
    flags, today = w.people.flags, w.board.today[0]
    with np.errstate(over="ignore"):  # draws wrap around in uint64
        for number in range(first, last):
            day.morning(w, number)
            key, ceiling = today.key, today.stir
            for i, user in enumerate(users[: today.people]):
                if flags[i] != 0 or day.is_candidate(key, i, ceiling):
                    flags[i] = day.live(user, w.people.bonds[i], w.board, w.records.tally[i // BLOCK, user.arm])
            day.evening(w)
