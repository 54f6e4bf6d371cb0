"""A plan against itself without an entry of its playbook: what the entry did, and when things were as before."""

from __future__ import annotations

import json
import math
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.engine.state.events import PLAN_CHANGED, Event
from sim.errors import InputError
from sim.lab.questions.compare import compare
from sim.lab.questions.comparison import Study
from sim.lab.questions.twin import FOR_DAYS, back_after, numbers_of, recovery, twin_of
from sim.scenario import Scenario, with_changes
from sim.views.language.words import Words
from sim.views.playbook import listed
from sim.views.told import told

ENTRIES: list[dict[str, Any]] = [
    {"name": "crisis", "title": {"en": "A crisis", "zh": "危机"}, "day": 20, "for": 15,
     "set": {"mechanism.content.posts_per_week": 0, "mechanism.attention.visit": 0.001}},
    {"rate": 12, "for": 3, "set": {"culture.promise": 0.9}},
]  # fmt: skip
PLAN = with_changes(
    Scenario(),
    {"playbook": ENTRIES, "run.days": 90, "run.replicates": 4, "market.people": 300, "entrance.seeds.number": 40},
)


def test_entries_are_found_by_name_or_number() -> None:
    assert numbers_of(PLAN, ["crisis", "1", "0"]) == (0, 1)
    with pytest.raises(InputError, match=r"no entry 'crises'; expected one of crisis, 1\. Did you mean 'crisis'"):
        numbers_of(PLAN, ["crises"])
    with pytest.raises(InputError, match="expected a plan that has a playbook"):
        numbers_of(Scenario(), ["0"])


def test_the_twin_is_the_plan_without_the_entry() -> None:
    twin = twin_of(PLAN, [0])
    assert twin.name == "scenario-without-crisis"
    assert (twin.title.en, twin.title.zh) == ("without A crisis", "没有危机")
    assert twin.playbook[0].set == {}
    assert twin.playbook[1] == PLAN.playbook[1], "and all others keep their places, and so their luck"
    assert twin.model_dump() | {"name": 0, "title": 0, "playbook": 0} == PLAN.model_dump() | {
        "name": 0,
        "title": 0,
        "playbook": 0,
    }
    assert twin_of(PLAN, [0, 1]).name == "scenario-without-crisis-1"


def gaps(*parts: tuple[int, float]) -> Any:
    return np.concatenate([np.full(days, value) for days, value in parts])


@pytest.mark.parametrize(
    ("gap", "first", "days"),
    [
        (gaps((10, 0.0), (5, -0.5), (20, 0.0)), 10, 5),
        (gaps((10, 0.0), (3, 0.0), (5, 0.5), (20, 0.04)), 10, 8),
        (gaps((10, 0.0), (5, -0.5), (FOR_DAYS - 1, 0.0), (2, -0.06), (20, 0.0)), 10, 5 + FOR_DAYS - 1 + 2),
        (gaps((10, 0.0), (5, -0.5), (FOR_DAYS - 1, 0.0)), 10, math.inf),
        (gaps((10, 0.0), (5, -0.5), (FOR_DAYS, 0.0)), 10, 5),
        (gaps((10, 0.9), (5, 0.0), (5, -0.5), (20, 0.0)), 10, 10),
    ],
)
def test_days_until_a_gap_has_closed(gap: Any, first: int, days: float) -> None:
    assert back_after(gap, first) == days


def run(active: Any, *began: int) -> Any:
    """A run of which only active members and events are known."""
    events = Event.blank(len(began))
    for event, day in zip(events, began, strict=True):
        event["day"], event["kind"], event["which"], event["amount"] = day, PLAN_CHANGED, 0, 1
    return SimpleNamespace(days={"active": np.asarray(active, np.int64)}, events=events)


