"""The small plots of a pattern: the figure on its target, and the curve behind it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.lab.evidence.finding import Curve, Finding
from sim.lab.evidence.judge import Judged
from sim.lab.evidence.pattern import Pattern
from sim.views.blocks import Panel
from sim.views.figures.canvas import INK, MUTED, Axis, Trace, line, panel, small

#: The ground of targets.
TARGET = "rgba(11,93,80,0.16)"
#: The line of what the model shows.
SHOWN = "#332288"


def panels(judged: Judged, label: str, lang: str) -> list[Panel]:
    """The plots of a judged pattern, none where there is no figure; ``label``: what is read aloud."""
    found = judged.finding
    if found is None or not math.isfinite(found.mean):
        return []
    made = [_strip(judged.pattern, found, label)]
    return [*made, _curve(found.curve, label, lang)] if found.curve else made


def _strip(pattern: Pattern, found: Finding, label: str) -> Panel:
    """The target as a band, replicates as dots, and the mean with its interval above them."""
    low, high = _range(pattern, found)
    dots = np.clip(np.asarray(found.dots, float), low, high)
    heights = 0.05 + 0.4 * ((np.arange(dots.size) * 0.618034) % 1.0)  # apart, the same way each time
    percent = pattern.unit in {"share", "points"}
    hover = ".1%" if percent else ",.3~f"
    cloud: Trace = {
        "type": "scatter", "x": small(dots), "y": small(heights), "mode": "markers", "hoverinfo": "skip",
        "marker": {"color": MUTED, "size": 4, "opacity": 0.45},
    }  # fmt: skip
    mean: Trace = {
        "type": "scatter", "x": [found.mean], "y": [0.72], "mode": "markers", "marker": {"color": INK, "size": 9},
        "hovertemplate": f"%{{x:{hover}}}<extra></extra>",
    }  # fmt: skip
    if math.isfinite(found.low):
        mean["error_x"] = {
            "type": "data", "symmetric": False, "array": [found.high - found.mean],
            "arrayminus": [found.mean - found.low], "color": INK, "thickness": 2.5, "width": 6,
        }  # fmt: skip
    xaxis: Axis = {"range": [low, high], "nticks": 6, "zeroline": False}
    if percent:
        xaxis["tickformat"] = ",.2~%"
    shown = {"visible": False, "range": [0, 1]}
    return panel(
        [cloud, mean], label=label, height=92, xaxis=xaxis, yaxis=shown, shapes=_target(pattern, low, high),
        hovermode="closest", margin={"l": 12, "r": 12, "t": 4, "b": 24},
    )  # fmt: skip


def _range(pattern: Pattern, found: Finding) -> tuple[float, float]:
    """From where to where the axis goes: target, interval and most of the dots, with some room."""
    ends = [end for end in (pattern.low, pattern.high, found.mean, found.low, found.high) if end is not None]
    points = [*ends, *(np.quantile(found.dots, [0.05, 0.95]).tolist() if found.dots else [])]
    finite = [point for point in points if math.isfinite(point)]
    low, high = min(finite), max(finite)
    room = 0.12 * (high - low) or max(0.1, 0.1 * abs(high))
    return low - room, high + room


def _target(pattern: Pattern, low: float, high: float) -> list[dict[str, Any]]:
    """The band of the target; an open end reaches the edge, a single number is a line."""
    first = low if pattern.low is None else pattern.low
    last = high if pattern.high is None else pattern.high
    shape: dict[str, Any] = {"x0": first, "x1": last, "yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
    if first == last:
        return [shape | {"type": "line", "line": {"color": "#0b5d50", "width": 3}}]
    return [shape | {"type": "rect", "line": {"width": 0}, "fillcolor": TARGET}]


def _curve(curve: Curve, label: str, lang: str) -> Panel:
    """What the model shows as a line, over what the source has as a broad pale one."""
    traces: list[Trace] = []
    if curve.target:
        source = {"line": {"color": "rgba(11,93,80,0.3)", "width": 8}, "mode": "lines"}
        traces.append({**_line(curve.x, curve.target, "", SHOWN), **source})
    traces.append(_line(curve.x, curve.y, "", SHOWN))
    xaxis: Axis = {"zeroline": False, "nticks": 6, **({"type": "log", "dtick": 1} if curve.log_x else {})}
    return panel(
        traces, label=label, x=curve.x_label.in_(lang), y=curve.y_label.in_(lang), height=190, xaxis=xaxis,
        yaxis={"nticks": 5, "rangemode": "tozero"}, margin={"l": 44, "r": 12, "t": 8, "b": 36},
    )  # fmt: skip


def _line(x: Sequence[float], y: Sequence[float], name: str, colour: str) -> Trace:
    marks = {"mode": "lines+markers"} if len(x) <= 12 else {}
    return line(x, y, name, colour, **marks, hovertemplate="%{y:,.3~f}<extra></extra>")
