"""The tool that names the bit in which two runs part."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.model.community import CommunityModel
from sim.model.parity import digest, first_difference, part_ways
from tests.scenarios import everything


def model() -> CommunityModel:
    return CommunityModel(everything())


def test_equal_runs_have_no_difference_and_one_digest() -> None:
    a, b = model(), model()
    assert part_ways(a, b) == ""
    assert first_difference(a.record(), b.record()) == ""
    assert first_difference(a.tables(), b.tables()) == ""
    assert digest(a.world) == digest(b.world)
    assert digest(a.tables()) == digest(b.tables())


def test_the_first_day_is_named_and_not_the_first_column() -> None:
    a, b = model(), model()
    a.run_for(30)
    b.run_for(30)
    b.world.records.days["none_to_weak"][20] += 1  # the first column, later
    b.world.records.days["members"][12] = 5
    expected = int(a.world.records.days["members"][12])
    assert first_difference(a.world, b.world) == f"day 12, days.members: {expected} != 5"
    assert first_difference(a.record(), b.record()) == f"day 12, days.members: {expected} != 5"
    assert first_difference(a.tables(), b.tables()) == f"day 12, series.members[12]: {expected} != 5"
    assert digest(a.world) != digest(b.world)


def test_a_person_is_named_by_column_and_row() -> None:
    a, b = model(), model()
    b.world.people.rows["tie"][17] = -0.0
    assert first_difference(a.world, b.world) == "people.tie[17]: 0.0 != -0.0"


def test_a_cell_of_a_daily_matrix_is_named() -> None:
    a, b = model(), model()
    b.world.records.joined[3, 2] = 1
    assert first_difference(a.world, b.world) == "day 3, joined[2]: 0 != 1"


def test_models_are_stopped_on_the_evening_on_which_they_part() -> None:
    a, b = model(), model()
    a.run_for(10)
    b.run_for(10)
    b.world.people.rows["satisfaction"][:] = 0.0
    assert part_ways(a, b).startswith("evening of day 10: day ")
    assert a.time == b.time == 11


def test_shapes_types_and_parts_count() -> None:
    assert first_difference({"x": np.zeros(2)}, {"x": np.zeros(3)}) == "x: float64[2] != float64[3]"
    assert first_difference({"x": np.zeros(2)}, {"x": np.zeros(2, int)}) == "x: float64[2] != int64[2]"
    assert first_difference({"x": np.zeros(2)}, {"y": np.zeros(2)}) == "only one of both has x, y"
    frames = (
        {"t": pd.DataFrame({"day": [4, 5], "kind": ["a", "b"]})},
        {"t": pd.DataFrame({"day": [4, 5], "kind": ["a", "c"]})},
    )
    assert first_difference(*frames) == "day 5, t.kind[1]: 'b' != 'c'"
    nan = {"x": np.array([np.nan])}
    assert first_difference(nan, {"x": np.array([np.nan])}) == ""
