"""Scenarios for tests: the shipped ones made small, one with everything on, and a hypothesis strategy for any other."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import Any

from hypothesis import reject
from hypothesis import strategies as st
from pydantic import ValidationError

from sim.errors import InputError
from sim.scenario import Scenario, load, played, with_changes
from sim.scenario.catalogue import Parameter, parameters
from sim.scenario.changes import treated
from sim.scenario.conditions import FIGURES, SIGNS
from sim.scenario.rest import outlets
from sim.scenario.sections.activities import ActivityPlan
from sim.scenario.sections.buying import ProductPlan
from sim.scenario.sections.channels import Channel
from sim.scenario.sections.service import OperatorPlan
from sim.scenario.sections.voices import KolPlan

SHIPPED = sorted((Path(__file__).parents[1] / "scenarios").glob("*.yaml"))
#: The shipped ones that tests look at for two months.
LONG = ("base", "dedao", "hard_selling", "paid_product_first")
#: Nothing happens: nobody is reached, nobody founds, nobody tells.
SILENCE = {
    "switches.channels": False,
    "switches.kols": False,
    "switches.content": False,
    "switches.word_of_mouth": False,
    "entrance.seeds.number": 0,
}


def small(scenario: Scenario, people: int = 150, days: int = 60) -> Scenario:
    """The same plan in a market of a few people; its dates and thresholds come so early that everything happens."""
    rocket = {
        f"business.rocket.{stage}.{key}": value
        for stage, day in (("platform", 10), ("paid_products", 20))
        for key, value in (("day", day), ("min_members", 0), ("min_strong", 0.0))
    }
    size = {"market.people": people, "run.days": days, "entrance.seeds.number": min(10, people)}
    dated = {f"playbook.{number}.day": 10 + 5 * number for number in range(len(scenario.playbook))}
    return with_changes(scenario, size | rocket | dated)


def everything() -> Scenario:
    """Every mechanism at work and every scarce thing scarce: hours, places, seats, the budget, attention."""
    plain = {
        "entrance.channels": [
            Channel(name="search", organic=0.02, targeting=0.5, trust=0.5, sells=0.2),
            Channel(name="ads", daily_budget=30.0, cost_per_contact=1.0, attention=0.3, targeting=1.0),
        ],
        "structure.kols": [
            KolPlan(name="luo", posts_per_week=14.0, audience=3.0, energy_cost=0.3, attitude=1.0),
            KolPlan(
                name="fan",
                topic=3,
                breadth=0.0,
                posts_per_week=3.0,
                audience=1.5,
                warmth=1.0,
                energy_cost=0.05,
                cost_quality=5.0,
                warmth_hours=0.3,
            ),
        ],
        "structure.operators": [
            OperatorPlan(name="mei", hours_day=0.5),
            OperatorPlan(name="bo", hours_day=0.4, skill=1.5, wage_hour=30.0),
            OperatorPlan(name="an", hours_day=0.3, rank="manager"),
        ],
        "mechanism.activities": [
            ActivityPlan(name="salon", per_month=10.0, capacity=3, hours=0.9, cost_quality=50.0),
            ActivityPlan(name="talk", per_month=6.0, notice_days=2, capacity=20, hours=0.1, quality=0.9),
        ],
        "business.products": [
            ProductPlan(name="course", price=99.0, quality=0.3, repurchase_days=5),
            ProductPlan(name="class", price=19.5, quality=0.9, promise=0.7, repurchase_days=2, needs_topic=2),
        ],
        "playbook": [
            {"day": 25, "set": {"structure.kols.luo.posts_per_week": 3, "mechanism.incentives.inviter_reward": 30}},
            {"day": 40, "set": {"switches.crowding": False, "culture.breadth": 0.8, "carrier.groups.cap": 12}},
            {"day": 45, "set": {"business.products.class.fault": 0.6}},
        ],
    }
    changes = {
        "run.days": 60,
        "market.people": 150,
        "market.tribes": 5,
        "market.turnover": 0.6,
        "market.growth": 0.5,
        "market.network.mean_degree": 8,
        "entrance.seeds.number": 8,
        "entrance.screening.threshold": 0.3,
        "entrance.screening.fee": 5.0,
        "entrance.consideration.base": 0.3,
        "entrance.consideration.reconsider": 0.02,
        "entrance.consideration.linked": -0.8,
        "entrance.consideration.signals": 2,
        "entrance.consideration.hesitation": 0.1,
        "carrier.groups.cap": 20,
        "carrier.groups.limit": 3,
        "carrier.groups.cost_month": 10,
        "mechanism.attention.visit": 0.4,
        "mechanism.attention.capacity": 4,
        "mechanism.attention.knee": 5,
        "mechanism.participation.posts": 0.6,
        "mechanism.word_of_mouth.visible": 0.02,
        "mechanism.word_of_mouth.at_joining": 1.5,
        "mechanism.word_of_mouth.good": 0.2,
        "mechanism.word_of_mouth.bad": 0.1,
        "mechanism.attention.muting": 0.3,
        "mechanism.following.chance": 0.5,
        "mechanism.following.joins": 0.1,
        "mechanism.expectation.fading": 20.0,
        "mechanism.incentives.inviter_reward": 8,
        "mechanism.incentives.invitee_reward": 3,
        "mechanism.incentives.commission": 0.15,
        "mechanism.incentives.points_per_post": 7,
        "mechanism.incentives.praise": 0.4,
        "mechanism.attending.intimate": 2,
        "mechanism.leaving.hazard": 0.01,
        "mechanism.leaving.come_back": 0.02,
        "business.rocket.platform": {"day": 5, "min_members": 10, "cost": 500},
        "business.rocket.paid_products": {"day": 8, "cost": 200},
        "business.selling.promos_per_week": 10,
        "business.selling.push": 0.5,
        "business.selling.staged": 1.5,
        "business.buying.base": -1.0,
        "business.buying.similarity": 0.3,
        "business.buying.sharing": 0.2,
        "business.buying.crowd": 0.3,
        "business.buying.price_cue": 0.1,
        "business.buying.friends_use": 0.3,
        "carrier.platform.conformity": 0.5,
        "mechanism.reputation.complaining": 0.6,
        "mechanism.reputation.online": 0.4,
        "mechanism.reputation.joining": 0.7,
        "mechanism.reputation.buying": 0.7,
        "mechanism.content.cost_quality": 20.0,
        "budget.cap": 40000.0,
        "budget.discount": 0.1,
    }
    return with_changes(Scenario.model_validate(_nested(plain) | {"name": "everything"}), changes)


def surprised() -> Scenario:
    """The same with changes of plan by condition and at random, for some days and for good, which meet in all ways."""
    entries = [
        {"name": "crisis", "rate": 12, "for": 9, "set": {"business.products.course.fault": 0.8}},
        {"when": "active_share < 0.9 and day >= 3", "days": 2, "for": 5, "again": True,
         "set": {"structure.operators.mei.hours_day": 0, "culture.theme": 1, "carrier.groups.cap": 9}},
        {"rate": 20, "shock": "storm", "for": 4, "set": {"structure.operators.1.skill": 0.1, "culture.breadth": 0.1}},
        {"rate": 9, "shock": "storm", "set": {"switches.energy": False, "business.rocket.platform.cost_month": 7}},
        {"day": 12, "for": 20, "set": {"structure.operators.mei.hours_day": 3, "mechanism.content.quality": 0.2}},
        {"when": "cost > 1", "days": 4, "set": {"entrance.consideration.linked": 0.3, "structure.kols.fan.topic": 0}},
    ]  # fmt: skip
    dated = everything().model_dump()["playbook"]
    return with_changes(everything(), {"name": "surprised", "playbook": [*dated, *entries]})


def trial() -> Scenario:
    """Everything at work, and people treated in three ways: drawn by person, by tribe, and by who they are."""
    arms: list[dict[str, Any]] = [
        {"name": "keen", "who": {"random": 0.3}},
        {"name": "free", "who": {"random": 0.2, "by": "tribe"}},
        {"name": "mute", "who": {"condition": "friends >= 9"}},
    ]
    arms[0]["set"] = {"mechanism.attention.visit": 0.8, "business.products.course.price": 10.0}
    arms[1]["set"] = {"entrance.screening.fee": 0.0, "mechanism.ties.half_life": 300.0}
    arms[2]["set"] = {"switches.participation": False, "entrance.consideration.linked": 0.5}
    return with_changes(everything(), {"name": "trial", "arms": arms})


def broke() -> Scenario:
    """The same with money for some three weeks: all that costs ends, and a stage cannot be lit."""
    short = {
        "budget.cap": 15_000.0,
        "business.rocket.paid_products.day": 50,
        "mechanism.incentives.points_per_post": 50.0,
    }
    return with_changes(everything(), short)


def cases() -> dict[str, Scenario]:
    """The scenarios on which the drivers are compared, by name: the cases, of which there are many, for a month."""
    found = {path.stem: load(path).scenario for path in SHIPPED}
    months = {name: small(plan, people=40, days=30) for name, plan in found.items() if name not in LONG}
    own = {"everything": everything(), "surprised": surprised(), "trial": trial(), "broke": broke()}
    return {name: small(found[name]) for name in LONG} | months | own


def _nested(dotted: dict[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for key, value in dotted.items():
        *above, last = key.split(".")
        inside = plain
        for step in above:
            inside = inside.setdefault(step, {})
        inside[last] = value
    return plain


#: What hypothesis does not vary as it does the others: size and length (small), and what must fit the number of tribes.
APART = ("run.", "playbook", "arms", "budget", "market.people", "market.tribes", "entrance.seeds", "culture.theme")
VARIED = [p for p in parameters() if p.numeric and not p.key.startswith(APART) and not p.key.endswith("topic")]
#: What a playbook may change (not where groups are promised to hold everybody: see tests/property).
PLAYED = [p for p in VARIED if not p.key.startswith(("market.", "carrier.groups", "business.rocket"))]
#: What an arm may set.
PERSONAL = [p for p in VARIED if p.scope == "person"]
WHO = st.one_of(
    st.fixed_dictionaries({"random": st.floats(0, 0.5), "by": st.sampled_from(["person", "circle", "tribe"])}),
    st.sampled_from([{"random": 1.0}, {"condition": "tribe >= 1 and friends < 8"}, {"first": 7}, {"people": [0]}]),
)
TABLES: dict[str, type[Any]] = {
    "entrance.channels": Channel,
    "structure.kols": KolPlan,
    "structure.operators": OperatorPlan,
    "mechanism.activities": ActivityPlan,
    "business.products": ProductPlan,
}
KINDS = ("homophilous", "small_world", "heavy_tailed", "random", "complete", "none")
#: So that something happens within a few days.
BUSY = {
    "entrance.consideration.base": 0.5,
    "mechanism.attention.visit": 0.5,
    "business.buying.base": 0.0,
    "business.rocket.platform": {"day": 3, "min_members": 1},
    "business.rocket.paid_products.day": 4,
}


def values(p: Parameter) -> st.SearchStrategy[Any]:
    """Values of one parameter: its bounds, near its default, and anywhere between."""
    if p.type == "bool":
        return st.booleans()
    low, high = p.low or 0.0, p.high if p.high is not None else 1e9
    near = (max(low, 0.5 * p.default), min(high, 2.0 * p.default)) if p.default > 0 else (low, high)
    if p.type == "int":
        bounds = int(low), int(high)
        return st.sampled_from(bounds) | st.integers(int(near[0]), int(near[1])) | st.integers(*bounds)
    return st.sampled_from([float(low), float(high)]) | st.floats(*near) | st.floats(low, high)


@st.composite
def scenarios(draw: st.DrawFn, people: int = 60, days: int = 25) -> Scenario:
    """Any scenario for a tiny market: every kind of network, every switch, a playbook, twenty parameters anywhere.

    Half of them start from the case with everything on, since most of what chance puts together is soon deserted.
    """
    plain = everything().model_dump() if draw(st.booleans()) else draw(_bare())
    n = draw(st.integers(1, people))
    plain["run"] |= {"days": draw(st.integers(1, days)), "seed": draw(st.integers(0, 2**53))}
    plain["market"] |= {"people": n, "network": {"kind": draw(st.sampled_from(KINDS))}}
    plain["entrance"]["seeds"]["number"] = draw(st.integers(0, n))
    plain["budget"] = draw(_budgets(plain))
    plain["playbook"] = draw(st.lists(_entry(plain, days), max_size=4))
    plain["arms"] = [
        {"name": f"arm {k}", "who": draw(WHO), "set": draw(_varied(plain, PERSONAL, 4))}
        for k in range(draw(st.sampled_from([0, 0, 0, 1, 2])))
    ]
    changes = draw(_varied(plain, VARIED, 20))
    try:
        scenario = with_changes(Scenario.model_validate(plain), _ordered(changes))
        laid_out = played(scenario)
        for each in (*(phase for _, phase in laid_out.phases), *chain.from_iterable(laid_out.states)):
            treated(each)
    except (InputError, ValidationError):  # what contradicts itself is refused; see tests/unit/test_schema.py
        reject()
    return scenario


THRESHOLDS = (0.0, 0.2, 0.5, 2.0, 10.0, -50.0)
CONDITIONS = st.builds(
    "{} {} {!r}".format, st.sampled_from(tuple(FIGURES)), st.sampled_from(SIGNS), st.sampled_from(THRESHOLDS)
)


@st.composite
def _entry(draw: st.DrawFn, plain: dict[str, Any], days: int) -> dict[str, Any]:
    """Any entry of a playbook: by date, condition or chance, for some days or for good."""
    lasts = draw(st.none() | st.integers(1, days))
    begins = draw(
        st.fixed_dictionaries({"day": st.integers(0, days)})
        | st.fixed_dictionaries({"rate": st.floats(0, 60), "shock": st.sampled_from([None, "storm"])})
        | st.fixed_dictionaries({
            "when": st.lists(CONDITIONS, min_size=1, max_size=2).map(" and ".join), "days": st.integers(1, 3),
            "again": st.booleans() if lasts else st.just(value=False),
        })
    )  # fmt: skip
    return begins | {"for": lasts, "set": draw(_varied(plain, PLAYED, 4))}


@st.composite
def _budgets(draw: st.DrawFn, plain: dict[str, Any]) -> dict[str, Any]:
    """No limit, a cap, or a total with where its rest goes."""
    budget: dict[str, Any] = {"discount": draw(st.sampled_from((0.0, 0.1, 10.0)))}
    limit = draw(st.none() | st.floats(0, 1e5))
    keys = [key for key, to in outlets(Scenario.model_validate(plain)).items() if to.kind == "channel" or to.price > 0]
    if limit is not None and draw(st.booleans()):
        return budget | {"total": limit, "rest_to": draw(st.sampled_from(keys))}
    return budget | {"cap": limit, "when_reached": draw(st.sampled_from(("stop_spending", "go_on")))}


@st.composite
def _bare(draw: st.DrawFn) -> dict[str, Any]:
    """The defaults with other tribes, and up to two of everything there may be several of."""
    tribes = draw(st.integers(1, 8))
    tribe = st.integers(0, tribes - 1)
    plain = with_changes(Scenario(), BUSY).model_dump()
    plain["market"]["tribes"], plain["culture"]["theme"] = tribes, draw(tribe)
    for key, kind in TABLES.items():
        above, table = key.split(".")
        topic = {"topic": draw(tribe)} if kind is KolPlan else {}
        plain[above][table] = [kind(name=f"item {k}", **topic).model_dump() for k in range(draw(st.integers(0, 2)))]
    return plain


@st.composite
def _varied(draw: st.DrawFn, plain: dict[str, Any], among: list[Parameter], most: int) -> dict[str, Any]:
    """Up to ``most`` parameters with their values; one of a table's items is set in each of them."""
    changes: dict[str, Any] = {}
    for p in draw(st.lists(st.sampled_from(among), max_size=most, unique_by=lambda p: p.key)):
        table, _, field = p.key.partition("[].")
        above, _, name = table.partition(".")
        names = [f"{table}.{item['name']}.{field}" for item in plain[above][name]] if field else [p.key]
        changes |= {name: draw(values(p)) for name in names}
    return changes


def _ordered(changes: dict[str, Any]) -> dict[str, Any]:
    """The thresholds of ties in their order, and shares of hours that add up to at most 1: else few cases are valid."""
    ties, policy = Scenario().mechanism.ties, Scenario().structure.policy
    names = ("weak_exit", "weak_enter", "strong_exit", "strong_enter")
    marks = sorted(changes.get(f"mechanism.ties.{name}", getattr(ties, name)) for name in names)
    shares = ("onboarding", "replying", "activities", "moderating", "advising", "supporting")
    hours = {name: changes.get(f"structure.policy.{name}", getattr(policy, name)) for name in shares}
    total = max(1.0, sum(hours.values()))
    ordered = {f"mechanism.ties.{name}": mark for name, mark in zip(names, marks, strict=True)}
    paid = {key: 0.0 for key in changes if key.endswith("wage_hour")}  # by the month: one wage a head
    return changes | ordered | paid | {f"structure.policy.{name}": value / total for name, value in hours.items()}
