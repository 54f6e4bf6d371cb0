"""Groups: each with its members and its chat; a full one lets the next be opened, a lower cap splits it."""

from __future__ import annotations

from sim.engine.compiled import compiled
from sim.engine.state.events import GROUP_OPENED, GROUP_SPLIT
from sim.engine.state.measures import Day
from sim.engine.state.people import MEMBER, NEVER, Person
from sim.engine.state.plan import Params
from sim.engine.state.world import World, note

#: Places where no limit is stated.
UNLIMITED = 2_000_000_000
#: Days over which members take the measure of a chat. Design choice.
IMPRESSION = 7.0


@compiled
def arrange_groups(w: World, p: Params, record: Day) -> None:
    """Split groups that have become too large, count the places, and say what the groups cost."""
    today, rule = w.board.today[0], p.carrier.groups
    if rule.cap < today.group_cap:
        split(w, p)
    if rule.cap != today.group_cap:
        today.first_open = 0
        today.group_cap = rule.cap
    today.places = min(UNLIMITED, rule.limit * rule.cap) if rule.limit > 0 else UNLIMITED
    today.group_dues = today.groups * rule.cost_month
    said = 0.0
    for g in range(today.groups):
        said += w.board.groups[g].said
    record.groups = today.groups
    record.messages_per_group = said / today.groups


@compiled
def split(w: World, p: Params) -> None:
    """Move those who are too many, in order of person, to groups with room: their ties among members suffer."""
    today, groups, cap, moved = w.board.today[0], w.board.groups, p.carrier.groups.cap, 0
    today.first_open = 0
    for i in range(w.people.rows.shape[0]):
        me = w.people.rows[i]
        if me.group >= 0 and groups[me.group].members > cap:
            groups[me.group].members -= 1
            me.group, me.muted = NEVER, 0
            enter(w, me, cap)
            me.bond_members *= 1.0 - p.carrier.groups.split_loss
            moved += 1
    if moved > 0:
        note(w.records, today.day, GROUP_SPLIT, 0, moved)


@compiled
def enter(w: World, me: Person, cap: int) -> None:
    """Enter the first group with room; where there is none, another is opened."""
    today, groups = w.board.today[0], w.board.groups
    while today.first_open < today.groups and groups[today.first_open].members >= cap:
        today.first_open += 1
    if today.first_open == today.groups:
        today.groups += 1
        note(w.records, today.day, GROUP_OPENED, 0, today.groups)
    me.group = today.first_open
    groups[me.group].members += 1


@compiled
def vacate(w: World, me: Person) -> None:
    """Whoever is no member any more gives up their place."""
    if me.group >= 0:
        w.board.groups[me.group].members -= 1
        w.board.today[0].first_open = min(w.board.today[0].first_open, me.group)
        me.group = NEVER


@compiled
def seat(w: World, p: Params, record: Day, newcomers: int) -> None:  # noqa: ARG001 - as all evenings
    """Newcomers enter the group of whoever invited them, if it has room, else the first that has."""
    groups, cap = w.board.groups, p.carrier.groups.cap
    for k in range(newcomers):
        me = w.people.rows[w.scratch.picked[k]]
        friend = w.people.rows[me.inviter].group if me.inviter != NEVER else NEVER
        if friend >= 0 and groups[friend].members < cap:
            me.group = friend
            groups[friend].members += 1
        else:
            enter(w, me, cap)


@compiled
def listen_in(w: World, p: Params, record: Day, asking: int) -> None:  # noqa: ARG001 - as all evenings
    """Count what was said in each group today, and take out who has left."""
    today, groups = w.board.today[0], w.board.groups
    for g in range(today.groups):
        groups[g].said, groups[g].posters, groups[g].buyers, groups[g].mood = 0.0, 0, 0, 0.0
    for k in range(asking):
        me = w.people.rows[w.scratch.line[k]]
        if me.wrote > 0:
            record.posters += 1
            if me.group >= 0:
                groups[me.group].said += me.wrote * today.weight
                groups[me.group].posters += today.weight
                groups[me.group].mood += me.satisfaction * me.wrote * today.weight
        if me.sale > 0 and me.group >= 0:
            groups[me.group].buyers += today.weight
        if me.status != MEMBER:
            vacate(w, me)
    for g in range(today.groups):
        groups[g].mood = groups[g].mood / groups[g].said if groups[g].said > 0.0 else 0.5
        groups[g].volume += (groups[g].said - groups[g].volume) / IMPRESSION
