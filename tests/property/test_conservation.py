"""Whatever the plan: people, money, places and hours add up, and nothing leaves its range."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sim.engine.state.events import ACTIVITY_HELD
from sim.engine.state.people import APPLIED, LEFT, MEMBER, NEVER, OUTSIDE, STRONG, WEAK, Person
from sim.engine.state.world import ACTIVITIES
from sim.model.community import CommunityModel
from sim.model.measures import columns
from sim.model.tables import events
from sim.scenario import Scenario, played, with_changes
from sim.scenario.rest import outlets
from tests.scenarios import SILENCE, everything, scenarios

COSTS = [column.name for column in columns() if column.name.startswith("cost_")]
MANY = settings(max_examples=100)


def lived(scenario: Scenario) -> CommunityModel:
    model = CommunityModel(scenario)
    model.run_model()
    return model


#: Nobody is replaced or moves away, so that everybody's past is still in their row.
LASTING = {"market.turnover": 0.0, "market.growth": 0.0}


def before(levels: Any) -> Any:
    """Yesterday's level of each day."""
    return np.concatenate(([0], levels[:-1]))


@MANY
@given(scenarios())
def test_people_are_conserved(scenario: Scenario) -> None:
    model = lived(scenario)
    series, days = model.series, model.world.records.days
    assert (series["none"] + series["weak"] + series["strong"] == days["people"]).all()
    assert (np.diff(series["aware"], prepend=0) >= 0).all()
    assert np.array_equal(days["members"], before(days["members"]) + days["joined"] + days["returned"] - days["left"])
    weak = days["none_to_weak"] - days["weak_to_none"] - days["weak_to_strong"] + days["strong_to_weak"]
    strong = days["weak_to_strong"] - days["strong_to_weak"]
    assert np.array_equal(days["weak"], before(days["weak"]) + weak)
    assert np.array_equal(days["strong"], before(days["strong"]) + strong)
    assert np.array_equal(model.world.records.joined.sum(axis=1), days["joined"])
    assert model.world.records.generations.sum() == days["joined"].sum()


@MANY
@given(scenarios())
def test_the_last_day_of_the_record_is_a_count_of_the_people(scenario: Scenario) -> None:
    model = lived(with_changes(scenario, LASTING))
    people, last = model.world.people.rows, model.series.iloc[-1]
    assert last["weak"] == (people["tier"] == WEAK).sum()
    assert last["strong"] == (people["tier"] == STRONG).sum()
    assert last["members"] == (people["status"] == MEMBER).sum()
    assert last["aware"] == (people["status"] != OUTSIDE).sum()
    assert last["buyers"] == (people["purchases"] > 0).sum()
    assert last["contributors"] == (people["posts"] > 0).sum()
    assert last["partners"] == people["partner"].sum()
    assert model.series["joined"].sum() == (people["first_joined"] != NEVER).sum()
    assert model.series["purchases"].sum() == people["purchases"].sum()
    paths = model.series[["bought_search", "bought_discovery", "bought_sharing"]].sum(axis=1)
    assert np.array_equal(paths, model.series["purchases"])
    assert np.array_equal((model.world.board.shelf.bought != NEVER).any(axis=1), people["purchases"] > 0)
    assert model.series["member_posts"].sum() == people["posts"].sum()
    assert model.series["attendance"].sum() == people["attended"].sum()
    assert model.series["referral_joins"].sum() == people["referrals"].sum()


@MANY
@given(scenarios())
def test_money_balances_to_the_cent(scenario: Scenario) -> None:
    model = lived(with_changes(scenario, LASTING))
    people, series, days = model.world.people.rows, model.series, model.world.records.days
    spent = sum(days[cost].sum() for cost in COSTS)
    goods = days["cost_goods"].sum()
    assert model.world.board.today["spent"][0] == spent - goods
    assert people["spent"].sum() == days["revenue"].sum()
    assert people["earned"].sum() == days["cost_incentives"].sum() - days["cost_points"].sum()
    assert (days["cost_attendance"] <= days["cost_activities"]).all()
    assert model.world.records.channel_cents.sum() == days["cost_acquisition"].sum()
    assert [round(profit * 100.0) for profit in series["profit"]] == list(
        days["revenue"] - sum(days[cost] for cost in COSTS)
    )


