"""Sweeps and answers made up without running the model, whose outcomes are worked out from the factors."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from sim.engine.draws import plain_mix
from sim.lab.designs import Design, Points
from sim.lab.questions import inquiry
from sim.lab.questions.inquiry import Inquiry, Method, Sensitivity
from sim.lab.runs.sweep import Sweep
from sim.lab.search.optimum import Optimum
from sim.lab.search.proof import Evidence, Gain, Met
from sim.lab.search.question import Objective, Question, Requirement
from sim.lab.search.trials import Trials, scores
from sim.scenario.load import load

POSTS, QUALITY, WARM = (f"mechanism.content.{name}" for name in ("posts_per_week", "quality", "warmth"))
FACTORS = [f"{POSTS}=0:28", f"{QUALITY}=0:1", f"{WARM}=0,0.5,1"]


def design(**given: object) -> Design:
    base = load("base", ["market.people=100", "run.days=30"]).scenario
    return Design(base, FACTORS, **{"sampler": "lhs", "runs": 60, "replicates": 3, **given})  # type: ignore[arg-type]


def run_table(points: Points, strong: Callable[[pd.DataFrame], pd.Series], luck: float = 1.0) -> pd.DataFrame:
    """Every point under every replicate, with an outcome worked out from its factors and a little luck."""
    rows = points.table.merge(pd.DataFrame({"replicate": range(points.replicates)}), how="cross")
    bits = plain_mix(np.arange(len(rows), dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15))
    noise = (bits >> np.uint64(40)).astype(np.float64) / 2**24 - 0.5
    made = strong(rows) + luck * noise
    return rows.assign(
        run_id=[f"r{n}" for n in range(len(rows))], seed=7, status="done", seconds=0.1, strong=made,
        members=made * 2, cost=made * 100, profit=5.0 - made,
    )  # fmt: skip


def strong(rows: pd.DataFrame) -> pd.Series:
    """Quality helps, the more so with many posts, which hurt beyond 14; warmth does nothing."""
    return 30 * rows[QUALITY] + 10 - (rows[POSTS] - 14) ** 2 / 40 + 4 * (rows[QUALITY] - 0.5) * (rows[POSTS] - 14)


def sensitivity(
    method: Method, folder: Path, *, second_order: bool = False, replicates: int = 3
) -> tuple[Inquiry, Sensitivity]:  # fmt: skip
    """An inquiry whose runs are made up, and its answer."""
    sampler = inquiry.SAMPLERS.get(method, "lhs")
    made = Inquiry(
        method, design(sampler=sampler, runs=160, replicates=replicates), folder, second_order=second_order
    )  # fmt: skip
    tables = {sweep.folder: run_table(sweep.points, strong) for sweep in made.sweeps}

    def table_of(sweep: Sweep) -> pd.DataFrame:
        return tables[sweep.folder]

    kept, inquiry._runs = inquiry._runs, table_of
    try:
        return made, made.answer("strong")
    finally:
        inquiry._runs = kept


def optimum() -> tuple[Design, Optimum]:
    """A search for more strong ties at less cost, with a front of two verified plans."""
    made = design(runs=24)
    points = Points.of(made)
    rows = points.table.drop(columns="point")
    start = {POSTS: 3.0, QUALITY: 0.3, WARM: 0.5}
    question = Question(
        made.factors, (Objective("strong"), Objective("cost", maximise=False)), 200, start,
        requirements=(Requirement.parse("worst_tenth(profit) >= -60"),),
    )  # fmt: skip
    table = run_table(points, strong)
    values = np.stack([
        table.pivot_table(index="point", columns="replicate", values=name).to_numpy() for name in question.metrics
    ], axis=2)  # fmt: skip
    settings = tuple(question.plan(row) for row in rows.to_dict("records"))
    made_of = (frozenset(range(points.replicates)),) * len(settings)
    tried = scores(question, Trials(settings, values, made_of, len(table)))
    gains = (
        Gain("max strong", 20.0, 31.5, 11.5, 9.25, 13.75, 20, better=True, worse=False),
        Gain("min cost", 2000.0, 2010.0, 10.0, -3.5, 23.5, 20, better=False, worse=False),
    )
    met = (Met("worst_tenth(profit) >= -60", -31.0, -44.0, -20.0, 20, met=True, surely=True),)
    best = start | {QUALITY: 0.9, POSTS: 12.0}
    proofs = (Evidence(best, gains, met), Evidence(best | {POSTS: 20.0}, gains, met))
    return made, Optimum(question, tried, proofs, ((WARM,), ()), 0, 200, 40, table)
