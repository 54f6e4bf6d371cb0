"""A sweep as its pages read it: the run table, the factors and the outcome, with their names in one language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.lab.designs import Design
from sim.lab.designs.factors import PLAN
from sim.lab.estimators.table import is_number, outcomes
from sim.model import measures
from sim.scenario.catalogue import Parameter, lookup, steps
from sim.views import levers
from sim.views.blocks import Cell
from sim.views.language.metrics import metric
from sim.views.language.numbers import MISSING, Numbers, finite
from sim.views.language.sweep_words import TEXTS, SweepWords

Floats = NDArray[np.float64]


def broken(key: str) -> str:
    """A key that may break where its parts meet."""
    return key.replace(".", ".\u200b").replace("_", "_\u200b")


def told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Names by key; those that several keys have are followed by the key."""
    often = Counter(names.values())
    return {key: f"{name} [{key}]" if often[name] > 1 else name for key, name in names.items()}


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
    def form(self) -> measures.Form:
        """How the outcome is written."""
        return metric(self.outcome).form

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
    def comma(self) -> str:
        """What stands between two items of a list."""
        return "，" if self.lang == "zh" else ", "

    @property
    def gap(self) -> str:
        """What stands between two sentences."""
        return "" if self.lang == "zh" else " "

    def metric_label(self, name: str = "") -> str:
        """How a metric is called; by default the outcome."""
        return metric(name or self.outcome).label(self.lang)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Each factor's name, by key; no two have one name."""
        return told_apart({factor.key: self._name(factor.key) for factor in self.design.factors})

    def _name(self, key: str) -> str:
        return self.words("factor.plan") if key == PLAN else levers.title(key, self.lang) or key

    def name(self, key: str) -> str:
        """What a factor is called."""
        return self.names[key]

    def meaning(self, key: str) -> str:
        """All that is told of a factor; "" for whole plans."""
        return levers.meaning(key, self.lang)

    def quoted(self, key: str) -> str:
        """A factor's name within a sentence."""
        return f"“{self.name(key)}”"

    def cell(self, key: str, note: str = "") -> Cell:
        """A factor at the head of a row or a column, with its key below, or another note."""
        return Cell(self.name(key), note or (broken(key) if self.name(key) != key else ""))

    def axis(self, key: str) -> str:
        """A factor's name with its unit, where that is not plain from the name."""
        known = lookup(steps(key))
        unit = known.unit if isinstance(known, Parameter) else ""
        told = self.words(f"unit.{unit}", currency=self.numbers.unit) if f"unit.{unit}" in TEXTS else ""
        return self.name(key) + (self.words("aside", text=told) if told else "")

    def with_keys(self, said: list[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
        """Sentences, and below them the keys of the factors that they name."""
        texts = "".join(text for _, some in said for text in some)
        told = [
            self.words("names.key", factor=self.quoted(key), named=key)
            for key in self.names if self.quoted(key) in texts and self.name(key) != key
        ]  # fmt: skip
        comma, stop = ("；", "。") if self.lang == "zh" else ("; ", ".")
        return [*said, (self.words("lead.names"), [comma.join(told) + stop])] if told else said

    def condition(self, text: str) -> str:
        """A condition such as ``worst_tenth(profit) >= 0`` with its metric in words."""
        known = {each.name for each in measures.metrics()} | set(self.design.outcomes)

        def told(found: re.Match[str]) -> str:
            if found[1]:
                return self.worst(found[1])
            return self.metric_label(found[0]) if found[0] in known else found[0]

        named = re.sub(r"worst_tenth\(\s*(\w+)\s*\)|\b[a-z_]\w*", told, text)
        return named.replace(">=", "≥").replace("<=", "≤")

    def worst(self, name: str) -> str:
        """The worst tenth of a metric, in words."""
        return self.words("optimize.worst", metric=self.metric_label(name))

    def text(self, value: object, *, signed: bool = False, name: str = "") -> str:
        """A value of a metric (by default the outcome) with its unit."""
        return self.numbers.text(value, metric(name or self.outcome).form, signed=signed)

    def span(self, low: object, high: object, *, signed: bool = False, name: str = "") -> str:
        """An interval of a metric in brackets."""
        return self.numbers.interval(low, high, metric(name or self.outcome).form, signed=signed)

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
        return self.settings(row, self.factors)

    def settings(self, row: Mapping[Any, Any], keys: Iterable[str]) -> str:
        """Some factors with their values."""
        return self.comma.join(f"{self.quoted(key)} = {self.value(row[key])}" for key in keys)

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
        """The metrics of tables: the outcome first, then what the design declares, else those of the catalogue."""
        declared = [name for name in self.design.outcomes if name in self.table]
        others = declared or [name for name in ("strong", "members", "cost", "profit") if name in self.table]
        known = {each.name for each in measures.headline()}
        return tuple(dict.fromkeys([self.outcome, *(name for name in others if name in known)]))
