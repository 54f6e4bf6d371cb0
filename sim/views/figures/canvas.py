"""The look that all plots share; the one place that knows Plotly."""

from __future__ import annotations

import re
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from sim.lab.statistics.intervals import Band
from sim.views.blocks import Key, Panel
from sim.views.playbook import marks
from sim.views.study import Floats, Plan, Study, centre, spread

Trace = dict[str, Any]
Axis = dict[str, Any]

INK, GRID, MUTED = "#222222", "#E6E6E6", "#6B6B6B"
FONT = (
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", '
    '"Noto Sans CJK SC", sans-serif'
)
#: Light to dark: a tie grows. Apart from the plans' colours, and in grey print too.
TIES = {"none": "#DADADA", "weak": "#B9A3D3", "strong": "#54278F"}

#: For what is neither a plan nor a tie (channels, KOLs): Tol (2021), *Colour Schemes*, "muted".
HUES = ("#332288", "#44AA99", "#DDAA33", "#882255", "#88CCEE", "#999933", "#AAAAAA")

#: Steps between the days named on an axis: the smallest that needs at most six.
DAY_STEPS = (1, 2, 5, 10, 15, 30, 60, 90, 180, 365, 730, 1825, 3650, 7300)

#: Between which a line may break: a Chinese letter with the marks that must not begin or end a line, or a Latin word.
PIECES = re.compile(r"[（“]?(?![（“])[\u2e80-\uffff][，。；：、）”]*|[（“]?[^\s\u2e80-\uffff]+[；：）”]*\s*")


def plain(text: str, width: int = 0) -> str:
    """User text for Plotly, which reads a little HTML; cut to ``width`` (a Chinese character counts two) if given."""
    if width:
        room = width
        for i, letter in enumerate(text):
            room -= 2 if ord(letter) > 0x2E7F else 1
            if room < 0:
                text = text[: max(i - 1, 1)].rstrip() + "…"
                break
    return escape(text, quote=False)


