"""Plain text in columns."""

from __future__ import annotations

from collections.abc import Container, Sequence

from rich.cells import cell_len


def columns(rows: Sequence[Sequence[str]], left: Container[int] = (0,)) -> list[str]:
    """Rows of equal length as lines with aligned columns, Chinese letters being two wide.

    ``left``: the columns whose texts begin at one place; those of the others end at one.
    """
    widths = [max(cell_len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = []
        for column, (text, width) in enumerate(zip(row, widths, strict=True)):
            gap = " " * (width - cell_len(text))
            cells.append(text + gap if column in left else gap + text)
        lines.append("  ".join(cells).rstrip())
    return lines
