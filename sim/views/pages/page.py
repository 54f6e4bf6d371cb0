"""The report: one HTML file that needs nothing else, in English or Chinese."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from sim.errors import InputError
from sim.views.blocks import Section
from sim.views.figures import drivers, growth, load, money, rocket, ties, word_of_mouth
from sim.views.pages import appendix, arms, overview
from sim.views.pages.template import filled
from sim.views.study import Study

SECTIONS: tuple[Callable[[Study], Section | None], ...] = (
    overview.summary_section, overview.headline_section, overview.goals_section, overview.reading_section, arms.section,
    ties.section, growth.section, rocket.section, money.section, word_of_mouth.section, load.section, drivers.section,
    appendix.events_section, appendix.remake_section, appendix.glossary_section,
)  # fmt: skip


def write_report(
    path: Path,
    tables: dict[str, pd.DataFrame],
    summary: dict[str, Any],
    manifest: dict[str, Any],
    lang: Literal["en", "zh"] = "en",
) -> Path:
    """Write the report of a finished study to ``path`` and return it. Parameters and errors: see :func:`render`."""
    path.write_text(render(tables, summary, manifest, lang), encoding="utf-8", newline="\n")
    return path


def render(
    tables: dict[str, pd.DataFrame],
    summary: dict[str, Any],
    manifest: dict[str, Any],
    lang: Literal["en", "zh"] = "en",
) -> str:
    """The report as HTML; the same input gives the same text.

    Parameters
    ----------
    tables : "series" (needed), "channels", "stages", "generations", "kols", "work", "cohorts", "events", and of a
        comparison "levers" and "attribution". The part of a table that is absent or empty is left out.
    summary : as ``summary.json``. One scenario makes the report of a run, several make a comparison with the first.
        Read of a scenario: ``name``, ``title``, ``metrics``, ``goals``, ``payback_day`` (``share`` of replicates in
        which it is paid back, ``median`` day), ``cash_low`` (``mean``, ``low``, ``high``), ``worst_tenth`` (metric →
        mean); of a difference: ``mean``, ``low``, ``high``, ``n``, ``share_better``, ``verdict``, and of strong ties
        and profit ``overtakes`` (``share``, ``median``, ``low``, ``high``, ``clear_day``). What is unknown is None.
    manifest : ``remake`` (the command), ``seeds``, ``versions``, ``commit``, ``digest``, ``study``, and the currency of
        ``scenarios``; none is needed.
    lang : "en" or "zh".

    Raises
    ------
    InputError : an unknown language, no scenario, or a series with missing rows.
    """
    if lang not in {"en", "zh"}:
        raise InputError(f"no reports are written in '{lang}'", place="--lang", expected="en or zh")
    study = Study(tables, summary, manifest, lang)
    return filled(study.words, _title(study), _line(study), [make(study) for make in SECTIONS], _plans(study))


def _title(study: Study) -> str:
    if study.compared:
        return study.words("report.compare", n=len(study.plans))
    return study.plans[0].title


def _line(study: Study) -> str:
    first = study.plans[0]
    n = study.replicates(first)
    replicates = study.words("report.replicate" if n == 1 else "report.replicates", n=n)
    people = study.numbers.text(study.people(first), "people")
    seeds = ", ".join(str(seed) for seed in study.manifest.get("seeds") or [])
    key = "report.line" if seeds else "report.line.no_seed"
    return study.words(key, people=people, days=study.words.days(study.days(first)), replicates=replicates, seed=seeds)


def _plans(study: Study) -> str:
    """The plans with their letters and colours, the baseline named."""
    if not study.compared:
        return ""
    items = []
    for plan in study.plans:
        note = f" <small>{escape(study.words('report.baseline'))}</small>" if plan is study.plans[0] else ""
        swatch = f'<i class="swatch" style="background:{plan.colour}"></i>'
        items.append(f"<li>{swatch}<strong>{escape(plan.mark)}</strong> {escape(plan.title)}{note}</li>\n")
    return f'<ul class="plans">\n{"".join(items)}</ul>'
