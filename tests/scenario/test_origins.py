"""Every number of a scenario is a lever, or behaviour whose value has an origin, a range and a reason."""

from __future__ import annotations

import pytest

from sim.scenario import Scenario, with_changes
from sim.scenario.catalogue import Parameter, parameters
from sim.scenario.explain import origin_told, remark
from sim.scenario.origins import KINDS, LEVERS, ORIGINS, Origin, design, is_lever
from sim.scenario.sections.activities import ActivityPlan
from sim.scenario.sections.channels import Channel
from sim.scenario.sections.voices import KolPlan

NUMBERS = {each.key: each for each in parameters() if each.type in {"float", "int"}}
BEHAVIOUR = [each for each in NUMBERS.values() if each.origin]

behaviour = pytest.mark.parametrize("parameter", BEHAVIOUR, ids=lambda parameter: parameter.key)


def known(parameter: Parameter) -> Origin:
    assert parameter.origin
    return parameter.origin


@pytest.mark.parametrize("key", NUMBERS)
def test_every_number_is_behaviour_or_a_lever(key: str) -> None:
    assert (key in ORIGINS) != is_lever(key), "write a line in ORIGINS, or name it among LEVERS; not both"


def test_no_line_is_stale() -> None:
    assert ORIGINS.keys() <= NUMBERS.keys()
    assert not [lever for lever in LEVERS if not any(key.startswith(lever) for key in NUMBERS)]


def test_most_of_the_model_is_behaviour() -> None:
    assert len(BEHAVIOUR) > 150
    assert {known(each).kind for each in BEHAVIOUR} <= set(KINDS)


@behaviour
def test_the_default_lies_in_a_range_that_may_be_set(parameter: Parameter) -> None:
    origin = known(parameter)
    assert origin.low < origin.high
    assert origin.low <= parameter.default <= origin.high
    assert parameter.low is None or parameter.low <= origin.low
    assert parameter.high is None or origin.high <= parameter.high
    if parameter.type == "int":
        assert float(origin.low).is_integer() and float(origin.high).is_integer()


@behaviour
def test_ends_of_ranges_contradict_nothing(parameter: Parameter) -> None:
    origin = known(parameter)
    items = {
        "entrance": {"channels": [Channel(name="one").model_dump()]},
        "structure": {"kols": [KolPlan(name="one").model_dump()]},
        "mechanism": {"activities": [ActivityPlan(name="one").model_dump()]},
    }
    plan = Scenario.model_validate(items)
    for end in (origin.low, origin.high):
        with_changes(plan, {parameter.key.replace("[]", ".one"): int(end) if parameter.type == "int" else end})


@behaviour
def test_a_range_has_a_reason_in_both_languages(parameter: Parameter) -> None:
    origin = known(parameter)
    assert len(origin.en) > 10 and origin.en.isprintable()
    assert any("\u4e00" <= letter <= "\u9fff" for letter in origin.zh)
    assert not set(",;()") & set(origin.zh), "Chinese punctuation in Chinese text"
    assert "%" not in (origin.en.split()[0], origin.zh[:1]), "a reason, not a percentage"


@behaviour
def test_neutral_values_can_be_reached(parameter: Parameter) -> None:
    neutral = known(parameter).neutral
    if neutral is not None:
        assert parameter.low is None or parameter.low <= neutral
        assert parameter.high is None or neutral <= parameter.high


def test_a_sign_is_assumed_unless_the_range_has_both() -> None:
    assert design(0.0, 1.0, "", "", neutral=0.0).sign_assumed, "the neutral value is an end"
    assert design(0.2, 1.0, "", "", neutral=0.0).sign_assumed, "the neutral value lies outside"
    assert not design(-0.2, 1.0, "", "", neutral=0.0).sign_assumed
    assert not design(0.0, 1.0, "", "").sign_assumed, "no effect, so no sign"


def test_what_the_search_chose_was_searched() -> None:
    assert all(origin.searched for origin in ORIGINS.values() if origin.kind == "calibrated")


def test_origins_are_told_in_both_languages() -> None:
    tie = NUMBERS["mechanism.attention.tie"]
    assert origin_told(known(tie), "en") == "design choice, plausible 0.5 to 4, sign assumed"
    assert origin_told(known(tie), "zh") == "设计取值，合理范围 0.5 至 4，方向为假定"
    assert "plausible 30 to 180" in remark(NUMBERS["mechanism.ties.half_life"], "en")
    assert "plausible" not in remark(NUMBERS["market.people"], "en"), "a lever has none"
