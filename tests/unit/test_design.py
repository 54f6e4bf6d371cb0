"""The design of sweeps: factors, constraints, samplers, and the plan they make."""

from __future__ import annotations

import itertools
import json
import math
import os
import pickle
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import InputError, InputErrors
from sim.experiments.design import Budget, Constraint, Design, Factor, Plan, parse_vary, plan_factor, samplers
from sim.scenario import load, with_changes
from tests.architecture.tree import ROOT
from tests.scenarios import everything

QUALITY, PEOPLE = "mechanism.content.quality", "market.people"
ONBOARDING, REPLYING = "structure.policy.onboarding", "structure.policy.replying"
BASE = everything()
UNIT = tuple(Factor(key, "number", low=0.0, high=1.0) for key in ("a", "b", "c"))
KEY = np.uint64(12345)


# Factors


@pytest.mark.parametrize(
    ("text", "kind", "levels"),
    [
        (f"{QUALITY}=0.1, 0.20,1", "number", (0.1, 0.2, 1.0)),
        (f"{PEOPLE}=1e2,200", "integer", (100, 200)),
        (f"{PEOPLE}=500", "integer", (500,)),
        ("switches.energy=true,false", "switch", (True, False)),
        ("market.network.kind=random,none", "choice", ("random", "none")),
        ("structure.kols.luo.posts_per_week=1,2", "number", (1.0, 2.0)),
        ("structure.kols.0.posts_per_week=1,2", "number", (1.0, 2.0)),
        ("budget.cap=null,50000", "number", (None, 50000.0)),
        ("playbook.0.day=10,20", "integer", (10, 20)),
        ("playbook.1.set.carrier.groups.cap=20,30", "integer", (20, 30)),
        (f"{QUALITY}=0:0.3:0.1", "number", (0.0, 0.1, 0.2, 0.3)),
        (f"{QUALITY}=0:1:0.3", "number", (0.0, 0.3, 0.6, 0.9)),
        (f"{PEOPLE}=100:400:1e2", "integer", (100, 200, 300, 400)),
    ],
)
def test_levels(text: str, kind: str, levels: tuple[object, ...]) -> None:
    factor = parse_vary(text, BASE)
    assert (factor.key, factor.kind, factor.levels) == (text.partition("=")[0], kind, levels)
    assert [type(level) for level in factor.levels] == [type(level) for level in levels]
    assert not factor.is_range


@given(st.integers(0, 10**6), st.integers(1, 60), st.integers(1, 500), st.integers(0, 9))
def test_a_grid_does_not_drift_and_ends_where_it_says(start: int, count: int, step: int, places: int) -> None:
    low, by = Decimal(start).scaleb(-places), Decimal(step).scaleb(-places)
    levels = parse_vary(f"budget.cap={low:f}:{low + count * by:f}:{by:f}", BASE).levels
    assert levels == tuple(float(low + number * by) for number in range(count + 1))


