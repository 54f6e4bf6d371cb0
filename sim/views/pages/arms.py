"""Arms in the report: three estimates of what each does, side by side, and each arm's figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.views.blocks import Block, Cell, Points, Section, Table
from sim.views.language.numbers import MISSING
from sim.views.study import Study

#: The estimates in the order of the page.
ESTIMATES = ("randomised", "members_only", "all_treated")
#: Outcomes and figures → how their numbers are written.
FORMS = {"member": "share", "active": "share", "strong": "share", "spent": "money", "revenue": "money"}
COUNTED = ("people", "members", "active", "weak", "strong", "joined", "left", "purchases")


def section(study: Study) -> Section | None:
    """The section about arms; None where no plan has any."""
    found = study.summary.get("arms") or []
    if not found:
        return None
    tables: list[Block] = [_table(study, rows) for rows in _by_arm(found).values()]
    return Section("arms", study.words("arms"), [*tables, _reading(study, found), _figures(study)],
                   study.words("arms.intro"))  # fmt: skip


def sentences(study: Study) -> list[str]:
    """One sentence an arm for which everybody treated was run."""
    told = []
    for rows in _by_arm(study.summary.get("arms") or []).values():
        found = {row["estimate"]: row for row in rows if row["outcome"] == "member"}
        if "all_treated" in found:
            said = {name: _difference(study, row, "member") for name, row in found.items()}
            told.append(study.words("arms.sentence", arm=_title(study, rows[0]), **{
                name: " ".join(part for part in (cell.text, cell.note) if part) for name, cell in said.items()
            }))  # fmt: skip
    return told


def _by_arm(found: list[dict[str, Any]]) -> Mapping[tuple[str, str], list[dict[str, Any]]]:
    parts: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in found:
        parts.setdefault((row["scenario"], row["arm"]), []).append(row)
    return parts


def _title(study: Study, row: Mapping[str, Any]) -> str:
    return str((row.get("title") or {}).get(study.words.lang) or row["arm"])


def _table(study: Study, rows: list[dict[str, Any]]) -> Table:
    words, first = study.words, rows[0]
    by_outcome: dict[str, dict[str, dict[str, Any]]] = {}
    for row in rows:
        by_outcome.setdefault(row["outcome"], {})[row["estimate"]] = row
    body = [
        [Cell(words(f"arms.outcome.{outcome}")), *(_difference(study, own.get(name), outcome) for name in ESTIMATES)]
        for outcome, own in by_outcome.items()
    ]
    caption = words("arms.caption", by=words(f"arms.by.{first['by']}"), n=first["n"], units=first["units"],
                    unit=words(f"arms.unit.{first['assigned_by']}"))  # fmt: skip
    title = words("arms.estimate", arm=_title(study, first))
    return Table([words("arms.outcome"), *(words(f"arms.{name}") for name in ESTIMATES)], body, caption, title=title)


def _difference(study: Study, row: Mapping[str, Any] | None, outcome: str) -> Cell:
    if row is None or row["mean"] is None:
        return Cell(MISSING)
    form = FORMS.get(outcome, "ratio")
    text = study.numbers.text(row["mean"], form, signed=True)
    told = row["low"] is not None and (row["low"] > 0 or row["high"] < 0)
    interval = study.numbers.interval(row["low"], row["high"], form, signed=True)
    return Cell(text, interval, tone="changed" if told else "")


def _reading(study: Study, found: list[dict[str, Any]]) -> Points:
    words, chosen = study.words, any(row["assigned_by"] == "choice" for row in found)
    texts = {name: [words(f"arms.read.{name}.text")] for name in ESTIMATES}
    if chosen:
        texts["randomised"] = [words("arms.read.choice.text")]
    if not any(row["estimate"] == "all_treated" for row in found):
        texts["all_treated"].append(words("arms.read.all_treated.missing"))
    return Points([(words(f"arms.read.{name}"), told) for name, told in texts.items()])


def _figures(study: Study) -> Table:
    words, rows = study.words, []
    names = [name for name in (study.summary.get("arm_figures") or [{}])[0] if name not in {"scenario", "arm"}]
    titles = {row["arm"]: _title(study, row) for row in study.summary["arms"]}
    plans = {plan.name: plan.mark for plan in study.plans}
    for figure in study.summary.get("arm_figures") or []:
        name = titles.get(figure["arm"], figure["arm"])
        name = words("arms.none") if figure["arm"] == "none" else name
        cells = [Cell(f"{plans.get(figure['scenario'], '')} · {name}" if study.compared else name)]
        for column in names:
            form = FORMS.get(column, "ratio") if column not in COUNTED else "people"
            cells.append(Cell(study.numbers.text(figure[column], form)))
        rows.append(cells)
    header = [words("arms.name"), *(words.known(f"arms.figure.{name}", name) for name in names)]
    return Table(header, rows, words("arms.figures.caption"), title=words("arms.figures"))