def wrapped(text: str, width: int, most: int) -> list[str]:
    """User text for Plotly in at most ``most`` lines of ``width`` (a Chinese character counts two)."""
    lines = [""]
    for piece in PIECES.findall(text):
        if lines[-1] and _width(lines[-1] + piece.rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    if len(lines) > most:
        lines[most - 1 :] = [lines[most - 1].rstrip()[:-1] + "…"]
    return [plain(line.rstrip(), width + 1) for line in lines]


def _width(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)


def faint(colour: str, alpha: float = 0.16) -> str:
    """The colour of a band: ``#RRGGBB`` made transparent."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha})"


def small(values: ArrayLike) -> NDArray[np.float32]:
    """Numbers as 4-byte floats: half the file, and still seven digits."""
    return np.asarray(values, dtype=np.float32)


def line(
    x: ArrayLike, y: ArrayLike, name: str, colour: str, *, dash: str = "solid", group: str = "", **more: object
) -> Trace:
    """A line; a dot where there is but one point."""
    alone = np.size(x) == 1
    return {
        "type": "scatter", "x": small(x), "y": small(y), "name": plain(name, 26), "legendgroup": group or name,
        "mode": "markers" if alone else "lines", "line": {"color": colour, "width": 2, "dash": dash},
        "marker": {"color": colour, "size": 7}, **more,
    }  # fmt: skip


def ribbon(x: ArrayLike, low: ArrayLike, high: ArrayLike, colour: str, group: str) -> list[Trace]:
    """The area between two lines, without lines, left out of the hover box."""
    edge = {
        "type": "scatter", "x": small(x), "mode": "lines", "line": {"width": 0, "color": colour}, "hoverinfo": "skip",
        "legendgroup": group, "showlegend": False,
    }  # fmt: skip
    return [{**edge, "y": small(low)}, {**edge, "y": small(high), "fill": "tonexty", "fillcolor": faint(colour)}]


def banded(
    x: ArrayLike, matrix: Floats, name: str, colour: str, *, dash: str = "solid", group: str = ""
) -> list[Trace]:
    """The mean of the replicates as a line on the band of their middle 90 %; ``matrix`` of shape [replicate, x]."""
    band = spread(matrix)
    under = ribbon(x, band.low, band.high, colour, group or name) if band and np.size(x) > 1 else []
    return [*under, line(x, centre(matrix), name, colour, dash=dash, group=group)]


def bars(
    x: ArrayLike,
    y: ArrayLike,
    name: str,
    colour: str,
    *,
    group: str,
    band: Band | None = None,
    ends: tuple[Floats, Floats] | None = None,
    across: bool = False,
    clear: ArrayLike | None = None,
    **more: object,
) -> Trace:
    """Bars, upright or lying (``across``: lengths in ``x``, names in ``y``).

    ``band`` or ``ends`` give the whiskers; bars for which ``clear`` is false are drawn faint.
    """
    low, high = (band.low, band.high) if band else ends or (None, None)
    whiskers = {}
    if low is not None and high is not None and np.isfinite(low).any():
        length = np.asarray(x if across else y)
        whiskers["error_x" if across else "error_y"] = {
            "type": "data", "symmetric": False, "array": small(high - length), "arrayminus": small(length - low),
            "color": INK, "thickness": 1.2, "width": 3,
        }  # fmt: skip
    strong = np.ones(np.size(x), dtype=bool) if clear is None else np.asarray(clear)
    fill = colour if strong.all() else [colour if sure else faint(colour, 0.35) for sure in strong]
    return {
        "type": "bar", "x": small(x), "y": y if across else small(y), "name": plain(name, 26), "legendgroup": group,
        "marker": {"color": fill, "line": {"width": 0}}, "orientation": "h" if across else "v", **whiskers, **more,
    }  # fmt: skip


def axis(kind: str) -> Axis:
    """An axis of numbers of one kind ("people", "money", "share", "ratio")."""
    hover = {"people": ",.1f", "money": ",.0f", "share": ".1%", "ratio": ",.3~f"}[kind]
    made: Axis = {"hoverformat": hover, "nticks": 6}
    if kind != "money":
        made["rangemode"] = "tozero"
    if kind == "share":
        made["tickformat"] = ",.2~%"
    return made


def by_plan(study: Study, column: str) -> list[Trace]:
    """A column of the series, one banded line a plan."""
    traces: list[Trace] = []
    for plan in study.plans:
        days = study.shown(plan)
        matrix = study.values(plan, column)[:, days]
        traces += banded(days, matrix, plan.label, plan.colour, dash=plan.dash, group=plan.name)
    return traces


def plan_keys(study: Study, shape: str = "") -> list[Key]:
    """The legend of the plans, each with its dash or all with one ``shape``; none where there is only one plan."""
    if not study.compared:
        return []
    return [Key(plan.label, plan.colour, plan.name, shape or plan.dash) for plan in study.plans]


def ends(study: Study, column: str, kind: str) -> str:
    """The last day's means in words, for readers who cannot see the plot."""
    parts = [
        f"{plan.label}: {study.numbers.text(centre(study.values(plan, column))[-1], kind)}" for plan in study.plans
    ]
    return study.words("at_the_end", values="; ".join(parts))


def panel(
    traces: list[Trace],
    *,
    label: str,
    x: str = "",
    y: str = "",
    height: int = 300,
    title: str = "",
    plan: Plan | None = None,
    xaxis: Axis | None = None,
    yaxis: Axis | None = None,
    **layout: object,
) -> Panel:
    """A plot in the shared look.

    Parameters
    ----------
    label : what is read aloud in its place.
    x, y : titles of the axes; ``xaxis`` and ``yaxis`` add to their look, ``layout`` to that of the whole.
    title : above the plot; where there is none, the title of ``plan`` if it is one of several.
    """
    shared = {
        "gridcolor": GRID, "linecolor": "#999999", "zerolinecolor": "#999999", "automargin": True, "tickangle": 0,
        "tickfont": {"size": 11}, "exponentformat": "none", "separatethousands": True,
    }  # fmt: skip
    named = {"standoff": 8, "font": {"size": 12}}
    base = {
        "template": "none", "showlegend": False, "hovermode": "x unified", "dragmode": False, "autosize": True,
        "font": {"family": FONT, "size": 12, "color": INK}, "margin": {"l": 48, "r": 14, "t": 10, "b": 40},
        "paper_bgcolor": "white", "plot_bgcolor": "white", "separators": ".,", "bargap": 0.3,
        "hoverlabel": {"font": {"size": 12}, "namelength": -1},
        "xaxis": {**shared, **(xaxis or {}), "title": {**named, "text": "<br>".join(wrapped(x, 34, 2))}},
        "yaxis": {**shared, **(yaxis or {}), "title": {**named, "text": "<br>".join(wrapped(y, 40, 2))}},
    }  # fmt: skip
    figure = go.Figure(data=traces, layout={**base, **layout})
    several = plan is not None and plan.mark != ""
    shown = title or (plan.label if plan and several else "")
    return Panel(figure.to_json(), label, height, shown, plan if several else None)


def over_days(
    traces: list[Trace],
    study: Study,
    *,
    label: str,
    y: str,
    yaxis: Axis,
    height: int = 300,
    title: str = "",
    plan: Plan | None = None,
    **layout: Any,
) -> Panel:
    """A plot over days, with the changes of plan as marks: see :func:`panel`."""
    last = max(study.days(plan) for plan in study.plans) - 1
    step = next((step for step in DAY_STEPS if last <= 6 * step), DAY_STEPS[-1])
    xaxis: Axis = {
        "range": [0, last] if last else [-1, 1], "hoverformat": ",.0f", "tick0": 0, "dtick": step, "zeroline": False,
    }  # fmt: skip
    shapes, notes = marks(study, plan)
    marked: dict[str, Any] = {"shapes": [*shapes, *layout.pop("shapes", [])],
                              "annotations": [*notes, *layout.pop("annotations", [])]}  # fmt: skip
    day = study.words("day")
    return panel(
        traces, label=label, x=day, y=y, xaxis=xaxis, yaxis=yaxis, height=height, title=title, plan=plan,
        **{name: each for name, each in marked.items() if each}, **layout,
    )  # fmt: skip


def upright(day: float, text: str, line: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """A vertical mark at a day: the shape, and its annotation on a ``line`` of the plot (0 is the top one)."""
    shape = {"type": "line", "x0": day, "x1": day, "yref": "paper", "y0": 0, "y1": 1,
             "line": {"color": INK, "width": 1.3, "dash": "dot"}}  # fmt: skip
    note = {"x": day, "yref": "paper", "y": 1 - 0.07 * line, "text": plain(text), "showarrow": False, "xanchor": "left",
            "yanchor": "top", "font": {"size": 11, "color": INK}, "bgcolor": "rgba(255,255,255,0.75)"}  # fmt: skip
    return shape, note


def strip(low: float, high: float) -> dict[str, Any]:
    """A grey strip behind the plot, from one day to another."""
    return {"type": "rect", "x0": low, "x1": high, "yref": "paper", "y0": 0, "y1": 1, "layer": "below",
            "line": {"width": 0}, "fillcolor": "rgba(0,0,0,0.08)"}  # fmt: skip
