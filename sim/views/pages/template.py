"""A page as one HTML file that needs nothing else, from its head and its sections; of studies and of sweeps."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files
from string import Template

from plotly.offline import get_plotlyjs

from sim.views.blocks import Page, Section
from sim.views.language.words import Words


def filled(words: Words, title: str, line: str, sections: Sequence[Section | None], plans: str = "") -> str:
    """The page as HTML; the same input gives the same text.

    Parameters
    ----------
    title, line : the heading, and the line below it; plain texts.
    sections : in their order; those that are None are left out.
    plans : HTML below the line: what is compared.
    """
    page, made = Page(), [section for section in sections if section]
    body = "\n".join(page.section(section) for section in made)
    contents = "".join(f'<li><a href="#{section.anchor}">{escape(section.title)}</a></li>\n' for section in made)
    return Template(_resource("page.html")).substitute(
        lang="zh-CN" if words.lang == "zh" else "en",
        title=escape(title),
        line=escape(line),
        plans=plans,
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


@cache
def _resource(name: str) -> str:
    return files("sim.views.pages").joinpath(name).read_text(encoding="utf-8")