@pytest.mark.parametrize(
    ("text", "low", "high", "log"),
    [
        (f"{QUALITY}=0:1", 0.0, 1.0, False),
        (f"{QUALITY}=0.01:1:log", 0.01, 1.0, True),
        (f"{PEOPLE}=1e2:2000", 100.0, 2000.0, False),
    ],
)
def test_ranges(text: str, low: float, high: float, log: bool) -> None:
    factor = parse_vary(text, BASE)
    assert (factor.low, factor.high, factor.log, factor.is_range) == (low, high, log, True)
    assert parse_vary(f"{factor.key}={factor.spec}", BASE) == factor


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (QUALITY, "KEY=SPEC"),
        (f"{QUALITY}=", "KEY=SPEC"),
        ("=1", "KEY=SPEC"),
        ("mechanism.content.qualty=0:1", f"Did you mean '{QUALITY}'?"),
        ("structure.kols.lou.reach=0:1", "Did you mean 'luo'?"),
        ("playbook.9.day=1,2", "no item '9'"),
        ("playbook.0.set.market.people=1,2", "cannot change during a run"),
        ("mechanism.content=1", "such as mechanism.content."),
        ("goals=a", "change nothing"),
        ("name=a,b", "it names the scenario"),
        ("structure.kols.luo.name=a,b", "what the item is called"),
        ("run.replicates=1,2", "--replicates"),
        ("run.seed=1,2", "--seed"),
        (f"{QUALITY}=0:3", "is 3; expected a number from 0 to 1"),
        (f"{QUALITY}=0.5,-1", "is -1; expected"),
        (f"{QUALITY}=high", "expected a number"),
        (f"{QUALITY}=0.1,0.10", "0.1 of mechanism.content.quality is stated twice"),
        (f"{QUALITY}=0.1,,0.2", "no list of levels"),
        (f"{QUALITY}=1:0", "the lower number first"),
        (f"{QUALITY}=0:1:0", "above 0"),
        (f"{QUALITY}=0:1:-0.1", "above 0"),
        (f"{QUALITY}=0:1:1e-9", "more than 10000 levels"),
        ("budget.cap=0:1e12:1e-300", "more than 10000 levels"),
        (f"{QUALITY}=0:1:log", "above 0 on a log scale"),
        (f"{QUALITY}=log(0.1:1)", "low:high:log"),
        (f"{QUALITY}=0:1,2", "expected a number"),
        (f"{QUALITY}=0:inf", "no range"),
        (f"{QUALITY}=0:1:2:3", "no range"),
        (f"{QUALITY}='0.5'", "Remove the quotes."),
        (f"{QUALITY}=null", "expected a number"),
        (f"{PEOPLE}=1:10:0.5", "a whole number"),
        (f"{PEOPLE}=1:1.5", "a whole number"),
        (f"{PEOPLE}=true", "a whole number"),
        ("switches.energy=yes,no", "Write true."),
        ("switches.energy=0:1", "true or false"),
        ("market.network.kind=randm", "Did you mean 'random'?"),
        ("market.network.file=no.csv", "there is no file 'no.csv'"),
        ("market.network.file=a\0b", "no list"),
        ("plan=nobody", "there is no scenario 'nobody'"),
        ("plan={a: 1}", "a scenario's file or name"),
    ],
)
def test_what_cannot_be_varied_is_refused_with_its_place(text: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_vary(text, BASE)
    assert caught.value.place == f"--vary {text}"
    assert told in str(caught.value)


@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_factor_is_quoted(text: str) -> None:
    with pytest.raises(InputError, match=f"--vary '{text}': this is not KEY=SPEC"):
        parse_vary(text, BASE)


@given(st.sampled_from([QUALITY, PEOPLE, "switches.energy", "market.network.kind", "plan", "playbook"]), st.text())
def test_any_text_is_a_factor_or_an_input_error(key: str, spec: str) -> None:
    try:
        factor = parse_vary(f"{key}={spec}", BASE)
    except InputError:
        return
    assert factor.levels or factor.low is not None


@given(st.floats(0, 1), st.integers(1, 10**6), st.integers(1, 10**6), st.booleans(), st.booleans())
def test_values_stay_in_their_range(share: float, low: int, more: int, log: bool, whole: bool) -> None:
    factor = Factor("a", "integer" if whole else "number", low=float(low), high=float(low + more), log=log)
    value = factor.value(share)
    assert isinstance(value, int if whole else float)
    assert low <= value <= low + more
    assert factor.value(0.0) == low
    assert factor.value(1.0) == low + more


def test_each_whole_number_of_a_range_is_as_likely() -> None:
    factor = Factor("a", "integer", low=1.0, high=4.0)
    values = [factor.value(share) for share in np.arange(0.0005, 1, 0.001)]
    assert [values.count(value) for value in (1, 2, 3, 4)] == [250] * 4


def test_a_log_scale_has_its_middle_at_the_geometric_mean() -> None:
    factor = Factor("a", "number", low=0.01, high=100.0, log=True)
    assert factor.value(0.5) == pytest.approx(1.0, abs=1e-15)
    assert factor.value(0.25) == pytest.approx(0.1)


# Constraints


KNOWN = (
    Factor("x.a", "number", low=0.0, high=1.0),
    Factor("x.b", "integer", low=0.0, high=9.0),
    Factor("x.the host-1.c", "number", (None, 1.0)),
    Factor("on", "switch", (True, False)),
    Factor("plan", "plan", ("one", "two")),
)
HERE = {"x.a": 0.1, "x.b": 3, "x.the host-1.c": None, "on": True, "plan": "one"}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("x.a + 0.2 <= 0.3", True),  # false in binary
        ("x.a * 3 == 0.3", True),
        ("x.a + x.b > 3.1", False),
        ("-x.a < +x.b", True),
        ("0 < x.a <= 0.1 < x.b", True),
        ("x.b / 2 == 1.5", True),
        ("x.b - 1 != 2", False),
        ("on and not (x.a > 1 or x.b > 5)", True),
        ("on == false", False),
        ("plan == 'one'", True),
        ('plan in ("two", "three")', False),
        ("plan not in ['two']", True),
        ("x.b in (1, 2, 3)", True),
        ("x.the host-1.c == null", True),
        ("x.the host-1.c == null or x.the host-1.c > 0", True),
        ("'plan' == plan", False),
        ("x.a <= 1 \n and on", True),
    ],
)
def test_a_constraint_holds_or_not(text: str, holds: bool) -> None:
    assert Constraint.parse(text, KNOWN).holds(HERE) is holds


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x.a + x.b", "neither true nor false"),
        ("x.a <", "no condition"),
        ("", "no condition"),
        ("a <= 1", "Did you mean 'x.a'?"),
        ("x.aa <= 1", "'x.aa' is no factor"),
        ("x.a.real <= 1", "'x.a.real' is no factor"),
        ("plan == one", "Put text in quotes: 'one'."),
        ("plan <= 1", "'plan' is a text; expected a number"),
        ("plan == 1", "'plan' is a text and '1' a number"),
        ("on + 1 <= 1", "'on' is a yes-or-no"),
        ("x.a and on", "'x.a' is a number"),
        ("x.a is 1", "'is' is not allowed"),
        ("x.a in on", "'on' is no list"),
        ("x.a ** 9 ** 9 ** 9 > 1", "not allowed"),
        ("1e999 > x.a", "not allowed"),
        ("1j == x.a", "not allowed"),
        ("__import__('os').system('true') == 0", "not allowed"),
        ("[y for y in on]", "not allowed"),
        ("(lambda: on)()", "not allowed"),
        ("f'{plan}' == 'one'", "not allowed"),
        ("(x := 1) == 1", "not allowed"),
        ("(" * 400 + "on" + ")" * 400, "no condition"),
        ("-" * 900 + "1 < 2", "no condition"),
        ("on " * 400, "characters"),
        ("on\0", "no condition"),
    ],
)
def test_what_is_no_constraint_is_refused(text: str, told: str) -> None:
    with pytest.raises(InputError, match="--constraint") as caught:
        Constraint.parse(text, KNOWN)
    assert told in str(caught.value)


