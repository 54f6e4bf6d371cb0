"""Word of mouth: how many each member brings in, and how many those bring in turn."""

from __future__ import annotations

import numpy as np

from sim.views.blocks import Block, Figure, Panel, Section
from sim.views.figures.canvas import MUTED, Trace, axis, banded, bars, by_plan, ends, line, over_days, panel, plan_keys
from sim.views.study import Floats, Plan, Study, share_of, spread, sums

#: Later generations are shown no more (design choice): they hold too few people.
MOST_GENERATIONS = 10
#: A generation of fewer people, in all replicates together, has no K (design choice): one invitation would rule it.
FEWEST_PEOPLE = 30


def section(study: Study) -> Section | None:
    """The chapter on word of mouth; None where nobody joined, so that there is no K."""
    if not any(np.isfinite(study.values(plan, "k_factor")).any() for plan in study.plans):
        return None
    blocks: list[Block] = [_k_over_time(study)]
    if any(_generations(study, plan).shape[1] > 1 for plan in study.plans):
        blocks.append(_by_generation(study))
    return Section("word-of-mouth", study.words("word_of_mouth"), blocks, study.words("word_of_mouth.intro"))


def _one(last: float) -> Trace:
    trace = line([0, last], [1, 1], "1", MUTED, dash="dash", hoverinfo="skip")
    return {**trace, "mode": "lines", "line": {**trace["line"], "width": 1}}


def _k_over_time(study: Study) -> Figure:
    title = study.words("word_of_mouth.k")
    last = max(study.days(plan) for plan in study.plans) - 1
    traces = [_one(last), *by_plan(study, "k_factor")]
    drawn = over_days(traces, study, label=f"{title}. {ends(study, 'k_factor', 'ratio')}", y="K", yaxis=axis("ratio"))
    return Figure(title, study.caption("word_of_mouth.k.caption"), [drawn], plan_keys(study))


def _generations(study: Study, plan: Plan) -> Floats:
    """People who joined, shape [replicate, generation], up to the last generation that anybody joined."""
    table = study.rows("generations", plan)
    if table.empty:
        return np.zeros((1, 0))
    table = table[(table["generation"] < MOST_GENERATIONS).to_numpy()]
    runs, run = np.unique(table["replicate"].to_numpy(), return_inverse=True)
    generation = table["generation"].to_numpy(np.int64)
    count = int(generation.max()) + 1
    joined = sums(run * count + generation, table["joined"], len(runs) * count)
    matrix = joined.reshape(len(runs), count)
    return matrix[:, : np.flatnonzero(matrix.any(axis=0)).max(initial=-1) + 1]


def _by_generation(study: Study) -> Figure:
    panels = [_joins(study), _k(study)]
    caption = study.caption("word_of_mouth.generations.caption", band="band.whiskers")
    return Figure(study.words("word_of_mouth.generations"), caption, panels, plan_keys(study))


def _joins(study: Study) -> Panel:
    traces: list[Trace] = []
    parts = []
    for plan in study.plans:
        joined = _generations(study, plan)
        mean, band = joined.mean(axis=0), spread(joined)
        traces.append(bars(np.arange(len(mean)), mean, plan.label, plan.colour, group=plan.name, band=band))
        parts.append(f"{plan.label}: {', '.join(study.numbers.text(value, 'people') for value in mean)}")
    title = study.words("word_of_mouth.joined")
    return panel(
        traces, label=f"{title}. {'; '.join(parts)}", x=study.words("word_of_mouth.generation"),
        y=study.words("people"), title=title, xaxis={"dtick": 1}, yaxis=axis("people"), height=260, barmode="group",
    )  # fmt: skip


def _k(study: Study) -> Panel:
    traces: list[Trace] = []
    parts = []
    last = 1
    for plan in study.plans:
        joined = _generations(study, plan)
        joined = joined[:, : int((joined.sum(axis=0) >= FEWEST_PEOPLE).cumprod().sum()) + 1]
        if joined.shape[1] < 2:
            continue
        x = np.arange(joined.shape[1] - 1)
        drawn = banded(
            x, share_of(joined[:, 1:], joined[:, :-1]), plan.label, plan.colour, dash=plan.dash, group=plan.name
        )
        pooled = joined.sum(axis=0)  # the mean of ratios would be ruled by replicates with few people
        drawn[-1].update(y=share_of(pooled[1:], pooled[:-1]), mode="lines+markers")
        traces += drawn
        last = max(last, int(x[-1]))
        parts.append(f"{plan.label}: {', '.join(study.numbers.text(value, 'ratio') for value in drawn[-1]['y'])}")
    title = study.words("word_of_mouth.k_generation")
    return panel(
        [_one(last), *traces], label=f"{title}. {'; '.join(parts)}", x=study.words("word_of_mouth.generation"), y="K",
        title=title, xaxis={"dtick": 1, "range": [-0.2, last + 0.2]}, yaxis=axis("ratio"), height=260,
    )  # fmt: skip
