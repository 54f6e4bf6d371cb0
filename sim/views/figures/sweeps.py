"""Plots of sweeps: response curves, heat maps and tornado, and what the other plots of sweeps are made with."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from sim.lab.estimators.response import heat_map, response_curve
from sim.views.blocks import Figure, Key, Panel
from sim.views.figures.canvas import INK, Axis, Trace, axis, bars, line, panel, plain, ribbon, wrapped
from sim.views.language.metrics import metric
from sim.views.study import COLOURS
from sim.views.sweep import View

BLUE, ORANGE, GREEN = COLOURS[:3]
#: Light to dark, as ties grow in the report of a study; for what is shown by colour alone.
SCALE = [[0.0, "#F1ECF7"], [0.5, "#B9A3D3"], [1.0, "#54278F"]]
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
    is_money = view.numbers.unit and metric(name or view.outcome).form == "money"
    return label + view.words("aside", text=view.numbers.unit) if is_money else label


def rows_axis(view: View, keys: Sequence[str], numbered: bool = False) -> Axis:
    """The upright axis of a plot with a row a factor, from top to bottom; names are wrapped."""
    names = [f"{number}  {view.name(key)}" if numbered else view.name(key) for number, key in enumerate(keys, 1)]
    return {
        "tickvals": list(range(len(keys))), "ticktext": ["<br>".join(wrapped(name, 22, 3)) for name in names],
        "range": [len(keys) - 0.5, -0.5], "showgrid": False, "zeroline": False,
    }  # fmt: skip


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
    y_axis = number_axis(view.form, range=list(reach), zeroline=reach[0] < 0 < reach[1])
    shown = panel(
        traces, label=f"{view.metric_label()} / {view.name(key)}. {told}", x=view.axis(key), y=unit(view), height=250,
        xaxis=xaxis, yaxis=y_axis, title=view.name(key), barmode="group",
    )  # fmt: skip
    return replace(shown, note=view.cell(key).note)


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
    hover = "%{x} · %{y}<br>%{z:" + str(number_axis(view.form)["hoverformat"]) + "}<extra></extra>"
    trace: Trace = {
        "type": "heatmap", "x": names[0], "y": names[1], "z": grid.to_numpy(np.float64).tolist(), "colorscale": SCALE,
        "hovertemplate": hover, "xgap": 2, "ygap": 2,
        "colorbar": {"thickness": 12, "outlinewidth": 0, "tickfont": {"size": 11}, **_ticks(view)},
    }  # fmt: skip
    top = found.iloc[int(np.argmax(view.direction * found["mean"].to_numpy()))]
    label = view.words(
        "heat.best", first=view.quoted(first), a=view.value(top["first"]), second=view.quoted(second),
        b=view.value(top["second"]), mean=view.text(top["mean"]),
    )  # fmt: skip
    shown = panel(
        [trace], label=label, x=view.axis(first), y=view.axis(second), height=380, hovermode="closest",
        xaxis={"type": "category", "showgrid": False, "tickfont": {"size": 10}},
        yaxis={"type": "category", "showgrid": False},
    )  # fmt: skip
    title = view.words("heat", metric=view.metric_label(), first=view.name(first), second=view.name(second))
    return Figure(title, label + view.gap + view.words("heat.caption"), [shown])


def _level(view: View, value: Any) -> str:
    """A level, or the middle of a bin, as short as it can be told from the next."""
    is_long = isinstance(value, float) and value != round(value, 2)
    return f"{value:.2g}" if is_long and abs(value) < 100 else view.value(value)


def _ticks(view: View) -> dict[str, object]:
    return {"tickformat": ",.2~%"} if view.form == "share" else {"tickformat": ",.3~s"} if view.form == "money" else {}


def tornado_figure(view: View, found: pd.DataFrame) -> Figure:
    """How far the outcome moves when one factor goes to its ends; the widest bar on top."""
    order = list(dict.fromkeys(found["factor"]))
    sides = (("low", BLUE), ("high", ORANGE), ("other", GREEN))
    traces, keys = [], []
    for side, colour in sides:
        rows = found[(found["side"] == side).to_numpy()]
        if rows.empty:
            continue
        y = [order.index(key) for key in rows["factor"]]
        ends = (rows["low"].to_numpy(np.float64), rows["high"].to_numpy(np.float64))
        clear = rows["verdict"].isin(["higher", "lower"]).to_numpy()
        told = [
            plain(f"{view.name(key)} = {view.value(value)}")
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
        f"{view.name(str(row.factor))} = {view.value(row.value)}: {view.text(row.difference, signed=True)}"
        for row in found.itertuples()
    )
    shown = panel(
        traces, label=said, x=view.words("tornado.axis", metric=unit(view)),
        height=90 + 48 * len(order), hovermode="closest", barmode="group",
        xaxis=number_axis(view.form, zeroline=True, zerolinewidth=1.5),
        yaxis=rows_axis(view, order),
    )  # fmt: skip
    return Figure(view.words("tornado", metric=view.metric_label()), view.words("tornado.caption"), [shown], keys)


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
