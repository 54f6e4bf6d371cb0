"""A season from a file: what is read, what is refused, what it moves."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.errors import InputError
from sim.lab.designs.identity import identity
from sim.market.inflow import inflow, read_inflow
from sim.model.community import CommunityModel
from sim.model.parity import first_difference
from sim.scenario import load, with_changes
from tests.scenarios import everything


def table(folder: Path, text: str) -> str:
    (folder / "season.csv").write_text(text, encoding="utf-8")
    return str(folder / "season.csv")


def test_days_and_dates(tmp_path: Path) -> None:
    assert read_inflow(table(tmp_path, "day,multiple\n2,3\n4,0.5\n")) == [(2, 3.0), (4, 0.5)]
    assert read_inflow(table(tmp_path, "multiple;date\n1;2026-01-30\n2;2026-02-02\n")) == [(0, 1.0), (3, 2.0)]
    assert list(inflow(table(tmp_path, "day,multiple\n2,3\n4,0.5\n"), 6)) == [1, 1, 3, 3, 0.5, 0.5]
    assert list(inflow(None, 2)) == [1, 1]


@pytest.mark.parametrize(
    ("rows", "place", "part"),
    [
        ("0,1\n0,2\n", ":3:1", "ascending"),
        ("0,1\n1,-2\n", ":3:3", "at least 0"),
        ("0,1\n1,many\n", ":3:3", "Write 1 where"),
        ("0,1\n2026-13-01,2\n", ":3:1", "a date such as"),
        ("-3,1\n", ":2:1", "a day from 0"),
        ("0\n", ":2:", "a day or a date and a multiple"),
    ],
)
def test_what_is_wrong_has_its_place(tmp_path: Path, rows: str, place: str, part: str) -> None:
    with pytest.raises(InputError) as found:
        read_inflow(table(tmp_path, "day,multiple\n" + rows))
    assert place in str(found.value)
    assert part in str(found.value)


def noticed(season: str | None, **changes: object) -> np.ndarray:
    model = CommunityModel(with_changes(everything(), {"market.inflow": season, **changes}))
    model.run_model()
    return np.asarray(model.world.records.noticed[:, [0, 1, 3, 4, 5]].sum(axis=1))


def test_contacts_and_audiences_follow_and_nothing_else_does(tmp_path: Path) -> None:
    none = noticed(table(tmp_path, "day,multiple\n0,0\n"))
    assert none.sum() < noticed(None).sum() / 2  # some think again of what they know
    assert noticed(table(tmp_path, "day,multiple\n20,3\n"))[:20].sum() == noticed(None)[:20].sum()
    dull = {"entrance.consideration.reconsider": 0.0, "mechanism.leaving.come_back": 0.0}
    assert noticed(table(tmp_path, "day,multiple\n0,0\n"), **dull).sum() == 0


def test_a_file_of_ones_is_no_file(tmp_path: Path) -> None:
    models = [
        CommunityModel(with_changes(everything(), {"market.inflow": season}))
        for season in (None, table(tmp_path, "day,multiple\n0,1\n"))
    ]
    for model in models:
        model.run_model()
    assert first_difference(models[0].world, models[1].world) == ""


def test_it_is_known_by_its_content_and_found_from_the_scenario(tmp_path: Path) -> None:
    table(tmp_path, "day,multiple\n0,2\n")
    (tmp_path / "mine.yaml").write_text("market: {inflow: season.csv}\n", encoding="utf-8")
    scenario = load(tmp_path / "mine.yaml").scenario
    assert scenario.market.inflow == str((tmp_path / "season.csv").resolve())
    before = identity(scenario)
    table(tmp_path, "day,multiple\n0,3\n")
    assert identity(scenario) != before
