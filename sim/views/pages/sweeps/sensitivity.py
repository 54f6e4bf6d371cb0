"""The page that says which factors matter, how sure that is, and where more of one starts to hurt."""

from __future__ import annotations

import math
from typing import Any

from sim.lab.estimators.turning import Shape
from sim.lab.questions.inquiry import Sensitivity
from sim.views.blocks import Block, Cell, Figure, Points, Section, Table
from sim.views.figures import sweeps as figures
from sim.views.figures.parallel import parallel
from sim.views.figures.sweeps import unit
from sim.views.language.metrics import metric
from sim.views.language.numbers import MISSING, finite
from sim.views.pages.sweeps import indices, plain
from sim.views.pages.sweeps.page import filled
from sim.views.sweep import View

#: The columns drawn of each method's scores.
PARTS = {
    "sobol": ("ST", "S1"), "morris": ("mu_star", "sigma"), "pawn": ("pawn", "S1"), "screen": ("pawn", "S1"),
    "delta": ("delta", "S1"),
}  # fmt: skip
_TURNS = {Shape.PEAK, Shape.TROUGH}


def render(view: View, found: Sensitivity, following: str = "") -> str:
    """The page as HTML. ``following``: the command that looks closer, after a screening."""
    words = view.words
    points = _leads(view, found, following)
    points.append((words("lead.caution"), [words("said.caution")]))
    sections = [Section("answer", words("answer"), [Points(points)])]
    blocks: list[Block] = []
    if found.method != "tornado":
        blocks += [_scores(view, found), _numbers(view, found)]
    blocks.append(figures.tornado_figure(view, found.bars))
    if found.noise is not None and math.isfinite(found.noise.share):
        blocks.append(indices.luck(view, found.noise))
    sections.append(Section("factors", words("sensitivity.indices"), blocks))
    if len(found.pairs):
        order = [str(key) for key in found.scores.index]
        together: list[Block] = [indices.pairs(view, order, found.pairs), _pair_numbers(view, found)]
        sections.append(Section("pairs", words("pairs"), together))
    sections.append(Section("response", words("response"), _response(view, found)))
    return filled(view, words("sensitivity.title", metric=view.metric_label(), plan=view.title), sections)


def _response(view: View, found: Sensitivity) -> list[Block]:
    order = [str(key) for key in found.scores.index if key in view.factors][: plain.MOST_CURVES]
    if found.method == "tornado":
        return [figures.curves(view, found.alone, order)]
    blocks: list[Block] = [figures.curves(view, found.alone, order)]
    if len(order) > 1:
        blocks.append(figures.heat(view, *order[:2]))
    blocks.append(parallel(view))
    return blocks


def summary(view: View, found: Sensitivity, following: str = "") -> list[tuple[str, list[str]]]:
    """Leads with their sentences, and the keys of what they name."""
    return view.with_keys(_leads(view, found, following))


def _leads(view: View, found: Sensitivity, following: str) -> list[tuple[str, list[str]]]:
    """What matters, what works together, where more starts to hurt, and how much is luck."""
    words = view.words
    turning = [turned(view, found, key) for key in found.turning]
    leads = [
        ("lead.answer", [answer(view, found)]),
        ("lead.pairs", [together(view, found)] if len(found.pairs) else []),
        ("lead.turning", [view.gap.join([*turning, words("turning.base")])] if turning else []),
        ("lead.luck", [plain.luck(view)] if found.noise else []),
        ("lead.next", [words("screen.next", command=following)] if following else []),
    ]
    return [(words(lead), texts) for lead, texts in leads if texts]


def together(view: View, found: Sensitivity) -> str:
    """Which factors work together, the strongest pair first."""
    words, pairs = view.words, found.pairs
    if pairs["matters"].isna().all():
        return words("pairs.unknown")
    told = pairs[pairs["matters"].astype(bool)].to_dict("records")
    if not told:
        return words("pairs.nothing")
    named = [
        {name: view.quoted(str(row[name])) for name in ("first", "second")}
        | {"share": view.numbers.text(min(finite(row["S2"]), 1.0), "chance")}
        for row in told
    ]
    span = view.numbers.span(max(finite(told[0]["S2_low"]), 0.0), min(finite(told[0]["S2_high"]), 1.0), "chance")
    said = [words("pairs.told", span=words("interval", span=span) if span else "", **named[0])]
    if len(named) > 1:
        said.append(words("pairs.also", names=view.listed([words("pairs.named", **names) for names in named[1:]])))
    return view.gap.join(said)


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
            words("matters.named", factor=view.quoted(str(key)), share=_size(view, found, str(key)))
            for key in ranked[1:]
        ]
        said.append(words("matters.then", names=view.listed(names)))
    if idle := [view.quoted(str(key)) for key in scores.index if key not in ranked]:
        said.append(words("matters.not", names=view.listed(idle)))
    if len(ranked) > 1 and _overlap(found, str(ranked[0]), str(ranked[1])):
        said.append(words("matters.unsure"))
    return view.gap.join(said)