@pytest.mark.parametrize(("text", "told"), [("1 / (x.b - 3) > 0", "divides by zero"), ("x.the host-1.c > 0", "null")])
def test_what_cannot_be_worked_out_says_where(text: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        Constraint.parse(text, KNOWN, "study.yaml:3:5").holds(HERE)
    assert told in str(caught.value)
    assert "x." in caught.value.problem
    assert caught.value.place == "study.yaml:3:5"


@given(st.text(alphabet="xab.on plan12+-*/<>=!()'\"andotrue,[]:_~@&|%\\", max_size=40))
def test_any_text_is_a_constraint_or_an_input_error(text: str) -> None:
    try:
        Constraint.parse(text, KNOWN).holds(HERE)
    except InputError:
        return


# Samplers


@given(st.integers(1, 80), st.integers(1, 6), st.integers(0, 2**53))
@settings(max_examples=25)
def test_a_latin_hypercube_has_one_point_in_each_slice(count: int, wide: int, seed: int) -> None:
    shares = samplers.latin_hypercube(count, wide, np.uint64(seed))
    assert shares.shape == (count, wide)
    for column in shares.T:
        assert sorted(np.floor(column * count)) == list(range(count))


@given(st.integers(0, 7), st.integers(1, 6), st.integers(0, 2**53))
@settings(max_examples=25)
def test_a_scrambled_sobol_sequence_is_balanced(power: int, wide: int, seed: int) -> None:
    count = 2**power
    shares = samplers.sobol(count, wide, np.uint64(seed))
    for column in shares.T:
        assert sorted(np.floor(column * count)) == list(range(count))


def test_sobol_beats_the_hypercube_and_that_beats_luck() -> None:
    def error(shares: np.ndarray) -> float:
        return abs(np.prod(12 * (shares - 0.5) ** 2, axis=1).mean() - 1)

    def mean(points: object) -> float:
        return float(np.mean([error(points(256, 3, np.uint64(seed))) for seed in range(20)]))  # type: ignore[operator]

    luck = mean(lambda count, wide, key: samplers._uniforms(key, count, wide))
    assert mean(samplers.sobol) < mean(samplers.latin_hypercube) / 3 < luck / 3


def test_a_small_hypercube_is_spread_wider_than_a_chance_one() -> None:
    chance = [samplers._least_distance(samplers._cells(20, 2, np.uint64(seed))) for seed in range(50)]
    chosen = [
        samplers._least_distance(np.floor(samplers.latin_hypercube(20, 2, np.uint64(seed)) * 20).astype(np.int64))
        for seed in range(50)
    ]
    assert np.mean(chosen) > 1.5 * np.mean(chance)


def test_morris_changes_each_factor_once_by_two_thirds() -> None:
    shares = samplers.morris(50, 4, KEY)
    assert shares.shape == (50, 4)
    assert set(np.round(shares * 3).ravel()) == {0, 1, 2, 3}
    steps = np.diff(shares.reshape(10, 5, 4), axis=1)
    assert ((np.abs(steps) > 0).sum(axis=2) == 1).all()
    assert np.allclose(np.abs(steps).sum(axis=1), 2 / 3)
    assert len(np.unique(np.abs(steps).argmax(axis=2), axis=0)) > 1  # not always in the same order
    assert 0 < (steps > 0).sum() < (steps != 0).sum()


def test_saltelli_gives_the_known_indices_of_ishigami() -> None:
    """Sobol' & Levitan (1999), a = 7, b = .1: S1 = .3139, .4424, 0; ST = .5576, .4424, .2437."""
    shares = samplers.saltelli(5 * 4096, 3, KEY)
    assert shares.shape == (5 * 4096, 3)
    x = math.pi * (2 * shares - 1)
    y = np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    a, *mixed, b = y.reshape(-1, 5).T
    variance = np.var([a, b])
    first = [np.mean(b * (ab - a)) / variance for ab in mixed]  # Saltelli et al. (2010)
    total = [np.mean((a - ab) ** 2) / 2 / variance for ab in mixed]  # Jansen (1999)
    assert first == pytest.approx([0.3139, 0.4424, 0.0], abs=0.02)
    assert total == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)


