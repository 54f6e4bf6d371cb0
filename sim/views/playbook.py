"""Changes of plan in words, and as marks on plots of days."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from html import escape
from typing import Any, NamedTuple

import numpy as np
from pydantic import ValidationError

from sim.scenario.sections.playbook import Change
from sim.scenario.titles import titles_of
from sim.views.language.numbers import MISSING, Numbers, finite
from sim.views.language.words import Words
from sim.views.study import Plan, Study

KIND = "plan_changed"
#: Ticks of one entry on the axis: more cannot be told apart (design choice).
MOST_TICKS = 150
#: Letters of a title on a plot (design choice).
MOST_LETTERS = 32
INK, FAINT = "#888888", "#CCCCCC"


class Turn(NamedTuple):
    """That an entry began or ended: on one ``day`` in all replicates, else on ``days`` of some."""

    title: str
    began: bool
    plan: Plan
    day: int | None
    days: tuple[int, ...]


def turns(study: Study) -> list[Turn]:
    """When entries of the playbooks began and ended, those known to be on one day once for all plans."""
    found: list[Turn] = []
    known: set[tuple[str, bool, int]] = set()
    for plan in study.plans:
        table = study.rows("events", plan)
        if table.empty:
            continue
        for detail, rows in table[(table["kind"] == KIND).to_numpy()].groupby("detail", sort=True):
            title, began = _read(study, plan, str(detail))
            days = sorted(set(rows["day"].astype(int)))
            alike = len(days) == 1 and len(rows) == study.replicates(plan)
            if alike and (title, began, days[0]) in known:
                continue
            if alike:
                known.add((title, began, days[0]))
            found.append(Turn(title, began, plan, days[0] if alike else None, tuple(days)))
    return found


def told(study: Study, plan: Plan, detail: str) -> str:
    """The detail of an event of this kind in words."""
    title, began = _read(study, plan, detail)
    return study.words("entry.began" if began else "entry.ended", title=title)


def _read(study: Study, plan: Plan, detail: str) -> tuple[str, bool]:
    """Title, and whether it began, from "crisis began" or "2 ended"."""
    called, _, turn = detail.rpartition(" ")
    playbook = next((each.get("playbook") or [] for each in study.manifest.get("scenarios") or []
                     if each.get("name") == plan.name), [])  # fmt: skip
    for number, entry in enumerate(playbook):
        if called in {entry.get("name"), str(number)}:
            return _title(entry, study.words.lang) or called, turn == "began"
    return called or detail, turn != "ended"


def listed(text: str, words: Words) -> str:
    """The value of the lever "playbook" in words, an entry after the other; as it is where it cannot be read."""
    try:
        entries = [Change.model_validate(each) for each in json.loads(text)]
    except (ValueError, TypeError):
        return text
    told = [
        f"{_when(entry, words)}{words('entry.sets')}{titles_of(entry)[words.lang]}" for entry in entries if entry.set
    ]
    return words("entry.then").join(told) or MISSING


def _when(entry: Change, words: Words) -> str:
    """When an entry holds, in words."""
    begins = words("entry.day", day=entry.first)
    if entry.when is not None:
        begins = words("entry.when" if entry.days == 1 else "entry.when_days", when=entry.when, days=entry.days)
    elif entry.rate is not None:
        begins = words("entry.rate", rate=f"{entry.rate:g}")
    return begins + (words("entry.for", days=words.days(entry.lasts)) if entry.lasts else "")


def _title(entry: Mapping[str, Any], lang: str) -> str:
    """The title of an entry of a manifest; "" where this version cannot read it."""
    try:
        return titles_of(Change.model_validate(entry))[lang]
    except ValidationError:
        return ""


def marks(study: Study, plan: Plan | None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Shapes and annotations for a plot of days, of one plan or of all.

    What is on one day in all replicates is a line over the plot, fainter where it ends; else each day on which an entry
    began in some replicate is a tick on the axis, in the colour of the plan.
    """
    shapes: list[dict[str, Any]] = []
    titles: dict[int, list[str]] = {}
    for turn in turns(study):
        if plan is not None and turn.plan is not plan:
            continue
        if turn.day is not None:
            shapes.append(_upright(turn.day, 1.0, INK if turn.began else FAINT, "dot"))
            if turn.began:
                titles.setdefault(turn.day, []).append(turn.title)
        elif turn.began:
            shown = np.unique(np.linspace(0, len(turn.days) - 1, MOST_TICKS).round().astype(int))
            shapes += [_upright(turn.days[at], 0.05, turn.plan.colour, "solid") for at in shown]
    return shapes, [_note(day, "; ".join(dict.fromkeys(texts))) for day, texts in titles.items()]


def _upright(day: int, height: float, colour: str, dash: str) -> dict[str, Any]:
    return {"type": "line", "x0": day, "x1": day, "yref": "paper", "y0": 0, "y1": height,
            "line": {"color": colour, "width": 1, "dash": dash}}  # fmt: skip


def _note(day: int, text: str) -> dict[str, Any]:
    """A title along the line of its day, from the top down."""
    shown = text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1].rstrip() + "…"
    return {"x": day, "yref": "paper", "y": 1, "text": escape(shown, quote=False), "showarrow": False, "textangle": -90,
            "xanchor": "right", "yanchor": "top", "font": {"size": 10, "color": INK}}  # fmt: skip


def recovery(summary: Mapping[str, Any], words: Words, numbers: Numbers) -> str:
    """What an entry that a twin is without did to active members, and when they were back; "" where none was asked."""
    told = summary.get("recovery")
    if not told:
        return ""
    within = numbers.text(told["within"], "share")
    named = {"title": told["title"].get(words.lang) or "", "n": told["replicates"], "within": within}
    if not told["happened"]:
        return words("recovery.never", **named)
    said = words("recovery.happened", happened=told["happened"], **named)
    gap = "" if words.lang == "zh" else " "
    if not told["apart"]:
        return said + gap + words("recovery.never_apart", within=within)
    deepest = numbers.text(told["deepest"]["median"], "share")
    said += gap + words("recovery.apart", apart=told["apart"], within=within, deepest=deepest)
    median, low, high = (finite(told["days"][part]) for part in ("median", "low", "high"))
    back = {"back": told["back"], "apart": told["apart"], "week": told["for_days"]}
    if math.isnan(median):
        return said + gap + words("recovery.not_back", **back)
    last = words("recovery.end") if math.isnan(high) else f"{high:.0f}"
    return said + gap + words("recovery.back", days=f"{median:.0f}", low=f"{low:.0f}", high=last, **back)
