"""A sweep as its pages read it: the run table, the factors and the outcome, with their names in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.analysis.table import is_number, outcomes
from sim.experiments.design import Design
from sim.experiments.metrics import METRICS, Kind
from sim.report.levers import meaning
from sim.report.metrics import metric
from sim.report.numbers import MISSING, Numbers, finite
from sim.report.sweeps.words import SweepWords

Floats = NDArray[np.float64]

#: The outcome of a page about a study that declares none: the aim.
OUTCOME = "strong"


@dataclass(frozen=True)
class View:
    """What a page about a sweep is made from.

    Parameters
    ----------
    design : of the sweep.
    table : its run table, one row a run: ``run_id``, ``point``, ``replicate``, ``seed``, ``status``, ``seconds``, a
        column a factor and one a metric.
    outcome : the metric that the page is about.
    lang : "en" or "zh".
    remake : the command that makes it again; "" where there is none.
    everything : all runs made, where ``table`` holds those only that the plots are drawn from.
    """

    design: Design
    table: pd.DataFrame
    outcome: str
    lang: str
    remake: str = ""
    everything: pd.DataFrame | None = None

    @cached_property
    def words(self) -> SweepWords:
        """The texts."""
        return SweepWords(self.lang)

    @cached_property
    def numbers(self) -> Numbers:
        """How numbers are written."""
        return Numbers(self.lang, self.design.scenario.run.currency)

    @cached_property
    def factors(self) -> tuple[str, ...]:
        """The factors that take more than one value in the finished runs, in their order."""
        return tuple(factor.key for factor in self.design.factors if self.done[factor.key].nunique(dropna=False) > 1)

    @cached_property
    def done(self) -> pd.DataFrame:
        """The finished runs."""
        return self.table[(self.table["status"] == "done").to_numpy()]

    @cached_property
    def points(self) -> pd.DataFrame:
        """One row a point with a value of the outcome: index ``point``, the factors, ``mean`` over its ``n`` runs."""
        found = outcomes(self.table, self.factors, self.outcome)
        return found.factors.assign(mean=found.means, n=np.isfinite(found.values).sum(axis=1))

    @property
    def kind(self) -> Kind:
        """How the outcome is written."""
        return metric(self.outcome).kind

    @property
    def direction(self) -> int:
        """+1 where more of the outcome is better (also where that depends on the aim), −1 where less is."""
        return metric(self.outcome).better or 1

    @property
    def title(self) -> str:
        """The scenario's title, or its name."""
        scenario = self.design.scenario
        title: str = getattr(scenario.title, self.lang) or scenario.name
        return title

    @property
    def gap(self) -> str:
        """What stands between two sentences."""
        return "" if self.lang == "zh" else " "

    def metric_label(self, name: str = "") -> str:
        """How a metric is called; by default the outcome."""
        known = metric(name or self.outcome)
        return known.zh if self.lang == "zh" else known.en

    def short(self, key: str) -> str:
        """A factor's key without its first parts, as far as it stays apart from the others."""
        parts = key.split(".")
        others = [factor.key for factor in self.design.factors if factor.key != key]
        for length in range(2, len(parts)):
            tail = ".".join(parts[-length:])
            if not any(other.endswith("." + tail) for other in others):
                return tail
        return key

    def heading(self, key: str) -> str:
        """A factor's short key as the head of a column: it may break where its parts meet."""
        return self.short(key).replace(".", ".\u200b").replace("_", "_\u200b")

    def meaning(self, key: str) -> str:
        """What a factor means; "" for whole plans."""
        return meaning(key, self.lang)

    def text(self, value: object, *, signed: bool = False, name: str = "") -> str:
        """A value of a metric (by default the outcome) with its unit."""
        return self.numbers.text(value, metric(name or self.outcome).kind, signed=signed)

    def span(self, low: object, high: object, *, signed: bool = False, name: str = "") -> str:
        """An interval of a metric in brackets."""
        return self.numbers.interval(low, high, metric(name or self.outcome).kind, signed=signed)

    def value(self, value: Any) -> str:
        """A value of a factor."""
        if isinstance(value, bool | np.bool_):
            return self.words("on" if value else "off")
        if isinstance(value, str):
            return value
        if value is None or not np.isfinite(finite(float(value))):
            return MISSING
        return f"{float(value):,.3g}" if abs(float(value)) < 1000 else f"{float(value):,.0f}"

    def setting(self, row: Mapping[Any, Any]) -> str:
        """A point in words: every factor with its value."""
        return ", ".join(f"{self.short(key)} = {self.value(row[key])}" for key in self.factors)

    def is_number(self, key: str) -> bool:
        """Whether a factor is a number."""
        return is_number(self.table[key])

    def listed(self, items: list[str]) -> str:
        """Items with "and" before the last one."""
        if len(items) < 2:
            return "".join(items)
        if self.lang == "zh":
            return "、".join(items[:-1]) + "和" + items[-1]
        return ", ".join(items[:-1]) + " and " + items[-1]

    @property
    def shown_metrics(self) -> tuple[str, ...]:
        """The metrics of tables: the outcome first, then what the study declares, else those of the catalogue."""
        declared = [name for name in self.design.outcomes if name in self.table]
        others = declared or [name for name in ("strong", "members", "cost", "profit") if name in self.table]
        known = {each.name for each in METRICS}
        return tuple(dict.fromkeys([self.outcome, *(name for name in others if name in known)]))
