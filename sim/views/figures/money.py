"""Money: what came in, where it went, and when it came back."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.views.blocks import Block, Cell, Figure, Panel, Section, Table
from sim.views.figures.canvas import INK, Trace, axis, banded, over_days, panel, plain, plan_keys, upright
from sim.views.language.numbers import finite
from sim.views.study import Floats, Plan, Study, centre

COSTS = (
    "cost_goods", "cost_content", "cost_activities", "cost_incentives", "cost_operators", "cost_acquisition",
    "cost_platform",
)  # fmt: skip

#: What is told of a budget that is used up, in the order of payment.
ENDS = (
    "budget_reached", "stage_unpaid", "stage_out", "groups_shut", "staff_leave", "posts_end", "ads_end", "rewards_end",
    "activities_end",
)  # fmt: skip


def section(study: Study) -> Section | None:
    """The chapter on money; None where none flowed."""
    if not any(study.values(plan, name).any() for plan in study.plans for name in ("revenue", *COSTS)):
        return None
    blocks: list[Block] = [_waterfalls(study), _cumulative(study)]
    if ended := _ended(study):
        blocks.append(ended)
    return Section("money", study.words("money"), blocks, study.words("money.intro"))


def _first_days(study: Study, plan: Plan, kind: str) -> Floats:
    """The day on which an event first happened, of the replicates in which it did."""
    table = study.rows("events", plan)
    if table.empty:
        return np.zeros(0)
    first = table[(table["kind"] == kind).to_numpy()].groupby("replicate")["day"].min()
    return first.to_numpy(np.float64)


def _ended(study: Study) -> Table | None:
    """What ended when the budget was used up; None where it never was."""
    rows = []
    for kind in ENDS:
        for plan in study.plans:
            days = _first_days(study, plan, kind)
            if len(days):
                row = [Cell(study.words(f"event.{kind}"))] + ([Cell(plan.mark, number=False)] if study.compared else [])
                row.append(Cell(study.words("of_replicates", part=len(days), n=study.replicates(plan))))
                rows.append([*row, Cell(study.numbers.text(np.median(days), "day"))])
    words, plans = study.words, [study.words("plan")] if study.compared else []
    header = [words("events.kind"), *plans, words("events.happened"), words("events.first")]
    return Table(header, rows, words("money.limit.caption"), title=words("money.limit")) if rows else None


def _waterfalls(study: Study) -> Figure:
    ends = [_levels(study, plan) for plan in study.plans]
    low = min(float(levels.min()) for levels in ends)
    high = max(float(levels.max()) for levels in ends)
    pad = 0.04 * (high - low or 1.0)
    panels = [_waterfall(study, plan, [low - pad * (low < 0), high + pad]) for plan in study.plans]
    return Figure(study.words("money.waterfall"), study.means("money.waterfall.caption"), panels)


def _totals(study: Study, plan: Plan) -> Floats:
    """Revenue, then each cost as a negative number: means of the replicates' totals."""
    signs = np.array([1.0] + [-1.0] * len(COSTS))
    amounts: Floats = signs * np.array([study.values(plan, name).sum(axis=1).mean() for name in ("revenue", *COSTS)])
    return amounts


def _levels(study: Study, plan: Plan) -> Floats:
    return np.concatenate([[0.0], np.cumsum(_totals(study, plan))])


def _waterfall(study: Study, plan: Plan, span: list[float]) -> Panel:
    totals = _totals(study, plan)
    profit = float(totals.sum())
    amounts = [*totals.tolist(), profit]
    names = [study.metric_label(name) for name in ("revenue", *COSTS, "profit")]
    told = [f"{name} {study.numbers.text(amount, 'money')}" for name, amount in zip(names, amounts, strict=True)]
    shown = [
        f"{plain(name)}<br><b>{study.numbers.text(amount, 'money')}</b>"
        for name, amount in zip(names, amounts, strict=True)
    ]
    trace: Trace = {
        "type": "waterfall", "orientation": "h", "y": shown, "x": [round(amount, 2) for amount in amounts],
        "measure": ["relative"] * (1 + len(COSTS)) + ["total"], "hoverinfo": "skip",
        "connector": {"line": {"color": "#999999", "width": 1}},
        "increasing": {"marker": {"color": "#2A9D8F"}}, "decreasing": {"marker": {"color": "#C98A5B"}},
        "totals": {"marker": {"color": INK}},
    }  # fmt: skip
    label = f"{study.words('money.waterfall')}. {plan.label}: {'; '.join(told)}"
    return panel(
        [trace], label=label, height=370, plan=plan, hovermode=False,
        xaxis={"range": span, "zeroline": True, "nticks": 6, "showticklabels": False},
        yaxis={"autorange": "reversed", "showgrid": False},
    )  # fmt: skip


def _diamond(day: float, plan: Plan) -> Trace:
    """The mark of payback, on the line of zero."""
    return {
        "type": "scatter", "x": [day], "y": [0], "mode": "markers", "legendgroup": plan.name, "hoverinfo": "skip",
        "marker": {"symbol": "diamond", "size": 11, "color": plan.colour, "line": {"color": "white", "width": 1.5}},
    }  # fmt: skip


def _cumulative(study: Study) -> Figure:
    traces: list[Trace] = []
    parts = []
    shapes: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    for plan in study.plans:
        days = study.shown(plan)
        matrix = np.cumsum(study.values(plan, "profit"), axis=1)
        traces += banded(days, matrix[:, days], plan.label, plan.colour, dash=plan.dash, group=plan.name)
        parts.append(f"{plan.label}: {study.numbers.text(centre(matrix)[-1], 'money')}")
        back = finite((study.entry(plan).get("payback_day") or {}).get("median"))
        if np.isfinite(back):
            traces.append(_diamond(back, plan))
        reached = _first_days(study, plan, "budget_reached")
        if len(reached):
            text = " · ".join(part for part in (plan.mark, study.words("money.limit.mark")) if part)
            shape, note = upright(float(np.median(reached)), text, len(shapes))
            shapes.append(shape)
            notes.append(note)
    label = f"{study.words('money.cumulative')}. {study.words('at_the_end', values='; '.join(parts))}"
    yaxis = {**axis("money"), "zeroline": True, "zerolinewidth": 1.5}
    drawn = over_days(
        traces, study, label=label, y=study.numbers.unit, yaxis=yaxis,
        shapes=shapes, annotations=notes,
    )  # fmt: skip
    return Figure(study.words("money.cumulative"), study.caption("money.cumulative.caption"), [drawn], plan_keys(study))
