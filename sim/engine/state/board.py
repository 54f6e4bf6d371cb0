"""What is public on a day: the notice board that every person's day reads, and the state behind it.

The morning writes the board, people read it, the evening writes what tomorrow's morning needs. Every array's shape,
dtype and unit stand here and nowhere else. C channels, V voices (0 is the firm, then the KOLs), A activities,
Q products, T tribes, P phases of the plan, B blocks of people, O origins.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

#: The board itself: one record.
TODAY = np.dtype(
    [
        ("key", "u8"),  # key of today's draws
        ("run_key", "u8"),  # key of the replicate
        ("day", "i4"),
        ("phase", "i4"),  # which phase of the plan holds
        ("people", "i4"),  # people in the market
        ("members", "i4"),  # yesterday evening
        ("members_strong", "i4"),  # members with a strong tie, yesterday evening
        ("groups", "i4"),
        ("places", "i4"),  # members that all groups may hold
        ("free_content", "u1"),  # stages lit
        ("platform", "u1"),
        ("paid_products", "u1"),
        ("frozen", "u1"),  # spending has stopped
        ("waiting", "i4"),  # applicants for whom there was no place yesterday
        ("prepared", "f8"),  # operators' hours put into preparing activities and not yet used
        ("promos", "f8"),  # selling messages to each member today
        ("promos_due", "f8"),
        ("messages", "f8"),  # members' messages in one group yesterday
        ("member_posts", "i8"),  # members' messages yesterday
        ("off_topic", "f8"),  # share of them off topic
        ("covered", "f8"),  # share of them that moderators looked after
        ("outside_quality", "f8"),  # quality of what can be seen from outside, running mean
        ("fit_lift", "f8"),  # one over the mean fit of the market with today's theme
        ("stir", "f8"),  # highest chance that anybody untouched has to be looked at today
        ("tie_kept", "f8"),  # share of a tie that a day leaves
        ("fatigue_kept", "f8"),
        ("lift_kept", "f8"),
        ("spent", "i8"),  # cents spent so far
        ("cap", "i8"),  # cents that may be spent, NEVER for no cap
        ("reached", "u1"),  # the cap has been reached
        ("cap_stops", "u1"),  # whether reaching the cap stops spending
    ],
    align=True,
)
#: A voice today: what the firm or a KOL posts.
VOICE = np.dtype(
    [
        ("energy", "f8"),  # 0 to 1
        ("due", "f8"),  # fractions of posts planned and not yet made
        ("posts", "f8"),  # posts today
        ("quality", "f8"),  # of today's posts
        ("warmth", "f8"),
        ("attitude", "f8"),
        ("authenticity", "f8"),
        ("reach", "f8"),  # share of a fully interested market that notices the day's public posts
    ],
    align=True,
)
#: A channel today.
CHANNEL = np.dtype(
    [("contacts", "f8"), ("attention", "f8"), ("targeting", "f8"), ("trust", "f8")],  # contacts per head of the market
    align=True,
)
#: An activity: `open` places at `held` events may be asked for today, the events are tomorrow.
ACTIVITY = np.dtype(
    [("due", "f8"), ("open", "i4"), ("held", "i4"), ("quality", "f8"), ("bonding", "f8"), ("head_cents", "i8")], align=True
)
#: Something that happened: kind (see EVENT_KINDS), which one, and a number.
EVENT = np.dtype([("day", "i4"), ("kind", "i4"), ("which", "i4"), ("amount", "i8")], align=True)
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
#: Tasks of operators, in the order in which spare hours flow.
ONBOARDING, REPLYING, ACTIVITIES, MODERATING = range(4)
TASKS = ("onboarding", "replying", "activities", "moderating")
STAGES = ("free_content", "platform", "paid_products")


class Scene(NamedTuple):
    """What a person's day reads (never writes). Arrays under sweep, lists of plain objects under walk."""

    today: Any  # TODAY[1]
    params: Any  # PARAMS[P]
    voices: Any  # VOICE[V]
    channels: Any  # CHANNEL[C]
    activities: Any  # ACTIVITY[A]
    products: Any  # PRODUCT[P, Q]
    topics: Any  # float64[P, V + Q, T], unit vectors
    feed: Any  # float64[days + 1, V], posts of each voice before the day


class World(NamedTuple):
    """The whole state of one run: arrays only, so that compiled code, threads and files can take it as it is."""

    people: Any  # PERSON[n]
    bonds: Any  # float64[n, V], ties to the firm (0) and to each KOL
    flags: Any  # uint8[n], AWAKE | ASKS
    indptr: Any  # int64[n + 1]
    neighbours: Any  # int32[edges]
    scene: Scene
    phases: Any  # int32[days], phase of the plan
    fit_lifts: Any  # float64[P], one over the market's mean fit with the theme
    voice_plan: Any  # structured[P, V]
    channel_plan: Any  # structured[P, C]
    activity_plan: Any  # structured[P, A]
    team: Any  # TEAM[P]
    ignited: Any  # int32[3], day of ignition or NEVER
    tally: Any  # TALLY[B]
    tally_flat: Any  # int64[B, fields], the same memory
    ages: Any  # int64[B, AGES, 2]
    days: Any  # DAY[days]
    days_flat: Any  # int64[days, fields], the same memory
    cohorts: Any  # int64[days, AGES, 2]
    noticed: Any  # int64[days, O]
    joined: Any  # int64[days, O]
    channel_cents: Any  # int64[days, C]
    energy: Any  # float64[days, V]
    voice_posts: Any  # float64[days, V]
    work: Any  # float64[days, 4, 2], hours wanted and done
    generations: Any  # int64[64], people who joined by generation
    events: Any  # EVENT[...]
    event_count: Any  # int64[1]
    line: Any  # int32[n], scratch: people who ask
    picked: Any  # int32[n], scratch: those of them who ask for one thing
    rank: Any  # float64[n], scratch: their priorities
