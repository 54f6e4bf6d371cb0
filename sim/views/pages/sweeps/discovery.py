"""The page that says where in the space of the factors something happens: boxes, and how sharp they are."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.lab.estimators.prim import Box, Discovery, Limit
from sim.views.blocks import Block, Cell, Figure, Key, Points, Section, Table
from sim.views.figures import sweeps as figures
from sim.views.figures.canvas import INK, Axis, line, panel
from sim.views.pages.sweeps.page import filled
from sim.views.pages.sweeps.tables import all_points
from sim.views.sweep import View

CASE, OTHER = "#882255", "#BBBBBB"


def render(view: View, found: Discovery, factors: pd.DataFrame, cases: NDArray[np.bool_], where: str) -> str:
    """The page as HTML. ``factors`` and ``cases``: the points, and which of them are cases."""
    words = view.words
    points = [(words("lead.answer"), [answer(view, found, where)]), (words("lead.caution"), [words("said.caution")])]
    sections = [Section("answer", words("answer"), [Points(points)])]
    blocks: list[Block] = [_box(view, found, number, box) for number, box in enumerate(found.boxes)]
    if found.boxes and found.boxes[0].limits:
        blocks.insert(0, _plane(view, found.boxes[0], factors, cases))
    if len(found.trajectory):
        blocks.append(_trade(view, found))
    if blocks:
        sections.append(Section("boxes", words("discover.boxes"), blocks))
    sections.append(Section("points", words("all_points"), [all_points(view)]))
    return filled(view, words("discover.title", where=view.condition(where), plan=view.title), sections)


def summary(view: View, found: Discovery, where: str) -> list[tuple[str, list[str]]]:
    """The answer under its lead, and the keys of what it names."""
    return view.with_keys([(view.words("lead.answer"), [answer(view, found, where)])])


def answer(view: View, found: Discovery, where: str) -> str:
    """Where it happens, in sentences."""
    words = view.words
    if not found.boxes:
        text = words("found.none", where=view.condition(where), base=_share(view, found.base_density))
    else:
        box = found.boxes[0]
        limits = view.listed([
            words("found.limit", factor=view.quoted(each.factor), limit=_limit(view, each)) for each in box.limits
        ])  # fmt: skip
        text = words(
            "found.box", where=view.condition(where), limits=limits, density=_share(view, box.density),
            base=_share(view, found.base_density), coverage=_share(view, box.coverage),
        )  # fmt: skip
        if len(found.boxes) > 1:
            text += view.gap + words("found.more", n=len(found.boxes), coverage=_share(view, found.coverage))
    return text + view.gap + words("found.points")


def _share(view: View, value: float) -> str:
    return view.numbers.text(value, "chance")


def _limit(view: View, limit: Limit) -> str:
    words, low, high = view.words, limit.low, limit.high
    if limit.levels:
        levels = [view.value(level) for level in limit.levels]
        return levels[0] if len(levels) == 1 else words("found.levels", levels=", ".join(levels))
    if low is not None and high is not None:
        return words("discover.between", low=view.value(low), high=view.value(high))
    if low is not None:
        return words("discover.at_least", low=view.value(low))
    return words("discover.at_most", high=view.value(high))


def _box(view: View, found: Discovery, number: int, box: Box) -> Table:
    words = view.words
    rows = [
        [
            view.cell(each.factor),
            Cell(_limit(view, each), number=False),
            Cell("< 0.001" if each.quasi_p < 0.001 else f"{each.quasi_p:.3f}"),
        ]
        for each in box.limits
    ]
    caption = words(
        "discover.box.caption", density=_share(view, box.density), points=box.points,
        base=_share(view, found.base_density), coverage=_share(view, box.coverage),
    )  # fmt: skip
    header = [words("factor"), words("discover.limit"), words("discover.p")]
    return Table(header, rows, caption, title=words("discover.box", n=number + 1))


def _plane(view: View, box: Box, factors: pd.DataFrame, cases: NDArray[np.bool_]) -> Figure:
    """The points over the two factors with the sharpest limits, and the frame of the box."""
    sharpest = sorted(box.limits, key=lambda limit: limit.quasi_p)
    names = [limit.factor for limit in sharpest[:2]]
    names += [key for key in view.factors if key not in names][: 2 - len(names)]
    if len(names) < 2:
        names *= 2
    places = [_places(view, factors[name]) for name in names]
    traces, keys = [], []
    for part, colour, here in (("other", OTHER, ~cases), ("case", CASE, cases)):
        name = view.words(f"discover.{part}")
        traces.append(figures.scatter(places[0][0][here], places[1][0][here], name, colour))
        keys.append(Key(name, colour, name, "area"))
    bounds = [_frame(_limit_of(box, name), values) for name, (values, _) in zip(names, places, strict=True)]
    frame = {
        "type": "rect", "x0": bounds[0][0], "x1": bounds[0][1], "y0": bounds[1][0], "y1": bounds[1][1],
        "line": {"color": INK, "width": 1.8}, "fillcolor": "rgba(136,34,85,0.06)", "layer": "below",
    }  # fmt: skip
    shown = panel(
        traces, label=view.words("discover.plane"), x=view.axis(names[0]), y=view.axis(names[1]), height=400,
        hovermode="closest", xaxis=places[0][1], yaxis=places[1][1], shapes=[frame],
    )  # fmt: skip
    return Figure(view.words("discover.plane"), view.words("discover.plane.caption"), [shown], keys)


def _limit_of(box: Box, factor: str) -> Limit | None:
    """The box's limit on a factor; None where it leaves the factor free."""
    return next((limit for limit in box.limits if limit.factor == factor), None)


