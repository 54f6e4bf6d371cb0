"""The three-stage rocket: when each stage ignited, and the pool, the use and the buyers it found."""

from __future__ import annotations

import numpy as np

from sim.views.blocks import Block, Cell, Figure, Key, Panel, Section, Table
from sim.views.figures.canvas import Trace, axis, banded, over_days, strip, upright
from sim.views.study import Floats, Plan, Study, centre, spread

STAGES = ("free_content", "platform", "paid_products")
LAYERS = {"members": "#4D4D4D", "active": "#2A9D8F", "buyers": "#882255"}


def section(study: Study) -> Section:
    """The chapter on the rocket."""
    blocks: list[Block] = [_funnel(study)]
    if len(study.rows("stages")):
        blocks.append(_stages(study))
    return Section("rocket", study.words("rocket"), blocks, study.words("rocket.intro"))


def _ignitions(study: Study, plan: Plan, stage: str) -> tuple[Floats, Floats]:
    """Day of ignition and pool on that day, of the replicates in which the stage ignited."""
    table = study.rows("stages", plan)
    if table.empty:
        return np.zeros(0), np.zeros(0)
    table = table[(table["stage"] == stage).to_numpy() & table["ignited"].notna().to_numpy()]
    return table["ignited"].to_numpy(np.float64), table["members"].to_numpy(np.float64)


def _funnel(study: Study) -> Figure:
    keys = [Key(study.words(f"rocket.{name}"), colour, name) for name, colour in LAYERS.items()]
    highest = [spread(study.values(plan, name)) for plan in study.plans for name in LAYERS]
    top = 1.05 * max(float(np.nanmax(band.high)) for band in highest if band) if all(highest) else 0.0
    panels = [_plan(study, plan, top) for plan in study.plans]
    return Figure(study.words("rocket.funnel"), study.caption("rocket.funnel.caption"), panels, keys)


def _plan(study: Study, plan: Plan, top: float) -> Panel:
    days = study.shown(plan)
    traces: list[Trace] = []
    parts = []
    for name, colour in LAYERS.items():
        matrix = study.values(plan, name)
        traces += banded(days, matrix[:, days], study.words(f"rocket.{name}"), colour, group=name)
        parts.append(f"{study.words(f'rocket.{name}')} {study.numbers.text(centre(matrix)[-1], 'people')}")
    shapes, notes = [], []
    for number, stage in enumerate(STAGES, start=1):
        ignited, _ = _ignitions(study, plan, stage)
        if len(ignited):
            low, high = np.quantile(ignited, [0.05, 0.95])
            shapes.append(strip(float(low), float(high)))
            shape, note = upright(float(np.median(ignited)), str(number), number - 1)
            shapes.append(shape)
            notes.append(note)
    yaxis = axis("people") | ({"range": [0, top]} if top else {})
    label = f"{study.words('rocket.funnel')}. {plan.label}: {study.words('at_the_end', values='; '.join(parts))}"
    return over_days(
        traces, study, label=label, y=study.words("people"), yaxis=yaxis, plan=plan,
        shapes=shapes, annotations=notes,
    )  # fmt: skip


def _stages(study: Study) -> Table:
    words, text = study.words, study.numbers.text
    rows = []
    for number, stage in enumerate(STAGES, start=1):
        for plan in study.plans:
            ignited, pool = _ignitions(study, plan, stage)
            name = f"{number} · {words(f'stage.{stage}')}"
            row = [Cell(name)] if not study.compared else [Cell(name), Cell(plan.mark, number=False)]
            row.append(Cell(words("of_replicates", part=len(ignited), n=study.replicates(plan))))
            if len(ignited):
                low, high = np.quantile(ignited, [0.05, 0.95])
                several = len(ignited) > 1
                row += [Cell(text(np.median(ignited), "day")), Cell(f"{low:.0f} – {high:.0f}" if several else "–")]
                row.append(Cell(text(np.mean(pool), "people")))
            else:
                row += [Cell(words("never")), Cell("–"), Cell("–")]
            rows.append(row)
    plans = [words("plan")] if study.compared else []
    header = [words("stage"), *plans, *(words(f"stages.{name}") for name in ("ignited", "day", "spread", "pool"))]
    return Table(header, rows, words("stages.caption"), title=words("stages"))