def test_recovery_of_single_runs_and_of_all() -> None:
    twins = [run(np.full(60, 100))] * 4
    struck = [
        run(gaps((10, 100), (10, 60), (40, 100)), 10),
        run(gaps((20, 100), (40, 80)), 20, 40),
        run(np.full(60, 96), 10),
        run(np.full(60, 100)),
    ]
    found = recovery(PLAN, [0], twins, struck)
    assert (found["replicates"], found["happened"], found["apart"], found["back"]) == (4, 3, 2, 1)
    assert found["days"] == {"median": 10.0, "low": 10.0, "high": None}
    assert found["deepest"]["low"] == -0.4
    assert found["title"] == {"en": "A crisis", "zh": "危机"}
    nothing = recovery(PLAN, [0], twins, [run(np.full(60, 100))] * 4)
    assert (nothing["happened"], nothing["apart"], nothing["days"]["median"]) == (0, 0, None)


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return compare([PLAN], twin="crisis", out=tmp_path_factory.mktemp("twin") / "x", explaining=0)


def test_the_difference_is_what_the_entry_did(answer: Study) -> None:
    assert [each["name"] for each in answer.summary["scenarios"]] == ["scenario-without-crisis", "scenario"]
    series = answer.tables["series"].set_index(["scenario", "replicate", "day"])
    plan, twin = (series.loc[name] for name in ("scenario", "scenario-without-crisis"))
    early = plan.index.get_level_values("day") < 20
    assert plan[early].equals(twin[early]), "before it begins, nothing differs"
    during = plan.index.get_level_values("day") == 34
    assert (plan["active"][during] < twin["active"][during]).all()
    assert {row["scenario"] for row in answer.summary["differences"]} == {"scenario"}
    assert answer.summary["recovery"]["happened"] == answer.summary["recovery"]["apart"] == 4
    assert answer.summary["recovery"]["deepest"]["median"] < -0.3
    events = answer.tables["events"]
    chance = events[events["detail"].str.startswith("1 ")].set_index("scenario")
    mine, theirs = (chance.loc[name].reset_index(drop=True) for name in ("scenario", "scenario-without-crisis"))
    assert len(mine) > 0
    assert mine.equals(theirs), "what else happens, happens on the same days"


def test_it_is_found_finished_and_told_in_both_languages(answer: Study) -> None:
    again = compare([PLAN], twin=["0"], out=answer.folder, explaining=0)
    assert again.made == 0
    assert again.summary == answer.summary
    english, chinese = (told(again, lang) for lang in ("en", "zh"))  # type: ignore[arg-type]
    assert any("“A crisis” happened in 4 of 4 replicates." in sentence for sentence in english.sentences)
    assert any("“危机”在4次重复中发生了4次。" in sentence for sentence in chinese.sentences)
    assert "without A crisis" in english.page
    assert "A crisis: began" in english.page
    assert "危机：结束" in chinese.page
    assert english.page.count('"textangle":-90') > 5, "it is marked on the plots of days"


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", "from day 20, for 15 days: A crisis"),
        ("zh", "第20天起，持续15天：危机"),
    ],
)
def test_what_two_plans_differ_in_is_told_in_words(lang: str, expected: str) -> None:
    text = json.dumps([entry.model_dump() for entry in PLAN.playbook])
    assert listed(text, Words(lang)).startswith(expected)
    assert listed(text, Words(lang)).count(Words(lang)("entry.then")) == 1
    emptied = json.dumps([entry.model_dump() for entry in twin_of(PLAN, [0, 1]).playbook])
    assert [listed(each, Words(lang)) for each in (emptied, "no list", "[5]", "null")] == [
        "–",
        "no list",
        "[5]",
        "null",
    ]
    when = json.dumps([{"when": "day > 3", "days": 2, "set": {"culture.promise": 1.0}}])
    assert listed(when, Words(lang)).startswith({"en": "when day > 3 for 2 days: ", "zh": "当 day > 3 连续2天："}[lang])


def test_a_twin_is_of_one_plan(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--twin with 2 plans; expected one plan"):
        compare([PLAN, Scenario()], twin="crisis", out=tmp_path / "x")
    with pytest.raises(InputError, match="To leave an entry of its playbook out, add --twin"):
        compare([PLAN], out=tmp_path / "x")
