"""The page of a best plan: what it changes, the proof that it beats the start, and the search."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.lab.search.optimum import Optimum
from sim.lab.search.proof import Evidence, Gain, Met
from sim.lab.search.question import Objective, Requirement
from sim.views.blocks import Block, Cell, Code, Figure, Key, Points, Section, Table
from sim.views.figures import sweeps as figures
from sim.views.figures.canvas import INK, line, panel
from sim.views.language.metrics import metric
from sim.views.pages.sweeps.page import filled
from sim.views.sweep import View

GREY = "#BBBBBB"
#: The most plans listed (design choice).
MOST_ROWS = 100


def render(view: View, found: Optimum, file: str) -> str:
    """The page as HTML. ``file``: the text of the scenario file, "" where there is none."""
    words = view.words
    points = [*_leads(view, found), (words("lead.caution"), [words("said.caution")])]
    sections = [Section("answer", words("answer"), [Points(points)])]
    if found.proof is not None:
        levers: list[Block] = [_levers(view, found)]
        if file:
            levers.append(Code(file))
        sections.append(Section("levers", words("optimize.levers"), levers))
        proofs: list[Block] = [_proof(view, found, each, number) for number, each in enumerate(found.proofs)]
        sections.append(Section("proof", words("optimize.proof"), proofs))
    blocks: list[Block] = [_front(view, found)] if len(found.question.objectives) == 2 else []
    blocks += [_history(view, found, each) for each in found.question.objectives]
    sections.append(Section("search", words("optimize.search"), [*blocks, _tried(view, found)]))
    return filled(view, words("optimize.title", plan=view.title), sections)


def summary(view: View, found: Optimum) -> list[tuple[str, list[str]]]:
    """The answer in sentences, and the keys of what they name."""
    return view.with_keys(_leads(view, found))


def _leads(view: View, found: Optimum) -> list[tuple[str, list[str]]]:
    """Whether a better plan was found, what it changes, and what it keeps to."""
    words, numbers = view.words, {"plans": len(found.tried), "runs": f"{found.searched:,}"}
    proof = found.proof
    if proof is None:
        key = "best.start" if bool(found.tried["feasible"].any()) else "best.none"
        return [(words("lead.answer"), [words(key, **numbers)])]
    leads = [
        ("lead.answer", [_verdict(view, found, proof)]),
        ("lead.changes", [_changes(view, found)]),
        ("lead.constraints", [_constraints(view, proof)]),
        ("lead.front", [_compromise(view, found)] if len(found.question.objectives) > 1 else []),
        ("lead.search", [words("best.search", fresh=f"{found.fresh:,}", **numbers)]),
    ]
    told = [(words(lead), [text for text in texts if text]) for lead, texts in leads]
    return [(lead, texts) for lead, texts in told if texts]


def _compromise(view: View, found: Optimum) -> str:
    """How many plans of the front were verified, and which of them is the answer."""
    proven = sum(proof.beats for proof in found.proofs)
    return view.words("best.front" if proven else "best.front.none", n=len(found.proofs), proven=proven)


def label(view: View, asked: Objective | Requirement) -> str:
    """What is asked of a metric, in words."""
    return view.worst(asked.metric) if asked.worst else view.metric_label(asked.metric)


def _verdict(view: View, found: Optimum, proof: Evidence) -> str:
    said = []
    for number, (objective, gain) in enumerate(zip(found.question.objectives, proof.gains, strict=True)):
        key = "best.also" if number else _standing(proof)
        text = {name: view.text(getattr(gain, name), name=objective.metric) for name in ("plan", "start")}
        text |= {"difference": view.text(gain.difference, signed=True, name=objective.metric)}
        span = view.numbers.span(gain.low, gain.high, _form(objective), signed=True)
        said.append(view.words(key, n=gain.n, metric=label(view, objective), span=span, **text))
    return view.gap.join(said)


def _standing(proof: Evidence) -> str:
    """The sentence for a plan that is better, that gives one thing for another, or that is not shown to be better."""
    if proof.beats:
        return "best.beats"
    traded = any(gain.better for gain in proof.gains) and any(gain.worse for gain in proof.gains)
    return "best.trade" if traded else "best.not"


def _form(asked: Objective | Requirement) -> str:
    return metric(asked.metric).form


def _changes(view: View, found: Optimum) -> str:
    start = found.question.start
    changes = [
        view.words("best.change", factor=view.quoted(key), a=view.value(start[key]), b=view.value(found.setting[key]))
        for key in found.changes
    ]
    said = [view.words("best.changes", changes=view.listed(changes))]
    back = found.back[found.best] if found.best is not None else ()
    if back:
        said.append(view.words("best.back", names=view.listed([view.quoted(key) for key in back])))
    return view.gap.join(said)


def _constraints(view: View, proof: Evidence) -> str:
    if not proof.requirements:
        return ""
    parts = {"best.broken": [each for each in proof.requirements if not each.met],
             "best.kept": [each for each in proof.requirements if each.met and each.surely],
             "best.unsure": [each for each in proof.requirements if each.met and not each.surely]}  # fmt: skip
    said = [
        view.words(key, constraints=view.listed([view.condition(each.requirement) for each in some]))
        for key, some in parts.items() if some
    ]  # fmt: skip
    return view.gap.join(said)


def _levers(view: View, found: Optimum) -> Table:
    start, words = found.question.start, view.words
    back = found.back[found.best] if found.best is not None else ()
    rows = [
        [view.cell(key), Cell(view.value(start[key])), Cell(view.value(found.setting[key]))] for key in found.changes
    ]
    rows += [
        [view.cell(key, words("optimize.back")), Cell(view.value(start[key])), Cell(view.value(start[key]))]
        for key in back
    ]
    header = [words("factor"), words("optimize.start"), words("optimize.best")]
    return Table(header, rows, words("optimize.levers.caption"))


def _proof(view: View, found: Optimum, proof: Evidence, number: int) -> Table:
    words, question = view.words, found.question
    rows = [_gain(view, objective, gain) for objective, gain in zip(question.objectives, proof.gains, strict=True)]
    rows += [_met(view, asked, met) for asked, met in zip(question.requirements, proof.requirements, strict=True)]
    header = [words("metric"), words("optimize.start"), words("optimize.best"), words("optimize.difference")]
    title = ""
    if len(found.proofs) > 1:
        mark = f" — {words('optimize.chosen')}" if number == found.best else ""
        changed = [key for key in question.keys if proof.setting[key] != question.start[key]]
        title = f"{number + 1}{mark}: {view.settings(proof.setting, changed)}"
    return Table(header, rows, words("optimize.proof.caption", n=proof.gains[0].n), title=title)


def _gain(view: View, objective: Objective, gain: Gain) -> list[Cell]:
    write = {name: view.text(getattr(gain, name), name=objective.metric) for name in ("start", "plan")}
    difference = view.text(gain.difference, signed=True, name=objective.metric)
    span = view.span(gain.low, gain.high, signed=True, name=objective.metric)
    tone = "better" if gain.better else "worse" if gain.worse else ""
    told = Cell(difference, span, tone)  # type: ignore[arg-type]
    wanted = view.words("optimize.more" if objective.maximise else "optimize.less")
    return [
        Cell(label(view, objective), wanted),
        Cell(write["start"]),
        Cell(write["plan"]),
        told,
    ]


def _met(view: View, asked: Requirement, met: Met) -> list[Cell]:
    key = "optimize.broken" if not met.met else "optimize.surely" if met.surely else "optimize.kept"
    value = Cell(view.text(met.value, name=asked.metric), view.span(met.low, met.high, name=asked.metric))
    return [
        Cell(label(view, asked), view.condition(str(asked))),
        Cell(""),
        value,
        Cell(view.words(key), tone="" if met.met else "worse"),
    ]


def _history(view: View, found: Optimum, objective: Objective) -> Figure:
    """Every plan at its mean, in the order of trial, and the best allowed one so far."""
    values = found.tried[str(objective)].to_numpy(np.float64)
    allowed = found.tried["feasible"].to_numpy(bool)
    numbers = np.arange(1, len(values) + 1)
    sign = 1.0 if objective.maximise else -1.0
    best = sign * np.maximum.accumulate(np.where(allowed, sign * values, -np.inf))
    known = np.isfinite(best)
    names = [view.words(f"optimize.{part}") for part in ("refused", "allowed", "best_so_far")]
    traces = [
        figures.scatter(numbers[~allowed], values[~allowed], names[0], GREY),
        figures.scatter(numbers[allowed], values[allowed], names[1], figures.BLUE),
        line(numbers[known], best[known], names[2], figures.ORANGE, group=names[2]) | {"line": {
            "color": figures.ORANGE, "width": 2, "shape": "hv"}},
    ]  # fmt: skip
    keys = [Key(names[1], figures.BLUE, names[1], "area"), Key(names[2], figures.ORANGE, names[2])]
    if not allowed.all():
        keys.append(Key(names[0], GREY, names[0], "area"))
    name = label(view, objective)
    shown = panel(
        traces, label=f"{name}. {view.words('optimize.history.caption')}", x=view.words("optimize.trials"),
        y=_axis_title(view, objective),
        height=300, hovermode="closest", xaxis={"zeroline": False}, yaxis=_plain_axis(objective),
    )  # fmt: skip
    title = view.words("optimize.history", objective=name)
    return Figure(title, view.words("optimize.history.caption"), [shown], keys)


def _axis_title(view: View, asked: Objective) -> str:
    """What is asked of a metric, with its unit."""
    name = figures.unit(view, asked.metric)
    return view.words("optimize.worst", metric=name) if asked.worst else name


def _plain_axis(asked: Objective) -> dict[str, object]:
    return figures.number_axis(_form(asked), zeroline=False)


def _front(view: View, found: Optimum) -> Figure:
    """The plans over both objectives: all, those on the front, and those that were verified."""
    first, second = found.question.objectives
    x, y = (found.tried[str(each)].to_numpy(np.float64) for each in (first, second))
    front = (found.tried["front"] == 0).to_numpy()
    names = [view.words(f"optimize.{part}") for part in ("tried_dot", "on_front", "verified", "start")]
    traces = [
        figures.scatter(x[~front], y[~front], names[0], GREY),
        figures.scatter(x[front], y[front], names[1], figures.BLUE, size=8),
    ]
    keys = [Key(names[0], GREY, names[0], "area"), Key(names[1], figures.BLUE, names[1], "area")]
    if found.proofs:
        traces.append(_verified(found.proofs, names[2]))
        start = [[gain.start] for gain in found.proofs[0].gains]
        traces.append(figures.scatter(start[0], start[1], names[3], INK, size=11, symbol="diamond"))
        keys += [Key(names[2], figures.ORANGE, names[2], "area"), Key(names[3], INK, names[3], "area")]
    shown = panel(
        traces, label=view.words("optimize.front"), x=_axis_title(view, first),
        y=_axis_title(view, second), height=400,
        hovermode="closest", xaxis=_plain_axis(first), yaxis=_plain_axis(second),
    )  # fmt: skip
    return Figure(view.words("optimize.front"), view.words("optimize.front.caption"), [shown], keys)


def _verified(proofs: Sequence[Evidence], name: str) -> dict[str, object]:
    """The proven plans, with the intervals of their differences from the start laid about their means."""
    ends: list[dict[str, NDArray[np.float64]]] = []
    for number in (0, 1):
        gains = [proof.gains[number] for proof in proofs]
        table = pd.DataFrame([(gain.plan, gain.start + gain.low, gain.start + gain.high) for gain in gains])
        ends.append({"value": table[0].to_numpy(), "low": table[1].to_numpy(), "high": table[2].to_numpy()})
    errors = {f"error_{axis}": figures.whiskers(**each) for axis, each in zip("xy", ends, strict=True)}
    return figures.scatter(
        ends[0]["value"], ends[1]["value"], name, figures.ORANGE, size=11, symbol="x", **errors
    )  # fmt: skip


def _tried(view: View, found: Optimum) -> Table:
    """The plans of the search, the best first."""
    ordered = found.tried.sort_values("rank", kind="stable").head(MOST_ROWS)
    asked = found.question.asked
    rows = [
        [
            Cell(f"{number + 1}"),
            *(Cell(view.value(row[key])) for key in found.question.keys),
            *(Cell(view.text(row[str(each)], name=each.metric)) for each in asked),
            Cell(f"{row['n']}"),
        ]
        for number, row in zip(ordered.index, ordered.to_dict("records"), strict=True)
    ]
    words = view.words
    header: list[str | Cell] = [
        words("plan"),
        *map(view.cell, found.question.keys),
        *(label(view, each) for each in asked),
        words("runs"),
    ]
    folded = words("optimize.tried.fold", shown=len(rows), n=len(found.tried))
    return Table(header, rows, words("optimize.tried.caption"), folded=folded, title=words("optimize.tried"))
