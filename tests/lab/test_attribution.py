"""Shapley values against games with known answers, and the axioms that define them."""

from __future__ import annotations

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.lab.statistics.intervals import interval
from sim.lab.statistics.shapley import MOST_GROUPS, coalitions, contributions, group_levers, shapley

Game = dict[frozenset[str], np.ndarray]


@st.composite
def games(draw: st.DrawFn, most: int = 5) -> tuple[list[str], Game]:
    groups = list("abcdef"[: draw(st.integers(1, most))])
    replicates = draw(st.integers(1, 4))
    row = st.lists(st.floats(-1e6, 1e6), min_size=replicates, max_size=replicates).map(np.array)
    return groups, {some: draw(row) for some in coalitions(groups)}


def test_glove_game() -> None:
    """Two left gloves and a right one; a pair is worth 1. The right glove gets 2/3 (Shapley & Shubik 1969)."""
    found = shapley(["left", "other left", "right"], lambda some: [float("right" in some and len(some) > 1)])
    assert [share.mean for share in found] == pytest.approx([1 / 6, 1 / 6, 2 / 3])


def test_airport_game() -> None:
    """Runways of cost 1, 2, 3: each stretch is shared by those who need it (Littlechild & Owen 1973)."""
    cost = {"small": 1.0, "middle": 2.0, "large": 3.0}
    found = shapley(list(cost), lambda some: [max((cost[group] for group in some), default=0.0)])
    assert [share.mean for share in found] == pytest.approx([1 / 3, 1 / 3 + 1 / 2, 1 / 3 + 1 / 2 + 1])


def test_additive_game_gives_each_its_own_effect() -> None:
    effect = {"a": np.array([1.0, 2.0, 4.0]), "b": np.array([-1.0, 0.0, 1.0])}
    found = shapley(["a", "b"], lambda some: 10.0 + sum((effect[group] for group in some), np.zeros(3)))
    for share in found:
        expected = interval(effect[share.group], 0.95)
        assert (share.mean, share.low, share.high, share.n) == pytest.approx(
            (expected.mean, expected.low, expected.high, 3)
        )


def test_one_group_gets_all() -> None:
    found = shapley(["all"], {frozenset(): [1.0, 2.0], frozenset({"all"}): [4.0, 4.0]})
    assert found[0].mean == 2.5


def test_one_replicate_has_no_interval() -> None:
    assert math.isnan(shapley(["a"], {frozenset(): [0.0], frozenset({"a"}): [1.0]})[0].low)


@given(games())
def test_shares_sum_to_the_difference_in_every_replicate(case: tuple[list[str], Game]) -> None:
    groups, game = case
    total = game[frozenset(groups)] - game[frozenset()]
    np.testing.assert_allclose(contributions(groups, game).sum(axis=1), total, rtol=0, atol=1e-7)


@settings(max_examples=30)
@given(games(most=4))
def test_equals_the_mean_over_all_orders(case: tuple[list[str], Game]) -> None:
    groups, game = case
    expected = np.zeros((len(game[frozenset()]), len(groups)))
    orders = list(permutations(groups))
    for order in orders:
        for place, group in enumerate(order):
            gain = game[frozenset(order[: place + 1])] - game[frozenset(order[:place])]
            expected[:, groups.index(group)] += gain / len(orders)
    np.testing.assert_allclose(contributions(groups, game), expected, rtol=0, atol=1e-6)


@given(games())
def test_equal_groups_get_equal_shares(case: tuple[list[str], Game]) -> None:
    groups, game = case
    if len(groups) < 2:
        return
    a, b = groups[:2]
    other = {a: b, b: a}
    fair = {some: game[some] + game[frozenset(other.get(group, group) for group in some)] for some in game}
    parts = contributions(groups, fair)
    np.testing.assert_allclose(parts[:, 0], parts[:, 1], rtol=0, atol=1e-6)


@given(games(most=4))
def test_what_changes_nothing_gets_nothing(case: tuple[list[str], Game]) -> None:
    groups, game = case
    parts = contributions([*groups, "idle"], lambda some: game[some - {"idle"}])
    assert (parts[:, -1] == 0.0).all()
    np.testing.assert_allclose(parts[:, :-1], contributions(groups, game), rtol=0, atol=1e-6)


