"""Factors: what --vary and design files say of one, and its values."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import InputError
from sim.lab.designs import Factor, parse_vary
from tests.scenarios import everything

QUALITY, PEOPLE = "mechanism.content.quality", "market.people"
BASE = everything()
KEY = np.uint64(12345)


@pytest.mark.parametrize(
    ("text", "kind", "levels"),
    [
        (f"{QUALITY}=0.1, 0.20,1", "number", (0.1, 0.2, 1.0)),
        (f"{PEOPLE}=1e2,200", "integer", (100, 200)),
        (f"{PEOPLE}=500", "integer", (500,)),
        ("switches.energy=true,false", "switch", (True, False)),
        ("market.network.kind=random,none", "choice", ("random", "none")),
        ("structure.kols.luo.posts_per_week=1,2", "number", (1.0, 2.0)),
        ("structure.kols.0.posts_per_week=1,2", "number", (1.0, 2.0)),
        ("budget.cap=null,50000", "number", (None, 50000.0)),
        ("playbook.0.day=10,20", "integer", (10, 20)),
        ("playbook.1.set.carrier.groups.cap=20,30", "integer", (20, 30)),
        (f"{QUALITY}=0:0.3:0.1", "number", (0.0, 0.1, 0.2, 0.3)),
        (f"{QUALITY}=0:1:0.3", "number", (0.0, 0.3, 0.6, 0.9)),
        (f"{PEOPLE}=100:400:1e2", "integer", (100, 200, 300, 400)),
    ],
)
def test_levels(text: str, kind: str, levels: tuple[object, ...]) -> None:
    factor = parse_vary(text, BASE)
    assert (factor.key, factor.kind, factor.levels) == (text.partition("=")[0], kind, levels)
    assert [type(level) for level in factor.levels] == [type(level) for level in levels]
    assert not factor.is_range


@given(st.integers(0, 10**6), st.integers(1, 60), st.integers(1, 500), st.integers(0, 9))
def test_a_grid_does_not_drift_and_ends_where_it_says(start: int, count: int, step: int, places: int) -> None:
    low, by = Decimal(start).scaleb(-places), Decimal(step).scaleb(-places)
    levels = parse_vary(f"budget.cap={low:f}:{low + count * by:f}:{by:f}", BASE).levels
    assert levels == tuple(float(low + number * by) for number in range(count + 1))


@pytest.mark.parametrize(
    ("text", "low", "high", "log"),
    [
        (f"{QUALITY}=0:1", 0.0, 1.0, False),
        (f"{QUALITY}=0.01:1:log", 0.01, 1.0, True),
        (f"{PEOPLE}=1e2:2000", 100.0, 2000.0, False),
    ],
)
def test_ranges(text: str, low: float, high: float, log: bool) -> None:
    factor = parse_vary(text, BASE)
    assert (factor.low, factor.high, factor.log, factor.is_range) == (low, high, log, True)
    assert parse_vary(f"{factor.key}={factor.spec}", BASE) == factor


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (QUALITY, "KEY=SPEC"),
        (f"{QUALITY}=", "KEY=SPEC"),
        ("=1", "KEY=SPEC"),
        ("mechanism.content.qualty=0:1", f"Did you mean '{QUALITY}'?"),
        ("structure.kols.lou.audience=0:1", "Did you mean 'luo'?"),
        ("playbook.9.day=1,2", "no item '9'"),
        ("playbook.0.set.market.people=1,2", "cannot change during a run"),
        ("mechanism.content=1", "such as mechanism.content."),
        ("goals=a", "change nothing"),
        ("name=a,b", "it names the scenario"),
        ("structure.kols.luo.name=a,b", "what the item is called"),
        ("run.replicates=1,2", "--replicates"),
        ("run.seed=1,2", "--seed"),
        (f"{QUALITY}=0:3", "is 3; expected a number from 0 to 1"),
        (f"{QUALITY}=0.5,-1", "is -1; expected"),
        (f"{QUALITY}=high", "expected a number"),
        (f"{QUALITY}=0.1,0.10", "0.1 of mechanism.content.quality is stated twice"),
        (f"{QUALITY}=0.1,,0.2", "no list of levels"),
        (f"{QUALITY}=1:0", "the lower number first"),
        (f"{QUALITY}=0:1:0", "above 0"),
        (f"{QUALITY}=0:1:-0.1", "above 0"),
        (f"{QUALITY}=0:1:1e-9", "more than 10000 levels"),
        ("budget.cap=0:1e12:1e-300", "more than 10000 levels"),
        (f"{QUALITY}=0:1:log", "above 0 on a log scale"),
        (f"{QUALITY}=log(0.1:1)", "low:high:log"),
        (f"{QUALITY}=0:1,2", "expected a number"),
        (f"{QUALITY}=0:inf", "no range"),
        (f"{QUALITY}=0:1:2:3", "no range"),
        (f"{QUALITY}='0.5'", "Remove the quotes."),
        (f"{QUALITY}=null", "expected a number"),
        (f"{PEOPLE}=1:10:0.5", "a whole number"),
        (f"{PEOPLE}=1:1.5", "a whole number"),
        (f"{PEOPLE}=true", "a whole number"),
        ("switches.energy=yes,no", "Write true."),
        ("switches.energy=0:1", "true or false"),
        ("market.network.kind=randm", "Did you mean 'random'?"),
        ("market.network.file=no.csv", "there is no file 'no.csv'"),
        ("market.network.file=a\0b", "no list"),
        ("plan=nobody", "there is no scenario 'nobody'"),
        ("plan={a: 1}", "a scenario's file or name"),
    ],
)
def test_what_cannot_be_varied_is_refused_with_its_place(text: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_vary(text, BASE)
    assert caught.value.place == f"--vary {text}"
    assert told in str(caught.value)


@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_factor_is_quoted(text: str) -> None:
    with pytest.raises(InputError, match=f"--vary '{text}': this is not KEY=SPEC"):
        parse_vary(text, BASE)


@given(st.sampled_from([QUALITY, PEOPLE, "switches.energy", "market.network.kind", "plan", "playbook"]), st.text())
def test_any_text_is_a_factor_or_an_input_error(key: str, spec: str) -> None:
    try:
        factor = parse_vary(f"{key}={spec}", BASE)
    except InputError:
        return
    assert factor.levels or factor.low is not None


@given(st.floats(0, 1), st.integers(1, 10**6), st.integers(1, 10**6), st.booleans(), st.booleans())
def test_values_stay_in_their_range(share: float, low: int, more: int, log: bool, whole: bool) -> None:
    factor = Factor("a", "integer" if whole else "number", low=float(low), high=float(low + more), log=log)
    value = factor.value(share)
    assert isinstance(value, int if whole else float)
    assert low <= value <= low + more
    assert factor.value(0.0) == low
    assert factor.value(1.0) == low + more


def test_each_whole_number_of_a_range_is_as_likely() -> None:
    factor = Factor("a", "integer", low=1.0, high=4.0)
    values = [factor.value(share) for share in np.arange(0.0005, 1, 0.001)]
    assert [values.count(value) for value in (1, 2, 3, 4)] == [250] * 4


def test_a_log_scale_has_its_middle_at_the_geometric_mean() -> None:
    factor = Factor("a", "number", low=0.01, high=100.0, log=True)
    assert factor.value(0.5) == pytest.approx(1.0, abs=1e-15)
    assert factor.value(0.25) == pytest.approx(0.1)