def _first(view: View, found: Sensitivity, key: str) -> str:
    row, score = found.scores.loc[key], found.score
    kind = "pawn" if found.method == "screen" else found.method
    names: dict[str, Any] = {"metric": view.metric_label(), "first": view.quoted(key), "span": ""}
    names["share" if kind in {"sobol", "pawn"} else "size"] = _size(view, found, key)
    if kind == "delta":
        names["share"] = view.numbers.text(min(max(finite(row["S1"]), 0.0), 1.0), "chance")
    if f"{score}_low" in row and kind != "pawn":
        low, high = finite(row[f"{score}_low"]), finite(row[f"{score}_high"])
        if kind == "sobol":  # a share, whatever few points make of its interval
            low, high = max(low, 0.0), min(high, 1.0)
        if span := view.numbers.span(low, high, {"sobol": "chance", "delta": "ratio"}.get(kind, view.form)):
            names["span"] = view.words("interval", span=span)
    return view.words(f"matters.{kind}", **names)


def _size(view: View, found: Sensitivity, key: str) -> str:
    """How much a factor matters, in the words of its method."""
    row = found.scores.loc[key]
    if found.method in {"morris", "tornado"}:
        return view.text(row[found.score])
    if found.method == "delta":
        return view.numbers.text(row["delta"], "ratio")
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
        "factor": view.quoted(key), "metric": view.metric_label(), "at": view.value(point.at),
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
    reach = (-0.5, 1.5) if kind == "sobol" else None  # shares; what few points make of their intervals is cut
    title, caption = view.words(f"{kind}.title"), view.words(f"{kind}.caption")
    x = unit(view) if kind == "morris" else view.words("scores.share" if kind == "sobol" else "scores.axis")
    return indices.scores(view, title, caption, found.scores, parts, reach, x)


def _numbers(view: View, found: Sensitivity) -> Table:
    """All scores in a table."""
    words = view.words
    kind = "pawn" if found.method == "screen" else found.method
    columns = list(PARTS[found.method])
    others = [name for name in ("trend", "p_value") if name in found.scores]
    rows = []
    for key, row in found.scores.iterrows():
        cells = [view.cell(str(key))]
        cells += [Cell(_score(view, found, row[name]), _bracket(view, found, row, name)) for name in columns]
        cells += [Cell(_other(view, name, finite(row[name]))) for name in others]
        rows.append([*cells, Cell(words(_verdict(row["matters"])), number=False)])
    header = [
        words("factor"),
        *(words(f"{kind}.{name}") for name in columns),
        *(words(f"scores.{name}") for name in others),
    ]
    return Table([*header, words("scores.matters")], rows, words("scores.caption"), title=words("scores.table"))


def _pair_numbers(view: View, found: Sensitivity) -> Table:
    """All second-order indices in a table."""
    words, numbers = view.words, view.numbers
    rows = []
    for row in found.pairs.to_dict("records"):
        named = " × ".join(view.name(str(row[side])) for side in ("first", "second"))
        p_value = finite(row["p_value"])
        rows.append([
            Cell(named),
            Cell(numbers.text(row["S2"], "ratio"), numbers.interval(row["S2_low"], row["S2_high"], "ratio")),
            Cell(MISSING if math.isnan(p_value) else _chance(p_value)),
            Cell(words(_verdict(row["matters"])), number=False),
        ])  # fmt: skip
    header = [words("pairs.pair"), words("pairs.S2"), words("scores.p_value"), words("scores.matters")]
    return Table(header, rows, words("pairs.table.caption"), title=words("pairs.table"))


def _other(view: View, name: str, value: float) -> str:
    if math.isnan(value):
        return MISSING
    return _chance(value) if name == "p_value" else view.numbers.text(value, "ratio", signed=True)


def _verdict(matters: bool | None) -> str:
    return "unknown" if matters is None else "yes" if matters else "no"


def _chance(p_value: float) -> str:
    return "< 0.001" if p_value < 0.001 else f"{p_value:.3f}"


def _score(view: View, found: Sensitivity, value: Any) -> str:
    return view.text(value) if found.method == "morris" else view.numbers.text(value, "ratio")


def _bracket(view: View, found: Sensitivity, row: Any, name: str) -> str:
    if f"{name}_low" not in row:
        return ""
    low, high = finite(row[f"{name}_low"]), finite(row[f"{name}_high"])
    return view.span(low, high) if found.method == "morris" else view.numbers.interval(low, high, "ratio")
