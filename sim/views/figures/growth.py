"""Growth: members and who is active, where newcomers come from, and how long they stay."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.views.blocks import Block, Cell, Figure, Key, Panel, Section, Table
from sim.views.figures.canvas import HUES, Trace, axis, banded, bars, by_plan, ends, over_days, panel, plan_keys
from sim.views.study import Floats, Plan, Study, centre, share_of, sums, weeks, window_means

#: The most channels told apart in a plot (design choice); the rest are added up.
MOST_CHANNELS = 6


def section(study: Study) -> Section:
    """The chapter on growth."""
    blocks: list[Block] = [_levels(study)]
    channels = study.rows("channels")
    if len(channels) and channels["joined"].sum() > 0:
        blocks += [_joins(study), _channels(study)]
    cohorts = study.rows("cohorts")
    if len(cohorts) and cohorts["joined"].sum() > 0:
        blocks.append(_retention(study))
    return Section("growth", study.words("growth"), blocks, study.words("growth.intro"))


def _levels(study: Study) -> Figure:
    panels = []
    for name in ("members", "active"):
        title = study.metric_label(name)
        label = f"{title}. {ends(study, name, 'people')}"
        drawn = by_plan(study, name)
        panels.append(over_days(drawn, study, label=label, y=study.words("people"), yaxis=axis("people"), title=title))
    return Figure(study.words("growth.levels"), study.caption("growth.levels.caption"), panels, plan_keys(study))


def origin_name(study: Study, origin: str, kind: str) -> str:
    """How an origin is called: channels and KOLs by their own names, friends and founding members in words."""
    if kind in {"friends", "seed"}:
        return study.words(f"origin.{kind}")
    return study.words("origin.own_posts") if (origin, kind) == ("own_posts", "kol") else origin


def _origins(study: Study) -> list[tuple[str, str]]:
    """(origin, kind) of all plans, the most joined first."""
    table = study.rows("channels")
    joined = table.groupby(["origin", "kind"], sort=True)["joined"].sum()
    return [(str(origin), str(kind)) for origin, kind in joined.sort_values(ascending=False, kind="stable").index]


def _joins(study: Study) -> Figure:
    origins = _origins(study)
    names = [origin_name(study, *origin) for origin in origins[:MOST_CHANNELS]]
    if len(origins) > MOST_CHANNELS:
        names.append(study.words("origin.other"))
    keys = [Key(name, HUES[i], str(i), "area") for i, name in enumerate(names)]
    weekly = {plan.name: _weekly(study, plan, origins) for plan in study.plans}
    top = 1.05 * max(float(rate.sum(axis=0).max()) for rate in weekly.values())
    panels = [_joined(study, plan, names, weekly[plan.name], top) for plan in study.plans]
    return Figure(study.words("growth.joins"), study.weekly("growth.joins.caption"), panels, keys)


def _weekly(study: Study, plan: Plan, origins: list[tuple[str, str]]) -> Floats:
    """People who joined a week, shape [channel, window]; channels beyond the largest in the last row."""
    table, days = study.rows("channels", plan), study.days(plan)
    sources = table.groupby(["origin", "kind"], sort=True)
    rank = {origin: min(i, MOST_CHANNELS) for i, origin in enumerate(origins)}
    ranks = np.array([rank[(str(origin), str(kind))] for origin, kind in sources.size().index], dtype=np.int64)
    count = min(len(origins), MOST_CHANNELS + 1)
    cells = ranks[sources.ngroup().to_numpy()] * days + table["day"].to_numpy(np.int64)
    daily = sums(cells, table["joined"], count * days).reshape(count, days)
    return 7 * window_means(daily / study.replicates(plan), weeks(days))


def _joined(study: Study, plan: Plan, names: list[str], weekly: Floats, top: float) -> Panel:
    edges = weeks(study.days(plan))
    middle, width = (edges[:-1] + edges[1:] - 1) / 2, np.diff(edges)
    traces = [
        bars(middle, row, name, HUES[i], group=str(i), width=width)
        for i, (name, row) in enumerate(zip(names, weekly, strict=True))
    ]
    share = share_of(weekly.sum(axis=1), np.full(len(names), weekly.sum()))
    told = "; ".join(f"{name} {study.numbers.text(part, 'share')}" for name, part in zip(names, share, strict=True))
    label = f"{study.words('growth.joins')}. {plan.label}: {told}"
    yaxis = {**axis("people"), "range": [0, top or 1]}
    return over_days(
        traces, study, label=label, y=study.words("growth.per_week"), yaxis=yaxis, plan=plan,
        barmode="stack", bargap=0,
    )  # fmt: skip


def _channels(study: Study) -> Table:
    rows = []
    for plan in study.plans:
        sums = study.rows("channels", plan).groupby(["origin", "kind"], sort=True)[["noticed", "joined", "cost"]].sum()
        sums = (sums / study.replicates(plan)).sort_values("joined", ascending=False, kind="stable")
        for (origin, kind), amounts in zip(sums.index, sums.to_numpy(np.float64), strict=True):
            rows.append(_channel(study, plan, str(origin), str(kind), amounts))
    columns = ("origin", "kind", "noticed", "joined", "rate", "cost", "each")
    header = [study.words(f"channels.{name}") for name in columns]
    return Table(header, rows, study.means("channels.caption"), title=study.words("channels"))


def _channel(study: Study, plan: Plan, origin: str, kind: str, amounts: Floats) -> list[Cell]:
    """One source: only channels have a cost of their own, and founding members were never won over."""
    text = study.numbers.text
    noticed, joined, cost = amounts.tolist()
    name = origin_name(study, origin, kind)
    rate = joined / noticed if noticed and kind != "seed" else None
    paid = cost if kind == "channel" else None
    return [
        Cell(f"{plan.mark} · {name}" if study.compared else name), Cell(study.words(f"kind.{kind}"), number=False),
        Cell(text(noticed, "people")), Cell(text(joined, "people")), Cell(text(rate, "share")),
        Cell(text(paid, "money")), Cell(text(paid / joined if paid is not None and joined else None, "money")),
    ]  # fmt: skip


def _retention(study: Study) -> Figure:
    panels = []
    for column in ("active", "members"):
        traces: list[Trace] = []
        parts = []
        for plan in study.plans:
            ages, shares = _kept(study.rows("cohorts", plan), column, study.replicates(plan))
            drawn = banded(ages, shares, plan.label, plan.colour, dash=plan.dash, group=plan.name)
            drawn[-1]["mode"] = "lines+markers"
            traces += drawn
            if len(ages):
                parts.append(f"{plan.label}: {study.numbers.text(centre(shares)[-1], 'share')}")
        title = study.words(f"retention.{column}")
        label = f"{title}. {study.words('at_the_end', values='; '.join(parts))}"
        panels.append(
            panel(traces, label=label, x=study.words("retention.age"), y=study.words("retention.share"), title=title,
                  xaxis={"rangemode": "tozero"}, yaxis={**axis("share"), "range": [0, 1.02]}, height=260)
        )  # fmt: skip
    return Figure(study.words("retention"), study.caption("retention.caption"), panels, plan_keys(study))


def _kept(table: pd.DataFrame, column: str, replicates: int) -> tuple[Floats, Floats]:
    """Ages, and the share of those who joined still there at each, over all cohorts that old: [replicate, age]."""
    if table.empty:
        return np.zeros(0), np.zeros((replicates, 0))
    ages, at = np.unique(table["age"].to_numpy(np.float64), return_inverse=True)
    runs, run = np.unique(table["replicate"].to_numpy(), return_inverse=True)
    cells, size = run * len(ages) + at, len(runs) * len(ages)
    kept, joined = (sums(cells, table[name], size) for name in (column, "joined"))
    return ages, share_of(kept, joined).reshape(len(runs), len(ages))
