"""The page that says which factors matter, how sure that is, and where more of one starts to hurt."""

from __future__ import annotations

import math
from typing import Any

from sim.analysis.answers.sensitivity import Sensitivity
from sim.analysis.turning import Shape
from sim.report.blocks import Block, Cell, Figure, Points, Section, Table
from sim.report.metrics import metric
from sim.report.numbers import MISSING, finite
from sim.report.sweeps import figures, plain
from sim.report.sweeps.page import filled
from sim.report.sweeps.view import View

#: The columns drawn of each method's scores.
PARTS = {
    "sobol": ("ST", "S1"), "morris": ("mu_star", "sigma"), "pawn": ("pawn", "S1"), "screen": ("pawn", "S1"),
}  # fmt: skip
_TURNS = {Shape.PEAK, Shape.TROUGH}


def render(view: View, found: Sensitivity, following: str = "") -> str:
    """The page as HTML. ``following``: the command that looks closer, after a screening."""
    words = view.words
    points = summary(view, found, following)
    points.append((words("lead.caution"), [words("said.caution")]))
    sections = [Section("answer", words("answer"), [Points(points)])]
    blocks: list[Block] = []
    if found.method != "tornado":
        blocks += [_scores(view, found), _numbers(view, found)]
    blocks.append(figures.tornado_figure(view, found.bars))
    if found.noise is not None and math.isfinite(found.noise.share):
        blocks.append(figures.luck_figure(view, found.noise))
    sections.append(Section("factors", words("sensitivity.indices"), blocks))
    sections.append(Section("response", words("response"), _response(view, found)))
    return filled(view, words("sensitivity.title", metric=view.metric_label(), plan=view.title), sections)


def _response(view: View, found: Sensitivity) -> list[Block]:
    order = [str(key) for key in found.scores.index if key in view.factors][: plain.MOST_CURVES]
    if found.method == "tornado":
        return [figures.curves(view, found.alone, order)]
    blocks: list[Block] = [figures.curves(view, found.alone, order)]
    if len(order) > 1:
        blocks.append(figures.heat(view, *order[:2]))
    blocks.append(figures.parallel(view))
    return blocks


def summary(view: View, found: Sensitivity, following: str = "") -> list[tuple[str, list[str]]]:
    """Leads with their sentences: what matters, where more starts to hurt, and how much is luck."""
    words = view.words
    turning = [turned(view, found, key) for key in found.turning]
    leads = [
        ("lead.answer", [answer(view, found)]),
        ("lead.turning", [view.gap.join([*turning, words("turning.base")])] if turning else []),
        ("lead.luck", [plain.luck(view)] if found.noise else []),
        ("lead.next", [words("screen.next", command=following)] if following else []),
    ]
    return [(words(lead), texts) for lead, texts in leads if texts]


def answer(view: View, found: Sensitivity) -> str:
    """Which factor matters most, which come then, and of which no effect can be told."""
    words, scores = view.words, found.scores
    matters = dict(zip(scores.index, scores["matters"], strict=True))
    known = any(value is not None for value in matters.values())
    ranked = [key for key, value in matters.items() if value or not known]
    if not ranked:
        return words("matters.nothing", metric=view.metric_label())
    said = [_first(view, found, str(ranked[0]))]
    if len(ranked) > 1:
        names = [
            words("matters.named", factor=view.short(str(key)), share=_size(view, found, str(key)))
            for key in ranked[1:]
        ]
        said.append(words("matters.then", names=view.listed(names)))
    if idle := [view.short(str(key)) for key in scores.index if key not in ranked]:
        said.append(words("matters.not", names=view.listed(idle)))
    if len(ranked) > 1 and _overlap(found, str(ranked[0]), str(ranked[1])):
        said.append(words("matters.unsure"))
    return view.gap.join(said)


