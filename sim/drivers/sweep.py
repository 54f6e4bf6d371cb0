"""The fast driver: a person is a row, a day is one pass over the rows."""

from __future__ import annotations

from numba import prange

from sim.acts import live, stirs
from sim.board import World
from sim.compiled import compiled
from sim.evening import evening
from sim.morning import morning

#: People in one block; the blocks are what threads share out.
BLOCK = 4096


@compiled
def sweep(w: World, first: int, last: int) -> None:
    """Days ``first`` to ``last`` − 1 on one thread. It holds no interpreter lock: several runs go side by side."""
    for day in range(first, last):
        morning(w, day)
        key, ceiling = w.scene.today[0].key, w.scene.today[0].stir
        for i in range(w.people.shape[0]):
            if w.flags[i] != 0 or stirs(key, i, ceiling):
                w.flags[i] = live(w.people[i], w.bonds[i], w.scene, w.tally[0], w.ages[0])
        evening(w)


@compiled(parallel=True)
def sweep_parallel(w: World, first: int, last: int) -> None:
    """The same with the blocks of people on several threads: for one large market."""
    people, bonds, flags, scene, tally, ages = w.people, w.bonds, w.flags, w.scene, w.tally, w.ages
    n = people.shape[0]
    for day in range(first, last):
        morning(w, day)
        for block in prange(tally.shape[0]):
            key, ceiling = scene.today[0].key, scene.today[0].stir
            for i in range(block * BLOCK, min(n, (block + 1) * BLOCK)):
                if flags[i] != 0 or stirs(key, i, ceiling):
                    flags[i] = live(people[i], bonds[i], scene, tally[block], ages[block])
        evening(w)