def test_a_function_is_called_once_for_each_coalition() -> None:
    calls: list[frozenset[str]] = []
    shapley(["a", "b", "c"], lambda some: calls.append(some) or [0.0])  # type: ignore[func-returns-value]
    assert calls == coalitions(["a", "b", "c"])
    assert len(set(calls)) == 8


def test_coalitions_run_from_none_to_all() -> None:
    assert coalitions(["a", "b"]) == [frozenset(), frozenset("a"), frozenset("b"), frozenset("ab")]


@pytest.mark.parametrize("groups", [[], ["a", "a"], list("abcdefg")])
def test_groups_are_one_to_six_different_names(groups: list[str]) -> None:
    assert MOST_GROUPS == 6
    with pytest.raises(ValueError, match="different groups"):
        coalitions(groups)


@pytest.mark.parametrize(
    ("outcome", "message"),
    [
        ({}, "a is missing"),
        ({"a": [1.0, 2.0]}, "same replicates"),
        ({"a": [math.nan]}, "finite"),
        ({"a": []}, "finite"),
    ],
)
def test_an_incomplete_game_is_refused(outcome: dict[str, list[float]], message: str) -> None:
    game = {frozenset(): [1.0]} | {frozenset({group}): row for group, row in outcome.items()}
    with pytest.raises(ValueError, match=message):
        shapley(["a"], game)


def test_outcomes_beyond_floats_are_not_attributed() -> None:
    with np.errstate(over="ignore", invalid="ignore"), pytest.raises(ArithmeticError, match="too large"):
        shapley(["a"], {frozenset(): [-1.7e308], frozenset({"a"}): [1.7e308]})


class TestGroupLevers:
    def test_by_module_then_block(self) -> None:
        keys = [
            "mechanism.content.quality",
            "mechanism.content.frequency",
            "mechanism.incentives.cash",
            "business.rocket.free_content.enabled",
            "structure.kols.luo.audience",
        ]
        assert group_levers(keys) == {
            "business.rocket.free_content.enabled": ["business.rocket.free_content.enabled"],
            "mechanism.content": ["mechanism.content.frequency", "mechanism.content.quality"],
            "mechanism.incentives.cash": ["mechanism.incentives.cash"],
            "structure.kols.luo.audience": ["structure.kols.luo.audience"],
        }
        assert list(group_levers(keys, limit=3)) == [
            "business.rocket.free_content.enabled",
            "mechanism",
            "structure.kols.luo.audience",
        ]

    def test_one_block_is_told_apart_too(self) -> None:
        assert list(group_levers(["m.content.quality", "m.content.warmth"])) == [
            "m.content.quality",
            "m.content.warmth",
        ]

    def test_small_modules_are_joined(self) -> None:
        keys = ["a.x.p", "a.x.q", "a.y.p", "b.x.p", "b.x.q", "c.x.p", "d.x.p"]
        assert list(group_levers(keys, limit=3)) == ["a", "b.x", "c.x.p + d.x.p"]

    def test_a_key_that_is_also_a_prefix(self) -> None:
        assert group_levers(["a.b", "a.b.c", "a.b.d"]) == {"a.b": ["a.b", "a.b.c", "a.b.d"]}

    def test_nothing_differs(self) -> None:
        assert group_levers([]) == {}

    def test_no_groups_are_refused(self) -> None:
        with pytest.raises(ValueError, match="at least one"):
            group_levers(["a.b"], limit=0)

    @given(
        st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=4).map(".".join), max_size=20),
        st.integers(1, 6),
        st.randoms(use_true_random=False),
    )
    def test_every_key_is_in_one_group_whatever_the_order(self, keys: list[str], limit: int, order: object) -> None:
        groups = group_levers(keys, limit)
        assert sorted(key for group in groups.values() for key in group) == sorted(set(keys))
        assert len(groups) <= limit
        shuffled = list(keys)
        order.shuffle(shuffled)  # type: ignore[attr-defined]
        assert list(group_levers(shuffled, limit).items()) == list(groups.items())
