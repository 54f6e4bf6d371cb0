"""What drove the difference: the levers, each group's share of it, and what each mechanism adds to it."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from sim.views.blocks import Block, Cell, Figure, Panel, Points, Section, Table
from sim.views.figures.canvas import bars, panel, wrapped
from sim.views.language.metrics import metric
from sim.views.language.numbers import MISSING
from sim.views.levers import meaning
from sim.views.playbook import listed
from sim.views.study import Plan, Study

#: The most bars in a plot (design choice): the largest.
MOST_BARS = 12
#: Values of so many letters are texts or whole items, which may break into lines.
LONG_VALUE = 16
#: Letters in a line beside a bar (a Chinese one counts two), and lines: they leave the bars half of a phone's width.
LABEL_WIDTH, LABEL_LINES = 26, 3


def section(study: Study) -> Section | None:
    """The chapter on what drove the difference; None where it was not asked."""
    blocks: list[Block] = []
    if len(study.rows("levers")):
        blocks.append(_levers(study))
    table = study.rows("attribution")
    parts = [part for part in ("groups", "mechanisms") if len(table) and (table["part"] == part).any()]
    blocks += [_bars(study, part) for part in parts]
    if len(table):
        blocks.append(Points([(study.words("drivers.caution"), [study.words("drivers.caution.text")])]))
    return Section("drivers", study.words("drivers"), blocks, study.words("drivers.intro")) if blocks else None


def _levers(study: Study) -> Table:
    words = study.words
    rows = []
    for plan in study.plans[1:]:
        for lever in study.rows("levers", plan).to_dict("records"):
            key = str(lever["key"])
            row = [_named(key, meaning(key, words.lang))]
            if len(study.plans) > 2:
                row.append(Cell(plan.mark, number=False))
            values = [_value(lever[side]) for side in ("baseline_value", "plan_value")]
            values = [listed(value, words) for value in values] if key == "playbook" else values
            row += [Cell(value, number=len(value) < LONG_VALUE) for value in values]
            group = str(lever["group"])
            row.append(_named(group, study.part_label(plan, "groups", group)))
            rows.append(row)
    plans = [words("plan")] if len(study.plans) > 2 else []
    second = words("drivers.value_plan") if len(study.plans) > 2 else words("drivers.value", plan=study.plans[1].mark)
    first = words("drivers.value", plan=study.plans[0].mark)
    header = [words("drivers.lever"), *plans, first, second, words("drivers.group")]
    folded = words("drivers.levers.fold", n=len(rows)) if len(rows) > 25 else ""
    return Table(header, rows, words("drivers.levers.caption"), folded=folded, title=words("drivers.levers"))


def _named(key: str, told: str) -> Cell:
    """The meaning, and below it the key by which a file calls it."""
    return Cell(told, "" if told == key else key, number=False) if told else Cell(key, number=False)


def _value(value: object) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return MISSING
    return f"{value:,.6g}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def _bars(study: Study, part: str) -> Figure:
    table = study.rows("attribution")
    panels = []
    for plan in study.plans[1:]:
        own = table[(table["plan"] == plan.name).to_numpy() & (table["part"] == part).to_numpy()]
        panels += [_panel(study, plan, str(name), rows) for name, rows in own.groupby("metric", sort=False)]
    return Figure(study.words(f"drivers.{part}"), study.words(f"drivers.{part}.caption"), panels)


def _panel(study: Study, plan: Plan, name: str, rows: pd.DataFrame) -> Panel:
    known = metric(name)
    rows = rows.iloc[np.argsort(-rows["mean"].abs().to_numpy(), kind="stable")[:MOST_BARS]]
    mean, low, high = (rows[column].to_numpy(np.float64) for column in ("mean", "low", "high"))
    part = str(rows["part"].iloc[0])
    labels = [study.part_label(plan, part, str(key)) for key in rows["name"]]
    names = ["<br>".join(wrapped(label, LABEL_WIDTH, LABEL_LINES)) for label in labels]
    write = study.numbers
    told = "; ".join(
        f"{label} {write.text(m, known.form, signed=True)} {write.interval(a, b, known.form, signed=True)}"
        for label, m, a, b in zip(labels, mean, low, high, strict=True)
    )
    title = f"{study.metric_label(name)}: {plan.mark} − {study.plans[0].mark}"
    clear = (low > 0) | (high < 0)
    trace = bars(mean, names, plan.mark, plan.colour, group=plan.name, ends=(low, high), across=True, clear=clear)
    unit = {"money": study.numbers.unit, "people": study.words("people")}.get(known.form, "")
    ticks = {"share": ",.1~%", "money": ",.2~s"}.get(known.form, "")
    return panel(
        [trace], label=f"{title}. {told}", x=unit, title=title, plan=plan, height=90 + 52 * len(names),
        hovermode="closest", xaxis={"zeroline": True, "zerolinewidth": 1.5, "tickformat": ticks, "nticks": 6},
        yaxis={"autorange": "reversed", "showgrid": False},
    )  # fmt: skip
