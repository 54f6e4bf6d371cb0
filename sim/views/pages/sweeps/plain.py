"""The page of a plain sweep: what came out over all points, in a sentence and then in plots and tables."""

from __future__ import annotations

import numpy as np

from sim.lab.estimators.noise import noise_split
from sim.lab.estimators.response import response_curve
from sim.lab.estimators.screening import FEWEST_POINTS, screen
from sim.views.blocks import Block, Points, Section
from sim.views.figures import sweeps as figures
from sim.views.figures.parallel import parallel
from sim.views.pages.sweeps.page import filled
from sim.views.pages.sweeps.tables import all_points, extremes, ranked_factors
from sim.views.sweep import View

#: The most curves of a page, and the fewest points for lines through all axes (design choices).
MOST_CURVES, FEWEST_LINES = 9, 3


def render(view: View) -> str:
    """The page as HTML."""
    factors = ranked_factors(view)
    sections = [Section("answer", view.words("answer"), [Points(summary(view))])]
    blocks: list[Block] = []
    if factors:
        blocks.append(figures.curves(view, factors=factors[:MOST_CURVES]))
    if len(factors) > 1:
        blocks.append(figures.heat(view, *factors[:2]))
    if len(view.points) >= FEWEST_LINES and factors:
        blocks.append(parallel(view))
    sections.append(Section("response", view.words("response"), blocks))
    sections.append(Section("points", view.words("extremes"), [*extremes(view), all_points(view)]))
    return filled(view, view.words("sweep.title", plan=view.title), sections)


def summary(view: View) -> list[tuple[str, list[str]]]:
    """Leads with their sentences, the answer first."""
    words = view.words
    leads = [
        ("lead.answer", answer(view)),
        ("lead.best", best(view)),
        ("lead.luck", luck(view)),
        ("lead.failed", failed(view)),
    ]
    return [(words(lead), [text]) for lead, text in leads if text]


def answer(view: View) -> str:
    """How far the outcome reaches, and which factors move it."""
    points = view.points
    low, high = float(points["mean"].min()), float(points["mean"].max())
    if len(points) == 1:
        return view.words("said.one", metric=view.metric_label(), mean=view.text(low))
    said = [
        view.words(
            "said.range", n=len(points), metric=view.metric_label(), low=view.text(low), high=view.text(high),
            replicates=round(float(points["n"].mean())),
        )
    ]  # fmt: skip
    factors = ranked_factors(view)
    if factors:
        said.append(_most(view, factors[0]))
    if len(points) >= FEWEST_POINTS and factors:
        table = screen(view.table, factors, view.outcome).table
        names = [view.quoted(str(key)) for key in table.index[table["matters"].to_numpy(bool)]]
        key = "said.beyond" if names else "said.nothing"
        said.append(view.words(key, metric=view.metric_label(), names=view.listed(names)))
    return view.gap.join(said)


def _most(view: View, key: str) -> str:
    curve = response_curve(view.table, key, view.outcome, bins=6)
    least, most = int(np.argmin(curve["mean"])), int(np.argmax(curve["mean"]))
    return view.words(
        "said.most", factor=view.quoted(key), low=view.text(curve["mean"].iloc[least]),
        a=view.value(curve["value"].iloc[least]), high=view.text(curve["mean"].iloc[most]),
        b=view.value(curve["value"].iloc[most]),
    )  # fmt: skip


def best(view: View) -> str:
    """The setting of the best point."""
    if len(view.points) < 2:
        return ""
    ordered = view.points.sort_values("mean", ascending=view.direction < 0, kind="stable")
    return view.words("said.best", setting=view.setting(ordered.iloc[0].to_dict()))


def luck(view: View) -> str:
    """How much of what differs between runs is luck."""
    noise = noise_split(view.table, view.outcome)
    if np.isnan(noise.share):
        told = "said.luck.unknown" if noise.replicates <= 1 else "said.luck.none"
        return view.words(told) if len(view.points) > 1 else ""
    span = view.numbers.span(noise.low, noise.high, "chance")
    told = view.words("said.luck.span", span=span) if span else ""
    if noise.share >= 1.0:  # the estimate of what the factors do is clipped at nothing
        return view.words("said.luck.all", span=told)
    return view.words("said.luck", share=view.numbers.text(noise.share, "chance"), span=told)


def failed(view: View) -> str:
    """How many runs are left out."""
    count = int((view.table["status"] == "failed").sum())
    return view.words("said.failed", n=count) if count else ""
