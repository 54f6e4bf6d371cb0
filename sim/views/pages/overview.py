"""The front of the report: the summary, the headline numbers, the goals, and how to read what follows."""

from __future__ import annotations

import math
from typing import Any, Literal

from sim.model.measures import Measure, headline
from sim.views.blocks import Block, Cell, Points, Section, Table
from sim.views.language.metrics import metric
from sim.views.language.numbers import MISSING, finite
from sim.views.pages.sentences import goal_text, summary
from sim.views.playbook import turns
from sim.views.study import Plan, Study


def summary_section(study: Study) -> Section:
    """The summary in sentences."""
    return Section("summary", study.words("summary"), [Points(summary(study))])


def reading_section(study: Study) -> Section:
    """What ties, replicates and intervals are."""
    keys = ("tie", "replicate", "interval", *(("changes",) if turns(study) else ()))
    points = [(study.words(f"how.{key}"), [study.words(f"how.{key}.text")]) for key in keys]
    return Section("how", study.words("how"), [Points(points)])


def headline_section(study: Study) -> Section:
    """The headline table."""
    words = study.words
    rows = [_row(study, known) for known in _metrics(study)]
    rows += [_cash_low(study), _payback(study)]
    if study.compared:
        means = [f"{plan.mark}: {words('headline.mean')}" for plan in study.plans]
        first = study.plans[0].mark
        differences = [words("headline.difference", plan=plan.mark, first=first) for plan in study.plans[1:]]
        header = [words("metric"), *means, *differences]
        caption = words("headline.caption", first=first)
    else:
        header = [words("metric"), words("headline.mean"), words("headline.spread"), words("headline.worst")]
        caption = words("headline.caption.run")
    if study.replicates(study.plans[0]) == 1:
        caption = words("headline.caption.one")
    if not study.compared and study.replicates(study.plans[0]) == 1:
        header, rows = [words("metric"), words("headline.value")], [row[:2] for row in rows]
    return Section("headline", words("headline"), [Table(header, rows, caption)])


def goals_section(study: Study) -> Section | None:
    """Goals and the chance of meeting each; None where there are none."""
    chances: dict[str, dict[str, dict[str, Any]]] = {}
    for plan in study.plans:
        for goal in study.entry(plan).get("goals") or []:
            chances.setdefault(str(goal["goal"]), {})[plan.name] = goal
    if not chances:
        return None
    rows = []
    for goal, by_plan in chances.items():
        cells = [_chance(study, by_plan.get(plan.name, {})) for plan in study.plans]
        rows.append([Cell(goal_text(study, goal)), *cells])
    chance = study.words("goals.chance")
    header = [f"{plan.mark}: {chance}" if study.compared else chance for plan in study.plans]
    table = Table([study.words("goals.goal"), *header], rows, study.words("goals.caption"))
    blocks: list[Block] = [table]
    return Section("goals", study.words("goals"), blocks)


def _chance(study: Study, goal: dict[str, Any]) -> Cell:
    chance = study.numbers.text(goal.get("chance"), "chance")
    return Cell(chance, study.numbers.interval(goal.get("low"), goal.get("high"), "chance"))


def _metrics(study: Study) -> list[Measure]:
    """The metrics of the summary: those of the catalogue in its order, then any others."""
    present = {name: None for plan in study.plans for name in study.entry(plan).get("metrics", {})}
    known = [item for item in headline() if item.name in present]
    return known + [metric(name) for name in present if name not in {item.name for item in known}]


def _row(study: Study, known: Measure) -> list[Cell]:
    cells = [Cell(study.metric_label(known.name))]
    for plan in study.plans:
        mean = study.numbers.text(study.headline(plan, known.name), known.form)
        low, high, p05, p95 = (study.headline(plan, known.name, part) for part in ("low", "high", "p05", "p95"))
        cells.append(Cell(mean, study.numbers.interval(low, high, known.form)))
        if not study.compared:
            worst = (study.entry(plan).get("worst_tenth") or {}).get(known.name)
            cells.append(Cell(study.numbers.interval(p05, p95, known.form) or MISSING))
            cells.append(Cell(study.numbers.text(worst, known.form)))
    return cells + [difference_cell(study, plan, known) for plan in study.plans[1:]]


def difference_cell(study: Study, plan: Plan, known: Measure) -> Cell:
    """A paired difference: number, interval, and a verdict in words; coloured only where the interval excludes zero."""
    told = study.difference(plan, known.name)
    if told is None or math.isnan(finite(told["mean"])):
        return Cell(MISSING)
    words = study.words
    size = study.numbers.text(told["mean"], known.form, signed=True)
    interval = study.numbers.interval(told["low"], told["high"], known.form, signed=True)
    verdict = str(told["verdict"])
    if verdict not in {"higher", "lower"}:
        return Cell(size, f"{interval}\n{words(f'verdict.{verdict}')}".strip())
    up = verdict == "higher"
    arrow = "▲" if up else "▼"
    if known.better == 0:
        return Cell(f"{arrow} {size}", f"{interval}\n{words('verdict.more' if up else 'verdict.less')}", tone="changed")
    tone: Literal["better", "worse"] = "better" if up == (known.better > 0) else "worse"
    share = finite(told.get("share_better"))
    often = study.numbers.text(share if tone == "better" else 1 - share, "chance")
    return Cell(f"{arrow} {size}", f"{interval}\n{words(f'verdict.{tone}', share=often)}", tone=tone)


def _cash_low(study: Study) -> list[Cell]:
    cells = [Cell(study.metric_label("cash_low"))]
    for plan in study.plans:
        told = study.entry(plan).get("cash_low") or {}
        interval = study.numbers.interval(told.get("low"), told.get("high"), "money")
        cells.append(Cell(study.numbers.text(told.get("mean"), "money"), interval))
    return cells + [Cell("")] * (len(study.plans) - 1 if study.compared else 2)


def _payback(study: Study) -> list[Cell]:
    words = study.words
    cells = [Cell(study.metric_label("payback_day"))]
    for plan in study.plans:
        told = study.entry(plan).get("payback_day") or {}
        share, day = finite(told.get("share")), finite(told.get("median"))
        text = MISSING if math.isnan(share) else words("payback.never")
        if not math.isnan(day):
            text = words("payback.cell", day=f"{day:.0f}")
        note = words("payback.share", share=study.numbers.text(share, "chance")) if share > 0 else ""
        cells.append(Cell(text, note))
    return cells + [Cell("")] * (len(study.plans) - 1 if study.compared else 2)
