"""Goals in plain form: how they may be written, and what is said of those that cannot be read or meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import InputError
from sim.lab.goals import check_goals, measure_of, parsed
from sim.lab.headline import outcome
from sim.lab.runs.replicates import run_replicates
from sim.model import measures
from sim.scenario import Scenario, load, with_changes
from sim.scenario.goals import Goal, read_goal
from sim.views.language.numbers import Numbers
from sim.views.pages.sentences import goal_text
from sim.views.study import Study
from tests import fakes

READ = {
    "strong_share >= 2% by day 180": Goal("strong_share", ">=", 0.02, 180, percent=True),
    "strong_share>=.02 By day 180": Goal("strong_share", ">=", 0.02, 180),
    "strong_share ≥ 7 % on day 9": Goal("strong_share", ">=", 0.07, 9, percent=True),
    "retention_30 >= 12.5％ at the end": Goal("retention_30", ">=", 0.125, None, percent=True),
    "cost <= 10,000": Goal("cost", "<=", 10_000, None),
    "cost <= 1，234，567.5 at end": Goal("cost", "<=", 1_234_567.5, None),
    "profit >= -20万 by day 365": Goal("profit", ">=", -200_000, 365),
    "profit >= −1.5万元": Goal("profit", ">=", -15_000, None),
    "revenue > 1亿": Goal("revenue", ">", 1e8, None),
    "revenue >= 3,000 RMB at the end": Goal("revenue", ">=", 3000, None),
    "members<1e3": Goal("members", "<", 1000, None),
    "members > 1000人 第30天": Goal("members", ">", 1000, 30),
    "强关系人数 >= 100 到第90天": Goal("strong", ">=", 100, 90),
    "到第90天，强关系占比 ≥ 2%": Goal("strong_share", ">=", 0.02, 90, percent=True),
    "期末 利润 >= 0": Goal("profit", ">=", 0, None),
    "利润 >= 20万 期末": Goal("profit", ">=", 200_000, None),
    "Strong ties >= 5": Goal("strong", ">=", 5, None),
    "a>=-.5e3 by day 7": Goal("a", ">=", -500, 7),
}


@pytest.mark.parametrize("text", READ)
def test_a_goal_is_read(text: str) -> None:
    assert parsed(text) == READ[text]


@pytest.mark.parametrize("measure", measures.MEASURES, ids=lambda measure: measure.name)
def test_any_measure_can_be_aimed_at_by_its_name_and_titles(measure: measures.Measure) -> None:
    goals = [
        f"{measure.name} >= {0.1 if measure.unit == 'share' else '10,000'} {when}" for when in ("by day 9", "期末")
    ]
    plan = with_changes(Scenario(name="plan"), {"goals": goals})
    check_goals(plan)
    for name in (measure.name, measure.en, measure.zh):
        assert measure_of(name) == measure
        assert parsed(f"{name} >= 1").metric == measure.name


WRONG = {
    # the goal, and what is said of it
    "strong_share => 2%": "'=>' is no sign; write >= or <=",
    "strong_share = 2%": "'=' is no sign",
    "strong_share 2%": "it has no >= or <=",
    "strong": "it has no >= or <=",
    ">= 3": "it names no metric",
    "strong >=": "the number is missing",
    "strong >= lots": "'lots' is no number; write 2%, 10,000, 1.5万 or .02",
    "strong >= 10,00": "'10,00' is no number; thousands are written 10,000",
    "strong >= 10 until day 3": "'until day 3' says no time; write by day 180, on day 180 or at the end",
    "strong >= 10 by day": "'by day' says no time",
    "第3天 strong >= 10 by day 4": "it names two days, 3 and 4",
}


@pytest.mark.parametrize("text", WRONG)
def test_what_cannot_be_read_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="a goal reads 'METRIC >= NUMBER by day DAY', such as") as caught:
        read_goal(text)
    assert str(caught.value).startswith(WRONG[text])


PLACED = {
    "stong_share >= 2%": "unknown metric 'stong_share' in the goal 'stong_share >= 2%'. Did you mean 'strong_share'?",
    "强关系 >= 3": "Did you mean '强关系占比 (strong_share)'?",
    "qqq >= 3": "unknown metric 'qqq' in the goal 'qqq >= 3'. 'list metrics' shows them all.",
    "members >= 5%": "members is in people, and the goal 'members >= 5%' in per cent. Write a number, or a share:",
    "strong_share >= 8": "strong_share is a share of at most 1, and the goal 'strong_share >= 8' asks for 8. Write 8%.",
    "active_share >= 300%": "active_share is a share of at most 1, and the goal 'active_share >= 300%' asks for 3",
}


@pytest.mark.parametrize("text", PLACED)
def test_what_cannot_be_meant_is_told_with_its_place(text: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(f"goals:\n  - members >= 1\n  - {text}\n", encoding="utf-8")
    loaded = load(file)
    with pytest.raises(InputError) as caught:
        check_goals(loaded.scenario, loaded.sources)
    assert str(caught.value).startswith(f"{file}:3:5: ")
    assert PLACED[text] in str(caught.value)


def test_a_comma_in_brackets_is_explained(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("goals: [members >= 1, cost <= 10,000 by day 3]\n", encoding="utf-8")
    with pytest.raises(
        InputError, match=r"mine\.yaml:1:34: .*In brackets a comma ends an item: put a goal with one in"
    ):
        load(file)


def test_goals_are_judged_as_they_say() -> None:
    goals = [
        "members > 30",
        "members >= 30 on day 0",
        "members < 30 by day 0",
        "期末 成员数 >= 0.001万",
        "joined >= 1% ",
    ]
    plan = with_changes(Scenario(name="plan"), {"market.people": 100, "run.days": 3, "switches.leaving": False})
    run = run_replicates([with_changes(plan, {"goals": goals[:4]})], 1)[0]
    members = run.days["members"]
    met = (members[-1] > 30, members[0] >= 30, members[0] < 30, True)
    assert outcome(run).goals == tuple(bool(each) for each in met)
    with pytest.raises(InputError, match="joined is in people"):
        check_goals(with_changes(plan, {"goals": goals}))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_a_page_prints_can_be_written_in_a_file(lang: str) -> None:
    study = Study(*fakes.study(1), lang)
    for text, expected in READ.items():
        if expected.metric == "a":
            continue
        shown = goal_text(study, text)
        again, number = parsed(shown), Numbers(lang)
        assert (again.metric, again.sign, again.day) == (expected.metric, expected.sign, expected.day), shown
        assert number.text(again.value, "ratio") == number.text(expected.value, "ratio")
