"""Many small runs in one call of the machine code: their plans are rows of one array, and one memory serves them all.

A run of some hundred people takes about as long as Python needs to prepare it. So the arrays of one world are laid into
two blocks of memory, what a plan fills and what is blank on day 0, and machine code makes the world anew for each
run by copying. What comes out is what :func:`sim.engine.drivers.sweep.sweep` gives, bit for bit.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sim.engine.compiled import compiled
from sim.engine.drivers.sweep import live_blocks
from sim.engine.evening import evening
from sim.engine.morning import morning
from sim.engine.state.board import World
from sim.engine.state.people import APPLIED, ASKS, AWAKE


class Batch(NamedTuple):
    """R runs of one shape in M markets of n people; W words of 8 bytes in a block of memory."""

    world: World  # of one run; made anew for each
    plan: Any  # uint64[W], memory of the world's arrays that a plan fills
    state: Any  # uint64[W], memory of its arrays that are blank on day 0
    folk: Any  # uint64[W], memory of its people
    plans: Any  # uint64[R, W]
    blank: Any  # uint64[W]
    markets: Any  # uint64[M, W], people on day 0
    starts: Any  # int64[M, n + 1], as `indptr`
    friends: Any  # int32[edges], as `neighbours`, one market after the other
    first: Any  # int64[M], where a market's friends begin
    market: Any  # int64[R], which market
    founders: Any  # int64[R, most], who applies before day 0, filled up with -1
    days: Any  # int64[R, days, fields], the records that are kept
    cohorts: Any  # int64[R, days, AGES, 2]


@compiled
def renew(b: Batch, run: int) -> None:
    """Make the world of a run: its plan, its market, a blank board, founding members."""
    w, market = b.world, b.market[run]
    for k in range(b.plan.shape[0]):
        b.plan[k] = b.plans[run, k]
    for k in range(b.state.shape[0]):
        b.state[k] = b.blank[k]
    for k in range(b.folk.shape[0]):
        b.folk[k] = b.markets[market, k]
    for k in range(w.indptr.shape[0]):
        w.indptr[k] = b.starts[market, k]
    first = b.first[market]
    for k in range(w.indptr[w.indptr.shape[0] - 1]):
        w.neighbours[k] = b.friends[first + k]
    for k in range(b.founders.shape[1]):
        i = b.founders[run, k]
        if i >= 0:
            w.people[i].status, w.people[i].origin = APPLIED, w.joined.shape[1] - 1
            w.flags[i] = AWAKE | ASKS


@compiled
def keep(b: Batch, run: int) -> None:
    """Keep the records of a run that has lived its days."""
    w = b.world
    for day in range(w.days_flat.shape[0]):
        for k in range(w.days_flat.shape[1]):
            b.days[run, day, k] = w.days_flat[day, k]
        for k in range(w.cohorts.shape[1]):
            b.cohorts[run, day, k, 0], b.cohorts[run, day, k, 1] = w.cohorts[day, k, 0], w.cohorts[day, k, 1]


@compiled(entry=True)
def sweep_batch(b: Batch) -> None:
    """All days of all runs, one run after the other, on the calling thread."""
    w = b.world
    for run in range(b.plans.shape[0]):
        renew(b, run)
        for day in range(w.days.shape[0]):
            morning(w, day)
            live_blocks(w, 0, w.tally.shape[0])
            evening(w)
        keep(b, run)
