"""The small plots of a claim: the effect against what matters, and the outcome over the levels of a dose."""

from __future__ import annotations

import math

import numpy as np

from sim.lab.claims.definition import Claim
from sim.lab.claims.judge import Judged, Judgement
from sim.lab.claims.relations import Effect
from sim.views.blocks import Panel
from sim.views.figures.canvas import INK, MUTED, Axis, Trace, panel, small, strip
from sim.views.language.claim_words import ClaimWords

#: The line of outcomes over levels.
SHOWN = "#332288"
_HOVER = {"people": ",.1f", "money": ",.0f", "share": ".1%", "ratio": ",.3~f", "day": ",.0f"}


def panels(judged: Judged, label: str, words: ClaimWords) -> list[Panel]:
    """The plots of a judged claim; ``label``: what is read aloud."""
    made = [_effects(judged, label, words)] if math.isfinite(judged.shipped.effect.mean) else []
    return [*made, _levels(judged, label, words)] if judged.claim.doses else made


def _effects(judged: Judged, label: str, words: ClaimWords) -> Panel:
    """As shipped above, at neutral below; replicates as dots; the band of what is too small to matter."""
    found = [(judged.shipped, 0.62 if judged.neutral else 0.4, words("as_shipped"))]
    found += [(judged.neutral, 0.15, words("at_neutral"))] if judged.neutral else []
    low, high = _range([each.effect for each, _, _ in found], judged.claim.matters)
    hover = _HOVER[judged.claim.outcome.what.form]
    traces: list[Trace] = []
    for number, (each, height, _) in enumerate(found):
        traces += [_dots(each.effect, height, low, high), _point(each.effect, height, hover, filled=number == 0)]
    form = judged.claim.outcome.what.form
    xaxis: Axis = {"range": [low, high], "nticks": 4 if form == "money" else 6, "zeroline": False}
    xaxis["tickformat"] = ",.2~%" if form == "share" else ",~f"
    heights, names = [height for _, height, _ in found], [name for _, _, name in found]
    yaxis: Axis = {"range": [0, 1], "tickvals": heights, "ticktext": names, "showgrid": False, "zeroline": False}
    zero = {"type": "line", "x0": 0, "x1": 0, "yref": "paper", "y0": 0, "y1": 1, "layer": "below",
            "line": {"color": INK, "width": 1}}  # fmt: skip
    matters = judged.claim.matters
    return panel(
        traces, label=label, height=120 if judged.neutral else 92, xaxis=xaxis, yaxis=yaxis,
        shapes=[strip(-matters, matters), zero], hovermode="closest", margin={"l": 12, "r": 12, "t": 4, "b": 24},
    )  # fmt: skip


def _dots(effect: Effect, height: float, low: float, high: float) -> Trace:
    dots = np.clip(np.asarray(effect.dots, float), low, high)
    heights = height + 0.06 + 0.16 * ((np.arange(dots.size) * 0.618034) % 1.0)  # apart, the same way each time
    return {
        "type": "scatter", "x": small(dots), "y": small(heights), "mode": "markers", "hoverinfo": "skip",
        "marker": {"color": MUTED, "size": 3.5, "opacity": 0.4},
    }  # fmt: skip


def _point(effect: Effect, height: float, hover: str, *, filled: bool) -> Trace:
    """The mean with its interval."""
    mean: Trace = {
        "type": "scatter", "x": [effect.mean], "y": [height], "mode": "markers",
        "marker": {"color": INK if filled else "white", "size": 9, "line": {"color": INK, "width": 2}},
        "hovertemplate": f"%{{x:{hover}}}<extra></extra>",
    }  # fmt: skip
    if math.isfinite(effect.low) and math.isfinite(effect.high):
        mean["error_x"] = {
            "type": "data", "symmetric": False, "array": [effect.high - effect.mean],
            "arrayminus": [effect.mean - effect.low], "color": INK, "thickness": 2.5, "width": 6,
        }  # fmt: skip
    return mean


def _range(effects: list[Effect], matters: float) -> tuple[float, float]:
    """From where to where the axis goes: zero, what matters, the intervals and most of the dots, with some room."""
    ends = [end for each in effects for end in (each.mean, each.low, each.high)] + [-matters, matters, 0.0]
    ends += [float(end) for each in effects if each.dots for end in np.quantile(each.dots, [0.05, 0.95])]
    finite = [end for end in ends if math.isfinite(end)]
    low, high = min(finite), max(finite)
    room = 0.08 * (high - low)
    return low - room, high + room


def _levels(judged: Judged, label: str, words: ClaimWords) -> Panel:
    """The outcome over the levels, with intervals; of a threshold also the level that is to be exceeded."""
    claim = judged.claim
    traces = [_curve(claim, judged.neutral, words("at_neutral"), MUTED, "dot")] if judged.neutral else []
    traces.append(_curve(claim, judged.shipped, words("as_shipped"), SHOWN, "solid"))
    level = [{"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": claim.level, "y1": claim.level,
              "line": {"color": INK, "width": 1, "dash": "dash"}}] if claim.relation == "threshold" else []  # fmt: skip
    return panel(
        traces, label=label, x=claim.axis.in_(words.lang) if claim.axis else "",
        y=claim.outcome.what.label(words.lang), height=190, xaxis={"nticks": 6, "zeroline": False},
        yaxis={"nticks": 5}, shapes=level, margin={"l": 44, "r": 12, "t": 8, "b": 36},
    )  # fmt: skip


def _curve(claim: Claim, found: Judgement, name: str, colour: str, dash: str) -> Trace:
    means = np.array([arm.mean for arm in found.arms])
    reach = np.nan_to_num(np.array([arm.high - arm.mean for arm in found.arms]))
    return {
        "type": "scatter", "x": small(claim.doses), "y": small(means), "name": name, "mode": "lines+markers",
        "line": {"color": colour, "width": 2, "dash": dash}, "marker": {"color": colour, "size": 6},
        "error_y": {"type": "data", "array": small(reach), "color": colour, "thickness": 1.2, "width": 3},
        "hovertemplate": "%{y:,.3~f}",
    }  # fmt: skip
