"""What is public on a day: the notice board that every person's day reads and nobody's day writes.

The morning writes the board, people read it, the evening writes what tomorrow's morning needs.
"""

from __future__ import annotations

from typing import NamedTuple

from sim.engine.records import Record, Rows, f8, i4, i8, u1, u8
from sim.engine.state.arrays import Floats, Small, array
from sim.engine.state.people import NEVER
from sim.engine.state.plan import Plan

#: What the rest of a budget's total is spent on.
NOWHERE, CHANNEL, VOICE, ACTIVITY = range(4)
#: Whether an event takes place, is cancelled, or people wait for it.
WAITING, TAKES_PLACE, CANCELLED = 0, 1, 2
STAGES = ("free_content", "platform", "paid_products")
PLATFORM = 1


class Today(Record):
    """What is the same for everybody today."""

    key = u8("key", "key of today's draws")
    run_key = u8("key", "key of the replicate")
    day = i4(0, "day", "number of the day")
    phase = i4(0, "phase", "phase of the plan that holds")
    people = i4(0, "people", "people in the market")
    weight = i4(1, "people", "people for whom one of them stands")
    members = i4(0, "people", "members, yesterday evening")
    members_strong = i4(0, "people", "members with a strong tie, yesterday evening")
    groups = i4(1, "groups", "groups that have been opened")
    group_cap = i8(0, "people", "most members of a group, as of yesterday")
    first_open = i4(0, "group", "no group before this one has room")
    places = i4(0, "people", "members that all groups may hold")
    free_content = u1(0, "switch", "whether stage 1 is lit")
    platform = u1(0, "switch", "whether stage 2 is lit")
    paid_products = u1(0, "switch", "whether stage 3 is lit")
    faults = i4(0, "products", "products in which a fault showed today")
    staged = f8(0, "buyers", "staged buyers that members see today")
    waiting = i4(0, "people", "applicants for whom there was no place yesterday")
    prepared = f8(0, "hours", "operators' hours put into preparing activities and not yet used")
    promos = f8(0, "messages", "selling messages to each member today")
    promos_due = f8(0, "messages", "selling messages planned and not yet sent")
    off_topic = f8(0, "share", "share of members' messages off topic")
    covered = f8(0, "share", "share of them that moderators looked after")
    advised = f8(0, "share", "share of those who weigh a purchase for whom operators have time")
    supported = f8(0, "share", "share of buyers for whom they have time")
    moderation = f8(0, "share", "share of off-topic messages that full moderation removes")
    good_words = f8(0, "words per 1,000 people", "good words about the community that are remembered")
    bad_words = f8(0, "words per 1,000 people", "complaints heard of it that are remembered")
    outside_posts = f8(0, "posts", "public posts of late: they fade")
    outside_good = f8(0, "posts", "these, weighted by quality")
    outside_quality = f8(0, "share", "quality of what can be seen from outside")
    links = u1(0, "switch", "whether friends who know each other are counted")
    stir = f8(0, "probability", "highest chance that anybody untouched has to be looked at today")
    group_dues = f8(0, "currency/month", "what the groups cost")
    spent = i8(0, "cents", "spent so far, goods apart")
    cap = i8(NEVER, "cents", "what may be spent, NEVER for no cap")
    capped = u1(0, "switch", "whether nothing is bought that would exceed it")
    reached = u1(0, "switch", "the budget has been used up")
    standing = i8(0, "cents", "paid today of what is due every day: what runs, groups, wages")
    member_dues = i8(0, "cents", "paid today for groups and the platform's members")
    dues_aside = i8(0, "cents", "set aside for what is due every day and not yet paid today")
    promised = i8(0, "cents", "what all who have a place at a later activity cost if they come")
    places_aside = i8(0, "cents", "set aside for those who have a place at an activity of tomorrow")
    rest_kind = u1(NOWHERE, "code", "what the rest of the total is spent on: nothing, a channel, a voice, an activity")
    rest_item = i4(0, "number", "which one")
    rest = f8(0, "cents", "what of the rest may be spent there today, with what was not spent yesterday")
    unforeseen = f8(0, "cents", "spent a day on what is not known beforehand: a running mean")
    rewards_ended = u1(0, "switch", "no more rewards, points and commissions")
    let_go = u1(0, "switch", "the operators have left for want of wages")
    shut = u1(0, "switch", "the groups are shut for want of money")
    hours = f8(0, "hours", "operators' hours that count today")


