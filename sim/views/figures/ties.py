"""Ties: how many people have none, a weak or a strong one, and how fast they turn into each other."""

from __future__ import annotations

import numpy as np

from sim.views.blocks import Figure, Key, Panel, Section
from sim.views.figures.canvas import INK, TIES, Trace, axis, banded, by_plan, ends, line, over_days, plan_keys
from sim.views.study import Days, Floats, Plan, Study, centre, share_of, spread, window_means, windows

#: Flow → the level it flows from.
CONVERSIONS = {"none_to_weak": "none", "weak_to_strong": "weak", "strong_to_weak": "strong", "weak_to_none": "weak"}


def section(study: Study) -> Section:
    """The chapter on ties."""
    blocks = [_levels(study)]
    if study.days(study.plans[0]) > 1:  # an area needs two days
        blocks.insert(0, _stacked(study))
    if study.compared:
        blocks.append(_differences(study))
    blocks.append(_conversions(study))
    return Section("ties", study.words("ties"), blocks, study.words("ties.intro"))


def _stacked(study: Study) -> Figure:
    words = study.words
    top = _top(study)
    keys = [Key(study.metric_label(tie), TIES[tie], tie, "area") for tie in ("strong", "weak", "none")]
    caption = study.caption("ties.stacked.caption", band="band.dotted")
    if top < max(study.people(plan) for plan in study.plans):
        caption += words("ties.stacked.cut")
    return Figure(words("ties.stacked"), caption, [_stack(study, plan, top) for plan in study.plans], keys)


def _top(study: Study) -> float:
    """Where the axis ends: cut above the ties where most people have none, so that the ties can be seen."""
    people = max(study.people(plan) for plan in study.plans)
    tied = 0.0
    for plan in study.plans:
        both = study.values(plan, "weak") + study.values(plan, "strong")
        band = spread(both)
        tied = max(tied, float(np.max(band.high if band else both)))
    return people if tied > 0.6 * people or tied == 0 else 1.25 * tied


def _stack(study: Study, plan: Plan, top: float) -> Panel:
    days = study.shown(plan)
    levels = {tie: study.values(plan, tie)[:, days] for tie in ("strong", "weak", "none")}
    traces: list[Trace] = []
    edges: list[Trace] = []  # after all areas: each area is filled down to the trace before it
    height = np.zeros_like(levels["none"])
    for tie, level in levels.items():
        height = height + level
        traces.append(_layer(study.metric_label(tie), tie, days, height, level))
        band = spread(height)
        if tie != "none" and band:
            edges += [_edge(days, band.low, tie), _edge(days, band.high, tie)]
    last = ", ".join(
        f"{study.metric_label(tie)} {study.numbers.text(centre(x)[-1], 'people')}" for tie, x in levels.items()
    )
    label = f"{study.words('ties.stacked')}. {plan.label}: {study.words('at_the_end', values=last)}"
    yaxis = {**axis("people"), "range": [0, top]}
    return over_days([*traces, *edges], study, label=label, y=study.words("people"), yaxis=yaxis, plan=plan)


def _layer(name: str, tie: str, days: Days, height: Floats, level: Floats) -> Trace:
    trace = line(days, centre(height), name, TIES[tie], group=tie, customdata=np.round(centre(level), 1))
    trace["line"]["width"] = 0.5
    trace.update(
        fill="tozeroy" if tie == "strong" else "tonexty", fillcolor=TIES[tie], hovertemplate="%{customdata:,.0f}"
    )
    return trace


def _edge(days: Days, height: Floats, tie: str) -> Trace:
    trace = line(days, height, tie, INK, dash="dot", group=tie, hoverinfo="skip")
    trace["line"]["width"] = 1
    return trace


def _levels(study: Study) -> Figure:
    panels = []
    for tie in ("strong", "weak"):
        label = f"{study.metric_label(tie)}. {ends(study, tie, 'people')}"
        traces = by_plan(study, tie)
        title = study.metric_label(tie)
        panels.append(over_days(traces, study, label=label, y=study.words("people"), yaxis=axis("people"), title=title))
    return Figure(study.words("ties.levels"), study.caption("ties.levels.caption"), panels, plan_keys(study))


def _differences(study: Study) -> Figure:
    first = study.plans[0]
    traces: list[Trace] = []
    parts = []
    for plan in study.plans[1:]:
        matrix = study.paired(plan, "strong")
        days = study.shown(plan)
        traces += banded(
            days, matrix[:, days], f"{plan.mark} − {first.mark}", plan.colour, dash=plan.dash, group=plan.name
        )
        parts.append(f"{plan.label}: {study.numbers.text(centre(matrix)[-1], 'people', signed=True)}")
    label = f"{study.words('ties.differences')}. {study.words('at_the_end', values='; '.join(parts))}"
    yaxis = {"hoverformat": "+,.1f", "zeroline": True, "zerolinewidth": 1.5}
    drawn = over_days(traces, study, label=label, y=study.words("people"), yaxis=yaxis, height=260)
    keys = [Key(f"{plan.mark} − {first.mark}", plan.colour, plan.name, plan.dash) for plan in study.plans[1:]]
    caption = study.caption("ties.differences.caption", first=first.mark)
    return Figure(study.words("ties.differences"), caption, [drawn], keys)


def _conversions(study: Study) -> Figure:
    panels = [
        _conversion(study, flow, source)
        for flow, source in CONVERSIONS.items()
        if any(study.values(plan, source).any() for plan in study.plans)  # nobody there: no rate
    ]
    caption = study.caption("ties.conversions.caption", length=study.words.days(_length(study)))
    return Figure(study.words("ties.conversions"), caption, panels, plan_keys(study))


def _length(study: Study) -> int:
    """Days in a window: a month, or less in a short study."""
    days = study.days(study.plans[0])
    return 30 if days >= 120 else max(1, days // 6)


def _conversion(study: Study, flow: str, source: str) -> Panel:
    traces: list[Trace] = []
    parts = []
    for plan in study.plans:
        edges = windows(study.days(plan), _length(study))
        moved, held = (window_means(study.values(plan, name), edges) for name in (flow, source))
        rates = 100 * 30 * share_of(moved, held)
        middle = (edges[:-1] + edges[1:] - 1) / 2
        traces += banded(middle, rates, plan.label, plan.colour, dash=plan.dash, group=plan.name)
        parts.append(f"{plan.label}: {study.numbers.text(centre(rates)[-1], 'ratio')}")
    title = study.metric_label(flow)
    label = f"{title}. {study.words('at_the_end', values='; '.join(parts))}"
    return over_days(
        traces, study, label=label, y=study.words("ties.rate"), yaxis=axis("ratio"), height=240, title=title
    )
