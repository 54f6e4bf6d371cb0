"""A finished study as the report reads it: its plans, and the daily series as matrices of replicate × day."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.errors import InputError
from sim.lab.statistics.intervals import Band, band
from sim.views.language.metrics import metric
from sim.views.language.numbers import Numbers, finite
from sim.views.language.words import Words
from sim.views.levers import group_meaning, meaning

Floats = NDArray[np.float64]
Days = NDArray[np.int64]

#: The most days drawn in one line (design choice): more cannot be told apart at the width of a page.
MOST_POINTS = 180
#: Okabe & Ito (2008), *Color Universal Design*, in the order in which plans get them.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#B8860B", "#333333", "#56B4E9", "#CC79A7")
DASHES = ("solid", "dash", "dashdot", "dot", "longdash", "longdashdot", "solid")


@dataclass(frozen=True, slots=True)
class Plan:
    """One scenario of the study. ``mark`` is its letter in a comparison, "" where it stands alone."""

    name: str
    title: str
    mark: str
    colour: str
    dash: str

    @property
    def label(self) -> str:
        """Letter and title, as in legends."""
        return f"{self.mark} · {self.title}" if self.mark else self.title


class Study:
    """The tables, summary and manifest of a finished study, read in one language.

    Parameters
    ----------
    tables : by name; a table that is absent reads as an empty one.
    summary, manifest : as in ``summary.json`` and ``manifest.json``.
    lang : "en" or "zh".

    Raises
    ------
    InputError : no scenario, no series, or a series with missing rows.
    """

    def __init__(
        self, tables: dict[str, pd.DataFrame], summary: dict[str, Any], manifest: dict[str, Any], lang: str
    ) -> None:
        if not summary.get("scenarios"):
            raise InputError("the summary names no scenario", expected="at least one", hint="Run the study again.")
        self.tables, self.summary, self.manifest = tables, summary, manifest
        self.words = Words(lang)
        self.numbers = Numbers(lang, _currency(manifest))
        self.plans = _plans(summary["scenarios"], lang)
        self._series = {plan.name: _rectangle(self.rows("series", plan), plan.name) for plan in self.plans}

    @property
    def compared(self) -> bool:
        """Whether there are two plans or more."""
        return len(self.plans) > 1

    def days(self, plan: Plan) -> int:
        """Days simulated."""
        frame, replicates = self._series[plan.name]
        return len(frame) // replicates

    def replicates(self, plan: Plan) -> int:
        """Replicates run."""
        return self._series[plan.name][1]

    def people(self, plan: Plan) -> float:
        """People in the market (mean of the replicates): those without, with a weak and with a strong tie."""
        return float(sum(self.values(plan, tie)[:, 0].mean() for tie in ("none", "weak", "strong")))

    def values(self, plan: Plan, column: str) -> Floats:
        """A column of the series, shape [replicate, day]."""
        frame, replicates = self._series[plan.name]
        return frame[column].to_numpy(np.float64).reshape(replicates, -1)

    def paired(self, plan: Plan, column: str) -> Floats:
        """``plan`` minus the first plan, replicate by replicate (those that both have), shape [replicate, day]."""
        first = self.plans[0]
        days = min(self.days(plan), self.days(first))
        ours, theirs = (
            self._series[side.name][0]["replicate"].to_numpy()[:: self.days(side)] for side in (plan, first)
        )
        value = self.values(plan, column)[np.isin(ours, theirs), :days]
        return value - self.values(first, column)[np.isin(theirs, ours), :days]

    def shown(self, plan: Plan) -> Days:
        """The days drawn: all of them, or ``MOST_POINTS`` evenly spread from the first to the last."""
        days = self.days(plan)
        return np.unique(np.linspace(0, days - 1, min(days, MOST_POINTS)).round().astype(np.int64))

    def rows(self, table: str, plan: Plan | None = None) -> pd.DataFrame:
        """A table, or the rows of one plan; empty where the study has no such table."""
        frame = self.tables.get(table)
        if frame is None or frame.empty:
            return pd.DataFrame()
        if plan is None:
            return frame
        key = "scenario" if "scenario" in frame else "plan"
        return frame[(frame[key] == plan.name).to_numpy()]

    def entry(self, plan: Plan) -> dict[str, Any]:
        """What the summary says of a plan."""
        return next(entry for entry in self.summary["scenarios"] if entry["name"] == plan.name)

    def headline(self, plan: Plan, metric: str, part: str = "mean") -> float:
        """A number of the summary's headline metrics; NaN where it is absent or undefined."""
        return finite(self.entry(plan).get("metrics", {}).get(metric, {}).get(part))

    def difference(self, plan: Plan, metric: str) -> dict[str, Any] | None:
        """The paired difference of ``plan`` from the first one, as in the summary; None where there is none."""
        rows = self.summary.get("differences", [])
        return next((row for row in rows if row["scenario"] == plan.name and row["metric"] == metric), None)

    def metric_label(self, name: str) -> str:
        """How a headline metric is called."""
        return metric(name).label(self.words.lang)

    def part_label(self, plan: Plan, part: str, name: str) -> str:
        """A part of the difference by its meaning: of "groups" a group of levers, of "mechanisms" a switch."""
        if part == "mechanisms":
            return meaning(f"switches.{name}", self.words.lang) or name.replace("_", " ")
        levers = self.rows("levers", plan)
        keys = levers["key"][(levers["group"] == name).to_numpy()] if len(levers) else ()
        return group_meaning(name, map(str, keys), self.words.lang) or name

    def called(self, plan: Plan) -> str:
        """A plan at the start of a sentence: its letter, or "The plan" where it stands alone."""
        return plan.mark or self.words("the_plan")

    def named(self, plan: Plan) -> str:
        """A plan where a text first speaks of it: letter and title."""
        shape = "{}（“{}”）" if self.words.lang == "zh" else "{} (“{}”)"
        return shape.format(plan.mark, plan.title) if plan.mark else f"“{plan.title}”"

    @property
    def gap(self) -> str:
        """What stands between two sentences."""
        return "" if self.words.lang == "zh" else " "

    def caption(self, key: str, band: str = "band", **values: object) -> str:
        """A figure's caption: what to see, then what line and band mean (or that one replicate has no band)."""
        n = self.replicates(self.plans[0])
        return self.words(key, **values) + self.words(band if n > 1 else "band.one", n=n)

    def means(self, key: str) -> str:
        """A caption where only means are shown."""
        n = self.replicates(self.plans[0])
        return self.words(key) + self.words("means" if n > 1 else "band.one", n=n)

    def weekly(self, key: str) -> str:
        """A caption where only means of whole weeks are shown; where days are left over, it says so."""
        left_over = any(self.days(plan) > 7 and self.days(plan) % 7 for plan in self.plans)
        return self.means(key) + (self.words("weeks.whole") if left_over else "")


