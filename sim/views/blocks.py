"""What a report is made of, and each part as HTML. All texts are plain: they are escaped here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Literal

from sim.views.study import Plan


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of a legend: pressing it hides and shows the traces of ``group``."""

    label: str
    colour: str
    group: str
    shape: str = "solid"  # a dash of Plotly, or "area"


@dataclass(frozen=True, slots=True)
class Panel:
    """One plot.

    Parameters
    ----------
    spec : the figure as JSON.
    label : what who cannot see it is told.
    height : in pixels. width : the least one; where the page is narrower, the plot scrolls in its own box.
    title : above it, with a smaller ``note`` behind.
    webgl : what is said in its place where it needs WebGL and the browser has none; "" for plots without that need.
    """

    spec: str
    label: str
    height: int
    title: str = ""
    plan: Plan | None = None
    note: str = ""
    width: int = 0
    webgl: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One panel, or several side by side, under one title, with one legend and one caption."""

    title: str
    caption: str
    panels: Sequence[Panel]
    keys: Sequence[Key] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: text, smaller lines below it, and its tone; numbers stand on the right."""

    text: str
    note: str = ""
    tone: Literal["", "better", "worse", "changed"] = ""
    number: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """A table that scrolls inside its own box. The first column names the rows."""

    header: Sequence[str | Cell]
    rows: Sequence[Sequence[Cell]]
    caption: str
    folded: str = ""  # the words to unfold it by; "" for a table that is always open
    title: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """Leads in bold, each with its paragraphs."""

    points: Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Code:
    """Lines to be copied."""

    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One of many like things: a title with labels, lines of text, and small plots at its side.

    ``labels``: each with its tone, "better", "worse" or "".
    """

    anchor: str
    title: str
    labels: Sequence[tuple[str, str]]
    lines: Sequence[str]
    panels: Sequence[Panel] = ()


Block = Figure | Table | Points | Code | Entry


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter of the report; ``anchor`` names it in links."""

    anchor: str
    title: str
    blocks: Sequence[Block]
    intro: str = ""


@dataclass(slots=True)
class Page:
    """The HTML of the sections, and the specifications of their plots in the order of their places."""

    specs: list[str] = field(default_factory=list)

    def section(self, section: Section) -> str:
        """A section with all its blocks."""
        intro = f'<p class="intro">{escape(section.intro)}</p>\n' if section.intro else ""
        body = "\n".join(self._block(block) for block in section.blocks)
        return f'<section id="{section.anchor}">\n<h2>{escape(section.title)}</h2>\n{intro}{body}\n</section>'

    def _block(self, block: Block) -> str:
        if isinstance(block, Figure):
            return self._figure(block)
        if isinstance(block, Table):
            return _table(block)
        if isinstance(block, Entry):
            return self._entry(block)
        if isinstance(block, Points):
            return '<dl class="points">\n' + "".join(_point(lead, texts) for lead, texts in block.points) + "</dl>"
        return f'<pre class="scroll" tabindex="0"><code>{escape(block.text)}</code></pre>'

    def _figure(self, figure: Figure) -> str:
        panels = "\n".join(self._panel(panel) for panel in figure.panels)
        keys = "".join(_key(key) for key in figure.keys)
        legend = f'<div class="legend">{keys}</div>\n' if keys else ""
        many = f" many by-{3 if len(figure.panels) == 3 else 2}" if len(figure.panels) > 1 else ""
        return (
            f"<figure>\n<h3>{escape(figure.title)}</h3>\n{legend}"
            f'<div class="panels{many}">\n{panels}\n</div>\n'
            f"<figcaption>{escape(figure.caption)}</figcaption>\n</figure>"
        )

    def _entry(self, entry: Entry) -> str:
        labels = "".join(f'<span class="label {tone}">{escape(text)}</span>' for text, tone in entry.labels)
        lines = "".join(f"<p>{escape(text)}</p>" for text in entry.lines)
        plots = "\n".join(self._panel(panel) for panel in entry.panels)
        return (
            f'<article class="entry" id="{escape(entry.anchor)}">\n<div><h3>{escape(entry.title)}</h3>\n'
            f'<p class="labels">{labels}</p>\n{lines}</div>\n<div class="side">{plots}</div>\n</article>'
        )

    def _panel(self, panel: Panel) -> str:
        number = len(self.specs)
        self.specs.append(panel.spec)
        swatch = f'<i class="swatch" style="background:{panel.plan.colour}"></i>' if panel.plan else ""
        note = f" <small>{escape(panel.note)}</small>" if panel.note else ""
        title = f"<h4>{swatch}{escape(panel.title)}{note}</h4>" if panel.title else ""
        least = f";min-width:{panel.width}px" if panel.width else ""
        needs = f' data-webgl="{escape(panel.webgl)}"' if panel.webgl else ""
        plot = (
            f'<div class="plot" id="plot-{number}" style="height:{panel.height}px{least}" '
            f'role="img" aria-label="{escape(panel.label)}"{needs}></div>'
        )
        scroll = f'<div class="scroll" tabindex="0">{plot}</div>' if panel.width else plot
        return f'<div class="panel">{title}{scroll}</div>'


def _point(lead: str, texts: Sequence[str]) -> str:
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in texts)
    return f"<div><dt>{escape(lead)}</dt><dd>{paragraphs}</dd></div>\n"


def _key(key: Key) -> str:
    dashes = {"dash": "6 3", "dot": "2 2", "dashdot": "6 2 2 2", "longdash": "9 3", "longdashdot": "9 2 2 2"}
    if key.shape == "area":
        sample = f'<rect x="2" y="1" width="18" height="10" fill="{key.colour}"/>'
    else:
        sample = (
            f'<line x1="0" y1="6" x2="22" y2="6" stroke="{key.colour}" stroke-width="2.5" '
            f'stroke-dasharray="{dashes.get(key.shape, "none")}"/>'
        )
    return (
        f'<button type="button" class="key" aria-pressed="true" data-group="{escape(key.group)}">'
        f'<svg viewBox="0 0 22 12" aria-hidden="true">{sample}</svg>{escape(key.label)}</button>'
    )


def _table(table: Table) -> str:
    numeric = [cell.number and i > 0 for i, cell in enumerate(table.rows[0])] if table.rows else []
    head = "".join(
        f'<th scope="col"{" class=number" if number else ""}>{_told(name)}</th>'
        for name, number in zip(table.header, numeric or [False] * len(table.header), strict=True)
    )
    body = "\n".join(f"<tr>{_cells(row)}</tr>" for row in table.rows)
    title = f"<h3>{escape(table.title)}</h3>\n" if table.title else ""
    made = (
        f'<div class="scroll" tabindex="0"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n'
        f'</table></div>\n<p class="note">{escape(table.caption)}</p>'
    )
    if table.folded:
        made = f"<details><summary>{escape(table.folded)}</summary>\n{made}\n</details>"
    return title + made


def _cells(row: Iterable[Cell]) -> str:
    made = []
    for i, cell in enumerate(row):
        if i == 0:
            made.append(f'<th scope="row">{_told(cell)}</th>')
        else:
            names = " ".join(name for name in ("number" if cell.number else "", cell.tone) if name)
            made.append(f'<td class="{names}">{_told(cell)}</td>')
    return "".join(made)


def _told(cell: Cell | str) -> str:
    """The text of a cell and its smaller lines."""
    if isinstance(cell, str):
        return escape(cell)
    return escape(cell.text) + "".join(f"<small>{escape(part)}</small>" for part in cell.note.splitlines())