def test_a_grid_is_every_combination_that_meets_the_constraints() -> None:
    factors = [Factor("a", "number", (0.1, 0.2, 0.7)), Factor("b", "number", (0.1, 0.3))]
    everything_ = samplers.sample("grid", factors)
    assert everything_.points == tuple(itertools.product((0.1, 0.2, 0.7), (0.1, 0.3)))
    assert everything_.notes == ()
    some = samplers.sample("grid", factors, [Constraint.parse("a + b <= 0.5", factors)])
    assert some.points == ((0.1, 0.1), (0.1, 0.3), (0.2, 0.1), (0.2, 0.3))
    assert some.notes == ("the constraints leave out 2 of 6 points",)


@pytest.mark.parametrize("kind", ["lhs", "sobol"])
@given(st.integers(1, 60), st.floats(0.2, 1.5), st.integers(0, 100))
@settings(max_examples=15, deadline=None)
def test_constraints_are_kept_and_the_number_is_reached(kind: samplers.Kind, runs: int, most: float, seed: int) -> None:
    limit = Constraint.parse(f"a + b <= {most}", UNIT)
    made = samplers.sample(kind, UNIT, [limit], runs=runs, seed=seed)
    assert len(made.points) == len(made.layout) == runs
    assert made.shares is not None
    assert made.shares.shape == (runs, 3)
    assert all(a + b <= most for a, b, _ in made.points)


