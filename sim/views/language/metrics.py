"""How a metric is named, written and judged, whichever table it comes from."""

from __future__ import annotations

from sim.engine.state.measures import SERIES
from sim.lab.metrics import CASH, METRICS, Kind, Metric

_KINDS: dict[str, Kind] = {"people": "people", "currency": "money", "share": "share"}


def metric(name: str) -> Metric:
    """The metric called ``name``: of the catalogue, or a column of the series, or one known by its name alone."""
    for known in (*METRICS, *CASH):
        if known.name == name:
            return known
    for column in SERIES:
        if column.name == name:
            kind = _KINDS.get(column.unit, "ratio")
            return Metric(name, kind, 0, column.en, column.zh, column.en, column.zh)
    plain = name.replace("_", " ")
    return Metric(name, "ratio", 0, plain, plain, "", "")
