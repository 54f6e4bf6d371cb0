"""The fast driver: a person is a row, a day is one pass over the rows.

Threads are Python's own, since compiled code holds no interpreter lock: several small runs go side by side, one run
a thread; one large market has its blocks of people shared out. What people add up are integers kept by block, so the
result is the same whatever the number of threads.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sim.engine.compiled import compiled
from sim.engine.day.evening import evening
from sim.engine.day.morning import morning
from sim.engine.day.person import is_candidate, live
from sim.engine.drivers.prefetch import AHEAD, prefetch
from sim.engine.state.world import BLOCK, World


@compiled
def live_blocks(w: World, first: int, last: int) -> None:
    """Today, for the people of blocks ``first`` to ``last`` − 1."""
    rows, flags, key, ceiling = w.people.rows, w.people.flags, w.board.today[0].key, w.board.today[0].stir
    present = w.board.today[0].people
    for block in range(first, last):
        for i in range(block * BLOCK, min(present, (block + 1) * BLOCK)):
            if i + AHEAD < flags.shape[0] and flags[i + AHEAD] != 0:
                prefetch(rows, i + AHEAD)
            if flags[i] != 0 or is_candidate(key, i, ceiling):
                flags[i] = live(rows[i], w.people.bonds[i], w.board, w.records.tally[block, rows[i].arm])


@compiled(entry=True)
def sweep(w: World, first: int, last: int) -> None:
    """Days ``first`` to ``last`` − 1 on the calling thread."""
    for day in range(first, last):
        morning(w, day)
        live_blocks(w, 0, w.records.tally.shape[0])
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


def sweep_threads(
    w: World, first: int, last: int, threads: int, part: Callable[[World, int, int, int], None] = part_of_day
) -> None:
    """Days ``first`` to ``last`` − 1 of one large market, its blocks shared out over ``threads``.

    ``part`` is :func:`part_of_day`, or a twin of it with replaced rules.
    """
    blocks = w.records.tally.shape[0]
    shares = [(blocks * t // threads, blocks * (t + 1) // threads) for t in range(threads)]
    with ThreadPoolExecutor(threads, thread_name_prefix="sweep") as pool:
        for day in range(first, last):
            part(w, 0, day, 0)
            for done in [pool.submit(part, w, 1, lo, hi) for lo, hi in shares]:
                done.result()
            part(w, 2, 0, 0)
