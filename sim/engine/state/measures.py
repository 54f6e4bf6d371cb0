"""What is counted each day, as integers that people's days and the evening add up (sums in fixed point).

What is made of the counts, :mod:`sim.model.measures` says.
"""

from __future__ import annotations

from sim.engine.records import Record, counts, f8, i8

#: Sums of fractions are kept as integers in units of 2**-32, so that they do not depend on the order of adding.
FIXED = 4294967296.0
#: Days after joining within which people brought in count for K.
RECRUITING = 90
#: Days without a visit from which on a member counts as silent: a definition, like the week of who is active.
LAPSED = 30
#: Ages in days at which a cohort is looked at.
AGES = (1, 7, 14, 30, 60, 90, 120, 180, 365)


class Counts(Record):
    """Integers that people's days add up."""

    none_to_weak = i8(0, "people", "ties from none to weak")
    weak_to_strong = i8(0, "people", "ties from weak to strong")
    strong_to_weak = i8(0, "people", "ties from strong to weak")
    weak_to_none = i8(0, "people", "ties from weak to none")
    weak = i8(0, "people", "people with a weak tie")
    strong = i8(0, "people", "people with a strong tie")
    members = i8(0, "people", "members")
    members_strong = i8(0, "people", "members with a strong tie")
    active = i8(0, "people", "members who came within 7 days")
    active_30 = i8(0, "people", "members who came within 30 days")
    visitors = i8(0, "people", "members who came")
    beyond = i8(0, "people", "members who came and met more than they can take in")
    muted = i8(0, "people", "members who have muted their group")
    followers = i8(0, "people", "people outside who follow")
    readers = i8(0, "people", "followers who read")
    lapsed = i8(0, "people", "members without a visit for 30 days")
    fans = i8(0, "people", "members with at least a weak tie to a KOL")
    left = i8(0, "people", "members who left")
    left_judging = i8(0, "people", "of these, who had come at least once")
    left_satisfaction_sum = i8(0, "2**-32", "their satisfaction as they left")
    attendance = i8(0, "people", "people who attended")
    member_posts = i8(0, "messages", "messages by members")
    new_contributors = i8(0, "people", "people who wrote their first message")
    new_buyers = i8(0, "people", "people who bought for the first time")
    repeat_buyers = i8(0, "people", "people who bought for the second time")
    weighed = i8(0, "people", "people who weighed a purchase")
    purchases = i8(0, "purchases", "purchases")
    bought_search = i8(0, "purchases", "purchases for a need of one's own")
    bought_discovery = i8(0, "purchases", "purchases after a selling message")
    bought_sharing = i8(0, "purchases", "purchases after friends who own it")
    bought_outside = i8(0, "purchases", "purchases by people who are no members")
    satisfied = i8(0, "purchases", "purchases that were as good as expected")
    complaints = i8(0, "complaints", "complaints")
    complaints_heard = i8(0, "people", "people who heard a complaint")
    revenue = i8(0, "cents", "revenue")
    cost_goods = i8(0, "cents", "cost of goods")
    cost_attendance = i8(0, "cents", "cost of those who attended")
    cost_points = i8(0, "cents", "cost of points")
    tie_sum = i8(0, "2**-32", "ties of members")
    firm_sum = i8(0, "2**-32", "members' ties to the firm")
    kol_sum = i8(0, "2**-32", "members' closest ties to a KOL")
    member_sum = i8(0, "2**-32", "ties among members")
    judging = i8(0, "people", "members who came at least once")
    satisfaction_sum = i8(0, "2**-32", "their satisfaction")
    expectation_sum = i8(0, "2**-32", "expectation of members")
    strength_sum = i8(0, "2**-32", "all ties")
    member_ties_weak = i8(0, "people", "members with a weak tie to other members")
    member_ties_strong = i8(0, "people", "members with a strong tie to other members")


class ArmDay(Counts):
    """The record of a day for the people of one arm."""

    joined = i8(0, "people", "people who joined")
    returned = i8(0, "people", "people who joined again")


class Tally(Counts):
    """The counts of one block of people today."""

    ages = counts((len(AGES), 2), "people", "members, and active ones, who joined so many days ago as AGES say")


class Day(Counts):
    """The record of a day: all people's counts, and what the morning and the evening add."""

    people = i8(0, "people", "people in the market")
    joined = i8(0, "people", "people who joined")
    returned = i8(0, "people", "people who joined again")
    replaced = i8(0, "people", "people whose place in the market another one took")
    fees = i8(0, "cents", "entrance fees")
    joined_bought = i8(0, "2**-32", "people who joined through a channel, each by the share of its contacts that was bought")
    joined_friends = i8(0, "people", "people who joined by invitation or since friends are members")
    joined_posts = i8(0, "people", "people who joined through posts of the firm and KOLs")
    referral_joins = i8(0, "people", "people who joined by invitation")
    recruited = i8(0, "people", "people whom those who joined today brought in within 90 days")
    recruited_strong = i8(0, "people", "people brought in today by members with a strong tie")
    recruited_none = i8(0, "people", "people brought in today by members without a tie")
    new_aware = i8(0, "people", "people who heard of the community for the first time")
    new_partners = i8(0, "people", "members who earned their first commission")
    invitations = i8(0, "invitations", "invitations sent")
    warnings = i8(0, "warnings", "warnings passed on")
    posts = i8(0, "posts", "posts by the firm and KOLs")
    posts_dropped = i8(0, "posts", "posts that KOLs had no energy for")
    posters = i8(0, "people", "members who wrote")
    activities = i8(0, "events", "activities held")
    on_sale = i8(0, "products", "products on sale")
    promos = i8(0, "messages/member", "selling messages to each member")
    rocket_stage = i8(0, "stages", "highest stage lit")
    groups = i8(0, "groups", "groups")
    staff = i8(0, "operators", "operators")
    cost_content = i8(0, "cents", "cost of content")
    cost_activities = i8(0, "cents", "cost of activities")
    cost_incentives = i8(0, "cents", "cost of incentives")
    cost_operators = i8(0, "cents", "wages")
    cost_acquisition = i8(0, "cents", "cost of channels")
    cost_platform = i8(0, "cents", "cost of platform, groups and stages")
    rest_spent = i8(0, "cents", "spent where the rest of the total goes, beyond the plan")
    # numbers with fractions
    worth = f8(1, "share", "what money of the day counts on day 0")
    reputation = f8(0, "share", "reputation, 0 to 1")
    hours_paid = f8(0, "hours", "hours for which operators are there, whatever their skill")
    hours_wanted = f8(0, "hours", "operators' hours asked for")
    hours_done = f8(0, "hours", "operators' hours worked")
    messages_per_group = f8(0, "messages/group", "messages of yesterday in a group, on average")
