"""What a sweep runs: factors, constraints and a sampler make a plan; from the command line, a study file or Python.

>>> design = Design("dedao", factors=["mechanism.content.quality=0:1"], sampler="lhs", runs=50)
>>> plan = Plan.of(design)
>>> plan.scenario(0).mechanism.content.quality
"""

from __future__ import annotations

from sim.lab.designs.constraints import Constraint
from sim.lab.designs.designfile import load_study
from sim.lab.designs.factors import Factor, Value
from sim.lab.designs.points import Plan
from sim.lab.designs.specification import Budget, Design
from sim.lab.designs.vary import parse_vary, plan_factor

__all__ = ["Budget", "Constraint", "Design", "Factor", "Plan", "Value", "load_study", "parse_vary", "plan_factor"]