@pytest.mark.parametrize("kind", ["grid", "lhs", "sobol"])
def test_a_constraint_that_nothing_meets_is_refused(kind: samplers.Kind) -> None:
    factors = UNIT if kind != "grid" else [Factor("a", "number", (0.0, 1.0))]
    limit = Constraint.parse("a > 2", factors, "study.yaml:4:1")
    with pytest.raises(InputError, match=r"study.yaml:4:1: none of .* points meets 'a > 2'"):
        samplers.sample(kind, factors, [limit], runs=10)


def test_a_constraint_that_hardly_anything_meets_is_refused_with_the_share() -> None:
    with pytest.raises(InputError, match=r"only \d+ of 20,000 points meet"):
        samplers.sample("lhs", UNIT, [Constraint.parse("a < 0.001", UNIT)], runs=100)


@pytest.mark.parametrize("kind", ["morris", "saltelli"])
def test_designs_whose_rows_belong_together_take_no_constraints(kind: samplers.Kind) -> None:
    with pytest.raises(InputError, match=f"{kind} cannot keep constraints"):
        samplers.sample(kind, UNIT, [Constraint.parse("a < 0.5", UNIT)], runs=10)


@pytest.mark.parametrize(
    ("kind", "runs", "note"),
    [
        ("sobol", 100, "128 points instead of 100: the next power of two"),
        ("morris", 10, "12 points instead of 10: 3 trajectories of 4"),
        ("saltelli", 100, "160 points instead of 100: 32 base points (a power of two), 5 each"),
    ],
)
def test_a_rounded_number_is_told(kind: samplers.Kind, runs: int, note: str) -> None:
    assert samplers.sample(kind, UNIT, runs=runs).notes[0] == note
    assert samplers.sample("lhs", UNIT, runs=runs).notes == ()


def test_rows_on_one_point_share_it() -> None:
    factors = [Factor("a", "switch", (True, False)), Factor("b", "integer", low=1.0, high=2.0)]
    made = samplers.sample("lhs", factors, runs=40)
    assert sorted(made.points) == sorted(itertools.product((True, False), (1, 2)))
    assert len(made.layout) == 40
    assert made.shares is not None
    for row, point in zip(made.shares, made.layout, strict=True):
        assert made.points[point] == tuple(each.value(share) for each, share in zip(factors, row, strict=True))
    assert "40 rows" in made.notes[0]


def test_too_large_a_grid_is_refused_at_once() -> None:
    factors = [Factor(str(number), "number", tuple(map(float, range(100)))) for number in range(9)]
    with pytest.raises(InputError, match="at most 1,000,000"):
        samplers.sample("grid", factors)


def test_a_range_on_a_grid_is_refused_with_what_to_write() -> None:
    with pytest.raises(InputError, match=r"a is a range.*0:1:STEP"):
        samplers.sample("grid", UNIT)


# Designs and plans


def plan_of(*factors: str, **settings_: object) -> Plan:
    return Plan.of(Design(BASE, factors, **settings_))  # type: ignore[arg-type]


