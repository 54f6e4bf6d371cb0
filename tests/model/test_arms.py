"""Arms: an arm of all is the plan, for whatever it sets; who is in which; and what is counted of each."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.engine.draws import root_key
from sim.engine.state.measures import Counts
from sim.errors import InputErrors
from sim.market.network import from_pairs
from sim.model.arms import assigned, circles, lot
from sim.model.community import CommunityModel
from sim.model.parity import first_difference, parts
from sim.model.world import build, draw_market
from sim.scenario import Scenario, with_changes
from sim.scenario.catalogue import Parameter, parameters
from tests.scenarios import everything, trial

#: Columns that say who is treated: all else must be the same.
LABELS = ["arm", "inbox_arm"]
EVERYTHING = everything()


def lived(scenario: Scenario, **how: Any) -> CommunityModel:
    model = CommunityModel(scenario, **how)
    model.run_model()
    return model


def unlabelled(model: CommunityModel) -> dict[str, Any]:
    """All that is compared of a run, without who is treated."""
    found = parts(model.world)
    del found["arm_days"]
    found["people"] = found["people"].copy()
    for name in LABELS:
        found["people"][name] = 0
    return found


def arm(name: str = "all", who: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    return {"name": name, "who": who or {"random": 1.0}, "set": changes}


def with_arms(scenario: Scenario, *arms: dict[str, Any]) -> Scenario:
    return with_changes(scenario, {"arms": list(arms)})


PERSONAL = [p for p in parameters() if p.scope == "person" and p.numeric]


def another(p: Parameter) -> Any:
    """A value that differs from that of the case with everything on."""
    key = p.key.replace("[]", ".course")
    now: Any = EVERYTHING
    for step in key.split("."):
        now = next(item for item in now if item.name == step) if isinstance(now, list) else getattr(now, step)
    if p.type == "bool":
        return not now
    low, high = p.low or 0.0, p.high if p.high is not None else 1e9
    if p.type == "int":
        return int(now) + 2 if now + 2 <= high else int(now) - 2
    wanted = now * 1.5 if now > 0 else 0.5
    if p.key in {"mechanism.ties.weak_enter", "mechanism.ties.strong_enter"}:
        wanted = now * 1.1
    if p.key in {"mechanism.ties.weak_exit", "mechanism.ties.strong_exit"}:
        wanted = now * 0.9
    return wanted if low <= wanted <= high else 0.5 * (low + now)


@pytest.fixture(scope="module")
def untreated() -> dict[str, Any]:
    return unlabelled(lived(EVERYTHING))


@pytest.mark.parametrize("parameter", PERSONAL, ids=lambda p: p.key)
def test_an_arm_of_all_is_the_plan(parameter: Parameter) -> None:
    key = parameter.key.replace("[]", ".course")
    value = another(parameter)
    plain = EVERYTHING
    # what the playbook changes, an arm overrules: there the plan sets it throughout
    playbook = [
        {"day": change.day, "set": {k: v for k, v in change.set.items() if k != key}} for change in plain.playbook
    ]
    plain = with_changes(plain, {"playbook": playbook})
    treated, shared = lived(with_arms(plain, arm(**{key: value}))), lived(with_changes(plain, {key: value}))
    assert first_difference(unlabelled(treated), unlabelled(shared)) == ""


def test_there_are_enough_of_them_and_most_matter(untreated: dict[str, Any]) -> None:
    assert len(PERSONAL) > 100
    felt = [p for p in PERSONAL[::10] if first_difference(
        unlabelled(lived(with_arms(EVERYTHING, arm(**{p.key.replace("[]", ".course"): another(p)})))), untreated
    )]  # fmt: skip
    assert len(felt) > 0.6 * len(PERSONAL[::10])


def test_an_arm_of_all_that_sets_everything_is_the_plan() -> None:
    changes = {p.key.replace("[]", ".course"): another(p) for p in PERSONAL if p.type != "bool"}
    plain = with_changes(EVERYTHING, {"playbook": []})
    treated, shared = lived(with_arms(plain, arm(**changes))), lived(with_changes(plain, changes))
    assert first_difference(unlabelled(treated), unlabelled(shared)) == ""
    assert shared.series["joined"].sum() > 0


def test_an_arm_of_nobody_and_one_that_sets_nothing_change_nothing(untreated: dict[str, Any]) -> None:
    nobody = with_arms(EVERYTHING, arm(who={"random": 0.0}, **{"mechanism.attention.visit": 0.9}))
    placebo = with_arms(EVERYTHING, arm(who={"random": 0.5}))
    for scenario in (nobody, placebo):
        assert first_difference(unlabelled(lived(scenario)), untreated) == ""


def test_an_arm_stands_over_what_the_playbook_changes() -> None:
    key = "mechanism.incentives.inviter_reward"  # 30 from day 25 on
    treated = lived(with_arms(EVERYTHING, arm(**{key: 8.0})))
    kept = [{"day": 25, "set": {"structure.kols.luo.posts_per_week": 3}}, *EVERYTHING.model_dump()["playbook"][1:]]
    shared = lived(with_changes(EVERYTHING, {"playbook": kept, key: 8.0}))
    assert first_difference(unlabelled(treated), unlabelled(shared)) == ""


TRIAL = trial()


def test_both_drivers_agree_on_arms() -> None:
    assert first_difference(lived(TRIAL).world, lived(TRIAL, driver="walk").world) == ""


def test_the_counts_of_arms_add_up_to_those_of_all() -> None:
    world = lived(TRIAL).world
    days, arms = world.records.days, world.records.arm_days
    for column in Counts.columns():
        assert np.array_equal(arms[column.name].sum(axis=1), days[column.name]), column.name
    for name in ("joined", "returned"):
        assert np.array_equal(arms[name].sum(axis=1), days[name])
    members = world.people.rows["status"] == 3
    assert np.array_equal(np.bincount(world.people.rows["arm"][members], minlength=4), arms["members"][-1])
    assert (arms["member_posts"][:, 3] == 0).all()
    assert arms["member_posts"][:, 0].sum() > 0


def test_the_price_is_ones_own() -> None:
    arms = lived(with_arms(EVERYTHING, arm(who={"random": 0.5}, **{
        "business.products.course.price": 1.0, "business.products.class.price": 1.0, "entrance.screening.fee": 0.0,
    }))).world.records.arm_days  # fmt: skip
    assert np.array_equal(arms["revenue"][:, 1], 100 * arms["purchases"][:, 1])
    assert arms["purchases"][:, 1].sum() > 0
    assert arms["revenue"][:, 0].sum() > 1000 * arms["purchases"][:, 0].sum()


# who is in which


def people_of(scenario: Scenario) -> Any:
    return build(scenario).people.rows


def test_chance_takes_exactly_the_share_and_never_looks_at_the_plan() -> None:
    one = people_of(with_arms(EVERYTHING, arm(who={"random": 0.4})))
    other = people_of(with_arms(with_changes(EVERYTHING, {"entrance.seeds.number": 3}), arm(who={"random": 0.4})))
    assert np.array_equal(one["arm"], other["arm"])
    assert one["arm"].sum() == round(0.4 * len(one))
    more = people_of(with_arms(EVERYTHING, arm(who={"random": 0.6})))
    assert (more["arm"] >= one["arm"]).all()
    two = people_of(with_arms(EVERYTHING, arm("a", {"random": 0.4}), arm("b", {"random": 0.2})))
    assert np.array_equal(two["arm"] == 1, one["arm"] == 1)
    assert np.array_equal(two["arm"] > 0, more["arm"] > 0)


def test_another_replicate_is_another_draw() -> None:
    scenario = with_arms(EVERYTHING, arm(who={"random": 0.5}))
    assert not np.array_equal(build(scenario).people.rows["arm"], build(scenario, 1).people.rows["arm"])


@pytest.mark.parametrize("trait", ["tribe", "drive", "latent", "power", "degree"])
def test_chance_is_unrelated_to_who_somebody_is(trait: str) -> None:
    large = with_changes(EVERYTHING, {"market.people": 4000, "market.growth": 0.0})
    rows = people_of(with_arms(large, arm(who={"random": 0.5})))
    assert abs(np.corrcoef(rows["arm"], rows[trait])[0, 1]) < 3.5 / np.sqrt(len(rows))


@pytest.mark.parametrize("by", ["circle", "tribe"])
def test_clusters_are_treated_as_a_whole(by: str) -> None:
    scenario = with_arms(EVERYTHING, arm(who={"random": 0.5, "by": by}))
    drawn, key = draw_market(scenario, 0), root_key(scenario.run.seed, 0)
    arms = assigned(scenario.arms, drawn.people, drawn.network, key)
    unit = circles(drawn.network, key) if by == "circle" else drawn.people["tribe"]
    for name in np.unique(unit):
        assert len(set(arms[unit == name])) == 1
    assert 0 < arms.sum() < len(arms)


def test_circles_are_neighbours_and_shared_by_more_friends_than_chance() -> None:
    drawn, key = draw_market(EVERYTHING, 0), root_key(1, 0)
    circle = circles(drawn.network, key)
    own = np.repeat(np.arange(drawn.network.n), drawn.network.degree)
    assert 1 < len(np.unique(circle)) < drawn.network.n / 2
    shared = (circle[own] == circle[drawn.network.indices]).mean()
    assert shared > 2 * (circle == circle[np.random.default_rng(0).permutation(len(circle))]).mean()
    for person in range(drawn.network.n):
        near = {person, *drawn.network.indices[drawn.network.indptr[person] : drawn.network.indptr[person + 1]]}
        assert circle[person] in near


def test_without_friends_everybody_is_a_circle_and_among_friends_all_are_one() -> None:
    nobody = from_pairs(4, np.array([], int), np.array([], int))
    assert list(circles(nobody, root_key(1, 0))) == [0, 1, 2, 3]
    pairs = np.array([(a, b) for a in range(4) for b in range(a)])
    assert len(set(circles(from_pairs(4, pairs[:, 0], pairs[:, 1]), root_key(1, 0)))) == 1


def test_lots_are_evenly_spaced_by_unit() -> None:
    lots = lot(np.array([7, 7, 3, 9]), 53, root_key(1, 0))  # type: ignore[arg-type]
    assert lots[0] == lots[1]
    assert sorted(set(lots)) == [1 / 6, 1 / 2, 5 / 6]


def test_conditions_lists_and_the_first() -> None:
    rows = people_of(with_arms(EVERYTHING, arm(who={"condition": "tribe == 2 and power >= 1.0"})))
    assert np.array_equal(rows["arm"] == 1, (rows["tribe"] == 2) & (rows["power"] >= 1.0))
    rows = people_of(with_arms(EVERYTHING, arm("a", {"people": [3, 140]}), arm("b", {"first": 5})))
    assert list(np.flatnonzero(rows["arm"] == 1)) == [3, 140]
    assert list(np.flatnonzero(rows["arm"] == 2)) == [0, 1, 2, 4]


def test_a_place_keeps_its_arm_when_another_person_takes_it() -> None:
    scenario = with_arms(with_changes(EVERYTHING, {"market.turnover": 0.9}), arm(who={"random": 0.5}))
    before, after = build(scenario).people.rows["arm"], lived(scenario).world.people.rows
    assert (after["life"] > 0).any()
    assert np.array_equal(before, after["arm"])


@pytest.mark.parametrize("key", ["mechanism.content.posts_per_week", "carrier.groups.cap", "culture", "budget.cap",
                                 "business.rocket.platform.day", "nonsense"])  # fmt: skip
def test_what_is_about_the_plan_is_refused(key: str) -> None:
    with pytest.raises(InputErrors, match=key):
        build(with_arms(EVERYTHING, arm(**{key: 1})))
