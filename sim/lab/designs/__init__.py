"""What a sweep runs: factors, constraints and a sampler make its points; from options, a design file or Python.

>>> design = Design("dedao", factors=["mechanism.content.quality=0:1"], sampler="lhs", runs=50)
>>> points = Points.of(design)
>>> points.scenario(0).mechanism.content.quality
"""

from __future__ import annotations

from sim.lab.designs.constraints import Constraint
from sim.lab.designs.designfile import load_designfile
from sim.lab.designs.factors import Factor, Value
from sim.lab.designs.points import Points
from sim.lab.designs.specification import Budget, Design
from sim.lab.designs.vary import parse_vary, plan_factor

__all__ = [
    "Budget",
    "Constraint",
    "Design",
    "Factor",
    "Points",
    "Value",
    "load_designfile",
    "parse_vary",
    "plan_factor",
]
