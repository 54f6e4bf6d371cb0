"""Load: the work operators were asked for and did, and the energy of KOLs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.views.blocks import Block, Figure, Key, Panel, Section
from sim.views.figures.canvas import HUES, Trace, axis, bars, line, over_days, panel, plan_keys
from sim.views.study import Days, Floats, Plan, Study, share_of, spread, sums, weeks, window_means

TASKS = ("onboarding", "replying", "activities", "moderating", "advising", "supporting")
#: The most KOLs told apart in a plot (design choice): those with most posts.
MOST_KOLS = 6
WANTED, DONE = "#B5533C", "#4D4D4D"


def section(study: Study) -> Section | None:
    """The chapter on load; None where there are neither operators nor KOLs."""
    blocks: list[Block] = []
    if len(study.rows("work")) and study.rows("work")["wanted"].sum() > 0:
        blocks.append(_hours(study))
        longest = max(float(_undone_shares(study, plan).max()) for plan in study.plans)
        if longest > 0:
            blocks.append(_undone(study, longest))
    if len(study.rows("kols")):
        blocks.append(_kols(study, "energy"))
        if study.rows("kols")["posts"].sum() > 0:
            blocks.append(_kols(study, "posts"))
    return Section("load", study.words("load"), blocks, study.words("load.intro")) if blocks else None


def _daily(study: Study, plan: Plan, table: pd.DataFrame, column: str) -> Floats:
    """Sums a day, mean of the replicates, shape [1, day]."""
    days = study.days(plan)
    total = sums(table["day"].to_numpy(np.int64), table[column], days)
    return total[np.newaxis] / study.replicates(plan)


def _middles(edges: Days) -> Floats:
    return (edges[:-1] + edges[1:] - 1) / 2


def _hours(study: Study) -> Figure:
    colours = {"wanted": WANTED, "done": DONE}
    keys = [
        Key(study.words(f"load.{name}"), colours[name], name, "dash" if name == "wanted" else "solid")
        for name in colours
    ]
    rates: dict[str, dict[str, Floats]] = {}
    for plan in study.plans:
        table, edges = study.rows("work", plan), weeks(study.days(plan))
        rates[plan.name] = {name: window_means(_daily(study, plan, table, name), edges)[0] for name in colours}
    top = 1.08 * max(float(rate.max()) for both in rates.values() for rate in both.values())
    panels = [_hours_panel(study, plan, rates[plan.name], keys, top) for plan in study.plans]
    return Figure(study.words("load.hours"), study.weekly("load.hours.caption"), panels, keys)


def _hours_panel(study: Study, plan: Plan, rates: dict[str, Floats], keys: list[Key], top: float) -> Panel:
    x = _middles(weeks(study.days(plan)))
    traces = [line(x, rates[key.group], key.label, key.colour, dash=key.shape, group=key.group) for key in keys]
    told = "; ".join(f"{key.label} {study.numbers.text(rates[key.group][-1], 'hours')}" for key in keys)
    label = f"{study.words('load.hours')}. {plan.label}: {study.words('at_the_end', values=told)}"
    yaxis = {**axis("ratio"), "range": [0, top]}
    y = study.words("load.hours_day")
    return over_days(traces, study, label=label, y=y, yaxis=yaxis, plan=plan)


def _undone(study: Study, longest: float) -> Figure:
    traces: list[Trace] = []
    parts = []
    names = [study.words(f"task.{task}") for task in TASKS]
    for plan in study.plans:
        shares = _undone_shares(study, plan)
        known = np.where(np.isfinite(shares.mean(axis=0)), shares.mean(axis=0), np.nan)
        traces.append(bars(known, names, plan.label, plan.colour, group=plan.name, band=spread(shares), across=True))
        parts.append(f"{plan.label}: " + ", ".join(
            f"{name} {study.numbers.text(value, 'share')}" for name, value in zip(names, known, strict=True)
        ))  # fmt: skip
    drawn = panel(
        traces, label=f"{study.words('load.undone')}. {'; '.join(parts)}", x=study.words("load.undone_share"),
        xaxis={**axis("share"), "range": [0, min(1.02, 1.15 * longest)]},
        yaxis={"autorange": "reversed", "showgrid": False}, barmode="group",
        height=110 + len(TASKS) * (22 + 16 * len(study.plans)), hovermode="closest",
    )  # fmt: skip
    caption = study.caption("load.undone.caption", band="band.whiskers")
    return Figure(study.words("load.undone"), caption, [drawn], plan_keys(study, "area"))


def _undone_shares(study: Study, plan: Plan) -> Floats:
    """Share of the hours asked for that were not worked, shape [replicate, task]; nothing asked for, nothing undone."""
    table = study.rows("work", plan)
    if table.empty:
        return np.zeros((1, len(TASKS)))
    task = table["task"].map({name: i for i, name in enumerate(TASKS)}).to_numpy(np.int64)
    runs, run = np.unique(table["replicate"].to_numpy(), return_inverse=True)
    cells, size = run * len(TASKS) + task, len(runs) * len(TASKS)
    wanted, done = (sums(cells, table[name], size) for name in ("wanted", "done"))
    return np.nan_to_num(share_of(wanted - done, wanted)).reshape(len(runs), len(TASKS)).clip(0, 1)


def _kols(study: Study, column: str) -> Figure:
    posts = study.rows("kols").groupby("kol", sort=True)["posts"].sum().sort_values(ascending=False, kind="stable")
    names = [str(name) for name in posts.index[:MOST_KOLS]]
    keys = [Key(name, HUES[i], str(i)) for i, name in enumerate(names)]
    panels = [_kol_panel(study, plan, column, names) for plan in study.plans if len(study.rows("kols", plan))]
    caption = study.weekly(f"load.{column}.caption")
    if len(posts) > MOST_KOLS:
        caption += study.words("load.most_kols", shown=MOST_KOLS, all=len(posts))
    return Figure(study.words(f"load.{column}"), caption, panels, keys)


def _kol_panel(study: Study, plan: Plan, column: str, names: list[str]) -> Panel:
    table = study.rows("kols", plan)
    traces: list[Trace] = []
    parts = []
    edges = weeks(study.days(plan))
    factor = 7 if column == "posts" else 1
    for i, name in enumerate(names):
        own = table[(table["kol"] == name).to_numpy()]
        if own.empty:
            continue
        rate = factor * window_means(_daily(study, plan, own, column), edges)[0]
        traces.append(line(_middles(edges), rate, name, HUES[i], group=str(i)))
        parts.append(f"{name} {study.numbers.text(rate[-1], 'ratio')}")
    label = f"{study.words(f'load.{column}')}. {plan.label}: {study.words('at_the_end', values='; '.join(parts))}"
    yaxis = {**axis("ratio"), "range": [0, 1.02]} if column == "energy" else axis("ratio")
    return over_days(
        traces, study, label=label, y=study.words(f"load.{column}.unit"), yaxis=yaxis, plan=plan, height=260
    )
