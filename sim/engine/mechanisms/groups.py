"""Groups: as many as the members need, what they cost, and how many messages each of them sees."""

from __future__ import annotations

from sim.engine.compiled import compiled
from sim.engine.state.events import GROUP_SPLIT
from sim.engine.state.measures import Day
from sim.engine.state.plan import Params
from sim.engine.state.world import World, note

#: Places where no limit is stated.
UNLIMITED = 2_000_000_000


@compiled
def arrange_groups(w: World, p: Params, record: Day) -> None:
    """Groups, what they cost, and what was said in them yesterday."""
    today, groups = w.board.today[0], p.carrier.groups
    wanted = max(1, (today.members + groups.cap - 1) // groups.cap)
    if wanted > today.groups and today.day > 0:
        note(w.records, today.day, GROUP_SPLIT, 0, wanted)
    today.groups = wanted
    today.places = min(UNLIMITED, groups.limit * groups.cap) if groups.limit > 0 else UNLIMITED
    month = wanted * groups.cost_month
    month += today.platform_dues
    record.cost_platform += int(month * 1200.0 / 365.0 + 0.5)
    today.messages = today.member_posts * today.weight / wanted
    record.groups = wanted
    record.messages_per_group = today.messages
