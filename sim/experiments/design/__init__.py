"""What a sweep runs: factors, constraints and a sampler make a plan; from the command line, a study file or Python.

>>> design = Design("dedao", factors=["mechanism.content.quality=0:1"], sampler="lhs", runs=50)
>>> plan = Plan.of(design)
>>> plan.scenario(0).mechanism.content.quality
"""

from __future__ import annotations

from sim.experiments.design.constraints import Constraint
from sim.experiments.design.factors import Factor, Value
from sim.experiments.design.plan import Plan
from sim.experiments.design.specification import Budget, Design
from sim.experiments.design.studyfile import load_study
from sim.experiments.design.vary import parse_vary, plan_factor

__all__ = ["Budget", "Constraint", "Design", "Factor", "Plan", "Value", "load_study", "parse_vary", "plan_factor"]