@MANY
@given(scenarios())
def test_nothing_leaves_its_range(scenario: Scenario) -> None:
    model = lived(scenario)
    world, people = model.world, model.world.people.rows
    for column in Person.columns():
        if column.code == "f8":
            assert np.isfinite(people[column.name]).all(), column.name
        elif column.unit in {"messages", "events", "purchases", "people", "invitations", "warnings", "cents"}:
            assert (people[column.name] >= 0).all(), column.name
    for name in ("tie", "bond_members", "satisfaction", "focus"):
        assert ((people[name] >= 0.0) & (people[name] <= 1.0)).all(), name
    for name in ("experience", "expectation"):
        assert ((people[name] >= 0.0) & (people[name] <= 1.0 + 1e-12)).all(), name
    assert ((world.people.bonds >= 0.0) & (world.people.bonds <= 1.0)).all()
    assert ((people["grievance"] >= 0.0) & (people["grievance"] <= 1.0)).all()
    assert ((world.records.energy >= 0.0) & (world.records.energy <= 1.0)).all()
    assert ((world.board.today["covered"] >= 0.0) & (world.board.today["covered"] <= 1.0)).all()
    assert ((world.board.today["off_topic"] >= 0.0) & (world.board.today["off_topic"] <= 1.0)).all()
    series = model.series
    for column in columns():
        values = series[column.name]
        assert np.isfinite(values.dropna()).all(), column.name
        if column.unit in {"share", "strength", "satisfaction"}:
            assert values.dropna().between(0.0, 1.0).all(), column.name
        if column.kind in {"level", "flow"}:
            assert (values.dropna() >= 0).all(), column.name
        if column.kind == "flow" or (column.unit in {"people", "currency"} and column.kind != "ratio"):
            assert not values.isna().any(), column.name


@MANY
@given(scenarios())
def test_what_is_scarce_is_never_given_twice(scenario: Scenario) -> None:
    model = lived(scenario)
    world = model.world
    phases, _, states = played(scenario)
    plans = [[phase, *over] for (_, phase), over in zip(phases, states, strict=True)]
    wanted, done = world.records.work[:, :, 0], world.records.work[:, :, 1]
    assert (done <= wanted * (1 + 1e-12) + 1e-12).all()
    hours = np.array(
        [max(sum(o.hours_day * o.skill for o in plan.structure.operators) for plan in each) for each in plans]
    )
    assert (done.sum(axis=1) <= hours[world.playbook.phases] * (1 + 1e-9) + 1e-9).all()
    groups = scenario.carrier.groups
    if groups.limit > 0:
        assert (world.records.days["members"] <= max(groups.limit * groups.cap, 0)).all()
    for event in world.records.events[: world.records.event_count[0]]:
        if event["kind"] == ACTIVITY_HELD:
            offered = [plan.mechanism.activities[event["which"]] for each in plans for plan in each]
            assert event["amount"] <= max(plan.capacity * int(plan.per_month * 12 / 365 + 1) for plan in offered)
    assert (world.records.days["attendance"][1:] <= world.records.days["visitors"][1:]).all()
    assert (world.records.days["visitors"] <= before(world.records.days["members"])).all()
    assert (wanted[:, ACTIVITIES] >= 0).all()


@MANY
@given(scenarios())
def test_friends_are_counted_right_and_ties_are_mutual(scenario: Scenario) -> None:
    world = lived(scenario).world
    people = world.people.rows
    own = np.repeat(np.arange(len(people)), np.diff(world.people.indptr))
    pairs = set(zip(own.tolist(), world.people.neighbours.tolist(), strict=True))
    assert all((other, one) in pairs for one, other in pairs)
    assert all(one != other for one, other in pairs)

    def recount(of: Any) -> Any:
        return np.bincount(own, weights=of[world.people.neighbours], minlength=len(people)).astype(int)

    assert np.array_equal(people["friends_in"], recount(people["status"] == MEMBER))
    assert np.array_equal(people["friends_buying"], recount(people["purchases"] > 0))
    assert np.array_equal(people["degree"], np.diff(world.people.indptr))


@MANY
@given(scenarios())
def test_everybody_has_a_life_that_could_be(scenario: Scenario) -> None:
    people, day = (model := lived(scenario)).world.people.rows, int(model.time) - 1
    joined = people["first_joined"] != NEVER
    assert np.array_equal(joined, np.isin(people["status"], (MEMBER, LEFT)) | joined & (people["status"] == APPLIED))
    assert (people["joined_day"] >= people["first_joined"])[joined].all()
    assert ((people["seen_day"] >= people["joined_day"]) & (people["seen_day"] <= day))[joined].all()
    for name in ("posts", "attended", "referrals"):
        assert (people[name][~joined] == 0).all(), name
    untouched = ~joined & (people["visits"] == 0)  # others have read as followers
    untouched &= people["purchases"] == 0  # or ordered from advertising that sells
    for name in ("spent", "tier"):
        assert (people[name][untouched] == 0).all(), name
    assert (people["follows"][people["status"] == MEMBER] == 0).all()
    groups, member = model.world.board.groups, people["status"] == MEMBER
    assert np.array_equal(people["group"] >= 0, member)
    assert np.array_equal(np.bincount(people["group"][member], minlength=len(groups)), groups["members"])
    invited = people["inviter"] != NEVER
    assert (people["inviter"][invited] != people["id"][invited]).all()
    assert (people["first_joined"][people["inviter"][invited]] != NEVER).all()


