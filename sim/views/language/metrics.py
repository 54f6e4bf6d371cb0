"""How a metric is named, written and judged, whichever table it comes from."""

from __future__ import annotations

from sim.model.measures import Measure, find


def metric(name: str) -> Measure:
    """The measure called ``name``, or one that is known by its name alone."""
    plain = name.replace("_", " ")
    return find(name) or Measure(name, "level", "", 0, plain, plain, lambda counts: counts[name])
