"""Plots of sweeps: response curves, heat maps, parallel coordinates, tornado, indices, and luck's share."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from sim.analysis.noise import NoiseSplit
from sim.analysis.response import heat_map, response_curve
from sim.report.blocks import Figure, Key, Panel
from sim.report.figures.canvas import INK, MUTED, Axis, Trace, axis, bars, faint, line, panel, plain, ribbon
from sim.report.numbers import finite
from sim.report.study import COLOURS
from sim.report.sweeps.view import View

BLUE, ORANGE, GREEN = COLOURS[:3]
#: Light to dark, as ties grow in the report of a study; for what is shown by colour alone.
SCALE = [[0.0, "#F1ECF7"], [0.5, "#B9A3D3"], [1.0, "#54278F"]]
#: The lowest fifth of the points to the highest.
FIFTHS = ("#D9CFE8", "#B9A3D3", "#957CC0", "#7050A5", "#54278F")
#: The most points drawn as lines through all axes (design choice): more hide each other.
MOST_LINES = 400
#: The most levels of a number that are shown one by one.
MOST_LEVELS = 12


def number_axis(kind: str, **more: object) -> Axis:
    """An axis of a metric's kind, from where its values lie."""
    made = axis(kind if kind in {"people", "money", "share", "ratio"} else "ratio")
    made.pop("rangemode", None)
    return {**made, **more}


def unit(view: View, name: str = "") -> str:
    """A metric's name with its unit, for an axis."""
    label = view.metric_label(name)
    is_money = view.numbers.unit and view.kind == "money" and not name
    return f"{label} ({view.numbers.unit})" if is_money else label


def curves(view: View, others: pd.DataFrame | None = None, factors: Sequence[str] = ()) -> Figure:
    """The outcome over each factor, averaged over the other factors as the sweep varied them.

    ``others``: the run table of a sweep that moved one factor at a time; its curves are laid over the first ones.
    """
    names = list(factors or view.factors)
    averages = {key: response_curve(view.table, key, view.outcome, bins=_bins(view, key)) for key in names}
    single = (
        {key: response_curve(_alone(others, key), key, view.outcome) for key in names} if others is not None else {}
    )
    reach = _reach([*averages.values(), *single.values()])
    panels = [_curve(view, key, averages[key], single.get(key), reach) for key in names]
    keys = []
    if single:
        keys = [
            Key(view.words("curves.average"), BLUE, "average"),
            Key(view.words("curves.alone"), ORANGE, "alone", "dash"),
        ]
    caption = view.words("curves.caption.both" if single else "curves.caption")
    return Figure(view.words("curves", metric=view.metric_label()), caption, panels, keys)


