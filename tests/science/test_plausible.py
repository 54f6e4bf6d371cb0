"""An ordinary plan lies where real communities lie: no dream, no ruin.

Each line is a range seen in real communities and the figure of the shipped base scenario, as a mean over replicates
with its 99 % confidence interval. The interval must touch the range. Where one community was measured, half to double
of it is taken as the range (design choice). Print them with ``pytest -m science -s tests/science/test_plausible.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.engine.state.measures import AGES
from sim.engine.state.people import NEVER
from sim.market.network import Network
from sim.model.community import CommunityModel
from sim.scenario import load
from tests.scenarios import LONG, SHIPPED
from tests.science.limits import Mean, mean

pytestmark = pytest.mark.science

REPLICATES = 30
YEAR, MONTH = 365, 30


class Lived(NamedTuple):
    """What is looked at of one run."""

    people: NDArray[np.void]
    days: NDArray[np.void]
    cohorts: NDArray[np.int64]
    from_friends: int
    network: Network
    seen: list[NDArray[np.int32]]  # day of the last visit of everybody, at the end of each month

    @property
    def registered(self) -> int:
        """People who ever joined."""
        return int((self.people["first_joined"] != NEVER).sum())

    @property
    def messages(self) -> NDArray[np.int64]:
        """Messages of those who ever wrote, ascending."""
        return np.sort(self.people["posts"][self.people["posts"] > 0])


class Figure(NamedTuple):
    """A figure, the range seen, where it was seen, and how the model has it."""

    name: str
    low: float
    high: float
    seen: str
    of: Callable[[Lived], float]


def in_the_week(age: int) -> Callable[[Lived], float]:
    """Share of those who joined at least ``age`` days before the end who came within the week up to that age.

    What was measured is bounded from below by who wrote in a week, and from above by who came in a month.
    """

    def share(run: Lived) -> float:
        joined = run.days["joined"][: len(run.days) - age].sum()
        return float(run.cohorts[:, AGES.index(age), 1].sum() / joined)

    return share


def in_the_month(age: int) -> Callable[[Lived], float]:
    """Share of those who joined in a month who came in the month that ends ``age`` days after it."""

    def share(run: Lived) -> float:
        came = joined = 0
        for month, seen in enumerate(run.seen):
            now = MONTH * (month + 1)
            wave = (run.people["first_joined"] >= now - age - MONTH) & (run.people["first_joined"] < now - age)
            wave &= now - age - MONTH >= 0
            joined += int(wave.sum())
            came += int((seen[wave] >= now - MONTH).sum())
        return came / joined

    return share


def gini(run: Lived) -> float:
    x = run.messages
    return float((2 * np.arange(1, x.size + 1) - x.size - 1) @ x / (x.size * x.sum()))


def written_by_top(share: float) -> Callable[[Lived], float]:
    def written(run: Lived) -> float:
        x = run.messages
        return float(x[-max(1, round(share * x.size)) :].sum() / x.sum())

    return written


def a_month_of(column: str) -> Callable[[Lived], float]:
    """Mean of the last 30 days per person who ever joined."""
    return lambda run: float(run.days[column][-30:].mean() / run.registered)


def decline(run: Lived) -> float:
    """How far newcomers of the last 90 days fall short of the best 90 days."""
    quarter = np.convolve(run.days["joined"], np.ones(90), "valid")
    return float(1 - quarter[-1] / quarter.max())


def share_brought(run: Lived) -> float:
    """Newcomers by invitation per person who ever joined."""
    return float(run.days["referral_joins"].sum() / run.registered)


def share_with(column: str) -> Callable[[Lived], float]:
    """Share of those who ever joined for whom a column counts anything."""
    return lambda run: float((run.people[column] > 0).sum() / run.registered)


def a_payer(run: Lived) -> float:
    """Revenue a payer, currency."""
    return float(run.days["revenue"].sum() / 100 / max(1, (run.people["purchases"] > 0).sum()))


WEEKLY = "wrote again: {} % students, {} % travel forum"
FIGURES = (
    Figure("registered who ever contribute", 0.05, 0.47, "47 % travel, under 25 % health forums", share_with("posts")),
    Figure("came in the week before day 30", 0.10, 0.65, WEEKLY.format(27, 10), in_the_week(30)),
    Figure("came in the week before day 60", 0.065, 0.48, WEEKLY.format(11, 6.5), in_the_week(60)),
    Figure("came in the week before day 120", 0.065, 0.36, WEEKLY.format(8, 6.5), in_the_week(120)),
    Figure("came in the month after 30 days", 0.325, 0.95, "65 % Mastodon", in_the_month(30)),
    Figure("came in the month after 60 days", 0.24, 0.95, "48 % Mastodon", in_the_month(60)),
    Figure("came in the month after 90 days", 0.215, 0.86, "43 % Mastodon", in_the_month(90)),
    Figure("came in the month after 120 days", 0.18, 0.72, "36 % Mastodon", in_the_month(120)),
    Figure("daily actives / registered", 0.04, 0.16, "8 % 得到", a_month_of("visitors")),
    Figure("monthly actives / registered", 0.08, 0.32, "16 % 得到", a_month_of("active_30")),
    Figure("payers / registered", 0.01, 0.10, "1 % and up", share_with("purchases")),
    Figure("revenue a payer and year, RMB", 116, 464, "232 得到", a_payer),
    Figure("Gini of contributions", 0.63, 0.93, ".63 to .93", gini),
    Figure("top 1 % of contributors write", 0.10, 0.67, "10 to 67 %", written_by_top(0.01)),
    Figure("top 10 % of contributors write", 0.41, 0.88, "41 to 88 %", written_by_top(0.1)),
    Figure("mean degree", 7, 15, "7 to 15", lambda run: run.network.mean_degree),
    Figure("clustering", 0.14, 0.36, ".14 to .36", lambda run: run.network.clustering),
    Figure("newcomers through friends", 0.34, 0.90, "68 % students", lambda run: run.from_friends / run.registered),
    Figure("K: joined by invitation / registered", 0.2, 0.8, ".2 to .8", share_brought),
    Figure("last quarter's newcomers below the best's", 0.2, 1.0, "42 % in a year 得到: growth, then stall", decline),
)


def lived(path: Any, replicate: int) -> Lived:
    scenario = load(path, changes={"run.days": YEAR}).scenario
    with CommunityModel(scenario, replicate=replicate) as model:
        seen = []
        while not model.finished:
            model.run_for(MONTH)
            seen.append(model.users.column("seen_day"))
        people, records = model.world.people, model.world.records
        friends = int(records.joined[:, len(scenario.entrance.channels)].sum())
        network = Network(people.indptr, people.neighbours)
        rows, days = np.array(people.rows), np.array(records.days)
        return Lived(rows, days, records.cohorts.copy(), friends, network, seen[: YEAR // MONTH])


@pytest.fixture(scope="module")
def base() -> list[Lived]:
    path = next(path for path in SHIPPED if path.stem == "base")
    return [lived(path, replicate) for replicate in range(REPLICATES)]


@pytest.fixture(scope="module")
def means(base: list[Lived]) -> dict[str, Mean]:
    found = {figure.name: mean([figure.of(run) for run in base]) for figure in FIGURES}
    print(f"\n{'figure':<48}{'simulated':>10}{'':>20}{'range':>16}  seen")  # noqa: T201
    for figure in FIGURES:
        m = found[figure.name]
        inside = "" if m.high >= figure.low and m.low <= figure.high else "  OUTSIDE"
        simulated = f"{m.value:10.3f} [{m.low:7.3f}, {m.high:7.3f}]"
        print(f"{figure.name:<48}{simulated:<30}{figure.low:7g} – {figure.high:<7g} {figure.seen}{inside}")  # noqa: T201
    return found


#: Ranges that the base scenario is known to miss with the interim values (docs/evidence.md): each is to be met again.
MISSED = {"monthly actives / registered", "payers / registered"}
KNOWN = pytest.mark.xfail(strict=True, reason="interim values miss it: docs/evidence.md")
JUDGED = [pytest.param(each, id=each.name, marks=[KNOWN] if each.name in MISSED else []) for each in FIGURES]


@pytest.mark.parametrize("figure", JUDGED)
def test_the_base_scenario_is_plausible(figure: Figure, means: dict[str, Mean]) -> None:
    found = means[figure.name]
    assert found.high >= figure.low, f"{found} below {figure.low} to {figure.high} ({figure.seen})"
    assert found.low <= figure.high, f"{found} above {figure.low} to {figure.high} ({figure.seen})"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_no_plan_is_a_dream(path: Any) -> None:
    """In no plan and no replicate does a strong tie reach three in ten of the market within a year."""
    replicates = REPLICATES if path.stem in LONG else 5
    shares = [run.days["strong"].max() / len(run.people) for run in (lived(path, r) for r in range(replicates))]
    print(f"{path.stem:<24} share with a strong tie, at most {max(shares):.3f}, mean {np.mean(shares):.3f}")  # noqa: T201
    assert max(shares) < 0.3
