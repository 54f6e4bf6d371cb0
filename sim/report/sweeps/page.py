"""The HTML of a page about a sweep: the same template, style and script as the report of a study."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib.resources import files
from string import Template

from plotly.offline import get_plotlyjs

from sim.report.blocks import Block, Cell, Code, Page, Section, Table
from sim.report.sweeps.view import View


def filled(view: View, title: str, sections: Sequence[Section | None]) -> str:
    """The page as HTML; sections that are None are left out. The same input gives the same text."""
    words, page = view.words, Page()
    made = [section for section in [*sections, _remake(view)] if section]
    body = "\n".join(page.section(section) for section in made)
    contents = "".join(f'<li><a href="#{section.anchor}">{escape(section.title)}</a></li>\n' for section in made)
    return Template(_resource("page.html")).substitute(
        lang="zh-CN" if view.lang == "zh" else "en",
        title=escape(title),
        line=escape(_line(view)),
        plans="",
        contents_title=escape(words("report.contents")),
        contents=contents,
        no_script=escape(words("report.no_script")),
        body=body,
        # "<" would let a text end the script element; in JSON it can be written otherwise.
        figures="[" + ",\n".join(page.specs).replace("<", "\\u003c") + "]",
        style=_resource("style.css"),
        script=_resource("page.js"),
        plotly=get_plotlyjs(),
    )


def _resource(name: str) -> str:
    return files("sim.report").joinpath(name).read_text(encoding="utf-8")


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
        [Cell(factor.key, view.meaning(factor.key)), Cell(_levels(factor.spec), number=False)]
        for factor in view.design.factors
    ]
    blocks.append(Table([words("factor"), words("values")], rows, words("sweep.factors.caption")))
    return Section("remake", words("remake"), blocks, words("sweep.remake.intro"))


def _levels(spec: str) -> str:
    """The values of a factor; of long lists the ends."""
    levels = spec.split(",")
    return spec.replace(",", ", ") if len(levels) <= 9 else f"{levels[0]} … {levels[-1]} ({len(levels)})"