def test_a_plan_is_a_table_of_points_and_a_scenario_for_each() -> None:
    plan = plan_of(f"{QUALITY}=0.2,0.4", f"{PEOPLE}=100,200", "market.network.kind=random,none", "switches.energy=true")
    table = plan.points
    assert list(table) == ["point", QUALITY, PEOPLE, "market.network.kind", "switches.energy"]
    assert [str(kind) for kind in table.dtypes] == ["int64", "float64", "int64", "str", "bool"]
    assert list(table["point"]) == list(range(8))
    assert len(plan) == 8
    assert plan.runs == 8 * plan.replicates
    for point, row in enumerate(table.to_dict("records")):
        scenario = plan.scenario(point)
        assert (scenario.mechanism.content.quality, scenario.market.people) == (row[QUALITY], row[PEOPLE])
        assert scenario.market.network.kind == row["market.network.kind"]
        assert plan.values(point).items() <= row.items()


def test_whole_plans_are_a_factor() -> None:
    names = ["dedao", "hard_selling"]
    plan = Plan.of(Design("dedao", [f"{QUALITY}=0.25,0.75", f"plan={','.join(names)}"], seed=3, replicates=2))
    assert list(plan.points["plan"]) == names * 2
    for point in range(4):
        other = load(names[point % 2]).scenario
        scenario = plan.scenario(point)
        expected = with_changes(other, {QUALITY: [0.25, 0.75][point // 2]})
        assert scenario.plain() == {
            **expected.plain(),
            **{key: value for key, value in scenario.plain().items() if key in {"name", "title", "goals", "run"}},
        }
        assert (scenario.run.seed, scenario.run.replicates) == (3, 2)
        assert scenario.run.days == load("dedao").scenario.run.days


def test_an_item_may_be_in_the_plans_only() -> None:
    without = with_changes(BASE, {"structure.kols.fan": None})
    factors = [plan_factor({"with": BASE, "without": without}), "structure.kols.fan.posts_per_week=1,2"]
    plan = Plan.of(Design(without, factors))
    assert plan.scenario(0).structure.kols[1].posts_per_week == 1.0
    assert list(plan.contradictions) == [2, 3]
    assert "no item 'fan'" in plan.contradictions[2]


def test_contradictory_points_stay_in_the_plan_with_their_reason() -> None:
    plan = plan_of(f"{ONBOARDING}=0.1,0.9", f"{REPLYING}=0.1,0.9")
    assert len(plan) == 4
    assert 3 in plan.contradictions
    assert "add up to" in plan.contradictions[3]
    with pytest.raises(InputError, match=r"^point 3: structure\.policy: the shares of hours add up"):
        plan.scenario(3)
    plan.scenario(0)


def test_what_a_playbook_contradicts_is_a_contradiction_too() -> None:
    base = with_changes(BASE, {"playbook": [{"day": 3, "set": {ONBOARDING: 0.8}}]})
    plan = Plan.of(Design(base, [f"{REPLYING}=0.1,0.9"]))
    assert 1 in plan.contradictions


def test_seeds_are_paired_unless_wanted_otherwise() -> None:
    text = f"{QUALITY}=0.2,0.4,0.6"
    paired, independent = plan_of(text, seed=5), plan_of(text, seed=5, seeds="independent")
    assert {paired.scenario(point).run.seed for point in range(3)} == {5}
    seeds = [independent.scenario(point).run.seed for point in range(3)]
    assert len(set(seeds)) == 3
    other = plan_of(f"{QUALITY}=0.6,0.2", seed=5, seeds="independent")  # of a point's values, not its number
    assert [other.seed(point) for point in range(2)] == [seeds[2], seeds[0]]


def test_files_are_relative_to_their_folder_and_known_by_content(tmp_path: Path) -> None:
    plans = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "net.csv").write_text("0,1\n1,2\n", encoding="utf-8")
        plans.append(plan_of("market.network.file=null,net.csv", folder=tmp_path / name))
    assert plans[0].scenario(1).market.network.file == str((tmp_path / "one" / "net.csv").resolve())
    assert plans[0].scenario(0).market.network.file is None
    assert list(plans[0].points["market.network.file"].fillna("")) == ["", "net.csv"]
    assert plans[0].fingerprint() == plans[1].fingerprint()
    (tmp_path / "two" / "net.csv").write_text("0,1\n", encoding="utf-8")
    changed = plan_of("market.network.file=null,net.csv", folder=tmp_path / "two")
    assert changed.difference(plans[0]) == ("market.network.file net.csv has changed since",)


def test_points_from_python_and_from_csv_are_the_same(tmp_path: Path) -> None:
    rows = [{QUALITY: 0.5, "plan": "dedao"}, {QUALITY: 1, "plan": "hard_selling"}, {QUALITY: 0.5, "plan": "dedao"}]
    path = tmp_path / "points.csv"
    path.write_text(f"point,{QUALITY},plan\n0,0.5,dedao\n\n1,1,hard_selling\n2,0.50,dedao\n", encoding="utf-8-sig")
    listed = Plan.of(Design("dedao", points=rows))
    read = Plan.of(Design("dedao", points=path))
    assert sorted(map(str, listed.sample.points)) == sorted(map(str, [("dedao", 0.5), ("hard_selling", 1.0)]))
    assert listed.about == read.about
    assert list(listed.sample.layout) == [0, 1, 0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the file is empty"),
        (f"{QUALITY}\n", "there are 0 points"),
        (f"{QUALITY}\n0.5\nhigh\n", "points.csv:3:1: mechanism.content.quality is"),
        (f"{QUALITY},{PEOPLE}\n0.5,\n", "points.csv:2:2: market.people is null"),
        (f"{QUALITY}\n0.5,1\n", "points.csv:2:1: this line has 2 cells"),
        (f"{QUALITY},{QUALITY}\n0.5,1\n", "points.csv:1:2: the key"),
        ("run.seed\n1\n", "points.csv:1:1: 'run.seed' cannot be varied"),
        ('"a\n', "no CSV"),
    ],
)
def test_a_bad_list_is_refused_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "points.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        Design(BASE, points=tmp_path / "points.csv")
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"factors": []}, "nothing is varied"),
        ({"factors": [f"{QUALITY}=1", f"{QUALITY}=0,1"]}, "stated twice"),
        ({"sampler": "lsh"}, "Did you mean 'lhs'?"),
        ({"sampler": "lhs"}, "needs the number of points"),
        ({"sampler": "list"}, "without points"),
        ({"runs": 5}, "a grid runs all its points"),
        ({"sampler": "lhs", "runs": 0}, "a whole number from 1"),
        ({"sampler": "lhs", "runs": 10**9}, "to 1000000"),
        ({"sampler": "lhs", "runs": True}, "runs is true"),
        ({"replicates": 0}, "replicates is 0"),
        ({"seed": -1}, "seed is -1"),
        ({"seeds": "pared"}, "Did you mean 'paired'?"),
        ({"outcomes": ["profitt"]}, "Did you mean 'profit'?"),
        ({"points": [{QUALITY: 1}]}, "factors are stated too"),
        ({"factors": [], "points": [{QUALITY: 1}], "sampler": "lhs", "runs": 2}, "lhs with points"),
        ({"factors": [], "points": [{QUALITY: 1}, {PEOPLE: 1}]}, "point"),
        ({"factors": [], "points": [3]}, "no point"),
        ({"factors": [], "points": []}, "0 points"),
        ({"factors": [], "points": Path("nowhere.csv")}, "cannot be read"),
    ],
)
def test_a_design_that_cannot_be_is_refused(arguments: dict[str, object], told: str) -> None:
    with pytest.raises(InputError) as caught:
        Plan.of(Design(BASE, **({"factors": [f"{QUALITY}=0,1"]} | arguments)))  # type: ignore[arg-type]
    assert told in str(caught.value)
    assert caught.value.place or isinstance(caught.value, InputErrors)