def _first(view: View, found: Sensitivity, key: str) -> str:
    row, score = found.scores.loc[key], found.score
    kind = "pawn" if found.method == "screen" else found.method
    names: dict[str, Any] = {"metric": view.metric_label(), "first": view.short(key), "span": ""}
    names["share" if kind in {"sobol", "pawn"} else "size"] = _size(view, found, key)
    if f"{score}_low" in row and kind != "pawn":
        low, high = finite(row[f"{score}_low"]), finite(row[f"{score}_high"])
        if kind == "sobol":  # a share, whatever few points make of its interval
            low, high = max(low, 0.0), min(high, 1.0)
        if span := view.numbers.span(low, high, "chance" if kind == "sobol" else view.kind):
            names["span"] = view.words("interval", span=span)
    return view.words(f"matters.{kind}", **names)


def _size(view: View, found: Sensitivity, key: str) -> str:
    """How much a factor matters, in the words of its method."""
    row = found.scores.loc[key]
    if found.method in {"morris", "tornado"}:
        return view.text(row[found.score])
    share = finite(row["ST" if found.method == "sobol" else "S1"])
    return view.numbers.text(min(max(share, 0.0), 1.0), "chance")


def _overlap(found: Sensitivity, first: str, second: str) -> bool:
    low, high = f"{found.score}_low", f"{found.score}_high"
    if low not in found.scores:
        return False
    return finite(found.scores[low][first]) <= finite(found.scores[high][second])


def turned(view: View, found: Sensitivity, key: str) -> str:
    """Where more of a factor starts to hurt, or that no such place can be told."""
    point, column = found.turning[key], found.alone[key]
    names = {
        "factor": view.short(key), "metric": view.metric_label(), "at": view.value(point.at),
        "low": view.value(column.min()), "high": view.value(column.max()), "span": "",
    }  # fmt: skip
    if point.shape in _TURNS and math.isfinite(point.low):
        to = " 至 " if view.lang == "zh" else " to "
        names["span"] = view.words("interval", span=f"{view.value(point.low)}{to}{view.value(point.high)}")
    if point.shape not in _TURNS:
        return view.words(f"turning.{point.shape.value}", **names)
    return view.words("turning.peak" if metric(found.outcome).better else "turning.top", **names)


def _scores(view: View, found: Sensitivity) -> Figure:
    kind = "pawn" if found.method == "screen" else found.method
    parts = [(column, view.words(f"{kind}.{column}")) for column in PARTS[found.method]]
    reach = (-0.25, 1.25) if kind == "sobol" else None  # shares; what few points make of their intervals is cut
    title, caption = view.words(f"{kind}.title"), view.words(f"{kind}.caption")
    return figures.scores_figure(view, title, caption, found.scores, parts, reach)


def _numbers(view: View, found: Sensitivity) -> Table:
    """All scores in a table."""
    words = view.words
    kind = "pawn" if found.method == "screen" else found.method
    columns = list(PARTS[found.method])
    others = [name for name in ("trend", "p_value") if name in found.scores]
    rows = []
    for key, row in found.scores.iterrows():
        cells = [Cell(view.short(str(key)), view.meaning(str(key)))]
        cells += [Cell(_score(view, found, row[name]), _bracket(view, found, row, name)) for name in columns]
        cells += [Cell(MISSING if math.isnan(finite(row[name])) else f"{finite(row[name]):.3f}") for name in others]
        verdict = "unknown" if row["matters"] is None else "yes" if row["matters"] else "no"
        rows.append([*cells, Cell(words(verdict), number=False)])
    header = [
        words("factor"),
        *(words(f"{kind}.{name}") for name in columns),
        *(words(f"scores.{name}") for name in others),
    ]
    return Table([*header, words("scores.matters")], rows, words("scores.caption"), title=words("scores.table"))


def _score(view: View, found: Sensitivity, value: Any) -> str:
    return view.text(value) if found.method == "morris" else view.numbers.text(value, "ratio")


def _bracket(view: View, found: Sensitivity, row: Any, name: str) -> str:
    if f"{name}_low" not in row:
        return ""
    low, high = finite(row[f"{name}_low"]), finite(row[f"{name}_high"])
    return view.span(low, high) if found.method == "morris" else view.numbers.interval(low, high, "ratio")
