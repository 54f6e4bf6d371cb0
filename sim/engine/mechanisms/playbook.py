"""The playbook: which of its entries hold today, by date, by condition or by chance."""

from __future__ import annotations

import math

from sim.engine.compiled import compiled
from sim.engine.draws import Purpose, uniform_at
from sim.engine.state.entries import AT_LEAST, AT_MOST, BELOW, BY_CHANCE, BY_CONDITION, BY_DATE, Entry, Running, Term
from sim.engine.state.events import PLAN_CHANGED
from sim.engine.state.people import NEVER
from sim.engine.state.world import World, note


@compiled
def follow_playbook(w: World, day: int) -> bool:
    """Let entries begin and end; whether any holds, or has just ended, that phases of the plan do not have."""
    book, touched = w.playbook, False
    for k in range(book.entries.shape[0]):
        entry, running = book.entries[k], book.running[k]
        held_before = running.active
        if begins(w, entry, running, day):
            running.until, running.done = day + entry.lasts, 1
            running.active = 1
        elif running.active != 0 and entry.lasts > 0 and day >= running.until:
            running.active = 0
        if running.active != held_before and (day > 0 or entry.cause != BY_DATE):
            note(w.records, day, PLAN_CHANGED, k, running.active)
        running.state = 0
        if entry.bit != 0 and running.active != 0:
            book.running[entry.group].state |= entry.bit  # the first of a group comes before the others
        touched = touched or (entry.bit != 0 and (running.active != 0 or held_before != 0))
    return touched


@compiled
def begins(w: World, entry: Entry, running: Running, day: int) -> bool:
    """Whether an entry begins today; one that happens at random may begin anew while it holds."""
    if entry.cause == BY_DATE:
        return day == entry.day
    if entry.cause == BY_CHANCE:
        return uniform_at(w.board.today[0].key, Purpose.SHOCK, entry.luck) < entry.chance
    if entry.cause == BY_CONDITION:
        running.held = running.held + 1 if running.active == 0 and holds(w, entry, day) else 0
        return running.held >= entry.held and (running.done == 0 or entry.again != 0)
    return False


@compiled
def holds(w: World, entry: Entry, day: int) -> bool:
    """Whether a condition held yesterday evening. What is undefined compares with nothing; before day 0 all is."""
    if day == 0:
        return False
    for t in range(entry.first_term, entry.last_term):
        term = w.playbook.terms[t]
        found, wanted = figure(w, term, day), term.value
        if term.sign == BELOW:
            fine = found < wanted
        elif term.sign == AT_MOST:
            fine = found <= wanted
        elif term.sign == AT_LEAST:
            fine = found >= wanted
        else:
            fine = found > wanted
        if not fine:
            return False
    return True


@compiled
def figure(w: World, term: Term, day: int) -> float:
    """A figure of yesterday evening (the day is today's); NaN where it is undefined."""
    records, today = w.records, w.board.today[0]
    total = term.spent * today.spent + term.day * day + term.reputation * records.days[day - 1].reputation
    if term.column != NEVER:
        first = 0 if term.to_date != 0 else day - 1
        for d in range(first, day):
            total += records.days_flat[d, term.column]
    total *= term.scale
    if term.over == NEVER:
        return total
    whole = records.days_flat[day - 1, term.over]
    return total / whole if whole != 0 else math.nan