def test_a_plan_beyond_its_budget_is_refused() -> None:
    design = Design(BASE, [f"{QUALITY}=0:1:0.1"], replicates=10, budget=Budget(runs=100))
    with pytest.raises(InputError, match="11 points × 10 replicates are 110 runs; expected at most 100"):
        Plan.of(design)


def test_more_replicates_are_the_same_plan() -> None:
    few, many = plan_of(f"{QUALITY}=0,1", replicates=2), plan_of(f"{QUALITY}=0,1", replicates=9)
    assert few.fingerprint() == many.fingerprint()
    assert many.difference(few) == ()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"factors": [f"{QUALITY}=0,1"]}, [f"the factor {PEOPLE} is gone"]),
        ({"factors": [f"{QUALITY}=0,1", f"{PEOPLE}=9:99"]}, [f"the factor {PEOPLE}: now 9:99, before 100:2000:log"]),
        ({"factors": [f"{PEOPLE}=100:2000:log", f"{QUALITY}=0,1"]}, ["the factors come in another order"]),
        ({"runs": 9}, ["the number of points wanted: now 9, before 8"]),
        ({"sampler": "sobol", "seed": 1}, ["the sampler: now sobol, before lhs", "the seed: now 1, before 7"]),
        ({"seeds": "independent"}, ["the seeds of points: now independent, before paired"]),
        ({"constraints": [f"{QUALITY} < 2"]}, [f"the constraint '{QUALITY} < 2' is new"]),
        ({"outcomes": ["profit"]}, ["the outcome 'profit' is new"]),
        ({"assumptions": ["culture.breadth=0:1"]}, ["the assumption culture.breadth is new"]),
        ({"scenario": with_changes(BASE, {"run.days": 61})}, ["run.days: now 61, before 60"]),
        ({"scenario": with_changes(BASE, {"name": "other", "title.en": "Other"})}, []),
    ],
)
def test_a_changed_study_says_in_what(changed: dict[str, object], told: list[str]) -> None:
    stated: dict[str, object] = {"factors": [f"{QUALITY}=0,1", f"{PEOPLE}=100:2000:log"], "sampler": "lhs", "runs": 8}
    before = Plan.of(Design(BASE, **stated, seed=7))  # type: ignore[arg-type]
    after = {"scenario": BASE, **stated, "seed": 7, **changed}
    plan = Plan.of(Design(**after))  # type: ignore[arg-type]
    assert list(plan.difference(json.loads(json.dumps(before.about)))) == told
    assert (plan.fingerprint() == before.fingerprint()) is (not told)


