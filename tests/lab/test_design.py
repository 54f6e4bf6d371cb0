"""The design of sweeps, and the points it makes."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from sim.errors import InputError, InputErrors
from sim.lab.designs import Budget, Design, Points, plan_factor
from sim.scenario import load, with_changes
from tests.architecture.tree import ROOT
from tests.scenarios import everything

QUALITY, PEOPLE = "mechanism.content.quality", "market.people"
ONBOARDING, REPLYING = "structure.policy.onboarding", "structure.policy.replying"
BASE = with_changes(everything(), {"market.growth": 0.0})  # a network from a file has its people on day 0


def points_of(*factors: str, **settings_: object) -> Points:
    return Points.of(Design(BASE, factors, **settings_))  # type: ignore[arg-type]


def test_a_plan_is_a_table_of_points_and_a_scenario_for_each() -> None:
    points = points_of(
        f"{QUALITY}=0.2,0.4", f"{PEOPLE}=100,200", "market.network.kind=random,none", "switches.energy=true"
    )
    table = points.table
    assert list(table) == ["point", QUALITY, PEOPLE, "market.network.kind", "switches.energy"]
    assert [str(kind) for kind in table.dtypes] == ["int64", "float64", "int64", "str", "bool"]
    assert list(table["point"]) == list(range(8))
    assert len(points) == 8
    assert points.runs == 8 * points.replicates
    for point, row in enumerate(table.to_dict("records")):
        scenario = points.scenario(point)
        assert (scenario.mechanism.content.quality, scenario.market.people) == (row[QUALITY], row[PEOPLE])
        assert scenario.market.network.kind == row["market.network.kind"]
        assert points.values(point).items() <= row.items()


def test_whole_plans_are_a_factor() -> None:
    names = ["dedao", "hard_selling"]
    points = Points.of(Design("dedao", [f"{QUALITY}=0.25,0.75", f"plan={','.join(names)}"], seed=3, replicates=2))
    assert list(points.table["plan"]) == names * 2
    for point in range(4):
        other = load(names[point % 2]).scenario
        scenario = points.scenario(point)
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
    points = Points.of(Design(without, factors))
    assert points.scenario(0).structure.kols[1].posts_per_week == 1.0
    assert list(points.contradictions) == [2, 3]
    assert "no item 'fan'" in points.contradictions[2]


def test_contradictory_points_stay_in_the_plan_with_their_reason() -> None:
    points = points_of(f"{ONBOARDING}=0.1,0.9", f"{REPLYING}=0.1,0.9")
    assert len(points) == 4
    assert 3 in points.contradictions
    assert "add up to" in points.contradictions[3]
    with pytest.raises(InputError, match=r"^point 3: structure\.policy: the shares of hours add up"):
        points.scenario(3)
    points.scenario(0)


def test_what_a_playbook_contradicts_is_a_contradiction_too() -> None:
    base = with_changes(BASE, {"playbook": [{"day": 3, "set": {ONBOARDING: 0.8}}]})
    points = Points.of(Design(base, [f"{REPLYING}=0.1,0.9"]))
    assert 1 in points.contradictions


def test_seeds_are_paired_unless_wanted_otherwise() -> None:
    text = f"{QUALITY}=0.2,0.4,0.6"
    paired, independent = points_of(text, seed=5), points_of(text, seed=5, seeds="independent")
    assert {paired.scenario(point).run.seed for point in range(3)} == {5}
    seeds = [independent.scenario(point).run.seed for point in range(3)]
    assert len(set(seeds)) == 3
    other = points_of(f"{QUALITY}=0.6,0.2", seed=5, seeds="independent")  # of a point's values, not its number
    assert [other.seed(point) for point in range(2)] == [seeds[2], seeds[0]]


def test_files_are_relative_to_their_folder_and_known_by_content(tmp_path: Path) -> None:
    plans = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "net.csv").write_text("0,1\n1,2\n", encoding="utf-8")
        plans.append(points_of("market.network.file=null,net.csv", folder=tmp_path / name))
    assert plans[0].scenario(1).market.network.file == str((tmp_path / "one" / "net.csv").resolve())
    assert plans[0].scenario(0).market.network.file is None
    assert list(plans[0].table["market.network.file"].fillna("")) == ["", "net.csv"]
    assert plans[0].fingerprint() == plans[1].fingerprint()
    (tmp_path / "two" / "net.csv").write_text("0,1\n", encoding="utf-8")
    changed = points_of("market.network.file=null,net.csv", folder=tmp_path / "two")
    assert changed.difference(plans[0]) == ("market.network.file net.csv has changed since",)


def test_points_from_python_and_from_csv_are_the_same(tmp_path: Path) -> None:
    rows = [{QUALITY: 0.5, "plan": "dedao"}, {QUALITY: 1, "plan": "hard_selling"}, {QUALITY: 0.5, "plan": "dedao"}]
    path = tmp_path / "points.csv"
    path.write_text(f"point,{QUALITY},plan\n0,0.5,dedao\n\n1,1,hard_selling\n2,0.50,dedao\n", encoding="utf-8-sig")
    listed = Points.of(Design("dedao", points=rows))
    read = Points.of(Design("dedao", points=path))
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
        Points.of(Design(BASE, **({"factors": [f"{QUALITY}=0,1"]} | arguments)))  # type: ignore[arg-type]
    assert told in str(caught.value)
    assert caught.value.place or isinstance(caught.value, InputErrors)


def test_a_plan_beyond_its_budget_is_refused() -> None:
    design = Design(BASE, [f"{QUALITY}=0:1:0.1"], replicates=10, budget=Budget(runs=100))
    with pytest.raises(InputError, match="11 points × 10 replicates are 110 runs; expected at most 100"):
        Points.of(design)


def test_more_replicates_are_the_same_plan() -> None:
    few, many = points_of(f"{QUALITY}=0,1", replicates=2), points_of(f"{QUALITY}=0,1", replicates=9)
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
def test_a_changed_design_says_in_what(changed: dict[str, object], told: list[str]) -> None:
    stated: dict[str, object] = {"factors": [f"{QUALITY}=0,1", f"{PEOPLE}=100:2000:log"], "sampler": "lhs", "runs": 8}
    before = Points.of(Design(BASE, **stated, seed=7))  # type: ignore[arg-type]
    after = {"scenario": BASE, **stated, "seed": 7, **changed}
    points = Points.of(Design(**after))  # type: ignore[arg-type]
    assert list(points.difference(json.loads(json.dumps(before.about)))) == told
    assert (points.fingerprint() == before.fingerprint()) is (not told)


def test_a_plan_survives_the_way_to_a_worker() -> None:
    points = points_of(
        f"{QUALITY}=0:1", f"{PEOPLE}=100:999:log", sampler="lhs", runs=5, constraints=[f"{PEOPLE} < 900"]
    )
    sent = pickle.loads(pickle.dumps(points))
    assert sent.fingerprint() == points.fingerprint()
    assert sent.scenario(2) == points.scenario(2)


def test_the_same_specification_gives_the_same_points_anywhere() -> None:
    """In another process with another hash seed, on other machines, years later when a design is taken up again."""
    code = (
        "from sim.lab.designs import samplers, Factor\n"
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
