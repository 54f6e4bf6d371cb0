"""Tables of points: the best and the worst, and all of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.lab.estimators.response import response_curve
from sim.lab.estimators.table import outcomes
from sim.lab.statistics.intervals import interval
from sim.views.blocks import Cell, Table
from sim.views.sweep import View

#: Points at each end, and the most rows of a long table (design choice).
ENDS, MOST_ROWS = 5, 300


def extremes(view: View) -> list[Table]:
    """The best points and the worst, by the mean of the outcome; of few points none is in both tables."""
    points = view.points.sort_values("mean", ascending=view.direction < 0, kind="stable")
    ends = {"best": points.head(min(ENDS, (len(points) + 1) // 2))}
    if len(points) > 1:
        ends["worst"] = points.tail(min(ENDS, len(points) // 2)).iloc[::-1]
    found = outcomes(view.table, view.factors, view.outcome)
    estimates = {int(point): interval(row) for point, row in zip(found.factors.index, found.values, strict=True)}
    header: list[str | Cell] = [view.words("point"), view.metric_label(), *map(view.cell, view.factors)]
    tables = []
    for part, rows in ends.items():
        cells = []
        for number, row in zip(rows.index, rows.to_dict("records"), strict=True):
            known = estimates[int(number)]
            told = Cell(view.text(row["mean"]), view.span(known.low, known.high))
            cells.append([Cell(f"{number}"), told, *(Cell(view.value(row[key])) for key in view.factors)])
        caption = view.words("extremes.caption", metric=view.metric_label()) if part == list(ends)[-1] else ""
        tables.append(Table(header, cells, caption, title=view.words(f"extremes.{part}")))
    return tables


def all_points(view: View) -> Table:
    """Every point with its factors and the means of its metrics, folded."""
    names = view.shown_metrics
    means = view.done.groupby("point")[list(names)].mean()
    points = view.points.join(means)
    shown = points.head(MOST_ROWS)
    rows = [
        [
            Cell(f"{number}"),
            *(Cell(view.value(row[key])) for key in view.factors),
            *(Cell(view.text(row[name], name=name)) for name in names),
            Cell(f"{row['n']}"),
        ]
        for number, row in zip(shown.index, shown.to_dict("records"), strict=True)
    ]
    header: list[str | Cell] = [
        view.words("point"),
        *map(view.cell, view.factors),
        *map(view.metric_label, names),
        view.words("runs"),
    ]
    folded = view.words("all_points.fold", shown=len(shown), n=len(points))
    return Table(header, rows, view.words("all_points.caption"), folded=folded)


def ranked_factors(view: View) -> Sequence[str]:
    """The factors by how far their curve of means reaches, the farthest first."""
    reach = [float(np.ptp(response_curve(view.table, key, view.outcome, bins=6)["mean"])) for key in view.factors]
    return [view.factors[number] for number in np.argsort(-np.array(reach), kind="stable")]