def test_a_plan_survives_the_way_to_a_worker() -> None:
    plan = plan_of(f"{QUALITY}=0:1", f"{PEOPLE}=100:999:log", sampler="lhs", runs=5, constraints=[f"{PEOPLE} < 900"])
    sent = pickle.loads(pickle.dumps(plan))
    assert sent.fingerprint() == plan.fingerprint()
    assert sent.scenario(2) == plan.scenario(2)


def test_the_same_specification_gives_the_same_points_anywhere() -> None:
    """In another process with another hash seed, on other machines, years later when a study is taken up again."""
    code = (
        "from sim.experiments.design import samplers, Factor\n"
        "import hashlib\n"
        "factors = [Factor('a', 'number', low=0.01, high=9.0, log=True), Factor('b', 'integer', low=1.0, high=99.0),"
        " Factor('c', 'choice', ('x', 'y', 'z'))]\n"
        "for kind in ('lhs', 'sobol', 'morris', 'saltelli'):\n"
        "    points = samplers.sample(kind, factors, runs=64, seed=7).points\n"
        "    print(kind, hashlib.sha256(repr(points).encode()).hexdigest()[:16])\n"
    )
    environment = os.environ | {"PYTHONHASHSEED": "99", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert dict(line.split() for line in done.stdout.splitlines()) == {
        "lhs": "8b943bfd392ca56d",
        "sobol": "6411f2812a3564fe",
        "morris": "4762291bb86ba637",
        "saltelli": "a059fb8cd808c82b",
    }
