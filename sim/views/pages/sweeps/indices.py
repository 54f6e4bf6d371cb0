"""Plots of what matters: scores of factors, scores of pairs of them, and luck's share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from sim.lab.estimators.noise import NoiseSplit
from sim.views.blocks import Figure, Key
from sim.views.figures.canvas import INK, MUTED, Trace, bars, panel, plain
from sim.views.figures.sweeps import BLUE, ORANGE, SCALE, rows_axis
from sim.views.language.numbers import finite
from sim.views.sweep import View

#: A cell for a pair that chance may explain is so much fainter; the darkest cell is at least so large a share; and
#: pixels that a cell needs for its numbers (design choices).
FAINT, LEAST_SHARE, CELL_WIDTH = 0.35, 0.05, 84


def scores(
    view: View,
    title: str,
    caption: str,
    found: pd.DataFrame,
    parts: Sequence[tuple[str, str]],
    reach: tuple[float, float] | None = None,
    x: str = "",
) -> Figure:
    """Scores of factors as lying bars with whiskers.

    ``found``: index ``factor``; for each (column, name) of ``parts`` the column, and ``_low`` and ``_high`` where there
    are intervals; ``chance``: what chance alone would give, drawn as a tick. ``reach``: where whiskers are cut. ``x``:
    the title of the axis.
    """
    rows = list(range(len(found)))
    drawn = [name for column, _ in parts for name in (column, f"{column}_low", f"{column}_high") if name in found]
    low, high, cut = _frame(found[[*drawn, *(name for name in ["chance"] if name in found)]], reach)
    traces, keys = [], []
    for (column, name), colour in zip(parts, (BLUE, ORANGE), strict=False):
        ends = None
        if f"{column}_low" in found:
            ends = (found[f"{column}_low"].to_numpy(np.float64), found[f"{column}_high"].to_numpy(np.float64))
        traces.append(bars(found[column], rows, name, colour, group=column, ends=ends, across=True))
        keys.append(Key(name, colour, column, "area"))
    if "chance" in found and found["chance"].notna().any():
        traces.append({
            "type": "scatter", "mode": "markers", "x": found["chance"].tolist(), "y": rows, "legendgroup": "chance",
            "name": view.words("scores.chance"),
            "marker": {"symbol": "line-ns-open", "size": 18, "color": INK, "line": {"width": 2}},
        })  # fmt: skip
        keys.append(Key(view.words("scores.chance"), INK, "chance"))
    said = "; ".join(
        f"{view.name(str(key))}: " + ", ".join(f"{name} {finite(row[column]):.2f}" for column, name in parts)
        for key, row in found.iterrows()
    )
    shown = panel(
        traces, label=said, x=x, height=90 + 48 * len(rows), hovermode="closest",
        xaxis={"nticks": 6, "hoverformat": ",.3~f", "zeroline": True, "range": [low, high]},
        yaxis=rows_axis(view, [str(key) for key in found.index]),
    )  # fmt: skip
    caption += view.gap + view.words("scores.cut") if cut else ""
    return Figure(title, caption, [shown], keys if len(keys) > 1 else [])


def _frame(drawn: pd.DataFrame, reach: tuple[float, float] | None) -> tuple[float, float, bool]:
    """The ends of the axis, with room about zero and all that is drawn; and whether some of it lies beyond reach."""
    values = np.append(drawn.to_numpy(np.float64), 0.0)
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    cut = reach is not None and (low < reach[0] or high > reach[1])
    if reach is not None:
        low, high = max(low, reach[0]), min(high, reach[1])
    room = 0.04 * (high - low) or 0.5
    return low - room, high + room, cut


def luck(view: View, noise: NoiseSplit) -> Figure:
    """The variance of single runs in two parts: the factors, and luck."""
    share = min(max(noise.share, 0.0), 1.0)
    texts = [(view.words("luck.factors"), 1 - share, BLUE), (view.words("luck.luck"), share, MUTED)]
    traces = [
        bars([part], [""], name, colour if colour != MUTED else "#AAAAAA", group=name, across=True)
        | {"text": [f"{part:.0%}"], "textposition": "inside", "insidetextanchor": "middle"}
        for name, part, colour in texts
    ]
    keys = [Key(name, colour if colour != MUTED else "#AAAAAA", name, "area") for name, _, colour in texts]
    label = "; ".join(f"{name}: {part:.0%}" for name, part, _ in texts)
    shown = panel(traces, label=label, height=110, barmode="stack", hovermode="closest",
                  xaxis={"range": [0, 1.01], "tickformat": ".0%", "zeroline": False},
                  yaxis={"showgrid": False})  # fmt: skip
    return Figure(view.words("luck"), view.words("luck.caption", n=f"{noise.replicates:.0f}"), [shown], keys)


def pairs(view: View, order: Sequence[str], found: pd.DataFrame) -> Figure:
    """Second-order indices as a triangle of cells, each with its number and interval; faint where chance may be all.

    ``order``: the factors from top to bottom. ``found``: see :class:`sim.lab.estimators.sensitivity.SobolIndices`.
    """
    most = max(float(found["S2"].max()), LEAST_SHARE)
    shades = np.full((len(order), len(order)), np.nan)
    hover, notes, told = np.full(shades.shape, "", dtype=object), [], []
    for row in found.to_dict("records"):
        x, y = sorted(order.index(row[side]) for side in ("first", "second"))
        share, sure = finite(row["S2"]), row["matters"] is True
        shades[y, x] = max(share, 0.0) / most * (1.0 if sure else FAINT)
        number = view.numbers.text(share, "ratio")
        span = view.words("pairs.span", low=_two(row["S2_low"]), high=_two(row["S2_high"]))
        hover[y, x] = plain(f"{view.name(order[x])} × {view.name(order[y])}: {number} {span}")
        notes.append({
            "x": x, "y": y, "showarrow": False, "text": f"{f'<b>{number}</b>' if sure else number}<br>{span}",
            "font": {"size": 11, "color": "white" if shades[y, x] > 0.5 else INK if sure else MUTED},
        })  # fmt: skip
        told.append(hover[y, x])
    trace: Trace = {
        "type": "heatmap", "z": shades.tolist(), "zmin": 0.0, "zmax": 1.0, "colorscale": SCALE, "showscale": False,
        "xgap": 3, "ygap": 3, "hoverongaps": False, "text": hover.tolist(), "hovertemplate": "%{text}<extra></extra>",
    }  # fmt: skip
    numbers = [str(number) for number in range(1, len(order))]
    shown = panel(
        [trace], label="; ".join(told), x=view.words("pairs.axis"), height=110 + 52 * len(order), hovermode="closest",
        xaxis={"tickvals": list(range(len(numbers))), "ticktext": numbers, "showgrid": False, "zeroline": False,
               "range": [-0.5, len(order) - 1.5]},
        yaxis=rows_axis(view, order, numbered=True), annotations=notes,
    )  # fmt: skip
    wide = replace(shown, width=180 + CELL_WIDTH * len(numbers))
    return Figure(view.words("pairs.title"), view.words("pairs.caption"), [wide])


def _two(value: object) -> str:
    """An end of an interval, short enough for a cell."""
    return f"{finite(value):.2f}".replace("-0.00", "0.00").replace("-", "−")
