"""Design files: everything that a sweep is, in YAML, and errors with their lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.errors import InputError, InputErrors
from sim.lab.designs import Budget, Design, Points, load_designfile

DESIGN = """\
scenario: dedao
factors:
  mechanism.content.quality: [0.2, 0.8]
  market.people: 100:2000:log
  mechanism.incentives.inviter_reward: {low: 1, high: 100, log: true}
  culture.breadth: {levels: [0.1, 0.2]}
  structure.kols.luo.posts_per_week: "1:7"
  plan: [dedao, hard_selling]
constraints:
  - market.people * mechanism.content.quality <= 1000
sampler: {kind: sobol, runs: 10}
replicates: 3
seed: 11
seeds: independent
outcomes: [strong_share, profit, members]
budget: {runs: 100, hours: 0.5}
assumptions:
  mechanism.word_of_mouth.visible: 0.001:0.05
"""
FACTORS = [
    "mechanism.content.quality=0.2,0.8",
    "market.people=100:2000:log",
    "mechanism.incentives.inviter_reward=1:100:log",
    "culture.breadth=0.1,0.2",
    "structure.kols.luo.posts_per_week=1:7",
    "plan=dedao,hard_selling",
]
SHORT = "scenario: dedao\nfactors: {mechanism.content.quality: [0, 1]}\n"


def design_of(folder: Path, text: str, *overrides: str, **instead: object) -> Design:
    (folder / "design.yaml").write_text(text, encoding="utf-8")
    return load_designfile(folder / "design.yaml", overrides, **instead)  # type: ignore[arg-type]


def told(folder: Path, text: str) -> list[str]:
    """What is refused, each with the file left out of its place."""
    with pytest.raises(InputError) as caught:
        Points.of(design_of(folder, text))
    errors = caught.value.errors if isinstance(caught.value, InputErrors) else [caught.value]
    return [str(error).replace(str(folder / "design.yaml") + ":", "") for error in errors]


def test_a_design_is_the_same_from_a_file_from_python_and_from_options(tmp_path: Path) -> None:
    from_file = design_of(tmp_path, DESIGN)
    from_python = Design(
        "dedao",
        FACTORS,
        constraints=["market.people * mechanism.content.quality <= 1000"],
        sampler="sobol",
        runs=10,
        replicates=3,
        seed=11,
        seeds="independent",
        outcomes=["strong_share", "profit", "members"],
        budget=Budget(runs=100, hours=0.5),
        assumptions={"mechanism.word_of_mouth.visible": "0.001:0.05"},
    )
    assert from_file == from_python
    first, last = DESIGN.index("  mechanism"), DESIGN.index("constraints")
    listed = DESIGN[:first] + "".join(f"  - {each}\n" for each in FACTORS) + DESIGN[last:]
    assert design_of(tmp_path, listed) == from_python
    assert Points.of(from_file).fingerprint() == Points.of(from_python).fingerprint()


def test_options_come_instead_of_the_file(tmp_path: Path) -> None:
    design = design_of(
        tmp_path, SHORT + "replicates: 2\nseed: 1\n", "market.people=321",
        vary=["culture.breadth=0:1"], constraints=["culture.breadth < 0.5"],
        sampler="lhs", runs=7, replicates=5, seed=None,
    )  # fmt: skip
    assert design.scenario.market.people == 321
    assert [factor.key for factor in design.factors] == ["mechanism.content.quality", "culture.breadth"]
    assert (design.sampler, design.runs, design.replicates, design.seed) == ("lhs", 7, 5, 1)
    assert len(Points.of(design)) == 7
    assert design_of(tmp_path, SHORT + "sampler: {kind: lhs, runs: 9}\n", sampler="grid").runs is None


def test_factors_may_be_mappings_with_a_key(tmp_path: Path) -> None:
    text = "scenario: dedao\nfactors:\n  - {key: culture.breadth, low: 0, high: 0.3, step: 0.1}\n"
    assert design_of(tmp_path, text).factors[0].levels == (0.0, 0.1, 0.2, 0.3)


def test_names_are_relative_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("extends: dedao\nmarket: {people: 77}\n", encoding="utf-8")
    (tmp_path / "net.csv").write_text("0,1\n", encoding="utf-8")
    (tmp_path / "points.csv").write_text("culture.breadth,plan\n0.5,mine\n0.25,dedao\n", encoding="utf-8")
    text = "scenario: mine.yaml\nfactors: {market.network.file: [null, net.csv], plan: mine, culture.breadth: 0.5}\n"
    points = Points.of(design_of(tmp_path, text))
    assert points.scenario(1).market.network.file == str((tmp_path / "net.csv").resolve())
    assert points.scenario(1).market.people == 77
    listed = design_of(
        tmp_path, "scenario: mine\nsampler: {kind: list, file: points.csv}\nconstraints: [plan == 'mine']\n"
    )
    assert [listed.sampler, len(Points.of(listed))] == ["list", 1]


def test_points_may_stand_in_the_file(tmp_path: Path) -> None:
    text = "scenario: dedao\nsampler:\n  points:\n  - {culture.breadth: 0.5}\n  - {culture.breadth: 0.25}\n"
    assert Points.of(design_of(tmp_path, text)).sample.points == ((0.5,), (0.25,))
    assert told(tmp_path, text + "  - {culture.breadth: 2}\n")[0].startswith("6:23: culture.breadth is 2")
    assert told(tmp_path, text + "  - {culture.bread: 2}\n")[0].startswith("6:5: only this point states culture.bread")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("factors: {}\n", "1:1: scenario is missing; expected the name or path of the scenario that is varied"),
        ("scenario: nobody\n", "1:11: there is no scenario 'nobody'"),
        ("scenario: [dedao]\n", "1:11: scenario is"),
        ("scenario: dedao\n", "factors: nothing is varied"),
        ("- a\n", "1:1: the top level is a list"),
        (SHORT + "factors: {}\n", "3:1: the key 'factors' is stated twice"),
        (SHORT + "replicate: 5\n", "3:1: unknown key 'replicate' in a design file"),
        (SHORT + "replicates: many\n", '3:13: replicates is "many"'),
        (SHORT + "replicates: null\nseed: 3.5\n", "4:7: seed is 3.5"),
        (SHORT + "seeds: pared\n", '3:8: seeds is "pared"'),
        (SHORT + "sampler: lsh\n", '3:10: sampler is "lsh"'),
        (SHORT + "sampler: {kind: lhs}\n", "runs: lhs needs the number of points"),
        (SHORT + "sampler: {kind: lhs, runs: 0}\n", "3:28: runs is 0"),
        (SHORT + "sampler: {kind: lhs, run: 9}\n", "3:22: unknown key 'run' in sampler"),
        (SHORT + "sampler: {kind: list, file: 3}\n", "3:29: file is 3"),
        (SHORT + "sampler: {kind: list, file: no.csv}\n", "3:29: factors are stated too"),
        (SHORT + "constraints: [culture.breadth < 1]\n", "3:15: 'culture.breadth' is no factor"),
        (SHORT + "constraints: {a: 1}\n", "3:14: constraints has"),
        (SHORT + "outcomes: [profit, profitt]\n", "3:20: unknown outcome 'profitt'"),
        (SHORT + "outcomes: 3\n", "3:11: outcomes has 3"),
        (SHORT + "budget: 3\n", "3:9: budget is 3"),
        (SHORT + "budget: {runs: 0.5}\n", "3:16: budget.runs is 0.5"),
        (SHORT + "budget: {runs: 1}\nreplicates: 1\n", "3:16: 2 points × 1 replicates are 2 runs"),
        (SHORT + "assumptions: [plan=dedao]\n", "3:14: a plan is no assumption"),
        ("scenario: dedao\nfactors: 3\n", "2:10: this is no factor: 3"),
        ("scenario: dedao\nfactors: [culture.breadth]\n", "2:11: this is no factor"),
        ("scenario: dedao\nfactors: [culture.breadht=0:1]\n", "2:11: unknown key 'culture.breadht'"),
        ("scenario: dedao\nfactors:\n  culture.breadht: 0:1\n", "3:3: unknown key 'culture.breadht'"),
        ("scenario: dedao\nfactors:\n  culture.breadth: [0, 3]\n", "3:24: culture.breadth is 3"),
        ("scenario: dedao\nfactors:\n  culture.breadth: [0, 0.0]\n", "3:24: the level 0 of culture.breadth"),
        ("scenario: dedao\nfactors:\n  culture.breadth: []\n", "3:20: culture.breadth has 0 levels"),
        ("scenario: dedao\nfactors:\n  culture.breadth: 0:2\n", "3:20: culture.breadth is 2"),
        ("scenario: dedao\nfactors:\n  culture.breadth: 0:1\n", "3:20: culture.breadth is a range, and a grid"),
        ("scenario: dedao\nfactors:\n  culture.breadth: {low: 0}\n", "3:20: culture.breadth states low"),
        ("scenario: dedao\nfactors:\n  culture.breadth: {low: 0, hi: 1}\n", "3:29: unknown key 'hi'"),
        ("scenario: dedao\nfactors:\n  culture.breadth: {low: 0, high: a}\n", "3:35: high of culture.breadth"),
        ("scenario: dedao\nfactors:\n  switches.energy: {low: 0, high: 1}\n", "3:20: switches.energy has no range"),
        ("scenario: dedao\nfactors:\n  plan: {low: 0, high: 1}\n", "3:9: plan has no range"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, expected: str) -> None:
    assert told(tmp_path, text)[0].startswith(expected)


@pytest.mark.parametrize("key", ["set", "days", "run", "market"])
def test_values_of_the_scenario_belong_elsewhere(tmp_path: Path, key: str) -> None:
    (error,) = told(tmp_path, SHORT + f"{key}: 1\n")
    assert error.startswith(f"3:1: unknown key '{key}' in a design file")
    assert error.endswith("fix values with --set KEY=VALUE, or in a scenario file of its own that extends it.")


def test_several_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = "scenario: dedao\nfactors: {culture.breadth: 3, run.seed: 1}\nbudget: {hours: -1}\nseed: 1\nsed: 1\n"
    assert [each.split()[0] for each in told(tmp_path, text)] == ["5:1:", "2:28:", "2:31:", "3:17:"]


def test_an_unknown_option_is_a_mistake_of_the_program(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="no such option"):
        design_of(tmp_path, SHORT, threads=3)


@given(st.text(alphabet="abc:,{}[]-=. \n'\"0123&*!", max_size=60), st.sampled_from(DESIGN.splitlines()[1:]))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_file_is_a_design_or_an_input_error(tmp_path: Path, text: str, line: str) -> None:
    try:
        design_of(tmp_path, f"scenario: dedao\n{line.rpartition(':')[0]}: {text}\n")
    except InputError:
        return
