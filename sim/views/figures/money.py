"""Money: what came in, where it went, and when it came back."""

from __future__ import annotations

import numpy as np

from sim.views.blocks import Figure, Panel, Section
from sim.views.figures.canvas import INK, Trace, axis, banded, over_days, panel, plain, plan_keys
from sim.views.language.numbers import finite
from sim.views.study import Floats, Plan, Study, centre

COSTS = (
    "cost_goods", "cost_content", "cost_activities", "cost_incentives", "cost_operators", "cost_acquisition",
    "cost_platform",
)  # fmt: skip


def section(study: Study) -> Section | None:
    """The chapter on money; None where none flowed."""
    if not any(study.values(plan, name).any() for plan in study.plans for name in ("revenue", *COSTS)):
        return None
    return Section("money", study.words("money"), [_waterfalls(study), _cumulative(study)], study.words("money.intro"))


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
    for plan in study.plans:
        days = study.shown(plan)
        matrix = np.cumsum(study.values(plan, "profit"), axis=1)
        traces += banded(days, matrix[:, days], plan.label, plan.colour, dash=plan.dash, group=plan.name)
        parts.append(f"{plan.label}: {study.numbers.text(centre(matrix)[-1], 'money')}")
        back = finite((study.entry(plan).get("payback_day") or {}).get("median"))
        if np.isfinite(back):
            traces.append(_diamond(back, plan))
    label = f"{study.words('money.cumulative')}. {study.words('at_the_end', values='; '.join(parts))}"
    yaxis = {**axis("money"), "zeroline": True, "zerolinewidth": 1.5}
    drawn = over_days(traces, study, label=label, y=study.numbers.unit, yaxis=yaxis)
    return Figure(study.words("money.cumulative"), study.caption("money.cumulative.caption"), [drawn], plan_keys(study))
