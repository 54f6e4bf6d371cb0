"""The schema: every parameter is documented and keyed, plans can be changed and compared, editors get a JSON Schema."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from sim.errors import InputError, InputErrors
from sim.scenario import (
    Parameter,
    Scenario,
    difference,
    flat,
    json_schema,
    parameters,
    phases,
    to_yaml,
    transplant,
    with_changes,
)
from sim.scenario.catalogue import check_key, entries, fields, nearest_key, pattern, steps
from sim.scenario.parameter import Section, par

PLAN = Scenario(name="plan")
ALL = parameters()


@pytest.mark.parametrize("entry", ALL, ids=[entry.key for entry in ALL])
def test_a_parameter_is_documented_and_its_default_lies_in_its_range(entry: Parameter) -> None:
    assert entry.en and entry.unit and entry.source
    assert re.search(r"[\u4e00-\u9fff]", entry.zh)
    if entry.type in {"int", "float"}:
        assert entry.low is not None
        assert entry.default is None or entry.high is None or entry.low <= entry.default <= entry.high
    if entry.type == "choice":
        assert entry.default in entry.choices


def test_blocks_are_documented() -> None:
    assert [key for key, entry in entries().items() if not (entry.en and entry.zh)] == []


@pytest.mark.parametrize(
    ("key", "scope"),
    [
        ("mechanism.ties.half_life", "person"),
        ("mechanism.content.quality", "plan"),
        ("mechanism.content.habituation", "person"),
        ("carrier.groups.cap", "group"),
        ("carrier.groups.limit", "plan"),
        ("business.rocket.platform.day", "plan"),
        ("structure.kols[].quality", "plan"),
        ("goals", "plan"),
    ],
)
def test_what_a_parameter_is_about(key: str, scope: str) -> None:
    found = entries()[key]
    assert isinstance(found, Parameter) and found.scope == scope


def test_every_parameter_has_a_scope() -> None:
    assert {entry.scope for entry in ALL} == {"person", "group", "plan"}


def test_a_parameter_without_a_scope_is_refused() -> None:
    class Unsaid(Section):
        loudness: float = par(0.5, "share", 0, 1, "loudness", "响度")

    with pytest.raises(AttributeError, match="scope"):
        list(fields(Unsaid))


def test_expectations_in_words() -> None:
    words = {entry.key: entry.expected() for entry in ALL}
    assert words["market.people"] == "a whole number from 1 to 20000000 (people)"
    assert words["mechanism.content.quality"] == "a number from 0 to 1 (share)"
    assert words["budget.cap"] == "a number from 0 to 1000000000000 (currency) or null"
    assert words["switches.kols"] == "true or false"
    assert words["entrance.seeds.choice"] == "one of random, matched, connected"


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("market", "market"),
        ("structure.kols", "structure.kols"),
        ("structure.kols.主播.quality", "structure.kols[].quality"),
        ("structure.kols.0.quality", "structure.kols[].quality"),
        ("playbook.0.set.mechanism.content.quality", "playbook[].set"),
        ("goals.0", "goals"),
        ("goals.0.x", None),
        ("market.people.x", None),
        ("market.", None),
        ("nothing", None),
    ],
)
def test_patterns_of_keys(key: str, found: str | None) -> None:
    assert pattern(steps(key)) == found
    if found:
        assert check_key(key) == steps(key)


@pytest.mark.parametrize(
    ("key", "nearest"),
    [
        ("market.peple", "'market.people'"),
        ("peple", "'market.people'"),
        ("mechansim.content.quality", "'mechanism.content.quality'"),
        ("structure.kols.guest.qualty", "'structure.kols.guest.quality'"),
    ],
)
def test_nearest_keys(key: str, nearest: str) -> None:
    assert nearest_key(key) == f"Did you mean {nearest}?"


def test_flat_names_items() -> None:
    found = flat(PLAN)
    assert found["entrance.channels.ads.daily_budget"] == 100.0
    assert found["business.rocket.platform.day"] == 90


def test_changes() -> None:
    changes: dict[str, Any] = {
        "mechanism.content.quality": np.float64(0.9),
        "market.people": np.int64(500),
        "structure.kols.host.quality": 1,
        "entrance.channels.1.trust": 0.25,
        "structure.policy": {"onboarding": 0.1, "replying": 0.2},
        "structure.kols": {"guest": {"quality": 0.3}},
        "structure.operators.mei": None,
    }
    found = with_changes(PLAN, changes)
    assert (found.mechanism.content.quality, found.market.people) == (0.9, 500)
    assert type(found.market.people) is int
    assert [(kol.name, kol.quality) for kol in found.structure.kols] == [("host", 1.0), ("guest", 0.3)]
    assert found.entrance.channels[1].trust == 0.25
    assert (found.structure.policy.onboarding, found.structure.policy.moderating) == (0.1, 0.15)
    assert found.structure.operators == []
    assert Scenario(name="plan") == PLAN


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"mechanism.content.quality": 2}, "mechanism.content.quality is 2; expected a number from 0 to 1 (share)"),
        ({"market.people": 2.5}, "market.people is 2.5; expected a whole number"),
        ({"market.people": float("nan")}, "market.people is NaN"),
        ({"market.peple": 2}, "Did you mean 'market.people'?"),
        ({"market.people.x": 2}, "unknown key 'market.people.x'"),
        ({"structure.kols.hots.quality": 0.5}, "structure.kols has no item 'hots'; expected one of host"),
        ({"structure.kols.hots": None}, "structure.kols has no item 'hots'"),
        ({"structure.kols.host": 5}, "expected a mapping"),
        ({"structure.kols.guest": {"qualty": 5}}, "unknown key 'qualty' in structure.kols.guest"),
        ({"playbook.0.day": 5}, "playbook has no item '0'"),
        ({"": 5}, "unknown key ''"),
        ({"mechanism.ties.weak_exit": 0.5}, "mechanism.ties.weak_exit: 0.5 is above mechanism.ties.weak_enter (0.15)"),
    ],
)
def test_impossible_changes(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        with_changes(PLAN, changes)
    assert message in str(caught.value)


def test_levers_between_two_plans() -> None:
    other = with_changes(
        PLAN,
        {
            "name": "other",
            "run.days": 9,
            "goals": ["a >= 1"],
            "mechanism.content.quality": 0.9,
            "structure.kols": [{"name": "guest"}, {"name": "host", "quality": 0.7}],
            "business.products": [],
            "budget.cap": 5.0,
            "playbook": [{"day": 3, "set": {"switches.kols": False}}],
        },
    )
    levers = {key: (mine, theirs) for key, mine, theirs in difference(PLAN, other)}
    assert levers["mechanism.content.quality"] == (0.5, 0.9)
    assert levers["structure.kols.host.quality"] == (0.6, 0.7)
    assert levers["budget.cap"] == (None, 5.0)
    assert levers["structure.kols.guest"][0] is None
    assert levers["structure.kols.guest"][1]["name"] == "guest"
    assert levers["business.products.course"][1] is None
    assert levers["playbook"] == ([], [other.playbook[0].model_dump()])
    assert len(levers) == 6

    moved = transplant(PLAN, other, levers)
    assert moved == with_changes(other, {"name": "plan", "run.days": 365, "goals": []})
    some = transplant(PLAN, other, ["structure.kols.guest", "business.products.course"])
    assert [kol.name for kol in some.structure.kols] == ["guest", "host"]
    assert some.structure.kols[1].quality == 0.6
    assert some.business.products == []
    assert transplant(other, PLAN, [key for key, _, _ in difference(other, PLAN)]).structure == PLAN.structure
    assert transplant(PLAN, other, []) == PLAN
    assert transplant(PLAN, other, ["structure"]).structure == other.structure


def test_half_of_a_plan_may_contradict_the_other_half() -> None:
    other = with_changes(PLAN, {"mechanism.ties.weak_enter": 0.05, "mechanism.ties.weak_exit": 0.02})
    with pytest.raises(InputErrors, match=r"weak_exit: 0\.1 is above"):
        transplant(PLAN, other, ["mechanism.ties.weak_enter"])


def test_a_playbook_from_python_is_checked_too() -> None:
    plan = with_changes(PLAN, {"playbook": [{"day": 3, "set": {"market.people": 5}}]})
    with pytest.raises(InputErrors, match="cannot change during a run"):
        phases(plan)


def test_yaml_with_comments() -> None:
    text = to_yaml(PLAN, "en")
    assert "    quality: 0.5  # quality of these posts [share from 0 to 1]\n" in text
    assert "  people: 2000  # 市场总人数 [people 1 至 20000000]\n" in to_yaml(PLAN, "zh")
    changed = with_changes(PLAN, {"title.zh": "得到", "structure.kols.host.quality": 0.7})
    assert to_yaml(changed, defaults=False) == (
        "name: plan\ntitle:\n  zh: 得到\nstructure:\n  kols:\n    - name: host\n      quality: 0.7\n"
    )


def _walk(schema: object) -> list[dict[str, Any]]:
    if isinstance(schema, list):
        return [inner for item in schema for inner in _walk(item)]
    if not isinstance(schema, dict):
        return []
    return [schema, *(inner for value in schema.values() for inner in _walk(value))]


def test_json_schema() -> None:
    schema = json_schema("zh")
    assert list(schema["properties"])[:2] == ["extends", "name"]
    assert schema["additionalProperties"] is False
    assert all("required" not in part for part in _walk(schema))
    people = schema["properties"]["market"]["properties"]["people"]
    assert (people["type"], people["minimum"], people["default"]) == ("integer", 1, 2000)
    assert "市场总人数" in people["description"]
    kols = schema["properties"]["structure"]["properties"]["kols"]["anyOf"]
    assert kols[0]["items"] == kols[1]["additionalProperties"]
    entry = schema["properties"]["playbook"]["anyOf"][0]["items"]["properties"]
    assert {"day", "when", "rate", "for", "set"} < set(entry)
    settable = entry["set"]
    assert "mechanism.content.quality" in settable["properties"]
    assert "market.people" not in settable["properties"]


def test_json_schema_agrees_with_reading() -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    checker = jsonschema.Draft7Validator(json_schema("en"))
    jsonschema.Draft7Validator.check_schema(json_schema("en"))
    good: list[Any] = [
        {},
        PLAN.model_dump(),
        {"extends": "base.yaml", "market": None, "structure": {"kols": {"host": {"quality": 1}}}},
        {
            "playbook": [
                {"day": 3, "set": {"structure.kols.host.quality": 0.5}},
                {"name": "x", "rate": 2, "for": 3, "shock": "y", "title": {"en": "Z"}},
            ],
            "goals": ["strong_share >= .08 by day 180"],
        },
        {"budget": {"cap": None}},
    ]
    bad: list[Any] = [
        {"marke": {}},
        {"market": {"people": "5"}},
        {"market": {"people": 0}},
        {"structure": {"kols": [{"qualty": 1}]}},
        {"structure": {"kols": {"host": {"quality": 2}}}},
        {"goals": ["strong"]},
        {"playbook": [{"set": {"market.people": 5}}]},
        {"playbook": [{"rate": -1}]},
        {"market": {"network": {"kind": "x"}}},
    ]
    assert [case for case in good if not checker.is_valid(case)] == []
    assert [case for case in bad if checker.is_valid(case)] == []
