"""The people: every column of a person's row once, and the arrays that lie beside the rows.

A row is written by its owner during the day and by the evening (:mod:`sim.engine.day.evening`), by nobody else.
"""

from __future__ import annotations

from typing import NamedTuple

from sim.engine.records import Record, Rows, f8, i2, i4, i8, u1
from sim.engine.state.arrays import Flags, Floats, Ints, Small, array

# Where somebody stands.
OUTSIDE, AWARE, APPLIED, MEMBER, LEFT = 0, 1, 2, 3, 4
# The tie between a person and the community.
NONE, WEAK, STRONG = 0, 1, 2
# Bits of a person's flag, the one byte that is looked at every day.
AWAKE, ASKS = 1, 2
# Bits of what the neighbours can see (and of what the record must know).
SEEN_MEMBER, SEEN_BUYER, SEEN_AWARE = 1, 2, 4
# Answers to a request; a question may also be answered by another member.
NOTHING, GRANTED, REFUSED, HELPED = 0, 1, 2, 3
#: "Never", "nobody".
NEVER = -1


class Person(Record):
    """One person: a row of ``people.rows``."""

    id = i4(0, "person", "row number, which is the person's name")
    # who they are: drawn once
    tribe = i4(0, "tribe", "main tribe")
    tribe2 = i4(0, "tribe", "second tribe")
    focus = f8(0, "share", "share of interest that goes to the main tribe")
    norm = f8(0, "1", "one over the length of the interest vector")
    drive = f8(0, "log", "log of the propensity to be active, mean of the propensity 1")
    latent = f8(0, "s.d.", "hidden propensity behind joining and buying")
    power = f8(1, "multiple", "purchasing power relative to the mean")
    degree = i4(0, "people", "friends")
    life = i2(0, "lives", "how often another person has taken this place in the market")
    arm = u1(0, "arm", "arm of the plan that holds for this place in the market, 0 for the plan that all share")
    # where they stand
    status = u1(OUTSIDE, "code", "outside, aware, applied, member, left")
    tier = u1(NONE, "code", "tie: none, weak, strong")
    published = u1(0, "bits", "what was public yesterday: member, buyer, aware")
    origin = i2(NEVER, "code", "channel, friends or KOL through which they first noticed or joined")
    generation = i2(0, "steps", "invitations between the founders' outside and this person")
    inviter = i4(NEVER, "person", "who brought them in")
    joined_day = i4(NEVER, "day", "day of (last) joining")
    first_joined = i4(NEVER, "day", "day of first joining")
    left_day = i4(NEVER, "day", "day of last leaving")
    seen_day = i4(NEVER, "day", "day of the last visit")
    # what they feel
    tie = f8(0, "strength", "strength of the tie to the community, 0 to 1")
    bond_members = f8(0, "strength", "tie to other members, 0 to 1")
    promised = f8(0, "experience", "what they were promised on joining, 0 to 1")
    expectation = f8(0, "experience", "what they think a day will be, 0 to 1")
    satisfaction = f8(0.5, "satisfaction", "0 to 1, .5 is indifference; says nothing before the first visit")
    experience = f8(0, "experience", "experience of the last visit, 0 to 1")
    habit = f8(0, "posts", "posts lately seen (habituation)")
    event_habit = f8(0, "events", "events lately attended (habituation)")
    fatigue = f8(0, "fatigue", "selling fatigue")
    lift = f8(0, "logit", "welcome and answers still felt: added to the chance of a visit")
    overloaded = f8(0, "units", "overload on the last visit")
    grievance = f8(0, "experience", "shortfall of what they own that they might complain of today, 0 to 1")
    # where they are
    group = i4(NEVER, "group", "group they belong to")
    muted = u1(0, "switch", "has muted the group's chat")
    follows = u1(0, "switch", "follows the public posts without being a member")
    # what they did
    visits = i4(0, "days", "days on which they came so far")
    posts = i4(0, "messages", "messages written so far")
    attended = i4(0, "events", "events attended so far")
    purchases = i4(0, "purchases", "purchases so far")
    spent = i8(0, "cents", "money spent so far")
    earned = i8(0, "cents", "rewards and commissions received so far")
    referrals = i4(0, "people", "people brought in so far")
    partner = u1(0, "switch", "has earned a commission")
    slept_day = i4(NEVER, "day", "day since which nothing happened to this person's ties")
    # asked today, answered tomorrow
    noticed = i2(NEVER, "code", "origin through which they noticed the community today")
    wrote = i2(0, "messages", "messages written today")
    questions = i2(0, "messages", "messages of today that ask for an answer")
    wants_seat = i2(0, "activity + 1", "activity asked for today")
    invites = i2(0, "invitations", "invitations to send today")
    warns = i2(0, "warnings", "warnings to pass on today")
    sale = i2(0, "product + 1", "product bought today")
    answer = u1(NOTHING, "code", "yesterday's question: nothing, answered, unanswered, answered by a member")
    welcomed = u1(NOTHING, "code", "welcome of a newcomer: nothing, done, not done")
    seat = i2(0, "activity + 1", "place granted at its coming event")
    inbox_arm = u1(0, "arm", "arm of the friend whose invitation is considered")
    inbox = i2(0, "invitations", "invitations that arrived")
    inbox_from = i4(NEVER, "person", "the friend whose invitation is considered")
    inbox_rank = f8(0, "draw", "priority of that invitation, so that the order of arrival does not matter")
    heard_warnings = f8(0, "warnings", "friends' warnings still remembered")
    warned_day = i4(NEVER, "day", "day on which the last of them was heard")
    # friends, as of yesterday
    friends_in = i4(0, "people", "friends who are members")
    friends_buying = i4(0, "people", "friends who ever bought")
    friends_linked = i4(0, "pairs", "pairs of friends who are members and know each other, where the plan asks for them")


class People(NamedTuple):
    """Everybody in the market, and whom they know."""

    rows: Rows[Person] = array(Person, "people")
    #: the same memory as numbers
    words: Ints = array("i8", "people", Person.dtype.itemsize // 8)
    #: ties to the firm (0) and to each KOL, 0 to 1
    bonds: Floats = array("f8", "people", "voices")
    #: AWAKE | ASKS
    flags: Flags = array("u1", "people")
    #: where the friends of each person begin and end among the neighbours
    indptr: Ints = array("i8", "people + 1")
    neighbours: Small = array("i4", "edges")
