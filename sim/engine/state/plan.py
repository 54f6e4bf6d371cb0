"""What a plan says: its compiled parameters, by phase in the playbook and by arm on today's board.

All that a plan says at one time is one record of fixed layout (:func:`row_dtype`). The playbook holds one for each phase;
when the phase changes, the morning copies it, word by word, into the row of an arm on the board, which is what a day
reads; what entries by condition or chance change is laid over it. An arm is a treatment that part of the people get:
what all share, with some numbers of its own patched in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.engine.compiled import compiled
from sim.engine.records import Grid, Record, Rows, f8, i4, i8, u1
from sim.engine.state.arrays import Floats, Small, Words, array
from sim.engine.state.entries import Entry, Running, Term
from sim.engine.state.people import Person

if TYPE_CHECKING:  # how the schema declares a parameter is also its type
    from sim.scenario.modules import Business, Carrier, Entrance, Mechanism, Structure
    from sim.scenario.sections.activities import ActivityPlan
    from sim.scenario.sections.buying import ProductPlan
    from sim.scenario.sections.channels import Channel
    from sim.scenario.sections.culture import Culture
    from sim.scenario.sections.market import Market
    from sim.scenario.sections.switches import Switches
    from sim.scenario.sections.voices import KolPlan

#: The arm of those who are in none, whose values also hold for what no person has: voices, channels, groups, operators.
SHARED = 0


class Derived(Record):
    """What this morning made of an arm's parameters: a mechanism writes what others may read of it."""

    visible = f8(
        0, "share/day", "chance of noticing the community when all friends are members, 0 without word of mouth"
    )
    friends = u1(0, "switch", "whether friends' doings count")
    warning = f8(0, "multiple", "weight of a friend's warning against an invitation")
    come_back = f8(0, "probability/day", "chance that somebody who left thinks again")
    satisfaction_kept = f8(0, "share", "share of satisfaction that a day without a visit leaves")
    loss_aversion = f8(1, "multiple", "how much more a shortfall counts than a surplus")
    following = u1(0, "switch", "whether people outside can follow")
    drive = f8(0, "logit", "effect of the propensity to be active")
    tie_pull = f8(0, "logit", "effect of the tie on coming")
    pull = f8(0, "logit", "pull of full satisfaction")
    zeal = f8(1, "multiple", "effort in inviting under the referral reward")
    writing = f8(1, "multiple", "effort in writing under the points")
    praise = f8(1, "multiple", "what praise makes of the messages")
    point_pay = f8(0, "currency", "points' worth for a message")
    doubt = f8(0, "logit", "doubt raised by a paid invitation")
    invitee_reward = f8(0, "currency", "reward of who joins by invitation")
    platform = u1(0, "switch", "whether the platform works for its members")
    visit_lift = f8(0, "logit", "what the platform adds to the chance of a visit")
    relevance = f8(0, "share", "share of noise that the platform takes away")
    use_value = f8(0, "experience", "experience of a platform on which all friends are")
    conformity = f8(0, "logit", "what all friends on the platform add to the chance of a visit, and none takes")
    memory = f8(1, "days", "half-life of words in people's memory")
    complaints = u1(0, "switch", "whether complaints are heard")
    repute_joining = f8(0, "logit", "what reputation adds to the readiness to join")
    repute_buying = f8(0, "logit", "what reputation adds to the readiness to buy")
    tie_kept = f8(0, "share", "share of a tie that a day leaves")
    member_ties = u1(0, "switch", "whether ties among members form")
    fatigue_kept = f8(0, "share", "share of selling fatigue that a day leaves")
    search = f8(0, "probability", "chance of weighing a purchase on a visit for a need of one's own")
    discovery = f8(0, "probability", "chance of weighing one because of today's selling messages")
    lift_kept = f8(0, "share", "share of a lift that a day leaves")
    advised = f8(0, "probability", "chance of being advised before a purchase")
    advice = f8(0, "share", "share of the gap between promise and product that advice closes")
    advice_bond = f8(0, "strength", "growth of the tie to the firm with advice")
    supported = f8(0, "probability", "chance of being helped after a purchase")
    support = f8(0, "share", "share of what use lacks that help makes up for")
    staffed = u1(0, "switch", "whether operators work")


class StagePlan(Record):
    """The conditions and costs of a stage of the rocket."""

    enabled = u1(0, "switch", "whether it is part of the plan")
    day = i4(0, "day", "earliest day of ignition")
    after = i4(0, "stage + 1", "stage that must be lit before, 0 for none")
    min_members = i8(0, "people", "members the pool must hold")
    min_strong = f8(0, "share", "share of members with a strong tie")
    cost = f8(0, "currency", "one-off cost of ignition")
    day_cents = i8(0, "cents", "running cost of a day once lit")


class Team(Record):
    """The operators together."""

    hours = f8(0, "hours", "hours a day, by skill")
    span = f8(0, "people", "people whom the team's leaders can lead")
    wages = i8(0, "cents", "wages of a day")
    staff = i8(0, "people", "operators")
    clock = f8(0, "hours", "hours a day as paid, whatever the skill")


