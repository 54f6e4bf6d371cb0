"""Measures: one line each, formulas that can be checked by hand, and everything that shows them reads the lines."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.cli import main
from sim.engine.state.measures import AGES, FIXED, Day
from sim.errors import InputErrors
from sim.lab.goals import check_goals
from sim.lab.headline import outcome, to_date
from sim.lab.runs.replicates import run_replicates
from sim.model import measures
from sim.model.counts import Counts
from sim.model.measures import COSTS, MEASURES, Measure, columns, find, headline
from sim.model.tables import series
from sim.scenario import Scenario, with_changes
from tests.architecture.tree import ROOT

NAN = float("nan")
near = pytest.approx
HALF = int(FIXED / 2)
#: What the hand-made run counts on its three days; all else is zero.
COUNTED = {
    "members": (0, 4, 5), "weak": (1, 2, 3), "strong": (0, 1, 2), "active": (0, 1, 4), "joined": (0, 4, 1),
    "new_aware": (2, 0, 3), "new_buyers": (0, 2, 2), "repeat_buyers": (0, 0, 1), "purchases": (0, 2, 3),
    "referral_joins": (0, 1, 1), "revenue": (0, 50_000, 70_000), "fees": (0, 10_000, 0),
    "cost_goods": (0, 10_000, 20_010), "cost_content": (30_000, 0, 0), "cost_acquisition": (10_000, 0, 0),
    "cost_incentives": (0, 0, 5_000),
    "cost_operators": (0, 0, 1_000), "on_sale": (0, 2, 1), "hours_paid": (8, 8, 4), "members_strong": (0, 1, 2),
    "judging": (0, 2, 3), "satisfaction_sum": (0, 2 * HALF, 2 * HALF), "left_judging": (0, 0, 1),
    "left_satisfaction_sum": (0, 0, 2 * HALF), "joined_bought": (0, 4 * HALF, HALF), "joined_friends": (0, 1, 1),
    "joined_posts": (0, 0, 1), "bought_search": (0, 1, 1), "bought_discovery": (0, 1, 1), "bought_sharing": (0, 0, 1),
    "rest_spent": (0, 150, 0), "member_posts": (0, 2, 10),
    "tie_sum": (0, 2 * HALF, 5 * HALF), "strength_sum": (HALF, 3 * HALF, 0),
}  # fmt: skip
#: One measure or more of each kind of formula, on each of the three days, worked out by hand.
BY_HAND = {
    "weak": (1, 2, 3),                                  # a count
    "none": (9, 7, 5),                                  # ten people less those with a tie
    "shareholders": (0, 0, 0),
    "aware": (2, 2, 5),                                 # a sum to date
    "buyers": (0, 2, 4),
    "revenue": (0.0, 500.0, 700.0),                     # money, in cents
    "cost_goods": (0.0, 100.0, 200.1),
    "profit": (-400.0, 400.0, 439.9),
    "tie_strength_mean": (NAN, 0.25, 0.5),              # a mean over members, of whom there are none on day 0
    "network_value": (0.5, 1.5, 0.0),                   # a sum of fractions
    "k_factor": (NAN, NAN, NAN),                        # nobody joined ninety days ago
    "cac": (NAN, 25.0, 30.0),                           # ratios to date
    "ltv": (NAN, 100.0, 179.98),
    "aov": (NAN, 200.0, 220.0),
    "repurchase": (NAN, 0.0, 0.25),
    "strong_share": (0.0, 0.1, 0.2),                    # ratios of a day
    "active_share": (NAN, 0.25, 0.8),
    "cost_per_strong": (NAN, 500.0, 380.05),
    "cash_low": (-400.0, -400.0, -400.0),               # of all days so far
    "payback_day": (NAN, 1.0, 1.0),
    "spending": (400.0, 400.0, 460.0),                  # goods apart
    "rest_spent": (0.0, 1.5, 0.0),
    "profit_discounted": (-400.0, 0.0, 439.9),          # at no discount
    "cac_full": (NAN, 100.0, 92.0),
    "strong_per_joiner": (NAN, 0.25, 0.4),              # of all who ever joined
    "satisfaction_joined": (NAN, 0.5, 0.5),             # (1 of 3 members) + (1 of one who left), over four
    "profit_per_buyer": (NAN, 0.0, 439.9 / 4),
    "profit_per_product": (NAN, 0.0, 439.9 / 2),        # two have been on sale
    "profit_per_staff": (-400.0, 0.0, 439.9 / (20 / 3 / 8)),
    "joins_bought_share": (NAN, 0.5, 0.5),
    "joins_friends_share": (NAN, 0.25, 0.4),
    "joins_posts_share": (NAN, 0.0, 0.2),
    "sales_search_share": (NAN, 0.5, 0.4),
    "sales_discovery_share": (NAN, 0.5, 0.4),
    "sales_sharing_share": (NAN, 0.0, 0.2),
    "messages_per_member": (NAN, 0.5, 2.0),
}  # fmt: skip
#: Where a measure accumulates, how it stands to date is not its value of the day.
SUMMED = {"revenue": (0.0, 500.0, 1200.0), "profit": (-400.0, 0.0, 439.9), "cost": (400.0, 500.0, 760.1)}
DAYS = len(COUNTED["weak"])


class Lives(NamedTuple):
    """One run, or several of which the first axis is."""

    people: int
    days: NDArray[np.void]
    cohorts: NDArray[np.int64]


def made(*shape: int) -> Lives:
    """A run whose counts are zero."""
    days = np.zeros(shape, Day.dtype)
    days["people"], days["worth"] = 10, 1.0
    return Lives(10, days, np.zeros((*shape, len(AGES), 2), np.int64))


@pytest.fixture
def run() -> Lives:
    run = made(DAYS)
    for name, values in COUNTED.items():
        run.days[name] = values
    return run


def measure(name: str) -> Measure:
    found = find(name)
    assert found
    return found


@pytest.mark.parametrize("each", MEASURES, ids=lambda each: each.name)
def test_a_line_says_all(each: Measure) -> None:
    assert each.name.isidentifier()
    assert each.kind in {"level", "flow", "ratio", "money"}
    assert each.unit
    assert each.better in {-1, 0, 1}
    assert callable(each.formula)
    for lang in ("en", "zh"):
        assert each.label(lang)
        assert each.meaning(lang)
    assert each.en != each.zh
    assert len(each.en) <= 40
    assert (each.kind == "money") <= (each.unit == "currency")


def test_names_and_places_are_given_once() -> None:
    for given in ([each.name for each in MEASURES], [each.headline for each in MEASURES if each.headline]):
        assert len(set(given)) == len(given)


@pytest.mark.parametrize("name", BY_HAND)
def test_formulas_by_hand(run: Lives, name: str) -> None:
    found = measure(name).formula(Counts(run))
    assert found.shape == (DAYS,)
    np.testing.assert_allclose(found, BY_HAND[name], rtol=1e-15)


def test_k_counts_recruits_of_cohorts_that_have_had_their_ninety_days(monkeypatch: pytest.MonkeyPatch) -> None:
    """With two days in place of ninety: on day 3 those of days 0 and 1 count, whenever they brought people in."""
    days = Day.blank(4)
    days["joined"], days["recruited"] = (4, 1, 5, 2), (1, 1, 7, 0)
    monkeypatch.setattr("sim.model.counts.RECRUITING", 2)
    k = Counts(Lives(10, days, np.zeros((4, 9, 2), np.int64))).recruits()
    np.testing.assert_allclose(k, (NAN, NAN, 1 / 4, 2 / 5))


@pytest.mark.parametrize("name", SUMMED)
def test_money_accumulates_to_date(run: Lives, name: str) -> None:
    np.testing.assert_array_equal(measure(name).to_date(Counts(run)), SUMMED[name])


@pytest.mark.parametrize("name", sorted({each.name for each in MEASURES} - set(SUMMED)))
def test_all_else_stands_as_on_the_day(run: Lives, name: str) -> None:
    found = measure(name).to_date(Counts(run))
    assert found.dtype == np.float64
    np.testing.assert_array_equal(found, measure(name).formula(Counts(run)).astype(float))


def test_what_later_money_is_worth(run: Lives) -> None:
    """Half as much each day: −400, 400/2, 439.9/4; margins of 400 and 499.9 for four and five who joined."""
    run.days["worth"] = (1.0, 0.5, 0.25)
    assert list(measure("profit_discounted").formula(Counts(run))) == near([-400.0, -200.0, -90.02], abs=0.006)
    assert list(measure("ltv").formula(Counts(run)))[1:] == near([50.0, (200.0 + 124.975) / 5])


def test_retention_is_of_the_cohorts_of_thirty_days() -> None:
    run = made(80)
    slot = AGES.index(30)
    run.days["joined"][:] = 2
    run.cohorts[30:, slot, 1] = 1  # of the two who joined 30 days before, one is active
    run.cohorts[70, slot, 1] = 2
    found = measure("retention_30").formula(Counts(run))
    assert np.isnan(found[:30]).all()
    np.testing.assert_array_equal(found[30:70], 0.5)
    assert found[70] == 31 / 60
    assert np.isnan(measure("retention_30").formula(Counts(made(3)))).all()


def test_payback_is_for_good() -> None:
    cash = [[-5.0, 1.0, -2.0, 0.0, 3.0], [1.0, 2.0, 3.0, 4.0, 5.0], [-1.0, -1.0, -1.0, -1.0, -1.0]]
    expected = [[NAN, 1.0, NAN, 3.0, 3.0], [0.0] * 5, [NAN] * 5]
    np.testing.assert_array_equal(Counts.back_since(cash), expected)
    np.testing.assert_array_equal(Counts.back_since(cash[0]), expected[0])


def test_the_lowest_cash_starts_at_zero() -> None:
    np.testing.assert_array_equal(Counts.lowest([[-5.0, -7.5, 3.0], [1.0, 2.0, 3.0]]), [[-5.0, -7.5, -7.5], [0.0] * 3])
    np.testing.assert_array_equal(Counts.lowest([2.0, -1.0]), [0.0, -1.0])


def test_profit_is_revenue_less_costs_to_the_cent() -> None:
    """Each is a sum of floats of its own, so they might part by a trace."""
    rng = np.random.default_rng(5)
    run = made(40, 400)
    for name in ("revenue", *COSTS):
        run.days[name] = rng.integers(0, 10**11, (40, 400))
    found = to_date(run)
    np.testing.assert_array_equal(found["profit"], np.round(found["revenue"] - found["cost"], 2))
    np.testing.assert_array_equal(found["cost"], sum(np.cumsum(run.days[name], axis=-1) for name in COSTS) / 100.0)


def test_a_batch_gives_what_its_runs_give() -> None:
    rng = np.random.default_rng(1)
    batch = made(4, 70)
    for name in Day.dtype.names or ():
        batch.days[name] = rng.integers(0, 9, (4, 70))
    batch.cohorts[:] = rng.integers(0, 5, batch.cohorts.shape)
    together, summed = series(batch), to_date(batch)
    for place in range(4):
        alone = Lives(batch.people, batch.days[place], batch.cohorts[place])
        for some, own in ((together, series(alone)), (summed, to_date(alone))):
            assert list(some) == list(own)
            for name, values in some.items():
                np.testing.assert_array_equal(values[place], own[name], err_msg=name)


def test_a_new_line_shows_everywhere(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    plan = with_changes(Scenario(name="plan"), {"market.people": 60, "run.days": 4, "entrance.seeds.number": 9})
    wishing = with_changes(plan, {"goals": ["lately_tied >= 1", "lately_tied >= 1000"]})
    with pytest.raises(InputErrors, match="unknown metric 'lately_tied'"):
        check_goals(wishing)
    line = Measure(
        "lately_tied", "flow", "people", 1, "ties made", "新关系", lambda c: c["none_to_weak"] + 7, headline=99
    )
    monkeypatch.setattr(measures, "MEASURES", (*MEASURES, line))
    check_goals(wishing)
    run = run_replicates([wishing], 1)[0]
    found = series(run)["lately_tied"]
    np.testing.assert_array_equal(found, run.days["none_to_weak"] + 7)
    assert list(series(run)) == [each.name for each in columns()]
    assert columns()[-1] is headline()[-1] is line
    assert outcome(run).metrics["lately_tied"] == found[-1]
    assert outcome(run).goals == (True, False)
    assert main(["list", "metrics", "--json"]) == 0
    listed = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
    assert listed["lately_tied"] == {"name": "lately_tied", "unit": "people", "meaning": "ties made"}


def test_names_load_no_library() -> None:
    code = "import sys, sim.lab.goals, sim.model.measures; print({'numpy', 'pandas', 'numba'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
