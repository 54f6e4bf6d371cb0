"""The people: every column of a person's row once, with dtype, unit, meaning and initial value.

A row is written by its owner during the day and by the evening (:mod:`sim.engine.evening`), by nobody else.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

# Where somebody stands.
OUTSIDE, AWARE, APPLIED, MEMBER, LEFT = 0, 1, 2, 3, 4
# The tie between a person and the community.
NONE, WEAK, STRONG = 0, 1, 2
# Bits of a person's flag, the one byte that is looked at every day.
AWAKE, ASKS = 1, 2
# Bits of what the neighbours can see (and of what the record must know).
SEEN_MEMBER, SEEN_BUYER, SEEN_AWARE = 1, 2, 4
# Answers to a request.
NOTHING, GRANTED, REFUSED = 0, 1, 2
#: "Never", "nobody".
NEVER = -1


class PersonColumn(NamedTuple):
    """A column of the people array."""

    name: str
    dtype: str
    initial: float
    unit: str
    meaning: str


COLUMNS: tuple[PersonColumn, ...] = (
    PersonColumn("id", "i4", 0, "person", "row number, which is the person's name"),
    # who they are: drawn once
    PersonColumn("tribe", "i4", 0, "tribe", "main tribe"),
    PersonColumn("tribe2", "i4", 0, "tribe", "second tribe"),
    PersonColumn("focus", "f8", 0, "share", "share of interest that goes to the main tribe"),
    PersonColumn("norm", "f8", 0, "1", "one over the length of the interest vector"),
    PersonColumn("drive", "f8", 0, "log", "log of the propensity to be active, mean of the propensity 1"),
    PersonColumn("latent", "f8", 0, "s.d.", "hidden propensity behind joining and buying"),
    PersonColumn("power", "f8", 1, "multiple", "purchasing power relative to the mean"),
    PersonColumn("degree", "i4", 0, "people", "friends"),
    # where they stand
    PersonColumn("status", "u1", OUTSIDE, "code", "outside, aware, applied, member, left"),
    PersonColumn("tier", "u1", NONE, "code", "tie: none, weak, strong"),
    PersonColumn("published", "u1", 0, "bits", "what was public yesterday: member, buyer, aware"),
    PersonColumn("origin", "i2", NEVER, "code", "channel, friends or KOL through which they first noticed or joined"),
    PersonColumn("generation", "i2", 0, "steps", "invitations between the founders' outside and this person"),
    PersonColumn("inviter", "i4", NEVER, "person", "who brought them in"),
    PersonColumn("joined_day", "i4", NEVER, "day", "day of (last) joining"),
    PersonColumn("first_joined", "i4", NEVER, "day", "day of first joining"),
    PersonColumn("left_day", "i4", NEVER, "day", "day of last leaving"),
    PersonColumn("seen_day", "i4", NEVER, "day", "day of the last visit"),
    # what they feel
    PersonColumn("tie", "f8", 0, "strength", "strength of the tie to the community, 0 to 1"),
    PersonColumn("bond_members", "f8", 0, "strength", "tie to other members, 0 to 1"),
    PersonColumn("expectation", "f8", 0, "experience", "what they expect of a day, 0 to 1"),
    PersonColumn("satisfaction", "f8", 0.5, "satisfaction", "0 to 1, .5 is the middle"),
    PersonColumn("experience", "f8", 0, "experience", "experience of the last visit, 0 to 1"),
    PersonColumn("habit", "f8", 0, "posts", "posts lately seen (habituation)"),
    PersonColumn("event_habit", "f8", 0, "events", "events lately attended (habituation)"),
    PersonColumn("fatigue", "f8", 0, "fatigue", "selling fatigue"),
    PersonColumn("lift", "f8", 0, "logit", "welcome and answers still felt: added to the chance of a visit"),
    PersonColumn("overloaded", "f8", 0, "units", "overload on the last visit"),
    # what they did
    PersonColumn("posts", "i4", 0, "messages", "messages written so far"),
    PersonColumn("attended", "i4", 0, "events", "events attended so far"),
    PersonColumn("purchases", "i4", 0, "purchases", "purchases so far"),
    PersonColumn("spent", "i8", 0, "cents", "money spent so far"),
    PersonColumn("earned", "i8", 0, "cents", "rewards and commissions received so far"),
    PersonColumn("referrals", "i4", 0, "people", "people brought in so far"),
    PersonColumn("partner", "u1", 0, "switch", "has earned a commission"),
    PersonColumn("last_product", "i2", NEVER, "product", "product bought last"),
    PersonColumn("slept_day", "i4", NEVER, "day", "day since which nothing happened to this person's ties"),
    PersonColumn("bought_day", "i4", NEVER, "day", "day of the last purchase"),
    # asked today, answered tomorrow
    PersonColumn("noticed", "i2", NEVER, "code", "origin through which they noticed the community today"),
    PersonColumn("questions", "i2", 0, "messages", "messages of today that ask for an answer"),
    PersonColumn("wants_seat", "i2", 0, "activity + 1", "activity asked for today"),
    PersonColumn("invites", "i2", 0, "invitations", "invitations to send today"),
    PersonColumn("warns", "i2", 0, "warnings", "warnings to pass on today"),
    PersonColumn("sale", "i2", 0, "product + 1", "product bought today"),
    PersonColumn("answer", "u1", NOTHING, "code", "yesterday's question: nothing, answered, unanswered"),
    PersonColumn("welcomed", "u1", NOTHING, "code", "welcome of a newcomer: nothing, done, not done"),
    PersonColumn("seat", "i2", 0, "activity + 1", "place granted for today"),
    PersonColumn("inbox", "i2", 0, "invitations", "invitations that arrived"),
    PersonColumn("inbox_from", "i4", NEVER, "person", "the friend whose invitation is considered"),
    PersonColumn(
        "inbox_rank", "f8", 0, "draw", "priority of that invitation, so that the order of arrival does not matter"
    ),
    PersonColumn("heard_warnings", "i2", 0, "warnings", "warnings that arrived"),
    # friends, as of yesterday
    PersonColumn("friends_in", "i4", 0, "people", "friends who are members"),
    PersonColumn("friends_buying", "i4", 0, "people", "friends who ever bought"),
)

#: One person: a row of the structured array ``people``.
PERSON = np.dtype([(column.name, column.dtype) for column in COLUMNS], align=True)


def blank(n: int) -> np.ndarray[tuple[int], np.dtype[np.void]]:
    """``n`` rows with initial values (dtype :data:`PERSON`)."""
    row = np.zeros(1, PERSON)
    for column in COLUMNS:
        row[column.name] = column.initial
    people = np.repeat(row, n)
    people["id"] = np.arange(n, dtype=np.int32)
    return people
