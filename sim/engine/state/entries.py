"""The entries of a playbook as the engine knows them: when each begins and ends, and what it lays over the plan."""

from __future__ import annotations

from sim.engine.records import Record, f8, i4, i8, u1
from sim.engine.state.people import NEVER

#: What an entry begins by. One that sets nothing never begins.
BY_NOTHING, BY_DATE, BY_CONDITION, BY_CHANCE = range(4)
#: How a figure is compared.
BELOW, AT_MOST, ABOVE, AT_LEAST = range(4)


class Entry(Record):
    """An entry of the playbook."""

    cause = u1(BY_NOTHING, "code", "what it begins by: nothing, a date, a condition, chance")
    day = i4(0, "day", "its date")
    first_term = i4(0, "term", "the first comparison of its condition")
    last_term = i4(0, "term", "the first one after them")
    held = i4(1, "days", "days on end on which the condition must have held")
    again = u1(0, "switch", "whether it may begin again")
    chance = f8(0, "probability/day", "chance that it happens on a day")
    luck = i8(0, "number", "number of its luck, the same for entries of one shock")
    lasts = i4(0, "days", "days after which it ends, 0 for never")
    group = i4(0, "entry", "the first entry of those with which it hangs together")
    bit = i4(0, "bit", "its bit in the state of the group; 0 where the phases have it")
    slot = i4(0, "slot", "where the states of its group begin, if it is the first of one")


class Term(Record):
    """A comparison of a figure with a number; the figure is a sum of its parts times a scale, over another column."""

    column = i4(NEVER, "column", "of the record of a day, NEVER for none")
    to_date = u1(0, "switch", "whether of all days so far")
    over = i4(NEVER, "column", "by which it is divided, NEVER for none")
    scale = f8(1, "multiple", "what the sum is multiplied by")
    spent = f8(0, "multiple", "by how much what has been spent is added")
    reputation = f8(0, "multiple", "by how much reputation is added")
    day = f8(0, "multiple", "by how much the number of the day is added")
    sign = u1(BELOW, "code", "below, at most, above, at least")
    value = f8(0, "figure", "what it is compared with")


class Running(Record):
    """How it stands with an entry."""

    active = u1(0, "switch", "whether it holds")
    done = u1(0, "switch", "whether it has ever begun")
    held = i4(0, "days", "days on end on which its condition has held")
    until = i4(0, "day", "the day on which it ends, if it does")
    state = i4(0, "state", "which entries of its group hold, if it is the first of one")
