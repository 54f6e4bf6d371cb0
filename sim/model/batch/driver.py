"""Many small runs in one call of the machine code: their plans are rows of one array, and one memory serves them all.

A run of some hundred people takes about as long as Python needs to prepare it. So the arrays of one world are laid into
two blocks of memory, what a plan fills and what is blank on day 0, and machine code makes the world anew for each
run by copying. What comes out is what :func:`sim.engine.drivers.sweep.sweep` gives, bit for bit.
"""

from __future__ import annotations

from typing import NamedTuple

from sim.engine.compiled import compiled
from sim.engine.day.evening import evening
from sim.engine.day.morning import morning
from sim.engine.drivers.sweep import live_blocks
from sim.engine.state.arrays import Flags, Ints, Small, Words
from sim.engine.state.people import APPLIED, ASKS, AWAKE
from sim.engine.state.world import World


class Batch(NamedTuple):
    """R runs of one shape in M markets of n people; W words of 8 bytes in a block of memory."""

    #: of one run; made anew for each
    world: World
    #: uint64[W]: memory of the world's arrays that a plan fills, of those that are blank on day 0, and of its people
    plan: Words
    state: Words
    people_words: Words
    #: uint64[R, W]
    plans: Words
    #: uint64[W]
    blank: Words
    #: uint64[M, W], people on day 0; int64[M, n + 1], as `indptr`; int32[edges], friends of one market after the other
    markets: Words
    starts: Ints
    friends: Small
    #: int64[M], where a market's friends begin; int64[R], which market
    first: Ints
    market: Ints
    #: int64[R, most], who applies before day 0, filled up with -1
    founders: Ints
    #: uint8[R, n], the arm of everybody; uint8[R, 0] where there is none
    arms: Flags
    #: the records that are kept: int64[R, days, fields], int64[R, days, AGES, 2]
    days: Ints
    cohorts: Ints


@compiled
def renew(b: Batch, run: int) -> None:
    """Make the world of a run: its plan, its market, a blank board, founding members."""
    people, market = b.world.people, b.market[run]
    for k in range(b.plan.shape[0]):
        b.plan[k] = b.plans[run, k]
    for k in range(b.state.shape[0]):
        b.state[k] = b.blank[k]
    for k in range(b.people_words.shape[0]):
        b.people_words[k] = b.markets[market, k]
    for k in range(people.indptr.shape[0]):
        people.indptr[k] = b.starts[market, k]
    first = b.first[market]
    for k in range(people.indptr[people.indptr.shape[0] - 1]):
        people.neighbours[k] = b.friends[first + k]
    for k in range(b.arms.shape[1]):
        people.rows[k].arm = b.arms[run, k]
    for k in range(b.founders.shape[1]):
        i = b.founders[run, k]
        if i >= 0:
            people.rows[i].status, people.rows[i].origin = APPLIED, b.world.records.joined.shape[1] - 1
            people.flags[i] = AWAKE | ASKS


@compiled
def keep(b: Batch, run: int) -> None:
    """Keep the records of a run that has lived its days."""
    records = b.world.records
    for day in range(records.days_flat.shape[0]):
        for k in range(records.days_flat.shape[1]):
            b.days[run, day, k] = records.days_flat[day, k]
        for k in range(records.cohorts.shape[1]):
            for alive in range(2):
                b.cohorts[run, day, k, alive] = records.cohorts[day, k, alive]


@compiled(entry=True)
def sweep_batch(b: Batch) -> None:
    """All days of all runs, one run after the other, on the calling thread."""
    w = b.world
    for run in range(b.plans.shape[0]):
        renew(b, run)
        for day in range(w.records.days.shape[0]):
            morning(w, day)
            live_blocks(w, 0, w.records.tally.shape[0])
            evening(w)
        keep(b, run)