@MANY
@given(scenarios())
def test_with_every_way_in_closed_nobody_joins(scenario: Scenario) -> None:
    days = lived(with_changes(scenario, SILENCE)).world.records.days
    for name in ("joined", "new_aware", "members", "weak", "strong", "invitations", "warnings", "revenue", "visitors"):
        assert not days[name].any(), name


def test_several_activities_on_a_day_cost_and_hold_as_many() -> None:
    """35 a month are one or two a day: places, cost and hours are those of each."""
    often = {"per_month": 35.0, "capacity": 3, "cost": 10.0, "cost_per_head": 0.0, "hours": 2.0}
    plan = {"structure.operators.mei.hours_day": 24.0, "run.days": 120}
    model = lived(with_changes(Scenario(), {f"mechanism.activities.salon.{k}": v for k, v in often.items()} | plan))
    days, events = model.world.records.days, model.world.records.events[: model.world.records.event_count[0]]
    assert set(days["activities"]) <= {0, 1, 2}
    assert abs(days["activities"].sum() - 35 * 12 / 365 * 120) <= 1
    assert np.array_equal(days["cost_activities"], days["activities"] * 10_00)
    held = events[events["kind"] == ACTIVITY_HELD]
    assert (held["amount"] <= 3 * days["activities"][held["day"]]).all()
    assert (held["amount"] > 3).any()


def spending(model: CommunityModel) -> Any:
    """Cents spent each day, goods apart."""
    days = model.world.records.days
    return sum(days[cost] for cost in COSTS if cost != "cost_goods")


NO_TOTAL = {"when_reached": "stop_spending", "total": None, "rest_to": None}


@MANY
@given(scenarios(), st.floats(0, 5000), st.sampled_from((1, 3)))
def test_a_cap_holds_to_the_cent(scenario: Scenario, cap: float, agents: int) -> None:
    """Whatever the plan, on every day, and for the people for whom agents stand."""
    if scenario.market.people < 50 * agents or scenario.market.network.file is not None:
        agents = 1
    model = lived(with_changes(scenario, {"budget": {**NO_TOTAL, "cap": cap}, "run.users_per_agent": agents}))
    days = model.record().days
    spent = np.cumsum(sum(days[cost] for cost in COSTS if cost != "cost_goods"))
    assert spent[-1] <= cap * 100.0 + 1e-6
    assert (np.diff(spent, prepend=0) >= 0).all()
    for cost in COSTS:
        assert (days[cost] >= 0).all(), cost


#: A plan that stays as it is, so that there is always something to spend the rest on.
STEADY = {"playbook": [], "switches": {"channels": True, "content": True}}


@MANY
@given(scenarios(), st.floats(0, 2e4), st.booleans())
def test_a_total_is_spent_in_full(scenario: Scenario, total: float, posts: bool) -> None:
    """Never more; less by what the last day may not bring at most: its planned bills, places, rewards, and one post."""
    keys = {key for key, to in outlets(scenario).items() if (to.price >= 20.0 if posts else to.kind == "channel")}
    keys &= {"mechanism.content.posts_per_week"} if posts else keys
    assume(keys)
    budget = {"cap": None, "total": total, "rest_to": min(keys)}
    plan = with_changes(scenario, STEADY | {"budget": budget})
    model = CommunityModel(plan)
    model.run_for(plan.run.days - 1)
    eve = model.world.board.today.copy()[0]
    model.run_model()
    today, committed = model.world.board.today[0], model.world.playbook.committed
    spent = int(spending(model).sum())
    assert spent <= total * 100.0 + 1e-6
    slack = committed[-2].sum() + eve["unforeseen"] + eve["promised"] + eve["places_aside"] + today["places_aside"]
    assert spent >= total * 100.0 - slack - 100.0 * outlets(plan)[min(keys)].price - 2.0


def test_what_stops_with_the_budget() -> None:
    """Each of what costs ends, is told once, and costs nothing from then on; what is free goes on."""
    scenario = with_changes(
        everything(),
        {"budget.cap": 15_000.0, "mechanism.incentives.points_per_post": 50.0, "carrier.platform.cost_per_member": 9.0},
    )
    model = lived(scenario)
    days, told = model.world.records.days, events(model.record())
    spent = np.cumsum(spending(model))
    ends = dict(zip(told["kind"][::-1], told["day"][::-1], strict=True))  # the first of each kind
    assert 14_000_00 < spent[-1] <= 15_000_00
    assert 5 < ends["budget_reached"] < 40
    for kind, cost in (("staff_leave", "cost_operators"), ("rewards_end", "cost_incentives")):
        assert days[cost][: ends[kind]].any(), cost
        assert not days[cost][ends[kind] + 1 :].any(), cost
    last = [day for day, kind in zip(told["day"], told["kind"], strict=True) if kind in {"ads_end", "posts_end"}]
    assert not days["cost_acquisition"][max(last) + 1 :].any()
    assert not days["activities"][ends["activities_end"] + 1 :].any()
    assert days["visitors"][-1] > 0
