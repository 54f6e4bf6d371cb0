"""The whole state of one run, and nothing else: arrays in groups, so that compiled code, threads and files can take it."""

from __future__ import annotations

from typing import NamedTuple

from sim.engine.compiled import compiled
from sim.engine.records import Grid, Rows
from sim.engine.state.arrays import Floats, Ints, Small, array
from sim.engine.state.board import Board
from sim.engine.state.events import Event
from sim.engine.state.measures import AGES, ArmDay, Day, Tally
from sim.engine.state.people import People
from sim.engine.state.plan import Playbook

#: People in one block: about 1 MB of rows.
BLOCK = 4096
#: Tasks of operators, in the order in which spare hours flow.
ONBOARDING, REPLYING, ACTIVITIES, MODERATING, ADVISING, SUPPORTING = range(6)
TASKS = ("onboarding", "replying", "activities", "moderating", "advising", "supporting")


class Records(NamedTuple):
    """What is recorded of a run."""

    #: counts of a block of people today, by arm; and the same memory as numbers
    tally: Grid[Tally] = array(Tally, "blocks", "arms")
    tally_flat: Ints = array("i8", "blocks", "arms", len(Tally.dtype.names or ()) - 1 + 2 * len(AGES))
    #: the days' records; and the same memory as numbers
    days: Rows[Day] = array(Day, "days")
    days_flat: Ints = array("i8", "days", len(Day.dtype.names or ()))
    #: the counts of the people of each arm; and the same memory as numbers
    arm_days: Grid[ArmDay] = array(ArmDay, "days", "arms")
    arm_days_flat: Ints = array("i8", "days", "arms", len(ArmDay.dtype.names or ()))
    #: members and active members at set ages, by the day on which they reach them
    cohorts: Ints = array("i8", "days", len(AGES), 2)
    #: people who noticed the community, and who joined, by origin
    noticed: Ints = array("i8", "days", "origins")
    joined: Ints = array("i8", "days", "origins")
    #: money spent on channels, in cents
    channel_cents: Ints = array("i8", "days", "channels")
    energy: Floats = array("f8", "days", "voices")
    voice_posts: Floats = array("f8", "days", "voices")
    #: hours wanted and done by task
    work: Floats = array("f8", "days", len(TASKS), 2)
    #: people who joined by generation of invitations
    generations: Ints = array("i8", 64)
    events: Rows[Event] = array(Event, "events")
    event_count: Ints = array("i8", 1)


@compiled(inline=True)
def note(records: Records, day: int, kind: int, which: int, amount: int) -> None:
    """Write down an event (there is room for every one that a day can bring: see :func:`sim.model.world.sizes`)."""
    event = records.events[records.event_count[0]]
    event.day, event.kind, event.which, event.amount = day, kind, which, amount
    records.event_count[0] += 1


class Scratch(NamedTuple):
    """Room for the evening's lists of people."""

    #: people who ask; those of them who ask for one thing; their priorities
    line: Small = array("i4", "people")
    picked: Small = array("i4", "people")
    rank: Floats = array("f8", "people")


class World(NamedTuple):
    """The state of one run."""

    people: People
    board: Board
    playbook: Playbook
    records: Records
    scratch: Scratch
