"""What every page about a sweep has: its line of facts, and how to make it again."""

from __future__ import annotations

from collections.abc import Sequence

from sim.lab.designs import Factor
from sim.views.blocks import Block, Cell, Code, Section, Table
from sim.views.pages import template
from sim.views.sweep import View

#: Longer lists of levels are cut (design choice).
MOST_LEVELS = 9


def filled(view: View, title: str, sections: Sequence[Section | None]) -> str:
    """The page as HTML: see :func:`sim.views.pages.template.filled`."""
    return template.filled(view.words, title, _line(view), [*sections, _remake(view)])


def _line(view: View) -> str:
    run, table = view.design.scenario.run, view.done if view.everything is None else view.everything
    points = table[["point"]].drop_duplicates()
    people = view.numbers.text(view.design.scenario.market.people, "people")
    return view.words(
        "sweep.line", plan=view.title, points=f"{len(points):,}", runs=f"{len(table):,}", people=people,
        days=view.words.days(run.days), seed=view.design.seed,
    )  # fmt: skip


def _remake(view: View) -> Section:
    """The command, and what was varied."""
    words = view.words
    blocks: list[Block] = [Code(view.remake)] if view.remake else []
    rows = [
        [view.cell(factor.key, _about(view, factor.key)), Cell(_values(view, factor), number=False)]
        for factor in view.design.factors
    ]
    blocks.append(Table([words("factor"), words("values")], rows, words("sweep.factors.caption")))
    return Section("remake", words("remake"), blocks, words("sweep.remake.intro"))


def _about(view: View, key: str) -> str:
    """The meaning, where the name does not say it all, and the key."""
    told = view.meaning(key)
    return "\n".join(part for part in (told if told != view.name(key) else "", key) if part)


def _values(view: View, factor: Factor) -> str:
    """The range of a factor, or its levels; of long lists the ends."""
    if factor.is_range:
        told = view.words("discover.between", low=view.value(factor.low), high=view.value(factor.high))
        return told + (view.words("aside", text=view.words("values.log")) if factor.log else "")
    if len(factor.levels) <= MOST_LEVELS:
        return view.comma.join(view.value(level) for level in factor.levels)
    numbers = [level for level in factor.levels if isinstance(level, int | float)]
    ends = (min(numbers), max(numbers)) if len(numbers) == len(factor.levels) else (factor.levels[0], factor.levels[-1])
    return f"{view.value(ends[0])} … {view.value(ends[1])}" + view.words("aside", text=str(len(factor.levels)))
