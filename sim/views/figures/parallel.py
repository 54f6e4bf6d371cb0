"""All points of a sweep at once, as lines through parallel axes that can be brushed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from sim.views.blocks import Figure
from sim.views.figures.canvas import INK, panel, wrapped
from sim.views.figures.sweeps import number_axis, unit
from sim.views.sweep import View

#: The most points drawn (design choice): more hide each other.
MOST_LINES = 1000
#: The share of an axis that stays free at each end.
ROOM = 0.04
#: Pixels that an axis needs for its name and marks; a page that is narrower scrolls the plot in its own box.
AXIS_WIDTH = 128
#: Light to dark, the lightest still seen as a thin line on white.
SCALE = [[0.0, "#CDBFE2"], [0.5, "#957CC0"], [1.0, "#3F1D6E"]]


def parallel(view: View) -> Figure:
    """Every point as a line through its factors and its outcome, coloured by the outcome.

    Source: Inselberg (1985), *The Visual Computer* 1, for the diagram; brushing of Plotly.
    """
    points = view.points
    if len(points) > MOST_LINES:
        points = points.iloc[np.linspace(0, len(points) - 1, MOST_LINES).round().astype(np.int64)]
    means = points["mean"].to_numpy(np.float64)
    axes = [_axis(view, key, points[key]) for key in view.factors]
    ticks = number_axis(view.form)
    low, high = float(means.min()), float(means.max())
    axes.append({
        "label": _label(unit(view)), "values": means.tolist(), "range": _ends(low, high),
        "tickformat": ticks.get("tickformat", ",.3~s" if view.form == "money" else ",.3~g"),
    })  # fmt: skip
    trace = {
        "type": "parcoords", "dimensions": axes, "labelside": "top",
        "line": {"color": means.tolist(), "colorscale": SCALE, "cmin": low, "cmax": high if high > low else low + 1},
        "labelfont": {"size": 11, "color": INK}, "tickfont": {"size": 11, "color": INK},
        "rangefont": {"size": 1, "color": "rgba(0,0,0,0)"},
        "unselected": {"line": {"color": "#BBBBBB", "opacity": 0.12}},
    }  # fmt: skip
    label = view.words("parallel.label", n=len(points), low=view.text(low), high=view.text(high))
    shown = panel([trace], label=label, height=430, margin={"l": 62, "r": 62, "t": 70, "b": 24})
    shown = replace(shown, width=AXIS_WIDTH * len(axes), webgl=view.words("parallel.no_webgl"))
    caption = view.words("parallel.caption")
    if len(points) < len(view.points):
        some = view.words("parallel.some", shown=f"{len(points):,}", n=f"{len(view.points):,}")
        caption = f"{caption}{view.gap}{some}"
    return Figure(view.words("parallel"), caption, [shown])


def _axis(view: View, key: str, column: pd.Series) -> dict[str, Any]:
    if view.is_number(key):
        values = column.to_numpy(np.float64)
        named = {"label": _label(view.axis(key)), "tickformat": ",.3~g"}
        return {**named, "values": values.tolist(), "range": _ends(float(values.min()), float(values.max()))}
    codes, levels = pd.factorize(column, sort=not column.isna().any(), use_na_sentinel=False)
    names = ["".join(wrapped(view.value(level), 14, 1)) for level in levels]
    places = list(range(len(levels)))
    return {"label": _label(view.axis(key)), "values": codes.tolist(), "range": _ends(0.0, len(levels) - 1.0),
            "tickvals": places, "ticktext": names}  # fmt: skip


def _ends(low: float, high: float) -> list[float]:
    """The range of an axis, with room for lines at its ends, which the frame would cut."""
    room = ROOM * (high - low) if high > low else 0.5 * abs(low) or 0.5
    return [low - room, high + room]


def _label(name: str) -> str:
    return "<br>".join(wrapped(name, 20, 3))
