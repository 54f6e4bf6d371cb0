"""What happened, as the events table tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.compiled import compiled
from sim.engine.records import Record, i4, i8

if TYPE_CHECKING:
    from sim.engine.state.world import Records

IGNITION, GROUP_SPLIT, ACTIVITY_HELD, ACTIVITY_CANCELLED, BUDGET_REACHED, DOOR_CLOSED, PLAN_CHANGED = range(7)
EVENT_KINDS = (
    "ignition",
    "group_split",
    "activity",
    "activity_cancelled",
    "budget_reached",
    "places_full",
    "plan_changed",
)


class Event(Record):
    """Something that happened."""

    day = i4(0, "day", "when")
    kind = i4(0, "code", "what, see EVENT_KINDS")
    which = i4(0, "number", "which stage, activity or phase")
    amount = i8(0, "number", "how many people, groups or cents")


@compiled(inline=True)
def note(records: Records, day: int, kind: int, which: int, amount: int) -> None:
    """Write down an event (there is room for every one that a day can bring: see :func:`sim.model.world.sizes`)."""
    event = records.events[records.event_count[0]]
    event.day, event.kind, event.which, event.amount = day, kind, which, amount
    records.event_count[0] += 1
