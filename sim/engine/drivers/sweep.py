"""The fast driver: a person is a row, a day is one pass over the rows.

Threads are Python's own, since compiled code holds no interpreter lock: several small runs go side by side, one run
a thread; one large market has its blocks of people shared out. What people add up are integers kept by block, so the
result is the same whatever the number of threads.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sim.engine.acts import live, stirs
from sim.engine.compiled import compiled
from sim.engine.drivers.prefetch import AHEAD, prefetch
from sim.engine.evening import evening
from sim.engine.morning import morning
from sim.engine.state.board import World

#: People in one block: about 1 MB of rows.
BLOCK = 4096


@compiled
def live_blocks(w: World, first: int, last: int) -> None:
    """Today, for the people of blocks ``first`` to ``last`` − 1."""
    key, ceiling = w.scene.today[0].key, w.scene.today[0].stir
    for block in range(first, last):
        for i in range(block * BLOCK, min(w.people.shape[0], (block + 1) * BLOCK)):
            if i + AHEAD < w.flags.shape[0] and w.flags[i + AHEAD] != 0:
                prefetch(w.people, i + AHEAD)
            if w.flags[i] != 0 or stirs(key, i, ceiling):
                w.flags[i] = live(w.people[i], w.bonds[i], w.scene, w.tally[block], w.ages[block])


@compiled(entry=True)
def sweep(w: World, first: int, last: int) -> None:
    """Days ``first`` to ``last`` − 1 on the calling thread."""
    for day in range(first, last):
        morning(w, day)
        live_blocks(w, 0, w.tally.shape[0])
        evening(w)


@compiled(entry=True)
def part_of_day(w: World, part: int, first: int, last: int) -> None:
    """Part of a day, for :func:`sweep_threads`: 0 the morning of day ``first``, 1 blocks of people, 2 the evening."""
    if part == 0:
        morning(w, first)
    elif part == 1:
        live_blocks(w, first, last)
    else:
        evening(w)


def sweep_threads(w: World, first: int, last: int, threads: int, part: Any = part_of_day) -> None:
    """Days ``first`` to ``last`` − 1 of one large market, its blocks shared out over ``threads``.

    ``part`` is :func:`part_of_day`, or a twin of it with replaced rules.
    """
    blocks = w.tally.shape[0]
    shares = [(blocks * t // threads, blocks * (t + 1) // threads) for t in range(threads)]
    with ThreadPoolExecutor(threads, thread_name_prefix="sweep") as pool:
        for day in range(first, last):
            part(w, 0, day, 0)
            for done in [pool.submit(part, w, 1, lo, hi) for lo, hi in shares]:
                done.result()
            part(w, 2, 0, 0)
