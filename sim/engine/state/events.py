"""What happened, as the events table tells it."""

from __future__ import annotations

from sim.engine.records import Record, i4, i8

IGNITION, GROUP_OPENED, ACTIVITY_HELD, ACTIVITY_CANCELLED, BUDGET_REACHED, DOOR_CLOSED, PLAN_CHANGED = range(7)
PRODUCT_FAULT, GROUP_SPLIT = 7, 8
#: What ends when the budget is used up.
POSTS_END, ADS_END, ACTIVITIES_END, REWARDS_END, STAFF_LEAVE, STAGE_UNPAID, STAGE_OUT, GROUPS_SHUT = range(9, 17)
EVENT_KINDS = (
    "ignition",
    "group_opened",
    "activity",
    "activity_cancelled",
    "budget_reached",
    "places_full",
    "plan_changed",
    "product_fault",
    "group_split",
    "posts_end",
    "ads_end",
    "activities_end",
    "rewards_end",
    "staff_leave",
    "stage_unpaid",
    "stage_out",
    "groups_shut",
)


class Event(Record):
    """Something that happened."""

    day = i4(0, "day", "when")
    kind = i4(0, "code", "what, see EVENT_KINDS")
    which = i4(0, "number", "which stage, voice, channel, activity, entry of the playbook or product")
    amount = i8(0, "number", "how many people, groups or cents; of an entry 1 where it began, 0 where it ended")