def _places(view: View, column: pd.Series) -> tuple[NDArray[np.float64], Axis]:
    """Where points stand on an axis: numbers as they are, levels one after the other."""
    if view.is_number(str(column.name)):
        return column.to_numpy(np.float64), {"zeroline": False, "nticks": 6}
    codes, levels = pd.factorize(column.astype(str), sort=True)
    ticks = {"tickvals": list(range(len(levels))), "ticktext": [view.value(level) for level in levels]}
    return codes.astype(np.float64), {"zeroline": False, **ticks}


def _frame(limit: Limit | None, values: NDArray[np.float64]) -> tuple[float, float]:
    """The ends of a box on an axis, half a step beyond the points where it is open."""
    room = 0.02 * (float(np.ptp(values)) or 1.0)
    low, high = float(values.min()) - room, float(values.max()) + room
    if limit is None or limit.levels:
        return low, high
    return (low if limit.low is None else limit.low), (high if limit.high is None else limit.high)


def _trade(view: View, found: Discovery) -> Figure:
    """Coverage against density along the search of the first box."""
    steps = found.trajectory[(found.trajectory["box"] == 0).to_numpy()]
    name = view.words("discover.steps")
    mode = {"mode": "lines+markers", "marker": {"color": figures.BLUE, "size": 6}}
    chosen = steps[steps["chosen"].to_numpy(bool)]
    taken = view.words("discover.chosen")
    traces = [
        line(steps["coverage"], steps["density"], name, figures.BLUE, group=name) | mode,
        figures.scatter(chosen["coverage"], chosen["density"], taken, INK, size=13, symbol="x"),
    ]
    ticks: Axis = {"tickformat": ".0%", "hoverformat": ".0%", "range": [-0.03, 1.05], "zeroline": False}
    label = view.words("discover.trade")
    shown = panel(
        traces, label=label, x=view.words("discover.coverage"), y=view.words("discover.density"), height=340,
        hovermode="closest", xaxis=ticks, yaxis=ticks,
    )  # fmt: skip
    keys = [Key(name, figures.BLUE, name), Key(taken, INK, taken, "area")]
    return Figure(view.words("discover.trade"), view.words("discover.trade.caption"), [shown], keys)