def centre(matrix: Floats) -> Floats:
    """The mean over replicates of those values that are finite, shape [day]; NaN where none is."""
    known = np.isfinite(matrix)
    count = known.sum(axis=0)
    total = np.where(known, matrix, 0.0).sum(axis=0)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def spread(matrix: Floats) -> Band | None:
    """The middle 90 % of the replicates on each day; None for one replicate, which has no spread."""
    if len(matrix) < 2:
        return None
    if np.isfinite(matrix).all():  # ten times faster than leaving out day by day what is not finite
        return Band(*np.quantile(matrix, [0.05, 0.5, 0.95], axis=0))
    return band(matrix)


def _plans(entries: list[dict[str, Any]], lang: str) -> tuple[Plan, ...]:
    plans = []
    for i, entry in enumerate(entries):
        title = str((entry.get("title") or {}).get(lang) or entry["name"])
        mark = _letter(i) if len(entries) > 1 else ""
        plans.append(Plan(entry["name"], title, mark, COLOURS[i % len(COLOURS)], DASHES[i % len(DASHES)]))
    return tuple(plans)


def _currency(manifest: dict[str, Any]) -> str:
    """The currency of the first scenario as it was resolved; "" where the manifest holds none."""
    first: dict[str, Any] = next(iter(manifest.get("scenarios") or []), {})
    return str(first.get("run", {}).get("currency", ""))


def _letter(i: int) -> str:
    return chr(ord("A") + i) if i < 26 else f"P{i + 1}"


def _rectangle(frame: pd.DataFrame, name: str) -> tuple[pd.DataFrame, int]:
    """One plan's series sorted by replicate and day, and how many replicates it has."""
    if frame.empty:
        raise InputError(
            f"the series has no rows of '{name}'", expected="one row a replicate and day", hint="Run it again."
        )
    replicates = int(frame["replicate"].nunique())
    days = int(frame["day"].max()) + 1
    if len(frame) != replicates * days:
        raise InputError(
            f"the series of '{name}' has {len(frame):,} rows",
            expected=f"{replicates * days:,} ({replicates} replicates × {days} days)",
            hint="The study is unfinished or damaged: run it again.",
        )
    return frame.sort_values(["replicate", "day"], kind="stable"), replicates


def windows(days: int, length: int, most: int = 60) -> Days:
    """The edges of equal windows of about ``length`` days, from 0 on; longer ones where ``most`` would be passed."""
    count = min(max(1, round(days / length)), most)
    return np.linspace(0, days, count + 1).round().astype(np.int64)


def weeks(days: int, most: int = 60) -> Days:
    """The edges of whole weeks from 0 on, of several each where ``most`` would be passed; of all days if under a week.

    Posts and promotions keep a calendar of weeks: in a window of eight days, or in the days left over at the end, there
    are as many as in seven or fewer, which would look like a dip.
    """
    whole = days // 7 * 7
    step = 7 * math.ceil(whole / 7 / most)
    return np.array([*range(0, whole, step), whole] if whole else [0, days], np.int64)


def window_means(values: Floats, edges: Days) -> Floats:
    """The mean a day in each window, shape [replicate, window]; days after the last edge do not count."""
    total: Floats = np.add.reduceat(values[:, : edges[-1]], edges[:-1], axis=1)
    return total / np.diff(edges)


def sums(cells: NDArray[np.int64], values: pd.Series[float], count: int) -> Floats:
    """The sum of ``values`` in each of ``count`` cells; ``cells`` holds the number of each value's cell."""
    return np.bincount(cells, values.to_numpy(np.float64), count).astype(np.float64)


def share_of(part: Floats, whole: Floats) -> Floats:
    """``part / whole``, NaN where the whole is nothing."""
    share = np.full(part.shape, math.nan)
    np.divide(part, whole, out=share, where=whole > 0)
    return share
