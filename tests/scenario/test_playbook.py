"""The playbook as it is written: conditions, chance and an end; what is refused; what hangs together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import InputError, InputErrors
from sim.model.measures import MEASURES
from sim.scenario import Scenario, load, phases, played, with_changes
from sim.scenario.conditions import ALSO, FIGURES, SIGNS, Term, terms
from sim.scenario.conditions import scaled as scaled_condition
from sim.scenario.load import shipped
from sim.scenario.playbook import MOST, Outline, groups, holding, states_of, turns
from sim.scenario.scale import in_agents, scaled
from sim.scenario.titles import titles_of

QUALITY = "mechanism.content.quality"


def file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    return path


REFUSED = [
    ('- {when: "activ_share < 0.2"}', "2:10", "no figure 'activ_share'. Did you mean 'active_share'"),
    ('- {when: "xyzzy < 0.2"}', "2:10", "there is no figure 'xyzzy'. There are day, weak, strong"),
    ('- {when: "active_share = 0.2"}', "2:10", "expected FIGURE < NUMBER .*Write <= or >="),
    ('- {when: "active_share == 0.2"}', "2:10", "expected FIGURE < NUMBER"),
    ('- {when: "active_share < 20%"}', "2:10", "Write a share as a number: 20 % is 0.2"),
    ('- {when: "active < 5 or members < 5"}', "2:10", "Only 'and' joins"),
    ('- {when: "5 < active"}', "2:10", "expected FIGURE < NUMBER"),
    ('- {when: ""}', "2:10", "expected FIGURE < NUMBER"),
    ('- {when: "active < 5 and "}', "2:10", "expected FIGURE < NUMBER"),
    ("- {when: 5}", "2:10", "expected text or null"),
    ("- {when: day > 3, days: 0}", "2:25", "days is 0; expected a whole number from 1 to 36500"),
    ("- {rate: -1}", "2:10", "rate is -1; expected a number from 0 to 365 .1/year. or null"),
    ("- {day: 3, for: 0}", "2:17", "for is 0; expected a whole number from 1 to 36500"),
    ("- {dya: 3}", "2:4", "unknown key 'dya' in playbook.0.*Did you mean 'day'?"),
    ("- {day: 3, rate: 2}", "2:18", "an entry has either day, when or rate, and this one has day and rate"),
    ("- {when: day > 3, rate: 2}", "2:25", "and this one has when and rate"),
    ("- {day: 3, days: 5}", "2:18", "playbook.0.when is not stated"),
    ("- {rate: 3, again: true, for: 3}", "2:20", "only what begins by a condition"),
    ("- {when: day > 3, again: true}", "2:26", "it never ends, so it cannot begin again"),
    ("- {day: 3, shock: x}", "2:19", "only what happens at random shares luck"),
    ("- {name: a}\n- {name: a}", "3:10", "playbook.1.name: the name 'a' is used twice"),
    ("- {name: a.b}", "2:10", "playbook.0.name: 'a.b' cannot be a name"),
    ('- {name: "3"}', "2:10", "playbook.0.name: '3' cannot be a name"),
    ("- {when: day > 3, set: {market.people: 5}}", "2:25", "cannot change during a run"),
    ("- {rate: 1, set: {mechanism.content.qualty: 1}}", "2:19", "Did you mean 'mechanism.content.quality'?"),
    (f"- {{rate: 1, set: {{{QUALITY}: 3}}}}", "2:", "while playbook.0 holds: mechanism.content.quality is 3"),
    ("- {rate: 1, set: {mechanism.ties.weak_exit: 0.3}}", "2:45", "while playbook.0 holds: mechanism.ties"),
    ("- {day: 9, for: 3, set: {mechanism.ties.weak_exit: 0.3}}", "2:52", "from day 9: mechanism.ties.weak_exit: 0.3"),
    (
        "- {rate: 1, set: {mechanism.ties.weak_exit: .14}}\n- {name: b, rate: 1, set: {mechanism.ties.weak_enter: .1}}",
        "2:45", "while playbook.0 and playbook.b hold: mechanism.ties.weak_exit: 0.14 is above",
    ),
    (
        "- {rate: 1, set: {mechanism.ties.weak_exit: 0.14}}\n- {day: 7, set: {mechanism.ties.weak_enter: 0.13}}",
        "2:45", "while playbook.0 holds, from day 7: mechanism.ties.weak_exit: 0.14 is above",
    ),
    ("\n".join(f"- {{rate: 1, set: {{{QUALITY}: .{n}}}}}" for n in range(1, 8)), "2:3", f"together.*at most {MOST}"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place", "message"), REFUSED, ids=[text[:50] for text, _, _ in REFUSED])
def test_what_is_refused_says_where_and_what_is_meant(tmp_path: Path, text: str, place: str, message: str) -> None:
    indented = "\n".join(f"  {line}" for line in text.splitlines())
    path = file(tmp_path, f"playbook:\n{indented}\n")
    with pytest.raises(InputErrors, match=message) as caught:
        load(path)
    line, _, column = place.partition(":")
    shifted = f"{line}:{int(column) + 2}" if column.isdigit() and column != "3" else place
    assert f"plan.yaml:{shifted}" in str(caught.value)


def test_an_entry_is_named_and_changed_by_its_name() -> None:
    stated = f"playbook=[{{name: crisis, rate: 2, for: 30, set: {{{QUALITY}: 0.1}}}}, {{day: 3}}]"
    found = load("base", [stated, "playbook.crisis.for=9", f"playbook.crisis.set.{QUALITY}=0.2", "playbook.1.day=4"])
    crisis, other = found.scenario.playbook
    assert (crisis.lasts, crisis.set, other.first) == (9, {QUALITY: 0.2}, 4)
    assert with_changes(found.scenario, {"playbook.crisis.for": 3}).playbook[0].lasts == 3
    with pytest.raises(InputError, match=r"no item 'crisi'.*Did you mean 'crisis'"):
        load("base", [stated, "playbook.crisi.for=9"])


def test_what_never_comes_is_noted(tmp_path: Path) -> None:
    found = load(file(tmp_path, "run: {days: 10}\ngoals: []\nplaybook:\n- {day: 10}\n- {when: day > 50}\n"))
    assert [note for note in found.notes if "playbook" in note or "change" in note] == [
        f"{found.path}:4:9: the change on day 10 never comes, since run.days is 10"
    ]


def test_the_example_for_strategists_is_a_playbook(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[2] / "docs/for_strategists.md").read_text(encoding="utf-8")
    block = next(part for part in guide.split("```yaml\n")[1:] if part.startswith("playbook:")).partition("```")[0]
    named = "mei", "host", "course"
    base = load("base").scenario
    assert {name for items in base.tables().values() for name in (item.name for item in items)} >= set(named)
    found = load(file(tmp_path, f"extends: {shipped() / 'base.yaml'}\n{block}")).scenario
    assert len(found.playbook) == 6
    assert len(played(found).groups) == 5


# Conditions


def test_a_condition_in_parts() -> None:
    assert terms(" members<10 and profit >= -1.5e3 and spent > .5") == [
        Term("members", "<", 10.0), Term("profit", ">=", -1500.0), Term("cost", ">", 0.5),
    ]  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from([*FIGURES]), st.sampled_from(SIGNS), st.floats(-1e9, 1e9)), min_size=1))
def test_a_condition_is_read_as_it_is_written(parts: list[tuple[str, str, float]]) -> None:
    text = " and ".join(f"{name} {sign} {value!r}" for name, sign, value in parts)
    assert terms(text) == [Term(*each) for each in parts]
    assert terms(scaled_condition(text, 1.0)) == terms(text)


@given(st.text(max_size=40))
def test_any_text_is_a_condition_or_is_refused(text: str) -> None:
    try:
        assert terms(text)
    except ValueError as error:
        assert "expected" in str(error) or "there is no figure" in str(error)


def test_figures_are_measures() -> None:
    """Under the names under which they are known everywhere else."""
    assert set(FIGURES) - {"day"} <= {measure.name for measure in MEASURES}
    assert set(ALSO.values()) <= set(FIGURES)
    assert not set(ALSO) & set(FIGURES)


def test_thresholds_grow_with_the_market() -> None:
    when = "members < 100 and active_share < 0.2 and profit > -5 and day > 9"
    plan = with_changes(Scenario(), {"playbook": [{"when": when}, {"rate": 2}], "run.users_per_agent": 2})
    expected = "members < 400.0 and active_share < 0.2 and profit > -20.0 and day > 9.0"
    assert scaled(plan, 4.0).playbook[0].when == expected
    assert in_agents(plan).playbook[0].when == "members < 50.0 and active_share < 0.2 and profit > -2.5 and day > 9.0"
    assert in_agents(plan).playbook[1].rate == 2


# What may hold at once


def names(**items: list[str]) -> dict[str, list[str | None]]:
    return {name.replace("_", "."): [*known] for name, known in items.items()}


NAMES = names(structure_operators=["mei", "bo"], structure_kols=["luo"], business_products=["class"])


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ((QUALITY, "mechanism.content.warmth"), [(0, 1)]),
        (("mechanism.attention.visit", "mechanism.attention.drive"), [(0,), (1,)]),
        ((QUALITY, QUALITY), [(0, 1)]),
        (("structure.kols.luo.quality", "structure.kols.0.quality"), [(0, 1)]),
        (("structure.kols.luo.quality", "structure.kols.luo.warmth"), [(0, 1)]),
        (("business.products.class.price", "business.products.class.appeal"), [(0,), (1,)]),
        (("structure.operators.mei.skill", "structure.operators.bo.hours_day"), [(0, 1)]),
        (("culture.theme", "culture.breadth"), [(0, 1)]),
        (("structure.kols.luo.topic", "business.products.class.needs_topic"), [(0, 1)]),
        (("mechanism.ties.weak_enter", "mechanism.ties.half_life"), [(0, 1)]),
        (("structure.policy.replying", "structure.policy.advising"), [(0, 1)]),
    ],
)
def test_what_hangs_together(keys: tuple[str, str], expected: list[tuple[int, ...]]) -> None:
    assert groups([Outline(None, None, (key,)) for key in keys], NAMES) == expected


def test_entries_hang_together_through_others() -> None:
    quality, warmth, attitude = (f"mechanism.content.{name}" for name in ("quality", "warmth", "attitude"))
    keys: list[tuple[str, ...]] = [(quality, warmth), (attitude,), (warmth, attitude), ("culture.promise",), ()]
    outlines = [Outline(None, None, each) for each in keys]
    assert groups(outlines, NAMES) == [(0, 1, 2), (3,)]
    dated = Outline(4, None, (QUALITY,))
    assert groups([dated, *outlines], NAMES) == [(1, 2, 3), (4,)], "days are known beforehand"


def test_states_are_all_combinations() -> None:
    assert list(states_of((3, 5, 8))) == [(3,), (5,), (3, 5), (8,), (3, 8), (5, 8), (3, 5, 8)]


def test_turns_and_what_holds() -> None:
    outlines = [Outline(9, None, ("a",)), Outline(3, 4, ("a",)), Outline(None, 2, ("a",)), Outline(5, None, ("a",))]
    assert turns(outlines) == [0, 3, 5, 7, 9]
    assert [holding(outlines, day) for day in (0, 3, 5, 7, 9)] == [[], [1], [3, 1], [3], [3, 0]]
    assert holding(outlines, 5, [2]) == [3, 1, 2]


def test_phases_and_states() -> None:
    entries: list[dict[str, Any]] = [
        {"day": 5, "for": 5, "set": {QUALITY: 0.9}},
        {"rate": 1, "set": {QUALITY: 0.1}},
        {"when": "day > 3", "set": {"culture.promise": 0.9}},
    ]
    plan = played(with_changes(Scenario(), {"playbook": entries}))
    assert [(day, each.mechanism.content.quality) for day, each in plan.phases] == [(0, 0.5), (5, 0.9), (10, 0.5)]
    assert plan.groups == [(1,), (2,)]
    laid = [[(each.mechanism.content.quality, each.culture.promise) for each in states] for states in plan.states]
    assert laid == [[(0.1, 0.45), (0.5, 0.9)], [(0.1, 0.45), (0.9, 0.9)], [(0.1, 0.45), (0.5, 0.9)]]
    assert phases(with_changes(Scenario(), {"playbook": entries})) == plan.phases


@pytest.mark.parametrize("begins", [{"rate": 1}, {"when": "day > 3"}, {"day": 4, "for": 3}])
@pytest.mark.parametrize("key", ["market.people", "mechanism.ties.weak_exit", "nothing.here"])
def test_from_python_it_is_checked_too(begins: dict[str, Any], key: str) -> None:
    plan = with_changes(Scenario(), {"playbook": [{**begins, "set": {key: 0.3}}]})
    with pytest.raises(InputErrors):
        played(plan)


# Titles


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"title": {"en": "A", "zh": "甲"}}, ("A", "甲")),
        ({"title": {"en": "A"}}, ("A", "A")),
        ({"set": {"switches.kols": False}}, ("KOLs post off", "KOL 发文 关")),
        ({"set": {"structure.kols.luo.quality": 0.5, "culture.promise": 1.0, "culture.theme": 2}}, None),
    ],
)
def test_titles(stated: dict[str, Any], expected: tuple[str, str] | None) -> None:
    entry = Scenario.model_validate({"playbook": [stated]}).playbook[0]
    found = titles_of(entry)
    if expected is not None:
        assert tuple(found.values()) == expected
    else:
        assert "(luo) 0.5, " in found["en"] and found["en"].endswith(" 1, …")
        assert "（luo） 0.5，" in found["zh"] and found["zh"].endswith(" 1，…")