def _bins(view: View, *keys: str) -> int:
    """Into how many bins a number goes: its levels where they are few, else so that each cell holds some points."""
    levels = max(int(view.points[key].nunique()) for key in keys)
    if levels <= MOST_LEVELS:
        return levels
    if len(keys) > 1:
        return max(3, min(8, round(0.75 * math.sqrt(len(view.points)))))
    return max(4, min(MOST_LEVELS, len(view.points) // 8))


def _alone(table: pd.DataFrame, key: str) -> pd.DataFrame:
    """The points of a one-at-a-time sweep that move nothing but this factor."""
    return table[(table["moved"] == key).to_numpy() | (table["moved"] == "").to_numpy()]


def _reach(found: Sequence[pd.DataFrame]) -> tuple[float, float]:
    """What all curves and bands lie between, with some room."""
    columns = ["mean", "low", "high", "spread_low", "spread_high"]
    values = np.concatenate([each[columns].to_numpy(np.float64).ravel() for each in found])
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    room = 0.05 * (high - low) or max(abs(high), 1.0) * 0.1
    return low - room, high + room


def _curve(view: View, key: str, found: pd.DataFrame, single: pd.DataFrame | None, reach: tuple[float, float]) -> Panel:
    traces: list[Trace] = []
    for rows, colour, group, dash in ((found, BLUE, "average", "solid"), (single, ORANGE, "alone", "dash")):
        if rows is not None:
            traces += _line(view, key, rows, colour, group, dash)
    told = "; ".join(f"{view.value(row.value)}: {view.text(row.mean)}" for row in found.itertuples())
    xaxis: Axis = {"nticks": 5, "zeroline": False} if view.is_number(key) else {"type": "category"}
    y_axis = number_axis(view.kind, range=list(reach), zeroline=reach[0] < 0 < reach[1])
    return panel(
        traces, label=f"{view.metric_label()} / {view.short(key)}. {told}", x=view.short(key), y=unit(view), height=250,
        xaxis=xaxis, yaxis=y_axis, title=view.short(key), barmode="group",
    )  # fmt: skip


def _line(view: View, key: str, rows: pd.DataFrame, colour: str, group: str, dash: str) -> list[Trace]:
    name = view.words(f"curves.{group}")
    if not view.is_number(key):
        ends = (rows["low"].to_numpy(np.float64), rows["high"].to_numpy(np.float64))
        levels = [plain(view.value(value), 18) for value in rows["value"]]
        return [bars(levels_as_category(levels), rows["mean"], name, colour, group=group, ends=ends) | {"x": levels}]
    x = rows["value"].to_numpy(np.float64)
    under = ribbon(x, rows["low"], rows["high"], colour, group) if len(x) > 1 and rows["low"].notna().any() else []
    mode: dict[str, Any] = {"mode": "lines+markers", "marker": {"color": colour, "size": 5}}
    return [*under, line(x, rows["mean"], name, colour, dash=dash, group=group) | mode]


def levels_as_category(levels: Sequence[str]) -> ArrayLike:
    """Places for bars whose names are set afterwards."""
    return np.arange(len(levels))


def heat(view: View, first: str, second: str) -> Figure:
    """The outcome over two factors; cells without a point stay empty."""
    found = heat_map(view.table, first, second, view.outcome, bins=_bins(view, first, second))
    grid = found.pivot_table(index="second", columns="first", values="mean", sort=True)
    names = [[plain(_level(view, value), 14) for value in side] for side in (grid.columns, grid.index)]
    hover = "%{x} · %{y}<br>%{z:" + str(number_axis(view.kind)["hoverformat"]) + "}<extra></extra>"
    trace: Trace = {
        "type": "heatmap", "x": names[0], "y": names[1], "z": grid.to_numpy(np.float64).tolist(), "colorscale": SCALE,
        "hovertemplate": hover, "xgap": 2, "ygap": 2,
        "colorbar": {"thickness": 12, "outlinewidth": 0, "tickfont": {"size": 11}, **_ticks(view)},
    }  # fmt: skip
    top = found.iloc[int(np.argmax(view.direction * found["mean"].to_numpy()))]
    label = view.words(
        "heat.best", first=view.short(first), a=view.value(top["first"]), second=view.short(second),
        b=view.value(top["second"]), mean=view.text(top["mean"]),
    )  # fmt: skip
    shown = panel(
        [trace], label=label, x=view.short(first), y=view.short(second), height=380, hovermode="closest",
        xaxis={"type": "category", "showgrid": False, "tickfont": {"size": 10}},
        yaxis={"type": "category", "showgrid": False},
    )  # fmt: skip
    title = view.words("heat", metric=view.metric_label(), first=view.short(first), second=view.short(second))
    return Figure(title, label + view.gap + view.words("heat.caption"), [shown])


def _level(view: View, value: Any) -> str:
    """A level, or the middle of a bin, as short as it can be told from the next."""
    is_long = isinstance(value, float) and value != round(value, 2)
    return f"{value:.2g}" if is_long and abs(value) < 100 else view.value(value)


def _ticks(view: View) -> dict[str, object]:
    return {"tickformat": ",.2~%"} if view.kind == "share" else {"tickformat": ",.3~s"} if view.kind == "money" else {}


def parallel(view: View) -> Figure:
    """Every point as a line through its factors and its outcome, in fifths by the outcome.

    Drawn as plain lines: Plotly's own parallel coordinates need WebGL, which printers and some browsers have not.
    """
    points = view.points
    if len(points) > MOST_LINES:
        points = points.iloc[np.linspace(0, len(points) - 1, MOST_LINES).round().astype(np.int64)]
    axes = [_axis(view, key, points[key]) for key in view.factors]
    means = points["mean"].to_numpy(np.float64)
    axes.append(_scaled(means, [view.text(end) for end in (means.min(), means.max())]))
    heights = np.column_stack([each[0] for each in axes])
    fifths = np.minimum(np.argsort(np.argsort(means, kind="stable")) * len(FIFTHS) // len(means), len(FIFTHS) - 1)
    traces, keys = [], []
    for number, colour in enumerate(FIFTHS):
        rows = heights[fifths == number]
        if len(rows):
            name = view.words("parallel.fifth", n=number + 1)
            traces.append(_lines(rows, name, colour))
            keys.append(Key(name, colour, name))
    names = [view.short(key).rpartition(".")[2] for key in view.factors] + [view.metric_label()]
    label = view.words("parallel.label", n=len(points), low=view.text(means.min()), high=view.text(means.max()))
    ticks = {
        "tickvals": list(range(len(names))),
        "ticktext": ["<br>".join(textwrap.wrap(_breakable(each), 11)) for each in names],
    }
    shown = panel(
        traces, label=label, height=400, hovermode=False, margin={"l": 30, "r": 40, "t": 14, "b": 64},
        xaxis={**ticks, "range": [-0.15, len(names) - 0.7], "zeroline": False, "gridcolor": "#999999"},
        yaxis={"visible": False, "range": [-0.06, 1.06]}, annotations=[
            {"x": place, "y": height, "text": plain(text, 14), "showarrow": False, "xanchor": "left", "xshift": 3,
             "font": {"size": 10}, "bgcolor": "rgba(255,255,255,0.8)"}
            for place, (_, marks) in enumerate(axes) for height, text in marks
        ],
    )  # fmt: skip
    return Figure(view.words("parallel"), view.words("parallel.caption"), [shown], keys)


def _lines(rows: NDArray[np.float64], name: str, colour: str) -> Trace:
    """Many lines through all axes as one trace."""
    gap: list[float | None] = [None]
    x = [*range(rows.shape[1]), *gap] * len(rows)
    y = [height for row in rows.tolist() for height in (*row, None)]
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "name": name, "legendgroup": name, "opacity": 0.7,
            "line": {"color": colour, "width": 1.2}}  # fmt: skip


def _axis(view: View, key: str, column: pd.Series) -> tuple[NDArray[np.float64], list[tuple[float, str]]]:
    """Where each point crosses an axis, from 0 to 1, and what is written on it: (height, text)."""
    if view.is_number(key):
        values = column.to_numpy(np.float64)
        return _scaled(values, [view.value(values.min()), view.value(values.max())])
    codes, levels = pd.factorize(column, use_na_sentinel=False)
    steps = max(len(levels) - 1, 1)
    return codes / steps, [(number / steps, view.value(level)) for number, level in enumerate(levels)]


def _scaled(values: NDArray[np.float64], ends: list[str]) -> tuple[NDArray[np.float64], list[tuple[float, str]]]:
    return (values - values.min()) / (np.ptp(values) or 1.0), list(zip((0.0, 1.0), ends, strict=True))


def _breakable(name: str) -> str:
    return name.replace("_", "_ ").replace("_ ", " ")


def tornado_figure(view: View, found: pd.DataFrame) -> Figure:
    """How far the outcome moves when one factor goes to its ends; the widest bar on top."""
    order = list(dict.fromkeys(found["factor"]))
    names = [plain(view.short(key), 30) for key in order]
    sides = (("low", BLUE), ("high", ORANGE), ("other", GREEN))
    traces, keys = [], []
    for side, colour in sides:
        rows = found[(found["side"] == side).to_numpy()]
        if rows.empty:
            continue
        y = [names[order.index(key)] for key in rows["factor"]]
        ends = (rows["low"].to_numpy(np.float64), rows["high"].to_numpy(np.float64))
        clear = rows["verdict"].isin(["higher", "lower"]).to_numpy()
        told = [
            plain(f"{view.short(key)} = {view.value(value)}")
            for key, value in zip(rows["factor"], rows["value"], strict=True)
        ]
        trace = bars(
            rows["difference"],
            y,
            view.words(f"tornado.{side}"),
            colour,
            group=side,
            ends=ends,
            across=True,
            clear=clear,
        )
        traces.append(trace | {"hovertext": told, "hovertemplate": "%{hovertext}: %{x}<extra></extra>"})
        keys.append(Key(view.words(f"tornado.{side}"), colour, side, "area"))
    said = "; ".join(
        f"{view.short(str(row.factor))} = {view.value(row.value)}: {view.text(row.difference, signed=True)}"
        for row in found.itertuples()
    )
    shown = panel(
        traces, label=said, x=unit(view), height=90 + 48 * len(order), hovermode="closest", barmode="group",
        xaxis=number_axis(view.kind, zeroline=True, zerolinewidth=1.5),
        yaxis={"autorange": "reversed", "showgrid": False, "categoryorder": "array", "categoryarray": names},
    )  # fmt: skip
    return Figure(view.words("tornado", metric=view.metric_label()), view.words("tornado.caption"), [shown], keys)


def scores_figure(
    view: View,
    title: str,
    caption: str,
    found: pd.DataFrame,
    parts: Sequence[tuple[str, str]],
    reach: tuple[float, float] | None = None,
) -> Figure:
    """Scores of factors as lying bars with whiskers.

    ``found``: index ``factor``; for each (column, name) of ``parts`` the column, and ``_low`` and ``_high`` where there
    are intervals; ``chance``: what chance alone would give, drawn as a tick.
    """
    names = [plain(view.short(str(key)), 30) for key in found.index]
    traces, keys = [], []
    for (column, name), colour in zip(parts, (BLUE, ORANGE), strict=False):
        ends = None
        if f"{column}_low" in found:
            ends = (found[f"{column}_low"].to_numpy(np.float64), found[f"{column}_high"].to_numpy(np.float64))
        traces.append(bars(found[column], names, name, colour, group=column, ends=ends, across=True))
        keys.append(Key(name, colour, column, "area"))
    if "chance" in found and found["chance"].notna().any():
        traces.append({
            "type": "scatter", "mode": "markers", "x": found["chance"].tolist(), "y": names, "legendgroup": "chance",
            "name": view.words("scores.chance"),
            "marker": {"symbol": "line-ns-open", "size": 18, "color": INK, "line": {"width": 2}},
        })  # fmt: skip
        keys.append(Key(view.words("scores.chance"), INK, "chance"))
    said = "; ".join(
        f"{view.short(str(key))}: " + ", ".join(f"{name} {finite(row[column]):.2f}" for column, name in parts)
        for key, row in found.iterrows()
    )
    shown = panel(
        traces, label=said, height=90 + 46 * len(names), hovermode="closest",
        xaxis={"nticks": 6, "hoverformat": ",.3~f", "zeroline": True, **({"range": list(reach)} if reach else {})},
        yaxis={"autorange": "reversed", "showgrid": False},
    )  # fmt: skip
    return Figure(title, caption, [shown], keys if len(keys) > 1 else [])


def luck_figure(view: View, noise: NoiseSplit) -> Figure:
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
                  xaxis={"range": [0, 1], "tickformat": ".0%", "zeroline": False},
                  yaxis={"showgrid": False})  # fmt: skip
    return Figure(view.words("luck"), view.words("luck.caption", n=f"{noise.replicates:.0f}"), [shown], keys)


def scatter(
    x: ArrayLike, y: ArrayLike, name: str, colour: str, *, size: int = 7, symbol: str = "circle", **more: object
) -> Trace:
    """Points."""
    return {
        "type": "scatter", "mode": "markers", "x": np.asarray(x, np.float64).tolist(),
        "y": np.asarray(y, np.float64).tolist(), "name": plain(name, 26), "legendgroup": name,
        "marker": {"color": colour, "size": size, "symbol": symbol, "line": {"width": 0.5, "color": "white"}}, **more,
    }  # fmt: skip


def whiskers(value: ArrayLike, low: ArrayLike, high: ArrayLike) -> dict[str, Any]:
    """Error bars from two ends."""
    middle = np.asarray(value, np.float64)
    return {
        "type": "data", "symmetric": False, "array": (np.asarray(high, np.float64) - middle).tolist(),
        "arrayminus": (middle - np.asarray(low, np.float64)).tolist(), "color": INK, "thickness": 1.2, "width": 3,
    }  # fmt: skip


__all__ = [
    "BLUE", "GREEN", "ORANGE", "curves", "faint", "heat", "luck_figure", "number_axis", "parallel", "scatter",
    "scores_figure", "tornado_figure", "unit", "whiskers",
]  # fmt: skip
