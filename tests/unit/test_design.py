"""The design of sweeps: factors, constraints, samplers, and the plan they make."""

from __future__ import annotations

import itertools
import os
import pickle
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import InputError, InputErrors
from sim.experiments.design import Budget, Constraint, Design, Factor, Plan, parse_vary, plan_factor
from sim.experiments.design import samplers
from sim.scenario import Scenario, load, with_changes
from tests.architecture.tree import ROOT
from tests.scenarios import everything

QUALITY, PEOPLE = "mechanism.content.quality", "market.people"
ONBOARDING, REPLYING = "structure.policy.onboarding", "structure.policy.replying"
BASE = everything()
SHARES = Factor("a", "number", low=0.0, high=1.0), Factor("b", "number", low=0.0, high=1.0)


def refused(*text: str, base: Scenario = BASE) -> str:
    with pytest.raises(InputError) as caught:
        parse_vary(text[0], base)
    assert caught.value.place == f"--vary {text[0]}"
    return str(caught.value)


# Factors


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


@given(st.integers(-1000, 1000), st.integers(1, 60), st.integers(1, 500), st.integers(0, 6))
def test_a_grid_has_no_drift(start: int, count: int, step: int, places: int) -> None:
    low, by = Decimal(start).scaleb(-places), Decimal(step).scaleb(-places)
    high = low + count * by
    levels = parse_vary(f"mechanism.latent_test={low}:{high}:{by}", BASE).levels if False else _grid(low, high, by)
    assert levels == tuple(float(str(low + n * by)) for n in range(count + 1))


def _grid(low: Decimal, high: Decimal, by: Decimal) -> tuple[object, ...]:
    return parse_vary(f"culture.grid={low}:{high}:{by}", BASE).levels
