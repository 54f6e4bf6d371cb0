"""Shipped cases beside their public figures: what is near, and what is known to be missed.

The public figures are read from ``../shared/data/cases.csv``. Nothing was chosen to meet a figure but where it says so.
The range is half to double of what was seen (design choice); the 99 % confidence interval of the mean must touch
it. Print the table of docs/cases.md with ``pytest -m science -s tests/science/test_cases.py``.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.model.community import CommunityModel
from sim.scenario import find_scenario, load
from tests.science.limits import Mean, mean

DATA = Path(__file__).parents[3] / "shared" / "data" / "cases.csv"
pytestmark = [
    pytest.mark.science,
    pytest.mark.skipif(not DATA.is_file(), reason=f"no public figures: {DATA} is not there"),
]
#: Replicates and days of each plan: MIUI's figures end on day 1,369, 得到's stall is that of a fourth year.
LIVED = {"dedao": (10, 1460), "xiaomi": (5, 1370)}
DEDAO, MIUI = "罗辑思维/得到", "Xiaomi/MIUI"


class Lived(NamedTuple):
    """What is looked at of one run: the records of its days, and newcomers by day and channel."""

    days: NDArray[np.void]
    joined: NDArray[np.int64]
    channels: tuple[str, ...]

    def to_date(self, column: str, day: int) -> float:
        return float(self.days[column][: day + 1].sum())


class Figure(NamedTuple):
    """A figure: its name, the plan, how the public one is made of rows, how the simulated one of a run."""

    name: str
    plan: str
    public: Callable[[], float]
    simulated: Callable[[Lived], float]
    calibrated: bool = False


def row(case: str, date: str, words: str) -> float:
    """The value of the one row of a case whose date is this one and whose metric has these words."""
    with DATA.open(encoding="utf-8") as file:
        found = [each for each in csv.DictReader(file) if each["case"] == case and each["date"] == date]
    (value,) = (each["value"] for each in found if words in each["metric"])
    return float(value.rstrip("%")) / (100.0 if value.endswith("%") else 1.0)


def over(case: str, *which: tuple[str, str]) -> Callable[[], float]:
    """The first row divided by the second."""

    def public() -> float:
        return row(case, *which[0]) / row(case, *which[1])

    return public


def fall(case: str, *which: tuple[str, str]) -> Callable[[], float]:
    """How far the first row is below the second."""
    ratio = over(case, *which)
    return lambda: 1.0 - ratio()


def late(column: str) -> Callable[[Lived], float]:
    """Mean of days 336 to 365 per person who had joined by then."""
    return lambda run: float(run.days[column][335:365].mean()) / run.to_date("joined", 364)


def in_the_fourth_year(column: str) -> Callable[[Lived], float]:
    """How far the fourth year is below the third."""
    return lambda run: 1.0 - float(run.days[column][1095:1460].sum() / run.days[column][730:1095].sum())


def times(column: str, day: int, before: int) -> Callable[[Lived], float]:
    return lambda run: float(run.days[column][day] / run.days[column][before])


def by_phones(run: Lived) -> float:
    """Newcomers to date who came with a phone, per person who joined."""
    return float(run.joined[:858, run.channels.index("phones")].sum()) / run.to_date("joined", 857)


FIGURES = (
    Figure("得到: daily actives / users", "dedao",
           over(DEDAO, ("2017-03", "得到 DAU"), ("2017-03", "得到 total users")), late("visitors"), calibrated=True),
    Figure("得到: monthly actives / registered", "dedao",
           over(DEDAO, ("2020-03-31", "得到 MAU"), ("2020-03-31", "registered")), late("active_30"), calibrated=True),
    Figure("得到: registered / activated", "dedao",
           over(DEDAO, ("2020-03-31", "registered"), ("2020-03-31", "activated")),
           lambda run: run.to_date("joined", 364) / run.to_date("new_aware", 364)),
    Figure("得到: purchases of columns / users", "dedao",
           over(DEDAO, ("2017-03", "column subscriptions"), ("2017-03", "得到 total users")),
           lambda run: run.to_date("new_buyers", 364) / run.to_date("joined", 364)),
    Figure("得到: revenue of columns / user, RMB", "dedao",
           over(DEDAO, ("2017-03", "column revenue"), ("2017-03", "得到 total users")),
           lambda run: run.to_date("revenue", 364) / 100.0 / run.to_date("joined", 364)),
    Figure("得到: fewer new registrations, year on year", "dedao",
           fall(DEDAO, ("2019", "new registrations"), ("2018", "new registrations")), in_the_fourth_year("joined")),
    Figure("得到: less revenue, year on year", "dedao",
           fall(DEDAO, ("2019", "company revenue"), ("2018", "company revenue")), in_the_fourth_year("revenue")),
    Figure("MIUI: phones shipped / users, day 857", "xiaomi",
           over(MIUI, ("2012-12-20", "phones shipped"), ("2012-12-20", "MIUI users")), by_phones),
    Figure("MIUI: users day 1203 / day 857", "xiaomi",
           over(MIUI, ("2013-12", "MIUI users"), ("2012-12-20", "MIUI users")), times("members", 1203, 857)),
    Figure("MIUI: users day 1369 / day 1203", "xiaomi",
           over(MIUI, ("2014-05", "MIUI users"), ("2013-12", "MIUI users")), times("members", 1369, 1203)),
    Figure("MIUI: users day 857 / first users", "xiaomi",
           over(MIUI, ("2012-12-20", "MIUI users"), ("2010-08-16", "internal-beta")), times("members", 857, 0)),
)  # fmt: skip


def lived(plan: str, replicate: int, days: int) -> Lived:
    scenario = load(find_scenario(plan), changes={"run.days": days}).scenario
    with CommunityModel(scenario, replicate=replicate) as model:
        model.run_model()
        records = model.world.records
        names = tuple(each.name for each in scenario.entrance.channels)
        return Lived(np.array(records.days), records.joined.copy(), names)


@pytest.fixture(scope="module")
def means() -> dict[str, Mean]:
    runs = {plan: [lived(plan, r, days) for r in range(replicates)] for plan, (replicates, days) in LIVED.items()}
    found = {each.name: mean([each.simulated(run) for run in runs[each.plan]]) for each in FIGURES}
    print()  # noqa: T201
    for each in FIGURES:
        m, public = found[each.name], each.public()
        told = f"{each.name:<46}{public:12.3f}  {m.value:9.3f} [{m.low:9.3f}, {m.high:9.3f}]"
        print(f"{told}  {'calibrated' if each.calibrated else ''}")  # noqa: T201
    return found


#: Known to be missed, and why: docs/cases.md. Each is to be met again without a number chosen for it alone.
MISSED = {
    "得到: monthly actives / registered",
    "得到: revenue of columns / user, RMB",
    "得到: less revenue, year on year",
    "MIUI: phones shipped / users, day 857",
    "MIUI: users day 1203 / day 857",
    "MIUI: users day 857 / first users",
}
KNOWN = pytest.mark.xfail(strict=True, reason="known to be missed: docs/cases.md")
JUDGED = [pytest.param(each, id=each.name, marks=[KNOWN] if each.name in MISSED else []) for each in FIGURES]


@pytest.mark.parametrize("figure", JUDGED)
def test_a_case_lies_near_its_public_figure(figure: Figure, means: dict[str, Mean]) -> None:
    public, found = figure.public(), means[figure.name]
    assert found.low <= 2.0 * public, f"{found} is more than double of {public}"
    assert found.high >= 0.5 * public, f"{found} is less than half of {public}"