class Voice(Record):
    """A voice today: what the firm (voice 0) or a KOL posts."""

    energy = f8(1, "share", "energy, 0 to 1")
    due = f8(0, "posts", "fractions of posts planned and not yet made")
    posts = f8(0, "posts", "posts today")
    quality = f8(0, "share", "quality of today's posts")
    warmth = f8(0, "share", "warmth of the voice")
    attitude = f8(0, "share", "attitude of the voice")
    authenticity = f8(0, "share", "authenticity of the voice")
    reach = f8(0, "probability", "chance that somebody with full interest notices the day's public posts")
    ended = u1(0, "switch", "a post could not be paid")


class OpenChannel(Record):
    """A channel today."""

    contacts = f8(0, "contacts", "contacts per head of the market")
    bought = f8(0, "share", "share of these contacts that is paid for")
    attention = f8(0, "share", "share of contacts that are noticed")
    targeting = f8(0, "share", "share of contacts that go by interest")
    trust = f8(0, "logit", "trust in who is met through it")
    ended = u1(0, "switch", "what it should cost could not be paid in full")
    sells = f8(0, "probability", "chance that whoever notices it weighs a purchase at once")


class Group(Record):
    """A group: its members, and what was said in it."""

    members = i4(0, "people", "members, as of yesterday evening")
    said = f8(0, "messages", "messages of yesterday")
    posters = i4(0, "people", "members who wrote yesterday")
    buyers = i4(0, "people", "members who bought yesterday")
    volume = f8(0, "messages/day", "messages a day as members know it: a running mean")
    liveliness = f8(0, "share", "liveliness for those whom the theme fits, 0 to 1")
    mood = f8(0.5, "satisfaction", "satisfaction of those who wrote, message by message; .5 where nobody did")


class Activity(Record):
    """An activity: ``open`` places may be asked for today, at ``held`` events of tomorrow or, where it is 0, a later one."""

    due = f8(0, "events", "fractions of events planned and not yet held")
    open = i4(0, "places", "places that may be asked for")
    held = i4(0, "events", "events of tomorrow")
    given = i4(0, "places", "places given so far at the coming event")
    tomorrow = u1(WAITING, "code", "what the evening decided: nothing, the event takes place, it is cancelled")
    today = u1(WAITING, "code", "what was decided yesterday evening")
    company = f8(0, "people", "people with a place at one event of today")
    quality = f8(0, "share", "quality")
    bonding = f8(0, "strength", "growth of ties among those who come")
    head_cents = i8(0, "cents", "cost of each person who comes to the event of today")
    ended = u1(0, "switch", "it takes place no more for want of money")
    extra = f8(0, "events", "events a day that the rest of the total adds")


class OnSale(Record):
    """A product today."""

    fault = f8(0, "share", "share of its quality that is lost to a fault")
    broke = f8(0, "share", "share that was lost since yesterday")


class Shelf(NamedTuple):
    """What is on sale, and who bought it when."""

    items: Rows[OnSale] = array(OnSale, "products")
    #: day on which each person last bought each product, or NEVER: everybody writes in their own row only
    bought: Small = array("i4", "people", "products", fill=NEVER)


class Board(NamedTuple):
    """The notice board: what a person's day reads."""

    #: what the plan says today, a row an arm
    plan: Plan
    shelf: Shelf
    today: Rows[Today] = array(Today, 1)
    voices: Rows[Voice] = array(Voice, "voices")
    channels: Rows[OpenChannel] = array(OpenChannel, "channels")
    activities: Rows[Activity] = array(Activity, "activities")
    groups: Rows[Group] = array(Group, "groups")
    #: posts of each voice before the day
    feed: Floats = array("f8", "days + 1", "voices")
    #: day of ignition of each stage, or NEVER
    ignited: Small = array("i4", len(STAGES), fill=NEVER)
    #: day on which it could not be lit for want of money, and on which it went out
    unpaid: Small = array("i4", len(STAGES), fill=NEVER)
    out: Small = array("i4", len(STAGES), fill=NEVER)
