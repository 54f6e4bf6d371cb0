"""The end of the report: events, how to remake the study, and a glossary."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sim.model import measures
from sim.views.blocks import Block, Cell, Code, Section, Table
from sim.views.playbook import KIND
from sim.views.playbook import told as changed
from sim.views.study import Plan, Study

#: The most kinds of events listed (design choice).
MOST_EVENTS = 80
#: The items of the manifest shown, in this order, where it has them; the command stands above them.
ITEMS = ("seeds", "replicates", "days", "versions", "commit", "digest", "study")
#: What differs from one event to the next of its kind: "members=143".
AMOUNT = re.compile(r"\s*\b[a-z_]+=-?[0-9.]+")


def events_section(study: Study) -> Section | None:
    """What happened when; None where nothing did."""
    if not len(study.rows("events")):
        return None
    words = study.words
    rows = [row for plan in study.plans for row in _events(study, plan)]
    rows.sort(key=lambda row: row[0])
    cells = [row[1] for row in rows[:MOST_EVENTS]]
    plans = [words("plan")] if study.compared else []
    header = [words("events.kind"), words("events.detail"), *plans]
    header += [words(f"events.{name}") for name in ("happened", "times", "first", "last")]
    caption = words("events.caption")
    if len(rows) > MOST_EVENTS:
        caption += study.gap + words("events.caption.most", shown=MOST_EVENTS, all=len(rows))
    table = Table(header, cells, caption, folded=words("events.fold") if len(cells) > 15 else "")
    return Section("events", words("events"), [table])


def _events(study: Study, plan: Plan) -> list[tuple[float, list[Cell]]]:
    """One row for all events of a kind and detail, whatever their amounts: (median first day, cells)."""
    table = study.rows("events", plan)
    if table.empty:
        return []
    table = table.assign(detail=table["detail"].str.replace(AMOUNT, "", regex=True).str.strip())
    runs = table.groupby(["kind", "detail", "replicate"], sort=True)["day"].agg(["size", "min", "max"]).reset_index()
    rows = []
    for (kind, detail), own in runs.groupby(["kind", "detail"], sort=True):
        first, last = float(own["min"].median()), float(own["max"].median())
        known = study.words.known
        what = known(f"event.{kind}".replace(" ", "_"), str(kind).replace("_", " "))
        said = changed(study, plan, str(detail)) if kind == KIND else known(f"stage.{detail}", str(detail))
        cells = [Cell(what), Cell(said, number=False)]
        if study.compared:
            cells.append(Cell(plan.mark, number=False))
        cells.append(Cell(study.words("of_replicates", part=len(own), n=study.replicates(plan))))
        cells.append(Cell(study.numbers.text(float(own["size"].mean()), "people")))
        cells += [Cell(study.numbers.text(first, "day")), Cell(study.numbers.text(last, "day"))]
        rows.append((first, cells))
    return rows


def remake_section(study: Study) -> Section:
    """Command, versions, digest and seed."""
    words, manifest = study.words, study.manifest
    blocks: list[Block] = []
    if manifest.get("remake"):
        blocks.append(Code(str(manifest["remake"])))
    items = [(name, _written(manifest[name])) for name in ITEMS if manifest.get(name) is not None]
    rows = [[Cell(name.replace("_", " ")), Cell(value, number=False)] for name, value in items]
    if rows:
        blocks.append(Table([words("remake.item"), words("remake.value")], rows, words("remake.caption")))
    return Section("remake", words("remake"), blocks, words("remake.intro"))


def _written(value: object) -> str:
    if isinstance(value, Mapping):
        return " · ".join(f"{name} {_written(part)}" for name, part in value.items())
    if isinstance(value, list):
        return ", ".join(_written(part) for part in value)
    return str(value)


def glossary_section(study: Study) -> Section:
    """The metrics and columns with their meanings."""
    words = study.words
    metrics = [
        [Cell(each.label(words.lang), each.name), Cell(each.meaning(words.lang), number=False)]
        for each in measures.headline()
    ]
    columns = [
        [Cell(each.name), Cell(each.meaning(words.lang), number=False), Cell(each.unit, number=False)]
        for each in measures.columns()
    ]
    names = [words("glossary.name"), words("glossary.meaning")]
    return Section(
        "glossary",
        words("glossary"),
        [
            Table(names, metrics, words("glossary.caption")),
            Table([*names, words("glossary.unit")], columns, words("glossary.columns.caption"),
                  folded=words("glossary.columns")),
        ],
    )  # fmt: skip