class Params:
    """The parameters of a plan, as the schema of scenarios declares them, and what the morning made of them.

    Choices are compiled by position; lists of items are not here but in the tables of :class:`Plan`.
    """

    market: Market
    entrance: Entrance
    carrier: Carrier
    culture: Culture
    structure: Structure
    mechanism: Mechanism
    business: Business
    switches: Switches
    derived: Derived


class Plan(NamedTuple):
    """What a plan says, a row an arm: views into the record of the arm."""

    params: Rows[Params] = array("params", "arms")
    voices: Grid[KolPlan] = array("voices", "arms", "voices")
    channels: Grid[Channel] = array("channels", "arms", "channels")
    activities: Grid[ActivityPlan] = array("activities", "arms", "activities")
    products: Grid[ProductPlan] = array("products", "arms", "products")
    stages: Grid[StagePlan] = array("stages", "arms", "stages")
    team: Rows[Team] = array("team", "arms")
    #: what voices and products are about: unit vectors over tribes
    topics: Floats = array("topics", "arms", "voices + products", "tribes")
    #: one over the market's mean fit with the theme
    fit_lift: Floats = array("fit_lift", "arms")


class Playbook(NamedTuple):
    """The plan over time."""

    #: phase of the plan on each day
    phases: Small = array("i4", "days")
    #: people in the market on each day
    present: Small = array("i4", "days")
    #: by how much contacts and audiences are multiplied on each day
    inflow: Floats = array("f8", "days")
    #: cents that the plan commits from each day to the end: wages, all else
    committed: Floats = array("f8", "days + 1", 2)
    #: what money of each day counts on day 0
    worth: Floats = array("f8", "days")
    #: the record of each phase
    rows: Words = array("u8", "phases", "words")
    #: the record of each arm, today
    arms: Words = array("u8", "arms", "words")
    #: what begins by date, by condition or by chance; how it stands with each; what conditions are made of
    entries: Rows[Entry] = array(Entry, "entries")
    running: Rows[Running] = array(Running, "entries")
    terms: Rows[Term] = array(Term, "terms")
    #: where the words begin that a state of a group changes in a phase
    cuts: Small = array("i4", "phases", "slots + 1")
    #: which word, what of it stays, and the rest of it
    places: Small = array("i4", "changes")
    kept: Words = array("u8", "changes")
    changed: Words = array("u8", "changes")
    #: what an arm has of its own: the arm, a word of the record, the bits that are its own, and what stands there
    own: Words = array("u8", "own", 4)


@compiled(inline=True)
def arm_of(me: Person) -> int:
    """The arm of the plan that holds for a person."""
    return me.arm


@compiled
def turn_to(playbook: Playbook, phase: int, arm: int) -> None:
    """Let an arm follow a phase of the playbook from today on."""
    for k in range(playbook.rows.shape[1]):
        playbook.arms[arm, k] = playbook.rows[phase, k]


@compiled
def lay_over(playbook: Playbook, phase: int, arm: int) -> None:
    """Lay what the entries that hold by condition or chance change over an arm that follows a phase."""
    for g in range(playbook.running.shape[0]):
        state = playbook.running[g].state
        if state > 0:
            slot = playbook.entries[g].slot + state - 1
            for k in range(playbook.cuts[phase, slot], playbook.cuts[phase, slot + 1]):
                word = playbook.places[k]
                playbook.arms[arm, word] = (playbook.arms[arm, word] & playbook.kept[k]) | playbook.changed[k]


@compiled
def set_arms(playbook: Playbook) -> None:
    """Let every arm follow what all share from today on, but for what it has of its own."""
    arms, own = playbook.arms, playbook.own
    for arm in range(1, arms.shape[0]):
        for k in range(arms.shape[1]):
            arms[arm, k] = arms[SHARED, k]
    for n in range(own.shape[0]):
        arm, word = int(own[n, 0]), int(own[n, 1])
        arms[arm, word] = (arms[arm, word] & ~own[n, 2]) | own[n, 3]


def row_dtype(
    params: np.dtype[np.void], tables: dict[str, np.dtype[np.void]], sizes: dict[str, int]
) -> np.dtype[np.void]:
    """The record of all that a plan says at one time, with the fields of :class:`Plan`.

    Parameters
    ----------
    params : of the sections that people's days read; :class:`Derived` is added.
    tables : of voices, channels, activities and products, by name.
    sizes : of each table by name, and ``tribes``.
    """
    whole = np.dtype([*((name, params[name]) for name in params.names or ()), ("derived", Derived.dtype)], align=True)
    fields: list[tuple[str, np.dtype[np.void] | str, tuple[int, ...]]] = [("params", whole, ())]
    fields += [(name, table, (sizes[name],)) for name, table in tables.items()]
    fields += [
        ("stages", StagePlan.dtype, (3,)),
        ("team", Team.dtype, ()),
        ("topics", "f8", (sizes["voices"] + sizes["products"], sizes["tribes"])),
        ("fit_lift", "f8", ()),
    ]
    return np.dtype(fields, align=True)
